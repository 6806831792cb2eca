// Sensing: a vendor sees its customers through its partners, and late.
//
//   seen    w  = d + (1 - d) mean over active partners, weighted by what they bill, of
//                        clamp01(g (share_neutral + share_trust (T - 1/2)))
//   belief  b' = b + belief_speed w (c - b),   c: share of customers who prefer cloud
//   gap        = max(0, c - b) for cloud offers, max(0, b - c) for on-premises ones
//
// d is the share of unregistered opportunities the vendor's own sales take (direct): what it sees
// itself. Partners shield the customer: what the vendor learns of a moving market depends on the
// deals they register and on the trust they have. A vendor that learns late builds the wrong thing,
// which costs wins (closing) and customers (base). A vendor has one belief, not one a market: with
// several markets c is their mean over partners. Trust and registration are last month's; as long
// as nothing was billed every partner weighs the same.
#include <algorithm>

#include "base/math.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"belief", "gap"};

}  // namespace

double customers_in_cloud(const World& world, const Columns& c) {
  if (world.markets.size() == 1) return c.cloud[0];
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < world.n; ++i) sum += to_grid(c.cloud[world.partners.market[i]]);
  return from_grid(sum) / static_cast<double>(world.n);
}

namespace {

/// Share of the customers' needs that partners of vendor v show it.
double shown_by_partners(const World& world, const State& state, std::uint32_t v,
                         const std::vector<std::uint32_t>& active) {
  const Columns& c = state.columns;
  const Sensing& p = state.now.sensing;
  Int128 billed = 0, weighted = 0;
  std::int64_t plain = 0;
  for (const std::uint32_t i : active) {
    const std::size_t relation = v * world.n + i;
    const std::int64_t shown = to_grid(clamp01(
        c.registered[relation] * (p.share_neutral + p.share_trust * (c.trust[relation] - 0.5))));
    const Money weight = std::max<Money>(0, c.billed_12m[relation]);
    billed += weight;
    weighted += Int128{weight} * shown;
    plain += shown;
  }
  if (active.empty()) return 0;
  if (billed == 0) return from_grid(plain) / static_cast<double>(active.size());
  return from_grid(static_cast<std::int64_t>(weighted / billed));
}

void begin(const World& world, State& state, const Month&) {
  Columns& c = state.columns;
  for (double& belief : c.belief) {
    belief = clamp01(customers_in_cloud(world, c) - state.now.sensing.start_gap);
  }
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  const double cloud = customers_in_cloud(world, c);
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    if (is_lifted(state, Shadow::contact, v)) c.belief[v] = cloud;
    const double d = state.derived.direct_share[v];
    const double seen = d + (1 - d) * shown_by_partners(world, state, v, month.scratch.active[v]);
    c.belief[v] += state.now.sensing.belief_speed * seen * (cloud - c.belief[v]);
    const VendorInfo& vendor = world.vendors[v];
    for (std::uint32_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
      const double late = world.offers[o].deployment == Deployment::cloud ? cloud - c.belief[v]
                                                                          : c.belief[v] - cloud;
      c.gap[o] = std::max(0.0, late);
    }
  }
}

}  // namespace

extern constexpr Mechanism sensing{
    "sensing", "Vendors see their customers through partners, and late", kWrites, {}, true, run,
    begin};

}  // namespace partnersim
