// Leads the vendor passes on to partners.
#include <gtest/gtest.h>

#include <cmath>

#include "base/math.hpp"
#include "base/money.hpp"
#include "support/bench.hpp"

namespace partnersim {
namespace {

using testing::Bench;
using testing::only;
using testing::started;
using testing::sum;
using testing::terms;
using testing::tiny_world;
using testing::TinyWorld;

TinyWorld led(std::size_t partners = 40) {
  TinyWorld t = testing::dealers(partners);
  terms(t).lead_number = 1200;
  return t;
}

double sum_of(const std::vector<float>& parts) {
  double all = 0;
  for (const float part : parts) all += static_cast<double>(part);
  return all;
}

TEST(Leads, AllOfAMonthArriveAndEachIsPaid) {
  TinyWorld t = led();
  Bench bench(t);
  bench.c.demand[0] = 0.75;
  bench.run("leads");
  EXPECT_NEAR(sum_of(bench.c.leads), 75, 1e-4);
  EXPECT_NEAR(static_cast<double>(bench.sum(Head::lead_cost)), 75 * 600 * 100, 1);
}

// A Poisson of number/12 quality (1 - exp(-3 e)) opportunities a month; partners find none.
TEST(Leads, AYearBringsItsNumberTimesQualityTimesWhatIsFollowedUp) {
  TinyWorld t = led();
  t.parameters.markets[0].accept = 1;
  for (Segment& segment : t.parameters.segments) segment.opportunities = 0;
  Bench bench(t);
  for (const double attention : {1.0, 0.4}) {
    std::ranges::fill(bench.c.attention, attention / 2);
    std::ranges::fill(bench.c.follow_up, 1.0f);
    std::int64_t arrived = 0;
    for (int month = 0; month < 240; ++month) {
      bench.c.demand[0] = 1;
      bench.run("leads", month);
      bench.run("demand", month);
    }
    for (std::uint32_t o = 0; o < 2; ++o) arrived += bench.sum(Line::opportunities, o);
    bench.cells.clear();
    const double expected = 20 * 1200 * 0.2 * (1 - std::exp(-3 * attention));
    EXPECT_NEAR(static_cast<double>(arrived), expected, 4 * std::sqrt(expected)) << attention;
  }
}

TEST(Leads, AHigherTierIsGivenMore) {
  TinyWorld t = led(30);
  Bench bench(t);
  for (std::size_t i = 0; i < t.world.n; ++i) bench.c.tier[i] = static_cast<std::uint8_t>(i % 3);
  bench.run("leads");
  for (std::size_t i = 0; i + 2 < t.world.n; i += 3) {
    EXPECT_NEAR(bench.c.leads[i + 1], 2 * bench.c.leads[i], 1e-5);
    EXPECT_NEAR(bench.c.leads[i + 2], 3 * bench.c.leads[i], 1e-5);
  }
}

// f' = f + (phi - f)/12 from 1, so f = phi + (1 - phi) (11/12)^t.
TEST(Leads, WhoLetsThemLieIsGivenFewer) {
  TinyWorld t = led();
  Bench bench(t);
  const auto attention = [](std::size_t i) { return i % 2 == 0 ? 0.9 : 0.04; };
  for (std::size_t row = 0; row < 2 * t.world.n; ++row)
    bench.c.attention[row] = attention(row % t.world.n) / 2;
  const auto followed = [&](std::size_t i, int months) {
    const double phi = 1 - std::exp(-3 * attention(i));
    return phi + (1 - phi) * std::pow(11.0 / 12, months);
  };
  for (int month = 0; month < 24; ++month) {
    bench.run("leads", month);
    EXPECT_NEAR(sum_of(bench.c.leads), bench.c.demand[0] * 100, 1e-3);
    EXPECT_NEAR(bench.c.leads[1] / bench.c.leads[0], followed(1, month) / followed(0, month), 1e-5);
  }
  EXPECT_LT(bench.c.leads[1], 0.5 * bench.c.leads[0]);
}

TEST(Leads, WithoutAnyNothingHappens) {
  TinyWorld t = led();
  terms(t).lead_number = 0;
  Bench bench(t);
  bench.run("leads");
  EXPECT_EQ(sum_of(bench.c.leads), 0);
  EXPECT_EQ(sum_of(bench.c.led), 0);
  EXPECT_EQ(bench.sum(Head::lead_cost), 0);
  for (const float f : bench.c.follow_up) EXPECT_EQ(f, 1);
}

// The share of open opportunities that came from leads moves by the share decided in a month.
TEST(Leads, AreCreditedWithWhatTheyBring) {
  TinyWorld t = led();
  Bench bench(t);
  std::ranges::fill(bench.c.effort, 0);
  bench.run("leads");
  const double decided =
      0.5 * (bench.state.derived.close_monthly[0] + bench.state.derived.close_monthly[1]);
  for (std::size_t i = 0; i < t.world.n; ++i) {
    const double own = t.parameters.segments[0].opportunities / 12 * bench.c.demand[0] *
                       (1 - 0.1 * (1 - bench.c.registered[i]));
    const double from = static_cast<double>(bench.c.led[i]);
    EXPECT_NEAR(bench.c.from_leads[i], decided * from / (from + own), 1e-6);
  }
  bench.run("closing", 1);
  for (std::uint32_t o = 0; o < 2; ++o) {
    const std::int64_t booked = bench.sum(Line::bookings, o);
    ASSERT_GT(booked, 0);
    double expected = 0;
    for (std::size_t i = 0; i < t.world.n; ++i)
      expected += static_cast<double>(bench.c.booked[o * t.world.n + i]) *
                  static_cast<double>(bench.c.from_leads[i]);
    EXPECT_NEAR(static_cast<double>(bench.sum(Line::lead_bookings, o)), expected, 40);
  }
}

TEST(Leads, RaiseTrust) {
  TinyWorld t = led();
  t.parameters.trust.spread = t.parameters.trust.surprise = 0;
  t.parameters.trust.up = t.parameters.trust.down = 1;
  only(t.parameters, {"trust"});
  Bench bench(t);
  const double before = bench.c.trust[0];
  std::ranges::fill(bench.c.leads, 0.75f);
  bench.run("trust");
  EXPECT_NEAR(bench.c.trust[0] - before, 0.05 * 0.75, 1e-9);
}

}  // namespace
}  // namespace partnersim
