// Why two programs differ: how much of the difference each changed line, or each thing that
// partners and customers do otherwise, brings. Every run of a future has the luck of that future.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ensemble/ensemble.hpp"
#include "ensemble/statistics.hpp"
#include "experiments/metrics.hpp"
#include "experiments/shapley.hpp"

namespace partnersim {

enum class By { levers, mechanisms };

/// What it takes to explain, before anything runs.
struct ExplainBudget {
  By by = By::levers;
  std::vector<std::string> players;  // levers or causes
  bool exact = true;                 // all coalitions; else orders of joining, sampled
  std::uint64_t runs = 0;            // of one future
};

/// Throws NotComparable where the two cannot be explained.
ExplainBudget explain_budget(const Scenario& base, const Scenario& alternative, By by);

/// One part of a difference, over the whole run. Intervals as in compare: over means of draws.
struct ExplainedPart {
  std::string name;  // a lever; a cause, or "terms": the new terms on business as it was
  Summary effect;    // currency units
  Money amount = 0;  // its mean in minor units; the parts add up to that of the whole
  std::vector<Money> by_segment;  // the same for each segment
};

struct ExplainedMetric {
  Metric metric;
  ExplainedPart whole;  // alternative - base
  std::vector<ExplainedPart> parts;
};

struct Explanation {
  ExplainBudget budget;
  std::string currency;
  ReportPeriod period;                   // the whole run
  std::vector<std::string> segments;     // suppliers left out
  std::vector<ExplainedMetric> metrics;  // contribution, net channel revenue
  std::uint64_t futures = 0, draws = 0;  // that count
  std::vector<std::string> failures;     // of futures that do not, a sentence each
  bool interrupted = false;              // nothing else is filled
};

/// Throws NotComparable, also where fewer than two futures are left.
Explanation explain(const Scenario& base, const Scenario& alternative, By by, const Plan& plan,
                    const EnsembleOptions& options);

}  // namespace partnersim
