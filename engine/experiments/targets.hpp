// Targets against a journal: in how many futures a metric keeps its limit.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ensemble/statistics.hpp"
#include "experiments/metrics.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

/// In which amounts of a metric are written.
Unit unit_of(const Metric& metric);
/// What to write instead of a name that no metric has.
std::string metric_hint(const World& world, std::string_view name);

/// Reports metrics that are not there and amounts that are none: LoadOptions::check_targets.
void check_targets(const World& world, std::span<const Target> targets, Diagnostics& diagnostics);

/// How a target comes out.
struct TargetResult {
  std::string name;  // "net channel revenue FY28 at least 48M EUR"
  Target target;
  Metric metric;
  double limit = 0;  // in units of the metric
  double mean = 0;   // `per FY`: of the fiscal year that is nearest to the limit, or beyond it
  bool mean_keeps = false;
  double futures = 0;  // share of those that keep the limit, `per FY` in every fiscal year
  Interval interval;   // of it, Wilson, 95 %
  std::size_t runs = 0;
};

/// Of a target that check_targets has no fault with, over the done replications.
TargetResult assess(const JournalReader& journal, const Target& target);
std::vector<TargetResult> assess_all(const JournalReader& journal, std::span<const Target> targets);

}  // namespace partnersim
