// Which luck a replication has, and when precision is looked at.
#include "ensemble/plan.hpp"

#include <gtest/gtest.h>

namespace partnersim {
namespace {

TEST(Plan, FourRunsShareADrawAndTwoAMarket) {
  EXPECT_EQ(nested(0), (Triple{0, 0, 0}));
  EXPECT_EQ(nested(3), (Triple{0, 1, 3}));
  EXPECT_EQ(nested(4), (Triple{1, 2, 4}));
  EXPECT_EQ(nested(4095), (Triple{1023, 2047, 4095}));
}

TEST(Plan, AListOfTriplesTakesTheirPlace) {
  Plan plan;
  EXPECT_EQ(plan.triple(9), nested(9));
  plan.triples = {{5, 6, 7}, {8, 9, 10}};
  EXPECT_EQ(plan.triple(1), (Triple{8, 9, 10}));
}

TEST(Plan, TheThreeLucksDifferAlsoUnderEqualNumbers) {
  const Triple equal{3, 3, 3};
  const RunLuck luck = run_luck(1, equal);
  EXPECT_NE(luck.world.key, luck.personal.key);
  EXPECT_NE(luck.world.key, draw_luck(1, equal).key);
  EXPECT_NE(luck.world.key, run_luck(2, equal).world.key);
  EXPECT_EQ(run_luck(1, nested(2)).world.key, run_luck(1, nested(3)).world.key);
  EXPECT_NE(run_luck(1, nested(2)).personal.key, run_luck(1, nested(3)).personal.key);
}

TEST(Plan, LooksDouble) {
  EXPECT_EQ(next_look(0, 1000), 32u);
  EXPECT_EQ(next_look(31, 1000), 32u);
  EXPECT_EQ(next_look(32, 1000), 64u);
  EXPECT_EQ(next_look(512, 1000), 1000u);
  EXPECT_EQ(next_look(0, 10), 10u);
}

TEST(Plan, HashKnowsEveryPart) {
  const Plan plan{.months = 12, .seed = 1, .replications = 8, .precision = {}, .triples = {}};
  EXPECT_EQ(hash_of(plan), hash_of(Plan(plan)));
  const auto changed = [&](auto change) {
    Plan other = plan;
    change(other);
    return hash_of(other) != hash_of(plan);
  };
  EXPECT_TRUE(changed([](Plan& p) { p.months = 13; }));
  EXPECT_TRUE(changed([](Plan& p) { p.seed = 2; }));
  EXPECT_TRUE(changed([](Plan& p) { p.replications = 9; }));
  EXPECT_TRUE(changed([](Plan& p) { p.precision = 0.01; }));
  EXPECT_TRUE(changed([](Plan& p) { p.triples.resize(8); }));
}

}  // namespace
}  // namespace partnersim
