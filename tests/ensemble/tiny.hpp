// A scenario small enough to know by heart, and files as bytes.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "ensemble/ensemble.hpp"
#include "support/folder.hpp"

namespace partnersim::testing {

/// Two vendors, three offers, two segments, one market, a year, no partners; three parameters of
/// vendor 0's first offer and the market are uncertain.
inline Scenario tiny_scenario() {
  Scenario scenario;
  scenario.name = "tiny";
  World& world = scenario.world;
  world.title = "Tiny";
  world.currency = "EUR";
  world.calendar = {2027, 1, 7, 12};
  world.months = 12;
  world.markets = {{"home", 11}};
  world.segments = {{"small", false}, {"large", false}};
  world.vendors = {{"us", 21, 0, 2, {"Member", "Gold"}}, {"rival", 22, 2, 1, {"Member"}}};
  world.offers = {{"Licence", 0, Deployment::on_premises, Billing::licence, 31},
                  {"Cloud", 0, Deployment::cloud, Billing::subscription, 32},
                  {"Other", 1, Deployment::cloud, Billing::subscription, 33}};
  world.segment_begin = {0, 0, 0};
  Parameters& parameters = scenario.parameters;
  parameters.markets = {defaults<Market>(kMarketRows)};
  parameters.segments.assign(2, defaults<Segment>(kSegmentRows));
  for (std::uint32_t v = 0; v < 2; ++v) {
    Program program{.vendor = v, .terms = defaults<Vendor>(kVendorRows), .offers = {}, .tiers = {}};
    program.offers.assign(world.vendors[v].offers, defaults<Offer>(kOfferRows));
    program.tiers.assign(world.vendors[v].tiers.size(), defaults<Tier>(kTierRows));
    parameters.programs.push_back(program);
  }
  for (const Address& address : all_addresses(parameters)) {
    Setting setting;
    setting.address = address;
    setting.path = std::string(owners()[address.owner].path) + "." +
                   std::string(row_of(address).key) + "." + std::to_string(address.first) + "." +
                   std::to_string(address.second) + "." + std::to_string(address.item);
    setting.value = at(parameters, address);
    setting.distribution = fixed(setting.value);
    scenario.settings.push_back(setting);
  }
  return scenario;
}

inline std::size_t index_of(const Scenario& scenario, std::string_view path) {
  for (std::size_t k = 0; k < scenario.settings.size(); ++k) {
    if (scenario.settings[k].path == path) return k;
  }
  throw std::out_of_range(std::string(path));
}

/// Makes a setting uncertain, from its evidence.
inline std::size_t make_uncertain(Scenario& scenario, std::string_view path) {
  const std::size_t k = index_of(scenario, path);
  Setting& setting = scenario.settings[k];
  const ParameterRow& row = row_of(setting.address);
  setting.distribution = around(row.bounds, setting.value, row.evidence.plausible);
  scenario.drawn.push_back(k);
  std::sort(scenario.drawn.begin(), scenario.drawn.end());
  return k;
}

inline constexpr std::string_view kGrowth = "market.growth.0.0.0", kChurn = "offers.churn.0.0.0",
                                  kDeploy = "offers.deploy.0.0.0", kBrand = "vendor.brand.0.0.0";

inline Scenario uncertain_scenario() {
  Scenario scenario = tiny_scenario();
  for (const std::string_view path : {kGrowth, kChurn, kDeploy}) make_uncertain(scenario, path);
  return scenario;
}

inline Plan tiny_plan(std::uint64_t replications) {
  Plan plan;
  plan.months = 12;
  plan.seed = 7;
  plan.replications = replications;
  return plan;
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void overwrite(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// What an exception of type Error says; empty when none is thrown.
template <class Error, class F>
std::string message(F&& f) {
  try {
    f();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace partnersim::testing
