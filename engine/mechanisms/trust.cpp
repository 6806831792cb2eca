// Trust: a partner's trust in a vendor follows what it meets.
//
//   T*   = clamp01(level_i + relationship (R - 1/2) + surprise m - wait (1 - h)
//                  - conflict (share (1 - g) + renewals) - services overlap q - rumour fear
//                  + leads l/(l + 0.25))
//   T'   = T + (up if T* > T, else down)(T* - T)              won slowly, lost fast
//   m    = first-deal margin against what the partner is used to, relative, within [-1, 1]
//   used = exponential mean over twelve months of that margin
//
// level_i = level + spread N(0, 1), within [0, 1], is the partner's own. The margin is the
// contractual one: first year, tier, bonus, expected uplift and kept rebate, mean over the vendor's
// offers. R is the relationship with the manager, h specialist help, q the partner's services
// capability, overlap the share of services the vendor does itself, share (1 - g) the part of its
// opportunities the own sales take (direct), renewals that of its renewals that the vendor bills
// itself (settlement), fear that of being the next whose contract is ended
// (termination), l the leads of the month (leads). Nothing surprises in the first
// month in which a relation sells. Trust of prospects and leavers stays as it is. Evidence:
// satisfaction panels, channel conflict and relationship marketing studies (signs).
#include <algorithm>

#include "base/math.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr Purpose kLevel{"trust.level"};
constexpr Purpose kPurposes[] = {kLevel};
constexpr std::string_view kWrites[] = {"trust", "margin_used_to"};
constexpr double kMemory = 12;       // months
constexpr double kHalfLeads = 0.25;  // leads a month that count half of what leads can

/// What partner i gets of a first deal, of its price.
double contract_margin(const World& world, const State& state, std::uint32_t v, std::uint32_t i) {
  const Columns& c = state.columns;
  const std::size_t relation = v * world.n + i;
  const Program& program = state.now.programs[c.program[relation]];
  double sum = 0;
  for (std::size_t j = 0; j < program.offers.size(); ++j) {
    sum += state.derived.margin_first[state.derived.term(c.program[relation], c.tier[relation], j)];
  }
  return sum / static_cast<double>(program.offers.size()) +
         program.terms.uplift * c.registered[relation] +
         program.terms.rebate * (1 - program.terms.pass_through) +
         static_cast<double>(c.advantage[relation] + c.extra_rebate[relation]);
}

/// T* without surprise, not yet clamped.
double settled(const World& world, const State& state, std::uint32_t v, std::uint32_t i) {
  const Columns& c = state.columns;
  const Trust& p = state.now.trust;
  const std::size_t relation = v * world.n + i;
  const double overlap = felt_overlap(state.now, state.now.programs[c.program[relation]]);
  const double renewals = state.derived.direct_renewals[c.program[relation]];
  const auto leads = static_cast<double>(c.leads[relation]);
  return c.trust_level[i] + p.relationship * (c.relationship[relation] - 0.5) -
         p.conflict * (taken(state, relation) + renewals) - p.wait * (1 - c.help[v]) -
         p.services * overlap * state.now.segments[world.partners.segment[i]].services -
         p.rumour * static_cast<double>(c.rumour[relation]) +
         p.leads * leads / (leads + kHalfLeads);
}

void begin(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  const Trust& p = state.now.trust;
  for (std::uint32_t i = 0; i < world.n; ++i) {
    const double u = uniforms(month.personal, world.partners.key[i], 0, kLevel.id)[0];
    c.trust_level[i] = on_grid(clamp01(p.level + p.spread * normal_quantile(u)));
    for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
      c.trust[v * world.n + i] = on_grid(clamp01(settled(world, state, v, i)));
    }
  }
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  const Trust& p = state.now.trust;
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    for (const std::uint32_t i : month.scratch.selling[v]) {
      const std::size_t relation = v * world.n + i;
      const double margin = contract_margin(world, state, v, i);
      double& used_to = c.margin_used_to[relation];
      if (used_to == 0) used_to = margin;
      const double surprise = used_to > 0 ? clamp((margin - used_to) / used_to, -1, 1) : 0;
      used_to += (margin - used_to) / kMemory;
      const double aim = clamp01(settled(world, state, v, i) + p.surprise * surprise);
      double& trust = c.trust[relation];
      trust = on_grid(trust + (aim > trust ? p.up : p.down) * (aim - trust));
    }
  }
}

}  // namespace

extern constexpr Mechanism trust{
    "trust", "Trust follows what a partner meets: won slowly, lost fast",
    kWrites, kPurposes,
    true,    run,
    begin};

}  // namespace partnersim
