// Effort: nobody can order a partner to market; it picks its own extra effort x.
//
//   R0 = size lambda/12 (1 - share (1 - g)) sum e a w P
//                                          expected new bookings a month without effort; share
//                                          (1 - g) goes to the vendor's own sales (direct)
//   u  = sum e a w V / sum e a w P + growth_rebate
//                                          what a further unit of bookings is worth to the
//                                          partner: it is growth
//   cost of x: (k/2) R0 x^2, of which the vendor pays mdf_cover, up to mdf_accrual of the last
//   twelve months billed:  x_c = sqrt(2 accrual Y12/12 / (cover k R0))
//   x* = 2T u / (k (1 - cover)) if that is at most x_c, else max(x_c, 2T u / k);  at most
//   max_effort
//
// Tiers make it a notch (tiers.hpp says what a tier asks for): with Y booked in the period and in
// the pipeline, n months to the review and periods of L months, the partner takes the best of x*
// and of every x_j with which it just reaches the threshold T_j of a tier it has the certificates
// for, x_j = (T_j - Y)/(n R0) - 1, by
//
//   payoff(x) = n R0 2T u x - cost(x) + 2T tier_margin(Y + n R0 (1 + x)) L R0
//
//   potential = size lambda/12 sum over a deployment's offers of match_o a_o w_full P_o
//               bookings a month with all its attention where customers want it, full skill, help
//               and relationship; w_full without ally and gap
//
// Demand is (1 + x) times what it would be. The vendor wishes target_effort; the difference in
// expected bookings is the authority gap. Optimal linear effort: Holmstrom and Milgrom 1987;
// notches: Kleven and Waseem 2013.
#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "base/money.hpp"
#include "mechanisms/mechanism.hpp"
#include "mechanisms/tiers.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"effort", "run_rate"};

/// What one relation can expect without extra effort, a month and for a partner of size 1, in
/// currency units; and the attention it gives.
struct Prospects {
  double bookings = 0, value = 0, attention = 0;
};

using Shares = std::vector<std::array<double, kMaxMarkets>>;  // [offer of the vendor][market]

Prospects prospects(const World& world, const State& state, const Shares& considered,
                    std::uint32_t v, std::uint32_t i) {
  const Columns& c = state.columns;
  const std::size_t relation = v * world.n + i;
  const std::size_t deal =
      state.derived.deal(c.program[relation], c.tier[relation], world.partners.segment[i], 0);
  const double kept = 1 - taken(state, relation);
  Prospects sum;
  for (std::uint32_t j = 0; j < world.vendors[v].offers; ++j) {
    const std::size_t row = (world.vendors[v].first_offer + j) * world.n + i;
    const double wins =
        c.attention[row] * c.win_seen[row] * considered[j][world.partners.market[i]] * kept;
    sum.attention += c.attention[row];
    sum.bookings += wins * state.derived.price[deal + j];
    sum.value += wins * worth(state, relation, deal + j);
  }
  return sum;
}

/// What it takes to choose: amounts in currency units.
struct Decision {
  double run_rate, worth, trust;  // R0 a month, u, T
  double cost, cover, allowance;  // k; share and amount a month the vendor pays of it
  double booked;                  // in the period so far, and in the pipeline
  int left, period;               // months
  int certified;
  std::uint8_t present;  // its tier

  double value(const Program& program, double x) const {
    const double months = left, spent = cost / 2 * run_rate * x * x;
    const double tier = tier_margin(program, present, bookings(x), certified);
    return months *
               (run_rate * 2 * trust * worth * x - spent + std::min(cover * spent, allowance)) +
           2 * trust * tier * period * run_rate;
  }
  /// Bookings of the period at x.
  double bookings(double x) const { return booked + left * run_rate * (1 + x); }
  /// x with which a threshold is just reached.
  double reaching(double threshold) const { return (threshold - booked) / (left * run_rate) - 1; }
};

/// The best of x and of what just reaches a tier; ties to less. `steered`: the next tier at any
/// price.
double stretched(const Decision& d, const Program& program, double x, double max_effort,
                 bool steered) {
  const double now = d.bookings(x), most = d.bookings(max_effort);
  double best = x;
  for (std::size_t k = 1; k < program.tiers.size(); ++k) {
    const double asked = bookings_asked(program, k, d.certified);
    if (asked <= now || asked > most) continue;
    const double reach = std::min(d.reaching(asked) * (1 + 1e-12), max_effort);
    if (steered) return reach;
    if (d.value(program, reach) > d.value(program, best)) best = reach;
  }
  return best;
}

/// Open deals at the value they are expected to bring.
double pipeline(const World& world, const State& state, std::uint32_t v, std::uint32_t i) {
  const Columns& c = state.columns;
  const std::size_t deal =
      state.derived.deal(c.program[v * world.n + i], 0, world.partners.segment[i], 0);
  double sum = 0;
  for (std::uint32_t j = 0; j < world.vendors[v].offers; ++j) {
    const std::size_t row = (world.vendors[v].first_offer + j) * world.n + i;
    sum += c.open[row] * c.win_seen[row] * state.derived.price[deal + j];
  }
  return sum * c.price_scale[i];
}

double chosen_effort(const Effort& p, double mdf_cover, double pull, double run_rate,
                     double allowance) {
  if (mdf_cover <= 0) return pull;
  const double helped = pull / (1 - mdf_cover);
  const double capped = std::sqrt(2 * allowance / (mdf_cover * p.effort_cost * run_rate));
  return helped <= capped ? helped : std::max(capped, pull);
}

/// Bookings a month a partner of size 1 would bring at its best, [program][segment][market], for
/// the programs of a vendor.
class Potential {
 public:
  Potential(const World& world, const State& state, const Shares& considered, std::uint32_t v)
      : segments_(world.segments.size()),
        markets_(world.markets.size()),
        of_(state.now.programs.size() * segments_ * markets_, 0) {
    for (std::size_t program = 0; program < state.now.programs.size(); ++program) {
      if (state.now.programs[program].vendor == v) add(world, state, considered, program);
    }
  }
  double operator()(std::size_t program, std::size_t segment, std::size_t market) const {
    return of_[(program * segments_ + segment) * markets_ + market];
  }

 private:
  void add(const World& world, const State& state, const Shares& considered, std::size_t program) {
    const std::uint32_t v = state.now.programs[program].vendor;
    const VendorInfo& vendor = world.vendors[v];
    const Closing& p = state.now.closing;
    const std::array<double, 2> offers = offers_by_deployment(world, state, v);
    for (std::uint32_t j = 0; j < vendor.offers; ++j) {
      const std::uint32_t o = vendor.first_offer + j;
      if (available(world, state, o) <= 0) continue;
      const bool cloud = world.offers[o].deployment == Deployment::cloud;
      const double wins = logistic(state.derived.win_logit[state.derived.offer(program, j)] +
                                   0.5 * (p.w_skill + p.w_relationship)) /
                          offers[static_cast<std::size_t>(world.offers[o].deployment)];
      for (std::size_t s = 0; s < segments_; ++s) {
        for (std::size_t m = 0; m < markets_; ++m) {
          const double c = state.columns.cloud[m];
          of_[(program * segments_ + s) * markets_ + m] +=
              (cloud ? c : 1 - c) * considered[j][m] * wins *
              state.derived.price[state.derived.deal(program, 0, s, j)] *
              state.derived.opportunities[s];
        }
      }
    }
  }

  std::size_t segments_, markets_;
  std::vector<double> of_;
};

void decide(const World& world, State& state, const Month& month, const Shares& considered,
            std::uint32_t v, std::uint32_t i) {
  Columns& c = state.columns;
  const Effort& p = state.now.effort;
  const std::size_t relation = v * world.n + i;
  const Program& program = state.now.programs[c.program[relation]];
  const Vendor& terms = program.terms;
  const std::uint8_t s = world.partners.segment[i];
  const Prospects expected = prospects(world, state, considered, v, i);
  const double run_rate = expected.bookings * c.opportunity_scale[i] * c.price_scale[i] *
                          state.derived.opportunities[s];
  double x = 0, cost = 0, paid = 0;
  if (run_rate > 0) {
    const double per_attention = 1 / expected.attention;
    const double allowance =
        terms.mdf_accrual * static_cast<double>(c.billed_12m[relation]) / (12 * kMinorPerMajor);
    const double unit = expected.value / expected.bookings + terms.growth_rebate;
    const double pull = 2 * c.trust[relation] * unit / p.effort_cost;
    x = clamp(chosen_effort(p, terms.mdf_cover, pull, run_rate, allowance), 0, p.max_effort);
    const Decision decision{
        run_rate,
        unit,
        c.trust[relation],
        p.effort_cost,
        terms.mdf_cover,
        allowance,
        static_cast<double>(c.bookings[relation]) / kMinorPerMajor + pipeline(world, state, v, i),
        months_to_review(terms, month.t),
        review_period(terms),
        certificates(world, c, v, i),
        c.tier[relation]};
    const double plain = x;
    x = stretched(decision, program, plain, p.max_effort, is_lifted(state, Shadow::steering, v));
    if (x > plain) month.cells.add(Head::stretched, v, s, 1);
    if (is_lifted(state, Shadow::authority, v)) x = std::max(x, p.target_effort);
    cost = p.effort_cost / 2 * run_rate * x * x * per_attention;
    if (terms.mdf_cover > 0) {
      month.cells.add(Head::mdf_accrued, v, s, round_money(allowance * kMinorPerMajor));
    }
    paid = std::min(terms.mdf_cover * cost, allowance * per_attention);
  }
  c.run_rate[relation] = run_rate;
  c.effort[relation] = x;
  month.scratch.effort_cost[relation] = cost;
  month.scratch.mdf[relation] = paid;
  month.cells.add(Head::wished_bookings, v, s,
                  round_money(run_rate * (1 + p.target_effort) * kMinorPerMajor));
  month.cells.add(Head::chosen_bookings, v, s, round_money(run_rate * (1 + x) * kMinorPerMajor));
}

void run(const World& world, State& state, const Month& month) {
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    Shares considered;
    for (std::uint32_t j = 0; j < world.vendors[v].offers; ++j) {
      considered.push_back(considered_by_market(world, state, world.vendors[v].first_offer + j));
    }
    const Potential potential(world, state, considered, v);
    for (const std::uint32_t i : month.scratch.active[v]) {
      decide(world, state, month, considered, v, i);
      const std::uint8_t s = world.partners.segment[i];
      const std::uint16_t program = state.columns.program[v * world.n + i];
      const double size = state.columns.opportunity_scale[i] * state.columns.price_scale[i];
      month.cells.add(
          Head::potential, v, s,
          round_money(size * potential(program, s, world.partners.market[i]) * kMinorPerMajor));
    }
  }
}

}  // namespace

extern constexpr Mechanism effort{
    "effort", "Partners decide how much extra market development they do", kWrites, {}, true, run};

}  // namespace partnersim
