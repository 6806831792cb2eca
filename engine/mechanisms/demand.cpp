// Demand: customers bring opportunities to partners, as many as their size, attention and effort.
//
//   n_o ~ Poisson( size^(1-eta) lambda_s/12 D e_o considered_o (1 + x)(1 + referral G_o)
//                  (1 - share (1 - g)) F + led e_o considered_o F )
//   F   = saturation (geometric mean of list prices against the start)^-price_elasticity
//
// share (1 - g) of a partner's opportunities goes to the vendor's own sales (direct): what it does
// not register. led are those from the vendor's leads (leads).
//
// considered_o is the share of customers who want the offer's deployment or accept it, of those to
// whom it is available; what the others would have wanted is lost and counted as unserved. One
// block of uniforms serves a partner, offer and month: arrivals, then decided, won and price
// (closing).
#include "base/counts.hpp"
#include "base/kernels.hpp"
#include "base/math.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr Purpose kPurposes[] = {kDealLuck};
constexpr std::string_view kWrites[] = {"arrived"};

/// Mean arrivals of offer o for the partners in scratch.selling, into scratch.a.
void expect(const World& world, const State& state, const Month& month, std::uint32_t o) {
  const Columns& c = state.columns;
  const std::uint32_t v = world.offers[o].vendor;
  const std::vector<std::uint32_t>& partners = month.scratch.selling[v];
  const auto considered = considered_by_market(world, state, o);
  const double referral = state.now.demand.referral;
  const double *attention = c.attention.data() + o * world.n, *ally = c.ally.data() + o * world.n;
  const double* effort = c.effort.data() + v * world.n;
  std::array<double, kMaxMarkets> demand{}, found{};
  for (std::size_t m = 0; m < world.markets.size(); ++m) {
    found[m] = c.saturation[m] * state.derived.price_response[m];
    demand[m] = c.demand[m] * found[m];
  }
  double* mean = month.scratch.a.data();
  std::int64_t unserved = 0, lost = 0;
  const auto count = [&](std::uint8_t s) {
    month.cells.add(Line::unserved, o, s, unserved);
    month.cells.add(Line::taken, o, s, lost);
    month.scratch.taken[o * world.segments.size() + s] += lost;
    unserved = lost = 0;
  };
  std::uint8_t segment = 0;
  for (std::size_t k = 0; k < partners.size(); ++k) {
    const std::uint32_t i = partners[k];
    const std::uint8_t market = world.partners.market[i];
    if (world.partners.segment[i] != segment) {
      count(segment);
      segment = world.partners.segment[i];
    }
    const double reached = c.opportunity_scale[i] * state.derived.opportunities[segment] *
                           demand[market] * attention[i] * (1 + effort[i]) *
                           (1 + referral * ally[i]);
    const std::size_t relation = v * world.n + i;
    const double all = reached * considered[market], ours = all * taken(state, relation);
    const double from_leads = static_cast<double>(c.led[relation]) * attention[i] * found[market];
    mean[k] = all - ours + from_leads * considered[market];
    unserved += to_grid(reached - all);
    lost += to_grid(ours);
  }
  count(segment);
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  Scratch& scratch = month.scratch;
  std::fill(c.arrived.begin(), c.arrived.end(), 0);
  std::fill(scratch.taken.begin(), scratch.taken.end(), 0);
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    const std::vector<std::uint32_t>& partners = scratch.selling[world.offers[o].vendor];
    const auto& luck = deal_luck(world, month, o);
    expect(world, state, month, o);
    double* mean = scratch.a.data();
    double* none = scratch.b.data();
    for (std::size_t k = 0; k < partners.size(); ++k) none[k] = -mean[k];
    exp_all(none, none, partners.size());
    const double* u = luck[0].data();
    for (std::size_t k = 0; k < partners.size(); ++k) {
      if (u[k] <= none[k]) continue;
      const std::int32_t arrived = poisson(u[k], mean[k], none[k]);
      c.arrived[o * world.n + partners[k]] = arrived;
      month.cells.add(Line::opportunities, o, world.partners.segment[partners[k]], arrived);
    }
  }
}

}  // namespace

extern constexpr Mechanism demand{
    "demand", "Customers bring sales opportunities to partners", kWrites, kPurposes, true, run};

}  // namespace partnersim
