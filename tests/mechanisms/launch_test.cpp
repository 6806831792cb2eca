// An offer that comes to the market during the run (available).
#include <gtest/gtest.h>

#include <cmath>

#include "base/math.hpp"
#include "base/money.hpp"
#include "support/bench.hpp"

namespace partnersim::testing {
namespace {

TinyWorld vendor_with(std::size_t offers, std::size_t partners = 30) {
  return tiny_world(
      {.partners = partners, .vendors = 1, .offers = offers, .months = 24, .active = 0.8});
}

/// Rows of an offer column about the first two offers.
template <class T>
std::vector<T> first_two(const std::vector<T>& column, std::size_t n) {
  return {column.begin(), column.begin() + static_cast<std::ptrdiff_t>(2 * n)};
}

// But for trust, whose mean margin is over all offers of the vendor.
TEST(Launch, BeforeItTheWorldIsTheSameAsWithoutTheOffer) {
  TinyWorld without = vendor_with(2), with = vendor_with(3);
  offer(with, 2).available = 0;
  for (TinyWorld* t : {&without, &with}) {
    for (std::size_t k = 0; k < month_order().size(); ++k) {
      if (month_order()[k]->name == "trust") t->parameters.off = 1u << k;
    }
  }
  Simulation a = started(without), b = started(with);
  for (int month = 0; month < 24; ++month) {
    a.advance();
    b.advance();
    const std::size_t n = without.world.n;
    const Columns &x = a.state().columns, &y = b.state().columns;
    EXPECT_EQ(x.attention, first_two(y.attention, n)) << month;
    EXPECT_EQ(x.contracts, first_two(y.contracts, n)) << month;
    EXPECT_EQ(x.skill, first_two(y.skill, n)) << month;
    EXPECT_EQ(x.billed_12m, y.billed_12m) << month;
    EXPECT_EQ(x.used_to, y.used_to) << month;
    EXPECT_EQ(x.effort, y.effort) << month;
  }
}

TEST(Launch, PartnersTakeItUpFromThenOnAndDropWhatIsWithdrawn) {
  TinyWorld t = vendor_with(3);
  offer(t, 2).available = 0;
  const auto set = [](std::uint16_t j, double to) {
    return Write{address_of("offers", "available", 0, j), Write::Op::set, to};
  };
  t.world.changes = {{6, 1 << 20, 1, {set(2, 1)}, {}}, {12, 1 << 20, 1, {set(0, 0)}, {}}};
  Simulation s = started(t);
  const auto total = [&](std::size_t o) {
    double all = 0;
    for (std::size_t i = 0; i < t.world.n; ++i) {
      all += s.state().columns.attention[o * t.world.n + i];
    }
    return all;
  };
  const auto opportunities = [&](std::size_t o) {
    std::int64_t all = 0;
    for (std::size_t k = 0; k < t.world.segments.size(); ++k) {
      all += s.cells()[s.cells().at(Line::opportunities, o, k)];
    }
    return all;
  };
  const double skill = t.parameters.enablement.start_skill;
  for (int month = 0; month < 6; ++month) {
    s.advance();
    EXPECT_EQ(total(2), 0);
    EXPECT_EQ(opportunities(2), 0);
    EXPECT_NEAR(s.state().columns.skill[2 * t.world.n], skill, 1e-9);
  }
  advance(s, 6);
  const double taken_up = total(2), before = total(0);
  EXPECT_GT(taken_up, 0.02 * before);
  EXPECT_GT(before, 0);
  s.advance();
  EXPECT_EQ(opportunities(0), 0);
  advance(s, 11);
  EXPECT_GT(total(2), taken_up);
  EXPECT_LT(total(0), 0.6 * before);
  EXPECT_GT(opportunities(2), 0);
}

// Poisson: half the mean where half of the customers can have it.
TEST(Launch, HalfOfCustomersBringHalfOfOpportunities) {
  TinyWorld t = vendor_with(2, 2000);
  make_alike(t);
  Bench bench(t);
  std::ranges::fill(bench.c.attention, 0.4);
  std::ranges::fill(bench.c.effort, 0);
  bench.run("demand");
  const auto all = static_cast<double>(bench.sum(Line::opportunities, 1));
  bench.state.now.programs[0].offers[1].available = 0.5;
  bench.cells.clear();
  bench.run("demand");
  const auto half = static_cast<double>(bench.sum(Line::opportunities, 1));
  EXPECT_GT(all, 300);
  EXPECT_NEAR(half, all / 2, 4 * std::sqrt(all));
  EXPECT_LT(half, 0.7 * all);
}

TEST(Launch, ContractsMoveToTheFirstCloudOfferOnSale) {
  TinyWorld t = vendor_with(4, 400);
  t.parameters.base.migration = 5;
  Bench bench(t);
  std::ranges::fill(bench.c.attention, 0.2);
  bench.state.now.programs[0].offers[1].available = 0;
  bench.run("base");
  EXPECT_EQ(bench.sum(Line::migrated_value, 1), 0);
  EXPECT_GT(bench.sum(Line::migrated_value, 3), 0);
}

TEST(Launch, AttachCountsWhatIsOnSale) {
  TinyWorld t = vendor_with(3);
  terms(t).attach_rebate = 0.1;
  Bench bench(t);
  std::ranges::fill(bench.c.contracts, 0);
  std::ranges::fill(bench.c.stage, static_cast<std::uint8_t>(Stage::active));
  bench.relist();
  bench.c.contracts[0] = bench.c.contracts[bench.n] = 4;
  bench.run("review", 2);
  EXPECT_NEAR(bench.c.extra_rebate[0], 0.05, 1e-7);
  bench.state.now.programs[0].offers[2].available = 0;
  bench.run("review", 2);
  EXPECT_NEAR(bench.c.extra_rebate[0], 0.1, 1e-7);
}

}  // namespace
}  // namespace partnersim::testing
