// Which kinds of parameters may be uncertain, within which bounds, and how a stated range or the
// range of the evidence becomes a distribution.
#include "scenario/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "scenario/keys.hpp"
#include "scenario/paths.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

// The node under a key with dots: market.cloud.start.
const Node* descend(const Node* node, std::string_view key) {
  while (node != nullptr && !key.empty()) {
    const std::size_t dot = std::min(key.find('.'), key.size());
    node = node->find(key.substr(0, dot));
    key.remove_prefix(std::min(dot + 1, key.size()));
  }
  return node;
}

// A value as it stands in the file; a range map in one line.
std::string flow_text(const Node& node) {
  if (!node.is_map()) return node.text;
  std::vector<std::string> parts;
  for (const Node::Entry& entry : node.entries)
    parts.push_back(entry.key + ": " + entry.value.text);
  return fmt::format("{{{}}}", fmt::join(parts, ", "));
}

bool belongs_to_vendor(Address a) {
  const std::string_view owner = owners()[a.owner].path;
  return owner == "vendor" || owner == "tiers" || owner == "offers";
}

Distribution::Form form_named(std::string_view name) {
  for (const auto form : {Distribution::Form::normal, Distribution::Form::lognormal,
                          Distribution::Form::logit_normal}) {
    Distribution d;
    d.form = form;
    if (d.name() == name) return form;
  }
  return Distribution::Form::fixed;
}

bool has_range(const Evidence& evidence) {
  return evidence.plausible.lo < evidence.plausible.hi && evidence.plausible.lo > -kInfinity &&
         evidence.plausible.hi < kInfinity;
}

class Reader {
 public:
  Reader(const Node& root, const Outline& outline, const LoadOptions& options, Scenario& scenario,
         Diagnostics& diagnostics)
      : root_(root),
        outline_(outline),
        options_(options),
        scenario_(scenario),
        diagnostics_(diagnostics) {}

  void run() {
    const std::vector<Address> addresses = all_addresses(scenario_.parameters);
    scenario_.settings.resize(addresses.size());
    for (std::size_t k = 0; k < addresses.size(); ++k) {
      Setting& setting = scenario_.settings[k];
      setting.address = addresses[k];
      setting.path = path_of(scenario_.world, addresses[k]);
      setting.value = at(scenario_.parameters, addresses[k]);
      setting.distribution = fixed(setting.value);
    }
    for (std::size_t k = 0; k < addresses.size(); k += row_of(addresses[k]).size) read(k);
    for (std::size_t k = 0; k < addresses.size(); ++k) {
      const Setting& setting = scenario_.settings[k];
      at(scenario_.parameters, setting.address) = setting.value;
      if (setting.distribution.form != Distribution::Form::fixed) scenario_.drawn.push_back(k);
    }
  }

 private:
  const Node* owner_node(Address a) const {
    const std::string_view owner = owners()[a.owner].path;
    if (owner == "market") return outline_.markets[a.first];
    if (owner == "segments") return outline_.segments[a.first];
    if (owner == "vendor") return outline_.vendors[a.first];
    if (owner == "tiers") return outline_.tiers[a.first][a.second];
    if (owner == "offers") return outline_.offers[a.first][a.second];
    return root_.find(owner);
  }

  void read(std::size_t k) {
    Setting& setting = scenario_.settings[k];
    const ParameterRow& row = row_of(setting.address);
    const Node* node = descend(owner_node(setting.address), row.key);
    if (node == nullptr) return draw_from_evidence(setting, row);
    const bool copied = belongs_to_vendor(setting.address) && setting.address.first > 0;
    if (copied && told(diagnostics_, node->at)) return;
    Diagnostics heard;  // what `like` copies was reported where it stands
    if (row.size > 1) {
      read_list(k, row, *node, heard);
    } else {
      read_one(setting, row, *node, heard);
    }
    forward(heard, diagnostics_);
  }

  void draw_from_evidence(Setting& setting, const ParameterRow& row) const {
    if (row.kind != Class::uncertain || row.size > 1 || !has_range(row.evidence)) return;
    const bool of_segment = owners()[setting.address.owner].path == "segments";
    if (of_segment && scenario_.world.segments[setting.address.first].supplier) return;
    if (scenario_.uncertainty != Uncertainty::evidence) return;
    setting.distribution = around(row.bounds, setting.value, row.evidence.plausible);
    if (setting.distribution.form == Distribution::Form::fixed) return;
    setting.origin = Origin::evidence;
  }

  void set_origin(Setting& setting, const Node& node) const {
    if (node.at.line == 0) return;
    setting.at = node.at;
    setting.typed = flow_text(node);
    const std::string& name = diagnostics_.source_name(node.at.file);
    setting.origin = name == "--set" ? Origin::command_line : Origin::file;
    setting.source = std::filesystem::path(name).filename().string();
    if (setting.origin == Origin::file) setting.source += fmt::format(":{}", node.at.line);
  }

  void read_one(Setting& setting, const ParameterRow& row, const Node& node, Diagnostics& heard) {
    Node typed = node;
    const bool evidence = node.is_scalar() && typed.text.ends_with(kFromEvidence);
    if (evidence) typed.text.resize(typed.text.size() - kFromEvidence.size());
    if (!evidence) set_origin(setting, node);
    const auto stated = read_value(typed, row.unit, scenario_.world.currency, heard);
    if (!stated) return;
    if (evidence || node.at.line == 0) {
      if (!inside(row, stated->value, node.at, heard)) return;
      setting.value = stated->value;
      setting.distribution = fixed(setting.value);
      setting.at = node.at;
      return draw_from_evidence(setting, row);
    }
    if (stated->is_range()) {
      if (!may_be_range(setting.address, row, node.at, heard)) return;
      const auto distribution = distribution_of(*stated, row, node.at, heard);
      if (!distribution) return;
      setting.value =
          stated->form == Stated::Form::about ? stated->value : distribution->quantile(0.5);
      setting.distribution = *distribution;
      if (scenario_.uncertainty == Uncertainty::none) setting.distribution = fixed(setting.value);
      return;
    }
    if (!inside(row, stated->value, node.at, heard)) return;
    setting.value = stated->value;
    setting.distribution = fixed(setting.value);
    warn_of_evidence(row, stated->value, node.at, heard);
  }

  void read_list(std::size_t k, const ParameterRow& row, const Node& node, Diagnostics& heard) {
    if (!node.is_list() || node.items.size() != row.size) {
      heard.error("E-VALUE", node.at,
                  fmt::format("'{}' needs a list of {} numbers", row.key, row.size),
                  "such as [0.9, 1.1, ...]");
      return;
    }
    double sum = 0;
    for (std::size_t item = 0; item < row.size; ++item) {
      Setting& setting = scenario_.settings[k + item];
      const auto value = read_fixed(node.items[item], row.unit, scenario_.world.currency, heard);
      if (!value || !inside(row, *value, node.items[item].at, heard)) return;
      set_origin(setting, node.items[item]);
      setting.value = *value;
      sum += *value;
    }
    if (!(sum > 0)) {
      heard.error("E-SEASON", node.at, fmt::format("'{}' has the mean 0", row.key),
                  "factors around 1, one for each month");
      return;
    }
    // Mean 1; what has it already keeps its bits.
    const double mean = sum / static_cast<double>(row.size);
    for (std::size_t item = 0; item < row.size; ++item) {
      Setting& setting = scenario_.settings[k + item];
      if (mean < 1 - 1e-12 || mean > 1 + 1e-12) setting.value /= mean;
      setting.distribution = fixed(setting.value);
    }
  }

  std::string text(double value, const ParameterRow& row) const {
    return value_text(value, row.unit, scenario_.world.currency);
  }

  bool inside(const ParameterRow& row, double value, Location where, Diagnostics& heard) const {
    if (row.bounds.contains(value)) return true;
    heard.error("E-BOUNDS", where,
                fmt::format("{} is outside what is possible for '{}'", text(value, row), row.key),
                fmt::format("{} to {}", text(row.bounds.lo, row), text(row.bounds.hi, row)));
    return false;
  }

  bool may_be_range(Address address, const ParameterRow& row, Location where,
                    Diagnostics& heard) const {
    const bool rival = belongs_to_vendor(address) && address.first > 0;
    if (row.kind == Class::uncertain || (row.kind == Class::lever && rival)) return true;
    if (row.kind == Class::lever) {
      heard.error("E-RANGE-LEVER", where, fmt::format("'{}' is ours to decide", row.key),
                  "a decision is not uncertain: sweep it");
    } else {
      heard.error("E-RANGE-WORLD", where,
                  fmt::format("'{}' cannot be uncertain: it {}", row.key,
                              row.kind == Class::world ? "shapes the world before luck is drawn"
                                                       : "is a numerical choice"),
                  "give one value");
    }
    return false;
  }

  std::optional<Distribution> distribution_of(const Stated& stated, const ParameterRow& row,
                                              Location where, Diagnostics& heard) const {
    if (stated.form == Stated::Form::about) return about(stated.value, row, where, heard);
    if (!inside(row, stated.lo, where, heard) || !inside(row, stated.hi, where, heard)) {
      return std::nullopt;
    }
    if (stated.form == Stated::Form::triangle) {
      return triangular(stated.lo, stated.value, stated.hi);
    }
    if (stated.lo <= row.bounds.lo || stated.hi >= row.bounds.hi) {
      const double edge = stated.lo <= row.bounds.lo ? row.bounds.lo : row.bounds.hi;
      heard.error("E-RANGE-EDGE", where,
                  fmt::format("'{}' cannot go beyond {}, so a range does not end there", row.key,
                              text(edge, row)),
                  "move that end inside, or write {min: ..., mode: ..., max: ...}");
      return std::nullopt;
    }
    const Distribution fitted = fit_quantiles(row.bounds, stated.p_lo, stated.lo, stated.p_hi,
                                              stated.hi, form_named(stated.dist));
    const Range reached = support(fitted);
    if (reached.lo >= row.bounds.lo && reached.hi <= row.bounds.hi) return fitted;
    heard.error("E-DIST", where,
                fmt::format("a {} distribution of '{}' would go beyond {} to {}", fitted.name(),
                            row.key, text(row.bounds.lo, row), text(row.bounds.hi, row)),
                "leave out 'dist', or narrow the range");
    return std::nullopt;
  }

  std::optional<Distribution> about(double value, const ParameterRow& row, Location where,
                                    Diagnostics& heard) const {
    if (!inside(row, value, where, heard)) return std::nullopt;
    if (!has_range(row.evidence)) {
      heard.error("E-ABOUT", where,
                  fmt::format("there is no evidence of a range for '{}'", row.key),
                  "write the range itself, such as 3 to 5");
      return std::nullopt;
    }
    const Distribution result = centred(row.bounds, value, row.evidence.plausible);
    if (result.form != Distribution::Form::fixed) return result;
    heard.error("E-RANGE-EDGE", where,
                fmt::format("'{}' cannot go beyond {}, so nothing lies about it", row.key,
                            text(value, row)),
                "give one value, or {min: ..., mode: ..., max: ...}");
    return std::nullopt;
  }

  void warn_of_evidence(const ParameterRow& row, double value, Location where,
                        Diagnostics& heard) const {
    if (!options_.evidence_warnings || !has_range(row.evidence)) return;
    if (row.evidence.plausible.contains(value)) return;
    heard.warning(
        "W-EVIDENCE", where,
        fmt::format("{} is outside what is plausible for '{}'", text(value, row), row.key),
        fmt::format("{} to {}{}{}", text(row.evidence.plausible.lo, row),
                    text(row.evidence.plausible.hi, row), row.evidence.source.empty() ? "" : ": ",
                    row.evidence.source));
  }

  const Node& root_;
  const Outline& outline_;
  const LoadOptions& options_;
  Scenario& scenario_;
  Diagnostics& diagnostics_;
};

}  // namespace

void resolve_settings(const Node& root, const Outline& outline, const LoadOptions& options,
                      Scenario& scenario, Diagnostics& diagnostics) {
  Reader(root, outline, options, scenario, diagnostics).run();
}

const Setting* find_setting(const Scenario& scenario, Address address) {
  const auto order = [](const Address& a) {
    return std::tuple(a.owner, a.first, a.second, a.row, a.item);
  };
  const auto found = std::lower_bound(
      scenario.settings.begin(), scenario.settings.end(), address,
      [&](const Setting& s, const Address& a) { return order(s.address) < order(a); });
  return found == scenario.settings.end() || !(found->address == address) ? nullptr : &*found;
}

}  // namespace partnersim
