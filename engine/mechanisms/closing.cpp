// Closing: open opportunities are decided, won or lost, at a price.
//
//   decided ~ Binomial(open, 1 - exp(-1/sales_cycle)),   won ~ Binomial(decided, w)
//   logit w = logit(win_rate) + brand + w_price (street discount - its start)
//           + w_spiff (SPIFF - its start) - w_list [ln(p/p0) - mean of the rivals']
//           + w_skill (s - 1/2) - w_help (1 - s)(1 - help) - w_gap gap + w_ally G
//           + w_relationship (R - 1/2) - w_direct share (1 - g)
//   value of n deals: lognormal with the mean and variance of the sum of n lognormal prices
//   win rate seen: moves by decided/(decided + experience_weight) towards won/decided
//
// Bookings are credited to the vendor's leads (from_leads of them), of the rest to allies (referral
// G/(1 + referral G)). This month's opportunities join the open ones afterwards, so that none is
// decided at once.
#include <cmath>

#include "base/counts.hpp"
#include "base/math.hpp"
#include "base/money.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {

double win_rate(const World& world, const State& state, std::uint32_t o, std::uint32_t i) {
  const Columns& c = state.columns;
  const Closing& p = state.now.closing;
  const std::uint32_t v = world.offers[o].vendor;
  const std::size_t relation = v * world.n + i, row = o * world.n + i;
  const std::size_t offer =
      state.derived.offer(c.program[relation], o - world.vendors[v].first_offer);
  return logistic(state.derived.win_logit[offer] + p.w_skill * (c.skill[row] - 0.5) -
                  p.w_help * (1 - c.skill[row]) * (1 - c.help[v]) - p.w_gap * c.gap[o] +
                  p.w_ally * c.ally[row] + p.w_relationship * (c.relationship[relation] - 0.5) -
                  p.w_direct * taken(state, relation));
}

Money value_of_deals(double u, std::int32_t n, double price, double sigma) {
  const double variance = n == 1 ? sigma * sigma : log(1 + (exp(sigma * sigma) - 1) / n);
  const double factor = exp(std::sqrt(variance) * normal_quantile(u) - variance / 2);
  return round_money(n * price * factor * kMinorPerMajor);
}

namespace {

constexpr std::string_view kWrites[] = {"open",     "won",      "booked", "bookings",
                                        "win_seen", "newcomer", "since"};

void decide(const World& world, State& state, const Month& month, std::uint32_t o, std::uint32_t i,
            std::int32_t decided, double u_won, double u_price) {
  if (decided == 0) return;
  Columns& c = state.columns;
  const std::uint32_t v = world.offers[o].vendor;
  const std::size_t relation = v * world.n + i, row = o * world.n + i;
  const std::uint8_t s = world.partners.segment[i];
  c.open[row] -= decided;
  month.cells.add(Line::closed, o, s, decided);
  const std::int32_t won = binomial(u_won, decided, win_rate(world, state, o, i));
  const double experience = decided / (decided + state.now.choice.experience_weight);
  c.win_seen[row] += experience * (static_cast<double>(won) / decided - c.win_seen[row]);
  if (won == 0) return;
  const std::size_t deal =
      state.derived.deal(c.program[relation], 0, s, o - world.vendors[v].first_offer);
  const Money value = value_of_deals(u_price, won, state.derived.price[deal] * c.price_scale[i],
                                     state.now.closing.deal_sigma);
  c.won[row] = won;
  c.booked[row] = value;
  c.bookings[relation] += value;
  c.since[relation] = month.t;
  if (c.newcomer[relation] > 0) {
    month.cells.add(Head::first_deals, v, s, 1);
    month.cells.add(Head::first_deal_months, v, s, month.t + 1 - c.newcomer[relation]);
    c.newcomer[relation] = 0;
  }
  month.cells.add(Line::won, o, s, won);
  month.cells.add(Line::bookings, o, s, value);
  month.cells.add(Line::lead_bookings, o, s,
                  part(value, static_cast<double>(c.from_leads[relation])));
  month.cells.add(Line::ally_bookings, o, s, part(value, brought_by_allies(state, relation, row)));
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  std::fill(c.won.begin(), c.won.end(), 0);
  std::fill(c.booked.begin(), c.booked.end(), 0);
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    const std::vector<std::uint32_t>& partners = month.scratch.selling[world.offers[o].vendor];
    const auto& luck = deal_luck(world, month, o);
    const double p = state.derived.close_monthly[o];
    std::array<double, 64> none;  // (1-p)^k
    none[0] = 1;
    for (std::size_t k = 1; k < none.size(); ++k) none[k] = none[k - 1] * (1 - p);
    for (std::size_t k = 0; k < partners.size(); ++k) {
      const std::size_t row = o * world.n + partners[k];
      const std::int32_t open = c.open[row];
      if (open > 0) {
        const double stay =
            open < 64 ? none[static_cast<std::size_t>(open)] : exp(open * log(1 - p));
        if (luck[1][k] > stay) {
          decide(world, state, month, o, partners[k], binomial(luck[1][k], open, p, stay),
                 luck[2][k], luck[3][k]);
        }
      }
      c.open[row] += c.arrived[row];
    }
  }
}

}  // namespace

extern constexpr Mechanism closing{
    "closing", "Open opportunities are won or lost, at a price", kWrites, {}, true, run};

}  // namespace partnersim
