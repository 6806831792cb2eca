// The installed base of one partner and offer: what is lost, what is added, how old it is.
//
// Ages matter because margins depend on them: the share of the base in its first year, and within
// the term of the recurring share. Instead of cohorts a row keeps S (`kept`), the share of value
// sold since the start that survived, and C (`sold`), the value sold over S at the time of sale:
// what was sold in (t1, t2] and is still there is S (C(t2) - C(t1)). C is remembered at the ends
// of quarters, as far back as a term can reach, and linear in between; what was there at the start
// (`start_base`) has no age and keeps its terms.
#pragma once

#include <algorithm>

#include "base/math.hpp"
#include "base/money.hpp"
#include "model/state.hpp"

namespace partnersim {

/// Intensity with which a contract of offer o at partner i ends or moves to cloud, a year (base).
double exits(const World& world, const State& state, std::uint32_t o, std::uint32_t i);

/// First row of sold_at about offer o at the end of quarter q of the run, 0 its start; of the last
/// `remembered` ones.
inline std::size_t cohort_row(const World& world, const Columns& c, std::size_t o, std::size_t q) {
  return first_cohort(world, c, o) + q % static_cast<std::size_t>(c.remembered[o]) * world.n;
}

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
  const bool gone = c.contracts[row] == 0 || c.base[row] <= 0;
  if (gone || c.kept[row] < 0x1p-40) {
    const double scale = gone ? 0 : c.kept[row];
    c.kept[row] = 1;
    c.sold[row] *= scale;
    c.start_base[row] *= scale;
    const std::size_t o = row / world.n;
    for (std::size_t q = 0; q < static_cast<std::size_t>(c.remembered[o]); ++q) {
      c.sold_at[cohort_row(world, c, o, q) + row % world.n] *= static_cast<float>(scale);
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

/// Share of a base's value that was sold in the last `years`, at the end of month t; all of what is
/// there while the run is younger than that, if the base at the start counts (`with_start`).
class SoldWithin {
 public:
  SoldWithin(const World& world, const Columns& c, std::uint32_t o, int t, double years,
             bool with_start)
      : c_(c), row_(o * world.n), with_start_(with_start) {
    const double months = t + 1 - 12 * years;
    if (months <= 0) return;
    const auto q = static_cast<std::size_t>(months / 3);
    before_ = c.sold_at.data() + cohort_row(world, c, o, q);
    after_ = c.sold_at.data() + cohort_row(world, c, o, q + 1);
    part_ = months / 3 - static_cast<double>(q);
  }

  double operator()(std::uint32_t i) const {
    const std::size_t row = row_ + i;
    if (c_.base[row] <= 0) return 0;
    double earlier = 0;  // C when the window opened
    if (before_ != nullptr) {
      earlier = static_cast<double>(before_[i]);
      earlier += part_ * (static_cast<double>(after_[i]) - earlier);
    } else if (with_start_) {
      return 1;
    }
    const double start = with_start_ ? c_.start_base[row] : 0;
    return clamp01(c_.kept[row] * (c_.sold[row] - earlier + start) /
                   static_cast<double>(c_.base[row]));
  }

 private:
  const Columns& c_;
  std::size_t row_;
  bool with_start_;
  const float *before_ = nullptr,
              *after_ = nullptr;  // C at two ends of quarters, if after the start
  double part_ = 0;
};

}  // namespace partnersim
