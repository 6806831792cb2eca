// What each partner earns with the focal vendor in the last twelve months, in two programs under
// the same luck: who wins and who loses once everybody has reacted.
//
// A journal does not hold partners; the pairs of runs are simulated again.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ensemble/plan.hpp"
#include "ensemble/statistics.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

/// A change of income by more than this share makes a winner or a loser.
inline constexpr double kMuchIncome = 0.10;

enum class Fate { loses, keeps, wins };

/// Income is the profit with the vendor's products (partner_profit) before training and entry fees,
/// which a partner decides about itself; currency units.
struct IncomeChange {
  std::string id, name, segment;
  std::string tier;  // at the start, in A; empty: no partner of the vendor
  double income_a = 0, income_b = 0;
  Summary difference;  // B - A, over pairs of runs; of several draws over their means
  /// Beyond kMuchIncome of the income in A, and told from zero.
  Fate fate = Fate::keeps;
};

/// Partners that earn anything in either program, in the order of A's partner list; those of B that
/// A does not have follow. `triples`: of the pairs, those of one draw together.
std::vector<IncomeChange> income_changes(const Scenario& a, const Scenario& b, std::uint64_t seed,
                                         std::span<const Triple> triples, int threads);

}  // namespace partnersim
