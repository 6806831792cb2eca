// What the user's exports tell of the past: partners with their dates, and deals.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scenario/export.hpp"

namespace partnersim {

struct PastPartner {
  std::string id, name, segment, tier, manager;
  std::vector<std::string> vendors;
  std::optional<double> revenue;  // of twelve months, currency units
  std::optional<Day> joined, left;
};

struct PastDeal {
  enum class Outcome : std::uint8_t { open, won, lost };

  std::size_t partner = 0;  // of History::partners
  Day opened{};
  std::optional<Day> closed;  // of a decided deal
  Outcome outcome = Outcome::open;
  std::optional<double> amount;  // > 0, currency units
  std::optional<bool> registered;
  std::string offer;
};

struct History {
  std::vector<PastPartner> partners;
  std::vector<PastDeal> deals;  // in the order of the file
  Day until{};                  // the last day the deals tell of
};

/// Partners as far as they can be read: what is wrong with a row is told by loading the scenario.
/// Reported is what a scenario cannot be made of: names of segments and tiers, no partner at all.
std::vector<PastPartner> past_partners(Export& columns, Diagnostics& diagnostics);

/// Deals of these partners, whom the file names by id or by name. Faults are reported; rows that
/// cannot be counted (a partner who is not in the list, a date after `today`, an end before its
/// beginning, a negative amount) are left out with a warning.
std::vector<PastDeal> past_deals(Export& columns, std::span<const PastPartner> partners, Day today,
                                 Diagnostics& diagnostics);

/// The last day that is an opening or a decision; nullopt without deals.
std::optional<Day> last_day(std::span<const PastDeal> deals);

}  // namespace partnersim
