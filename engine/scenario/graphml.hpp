// Partner graphs as GraphML: a reader that trusts nothing, a writer that loses nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/graph.hpp"
#include "scenario/diagnostics.hpp"

namespace partnersim {

inline constexpr std::size_t kMaxGraphMlBytes = std::size_t{256} << 20;
inline constexpr int kMaxGraphMlDepth = 32;

/// Links between partners by id, as a file states them.
struct GraphFile {
  struct Edge {
    std::string a, b;  // of distribution: reseller, distributor
    LinkKind kind = LinkKind::peer;
    Location at;
  };
  std::vector<std::string> nodes;  // different, in file order
  std::vector<Edge> edges;
};

/// peer, alliance, distribution
std::string_view link_kind_name(LinkKind kind);
std::optional<LinkKind> link_kind(std::string_view name);

/// Reports what a file says that is no kind of link.
void report_link_kind(std::string_view word, Location at, std::string code,
                      Diagnostics& diagnostics);

/// `text` must be what was given to add_source for `file`. The kind of an edge is its data `kind`,
/// or the default of that key, or peer. Ids are kept as text. nullopt when there was a fault.
std::optional<GraphFile> read_graphml(const std::string& text, std::uint32_t file,
                                      Diagnostics& diagnostics);

/// Links by position in `ids`. read_graphml returns the same ids and links; what XML has no
/// character for becomes U+FFFD.
std::string write_graphml(std::span<const std::string> ids, std::span<const Link> links);

}  // namespace partnersim
