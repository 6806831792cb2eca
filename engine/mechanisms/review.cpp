// Review: at the end of each review period the program gives every partner its tier.
//
//   tier = the highest one whose threshold the period's bookings reach and whose number of
//          certified offers the partner has; bookings then start again at 0
//
// Bookings count at list: licences, and the first year of subscriptions. Real programs: AND
// thresholds of bookings and certified people (AWS, Cisco, HPE).
#include <cmath>

#include "base/money.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"tier", "bookings"};

std::uint8_t earned_tier(const World& world, const State& state, std::uint32_t v, std::uint32_t i) {
  const Columns& c = state.columns;
  const std::size_t relation = v * world.n + i;
  const std::vector<Tier>& tiers = state.now.programs[c.program[relation]].tiers;
  int certified = 0;
  for (std::uint32_t j = 0; j < world.vendors[v].offers; ++j) {
    certified += c.certified[(world.vendors[v].first_offer + j) * world.n + i];
  }
  std::uint8_t best = 0;
  for (std::size_t k = 1; k < tiers.size(); ++k) {
    const bool booked =
        static_cast<double>(c.bookings[relation]) >= tiers[k].threshold * kMinorPerMajor;
    if (booked && certified >= tiers[k].certified) best = static_cast<std::uint8_t>(k);
  }
  return best;
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    for (const std::uint32_t i : month.scratch.carried[v]) {
      const std::size_t relation = v * world.n + i;
      const double period = std::round(state.now.programs[c.program[relation]].terms.review_months);
      if ((month.t + 1) % static_cast<int>(period) != 0) continue;
      c.tier[relation] = earned_tier(world, state, v, i);
      c.bookings[relation] = 0;
    }
  }
}

}  // namespace

extern constexpr Mechanism review{
    "review", "The program reviews partners and gives them their tier", kWrites, {}, true, run};

}  // namespace partnersim
