// Hashes of everything that decides a result, and the words for what differs.
#include "ensemble/identity.hpp"

#include <bit>
#include <type_traits>

#include "base/hash.hpp"

#ifndef PARTNERSIM_ENGINE_HASH
#define PARTNERSIM_ENGINE_HASH "unhashed"
#endif

namespace partnersim {
namespace {

/// Hashes what values say, not how they lie in memory. Structs are taken apart by structured
/// bindings, so that a new member does not compile until somebody has decided about it here.
class Content {
 public:
  std::string text() const { return hex(hasher_.value()); }

  template <class... T>
  void all(const T&... values) {
    (add(values), ...);
  }

  void add(std::string_view text) { hasher_.add(text); }
  void add(const std::string& text) { hasher_.add(std::string_view(text)); }
  void add(double value) {
    hasher_.add(std::bit_cast<std::uint64_t>(value + 0.0));  // -0 is 0
  }
  template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void add(T value) {
    hasher_.add(static_cast<std::uint64_t>(value));
  }
  template <class T>
  void add(const std::vector<T>& values) {
    hasher_.add(values.size());
    for (const T& value : values) add(value);
  }

  void add(const MarketInfo& market) {
    const auto& [name, key] = market;
    all(name, key);
  }
  void add(const SegmentInfo& segment) {
    const auto& [name, supplier] = segment;
    all(name, supplier);
  }
  void add(const VendorInfo& vendor) {
    const auto& [name, key, first_offer, offers, tiers] = vendor;
    all(name, key, first_offer, offers, tiers);
  }
  void add(const OfferInfo& offer) {
    const auto& [name, vendor, deployment, billing, key] = offer;
    all(name, vendor, deployment, billing, key);
  }
  void add(const Calendar& calendar) {
    const auto& [year, month, fiscal_month, months] = calendar;
    all(year, month, fiscal_month, months);
  }
  void add(const PartnerTable& partners) {
    const auto& [key, segment, market, size, user_row, id, name, region, stage, tier, billed,
                 columns, count] = partners;
    all(key, segment, market, size, user_row, id, name, region, stage, tier, billed, columns,
        count);
  }
  void add(const PartnerColumn& column) {
    const auto& [name, values, code] = column;
    all(name, values, code);
  }
  void add(const Neighbours& neighbours) {
    const auto& [offsets, targets] = neighbours;
    all(offsets, targets);
  }
  void add(const Graph& graph) {
    const auto& [peers, allies, suppliers] = graph;
    all(peers, allies, suppliers);
  }
  void add(const Address& address) {
    const auto& [owner, row, first, second, item] = address;
    all(owner, row, first, second, item);
  }
  void add(const Write& write) {
    const auto& [address, op, value] = write;
    all(address, op, value);
  }
  void add(const Change& change) {
    const auto& [from, to, ramp, writes, terminations, leaving, acquisitions, group] = change;
    all(from, to, ramp, writes, terminations, leaving, acquisitions, group.has_value());
    if (group) add(*group);
  }
  void add(const PartnerGroup::Condition& condition) {
    const auto& [column, values] = condition;
    all(column, values);
  }
  void add(const PartnerGroup& group) {
    const auto& [where, partners, tiers] = group;
    all(where, partners, tiers);
  }
  void add(const Termination& termination) {
    const auto& [below, except] = termination;
    all(below, except);
  }
  void add(const Acquisition& acquisition) {
    const auto& [partner, vendor] = acquisition;
    all(partner, vendor);
  }
  void add(const Policy& policy) {
    const auto& [vendor, lever, step, lowest, highest, revenue, growth] = policy;
    all(vendor, lever, step, lowest, highest, revenue, growth);
  }
  void add(const Event& event) {
    const auto& [name, key, probability, first, last, change] = event;
    all(name, key, probability, first, last, change);
  }
  void add(const World& world) {
    const auto& [title, currency, calendar, months, markets, segments, vendors, offers, partners, n,
                 segment_begin, graph, changes, events, policies] = world;
    all(title, currency, calendar, months, markets, segments, vendors, offers, partners, n,
        segment_begin, graph, changes, events, policies);
  }
  void add(const Distribution& distribution) {
    const auto& [form, median, below, above, lo, mode, hi] = distribution;
    all(form, median, below, above, lo, mode, hi);
  }

 private:
  Hasher hasher_;
};

std::string world_hash(const World& world) {
  Content content;
  content.add(world);
  return content.text();
}

std::string parameters_hash(const Scenario& scenario) {
  Content content;
  for (const Address& address : all_addresses(scenario.parameters)) {
    content.all(address, at(scenario.parameters, address));
  }
  for (const Program& program : scenario.parameters.programs) content.add(program.vendor);
  content.all(scenario.parameters.off, scenario.parameters.lifted, scenario.drawn.size());
  for (const std::size_t s : scenario.drawn) {
    content.all(scenario.settings[s].path, scenario.settings[s].distribution);
  }
  for (const Correlation& c : scenario.correlations) {
    content.all(scenario.settings[c.a].path, scenario.settings[c.b].path, c.rho);
  }
  // They decide no number of the journal, but summary.json. Without any the hash is as before.
  for (const Target& target : scenario.targets) {
    content.all(target.metric, target.over, target.months.first, target.months.last, target.period,
                target.at_least, target.amount);
  }
  return content.text();
}

struct PartRow {
  Part part;
  std::string Identity::*hash;
  std::string_view words;
};
constexpr PartRow kParts[] = {
    {Part::world, &Identity::world,
     "partners, links, offers, calendar, changes, events or policies"},
    {Part::parameters, &Identity::parameters, "parameter values, their uncertainty or targets"},
    {Part::plan, &Identity::plan, "months, seed or replications"},
    {Part::engine, &Identity::engine, "version of the simulation"},
};

}  // namespace

std::string engine_hash() {
  return std::string(std::string_view(PARTNERSIM_ENGINE_HASH).substr(0, 16));
}

Identity identity_of(const Scenario& scenario, const Plan& plan) {
  return {.world = world_hash(scenario.world),
          .parameters = parameters_hash(scenario),
          .plan = hex(hash_of(plan)),
          .engine = engine_hash()};
}

std::optional<std::string> first_difference(const Identity& there, const Identity& here,
                                            std::initializer_list<Part> parts) {
  for (const Part part : parts) {
    const PartRow& row = kParts[static_cast<std::size_t>(part)];
    if (there.*row.hash == here.*row.hash) continue;
    return "other " + std::string(row.words) + " (" + there.*row.hash + " there, " +
           here.*row.hash + " here)";
  }
  return std::nullopt;
}

std::uint64_t combined_hash(const Identity& identity) {
  Hasher hasher;
  for (const PartRow& row : kParts) hasher.add(identity.*row.hash);
  return hasher.value();
}

std::string folder_name(const Scenario& scenario, const Identity& identity) {
  return scenario.name + "-" + hex(combined_hash(identity)).substr(0, 8);
}

}  // namespace partnersim
