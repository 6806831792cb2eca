// Drift: how far revenue moves in a year in which nothing that drives it does. What is left is the
// start that does not yet stand still: partners and customers as they are in month 0, against those
// that the parameters lead to. The same year tells how well the model meets the books.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ensemble/statistics.hpp"
#include "experiments/metrics.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

inline constexpr std::size_t kStillReplications = 48;

/// Net channel revenue of the focal vendor in months 10-12 against months 1-3.
struct Drift {
  double share = 0;              // 0.03: 3 % more at the end; NaN where there is nothing to compare
  Interval interval;             // of it, 95 %
  std::size_t replications = 0;  // that could be counted
};

/// What the focal vendor's partners billed in the twelve months before the run, as their file says,
/// and what they bill in the still year, newcomers included.
struct Reconciled {
  std::string segment;  // empty: all of them
  double books = 0;     // currency units
  double model = 0;     // mean
  Interval interval;    // 95 % of off()
  double off() const { return model / books - 1; }
};

struct StillYear {
  Drift drift;
  /// All, then by segment; empty where the revenue of a partner that sells is not known.
  std::vector<Reconciled> books;
};

/// Simulates a year of the scenario without changes and events, in markets that neither grow nor
/// shake, without season and with customers who keep their preference; each run is compared with
/// itself. Fewer runs where partners are many.
StillYear still_year(const Scenario& scenario, std::uint64_t seed,
                     std::size_t replications = kStillReplications);

/// "drift: with every lever, the market and the season held constant, ..."
std::string drift_sentence(const Drift& drift);

/// W-ANCHOR where the model misses the books by more than 2 % in total or 5 % in a segment, and the
/// miss is no luck of few runs.
std::optional<Warning> books_warning(const StillYear& year);

}  // namespace partnersim
