// Small worlds made by hand, for tests of mechanisms and for benchmarks: no scenario file.
#pragma once

#include <cmath>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/math.hpp"
#include "base/random.hpp"
#include "mechanisms/start.hpp"
#include "model/graph_generators.hpp"
#include "model/neighbourhood.hpp"
#include "model/world.hpp"

namespace partnersim::testing {

struct TinyWorld {
  World world;
  Parameters parameters;
};

/// The parameter `key` of an owner: "vendor", "rebate"; of the first instance, the first vendor's,
/// unless others are named.
inline Address address_of(std::string_view owner, std::string_view key, std::uint16_t first = 0,
                          std::uint16_t second = 0) {
  for (std::uint16_t k = 0; k < owners().size(); ++k) {
    for (std::uint16_t row = 0; row < owners()[k].rows.size(); ++row) {
      if (owners()[k].path == owner && owners()[k].rows[row].key == key) {
        return {k, row, first, second, 0};
      }
    }
  }
  throw std::logic_error("there is no parameter " + std::string(key));
}

struct Shape {
  std::size_t partners = 50;
  std::size_t vendors = 2;
  std::size_t offers = 2;  // of each vendor: on-premises licences and cloud subscriptions in turn
  int months = 24;
  bool links = true;
  double active = 0.45;  // share active with a vendor at the start
};

inline void add_vendor(TinyWorld& t, std::size_t v, const Shape& shape) {
  VendorInfo vendor;
  vendor.name = v == 0 ? "us" : "rival " + std::to_string(v);
  vendor.key = entity_key("vendor", vendor.name);
  vendor.first_offer = static_cast<std::uint32_t>(t.world.offers.size());
  vendor.offers = static_cast<std::uint32_t>(shape.offers);
  vendor.tiers = {"Registered", "Silver", "Gold"};
  Program program;
  program.vendor = static_cast<std::uint32_t>(v);
  program.terms = defaults<Vendor>(kVendorRows);
  program.tiers = {{0, 0, 0}, {150000, 1, 0.03}, {600000, 2, 0.06}};
  for (std::size_t j = 0; j < shape.offers; ++j) {
    const bool licence = j % 2 == 0;
    const std::string name = (licence ? "Server " : "Cloud ") + std::to_string(j);
    t.world.offers.push_back({name, static_cast<std::uint32_t>(v),
                              licence ? Deployment::on_premises : Deployment::cloud,
                              licence ? Billing::licence : Billing::subscription,
                              entity_key("offer", vendor.name + "/" + name)});
    program.offers.push_back(defaults<Offer>(kOfferRows, licence));
  }
  t.world.vendors.push_back(vendor);
  t.parameters.programs.push_back(program);
}

/// Segments VAR, MSP, SI, ISV as in the main scenario; sizes lognormal; each partner active with
/// each vendor with the given probability.
inline TinyWorld tiny_world(const Shape& shape = {}) {
  TinyWorld t;
  World& w = t.world;
  w.title = "tiny";
  w.currency = "EUR";
  w.months = shape.months;
  w.calendar = {2027, 1, 1, shape.months};
  w.markets = {{"market", entity_key("market", "market")}};
  t.parameters.markets = {defaults<Market>(kMarketRows)};
  constexpr double kSegments[][5] = {// share, opportunities, deal size, services, spread
                                     {340, 34, 1.0, 0.55, 1.25},
                                     {240, 26, 0.7, 0.9, 1.25},
                                     {90, 24, 2.2, 1.3, 1.25},
                                     {118, 18, 0.8, 0.7, 1.25}};
  for (const char* name : {"VAR", "MSP", "SI", "ISV"}) w.segments.push_back({name, false});
  for (const auto& row : kSegments) {
    Segment segment = defaults<Segment>(kSegmentRows);
    segment.opportunities = row[1];
    segment.deal_size = row[2];
    segment.services = row[3];
    t.parameters.segments.push_back(segment);
  }
  for (std::size_t v = 0; v < shape.vendors; ++v) add_vendor(t, v, shape);

  const Luck build = luck_of(1, LuckKind::build, 0);
  std::vector<GraphNode> nodes;
  std::vector<std::uint64_t> keys;
  for (std::size_t i = 0; i < shape.partners; ++i) {
    std::size_t s = 0;
    for (double at = 788.0 * (static_cast<double>(i) + 0.5) / static_cast<double>(shape.partners);
         s < 3 && at > kSegments[s][0]; ++s)
      at -= kSegments[s][0];
    keys.push_back(entity_key("partner", "P" + std::to_string(i)));
    nodes.push_back(
        {keys.back(), static_cast<std::uint8_t>(s), static_cast<std::uint32_t>(s), false});
  }
  std::vector<Link> links;
  if (shape.links) links = generate_links(nodes, PeerGraph::communities, t.parameters.graph, build);
  const std::vector<std::uint32_t> near = neighbourhood_order(nodes.size(), links, keys);
  std::vector<std::uint32_t> order;
  for (std::uint8_t s = 0; s < 4; ++s) {
    w.segment_begin.push_back(static_cast<std::uint32_t>(order.size()));
    for (const std::uint32_t i : near) {
      if (nodes[i].segment == s) order.push_back(i);
    }
  }
  w.segment_begin.push_back(static_cast<std::uint32_t>(order.size()));
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  for (Link& link : links) link = {link.kind, place[link.a], place[link.b]};

  PartnerTable& p = w.partners;
  p.count = w.n = shape.partners;
  w.graph = make_graph(p.count, links);
  for (const std::uint32_t i : order) {
    const double z = normal_quantile(uniforms(build, keys[i], 0, Purpose("test.size").id)[0]);
    p.key.push_back(keys[i]);
    p.segment.push_back(nodes[i].segment);
    p.market.push_back(0);
    p.size.push_back(partnersim::exp(1.25 * z - 1.25 * 1.25 / 2));
    p.user_row.push_back(i);
    p.id.push_back("P" + std::to_string(i));
    p.name.push_back("Partner " + std::to_string(i));
    p.region.emplace_back();
  }
  for (std::size_t v = 0; v < shape.vendors; ++v) {
    for (const std::uint32_t i : order) {
      const double u = uniforms(build, keys[i], 0, Purpose("test.active").of(w.vendors[v].key))[0];
      p.start_stage.push_back(u < shape.active ? Stage::active : Stage::prospect);
      p.start_tier.push_back(0);
      p.start_billed.push_back(-1);
    }
  }
  return t;
}

/// The luck of replication `r` under seed 1.
inline RunLuck luck(std::uint64_t r) {
  return {luck_of(1, LuckKind::world, r), luck_of(1, LuckKind::personal, r)};
}

}  // namespace partnersim::testing
