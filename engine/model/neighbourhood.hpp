// An order of partners in which those that are linked stand near each other in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/graph.hpp"

namespace partnersim {

/// Cuthill-McKee: breadth first from the least linked, neighbours by (degree, key). Result: the
/// node at every place; the same nodes in the same order however they were numbered, if the keys
/// differ. Distribution links do not count: a distributor would make neighbours of thousands.
std::vector<std::uint32_t> neighbourhood_order(std::size_t nodes, std::span<const Link> links,
                                               std::span<const std::uint64_t> keys);

}  // namespace partnersim
