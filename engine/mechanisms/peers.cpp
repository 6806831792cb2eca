// Peers: partners see what linked partners do, and allies help in deals.
//
//   peers_with = share of peer links that are active with the vendor
//   push_d     = mean share of attention that peers give deployment d
//   ally G_o   = mean skill in offer o of allies active with its vendor (1 - exp(-their number))
//
// All as of the end of last month; 0 without links. Sums are of values on the grid, so that the
// order of neighbours cannot matter.
#include "base/math.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"peers_with", "push", "ally"};

/// Attention by deployment and active vendors (a bit each) of every partner, last month.
void summarize(const World& world, const Columns& c, Scratch& scratch) {
  const std::size_t n = world.n;
  double* on_premises = scratch.a.data();
  double* cloud = scratch.b.data();
  scratch.keys.assign(n, 0);
  std::fill_n(on_premises, n, 0.0);
  std::fill_n(cloud, n, 0.0);
  for (std::size_t o = 0; o < world.offers.size(); ++o) {
    double* sum = world.offers[o].deployment == Deployment::cloud ? cloud : on_premises;
    const double* attention = c.attention.data() + o * n;
    for (std::size_t i = 0; i < n; ++i) sum[i] += attention[i];
  }
  for (std::size_t v = 0; v < world.vendors.size(); ++v) {
    const std::uint8_t* stage = c.stage.data() + v * n;
    for (std::size_t i = 0; i < n; ++i) {
      const auto active =
          static_cast<std::uint64_t>(stage[i] == static_cast<std::uint8_t>(Stage::active));
      scratch.keys[i] |= active << v;
    }
  }
}

void watch_peers(const World& world, Columns& c, const Scratch& scratch) {
  const std::size_t n = world.n, vendors = world.vendors.size();
  for (std::size_t i = 0; i < n; ++i) {
    double on_premises = 0, cloud = 0;
    std::uint32_t count = 0;
    std::array<std::uint32_t, kMaxVendors> with;
    std::fill_n(with.begin(), vendors, 0u);
    for (const std::uint32_t j : world.graph.peers.of(i)) {
      if (j >= n) continue;
      ++count;
      on_premises += scratch.a[j];
      cloud += scratch.b[j];
      for (std::size_t v = 0; v < vendors; ++v)
        with[v] += static_cast<std::uint32_t>(scratch.keys[j] >> v & 1u);
    }
    const double share = count == 0 ? 0 : 1.0 / count;
    c.push[i] = clamp01(on_premises * share);
    c.push[n + i] = clamp01(cloud * share);
    for (std::size_t v = 0; v < vendors; ++v) c.peers_with[v * n + i] = clamp01(with[v] * share);
  }
}

void meet_allies(const World& world, Columns& c, const Scratch& scratch) {
  const std::size_t n = world.n;
  for (std::size_t i = 0; i < n; ++i) {
    const auto allies = world.graph.allies.of(i);
    if (allies.empty()) continue;
    for (std::size_t o = 0; o < world.offers.size(); ++o) {
      double skill = 0;
      std::uint32_t count = 0;
      for (const std::uint32_t j : allies) {
        if (j >= n || (scratch.keys[j] >> world.offers[o].vendor & 1u) == 0) continue;
        skill += c.skill[o * n + j];
        ++count;
      }
      c.ally[o * n + i] = count == 0 ? 0 : skill / count * (1 - exp(-static_cast<double>(count)));
    }
  }
}

void run(const World& world, State& state, const Month& month) {
  summarize(world, state.columns, month.scratch);
  watch_peers(world, state.columns, month.scratch);
  meet_allies(world, state.columns, month.scratch);
}

}  // namespace

extern constexpr Mechanism peers{
    "peers", "Partners watch linked partners; allies help", kWrites, {}, true, run};

}  // namespace partnersim
