// The partner file has the columns of kColumns in any order and in English or German; a fault is
// reported at its field. Sizes and starting relations that nobody gave are drawn by entity key, so
// that one more partner changes nothing about the others.
#include "scenario/population.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "base/math.hpp"
#include "base/text.hpp"
#include "scenario/keys.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

constexpr Purpose kSize{"build.size"};
constexpr Purpose kCarried{"build.start_active"};
constexpr double kMostAccounts = 1e7;
constexpr std::size_t kMostFaults = 20;  // of one kind are shown

enum Column : std::size_t {
  id_column,
  name_column,
  segment_column,
  region_column,
  market_column,
  accounts_column,
  tier_column,
  vendors_column,
  revenue_column
};

struct ColumnName {
  std::string_view name;
  std::string_view others;  // in lower case, separated by |
  bool required = false;
};
constexpr std::array<ColumnName, 9> kColumns{{
    {"id", "kennung|partner-id|partner id|partnerid|partner_id", true},
    {"name", "partner|firma"},
    {"segment", "partnersegment|partner segment", true},
    {"region", "gebiet"},
    {"market", "markt"},
    {"accounts", "kunden|kundenzahl"},
    {"tier", "stufe"},
    {"vendors", "hersteller"},
    {"revenue_12m", "umsatz_12m|umsatz 12m|revenue 12m"},
}};

// Rows of one more partner, with nothing known about it.
void append(PartnerTable& table, std::string id, std::uint64_t key, std::size_t segment) {
  table.key.push_back(key);
  table.segment.push_back(static_cast<std::uint8_t>(segment));
  table.market.push_back(0);
  table.size.push_back(1);
  table.user_row.push_back(static_cast<std::uint32_t>(table.count));
  table.id.push_back(std::move(id));
  table.name.emplace_back();
  table.region.emplace_back();
  ++table.count;
}

// Lognormal with mean 1.
double drawn_size(std::uint64_t key, double spread, Luck build) {
  const double u = uniforms(build, key, 0, kSize.id)[0];
  return exp(spread * normal_quantile(u) - spread * spread / 2);
}

void open_relations(PartnerTable& table, std::size_t vendors) {
  table.start_stage.assign(vendors * table.count, Stage::prospect);
  table.start_tier.assign(vendors * table.count, 0);
  table.start_billed.assign(vendors * table.count, -1);
}

void draw_relations(const Scenario& scenario, Luck build, PartnerTable& table) {
  for (std::size_t v = 0; v < scenario.world.vendors.size(); ++v) {
    const std::uint32_t purpose = kCarried.of(scenario.world.vendors[v].key);
    const double share = scenario.parameters.programs[v].terms.start_active;
    for (std::size_t i = 0; i < table.count; ++i) {
      if (scenario.world.segments[table.segment[i]].supplier) continue;
      if (uniforms(build, table.key[i], 0, purpose)[0] >= share) continue;
      table.start_stage[v * table.count + i] = Stage::active;
    }
  }
}

class PartnerFile {
 public:
  PartnerFile(const Csv& csv, const Scenario& scenario, Luck build, Diagnostics& diagnostics)
      : csv_(csv), scenario_(scenario), build_(build), diagnostics_(diagnostics) {}

  PartnerTable read() {
    if (!find_columns()) return {};
    if (csv_.rows() > kMaxPartners) {
      diagnostics_.error("E-TOO-MANY", csv_.row_at(kMaxPartners),
                         fmt::format("more than {} partners", kMaxPartners));
      return {};
    }
    name_vendors();
    for (std::size_t row = 0; row < csv_.rows(); ++row) read_identity(row);
    open_relations(table_, scenario_.world.vendors.size());
    if (!has(vendors_column)) draw_relations(scenario_, build_, table_);
    for (std::size_t i = 0; i < table_.count; ++i) read_relations(i);
    report_unknown_vendors();
    report_rest();
    return std::move(table_);
  }

 private:
  bool has(Column column) const { return columns_[column].has_value(); }
  std::string_view text(std::size_t row, Column column) const {
    return has(column) ? csv_.text(row, *columns_[column]) : std::string_view();
  }

  void fault(std::size_t row, Column column, std::string code, std::string message,
             std::string hint = {}) {
    if (++faults_[code] > kMostFaults) return;
    diagnostics_.error(std::move(code), csv_.at(row, *columns_[column]), std::move(message),
                       std::move(hint));
  }

  void report_rest() {
    for (const auto& [code, count] : faults_) {
      if (count <= kMostFaults) continue;
      diagnostics_.error(code, {csv_.header_at[0].file, 0, 0, 1},
                         fmt::format("{} more faults of this kind", count - kMostFaults));
    }
  }

  bool find_columns() {
    std::vector<std::string> header;
    for (const std::string& name : csv_.header) header.push_back(lower_ascii(trimmed(name)));
    bool complete = true;
    for (std::size_t c = 0; c < kColumns.size(); ++c) {
      std::vector<std::string> names = words_of(kColumns[c].others);
      names.insert(names.begin(), std::string(kColumns[c].name));
      for (const std::string& name : names) {
        const auto found = std::find(header.begin(), header.end(), name);
        if (found == header.end()) continue;
        columns_[c] = static_cast<std::size_t>(found - header.begin());
        break;
      }
      if (columns_[c] || !kColumns[c].required) continue;
      diagnostics_.error("E-COLUMN", csv_.header_at[0],
                         fmt::format("the column '{}' is missing", kColumns[c].name),
                         did_you_mean(kColumns[c].name, csv_.header,
                                      fmt::format("there is {}", fmt::join(csv_.header, ", "))));
      complete = false;
    }
    return complete;
  }

  void name_vendors() {
    for (std::size_t v = 0; v < scenario_.world.vendors.size(); ++v) {
      vendors_[lower_ascii(scenario_.world.vendors[v].name)] = v;
    }
    vendors_["us"] = 0;
    for (std::size_t s = 0; s < scenario_.world.segments.size(); ++s) {
      segment_names_.push_back(scenario_.world.segments[s].name);
    }
  }

  // Position of a name, by its exact spelling or else without regard to case.
  static std::optional<std::size_t> position(const std::vector<std::string>& names,
                                             std::string_view name) {
    for (std::size_t k = 0; k < names.size(); ++k) {
      if (names[k] == name) return k;
    }
    for (std::size_t k = 0; k < names.size(); ++k) {
      if (lower_ascii(names[k]) == lower_ascii(name)) return k;
    }
    return std::nullopt;
  }

  // Who the partner is. Partners with a fault in this part are left out.
  void read_identity(std::size_t row) {
    const std::string_view id = text(row, id_column), segment = text(row, segment_column);
    if (id.empty()) return fault(row, id_column, "E-MISSING", "this partner has no id");
    const auto [first, added] = rows_.emplace(id, row);
    if (!added) {
      fault(row, id_column, "E-DUPLICATE", fmt::format("partner {} is there twice", in_quotes(id)),
            fmt::format("the first one is in line {}", csv_.row_at(first->second).line));
      if (first_of_pair_.insert({first->second, row}).second) {
        fault(first->second, id_column, "E-DUPLICATE",
              fmt::format("partner {} is there twice", in_quotes(id)),
              fmt::format("again in line {}", csv_.row_at(row).line));
      }
      return;
    }
    if (segment.empty())
      return fault(row, segment_column, "E-MISSING", "this partner has no segment");
    const auto s = position(segment_names_, segment);
    if (!s) {
      return fault(row, segment_column, "E-UNKNOWN-NAME",
                   fmt::format("there is no segment {}", in_quotes(segment)),
                   did_you_mean(segment, segment_names_,
                                fmt::format("one of {}", fmt::join(segment_names_, ", "))));
    }
    append(table_, std::string(id), entity_key("partner", id), *s);
    csv_row_.push_back(row);
    table_.user_row.back() = static_cast<std::uint32_t>(row);
    table_.name.back() = text(row, name_column);
    table_.region.back() = text(row, region_column);
    read_size(row, *s);
    read_market(row);
  }

  std::optional<double> number(std::size_t row, Column column, Unit unit) {
    Fault wrong;
    const auto value = read_number(text(row, column), unit, scenario_.world.currency, wrong);
    if (!value) fault(row, column, wrong.code, wrong.message, wrong.hint);
    return value;
  }

  void read_size(std::size_t row, std::size_t s) {
    const Segment& segment = scenario_.parameters.segments[s];
    if (text(row, accounts_column).empty()) {
      table_.size.back() = drawn_size(table_.key.back(), segment.size_spread, build_);
      return;
    }
    const auto accounts = number(row, accounts_column, Unit::number);
    if (!accounts) return;
    if (!(*accounts > 0 && *accounts <= kMostAccounts)) {
      return fault(row, accounts_column, "E-BOUNDS", "a partner has 1 to 10 million accounts",
                   "leave the field empty where it is not known");
    }
    table_.size.back() = *accounts / segment.accounts;
  }

  void read_market(std::size_t row) {
    const std::vector<MarketInfo>& markets = scenario_.world.markets;
    if (markets.size() == 1 || !has(market_column)) return;
    std::vector<std::string> names;
    for (const MarketInfo& market : markets) names.push_back(market.name);
    const auto found = position(names, text(row, market_column));
    if (found) {
      table_.market.back() = static_cast<std::uint8_t>(*found);
      return;
    }
    fault(row, market_column, "E-UNKNOWN-NAME",
          fmt::format("there is no market {}", in_quotes(text(row, market_column))),
          did_you_mean(text(row, market_column), names,
                       fmt::format("one of {}", fmt::join(names, ", "))));
  }

  // Which vendors it carries, our tier, and what it sold for us.
  void read_relations(std::size_t i) {
    const std::size_t row = csv_row_[i];
    const bool supplier = scenario_.world.segments[table_.segment[i]].supplier;
    if (has(vendors_column)) read_vendors(i, row, supplier);
    if (!text(row, tier_column).empty()) read_tier(i, row);
    if (text(row, revenue_column).empty()) return;
    const auto revenue = number(row, revenue_column, Unit::money);
    if (!revenue) return;
    if (*revenue < 0 || *revenue > kMostMoney) {
      return fault(row, revenue_column, "E-BOUNDS", "revenue is between 0 and 1e12");
    }
    table_.start_billed[i] = round_money(*revenue * kMinorPerMajor);
    if (*revenue == 0 && table_.start_stage[i] == Stage::active) {
      table_.start_stage[i] = Stage::dormant;
    }
  }

  void read_vendors(std::size_t i, std::size_t row, bool supplier) {
    std::string_view rest = text(row, vendors_column);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find_first_of(";|,"), rest.size());
      const std::string_view name = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (name.empty()) continue;
      const auto found = vendors_.find(lower_ascii(name));
      if (found == vendors_.end()) {
        ++unknown_vendors_.try_emplace(std::string(name), Unknown{row, 0}).first->second.count;
      } else if (!supplier) {
        table_.start_stage[found->second * table_.count + i] = Stage::active;
      }
    }
  }

  void read_tier(std::size_t i, std::size_t row) {
    const std::vector<std::string>& tiers = scenario_.world.vendors[0].tiers;
    const auto found = position(tiers, text(row, tier_column));
    if (found) {
      table_.start_tier[i] = static_cast<std::uint8_t>(*found);
      return;
    }
    fault(row, tier_column, "E-UNKNOWN-NAME",
          fmt::format("we have no tier {}", in_quotes(text(row, tier_column))),
          did_you_mean(text(row, tier_column), tiers,
                       fmt::format("one of {}", fmt::join(tiers, ", "))));
  }

  void report_unknown_vendors() {
    for (const auto& [name, unknown] : unknown_vendors_) {
      diagnostics_.warning(
          "W-UNKNOWN-VENDOR", csv_.at(unknown.first_row, *columns_[vendors_column]),
          fmt::format("vendor {} is not in the scenario; {} partner{} it", in_quotes(name),
                      unknown.count, unknown.count == 1 ? " carries" : "s carry"),
          "it is left out");
    }
  }

  struct Unknown {
    std::size_t first_row, count;
  };

  const Csv& csv_;
  const Scenario& scenario_;
  Luck build_;
  Diagnostics& diagnostics_;
  std::array<std::optional<std::size_t>, kColumns.size()> columns_;
  PartnerTable table_;
  std::vector<std::size_t> csv_row_;  // by partner
  std::vector<std::string> segment_names_;
  std::unordered_map<std::string, std::size_t> vendors_;
  std::unordered_map<std::string_view, std::size_t> rows_;
  std::map<std::size_t, std::size_t> first_of_pair_;
  std::map<std::string, Unknown> unknown_vendors_;
  std::map<std::string, std::size_t> faults_;
};

}  // namespace

PartnerTable read_partners(const Csv& csv, const Scenario& scenario, Luck build,
                           Diagnostics& diagnostics) {
  return PartnerFile(csv, scenario, build, diagnostics).read();
}

PartnerTable generate_partners(const Scenario& scenario, Luck build, Diagnostics& diagnostics) {
  PartnerTable table;
  double total = 0;
  for (const Segment& segment : scenario.parameters.segments) total += segment.partners;
  if (total > static_cast<double>(kMaxPartners)) {
    diagnostics.error("E-TOO-MANY", {}, fmt::format("more than {} partners", kMaxPartners));
    return table;
  }
  for (std::size_t s = 0; s < scenario.parameters.segments.size(); ++s) {
    const Segment& segment = scenario.parameters.segments[s];
    const std::string& name = scenario.world.segments[s].name;
    const auto count = static_cast<std::size_t>(segment.partners);
    for (std::size_t k = 0; k < count; ++k) {
      const std::uint64_t key = combine(entity_key("generated partner", name), k);
      append(table, fmt::format("{}-{:06}", name, k + 1), key, s);
      table.size.back() = drawn_size(key, segment.size_spread, build);
      table.market.back() = static_cast<std::uint8_t>(k % scenario.world.markets.size());
    }
  }
  open_relations(table, scenario.world.vendors.size());
  draw_relations(scenario, build, table);
  return table;
}

}  // namespace partnersim
