// Who needs whom, and what the strong and the dependent make of it.
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

TinyWorld dealers() {
  TinyWorld t = tiny_world({.partners = 40, .vendors = 1, .links = false, .active = 1});
  make_alike(t);
  return t;
}

TEST(Power, DependenceIsTheShareOfIncomeImportanceTheBillingsOfAYear) {
  TinyWorld t = dealers();
  Bench bench(t);
  const std::size_t n = t.world.n;
  for (std::size_t i = 0; i < n; ++i) {
    bench.c.attention[i] = 0.004 * static_cast<double>(i);
    bench.c.attention[n + i] = 0.5 - 0.45 * static_cast<double>(i % 2);
    bench.c.billed_12m[i] = static_cast<Money>(1'000'000 * i * i);
  }
  double mean = 0;
  for (const Money billed : bench.c.billed_12m)
    mean += static_cast<double>(billed) / static_cast<double>(n);
  bench.run("power", 2);
  int strong = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double ours = 0, rest = 1;
    for (std::size_t o = 0; o < 2; ++o) {
      const double e = bench.c.attention[o * n + i];
      const double match = o == 1 ? bench.c.cloud[0] : 1 - bench.c.cloud[0];
      const std::size_t deal = bench.state.derived.deal(0, 0, t.world.partners.segment[i], o);
      ours += e * (match + 0.25 * (1 - match)) * bench.c.win_seen[o * n + i] *
              (bench.state.derived.value[deal] +
               bench.c.registered[i] * bench.state.derived.value_uplift[deal]);
      rest -= e;
    }
    const double d = ours / (ours + rest * bench.state.derived.outside[0]);
    const double y = static_cast<double>(bench.c.billed_12m[i]) / mean, k = y / (y + 3);
    EXPECT_NEAR(bench.c.dependence[i], d, 1e-6);
    EXPECT_NEAR(bench.c.importance[i], k, 1e-6);
    EXPECT_NEAR(bench.c.advantage[i], 0.08 * std::max(0.0, k - d), 1e-7);
    strong += bench.c.advantage[i] > 0 ? 1 : 0;
  }
  EXPECT_GT(strong, 0);
  EXPECT_LT(strong, static_cast<int>(n));
}

TEST(Power, IsRenewedAtTheEndOfAQuarterAndNewPartnersAreNeutral) {
  TinyWorld t = dealers();
  Bench bench(t);
  std::ranges::fill(bench.c.billed_12m, 1'000'000);
  const std::vector<float> before = bench.c.importance;
  for (const int month : {0, 1, 3, 4}) bench.run("power", month);
  EXPECT_EQ(bench.c.importance, before);
  bench.c.stage[3] = static_cast<std::uint8_t>(Stage::onboarding);
  bench.relist();
  bench.run("power", 5);
  EXPECT_NEAR(bench.c.importance[0], 0.25, 1e-7);
  EXPECT_EQ(bench.c.importance[3], 0);
  EXPECT_FLOAT_EQ(bench.c.dependence[3], 0.6f);
}

TEST(Power, TheAdvantageIsPaidOnBothMargins) {
  TinyWorld t = dealers();
  terms(t).rebate = 0;
  Bench bench(t);
  std::ranges::fill(bench.c.effort, 0);
  std::ranges::fill(bench.c.booked, 0);
  std::ranges::fill(bench.c.base, 0);
  bench.c.booked[0] = 1'000'000;
  bench.c.base[0] = 12'000'000;
  bench.c.start_base[0] = 12'000'000;
  bench.run("settlement");
  const std::int64_t before = bench.sum(Line::margin, 0);
  bench.cells.clear();
  bench.c.advantage[0] = 0.05f;
  bench.run("settlement");
  // a licence of 10,000, and a twelfth of 18 % maintenance on 120,000
  EXPECT_NEAR(static_cast<double>(bench.sum(Line::margin, 0) - before), 0.05 * 1'180'000, 2);
}

// A month's exits: n (1 - exp(-r F/12)), F = exp(-stay (d - 0.6)).
TEST(Power, TheDependentStay) {
  TinyWorld t = tiny_world({.partners = 40000, .vendors = 1, .links = false, .active = 1});
  Lifecycle& p = t.parameters.lifecycle;
  p.leave_mean = 0.4;
  p.dormant_rate = p.xi_trust = p.xi_value = 0;
  t.parameters.power.stay = 2;
  Bench bench(t);
  std::ranges::fill(bench.c.leave_rate, 0.5);
  for (std::size_t i = 0; i < t.world.n; ++i) bench.c.dependence[i] = i % 2 == 0 ? 0.9f : 0.1f;
  bench.run("lifecycle");
  for (const std::size_t side : {0u, 1u}) {
    double left = 0;
    const double half = static_cast<double>(t.world.n) / 2, d = side == 0 ? 0.9 : 0.1;
    for (std::size_t i = side; i < t.world.n; i += 2) left += bench.is(i, Stage::left) ? 1 : 0;
    const double expected = half * (1 - std::exp(-0.5 / 12 * std::exp(-2 * (d - 0.6))));
    EXPECT_NEAR(left, expected, 4 * std::sqrt(expected)) << d;
  }
}

}  // namespace
}  // namespace partnersim
