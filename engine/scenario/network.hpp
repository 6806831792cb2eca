// Links between partners, and the order in which the engine keeps partners.
#pragma once

#include <span>
#include <vector>

#include "base/random.hpp"
#include "model/graph_generators.hpp"
#include "scenario/csv.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

/// Links drawn between the partners of World, by position in its table.
std::vector<Link> draw_links(const Scenario& scenario, PeerGraph kind, Luck build);

/// Puts partners into engine order (segment by segment, within it neighbours near each other),
/// makes the graph and counts who sells.
void settle(World& world, std::vector<Link> links);

}  // namespace partnersim
