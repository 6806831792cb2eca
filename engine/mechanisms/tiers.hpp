// What a program's tiers ask for and give; used by whoever decides with a tier in view.
#pragma once

#include <algorithm>
#include <cmath>

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

/// Bookings of a period (currency units) that tier k asks of a partner with so many certificates;
/// infinite where no bookings are enough. Without a score both its threshold and its certificates
/// are asked for; with one, bar <= w min(1, bookings/threshold) + (1 - w) min(1, certified/asked),
/// and both above zero.
inline double bookings_asked(const Program& program, std::size_t k, int certified) {
  const Tier& tier = program.tiers[k];
  const Vendor& terms = program.terms;
  if (terms.score_bar <= 0) return certified >= tier.certified ? tier.threshold : kInfinity;
  if (tier.certified > 0 && certified == 0) return kInfinity;
  const double skill = tier.certified > 0 ? std::min(1.0, certified / tier.certified) : 1;
  const double share =
      (terms.score_bar - (1 - terms.score_bookings) * skill) / terms.score_bookings;
  constexpr double kRounding = 1e-9;
  if (share > 1 + kRounding) return kInfinity;
  return std::max(std::min(share, 1.0) * tier.threshold,
                  tier.threshold > 0 ? 1.0 / kMinorPerMajor : 0.0);
}

/// The highest tier whose demands are met.
inline std::uint8_t earned_tier(const Program& program, double bookings, int certified) {
  std::uint8_t best = 0;
  for (std::size_t k = 1; k < program.tiers.size(); ++k) {
    if (bookings >= bookings_asked(program, k, certified)) best = static_cast<std::uint8_t>(k);
  }
  return best;
}

/// The tier after a review: the one earned, but not more than demotion_steps below the present one.
inline std::uint8_t next_tier(const Program& program, std::uint8_t present, double bookings,
                              int certified) {
  const double kept = present - std::round(program.terms.demotion_steps);
  const std::uint8_t earned = earned_tier(program, bookings, certified);
  return kept > earned ? static_cast<std::uint8_t>(kept) : earned;
}

/// Margin of the tier after a review.
inline double tier_margin(const Program& program, std::uint8_t present, double bookings,
                          int certified) {
  return program.tiers[next_tier(program, present, bookings, certified)].margin;
}

}  // namespace partnersim
