// The vendor bills a share of its partners' renewals itself (direct.renewals).
#include <gtest/gtest.h>

#include "base/math.hpp"
#include "base/money.hpp"
#include "support/bench.hpp"

namespace partnersim::testing {
namespace {

/// For three years, without a rebate.
TinyWorld billed(std::size_t partners = 4) {
  TinyWorld t = dealers(partners, 36);
  terms(t).rebate = 0;
  return t;
}

/// Nobody has sold anything but partner 0: a base of 120,000 of each offer, old or of this month.
void sell(Bench& bench, bool old) {
  std::ranges::fill(bench.c.booked, 0);
  std::ranges::fill(bench.c.base, 0);
  std::ranges::fill(bench.c.sold, 0);
  std::ranges::fill(bench.c.start_base, 0);
  std::ranges::fill(bench.c.effort, 0);
  std::ranges::fill(bench.c.advantage, 0.0f);
  for (const std::size_t row : {std::size_t{0}, bench.n}) {
    bench.c.base[row] = 12'000'000;
    (old ? bench.c.start_base : bench.c.sold)[row] = 12'000'000;
    bench.c.kept[row] = 1;
  }
}

// A month of 120,000 a year of subscriptions, and of 18 % maintenance on licences of 120,000.
TEST(Renewals, AThirdOfOldContractsIsBilledDirectly) {
  TinyWorld t = billed();
  terms(t).direct_renewals = 1.0 / 3;
  Bench bench(t);
  sell(bench, true);
  bench.run("settlement");
  for (const std::uint32_t o : {0u, 1u}) {
    const double fee = o == 0 ? 180'000 : 1'000'000;
    const Offer& terms_now = bench.state.now.programs[0].offers[o];
    const auto leg = [&](Line line) { return static_cast<double>(bench.sum(line, o)); };
    EXPECT_NEAR(leg(Line::direct), fee / 3, 1);
    EXPECT_NEAR(leg(Line::list), fee * 2 / 3, 1);
    EXPECT_NEAR(leg(Line::margin), fee * 2 / 3 * terms_now.margin_recurring, 1);
    EXPECT_NEAR(leg(Line::cost_of_goods), fee * terms_now.cost_of_goods, 1);
    const double services = t.parameters.segments[0].services * terms_now.operate * 1'000'000;
    EXPECT_NEAR(leg(Line::partner_services) + leg(Line::services_lost), services, 2);
  }
}

TEST(Renewals, WhatWasSoldWithinAYearIsNoRenewal) {
  TinyWorld t = billed();
  terms(t).direct_renewals = 1;
  Bench bench(t);
  sell(bench, false);
  bench.c.booked[0] = 5'000'000;  // a licence, billed at once
  bench.run("settlement");
  EXPECT_EQ(bench.sum(Line::direct, 0) + bench.sum(Line::direct, 1), 0);
  EXPECT_EQ(bench.sum(Line::list, 0), 5'000'000 + 180'000);
  EXPECT_EQ(bench.sum(Line::list, 1), 1'000'000);
}

// A(y) = (1 - exp(-(r + h) y))/(r + h): a third less of the recurring margin after the first year.
TEST(Renewals, AreMissingInWhatADealIsWorth) {
  TinyWorld t = billed();
  Bench bench(t);
  const Derived before = bench.state.derived;
  bench.terms().direct_renewals = 1.0 / 3;
  bench.derive();
  for (const std::size_t j : {0u, 1u}) {
    const Offer& offer = t.parameters.programs[0].offers[j];
    const std::size_t deal = before.deal(0, 0, 0, j);
    const double rate = t.parameters.choice.discount_rate + offer.churn;
    const double later = (exp(-rate) - exp(-rate * offer.share_term)) / rate;
    const double yearly = before.price[deal] * (j == 0 ? offer.maintenance : 1);
    EXPECT_NEAR(before.value[deal] - bench.state.derived.value[deal],
                yearly * offer.margin_recurring * later / 3, 1e-9 * before.value[deal]);
    EXPECT_NEAR(before.value_margin[deal] - bench.state.derived.value_margin[deal],
                yearly * later / 3, 1e-9 * before.value_margin[deal]);
  }
}

TEST(Renewals, AreFeltAsConflict) {
  const auto trust = [](double renewals) {
    TinyWorld t = billed();
    terms(t).direct_renewals = renewals;
    t.parameters.trust.spread = 0;
    t.parameters.trust.down = 1;
    Bench bench(t);
    std::ranges::fill(bench.c.margin_used_to, 0);  // nothing surprises
    std::ranges::fill(bench.c.registered, 0.5);
    bench.c.trust[0] = 1;
    bench.run("trust");
    return bench.c.trust[0];
  };
  EXPECT_NEAR(trust(0) - trust(0.5), 0.5 * billed().parameters.trust.conflict, 1e-8);
}

// The same customers pay the same, whoever bills them, in every month of three years.
TEST(Renewals, OnlyChangeWhoBills) {
  TinyWorld before = billed(40);
  only(before.parameters, {"events", "demand", "closing", "base", "direct"});
  terms(before).direct_reach = terms(before).direct_share = 0;
  TinyWorld after = before;  // from month 3 on, so that the start is the same
  const Address renewals = address_of("vendor", "direct.renewals");
  after.world.changes = {{3, 1 << 20, 1, {{renewals, Write::Op::set, 0.4}}, {}}};
  Simulation without = started(before), with = started(after);
  for (int month = 0; month < 36; ++month) {
    without.advance();
    with.advance();
    const std::int64_t all = sum(without, before.world, Line::list);
    const std::int64_t direct = sum(with, after.world, Line::direct);
    EXPECT_EQ(sum(without, before.world, Line::direct), 0);
    EXPECT_EQ(sum(with, after.world, Line::list) + direct, all) << month;
    EXPECT_EQ(direct > all / 100, month >= 3) << month;
  }
}

TEST(Renewals, StayWithPartnersWhereOwnSalesAreOff) {
  TinyWorld t = billed();
  terms(t).direct_renewals = 1;
  only(t.parameters, {});
  Simulation s = started(t, 1);
  EXPECT_EQ(sum(s, t.world, Line::direct), 0);
  EXPECT_GT(sum(s, t.world, Line::list), 0);
}

}  // namespace
}  // namespace partnersim::testing
