// The statistics against published and independently computed values, and against the wrong
// formulas that are easily taken for the right ones.
#include "ensemble/statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

namespace partnersim {
namespace {

using Values = std::vector<double>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Values one_to_ten() {
  Values values(10);
  std::iota(values.begin(), values.end(), 1.0);
  return values;
}

// ---- moments and intervals

TEST(Moments, NistNumAcc4) {
  Values values{10000000.2};
  for (int i = 0; i < 500; ++i) values.insert(values.end(), {10000000.1, 10000000.3});
  EXPECT_DOUBLE_EQ(mean(values), 10000000.2);
  // The data are stored to 2e-9, so an sd of 0.1 can be right to about 1e-8.
  EXPECT_NEAR(standard_deviation(values), 0.1, 1e-8);

  // The sum of squares minus the square of the sum has lost everything.
  double sum = 0;
  double of_squares = 0;
  for (const double x : values) {
    sum += x;
    of_squares += x * x;
  }
  const double naive = (of_squares - sum * sum / 1001) / 1000;
  EXPECT_GT(std::abs(naive - 0.01), 0.001);
}

TEST(Moments, UsesTheSampleDivisor) {
  EXPECT_NEAR(standard_deviation(one_to_ten()), std::sqrt(82.5 / 9), 1e-14);
  EXPECT_GT(standard_deviation(one_to_ten()) - std::sqrt(82.5 / 10), 0.1);
}

TEST(Moments, OfNothingAreNotNumbers) {
  EXPECT_TRUE(std::isnan(mean({})));
  EXPECT_TRUE(std::isnan(standard_deviation({})));
  EXPECT_TRUE(std::isnan(standard_deviation(Values{3})));
  EXPECT_EQ(mean(Values{3}), 3);
  EXPECT_TRUE(std::isnan(mean(Values{1, kNan, 3})));
  EXPECT_TRUE(std::isnan(standard_deviation(Values{1, kNan, 3})));
}

TEST(Intervals, StudentQuantiles) {
  EXPECT_NEAR(t_quantile(0.975, 4), 2.776445, 5e-7);
  EXPECT_NEAR(t_quantile(0.975, 9), 2.262157, 5e-7);
  EXPECT_NEAR(t_quantile(0.975, 19), 2.093024, 5e-7);
  EXPECT_NEAR(t_quantile(0.975, 99), 1.984217, 5e-7);
}

TEST(Intervals, OfTheMean) {
  const Summary s = summarize(one_to_ten());
  EXPECT_EQ(s.n, 10U);
  EXPECT_DOUBLE_EQ(s.mean, 5.5);
  EXPECT_NEAR(s.ci_lo, 3.3341494104, 1e-10);
  EXPECT_NEAR(s.ci_hi, 7.6658505896, 1e-10);
  // The normal quantile would give an interval that is too short.
  EXPECT_LT(s.ci_lo, 5.5 - 1.959963985 * s.sd / std::sqrt(10.0) - 0.2);
  // A higher level is wider.
  EXPECT_LT(summarize(one_to_ten(), 0.99).ci_lo, s.ci_lo);
}

TEST(Intervals, OfOneMoreValue) {
  const Interval i = prediction_interval(one_to_ten());
  EXPECT_NEAR(i.lo, -1.683314, 5e-7);
  EXPECT_NEAR(i.hi, 12.683314, 5e-7);
  EXPECT_TRUE(std::isnan(prediction_interval(Values{1}).lo));
}

TEST(Intervals, AreUnknownBelowTwoValues) {
  const Summary one = summarize(Values{4});
  EXPECT_EQ(one.n, 1U);
  EXPECT_EQ(one.mean, 4);
  EXPECT_TRUE(std::isnan(one.sd) && std::isnan(one.ci_lo) && std::isnan(one.ci_hi));
  EXPECT_EQ(summarize({}).n, 0U);
  EXPECT_TRUE(std::isnan(summarize({}).mean));
  const Summary broken = summarize(Values{1, kNan, 2});
  EXPECT_EQ(broken.n, 3U);
  EXPECT_TRUE(std::isnan(broken.mean) && std::isnan(broken.ci_hi));
}

TEST(Precision, RunsNeeded) {
  EXPECT_EQ(runs_for_precision(1, 0.3, 0.05), 141U);  // the normal quantile would say 139
  EXPECT_EQ(runs_for_precision(-200, 60, 0.05), 141U);
  EXPECT_EQ(runs_for_half_width(0, 1), 2U);
  EXPECT_EQ(runs_for_half_width(1, 100), 2U);
  EXPECT_EQ(runs_for_precision(0, 1, 0.05), kTooManyRuns);
  EXPECT_EQ(runs_for_half_width(1, 1e-9), kTooManyRuns);
  EXPECT_EQ(runs_for_half_width(1, -1), kTooManyRuns);
  EXPECT_EQ(runs_for_half_width(kNan, 1), kTooManyRuns);
  EXPECT_EQ(runs_for_half_width(1, kNan), kTooManyRuns);
}

TEST(Precision, IsTheFewestRunsThatDo) {
  for (const double ratio : {0.01, 0.1, 0.4, 0.9, 2.0, 5.0}) {
    const std::size_t n = runs_for_half_width(1, ratio);
    const auto half = [](std::size_t runs) {
      const auto real = static_cast<double>(runs);
      return t_quantile(0.975, real - 1) / std::sqrt(real);
    };
    EXPECT_LE(half(n), ratio);
    if (n > 2) {
      EXPECT_GT(half(n - 1), ratio) << ratio;
    }
  }
}

TEST(Precision, OfASummary) {
  EXPECT_NEAR(relative_half_width(summarize(one_to_ten())), 2.1658505896 / 5.5, 1e-10);
  EXPECT_TRUE(std::isnan(relative_half_width(summarize(Values{1}))));
}

// ---- shares

void expect_wilson(double successes, std::size_t trials, double lo, double hi) {
  const Interval i = wilson_interval(successes, trials);
  EXPECT_NEAR(i.lo, lo, 5e-7);
  EXPECT_NEAR(i.hi, hi, 5e-7);
}

TEST(Wilson, KnownValues) {
  expect_wilson(34, 40, 0.709277, 0.929388);
  expect_wilson(46, 50, 0.811618, 0.968450);
  expect_wilson(8, 8, 0.675592, 1);
  expect_wilson(0, 8, 0, 1 - 0.675592);
  EXPECT_EQ(wilson_interval(8, 8).hi, 1);
  EXPECT_EQ(wilson_interval(0, 8).lo, 0);
}

TEST(Wilson, IsNotClopperPearsonNorWald) {
  using boost::math::binomial;
  EXPECT_NEAR(binomial::find_lower_bound_on_p(40, 34, 0.025), 0.701647, 5e-7);
  EXPECT_NEAR(binomial::find_upper_bound_on_p(40, 34, 0.025), 0.942898, 5e-7);
  EXPECT_GT(wilson_interval(34, 40).lo, 0.705);
  const double wald_hi = 0.85 + 1.959963985 * std::sqrt(0.85 * 0.15 / 40);
  EXPECT_GT(wald_hi - wilson_interval(34, 40).hi, 0.02);
}

TEST(Wilson, WithoutTrialsAnythingIsPossible) {
  EXPECT_EQ(wilson_interval(0, 0).lo, 0);
  EXPECT_EQ(wilson_interval(0, 0).hi, 1);
  EXPECT_TRUE(std::isnan(wilson_interval(kNan, 5).lo));
}

void expect_near(const Values& got, const Values& expected, double tolerance) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i], tolerance) << i;
}

TEST(Holm, KnownValues) {
  const Values p{.01, .04, .03, .005};
  expect_near(holm_adjusted(p), {.03, .06, .06, .02}, 1e-15);
  // Neither Bonferroni nor Holm without its running maximum (.04 for the second).
  EXPECT_LT(holm_adjusted(p)[1], 0.04 * 4);
  EXPECT_GT(holm_adjusted(p)[1], 0.04);
}

TEST(Holm, Ends) {
  EXPECT_TRUE(holm_adjusted({}).empty());
  expect_near(holm_adjusted(Values{0.7}), {0.7}, 0);
  expect_near(holm_adjusted(Values{0.7, 0.9}), {1, 1}, 0);
  const Values some = holm_adjusted(Values{kNan, 0.01});
  EXPECT_TRUE(std::isnan(some[0]));
  EXPECT_DOUBLE_EQ(some[1], 0.02);
}

// ---- quantiles

TEST(Quantile, TypeSeven) {
  const Values v = one_to_ten();
  EXPECT_NEAR(quantile(v, 0.05), 1.45, 1e-12);
  EXPECT_NEAR(quantile(v, 0.10), 1.9, 1e-12);
  EXPECT_NEAR(quantile(v, 0.50), 5.5, 1e-12);
  EXPECT_NEAR(quantile(v, 0.90), 9.1, 1e-12);
  EXPECT_NEAR(quantile(v, 0.95), 9.55, 1e-12);
  // Type 8 has 1.3667 and 9.6333 at 10 % and 90 %.
  EXPECT_GT(std::abs(quantile(v, 0.10) - 1.3667), 0.5);
  EXPECT_GT(std::abs(quantile(v, 0.90) - 9.6333), 0.5);
}

TEST(Quantile, Ends) {
  EXPECT_EQ(quantile(one_to_ten(), 0), 1);
  EXPECT_EQ(quantile(one_to_ten(), 1), 10);
  EXPECT_EQ(quantile(Values{7}, 0.3), 7);
  EXPECT_TRUE(std::isnan(quantile({}, 0.5)));
  EXPECT_TRUE(std::isnan(quantile(one_to_ten(), 1.01)));
  EXPECT_TRUE(std::isnan(quantile(one_to_ten(), -0.01)));
  EXPECT_TRUE(std::isnan(quantile(one_to_ten(), kNan)));
}

TEST(Quantile, FanOfUnsortedValues) {
  Values shuffled = one_to_ten();
  std::reverse(shuffled.begin(), shuffled.end());
  std::swap(shuffled[2], shuffled[7]);
  Values scratch{1, 2, 3};  // what was in it does not matter
  const Quantiles q = quantiles(shuffled, scratch);
  EXPECT_DOUBLE_EQ(q.mean, 5.5);
  EXPECT_NEAR(q.q05, 1.45, 1e-12);
  EXPECT_NEAR(q.q25, 3.25, 1e-12);
  EXPECT_NEAR(q.q50, 5.5, 1e-12);
  EXPECT_NEAR(q.q75, 7.75, 1e-12);
  EXPECT_NEAR(q.q95, 9.55, 1e-12);
  const double* const kept = scratch.data();
  quantiles(Values{1, 2}, scratch);
  EXPECT_EQ(scratch.data(), kept);  // no allocation the second time
  EXPECT_TRUE(std::isnan(quantiles({}, scratch).q50));
  EXPECT_TRUE(std::isnan(quantiles(Values{1, kNan}, scratch).q05));
}

TEST(Quantile, RanksThatEncloseTheMedian) {
  const auto ranks = quantile_ranks(20, 0.5);
  ASSERT_TRUE(ranks);
  EXPECT_EQ(ranks->lo, 6U);
  EXPECT_EQ(ranks->hi, 15U);
  EXPECT_NEAR(ranks->coverage, 0.95861, 5e-6);
  EXPECT_FALSE(quantile_ranks(5, 0.5));  // 93.75 % is all that five values can give
  EXPECT_TRUE(quantile_ranks(6, 0.5));
  EXPECT_FALSE(quantile_ranks(0, 0.5));
  EXPECT_FALSE(quantile_ranks(1, 0.5));
  EXPECT_FALSE(quantile_ranks(20, 0.05));
}

TEST(Quantile, RunsBeforeATailMeansAnything) {
  EXPECT_EQ(runs_for_quantile(0.05), 59U);
  EXPECT_EQ(runs_for_quantile(0.95), 59U);
  EXPECT_EQ(runs_for_quantile(0.5), 5U);
}

TEST(Quantile, BandOfTheWholeDistribution) {
  EXPECT_NEAR(dkw_half_width(200), 0.096032, 5e-7);
  EXPECT_TRUE(std::isnan(dkw_half_width(0)));
}

// ---- paired difference

constexpr std::array kA{30.2, 31.5, 29.8, 32.1, 30.9, 28.7, 31.1, 30.4};
constexpr std::array kB{31.0, 32.4, 30.3, 33.2, 31.5, 29.4, 32.2, 31.1};

TEST(Paired, KnownValues) {
  const PairedDifference d = paired_difference(kA, kB);
  EXPECT_EQ(d.difference.n, 8U);
  EXPECT_NEAR(d.difference.mean, 0.8, 1e-12);
  EXPECT_NEAR(d.difference.sd, 0.2203892660, 1e-10);
  EXPECT_NEAR(d.difference.ci_lo, 0.6157499628, 1e-10);
  EXPECT_NEAR(d.difference.ci_hi, 0.9842500372, 1e-10);
  EXPECT_NEAR(d.variance_reduction, 53.522, 5e-4);
  EXPECT_EQ(d.p_better, 1);
  EXPECT_NEAR(d.p_better_interval.lo, 0.675592, 5e-7);
  EXPECT_EQ(d.p_better_interval.hi, 1);
  EXPECT_FALSE(d.more_pairs);
  const double t = 0.8 / (0.2203892660 / std::sqrt(8.0));
  EXPECT_NEAR(d.p_value, 2 * cdf(complement(boost::math::students_t(7), t)), 1e-10);
  EXPECT_LT(d.p_value, 1e-4);
}

TEST(Paired, IsNotWelch) {
  const double va = std::pow(standard_deviation(kA), 2) / 8;
  const double vb = std::pow(standard_deviation(kB), 2) / 8;
  const double df = std::pow(va + vb, 2) / (va * va / 7 + vb * vb / 7);
  const double half = t_quantile(0.975, df) * std::sqrt(va + vb);
  EXPECT_NEAR(df, 13.7407, 5e-5);
  EXPECT_NEAR(0.8 - half, -0.4248010, 5e-8);
  EXPECT_NEAR(0.8 + half, 2.0248010, 5e-8);
  // The same data without pairs cannot tell; with them they can.
  EXPECT_GT(paired_difference(kA, kB).difference.ci_lo, 0);
}

TEST(Paired, SwappedSidesMirror) {
  const PairedDifference ab = paired_difference(kA, kB);
  const PairedDifference ba = paired_difference(kB, kA);
  EXPECT_DOUBLE_EQ(ba.difference.mean, -ab.difference.mean);
  EXPECT_DOUBLE_EQ(ba.difference.ci_lo, -ab.difference.ci_hi);
  EXPECT_DOUBLE_EQ(ba.p_value, ab.p_value);
  EXPECT_EQ(ba.p_better, 0);
  EXPECT_FALSE(ba.more_pairs);
}

TEST(Paired, TiesCountHalf) {
  const PairedDifference d = paired_difference(Values{1, 1, 1, 1}, Values{1, 2, 0, 3});
  EXPECT_DOUBLE_EQ(d.p_better, 2.5 / 4);
  EXPECT_DOUBLE_EQ(d.p_better_interval.lo, wilson_interval(2.5, 4).lo);
}

TEST(Paired, SharedLuckThatHurtsIsSaid) {
  const Values a{1, 2, 3, 4};
  const Values opposite{4, 3, 2, 1};
  EXPECT_DOUBLE_EQ(paired_difference(a, opposite).variance_reduction, 0.5);
}

TEST(Paired, SaysHowManyMoreItNeeds) {
  // Mean 0.5, sd sqrt(7/3): 8 pairs leave zero inside.
  const Values b{2, -1, 2, -1, 2, -1, 2, -1};
  const PairedDifference d = paired_difference(Values(8, 0), b);
  ASSERT_TRUE(d.more_pairs);
  EXPECT_LT(d.difference.ci_lo, 0);
  const std::size_t total = 8 + *d.more_pairs;
  EXPECT_EQ(total, runs_for_half_width(d.difference.sd, d.difference.mean));
  EXPECT_GT(total, 30U);
  EXPECT_LT(total, 50U);
  // A difference of exactly nothing never excludes zero.
  EXPECT_EQ(paired_difference(Values{1, 2}, Values{2, 1}).more_pairs, kTooManyRuns);
  EXPECT_EQ(paired_difference(Values{1, 2}, Values{1, 2}).more_pairs, kTooManyRuns);
}

TEST(Paired, ConstantDifferences) {
  const PairedDifference d = paired_difference(Values{1, 2, 3}, Values{2, 3, 4});
  EXPECT_EQ(d.difference.sd, 0);
  EXPECT_EQ(d.p_value, 0);
  EXPECT_TRUE(std::isinf(d.variance_reduction));
  EXPECT_FALSE(d.more_pairs);
  const PairedDifference same = paired_difference(Values{5, 5}, Values{5, 5});
  EXPECT_EQ(same.p_value, 1);
  EXPECT_EQ(same.p_better, 0.5);
  EXPECT_TRUE(std::isnan(same.variance_reduction));
}

TEST(Paired, UnknownWhatTheDataCannotGive) {
  for (const PairedDifference& d :
       {paired_difference({}, {}), paired_difference(Values{1, kNan}, Values{2, 3})}) {
    EXPECT_TRUE(std::isnan(d.difference.mean) && std::isnan(d.p_better) && std::isnan(d.p_value));
    EXPECT_TRUE(std::isnan(d.p_better_interval.lo));
    EXPECT_EQ(d.more_pairs, kTooManyRuns);
  }
  const PairedDifference one = paired_difference(Values{1}, Values{2});
  EXPECT_EQ(one.difference.mean, 1);
  EXPECT_EQ(one.p_better, 1);
  EXPECT_TRUE(std::isnan(one.p_value) && std::isnan(one.difference.ci_lo));
  EXPECT_EQ(one.more_pairs, kTooManyRuns);
  EXPECT_THROW(paired_difference(Values{1}, Values{1, 2}), std::invalid_argument);
}

// ---- what a band is made of

TEST(OneWaySplit, KnownValues) {
  const Values rows{10, 12, 11, 20, 19, 21, 14, 16, 15, 9, 11, 10};
  const auto split = split_one_way(rows, 3);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->draws, 4U);
  EXPECT_EQ(split->runs_used, 12U);
  EXPECT_NEAR(split->ms_between, 62, 1e-12);
  EXPECT_NEAR(split->ms_within, 1, 1e-12);
  EXPECT_NEAR(split->parameters.variance, 61.0 / 3, 1e-12);
  EXPECT_NEAR(split->parameters.share, 0.953125, 1e-12);
  EXPECT_NEAR(split->noise.share, 0.046875, 1e-12);
  // The raw variance of the draw means still holds noise/3.
  EXPECT_NEAR(std::pow(standard_deviation(Values{11, 20, 15, 10}), 2), 62.0 / 3, 1e-12);
  EXPECT_LT(split->parameters.variance, 62.0 / 3 - 0.3);
}

TEST(OneWaySplit, LeavesOutBrokenDraws) {
  const Values rows{10, 12, 11, 20, kNan, 21, 14, 16, 15, 9};
  const auto split = split_one_way(rows, 3);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->draws, 2U);
  EXPECT_EQ(split->runs_used, 6U);
  EXPECT_FALSE(split_one_way(rows, 1));
  EXPECT_FALSE(split_one_way(rows, 0));
  EXPECT_FALSE(split_one_way({}, 3));
  EXPECT_FALSE(split_one_way(Values{1, 2, 3}, 3));
}

TEST(BandSplit, ByHand) {
  // Draw 0: worlds (10, 12) and (16, 18); draw 1: (20, 22) and (30, 28).
  const auto band = split_band(Values{10, 12, 16, 18, 20, 22, 30, 28});
  ASSERT_TRUE(band);
  EXPECT_EQ(band->runs_used, 8U);
  EXPECT_EQ(band->draws, 2U);
  // World means 11 17 21 29, draw means 14 25: mean squares 2 (luck), 50 (world), 242 (draw).
  EXPECT_NEAR(band->individuals.variance, 2, 1e-12);
  EXPECT_NEAR(band->market.variance, 24, 1e-12);
  EXPECT_NEAR(band->parameters.variance, 48, 1e-12);
  EXPECT_NEAR(band->total, 74, 1e-12);
  EXPECT_NEAR(band->parameters.share, 48.0 / 74, 1e-12);
  EXPECT_NEAR(band->market.share + band->parameters.share + band->individuals.share, 1, 1e-12);
  // Worlds read as crossed with draws (same world number, same market) would give another answer.
  EXPECT_GT(std::abs(band->parameters.variance - (242 - 2) / 4.0), 1);
}

TEST(BandSplit, NegativeEstimatesStay) {
  // All worlds and draws have the same mean; only the luck varies.
  const auto band = split_band(Values{9, 11, 11, 9, 9, 11, 11, 9});
  ASSERT_TRUE(band);
  EXPECT_DOUBLE_EQ(band->individuals.variance, 2);
  EXPECT_DOUBLE_EQ(band->market.variance, -1);
  EXPECT_DOUBLE_EQ(band->parameters.variance, 0);
  EXPECT_DOUBLE_EQ(band->total, 1);
  EXPECT_DOUBLE_EQ(band->market.share, -1);
  EXPECT_TRUE(band->market.indistinguishable_from_zero());
  EXPECT_FALSE(band->individuals.indistinguishable_from_zero());
}

TEST(BandSplit, UsesCompleteGroupsOnly) {
  const Values eight{10, 12, 16, 18, 20, 22, 30, 28};
  Values longer = eight;
  longer.insert(longer.end(), {1000, 2000, 3000});
  EXPECT_EQ(split_band(longer)->runs_used, 8U);
  EXPECT_DOUBLE_EQ(split_band(longer)->total, split_band(eight)->total);
  Values broken{1000, kNan, 3000, 4000};
  broken.insert(broken.end(), eight.begin(), eight.end());
  EXPECT_EQ(split_band(broken)->runs_used, 8U);
  EXPECT_DOUBLE_EQ(split_band(broken)->total, split_band(eight)->total);
  EXPECT_FALSE(split_band(Values{1, 2, 3, 4, 5, 6, 7}));
  EXPECT_FALSE(split_band({}));
}

TEST(BandSplit, OfEqualRunsHasNoShares) {
  const auto band = split_band(Values(8, 3.0));
  ASSERT_TRUE(band);
  EXPECT_EQ(band->total, 0);
  EXPECT_TRUE(std::isnan(band->market.share));
}

/// Normal numbers that are the same with every standard library.
class Normal {
 public:
  double operator()(double sd) {
    const double u = (static_cast<double>(engine_() >> 11U) + 0.5) * 0x1p-53;
    return sd * boost::math::quantile(boost::math::normal(), u);
  }

 private:
  std::mt19937_64 engine_{7};
};

TEST(BandSplit, FindsKnownComponents) {
  Normal normal;
  Values values;
  const int draws = 20000;
  for (int draw = 0; draw < draws; ++draw) {
    const double theta = normal(2);
    for (int world = 0; world < 2; ++world) {
      const double market = normal(1);
      for (int luck = 0; luck < 2; ++luck) values.push_back(theta + market + normal(3));
    }
  }
  // Four standard errors: mean squares 9 + 2 1 + 4 4 = 27, 11, 9 with 20000, 20000, 40000 degrees.
  const auto band = split_band(values);
  const double root = std::sqrt(2.0 / draws);
  EXPECT_NEAR(band->individuals.variance, 9, 4 * 9 * root / std::sqrt(2.0));
  EXPECT_NEAR(band->market.variance, 1, 4 * root * std::hypot(11, 9) / 2);
  EXPECT_NEAR(band->parameters.variance, 4, 4 * root * std::hypot(27, 11) / 4);
}

TEST(OneWaySplit, FindsKnownShare) {
  Normal normal;
  Values values;
  const int draws = 20000;
  for (int draw = 0; draw < draws; ++draw) {
    const double theta = normal(2);
    for (int k = 0; k < 3; ++k) values.push_back(theta + normal(3));
  }
  EXPECT_NEAR(split_one_way(values, 3)->parameters.share, 4.0 / 13, 0.02);
}

}  // namespace
}  // namespace partnersim
