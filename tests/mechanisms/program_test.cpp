// Terms of real programs: scores, rises within a period, slow demotion, fees, admission, rebates
// for growth and attach.
#include <gtest/gtest.h>

#include <cmath>

#include "base/math.hpp"
#include "base/money.hpp"
#include "support/bench.hpp"

namespace partnersim {
namespace {

using testing::Bench;
using testing::make_alike;
using testing::terms;
using testing::tiny_world;
using testing::TinyWorld;

TinyWorld members(std::size_t partners = 60, std::size_t offers = 2) {
  return tiny_world(
      {.partners = partners, .vendors = 1, .offers = offers, .links = false, .active = 1});
}

/// Bookings and certificates over the whole field, 60 combinations.
void spread_out(Bench& bench) {
  for (std::size_t i = 0; i < bench.n; ++i) {
    bench.c.bookings[i] = static_cast<Money>(i / 3) * 37'003'00;
    bench.c.certified[i] = i % 3 > 0;
    bench.c.certified[bench.n + i] = i % 3 > 1;
  }
}

// bar <= w min(1, bookings/threshold) + (1 - w) min(1, certified/asked), both above zero.
TEST(Score, AddsUpBookingsAndCertificatesEachUpToItsPart) {
  for (const auto& [bar, weight] : {std::pair{0.7, 0.6}, {0.4, 0.5}, {0.95, 0.3}, {1.0, 0.5}}) {
    TinyWorld t = members();
    terms(t).score_bar = bar;
    terms(t).score_bookings = weight;
    Bench bench(t);
    spread_out(bench);
    const std::vector<Money> bookings = bench.c.bookings;
    bench.run("review", 11);
    std::array<int, 3> reached{};
    for (std::size_t i = 0; i < bench.n; ++i) {
      const double booked = static_cast<double>(bookings[i]) / kMinorPerMajor;
      const double certified = static_cast<double>(i % 3);
      const auto meets = [&, weight = weight, bar = bar](double threshold, double asked) {
        return booked > 0 && certified > 0 &&
               weight * std::min(1.0, booked / threshold) +
                       (1 - weight) * std::min(1.0, certified / asked) >=
                   bar;
      };
      const int tier = meets(600000, 2) ? 2 : meets(150000, 1) ? 1 : 0;
      EXPECT_EQ(bench.c.tier[i], tier) << bar << ' ' << booked << ' ' << certified;
      ++reached[static_cast<std::size_t>(tier)];
    }
    for (const int count : reached) EXPECT_GT(count, 0);
  }
}

TEST(Score, WithoutOneATierAsksForBothOfItsDemands) {
  TinyWorld t = members();
  terms(t).score_bookings = 0.9;
  Bench bench(t);
  spread_out(bench);
  const std::vector<Money> bookings = bench.c.bookings;
  bench.run("review", 11);
  for (std::size_t i = 0; i < bench.n; ++i) {
    const double booked = static_cast<double>(bookings[i]) / kMinorPerMajor;
    const int tier = booked >= 600000 && i % 3 == 2 ? 2 : booked >= 150000 && i % 3 > 0 ? 1 : 0;
    EXPECT_EQ(bench.c.tier[i], tier) << booked << ' ' << i % 3;
  }
}

// A year ahead at R0 a month: the effort that just reaches the bookings which a score still asks.
TEST(Score, PartnersStretchToTheBookingsItAsksFor) {
  TinyWorld t = members(30);
  terms(t).score_bar = 0.8;
  terms(t).mdf_cover = 0;
  t.parameters.programs[0].tiers = {{0, 0, 0}};
  Bench bench(t);
  std::ranges::fill(bench.c.open, 0);
  std::ranges::fill(bench.c.certified, 1);
  bench.run("effort");
  const std::vector<double> plain = bench.c.effort;
  int stretched = 0;
  for (std::size_t i = 0; i < bench.n; ++i) {
    if (bench.c.run_rate[i] <= 0) continue;
    // 0.8 = share/2 + 1/2 asks for 60 % of the threshold of a fully certified partner
    const double asked = 12 * bench.c.run_rate[i] * (1 + plain[i]) * 1.02;
    bench.state.now.programs[0].tiers = {{0, 0, 0}, {asked / 0.6, 2, 0.06}};
    bench.derive();
    bench.run("effort");
    EXPECT_NEAR(bench.c.effort[i], asked / (12 * bench.c.run_rate[i]) - 1, 1e-9) << i;
    ++stretched;
  }
  EXPECT_GT(stretched, 20);
}

TEST(Promotion, LiftsWithinThePeriodAndKeepsTheBookings) {
  TinyWorld t = members(3);
  terms(t).promotion_months = 3;
  Bench bench(t);
  bench.c.bookings = {700'000'00, 0, 700'000'00};
  bench.c.tier = {0, 2, 0};
  bench.c.certified = {1, 1, 1, 1, 1, 0};
  const auto tiers = [&](int month) {
    bench.run("review", month);
    return std::vector<int>(bench.c.tier.begin(), bench.c.tier.end());
  };
  EXPECT_EQ(tiers(1), (std::vector{0, 2, 0}));
  EXPECT_EQ(tiers(2), (std::vector{2, 2, 1}));
  EXPECT_EQ(bench.c.bookings[0], 700'000'00);
  EXPECT_EQ(tiers(11), (std::vector{2, 0, 1}));
  EXPECT_EQ(bench.c.bookings[0], 0);
}

TEST(Promotion, AsLongAsThePeriodComesAtTheReviewOnly) {
  TinyWorld t = members(3);
  Bench bench(t);
  bench.c.bookings = {700'000'00, 700'000'00, 700'000'00};
  bench.c.tier = {0, 0, 0};
  std::ranges::fill(bench.c.certified, 1);
  for (int month = 0; month < 11; ++month) {
    bench.run("review", month);
    EXPECT_EQ(bench.c.tier[0], 0) << month;
  }
  bench.run("review", 11);
  EXPECT_EQ(bench.c.tier[0], 2);
}

TEST(Demotion, GoesNoFurtherThanItsSteps) {
  for (const auto& [steps, first, second] : {std::tuple{0, 2, 2}, {1, 1, 0}, {2, 0, 0}}) {
    TinyWorld t = members(3);
    terms(t).demotion_steps = steps;
    Bench bench(t);
    std::ranges::fill(bench.c.tier, 2);
    std::ranges::fill(bench.c.bookings, 0);
    bench.run("review", 11);
    EXPECT_EQ(bench.c.tier[0], first) << steps;
    bench.run("review", 23);
    EXPECT_EQ(bench.c.tier[0], second) << steps;
  }
}

/// Prospects of size 1 and 20 in turn, whose offers are worth twice what else they could do.
TinyWorld applicants() {
  TinyWorld t =
      tiny_world({.partners = 40000, .vendors = 1, .months = 12, .links = false, .active = 0});
  make_alike(t);
  for (std::size_t i = 1; i < t.world.n; i += 2) t.world.partners.size[i] = 20;
  t.parameters.lifecycle.join_p = 0.5;
  t.parameters.lifecycle.beta_join = 2;
  return t;
}

struct Joined {
  std::array<double, 2> of{};  // small, large
  std::int64_t fees = 0, profit = 0;
};
Joined joined(TinyWorld& t, Stage from = Stage::prospect) {
  Bench bench(t);
  bench.stage_all(from);
  std::ranges::fill(bench.c.outreach, 0);
  bench.run("lifecycle");
  Joined result;
  for (std::size_t i = 0; i < bench.n; ++i)
    result.of[i % 2] += bench.is(i, Stage::onboarding) ? 1 : 0;
  result.fees = bench.sum(Head::entry_fees);
  result.profit = bench.sum(Line::partner_profit, 0);
  return result;
}

TEST(EntryFee, DetersSmallPartnersMoreThanLargeOnesAndIsBooked) {
  TinyWorld t = applicants();
  const Joined open = joined(t);
  terms(t).entry_fee = 5000;
  const Joined paid = joined(t);
  EXPECT_LT(paid.of[0], 0.9 * open.of[0]);
  EXPECT_GT(paid.of[1], 0.98 * open.of[1]);
  EXPECT_LE(paid.of[1], open.of[1]);
  const auto fees = static_cast<std::int64_t>(5000 * 100 * (paid.of[0] + paid.of[1]));
  EXPECT_EQ(paid.fees, fees);
  EXPECT_EQ(paid.profit, -fees);
  EXPECT_EQ(open.fees, 0);
}

// With a pull of rel that is known: J = beta_join clamp((value - fee/year)/other - 1, -1, 1).
TEST(EntryFee, IsSpreadOverTheOpportunitiesOfTheFirstYear) {
  TinyWorld t = applicants();
  terms(t).entry_fee = 5000;
  const Joined paid = joined(t);
  Bench bench(t);
  const double year = t.parameters.segments[0].opportunities * t.parameters.lifecycle.launch_share;
  double value = 0;
  for (std::size_t o = 0; o < 2; ++o) {
    const double match = o == 1 ? 0.35 : 0.65;
    const double worth = bench.state.derived.value[bench.state.derived.deal(0, 0, 0, o)] +
                         bench.c.registered[0] *
                             bench.state.derived.value_uplift[bench.state.derived.deal(0, 0, 0, o)];
    value = std::max(value, (match + 0.25 * (1 - match)) * bench.c.win_seen[o * bench.n] * worth);
  }
  for (const std::size_t large : {0u, 1u}) {
    const double fee = 5000 / (year * (large == 1 ? 20 : 1));
    const double rel = clamp((value - fee) / bench.state.derived.outside[0] - 1, -1, 1);
    const double rate = 0.5 * 2 * logistic(2 * rel), p = 1 - std::exp(-rate / 12);
    const double half = static_cast<double>(bench.n) / 2;
    EXPECT_NEAR(paid.of[large], half * p, 4 * std::sqrt(half * p * (1 - p))) << large;
  }
}

TEST(Admission, TakesItsShareOfApplicantsAndOfThoseWhoComeBack) {
  TinyWorld t = applicants();
  t.parameters.lifecycle.winback_rate = 0.5;
  for (const Stage from : {Stage::prospect, Stage::left}) {
    std::array<double, 3> count{};
    for (std::size_t k = 0; k < 3; ++k) {
      terms(t).admission = 0.5 * static_cast<double>(k);
      const Joined some = joined(t, from);
      count[k] = some.of[0] + some.of[1];
    }
    EXPECT_EQ(count[0], 0);
    EXPECT_GT(count[2], 1000);
    const auto n = static_cast<double>(t.world.n);
    const double half = n * (1 - std::sqrt(1 - count[2] / n));  // half the intensity
    EXPECT_NEAR(count[1], half, 4 * std::sqrt(count[2])) << static_cast<int>(from);
  }
}

// ---- rebates for growth and attach

TEST(ExtraRebate, OfGrowthIsPaidOnThePartThatGrew) {
  TinyWorld t = members(4);
  terms(t).growth_rebate = 0.04;
  Bench bench(t);
  // at the end of month 14 the running quarter is the fifth, the year before the first
  const std::size_t now = 4, before = 0;
  const std::array<Money, 4> then{80'000, 100'000, 120'000, 0};
  for (std::size_t i = 0; i < 4; ++i) {
    bench.c.billed[now * 4 + i] = 100'000;
    bench.c.billed[before * 4 + i] = then[i];
  }
  bench.run("review", 13);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(bench.c.extra_rebate[i], 0);
  bench.run("review", 14);
  EXPECT_NEAR(bench.c.extra_rebate[0], 0.04 * 0.2, 1e-8);
  EXPECT_EQ(bench.c.extra_rebate[1], 0);
  EXPECT_EQ(bench.c.extra_rebate[2], 0);
  EXPECT_EQ(bench.c.extra_rebate[3], 0);  // it did not sell a year before
}

TEST(ExtraRebate, OfAttachGrowsWithTheFurtherOffersSold) {
  TinyWorld t = members(4, 3);
  terms(t).attach_rebate = 0.03;
  Bench bench(t);
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t o = 0; o < 3; ++o) bench.c.contracts[o * 4 + i] = o < i ? 5 : 0;
  }
  bench.run("review", 2);
  for (const auto& [i, rebate] : {std::pair{0u, 0.0}, {1u, 0.0}, {2u, 0.015}, {3u, 0.03}})
    EXPECT_NEAR(bench.c.extra_rebate[i], rebate, 1e-8) << i;
}

TEST(ExtraRebate, IsPaidOnWhatTheCustomerPays) {
  TinyWorld t = members(4);
  terms(t).pass_through = 0;
  Bench bench(t);
  for (auto* values : {&bench.c.booked, &bench.c.base}) std::ranges::fill(*values, 0);
  std::ranges::fill(bench.c.effort, 0);
  bench.c.booked[0] = 1'000'000;
  bench.c.extra_rebate[0] = 0.05f;
  bench.run("settlement");
  EXPECT_EQ(bench.sum(Line::rebate, 0), 40'000 + 50'000);
  EXPECT_EQ(bench.c.rebate_due[0], 90'000);
}

}  // namespace
}  // namespace partnersim
