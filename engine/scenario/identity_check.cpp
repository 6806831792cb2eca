// Equal hashes are as good as impossible, and silently wrong when they happen.
#include "scenario/identity_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mechanisms/mechanism.hpp"
#include "mechanisms/start.hpp"

namespace partnersim {
namespace {

void report_pair(const std::string& a, const std::string& b, Diagnostics& diagnostics) {
  diagnostics.error("E-HASH", {}, fmt::format("{} and {} would share their luck", a, b),
                    "give one of them another name");
}

// A million partners: positions are sorted, names are made only for what is reported.
void check_partners(const PartnerTable& table, Diagnostics& diagnostics) {
  std::vector<std::uint32_t> order(table.count);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return table.key[a] < table.key[b]; });
  for (std::size_t k = 1; k < order.size(); ++k) {
    const std::uint32_t a = order[k - 1], b = order[k];
    if (table.key[a] != table.key[b]) continue;
    report_pair("partner " + table.id[a], "partner " + table.id[b], diagnostics);
  }
}

}  // namespace

void check_distinct(std::vector<HashedName> names, Diagnostics& diagnostics) {
  std::stable_sort(names.begin(), names.end(),
                   [](const HashedName& a, const HashedName& b) { return a.hash < b.hash; });
  for (std::size_t k = 1; k < names.size(); ++k) {
    if (names[k - 1].hash != names[k].hash) continue;
    report_pair(names[k - 1].name, names[k].name, diagnostics);
  }
}

void check_identities(const Scenario& scenario, Diagnostics& diagnostics) {
  const World& world = scenario.world;
  check_partners(world.partners, diagnostics);
  std::vector<HashedName> entities, purposes;
  for (const MarketInfo& market : world.markets) {
    entities.push_back({"market " + market.name, market.key});
  }
  for (const VendorInfo& vendor : world.vendors) {
    entities.push_back({"vendor " + vendor.name, vendor.key});
  }
  for (const OfferInfo& offer : world.offers) {
    entities.push_back(
        {fmt::format("offer {} of {}", offer.name, world.vendors[offer.vendor].name), offer.key});
  }
  for (const Event& event : world.events) entities.push_back({"event " + event.name, event.key});
  const auto add = [&](std::span<const Purpose> some) {
    for (const Purpose& purpose : some) {
      purposes.push_back({std::string(purpose.name), purpose.id});
      for (std::size_t k = 0; k < world.vendors.size() + world.offers.size(); ++k) {
        const HashedName& owner = entities[world.markets.size() + k];
        purposes.push_back(
            {fmt::format("{} of {}", purpose.name, owner.name), purpose.of(owner.hash)});
      }
    }
  };
  for (const Mechanism* mechanism : month_order()) add(mechanism->purposes);
  add(start_purposes());
  check_distinct(std::move(entities), diagnostics);
  check_distinct(std::move(purposes), diagnostics);
}

}  // namespace partnersim
