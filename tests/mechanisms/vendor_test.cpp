// What a vendor does by itself: it steers a lever towards its target and ends contracts.
#include <gtest/gtest.h>

#include <cmath>

#include "base/math.hpp"
#include "base/money.hpp"
#include "support/bench.hpp"

namespace partnersim {
namespace {

using testing::address_of;
using testing::Bench;
using testing::only;
using testing::started;
using testing::sum;
using testing::terms;
using testing::tiny_world;
using testing::TinyWorld;

Policy moving(double step, double revenue) {
  return {.vendor = 0,
          .lever = address_of("vendor", "rebate"),
          .step = step,
          .lowest = 0.02,
          .highest = 0.065,
          .revenue = revenue};
}

/// The rebate of each month.
std::vector<double> rebates(const TinyWorld& t, int months) {
  Simulation s = started(t);
  std::vector<double> path;
  for (int month = 0; month < months; ++month) {
    s.advance();
    path.push_back(s.state().now.programs[0].terms.rebate);
  }
  return path;
}

TEST(Policy, MovesByItsStepAtEachReviewAndStaysInBounds) {
  TinyWorld t = tiny_world({.partners = 20});
  terms(t).review_months = 4;
  t.world.policies = {moving(0.01, 1e14)};  // never reached
  const std::vector<double> up = rebates(t, 24);
  t.world.policies = {moving(0.01, 1)};  // always exceeded
  const std::vector<double> down = rebates(t, 24);
  t.world.policies = {moving(-0.01, 1e14)};
  const std::vector<double> price = rebates(t, 24);
  for (std::size_t month = 0; month < 24; ++month) {
    const double reviews = std::floor(static_cast<double>(month + 1) / 4);
    EXPECT_NEAR(up[month], std::min(0.04 + 0.01 * reviews, 0.065), 1e-12) << month;
    EXPECT_NEAR(down[month], std::max(0.04 - 0.01 * reviews, 0.02), 1e-12) << month;
    EXPECT_NEAR(price[month], down[month], 1e-12) << month;
  }
}

TEST(Policy, FollowsATargetThatGrows) {
  TinyWorld t = tiny_world({.partners = 20, .vendors = 2});
  Bench bench(t);
  std::ranges::fill(bench.c.billed_12m, 100'000'00);  // 20 partners: 2 million
  const auto after = [&](double revenue, double growth) {
    t.world.policies = {moving(0.01, revenue)};
    t.world.policies[0].growth = growth;
    bench.terms().rebate = bench.c.policy_base[0] = 0.04;
    bench.c.policy_shift[0] = 0;
    bench.run("policy", 11);
    return bench.terms().rebate;
  };
  const double grown = 2e6 / std::exp(0.1);
  EXPECT_NEAR(after(1.001 * grown, 0.1), 0.05, 1e-12);
  EXPECT_NEAR(after(0.999 * grown, 0.1), 0.03, 1e-12);
  EXPECT_NEAR(after(1.001 * grown, 0), 0.03, 1e-12);
}

TEST(Policy, OnePlannedChangeAndOnePolicyMoveALeverTogether) {
  TinyWorld t = tiny_world({.partners = 20});
  terms(t).review_months = 3;
  Policy policy = moving(0.01, 1e14);
  policy.highest = 0.5;
  t.world.policies = {policy};
  t.world.changes = {{6, 12, 1, {{policy.lever, Write::Op::add, 0.02}}, {}}};
  const std::vector<double> path = rebates(t, 15);
  for (const auto& [month, rebate] : {std::pair<std::size_t, double>{1, 0.04},
                                      {2, 0.05},
                                      {5, 0.06},
                                      {6, 0.08},
                                      {8, 0.09},
                                      {11, 0.10},
                                      {12, 0.08},
                                      {14, 0.09}})
    EXPECT_NEAR(path[month], rebate, 1e-12) << month;
}

// ---- termination

constexpr Money kLimit = 250'000'00;

/// In month 3 the contracts of those below 250k are ended; partner i has billed i * 10k.
TinyWorld pruned() {
  TinyWorld t = tiny_world({.partners = 60, .vendors = 2, .active = 1});
  t.world.changes = {{3, 1 << 20, 1, {}, {{kLimit}}}};
  return t;
}

void bill(Bench& bench) {
  for (std::size_t i = 0; i < bench.n; ++i)
    bench.c.billed_12m[i] = static_cast<Money>(i) * 10'000'00;
}

TEST(Termination, EndsTheContractsOfThoseBelowTheLimitAlone) {
  TinyWorld t = pruned();
  Bench bench(t);
  bill(bench);
  bench.c.stage[0] = static_cast<std::uint8_t>(Stage::prospect);
  bench.c.stage[1] = static_cast<std::uint8_t>(Stage::dormant);
  bench.c.stage[2] = static_cast<std::uint8_t>(Stage::onboarding);
  bench.c.stage[3] = static_cast<std::uint8_t>(Stage::left);
  bench.relist();
  const std::vector<std::uint8_t> before = bench.c.stage;
  bench.run("termination", 2);
  EXPECT_EQ(bench.c.stage, before);
  bench.run("termination", 3);
  for (std::size_t i = 0; i < bench.n; ++i) {
    const bool goes = i < 25 && i != 0;  // who billed 250k exactly stays, a prospect is none
    EXPECT_EQ(bench.is(i, Stage::left), goes) << i;
    EXPECT_EQ(bench.c.stage[bench.n + i], before[bench.n + i]) << "the rival ends nothing";
    if (!goes || i == 3) continue;
    EXPECT_EQ(bench.c.attention[i] + bench.c.attention[bench.n + i] + bench.c.effort[i], 0);
    EXPECT_EQ(bench.c.open[i] + bench.c.open[bench.n + i], 0);
  }
  EXPECT_EQ(bench.sum(Head::terminated), 23);  // without the prospect and who left before
  EXPECT_EQ(bench.scratch.active[0].size(), bench.n - 25);
}

TEST(Termination, IsFearedByThoseWhoStayAndForgottenByATwelfthAMonth) {
  TinyWorld t = pruned();
  Bench bench(t);
  bill(bench);
  bench.run("termination", 3);
  int linked = 0;
  std::vector<double> heard;
  for (std::size_t i = 0; i < bench.n; ++i) {
    double gone = 0;
    const auto peers = t.world.graph.peers.of(i);
    for (const std::uint32_t peer : peers) gone += peer < 25 ? 1 : 0;
    const double share = peers.empty() ? 0 : gone / static_cast<double>(peers.size());
    heard.push_back(i < 25 ? 0 : 0.3 + 0.7 * share);
    EXPECT_NEAR(bench.c.rumour[i], heard[i], 1e-6) << i;
    EXPECT_EQ(bench.c.rumour[bench.n + i], 0);
    linked += i >= 25 && gone > 0 ? 1 : 0;
  }
  EXPECT_GT(linked, 5);
  for (int month = 4; month < 7; ++month) bench.run("termination", month);
  for (std::size_t i = 0; i < bench.n; ++i)
    EXPECT_NEAR(bench.c.rumour[i], heard[i] * std::pow(11.0 / 12, 3), 1e-6);
}

TEST(Termination, CostsTheTrustOfThoseWhoStay) {
  TinyWorld t = pruned();
  t.parameters.trust.up = t.parameters.trust.down = 1;
  t.parameters.trust.spread = t.parameters.trust.surprise = 0;
  only(t.parameters, {"trust", "termination"});
  Bench bench(t);
  bill(bench);
  bench.run("trust", 3);
  const std::vector<double> before = bench.c.trust;
  bench.run("termination", 3);
  bench.run("trust", 3);
  for (std::size_t i = 0; i < bench.n; ++i) {
    const double lost = i < 25 ? 0 : 0.8 * static_cast<double>(bench.c.rumour[i]);
    EXPECT_NEAR(bench.c.trust[i], std::max(0.0, before[i] - lost), 1e-7) << i;
  }
}

TEST(Termination, NobodyIsAfraidWhereNoContractIsEnded) {
  TinyWorld t = pruned();
  Bench bench(t);
  std::ranges::fill(bench.c.billed_12m, kLimit);
  bench.run("termination", 3);
  EXPECT_EQ(bench.sum(Head::terminated), 0);
  for (const float rumour : bench.c.rumour) EXPECT_EQ(rumour, 0);
}

TEST(Termination, AnEventEndsContractsInTheMonthItHappens) {
  TinyWorld t = pruned();
  t.world.changes.clear();
  t.world.events = {{"purge", entity_key("event", "purge"), 1, 5, 8, {0, 12, 1, {}, {{kLimit}}}}};
  Simulation s = started(t);
  const int when = s.state().columns.event_month[0];
  ASSERT_TRUE(when >= 5 && when <= 8);
  for (int month = 0; month < 12; ++month) {
    s.advance();
    EXPECT_EQ(sum(s, t.world, Head::terminated) > 0, month == when) << month;
  }
}

// The same luck, without and with a purge: the customers of those who go follow in part.
TEST(Termination, TakesAPartOfTheCustomersAlong) {
  TinyWorld t = pruned();
  Bench bench(t);
  std::ranges::fill(bench.c.billed_12m, 0);
  std::ranges::fill(bench.c.contracts, 100);
  bench.run("termination", 3);
  double kept = 0;
  const double all = 2 * 100 * static_cast<double>(bench.n);
  for (std::size_t row = 0; row < 2 * bench.n; ++row) kept += bench.c.contracts[row];
  EXPECT_NEAR(kept, 0.65 * all, 4 * std::sqrt(all * 0.35 * 0.65));
}

}  // namespace
}  // namespace partnersim
