// Choice: each partner splits its attention over offers and the rest of its business.
//
//   nu_o  = considered_o w_o V_o                 expected value per opportunity of offer o
//   y_o   = clamp(nu_o / nu_ref - 1, -1, 3),  v(y) = y, or loss_aversion y below 0
//   U_o   = beta v(y_o) + beta_trust (2T-1) + beta_skill (2s-1) + beta_peer push_d + habit_i own_d
//   U_0   = outside_bias + beta v(y_0)
//   target = softmax over the offers on sale of active vendors and the outside option
//   e'    = e + speed_i (target - e)
//
// V_o holds margin, kept rebate, registration and own services (model/derived.hpp); nu_ref is the
// income per opportunity the partner is used to; it follows what the attention just decided earns,
// sum e' nu + (1 - sum e') nu_0, with reference_memory. Values are for a partner of size 1. Habit
// and speed differ between partners: the flexibility deficit. In the month in which a relation
// becomes active the speed of the partner, for all its offers, is at least launch_share; in the six
// months after a new partner manager came it is 1 + explore_boost times as high, at most 1. Loss
// aversion: Kahneman and Tversky 1979; the outside option in the same units makes an equal squeeze
// of all offers matter.
#include <algorithm>

#include "base/kernels.hpp"
#include "base/math.hpp"
#include "base/vector.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"attention", "used_to"};
constexpr double kNever = -700;  // a utility whose exponential is nothing

double felt(const Choice& p, double nu, double used_to) {
  const double y = clamp(nu / used_to - 1, -1, 3);
  return p.beta * (y >= 0 ? y : p.loss_aversion * y);
}

/// Attention each partner gives a deployment now: [deployment][partner] in scratch.c.
void sum_by_deployment(const World& world, const Columns& c, double* own) {
  const std::size_t n = world.n;
  std::fill_n(own, 2 * n, 0.0);
  for (std::size_t o = 0; o < world.offers.size(); ++o) {
    double* sum = own + static_cast<std::size_t>(world.offers[o].deployment) * n;
    const double* attention = c.attention.data() + o * n;
    for (std::size_t i = 0; i < n; ++i) sum[i] += attention[i];
  }
}

/// nu in scratch.a and U in scratch.b of the offers on sale of active relations; U elsewhere
/// kNever. Where a relation is not active nu is not used because attention is 0.
void weigh_offers(const World& world, const State& state, Scratch& scratch) {
  const Columns& c = state.columns;
  const Choice& p = state.now.choice;
  const std::size_t n = world.n;
  std::fill_n(scratch.b.begin(), world.offers.size() * n, kNever);
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    const std::uint32_t v = world.offers[o].vendor, j = o - world.vendors[v].first_offer;
    const auto share = considered_by_market(world, state, o);
    const bool on_sale = available(world, state, o) > 0;
    const std::size_t d = static_cast<std::size_t>(world.offers[o].deployment) * n;
    const double *win_seen = c.win_seen.data() + o * n, *skill = c.skill.data() + o * n;
    const double* trust = c.trust.data() + v * n;
    double *nu = scratch.a.data() + o * n, *utility = scratch.b.data() + o * n;
    for (const std::uint32_t i : scratch.active[v]) {
      const std::size_t deal =
          state.derived.deal(c.program[v * n + i], c.tier[v * n + i], world.partners.segment[i], j);
      nu[i] = share[world.partners.market[i]] * win_seen[i] * worth(state, v * n + i, deal);
      if (!on_sale) continue;
      utility[i] = felt(p, nu[i], c.used_to[i]) + p.beta_trust * (2 * trust[i] - 1) +
                   p.beta_skill * (2 * skill[i] - 1) + p.beta_peer * c.push[d + i] +
                   c.habit[i] * scratch.c[d + i];
    }
  }
}

/// 1 / sum of exp(U) over all options of each partner; `sum` starts with the outside option.
PARTNERSIM_VECTOR
void total_weight(const double* weights, std::size_t offers, std::size_t n, double* sum) {
  for (std::size_t o = 0; o < offers; ++o) {
    for (std::size_t i = 0; i < n; ++i) sum[i] += weights[o * n + i];
  }
  for (std::size_t i = 0; i < n; ++i) sum[i] = 1 / sum[i];
}

PARTNERSIM_VECTOR
void shift(const double* weight, const double* scale, const double* speed, std::size_t n,
           double* attention) {
  for (std::size_t i = 0; i < n; ++i) {
    attention[i] = on_grid(attention[i] + speed[i] * (weight[i] * scale[i] - attention[i]));
  }
}

PARTNERSIM_VECTOR
void earn(const double* attention, const double* nu, std::size_t n, double* earned, double* rest) {
  for (std::size_t i = 0; i < n; ++i) {
    earned[i] += attention[i] * nu[i];
    rest[i] -= attention[i];
  }
}

constexpr int kExploring = 6;  // months after a new manager came

/// Speed of each partner this month: its own, faster with a new manager, at least launch_share
/// where a relation became active.
void set_speed(const World& world, const State& state, int t, const Scratch& scratch,
               double* speed) {
  const Columns& c = state.columns;
  const double boosted = 1 + state.now.managers.explore_boost;
  std::copy_n(c.speed.begin(), world.n, speed);
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    for (const std::uint32_t i : scratch.active[v]) {
      const std::size_t relation = v * world.n + i;
      if (t - c.seat_since[v * kMaxSeats + c.seat[relation]] < kExploring) {
        speed[i] = std::max(speed[i], std::min(1.0, boosted * c.speed[i]));
      }
      if (c.since[relation] == t) {
        speed[i] = std::max(speed[i], state.now.lifecycle.launch_share);
      }
    }
  }
}

/// What partners give the focal vendor's offers on sale goes to its deployments as customers want
/// them, to the offers of a deployment in proportion to what they have. An offer nobody has yet
/// gets its share all the same.
void follow_customers(const World& world, State& state) {
  Columns& c = state.columns;
  const VendorInfo& us = world.vendors[0];
  const std::array<double, 2> offers = offers_by_deployment(world, state, 0);
  if (offers[0] == 0 || offers[1] == 0) return;
  for (std::size_t i = 0; i < world.n; ++i) {
    double all = 0, by_deployment[2] = {0, 0};
    for (std::uint32_t o = us.first_offer; o < us.first_offer + us.offers; ++o) {
      if (available(world, state, o) <= 0) continue;
      const auto d = static_cast<std::size_t>(world.offers[o].deployment);
      all += c.attention[o * world.n + i];
      by_deployment[d] += c.attention[o * world.n + i];
    }
    if (all <= 0) continue;
    const double cloud = c.cloud[world.partners.market[i]];
    for (std::uint32_t o = us.first_offer; o < us.first_offer + us.offers; ++o) {
      if (available(world, state, o) <= 0) continue;
      const auto d = static_cast<std::size_t>(world.offers[o].deployment);
      double& e = c.attention[o * world.n + i];
      const double share = by_deployment[d] > 0 ? e / by_deployment[d] : 1 / offers[d];
      e = on_grid(all * (world.offers[o].deployment == Deployment::cloud ? cloud : 1 - cloud) *
                  share);
    }
  }
}

void remember(const World& world, State& state, const Scratch& scratch, double* earned,
              double* rest) {
  Columns& c = state.columns;
  const std::size_t n = world.n;
  std::fill_n(earned, n, 0.0);
  std::fill_n(rest, n, 1.0);
  for (std::size_t o = 0; o < world.offers.size(); ++o) {
    earn(c.attention.data() + o * n, scratch.a.data() + o * n, n, earned, rest);
  }
  const double speed = 1 / state.now.choice.reference_memory;
  for (std::size_t i = 0; i < n; ++i) {
    const double now = earned[i] + rest[i] * state.derived.outside[world.partners.segment[i]];
    c.used_to[i] += speed * (now - c.used_to[i]);
  }
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  Scratch& scratch = month.scratch;
  const std::size_t n = world.n, offers = world.offers.size();
  sum_by_deployment(world, c, scratch.c.data());
  weigh_offers(world, state, scratch);
  double* outside = scratch.c.data();  // the sums by deployment are used up
  double* speed = scratch.c.data() + n;
  for (std::size_t i = 0; i < n; ++i) {
    outside[i] =
        state.now.choice.outside_bias +
        felt(state.now.choice, state.derived.outside[world.partners.segment[i]], c.used_to[i]);
  }
  exp_all(scratch.b.data(), scratch.b.data(), offers * n);
  exp_all(outside, outside, n);
  total_weight(scratch.b.data(), offers, n, outside);
  set_speed(world, state, month.t, scratch, speed);
  for (std::size_t o = 0; o < offers; ++o) {
    shift(scratch.b.data() + o * n, outside, speed, n, c.attention.data() + o * n);
  }
  if (is_lifted(state, Shadow::flexibility, 0)) follow_customers(world, state);
  remember(world, state, scratch, scratch.b.data(), scratch.b.data() + n);
}

}  // namespace

extern constexpr Mechanism choice{
    "choice", "Partners split their attention over offers and other business", kWrites, {}, true,
    run};

}  // namespace partnersim
