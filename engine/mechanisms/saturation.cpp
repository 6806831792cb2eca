// Saturation: there are only so many customers, and partners meet each other at them.
//
//   L = sum over a market's partners and all vendors of
//       size^(1-eta) lambda e_o (1 + x)(1 + referral G),
//       the opportunities a year partners look for, without season, shock and match
//   M = L at the start / load                       what there is; load 0: an endless market
//   each partner's opportunities times S(L/M)/S(load),  S(l) = (1 - exp(-l))/l
//
// M opportunities, looked for L times at random, are found M (1 - exp(-L/M)) times: a second
// partner at the same customer finds nothing, and exp(-L/M) of them no partner claims (direct). The
// start is month 0, where it is exactly 1; growth, season and shock move M and L alike. Without it
// 25 % more partners would bring 25 % more business.
#include "base/math.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"there", "saturation", "unclaimed"};

/// Share of what l seekers per opportunity look for that each of them finds.
double found(double l) {
  return l < 1e-9 ? 1 : (1 - exp(-l)) / l;
}

/// Opportunities a year that partners look for, by market.
std::array<double, kMaxMarkets> looked_for(const World& world, const State& state,
                                           const Scratch& scratch) {
  const Columns& c = state.columns;
  const double referral = state.now.demand.referral;
  std::array<std::int64_t, kMaxMarkets> sum{};
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    const std::uint32_t v = world.offers[o].vendor;
    for (const std::uint32_t i : scratch.active[v]) {
      const std::size_t row = o * world.n + i;
      sum[world.partners.market[i]] += to_grid(
          12 * c.opportunity_scale[i] * state.derived.opportunities[world.partners.segment[i]] *
          c.attention[row] * (1 + c.effort[v * world.n + i]) * (1 + referral * c.ally[row]));
    }
  }
  std::array<double, kMaxMarkets> all{};
  for (std::size_t m = 0; m < kMaxMarkets; ++m) all[m] = from_grid(sum[m]);
  return all;
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  const auto looked = looked_for(world, state, month.scratch);
  for (std::size_t m = 0; m < world.markets.size(); ++m) {
    const double load = month.start.markets[m].load;
    if (load <= 0) continue;
    if (month.t == 0) c.there[m] = looked[m] / load;
    const double l = c.there[m] > 0 ? looked[m] / c.there[m] : 0;
    c.saturation[m] = found(l) / found(load);
    c.unclaimed[m] = exp(-l);
    month.cells[month.cells.at(Scene::meeting, m)] =
        to_grid(looked[m] - c.there[m] * (1 - c.unclaimed[m]));
  }
}

}  // namespace

extern constexpr Mechanism saturation{
    "saturation", "Partners meet partners where customers are few", kWrites, {}, true, run};

}  // namespace partnersim
