// Leads: the vendor buys leads and passes them on to its active partners.
//
//   lead_i   = number/12 D weight_i / sum of weights,  weight_i = (1 + tier) f_i
//   phi_i    = 1 - exp(-3 e_v)        share of them a partner follows up, e_v its attention to us
//   f_i'     = f_i + (phi_i - f_i)/12 from 1: who lets leads lie is given fewer
//   led_i    = lead_i phi_i quality / e_v   opportunities per unit of attention; of offer o:
//              led_i e_o considered_o saturation, with the partner's own in one Poisson (demand)
//   from_leads' = from_leads + p (share of leads in the month's expected opportunities -
//   from_leads)
//
// D is the demand of the partner's market against the start, p the share of open opportunities
// decided in a month, mean over the vendor's offers. A lead counts in trust, lead/(lead + 0.25).
// The vendor pays each lead. A number of 0 is neutral, but for the leads still open.
#include <algorithm>

#include "base/math.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"leads", "follow_up", "led", "from_leads"};
constexpr double kKeen = 3;           // attention at which nearly all leads are followed up is 1
constexpr double kMemory = 12;        // months
constexpr float kNegligible = 1e-6f;  // share of open opportunities

/// Attention to a vendor, and the same with what allies add to the opportunities of each offer.
struct Attention {
  double plain = 0, with_allies = 0;
};
Attention attention_to(const World& world, const State& state, std::uint32_t v, std::uint32_t i) {
  const Columns& c = state.columns;
  Attention sum;
  for (std::uint32_t j = 0; j < world.vendors[v].offers; ++j) {
    const std::size_t row = (world.vendors[v].first_offer + j) * world.n + i;
    sum.plain += c.attention[row];
    sum.with_allies += c.attention[row] * (1 + state.now.demand.referral * c.ally[row]);
  }
  return sum;
}

/// Share of open opportunities decided in a month.
double decided(const World& world, const State& state, std::uint32_t v) {
  double sum = 0;
  for (std::uint32_t j = 0; j < world.vendors[v].offers; ++j) {
    sum += state.derived.close_monthly[world.vendors[v].first_offer + j];
  }
  return sum / world.vendors[v].offers;
}

/// Opportunities a month per unit of attention that the partner finds without allies.
double own(const World& world, const State& state, std::size_t relation, std::uint32_t i) {
  const Columns& c = state.columns;
  return c.opportunity_scale[i] * state.derived.opportunities[world.partners.segment[i]] *
         c.demand[world.partners.market[i]] * (1 + c.effort[relation]) *
         (1 - taken(state, relation));
}

void pass_on(const World& world, State& state, const Month& month, std::uint32_t v) {
  Columns& c = state.columns;
  const Vendor& terms = state.now.programs[v].terms;
  const std::vector<std::uint32_t>& active = month.scratch.active[v];
  const auto weight = [&](std::uint32_t i) {
    return (1.0 + c.tier[v * world.n + i]) * static_cast<double>(c.follow_up[v * world.n + i]);
  };
  std::int64_t all = 0;
  for (const std::uint32_t i : active) all += to_grid(weight(i));
  std::array<std::int64_t, kMaxSegments> given{};
  const double p = decided(world, state, v);
  for (const std::uint32_t i : active) {
    const std::size_t relation = v * world.n + i;
    const double demand = c.demand[world.partners.market[i]];
    const double lead = all == 0 ? 0 : terms.lead_number / 12 * demand * weight(i) / from_grid(all);
    const Attention attention = attention_to(world, state, v, i);
    const double followed = 1 - exp(-kKeen * attention.plain);
    const double led =
        attention.plain > 0 ? lead * followed * terms.lead_quality / attention.plain : 0;
    const double from_vendor = led * attention.plain;
    const double from_elsewhere = own(world, state, relation, i) * attention.with_allies;
    const double share = led > 0 ? from_vendor / (from_vendor + from_elsewhere) : 0;
    c.leads[relation] = static_cast<float>(lead);
    c.led[relation] = static_cast<float>(led);
    c.follow_up[relation] += static_cast<float>((followed - c.follow_up[relation]) / kMemory);
    c.from_leads[relation] += static_cast<float>(p * (share - c.from_leads[relation]));
    given[world.partners.segment[i]] += to_grid(lead);
  }
  std::int64_t bought = 0;
  for (const std::int64_t part : given) bought += part;
  month.cells.add_split(Head::lead_cost, v, std::span(given).first(world.segments.size()),
                        round_money(from_grid(bought) * terms.lead_cost * kMinorPerMajor));
}

/// Without new leads those that are open are decided one after the other.
void run_out(const World& world, State& state, const Month& month, std::uint32_t v) {
  const auto kept = static_cast<float>(1 - decided(world, state, v));
  for (const std::uint32_t i : month.scratch.active[v]) {
    float& share = state.columns.from_leads[v * world.n + i];
    share = share > kNegligible ? share * kept : 0;
  }
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  std::fill(c.leads.begin(), c.leads.end(), 0.0f);
  std::fill(c.led.begin(), c.led.end(), 0.0f);
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    if (state.now.programs[v].terms.lead_number > 0) {
      pass_on(world, state, month, v);
    } else {
      run_out(world, state, month, v);
    }
  }
}

}  // namespace

extern constexpr Mechanism leads{
    "leads", "The vendor passes leads on to its partners", kWrites, {}, true, run};

}  // namespace partnersim
