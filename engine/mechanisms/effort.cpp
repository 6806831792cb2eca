// Effort: nobody can order a partner to market; it picks its own extra effort x.
//
//   R0 = size lambda/12 sum e a w P        expected new bookings a month without effort
//   u  = sum e a w V / sum e a w P         what a unit of bookings is worth to the partner
//   cost of x: (k/2) R0 x^2, of which the vendor pays mdf_cover, up to mdf_accrual of the last
//   twelve months billed:  x_c = sqrt(2 accrual Y12/12 / (cover k R0))
//   x* = 2T u / (k (1 - cover)) if that is at most x_c, else max(x_c, 2T u / k);  at most
//   max_effort
//
// Demand is (1 + x) times what it would be. The vendor wishes target_effort; the difference in
// expected bookings is the authority gap. Optimal linear effort: Holmstrom and Milgrom 1987.
#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "mechanisms/effort.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"effort", "run_rate"};

struct Prospects {
  double bookings, value;  // a month, currency units
};

Prospects prospects(const World& world, const State& state, std::uint32_t v, std::uint32_t i) {
  const Columns& c = state.columns;
  const std::size_t relation = v * world.n + i;
  const std::uint8_t market = world.partners.market[i], s = world.partners.segment[i];
  Prospects sum{0, 0};
  for (std::uint32_t j = 0; j < world.vendors[v].offers; ++j) {
    const std::uint32_t o = world.vendors[v].first_offer + j;
    const std::size_t row = o * world.n + i;
    const std::size_t deal = state.derived.deal(c.program[relation], c.tier[relation], s, j);
    const double wins =
        c.attention[row] * c.win_seen[row] *
        considered(state.now.markets[market], world.offers[o].deployment, c.cloud[market]);
    sum.bookings += wins * state.derived.price[deal];
    sum.value += wins * (state.derived.value[deal] +
                         c.registered[relation] * state.derived.value_uplift[deal]);
  }
  const double scale = world.partners.size[i] * state.derived.opportunities[s];
  return {sum.bookings * scale, sum.value * scale};
}

double chosen_effort(const Effort& p, const Vendor& terms, double trust, double worth,
                     double run_rate, double allowance) {
  const double pull = 2 * trust * worth / p.effort_cost;
  const double helped = pull / (1 - terms.mdf_cover);
  if (terms.mdf_cover <= 0) return pull;
  const double capped = std::sqrt(2 * allowance / (terms.mdf_cover * p.effort_cost * run_rate));
  return helped <= capped ? helped : std::max(capped, pull);
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  const Effort& p = state.now.effort;
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    for (const std::uint32_t i : month.scratch.active[v]) {
      const std::size_t relation = v * world.n + i;
      const Vendor& terms = state.now.programs[c.program[relation]].terms;
      const Prospects expected = prospects(world, state, v, i);
      const double run_rate = expected.bookings;
      double x = 0;
      if (run_rate > 0) {
        x = chosen_effort(p, terms, c.trust[relation], expected.value / run_rate, run_rate,
                          mdf_allowance(world, c, relation, month.t, terms.mdf_accrual));
      }
      x = clamp(x, 0, p.max_effort);
      c.run_rate[relation] = run_rate;
      c.effort[relation] = x;
      const std::uint8_t s = world.partners.segment[i];
      month.cells.add(Head::wished_bookings, v, s,
                      round_money(run_rate * (1 + p.target_effort) * kMinorPerMajor));
      month.cells.add(Head::chosen_bookings, v, s,
                      round_money(run_rate * (1 + x) * kMinorPerMajor));
    }
  }
}

}  // namespace

extern constexpr Mechanism effort{
    "effort", "Partners decide how much extra market development they do", kWrites, {}, true, run};

}  // namespace partnersim
