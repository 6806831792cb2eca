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

BetaQuantile::BetaQuantile(double a, double b) {
  // With x = y^(1/c), c = min(a, 1), the singularity of the density at 0 disappears for a < 1:
  // x^(a-1) (1-x)^(b-1) dx is in proportion to y^(a/c-1) (1-x)^(b-1) dy.
  const double c = std::min(a, 1.0);
  inverse_power_ = 1 / c;
  const std::size_t cells = a < 1 ? 512 : 4096;
  // the midpoint rule three times a cell never touches the ends, where b < 1 is infinite
  std::vector<double> logarithm(3 * cells);
  for (std::size_t k = 0; k < logarithm.size(); ++k) {
    const double y = (static_cast<double>(k) + 0.5) / static_cast<double>(logarithm.size());
    const double x = power(y, inverse_power_);
    logarithm[k] = (a / c - 1) * log(y) + (b - 1) * log(std::max(1 - x, 1e-12));
  }
  const double largest = *std::ranges::max_element(logarithm);
  cumulative_.assign(cells + 1, 0);
  for (std::size_t k = 0; k < logarithm.size(); ++k) {
    cumulative_[k / 3 + 1] += exp(logarithm[k] - largest);
  }
  for (std::size_t k = 0; k < cells; ++k) cumulative_[k + 1] += cumulative_[k];
  for (double& value : cumulative_) value /= cumulative_.back();
}

double BetaQuantile::operator()(double u) const {
  const auto above = std::upper_bound(cumulative_.begin() + 1, cumulative_.end() - 1, u);
  const double hi = *above, lo = *(above - 1);
  const double cell = static_cast<double>(above - 1 - cumulative_.begin()) +
                      (hi > lo ? clamp01((u - lo) / (hi - lo)) : 0.5);
  return power(cell / static_cast<double>(cumulative_.size() - 1), inverse_power_);
}

}  // namespace partnersim
