// What the journal's numbers say: moments, intervals, quantiles, paired differences and the split
// of a band into its causes. Pure functions of doubles in replication order.
//
// Nothing here guesses. A number that the data cannot give (the mean of nothing, the sd of one
// value) is NaN, and a NaN among the values makes every answer about them NaN; the two splits
// instead leave out the group that holds it, because there a failed run must not cost the others.
// Levels and probabilities lie strictly between 0 and 1 (Boost.Math throws std::domain_error or
// overflow_error otherwise); spans that must have equal length and have not throw
// std::invalid_argument.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace partnersim {

inline constexpr double kDefaultLevel = 0.95;  // of an interval, where nobody says another

/// The answer to "how many runs" when no number that anybody would run is enough.
inline constexpr std::size_t kTooManyRuns = std::numeric_limits<std::size_t>::max();

struct Interval {
  double lo = std::numeric_limits<double>::quiet_NaN();
  double hi = std::numeric_limits<double>::quiet_NaN();
};

// ---- moments and intervals

double mean(std::span<const double> values);                // NaN when empty
double standard_deviation(std::span<const double> values);  // divisor n-1; NaN below two values

/// The p-quantile of Student's t; df need not be whole.
double t_quantile(double p, double df);

/// Mean with its t interval: where the expected value lies.
struct Summary {
  std::size_t n = 0;
  double mean = std::numeric_limits<double>::quiet_NaN();
  double sd = std::numeric_limits<double>::quiet_NaN();
  double ci_lo = std::numeric_limits<double>::quiet_NaN();
  double ci_hi = std::numeric_limits<double>::quiet_NaN();
};
Summary summarize(std::span<const double> values, double level = kDefaultLevel);

/// Where one further value would lie if values were normal; wider than the interval of the mean.
Interval prediction_interval(std::span<const double> values, double level = kDefaultLevel);

/// Half the interval of the mean as a share of it: what `--precision 1%` asks for.
double relative_half_width(const Summary& summary);

/// Fewest runs (at least 2) whose t interval has at most this half width, if the sd stays as it is.
/// kTooManyRuns above 10^9 and when an argument is NaN.
std::size_t runs_for_half_width(double sd, double half_width, double level = kDefaultLevel);

/// Fewest runs for a half width of `precision` times |mean|.
std::size_t runs_for_precision(double mean, double sd, double precision,
                               double level = kDefaultLevel);

// ---- shares

/// Wilson's interval for a share; successes may be halves (ties). Without trials it is 0 to 1.
Interval wilson_interval(double successes, std::size_t trials, double level = kDefaultLevel);

/// Holm's adjustment of p-values, in their order. A NaN stays NaN and counts as one more test.
std::vector<double> holm_adjusted(std::span<const double> p_values);

// ---- quantiles

/// Type 7 (linear between order statistics, as R, numpy and Excel do) of ascending values.
/// NaN when empty or p is outside 0..1.
double quantile(std::span<const double> ascending, double p);

/// A fan: pointwise quantiles of one quantity. Quantiles do not add up; means do.
struct Quantiles {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double q05 = std::numeric_limits<double>::quiet_NaN();
  double q25 = std::numeric_limits<double>::quiet_NaN();
  double q50 = std::numeric_limits<double>::quiet_NaN();
  double q75 = std::numeric_limits<double>::quiet_NaN();
  double q95 = std::numeric_limits<double>::quiet_NaN();
};

/// From unsorted values: one copy into scratch (kept by the caller, so that a loop does not
/// allocate), one sort.
Quantiles quantiles(std::span<const double> values, std::vector<double>& scratch);

/// Ranks (from 1) of the two order statistics that enclose the p-quantile with at least this
/// chance, equal tails, and the chance they really have. nullopt when n is too small for it.
struct QuantileRanks {
  std::size_t lo = 0;
  std::size_t hi = 0;
  double coverage = 0;
};
std::optional<QuantileRanks> quantile_ranks(std::size_t n, double p, double level = kDefaultLevel);

/// Fewest runs whose extreme value lies beyond the p-quantile with this chance (Wilks): 59 for the
/// 5th percentile. A fan from fewer runs promises more than it knows.
std::size_t runs_for_quantile(double p, double level = kDefaultLevel);

/// Half height of the band that holds the whole distribution function (Dvoretzky-Kiefer-Wolfowitz).
double dkw_half_width(std::size_t n, double level = kDefaultLevel);

// ---- paired difference

/// B - A run by run, under the same luck. What the pairs share cancels; hence never the two means
/// with their own intervals.
struct PairedDifference {
  Summary difference;
  double p_value = std::numeric_limits<double>::quiet_NaN();  // two-sided t test of "no difference"
  double p_better =
      std::numeric_limits<double>::quiet_NaN();  // share of pairs with B > A, ties half
  Interval p_better_interval = {};               // Wilson
  /// (s_A^2 + s_B^2) / s_D^2: how many times fewer runs the shared luck needs. Below 1 it hurts;
  /// infinite when all differences are equal, NaN when A and B do not vary at all.
  double variance_reduction = std::numeric_limits<double>::quiet_NaN();
  /// About how many more pairs until the interval excludes zero, if mean and sd stay as they are;
  /// nullopt when it already does; kTooManyRuns when no number is enough or nothing can be said.
  std::optional<std::size_t> more_pairs = kTooManyRuns;
};
PairedDifference paired_difference(std::span<const double> a, std::span<const double> b,
                                   double level = kDefaultLevel);

// ---- what a band is made of

/// One cause of variance, as estimated: never clipped, so that it is right on average. Negative
/// means that it cannot be told from zero. Shares are of the total and add up to 1 with their
/// signs.
struct Component {
  double variance = std::numeric_limits<double>::quiet_NaN();
  double share = std::numeric_limits<double>::quiet_NaN();  // NaN when the total is 0

  bool indistinguishable_from_zero() const { return variance < 0; }
};

/// Parameters, market and individuals: the nested random-effects analysis of the default plan, in
/// which run r has the triple (draw, world, luck) = (r div 4, r div 2, r).
struct Band {
  std::size_t runs_used =
      0;  // complete groups of four; a group with a NaN (a failed run) is left out
  std::size_t draws = 0;
  double total =
      std::numeric_limits<double>::quiet_NaN();  // of the components; the variance of a run
  Component parameters;
  Component market;
  Component individuals;
};

/// values[r] is the result of run r, NaN if it failed. nullopt below two complete groups of four.
std::optional<Band> split_band(std::span<const double> values);

/// The same with one layer: draws of the parameters, `replications` runs in each.
struct OneWay {
  std::size_t runs_used = 0;  // complete draws; a draw with a NaN is left out
  std::size_t draws = 0;
  double ms_between = std::numeric_limits<double>::quiet_NaN();
  double ms_within = std::numeric_limits<double>::quiet_NaN();
  double total = std::numeric_limits<double>::quiet_NaN();
  Component parameters;
  Component noise;
};

/// values[draw * replications + k]. nullopt below two complete draws or two replications.
std::optional<OneWay> split_one_way(std::span<const double> values, std::size_t replications);

}  // namespace partnersim
