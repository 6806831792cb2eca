// What vendors and partners do to each other through people, against closed forms: managers,
// enablement, registration, specialists, sensing and trust, each with the others off.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/math.hpp"
#include "support/drive.hpp"

namespace partnersim {
namespace {

using testing::luck;
using testing::only;
using testing::started;
using testing::terms;
using testing::tiny_world;
using testing::TinyWorld;

constexpr testing::Shape kOneVendor{
    .partners = 300, .vendors = 1, .offers = 2, .months = 60, .links = false, .active = 1};

// ---- registration

TEST(Registration, IsTheLogisticOfUpliftAndExposure) {
  TinyWorld t = tiny_world(kOneVendor);
  only(t.parameters, {"registration", "trust"});
  const Simulation s = started(t, 1);
  const State& state = s.state();
  const Registration& p = t.parameters.registration;
  // trust moves after registration has looked at it, so compare with the month before
  const Simulation before = started(t, 0);
  for (std::size_t i = 0; i < t.world.n; ++i) {
    const double trust = before.state().columns.trust[i];
    const double x = p.base + p.pull * 0.10 - p.exposure * (1 - trust);
    EXPECT_NEAR(state.columns.registered[i], 1 / (1 + std::exp(-x)), 1e-12);
  }
}

TEST(Registration, UpliftIsPaidOnRegisteredDealsOnly) {
  TinyWorld t = tiny_world(kOneVendor);
  only(t.parameters, {"choice", "demand", "closing"});
  Simulation s = started(t, 12);
  std::int64_t uplift = 0;
  for (std::size_t o = 0; o < 2; ++o) {
    for (std::size_t k = 0; k < 4; ++k) uplift += s.cells()[s.cells().at(Line::uplift, o, k)];
  }
  EXPECT_EQ(uplift, 0);
  only(t.parameters, {"choice", "demand", "closing", "registration"});
  s = started(t, 12);
  for (std::size_t o = 0; o < 2; ++o) {
    for (std::size_t k = 0; k < 4; ++k) uplift += s.cells()[s.cells().at(Line::uplift, o, k)];
  }
  EXPECT_GT(uplift, 0);
}

// ---- enablement

// With training for nothing everybody trains fully: s' = s + learn (1 - s) - forget s.
TEST(Enablement, SkillSettlesAtLearningOverLearningAndForgetting) {
  TinyWorld t = tiny_world(kOneVendor);
  only(t.parameters, {"choice", "enablement"});
  terms(t).training_subsidy = terms(t).openness = 1;
  t.parameters.enablement.learn_by_winning = 0;
  Simulation s = started(t);
  const double start = s.state().columns.skill[0];
  double expected = start;
  for (int month = 0; month < 60; ++month) {
    s.advance();
    expected += 0.1 * (1 - expected) - 0.02 * expected;
    ASSERT_NEAR(s.state().columns.skill[0], expected, 1e-7) << month;
  }
  EXPECT_NEAR(expected, 0.1 / 0.12, 1e-3);
}

TEST(Enablement, WhoDoesNotTrainForgets) {
  TinyWorld t = tiny_world(kOneVendor);
  only(t.parameters, {"choice", "enablement"});
  t.parameters.enablement.training_cost = 1e6;  // worth nobody's while
  t.parameters.enablement.training_horizon = 0.1;
  Simulation s = started(t);
  const double start = s.state().columns.skill[0];
  for (int month = 0; month < 12; ++month) s.advance();
  EXPECT_NEAR(s.state().columns.skill[0], start * std::pow(0.98, 12), 1e-4);
}

TEST(Enablement, VendorAndPartnerShareTheCost) {
  TinyWorld t = tiny_world(kOneVendor);
  only(t.parameters, {"choice", "enablement"});
  t.parameters.enablement.certificate_cost = 0;
  terms(t).training_subsidy = 0.25;
  const Simulation s = started(t, 6);
  for (std::size_t o = 0; o < 2; ++o) {
    for (std::size_t k = 0; k < 4; ++k) {
      const auto ours = static_cast<double>(s.cells()[s.cells().at(Line::training_subsidy, o, k)]);
      const auto theirs = static_cast<double>(s.cells()[s.cells().at(Line::training, o, k)]);
      EXPECT_GT(ours, 0);
      EXPECT_NEAR(ours / (ours + theirs), 0.25, 1e-3);
    }
  }
}

TEST(Enablement, WhoHasATierHasItsCertificates) {
  TinyWorld t = tiny_world(kOneVendor);
  for (std::size_t i = 0; i < t.world.n; ++i)
    t.world.partners.start_tier[i] = static_cast<std::uint8_t>(i % 3);
  const Simulation s = started(t);
  const Columns& c = s.state().columns;
  for (std::size_t i = 0; i < t.world.n; ++i) {
    const int certified = c.certified[i] + c.certified[t.world.n + i];
    EXPECT_GE(certified, t.parameters.programs[0].tiers[i % 3].certified);
    for (const std::size_t row : {i, t.world.n + i}) {
      EXPECT_TRUE(c.certified[row] == 0 || c.skill[row] >= 0.55 - 1e-9);
    }
  }
}

// ---- specialists

/// Mean wait in the queue of M/M/c, Erlang's C: rho = lambda / (c mu), capacity = c mu.
double erlang_wait(double rho, int servers, double capacity) {
  const double a = rho * servers;
  double term = 1, sum = 1;
  for (int k = 1; k < servers; ++k) sum += term *= a / k;
  term *= a / servers;
  const double waits = term / (1 - rho) / (sum + term / (1 - rho));
  return waits / (capacity * (1 - rho));
}

TEST(Specialists, WaitIsErlangsForOneServerAndNearItForMore) {
  TinyWorld t = tiny_world(kOneVendor);
  Simulation s = started(t);
  State state = s.state();
  state.now.specialists.distributor_capacity = 0;
  state.now.programs[0].terms.openness = 1;
  state.now.programs[0].terms.specialist_capacity = 100;
  for (const int servers : {1, 2, 4, 8, 10}) {
    for (const double rho : {0.5, 0.7, 0.85, 0.95}) {
      state.now.programs[0].terms.specialist_team = servers;
      state.columns.backlog[0] = 0;
      serve(t.world, state, {}, 0, 100 * rho);
      const double expected = erlang_wait(rho, servers, 100);
      // Sakasegawa: above, by up to 8 % where waits matter and a fifth of a service where not
      const double above = state.columns.wait[0] - expected;
      EXPECT_GE(above, servers == 1 ? -1e-12 : -0.02 * expected) << servers << " at " << rho;
      EXPECT_LE(above, servers == 1  ? 1e-12
                       : rho >= 0.85 ? 0.08 * expected
                                     : 0.2 * servers / 100)
          << servers << " at " << rho;
      EXPECT_NEAR(state.columns.help[0], std::exp(-state.columns.wait[0] / 1.5), 1e-12);
    }
  }
}

TEST(Specialists, WhoWaitsTooLongGivesUp) {
  TinyWorld t = tiny_world(kOneVendor);
  State state = started(t).state();
  state.now.programs[0].terms.specialist_capacity = 100;
  state.columns.backlog[0] = 0;
  for (int month = 0; month < 200; ++month) serve(t.world, state, {}, 0, 130);
  const double settled = state.columns.backlog[0];
  serve(t.world, state, {}, 0, 130);
  EXPECT_NEAR(state.columns.backlog[0], settled, 1e-9);  // instead of growing for ever
  EXPECT_NEAR(settled * (1 - std::exp(-settled / 100 / 1.5)), 30, 1e-6);
}

// ---- sensing

TEST(Sensing, BeliefClosesInAtTheSpeedOfWhatIsSeen) {
  TinyWorld t = tiny_world(kOneVendor);
  only(t.parameters, {"sensing", "registration"});
  t.parameters.sensing.start_gap = 0.2;
  t.parameters.markets[0].cloud_start = 0.6;
  const Simulation s = started(t, 10);
  const double g = s.state().columns.registered[0];
  const double seen = g * 0.5;  // trust is neutral
  EXPECT_NEAR(0.6 - s.state().columns.belief[0], 0.2 * std::pow(1 - 0.25 * seen, 10), 1e-6);
  EXPECT_NEAR(s.state().columns.gap[1], 0.6 - s.state().columns.belief[0], 1e-12);
  EXPECT_EQ(s.state().columns.gap[0], 0);
}

TEST(Sensing, WhoSeesNothingLearnsNothing) {
  TinyWorld t = tiny_world(kOneVendor);
  only(t.parameters, {"market", "sensing"});  // nobody registers
  const Simulation s = started(t, 24);
  EXPECT_NEAR(s.state().columns.belief[0], 0.30, 1e-12);
}

// ---- trust

TEST(Trust, FallsFastAndRisesSlowly) {
  TinyWorld t = tiny_world(kOneVendor);
  only(t.parameters, {"trust"});
  t.parameters.trust.spread = 0;
  t.parameters.trust.services = 0;
  Simulation s = started(t);
  EXPECT_NEAR(s.state().columns.trust[0], 0.68, 1e-9);
  State state = s.state();
  Scratch scratch;
  Cells cells(t.world);
  make_scratch(t.world, scratch);
  list_rows(t.world, state, scratch);
  const Month month{1, 0, t.parameters, luck(0).world, luck(0).personal, scratch, cells};
  const auto& mechanism = **std::ranges::find(month_order(), std::string_view("trust"),
                                              [](const Mechanism* m) { return m->name; });
  for (const auto& [from, speed] : {std::pair{0.9, 0.12}, {0.3, 0.05}}) {
    std::ranges::fill(state.columns.trust, from);
    for (int k = 0; k < 10; ++k) mechanism.run(t.world, state, month);
    EXPECT_NEAR(state.columns.trust[5] - 0.68, (from - 0.68) * std::pow(1 - speed, 10), 1e-8);
  }
}

TEST(Trust, AMarginCutIsResentedForAboutAYear) {
  TinyWorld t = tiny_world(kOneVendor);
  only(t.parameters, {"trust", "events"});
  t.parameters.trust.spread = 0;
  const Address margin = testing::address_of("offers", "margin_first");
  t.world.changes.push_back({12, 1 << 20, 1, {{margin, Write::Op::add, -0.1}}, {}});
  Simulation s = started(t, 12);
  const double before = s.state().columns.trust[0];
  for (int k = 0; k < 6; ++k) s.advance();
  const double soon = s.state().columns.trust[0];
  for (int k = 0; k < 42; ++k) s.advance();
  EXPECT_LT(soon, before - 0.02);
  EXPECT_NEAR(s.state().columns.trust[0], before, 0.02);
}

// ---- managers

TEST(Managers, RelationshipSettlesWhereGainAndFadingMeet) {
  TinyWorld t = tiny_world(kOneVendor);
  only(t.parameters, {"managers"});
  t.parameters.managers.turnover = 0;
  terms(t).manager_focus = 0;
  const Simulation s = started(t, 48);
  const Columns& c = s.state().columns;
  for (std::size_t i = 0; i < t.world.n; ++i) {
    const double hours = c.seat_hours[c.seat[i]];
    const double gain = 0.12 * hours / (hours + 5);
    EXPECT_NEAR(c.relationship[i], (gain + 0.05 * 0.2) / (gain + 0.05), 1e-3);
  }
}

TEST(Managers, HoursOfASeatAddUp) {
  TinyWorld t = tiny_world(kOneVendor);
  t.parameters.managers.turnover = 0;
  const Simulation s = started(t, 7);
  const Columns& c = s.state().columns;
  std::vector<double> hours(18, 0);
  for (std::size_t i = 0; i < t.world.n; ++i) {
    const auto stage = static_cast<Stage>(c.stage[i]);
    if (stage == Stage::prospect || stage == Stage::left) continue;
    hours[c.seat[i]] += c.seat_hours[c.seat[i]] * c.claim[i];
  }
  // lifecycle moves stages after the hours were shared, so a few partners have come or gone
  for (const double h : hours) EXPECT_NEAR(h, 130 * 0.85, 0.2 * 130 * 0.85);
}

TEST(Managers, AnAddedSeatMovesOnlyWhomItHasTo) {
  TinyWorld t = tiny_world({.partners = 4000, .vendors = 1, .links = false, .active = 1});
  only(t.parameters, {"managers"});
  const std::vector<std::uint16_t> before = started(t).state().columns.seat;
  terms(t).manager_seats = 19;
  const std::vector<std::uint16_t> after = started(t).state().columns.seat;
  std::size_t moved = 0;
  std::vector<std::size_t> portfolio(18, 0);
  for (std::size_t i = 0; i < before.size(); ++i) {
    ++portfolio[before[i]];
    if (before[i] == after[i]) continue;
    EXPECT_EQ(after[i], 18);
    ++moved;
  }
  EXPECT_NEAR(static_cast<double>(moved), 4000.0 / 19, 4 * std::sqrt(4000.0 / 19));
  for (const std::size_t size : portfolio) {
    EXPECT_NEAR(static_cast<double>(size), 4000.0 / 18, 5 * std::sqrt(4000.0 / 18));
  }
}

// A seat is filled 1/(turnover/12 ... ) of the time; what is left of a relationship is in the band.
TEST(Managers, SeatsAreVacantAsOftenAsTurnoverAndVacancySay) {
  TinyWorld t = tiny_world({.partners = 20, .vendors = 1, .months = 120, .active = 1});
  only(t.parameters, {"managers"});
  terms(t).manager_seats = 400;
  t.parameters.managers.turnover = 0.6;
  Simulation s = started(t);
  double vacant = 0;
  for (int month = 0; month < 120; ++month) {
    s.advance();
    vacant += static_cast<double>(s.cells()[s.cells().at(Desk::vacant, 0)]) / (400.0 * 120);
  }
  const double leave = 1 - std::exp(-0.6 / 12), fill = 1 - std::exp(-1.0 / 3);
  EXPECT_NEAR(vacant, leave / (leave + fill), 0.01);
}

TEST(Managers, WithoutSeatsRelationshipsFallToTheFirms) {
  TinyWorld t = tiny_world(kOneVendor);
  only(t.parameters, {"managers"});
  terms(t).manager_seats = 0;
  const Simulation s = started(t, 1);
  EXPECT_NEAR(s.state().columns.relationship[3], 0.2, 1e-12);
  EXPECT_EQ(s.state().columns.outreach[0], 0);
}

// ---- all of them

TEST(People, CostsAddUpOverSegments) {
  const TinyWorld t = tiny_world({.partners = 200});
  const Simulation s = started(t, 3);
  for (std::size_t v = 0; v < 2; ++v) {
    Money managers = 0, specialists = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      managers += s.cells()[s.cells().at(Head::manager_cost, v, k)];
      specialists += s.cells()[s.cells().at(Head::specialist_cost, v, k)];
    }
    EXPECT_EQ(managers, s.cells()[s.cells().at(Desk::managers, v)] * 1100000);
    EXPECT_EQ(specialists, Money{210} * 80000);
  }
}

}  // namespace
}  // namespace partnersim
