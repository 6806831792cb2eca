// Compressed rows and the engine order of partners.
#include "model/graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/check.hpp"
#include "base/hash.hpp"
#include "model/neighbourhood.hpp"

namespace partnersim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(MakeGraph, SortsDropsRepeatsAndSelfLinks) {
  const std::vector<Link> links{{LinkKind::peer, 2, 0},         {LinkKind::peer, 0, 2},
                                {LinkKind::peer, 0, 1},         {LinkKind::peer, 1, 1},
                                {LinkKind::alliance, 1, 2},     {LinkKind::distribution, 0, 3},
                                {LinkKind::distribution, 0, 3}, {LinkKind::peer, 2, 0}};
  const Graph graph = make_graph(4, links);
  EXPECT_THAT(graph.peers.of(0), ElementsAre(1, 2));
  EXPECT_THAT(graph.peers.of(1), ElementsAre(0));
  EXPECT_THAT(graph.peers.of(2), ElementsAre(0));
  EXPECT_THAT(graph.peers.of(3), IsEmpty());
  EXPECT_THAT(graph.allies.of(2), ElementsAre(1));
  EXPECT_THAT(graph.suppliers.of(0), ElementsAre(3));
  EXPECT_THAT(graph.suppliers.of(3), IsEmpty());
  EXPECT_EQ(graph.peers.targets.size(), 4u);
}

TEST(MakeGraph, EmptyAndOutside) {
  EXPECT_THAT(make_graph(0, {}).peers.offsets, ElementsAre(0));
  EXPECT_THAT(make_graph(2, {}).suppliers.offsets, ElementsAre(0, 0, 0));
  const std::vector<Link> outside{{LinkKind::peer, 0, 2}};
  EXPECT_THROW(make_graph(2, outside), RunFault);
}

// A line of nodes whose numbers are scattered comes back as a line.
TEST(NeighbourhoodOrder, UnrollsALine) {
  constexpr std::uint32_t kNodes = 500;
  const auto number = [](std::uint32_t place) { return place * 7 % kNodes; };
  std::vector<Link> links;
  std::vector<std::uint64_t> keys(kNodes);
  for (std::uint32_t i = 0; i < kNodes; ++i) keys[i] = mix(i + 1);
  for (std::uint32_t i = 0; i + 1 < kNodes; ++i) {
    links.push_back({LinkKind::peer, number(i), number(i + 1)});
  }
  const auto order = neighbourhood_order(kNodes, links, keys);
  ASSERT_EQ(order.size(), kNodes);
  for (std::uint32_t k = 0; k < kNodes; ++k) {
    EXPECT_EQ(order[k], number(order[0] == number(0) ? k : kNodes - 1 - k));
  }
}

TEST(NeighbourhoodOrder, DoesNotDependOnNumbersAndIsAPermutation) {
  constexpr std::uint32_t kNodes = 300;
  std::vector<std::uint64_t> keys(kNodes), keys_then(kNodes);
  std::vector<Link> links, links_then;
  const auto moved = [](std::uint32_t i) { return (i * 77 + 5) % kNodes; };
  for (std::uint32_t i = 0; i < kNodes; ++i) keys_then[moved(i)] = keys[i] = mix(i + 1);
  for (std::uint32_t e = 0; e < 500; ++e) {
    const auto a = static_cast<std::uint32_t>(mix(2 * e) % kNodes);
    const auto b = static_cast<std::uint32_t>(mix(2 * e + 1) % kNodes);
    links.push_back({LinkKind::peer, a, b});
    links_then.insert(links_then.begin(), {LinkKind::peer, moved(b), moved(a)});
  }
  auto order = neighbourhood_order(kNodes, links, keys);
  const auto then = neighbourhood_order(kNodes, links_then, keys_then);
  for (std::uint32_t k = 0; k < kNodes; ++k) EXPECT_EQ(keys[order[k]], keys_then[then[k]]);
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> all(kNodes);
  std::iota(all.begin(), all.end(), 0u);
  EXPECT_EQ(order, all);
}

}  // namespace
}  // namespace partnersim
