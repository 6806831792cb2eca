// All parameters of a run, and how each is addressed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/behaviour.hpp"
#include "model/market.hpp"
#include "model/program.hpp"

namespace partnersim {

/// What makes partner management hard, each of which can be lifted: the best state a vendor could
/// hope for, for the focal vendor alone, from month 0, at no cost to anybody.
enum class Shadow : std::uint8_t {
  authority,
  services,
  information,
  contact,
  flexibility,
  winning,
  binding,
  enabling,
  steering,
  staying,
  count
};
inline constexpr std::size_t kShadows = static_cast<std::size_t>(Shadow::count);
struct ShadowRow {
  std::string_view name;
  std::string_view lifted;  // what then holds
};
inline constexpr ShadowRow kShadowRows[kShadows] = {
    {"authority", "Partners do at least the market development the vendor wishes"},
    {"services", "The vendor's own services cost partners neither income nor trust"},
    {"information", "Specialists answer at once and partners learn from all information"},
    {"contact", "The vendor knows its customers as they are; they stay when a partner leaves"},
    {"flexibility", "Partners sell cloud and on-premises as customers want them"},
    {"winning", "Managers have all the time it takes to win partners; no offer deters one"},
    {"binding", "No partner falls quiet or leaves"},
    {"enabling", "Every active partner trains fully, unpaid"},
    {"steering", "Every partner that can reach the next tier goes for it"},
    {"staying", "No manager leaves and no seat is vacant"},
};

/// All parameters of a run: a plain value. Base values plus draws make the start of a replication;
/// State holds a second copy, `now`, which events and changes move.
struct Parameters {
  std::vector<Market> markets;
  std::vector<Segment> segments;
  std::vector<Program> programs;
  GraphShape graph = defaults<GraphShape>(kGraphRows);
  Lifecycle lifecycle = defaults<Lifecycle>(kLifecycleRows);
  Sensing sensing = defaults<Sensing>(kSensingRows);
  Managers managers = defaults<Managers>(kManagersRows);
  Enablement enablement = defaults<Enablement>(kEnablementRows);
  Registration registration = defaults<Registration>(kRegistrationRows);
  Specialists specialists = defaults<Specialists>(kSpecialistsRows);
  Trust trust = defaults<Trust>(kTrustRows);
  Choice choice = defaults<Choice>(kChoiceRows);
  Effort effort = defaults<Effort>(kEffortRows);
  Demand demand = defaults<Demand>(kDemandRows);
  Closing closing = defaults<Closing>(kClosingRows);
  Power power = defaults<Power>(kPowerRows);
  Base base = defaults<Base>(kBaseRows);
  Settlement settlement = defaults<Settlement>(kSettlementRows);
  std::uint32_t off = 0;  // bit k: the mechanism in row k of the month's order is switched off

  std::uint32_t lifted = 0;  // bit k: the shadow in row k of kShadowRows

  bool is_off(std::size_t row) const { return (off >> row & 1u) != 0; }
  bool is_lifted(Shadow shadow) const {
    return (lifted >> static_cast<unsigned>(shadow) & 1u) != 0;
  }
};

/// One parameter of one owner, by position. Which instance of the owner is meant is in `first`
/// (market, segment or program) and `second` (offer or tier of that program).
struct Address {
  std::uint16_t owner = 0;  // index into owners()
  std::uint16_t row = 0;
  std::uint16_t first = 0;
  std::uint16_t second = 0;
  std::uint16_t item = 0;  // of a list
  bool operator==(const Address&) const = default;
};

/// A group of parameters with one owner: its path in a scenario, its table, its instances.
struct Owner {
  std::string_view path;  // "market", "segments", "vendor", "tiers", "offers", "choice", ...
  std::span<const ParameterRow> rows;
  std::size_t (*first)(const Parameters&, std::size_t);
  std::size_t (*second)(const Parameters&, std::size_t first);
  void* (*owner_at)(Parameters&, Address);
};

std::span<const Owner> owners();
const ParameterRow& row_of(Address address);
double& at(Parameters& parameters, Address address);
inline double at(const Parameters& parameters, Address address) {
  return at(const_cast<Parameters&>(parameters), address);
}

/// Whether it is a vendor's, a tier's or an offer's, so that each program has its own.
bool is_of_program(Address address);

/// Whether a vendor's partners may have different values of it: terms of a program, but not those
/// that are kVendorWide.
bool may_differ(Address address);

/// Every parameter there is, in the order of owners, instances and rows.
std::vector<Address> all_addresses(const Parameters& parameters);

}  // namespace partnersim
