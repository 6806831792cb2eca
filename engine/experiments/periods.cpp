// The months, fiscal quarters and years of a run.
#include <algorithm>
#include <array>

#include "experiments/metrics.hpp"

namespace partnersim {
namespace {

constexpr int kYear = 12, kQuarter = 3;

/// Neighbouring months with one label.
template <class Label>
std::vector<ReportPeriod> grouped(const World& outline, ReportPeriod::Kind kind, int whole,
                                  Label label) {
  std::vector<ReportPeriod> periods;
  for (int month = 0; month < outline.months; ++month) {
    std::string name = label(outline.calendar, month);
    if (periods.empty() || periods.back().label != name) {
      periods.push_back({kind, month, 0, whole, std::move(name)});
    }
    ++periods.back().months;
  }
  return periods;
}

}  // namespace

std::string ReportPeriod::incomplete() const {
  return partial() ? std::to_string(months) + " of " + std::to_string(of) + " months" : "";
}

std::string ReportPeriod::full_label() const {
  return partial() ? label + " (" + incomplete() + ")" : label;
}

std::vector<ReportPeriod> report_months(const World& outline) {
  return grouped(outline, ReportPeriod::Kind::month, 1, month_label);
}

std::vector<ReportPeriod> report_quarters(const World& outline) {
  return grouped(outline, ReportPeriod::Kind::quarter, kQuarter, fiscal_quarter_label);
}

std::vector<ReportPeriod> report_years(const World& outline) {
  return grouped(outline, ReportPeriod::Kind::year, kYear, fiscal_year_label);
}

ReportPeriod report_last_12_months(const World& outline) {
  const int months = std::min(outline.months, kYear);
  return {ReportPeriod::Kind::last_12_months, outline.months - months, months, kYear,
          "last 12 months"};
}

ReportPeriod report_total(const World& outline) {
  const std::string first = fiscal_year_label(outline.calendar, 0);
  const std::string last = fiscal_year_label(outline.calendar, std::max(0, outline.months - 1));
  return {ReportPeriod::Kind::total, 0, outline.months, outline.months,
          first == last ? first : first + "-" + last};
}

ReportPeriod report_run_rate(const World& outline) {
  const int months = std::min(outline.months, kQuarter);
  return {ReportPeriod::Kind::run_rate, outline.months - months, months, kQuarter,
          "closing run-rate"};
}

double annual_factor(const Metric& metric, const ReportPeriod& period) {
  const bool scaled = period.kind == ReportPeriod::Kind::run_rate && metric.over == Over::flow &&
                      metric.below.empty();
  return scaled && period.months > 0 ? static_cast<double>(kYear) / period.months : 1;
}

std::string_view name_of(ReportPeriod::Kind kind) {
  return std::array<std::string_view, 6>{
      "month", "quarter", "year", "last_12_months", "total", "run_rate"}[static_cast<std::size_t>(
      kind)];
}

std::vector<ReportPeriod> headline_periods(const World& outline) {
  std::vector<ReportPeriod> periods = report_years(outline);
  periods.push_back(report_total(outline));
  periods.push_back(report_last_12_months(outline));
  return periods;
}

}  // namespace partnersim
