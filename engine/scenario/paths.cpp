// Paths are walked part by part; at each level an unknown part is answered with the nearest one.
#include "scenario/paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "scenario/keys.hpp"

namespace partnersim {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= path.size();) {
    std::size_t end = std::min(path.find('.', at), path.size());
    if (at < path.size() && path[at] == '"') {  // "a name": as in --set
      const std::size_t close = path.find('"', at + 1);
      if (close != std::string_view::npos) {
        parts.emplace_back(path.substr(at + 1, close - at - 1));
        at = close + 2;
        continue;
      }
    }
    parts.emplace_back(trimmed(path.substr(at, end - at)));
    at = end + 1;
  }
  return parts;
}

std::string vendor_path(const World& world, std::size_t vendor) {
  if (vendor == 0) return "us";
  if (world.vendors.size() == 2) return "rival";
  return "rivals." + world.vendors[vendor].name;
}

class Search {
 public:
  Search(const World& world, std::string_view path, Fault& fault)
      : world_(world), path_(path), parts_(split(path)), fault_(fault) {}

  bool run() {
    const std::string& first = parts_[0];
    if (first == "us") return vendor({0});
    if (first == "rival" && world_.vendors.size() == 2) return vendor({1});
    if (first == "market" && world_.markets.size() == 1) return rows("market", {0}, {0});
    if (first == "rivals" || first == "markets" || first == "segments") return named(first);
    if (first == "market") return several("market", world_.markets[0].name);
    if (first == "rival" && world_.vendors.size() > 2) {
      return several("rival", world_.vendors[1].name);
    }
    for (std::size_t k = 0; k < owners().size(); ++k) {
      if (is_singleton(k) && owners()[k].path == first) return rows(first, {0}, {0});
    }
    for (std::size_t v = 0; v < world_.vendors.size(); ++v) {
      if (world_.vendors[v].name == first) return vendor({v});
    }
    return unknown(first, known_roots());
  }

  std::vector<Address> found;

 private:
  using Indices = std::vector<std::size_t>;

  static bool is_singleton(std::size_t k) {
    const std::string_view path = owners()[k].path;
    return path != "market" && path != "segments" && path != "vendor" && path != "tiers" &&
           path != "offers";
  }

  std::vector<std::string> known_roots() const {
    std::vector<std::string> roots{"us", "segments"};
    roots.push_back(world_.markets.size() == 1 ? "market" : "markets");
    if (world_.vendors.size() > 1) roots.push_back("rivals");
    if (world_.vendors.size() == 2) roots.push_back("rival");
    for (std::size_t k = 0; k < owners().size(); ++k) {
      if (is_singleton(k)) roots.emplace_back(owners()[k].path);
    }
    for (const VendorInfo& vendor : world_.vendors) roots.push_back(vendor.name);
    return roots;
  }

  bool refuse(std::string message, std::string hint = {}) {
    fault_ = {"E-UNKNOWN-KEY", std::move(message), std::move(hint)};
    return false;
  }

  // market.growth where there are several markets.
  bool several(const std::string& one, const std::string& name) {
    return refuse(fmt::format("{} does not say which {}: there are several", in_quotes(path_), one),
                  fmt::format("such as {}s.{}{} or {}s.*{}", one, name, path_.substr(one.size()),
                              one, path_.substr(one.size())));
  }

  bool unknown(const std::string& part, const std::vector<std::string>& names) {
    std::string hint;
    const std::string near = nearest(part, names);
    if (!near.empty()) {
      std::string better;
      for (std::size_t k = 0; k < parts_.size(); ++k) {
        if (k > 0) better += '.';
        better += &parts_[k] == &part ? near : parts_[k];
      }
      hint = fmt::format("did you mean '{}'?", better);
    } else if (names.size() <= 8 && !names.empty()) {
      hint = fmt::format("one of {}", fmt::join(names, ", "));
    }
    const bool whole = parts_.size() == 1;
    return refuse(whole ? fmt::format("unknown parameter {}", in_quotes(path_))
                        : fmt::format("unknown parameter {}: there is no {}", in_quotes(path_),
                                      in_quotes(part)),
                  hint);
  }

  // The positions a name or `*` means; empty after a fault.
  Indices pick(const std::string& part, const std::vector<std::string>& names) {
    Indices indices;
    for (std::size_t k = 0; k < names.size(); ++k) {
      if (part == "*" || names[k] == part) indices.push_back(k);
    }
    if (indices.empty()) unknown(part, names);
    return indices;
  }

  bool named(const std::string& kind) {
    at_ = 1;
    if (parts_.size() < 3) {
      return refuse(fmt::format("{} names no parameter", in_quotes(path_)),
                    fmt::format("such as {}.NAME.KEY", kind));
    }
    std::vector<std::string> names;
    if (kind == "markets") {
      for (const MarketInfo& market : world_.markets) names.push_back(market.name);
    } else if (kind == "segments") {
      for (const SegmentInfo& segment : world_.segments) names.push_back(segment.name);
    } else {
      for (std::size_t v = 1; v < world_.vendors.size(); ++v) {
        names.push_back(world_.vendors[v].name);
      }
    }
    Indices indices = pick(parts_[1], names);
    if (indices.empty()) return false;
    if (kind == "rivals") {
      for (std::size_t& index : indices) ++index;
      return vendor(indices);
    }
    return rows(kind == "markets" ? "market" : kind, indices, Indices(indices.size(), 0));
  }

  bool vendor(const Indices& vendors) {
    if (at_ + 1 < parts_.size() && (parts_[at_ + 1] == "tiers" || parts_[at_ + 1] == "offers")) {
      return vendor_list(vendors, parts_[at_ + 1]);
    }
    return rows("vendor", vendors, Indices(vendors.size(), 0));
  }

  // Tiers or offers of these vendors, those that have the name.
  bool vendor_list(const Indices& vendors, const std::string& kind) {
    at_ += 2;
    if (at_ + 1 >= parts_.size()) {
      return refuse(fmt::format("{} names no parameter", in_quotes(path_)),
                    fmt::format("such as us.{}.NAME.KEY", kind));
    }
    Indices first, second;
    std::vector<std::string> all;
    for (const std::size_t v : vendors) {
      std::vector<std::string> names;
      const VendorInfo& info = world_.vendors[v];
      if (kind == "tiers") names = info.tiers;
      for (std::size_t j = 0; kind == "offers" && j < info.offers; ++j) {
        names.push_back(world_.offers[info.first_offer + j].name);
      }
      for (std::size_t k = 0; k < names.size(); ++k) {
        if (parts_[at_] != "*" && names[k] != parts_[at_]) continue;
        first.push_back(v);
        second.push_back(k);
      }
      all.insert(all.end(), names.begin(), names.end());
    }
    if (first.empty()) return unknown(parts_[at_], all);
    return rows(kind, first, second);
  }

  bool rows(std::string_view path, const Indices& first, const Indices& second) {
    const std::uint16_t owner = owner_index(path);
    const std::span<const ParameterRow> table = owners()[owner].rows;
    std::string key;
    for (std::size_t k = at_ + 1; k < parts_.size(); ++k) {
      key += (k > at_ + 1 ? "." : "") + parts_[k];
    }
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto items = matching_items(table[row], key);
      if (items.empty()) continue;
      for (std::size_t k = 0; k < first.size(); ++k) {
        for (const std::uint16_t item : items) {
          found.push_back({owner, static_cast<std::uint16_t>(row),
                           static_cast<std::uint16_t>(first[k]),
                           static_cast<std::uint16_t>(second[k]), item});
        }
      }
      return true;
    }
    return unknown_row(table, key);
  }

  static std::vector<std::uint16_t> matching_items(const ParameterRow& row, std::string_view key) {
    if (!key.starts_with(row.key)) return {};
    std::string_view rest = key.substr(row.key.size());
    if (rest.empty()) {
      std::vector<std::uint16_t> all(row.size);
      for (std::size_t k = 0; k < row.size; ++k) all[k] = static_cast<std::uint16_t>(k);
      return all;
    }
    std::uint16_t item = 0;
    if (row.size == 1 || rest[0] != '.') return {};
    rest.remove_prefix(1);
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), item);
    if (error != std::errc() || end != rest.data() + rest.size()) return {};
    if (item < 1 || item > row.size) return {};
    return {static_cast<std::uint16_t>(item - 1)};
  }

  bool unknown_row(std::span<const ParameterRow> table, const std::string& key) {
    // A misspelt list: us.tier.Gold.margin.
    if (table.data() == kVendorRows.data() && at_ + 2 < parts_.size()) {
      const std::vector<std::string> lists{"tiers", "offers"};
      if (!nearest(parts_[at_ + 1], lists).empty()) return unknown(parts_[at_ + 1], lists);
    }
    std::vector<std::string> names;
    for (const ParameterRow& row : table) names.emplace_back(row.key);
    const std::string near = nearest(key, names);
    std::string front;
    for (std::size_t k = 0; k <= at_; ++k) front += parts_[k] + ".";
    return refuse(fmt::format("unknown parameter {}", in_quotes(path_)),
                  near.empty() ? "" : fmt::format("did you mean '{}{}'?", front, near));
  }

  const World& world_;
  std::string_view path_;
  std::vector<std::string> parts_;
  Fault& fault_;
  std::size_t at_ = 0;  // the part before the parameter's own key
};

}  // namespace

std::uint16_t owner_index(std::string_view path) {
  for (std::size_t k = 0; k < owners().size(); ++k) {
    if (owners()[k].path == path) return static_cast<std::uint16_t>(k);
  }
  return 0;
}

std::string shown_owner(std::string_view path) {
  if (path == "vendor") return "us";
  if (path == "tiers" || path == "offers") return "us." + std::string(path);
  return std::string(path);
}

std::string owner_path(const World& world, Address a) {
  const std::string_view path = owners()[a.owner].path;
  if (path == "market") {
    return world.markets.size() == 1 ? "market" : "markets." + world.markets[a.first].name;
  }
  if (path == "segments") return "segments." + world.segments[a.first].name;
  if (path == "vendor") return vendor_path(world, a.first);
  if (path == "tiers") {
    return vendor_path(world, a.first) + ".tiers." + world.vendors[a.first].tiers[a.second];
  }
  if (path == "offers") {
    const std::size_t offer = world.vendors[a.first].first_offer + a.second;
    return vendor_path(world, a.first) + ".offers." + world.offers[offer].name;
  }
  return std::string(path);
}

std::string path_of(const World& world, Address a) {
  const ParameterRow& row = row_of(a);
  std::string path = owner_path(world, a) + "." + std::string(row.key);
  if (row.size > 1) path += "." + std::to_string(a.item + 1);
  return path;
}

std::optional<std::vector<Address>> find_addresses(const World& world, std::string_view path,
                                                   Fault& fault) {
  fault = {};
  Search search(world, path, fault);
  if (!search.run()) return std::nullopt;
  return std::move(search.found);
}

}  // namespace partnersim
