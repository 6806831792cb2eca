// Any bytes as GraphML: no crash, no hang, and what is read survives being written.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <unordered_map>

#include "scenario/graphml.hpp"

using namespace partnersim;

namespace {

std::vector<Link> by_position(const GraphFile& file) {
  std::unordered_map<std::string, std::uint32_t> position;
  for (const std::string& id : file.nodes) {
    position.emplace(id, static_cast<std::uint32_t>(position.size()));
  }
  std::vector<Link> links;
  for (const GraphFile::Edge& edge : file.edges) {
    links.push_back({edge.kind, position.at(edge.a), position.at(edge.b)});
  }
  return links;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  Diagnostics diagnostics;
  const std::uint32_t source = diagnostics.add_source("fuzz.graphml", text);
  const auto file = read_graphml(text, source, diagnostics);
  if (file.has_value() == diagnostics.has_errors()) std::abort();
  diagnostics.render();
  if (!file) return 0;
  const std::vector<Link> links = by_position(*file);
  const std::string written = write_graphml(file->nodes, links);
  const auto again =
      read_graphml(written, diagnostics.add_source("again.graphml", written), diagnostics);
  if (!again || again->nodes != file->nodes || by_position(*again) != links) std::abort();
  return 0;
}
