#include "base/distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/math.hpp"

namespace partnersim {
namespace {

constexpr Range kShare{0, 1}, kPositive{0, 1e12}, kAny{};

TEST(NormalCdf, FollowsTheComplementaryErrorFunction) {
  for (double z = -8; z <= 8; z += 0.01) {
    const double expected = std::erfc(-z / std::sqrt(2.0)) / 2;
    EXPECT_NEAR(normal_cdf(z), expected, 1e-15) << z;
    EXPECT_NEAR(normal_cdf(z) / expected, 1, 1e-12) << z;
  }
}

TEST(NormalCdf, UndoesTheQuantile) {
  for (const double p : {1e-9, 0.001, 0.05, 0.3, 0.5, 0.9, 0.999}) {
    EXPECT_NEAR(normal_cdf(normal_quantile(p)), p, 1e-15);
  }
}

TEST(FitQuantiles, ComesBackToTheQuantiles) {
  for (const Range bounds : {kShare, kPositive, kAny, Range{-1, 1}, Range{0.001, 1000}}) {
    const Distribution d = fit_quantiles(bounds, 0.05, 0.05, 0.95, 0.12);
    EXPECT_NEAR(d.quantile(0.05), 0.05, 1e-14);
    EXPECT_NEAR(d.quantile(0.95), 0.12, 1e-14);
    const Distribution other = fit_quantiles(bounds, 0.1, 0.2, 0.7, 0.3);
    EXPECT_NEAR(other.quantile(0.1), 0.2, 1e-14);
    EXPECT_NEAR(other.quantile(0.7), 0.3, 1e-14);
  }
}

TEST(FitQuantiles, TakesItsFormFromTheBounds) {
  EXPECT_EQ(fit_quantiles(kShare, 0.05, 0.1, 0.95, 0.2).name(), "logit-normal");
  EXPECT_EQ(fit_quantiles(kPositive, 0.05, 0.1, 0.95, 0.2).name(), "lognormal");
  EXPECT_EQ(fit_quantiles(kAny, 0.05, 0.1, 0.95, 0.2).name(), "normal");
  EXPECT_EQ(fit_quantiles(kShare, 0.05, 0.1, 0.95, 0.2, Distribution::Form::normal).name(),
            "normal");
}

TEST(FitQuantiles, StaysBelowATechnicalBoundThatIsNear) {
  const Distribution d = fit_quantiles({0, 1e5}, 0.05, 100, 0.95, 90000);
  EXPECT_EQ(d.form, Distribution::Form::logit_normal);
  EXPECT_LE(support(d).hi, 1e5);
}

TEST(Distribution, IsMonotoneAndStaysWithinItsBounds) {
  for (const Distribution& d :
       {fit_quantiles(kShare, 0.05, 0.001, 0.95, 0.9), around(kShare, 0.3, {0.01, 0.4}),
        triangular(0, 0.1, 1), triangular(0, 0, 1), triangular(0, 1, 1)}) {
    double before = -1;
    for (double p = 1e-9; p < 1; p += 0.001) {
      const double x = d.quantile(p);
      EXPECT_GE(x, before);
      EXPECT_GE(x, 0);
      EXPECT_LE(x, 1);
      before = x;
    }
  }
}

TEST(Distribution, HasTheSameValueByProbabilityAndByScore) {
  for (const Distribution& d :
       {around(kShare, 0.3, {0.01, 0.4}), triangular(0, 0.1, 1), fixed(4)}) {
    for (const double p : {0.001, 0.3, 0.5, 0.98}) {
      EXPECT_NEAR(d.at_score(normal_quantile(p)), d.quantile(p), 1e-13);
    }
  }
}

TEST(Around, KeepsMedianAndBothEnds) {
  for (const Range bounds : {kShare, kPositive, Range{-3, 3}}) {
    const Distribution d = around(bounds, 0.2, {0.1, 0.7});
    EXPECT_NEAR(d.quantile(0.5), 0.2, 1e-15);
    EXPECT_NEAR(d.quantile(0.05), 0.1, 1e-14);
    EXPECT_NEAR(d.quantile(0.95), 0.7, 1e-14);
  }
}

TEST(Around, ShiftsARangeThatDoesNotHoldTheValue) {
  const Distribution d = around(kPositive, 1000, {10, 40});  // a factor of four
  EXPECT_NEAR(d.quantile(0.5), 1000, 1e-9);
  EXPECT_NEAR(d.quantile(0.05), 500, 1e-9);
  EXPECT_NEAR(d.quantile(0.95), 2000, 1e-9);
}

TEST(Around, TakesTheOtherSideWhereTheRangeTouchesTheBounds) {
  const Distribution d = around(kShare, 0.1, {0, 0.3});
  EXPECT_NEAR(d.quantile(0.95), 0.3, 1e-14);
  EXPECT_DOUBLE_EQ(d.spread_below, d.spread_above);
  EXPECT_DOUBLE_EQ(around(kShare, 0.1, {0, 1}).spread_above, 1);
}

TEST(Around, LeavesAValueOnABoundFixed) {
  EXPECT_EQ(around(kShare, 0, {0, 0.3}), fixed(0));
  EXPECT_EQ(around(kShare, 0.2, {0.2, 0.2}), fixed(0.2));
}

TEST(Centred, KeepsTheWidthOfTheRange) {
  const Distribution d = centred(kPositive, 100, {10, 40});
  EXPECT_NEAR(d.quantile(0.05), 50, 1e-10);
  EXPECT_NEAR(d.quantile(0.95), 200, 1e-10);
  EXPECT_GT(centred(kShare, 0.9, {0, 0.3}).spread_above, 0);
}

TEST(Triangular, HasItsQuantiles) {
  const Distribution d = triangular(0, 0.5, 2);
  EXPECT_DOUBLE_EQ(d.quantile(0.25), 0.5);
  EXPECT_NEAR(d.quantile(0.5), 2 - std::sqrt(0.5 * 2 * 1.5), 1e-15);
}

}  // namespace
}  // namespace partnersim
