// The engine keeps partners in an order of its own, so that a month walks memory forward.
#include "scenario/network.hpp"

#include <algorithm>
#include <numeric>

#include "model/neighbourhood.hpp"

namespace partnersim {
namespace {

template <class T>
void permute(std::vector<T>& values, std::span<const std::uint32_t> order, std::size_t groups = 1) {
  std::vector<T> result;
  result.reserve(values.size());
  for (std::size_t g = 0; g < groups; ++g) {
    for (const std::uint32_t i : order) result.push_back(std::move(values[g * order.size() + i]));
  }
  values = std::move(result);
}

void permute(PartnerTable& table, std::span<const std::uint32_t> order, std::size_t vendors) {
  permute(table.key, order);
  permute(table.segment, order);
  permute(table.market, order);
  permute(table.size, order);
  permute(table.user_row, order);
  permute(table.id, order);
  permute(table.name, order);
  permute(table.region, order);
  permute(table.start_stage, order, vendors);
  permute(table.start_tier, order, vendors);
  permute(table.start_billed, order, vendors);
  for (PartnerColumn& column : table.columns) permute(column.code, order);
}

}  // namespace

std::vector<Link> draw_links(const Scenario& scenario, PeerGraph kind, Luck build) {
  const World& world = scenario.world;
  const PartnerTable& table = world.partners;
  std::vector<GraphNode> nodes(table.count);
  for (std::size_t i = 0; i < table.count; ++i) {
    const SegmentInfo& segment = world.segments[table.segment[i]];
    const std::uint64_t community = combine(hash_text(segment.name), hash_text(table.region[i]));
    nodes[i] = {table.key[i], table.segment[i], static_cast<std::uint32_t>(community >> 32),
                segment.supplier};
  }
  return generate_links(nodes, kind, scenario.parameters.graph, build);
}

void settle(World& world, std::vector<Link> links) {
  PartnerTable& table = world.partners;
  std::vector<std::uint32_t> order = neighbourhood_order(table.count, links, table.key);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return table.segment[a] < table.segment[b];
  });
  permute(table, order, world.vendors.size());
  std::vector<std::uint32_t> place(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) place[order[k]] = static_cast<std::uint32_t>(k);
  for (Link& link : links) {
    link.a = place[link.a];
    link.b = place[link.b];
  }
  world.graph = make_graph(table.count, links);
  world.segment_begin.assign(1, 0);
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    const auto end = std::upper_bound(table.segment.begin(), table.segment.end(), s);
    world.segment_begin.push_back(static_cast<std::uint32_t>(end - table.segment.begin()));
    if (!world.segments[s].supplier) world.n = world.segment_begin.back();
  }
}

}  // namespace partnersim
