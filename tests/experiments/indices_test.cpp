// Sobol indices and elementary effects of functions whose answers are known in closed form.
#include "experiments/indices.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

#include "base/math.hpp"
#include "experiments/designs.hpp"

namespace partnersim::testing {
namespace {

using Function = std::function<double(std::span<const double> u)>;

double ishigami(std::span<const double> u) {
  const auto x = [&](std::size_t k) { return std::numbers::pi * (2 * u[k] - 1); };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) +
         0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

/// Factor k of B in A; `luck` gives the luck of a row, of A or of B, as a further argument.
SobolAnswers answers_of(const Design& both, const Function& f) {
  const std::size_t d = both.d / 2;
  SobolAnswers answers{.a = {}, .b = {}, .ab = std::vector<std::vector<double>>(d)};
  for (std::size_t k = 0; k < both.rows(); ++k) {
    const auto a = both.row(k).first(d), b = both.row(k).last(d);
    answers.a.push_back(f(a));
    answers.b.push_back(f(b));
    for (std::size_t i = 0; i < d; ++i) {
      std::vector<double> mixed(a.begin(), a.end());
      mixed[i] = b[i];
      answers.ab[i].push_back(f(mixed));
    }
  }
  return answers;
}

// The same numbers from the same points, computed independently.
TEST(SobolIndices, OfTheIshigamiFunctionOnKnownPoints) {
  struct Known {
    std::size_t n;
    double mean, variance;
    double saltelli[3], jansen[3], total[3];
  };
  const Known known[] = {
      {1024,
       3.50605568,
       13.81895444,
       {.33295530, .44131394, .01857860},
       {.31284478, .42616782, -.00262405},
       {.55817905, .44328458, .24214937}},
      {4096,
       3.49991189,
       13.84453043,
       {.31410642, .44247275, -.00006488},
       {.31474420, .44279828, .00012597},
       {.55743458, .44245415, .24329312}},
      {16384,
       3.49999999,
       13.84447674,
       {.31533777, .44241844, .00142171},
       {.31389983, .44098585, -.00001054},
       {.55833360, .44242255, .24365294}},
  };
  for (const Known& one : known) {
    const SobolIndices indices = sobol_indices(answers_of(sobol_design(one.n, 6), ishigami), 0, {});
    EXPECT_EQ(indices.rows, one.n);
    EXPECT_NEAR(indices.mean, one.mean, 1e-8);
    EXPECT_NEAR(indices.variance, one.variance, 1e-8);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(indices.factors[i].first_saltelli.value, one.saltelli[i], 1e-8) << i;
      EXPECT_NEAR(indices.factors[i].first.value, one.jansen[i], 1e-8) << i;
      EXPECT_NEAR(indices.factors[i].total.value, one.total[i], 1e-8) << i;
    }
  }
}

TEST(SobolIndices, NeverHideANegativeEstimate) {
  const SobolIndices indices = sobol_indices(answers_of(sobol_design(1024, 6), ishigami), 0, {});
  EXPECT_LT(indices.factors[2].first.value, 0);
}

TEST(SobolIndices, OfTheGFunction) {
  const double a[8] = {0, 1, 4.5, 9, 99, 99, 99, 99};
  const Function g = [&](std::span<const double> u) {
    double product = 1;
    for (std::size_t k = 0; k < 8; ++k) product *= (std::abs(4 * u[k] - 2) + a[k]) / (1 + a[k]);
    return product;
  };
  const double first[8] = {.7161921688, .1790480422, .0236757742, .0071619217,
                           .0000716192, .0000716192, .0000716192, .0000716192};
  const double total[8] = {.7871441267, .2421981929, .0343169102, .0104603871,
                           .0001049491, .0001049491, .0001049491, .0001049491};
  const SobolIndices indices =
      sobol_indices(answers_of(shifted_sobol_design(16384, 16, {3}), g), 0, {});
  EXPECT_NEAR(indices.variance, .4654244319, .005);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_NEAR(indices.factors[i].first.value, first[i], .01) << i;
    EXPECT_NEAR(indices.factors[i].total.value, total[i], .01) << i;
  }
}

TEST(SobolIndices, HaveIntervalsThatHoldTheTruth) {
  const double first[3] = {.3139051911, .4424111448, 0},
               total[3] = {.5575888552, .4424111448, .2436836641};
  int held = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const SobolIndices indices =
        sobol_indices(answers_of(shifted_sobol_design(256, 6, {seed}), ishigami), 200, {seed});
    for (std::size_t i = 0; i < 3; ++i) {
      for (const auto& [estimate, truth] :
           {std::pair{indices.factors[i].first, first[i]}, {indices.factors[i].total, total[i]}}) {
        held += estimate.interval.lo <= truth && truth <= estimate.interval.hi ? 1 : 0;
        EXPECT_LT(estimate.interval.lo, estimate.interval.hi);
        EXPECT_LT(estimate.interval.hi - estimate.interval.lo, 0.5);
      }
    }
  }
  EXPECT_GE(held, 108);  // of 120; a net is better than the independent rows that are resampled
}

/// Noise of variance 9 that only its number decides.
double noise(std::uint64_t number) {
  return 3 * normal_quantile(uniforms({77}, number, 0, 1)[0]);
}

enum class Seeds { factor, fresh, same };

SobolIndices noisy(Seeds seeds) {
  const Design both = sobol_design(16384, 6);
  SobolAnswers answers = answers_of(both, ishigami);
  answers.ab.push_back(answers.a);  // luck: A with the luck of B
  for (std::uint64_t k = 0; k < both.rows(); ++k) {
    const double of_a = noise(100 * k), of_b = noise(100 * k + 1);
    answers.a[k] += of_a;
    answers.b[k] += seeds == Seeds::same ? of_a : of_b;
    for (std::size_t i = 0; i < 3; ++i) {
      answers.ab[i][k] += seeds == Seeds::fresh ? noise(100 * k + 2 + i) : of_a;
    }
    answers.ab[3][k] += of_b;
  }
  return sobol_indices(answers, 0, {});
}

// Ishigami's function with noise: the luck is one more factor.
TEST(SobolIndices, OfANoisyFunctionHaveLuckAsAFactor) {
  const double first[4] = {.190, .268, 0, .394}, total[4] = {.338, .268, .148, .394};
  const SobolIndices right = noisy(Seeds::factor);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(right.factors[i].first.value, first[i], .015) << i;
    EXPECT_NEAR(right.factors[i].total.value, total[i], .015) << i;
  }
}

TEST(SobolIndices, AreWrongWithFreshNoiseOrOneSeedForAll) {
  const SobolIndices fresh = noisy(Seeds::fresh), same = noisy(Seeds::same);
  EXPECT_NEAR(fresh.factors[0].total.value, .73, .02);
  EXPECT_NEAR(fresh.factors[2].total.value, .55, .02);
  EXPECT_NEAR(same.factors[0].first.value, .59, .02);
  EXPECT_NEAR(same.factors[2].first.value, .40, .02);
}

TEST(SobolIndices, LeaveOutRowsThatFailed) {
  const Design both = shifted_sobol_design(1024, 6, {3});
  SobolAnswers answers = answers_of(both, ishigami);
  answers.ab[1][5] = std::numeric_limits<double>::quiet_NaN();
  answers.b[9] = std::numeric_limits<double>::quiet_NaN();
  const SobolIndices indices = sobol_indices(answers, 50, {1});
  EXPECT_EQ(indices.rows, 1022u);
  EXPECT_NEAR(indices.factors[1].total.value, .4424, .03);
  EXPECT_TRUE(std::isnan(sobol_indices({{1}, {2}, {{3}}}, 5, {}).factors[0].first.value));
  const std::vector<double> constant(8, 2.0);
  EXPECT_TRUE(
      std::isnan(sobol_indices({constant, constant, {constant}}, 5, {}).factors[0].total.value));
}

// Every place of a grid of four levels, delta 2/3.
TEST(ElementaryEffects, OfTheIshigamiFunction) {
  const double expected[3][3] = {
      {7.704054, 7.704054, 6.248796}, {0, 7.875, 7.875}, {0, 6.248796, 8.837132}};
  for (std::size_t i = 0; i < 3; ++i) {
    std::vector<double> effects;
    for (int k = 0; k < 4 * 4 * 2; ++k) {
      std::vector<double> u{(k / 4 % 4) / 3.0, (k / 4 % 4) / 3.0, (k / 4 % 4) / 3.0};
      u[(i + 1) % 3] = (k % 4) / 3.0;
      u[i] = (k / 16) / 3.0;
      const double before = ishigami(u);
      u[i] += 2.0 / 3;
      effects.push_back((ishigami(u) - before) / (2.0 / 3));
    }
    const ElementaryEffects one = elementary_effects(effects);
    EXPECT_EQ(one.n, 32u);
    EXPECT_NEAR(one.mean, expected[i][0], 1e-6);
    EXPECT_NEAR(one.mean_absolute, expected[i][1], 1e-6);
    EXPECT_NEAR(one.sd, expected[i][2], 1e-6);
  }
  EXPECT_TRUE(std::isnan(elementary_effects({}).mean));
}

}  // namespace
}  // namespace partnersim::testing
