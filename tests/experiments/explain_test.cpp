// Explanations whose parts are known without explaining.
#include "experiments/explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "experiments/compare.hpp"
#include "experiments/levers.hpp"
#include "experiments/small_scenario.hpp"

namespace partnersim::testing {
namespace {

using ::testing::HasSubstr;

Plan plan_of(std::uint64_t replications, int months = 12) {
  return {
      .months = months, .seed = 3, .replications = replications, .precision = {}, .triples = {}};
}

const ExplainedPart& part(const ExplainedMetric& metric, std::string_view name) {
  for (const ExplainedPart& one : metric.parts) {
    if (one.name.starts_with(name)) return one;
  }
  throw std::logic_error(std::string(name));
}

/// Summed over the run, minor units, mean over the futures of a scenario.
double mean_of(const Scenario& scenario, const Metric& metric, std::uint64_t futures) {
  const Runner runner = simulation_runner(scenario.world, false);
  const std::size_t size = Cells(scenario.world).values().size();
  double sum = 0;
  for (std::uint64_t r = 0; r < futures; ++r) {
    const Record record = run_replication(scenario, plan_of(futures), r, runner);
    for (std::size_t begin = 0; begin < record.cells.size(); begin += size) {
      for (const Term& term : metric.above) {
        sum += term.sign * static_cast<double>(record.cells[begin + term.cell]);
      }
    }
  }
  return sum / static_cast<double>(futures);
}

Metric contribution(const Scenario& scenario) {
  return *metric_of(scenario.world, Figure::contribution, Scope{0, {}, {}});
}

Metric relations(const Scenario& scenario) {
  return *metric_of(scenario.world, Head::active, Scope{0, {}, {}});
}

void expect_to_add_up(const Explanation& explanation) {
  for (const ExplainedMetric& metric : explanation.metrics) {
    Money all = 0;
    double mean = 0;
    std::vector<Money> segments(explanation.segments.size(), 0);
    for (const ExplainedPart& one : metric.parts) {
      all += one.amount;
      mean += one.effect.mean;
      for (std::size_t s = 0; s < segments.size(); ++s) segments[s] += one.by_segment[s];
    }
    EXPECT_EQ(all, metric.whole.amount);
    EXPECT_NEAR(mean, metric.whole.effect.mean, 1e-6);
    EXPECT_EQ(segments, metric.whole.by_segment);
    const Money over_segments = std::accumulate(segments.begin(), segments.end(), Money{0});
    EXPECT_NEAR(static_cast<double>(over_segments), static_cast<double>(metric.whole.amount),
                static_cast<double>(segments.size()));
  }
}

// Two levers whose four mixtures are run by hand. What one brings depends on the other, so that
// taking one at a time would not add up.
TEST(Explain, LeversAreShapleyValuesOfTheMixtures) {
  const Scenario base = small_scenario();
  const Scenario alternative = small_scenario("us: {managers: {seats: 30, cost: 15000}}\n");
  const Levers levers(base, alternative);
  ASSERT_EQ(levers.size(), 2u);
  double worth[4];
  for (std::size_t s = 0; s < 4; ++s) {
    Scenario mixed = base;
    levers.mix({(s & 1) != 0, (s & 2) != 0}, mixed);
    worth[s] = mean_of(mixed, contribution(base), 8);
  }
  const double first = (worth[1] - worth[0] + worth[3] - worth[2]) / 2;
  const double second = (worth[2] - worth[0] + worth[3] - worth[1]) / 2;
  const Explanation explanation = explain(base, alternative, By::levers, plan_of(8), on_threads(2));
  const ExplainedMetric& metric = explanation.metrics[0];
  EXPECT_NEAR(static_cast<double>(metric.parts[0].amount), first, 1);
  EXPECT_NEAR(static_cast<double>(metric.parts[1].amount), second, 1);
  EXPECT_GT(std::abs(worth[1] + worth[2] - 2 * worth[0] - (worth[3] - worth[0])), 1e5);
  expect_to_add_up(explanation);
}

TEST(Explain, ManyLeversAreSampledAndStillAddUp) {
  const Scenario base = small_scenario();
  const Scenario alternative = small_scenario(
      "us: {rebate: 5%, brand: 0.1, openness: 90%, pass_through: 10%, relation_cost: 500, "
      "managers: {seats: 9},\n"
      "  training: {subsidy: 50%}, onboarding_cost: 9000,\n"
      "  direct: {capacity: 30}}\n");
  const Explanation explanation = explain(base, alternative, By::levers, plan_of(8), on_threads(2));
  EXPECT_FALSE(explanation.budget.exact);
  EXPECT_EQ(explanation.budget.runs, 2 * explanation.budget.players.size());
  expect_to_add_up(explanation);
  // A cost that nobody reacts to is the same in every order.
  const ExplainedPart& cost = part(explanation.metrics[0], "us.relation_cost");
  EXPECT_LT(cost.effect.mean, 0);
  EXPECT_EQ(part(explanation.metrics[1], "us.relation_cost").amount, 0);
}

// A hundred more for each active partner and month, to which nobody reacts.
TEST(Explain, TermsThatChangeNothingElseAreTheWholeOfIt) {
  const Scenario base = small_scenario("us: {relation_cost: 400}\n");
  const Scenario alternative = small_scenario("us: {relation_cost: 500}\n");
  const Explanation explanation =
      explain(base, alternative, By::mechanisms, plan_of(4), on_threads(2));
  const ExplainedMetric& metric = explanation.metrics[0];
  const double expected = -100.0 * kMinorPerMajor * mean_of(base, relations(base), 4);
  EXPECT_EQ(static_cast<double>(metric.whole.amount), expected);
  EXPECT_EQ(static_cast<double>(part(metric, "terms").amount), expected);
  for (const ExplainedPart& one : metric.parts) {
    if (one.name == "terms") continue;
    EXPECT_EQ(one.amount, 0) << one.name;
  }
  expect_to_add_up(explanation);
}

// Customers win partners' skill over more: no bill changes unless more is bought.
TEST(Explain, WhatCustomersDoIsNotOfTheTerms) {
  const Scenario base = small_scenario();
  const Scenario alternative =
      small_scenario("changes: [{from: 2027-03, set: {closing.w_skill: x1.5}}]\n");
  const Explanation explanation =
      explain(base, alternative, By::mechanisms, plan_of(4), on_threads(2));
  const ExplainedMetric& net = explanation.metrics[1];
  EXPECT_EQ(part(net, "terms").amount, 0);
  EXPECT_NE(part(net, "customers").amount, 0);
  EXPECT_GT(std::abs(part(net, "customers").amount), std::abs(net.whole.amount) / 2);
  expect_to_add_up(explanation);
}

// The rebate on the business of the base: net falls by two points of what customers pay, while
// what partners then do otherwise is told apart from it.
TEST(Explain, TermsAreThoseOnBusinessAsItWas) {
  const Scenario base = small_scenario("us: {rebate: 4%, pass_through: 0%}\n");
  const Scenario alternative = small_scenario(
      "us: {rebate: 4%, pass_through: 0%}\n"
      "changes: [{from: 2027-01, set: {us.rebate: +2 points}}]\n");
  const Explanation explanation =
      explain(base, alternative, By::mechanisms, plan_of(4), on_threads(2));
  const double rebate = mean_of(base, *metric_of(base.world, Line::rebate, Scope{0, {}, {}}), 4);
  const ExplainedMetric& net = explanation.metrics[1];
  EXPECT_NEAR(static_cast<double>(part(net, "terms").amount), -rebate / 2, 0.02 * rebate);
  EXPECT_NE(part(net, "terms").amount, net.whole.amount);
  expect_to_add_up(explanation);
}

TEST(Explain, TotalsAreThoseOfTheRunsAlone) {
  const Scenario base = small_scenario("market: {growth: 2% to 9%}\n");
  const Scenario alternative = small_scenario(
      "market: {growth: 2% to 9%}\nchanges: [{from: 2027-03, set: {us.rebate: +2 points}}]\n");
  const double expected =
      mean_of(alternative, contribution(base), 8) - mean_of(base, contribution(base), 8);
  for (const By by : {By::levers, By::mechanisms}) {
    const Explanation explanation = explain(base, alternative, by, plan_of(8), on_threads(2));
    EXPECT_NEAR(static_cast<double>(explanation.metrics[0].whole.amount), expected, 1);
    EXPECT_EQ(explanation.draws, 2u);
    EXPECT_EQ(explanation.metrics[0].whole.effect.n, 2u);
    expect_to_add_up(explanation);
  }
}

TEST(Explain, DoesNotDependOnThreads) {
  const Scenario base = small_scenario(), alternative = small_scenario("us: {rebate: 9%}\n");
  const auto amounts = [&](int threads) {
    const Explanation explanation =
        explain(base, alternative, By::mechanisms, plan_of(4), on_threads(threads));
    std::vector<double> means;
    for (const ExplainedPart& one : explanation.metrics[0].parts) means.push_back(one.effect.mean);
    return means;
  };
  EXPECT_EQ(amounts(1), amounts(3));
}

TEST(Explain, RefusesWhatCannotBeFrozenAndTooFewFutures) {
  const Scenario base = small_scenario(), off = small_scenario("mechanisms: {trust: off}\n");
  EXPECT_THAT(message<NotComparable>([&] { explain_budget(base, off, By::mechanisms); }),
              HasSubstr("--by levers"));
  EXPECT_EQ(explain_budget(base, off, By::levers).runs, 2u);
  EXPECT_EQ(explain_budget(base, small_scenario("us: {rebate: 9%}\n"), By::mechanisms).runs, 257u);
  EXPECT_THAT(
      message<NotComparable>([&] { explain(base, off, By::levers, plan_of(1), on_threads(1)); }),
      HasSubstr("fewer than two"));
}

TEST(Explain, LeavesOutMechanismsThatAreOff) {
  const std::string_view off = "mechanisms: {effort: off, enablement: off}\n";
  const Scenario base = small_scenario(off),
                 alternative = small_scenario(std::string(off) + "us: {rebate: 9%}\n");
  EXPECT_EQ(explain_budget(base, alternative, By::mechanisms).players.size(), 6u);
}

}  // namespace
}  // namespace partnersim::testing
