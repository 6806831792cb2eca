// Direct: the vendor's own sales take what partners do not register and what no partner claims.
//
//   taken_so  = opportunities of partners of segment s times share (1 - g)        (demand)
//   own_so    = reach M/12 D f exp(-L/M) [c for cloud, 1 - c for on-premises]     (saturation)
//               f: fewer where all list prices rise (demand)
//   n ~ Poisson(taken min(1, capacity / all taken) + own min(1, capacity left / all own))
//   won ~ Binomial(n, win_rate), at the price of a segment's mean opportunity at the start
//   lost ~ Binomial(K, 1 - exp(-h/12)),  h = churn exp(chi_gap gap)
//
// Without effect on registered deals: registration protects. own is split over a deployment's
// offers on sale alike, over segments by the opportunities their partners have at mean size. An
// opportunity is decided in the month it is taken. Contracts enter the vendor's own base, which
// does not move to cloud; the vendor bills it at list and delivers the services (capability q of
// the segment). Selling costs direct.cost of the first-year value won in the part taken from
// partners, direct.own_cost of the rest. What it takes lowers trust (trust), what it sees itself it
// knows (sensing). What is taken comes first; beyond the capacity nobody works on it. In an endless
// market (load 0) nothing is unclaimed. One block of uniforms an offer, segment and month, world
// luck: opportunities, won, price, lost. Evidence: 5 to 15 % direct in partner-led vendors; the
// costs are assumptions.
#include <algorithm>

#include "base/counts.hpp"
#include "base/math.hpp"
#include "base/money.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr Purpose kSales{"direct.sales"};
constexpr Purpose kPurposes[] = {kSales};
constexpr std::string_view kWrites[] = {"deal_scale", "direct_contracts", "direct_base"};

/// One offer among customers of one segment: expected opportunities of the month.
struct Field {
  double taken = 0, own = 0;
  double all() const { return taken + own; }
};

/// Opportunities a month no partner claims and own sales find, by deployment.
std::array<double, 2> unclaimed(const World& world, const State& state, double reach) {
  const Columns& c = state.columns;
  std::array<double, 2> sum{};
  for (std::size_t m = 0; m < world.markets.size(); ++m) {
    const double all =
        reach * c.there[m] / 12 * c.demand[m] * state.derived.price_response[m] * c.unclaimed[m];
    sum[static_cast<std::size_t>(Deployment::cloud)] += all * c.cloud[m];
    sum[static_cast<std::size_t>(Deployment::on_premises)] += all * (1 - c.cloud[m]);
  }
  return sum;
}

/// Share of the market's opportunities in each segment.
std::vector<double> weights(const World& world, const State& state) {
  std::vector<double> weight(world.segments.size(), 0);
  double all = 0;
  for (std::size_t s = 0; s < weight.size(); ++s) {
    if (world.segments[s].supplier) continue;
    weight[s] = state.derived.opportunities[s] *
                static_cast<double>(world.segment_begin[s + 1] - world.segment_begin[s]);
    all += weight[s];
  }
  for (double& w : weight) w = all > 0 ? w / all : 0;
  return weight;
}

/// What the sales of vendor v find, [offer of the vendor][segment].
std::vector<Field> find(const World& world, const State& state, const Month& month,
                        std::uint32_t v) {
  const VendorInfo& vendor = world.vendors[v];
  const std::size_t segments = world.segments.size();
  const std::array<double, 2> offers = offers_by_deployment(world, state, v);
  const std::array<double, 2> own =
      unclaimed(world, state, state.now.programs[v].terms.direct_reach);
  const std::vector<double> weight = weights(world, state);
  std::vector<Field> fields(vendor.offers * segments);
  for (std::uint32_t j = 0; j < vendor.offers; ++j) {
    const std::uint32_t o = vendor.first_offer + j;
    const auto d = static_cast<std::size_t>(world.offers[o].deployment);
    const double share = available(world, state, o);
    for (std::size_t s = 0; s < segments; ++s) {
      fields[j * segments + s] = {from_grid(month.scratch.taken[o * segments + s]),
                                  share > 0 ? own[d] / offers[d] * weight[s] * share : 0};
    }
  }
  return fields;
}

/// Leaves what a capacity allows to work on, what was taken first.
void ration(double capacity, std::vector<Field>& fields) {
  Field all;
  for (const Field& field : fields) all.taken += field.taken, all.own += field.own;
  const double left = std::max(0.0, capacity - all.taken);
  const double taken = all.taken > capacity ? capacity / all.taken : 1;
  const double own = all.own > left ? left / all.own : 1;
  for (Field& field : fields) field.taken *= taken, field.own *= own;
}

double hazard(const State& state, const Offer& offer, std::uint32_t o) {
  return offer.churn * exp(state.now.base.chi_gap * state.columns.gap[o]);
}

/// Bills the base with this month's wins in it.
void bill(const World& world, const State& state, const Month& month, std::uint32_t o,
          std::size_t s, Money booked) {
  const std::uint32_t v = world.offers[o].vendor;
  const std::size_t j = o - world.vendors[v].first_offer;
  const Program& program = state.now.programs[v];
  const Offer& offer = program.offers[j];
  const bool licence = world.offers[o].billing == Billing::licence;
  const auto base = static_cast<double>(state.columns.direct_base[o * world.segments.size() + s]);
  const double fee = instalment(licence ? rounded(base * offer.maintenance) : base, month.of_year);
  const double billed = fee + (licence ? static_cast<double>(booked) : 0);
  const double price_then = month.start.programs[v].offers[j].price / offer.price;
  const double services = rounded(
      state.now.segments[s].services *
      (static_cast<double>(booked) * price_then * offer.deploy + base * offer.operate / 12));
  month.cells.add(Line::direct, o, s, as_money(billed));
  month.cells.add(Line::cost_of_goods, o, s, as_money(rounded(billed * offer.cost_of_goods)));
  month.cells.add(Line::direct_services, o, s, as_money(services));
  month.cells.add(Line::services_profit, o, s,
                  as_money(rounded(services * program.terms.services_margin)));
  month.cells.add(Line::direct_base, o, s, as_money(base));
}

/// A month of the own sales with one offer in one segment.
void sell(const World& world, State& state, const Month& month, std::uint32_t o, std::size_t s,
          const Field& field) {
  Columns& c = state.columns;
  const std::uint32_t v = world.offers[o].vendor;
  const Vendor& terms = state.now.programs[v].terms;
  const Offer& offer = state.now.programs[v].offers[o - world.vendors[v].first_offer];
  const std::size_t row = o * world.segments.size() + s;
  const Uniforms u = uniforms(month.world, combine(world.offers[o].key, s), month.t, kSales.id);
  const double h = hazard(state, offer, o);
  const std::int32_t contracts = c.direct_contracts[row];
  const std::int32_t lost = contracts == 0 ? 0 : binomial(u[3], contracts, monthly(h));
  if (lost > 0) {
    c.direct_base[row] -= lost == contracts
                              ? c.direct_base[row]
                              : part(c.direct_base[row], static_cast<double>(lost) / contracts);
    c.direct_contracts[row] -= lost;
  }
  const double mean = field.all();
  const std::int32_t found = mean > 0 ? poisson(u[0], mean) : 0;
  const std::int32_t won = found > 0 ? binomial(u[1], found, terms.direct_win_rate) : 0;
  Money booked = 0;
  if (won > 0) {
    booked =
        value_of_deals(u[2], won, offer.price * state.now.segments[s].deal_size * c.deal_scale[s],
                       state.now.closing.deal_sigma);
    c.direct_contracts[row] += won;
    c.direct_base[row] += booked;
    const double cost =
        (field.taken * terms.direct_cost + field.own * terms.direct_own_cost) / field.all();
    month.cells.add(Line::direct_bookings, o, s, booked);
    month.cells.add(Line::direct_cost, o, s, part(booked, cost));
  }
  bill(world, state, month, o, s, booked);
}

void begin(const World& world, State& state, const Month&) {
  Columns& c = state.columns;
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    if (world.segments[s].supplier) continue;
    std::int64_t count = 0, priced = 0;
    for (std::uint32_t i = world.segment_begin[s]; i < world.segment_begin[s + 1]; ++i) {
      count += to_grid(c.opportunity_scale[i]);
      priced += to_grid(c.opportunity_scale[i] * c.price_scale[i]);
    }
    if (count > 0) c.deal_scale[s] = from_grid(priced) / from_grid(count);
  }
}

void run(const World& world, State& state, const Month& month) {
  const std::size_t segments = world.segments.size();
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    std::vector<Field> fields = find(world, state, month, v);
    double all = 0;
    for (const Field& field : fields) all += field.all();
    month.cells[month.cells.at(Desk::own_opportunities, v)] = to_grid(all);
    ration(state.now.programs[v].terms.direct_capacity, fields);
    for (std::uint32_t j = 0; j < world.vendors[v].offers; ++j) {
      for (std::size_t s = 0; s < segments; ++s) {
        if (world.segments[s].supplier) continue;
        sell(world, state, month, world.vendors[v].first_offer + j, s, fields[j * segments + s]);
      }
    }
  }
}

}  // namespace

extern constexpr Mechanism direct{
    "direct", "The vendor's own sales take what partners do not register or claim",
    kWrites,  kPurposes,
    true,     run,
    begin};

}  // namespace partnersim
