// Single partners and distributors leave the market or are bought.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/drive.hpp"

namespace partnersim {
namespace {

using testing::only;
using testing::started;
using testing::sum;
using testing::tiny_world;
using testing::TinyWorld;

constexpr int kEver = 1 << 20;

/// Everybody is active with both vendors. Behind the partners stand two distributors: `n` supplies
/// the even partners, `n + 1` every fourth.
TinyWorld two_tiers(int months = 24) {
  TinyWorld t = tiny_world({.partners = 40, .vendors = 2, .months = months, .active = 1});
  World& w = t.world;
  w.segments.push_back({"DIST", true});
  t.parameters.segments.push_back(t.parameters.segments[0]);
  w.segment_begin.push_back(static_cast<std::uint32_t>(w.n + 2));
  PartnerTable& p = w.partners;
  p.count = w.n + 2;
  std::vector<Link> links;
  for (std::uint32_t i = 0; i < w.n; ++i) {
    const auto n = static_cast<std::uint32_t>(w.n);
    if (i % 2 == 0) links.push_back({LinkKind::distribution, i, n});
    if (i % 4 == 0) links.push_back({LinkKind::distribution, i, n + 1});
  }
  w.graph = make_graph(p.count, links);
  for (std::size_t k = w.n; k < p.count; ++k) {
    p.id.push_back("D" + std::to_string(k));
    p.key.push_back(entity_key("partner", p.id.back()));
    p.segment.push_back(4);
    p.market.push_back(0);
    p.size.push_back(1);
    p.user_row.push_back(static_cast<std::uint32_t>(k));
    p.name.push_back(p.id.back());
    p.region.emplace_back();
  }
  p.start_stage.assign(2 * p.count, Stage::active);
  p.start_tier.assign(2 * p.count, 0);
  p.start_billed.assign(2 * p.count, -1);
  return t;
}

Change in_month(int from) {
  return {from, kEver, 1, {}, {}};
}

bool is(const Simulation& s, const World& w, std::size_t v, std::size_t i, Stage stage) {
  return s.state().columns.stage[v * w.n + i] == static_cast<std::uint8_t>(stage);
}

std::int64_t contracts(const Simulation& s, const World& w, std::size_t v, std::size_t i) {
  std::int64_t all = 0;
  for (std::size_t o = 0; o < w.offers.size(); ++o) {
    if (w.offers[o].vendor == v) all += s.state().columns.contracts[o * w.n + i];
  }
  return all;
}

TEST(Departure, WhoLeavesTheMarketLeavesAllVendorsAndNeverComesBack) {
  TinyWorld t = two_tiers(240);
  t.parameters.lifecycle.winback_rate = 12;
  t.parameters.lifecycle.leave_mean = 1e-6;
  t.world.changes = {in_month(3)};
  t.world.changes[0].leaving = {5};
  Simulation s = started(t, 3);
  EXPECT_TRUE(is(s, t.world, 0, 5, Stage::active) && is(s, t.world, 1, 5, Stage::active));
  testing::advance(s, 1);
  EXPECT_EQ(sum(s, t.world, Head::exits, 0) + sum(s, t.world, Head::exits, 1), 2);
  while (!s.done()) {
    EXPECT_TRUE(is(s, t.world, 0, 5, Stage::left) && is(s, t.world, 1, 5, Stage::left));
    s.advance();
  }
}

TEST(Departure, TakesTheRestOfItsFateFromNobodyElse) {
  TinyWorld t = two_tiers();
  only(t.parameters, {"departure", "lifecycle"});
  const Simulation without = started(t, 12);
  t.world.changes = {in_month(3)};
  t.world.changes[0].leaving = {5};
  const Simulation with = started(t, 12);
  for (std::size_t i = 0; i < t.world.n; ++i) {
    if (i == 5) continue;
    EXPECT_EQ(with.state().columns.stage[i], without.state().columns.stage[i]) << i;
    EXPECT_EQ(contracts(with, t.world, 0, i), contracts(without, t.world, 0, i)) << i;
  }
}

/// After month 0, in which `change` happens to partners with 1000 contracts of each offer.
Simulation after_month_0(TinyWorld& t, const Change& change) {
  only(t.parameters, {"departure"});
  t.parameters.lifecycle.follows_partner = 0.35;
  for (Program& program : t.parameters.programs) {
    for (Offer& offer : program.offers) offer.churn = 0;
  }
  t.parameters.base.migration = 0;
  t.world.changes = {change};
  Simulation s(t.world);
  testing::start_from(s, t, 0, [](Columns& c) {
    std::ranges::fill(c.contracts, 1000);
    std::ranges::fill(c.base, 1000 * 10'000'00);
  });
  s.advance();
  return s;
}

constexpr double kFourErrors = 4 * 21.4;  // of Binomial(2000, 0.35)

TEST(Departure, CustomersOfWhoLeavesTheMarketFollowToNoRival) {
  TinyWorld t = two_tiers();
  Change change = in_month(0);
  change.leaving = {6};
  const Simulation s = after_month_0(t, change);
  for (const std::size_t v : {0u, 1u}) {
    EXPECT_NEAR(static_cast<double>(contracts(s, t.world, v, 6)), 0.65 * 2000, kFourErrors);
  }
}

TEST(Departure, CustomersFollowWhoIsBoughtToTheBuyer) {
  TinyWorld t = two_tiers();
  t.world.partners.start_stage[t.world.partners.count + 6] = Stage::prospect;
  Change change = in_month(0);
  change.acquisitions = {{6, 1}};
  const Simulation s = after_month_0(t, change);
  EXPECT_TRUE(is(s, t.world, 0, 6, Stage::left));
  EXPECT_TRUE(is(s, t.world, 1, 6, Stage::active));
  EXPECT_EQ(sum(s, t.world, Head::exits, 0), 1);
  EXPECT_EQ(sum(s, t.world, Head::joined, 1), 1);
  EXPECT_EQ(sum(s, t.world, Head::activated, 1), 1);
  const auto ours = contracts(s, t.world, 0, 6);
  EXPECT_NEAR(static_cast<double>(ours), 0.65 * 2000, kFourErrors);
  EXPECT_GE(contracts(s, t.world, 1, 6), 2000 + 2000 - ours);  // and what it won itself
}

TEST(Departure, WhoIsBoughtStaysWithTheBuyerAlone) {
  TinyWorld t = two_tiers(240);
  t.parameters.lifecycle.leave_mean = 0.5;
  t.parameters.lifecycle.dormant_rate = 2;
  t.parameters.lifecycle.winback_rate = 12;
  t.world.changes = {in_month(2)};
  t.world.changes[0].acquisitions = {{6, 1}, {9, 0}};
  Simulation s = started(t, 3);
  while (!s.done()) {
    EXPECT_TRUE(is(s, t.world, 1, 6, Stage::active) && is(s, t.world, 0, 6, Stage::left));
    EXPECT_TRUE(is(s, t.world, 0, 9, Stage::active) && is(s, t.world, 1, 9, Stage::left));
    s.advance();
  }
}

TEST(Departure, WhatHappensFirstIsFinal) {
  TinyWorld t = two_tiers();
  t.world.changes = {in_month(2), in_month(1)};
  t.world.changes[0].leaving = {6};
  t.world.changes[1].acquisitions = {{6, 1}};
  const Simulation s = started(t, 4);
  EXPECT_TRUE(is(s, t.world, 1, 6, Stage::active));
}

TEST(Departure, ADistributorThatLeavesOrIsBoughtSuppliesNobodyElse) {
  TinyWorld t = two_tiers();
  const auto n = static_cast<std::uint32_t>(t.world.n);
  const auto supplied = [&](const Simulation& s, std::size_t v) {
    std::vector<int> who;
    for (std::uint32_t i = 0; i < 4; ++i) {
      who.push_back(has_distributor(t.world, s.state().columns, v, i) ? 1 : 0);
    }
    return who;
  };
  EXPECT_EQ(supplied(started(t, 2), 0), (std::vector{1, 0, 1, 0}));
  t.world.changes = {in_month(1)};
  t.world.changes[0].leaving = {n};
  EXPECT_EQ(supplied(started(t, 1), 0), (std::vector{1, 0, 1, 0}));
  EXPECT_EQ(supplied(started(t, 2), 0), (std::vector{1, 0, 0, 0}));  // 0 has another one
  t.world.changes[0].leaving.clear();
  t.world.changes[0].acquisitions = {{n, 1}};
  EXPECT_EQ(supplied(started(t, 2), 0), (std::vector{1, 0, 0, 0}));
  EXPECT_EQ(supplied(started(t, 2), 1), (std::vector{1, 0, 1, 0}));
}

TEST(Departure, WithoutADistributorNobodyPaysOne) {
  TinyWorld t = two_tiers();
  const auto n = static_cast<std::uint32_t>(t.world.n);
  t.world.changes = {in_month(2)};
  t.world.changes[0].leaving = {n, n + 1};
  Simulation s = started(t, 2);
  EXPECT_GT(sum(s, t.world, Line::distributor), 0);
  s.advance();
  EXPECT_EQ(sum(s, t.world, Line::distributor), 0);
  EXPECT_GT(sum(s, t.world, Line::customer), 0);
}

TEST(Departure, TerminationSparesThoseItExceptsAndThoseTheVendorOwns) {
  TinyWorld t = two_tiers();
  only(t.parameters, {"departure", "termination"});
  t.world.changes = {in_month(1), in_month(2)};
  t.world.changes[0].acquisitions = {{9, 0}};
  t.world.changes[1].terminations = {{100'000'000'000'00, {3, 7}}};
  const Simulation s = started(t, 3);
  for (std::size_t i = 0; i < t.world.n; ++i) {
    EXPECT_EQ(is(s, t.world, 0, i, Stage::active), i == 3 || i == 7 || i == 9) << i;
  }
}

}  // namespace
}  // namespace partnersim
