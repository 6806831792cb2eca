// Peers: partners see what linked partners do, and allies help in deals.
//
//   peers_with = share of peer links that are active with the vendor
//   push_d     = mean share of attention that peers give deployment d
//   ally G_o   = mean skill in offer o of allies active with its vendor (1 - exp(-their number))
//
// All as of the end of last month; 0 without links. Sums are of values on the grid, so that the
// order of neighbours cannot matter.
#include <algorithm>

#include "base/math.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"peers_with", "push", "ally"};

/// Counters of four vendors in one word, 16 bits each: a partner has fewer than 65,536 links.
constexpr std::size_t kPacked = 4;
constexpr std::uint64_t counter(std::uint64_t word, std::size_t v) {
  return word >> (16 * (v % kPacked)) & 0xffffu;
}

/// What others see of each partner as of last month: attention by deployment in scratch.a,
/// [partner][deployment], and with which vendors it is active in scratch.keys, [word][partner].
void show(const World& world, const Columns& c, Scratch& scratch) {
  const std::size_t n = world.n;
  std::fill_n(scratch.a.begin(), 2 * n, 0.0);
  for (std::size_t o = 0; o < world.offers.size(); ++o) {
    double* sum = scratch.a.data() + static_cast<std::size_t>(world.offers[o].deployment);
    const double* attention = c.attention.data() + o * n;
    for (std::size_t i = 0; i < n; ++i) sum[2 * i] += attention[i];
  }
  const std::size_t words = (world.vendors.size() + kPacked - 1) / kPacked;
  scratch.keys.assign(words * n, 0);
  for (std::size_t v = 0; v < world.vendors.size(); ++v) {
    std::uint64_t* word = scratch.keys.data() + v / kPacked * n;
    for (const std::uint32_t i : scratch.active[v])
      word[i] += std::uint64_t{1} << (16 * (v % kPacked));
  }
}

/// Sums of the neighbours' words.
void count_active(const std::uint32_t* offsets, const std::uint32_t* peers,
                  const std::uint64_t* active, std::size_t n, std::uint64_t* counts) {
  for (std::size_t i = 0; i < n; ++i) {
    std::uint64_t sum = 0;
    for (std::uint32_t k = offsets[i]; k < offsets[i + 1]; ++k) sum += active[peers[k]];
    counts[i] = sum;
  }
}

void watch_peers(const World& world, Columns& c, Scratch& scratch) {
  const std::size_t n = world.n, vendors = world.vendors.size();
  const std::uint32_t *offsets = world.graph.peers.offsets.data(),
                      *peers = world.graph.peers.targets.data();
  const double* shown = scratch.a.data();
  double *on_premises = c.push.data(), *cloud = on_premises + n;
  double* share = scratch.b.data();
  for (std::size_t i = 0; i < n; ++i) {
    double sum[2] = {0, 0};
    for (std::uint32_t k = offsets[i]; k < offsets[i + 1]; ++k) {
      const double* peer = shown + std::size_t{2} * peers[k];
      sum[0] += peer[0];
      sum[1] += peer[1];
    }
    share[i] = offsets[i + 1] > offsets[i] ? 1.0 / (offsets[i + 1] - offsets[i]) : 0;
    on_premises[i] = clamp01(sum[0] * share[i]);
    cloud[i] = clamp01(sum[1] * share[i]);
  }
  for (std::size_t v = 0; v < vendors; ++v) {
    const std::uint64_t* active = scratch.keys.data() + v / kPacked * n;
    double* with = c.peers_with.data() + v * n;
    if (v % kPacked == 0) count_active(offsets, peers, active, n, scratch.counts.data());
    const std::uint64_t* counts = scratch.counts.data();
    for (std::size_t i = 0; i < n; ++i)
      with[i] = clamp01(static_cast<double>(counter(counts[i], v)) * share[i]);
  }
}

void meet_allies(const World& world, Columns& c, Scratch& scratch) {
  const std::size_t n = world.n;
  std::array<double, 16> some;  // 1 - exp(-k)
  for (std::size_t k = 0; k < some.size(); ++k) some[k] = 1 - exp(-static_cast<double>(k));
  scratch.rows.clear();
  for (std::uint32_t i = 0; i < n; ++i) {
    if (!world.graph.allies.of(i).empty()) scratch.rows.push_back(i);
  }
  for (std::size_t o = 0; o < world.offers.size(); ++o) {
    const std::uint32_t v = world.offers[o].vendor;
    const std::uint64_t* active = scratch.keys.data() + v / kPacked * n;
    const double* skill = c.skill.data() + o * n;
    for (const std::uint32_t i : scratch.rows) {
      double sum = 0;
      std::size_t count = 0;
      for (const std::uint32_t j : world.graph.allies.of(i)) {
        const std::uint64_t helps = counter(active[j], v);  // 0 or 1
        sum += skill[j] * static_cast<double>(helps);
        count += helps;
      }
      c.ally[o * n + i] =
          count == 0 ? 0
                     : sum / static_cast<double>(count) * some[std::min(count, some.size() - 1)];
    }
  }
}

void run(const World& world, State& state, const Month& month) {
  show(world, state.columns, month.scratch);
  watch_peers(world, state.columns, month.scratch);
  meet_allies(world, state.columns, month.scratch);
}

}  // namespace

extern constexpr Mechanism peers{
    "peers", "Partners watch linked partners; allies help", kWrites, {}, true, run};

}  // namespace partnersim
