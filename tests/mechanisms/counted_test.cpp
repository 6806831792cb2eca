// What the record counts of partners, distributors, own sales and policies.
#include <gtest/gtest.h>

#include "base/money.hpp"
#include "support/bench.hpp"

namespace partnersim::testing {
namespace {

double largest_distributor(Bench& bench) {
  bench.cells.clear();
  bench.run("record", 2);
  return from_grid(bench.cells[bench.cells.at(Desk::largest_distributor, 0)]);
}

// Partners 0 to 2 buy through 6, partners 2 and 3 through 7; the others buy from the vendor.
TEST(Counted, TheLargestDistributorsShareOfWhatDistributorsSell) {
  TinyWorld t = dealers(8);
  t.world.graph.suppliers = {{0, 1, 2, 4, 5, 5, 5, 5, 5}, {6, 6, 6, 7, 7}};
  Bench bench(t);
  std::ranges::fill(bench.c.billed_12m, 0);
  EXPECT_EQ(largest_distributor(bench), 0) << "nothing is billed yet";
  for (std::size_t i = 0; i < 8; ++i) bench.c.billed_12m[i] = 1000;
  bench.c.billed_12m[5] = 1'000'000;
  bench.c.billed_12m[1] = -5;  // counts as nothing
  EXPECT_NEAR(largest_distributor(bench), 1500.0 / 3000, 1e-9);
  bench.c.billed_12m[3] = 2000;
  EXPECT_NEAR(largest_distributor(bench), 2500.0 / 4000, 1e-9);
  bench.c.tied.assign(8, 0);
  bench.c.tied[7] = 1;  // left: what it delivered goes through the other, or to the vendor itself
  EXPECT_NEAR(largest_distributor(bench), 1, 1e-9);
}

/// A deal of partner i is won in this month.
void win(Bench& bench, std::size_t i, int month) {
  bench.c.open[i] = 1000;
  bench.run("demand", month);
  bench.run("closing", month);
}

TEST(Counted, TheFirstDealSinceSigningOnce) {
  TinyWorld t = dealers(8);
  Bench bench(t);
  std::ranges::fill(bench.c.attention, 0);
  std::ranges::fill(bench.c.open, 0);
  bench.c.newcomer[3] = 5;  // signed in month 4
  win(bench, 2, 7);         // who is long since with the vendor
  EXPECT_EQ(bench.sum(Head::first_deals), 0);
  win(bench, 3, 9);
  EXPECT_EQ(bench.sum(Head::first_deals), 1);
  EXPECT_EQ(bench.sum(Head::first_deal_months), 5);
  EXPECT_EQ(bench.c.newcomer[3], 0);
  bench.cells.clear();
  win(bench, 3, 10);
  EXPECT_EQ(bench.sum(Head::first_deals), 0);
}

TEST(Counted, WhoSignsIsANewcomerAndWhoLeavesIsNoneAnyMore) {
  TinyWorld t = dealers(2000);
  t.parameters.lifecycle.join_p = 5;
  t.parameters.lifecycle.leave_mean = 5;
  Bench bench(t);
  for (std::size_t i = 0; i < bench.n; i += 2) {
    bench.c.stage[i] = static_cast<std::uint8_t>(Stage::prospect);
  }
  std::ranges::fill(bench.c.newcomer, std::uint16_t{3});
  for (std::size_t i = 0; i < bench.n; i += 2) bench.c.newcomer[i] = 0;
  bench.relist();
  bench.run("lifecycle", 7);
  int signed_now = 0, left = 0;
  for (std::size_t i = 0; i < bench.n; ++i) {
    if (bench.is(i, Stage::onboarding)) {
      EXPECT_EQ(bench.c.newcomer[i], 8);
      ++signed_now;
    } else if (bench.is(i, Stage::left)) {
      EXPECT_EQ(bench.c.newcomer[i], 0);
      ++left;
    } else {
      EXPECT_EQ(bench.c.newcomer[i], i % 2 == 0 ? 0 : 3);
    }
  }
  EXPECT_EQ(bench.sum(Head::joined), signed_now);
  EXPECT_GT(signed_now, 0);
  EXPECT_GT(left, 0);
}

// A tier that pays well lies just out of reach of what pays by itself for one partner.
TEST(Counted, WhoMarketsMoreForATier) {
  TinyWorld t = dealers(8);
  t.parameters.programs[0].tiers = {{0, 0, 0}, {1e12, 0, 0.3}};
  Bench bench(t);
  bench.run("effort");
  EXPECT_EQ(bench.sum(Head::stretched), 0) << "nobody can reach it";
  const double plain = bench.c.effort[4];
  const double months = 12, reached = bench.c.run_rate[4] * months * (1 + plain);
  bench.state.now.programs[0].tiers[1].threshold = reached + bench.c.run_rate[4] * 0.5;
  bench.derive();
  std::ranges::fill(bench.c.open, 0);
  for (std::size_t i = 0; i < bench.n; ++i) bench.c.bookings[i] = i == 4 ? 0 : 1'000'000'000'000;
  bench.cells.clear();
  bench.run("effort");
  EXPECT_EQ(bench.sum(Head::stretched), 1);
  EXPECT_GT(bench.c.effort[4], plain);
}

// 12 of each offer's opportunities are free of partners; what sellers can work on does not matter.
TEST(Counted, WhatOwnSalesCouldWorkOn) {
  TinyWorld t = dealers(8);
  terms(t).direct_capacity = 0;
  terms(t).direct_reach = 0.5;
  Bench bench(t);
  bench.c.there[0] = 288;
  bench.c.unclaimed[0] = 1;
  bench.c.demand[0] = 1;
  bench.scratch.taken[0] = to_grid(3);
  bench.run("direct");
  EXPECT_NEAR(from_grid(bench.cells[bench.cells.at(Desk::own_opportunities, 0)]), 12 + 3, 1e-6);
  EXPECT_EQ(bench.sum(Line::direct_bookings, 0) + bench.sum(Line::direct_bookings, 1), 0);
}

TEST(Counted, TheLeverOfAPolicyAndNoOther) {
  TinyWorld t = tiny_world({.partners = 8, .vendors = 3, .links = false});
  t.world.policies = {{1, address_of("vendor", "rebate", 1), 0.01, 0.02, 0.2, 1e6, 0},
                      {2, address_of("tiers", "threshold", 2, 1), 1, 0, 1e12, 1e6, 0}};
  Bench bench(t);
  bench.terms(1).rebate = 0.125;
  bench.state.now.programs[2].tiers[1].threshold = 3e12;
  bench.run("record");
  const auto lever = [&](std::size_t v) {
    return from_grid(bench.cells[bench.cells.at(Desk::lever, v)]);
  };
  EXPECT_EQ(lever(0), 0);
  EXPECT_EQ(lever(1), 0.125);
  EXPECT_EQ(lever(2), 2e9);
}

}  // namespace
}  // namespace partnersim::testing
