// Draws of parameters: addressed by path, correlated as stated, refused where that is impossible.
#include "ensemble/draws.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/check.hpp"
#include "base/math.hpp"
#include "ensemble/tiny.hpp"

namespace partnersim {
namespace {

using testing::kBrand;
using testing::kChurn;
using testing::kDeploy;
using testing::kGrowth;
using testing::make_uncertain;
using testing::uncertain_scenario;

Luck luck(std::uint64_t r) {
  return luck_of(5, LuckKind::draw, r);
}

double drawn_value(const Scenario& scenario, std::string_view path, std::uint64_t r) {
  const Drawn drawn = ParameterDraws(scenario).draw(luck(r));
  return at(drawn.parameters, scenario.settings[testing::index_of(scenario, path)].address);
}

TEST(Draws, BaseValuesAndDraws) {
  const Scenario scenario = uncertain_scenario();
  const Drawn drawn = ParameterDraws(scenario).draw(luck(0));
  ASSERT_EQ(drawn.values.size(), 3u);
  for (std::size_t k = 0; k < 3; ++k) {
    const Setting& setting = scenario.settings[scenario.drawn[k]];
    EXPECT_EQ(drawn.values[k], at(drawn.parameters, setting.address));
    EXPECT_NE(drawn.values[k], setting.value);
  }
  Parameters back = drawn.parameters;
  for (const std::size_t s : scenario.drawn) {
    at(back, scenario.settings[s].address) = scenario.settings[s].value;
  }
  for (const Address& address : all_addresses(back)) {
    EXPECT_EQ(at(back, address), at(scenario.parameters, address));
  }
}

TEST(Draws, SameLuckSameDrawOtherLuckOther) {
  const Scenario scenario = uncertain_scenario();
  EXPECT_EQ(drawn_value(scenario, kChurn, 1), drawn_value(scenario, kChurn, 1));
  EXPECT_NE(drawn_value(scenario, kChurn, 1), drawn_value(scenario, kChurn, 2));
}

TEST(Draws, TheSameParameterHasTheSameDrawWhateverElseIsUncertain) {
  const Scenario scenario = uncertain_scenario();
  Scenario other = uncertain_scenario();
  make_uncertain(other, kBrand);
  make_uncertain(other, "lifecycle.join_p.0.0.0");
  for (const std::string_view path : {kGrowth, kChurn, kDeploy}) {
    EXPECT_EQ(drawn_value(scenario, path, 3), drawn_value(other, path, 3)) << path;
  }
}

TEST(Draws, TheDistributionIsTheOneStated) {
  const Scenario scenario = uncertain_scenario();
  const Setting& churn = scenario.settings[testing::index_of(scenario, kChurn)];
  const Range plausible = row_of(churn.address).evidence.plausible;
  const ParameterDraws draws(scenario);
  const std::size_t n = 20000;
  double below_median = 0, below = 0, above = 0;
  for (std::size_t r = 0; r < n; ++r) {
    const double x = at(draws.draw(luck(r)).parameters, churn.address);
    below_median += x < churn.value;
    below += x < plausible.lo;
    above += x > plausible.hi;
  }
  const double real = static_cast<double>(n);
  EXPECT_NEAR(below_median / real, 0.5, 0.012);  // 3.4 standard errors
  EXPECT_NEAR(below / real, 0.05, 0.006);
  EXPECT_NEAR(above / real, 0.05, 0.006);
}

/// Scores of the draws, recovered from the values: logit-normal and normal forms only.
double score(const Setting& setting, double value) {
  double lo = -9, hi = 9;  // at_score is monotone
  for (int k = 0; k < 60; ++k) {
    const double middle = (lo + hi) / 2;
    (setting.distribution.at_score(middle) < value ? lo : hi) = middle;
  }
  return lo;
}

struct Sample {
  double r01, r02, r12, sd0, sd1;
};
Sample sample(const Scenario& scenario, std::size_t n) {
  const ParameterDraws draws(scenario);
  double s01 = 0, s02 = 0, s12 = 0, s00 = 0, s11 = 0;
  for (std::size_t r = 0; r < n; ++r) {
    const Drawn drawn = draws.draw(luck(r));
    double z[3];
    for (std::size_t k = 0; k < 3; ++k) {
      z[k] = score(scenario.settings[scenario.drawn[k]], drawn.values[k]);
    }
    s01 += z[0] * z[1];
    s02 += z[0] * z[2];
    s12 += z[1] * z[2];
    s00 += z[0] * z[0];
    s11 += z[1] * z[1];
  }
  const double real = static_cast<double>(n);
  return {s01 / real, s02 / real, s12 / real, std::sqrt(s00 / real), std::sqrt(s11 / real)};
}

TEST(Draws, ScoresAreCorrelatedAsStated) {
  Scenario scenario = uncertain_scenario();
  const auto& d = scenario.drawn;
  scenario.correlations = {{d[0], d[1], 0.6}, {d[2], d[1], -0.5}};
  ASSERT_FALSE(correlation_fault(scenario));
  const Sample s = sample(scenario, 20000);
  EXPECT_NEAR(s.r01, 0.6, 0.03);
  EXPECT_NEAR(s.r02, 0.0, 0.03);
  EXPECT_NEAR(s.r12, -0.5, 0.03);
  EXPECT_NEAR(s.sd0, 1, 0.02);
  EXPECT_NEAR(s.sd1, 1, 0.02);
}

TEST(Draws, UncorrelatedParametersKeepTheirDrawWhenOthersAreCorrelated) {
  const Scenario scenario = uncertain_scenario();
  Scenario other = scenario;
  other.correlations = {{scenario.drawn[1], scenario.drawn[2], 0.8}};
  const Drawn a = ParameterDraws(scenario).draw(luck(4)), b = ParameterDraws(other).draw(luck(4));
  EXPECT_EQ(a.values[0], b.values[0]);
  EXPECT_EQ(a.values[1], b.values[1]);  // the first of a group keeps its own score
  EXPECT_NE(a.values[2], b.values[2]);
}

TEST(Draws, PerfectCorrelationIsPossible) {
  Scenario scenario = uncertain_scenario();
  const auto& d = scenario.drawn;
  scenario.correlations = {{d[0], d[1], 1}, {d[0], d[2], -1}, {d[1], d[2], -1}};
  ASSERT_FALSE(correlation_fault(scenario));
  const Sample s = sample(scenario, 200);
  EXPECT_NEAR(s.r01, s.sd0 * s.sd0, 1e-6);
  EXPECT_NEAR(s.r02, -s.sd0 * s.sd0, 1e-6);
}

TEST(Draws, ImpossibleCorrelationsAreRefusedByName) {
  Scenario scenario = uncertain_scenario();
  const auto& d = scenario.drawn;
  scenario.correlations = {{d[0], d[1], 0.9}, {d[1], d[2], 0.9}, {d[0], d[2], -0.9}};
  const auto fault = correlation_fault(scenario);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->setting, d[2]);
  EXPECT_NE(fault->text.find(scenario.settings[d[2]].path), std::string::npos) << fault->text;
  EXPECT_THROW(ParameterDraws{scenario}, RunFault);

  scenario.correlations = {{d[0], d[1], 1}, {d[1], d[2], 1}, {d[0], d[2], 0.5}};
  EXPECT_TRUE(correlation_fault(scenario));
}

TEST(Draws, CorrelationWithAFixedParameterSaysNothing) {
  const Scenario scenario = uncertain_scenario();
  Scenario other = scenario;
  other.correlations = {{testing::index_of(other, kBrand), other.drawn[0], 0.9}};
  ASSERT_FALSE(correlation_fault(other));
  EXPECT_EQ(ParameterDraws(scenario).draw(luck(1)).values,
            ParameterDraws(other).draw(luck(1)).values);
}

TEST(Draws, KnownBits) {
  // Golden: a change here changes every result.
  Scenario scenario = uncertain_scenario();
  const Distribution forms[] = {around({-1, 1}, 0.05, {-0.05, 0.15}), triangular(0, 1, 3),
                                around({0, 1e9}, 1, {0.4, 2})};
  for (std::size_t k = 0; k < 3; ++k) scenario.settings[scenario.drawn[k]].distribution = forms[k];
  const Drawn drawn = ParameterDraws(scenario).draw(luck(0));
  Hasher hasher;
  hasher.add(drawn.values.data(), 8 * drawn.values.size());
  EXPECT_EQ(hex(hasher.value()), "e4e1ca23d773f366");
}

}  // namespace
}  // namespace partnersim
