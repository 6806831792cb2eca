// Sensitivities that are known: costs to which nobody reacts.
#include "experiments/sensitivity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "experiments/compare.hpp"
#include "experiments/metrics.hpp"
#include "experiments/small_scenario.hpp"

namespace partnersim::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kStated =
    "start: 2027-01\nmonths: 12\nuncertainty: stated\n"
    "segments: [{name: VAR, partners: 30}, {name: MSP, partners: 20}]\nrival: {name: Rival}\n";

Scenario stated(std::string_view more) {
  return small_scenario(more, kStated);
}

constexpr SensitivityPlan kTornado{.method = Method::tornado, .seed = 3, .pairs = 4, .samples = 0};

/// Active partners, summed over the months: what the relation cost is paid for; mean over the pairs
/// of the plan.
double partner_months(const Scenario& scenario, const SensitivityPlan& plan) {
  Simulation simulation(scenario.world);
  const Metric active = *metric_of(scenario.world, Head::active, Scope{0, {}, {}});
  double sum = 0;
  for (std::uint64_t pair = 0; pair < plan.pairs; ++pair) {
    simulation.start(scenario.parameters, run_luck(plan.seed, {0, pair, pair}));
    while (!simulation.done()) {
      simulation.advance();
      for (const Term& term : active.above) {
        sum += static_cast<double>(simulation.cells().values()[term.cell]);
      }
    }
  }
  return sum / static_cast<double>(plan.pairs);
}

TEST(Tornado, OfACostIsThatCost) {
  const Scenario scenario = stated("us: {relation_cost: 300 to 500}\n");
  const SensitivityResult result = analyse({&scenario, nullptr}, kTornado, on_threads(2));
  ASSERT_EQ(result.inputs.size(), 1u);
  const Input& input = result.inputs[0];
  EXPECT_EQ(input.path, "us.relation_cost");
  EXPECT_GT(input.low, 300);
  EXPECT_LT(input.high, 500);
  const double months = partner_months(scenario, kTornado);
  EXPECT_NEAR(result.bars[0].low.mean, (input.middle - input.low) * months, 0.01 * months);
  EXPECT_NEAR(result.bars[0].high.mean, (input.middle - input.high) * months, 0.01 * months);
  EXPECT_TRUE(result.bars[0].monotone);
  EXPECT_EQ(result.runs, runs_of(kTornado, {&scenario, nullptr}, 1));
}

TEST(Tornado, PutsTheLongestBarFirstAndSaysWhereBothEndsLieOnOneSide) {
  const Scenario scenario =
      stated("us: {relation_cost: 390 to 410, managers: {cost: 8000 to 16000}}\n");
  const SensitivityResult result = analyse({&scenario, nullptr}, kTornado, on_threads(2));
  EXPECT_EQ(result.inputs[result.bars[0].input].path, "us.managers.cost");
  EXPECT_GT(result.bars[0].reach(), 5 * result.bars[1].reach());
  Bar bar{.input = 0, .low = {}, .high = {}};
  EXPECT_EQ(bar.reach(), 0);  // both failed
}

// The alternative halves a cost c for M partner-months and pays K more elsewhere: it is better
// where c M / 2 > K.
TEST(Tornado, FindsWhereADecisionTurns) {
  const std::string common = "us: {relation_cost: 300 to 500, specialists: {capacity: 100";
  const Scenario base = stated(common + ", cost: 800}}\n");
  const double months = partner_months(base, kTornado), turns = 430;
  const double more = turns / 2 * months / (100.0 * 12);
  const Scenario alternative =
      stated(common + ", cost: " + std::to_string(800 + more) +
             "}}\nchanges: [{from: 2027-01, set: {us.relation_cost: x0.5}}]\n");
  const SensitivityResult result = analyse({&base, &alternative}, kTornado, on_threads(2));
  ASSERT_EQ(result.switches.size(), 1u);
  EXPECT_EQ(result.inputs[result.switches[0].input].path, "us.relation_cost");
  EXPECT_NEAR(result.switches[0].value, turns, 0.5);
  EXPECT_GT(result.switches[0].probability, 0.5);
  EXPECT_LT(result.switches[0].probability, 0.9);
  EXPECT_LT(result.middle.mean, 0);
}

TEST(Tornado, FindsNoTurnWhereThereIsNone) {
  const Scenario base = stated("us: {relation_cost: 300 to 500}\n");
  const Scenario alternative = stated(
      "us: {relation_cost: 300 to 500}\n"
      "changes: [{from: 2027-01, set: {us.relation_cost: x0.5}}]\n");
  EXPECT_TRUE(analyse({&base, &alternative}, kTornado, on_threads(2)).switches.empty());
}

TEST(Morris, OfCostsHasOneDirection) {
  const Scenario scenario =
      stated("us: {relation_cost: 390 to 410, managers: {cost: 8000 to 16000}}\n");
  const SensitivityPlan plan{.method = Method::morris, .seed = 3, .pairs = 2, .samples = 6};
  const SensitivityResult result = analyse({&scenario, nullptr}, plan, on_threads(2));
  ASSERT_EQ(result.elementary.size(), 2u);
  EXPECT_EQ(result.inputs[result.elementary[0].input].path, "us.managers.cost");
  for (const Elementary& one : result.elementary) {
    EXPECT_EQ(one.effects.n, 6u);
    EXPECT_NEAR(one.effects.mean, -one.effects.mean_absolute, 1e-6);
  }
  EXPECT_EQ(result.runs, runs_of(plan, {&scenario, nullptr}, 2));
}

// Two costs that add up: what each does alone is all it does; their variances are known.
TEST(Sobol, OfCostsIsTheirShareOfTheVariance) {
  const Scenario scenario = small_scenario(
      "us: {relation_cost: {min: 100, mode: 400, max: 700},\n"
      "     managers: {seats: 2, cost: {min: 7000, mode: 10000, max: 13000}}}\n",
      "start: 2027-01\nmonths: 3\nuncertainty: stated\n"
      "segments: [{name: VAR, partners: 30}]\nrival: {name: Rival}\n");
  const SensitivityPlan plan{.method = Method::sobol, .seed = 3, .pairs = 2, .samples = 512};
  const SensitivityResult result = analyse({&scenario, nullptr}, plan, on_threads(2));
  ASSERT_EQ(result.shares.size(), 3u);
  EXPECT_EQ(result.runs, runs_of(plan, {&scenario, nullptr}, 2));
  double first = 0;
  for (const Share& share : result.shares) {
    EXPECT_NEAR(share.indices.first.value, share.indices.total.value, 0.1) << share.name;
    first += share.indices.first.value;
  }
  EXPECT_NEAR(first, 1, 0.2);
  // A triangle of half width h has the variance h^2 / 6.
  const double months = partner_months(scenario, plan);
  const double variance = std::pow(300 * months, 2) / 6 / result.sobol.variance;
  for (const Share& share : result.shares) {
    if (share.name != "us.relation_cost") continue;
    EXPECT_NEAR(share.indices.first.value, variance, 0.15);
  }
}

TEST(Sobol, TakesInputsBeyondTheFirstOnesAsOne) {
  const Scenario scenario = small_scenario("",
                                           "start: 2027-01\nmonths: 3\n"
                                           "segments: [{name: VAR, partners: 10}]\n"
                                           "rival: {name: Rival}\n");
  const SensitivityPlan plan{.method = Method::sobol, .seed = 3, .pairs = 2, .samples = 4};
  const SensitivityResult result = analyse({&scenario, nullptr}, plan, on_threads(2));
  EXPECT_GT(result.inputs.size(), 50u);
  EXPECT_EQ(result.shares.size(), kSobolInputs + 2);
  EXPECT_EQ(result.runs, runs_of(plan, {&scenario, nullptr}, result.inputs.size()));
}

TEST(Sensitivity, RefusesWhatItCannotTell) {
  const Scenario fixed = small_scenario();
  EXPECT_THAT(message<NotComparable>([&] {
                inputs_of({&fixed, nullptr}, Method::tornado);
              }),
              HasSubstr("nothing in it is uncertain"));
  const Scenario correlated = stated(
      "us: {relation_cost: 300 to 500, managers: {cost: 8000 to 16000}}\n"
      "correlate: [[us.relation_cost, us.managers.cost, 0.5]]\n");
  EXPECT_EQ(inputs_of({&correlated, nullptr}, Method::tornado).size(), 2u);
  for (const Method method : {Method::morris, Method::sobol}) {
    EXPECT_THAT(message<NotComparable>([&] {
                  inputs_of({&correlated, nullptr}, method);
                }),
                HasSubstr("correlated"));
  }
}

}  // namespace
}  // namespace partnersim::testing
