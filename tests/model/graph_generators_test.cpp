// Generated graphs against the closed forms of their models, and their independence of order.
#include "model/graph_generators.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <tuple>

#include "model/graph_measures.hpp"

namespace partnersim {
namespace {

using Pairs = std::set<std::tuple<LinkKind, std::uint64_t, std::uint64_t>>;

constexpr Luck kBuild = luck_of(1, LuckKind::build, 0);
constexpr GraphShape kShape{3, 0.1, 0.8, 0.25, 2, 0.6, 2.5};
constexpr PeerGraph kKinds[] = {PeerGraph::none, PeerGraph::small_world, PeerGraph::preferential,
                                PeerGraph::communities};

std::vector<GraphNode> some_nodes(std::size_t partners, std::size_t suppliers,
                                  std::uint32_t communities = 10) {
  std::vector<GraphNode> nodes;
  for (std::size_t i = 0; i < partners + suppliers; ++i) {
    const std::uint64_t key = entity_key("partner", std::to_string(i));
    nodes.push_back({key, 0, static_cast<std::uint32_t>(mix(key) % communities), i >= partners});
  }
  return nodes;
}

GraphMeasures measured(const std::vector<GraphNode>& nodes, std::span<const Link> links,
                       std::size_t hubs = 0) {
  std::vector<std::uint8_t> supplier;
  for (const GraphNode& node : nodes) supplier.push_back(node.supplier);
  return measure(make_graph(nodes.size(), links), supplier, hubs);
}

Pairs pairs(const std::vector<GraphNode>& nodes, PeerGraph kind, const GraphShape& shape = kShape) {
  Pairs result;
  const auto links = generate_links(nodes, kind, shape, kBuild);
  for (const Link& link : links) {
    std::uint64_t a = nodes[link.a].key, b = nodes[link.b].key;
    if (link.kind != LinkKind::distribution && a > b) std::swap(a, b);
    result.emplace(link.kind, a, b);
  }
  EXPECT_EQ(result.size(), links.size()) << "a link twice";
  return result;
}

TEST(GenerateLinks, DoesNotDependOnTheOrderOfNodes) {
  for (const PeerGraph kind : kKinds) {
    auto nodes = some_nodes(2000, 4);
    const Pairs before = pairs(nodes, kind);
    std::sort(nodes.begin(), nodes.end(),
              [](const GraphNode& a, const GraphNode& b) { return mix(a.key) < mix(b.key); });
    EXPECT_EQ(before, pairs(nodes, kind));
  }
}

TEST(GenerateLinks, FewAndOddNodes) {
  for (const PeerGraph kind : kKinds) {
    for (const std::size_t partners : {0u, 1u, 2u, 3u, 5u, 40u}) {
      for (const std::size_t suppliers : {0u, 1u, 2u}) {
        const auto nodes = some_nodes(partners, suppliers);
        for (const GraphShape& shape :
             {kShape, GraphShape{0, 0, 0, 0, 0, 0, 1}, GraphShape{50, 1, 1, 1, 50, 1, 20},
              GraphShape{0.5, 0.5, 0.5, 1, 0.5, 1, 1.5}}) {
          for (const auto& [link, a, b] : pairs(nodes, kind, shape)) EXPECT_NE(a, b);
        }
      }
    }
  }
}

TEST(GenerateLinks, EverybodyIsLinkedInASmallCompleteGraph) {
  const auto nodes = some_nodes(4, 0);
  for (const PeerGraph kind : {PeerGraph::preferential, PeerGraph::communities}) {
    EXPECT_EQ(measured(nodes, generate_links(nodes, kind, kShape, kBuild)).peer_links, 6u);
  }
}

// One partner more: its own links, and few of the others'.
TEST(GenerateLinks, OneMoreChangesFew) {
  for (const PeerGraph kind : kKinds) {
    const auto nodes = some_nodes(3000, 4);
    const Pairs all = pairs(nodes, kind);
    std::size_t changed = 0;
    for (std::size_t without = 0; without < 10; ++without) {
      auto rest = nodes;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(without * 200));
      const Pairs before = pairs(rest, kind);
      Pairs moved;
      std::set_symmetric_difference(all.begin(), all.end(), before.begin(), before.end(),
                                    std::inserter(moved, moved.end()));
      changed += moved.size();
    }
    const double mean = static_cast<double>(changed) / 10;
    RecordProperty("changed_" + std::to_string(static_cast<int>(kind)), std::to_string(mean));
    EXPECT_LT(mean, 0.02 * static_cast<double>(all.size()));
  }
}

TEST(GenerateLinks, AFractionOfLinksIsTheMean) {
  const auto nodes = some_nodes(10'000, 0);
  GraphShape shape = kShape;
  shape.peer_links = 2.4;
  for (const PeerGraph kind :
       {PeerGraph::small_world, PeerGraph::preferential, PeerGraph::communities}) {
    const auto result = measured(nodes, generate_links(nodes, kind, shape, kBuild));
    EXPECT_NEAR(result.mean_degree, 4.8, 2 * 4 * std::sqrt(0.24 / 10'000) + 0.005);
  }
}

// P(k) = 2 m (m + 1) / (k (k + 1) (k + 2)) for Barabasi-Albert.
TEST(Preferential, DegreeLaw) {
  constexpr std::size_t kNodes = 20'000;
  const auto nodes = some_nodes(kNodes, 0);
  const Graph graph =
      make_graph(kNodes, generate_links(nodes, PeerGraph::preferential, kShape, kBuild));
  std::vector<double> seen(21, 0);  // the last: 20 and more
  for (std::size_t i = 0; i < kNodes; ++i) {
    ++seen[std::min<std::size_t>(graph.peers.of(i).size(), 20)];
  }
  double chi_square = 0, below = 0;
  for (std::size_t k = 3; k <= 20; ++k) {
    const auto d = static_cast<double>(k);
    const double share = k < 20 ? 24 / (d * (d + 1) * (d + 2)) : 1 - below;
    below += share;
    const double expected = share * kNodes;
    chi_square += (seen[k] - expected) * (seen[k] - expected) / expected;
    EXPECT_NEAR(seen[k], expected, 4 * std::sqrt(expected)) << "degree " << k;
  }
  EXPECT_LT(chi_square, 17 + 4 * std::sqrt(2 * 17.0));
}

// Barrat & Weigt (2000): triangles fall with (1 - p)^3 from C(0) = 3 (m - 1) / (2 (2 m - 1)), m to
// each side. Pairs of neighbours grow with the variance of degrees, m p (1 - p) + m p.
TEST(SmallWorld, Clustering) {
  const auto nodes = some_nodes(40'000, 0);
  GraphShape shape = kShape;
  for (const double p : {0.0, 0.1, 0.3, 0.5}) {
    shape.rewiring = p;
    const auto result =
        measured(nodes, generate_links(nodes, PeerGraph::small_world, shape, kBuild));
    const double expected = 0.6 * std::pow(1 - p, 3) * 30 / (30 + 3 * p * (2 - p));
    EXPECT_NEAR(result.transitivity, expected, p == 0 ? 1e-12 : 0.006) << p;
    EXPECT_NEAR(result.mean_degree, 6, 0.01);
  }
}

// Everything rewired: the giant component of a random graph with a least degree holds nearly all.
TEST(SmallWorld, GiantComponentOfARandomGraph) {
  const auto nodes = some_nodes(10'000, 0);
  GraphShape shape = kShape;
  shape.rewiring = 1;
  shape.peer_links = 0.5;  // mean degree 1, made by half of the partners: critical
  const auto thin = measured(nodes, generate_links(nodes, PeerGraph::small_world, shape, kBuild));
  shape.peer_links = 1;
  const auto thick = measured(nodes, generate_links(nodes, PeerGraph::small_world, shape, kBuild));
  EXPECT_LT(thin.giant_share, 0.3);
  EXPECT_GT(thick.giant_share, 0.9);
}

TEST(Communities, ShareInsideAndHubs) {
  const auto nodes = some_nodes(10'000, 0, 40);
  const auto links = generate_links(nodes, PeerGraph::communities, kShape, kBuild);
  double inside = 0, all = 0;
  for (const Link& link : links) {
    if (link.kind != LinkKind::peer) continue;
    inside += nodes[link.a].community == nodes[link.b].community;
    ++all;
  }
  const double expected = 0.8 + 0.2 / 40;
  EXPECT_NEAR(inside / all, expected, 4 * std::sqrt(0.16 / all) + 0.01);
  EXPECT_GT(measured(nodes, links).max_degree, 60u);
}

TEST(Alliances, ShareAndDegree) {
  const auto nodes = some_nodes(20'000, 3);
  const auto result = measured(nodes, generate_links(nodes, PeerGraph::none, kShape, kBuild));
  EXPECT_EQ(result.peer_links, 0u);
  EXPECT_NEAR(result.allied_share, 0.25, 4 * std::sqrt(0.25 * 0.75 / 20'000));
  EXPECT_NEAR(result.mean_alliances, 2, 0.01);
}

TEST(Distribution, ShareNumberAndLargest) {
  for (const std::size_t suppliers : {3u, 4u, 5u, 8u}) {
    const auto nodes = some_nodes(20'000, suppliers);
    const auto result = measured(nodes, generate_links(nodes, PeerGraph::none, kShape, kBuild));
    EXPECT_NEAR(result.distributed_share, 0.6, 4 * std::sqrt(0.24 / 20'000));
    if (suppliers == 8) {
      EXPECT_NEAR(result.distributors_per_partner, 2.5, 4 * std::sqrt(1.5 / 12'000));
    }
    EXPECT_GT(result.largest_distributor, 0.3);
    EXPECT_LT(result.largest_distributor, 0.4);
  }
  const auto alone = some_nodes(100, 0);
  const auto links = generate_links(alone, PeerGraph::none, kShape, kBuild);
  EXPECT_EQ(measured(alone, links).distribution_links, 0u);
}

TEST(GenerateLinks, AnotherSeedAnotherGraph) {
  const auto nodes = some_nodes(100, 2);
  const Luck other = luck_of(2, LuckKind::build, 0);
  for (const PeerGraph kind : kKinds) {
    EXPECT_NE(generate_links(nodes, kind, kShape, kBuild),
              generate_links(nodes, kind, kShape, other));
  }
}

}  // namespace
}  // namespace partnersim
