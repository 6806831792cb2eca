// Counts and quantiles by inversion of one uniform: monotone in the uniform and in the mean, so
// that a changed lever moves an outcome in one direction and paired scenarios stay coupled.
#pragma once

#include <cstdint>
#include <vector>

namespace partnersim {

/// Poisson count given p0 = exp(-mean). Exact inversion up to a mean of 64; above, the
/// Cornish-Fisher expansion to second order (total variation below 0.001, tested).
std::int32_t poisson(double u, double mean, double p0);
std::int32_t poisson(double u, double mean);

/// Binomial count of n trials given p and q_n = (1-p)^n; accuracy as for poisson.
std::int32_t binomial(double u, std::int32_t n, double p, double q_n);
std::int32_t binomial(double u, std::int32_t n, double p);

/// The quantile function of Beta(a, b), a monotone table built once. Error in the probability
/// below 1e-4 for a >= 0.02, b >= 0.3 (tested).
class BetaQuantile {
 public:
  BetaQuantile(double a, double b);
  double operator()(double u) const;

 private:
  double inverse_power_ = 1;        // x = y^(1/a)
  std::vector<double> cumulative_;  // of y = k / cells
};

}  // namespace partnersim
