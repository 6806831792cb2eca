// What a program's tiers ask for and give; used by whoever decides with a tier in view.
#pragma once

#include <cmath>
#include <vector>

#include "base/money.hpp"
#include "model/state.hpp"

namespace partnersim {

/// Length of a program's review period, months.
inline int review_period(const Vendor& terms) {
  return static_cast<int>(std::round(terms.review_months));
}

/// Months left until the next review, the running one included.
inline int months_to_review(const Vendor& terms, int t) {
  return review_period(terms) - t % review_period(terms);
}

/// Offers of vendor v in which partner i is certified.
inline int certificates(const World& world, const Columns& c, std::uint32_t v, std::uint32_t i) {
  int count = 0;
  for (std::uint32_t j = 0; j < world.vendors[v].offers; ++j) {
    count += c.certified[(world.vendors[v].first_offer + j) * world.n + i];
  }
  return count;
}

/// The tier that bookings of a period (currency units) and certificates earn.
inline std::uint8_t earned_tier(const std::vector<Tier>& tiers, double bookings, int certified) {
  std::uint8_t best = 0;
  for (std::size_t k = 1; k < tiers.size(); ++k) {
    if (bookings >= tiers[k].threshold && certified >= tiers[k].certified) {
      best = static_cast<std::uint8_t>(k);
    }
  }
  return best;
}

inline double tier_margin(const std::vector<Tier>& tiers, double bookings, int certified) {
  return tiers[earned_tier(tiers, bookings, certified)].margin;
}

}  // namespace partnersim
