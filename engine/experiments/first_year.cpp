#include "experiments/first_year.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/math.hpp"
#include "ensemble/ensemble.hpp"
#include "model/cells.hpp"

namespace partnersim {
namespace {

constexpr int kYear = 12, kRounds = 4;
constexpr std::size_t kEnough = 30'000, kMost = 200;  // partners simulated a round; replications
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kLeast = 0.001, kMostLeaving = 0.5;

/// Sums of the focal vendor's cells.
class Counted {
 public:
  Counted(const World& world, std::span<const std::int64_t> year) : world_(world), cells_(world) {
    const std::size_t month = cells_.values().size();
    for (std::size_t t = 0; t < kYear; ++t) months_.push_back(year.subspan(t * month, month));
  }

  double sum(Line line) const {
    double all = 0;
    for (const auto& month : months_) {
      for (std::size_t o = 0; o < world_.vendors[0].offers; ++o) {
        for (std::size_t s = 0; s < world_.segments.size(); ++s) {
          all += static_cast<double>(month[cells_.at(line, o, s)]);
        }
      }
    }
    return all;
  }
  double sum(Head head) const {
    double all = 0;
    for (const auto& month : months_) {
      for (std::size_t s = 0; s < world_.segments.size(); ++s) {
        all += static_cast<double>(month[cells_.at(head, 0, s)]);
      }
    }
    return all;
  }

 private:
  const World& world_;
  Cells cells_;
  std::vector<std::span<const std::int64_t>> months_;
};

std::size_t replications_for(const World& world) {
  return std::clamp<std::size_t>(kEnough / std::max<std::size_t>(world.n, 1), 4, kMost);
}

}  // namespace

FirstYear first_year(const Scenario& scenario, std::uint64_t seed, std::size_t replications) {
  World world = scenario.world;
  world.months = world.calendar.months = kYear;
  world.changes.clear();
  world.events.clear();
  const Runner runner = simulation_runner(world, false);
  std::vector<std::int64_t> year(kYear * Cells(world).values().size());
  double decided = 0, won = 0, exits = 0, partner_months = 0, registered = 0, active = 0;
  for (std::uint64_t r = 0; r < replications; ++r) {
    runner(scenario.parameters, run_luck(seed, {r, r, r}), year);
    const Counted counted(world, year);
    decided += counted.sum(Line::closed);
    won += counted.sum(Line::won);
    exits += counted.sum(Head::exits);
    active += counted.sum(Head::active);
    partner_months +=
        counted.sum(Head::active) + counted.sum(Head::dormant) + counted.sum(Head::onboarding);
    registered += counted.sum(Head::registered) * from_grid(1);
  }
  return {.win_rate = decided > 0 ? won / decided : kNan,
          .leaving = partner_months > 0 ? exits / partner_months * kYear : kNan,
          .registered = active > 0 ? registered / active : kNan};
}

double win_rate_parameter(double measured, const Offsets& offsets) {
  return logistic(logit(measured) + offsets.win_rate);
}

double leave_parameter(double measured, const Offsets& offsets) {
  return clamp((1 - std::exp(-measured)) * std::exp(offsets.leaving), kLeast, kMostLeaving);
}

double registration_parameter(double measured, const Offsets& offsets) {
  return logit(measured) + offsets.registered;
}

Offsets fit_first_year(Scenario scenario, const Wanted& wanted, std::uint64_t seed) {
  Offsets offsets;
  const auto closer = [](double& offset, double wish, double shown, double (*scale)(double)) {
    const double step = scale(wish) - scale(shown);
    if (std::isfinite(step)) offset += clamp(step, -2, 2);
  };
  const auto logarithm = [](double x) { return std::log(x); };  // of 0 it is no step
  for (int round = 0; round < kRounds; ++round) {
    Parameters& p = scenario.parameters;
    if (wanted.win_rate) p.closing.win_rate = win_rate_parameter(*wanted.win_rate, offsets);
    if (wanted.leaving) p.lifecycle.leave_mean = leave_parameter(*wanted.leaving, offsets);
    if (wanted.registered) {
      p.registration.base = registration_parameter(*wanted.registered, offsets);
    }
    const FirstYear shown = first_year(scenario, seed, replications_for(scenario.world));
    if (wanted.win_rate) closer(offsets.win_rate, *wanted.win_rate, shown.win_rate, logit);
    if (wanted.leaving) closer(offsets.leaving, *wanted.leaving, shown.leaving, logarithm);
    if (wanted.registered) {
      closer(offsets.registered, *wanted.registered, shown.registered, logit);
    }
  }
  return offsets;
}

}  // namespace partnersim
