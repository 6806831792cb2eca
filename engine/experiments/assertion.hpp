// What a script asserts about two programs: "net_channel_revenue FY28 > +2% @ 95%".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "experiments/compare.hpp"
#include "scenario/values.hpp"

namespace partnersim {

inline constexpr std::string_view kAssertionForm =
    "METRIC [PERIOD] > or < AMOUNT [@ LEVEL], such as net_channel_revenue FY28 > +2% @ 95%";

/// METRIC of B in PERIOD (a month, quarter or fiscal year, `last 12 months`, `run-rate`; else the
/// whole run) lies above or below AMOUNT: a change of that of A (+2%, +1M EUR, x1.02), or an amount
/// of its own (48M EUR).
struct Assertion {
  std::string text;  // as written
  Metric metric;
  ReportPeriod period;
  bool above = true;
  Move amount;
  double level = kDefaultLevel;
};

/// Every fault with its place in the text. nullopt where there is one.
std::optional<Assertion> read_assertion(std::string_view text, const World& outline,
                                        Diagnostics& diagnostics);

struct AssertionResult {
  Assertion assertion;
  /// How far the mean lies beyond the amount on the side that is asserted, with its interval at
  /// the level; negative: short of it. In units of the metric.
  Summary beyond;
  bool holds = false;   // the whole interval lies beyond
  bool broken = false;  // the whole interval lies short
  /// About how many further runs until one of the two can be told; nullopt: it can.
  std::optional<std::size_t> more_runs;
};

/// Throws NotComparable, FileError.
AssertionResult assess(const JournalReader& a, const JournalReader& b, const Assertion& assertion);

}  // namespace partnersim
