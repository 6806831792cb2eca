// Links between partners from a file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/graph.hpp"
#include "model/world.hpp"
#include "scenario/diagnostics.hpp"

namespace partnersim {

/// Links by position in the table of `world`, whose partners are matched by id. GraphML by the
/// ending of `path`, else CSV. False after an error.
bool read_link_file(std::string text, const std::filesystem::path& path, const World& world,
                    std::vector<Link>& links, Diagnostics& diagnostics);

}  // namespace partnersim
