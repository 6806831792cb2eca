// Partner graphs drawn by entity key: the links depend on who the partners are, not on how they are
// listed.
//
// What one more partner changes among the links of the others:
//   alliances, distribution   its choices are its own; nobody else's distributors change. Alliances
//                             and peers by attachment: see below
//   small world               exactly its 2 peer_links neighbours on the ring, and the shortcuts
//                             that now end at it
//   preferential, communities the later links that now lead to it, those that followed one of these
//                             and those that shared its cell (see Pool): approximately few, in the
//                             mean one in a hundred of 3,000 partners, more where it arrives early
// A shortcut and an attachment are drawn from cells whose number doubles as partners do; the step
// from one number to the next redraws all of them. One more supplier redeals distribution among
// the suppliers that rank behind it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "model/graph.hpp"
#include "model/market.hpp"

namespace partnersim {

enum class PeerGraph : std::uint8_t { none, small_world, preferential, communities };

struct GraphNode {
  std::uint64_t key = 0;  // unique
  std::uint8_t segment = 0;
  std::uint32_t community = 0;  // for example region x segment
  bool supplier = false;
};

/// Peer, alliance and distribution links by position in `nodes`, none twice. `build` is luck of
/// kind build.
///
/// small_world: Watts-Strogatz on the ring of non-suppliers by (community, key), `peer_links` to
/// each side. preferential: Barabasi-Albert, `peer_links` links to earlier arrivals. communities:
/// the same with a share `inside` of the links within the community. A fractional number of links
/// is the mean: a partner makes one more or one less.
/// Alliances: a share `ally_share` of non-suppliers attach to each other preferentially; with
/// `ally_degree` below 2 some find nobody.
/// Distribution: the weight of suppliers halves from one to the next, so that with three or more of
/// them and two to three per reseller the largest has 30-40 % of the links.
std::vector<Link> generate_links(std::span<const GraphNode> nodes, PeerGraph kind,
                                 const GraphShape& shape, Luck build);

}  // namespace partnersim
