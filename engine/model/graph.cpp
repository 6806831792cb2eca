// Compressed rows from a list of links: count, place, sort each row, drop what is there twice.
#include "model/graph.hpp"

#include <algorithm>
#include <limits>

#include "base/check.hpp"

namespace partnersim {
namespace {

// Rows are sorted and made unique in place; then the gaps are closed.
void drop_repeats(Neighbours& rows) {
  std::uint32_t kept = 0;
  std::uint32_t begin = 0;
  const auto at = [&](std::uint32_t k) { return rows.targets.begin() + k; };
  for (std::size_t i = 0; i + 1 < rows.offsets.size(); ++i) {
    const std::uint32_t end = rows.offsets[i + 1];
    std::sort(at(begin), at(end));
    const auto last = std::unique(at(begin), at(end));
    const auto count = static_cast<std::uint32_t>(last - at(begin));
    std::copy(at(begin), last, at(kept));
    kept += count;
    rows.offsets[i + 1] = kept;
    begin = end;
  }
  rows.targets.resize(kept);
}

Neighbours rows_of(std::size_t nodes, std::span<const Link> links, LinkKind kind) {
  const bool both = kind != LinkKind::distribution;
  const auto belongs = [&](const Link& link) { return link.kind == kind && link.a != link.b; };
  Neighbours rows;
  rows.offsets.assign(nodes + 1, 0);
  for (const Link& link : links) {
    if (!belongs(link)) continue;
    ++rows.offsets[link.a + 1];
    if (both) ++rows.offsets[link.b + 1];
  }
  for (std::size_t i = 0; i < nodes; ++i) rows.offsets[i + 1] += rows.offsets[i];
  rows.targets.resize(rows.offsets[nodes]);
  std::vector<std::uint32_t> next(rows.offsets.begin(), rows.offsets.end() - 1);
  for (const Link& link : links) {
    if (!belongs(link)) continue;
    rows.targets[next[link.a]++] = link.b;
    if (both) rows.targets[next[link.b]++] = link.a;
  }
  drop_repeats(rows);
  return rows;
}

}  // namespace

Graph make_graph(std::size_t nodes, std::span<const Link> links) {
  constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max();
  require(nodes < kMost && links.size() <= kMost / 2, "graph: more links than rows can count");
  for (const Link& link : links) {
    require(link.a < nodes && link.b < nodes, "graph: a link to a partner that does not exist");
  }
  return {rows_of(nodes, links, LinkKind::peer), rows_of(nodes, links, LinkKind::alliance),
          rows_of(nodes, links, LinkKind::distribution)};
}

}  // namespace partnersim
