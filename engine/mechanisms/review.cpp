// Review: at the end of each review period the program gives every partner its tier.
//
//   tier = the highest one whose threshold the period's bookings reach and whose number of
//          certified offers the partner has; bookings then start again at 0
//
// Of whoever sells or has sold. Bookings count at list: licences, and the first year of
// subscriptions. Real programs: AND thresholds of bookings and certified people (AWS, Cisco, HPE).
#include "mechanisms/mechanism.hpp"
#include "mechanisms/tiers.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"tier", "bookings"};

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    for (const std::uint32_t i : month.scratch.carried[v]) {
      const std::size_t relation = v * world.n + i;
      const Program& program = state.now.programs[c.program[relation]];
      if (months_to_review(program.terms, month.t) != 1) continue;
      if (c.stage[relation] == static_cast<std::uint8_t>(Stage::onboarding)) continue;
      c.tier[relation] =
          earned_tier(program.tiers, static_cast<double>(c.bookings[relation]) / kMinorPerMajor,
                      certificates(world, c, v, i));
      c.bookings[relation] = 0;
    }
  }
}

}  // namespace

extern constexpr Mechanism review{
    "review", "The program reviews partners and gives them their tier", kWrites, {}, true, run};

}  // namespace partnersim
