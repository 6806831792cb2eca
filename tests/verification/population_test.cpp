// Known answers of the population that a run starts with: sizes and links.
#include <algorithm>
#include <numeric>

#include "base/distribution.hpp"
#include "model/graph_generators.hpp"
#include "scenario/scenario.hpp"
#include "support/drive.hpp"
#include "verification/case.hpp"

namespace partnersim::verification {
namespace {

using namespace testing;

/// Share of all sizes that the largest fifth has.
double top_fifth(std::vector<double> size) {
  std::ranges::sort(size, std::greater{});
  const auto fifth = size.begin() + static_cast<std::ptrdiff_t>(size.size() / 5);
  return std::accumulate(size.begin(), fifth, 0.0) / std::accumulate(size.begin(), size.end(), 0.0);
}

std::vector<Row> sizes() {
  constexpr double kSpread[] = {1.25, 1.68324};
  constexpr double kFifth = 0.8416212335729143;  // quantile of the normal distribution at 0.8
  Sample share[2];
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    LoadOptions options;
    options.seed = seed;
    Diagnostics faults;
    const auto scenario =
        load_scenario(PARTNERSIM_SOURCE_DIR "/tests/verification/population.yaml", options, faults);
    const World& w = scenario.value().world;
    for (std::size_t s = 0; s < 2; ++s) {
      const auto at = [&](std::size_t k) {
        return w.partners.size.begin() + static_cast<std::ptrdiff_t>(w.segment_begin[k]);
      };
      share[s].add(top_fifth({at(s), at(s + 1)}));
    }
  }
  std::vector<Row> rows;
  for (std::size_t s = 0; s < 2; ++s) {
    rows.push_back(estimated(
        "spread " + std::to_string(kSpread[s]).substr(0, 4), 1 - normal_cdf(kFifth - kSpread[s]),
        share[s], {"spread taken as variance", 1 - normal_cdf(kFifth - std::sqrt(kSpread[s]))}));
  }
  return rows;
}
const Case kSizes(
    "V32", "Top fifth of partners",
    "Lognormal sizes: 1 - Phi(0.8416 - sigma); sigma 1.68324 gives 80/20. A generated "
    "population of 20,000 a segment.",
    sizes);

std::vector<Row> degrees() {
  constexpr std::size_t kPartners = 100'000, kGraphs = 4;
  GraphShape shape = defaults<GraphShape>(kGraphRows);
  shape.peer_links = 2;
  shape.ally_share = shape.distribution_share = 0;
  std::vector<GraphNode> nodes;
  for (std::size_t i = 0; i < kPartners; ++i)
    nodes.push_back({entity_key("partner", "P" + std::to_string(i)), 0, 0, false});
  std::vector<std::int64_t> seen(8, 0);
  for (std::uint64_t seed = 0; seed < kGraphs; ++seed) {
    const Graph graph = make_graph(kPartners, generate_links(nodes, PeerGraph::preferential, shape,
                                                             luck_of(seed, LuckKind::build, 0)));
    for (std::size_t i = 0; i < kPartners; ++i)
      ++seen[std::min<std::size_t>(7, graph.peers.of(i).size())];
  }
  std::vector<Row> rows;
  for (const std::size_t k : {2u, 3u, 4u, 5u}) {
    const auto d = static_cast<double>(k);
    rows.push_back(estimated("share of partners with " + std::to_string(k) + " links",
                             12 / (d * (d + 1) * (d + 2)),
                             Sample::share(seen[k], kPartners * kGraphs),
                             {"links to anybody alike", std::pow(2.0 / 3, d - 2) / 3}));
  }
  return rows;
}
const Case kDegrees("V33", "Degrees of preferential attachment",
                    "Barabasi and Albert 1999: P(k) = 2m(m+1)/(k(k+1)(k+2)), m 2.", degrees);

}  // namespace
}  // namespace partnersim::verification
