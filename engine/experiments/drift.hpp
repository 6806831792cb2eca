// Drift: how far revenue moves in a year in which nothing that drives it does. What is left is the
// start that does not yet stand still: partners and customers as they are in month 0, against those
// that the parameters lead to.
#pragma once

#include <cstdint>
#include <string>

#include "ensemble/statistics.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

inline constexpr std::size_t kDriftReplications = 16;

/// Net channel revenue of the focal vendor in months 10-12 against months 1-3.
struct Drift {
  double share = 0;              // 0.03: 3 % more at the end; NaN where there is nothing to compare
  Interval interval;             // of it, 95 %
  std::size_t replications = 0;  // that could be counted
};

/// Simulates a year of the scenario without changes and events, in markets that neither grow nor
/// shake, without season and with customers who keep their preference; each run is compared with
/// itself. Fewer runs where partners are many.
Drift measure_drift(const Scenario& scenario, std::uint64_t seed,
                    std::size_t replications = kDriftReplications);

/// "drift: with every lever, the market and the season held constant, ..."
std::string drift_sentence(const Drift& drift);

}  // namespace partnersim
