// When a program has paid back and how deep it dips until then: the difference B - A of a flow,
// added up from the first month.
#pragma once

#include <optional>

#include "ensemble/statistics.hpp"
#include "experiments/metrics.hpp"

namespace partnersim {

/// Months from the start of the run after which the cumulated difference is not below zero any
/// more; 0: it never is. nullopt: it still is when the run ends.
using PaybackMonths = std::optional<int>;

/// Interval of a mean and spread over futures answer different questions and have own names.
struct Payback {
  PaybackMonths months;            // of the mean over draws (one draw: over runs)
  PaybackMonths earliest, latest;  // 95 %: of the upper and of the lower ends of its t intervals
  PaybackMonths p05, p50, p95;     // over the simulated futures
  double paid_back = 0;            // share of the futures that have when the run ends
  Interval paid_back_interval;     // Wilson

  /// Where the mean is lowest; nullopt: it is never below zero.
  struct Dip {
    int month = 0;  // of the run
    Summary difference;
  };
  std::optional<Dip> dip;
  Quantiles dip_outcome;  // over the simulated futures, each with its own month; 0: none
};

/// futures.row(m)[j]: B - A from the start to the end of month m in the j-th pair of runs;
/// means.row(m)[k]: the same as the mean of the k-th draw. Both have months and columns.
Payback payback(const Matrix& futures, const Matrix& means);

}  // namespace partnersim
