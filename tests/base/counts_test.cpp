#include "base/counts.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/math.hpp"
#include "base/random.hpp"

namespace partnersim {
namespace {

double poisson_mass(int k, double mean) {
  return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
}
double binomial_mass(int k, int n, double p) {
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) +
                  k * std::log(p) + (n - k) * std::log1p(-p));
}

/// Probability mass that an inversion gives each count: the length of its stretch of uniforms.
template <class Count, class Mass>
double total_variation(Count count, Mass mass, int most) {
  constexpr int kSteps = 400000;
  std::vector<double> got(static_cast<std::size_t>(most) + 1, 0);
  for (int k = 0; k < kSteps; ++k)
    got[static_cast<std::size_t>(std::min(most, count((k + 0.5) / kSteps)))] += 1.0 / kSteps;
  double distance = 0;
  for (int k = 0; k <= most; ++k)
    distance += std::fabs(got[static_cast<std::size_t>(k)] - mass(k)) / 2;
  return distance;
}

TEST(Counts, PoissonHasItsDistribution) {
  for (const double mean : {0.01, 0.7, 5.0, 40.0, 63.9}) {
    EXPECT_LT(total_variation([&](double u) { return poisson(u, mean); },
                              [&](int k) { return poisson_mass(k, mean); }, 200),
              1e-4)
        << mean;
  }
  for (const double mean : {64.1, 300.0}) {
    EXPECT_LT(total_variation([&](double u) { return poisson(u, mean); },
                              [&](int k) { return poisson_mass(k, mean); }, 600),
              1e-3)
        << mean;
  }
}

TEST(Counts, BinomialHasItsDistribution) {
  for (const auto& [trials, chance] :
       {std::pair{1, 0.3}, {7, 0.26}, {40, 0.9}, {500, 0.01}, {100, 0.5}}) {
    const int n = trials;
    const double p = chance;
    EXPECT_LT(total_variation([&](double u) { return binomial(u, n, p); },
                              [&](int k) { return k > n ? 0 : binomial_mass(k, n, p); }, 600),
              1e-4)
        << n;
  }
  for (const auto& [trials, chance] : {std::pair{1000, 0.1}, {400, 0.4}}) {
    const int n = trials;
    const double p = chance;
    EXPECT_LT(total_variation([&](double u) { return binomial(u, n, p); },
                              [&](int k) { return k > n ? 0 : binomial_mass(k, n, p); }, 1000),
              1e-3)
        << n;
  }
}

TEST(Counts, AreMonotone) {
  std::int32_t last = 0;
  for (double u = 1e-9; u < 1; u += 1e-4) {
    const std::int32_t now = poisson(u, 3.3);
    EXPECT_GE(now, last);
    last = now;
  }
  for (double u : {1e-6, 0.2, 0.5, 0.99, 1 - 1e-9}) {
    std::int32_t before = 0;
    for (double mean = 0.01; mean < 60; mean *= 1.1) {
      EXPECT_GE(poisson(u, mean), before);
      before = poisson(u, mean);
    }
  }
}

TEST(Counts, Ends) {
  EXPECT_EQ(poisson(0.9, 0), 0);
  EXPECT_EQ(binomial(0.5, 0, 0.5), 0);
  EXPECT_EQ(binomial(0.5, 9, 0), 0);
  EXPECT_EQ(binomial(0.5, 9, 1), 9);
  EXPECT_LE(binomial(1 - 1e-10, 9, 0.99), 9);
  EXPECT_GE(poisson(1e-10, 1e8), 0);
  EXPECT_LE(binomial(1 - 1e-10, 2000000000, 0.7), 2000000000);
}

TEST(Counts, BetaQuantile) {
  // Beta(1, 3): F(x) = 1 - (1-x)^3; Beta(2, 1): F(x) = x^2; Beta(1/2, 1): F(x) = sqrt(x)
  const BetaQuantile a(1, 3), b(2, 1), c(0.5, 1);
  for (double u = 0.001; u < 1; u += 0.013) {
    EXPECT_NEAR(1 - std::pow(1 - a(u), 3), u, 1e-4);
    EXPECT_NEAR(b(u) * b(u), u, 1e-4);
    EXPECT_NEAR(std::sqrt(c(u)), u, 1e-4);
  }
  // all alike: nearly a point
  const BetaQuantile d(200, 800);
  EXPECT_NEAR(d(0.5), 0.1998, 1e-3);
  EXPECT_NEAR(d(0.975) - d(0.025), 2 * 1.96 * std::sqrt(0.2 * 0.8 / 1001), 1e-3);
  // the mean of the defaults: a yearly probability of leaving of 0.065
  const BetaQuantile theta(0.065 * 4, 0.935 * 4);
  double mean = 0;
  for (int k = 0; k < 10000; ++k) mean += theta((k + 0.5) / 10000) / 10000;
  EXPECT_NEAR(mean, 0.065, 2e-4);
}

}  // namespace
}  // namespace partnersim
