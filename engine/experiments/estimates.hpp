// What past cases tell of a share, a rate, a time or an amount, and how sure that is. Pure
// functions; what too few cases cannot tell is NaN.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>

#include "ensemble/statistics.hpp"

namespace partnersim {

struct Estimate {
  std::size_t n = 0;  // cases behind it; of times: those that ended
  double value = std::numeric_limits<double>::quiet_NaN();
  Interval of_95 = {};
  Interval of_90 = {};  // what a scenario means by "a to b"
};

/// Cases of one partner are alike, so that they tell less than as many independent ones: by how
/// much the variance of a mean is larger (Kish 1965), at least 1. `residuals` of cases, and which
/// cases belong together. The intervals below are widened by such a `design` effect.
double design_effect(std::span<const double> residuals, std::span<const std::size_t> cluster);

/// Wilson's intervals. `successes` may be weighted.
Estimate share_of(double successes, std::size_t trials, double design = 1);

/// Events per unit of exposure; exact Poisson intervals (Garwood 1936).
Estimate rate_of(std::size_t events, double exposure, double design = 1);

/// A time until something ended, or until nobody looked any further.
struct Spell {
  double time = 0;  // >= 0
  int end = 0;      // 0: it still runs (censored); else which of its possible ends it had
};

/// Mean time to any end: the area below the survival curve of Kaplan and Meier (1958), with the
/// variance of Greenwood. Where the longest spell still runs, an exponential tail that meets the
/// curve there completes it (Brown, Hollander and Korwar 1974). Intervals on the log scale.
Estimate mean_time(std::span<const Spell> spells, double design = 1);

/// Probability of no end until `time`, by Kaplan and Meier.
double survival(std::span<const Spell> spells, double time);

/// The part of all that end which has this end: cumulative incidence (Aalen and Johansen 1978), so
/// that those that still run bias nothing when one end takes longer than another. Wilson's
/// intervals, with as many trials as have ended.
Estimate share_ending(std::span<const Spell> spells, int end, double design = 1);

/// Mean of lognormal amounts, exp(mean of logs + variance / 2), with Cox's interval.
Estimate lognormal_mean(std::span<const double> amounts, double design = 1);

/// Geometric mean of positive amounts; t intervals of the mean of their logs.
Estimate geometric_mean(std::span<const double> amounts, double design = 1);

/// Standard deviation from a sum of squares; chi-square intervals. n is the degrees of freedom.
Estimate spread_of(double sum_of_squares, std::size_t degrees);

/// Factors of the months of the year, January first, mean 1.
struct Season {
  std::array<double, 12> factors;
  std::size_t n = 0, years = 0;  // counted in whole years, the last ones
  double half_width = 0;         // of the 95 % interval of a factor, mean of the twelve
};

/// From counts by month, in months of the year from `first` (0: January) on. Growth between the
/// whole years is taken out. nullopt below two whole years, or when a year of the year is empty.
std::optional<Season> season_of(std::span<const std::size_t> counts, std::size_t first);

}  // namespace partnersim
