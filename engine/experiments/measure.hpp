// What the user's deals and partners say of the inputs of a scenario.
//
// Deals that are still open, partners without a deal yet and partners that are still there count
// for the time they have been seen (censored). What rests on fewer cases than `fewest` is no
// measurement.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/estimates.hpp"
#include "scenario/history.hpp"

namespace partnersim {

/// What is measured, and from how many cases on.
struct MeasureRow {
  std::string_view name;
  std::string_view cases;  // what n counts
  std::size_t fewest;
};
namespace measure {
inline constexpr MeasureRow kWinRate{"win rate", "decided deals", 30};
inline constexpr MeasureRow kCycle{"sales cycle", "decided deals", 30};
inline constexpr MeasureRow kDealSize{"deal size", "won deals", 20};
inline constexpr MeasureRow kDealSpread{"spread of deal prices", "won deals more than partners",
                                        30};
inline constexpr MeasureRow kRegistered{"share of deals registered", "deals", 30};
inline constexpr MeasureRow kSeason{"season", "deals opened", 240};
inline constexpr MeasureRow kOpened{"deals opened a year", "deals", 30};
inline constexpr MeasureRow kFirstDeal{"time to first deal", "first deals", 10};
inline constexpr MeasureRow kExits{"partners leaving a year", "exits", 10};
}  // namespace measure

inline bool is_measured(const Estimate& estimate, const MeasureRow& row) {
  return estimate.n >= row.fewest && estimate.value > 0;
}

/// Of all partners, and of each segment.
struct BySegment {
  Estimate all;
  std::vector<Estimate> segment;  // in the order of Measured::segments
};

struct Measured {
  std::vector<std::string> segments;  // the one with most partners first
  std::vector<std::string> offers;    // the one with most deals first; empty: the file names none
  std::size_t deals = 0, open = 0;
  Day since{}, until{};  // what the deals tell of

  BySegment win_rate;    // share of what is decided
  BySegment cycle;       // months from opening to decision
  BySegment amount;      // mean of a won deal, currency units
  BySegment registered;  // share of deals
  BySegment opened;      // deals opened a year by a partner that is there
  BySegment first_deal;  // months from joining to the first deal opened
  BySegment exits;       // a partner and year

  std::vector<Estimate> cycle_of_offer;   // months
  std::vector<Estimate> price_of_offer;   // mean of a won deal where the segment is neutral
  std::vector<Estimate> size_of_segment;  // of a won deal against that price; mean 1 over deals
  Estimate deal_spread;                   // of the logarithm of a partner's deals of one offer
  std::optional<Season> season;           // of deals opened
};

Measured measure_history(const History& history);

}  // namespace partnersim
