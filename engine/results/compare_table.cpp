// Comparisons in words and tables; see the header.
#include "results/compare_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "results/csv_text.hpp"
#include "results/json_text.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

/// The numbers of a difference, in the order of kDifferenceColumns.
constexpr std::size_t kNumbers = 9;
std::array<double, kNumbers> numbers_of(const Difference& one) {
  const Summary& d = one.paired.difference;
  return {one.mean_a,      one.mean_b,      d.mean,          d.ci_lo,           d.ci_hi,
          one.outcome.q05, one.outcome.q50, one.outcome.q95, one.futures_higher};
}
constexpr std::array<std::string_view, kNumbers> kDifferenceColumns{
    "a", "b", "difference", "ci95_lo", "ci95_hi", "p05", "p50", "p95", "futures_higher"};
constexpr std::array<std::string_view, kNumbers> kDifferenceHeadings{
    "A", "B", "B - A", "low", "high", "P5", "P50", "P95", "B higher\nin futures"};

constexpr std::size_t kMedian = 6;  // left out where there is little room

void append_labels(const ComparedMetric& metric, const std::string& period,
                   const std::string& incomplete, std::string& csv) {
  append_csv_text(csv, metric.metric.name);
  for (const std::string& text : {period, incomplete}) {
    csv += ',';
    append_csv_text(csv, text);
  }
}

void append_differences(const ComparedMetric& metric, std::string& csv) {
  for (const Difference& one : metric.periods) {
    append_labels(metric, one.period.label, one.period.incomplete(), csv);
    append_csv_numbers(csv, numbers_of(one));
    append_csv_numbers(csv,
                       std::array{one.futures_interval.lo, one.futures_interval.hi,
                                  static_cast<double>(one.paired.difference.n), one.paired.p_value,
                                  one.p_adjusted, one.paired.variance_reduction});
    csv += one.tells() ? ",yes," : ",no,";
    if (!one.tells() && *one.more_runs != kTooManyRuns) csv += std::to_string(*one.more_runs);
    csv += metric.turn() != nullptr ? ",yes\n" : ",no\n";
  }
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double number_of(PaybackMonths months) {
  return months ? static_cast<double>(*months) : kNan;
}

/// Two rows of the same columns: the deepest dip, and payback in months from the start (0: never
/// behind; empty: not within the run), where `futures_higher` are those that have paid back.
void append_payback(const ComparedMetric& metric, std::string& csv) {
  const Payback& payback = *metric.payback;
  const std::string_view rest = metric.turn() != nullptr ? ",,,,,,,yes\n" : ",,,,,,,no\n";
  const Summary dip = payback.dip ? payback.dip->difference : Summary{.mean = 0};
  append_labels(metric, "deepest dip", "", csv);
  append_csv_numbers(
      csv, std::array{kNan, kNan, dip.mean, dip.ci_lo, dip.ci_hi, payback.dip_outcome.q05,
                      payback.dip_outcome.q50, payback.dip_outcome.q95, kNan, kNan, kNan});
  csv += rest;
  append_labels(metric, "months to payback", "", csv);
  append_csv_numbers(
      csv, std::array{kNan, kNan, number_of(payback.months), number_of(payback.earliest),
                      number_of(payback.latest), number_of(payback.p05), number_of(payback.p50),
                      number_of(payback.p95), payback.paid_back, payback.paid_back_interval.lo,
                      payback.paid_back_interval.hi});
  csv += rest;
}

Json month_json(PaybackMonths months, const Calendar& calendar) {
  return months && *months < calendar.months ? Json(month_label(calendar, *months)) : Json();
}

/// Months are those at whose end the cumulated difference is not below zero any more.
Json payback_json(const Payback& payback, const Calendar& calendar) {
  Json json;
  json["never_behind"] = payback.months == 0;
  json["month"] = month_json(payback.months, calendar);
  json["month_ci95"] = {month_json(payback.earliest, calendar),
                        month_json(payback.latest, calendar)};
  json["month_p05_p50_p95"] = {month_json(payback.p05, calendar), month_json(payback.p50, calendar),
                               month_json(payback.p95, calendar)};
  json["futures_paid_back"] = payback.paid_back;
  json["futures_interval"] = {payback.paid_back_interval.lo, payback.paid_back_interval.hi};
  Json dip = Json();
  if (payback.dip) {
    const Summary& d = payback.dip->difference;
    dip = {{"month", month_label(calendar, payback.dip->month)},
           {"difference", d.mean},
           {"ci95_lo", d.ci_lo},
           {"ci95_hi", d.ci_hi}};
  }
  json["deepest_dip"] = std::move(dip);
  json["dip_p05_p50_p95"] = {payback.dip_outcome.q05, payback.dip_outcome.q50,
                             payback.dip_outcome.q95};
  return json;
}

Json difference_json(const Difference& one) {
  Json json;
  json["period"] = one.period.label;
  if (one.period.partial()) json["incomplete"] = one.period.incomplete();
  const auto numbers = numbers_of(one);
  for (std::size_t k = 0; k < numbers.size(); ++k)
    json[std::string(kDifferenceColumns[k])] = numbers[k];
  json["futures_interval"] = {one.futures_interval.lo, one.futures_interval.hi};
  json["n"] = one.paired.difference.n;
  json["p_value"] = one.paired.p_value;
  json["p_adjusted"] = one.p_adjusted;
  json["means_higher"] = one.paired.p_better;
  json["variance_reduction"] = one.paired.variance_reduction;
  json["tells"] = one.tells();
  const bool known = !one.tells() && *one.more_runs != kTooManyRuns;
  json["more_runs"] = known ? Json(*one.more_runs) : Json();
  return json;
}

std::string counts_sentence(const Comparison& comparison) {
  std::string text = fmt::format("{} pairs of runs under the same luck", comparison.pairs);
  const double saved = comparison.metrics.front().total().paired.variance_reduction;
  if (std::isfinite(saved)) {
    text += fmt::format(" (for {} as good as {} times as many under separate luck)",
                        comparison.metrics.front().metric.words(),
                        fixed_text(saved, saved < 10 ? 1 : 0));
  }
  text += comparison.draws < 2
              ? ", with one draw of the parameters."
              : fmt::format(
                    "; intervals are over the means of their {} draws of the parameters, "
                    "futures are counted in runs.",
                    comparison.draws);
  if (comparison.precision) {
    const double obtained = relative_half_width(comparison.metrics.front().total());
    text += fmt::format(
        " Runs were added for an interval of +-{:.3g} % of A's {}; it is +-{:.3g} %.",
        100 * *comparison.precision, comparison.metrics.front().metric.words(), 100 * obtained);
  }
  if (comparison.alternatives < 2) return text;
  return text + fmt::format(
                    " {} alternatives are compared: what can be told is judged by p-values after "
                    "Holm's adjustment; each interval holds for itself.",
                    comparison.alternatives);
}

/// The total, the end, and when it has paid back: never one figure for all.
std::string answer_of(const Comparison& comparison, const ComparedMetric& metric,
                      const ComparedNames& names) {
  std::string text = comparison_sentence(comparison, metric, names);
  for (const std::string& more :
       {end_sentence(comparison, metric), payback_sentence(comparison, metric, names)}) {
    if (!more.empty()) text += ' ' + more;
  }
  return text;
}

void add_warnings(const Comparison& comparison, bool horizon, std::size_t width,
                  std::string& text) {
  for (const Warning& warning : comparison.warnings) {
    if ((warning.code == kHorizonCode) != horizon) continue;
    text += wrapped("warning " + warning.code + ": " + warning.text, width) + '\n';
  }
}

}  // namespace

ResultTable comparison_table(const Comparison& comparison, const ComparedMetric& metric) {
  ResultTable table{.currency = comparison.currency, .label = "period", .columns = {}, .rows = {}};
  for (std::size_t k = 0; k < kDifferenceColumns.size(); ++k) {
    if (k == kMedian) continue;
    const bool share = k + 1 == kDifferenceColumns.size();
    table.columns.push_back({std::string(kDifferenceColumns[k]), share ? "" : metric.metric.words(),
                             std::string(kDifferenceHeadings[k]),
                             share ? Quantity::share : metric.metric.quantity});
  }
  for (const Difference& one : metric.periods) {
    ResultRow row = row_of(one.period);
    const auto numbers = numbers_of(one);
    row.values.assign(numbers.begin(), numbers.end());
    row.values.erase(row.values.begin() + kMedian);
    row.strong = false;
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string comparison_text(const Comparison& comparison, const ComparedNames& names,
                            std::size_t width) {
  std::string text;
  add_warnings(comparison, true, width, text);
  for (const ComparedMetric& metric : comparison.metrics) {
    if (!metric.decides()) continue;
    text += wrapped(answer_of(comparison, metric, names), width) + "\n\n";
  }
  text += "A: " + names.a + "   B: " + names.b + "\n" +
          wrapped(
              "low, high: 95 % interval of the mean of B - A; P5, P95: in 90 of 100 simulated "
              "futures B - A lies between; closing run-rate: the last 3 months, as a year",
              width) +
          '\n';
  for (const ComparedMetric& metric : comparison.metrics) {
    text += '\n' + as_text(comparison_table(comparison, metric), width, Footnote::no);
  }
  text += footnote_text(comparison_table(comparison, comparison.metrics.front()), width);
  text += '\n' + wrapped(counts_sentence(comparison), width) + '\n';
  add_warnings(comparison, false, width, text);
  return text;
}

std::string comparison_csv(const Comparison& comparison) {
  std::string csv = "metric,period,incomplete";
  for (const std::string_view key : kDifferenceColumns) csv += ',' + std::string(key);
  csv += ",futures_lo,futures_hi,n,p_value,p_adjusted,variance_reduction,tells,more_runs,horizon\n";
  for (const ComparedMetric& metric : comparison.metrics) {
    append_differences(metric, csv);
    if (metric.payback) append_payback(metric, csv);
  }
  return csv;
}

nlohmann::ordered_json comparison_json(const Comparison& comparison, const ComparedNames& names) {
  Json json;
  json["a"] = names.a;
  json["b"] = names.b;
  json["currency"] = comparison.currency;
  json["pairs"] = comparison.pairs;
  json["dropped"] = comparison.dropped;
  json["draws"] = comparison.draws;
  if (comparison.precision) {
    json["precision"] = {{"asked", *comparison.precision},
                         {"obtained", relative_half_width(comparison.metrics.front().total())}};
  }
  json["warnings"] = warnings_json(comparison.warnings);
  const std::string turns = horizon_sentences(comparison);
  json["answer"] =
      turns + (turns.empty() ? "" : " ") + answer_of(comparison, comparison.metrics.front(), names);
  json["metrics"] = Json::array();
  for (const ComparedMetric& metric : comparison.metrics) {
    Json one;
    one["name"] = metric.metric.name;
    one["quantity"] = name_of(metric.metric.quantity);
    one["horizon"] = metric.turn() != nullptr;
    one["periods"] = Json::array();
    for (const Difference& difference : metric.periods) {
      one["periods"].push_back(difference_json(difference));
    }
    if (metric.payback) one["payback"] = payback_json(*metric.payback, comparison.calendar);
    json["metrics"].push_back(std::move(one));
  }
  return json;
}

}  // namespace partnersim
