#include "model/parameters.hpp"

#include <algorithm>

namespace partnersim {
namespace {

using Params = Parameters;
constexpr std::size_t one(const Params&, std::size_t) {
  return 1;
}
constexpr std::size_t markets(const Params& p, std::size_t) {
  return p.markets.size();
}
constexpr std::size_t segments(const Params& p, std::size_t) {
  return p.segments.size();
}
constexpr std::size_t programs(const Params& p, std::size_t) {
  return p.programs.size();
}
constexpr std::size_t tiers(const Params& p, std::size_t k) {
  return p.programs[k].tiers.size();
}
constexpr std::size_t offers(const Params& p, std::size_t k) {
  return p.programs[k].offers.size();
}

constexpr Owner kOwners[] = {
    {"market", kMarketRows, markets, one,
     [](Params& p, Address a) -> void* { return &p.markets[a.first]; }},
    {"segments", kSegmentRows, segments, one,
     [](Params& p, Address a) -> void* { return &p.segments[a.first]; }},
    {"vendor", kVendorRows, programs, one,
     [](Params& p, Address a) -> void* { return &p.programs[a.first].terms; }},
    {"tiers", kTierRows, programs, tiers,
     [](Params& p, Address a) -> void* { return &p.programs[a.first].tiers[a.second]; }},
    {"offers", kOfferRows, programs, offers,
     [](Params& p, Address a) -> void* { return &p.programs[a.first].offers[a.second]; }},
    {"graph", kGraphRows, one, one, [](Params& p, Address) -> void* { return &p.graph; }},
    {"lifecycle", kLifecycleRows, one, one,
     [](Params& p, Address) -> void* { return &p.lifecycle; }},
    {"sensing", kSensingRows, one, one, [](Params& p, Address) -> void* { return &p.sensing; }},
    {"managers", kManagersRows, one, one, [](Params& p, Address) -> void* { return &p.managers; }},
    {"enablement", kEnablementRows, one, one,
     [](Params& p, Address) -> void* { return &p.enablement; }},
    {"registration", kRegistrationRows, one, one,
     [](Params& p, Address) -> void* { return &p.registration; }},
    {"specialists", kSpecialistsRows, one, one,
     [](Params& p, Address) -> void* { return &p.specialists; }},
    {"trust", kTrustRows, one, one, [](Params& p, Address) -> void* { return &p.trust; }},
    {"choice", kChoiceRows, one, one, [](Params& p, Address) -> void* { return &p.choice; }},
    {"effort", kEffortRows, one, one, [](Params& p, Address) -> void* { return &p.effort; }},
    {"demand", kDemandRows, one, one, [](Params& p, Address) -> void* { return &p.demand; }},
    {"closing", kClosingRows, one, one, [](Params& p, Address) -> void* { return &p.closing; }},
    {"power", kPowerRows, one, one, [](Params& p, Address) -> void* { return &p.power; }},
    {"base", kBaseRows, one, one, [](Params& p, Address) -> void* { return &p.base; }},
    {"settlement", kSettlementRows, one, one,
     [](Params& p, Address) -> void* { return &p.settlement; }},
};

}  // namespace

std::span<const Owner> owners() {
  return kOwners;
}

const ParameterRow& row_of(Address a) {
  return kOwners[a.owner].rows[a.row];
}

double& at(Parameters& p, Address a) {
  return row_of(a).at(kOwners[a.owner].owner_at(p, a))[a.item];
}

bool is_of_program(Address a) {
  return kOwners[a.owner].first == programs;
}

bool may_differ(Address a) {
  return is_of_program(a) && std::ranges::find(kVendorWide, row_of(a).key) == std::end(kVendorWide);
}

std::vector<Address> all_addresses(const Parameters& p) {
  std::vector<Address> all;
  for (std::size_t owner = 0; owner < std::size(kOwners); ++owner) {
    for (std::size_t first = 0; first < kOwners[owner].first(p, 0); ++first) {
      for (std::size_t second = 0; second < kOwners[owner].second(p, first); ++second) {
        for (std::size_t row = 0; row < kOwners[owner].rows.size(); ++row) {
          for (std::size_t item = 0; item < kOwners[owner].rows[row].size; ++item) {
            const auto u16 = [](std::size_t x) { return static_cast<std::uint16_t>(x); };
            all.push_back({u16(owner), u16(row), u16(first), u16(second), u16(item)});
          }
        }
      }
    }
  }
  return all;
}

}  // namespace partnersim
