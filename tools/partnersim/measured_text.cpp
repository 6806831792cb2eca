#include "measured_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "common.hpp"
#include "scenario/number_text.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {
namespace {

std::string shown(double value, Unit unit, const std::string& currency) {
  return value_text(rounded(value, unit), unit, currency);
}

/// "22 to 26 %"
std::string shown(const Interval& interval, Unit unit, const std::string& currency) {
  const std::string lo = shown(interval.lo, unit, currency);
  return fmt::format("{} to {}", lo.substr(0, lo.find(' ')), shown(interval.hi, unit, currency));
}

/// A measurement by segment and its unit.
struct Row {
  const MeasureRow& what;
  Unit unit;
  const BySegment& found;
};

std::vector<Row> rows_of(const Measured& measured) {
  return {{measure::kWinRate, Unit::share, measured.win_rate},
          {measure::kCycle, Unit::months, measured.cycle},
          {measure::kDealSize, Unit::money, measured.amount},
          {measure::kRegistered, Unit::share, measured.registered},
          {measure::kOpened, Unit::number, measured.opened},
          {measure::kFirstDeal, Unit::months, measured.first_deal},
          {measure::kExits, Unit::share, measured.exits}};
}

}  // namespace

double rounded(double value, Unit unit) {
  if (!std::isfinite(value)) return value;
  const bool small = unit != Unit::share && std::abs(value) >= 0.1 && std::abs(value) < 10;
  return std::stod(small ? fmt::format("{:.2f}", value) : fmt::format("{:.3g}", value));
}

std::string in_words(const Estimate& estimate, const MeasureRow& what, Unit unit,
                     const std::string& currency) {
  return fmt::format("{} (95 % interval {}), {} {}", shown(estimate.value, unit, currency),
                     shown(estimate.of_95, unit, currency), grouped(estimate.n), what.cases);
}

std::string too_few(const Estimate& estimate, const MeasureRow& what) {
  if (estimate.n >= what.fewest)
    return fmt::format("none of {} {}", grouped(estimate.n), what.cases);
  return fmt::format("{} {}, it takes {}", grouped(estimate.n), what.cases, what.fewest);
}

std::string season_in_words(const std::optional<Season>& season) {
  if (!season) return "less than 2 whole years of deals opened";
  if (season->n < measure::kSeason.fewest) {
    return fmt::format("{} {} in whole years, it takes {}", grouped(season->n),
                       measure::kSeason.cases, measure::kSeason.fewest);
  }
  return fmt::format("{} {} in {} whole years; 95 % interval of a month +-{:.2f}",
                     grouped(season->n), measure::kSeason.cases, season->years, season->half_width);
}

bool is_measured(const std::optional<Season>& season) {
  return season && season->n >= measure::kSeason.fewest;
}

std::string stated(const Estimate& estimate, const ParameterRow& row) {
  const double margin = row.unit == Unit::share ? 0.002 : 0.01;  // no rounding reaches the edge
  const auto text = [&](double value) {
    const double inside = std::clamp(value, row.bounds.lo + margin, row.bounds.hi - margin);
    return exact_text(rounded(inside, row.unit), row.unit);
  };
  const std::string lo = text(estimate.of_90.lo), hi = text(estimate.of_90.hi);
  return lo == hi ? lo : fmt::format("{} to {}", lo, hi);
}

std::string measured_text(const Measured& measured, const std::string& currency) {
  std::string found, missing;
  for (const Row& row : rows_of(measured)) {
    const Estimate& all = row.found.all;
    const bool enough = is_measured(all, row.what);
    (enough ? found : missing) +=
        fmt::format("  {:<26} {}\n", row.what.name,
                    enough ? in_words(all, row.what, row.unit, currency) : too_few(all, row.what));
  }
  (is_measured(measured.season) ? found : missing) +=
      fmt::format("  {:<26} {}\n", measure::kSeason.name, season_in_words(measured.season));
  if (!found.empty()) found = "measured\n" + found;
  if (!missing.empty()) missing = "not measured, our defaults stand\n" + missing;
  return found + missing;
}

std::string segments_text(const Measured& measured, const std::string& currency) {
  std::string text;
  for (const Row& row : rows_of(measured)) {
    text += fmt::format("{}\n", row.what.name);
    for (std::size_t s = 0; s <= measured.segments.size(); ++s) {
      const Estimate& found = s == 0 ? row.found.all : row.found.segment[s - 1];
      text +=
          fmt::format("  {:<18} {}\n", s == 0 ? "all" : measured.segments[s - 1],
                      is_measured(found, row.what) ? in_words(found, row.what, row.unit, currency)
                                                   : too_few(found, row.what));
    }
  }
  return text;
}

}  // namespace partnersim
