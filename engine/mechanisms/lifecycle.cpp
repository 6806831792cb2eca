// Lifecycle: partners are won and bound, or fall quiet and leave.
//
//   prospect -> onboarding -> active <-> dormant -> left -> onboarding (won back)
//
//   rel   = value of the vendor's best offer / best of what else the partner could do - 1
//   J     = beta_join clamp(rel, -1, 1), for who would join with the entry fee, spread over the
//           opportunities of its first year, off the vendor's value
//   F     = exp(-xi_trust (2 T - 1) - xi_value clamp(rel, -1, 1)
//               - stay (d - 0.6)),  d how much the partner depends on the vendor (power)
//   join       : (join_p (1 + outreach_gain A) + join_q peers_with + recruit_rate A)
//                admission 2 logistic(J) a year, A attention of recruiting managers
//   onboarding : ends with 1 - exp(-(1 + onboarding_help a)/months), a attention of the manager,
//                months times distributor_onboarding where the partner buys through a distributor
//   won back   : winback_rate admission 2 logistic(J)
//   leave      : leave_rate_i F
//   fall quiet : dormant_rate F exp(xi_idle clamp01(idle/12 - 1))
//   wake up    : reactivate_rate 2 logistic(J)
//
// What others are to the partner is as of the end of last month. Who joins or comes back starts at
// the lowest tier without bookings. One uniform decides the month of a relation; a block of four
// serves the months t - t % 4 to t - t % 4 + 3. Competing exits share it in proportion to their
// intensities, leaving first, which with constant rates is the shifted beta-geometric curve at
// every anniversary (Fader and Hardie 2007). A partner that sleeps or leaves gives its attention to
// other things; the leaver loses its pipeline, and a part of its customers goes with it: at list
// prices to the offer on sale of the same deployment of a rival it is active with, of the one worth
// most to it; else away. The rest stays with the vendor as its orphan base. Who signs is a newcomer
// until it wins its first deal (closing) or leaves.
#include <algorithm>

#include "base/counts.hpp"
#include "base/math.hpp"
#include "mechanisms/contracts.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr Purpose kMove{"lifecycle.move"};
constexpr Purpose kFollow{"lifecycle.follow"};
constexpr Purpose kPurposes[] = {kMove, kFollow};
constexpr std::string_view kWrites[] = {"stage",  "tier",    "since",      "newcomer", "attention",
                                        "effort", "open",    "contracts",  "base",     "kept",
                                        "sold",   "sold_at", "start_base", "run_rate", "bookings"};

/// What one vendor's partners of this month need to know.
struct View {
  const World& world;
  State& state;
  const Month& month;
  std::uint32_t v;

  /// As it was at the end of last month, whatever this month has done to another relation.
  bool was_active(std::uint32_t u, std::uint32_t i) const {
    return month.scratch.stages[u * world.n + i] == static_cast<std::uint8_t>(Stage::active);
  }
  std::size_t row(std::uint32_t i) const { return v * world.n + i; }
  bool lifted(Shadow shadow) const { return is_lifted(state, shadow, v); }
  double outreach() const { return lifted(Shadow::winning) ? 1 : state.columns.outreach[v]; }
};

/// Expected value per opportunity of the best offer of vendor `v` for partner i.
double best_value(const World& world, const State& state, std::uint32_t v, std::uint32_t i) {
  const Columns& c = state.columns;
  const std::size_t relation = v * world.n + i;
  const VendorInfo& vendor = world.vendors[v];
  const std::uint8_t market = world.partners.market[i];
  double best = 0;
  for (std::uint32_t j = 0; j < vendor.offers; ++j) {
    const std::uint32_t o = vendor.first_offer + j;
    const std::size_t deal =
        state.derived.deal(c.program[relation], c.tier[relation], world.partners.segment[i], j);
    best = std::max(
        best, considered(state.now.markets[market], world.offers[o].deployment, c.cloud[market]) *
                  available(world, state, o) * c.win_seen[o * world.n + i] *
                  worth(state, relation, deal));
  }
  return best;
}

/// rel, clamped to [-1, 1]; `fee` is what the vendor's value is less by.
double relative_value(const View& view, std::uint32_t i, double fee = 0) {
  double other = view.state.derived.outside[view.world.partners.segment[i]];
  for (std::uint32_t u = 0; u < view.world.vendors.size(); ++u) {
    if (u != view.v && view.was_active(u, i)) {
      other = std::max(other, best_value(view.world, view.state, u, i));
    }
  }
  return other <= 0
             ? 1
             : clamp((best_value(view.world, view.state, view.v, i) - fee) / other - 1, -1, 1);
}

/// Per opportunity of the first year, with the attention a new vendor gets.
double entry_fee(const View& view, std::uint32_t i) {
  const double fee =
      view.state.now.programs[view.state.columns.program[view.row(i)]].terms.entry_fee;
  if (fee == 0) return 0;
  const Columns& c = view.state.columns;
  const double year = 12 * view.state.derived.opportunities[view.world.partners.segment[i]] *
                      c.opportunity_scale[i] * c.price_scale[i] *
                      std::max(view.state.now.lifecycle.launch_share, 1e-3);
  return fee / std::max(year, 1e-6);
}

double attraction(const View& view, std::uint32_t i) {
  const double rel = relative_value(view, i, entry_fee(view, i));
  return 2 * logistic(view.state.now.lifecycle.beta_join *
                      (view.lifted(Shadow::winning) ? std::max(rel, 0.0) : rel));
}

void count(const View& view, std::uint32_t i, Head head) {
  view.month.cells.add(head, view.v, view.world.partners.segment[i], 1);
}

void enter(const View& view, std::uint32_t i, Stage stage) {
  view.state.columns.stage[view.row(i)] = static_cast<std::uint8_t>(stage);
  view.state.columns.since[view.row(i)] = view.month.t;
}

bool attracted(const View& view, std::uint32_t i, double rate, double u) {
  const double admitted = view.state.now.programs[view.v].terms.admission;
  return u < monthly(rate * admitted * attraction(view, i));
}

/// A newcomer begins in the lowest tier with nothing booked.
void sign(const View& view, std::uint32_t i) {
  Columns& c = view.state.columns;
  const std::size_t row = view.row(i);
  c.tier[row] = 0;
  c.bookings[row] = 0;
  c.newcomer[row] = static_cast<std::uint16_t>(view.month.t + 1);
  count(view, i, Head::joined);
}

void join(const View& view, std::uint32_t i) {
  Columns& c = view.state.columns;
  const std::size_t row = view.row(i);
  enter(view, i, Stage::onboarding);
  sign(view, i);
  const Vendor& terms = view.state.now.programs[c.program[row]].terms;
  const std::uint8_t s = view.world.partners.segment[i];
  const Money fee = round_money(terms.entry_fee * kMinorPerMajor);
  view.month.cells.add(Head::onboarding_cost, view.v, s,
                       round_money(terms.onboarding_cost * kMinorPerMajor));
  view.month.cells.add(Head::entry_fees, view.v, s, fee);
  view.month.cells.add(Line::partner_profit, view.world.vendors[view.v].first_offer, s, -fee);
}

/// The partner stops investing in the vendor.
void withdraw(const View& view, std::uint32_t i) {
  const VendorInfo& vendor = view.world.vendors[view.v];
  for (std::uint32_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
    view.state.columns.attention[o * view.world.n + i] = 0;
  }
  view.state.columns.effort[view.row(i)] = 0;
  view.state.columns.run_rate[view.row(i)] = 0;
}

/// The rival's offer that takes over customers: of the same deployment, of the vendor the partner
/// is active with that is worth most to it.
std::uint32_t successor(const View& view, std::uint32_t i, Deployment deployment) {
  const World& world = view.world;
  std::uint32_t best = static_cast<std::uint32_t>(world.offers.size());
  double best_worth = -1;
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    const OfferInfo& offer = world.offers[o];
    if (offer.vendor == view.v || offer.deployment != deployment ||
        !view.was_active(offer.vendor, i) || available(world, view.state, o) <= 0) {
      continue;
    }
    const double worth = best_value(world, view.state, offer.vendor, i);
    if (worth > best_worth) best = o, best_worth = worth;
  }
  return best;
}

void lose_customers(const View& view, std::uint32_t i) {
  Columns& c = view.state.columns;
  const World& world = view.world;
  const std::uint8_t s = world.partners.segment[i];
  const VendorInfo& vendor = world.vendors[view.v];
  for (std::uint32_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
    const std::size_t row = o * world.n + i;
    if (c.contracts[row] == 0) continue;
    const double u = uniforms(view.month.personal, world.partners.key[i], view.month.t,
                              kFollow.of(world.offers[o].key))[0];
    const std::int32_t leaving =
        binomial(u, c.contracts[row],
                 view.lifted(Shadow::contact) ? 0 : view.state.now.lifecycle.follows_partner);
    const Money value = lose_contracts(world, c, row, leaving);
    view.month.cells.add(Line::churned, o, s, leaving);
    view.month.cells.add(Line::churned_value, o, s, value);
    const std::uint32_t to = successor(view, i, world.offers[o].deployment);
    if (leaving == 0 || to == world.offers.size()) continue;
    const auto price = [&](std::uint32_t x) {
      const OfferInfo& info = world.offers[x];
      return view.state.now.programs[info.vendor]
          .offers[x - world.vendors[info.vendor].first_offer]
          .price;
    };
    add_contracts(c, to * world.n + i, leaving,
                  round_money(static_cast<double>(value) * price(to) / price(o)));
  }
}

void leave(const View& view, std::uint32_t i) {
  Columns& c = view.state.columns;
  enter(view, i, Stage::left);
  count(view, i, Head::exits);
  withdraw(view, i);
  c.newcomer[view.row(i)] = 0;
  const VendorInfo& vendor = view.world.vendors[view.v];
  for (std::uint32_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
    c.open[o * view.world.n + i] = 0;
  }
  lose_customers(view, i);
}

/// How much more than a neutral partner it depends on the vendor (power).
double depends(const Columns& c, std::size_t row) {
  return static_cast<double>(c.dependence[row] - kNeutralDependence);
}

/// Active or dormant: leave (`quiet` too when active), or wake up.
void stay_or_go(const View& view, std::uint32_t i, double u, bool active) {
  Columns& c = view.state.columns;
  const Lifecycle& p = view.state.now.lifecycle;
  const std::size_t row = view.row(i);
  const double idle = view.month.t - c.since[row];
  const double back = active ? 0 : p.reactivate_rate;
  const double quiet = active ? p.dormant_rate * exp(p.xi_idle * clamp01(idle / 12 - 1)) : 0;
  const double rel = relative_value(view, i);
  const double f = exp(-p.xi_trust * (2 * c.trust[row] - 1) - p.xi_value * rel -
                       view.state.now.power.stay * depends(c, row));
  const double bound = view.lifted(Shadow::binding) ? 0 : f;
  const double h_leave = c.leave_rate[i] * bound, h_quiet = quiet * bound;
  const double h_back = back * 2 * logistic(p.beta_join * rel);
  const double all = h_leave + h_quiet + h_back;
  const double any = monthly(all);
  if (u >= any) return;
  if (u < any * (h_leave / all)) {
    leave(view, i);
  } else if (active) {
    enter(view, i, Stage::dormant);
    count(view, i, Head::slept);
    withdraw(view, i);
  } else {
    enter(view, i, Stage::active);
    count(view, i, Head::woken);
  }
}

/// Probability that onboarding ends this month.
double ready(const View& view, std::uint32_t i) {
  const Columns& c = view.state.columns;
  const Lifecycle& p = view.state.now.lifecycle;
  const double hours =
      c.seat_hours[view.v * kMaxSeats + c.seat[view.row(i)]] * c.claim[view.row(i)];
  const double attention = hours / (hours + view.state.now.managers.half_hours);
  const double months = p.onboarding_months *
                        (has_distributor(view.world, c, view.v, i) ? p.distributor_onboarding : 1);
  return 1 - exp(-(1 + p.onboarding_help * attention) / months);
}

void step(const View& view, std::uint32_t i, double u) {
  if (is_tied(view.state.columns, i)) return;
  const Lifecycle& p = view.state.now.lifecycle;
  const double outreach = view.outreach();
  const double reach = p.join_p * (1 + p.outreach_gain * outreach) + p.recruit_rate * outreach +
                       p.join_q * view.state.columns.peers_with[view.row(i)];
  switch (static_cast<Stage>(view.state.columns.stage[view.row(i)])) {
    case Stage::prospect:
      if (attracted(view, i, reach, u)) join(view, i);
      break;
    case Stage::onboarding:
      if (u < ready(view, i)) {
        enter(view, i, Stage::active);
        count(view, i, Head::activated);
      }
      break;
    case Stage::active:
      stay_or_go(view, i, u, true);
      break;
    case Stage::dormant:
      stay_or_go(view, i, u, false);
      break;
    case Stage::left:
      if (attracted(view, i, p.winback_rate, u)) join(view, i);
      break;
  }
}

/// Upper bounds of the probability that anything happens to a relation, whatever its value and
/// idleness are: most months u is above it, and nothing has to be computed. Between no trust and
/// full trust the exponential is below its chord.
struct Bounds {
  std::array<double, kStages> at_all, per_peers, unbound, per_leave_rate;
  double without_trust, per_trust;
  double operator()(std::uint8_t stage, double leave_rate, double peers_with, double trust) const {
    return at_all[stage] + per_peers[stage] * peers_with +
           (unbound[stage] + per_leave_rate[stage] * leave_rate) *
               (without_trust + per_trust * trust);
  }
};
Bounds bounds(const Lifecycle& p, const Power& power, double outreach) {
  const auto stage = [](Stage s) { return static_cast<std::size_t>(s); };
  Bounds b{};
  b.at_all[stage(Stage::prospect)] =
      2 * (p.join_p * (1 + p.outreach_gain * outreach) + p.recruit_rate * outreach) / 12 *
      (1 + 1e-9);
  b.per_peers[stage(Stage::prospect)] = 2 * p.join_q / 12;
  b.at_all[stage(Stage::onboarding)] = 1;
  b.unbound[stage(Stage::active)] = p.dormant_rate * exp(p.xi_idle) / 12;
  b.per_leave_rate[stage(Stage::active)] = 1.0 / 12;
  b.at_all[stage(Stage::dormant)] = 2 * p.reactivate_rate / 12;
  b.per_leave_rate[stage(Stage::dormant)] = 1.0 / 12;
  b.at_all[stage(Stage::left)] = 2 * p.winback_rate / 12;
  const double independent = p.xi_value + static_cast<double>(kNeutralDependence) * power.stay;
  b.without_trust = exp(independent + p.xi_trust) * (1 + 1e-6);
  b.per_trust = exp(independent - p.xi_trust) * (1 + 1e-6) - b.without_trust;
  return b;
}

/// One uniform a relation and month; a block of four serves four months.
const double* decisions(const World& world, const Month& month, std::uint32_t v) {
  auto& luck = month.scratch.move_luck;
  const int first = month.t / 4 * 4;
  if (luck.first_month[v] != first) {
    luck.first_month[v] = first;
    for (auto& uniform : luck.u[v]) uniform.resize(world.n);
    uniforms(month.personal, {world.partners.key.data(), world.n}, first,
             kMove.of(world.vendors[v].key),
             {luck.u[v][0].data(), luck.u[v][1].data(), luck.u[v][2].data(), luck.u[v][3].data()});
  }
  return luck.u[v][static_cast<std::size_t>(month.t - first)].data();
}

}  // namespace

void end_relation(const World& world, State& state, const Month& month, std::uint32_t v,
                  std::uint32_t i) {
  leave(View{world, state, month, v}, i);
}

void begin_relation(const World& world, State& state, const Month& month, std::uint32_t v,
                    std::uint32_t i) {
  const View view{world, state, month, v};
  Columns& c = state.columns;
  const std::size_t row = view.row(i);
  const auto stage = static_cast<Stage>(c.stage[row]);
  if (stage == Stage::active) return;
  enter(view, i, Stage::active);
  if (stage == Stage::dormant) return count(view, i, Head::woken);
  if (stage != Stage::onboarding) sign(view, i);
  count(view, i, Head::activated);
}

namespace {

void run(const World& world, State& state, const Month& month) {
  month.scratch.stages = state.columns.stage;
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    const double* u = decisions(world, month, v);
    const View view{world, state, month, v};
    const Bounds most = bounds(state.now.lifecycle, state.now.power, view.outreach());
    const std::uint8_t* stages = month.scratch.stages.data() + v * world.n;
    const double* peers_with = state.columns.peers_with.data() + v * world.n;
    const double* trust = state.columns.trust.data() + v * world.n;
    const double* leave_rate = state.columns.leave_rate.data();
    for (std::uint32_t i = 0; i < world.n; ++i) {
      if (u[i] < most(stages[i], leave_rate[i], peers_with[i], trust[i])) step(view, i, u[i]);
    }
  }
  list_rows(world, state, month.scratch);
}

}  // namespace

extern constexpr Mechanism lifecycle{
    "lifecycle", "Partners join, wake up, fall quiet and leave", kWrites, kPurposes, true, run};

}  // namespace partnersim
