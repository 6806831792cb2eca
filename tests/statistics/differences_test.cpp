// Differences of pairs whose true answer is known: intervals cover it as often as they say, and the
// plausible wrong ways to make them do not.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "ensemble/statistics.hpp"
#include "experiments/payback.hpp"

namespace partnersim {
namespace {

constexpr int kStudies = 2000;

/// Normal variates with the same bits everywhere.
class Normals {
 public:
  explicit Normals(std::uint64_t seed) : bits_(seed) {}
  double operator()() {
    const double u = (static_cast<double>(bits_() >> 11) + 0.5) / 9007199254740992.0;
    return quantile(boost::math::normal(), u);
  }

 private:
  std::mt19937_64 bits_;
};

/// Four standard errors of a share of kStudies studies.
double four_errors(double share) {
  return 4 * std::sqrt(share * (1 - share) / kStudies);
}

bool covers(double lo, double hi, double truth) {
  return lo <= truth && truth <= hi;
}

/// A = luck + own, B = A's luck + own + 0.5: what both share has a variance of 9, what is own 0.25.
constexpr double kTruth = 0.5, kShared = 3, kOwn = 0.5;
constexpr std::size_t kPairs = 20;

struct Study {
  std::vector<double> a, b;
};

Study study(Normals& normal, bool fresh_noise) {
  Study one;
  for (std::size_t k = 0; k < kPairs; ++k) {
    const double luck = kShared * normal();
    one.a.push_back(luck + kOwn * normal());
    one.b.push_back((fresh_noise ? kShared * normal() : luck) + kOwn * normal() + kTruth);
  }
  return one;
}

struct Answer {
  double coverage = 0;    // share of the studies whose interval holds the truth
  double half_width = 0;  // mean
  double reduction = 0;   // of the variance, mean
};

/// `interval`: from a study.
template <class Method>
Answer answer(bool fresh_noise, Method interval) {
  Normals normal(1);
  Answer result;
  for (int k = 0; k < kStudies; ++k) {
    const Study one = study(normal, fresh_noise);
    const Interval found = interval(one);
    result.coverage += covers(found.lo, found.hi, kTruth) ? 1.0 / kStudies : 0;
    result.half_width += (found.hi - found.lo) / 2 / kStudies;
    result.reduction += paired_difference(one.a, one.b).variance_reduction / kStudies;
  }
  return result;
}

Interval paired(const Study& one) {
  const Summary d = paired_difference(one.a, one.b).difference;
  return {d.ci_lo, d.ci_hi};
}

/// Welch: the two means with their own variances.
Interval unpaired(const Study& one) {
  const Summary a = summarize(one.a), b = summarize(one.b);
  const double of_a = a.sd * a.sd / kPairs, of_b = b.sd * b.sd / kPairs, sum = of_a + of_b;
  const double df = sum * sum / (of_a * of_a + of_b * of_b) * (kPairs - 1);
  const double half = t_quantile(0.975, df) * std::sqrt(sum);
  return {b.mean - a.mean - half, b.mean - a.mean + half};
}

// Half width: t(0.975, 19) sqrt(2 x 0.25 / 20), less the bias of a sample's sd (1.3 %).
TEST(PairedInterval, CoversTheTruthAsOftenAsItSays) {
  const Answer right = answer(false, paired);
  EXPECT_NEAR(right.coverage, 0.95, four_errors(0.95));
  EXPECT_NEAR(right.half_width, 2.093 * std::sqrt(0.5 / kPairs), 0.02);
  // (2 x 9.25) / (2 x 0.25) = 37, times 19 / 17: the mean of 1 / chi-square.
  EXPECT_NEAR(right.reduction, 37.0 * 19 / 17, 2);
}

TEST(PairedInterval, TwoMeansWithTheirOwnIntervalsAreNoSubstitute) {
  const Answer wrong = answer(false, unpaired);
  EXPECT_GT(wrong.coverage, 0.95 + four_errors(0.95));  // never misses, because it says nothing
  EXPECT_GT(wrong.half_width, 5 * answer(false, paired).half_width);
}

TEST(PairedInterval, FreshNoiseIsNoPair) {
  const Answer wrong = answer(true, paired);
  EXPECT_NEAR(wrong.coverage, 0.95, four_errors(0.95));  // honest, but blind
  EXPECT_LT(wrong.reduction, 2);
  EXPECT_GT(wrong.half_width, 5 * answer(false, paired).half_width);
}

/// Four runs in each of ten draws; the difference varies by draw (sd 1) and run (sd 0.5).
TEST(PairedInterval, RunsOfOneDrawAreNotIndependent) {
  constexpr std::size_t kDraws = 10, kRuns = 4;
  Normals normal(2);
  double by_draw = 0, by_run = 0;
  for (int k = 0; k < kStudies; ++k) {
    std::vector<double> means, runs;
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
      const double effect = kTruth + normal();
      double sum = 0;
      for (std::size_t run = 0; run < kRuns; ++run) {
        runs.push_back(effect + 0.5 * normal());
        sum += runs.back();
      }
      means.push_back(sum / kRuns);
    }
    const Summary right = summarize(means), wrong = summarize(runs);
    by_draw += covers(right.ci_lo, right.ci_hi, kTruth) ? 1.0 / kStudies : 0;
    by_run += covers(wrong.ci_lo, wrong.ci_hi, kTruth) ? 1.0 / kStudies : 0;
  }
  EXPECT_NEAR(by_draw, 0.95, four_errors(0.95));
  EXPECT_LT(by_run, 0.80);
}

TEST(OutcomeQuantiles, HoldNineFuturesOfTenWhereTheIntervalOfTheMeanHoldsFew) {
  constexpr std::size_t kFutures = 200;
  Normals normal(3);
  double in_outcome = 0, in_mean = 0;
  std::vector<double> scratch;
  for (int k = 0; k < kStudies; ++k) {
    std::vector<double> d;
    for (std::size_t j = 0; j < kFutures; ++j) d.push_back(kTruth + normal());
    const Quantiles outcome = quantiles(d, scratch);
    const Summary mean = summarize(d);
    const double next = kTruth + normal();  // a further future
    in_outcome += covers(outcome.q05, outcome.q95, next) ? 1.0 / kStudies : 0;
    in_mean += covers(mean.ci_lo, mean.ci_hi, next) ? 1.0 / kStudies : 0;
  }
  EXPECT_NEAR(in_outcome, 0.9, four_errors(0.9) + 0.01);  // type 7 of 200: a little narrow
  EXPECT_LT(in_mean, 0.2);
}

/// Five alternatives that do nothing, against the same A: somebody is found guilty in 5 of 100.
TEST(Holm, KeepsTheChanceOfOneFalseAnswer) {
  constexpr std::size_t kAlternatives = 5;
  Normals normal(4);
  double adjusted = 0, alone = 0;
  for (int k = 0; k < kStudies; ++k) {
    std::vector<double> a;
    for (std::size_t j = 0; j < kPairs; ++j) a.push_back(normal());
    std::vector<double> p_values;
    for (std::size_t alternative = 0; alternative < kAlternatives; ++alternative) {
      std::vector<double> b;
      for (std::size_t j = 0; j < kPairs; ++j) b.push_back(normal());
      p_values.push_back(paired_difference(a, b).p_value);
    }
    const auto found = [](const std::vector<double>& values) {
      return *std::min_element(values.begin(), values.end()) <= 0.05;
    };
    adjusted += found(holm_adjusted(p_values)) ? 1.0 / kStudies : 0;
    alone += found(p_values) ? 1.0 / kStudies : 0;
  }
  EXPECT_LE(adjusted, 0.05 + four_errors(0.05));
  EXPECT_GT(alone, 0.10);
}

/// 6 a month less in the first 10 months, 5 a month more afterwards, with a noise of sd 3 in every
/// month: 1 - 60 + 5 k is not below zero any more at k = 12, after 21 months.
TEST(PaybackInterval, HoldsTheTrueMonthAsOftenAsItSays) {
  constexpr std::size_t kMonths = 36, kFutures = 30;
  constexpr int kTrueMonth = 21;
  static constexpr int kNotYet = kMonths;
  Normals normal(5);
  double right = 0, narrow = 0;
  for (int k = 0; k < kStudies; ++k) {
    Matrix paths(kMonths, kFutures);
    for (std::size_t j = 0; j < kFutures; ++j) {
      double sum = 1;  // not zero in the true month
      for (std::size_t m = 0; m < kMonths; ++m) {
        sum += (m < 10 ? -6 : 5) + 3 * normal();
        paths.row(m)[j] = sum;
      }
    }
    const Payback found = payback(paths, paths);
    const auto month = [](PaybackMonths months) { return months.value_or(kNotYet); };
    right += covers(month(found.earliest), month(found.latest), kTrueMonth) ? 1.0 / kStudies : 0;
    // The wrong variant: the month of the mean for all there is to know.
    narrow += month(found.months) == kTrueMonth ? 1.0 / kStudies : 0;
  }
  EXPECT_GT(right, 0.95 - four_errors(0.95));
  EXPECT_LT(narrow, 0.95 - four_errors(0.95));
}

}  // namespace
}  // namespace partnersim
