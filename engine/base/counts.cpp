#include "base/counts.hpp"

#include <algorithm>
#include <cmath>

#include "base/math.hpp"

namespace partnersim {
namespace {

constexpr double kExactMean = 64;

/// The rounded quantile of a count by mean, standard deviation and skewness (Cornish-Fisher).
double expanded(double u, double mean, double sd, double skewness) {
  const double z = normal_quantile(u);
  return std::floor(mean + sd * (z + (z * z - 1) * skewness / 6) + 0.5);
}

}  // namespace

std::int32_t poisson(double u, double mean, double p0) {
  if (u <= p0 || !(mean > 0)) return 0;
  if (mean > kExactMean) {
    const double sd = std::sqrt(mean);
    return static_cast<std::int32_t>(clamp(expanded(u, mean, sd, 1 / sd), 0, 2e9));
  }
  double probability = p0;
  double cumulative = p0;
  std::int32_t k = 0;
  while (u > cumulative && k < 400) {
    ++k;
    probability *= mean / k;
    cumulative += probability;
  }
  return k;
}

std::int32_t poisson(double u, double mean) {
  return poisson(u, mean, exp(-mean));
}

std::int32_t binomial(double u, std::int32_t n, double p) {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (n == 1) return u <= 1 - p ? 0 : 1;
  return binomial(u, n, p, exp(n * log(1 - p)));
}

std::int32_t binomial(double u, std::int32_t n, double p, double q_n) {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(1 - u, n, 1 - p, exp(n * log(p)));
  const double mean = n * p;
  if (mean > kExactMean) {
    const double sd = std::sqrt(mean * (1 - p));
    return static_cast<std::int32_t>(clamp(expanded(u, mean, sd, (1 - 2 * p) / sd), 0, n));
  }
  const double odds = p / (1 - p);
  double probability = q_n;
  double cumulative = q_n;
  std::int32_t k = 0;
  while (u > cumulative && k < n && k < 400) {
    probability *= odds * (n - k) / (k + 1);
    ++k;
    cumulative += probability;
  }
  return k;
}

BetaQuantile::BetaQuantile(double a, double b) : inverse_power_(1 / a) {
  // With x = y^(1/a) the density a-1 singularity at 0 disappears: d(x^a) = a x^(a-1) dx.
  constexpr int kCells = 512;
  cumulative_.assign(kCells + 1, 0);
  const auto density = [&](double y) {
    const double x = power(y, inverse_power_);
    return power(std::max(1 - x, 1e-12), b - 1);
  };
  for (int k = 0; k < kCells; ++k) {
    const double left = static_cast<double>(k) / kCells, width = 1.0 / kCells;
    // the midpoint rule three times a cell never touches the ends, where b < 1 is infinite
    cumulative_[static_cast<std::size_t>(k) + 1] =
        cumulative_[static_cast<std::size_t>(k)] +
        (density(left + width / 6) + density(left + width / 2) + density(left + width * 5 / 6)) / 3;
  }
  for (double& c : cumulative_) c /= cumulative_.back();
}

double BetaQuantile::operator()(double u) const {
  const auto above = std::upper_bound(cumulative_.begin() + 1, cumulative_.end() - 1, u);
  const double hi = *above, lo = *(above - 1);
  const double cell = static_cast<double>(above - 1 - cumulative_.begin()) +
                      (hi > lo ? clamp01((u - lo) / (hi - lo)) : 0.5);
  return power(cell / static_cast<double>(cumulative_.size() - 1), inverse_power_);
}

}  // namespace partnersim
