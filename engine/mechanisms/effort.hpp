// What extra effort costs, and who pays: shared by the choice of effort and its settlement.
#pragma once

#include <algorithm>

#include "base/money.hpp"
#include "model/state.hpp"

namespace partnersim {

/// Billed in the four full quarters before month t, minor units.
inline Money billed_12m(const World& world, const Columns& c, std::size_t relation, int t) {
  const std::size_t relations = world.vendors.size() * world.n;
  Money sum = 0;
  for (std::size_t q = 0; q < 5; ++q) {
    if (q != static_cast<std::size_t>(t / 3 % 5)) sum += c.billed[q * relations + relation];
  }
  return sum;
}

/// Market development funds a relation may draw this month, currency units.
inline double mdf_allowance(const World& world, const Columns& c, std::size_t relation, int t,
                            double accrual) {
  return accrual * static_cast<double>(billed_12m(world, c, relation, t)) / (12 * kMinorPerMajor);
}

/// Cost of effort x a month, currency units.
inline double effort_cost(const Effort& p, double run_rate, double x) {
  return p.effort_cost / 2 * run_rate * x * x;
}

}  // namespace partnersim
