// Draws by path, and the Cholesky factor of stated correlations.
#include "ensemble/draws.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "base/math.hpp"

namespace partnersim {
namespace {

constexpr Purpose kDraw{"parameters.draw"};

// A variance below this is rounding: its quantity is a mix of those before it.
constexpr double kNothing = 1e-9;

/// Positions in Scenario::drawn that are correlated with another one, ascending.
std::vector<std::size_t> correlated(const Scenario& scenario) {
  std::vector<std::size_t> positions;
  for (std::size_t k = 0; k < scenario.drawn.size(); ++k) {
    const auto involves = [&, s = scenario.drawn[k]](const Correlation& c) {
      return c.a != c.b && (c.a == s || c.b == s);
    };
    if (std::any_of(scenario.correlations.begin(), scenario.correlations.end(), involves)) {
      positions.push_back(k);
    }
  }
  return positions;
}

/// rho between any two of the correlated parameters; 1 with itself.
class CorrelationMatrix {
 public:
  CorrelationMatrix(const Scenario& scenario, const std::vector<std::size_t>& positions)
      : n_(positions.size()), rho_(n_ * n_, 0.0) {
    std::vector<std::size_t> index(scenario.settings.size(), n_);
    for (std::size_t i = 0; i < n_; ++i) {
      index[scenario.drawn[positions[i]]] = i;
      rho_[i * n_ + i] = 1;
    }
    for (const Correlation& c : scenario.correlations) {
      const std::size_t i = index[c.a], j = index[c.b];
      if (i == n_ || j == n_ || i == j) continue;  // one of them is not drawn
      rho_[i * n_ + j] = rho_[j * n_ + i] = c.rho;
    }
  }

  double operator()(std::size_t i, std::size_t j) const { return rho_[i * n_ + j]; }

 private:
  std::size_t n_;
  std::vector<double> rho_;
};

struct Factor {
  std::vector<std::vector<double>> rows;    // lower triangle
  std::optional<std::size_t> contradicted;  // first row that cannot be
};

/// Cholesky row by row, which also takes matrices that are only just possible (rho = 1).
Factor factorize(const CorrelationMatrix& rho, std::size_t n) {
  Factor factor;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<double> row(i + 1, 0.0);
    double left = 1;  // variance that the quantities before do not explain
    for (std::size_t j = 0; j < i; ++j) {
      const std::vector<double>& other = factor.rows[j];
      double rest = rho(i, j);
      for (std::size_t k = 0; k < j; ++k) rest -= row[k] * other[k];
      const bool free = other[j] > 0;
      if (free) row[j] = rest / other[j];
      const bool impossible = !free && std::abs(rest) > std::sqrt(kNothing);
      left -= row[j] * row[j];
      if (impossible || !(left > -kNothing)) return {.rows = {}, .contradicted = i};
    }
    row[i] = left > kNothing ? std::sqrt(left) : 0;
    factor.rows.push_back(std::move(row));
  }
  return factor;
}

Factor factor_of(const Scenario& scenario, const std::vector<std::size_t>& positions) {
  return factorize(CorrelationMatrix(scenario, positions), positions.size());
}

}  // namespace

std::optional<CorrelationFault> correlation_fault(const Scenario& scenario) {
  const std::vector<std::size_t> positions = correlated(scenario);
  const Factor factor = factor_of(scenario, positions);
  if (!factor.contradicted) return std::nullopt;
  const std::size_t setting = scenario.drawn[positions[*factor.contradicted]];
  return CorrelationFault{.setting = setting,
                          .text = "no quantities can have these correlations: those of '" +
                                  scenario.settings[setting].path +
                                  "' contradict the ones between the others"};
}

ParameterDraws::ParameterDraws(const Scenario& scenario) : scenario_(&scenario) {
  if (const auto fault = correlation_fault(scenario)) throw RunFault(fault->text);
  keys_.reserve(scenario.drawn.size());
  for (const std::size_t s : scenario.drawn) {
    keys_.push_back(entity_key("parameter", scenario.settings[s].path));
  }
  const std::vector<std::size_t> positions = correlated(scenario);
  Factor factor = factor_of(scenario, positions);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    mixed_.push_back({positions[i], std::move(factor.rows[i])});
  }
}

Drawn ParameterDraws::draw(Luck luck) const {
  Drawn drawn;
  draw(luck, drawn);
  return drawn;
}

void ParameterDraws::draw(Luck luck, Drawn& drawn) const {
  const std::size_t n = keys_.size();
  std::vector<double> own(n);
  for (std::size_t k = 0; k < n; ++k) {
    own[k] = normal_quantile(uniforms(luck, keys_[k], 0, kDraw.id)[0]);
  }
  std::vector<double> score = own;
  for (const Mixed& mixed : mixed_) {
    double z = 0;
    for (std::size_t j = 0; j < mixed.weights.size(); ++j) {
      z += mixed.weights[j] * own[mixed_[j].position];
    }
    score[mixed.position] = z;
  }
  drawn.parameters = scenario_->parameters;
  drawn.values.resize(n);
  for (std::size_t k = 0; k < n; ++k) {
    const Setting& setting = scenario_->settings[scenario_->drawn[k]];
    drawn.values[k] = setting.distribution.at_score(score[k]);
    at(drawn.parameters, setting.address) = drawn.values[k];
  }
}

}  // namespace partnersim
