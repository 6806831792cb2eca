// How much the shared luck saves, measured on the main scenario.
#include <gtest/gtest.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "ensemble/ensemble.hpp"
#include "ensemble/statistics.hpp"
#include "model/cells.hpp"

namespace partnersim {
namespace {

constexpr std::uint64_t kPairs = 200;

Scenario main_scenario(bool less_margin) {
  LoadOptions options;
  options.uncertainty = Uncertainty::none;
  if (less_margin) {
    options.what_if =
        WhatIf{{"us.offers.*.margin_first=-5 points", "us.offers.*.margin_recurring=-5 points"},
               "",
               "",
               ""};
  }
  Diagnostics diagnostics;
  auto scenario =
      load_scenario(PARTNERSIM_SOURCE_DIR "/scenarios/cloud-transition.yaml", options, diagnostics);
  EXPECT_TRUE(scenario.has_value()) << diagnostics.render();
  return std::move(*scenario);
}

/// What customers pay through partners over the run, in minor units; one parameter draw and one
/// market, the luck of partners differs: run r of luck first + r.
std::vector<double> gross(const Scenario& scenario, std::uint64_t first) {
  const ParameterDraws draws(scenario);
  const Cells month(scenario.world);
  const std::size_t cells = month.values().size();
  Plan plan{.months = scenario.world.months, .seed = 1, .replications = kPairs};
  for (std::uint64_t r = 0; r < kPairs; ++r) plan.triples.push_back({0, 0, first + r});
  oneapi::tbb::enumerable_thread_specific<Runner> runners(
      [&] { return simulation_runner(scenario.world, false); });
  std::vector<double> result(kPairs);
  oneapi::tbb::parallel_for(std::uint64_t{0}, kPairs, [&](std::uint64_t r) {
    Drawn drawn;
    Record record;
    record.cells.resize(cells * static_cast<std::size_t>(plan.months));
    run_replication(draws, plan, r, runners.local(), drawn, record);
    for (std::size_t at = 0; at < record.cells.size(); at += cells) {
      for (std::size_t o = 0; o < scenario.world.vendors[0].offers; ++o) {
        for (std::size_t s = 0; s < scenario.world.segments.size(); ++s) {
          result[r] += static_cast<double>(record.cells[at + month.at(Line::customer, o, s)]);
        }
      }
    }
  });
  return result;
}

/// The lower end of a 95 % interval of the variance reduction: pairs are resampled, never runs.
double lower_bound_of_reduction(const std::vector<double>& a, const std::vector<double>& b) {
  constexpr int kResamples = 2000;
  std::mt19937_64 bits(1);
  std::vector<double> ratios, x(a.size()), y(a.size());
  for (int k = 0; k < kResamples; ++k) {
    for (std::size_t j = 0; j < a.size(); ++j) {
      const std::size_t pick = bits() % a.size();
      x[j] = a[pick];
      y[j] = b[pick];
    }
    ratios.push_back(paired_difference(x, y).variance_reduction);
  }
  std::sort(ratios.begin(), ratios.end());
  return quantile(ratios, 0.025);
}

TEST(SharedLuck, NeedsFifteenTimesFewerRunsForAMarginCut) {
  const Scenario as_is = main_scenario(false), cut = main_scenario(true);
  const std::vector<double> a = gross(as_is, 0), b = gross(cut, 0);
  const double ratio = paired_difference(a, b).variance_reduction;
  const double low = lower_bound_of_reduction(a, b);
  RecordProperty("variance_reduction", std::to_string(ratio));
  RecordProperty("lower_bound", std::to_string(low));
  EXPECT_GT(low, 15) << "variance reduction " << ratio;
  // The wrong variant: the same program under other luck is no pair.
  const std::vector<double> fresh = gross(cut, kPairs);
  EXPECT_LT(paired_difference(a, fresh).variance_reduction, 2);
}

}  // namespace
}  // namespace partnersim
