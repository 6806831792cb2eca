// Two journals compared run by run: the same replications under the same luck, so that what both
// share cancels and the difference of two programs shows after few runs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ensemble/statistics.hpp"
#include "experiments/metrics.hpp"
#include "experiments/pairs.hpp"
#include "experiments/payback.hpp"

namespace partnersim {

/// Of the warning that total and end disagree in sign; said before anything else.
inline constexpr std::string_view kHorizonCode = "W-HORIZON";

/// B - A of one metric in one period.
struct Difference {
  ReportPeriod period;
  double mean_a = 0, mean_b = 0;
  /// Mean, interval, p-value and further runs. Where there are several draws of the parameters,
  /// runs of one draw are averaged first and n counts draws; its p_better is then one over means of
  /// draws, which is another question than `futures_higher`.
  PairedDifference paired;
  /// Where B - A lies over the simulated futures: not the interval of its mean.
  Quantiles outcome;
  /// Share of the simulated futures (pairs of runs) in which B is higher; ties count half.
  double futures_higher = 0;
  Interval futures_interval;
  /// p-value of "no difference": of several alternatives Holm's, adjusted over them.
  double p_adjusted = 1;
  /// About how many further runs until the difference can be told from zero; nullopt: it can.
  std::optional<std::size_t> more_runs;

  bool tells() const { return !more_runs.has_value(); }
};

struct ComparedMetric {
  Metric metric;
  std::vector<Difference> periods;  // as Comparison::periods
  std::optional<Payback> payback;   // of what more is better of: flows of money but program cost

  const Difference& total() const { return of(ReportPeriod::Kind::total); }
  const Difference& last_12_months() const { return of(ReportPeriod::Kind::last_12_months); }
  const Difference& run_rate() const { return of(ReportPeriod::Kind::run_rate); }
  /// What a program is judged by: net channel revenue and contribution.
  bool decides() const;
  /// The last 12 months, or else the closing run-rate, where the sign of its mean is not that of
  /// the total: both can be told from zero, or the metric decides. nullptr where none turns.
  const Difference* turn() const;

 private:
  const Difference& of(ReportPeriod::Kind kind) const;
};

struct Comparison {
  std::string currency;
  Calendar calendar;
  std::vector<ReportPeriod> periods;    // fiscal years, total, last 12 months, closing run-rate
  std::vector<ComparedMetric> metrics;  // headline_metrics of vendor 0
  std::uint64_t pairs = 0;              // replications done in both
  std::uint64_t dropped = 0;            // the others
  std::uint64_t draws = 0;              // of the parameters, among the pairs
  std::size_t alternatives = 1;         // compared with the same A, this one included
  std::optional<double> precision;      // that runs were added for; see relative_half_width
  std::vector<Warning> warnings;        // those about the horizon first

  /// By name; a metric that is not compared is a RunFault.
  const ComparedMetric& metric(std::string_view name) const;
};

/// From further units of a paired difference (draws, pairs) to further runs; `runs` made its units.
std::optional<std::size_t> more_runs_of(const PairedDifference& paired, std::size_t runs);

/// Of the headline, net channel revenue over the whole run. Throws as `compare`.
Difference headline_difference(const JournalReader& a, const JournalReader& b);
/// Half the interval of the difference, as a share of the mean of A.
double relative_half_width(const Difference& difference);

/// Throws NotComparable, also where not two pairs are left; FileError.
Comparison compare(const JournalReader& a, const JournalReader& b);

/// Every alternative against A. What can be told is judged by Holm's p-values over the
/// alternatives; intervals hold each for itself.
std::vector<Comparison> compare_all(const JournalReader& a,
                                    std::span<const JournalReader* const> alternatives);

}  // namespace partnersim
