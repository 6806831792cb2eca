// What differs between two scenarios, line by line, and their mixtures.
#include "experiments/levers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/compare.hpp"
#include "experiments/small_scenario.hpp"

namespace partnersim::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> levers_of(std::string_view base, std::string_view alternative) {
  const Scenario a = small_scenario(base), b = small_scenario(alternative);
  return Levers(a, b).names();
}

TEST(Levers, OfEqualScenariosAreNone) {
  EXPECT_THAT(levers_of("us: {rebate: 5%}\n", "us: {rebate: 5%}\n"), IsEmpty());
}

TEST(Levers, AreLinesInWords) {
  EXPECT_THAT(levers_of("", "us: {rebate: 9%}\n"), ElementsAre("us.rebate 9 % instead of 4 %"));
  EXPECT_THAT(
      levers_of("",
                "changes:\n"
                "  - {from: 2027-07, set: {us.rebate: +2 points, us.managers.seats: +4}}\n"
                "  - {from: 2027-03, to: 2027-05, ramp: 2 months, set: "
                "{us.offers.*.margin_first: -3 points}}\n"),
      ElementsAre("us.rebate +2 points from 2027-07", "us.managers.seats +4 from 2027-07",
                  "us.offers.*.margin_first -3 points from 2027-03 to 2027-05, over 2 months"));
}

TEST(Levers, OneLineThatSaysSomethingElseIsOneLever) {
  EXPECT_THAT(levers_of("changes: [{from: 2027-07, set: {us.rebate: 5%}}]\n",
                        "changes: [{from: 2027-09, set: {us.rebate: 6%}}]\n"),
              ElementsAre("us.rebate 6 % from 2027-09 instead of us.rebate 5 % from 2027-07"));
  EXPECT_THAT(levers_of("changes: [{from: 2027-07, set: {us.rebate: 5%}}]\n", ""),
              ElementsAre("without us.rebate 5 % from 2027-07"));
}

TEST(Levers, AreAlsoEventsPoliciesAndSwitches) {
  EXPECT_THAT(
      levers_of("",
                "events: [{name: attack, probability: 40%, month: 2027-03, set: {rival.rebate: "
                "9%}}]\nmechanisms: {trust: off}\nlifted: [authority]\n"),
      ElementsAre("event 'attack'", "mechanism 'trust' off", "shadow 'authority' lifted"));
}

TEST(Levers, RefuseOtherWorlds) {
  const Scenario base = small_scenario();
  const auto why = [&](const Scenario& other) {
    return message<NotComparable>([&] { check_same_world(base, other); });
  };
  EXPECT_EQ(why(base), "");
  const std::string start = "start: 2027-01\nuncertainty: none\nrival: {name: Rival}\n";
  EXPECT_THAT(why(small_scenario("months: 9\nsegments: [{name: VAR, partners: 30}, {name: MSP, "
                                 "partners: 20}]\n",
                                 start)),
              HasSubstr("months"));
  EXPECT_THAT(why(small_scenario("months: 12\nsegments: [{name: VAR, partners: 31}, {name: MSP, "
                                 "partners: 20}]\n",
                                 start)),
              HasSubstr("partners"));
  EXPECT_THAT(why(small_scenario("us: {start_active: 60%}\n")), HasSubstr("start_active"));
}

Record run_of(const Scenario& scenario) {
  const Plan plan{.months = 12, .seed = 3, .replications = 1, .precision = {}, .triples = {}};
  return run_replication(scenario, plan, 0, simulation_runner(scenario.world, false));
}

// With all levers set a mixture is the alternative, with none the base: the same bits.
TEST(Levers, MixBetweenTheTwo) {
  const Scenario base = small_scenario("changes: [{from: 2027-05, set: {us.rebate: 5%}}]\n");
  const Scenario alternative = small_scenario(
      "us: {managers: {seats: 3}}\nmarket: {growth: 2% to 9%}\n"
      "changes:\n"
      "  - {from: 2027-04, set: {us.rebate: +1 points, us.offers.*.margin_first: +2 points}}\n"
      "  - {from: 2027-06, leave: VAR-000003}\n"
      "events: [{name: attack, probability: 90%, month: 2027-03, set: {rival.rebate: 9%}}]\n"
      "mechanisms: {peers: off}\n");
  const Levers levers(base, alternative);
  ASSERT_EQ(levers.size(), 7u);
  Scenario mixed = base;
  levers.mix(std::vector<bool>(7, true), mixed);
  EXPECT_EQ(run_of(mixed).cells, run_of(alternative).cells);
  EXPECT_EQ(run_of(mixed).drawn, run_of(alternative).drawn);
  levers.mix(std::vector<bool>(7, false), mixed);
  EXPECT_EQ(run_of(mixed).cells, run_of(base).cells);
  for (std::size_t k = 0; k < levers.size(); ++k) {
    std::vector<bool> one(7, false);
    one[k] = true;
    levers.mix(one, mixed);
    EXPECT_NE(run_of(mixed).cells, run_of(base).cells) << levers.names()[k];
  }
}

}  // namespace
}  // namespace partnersim::testing
