// Single mechanisms against formulas written down independently, others off or held still.
#include <gtest/gtest.h>

#include <cmath>

#include "base/math.hpp"
#include "mechanisms/contracts.hpp"
#include "support/drive.hpp"

namespace partnersim {
namespace {

using testing::luck;
using testing::sum;
using testing::tiny_world;
using testing::TinyWorld;

void switch_off(Parameters& parameters, std::initializer_list<std::string_view> names) {
  for (std::size_t k = 0; k < month_order().size(); ++k) {
    for (const std::string_view name : names) {
      if (month_order()[k]->name == name) parameters.off |= 1u << k;
    }
  }
}

/// What vendors and partners do to each other through people; neutral where it is off.
void switch_off_people(Parameters& parameters) {
  switch_off(parameters,
             {"sensing", "managers", "enablement", "registration", "specialists", "trust"});
}

// Var z = sigma^2 (1 - phi^(2t)) / (1 - phi^2), and E[D] is the planned path.
TEST(Market, ShocksHaveTheirVarianceAndDemandItsMean) {
  TinyWorld t = tiny_world({.partners = 1, .months = 24});
  Market& market = t.parameters.markets[0];
  market.growth = 0.1;
  market.volatility = 0.1;
  for (double& factor : market.season) factor = 1;
  double squares = 0, demand = 0, demand_squares = 0;
  constexpr int kRuns = 4000;
  Simulation s(t.world);
  for (int r = 0; r < kRuns; ++r) {
    s.start(t.parameters, luck(static_cast<std::uint64_t>(r)));
    while (!s.done()) s.advance();
    squares += std::pow(s.state().columns.shock[0], 2) / kRuns;
    demand += s.state().columns.demand[0] / kRuns;
    demand_squares += std::pow(s.state().columns.demand[0], 2) / kRuns;
  }
  const double variance = 0.01 * (1 - std::pow(0.85, 48)) / (1 - 0.85 * 0.85);
  EXPECT_NEAR(squares, variance, 4 * variance * std::sqrt(2.0 / kRuns));
  const double error = std::sqrt((demand_squares - demand * demand) / kRuns);
  EXPECT_NEAR(demand, std::exp(0.1 * 23 / 12), 4 * error);
  EXPECT_NEAR(s.state().columns.shock_variance[0], variance, 1e-12);
}

TEST(Market, CloudPreferenceIsTheBassRecursion) {
  TinyWorld t = tiny_world({.partners = 1, .months = 48});
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  while (!s.done()) s.advance();
  double c = 0.35;
  for (int month = 1; month < 48; ++month) c += (1 - c) * (1 - std::exp(-(0.02 + 0.4 * c) / 12));
  EXPECT_NEAR(s.state().columns.cloud[0], c, 1e-12);
}

// Constant probability of leaving, nobody falls quiet or comes back: (1 - theta)^years stay.
TEST(Lifecycle, LeavingAtAConstantRate) {
  TinyWorld t = tiny_world({.partners = 20000, .months = 36, .links = false, .active = 1});
  switch_off_people(t.parameters);
  Lifecycle& p = t.parameters.lifecycle;
  p.leave_mean = 0.2;
  p.leave_concentration = 1000;  // nearly everybody the same
  p.dormant_rate = p.winback_rate = p.xi_value = 0;
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  while (!s.done()) s.advance();
  const double expected = std::pow(0.8, 3), n = static_cast<double>(t.world.n);
  const double stay = static_cast<double>(sum(s, t.world, Head::active)) / n;
  EXPECT_NEAR(stay, expected, 4 * std::sqrt(expected * (1 - expected) / n));
}

// Beta-mixed probabilities: the shifted beta-geometric retention curve, B(a, b + years)/B(a, b).
TEST(Lifecycle, MixedLeavingIsShiftedBetaGeometric) {
  TinyWorld t = tiny_world({.partners = 20000, .months = 48, .links = false, .active = 1});
  switch_off_people(t.parameters);
  Lifecycle& p = t.parameters.lifecycle;
  const double a = 0.668, b = 3.806;  // Fader and Hardie 2007, the "high end" segment
  p.leave_mean = a / (a + b);
  p.leave_concentration = a + b;
  p.dormant_rate = p.winback_rate = p.xi_value = 0;
  Simulation s(t.world);
  s.start(t.parameters, luck(5));
  for (int year = 1; year <= 4; ++year) {
    for (int month = 0; month < 12; ++month) s.advance();
    const double expected = std::exp(std::lgamma(b + year) + std::lgamma(a + b) - std::lgamma(b) -
                                     std::lgamma(a + b + year));
    const double n = static_cast<double>(t.world.n);
    EXPECT_NEAR(static_cast<double>(sum(s, t.world, Head::active)) / n, expected,
                4 * std::sqrt(expected * (1 - expected) / n) + 1e-3)
        << year;
  }
}

// Everybody neutral: the share of prospects falls as exp(-p t), without links.
TEST(Lifecycle, JoiningOnOnesOwn) {
  TinyWorld t = tiny_world({.partners = 20000, .months = 24, .links = false, .active = 0});
  switch_off_people(t.parameters);
  Lifecycle& p = t.parameters.lifecycle;
  p.join_p = 0.5;
  p.beta_join = 0;
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  while (!s.done()) s.advance();
  const double expected = std::exp(-0.5 * 2), n = static_cast<double>(t.world.n);
  EXPECT_NEAR(static_cast<double>(sum(s, t.world, Head::prospects)) / n, expected,
              4 * std::sqrt(expected * (1 - expected) / n));
}

// Two offers, nothing else to do, equal value: shares follow the mean-field equation
// m = tanh((beta_peer + habit) m / 2); here habit alone, which locks the market in above 2.
TEST(Choice, HabitAboveTwoLocksIn) {
  for (const auto& [habit, expected] : {std::pair{1.0, 0.0}, {2.2, 0.502941}, {3.0, 0.858560}}) {
    TinyWorld t =
        tiny_world({.partners = 40, .vendors = 1, .months = 2, .links = false, .active = 1});
    switch_off_people(t.parameters);
    Choice& p = t.parameters.choice;
    p.beta = 0;
    p.habit = habit;
    p.flexibility_spread = 0;
    p.flexibility = 0.5;
    p.outside_bias = -600;
    Simulation s(t.world);
    s.start(t.parameters, luck(0));
    const std::size_t n = t.world.n;
    State state = s.state();
    for (std::size_t i = 0; i < n; ++i)
      state.columns.attention[i] = 0.4, state.columns.attention[n + i] = 0.6;
    Scratch scratch;
    Cells cells(t.world);
    make_scratch(t.world, scratch);
    list_rows(t.world, state, scratch);
    const Month month{1, 0, t.parameters, luck(0).world, luck(0).personal, scratch, cells};
    for (const Mechanism* mechanism : month_order()) {
      if (mechanism->name == "choice") {
        for (int k = 0; k < 400; ++k) mechanism->run(t.world, state, month);
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_NEAR(state.columns.attention[n + i] - state.columns.attention[i], expected, 2e-6)
          << habit;
    }
  }
}

// Without tiers and with linear pay x* = 2T u / k, and MDF lowers the cost up to its ceiling.
TEST(Effort, IsWhatPaysAtNeutralTrust) {
  TinyWorld t =
      tiny_world({.partners = 60, .vendors = 1, .months = 3, .links = false, .active = 1});
  switch_off_people(t.parameters);
  t.parameters.programs[0].tiers = {{0, 0, 0}};
  t.parameters.programs[0].terms.mdf_cover = 0;
  t.parameters.effort.effort_cost = 50;
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  State before = s.state();
  s.watch([&](const Mechanism& mechanism, const State& state) {
    if (mechanism.name == "choice") before = state;
    if (mechanism.name != "effort") return;
    const Columns& c = before.columns;
    const std::size_t n = t.world.n;
    for (std::size_t i = 0; i < n; ++i) {
      if (c.stage[i] != static_cast<std::uint8_t>(Stage::active)) continue;
      double bookings = 0, value = 0;
      for (std::size_t o = 0; o < 2; ++o) {
        const double match = o == 1 ? c.cloud[0] : 1 - c.cloud[0];
        const double wins =
            c.attention[o * n + i] * c.win_seen[o * n + i] * (match + 0.25 * (1 - match));
        const std::size_t deal = before.derived.deal(0, c.tier[i], t.world.partners.segment[i], o);
        bookings += wins * before.derived.price[deal];
        value += wins * before.derived.value[deal];
      }
      EXPECT_NEAR(state.columns.effort[i], value / bookings / 50, 1e-12);
    }
  });
  while (!s.done()) s.advance();
}

// Arrivals are Poisson, and the pipeline stays at lambda (1/p - 1) after a month's closing.
TEST(Deals, PipelineAndWinsAreStationary) {
  TinyWorld t =
      tiny_world({.partners = 4000, .vendors = 1, .months = 60, .links = false, .active = 1});
  switch_off_people(t.parameters);
  switch_off(t.parameters, {"choice", "lifecycle", "effort", "market", "direct"});
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  double opportunities = 0, closed = 0, won = 0;
  while (!s.done()) {
    s.advance();
    opportunities += static_cast<double>(sum(s, t.world, Line::opportunities));
    closed += static_cast<double>(sum(s, t.world, Line::closed));
    won += static_cast<double>(sum(s, t.world, Line::won));
  }
  EXPECT_NEAR(closed / opportunities, 1, 4 * std::sqrt(2 / opportunities) + 0.01);
  EXPECT_NEAR(won / closed, 0.26, 4 * std::sqrt(0.26 * 0.74 / closed));
  std::int64_t open = 0;
  for (const std::int32_t k : s.state().columns.open) open += k;
  double expected = 0;
  for (std::size_t o = 0; o < 2; ++o) {
    const double p = s.state().derived.close_monthly[o];
    double arrivals = 0;
    for (std::size_t i = 0; i < t.world.n; ++i) {
      arrivals += s.state().columns.opportunity_scale[i] *
                  s.state().derived.opportunities[t.world.partners.segment[i]] *
                  s.state().columns.attention[o * t.world.n + i] *
                  considered(t.parameters.markets[0], t.world.offers[o].deployment, 0.35);
    }
    expected += arrivals / p;  // after the month's arrivals
  }
  EXPECT_NEAR(static_cast<double>(open), expected, 5 * std::sqrt(expected));
}

// What was sold k months ago and is still there, by S and C, against cohorts kept one by one.
TEST(Contracts, AgesMatchCohortsKeptOneByOne) {
  TinyWorld t = tiny_world({.partners = 1, .vendors = 1, .months = 60});
  t.parameters.programs[0].offers[0].share_term = 3;
  Columns c;
  make_columns(t.world, t.parameters, c);
  std::vector<double> cohorts;
  double start = 1e7;
  c.contracts[0] = 1000;
  c.base[0] = 10000000;
  c.start_base[0] = 1e7;
  for (int month = 0; month < 60; ++month) {
    const Money before = c.base[0];
    lose_contracts(t.world, c, 0, 10 + month % 3);
    const double share = static_cast<double>(c.base[0]) / static_cast<double>(before);
    for (double& value : cohorts) value *= share;
    start *= share;
    add_contracts(c, 0, 15, 160000 + 1000 * month);
    cohorts.push_back(160000 + 1000 * month);
    if ((month + 1) % 3 == 0)
      c.sold_at[cohort_row(t.world, c, 0, static_cast<std::size_t>((month + 1) / 3))] =
          static_cast<float>(c.sold[0]);
    if ((month + 1) % 3 != 0) continue;
    for (const int years : {1, 2, 3}) {
      double expected = 0;
      for (int age = 0; age < 12 * years && age < static_cast<int>(cohorts.size()); ++age)
        expected += cohorts[cohorts.size() - 1 - static_cast<std::size_t>(age)];
      const SoldWithin sold_within(t.world, c, 0, month, years, false);
      EXPECT_NEAR(sold_within(0) * static_cast<double>(c.base[0]), expected,
                  2e-5 * static_cast<double>(c.base[0]));
    }
  }
  EXPECT_NEAR(c.kept[0] * c.start_base[0], start, 1);
}

// A change that begins, ramps and ends leaves the parameters as they were.
TEST(Events, ChangesRampAndEnd) {
  TinyWorld t = tiny_world({.partners = 5, .months = 20});
  const Address rebate = testing::address_of("vendor", "rebate");
  t.world.changes.push_back({5, 12, 4, {{rebate, Write::Op::add, 0.04}}, {}});
  t.world.changes.push_back({8, 1 << 20, 1, {{rebate, Write::Op::multiply, 2}}, {}});
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  std::vector<double> path;
  while (!s.done()) {
    s.advance();
    path.push_back(at(s.state().now, rebate));
  }
  const auto expect = [&](std::size_t month, double value) {
    EXPECT_NEAR(path[month], value, 1e-12) << month;
  };
  expect(4, 0.04);
  expect(5, 0.05);
  expect(7, 0.07);
  expect(8, 0.16);
  expect(11, 0.16);
  expect(12, 0.08);
  expect(19, 0.08);
}

}  // namespace
}  // namespace partnersim
