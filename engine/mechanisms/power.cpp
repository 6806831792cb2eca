// Power: who needs whom. The strong negotiate terms, the dependent stay longer.
//
//   dependence d = sum over the vendor's offers of e_o nu_o / what the partner earns in all,
//                  nu_o = considered_o w_o V_o,  per opportunity (choice)
//   importance k = y/(y + 3),  y = its billings of a year over the mean of the vendor's active
//                  partners
//   advantage    = range clamp01(k - d), on first-year and recurring margin
//   exits        times exp(-stay (d - 0.6)) (lifecycle)
//
// Of active and dormant partners, renewed at the end of each quarter, when a year's billings are
// known; a partner new to the vendor begins neutral: d 0.6, k 0. Few partners have an advantage and
// it is worth little money; it is reported as partners with power rather than a lever.
#include <algorithm>

#include "base/math.hpp"
#include "base/money.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"dependence", "importance", "advantage"};
constexpr double kHalf = 3;  // times the mean partner: half of the importance there is

using Shares = std::vector<std::array<double, kMaxMarkets>>;  // [offer][market]

/// What each partner earns per opportunity with a vendor, [vendor][partner], and in all.
void earn(const World& world, const State& state, const Scratch& scratch, const Shares& considered,
          std::vector<double>& with, std::vector<double>& all) {
  const Columns& c = state.columns;
  std::fill(with.begin(),
            with.begin() + static_cast<std::ptrdiff_t>(world.vendors.size() * world.n), 0.0);
  std::vector<double>& rest = all;
  std::fill_n(rest.begin(), world.n, 1.0);
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    const std::uint32_t v = world.offers[o].vendor, j = o - world.vendors[v].first_offer;
    for (const std::uint32_t i : scratch.active[v]) {
      const std::size_t relation = v * world.n + i, row = o * world.n + i;
      const std::size_t deal =
          state.derived.deal(c.program[relation], c.tier[relation], world.partners.segment[i], j);
      with[relation] += c.attention[row] * considered[o][world.partners.market[i]] *
                        c.win_seen[row] * worth(state, relation, deal);
      rest[i] -= c.attention[row];
    }
  }
  for (std::uint32_t i = 0; i < world.n; ++i) {
    all[i] = rest[i] * state.derived.outside[world.partners.segment[i]];
    for (std::size_t v = 0; v < world.vendors.size(); ++v) all[i] += with[v * world.n + i];
  }
}

double mean_billed(const World& world, const Columns& c, const Scratch& scratch, std::uint32_t v) {
  Int128 sum = 0;
  for (const std::uint32_t i : scratch.active[v]) sum += c.billed_12m[v * world.n + i];
  const std::size_t count = scratch.active[v].size();
  return count == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(count);
}

void run(const World& world, State& state, const Month& month) {
  if ((month.t + 1) % 3 != 0) return;
  Columns& c = state.columns;
  Shares considered;
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    considered.push_back(considered_by_market(world, state, o));
  }
  std::vector<double>&with = month.scratch.a, &all = month.scratch.b;
  earn(world, state, month.scratch, considered, with, all);
  std::fill(c.dependence.begin(), c.dependence.end(), kNeutralDependence);
  std::fill(c.importance.begin(), c.importance.end(), 0.0f);
  std::fill(c.advantage.begin(), c.advantage.end(), 0.0f);
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    const double mean = mean_billed(world, c, month.scratch, v);
    for (const std::uint32_t i : month.scratch.selling[v]) {
      const std::size_t relation = v * world.n + i;
      const double y =
          mean > 0 ? std::max(0.0, static_cast<double>(c.billed_12m[relation]) / mean) : 0;
      const double d = all[i] > 0 ? clamp01(with[relation] / all[i]) : 0;
      const double k = y / (y + kHalf);
      c.dependence[relation] = static_cast<float>(d);
      c.importance[relation] = static_cast<float>(k);
      c.advantage[relation] = static_cast<float>(state.now.power.range * clamp01(k - d));
    }
  }
}

}  // namespace

extern constexpr Mechanism power_balance{
    "power", "The strong negotiate terms, the dependent stay", kWrites, {}, true, run};

}  // namespace partnersim
