// Two journals compared run by run: the same replications under the same luck, so that what both
// share cancels and the difference of two programs shows after few runs.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "ensemble/statistics.hpp"
#include "experiments/metrics.hpp"

namespace partnersim {

/// Why two journals cannot be compared, one sentence; nullopt where they can: the same simulation,
/// months, seed, calendar, currency, and the same vendors, offers, segments and markets.
/// (A journal does not hold its partners; what is fixed about them is not compared.)
std::optional<std::string> why_not_comparable(const JournalHeader& a, const JournalHeader& b);

class NotComparable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// B - A of one metric in one period.
struct Difference {
  ReportPeriod period;
  double mean_a = 0, mean_b = 0;
  /// Mean, interval, p-value and further runs. Where there are several draws of the parameters,
  /// runs of one draw are averaged first and n counts draws; its p_better is then one over means of
  /// draws, which is another question than `futures_higher`.
  PairedDifference paired;
  /// Share of the simulated futures (pairs of runs) in which B is higher; ties count half.
  double futures_higher = 0;
  Interval futures_interval;
  /// About how many further runs until the interval excludes zero; nullopt: it does.
  std::optional<std::size_t> more_runs;

  bool tells() const { return !more_runs.has_value(); }
};

struct ComparedMetric {
  Metric metric;
  std::vector<Difference> periods;  // as Comparison::periods
  /// Total and last 12 months differ in sign, and both can be told from zero.
  bool horizon = false;

  const Difference& total() const;
  const Difference& last_12_months() const;
};

struct Comparison {
  std::string currency;
  std::vector<ReportPeriod> periods;    // fiscal years, total, last 12 months
  std::vector<ComparedMetric> metrics;  // headline_metrics of vendor 0
  std::uint64_t pairs = 0;              // replications done in both
  std::uint64_t dropped = 0;            // the others
  std::uint64_t draws = 0;              // of the parameters, among the pairs
  std::vector<Warning> warnings;

  /// By name; a metric that is not compared is a RunFault.
  const ComparedMetric& metric(std::string_view name) const;
};

/// Throws NotComparable, also where not two pairs are left; FileError.
Comparison compare(const JournalReader& a, const JournalReader& b);

}  // namespace partnersim
