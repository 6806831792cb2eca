// Measures of graphs known by heart, and against Boost.Graph where it computes the same.
#include "model/graph_measures.hpp"

#include <gtest/gtest.h>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/clustering_coefficient.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/exterior_property.hpp>

#include "base/hash.hpp"

namespace partnersim {
namespace {

using Links = std::vector<Link>;

GraphMeasures measured(std::size_t nodes, const Links& links, std::size_t hubs = 3) {
  return measure(make_graph(nodes, links), std::vector<std::uint8_t>(nodes), hubs);
}

Links ring(std::uint32_t nodes, std::uint32_t reach) {
  Links links;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    for (std::uint32_t d = 1; d <= reach; ++d) {
      links.push_back({LinkKind::peer, i, (i + d) % nodes});
    }
  }
  return links;
}

Links random_links(std::uint32_t nodes, std::uint32_t count) {
  Links links;
  for (std::uint32_t e = 0; e < count; ++e) {
    links.push_back({LinkKind::peer, static_cast<std::uint32_t>(mix(2 * e) % nodes),
                     static_cast<std::uint32_t>(mix(2 * e + 1) % nodes)});
  }
  return links;
}

TEST(Measure, Nobody) {
  const GraphMeasures result = measured(0, {});
  EXPECT_EQ(result.partners, 0u);
  EXPECT_EQ(result.components, 0u);
  EXPECT_EQ(result.mean_degree, 0);
  EXPECT_TRUE(result.hubs.empty());
  EXPECT_EQ(measured(2, {{LinkKind::peer, 0, 1}}).hubs[0].betweenness, 0);
}

TEST(Measure, Ring) {
  const GraphMeasures result = measured(20, ring(20, 2));
  EXPECT_EQ(result.peer_links, 40u);
  EXPECT_EQ(result.mean_degree, 4);
  EXPECT_EQ(result.components, 1u);
  EXPECT_EQ(result.giant_share, 1);
  EXPECT_DOUBLE_EQ(result.mean_clustering, 0.5);
  EXPECT_DOUBLE_EQ(result.transitivity, 0.5);
  EXPECT_EQ(result.assortativity, 0);
}

TEST(Measure, Star) {
  Links links;
  for (std::uint32_t i = 1; i < 10; ++i) links.push_back({LinkKind::peer, 0, i});
  const GraphMeasures result = measured(10, links);
  EXPECT_EQ(result.max_degree, 9u);
  EXPECT_EQ(result.mean_clustering, 0);
  EXPECT_DOUBLE_EQ(result.assortativity, -1);
  ASSERT_EQ(result.hubs.size(), 3u);
  EXPECT_EQ(result.hubs[0].node, 0u);
  EXPECT_DOUBLE_EQ(result.hubs[0].betweenness, 1);
  EXPECT_EQ(result.hubs[1].betweenness, 0);
  EXPECT_EQ(result.betweenness_sources, 10u);
}

TEST(Measure, TwoTiersLeaveSuppliersOut) {
  const Links links{{LinkKind::peer, 0, 1},         {LinkKind::peer, 1, 4},
                    {LinkKind::distribution, 0, 4}, {LinkKind::distribution, 0, 5},
                    {LinkKind::distribution, 1, 4}, {LinkKind::alliance, 2, 3}};
  const std::vector<std::uint8_t> supplier{0, 0, 0, 0, 1, 1};
  const GraphMeasures result = measure(make_graph(6, links), supplier, 1);
  EXPECT_EQ(result.partners, 4u);
  EXPECT_EQ(result.suppliers, 2u);
  EXPECT_EQ(result.peer_links, 1u);
  EXPECT_EQ(result.components, 3u);
  EXPECT_EQ(result.giant_share, 0.5);
  EXPECT_EQ(result.distributed_share, 0.5);
  EXPECT_EQ(result.distributors_per_partner, 1.5);
  EXPECT_DOUBLE_EQ(result.largest_distributor, 2.0 / 3);
  EXPECT_EQ(result.allied_share, 0.5);
  EXPECT_EQ(result.mean_alliances, 1);
}

TEST(Measure, AgreesWithBoost) {
  using Boost = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
  constexpr std::uint32_t kNodes = 400;
  const Links links = random_links(kNodes, 900);
  const Graph graph = make_graph(kNodes, links);
  Boost other(kNodes);
  for (std::uint32_t i = 0; i < kNodes; ++i) {
    for (const std::uint32_t j : graph.peers.of(i)) {
      if (i < j) boost::add_edge(i, j, other);
    }
  }
  const GraphMeasures result = measured(kNodes, links, kNodes);
  std::vector<int> component(kNodes);
  EXPECT_EQ(result.components,
            static_cast<std::size_t>(boost::connected_components(other, component.data())));
  std::vector<double> clustering(kNodes), betweenness(kNodes);
  const auto index = boost::get(boost::vertex_index, other);
  const auto mean = boost::all_clustering_coefficients(
      other, boost::make_iterator_property_map(clustering.begin(), index));
  EXPECT_NEAR(result.mean_clustering, mean, 1e-6);  // Boost's default type is float
  boost::brandes_betweenness_centrality(
      other, boost::make_iterator_property_map(betweenness.begin(), index));
  boost::relative_betweenness_centrality(
      other, boost::make_iterator_property_map(betweenness.begin(), index));
  ASSERT_EQ(result.hubs.size(), kNodes);
  for (const Hub& hub : result.hubs) {
    EXPECT_NEAR(hub.betweenness, betweenness[hub.node], 1e-12);
    EXPECT_EQ(hub.degree, boost::degree(hub.node, other));
  }
}

// Erdos-Renyi with mean degree c: the giant share solves S = 1 - exp(-c S).
TEST(Measure, GiantComponent) {
  constexpr std::uint32_t kNodes = 15'000;
  EXPECT_NEAR(measured(kNodes, random_links(kNodes, kNodes), 0).giant_share, 0.7968, 0.02);
  EXPECT_LT(measured(kNodes, random_links(kNodes, kNodes / 4), 0).giant_share, 0.01);
}

TEST(Measure, SampledBetweennessOfAStar) {
  constexpr std::uint32_t kNodes = 30'000;
  Links links;
  for (std::uint32_t i = 1; i < kNodes; ++i) links.push_back({LinkKind::peer, 0, i});
  const GraphMeasures result = measured(kNodes, links, 1);
  EXPECT_LT(result.betweenness_sources, kNodes);
  EXPECT_GT(result.betweenness_sources, 1000u);
  EXPECT_NEAR(result.hubs[0].betweenness, 1, 0.01);
}

}  // namespace
}  // namespace partnersim
