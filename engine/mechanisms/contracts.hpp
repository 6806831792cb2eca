// The installed base of one partner and offer: what is lost, what is added, how old it is.
//
// Ages matter because margins depend on them: the share of the base in its first year, and within
// the term of the recurring share. Instead of cohorts a row keeps S (`kept`), the share of value
// sold since the start that survived, and C (`sold`), the value sold over S at the time of sale:
// what was sold in (t1, t2] and is still there is S (C(t2) - C(t1)). C is remembered at the ends
// of quarters and linear in between; what was there at the start (`start_base`) has no age and
// keeps its terms.
#pragma once

#include <algorithm>

#include "base/math.hpp"
#include "base/money.hpp"
#include "model/state.hpp"

namespace partnersim {

/// Takes `count` contracts out of a row; returns their value at list, minor units.
inline Money lose_contracts(const World& world, Columns& c, std::size_t row, std::int32_t count) {
  if (count <= 0) return 0;
  const std::int32_t before = c.contracts[row];
  const Money value = count >= before
                          ? c.base[row]
                          : round_money(static_cast<double>(c.base[row]) * count / before);
  c.contracts[row] = before - count;
  c.base[row] -= value;
  const double share =
      c.base[row] > 0 ? static_cast<double>(c.base[row]) / static_cast<double>(c.base[row] + value)
                      : 0;
  c.kept[row] *= share;
  const std::size_t rows = world.offers.size() * world.n;
  if (c.contracts[row] == 0 || c.base[row] <= 0) {
    c.kept[row] = 1;
    c.sold[row] = c.start_base[row] = 0;
    for (std::size_t q = 0; q < world.quarters(); ++q) c.sold_at[q * rows + row] = 0;
  } else if (c.kept[row] < 0x1p-40) {
    const double scale = c.kept[row];
    c.kept[row] = 1;
    c.sold[row] *= scale;
    c.start_base[row] *= scale;
    for (std::size_t q = 0; q < world.quarters(); ++q) {
      c.sold_at[q * rows + row] *= static_cast<float>(scale);
    }
  }
  return value;
}

/// Adds contracts sold this month.
inline void add_contracts(Columns& c, std::size_t row, std::int32_t count, Money value) {
  c.contracts[row] += count;
  c.base[row] += value;
  c.sold[row] += static_cast<double>(value) / c.kept[row];
}

/// C at the end of `months` after the start; 0 before it.
inline double sold_until(const World& world, const Columns& c, std::size_t row, double months) {
  if (months <= 0) return 0;
  const std::size_t rows = world.offers.size() * world.n;
  const auto q = static_cast<std::size_t>(months / 3);
  const double left = static_cast<double>(c.sold_at[q * rows + row]);
  const double part = months / 3 - static_cast<double>(q);
  if (part == 0) return left;
  return left + part * (static_cast<double>(c.sold_at[(q + 1) * rows + row]) - left);
}

/// Share of a base's value that was sold in the last `years`, at the end of month t. All of what is
/// there while the run is younger than that, if the base at the start counts (`with_start`).
inline double sold_within(const World& world, const Columns& c, std::size_t row, int t,
                          double years, bool with_start) {
  const double months = t + 1 - 12 * years;
  if (c.base[row] <= 0) return 0;
  if (with_start && months <= 0) return 1;
  const double start = with_start ? c.start_base[row] : 0;
  return clamp01(c.kept[row] * (c.sold[row] - sold_until(world, c, row, months) + start) /
                 static_cast<double>(c.base[row]));
}

}  // namespace partnersim
