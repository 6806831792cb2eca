// The parameters of one replication: base values, and a draw for each uncertain one.
//
// The uniform of a parameter is addressed by its path, so the same parameter has the same draw in
// all scenarios compared, whatever else is uncertain in them. Correlated parameters go through
// normal scores (Gaussian copula): their independent scores are mixed by the Cholesky factor of the
// stated correlations.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

struct Drawn {
  Parameters parameters;
  std::vector<double> values;  // in the order of Scenario::drawn
};

class ParameterDraws {
 public:
  /// The scenario must outlive the draws. Throws RunFault where correlation_fault finds one.
  explicit ParameterDraws(const Scenario& scenario);

  Drawn draw(Luck luck) const;
  /// The same; memory of `drawn` is reused.
  void draw(Luck luck, Drawn& drawn) const;

 private:
  /// A parameter whose score is a mix of its own and those of correlated ones.
  struct Mixed {
    std::size_t position;         // in Scenario::drawn
    std::vector<double> weights;  // of the own scores of mixed_[0] .. this
  };

  const Scenario* scenario_;
  std::vector<std::uint64_t> keys_;  // in the order of Scenario::drawn
  std::vector<Mixed> mixed_;
};

/// Correlations that no set of quantities can have.
struct CorrelationFault {
  std::size_t setting;  // the first one whose correlations contradict those before it
  std::string text;     // one sentence
};
std::optional<CorrelationFault> correlation_fault(const Scenario& scenario);

}  // namespace partnersim
