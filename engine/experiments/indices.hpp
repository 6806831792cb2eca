// What answers at the points of a design say about the inputs: variance-based indices and
// elementary effects. Estimates are never clipped: a negative index says that it cannot be told
// from nothing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "ensemble/statistics.hpp"

namespace partnersim {

struct SobolIndex {
  double value = std::numeric_limits<double>::quiet_NaN();
  Interval interval;  // 95 %, percentile bootstrap over rows
};

/// Shares of the variance that one factor has: alone (first), and with all it interacts in (total).
struct FactorIndices {
  SobolIndex first;           // Jansen: 1 - mean((f(B) - f(AB))^2) / 2V
  SobolIndex first_saltelli;  // Saltelli 2010: mean(f(B) (f(AB) - f(A))) / V
  SobolIndex total;           // Jansen: mean((f(A) - f(AB))^2) / 2V
};

/// Answers at two independent designs A and B, and for each factor at A with that factor from B;
/// rows that hold a NaN are left out. V is the population variance of all f(A) and f(B), from
/// whose mean everything is counted. A model with luck has it as one more factor: A runs with one
/// luck, B with another, AB with that of A.
struct SobolAnswers {
  std::vector<double> a, b;
  std::vector<std::vector<double>> ab;  // [factor]
};

struct SobolIndices {
  std::size_t rows = 0;  // that count
  double mean = std::numeric_limits<double>::quiet_NaN();
  double variance = std::numeric_limits<double>::quiet_NaN();
  std::vector<FactorIndices> factors;
};

/// Nothing but NaN where fewer than two rows count or nothing varies.
SobolIndices sobol_indices(const SobolAnswers& answers, std::size_t resamples, Luck luck);

/// Elementary effects of one input: what a move over its whole range brings, at several places.
struct ElementaryEffects {
  std::size_t n = 0;
  double mean = std::numeric_limits<double>::quiet_NaN();           // mu
  double mean_absolute = std::numeric_limits<double>::quiet_NaN();  // mu*, of the absolute ones
  double sd = std::numeric_limits<double>::quiet_NaN();             // sigma, population
};
ElementaryEffects elementary_effects(std::span<const double> effects);

}  // namespace partnersim
