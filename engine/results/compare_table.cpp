// Comparisons in words and tables; see the header.
#include "results/compare_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "results/csv_text.hpp"
#include "results/json_text.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

bool is(const Metric& metric, Figure figure) {
  return metric.name == kFigureRows[static_cast<std::size_t>(figure)].name;
}

std::string_view verb_of(const Metric& metric) {
  if (metric.quantity != Quantity::money) return "has";
  return is(metric, Figure::program_cost) ? "needs" : "brings";
}

/// "over FY27-FY30", or "at the end of FY30" for what a period takes from its last month.
std::string when(const Metric& metric, const ReportPeriod& period) {
  return (metric.over == Over::flow ? "over " : "at the end of ") + period.label;
}

/// "83 of 100"; of fewer than 100 futures their number.
std::string futures_text(double share, std::uint64_t pairs) {
  const double of = static_cast<double>(std::min<std::uint64_t>(pairs, 100));
  return fixed_text(share * of, 0) + " of " + fixed_text(of, 0) + " simulated futures";
}

/// Two digits: more would promise what nobody knows.
std::size_t about(std::size_t n) {
  std::size_t unit = 1;
  while (n / unit >= 100) unit *= 10;
  return (n + unit - 1) / unit * unit;
}

struct Amounts {
  std::string difference, low, high;  // difference without sign and with unit
};

Amounts amounts_of(const Comparison& comparison, const ComparedMetric& metric) {
  const Summary& d = metric.total().paired.difference;
  const std::array numbers{d.mean, d.ci_lo, d.ci_hi};
  AmountFormat format = amount_format(numbers, (d.ci_hi - d.ci_lo) / 2);
  std::string unit = format.suffix(comparison.currency);
  if (metric.metric.quantity != Quantity::money) {
    format = {.unit = 1, .prefix = {}, .decimals = 1};
    unit.clear();
  }
  const std::string prefix = format.prefix.empty() ? "" : " " + std::string(format.prefix);
  // "1.2 M less (95 % interval 0.9 to 1.5 M)": what is said to be less has no sign.
  const bool turned = metric.total().tells() && d.mean < 0;
  return {format.number(std::abs(d.mean)) + unit, format.number(turned ? -d.ci_hi : d.ci_lo),
          format.number(turned ? -d.ci_lo : d.ci_hi) + prefix};
}

/// The numbers of a difference, in the order of kDifferenceColumns.
std::array<double, 6> numbers_of(const Difference& difference) {
  const Summary& d = difference.paired.difference;
  return {difference.mean_a, difference.mean_b, d.mean,
          d.ci_lo,           d.ci_hi,           difference.futures_higher};
}
constexpr std::array<std::string_view, 6> kDifferenceColumns{
    "a", "b", "difference", "ci95_lo", "ci95_hi", "futures_higher"};
constexpr std::array<std::string_view, 6> kDifferenceHeadings{
    "A", "B", "B - A", "low", "high", "B higher\nin futures"};

void append_differences(const ComparedMetric& metric, std::string& csv) {
  for (const Difference& one : metric.periods) {
    append_csv_text(csv, metric.metric.name);
    for (const std::string& text : {one.period.label, one.period.incomplete()}) {
      csv += ',';
      append_csv_text(csv, text);
    }
    append_csv_numbers(csv, numbers_of(one));
    append_csv_numbers(csv, std::array{one.futures_interval.lo, one.futures_interval.hi,
                                       static_cast<double>(one.paired.difference.n),
                                       one.paired.p_value, one.paired.variance_reduction});
    csv += one.tells() ? ",yes," : ",no,";
    if (!one.tells() && *one.more_runs != kTooManyRuns) csv += std::to_string(*one.more_runs);
    csv += '\n';
  }
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
  json["variance_reduction"] = one.paired.variance_reduction;
  json["tells"] = one.tells();
  const bool known = !one.tells() && *one.more_runs != kTooManyRuns;
  json["more_runs"] = known ? Json(*one.more_runs) : Json();
  return json;
}

std::string counts_sentence(const Comparison& comparison) {
  std::string text = std::to_string(comparison.pairs) + " pairs of runs under the same luck";
  if (comparison.draws < 2) return text + ", with one draw of the parameters.";
  return text + fmt::format(
                    "; intervals are over the means of their {} draws of the parameters, futures "
                    "are counted in runs.",
                    comparison.draws);
}

void add_warnings(const Comparison& comparison, bool horizon, std::size_t width,
                  std::string& text) {
  for (const Warning& warning : comparison.warnings) {
    if ((warning.code == "W-HORIZON") != horizon) continue;
    text += wrapped("warning " + warning.code + ": " + warning.text, width) + '\n';
  }
}

}  // namespace

std::string comparison_sentence(const Comparison& comparison, const ComparedMetric& metric,
                                const ComparedNames& names) {
  const Difference& total = metric.total();
  const Summary& d = total.paired.difference;
  const std::string words = metric.metric.words(), time = when(metric.metric, total.period);
  if (d.mean == 0 && d.sd == 0) {
    return fmt::format(
        "{} and {} do not differ in {} {}: it is the same in every simulated future.", names.b,
        names.a, words, time);
  }
  const Amounts amounts = amounts_of(comparison, metric);
  const bool more = d.mean > 0;
  const std::string futures =
      futures_text(more ? total.futures_higher : 1 - total.futures_higher, comparison.pairs);
  if (total.tells()) {
    return fmt::format("{} {} {} {} {} {} than {}, in {} (95 % interval {} to {}).", names.b,
                       verb_of(metric.metric), amounts.difference, more ? "more" : "less", words,
                       time, names.a, futures, amounts.low, amounts.high);
  }
  const std::string runs =
      *total.more_runs == kTooManyRuns
          ? "no number of further runs is likely to tell"
          : fmt::format("about {} more runs would tell", about(*total.more_runs));
  return fmt::format(
      "Whether {} {} more {} {} than {} cannot be told yet; {} (so far {} {}, in {}; 95 % interval "
      "of the "
      "difference {} to {}).",
      names.b, verb_of(metric.metric), words, time, names.a, runs, amounts.difference,
      more ? "more" : "less", futures, amounts.low, amounts.high);
}

ResultTable comparison_table(const Comparison& comparison, const ComparedMetric& metric) {
  ResultTable table{.currency = comparison.currency, .label = "period", .columns = {}, .rows = {}};
  for (std::size_t k = 0; k < kDifferenceColumns.size(); ++k) {
    const bool share = k + 1 == kDifferenceColumns.size();
    table.columns.push_back({std::string(kDifferenceColumns[k]), share ? "" : metric.metric.words(),
                             std::string(kDifferenceHeadings[k]),
                             share ? Quantity::share : metric.metric.quantity});
  }
  for (const Difference& one : metric.periods) {
    ResultRow row = row_of(one.period);
    const auto numbers = numbers_of(one);
    row.values.assign(numbers.begin(), numbers.end());
    row.strong = false;
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string comparison_text(const Comparison& comparison, const ComparedNames& names,
                            std::size_t width) {
  std::string text;
  add_warnings(comparison, true, width, text);
  const std::string_view contribution =
      kFigureRows[static_cast<std::size_t>(Figure::contribution)].name;
  for (const ComparedMetric* metric :
       {&comparison.metrics.front(), &comparison.metric(contribution)}) {
    text += wrapped(comparison_sentence(comparison, *metric, names), width) + '\n';
  }
  text += "\nA: " + names.a + "   B: " + names.b + "   low, high: 95 % interval of B - A\n";
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
  csv += ",futures_lo,futures_hi,n,p_value,variance_reduction,tells,more_runs\n";
  for (const ComparedMetric& metric : comparison.metrics) append_differences(metric, csv);
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
  json["answer"] = comparison_sentence(comparison, comparison.metrics.front(), names);
  json["metrics"] = Json::array();
  for (const ComparedMetric& metric : comparison.metrics) {
    Json one;
    one["name"] = metric.metric.name;
    one["quantity"] = name_of(metric.metric.quantity);
    one["horizon"] = metric.horizon;
    one["periods"] = Json::array();
    for (const Difference& difference : metric.periods) {
      one["periods"].push_back(difference_json(difference));
    }
    json["metrics"].push_back(std::move(one));
  }
  json["warnings"] = warnings_json(comparison.warnings);
  return json;
}

}  // namespace partnersim
