// Start: what nobody can know of a partner is drawn, the rest follows from file and parameters.
//
//   speed, habit   lognormal across partners with the means flexibility and habit
//   leave_rate     -ln(1 - theta), theta ~ Beta with mean leave_mean
//   each mechanism's own columns: see its `begin`; everybody knows its win rate
//   attention      choice, peers and registration repeated until they settle, at a cloud preference
//                  0.10 lower: partners lag their customers
//   size           so that partners with known revenue can be expected to bill in the first twelve
//                  months, in which some leave, what the file says they billed in the last (books)
//   effort         chosen on the year the partner is expected to have billed
//   open deals     Poisson(expected a month / p), p the share decided in a month: the stationary
//                  pipeline as a month finds it, not the one its closing leaves, which has the mean
//                  expected a month (1/p - 1)
//   contracts      expected wins a year / (h + g), at most 20 years of them: h the intensity with
//                  which contracts end or move to cloud, g >= 0 how fast their customers grew, by
//                  the market's growth and, for cloud, by (p + q c)(1 - c)/c. That is the base
//                  which such wins have built up (stable population); in a still world it only
//                  changes by what moves to cloud. Rounded up or down by chance: the past is
//                  known, luck is for what comes
//
// What the partner file says wins: vendors carried, tier, and revenue of the last twelve months; a
// carried vendor without revenue is dormant and has no contracts.
#include "mechanisms/start.hpp"

#include <algorithm>

#include "base/counts.hpp"
#include "base/math.hpp"
#include "base/money.hpp"
#include "mechanisms/books.hpp"
#include "mechanisms/contracts.hpp"

namespace partnersim {

extern const Mechanism market, peers, registration, choice, effort, specialists, lifecycle;

namespace {

constexpr Purpose kTraits{"start.traits"};
constexpr Purpose kRelation{"start.relation"};
constexpr Purpose kDeals{"start.deals"};
constexpr Purpose kEvent{"start.event"};
constexpr Purpose kPurposes[] = {kTraits, kRelation, kDeals, kEvent};

constexpr int kSettlingRounds = 5;
constexpr int kPasses = 3;  // each knows skills, help, effort and sizes of the one before
constexpr double kCloudLag = 0.10;
constexpr double kMostYears = 20;  // of today's new business in the installed base
constexpr double kMostContracts = 2e9;

void draw_events(const World& world, Luck luck, Columns& c) {
  for (std::size_t e = 0; e < world.events.size(); ++e) {
    const Event& event = world.events[e];
    const Uniforms u = uniforms(luck, event.key, 0, kEvent.id);
    const int months = event.last - event.first + 1;
    if (u[0] < event.probability) {
      c.event_month[e] = event.first + std::min(months - 1, static_cast<int>(u[1] * months));
    }
  }
}

void draw_traits(const World& world, const Parameters& p, Luck luck, Columns& c) {
  const double theta_weight = p.lifecycle.leave_concentration;
  const BetaQuantile theta(p.lifecycle.leave_mean * theta_weight,
                           (1 - p.lifecycle.leave_mean) * theta_weight);
  const double spread = p.choice.flexibility_spread;
  const auto lognormal = [&](double u) {
    return exp(spread * normal_quantile(u) - spread * spread / 2);
  };
  for (std::size_t i = 0; i < world.n; ++i) {
    const Uniforms u = uniforms(luck, world.partners.key[i], 0, kTraits.id);
    c.speed[i] = std::min(1.0, p.choice.flexibility * lognormal(u[0]));
    c.habit[i] = p.choice.habit * lognormal(u[1]);
    c.leave_rate[i] = -log(1 - std::min(theta(u[2]), 1 - 1e-9));
    const double size = log(world.partners.size[i]);
    c.opportunity_scale[i] = exp((1 - p.demand.deal_size_elasticity) * size);
    c.price_scale[i] = exp(p.demand.deal_size_elasticity * size);
  }
}

void start_relations(const World& world, Luck luck, Columns& c) {
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    for (std::size_t i = 0; i < world.n; ++i) {
      const std::size_t relation = v * world.n + i;
      const std::size_t given = v * world.partners.count + i;
      c.program[relation] = static_cast<std::uint16_t>(v);
      c.stage[relation] = static_cast<std::uint8_t>(world.partners.start_stage[given]);
      c.tier[relation] = world.partners.start_tier[given];
      const double u =
          uniforms(luck, world.partners.key[i], 0, kRelation.of(world.vendors[v].key))[0];
      c.since[relation] = -1 - static_cast<std::int32_t>(12 * u);
    }
  }
}

/// Everybody knows its win rate as it is.
void know_win_rates(const World& world, State& state) {
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    for (std::uint32_t i = 0; i < world.n; ++i) {
      state.columns.win_seen[o * world.n + i] = win_rate(world, state, o, i);
    }
  }
}

/// Lets attention settle, with dormant partners as if they were active.
void settle_attention(const World& world, State& state, RunLuck luck, const Parameters& start,
                      Scratch& scratch, Cells& cells) {
  Columns& c = state.columns;
  const std::vector<std::uint8_t> stages = c.stage;
  for (std::uint8_t& stage : c.stage) {
    if (stage == static_cast<std::uint8_t>(Stage::dormant))
      stage = static_cast<std::uint8_t>(Stage::active);
  }
  list_rows(world, state, scratch);
  const std::vector<double> speed = c.speed;
  std::fill(c.speed.begin(), c.speed.end(), 0.5);
  for (double& cloud : c.cloud) cloud = clamp01(cloud - kCloudLag);
  state.now.choice.reference_memory = 1;
  for (std::size_t i = 0; i < world.n; ++i) {
    c.used_to[i] = state.derived.outside[world.partners.segment[i]];
  }
  const auto is_on = [&](const Mechanism& m) { return !start.is_off(row_of_mechanism(m)); };
  for (int round = 0; round < kSettlingRounds; ++round) {
    const Month month{0, 0, start, luck.world, luck.personal, scratch, cells};
    for (const Mechanism* mechanism : {&peers, &registration}) {
      if (is_on(*mechanism)) mechanism->run(world, state, month);
    }
    choice.run(world, state, month);
  }
  state.now.choice.reference_memory = start.choice.reference_memory;
  for (std::size_t m = 0; m < c.cloud.size(); ++m) c.cloud[m] = start.markets[m].cloud_start;
  c.speed = speed;
  c.stage = stages;
}

/// What a partner that sells can expect of an offer without extra effort.
struct Expected {
  double arrivals;  // a month
  double wins;      // a year
  double price;     // minor units
};

Expected expected(const World& world, const State& state, std::uint32_t o, std::uint32_t i) {
  const Columns& c = state.columns;
  const std::uint32_t v = world.offers[o].vendor;
  const std::uint8_t s = world.partners.segment[i], market = world.partners.market[i];
  const std::size_t row = o * world.n + i;
  const double arrivals =
      c.opportunity_scale[i] * state.derived.opportunities[s] * c.attention[row] *
      (1 - taken(state, v * world.n + i)) *
      considered(state.now.markets[market], world.offers[o].deployment, c.cloud[market]) *
      available(world, state, o);
  const std::size_t deal = state.derived.deal(v, 0, s, o - world.vendors[v].first_offer);
  return {arrivals, 12 * arrivals * c.win_seen[row],
          state.derived.price[deal] * c.price_scale[i] * kMinorPerMajor};
}

/// Specialists as busy as partners without extra effort make them.
void expect_help(const World& world, State& state, const Scratch& scratch) {
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    std::int64_t requests = 0;
    const VendorInfo& vendor = world.vendors[v];
    for (std::uint32_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
      for (const std::uint32_t i : scratch.active[v]) {
        requests += to_grid(expected(world, state, o, i).arrivals * state.now.specialists.need *
                            (1 - state.columns.skill[o * world.n + i] / 2));
      }
    }
    state.columns.backlog[v] = 0;
    serve(world, state, scratch.active[v], v, from_grid(requests));
  }
}

bool sells(const World& world, const Columns& c, std::uint32_t v, std::uint32_t i) {
  const auto stage = static_cast<Stage>(c.stage[v * world.n + i]);
  const Money given = world.partners.start_billed[v * world.partners.count + i];
  return stage == Stage::active || (stage == Stage::dormant && given != 0);
}

/// What was billed in the four quarters before month 0.
void add_up_year(const World& world, Columns& c) {
  const std::size_t relations = world.vendors.size() * world.n;
  for (std::size_t k = 0; k < relations; ++k) {
    c.billed_12m[k] = 0;
    for (std::size_t q = 1; q < 5; ++q) c.billed_12m[k] += c.billed[q * relations + k];
  }
}

/// Years of today's new business that partner i's installed base of an offer holds.
double years_in_base(const World& world, const State& state, std::uint32_t o, std::uint32_t i) {
  const std::uint8_t m = world.partners.market[i];
  double growth = 0;
  if (!state.now.is_off(row_of_mechanism(market))) {
    const Market& p = state.now.markets[m];
    const double cloud = state.columns.cloud[m];
    growth = p.growth;
    if (world.offers[o].deployment == Deployment::cloud && cloud > 0) {
      growth += (p.cloud_p + p.cloud_q * cloud) * (1 - cloud) / cloud;
    }
  }
  return 1 / std::max(1 / kMostYears, exits(world, state, o, i) + std::max(0.0, growth));
}

/// What an offer can be expected to bring partner i, extra effort included, and to have in its
/// base.
struct Business {
  double arrivals;   // a month
  double wins;       // a year
  double price;      // minor units
  double contracts;  // in the base
  double billed;     // a year, minor units
};

Business business(const World& world, const State& state, std::uint32_t o, std::uint32_t i) {
  const OfferInfo& info = world.offers[o];
  const std::size_t relation = info.vendor * world.n + i;
  const std::uint16_t program = state.columns.program[relation];
  const Offer& offer =
      state.now.programs[program].offers[o - world.vendors[info.vendor].first_offer];
  const Expected e = expected(world, state, o, i);
  const double more = 1 + state.columns.effort[relation];
  Business b{e.arrivals * more, e.wins * more, e.price, 0, 0};
  b.contracts = std::min(b.wins * years_in_base(world, state, o, i), kMostContracts);
  const double paid =
      info.billing == Billing::licence ? b.wins + offer.maintenance * b.contracts : b.contracts;
  b.billed = paid * b.price * (1 - state.derived.street_discount[program]);
  return b;
}

/// Fills the last four quarters with what the model expects to have been billed; returns the deals
/// of a year that partners with known revenue are expected to win.
std::vector<double> bill_expected(const World& world, State& state) {
  Columns& c = state.columns;
  const std::size_t relations = world.vendors.size() * world.n;
  std::fill(c.billed.begin(), c.billed.end(), 0);
  std::vector<double> deals(world.n, 0);
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    const std::uint32_t v = world.offers[o].vendor;
    for (std::uint32_t i = 0; i < world.n; ++i) {
      if (!sells(world, c, v, i)) continue;
      const Business b = business(world, state, o, i);
      for (std::size_t q = 1; q < 5; ++q) {
        c.billed[q * relations + v * world.n + i] += round_money(b.billed / 4);
      }
      if (world.partners.start_billed[v * world.partners.count + i] > 0) deals[i] += b.wins;
    }
  }
  add_up_year(world, c);
  return deals;
}

/// Raises what partners are taken to bill in a year to what they would if none left within it: each
/// is there for (1 - exp(-h))/h of it, h its intensity of leaving at today's trust.
void expect_exits(const World& world, const State& state, std::vector<double>& targets) {
  const Columns& c = state.columns;
  for (std::uint32_t i = 0; i < world.n; ++i) {
    const double h =
        c.leave_rate[i] * exp(-state.now.lifecycle.xi_trust * (2 * c.trust[i] - 1));  // vendor 0
    if (h > 1e-9) targets[i] *= h / (1 - exp(-h));  // below, 1 to nine digits; 1 - exp(-h) may be 0
  }
}

/// Pipeline and contracts.
void start_business(const World& world, const State& state, Luck luck, std::uint32_t o,
                    Columns& c) {
  const OfferInfo& info = world.offers[o];
  for (std::uint32_t i = 0; i < world.n; ++i) {
    if (!sells(world, c, info.vendor, i)) continue;
    const std::size_t relation = info.vendor * world.n + i, row = o * world.n + i;
    const Business b = business(world, state, o, i);
    const Uniforms u = uniforms(luck, world.partners.key[i], 0, kDeals.of(info.key));
    if (c.stage[relation] == static_cast<std::uint8_t>(Stage::active)) {
      c.open[row] = poisson(u[0], b.arrivals / state.derived.close_monthly[o]);
    }
    c.contracts[row] = static_cast<std::int32_t>(b.contracts + u[1]);
    c.base[row] = round_money(c.contracts[row] * b.price);
    c.start_base[row] = static_cast<double>(c.base[row]);
  }
}

/// Replaces what the model expects to have been billed by what the file says was.
void bill_as_given(const World& world, Columns& c) {
  const std::size_t relations = world.vendors.size() * world.n;
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    for (std::size_t i = 0; i < world.n; ++i) {
      const Money given = world.partners.start_billed[v * world.partners.count + i];
      if (given < 0) continue;
      for (std::size_t q = 1; q < 5; ++q) c.billed[q * relations + v * world.n + i] = given / 4;
    }
  }
  add_up_year(world, c);
}

/// Only active partners give attention.
void put_to_sleep(const World& world, Columns& c) {
  for (std::size_t o = 0; o < world.offers.size(); ++o) {
    for (std::size_t i = 0; i < world.n; ++i) {
      const std::uint8_t stage = c.stage[world.offers[o].vendor * world.n + i];
      if (stage != static_cast<std::uint8_t>(Stage::active)) c.attention[o * world.n + i] = 0;
    }
  }
}

}  // namespace

std::span<const Purpose> start_purposes() {
  return kPurposes;
}

void make_start(const World& world, const Parameters& parameters, RunLuck luck, Scratch& scratch,
                State& state) {
  make_columns(world, parameters, state.columns);
  make_scratch(world, scratch);
  state.now = parameters;
  state.now.lifted = 0;  // shadows are lifted from month 0 on; what was before they lay on
  state.month = 0;
  derive_now(world, parameters, state);
  Columns& c = state.columns;
  for (std::size_t m = 0; m < world.markets.size(); ++m)
    c.cloud[m] = parameters.markets[m].cloud_start;
  draw_events(world, luck.world, c);
  draw_traits(world, parameters, luck.personal, c);
  start_relations(world, luck.personal, c);
  Cells unused(world);
  const Month month{0, 0, parameters, luck.world, luck.personal, scratch, unused};
  const auto is_on = [&](const Mechanism& m) { return !parameters.is_off(row_of_mechanism(m)); };
  list_rows(world, state, scratch);
  bill_as_given(world, c);
  std::vector<double> targets;
  for (int pass = 0; pass < kPasses; ++pass) {
    for (const Mechanism* mechanism : month_order()) {
      if (mechanism->begin != nullptr && is_on(*mechanism)) mechanism->begin(world, state, month);
    }
    know_win_rates(world, state);
    settle_attention(world, state, luck, parameters, scratch, unused);
    list_rows(world, state, scratch);
    if (is_on(specialists)) expect_help(world, state, scratch);
    std::vector<double> deals = bill_expected(world, state);
    if (is_on(effort)) {
      effort.run(world, state, month);
      deals = bill_expected(world, state);
    }
    if (pass == 0) {
      targets = book_targets(world, deals, c);
      if (is_on(lifecycle)) expect_exits(world, state, targets);
    }
    scale_to(world, targets, parameters.demand.deal_size_elasticity, c);
    bill_expected(world, state);
    bill_as_given(world, c);
  }
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    start_business(world, state, luck.personal, o, c);
  }
  put_to_sleep(world, c);
  state.now.lifted = parameters.lifted;
  derive_now(world, parameters, state);
}

}  // namespace partnersim
