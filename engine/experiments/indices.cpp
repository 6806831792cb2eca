#include "experiments/indices.hpp"

#include <algorithm>
#include <cmath>

namespace partnersim {
namespace {

constexpr Purpose kResample{"indices.resample"};

bool has_variance(double v) {
  return v > 0;
}

/// Which rows count.
std::vector<std::size_t> whole_rows(const SobolAnswers& answers) {
  std::vector<std::size_t> rows;
  for (std::size_t k = 0; k < answers.a.size(); ++k) {
    const bool whole = !std::isnan(answers.a[k]) && !std::isnan(answers.b[k]) &&
                       std::none_of(answers.ab.begin(), answers.ab.end(),
                                    [&](const auto& ab) { return std::isnan(ab[k]); });
    if (whole) rows.push_back(k);
  }
  return rows;
}

struct Moments {
  double mean = 0, variance = 0;  // of all f(A) and f(B)
};

Moments moments_of(const SobolAnswers& answers, std::span<const std::size_t> rows) {
  Moments m;
  const double n = 2 * static_cast<double>(rows.size());
  for (const std::size_t k : rows) m.mean += (answers.a[k] + answers.b[k]) / n;
  for (const std::size_t k : rows) {
    m.variance += (std::pow(answers.a[k] - m.mean, 2) + std::pow(answers.b[k] - m.mean, 2)) / n;
  }
  return m;
}

struct Values {
  double first, first_saltelli, total;
};

Values values_of(const SobolAnswers& answers, std::size_t factor, std::span<const std::size_t> rows,
                 const Moments& m) {
  const std::vector<double>& ab = answers.ab[factor];
  double first = 0, product = 0, total = 0;
  for (const std::size_t k : rows) {
    first += std::pow(answers.b[k] - ab[k], 2);
    product += (answers.b[k] - m.mean) * (ab[k] - answers.a[k]);
    total += std::pow(answers.a[k] - ab[k], 2);
  }
  const double n = static_cast<double>(rows.size());
  return {1 - first / n / (2 * m.variance), product / n / m.variance, total / n / (2 * m.variance)};
}

Interval middle(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  return {quantile(values, 0.025), quantile(values, 0.975)};
}

}  // namespace

SobolIndices sobol_indices(const SobolAnswers& answers, std::size_t resamples, Luck luck) {
  SobolIndices result;
  result.factors.resize(answers.ab.size());
  const std::vector<std::size_t> rows = whole_rows(answers);
  result.rows = rows.size();
  if (rows.size() < 2) return result;
  const Moments all = moments_of(answers, rows);
  result.mean = all.mean;
  result.variance = all.variance;
  if (!has_variance(all.variance)) return result;
  std::vector<std::vector<Values>> again(answers.ab.size());
  std::vector<std::size_t> drawn(rows.size());
  for (std::size_t s = 0; s < resamples; ++s) {
    for (std::size_t k = 0; k < drawn.size(); ++k) {
      const double u = uniforms(luck, k, static_cast<int>(s), kResample.id)[0];
      drawn[k] = rows[static_cast<std::size_t>(u * static_cast<double>(rows.size()))];
    }
    const Moments m = moments_of(answers, drawn);
    if (!has_variance(m.variance)) continue;
    for (std::size_t f = 0; f < again.size(); ++f) {
      again[f].push_back(values_of(answers, f, drawn, m));
    }
  }
  for (std::size_t f = 0; f < again.size(); ++f) {
    const Values values = values_of(answers, f, rows, all);
    const auto interval = [&](double Values::*which) {
      std::vector<double> picked;
      for (const Values& one : again[f]) picked.push_back(one.*which);
      return middle(std::move(picked));
    };
    result.factors[f] = {{values.first, interval(&Values::first)},
                         {values.first_saltelli, interval(&Values::first_saltelli)},
                         {values.total, interval(&Values::total)}};
  }
  return result;
}

ElementaryEffects elementary_effects(std::span<const double> effects) {
  ElementaryEffects result;
  result.n = effects.size();
  if (effects.empty()) return result;
  const double n = static_cast<double>(effects.size());
  result.mean = result.mean_absolute = 0;
  for (const double effect : effects) {
    result.mean += effect / n;
    result.mean_absolute += std::abs(effect) / n;
  }
  double squares = 0;
  for (const double effect : effects) squares += std::pow(effect - result.mean, 2);
  result.sd = std::sqrt(squares / n);
  return result;
}

}  // namespace partnersim
