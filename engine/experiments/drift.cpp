#include "experiments/drift.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/check.hpp"
#include "ensemble/draws.hpp"
#include "ensemble/ensemble.hpp"

namespace partnersim {
namespace {

constexpr int kYear = 12, kQuarter = 3;
constexpr std::size_t kEnough = 2'000'000;  // partners simulated, however many runs that are
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

World still_world(const World& world) {
  World still = world;
  still.months = kYear;
  still.calendar.months = kYear;
  still.changes.clear();
  still.events.clear();
  return still;
}

/// After the draws, so that nothing drawn comes back.
void hold_still(Parameters& parameters) {
  for (Market& market : parameters.markets) {
    market.growth = 0;
    market.volatility = 0;
    market.cloud_p = 0;
    market.cloud_q = 0;
    std::fill(std::begin(market.season), std::end(market.season), 1.0);
  }
}

/// Headlines of the first and the last quarter of the year, run by run.
struct Quarters {
  std::vector<double> first, last;
};

Quarters simulate(const World& world, const Scenario& scenario, std::uint64_t seed,
                  std::size_t replications) {
  const ParameterDraws draws(scenario);
  const Runner runner = simulation_runner(world, false);
  const std::size_t month = Cells(world).values().size();
  std::vector<std::int64_t> cells(kYear * month);
  const std::span<const std::int64_t> year = cells;
  Drawn drawn;
  Quarters result;
  for (std::uint64_t r = 0; r < replications; ++r) {
    const Triple triple{r, r, r};  // nothing shared: the runs are independent
    draws.draw(draw_luck(seed, triple), drawn);
    hold_still(drawn.parameters);
    try {
      runner(drawn.parameters, run_luck(seed, triple), cells);
    } catch (const RunFault&) {
      continue;  // the run itself tells
    }
    result.first.push_back(headline(world, year.first(kQuarter * month)));
    result.last.push_back(headline(world, year.last(kQuarter * month)));
  }
  return result;
}

/// The ratio of the means, and its interval from the spread of each run around that ratio.
Drift ratio(const Quarters& quarters) {
  const std::size_t n = quarters.first.size();
  const double first = mean(quarters.first), ratio = mean(quarters.last) / first;
  if (n < 2 || !(first > 0)) return {.share = kNan, .interval = {}, .replications = n};
  std::vector<double> rest(n);
  for (std::size_t k = 0; k < n; ++k) rest[k] = quarters.last[k] - ratio * quarters.first[k];
  const Summary summary = summarize(rest);
  return {.share = ratio - 1,
          .interval = {ratio - 1 + summary.ci_lo / first, ratio - 1 + summary.ci_hi / first},
          .replications = n};
}

}  // namespace

Drift measure_drift(const Scenario& scenario, std::uint64_t seed, std::size_t replications) {
  const World world = still_world(scenario.world);
  const std::size_t few = kEnough / std::max<std::size_t>(world.n, 1);
  return ratio(
      simulate(world, scenario, seed, std::min(replications, std::max<std::size_t>(few, 2))));
}

std::string drift_sentence(const Drift& drift) {
  constexpr std::string_view kHeld =
      "drift: with every lever, the market and the season held constant, net channel revenue of "
      "months 10-12";
  if (!std::isfinite(drift.share)) {
    return fmt::format("{} cannot be compared with months 1-3: there is none", kHeld);
  }
  return fmt::format("{} is {:+.1f} % against months 1-3 (95 % interval {:+.1f} to {:+.1f} %)",
                     kHeld, 100 * drift.share, 100 * drift.interval.lo, 100 * drift.interval.hi);
}

}  // namespace partnersim
