// Record: counts what there is at the end of the month.
//
//   months late    12 (F(c) - F(b)),  F(x) = ln((p + q x)/(1 - x))/(p + q): since customers, whose
//                  share c in cloud follows p and q (market), were where the vendor believes (b)
//   months behind  the same with the share of partners' attention on cloud, of all to the vendor
//   gini, top 20   of a year's billings of all partners ever enrolled, at the end of each quarter
//   largest        share of the largest distributor in a year's billings of partners that buy
//   distributor    through one, those of a partner with several in equal parts, at the end of each
//                  quarter
//   power          partners the vendor needs more than they need it, k > d (power)
#include <algorithm>

#include "base/math.hpp"
#include "base/money.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"gini", "top_share", "beside", "largest_distributor"};
constexpr std::size_t kTop = 20;
constexpr double kNearly = 1e-6;       // shares are kept away from 0 and 1
constexpr double kLongest = 600;       // months
constexpr double kLargestLever = 2e9;  // that the grid can hold

void count_relations(const World& world, const State& state, Cells& cells) {
  const Columns& c = state.columns;
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    for (std::size_t s = 0; s < world.segments.size(); ++s) {
      if (world.segments[s].supplier) continue;
      std::array<std::int64_t, kStages> stages{};
      std::int64_t effort = 0, trust = 0, relationship = 0, registered = 0;
      std::int64_t dependence = 0, importance = 0, stronger = 0;
      Money cost = 0;
      for (std::uint32_t i = world.segment_begin[s]; i < world.segment_begin[s + 1]; ++i) {
        const std::size_t row = v * world.n + i;
        ++stages[c.stage[row]];
        if (c.stage[row] != static_cast<std::uint8_t>(Stage::active)) continue;
        effort += to_grid(c.effort[row]);
        trust += to_grid(c.trust[row]);
        relationship += to_grid(c.relationship[row]);
        registered += to_grid(c.registered[row]);
        dependence += to_grid(static_cast<double>(c.dependence[row]));
        importance += to_grid(static_cast<double>(c.importance[row]));
        stronger += c.importance[row] > c.dependence[row] ? 1 : 0;
        cost +=
            round_money(state.now.programs[c.program[row]].terms.relation_cost * kMinorPerMajor);
        if (c.tier[row] < Cells::kTiersReported) ++cells[cells.tier(c.tier[row], v)];
      }
      for (std::size_t k = 0; k < kStages; ++k) {
        cells.add(static_cast<Head>(static_cast<std::size_t>(Head::prospects) + k), v, s,
                  stages[k]);
      }
      cells.add(Head::effort, v, s, effort);
      cells.add(Head::trust, v, s, trust);
      cells.add(Head::relationship, v, s, relationship);
      cells.add(Head::registered, v, s, registered);
      cells.add(Head::dependence, v, s, dependence);
      cells.add(Head::importance, v, s, importance);
      cells.add(Head::stronger, v, s, stronger);
      cells.add(Head::relation_cost, v, s, cost);
    }
  }
}

void count_base(const World& world, const Columns& c, Cells& cells) {
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    for (std::size_t s = 0; s < world.segments.size(); ++s) {
      if (world.segments[s].supplier) continue;
      std::int64_t contracts = 0, value = 0, attention = 0;
      for (std::size_t i = world.segment_begin[s]; i < world.segment_begin[s + 1]; ++i) {
        contracts += c.contracts[o * world.n + i];
        value += c.base[o * world.n + i];
        attention += to_grid(c.attention[o * world.n + i]);
      }
      cells.add(Line::contracts, o, s, contracts);
      cells.add(Line::base_value, o, s, value);
      cells.add(Line::attention, o, s, attention);
    }
  }
}

/// Giving partners internal information costs openness^4 of what customers pay.
void count_openness(const World& world, const State& state, Cells& cells) {
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    const Vendor& terms = state.now.programs[v].terms;
    const VendorInfo& vendor = world.vendors[v];
    for (std::size_t s = 0; s < world.segments.size(); ++s) {
      Money billed = 0;
      for (std::uint32_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
        billed += cells[cells.at(Line::customer, o, s)];
      }
      cells.add(Head::openness_cost, v, s,
                part(billed, terms.openness_cost * power(terms.openness, 4)));
    }
  }
}

/// The year's billings of partners ever enrolled: how unequal, and the share of the largest.
void measure_concentration(const World& world, std::uint32_t v, std::vector<double>& billed,
                           Columns& c) {
  billed.clear();
  for (std::size_t i = 0; i < world.n; ++i) {
    if (c.stage[v * world.n + i] == static_cast<std::uint8_t>(Stage::prospect)) continue;
    billed.push_back(static_cast<double>(std::max<Money>(0, c.billed_12m[v * world.n + i])));
  }
  std::sort(billed.begin(), billed.end());
  const auto n = static_cast<double>(billed.size());
  double all = 0, ranked = 0, top = 0;
  for (std::size_t k = 0; k < billed.size(); ++k) {
    all += billed[k];
    ranked += billed[k] * (static_cast<double>(k + 1) / n);
    if (k + kTop >= billed.size()) top += billed[k];
  }
  c.gini[v] = all > 0 ? clamp01(2 * ranked / all - (n + 1) / n) : 0;
  c.top_share[v] = all > 0 ? clamp01(top / all) : 0;
}

/// Share of the largest distributor in the year's billings of vendor v that go through one.
double largest_distributor(const World& world, const Columns& c, std::uint32_t v,
                           std::vector<double>& billed) {
  billed.assign(world.partners.count, 0);
  double all = 0, most = 0;
  for (std::uint32_t i = 0; i < world.n; ++i) {
    const auto through = world.graph.suppliers.of(i);
    const auto supplies = [&](std::uint32_t s) { return is_supplying(c, v, s); };
    const auto number = std::count_if(through.begin(), through.end(), supplies);
    if (number == 0) continue;
    const auto value = static_cast<double>(std::max<Money>(0, c.billed_12m[v * world.n + i]));
    all += value;
    for (const std::uint32_t s : through) {
      if (!supplies(s)) continue;
      billed[s] += value / static_cast<double>(number);
      most = std::max(most, billed[s]);
    }
  }
  return all > 0 ? clamp01(most / all) : 0;
}

/// A year's billings of vendor v at partners that are with the focal vendor.
Money billed_beside(const World& world, const Columns& c, std::uint32_t v) {
  Money sum = 0;
  for (std::size_t i = 0; i < world.n; ++i) {
    const std::uint8_t ours = c.stage[i];
    if (ours == static_cast<std::uint8_t>(Stage::active) ||
        ours == static_cast<std::uint8_t>(Stage::dormant)) {
      sum += c.billed_12m[v * world.n + i];
    }
  }
  return sum;
}

/// Months customers take from share `from` to share `to` in cloud.
double months_between(const Market& market, double from, double to) {
  const double p = market.cloud_p, q = market.cloud_q;
  if (to <= from || p + q <= 0) return 0;
  const auto when = [&](double x) {
    const double share = clamp(x, kNearly, 1 - kNearly);
    return log((p + q * share) / (1 - share)) / (p + q);
  };
  return std::min(kLongest, 12 * (when(to) - when(from)));
}

/// Of all attention to the vendor; where what it sells is of one deployment nothing can be behind.
double cloud_attention(const World& world, const State& state, const Cells& cells, std::uint32_t v,
                       double otherwise) {
  const VendorInfo& vendor = world.vendors[v];
  std::int64_t cloud = 0, all = 0;
  const std::array<double, 2> offers = offers_by_deployment(world, state, v);
  const bool both = offers[0] > 0 && offers[1] > 0;
  for (std::uint32_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
    for (std::size_t s = 0; s < world.segments.size(); ++s) {
      const std::int64_t attention = cells[cells.at(Line::attention, o, s)];
      all += attention;
      if (world.offers[o].deployment == Deployment::cloud) cloud += attention;
    }
  }
  return both && all > 0 ? static_cast<double>(cloud) / static_cast<double>(all) : otherwise;
}

void count_desks(const World& world, const State& state, const Month& month) {
  const Columns& c = state.columns;
  Cells& cells = month.cells;
  const double customers = customers_in_cloud(world, c);
  for (const Policy& policy : world.policies) {
    const double lever = std::min(at(state.now, policy.lever), kLargestLever);
    cells[cells.at(Desk::lever, policy.vendor)] = to_grid(lever);
  }
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    const auto put = [&](Desk desk, std::int64_t x) { cells[cells.at(desk, v)] = x; };
    const Market& market = state.now.markets[0];
    const double partners = cloud_attention(world, state, cells, v, customers);
    put(Desk::belief, to_grid(c.belief[v]));
    put(Desk::outreach, to_grid(c.outreach[v]));
    put(Desk::help, to_grid(c.help[v]));
    put(Desk::backlog, to_grid(c.backlog[v]));
    put(Desk::late, to_grid(c.belief[v] > 0 ? months_between(market, c.belief[v], customers) : 0));
    put(Desk::behind, to_grid(months_between(market, partners, customers)));
    put(Desk::gini, to_grid(c.gini[v]));
    put(Desk::top_share, to_grid(c.top_share[v]));
    put(Desk::largest_portfolio, c.largest_portfolio[v]);
    put(Desk::beside, c.beside[v]);
    put(Desk::largest_distributor, to_grid(c.largest_distributor[v]));
  }
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  if (month.t == 0 || (month.t + 1) % 3 == 0) {
    for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
      measure_concentration(world, v, month.scratch.sorted, c);
      c.beside[v] = billed_beside(world, c, v);
      c.largest_distributor[v] = largest_distributor(world, c, v, month.scratch.sorted);
    }
  }
  count_relations(world, state, month.cells);
  count_base(world, c, month.cells);
  count_openness(world, state, month.cells);
  count_desks(world, state, month);
  for (std::size_t m = 0; m < world.markets.size(); ++m) {
    month.cells[month.cells.at(Scene::demand, m)] = to_grid(c.demand[m]);
    month.cells[month.cells.at(Scene::cloud, m)] = to_grid(c.cloud[m]);
  }
}

}  // namespace

extern constexpr Mechanism record{
    "record", "What there is at the end of the month is counted", kWrites, {}, false, run};

}  // namespace partnersim
