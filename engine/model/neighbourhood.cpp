// Cuthill-McKee on the graph renumbered by key, so that ties fall by key.
#include "model/neighbourhood.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/check.hpp"

namespace partnersim {
namespace {

std::vector<std::uint32_t> by_key(std::span<const std::uint64_t> keys) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted;
  sorted.reserve(keys.size());
  for (std::uint32_t i = 0; i < keys.size(); ++i) sorted.emplace_back(keys[i], i);
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint32_t> nodes;
  nodes.reserve(keys.size());
  for (const auto& [key, node] : sorted) nodes.push_back(node);
  return nodes;
}

Neighbours renumbered(std::span<const Link> links, std::span<const std::uint32_t> nodes) {
  std::vector<std::uint32_t> rank(nodes.size());
  for (std::uint32_t k = 0; k < nodes.size(); ++k) rank[nodes[k]] = k;
  std::vector<Link> near;
  near.reserve(links.size());
  for (const Link& link : links) {
    if (link.kind == LinkKind::distribution) continue;
    near.push_back({LinkKind::peer, rank[link.a], rank[link.b]});
  }
  return make_graph(nodes.size(), near).peers;
}

}  // namespace

std::vector<std::uint32_t> neighbourhood_order(std::size_t nodes, std::span<const Link> links,
                                               std::span<const std::uint64_t> keys) {
  require(keys.size() == nodes, "neighbourhood_order: a key for every node");
  const std::vector<std::uint32_t> node = by_key(keys);
  const Neighbours near = renumbered(links, node);
  const auto fewer = [&](std::uint32_t a, std::uint32_t b) {
    return std::make_tuple(near.of(a).size(), a) < std::make_tuple(near.of(b).size(), b);
  };
  std::vector<std::uint32_t> starts(nodes);
  std::iota(starts.begin(), starts.end(), 0u);
  std::sort(starts.begin(), starts.end(), fewer);

  std::vector<std::uint32_t> order;  // the part behind `next` is the queue
  order.reserve(nodes);
  std::vector<char> seen(nodes, 0);
  const auto visit = [&](std::uint32_t k) {
    if (!std::exchange(seen[k], char{1})) order.push_back(k);
  };
  std::size_t next = 0;
  for (const std::uint32_t start : starts) {
    visit(start);
    for (; next < order.size(); ++next) {
      const std::size_t first = order.size();
      for (const std::uint32_t neighbour : near.of(order[next])) visit(neighbour);
      std::sort(order.begin() + static_cast<std::ptrdiff_t>(first), order.end(), fewer);
    }
  }
  for (std::uint32_t& k : order) k = node[k];
  return order;
}

}  // namespace partnersim
