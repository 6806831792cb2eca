// Four hashes: everything that decides a result is in one of them, and in the right one.
#include "ensemble/identity.hpp"

#include <gtest/gtest.h>

#include "ensemble/tiny.hpp"

namespace partnersim {
namespace {

using testing::tiny_plan;
using testing::uncertain_scenario;

/// Names of the hashes that a change of the scenario changes.
template <class F>
std::string changed_by(F&& change) {
  const Plan plan = tiny_plan(8);
  Scenario scenario = uncertain_scenario();
  scenario.correlations = {{scenario.drawn[0], scenario.drawn[1], 0.5}};
  const Identity before = identity_of(scenario, plan);
  change(scenario);
  const Identity after = identity_of(scenario, plan);
  std::string names;
  if (before.world != after.world) names += "world ";
  if (before.parameters != after.parameters) names += "parameters ";
  if (before.plan != after.plan) names += "plan ";
  if (before.engine != after.engine) names += "engine ";
  return names;
}

TEST(Identity, WhatNamesNothingChangesNothing) {
  EXPECT_EQ(changed_by([](Scenario&) {}), "");
  EXPECT_EQ(changed_by([](Scenario& s) { s.name = "other"; }), "");
  EXPECT_EQ(changed_by([](Scenario& s) { s.inputs.push_back({"partners.csv", 1}); }), "");
  EXPECT_EQ(changed_by([](Scenario& s) { s.settings[0].origin = Origin::file; }), "");
}

TEST(Identity, World) {
  const auto world = [](auto change) { return changed_by([&](Scenario& s) { change(s.world); }); };
  EXPECT_EQ(world([](World& w) { w.title = "x"; }), "world ");
  EXPECT_EQ(world([](World& w) { w.calendar.fiscal_start_month = 2; }), "world ");
  EXPECT_EQ(world([](World& w) { w.offers[1].billing = Billing::licence; }), "world ");
  EXPECT_EQ(world([](World& w) { w.vendors[1].tiers[0] = "x"; }), "world ");
  EXPECT_EQ(world([](World& w) { w.partners.size = {2.0}; }), "world ");
  EXPECT_EQ(world([](World& w) { w.graph.allies.targets = {1}; }), "world ");
  EXPECT_EQ(
      world([](World& w) { w.changes.push_back({.from = 3, .writes = {}, .terminations = {}}); }),
      "world ");
  EXPECT_EQ(world([](World& w) { w.policies.emplace_back(); }), "world ");
  EXPECT_EQ(world([](World& w) { w.events.push_back({.name = "x", .change = {}}); }), "world ");
}

TEST(Identity, ActsOnPartners) {
  const auto hash = [](Change change) {
    Scenario scenario = uncertain_scenario();
    scenario.world.changes = {std::move(change)};
    return identity_of(scenario, tiny_plan(8)).world;
  };
  const auto spared = [](std::uint32_t partner) {
    Change change;
    change.terminations = {{100, {partner}}};
    return change;
  };
  const auto leaves = [](std::uint32_t partner) {
    Change change;
    change.leaving = {partner};
    return change;
  };
  const auto bought = [](std::uint32_t vendor) {
    Change change;
    change.acquisitions = {{0, vendor}};
    return change;
  };
  EXPECT_NE(hash(spared(0)), hash(spared(1)));
  EXPECT_NE(hash(leaves(0)), hash(leaves(1)));
  EXPECT_NE(hash(bought(0)), hash(bought(1)));
}

TEST(Identity, Parameters) {
  const auto parameters = [](auto change) { return changed_by(change); };
  EXPECT_EQ(parameters([](Scenario& s) { s.parameters.choice.*(&Choice::beta) += 0.1; }),
            "parameters ");
  EXPECT_EQ(parameters([](Scenario& s) { s.parameters.programs[1].offers[0].churn = 0.2; }),
            "parameters ");
  EXPECT_EQ(parameters([](Scenario& s) { s.parameters.off = 4; }), "parameters ");
  EXPECT_EQ(parameters([](Scenario& s) { s.drawn.pop_back(); }), "parameters ");
  EXPECT_EQ(parameters([](Scenario& s) { s.settings[s.drawn[0]].distribution.spread_above *= 2; }),
            "parameters ");
  EXPECT_EQ(parameters([](Scenario& s) { s.correlations[0].rho = 0.4; }), "parameters ");
}

TEST(Identity, FirstDifferenceInWords) {
  const Identity a = identity_of(uncertain_scenario(), tiny_plan(8));
  Identity b = a;
  EXPECT_EQ(a.world.size(), 16u);
  EXPECT_FALSE(first_difference(a, b));
  b.engine = "0000000000000000";
  b.plan = identity_of(uncertain_scenario(), tiny_plan(9)).plan;
  EXPECT_EQ(first_difference(a, b),
            "other months, seed or replications (" + a.plan + " there, " + b.plan + " here)");
  EXPECT_FALSE(first_difference(a, b, {Part::world, Part::parameters}));
  const auto engine = first_difference(a, b, {Part::engine, Part::plan});
  ASSERT_TRUE(engine);
  EXPECT_EQ(engine->find("other version"), 0u) << *engine;
}

TEST(Identity, FolderName) {
  const Scenario scenario = uncertain_scenario();
  const Identity identity = identity_of(scenario, tiny_plan(8));
  EXPECT_EQ(folder_name(scenario, identity), "tiny-" + hex(combined_hash(identity)).substr(0, 8));
}

TEST(Identity, EngineHashIsShort) {
  EXPECT_TRUE(engine_hash().size() == 16 || engine_hash() == "unhashed") << engine_hash();
}

}  // namespace
}  // namespace partnersim
