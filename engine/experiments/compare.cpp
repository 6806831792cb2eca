// Pairs of runs, their differences, and what these tell.
#include "experiments/compare.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/check.hpp"

namespace partnersim {
namespace {

constexpr double kSignificance = 1 - kDefaultLevel;

Difference difference_of(const ReportPeriod& period, double factor,
                         std::span<const double> values_a, std::span<const double> values_b,
                         const Pairs& pairs) {
  std::vector<double> a = pairs.of_a(values_a), b = pairs.of_b(values_b), d(pairs.size());
  for (std::size_t k = 0; k < d.size(); ++k) {
    a[k] *= factor;
    b[k] *= factor;
    d[k] = b[k] - a[k];
  }
  const PairedDifference futures = paired_difference(a, b);
  const std::vector<double> units_a = pairs.units(a), units_b = pairs.units(b);
  std::vector<double> scratch;
  Difference result;
  result.period = period;
  result.mean_a = mean(units_a);
  result.mean_b = mean(units_b);
  result.paired = paired_difference(units_a, units_b);
  result.outcome = quantiles(d, scratch);
  result.futures_higher = futures.p_better;
  result.futures_interval = futures.p_better_interval;
  result.p_adjusted = result.paired.p_value;
  result.more_runs = more_runs_of(result.paired, pairs.size());
  return result;
}

/// From the start to the end of each month.
std::vector<ReportPeriod> growing_periods(const World& outline) {
  std::vector<ReportPeriod> periods = report_months(outline);
  for (ReportPeriod& period : periods) {
    period.months += period.first;
    period.first = 0;
  }
  return periods;
}

bool pays_back(const Metric& metric) {
  return metric.over == Over::flow && metric.quantity == Quantity::money &&
         metric.name != kFigureRows[static_cast<std::size_t>(Figure::program_cost)].name;
}

Payback payback_of(const Matrix& cumulated_a, const Matrix& cumulated_b, const Pairs& pairs) {
  const std::size_t months = cumulated_a.rows();
  Matrix futures(months, pairs.size());
  Matrix means(months, pairs.units(std::vector<double>(pairs.size())).size());
  for (std::size_t m = 0; m < months; ++m) {
    const std::vector<double> a = pairs.of_a(cumulated_a.row(m)),
                              b = pairs.of_b(cumulated_b.row(m));
    std::transform(b.begin(), b.end(), a.begin(), futures.row(m).begin(), std::minus());
    const std::vector<double> units = pairs.units({futures.row(m).begin(), futures.row(m).end()});
    std::copy(units.begin(), units.end(), means.row(m).begin());
  }
  return payback(futures, means);
}

void add_paybacks(const JournalReader& a, const JournalReader& b, const Pairs& pairs,
                  Comparison& comparison) {
  std::vector<Metric> metrics;
  for (const ComparedMetric& one : comparison.metrics) {
    if (pays_back(one.metric)) metrics.push_back(one.metric);
  }
  const std::vector<ReportPeriod> periods = growing_periods(a.header().outline);
  const std::vector<Matrix> cumulated_a = series(a, metrics, periods);
  const std::vector<Matrix> cumulated_b = series(b, metrics, periods);
  std::size_t at = 0;
  for (ComparedMetric& one : comparison.metrics) {
    if (!pays_back(one.metric)) continue;
    one.payback = payback_of(cumulated_a[at], cumulated_b[at], pairs);
    ++at;
  }
}

bool turns(const Difference& total, const Difference& end) {
  return total.paired.difference.mean * end.paired.difference.mean < 0;
}

std::string horizon_text(const ComparedMetric& metric, const Difference& end) {
  const Difference& total = metric.total();
  const bool gains = total.paired.difference.mean > 0;
  const bool rate = end.period.kind == ReportPeriod::Kind::run_rate;
  const std::string when = (rate ? " at the " : " in the ") + end.period.label;
  std::string text = metric.metric.words() + " is " + (gains ? "higher" : "lower") + " over " +
                     total.period.label + " but " + (gains ? "lower" : "higher") + when;
  if (!total.tells() || !end.tells()) {
    const bool none = !total.tells() && !end.tells();
    text += std::string(" on average, though ") +
            (none            ? "neither"
             : total.tells() ? "the latter"
                             : "the former") +
            (none ? " can" : " cannot") + " be told from no difference yet";
  }
  return text + ": a longer horizon may turn the answer";
}

void warn(Comparison& comparison) {
  comparison.warnings.clear();
  for (const ComparedMetric& metric : comparison.metrics) {
    if (const Difference* end = metric.turn()) {
      comparison.warnings.push_back({std::string(kHorizonCode), horizon_text(metric, *end)});
    }
  }
  for (const ComparedMetric& metric : comparison.metrics) {
    if (!(metric.total().paired.variance_reduction < 1)) continue;
    comparison.warnings.push_back(
        {"W-PAIRING", "the luck that both share does not help to compare " + metric.metric.words() +
                          "; the interval is right, but wider than with separate luck"});
  }
  if (const std::size_t least = runs_for_quantile(0.05); comparison.pairs < least) {
    comparison.warnings.push_back(
        {"W-FEW-RUNS", "P5 and P95 of the futures are not bounded by fewer than " +
                           std::to_string(least) + " pairs of runs"});
  }
  if (comparison.dropped == 0) return;
  comparison.warnings.push_back(
      {"W-DROPPED", std::to_string(comparison.dropped) +
                        (comparison.dropped == 1 ? " replication is" : " replications are") +
                        " not done in both and left out"});
}

/// Where Holm's p-value does not tell what the own one does, further runs are counted at the level
/// that the strictest of Holm's tests has.
void adjust(Difference& one, double p_adjusted, std::size_t alternatives, std::size_t runs) {
  one.p_adjusted = p_adjusted;
  if (p_adjusted <= kSignificance || !one.tells()) return;
  PairedDifference strict = one.paired;
  const Summary& d = strict.difference;
  const std::size_t needed = runs_for_half_width(
      d.sd, std::abs(d.mean), 1 - kSignificance / static_cast<double>(alternatives));
  strict.more_pairs = needed == kTooManyRuns ? needed : needed > d.n ? needed - d.n : 1;
  one.more_runs = more_runs_of(strict, runs);
}

}  // namespace

std::optional<std::size_t> more_runs_of(const PairedDifference& paired, std::size_t runs) {
  if (!paired.more_pairs || *paired.more_pairs == kTooManyRuns) return paired.more_pairs;
  const std::size_t units = paired.difference.n;
  return *paired.more_pairs * ((runs + units - 1) / units);
}

const Difference& ComparedMetric::of(ReportPeriod::Kind kind) const {
  const auto found = std::find_if(periods.begin(), periods.end(),
                                  [&](const Difference& one) { return one.period.kind == kind; });
  require(found != periods.end(), "a period that is not compared");
  return *found;
}

const Difference* ComparedMetric::turn() const {
  for (const Difference* end : {&last_12_months(), &run_rate()}) {
    if (turns(total(), *end) && (decides() || (total().tells() && end->tells()))) return end;
  }
  return nullptr;
}

bool ComparedMetric::decides() const {
  return metric.name == kLineRows[static_cast<std::size_t>(Line::net)].name ||
         metric.name == kFigureRows[static_cast<std::size_t>(Figure::contribution)].name;
}

const ComparedMetric& Comparison::metric(std::string_view name) const {
  const auto found = std::find_if(metrics.begin(), metrics.end(), [&](const ComparedMetric& one) {
    return one.metric.name == name;
  });
  require(found != metrics.end(), "a metric that is not compared");
  return *found;
}

Difference headline_difference(const JournalReader& a, const JournalReader& b) {
  const Pairs pairs(a, b);
  const World& outline = a.header().outline;
  const Metric metric = headline_metrics(outline).front();
  const std::vector<ReportPeriod> total{report_total(outline)};
  return difference_of(total[0], 1, series(a, metric, total).row(0),
                       series(b, metric, total).row(0), pairs);
}

double relative_half_width(const Difference& difference) {
  const Summary& d = difference.paired.difference;
  return (d.ci_hi - d.ci_lo) / 2 / std::abs(difference.mean_a);
}

Comparison compare(const JournalReader& a, const JournalReader& b) {
  const Pairs pairs(a, b);
  const World& outline = a.header().outline;
  Comparison result;
  result.currency = outline.currency;
  result.calendar = outline.calendar;
  result.periods = headline_periods(outline);
  result.periods.push_back(report_run_rate(outline));
  result.pairs = pairs.size();
  result.dropped = pairs.dropped();
  result.draws = pairs.draws();
  const std::vector<Metric> metrics = headline_metrics(outline);
  const std::vector<Matrix> values_a = series(a, metrics, result.periods);
  const std::vector<Matrix> values_b = series(b, metrics, result.periods);
  for (std::size_t k = 0; k < metrics.size(); ++k) {
    ComparedMetric one{.metric = metrics[k], .periods = {}, .payback = {}};
    for (std::size_t p = 0; p < result.periods.size(); ++p) {
      one.periods.push_back(difference_of(result.periods[p],
                                          annual_factor(metrics[k], result.periods[p]),
                                          values_a[k].row(p), values_b[k].row(p), pairs));
    }
    result.metrics.push_back(std::move(one));
  }
  add_paybacks(a, b, pairs, result);
  warn(result);
  return result;
}

std::vector<Comparison> compare_all(const JournalReader& a,
                                    std::span<const JournalReader* const> alternatives) {
  std::vector<Comparison> all;
  for (const JournalReader* const b : alternatives) all.push_back(compare(a, *b));
  if (all.size() < 2) return all;
  std::vector<double> p_values(all.size());
  for (std::size_t m = 0; m < all[0].metrics.size(); ++m) {
    for (std::size_t p = 0; p < all[0].periods.size(); ++p) {
      for (std::size_t k = 0; k < all.size(); ++k) {
        p_values[k] = all[k].metrics[m].periods[p].paired.p_value;
      }
      const std::vector<double> adjusted = holm_adjusted(p_values);
      for (std::size_t k = 0; k < all.size(); ++k) {
        adjust(all[k].metrics[m].periods[p], adjusted[k], all.size(), all[k].pairs);
      }
    }
  }
  for (Comparison& one : all) {
    one.alternatives = all.size();
    warn(one);
  }
  return all;
}

}  // namespace partnersim
