// Specialists: partners wait for the vendor's experts.
//
//   requests = sum of n_o need (1 - s/2)          this month's opportunities; the skilled ask less
//   C        = capacity (1 + distributor_capacity share of active partners with a distributor)
//   backlog' = max(0, backlog exp(-(backlog/C)/patience) + requests - C)   who waits long gives up
//   wait W   = backlog'/C + rho^(sqrt(2(c+1)) - 1)/(C (1 - rho)) + release_delay (1 - openness),
//              rho = min(requests/C, 0.98), c = team
//   help h   = exp(-W/patience)
//
// The second term is Sakasegawa's approximation of the wait in an M/M/c queue (1977): exact for one
// server, 1-8 % above Erlang C for two to ten at the utilisations that matter. Without giving up a
// small cut of capacity would let the queue grow for ever.
#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"backlog", "wait", "help"};
constexpr double kBusiest = 0.98;  // utilisation at which the formula is cut

/// Requests of vendor v's partners by segment, on the grid.
std::array<std::int64_t, kMaxSegments> requests(const World& world, const State& state,
                                                const Month& month, std::uint32_t v) {
  const Columns& c = state.columns;
  const double need = state.now.specialists.need;
  std::array<std::int64_t, kMaxSegments> sum{};
  const VendorInfo& vendor = world.vendors[v];
  for (std::uint32_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
    for (const std::uint32_t i : month.scratch.selling[v]) {
      const std::size_t row = o * world.n + i;
      if (c.arrived[row] > 0) {
        sum[world.partners.segment[i]] += to_grid(c.arrived[row] * need * (1 - c.skill[row] / 2));
      }
    }
  }
  return sum;
}

double with_distributor(const World& world, const Columns& c, std::uint32_t v,
                        const std::vector<std::uint32_t>& active) {
  std::size_t count = 0;
  for (const std::uint32_t i : active) count += has_distributor(world, c, v, i) ? 1 : 0;
  return active.empty() ? 0 : static_cast<double>(count) / static_cast<double>(active.size());
}

/// Months in the queue at utilisation rho, per server of a team and for capacity C a month.
double queueing(double rho, double team, double capacity) {
  return power(rho, std::sqrt(2 * (team + 1)) - 1) / (capacity * (1 - rho));
}

}  // namespace

void serve(const World& world, State& state, const std::vector<std::uint32_t>& active,
           std::uint32_t v, double requests) {
  Columns& c = state.columns;
  const Specialists& p = state.now.specialists;
  const Vendor& terms = state.now.programs[v].terms;
  const double capacity = terms.specialist_capacity *
                          (1 + p.distributor_capacity * with_distributor(world, c, v, active));
  const double stay = exp(-c.backlog[v] / capacity / p.patience);
  c.backlog[v] = std::max(0.0, c.backlog[v] * stay + requests - capacity);
  const double rho = std::min(requests / capacity, kBusiest);
  c.wait[v] = c.backlog[v] / capacity + queueing(rho, terms.specialist_team, capacity) +
              p.release_delay * (1 - terms.openness);
  if (is_lifted(state, Shadow::information, v)) c.wait[v] = 0;
  c.help[v] = exp(-c.wait[v] / p.patience);
}

namespace {

void run(const World& world, State& state, const Month& month) {
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    const Vendor& terms = state.now.programs[v].terms;
    const auto by_segment = requests(world, state, month, v);
    std::int64_t all = 0;
    for (const std::int64_t part : by_segment) all += part;
    serve(world, state, month.scratch.active[v], v, from_grid(all));
    for (std::size_t s = 0; s < world.segments.size(); ++s) {
      month.cells.add(Head::requests, v, s, by_segment[s]);
      month.cells.add(Head::waiting, v, s,
                      to_grid(from_grid(by_segment[s]) * state.columns.wait[v]));
    }
    month.cells.add_split(
        Head::specialist_cost, v, std::span(by_segment).first(world.segments.size()),
        round_money(terms.specialist_capacity * terms.specialist_cost * kMinorPerMajor));
  }
}

}  // namespace

extern constexpr Mechanism specialists{
    "specialists", "Partners wait for the vendor's experts", kWrites, {}, true, run};

}  // namespace partnersim
