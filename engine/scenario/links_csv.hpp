// Links between partners from a table with the columns from, to and, if not all are peers, kind.
#pragma once

#include <optional>

#include "scenario/csv.hpp"
#include "scenario/graphml.hpp"

namespace partnersim {

/// Of distribution, `from` is the reseller. An empty kind is peer. Whether partners of these ids
/// exist is for the caller to say. nullopt when there was a fault.
std::optional<GraphFile> read_links(const Csv& csv, Diagnostics& diagnostics);

}  // namespace partnersim
