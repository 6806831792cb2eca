// What a partner graph looks like in numbers: density, components, clustering, hubs, distribution.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/graph.hpp"

namespace partnersim {

/// Up to this many partners betweenness is exact; above it is estimated from a sample of sources.
inline constexpr std::size_t kExactBetweenness = 5'000;

struct Hub {
  std::uint32_t node = 0;
  std::uint32_t degree = 0;
  double betweenness = 0;  // share of the pairs of others whose shortest path leads through it
};

/// Suppliers are left out of everything but distribution. Degree, components, clustering,
/// assortativity and hubs are those of the peer links.
struct GraphMeasures {
  std::size_t partners = 0, suppliers = 0;
  std::size_t peer_links = 0, alliance_links = 0, distribution_links = 0;

  double mean_degree = 0;
  std::size_t max_degree = 0;
  std::size_t components = 0;
  double giant_share = 0;      // of partners, in the largest component
  double mean_clustering = 0;  // of partners; with fewer than two links it is 0
  double transitivity = 0;     // closed among all pairs of neighbours
  double assortativity = 0;    // correlation of the degrees at the ends of a link; 0 if all equal

  std::vector<Hub> hubs;                // by degree, then betweenness
  std::size_t betweenness_sources = 0;  // of its shortest paths; all partners: exact

  double allied_share = 0;    // partners with an alliance
  double mean_alliances = 0;  // of those

  double distributed_share = 0;         // partners with a distributor
  double distributors_per_partner = 0;  // of those
  double largest_distributor = 0;       // its share of distribution links
};

/// `supplier[i]` is not 0 for suppliers. `hubs`: how many to list.
GraphMeasures measure(const Graph& graph, std::span<const std::uint8_t> supplier, std::size_t hubs);

}  // namespace partnersim
