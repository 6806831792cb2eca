// What is to be reached, as files say it: `targets` of a scenario, `budget` and `goal` of several
// programs. Which metrics there are and what they count is known further up (experiments/targets).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/calendar.hpp"
#include "scenario/document.hpp"
#include "scenario/values.hpp"

namespace partnersim {

/// A limit for a metric: net_channel_revenue FY28 at least 48M EUR.
struct Target {
  enum class Over { run, period, each_fiscal_year };

  std::string metric{};
  Over over = Over::run;
  Period months{};       // Over::period
  std::string period{};  // as written: FY28
  bool at_least = true;  // or at most
  std::string amount{};  // as written: 48M EUR
  double share = 0;      // of the futures that are to reach it; 0: not said
  Location metric_at{}, amount_at{};
};

/// Reads a list of {metric, period, at_least | at_most}. `shortened`: the run was shortened on the
/// command line, so that periods behind its end are left out with a warning.
std::vector<Target> read_targets(const Node& list, const Calendar& calendar, bool shortened,
                                 Diagnostics& diagnostics);

/// `{program_cost: below 4.2M EUR per FY}`: `below`, `above`, `at least` or `at most` an amount, in
/// the whole run, `per FY` or `in FY28`.
std::vector<Target> read_budget(const Node& map, const Calendar& calendar,
                                Diagnostics& diagnostics);

/// `net_channel_revenue FY28 at least 48M EUR in 80% of futures`.
std::optional<Target> read_goal(const Node& node, const Calendar& calendar,
                                Diagnostics& diagnostics);

}  // namespace partnersim
