#include "scenario/scenario.hpp"

#include <gtest/gtest.h>

#include "scenario/identity_check.hpp"
#include "scenario/loading.hpp"

namespace partnersim {
namespace {

class Resolve : public LoadTest {};

TEST_F(Resolve, AnEmptyScenarioIsTheStandardOne) {
  const Scenario s = loaded("title: Nothing said\n");
  EXPECT_EQ(s.world.title, "Nothing said");
  EXPECT_EQ(s.name, "scenario");
  EXPECT_EQ(s.world.months, 48);
  EXPECT_EQ(s.world.currency, "EUR");
  EXPECT_EQ(month_label(s.world.calendar, 0), "2027-01");
  ASSERT_EQ(s.world.segments.size(), 5u);
  EXPECT_EQ(s.world.segments[4].name, "DIST");
  EXPECT_TRUE(s.world.segments[4].supplier);
  EXPECT_EQ(s.world.partners.count, 800u);
  EXPECT_EQ(s.world.n, 788u);
  ASSERT_EQ(s.world.vendors.size(), 1u);
  EXPECT_EQ(s.world.vendors[0].name, "us");
  EXPECT_EQ(s.world.vendors[0].tiers, (std::vector<std::string>{"Registered", "Silver", "Gold"}));
  EXPECT_EQ(value(s, "us.tiers.Gold.threshold"), 600000);
  EXPECT_EQ(value(s, "us.tiers.Silver.certified"), 1);
  EXPECT_EQ(value(s, "segments.SI.deal_size"), 2.2);
  EXPECT_EQ(s.parameters.segments[0].opportunities, 34);
  EXPECT_EQ(s.settings.size(), all_addresses(s.parameters).size());
  EXPECT_TRUE(diagnostics_.all().empty()) << diagnostics_.render();
}

TEST_F(Resolve, DefaultsFollowTheBillingOfAnOffer) {
  const Scenario s = loaded("title: x\n");
  EXPECT_EQ(value(s, "us.offers.Server.price"), 45000);
  EXPECT_EQ(value(s, "us.offers.Cloud.price"), 22000);
  EXPECT_EQ(value(s, "us.offers.Server.maintenance"), 0.18);
  EXPECT_EQ(s.world.offers[0].deployment, Deployment::on_premises);
  EXPECT_EQ(s.world.offers[1].billing, Billing::subscription);
}

TEST_F(Resolve, WhatNobodyTypedIsDrawnFromItsEvidence) {
  const Scenario s = loaded("choice: {habit: 1}\n");
  const Setting& beta = setting(s, "choice.beta");
  EXPECT_EQ(beta.origin, Origin::evidence);
  const ParameterRow& row = row_of(beta.address);
  EXPECT_NEAR(beta.distribution.quantile(0.05), row.evidence.plausible.lo, 1e-13);
  EXPECT_NEAR(beta.distribution.quantile(0.95), row.evidence.plausible.hi, 1e-13);
  EXPECT_NEAR(beta.distribution.quantile(0.5), row.value, 1e-13);
  EXPECT_EQ(setting(s, "choice.habit").distribution, fixed(1));
  EXPECT_EQ(setting(s, "choice.habit").origin, Origin::file);
  EXPECT_EQ(setting(s, "us.rebate").distribution, fixed(0.04));  // a lever
  EXPECT_EQ(setting(s, "segments.DIST.services").distribution, fixed(0));
}

TEST_F(Resolve, UncertaintyMayBeNarrowed) {
  const std::string text = "choice: {habit: 0.5 to 2}\n";
  EXPECT_GT(loaded(text).drawn.size(), 50u);
  LoadOptions options;
  options.uncertainty = Uncertainty::stated;
  const Scenario stated = loaded(text, options);
  ASSERT_EQ(stated.drawn.size(), 1u);
  EXPECT_EQ(stated.settings[stated.drawn[0]].path, "choice.habit");
  EXPECT_TRUE(loaded(text + "uncertainty: none\n").drawn.empty());
}

TEST_F(Resolve, StatedRangesComeBackAsQuantiles) {
  const Scenario s = loaded(
      "closing: {win_rate: 20% to 30%, w_skill: {p10: 0.5, p90: 1.5},"
      " w_help: {min: 0, mode: 0.5, max: 2}}\n"
      "rival: {like: us, rebate: about 5%}\n");
  EXPECT_NEAR(setting(s, "closing.win_rate").distribution.quantile(0.05), 0.2, 1e-14);
  EXPECT_NEAR(setting(s, "closing.win_rate").distribution.quantile(0.95), 0.3, 1e-14);
  EXPECT_NEAR(setting(s, "closing.w_skill").distribution.quantile(0.9), 1.5, 1e-13);
  EXPECT_EQ(setting(s, "closing.w_help").distribution.form, Distribution::Form::triangular);
  EXPECT_EQ(value(s, "rival.rebate"), 0.05);
  const Distribution& rebate = setting(s, "rival.rebate").distribution;
  EXPECT_NEAR(rebate.quantile(0.5), 0.05, 1e-15);
  EXPECT_DOUBLE_EQ(rebate.spread_below, rebate.spread_above);
}

TEST_F(Resolve, SeasonIsNormalised) {
  const Scenario s = loaded("market: {season: [2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4]}\n");
  EXPECT_DOUBLE_EQ(s.parameters.markets[0].season[0], 2.0 / 3);
  EXPECT_DOUBLE_EQ(s.parameters.markets[0].season[11], 4.0 / 3);
  EXPECT_EQ(loaded("title: x\n").parameters.markets[0].season, kSeason);
}

TEST_F(Resolve, TheLowestTierAsksForNothing) {
  const Scenario s = loaded("us: {tiers: [{name: Silver, threshold: 150k}]}\n");
  EXPECT_EQ(s.world.vendors[0].tiers, (std::vector<std::string>{"Registered", "Silver"}));
  const Scenario own = loaded("us: {tiers: [{name: Basic}, {name: Silver, threshold: 150k}]}\n");
  EXPECT_EQ(own.world.vendors[0].tiers, (std::vector<std::string>{"Basic", "Silver"}));
}

TEST_F(Resolve, LikeCopiesAnotherVendorFirst) {
  const Scenario s = loaded(
      "us: {name: Helios, rebate: 6%, offers: [{name: Suite, deployment: cloud, billing: "
      "subscription, price: 30k}]}\n"
      "rivals:\n"
      "  - {name: Zeus, like: Ares, spiff: 2%}\n"
      "  - {name: Ares, like: us, offers: [{name: Suite, price: 25k}]}\n");
  ASSERT_EQ(s.world.vendors.size(), 3u);
  EXPECT_EQ(value(s, "rivals.Ares.rebate"), 0.06);
  EXPECT_EQ(value(s, "rivals.Ares.offers.Suite.price"), 25000);
  EXPECT_EQ(value(s, "rivals.Zeus.offers.Suite.price"), 25000);
  EXPECT_EQ(value(s, "rivals.Zeus.spiff"), 0.02);
  EXPECT_EQ(value(s, "Helios.offers.Suite.price"), 30000);
}

TEST_F(Resolve, ParentsAndOptionsLieUponEachOther) {
  write("base.yaml", "months: 24\nus: {rebate: 6%, spiff: 2%}\nchoice: {habit: 1}\n");
  LoadOptions options;
  options.sets = {"us.spiff=3%", "choice.habit=1.5", "us.offers.*.margin_first=25%",
                  "market.growth=2% per year", "segments.VAR.partners=10"};
  options.months = 12;
  const Scenario s = loaded("extends: base.yaml\nus: {rebate: 7%}\nrival: {like: us}\n", options);
  EXPECT_EQ(s.world.months, 12);
  EXPECT_EQ(value(s, "us.rebate"), 0.07);
  EXPECT_EQ(value(s, "us.spiff"), 0.03);
  EXPECT_EQ(value(s, "rival.spiff"), 0.03);
  EXPECT_EQ(value(s, "us.offers.Server.margin_first"), 0.25);
  EXPECT_EQ(value(s, "market.growth"), 0.02);
  EXPECT_EQ(s.world.segment_begin[1], 10u);
  EXPECT_EQ(setting(s, "choice.habit").origin, Origin::command_line);
  EXPECT_EQ(setting(s, "choice.habit").source, "--set");
  EXPECT_EQ(setting(s, "us.rebate").source, "scenario.yaml:2");
  ASSERT_EQ(s.inputs.size(), 2u);
  EXPECT_EQ(s.inputs[1].path, "base.yaml");
  EXPECT_NE(s.inputs[0].hash, s.inputs[1].hash);
}

TEST_F(Resolve, OptionsReachTheOnlyRival) {
  LoadOptions options;
  options.sets = {"rival.rebate=9%", "Ares.spiff=1.5%"};
  const Scenario s = loaded("rivals: [{name: Ares, like: us}]\n", options);
  EXPECT_EQ(value(s, "rival.rebate"), 0.09);
  EXPECT_EQ(value(s, "rivals.Ares.spiff"), 0.015);
}

TEST_F(Resolve, MechanismsMayBeOff) {
  const Scenario s = loaded("mechanisms: {lifecycle: off}\n");
  EXPECT_NE(s.parameters.off, 0u);
  EXPECT_EQ(loaded("mechanisms: {lifecycle: on}\n").parameters.off, 0u);
}

TEST_F(Resolve, CorrelationsNameDrawnParameters) {
  const Scenario s = loaded("correlate: [[choice.beta, choice.habit, 0.3]]\n");
  ASSERT_EQ(s.correlations.size(), 1u);
  EXPECT_EQ(s.settings[s.correlations[0].a].path, "choice.beta");
  EXPECT_EQ(s.correlations[0].rho, 0.3);
}

TEST(Identities, EqualHashesAreAnError) {
  Diagnostics diagnostics;
  check_distinct({{"partner A", 1}, {"partner B", 2}, {"vendor us", 1}}, diagnostics);
  EXPECT_EQ(diagnostics.render(),
            "error[E-HASH]: partner A and vendor us would share their luck\n"
            "      = give one of them another name\n");
}

}  // namespace
}  // namespace partnersim
