// Notches of tiers, the finite market, list prices, and shadows that are lifted.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "support/bench.hpp"

namespace partnersim {
namespace {

using testing::Bench;
using testing::luck;
using testing::tiny_world;
using testing::TinyWorld;

// A year ahead, nothing booked yet, neutral trust, no MDF: a partner stretches to a tier with
// margin D if and only if T/(R0 L) <= 1 + x* + sqrt(2 D / k).
TEST(Notch, PartnersStretchToATierWithinTheClosedFormWindow) {
  TinyWorld t = tiny_world({.partners = 30, .vendors = 1, .links = false, .active = 1});
  for (std::size_t k = 0; k < month_order().size(); ++k) {
    if (month_order()[k]->name == "trust") t.parameters.off |= 1u << k;
  }
  t.parameters.programs[0].terms.mdf_cover = 0;
  t.parameters.programs[0].tiers = {{0, 0, 0}};
  const double margin = 0.06, k = t.parameters.effort.effort_cost;
  Bench bench(t);
  std::ranges::fill(bench.state.columns.open, 0);
  bench.run("effort");
  const std::vector<double> plain = bench.state.columns.effort;
  int tried = 0;
  for (std::size_t i = 0; i < t.world.n; ++i) {
    const double r0 = bench.state.columns.run_rate[i];
    if (bench.state.columns.stage[i] != static_cast<std::uint8_t>(Stage::active) || r0 <= 0)
      continue;
    const double edge = 12 * r0 * (1 + plain[i] + std::sqrt(2 * margin / k));
    for (const double factor : {0.999, 1.001}) {
      bench.state.now.programs[0].tiers = {{0, 0, 0}, {edge * factor, 0, margin}};
      bench.run("effort");
      const double reach = edge * factor / (12 * r0) - 1;
      EXPECT_NEAR(bench.state.columns.effort[i], factor < 1 ? reach : plain[i], 1e-9) << i;
      ++tried;
    }
  }
  EXPECT_GT(tried, 20);
}

TEST(Notch, ATierWithoutTheCertificatesTempsNobody) {
  TinyWorld t = tiny_world({.partners = 30, .vendors = 1, .links = false, .active = 1});
  t.parameters.programs[0].tiers = {{0, 0, 0}};
  Bench bench(t);
  bench.run("effort");
  const std::vector<double> plain = bench.state.columns.effort;
  bench.state.now.programs[0].tiers = {{0, 0, 0}, {1, 3, 0.5}};  // two offers, three certificates
  bench.run("effort");
  EXPECT_EQ(bench.state.columns.effort, plain);
}

// S(l) = (1 - exp(-l))/l: twice the seekers at load 0.5 find S(1)/S(0.5) each.
TEST(Saturation, FollowsTheClosedForm) {
  TinyWorld t = tiny_world({.partners = 200});
  Bench bench(t);
  bench.run("saturation", 0);
  EXPECT_NEAR(bench.state.columns.saturation[0], 1, 1e-12);
  for (double& e : bench.state.columns.attention) e *= 2;
  bench.run("saturation", 1);
  const auto found = [](double l) { return (1 - std::exp(-l)) / l; };
  EXPECT_NEAR(bench.state.columns.saturation[0], found(1.0) / found(0.5), 1e-6);
  const double meeting = from_grid(bench.cells[bench.cells.at(Scene::meeting, 0)]);
  const double there = bench.state.columns.there[0];
  EXPECT_NEAR(meeting, there * (1 - (1 - std::exp(-1.0))), 1e-6 * there);
}

TEST(Saturation, AnEndlessMarketIsAsGoodAsNone) {
  TinyWorld t = tiny_world({.partners = 60});
  t.parameters.markets[0].load = 0;
  Simulation s(t.world);
  s.check(true);
  s.start(t.parameters, luck(0));
  while (!s.done()) {
    s.advance();
    ASSERT_EQ(s.state().columns.saturation[0], 1);
  }
}

TEST(Demand, AllListPricesTogetherCostOpportunities) {
  TinyWorld t = tiny_world({.partners = 10});
  Bench bench(t);
  EXPECT_EQ(bench.state.derived.price_response[0], 1);
  for (Program& program : bench.state.now.programs) {
    for (Offer& offer : program.offers) offer.price *= 1.1;
  }
  derive_now(t.world, t.parameters, bench.state);
  EXPECT_NEAR(bench.state.derived.price_response[0], std::pow(1.1, -0.8), 1e-12);
  EXPECT_NEAR(bench.state.derived.win_logit[0], logit(0.26),
              1e-12);  // nobody is dearer than others
}

// ---- shadows

class Lifted : public ::testing::TestWithParam<Shadow> {
 protected:
  static Simulation after(int months, std::uint32_t lifted) {
    static TinyWorld t = tiny_world({.partners = 150, .months = 24});
    t.parameters.lifted = lifted;
    Simulation s(t.world);
    s.check(true);
    s.start(t.parameters, luck(0));
    for (int m = 0; m < months; ++m) s.advance();
    return s;
  }
  static std::uint32_t bit(Shadow shadow) { return 1u << static_cast<unsigned>(shadow); }
};

TEST_P(Lifted, ChangesNothingBeforeMonthZeroAndSomethingAfter) {
  const Simulation before = after(0, 0);
  const Simulation lifted = after(0, bit(GetParam()));
  EXPECT_EQ(lifted.state().columns.open, before.state().columns.open);
  EXPECT_EQ(lifted.state().columns.base, before.state().columns.base);
  EXPECT_NE(fingerprint(after(24, bit(GetParam())).state()), fingerprint(after(24, 0).state()));
}

INSTANTIATE_TEST_SUITE_P(EachShadow, Lifted,
                         ::testing::Values(Shadow::authority, Shadow::services, Shadow::information,
                                           Shadow::contact, Shadow::flexibility, Shadow::winning,
                                           Shadow::binding, Shadow::enabling, Shadow::steering,
                                           Shadow::staying),
                         [](const auto& each) {
                           return std::string(
                               kShadowRows[static_cast<std::size_t>(each.param)].name);
                         });

TEST_F(Lifted, EachDoesWhatItSaysForUsAlone) {
  const Simulation all = after(24, (1u << kShadows) - 1);
  const Columns& c = all.state().columns;
  const std::size_t n = all.state().columns.speed.size();
  EXPECT_EQ(c.help[0], 1);
  EXPECT_LT(c.help[1], 1);
  EXPECT_EQ(c.belief[0], c.cloud[0]);
  EXPECT_EQ(c.gap[1], 0);
  EXPECT_GT(c.gap[3], 0);
  std::int64_t exits = 0, vacant = all.cells()[all.cells().at(Desk::vacant, 0)];
  for (std::size_t s = 0; s < 4; ++s) {
    exits += all.cells()[all.cells().at(Head::exits, 0, s)] +
             all.cells()[all.cells().at(Head::slept, 0, s)] +
             all.cells()[all.cells().at(Head::left, 0, s)];
  }
  EXPECT_EQ(exits, 0);
  EXPECT_EQ(vacant, 0);
  for (std::size_t i = 0; i < n; ++i) {
    if (c.stage[i] != static_cast<std::uint8_t>(Stage::active)) continue;
    EXPECT_GE(c.effort[i], 0.5);
    EXPECT_NEAR(c.attention[n + i], c.cloud[0] * (c.attention[i] + c.attention[n + i]), 1e-8);
  }
}

}  // namespace
}  // namespace partnersim
