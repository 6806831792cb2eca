#include <gtest/gtest.h>

#include "scenario/loading.hpp"
#include "scenario/number_text.hpp"

namespace partnersim {
namespace {

class Show : public LoadTest {
 protected:
  void expect_same(const Scenario& a, const Scenario& b) {
    ASSERT_EQ(a.settings.size(), b.settings.size());
    for (std::size_t k = 0; k < a.settings.size(); ++k) {
      EXPECT_EQ(a.settings[k].path, b.settings[k].path);
      EXPECT_EQ(a.settings[k].value, b.settings[k].value) << a.settings[k].path;
      EXPECT_EQ(a.settings[k].distribution, b.settings[k].distribution) << a.settings[k].path;
      EXPECT_EQ(at(a.parameters, a.settings[k].address), at(b.parameters, b.settings[k].address));
    }
    EXPECT_EQ(a.drawn, b.drawn);
    EXPECT_EQ(a.parameters.off, b.parameters.off);
    EXPECT_EQ(a.world.title, b.world.title);
    EXPECT_EQ(a.world.months, b.world.months);
    EXPECT_EQ(a.world.partners.key, b.world.partners.key);
    EXPECT_EQ(a.world.partners.size, b.world.partners.size);
    EXPECT_EQ(a.world.partners.start_stage, b.world.partners.start_stage);
    EXPECT_EQ(a.world.graph.peers.targets, b.world.graph.peers.targets);
    ASSERT_EQ(a.world.changes.size(), b.world.changes.size());
    for (std::size_t k = 0; k < a.world.changes.size(); ++k) {
      expect_same(a.world.changes[k], b.world.changes[k]);
    }
    ASSERT_EQ(a.world.events.size(), b.world.events.size());
    for (std::size_t k = 0; k < a.world.events.size(); ++k) {
      EXPECT_EQ(a.world.events[k].key, b.world.events[k].key);
      EXPECT_EQ(a.world.events[k].probability, b.world.events[k].probability);
      EXPECT_EQ(a.world.events[k].last, b.world.events[k].last);
      expect_same(a.world.events[k].change, b.world.events[k].change);
    }
    ASSERT_EQ(a.correlations.size(), b.correlations.size());
  }

  static void expect_same(const Change& a, const Change& b) {
    EXPECT_EQ(a.from, b.from);
    EXPECT_EQ(a.to, b.to);
    EXPECT_EQ(a.ramp, b.ramp);
    ASSERT_EQ(a.writes.size(), b.writes.size());
    for (std::size_t k = 0; k < a.writes.size(); ++k) {
      EXPECT_EQ(a.writes[k].address, b.writes[k].address);
      EXPECT_EQ(a.writes[k].op, b.writes[k].op);
      EXPECT_EQ(a.writes[k].value, b.writes[k].value);
    }
    ASSERT_EQ(a.terminations.size(), b.terminations.size());
    for (std::size_t k = 0; k < a.terminations.size(); ++k) {
      EXPECT_EQ(a.terminations[k].below, b.terminations[k].below);
      EXPECT_EQ(a.terminations[k].except, b.terminations[k].except);
    }
    EXPECT_EQ(a.leaving, b.leaving);
    ASSERT_EQ(a.acquisitions.size(), b.acquisitions.size());
    for (std::size_t k = 0; k < a.acquisitions.size(); ++k) {
      EXPECT_EQ(a.acquisitions[k].partner, b.acquisitions[k].partner);
      EXPECT_EQ(a.acquisitions[k].vendor, b.acquisitions[k].vendor);
    }
  }

  Scenario again(const Scenario& scenario) {
    const std::string yaml = resolved_yaml(scenario);
    write("resolved.yaml", yaml);
    diagnostics_ = {};
    auto result = load_scenario(folder_ / "resolved.yaml", {}, diagnostics_);
    EXPECT_TRUE(result) << diagnostics_.render() << yaml;
    if (!result) return {};
    EXPECT_EQ(result->settings.size(), scenario.settings.size());
    return std::move(*result);
  }
};

TEST_F(Show, AResolvedScenarioLoadsToTheSame) {
  write("p.csv", "id,segment,region,tier,vendors\nP1,VAR,CH,Gold,us\nP2,SI,DE,,\nD1,DIST,,,\n");
  for (const char* const text :
       {"title: 'Plain: \"text\" # with signs'\nmonths: 24\n",
        "partners: p.csv\ngraph: {kind: small_world, peer_links: 2}\n",
        "us: {name: Helios, rebate: 6.5%, registration: {uplift: 7%}, review_months: 1 year}\n"
        "rivals:\n  - {name: Ares, like: us, rebate: about 5%, brand: -0.2}\n"
        "  - {name: Zeus AG, like: Ares, spiff: {p10: 1%, p90: 3%}}\n"
        "markets: [{name: DACH, growth: 2% per year}, {name: Nordics, season: "
        "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}]\n"
        "choice: {habit: 0.5 to 1.4, beta: {min: 0.5, mode: 1.1, max: 3}}\n"
        "mechanisms: {lifecycle: off}\n"
        "correlate: [[choice.beta, choice.habit, -0.35]]\n"
        "changes:\n"
        "  - {from: FY28, to: FY29 Q2, ramp: 6 months, set: {us.rebate: +1.25 points, us.brand: "
        "= -0.3, us.tiers.*.threshold: x1.1, us.relation_cost: -20}}\n"
        "events:\n  - {name: attack, probability: 12.5%, month: FY28, lasts: 3 months, set: "
        "{rivals.*.rebate: 7%}}\n",
        "partners: p.csv\nrivals: [{name: Zeus AG, like: us}]\n"
        "changes:\n  - {from: FY28, leave: [P2, D1]}\n"
        "  - {from: FY29, terminate: {revenue_12m: below 50k, except: p.csv}}\n"
        "events:\n  - {name: takeover, month: FY28, acquired_by: {partner: P1, vendor: rival}}\n",
        "uncertainty: stated\nchoice: {habit: 0.5 to 1.4}\n"}) {
    const Scenario scenario = loaded(text);
    expect_same(scenario, again(scenario));
  }
}

TEST_F(Show, SaysWhereAValueComesFrom) {
  const Scenario s = loaded("us: {rebate: 6.5%}\nchoice: {habit: 0.5 to 1.4}\n");
  const std::string yaml = resolved_yaml(s);
  const auto has = [&](const std::string& text) { return yaml.find(text) != std::string::npos; };
  EXPECT_TRUE(has("  rebate: 6.5%  # 6.5 %; scenario.yaml:1\n")) << yaml;
  EXPECT_TRUE(has("  habit: 0.5 to 1.4  # scenario.yaml:2; logit-normal, median "));
  const Setting& beta = setting(s, "choice.beta");
  EXPECT_TRUE(has("  beta: 1.2 from evidence  # default, cal; " + distribution_text(beta, "EUR")));
  EXPECT_TRUE(has("  spiff: 1%  # 1 %; default, K\n"));
}

TEST(ExactText, ReadsBack) {
  EXPECT_EQ(exact_text(0.065, Unit::share), "6.5%");
  EXPECT_EQ(exact_text(0.0625, Unit::share), "6.25%");
  EXPECT_EQ(exact_text(0.00125, Unit::share), "0.1250%");
  EXPECT_EQ(exact_text(1.5, Unit::share), "150%");
  EXPECT_EQ(exact_text(1, Unit::share), "100%");
  EXPECT_EQ(exact_text(0, Unit::share), "0%");
  EXPECT_EQ(exact_text(-0.1, Unit::share), "-10%");
  EXPECT_EQ(exact_text(1e-7, Unit::share), "1e-5%");
  EXPECT_EQ(exact_text(1.125, Unit::number), "1.1250");
  EXPECT_EQ(exact_text(600000, Unit::money), "600000");
}

TEST(ValueText, ReadsLikeProse) {
  EXPECT_EQ(value_text(0.04, Unit::share, "EUR"), "4 %");
  EXPECT_EQ(value_text(45000, Unit::money, "EUR"), "45,000 EUR");
  EXPECT_EQ(value_text(2.8, Unit::months, "EUR"), "2.8 months");
  EXPECT_EQ(value_text(1, Unit::months, "EUR"), "1 month");
  EXPECT_EQ(value_text(0.001, Unit::per_year, "EUR"), "0.001 per year");
  EXPECT_EQ(value_text(-1234567, Unit::money, "CHF"), "-1,234,567 CHF");
  EXPECT_EQ(value_text(1e12, Unit::money, "EUR"), "1,000,000,000,000 EUR");
}

}  // namespace
}  // namespace partnersim
