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
constexpr double kMostInTotal = 0.02, kMostInSegment = 0.05;  // off the books without a warning
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

/// What is asked of the runs of a still year, run by run.
struct Runs {
  std::vector<double> first, last;          // headline of the first and the last quarter
  std::vector<std::vector<double>> billed;  // [group of the books] in the year
};

/// Sums of the books: all partners and each segment that has one.
struct Group {
  std::string segment;
  std::vector<std::size_t> cells;  // of a month
  double books = 0;                // currency units
};

/// Empty where a partner of the focal vendor sells without known revenue.
std::vector<Group> groups_of_books(const World& world) {
  const PartnerTable& partners = world.partners;
  std::vector<Group> groups(1 + world.segments.size());
  for (std::size_t i = 0; i < world.n; ++i) {
    const Money known = partners.start_billed[i];  // of vendor 0
    const Stage stage = partners.start_stage[i];
    if (known < 0 && stage != Stage::prospect && stage != Stage::left) return {};
    const double amount = static_cast<double>(std::max<Money>(known, 0)) / kMinorPerMajor;
    groups[0].books += amount;
    groups[1 + partners.segment[i]].books += amount;
  }
  const Cells cells(world);
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    groups[1 + s].segment = world.segments[s].name;
    for (std::size_t o = 0; o < world.vendors[0].offers; ++o) {
      const std::size_t cell = cells.at(Line::customer, o, s);
      groups[1 + s].cells.push_back(cell);
      groups[0].cells.push_back(cell);
    }
  }
  std::erase_if(groups, [](const Group& group) { return group.books <= 0; });
  return groups;
}

double sum_of(const Group& group, std::span<const std::int64_t> year, std::size_t month) {
  std::int64_t sum = 0;
  for (std::size_t at = 0; at < year.size(); at += month) {
    for (const std::size_t cell : group.cells) sum += year[at + cell];
  }
  return static_cast<double>(sum) / kMinorPerMajor;
}

Runs simulate(const World& world, const Scenario& scenario, std::span<const Group> groups,
              std::uint64_t seed, std::size_t replications) {
  const ParameterDraws draws(scenario);
  const Runner runner = simulation_runner(world, false);
  const std::size_t month = Cells(world).values().size();
  std::vector<std::int64_t> cells(kYear * month);
  const std::span<const std::int64_t> year = cells;
  Drawn drawn;
  Runs result;
  result.billed.resize(groups.size());
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
    for (std::size_t g = 0; g < groups.size(); ++g) {
      result.billed[g].push_back(sum_of(groups[g], year, month));
    }
  }
  return result;
}

/// The ratio of the means, and its interval from the spread of each run around that ratio.
Drift ratio(const Runs& runs) {
  const std::size_t n = runs.first.size();
  const double first = mean(runs.first), ratio = mean(runs.last) / first;
  if (n < 2 || !(first > 0)) return {.share = kNan, .interval = {}, .replications = n};
  std::vector<double> rest(n);
  for (std::size_t k = 0; k < n; ++k) rest[k] = runs.last[k] - ratio * runs.first[k];
  const Summary summary = summarize(rest);
  return {.share = ratio - 1,
          .interval = {ratio - 1 + summary.ci_lo / first, ratio - 1 + summary.ci_hi / first},
          .replications = n};
}

}  // namespace

StillYear still_year(const Scenario& scenario, std::uint64_t seed, std::size_t replications) {
  const World world = still_world(scenario.world);
  const std::size_t few = kEnough / std::max<std::size_t>(world.n, 1);
  const std::vector<Group> groups = groups_of_books(world);
  const Runs runs = simulate(world, scenario, groups, seed,
                             std::min(replications, std::max<std::size_t>(few, 2)));
  StillYear result{.drift = ratio(runs), .books = {}};
  for (std::size_t g = 0; g < groups.size() && runs.first.size() > 1; ++g) {
    const Summary summary = summarize(runs.billed[g]);
    result.books.push_back(
        {groups[g].segment,
         groups[g].books,
         summary.mean,
         {summary.ci_lo / groups[g].books - 1, summary.ci_hi / groups[g].books - 1}});
  }
  return result;
}

std::optional<Warning> books_warning(const StillYear& year) {
  std::string text;
  for (const Reconciled& one : year.books) {
    const double most = one.segment.empty() ? kMostInTotal : kMostInSegment;
    const bool luck = one.interval.lo <= 0 && one.interval.hi >= 0;
    if (luck || std::abs(one.off()) <= most) continue;
    text += fmt::format("{}{} {:+.1f} %", text.empty() ? "" : ", ",
                        one.segment.empty() ? "in total" : one.segment, 100 * one.off());
  }
  if (text.empty()) return std::nullopt;
  return Warning{"W-ANCHOR", "the first year of an unchanged world is not what the books say: " +
                                 text + "; read differences between programs, not levels"};
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
