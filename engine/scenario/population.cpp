// The partner file has the columns of kPartnerColumns in any order; a fault is reported at its
// field. Sizes and starting relations that nobody gave are drawn by entity key, so that one more
// partner changes nothing about the others.
#include "scenario/population.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
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

// Ours, but nothing follows from them yet.
constexpr std::size_t kOnlyKept[] = {partner_column::expected_revenue, partner_column::leaves_on,
                                     partner_column::contract_end, partner_column::do_not_touch};

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
  PartnerFile(const Csv& csv, Export& columns, const Scenario& scenario, Luck build,
              Diagnostics& diagnostics)
      : csv_(csv),
        columns_(columns),
        scenario_(scenario),
        build_(build),
        diagnostics_(diagnostics) {}

  PartnerTable read() {
    if (csv_.rows() > kMaxPartners) {
      diagnostics_.error("E-TOO-MANY", csv_.row_at(kMaxPartners),
                         fmt::format("more than {} partners", kMaxPartners));
      return {};
    }
    name_vendors();
    for (const std::size_t row : columns_.rows()) read_identity(row);
    open_relations(table_, scenario_.world.vendors.size());
    if (!has(partner_column::vendors)) draw_relations(scenario_, build_, table_);
    for (std::size_t i = 0; i < table_.count; ++i) read_relations(i);
    keep_columns();
    report_unknown_vendors();
    report_rest();
    return std::move(table_);
  }

 private:
  using Column = std::size_t;  // of kPartnerColumns

  bool has(Column column) const { return columns_.has(column); }
  std::string_view text(std::size_t row, Column column) const { return columns_.text(row, column); }

  void fault(std::size_t row, Column column, std::string code, std::string message,
             std::string hint = {}) {
    if (++faults_[code] > kMostFaults) return;
    diagnostics_.error(std::move(code), columns_.at(row, column), std::move(message),
                       std::move(hint));
  }

  void report_rest() {
    for (const auto& [code, count] : faults_) {
      if (count <= kMostFaults) continue;
      diagnostics_.error(code, {csv_.header_at[0].file, 0, 0, 1},
                         fmt::format("{} more faults of this kind", count - kMostFaults));
    }
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
    const std::string_view id = text(row, partner_column::id),
                           segment = text(row, partner_column::segment);
    if (id.empty()) return fault(row, partner_column::id, "E-MISSING", "this partner has no id");
    const auto [first, added] = rows_.emplace(id, row);
    if (!added) {
      fault(row, partner_column::id, "E-DUPLICATE",
            fmt::format("partner {} is there twice", in_quotes(id)),
            fmt::format("the first one is in line {}", csv_.row_at(first->second).line));
      if (first_of_pair_.insert({first->second, row}).second) {
        fault(first->second, partner_column::id, "E-DUPLICATE",
              fmt::format("partner {} is there twice", in_quotes(id)),
              fmt::format("again in line {}", csv_.row_at(row).line));
      }
      return;
    }
    if (segment.empty())
      return fault(row, partner_column::segment, "E-MISSING", "this partner has no segment");
    const auto s = position(segment_names_, segment);
    if (!s) {
      return fault(row, partner_column::segment, "E-UNKNOWN-NAME",
                   fmt::format("there is no segment {}", in_quotes(segment)),
                   did_you_mean(segment, segment_names_,
                                fmt::format("one of {}", fmt::join(segment_names_, ", "))));
    }
    append(table_, std::string(id), entity_key("partner", id), *s);
    csv_row_.push_back(row);
    table_.user_row.back() = static_cast<std::uint32_t>(row);
    table_.name.back() = text(row, partner_column::name);
    table_.region.back() = text(row, partner_column::region);
    read_size(row, *s);
    read_market(row);
  }

  std::optional<double> number(std::size_t row, Column column) {
    Fault wrong;
    const auto value = columns_.number(row, column, wrong);
    if (!value && !wrong.code.empty()) fault(row, column, wrong.code, wrong.message, wrong.hint);
    return value;
  }

  void read_size(std::size_t row, std::size_t s) {
    const Segment& segment = scenario_.parameters.segments[s];
    if (text(row, partner_column::accounts).empty()) {
      table_.size.back() = drawn_size(table_.key.back(), segment.size_spread, build_);
      return;
    }
    const auto accounts = number(row, partner_column::accounts);
    if (!accounts) return;
    if (!(*accounts > 0 && *accounts <= kMostAccounts)) {
      return fault(row, partner_column::accounts, "E-BOUNDS",
                   "a partner has 1 to 10 million accounts",
                   "leave the field empty where it is not known");
    }
    table_.size.back() = *accounts / segment.accounts;
  }

  void read_market(std::size_t row) {
    const std::vector<MarketInfo>& markets = scenario_.world.markets;
    if (markets.size() == 1 || !has(partner_column::market)) return;
    std::vector<std::string> names;
    for (const MarketInfo& market : markets) names.push_back(market.name);
    const auto found = position(names, text(row, partner_column::market));
    if (found) {
      table_.market.back() = static_cast<std::uint8_t>(*found);
      return;
    }
    fault(row, partner_column::market, "E-UNKNOWN-NAME",
          fmt::format("there is no market {}", in_quotes(text(row, partner_column::market))),
          did_you_mean(text(row, partner_column::market), names,
                       fmt::format("one of {}", fmt::join(names, ", "))));
  }

  // Which vendors it carries, our tier, and what it sold for us.
  void read_relations(std::size_t i) {
    const std::size_t row = csv_row_[i];
    const bool supplier = scenario_.world.segments[table_.segment[i]].supplier;
    if (has(partner_column::vendors)) read_vendors(i, row, supplier);
    if (!text(row, partner_column::tier).empty()) read_tier(i, row);
    if (!text(row, partner_column::revenue).empty()) read_revenue(i, row);
    date(row, partner_column::joined);
    if (const auto left = date(row, partner_column::left)) read_left(i, row, *left);
  }

  void read_revenue(std::size_t i, std::size_t row) {
    const auto revenue = number(row, partner_column::revenue);
    if (!revenue) return;
    if (*revenue < 0 || *revenue > kMostMoney) {
      return fault(row, partner_column::revenue, "E-BOUNDS", "revenue is between 0 and 1e12");
    }
    table_.start_billed[i] = round_money(*revenue * kMinorPerMajor);
    const bool supplier = scenario_.world.segments[table_.segment[i]].supplier;
    if (*revenue > 0 && !has(partner_column::vendors) && !supplier) {
      table_.start_stage[i] = Stage::active;  // who sold for us carries us
    }
    if (*revenue == 0 && table_.start_stage[i] == Stage::active) {
      table_.start_stage[i] = Stage::dormant;
    }
  }

  /// nullopt where the field is empty or cannot be read.
  std::optional<Day> date(std::size_t row, Column column) {
    if (text(row, column).empty()) return std::nullopt;
    Fault wrong;
    const auto day = columns_.date(row, column, wrong);
    if (!day && !wrong.code.empty()) fault(row, column, wrong.code, wrong.message, wrong.hint);
    return day;
  }

  // Who has left by the start is no partner of ours, and its revenue is none of today's books.
  void read_left(std::size_t i, std::size_t row, Day left) {
    const Calendar& calendar = scenario_.world.calendar;
    const Day start =
        std::chrono::year(calendar.start_year) / static_cast<int>(calendar.start_month) / 1;
    if (left < start) {
      table_.start_stage[i] = Stage::left;
      table_.start_billed[i] = 0;
    } else {
      diagnostics_.warning("W-FUTURE", columns_.at(row, partner_column::left),
                           "this lies after the start of the run",
                           "the partner is with us; the model decides when it leaves");
    }
  }

  // What the model does not read is kept for choosing and cutting partners.
  void keep_columns() {
    for (const Export::Kept& kept : columns_.kept()) {
      PartnerColumn column{kept.name, {}, {}};
      std::unordered_map<std::string_view, std::uint32_t> codes;
      for (const std::size_t row : csv_row_) {
        const std::string_view value = csv_.text(row, kept.column);
        const auto next = static_cast<std::uint32_t>(column.values.size());
        const auto [code, fresh] = codes.try_emplace(value, next);
        if (fresh) column.values.emplace_back(value);
        column.code.push_back(code->second);
      }
      table_.columns.push_back(std::move(column));
    }
    for (const std::size_t column : kOnlyKept) {
      if (!has(column)) continue;
      diagnostics_.warning(
          "W-ONLY-KEPT", columns_.header_at(column),
          fmt::format("nothing follows from '{}' in this version", kPartnerColumns[column].name),
          "its text is kept");
    }
  }

  void read_vendors(std::size_t i, std::size_t row, bool supplier) {
    std::string_view rest = text(row, partner_column::vendors);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find_first_of(kListMarks), rest.size());
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
    const auto found = position(tiers, text(row, partner_column::tier));
    if (found) {
      table_.start_tier[i] = static_cast<std::uint8_t>(*found);
      return;
    }
    fault(row, partner_column::tier, "E-UNKNOWN-NAME",
          fmt::format("we have no tier {}", in_quotes(text(row, partner_column::tier))),
          did_you_mean(text(row, partner_column::tier), tiers,
                       fmt::format("one of {}", fmt::join(tiers, ", "))));
  }

  void report_unknown_vendors() {
    for (const auto& [name, unknown] : unknown_vendors_) {
      diagnostics_.warning(
          "W-UNKNOWN-VENDOR", columns_.at(unknown.first_row, partner_column::vendors),
          fmt::format("vendor {} is not in the scenario; {} partner{} it", in_quotes(name),
                      unknown.count, unknown.count == 1 ? " carries" : "s carry"),
          "it is left out");
    }
  }

  struct Unknown {
    std::size_t first_row, count;
  };

  const Csv& csv_;
  Export& columns_;
  const Scenario& scenario_;
  Luck build_;
  Diagnostics& diagnostics_;
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

PartnerTable read_partners(const Csv& csv, Export& columns, const Scenario& scenario, Luck build,
                           Diagnostics& diagnostics) {
  return PartnerFile(csv, columns, scenario, build, diagnostics).read();
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
