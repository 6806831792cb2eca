#include "experiments/targets.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/text.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

/// Metrics that may be named: of the focal vendor as a whole, and of the markets.
std::vector<std::string> names_of(const World& world) {
  std::vector<std::string> names;
  for (const Metric& metric : all_metrics(world)) {
    const bool ours = metric.vendor.empty() || metric.vendor == world.vendors.front().name;
    if (ours && metric.offer.empty() && metric.segment.empty()) names.push_back(metric.name);
  }
  return names;
}

std::vector<ReportPeriod> periods_of(const World& outline, const Target& target) {
  if (target.over == Target::Over::run) return {report_total(outline)};
  if (target.over == Target::Over::each_fiscal_year) return report_years(outline);
  const int months = target.months.last - target.months.first + 1;
  return {{ReportPeriod::Kind::total, target.months.first, months, months, target.period}};
}

bool keeps(const Target& target, double value, double limit) {
  return target.at_least ? value >= limit : value <= limit;
}

}  // namespace

Unit unit_of(const Metric& metric) {
  if (metric.quantity == Quantity::money) return Unit::money;
  return metric.quantity == Quantity::share ? Unit::share : Unit::number;
}

std::string metric_hint(const World& world, std::string_view name) {
  const std::string near = nearest(name, names_of(world));
  return near.empty() ? "such as net_channel_revenue; summary.json and forecast.csv name them"
                      : "did you mean '" + near + "'?";
}

void check_targets(const World& world, std::span<const Target> targets, Diagnostics& diagnostics) {
  for (const Target& target : targets) {
    const auto metric = find_metric(world, target.metric);
    if (!metric) {
      diagnostics.error("E-METRIC", target.metric_at,
                        "there is no metric " + in_quotes(target.metric),
                        metric_hint(world, target.metric));
      continue;
    }
    Fault fault;
    if (!read_number(target.amount, unit_of(*metric), world.currency, fault)) {
      diagnostics.error(fault.code, target.amount_at, fault.message, fault.hint);
    }
  }
}

TargetResult assess(const JournalReader& journal, const Target& target) {
  const World& outline = journal.header().outline;
  const auto metric = find_metric(outline, target.metric);
  require(metric.has_value(), "a target of a metric that is not there");
  Fault fault;
  const auto limit = read_number(target.amount, unit_of(*metric), outline.currency, fault);
  require(limit.has_value(), "a target without an amount");
  const std::vector<ReportPeriod> periods = periods_of(outline, target);
  const Matrix values = series(journal, *metric, periods);

  TargetResult result{.name = metric->words() + (target.period.empty() ? "" : " ") + target.period +
                              (target.at_least ? " at least " : " at most ") + target.amount,
                      .target = target,
                      .metric = *metric,
                      .limit = *limit,
                      .mean = mean(values.row(0)),
                      .interval = {},
                      .runs = values.columns()};
  for (std::size_t p = 1; p < periods.size(); ++p) {
    const double other = mean(values.row(p));
    result.mean = target.at_least ? std::min(result.mean, other) : std::max(result.mean, other);
  }
  result.mean_keeps = keeps(target, result.mean, *limit);
  double kept = 0;
  for (std::size_t j = 0; j < values.columns(); ++j) {
    bool all = true;
    for (std::size_t p = 0; p < periods.size(); ++p) {
      all = all && keeps(target, values.row(p)[j], *limit);
    }
    kept += all ? 1 : 0;
  }
  result.futures = result.runs == 0 ? 0 : kept / static_cast<double>(result.runs);
  result.interval = wilson_interval(kept, result.runs);
  return result;
}

std::vector<TargetResult> assess_all(const JournalReader& journal,
                                     std::span<const Target> targets) {
  std::vector<TargetResult> results;
  for (const Target& target : targets) results.push_back(assess(journal, target));
  return results;
}

}  // namespace partnersim
