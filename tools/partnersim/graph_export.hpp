// The partner graph as a file: CSV (from, to, kind) or GraphML.
#pragma once

#include <filesystem>

#include "model/world.hpp"

namespace partnersim {

struct GraphFile {
  std::filesystem::path path;
  bool graphml = false;
};

/// Throws Refusal for other endings, and where a file would be overwritten without `force`.
GraphFile graph_file(const std::filesystem::path& path, bool force);

void export_graph(const World& world, const GraphFile& file);

}  // namespace partnersim
