// The partner graph: who watches, sells with and buys through whom, as compressed rows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace partnersim {

enum class LinkKind : std::uint8_t { peer, alliance, distribution };

/// One edge between two partners, by position in whatever list of partners it refers to.
/// Peers and allies have no direction; distribution goes from the reseller to the distributor.
struct Link {
  LinkKind kind;
  std::uint32_t a, b;
  bool operator==(const Link&) const = default;
};

/// Neighbours of every node, ascending: targets[offsets[i] .. offsets[i+1]).
struct Neighbours {
  std::vector<std::uint32_t> offsets{0};
  std::vector<std::uint32_t> targets;
  std::span<const std::uint32_t> of(std::size_t i) const {
    return {targets.data() + offsets[i], targets.data() + offsets[i + 1]};
  }
};

struct Graph {
  Neighbours peers;      // influence, both directions
  Neighbours allies;     // co-selling, both directions
  Neighbours suppliers;  // of each reseller: its distributors
};

/// Links are unique per kind and pair, self-links are dropped. `nodes` counts all partners,
/// distributors included.
Graph make_graph(std::size_t nodes, std::span<const Link> links);

}  // namespace partnersim
