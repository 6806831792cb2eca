// Everything about a scenario that no luck of a replication touches: names, calendar, partners,
// graph, offers, what is planned to change. Built once; const while simulating.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/money.hpp"
#include "model/graph.hpp"
#include "model/parameters.hpp"

namespace partnersim {

enum class Deployment : std::uint8_t { on_premises, cloud };
enum class Billing : std::uint8_t { licence, subscription };

/// prospect -> onboarding -> active <-> dormant -> left
enum class Stage : std::uint8_t { prospect, onboarding, active, dormant, left };
inline constexpr std::size_t kStages = 5;

struct OfferInfo {
  std::string name;
  std::uint32_t vendor = 0;
  Deployment deployment = Deployment::cloud;
  Billing billing = Billing::subscription;
  std::uint64_t key = 0;
};

struct VendorInfo {
  std::string name;
  std::uint64_t key = 0;
  std::uint32_t first_offer = 0;  // its offers are [first_offer, first_offer + offers)
  std::uint32_t offers = 0;
  std::vector<std::string> tiers;  // lowest first
};

struct MarketInfo {
  std::string name;
  std::uint64_t key = 0;
};

struct SegmentInfo {
  std::string name;
  bool supplier = false;  // distributors: they supply, sell nothing themselves, are not counted
};

/// A column of the partner file that the model does not read: partners are chosen and cut by it.
struct PartnerColumn {
  std::string name;
  std::vector<std::string> values;
  std::vector<std::uint32_t> code;  // code of partner i, engine order
};

/// Partners in engine order: segment by segment, within it neighbours of the graph near each
/// other, suppliers last. The user's order is kept for output.
struct PartnerTable {
  std::vector<std::uint64_t> key;
  std::vector<std::uint8_t> segment;
  std::vector<std::uint8_t> market;
  std::vector<double> size;             // A: 1 is the mean partner of its segment
  std::vector<std::uint32_t> user_row;  // position in the partner file
  std::vector<std::string> id, name, region;
  // [vendor][partner], what the file says about the start
  std::vector<Stage> start_stage;
  std::vector<std::uint8_t> start_tier;
  std::vector<Money> start_billed;  // last twelve months; -1: the file does not say
  std::vector<PartnerColumn> columns;
  std::size_t count = 0;  // all, suppliers included
};

/// One write to a parameter. `add` and `multiply` act on the value found at that moment.
struct Write {
  enum class Op : std::uint8_t { set, add, multiply };
  Address address;
  Op op = Op::set;
  double value = 0;
};

/// The focal vendor ends the contracts of partners that billed less than `below` in twelve months.
struct Termination {
  Money below = 0;
  std::vector<std::uint32_t> except{};  // partners, ascending
};

/// A vendor buys a partner, which then sells for nobody else.
struct Acquisition {
  std::uint32_t partner = 0;
  std::uint32_t vendor = 0;
};

/// Some of a vendor's partners, for which a change is. Who belongs is settled in the month the
/// change begins, and stays.
struct PartnerGroup {
  struct Condition {
    std::string column;  // of the partner file
    std::vector<std::string> values;
    bool operator==(const Condition&) const = default;
  };
  std::vector<Condition> where{};         // all hold; none: the partners are named
  std::vector<std::uint32_t> partners{};  // that meet them, ascending
  std::vector<std::string> tiers{};       // that they hold with the vendor then; none: any
  bool operator==(const PartnerGroup&) const = default;
};

/// A planned change: in force from month `from` up to before `to`, reached linearly over `ramp`
/// months (the first month of a ramp already takes its first step).
struct Change {
  int from = 0;
  int to = 1 << 20;
  int ramp = 1;
  std::vector<Write> writes;
  std::vector<Termination> terminations;  // in its first month, as all below
  std::vector<std::uint32_t> leaving{};   // partners that leave the market, suppliers included
  std::vector<Acquisition> acquisitions{};
  std::optional<PartnerGroup> group{};  // for whom the writes are; without one for everybody
};

/// A change that may happen: with `probability`, in a month drawn from [first, last].
struct Event {
  std::string name;
  std::uint64_t key = 0;
  double probability = 1;
  int first = 0, last = 0;
  Change change;  // `from` and `to` count from the month it happens
};

/// How a vendor steers: at each review it moves a lever by `step` towards `highest` while what
/// customers paid for its offers in twelve months is below its target, and back while it is above.
struct Policy {
  std::uint32_t vendor = 0;
  Address lever;
  double step = 0;
  double lowest = 0, highest = 0;
  double revenue = 0;  // target of the year before the start, currency units
  double growth = 0;   // of the target, logarithmic, a year
};

inline constexpr std::size_t kMaxVendors = 64, kMaxSegments = 64, kMaxMarkets = 16,
                             kMaxSeats = 1000, kMaxGroups = 64, kMostPrograms = 4096;

struct World {
  std::string title;
  std::string currency;
  Calendar calendar;
  int months = 0;
  std::vector<MarketInfo> markets;
  std::vector<SegmentInfo> segments;
  std::vector<VendorInfo> vendors;  // vendor 0 is the focal one
  std::vector<OfferInfo> offers;    // grouped by vendor
  PartnerTable partners;
  std::size_t n = 0;  // partners that sell: rows [0, n) of `partners`
  std::vector<std::uint32_t>
      segment_begin;  // rows of segment s: [segment_begin[s], segment_begin[s+1])
  Graph graph;        // peers and allies link sellers with sellers only
  std::vector<Change> changes;
  std::vector<Event> events;
  std::vector<Policy> policies;  // at most one a vendor

  std::size_t quarters() const { return static_cast<std::size_t>(months) / 3 + 2; }

  /// Calls f(Change) for all that is planned or may happen.
  template <class F>
  void for_each_change(F f) const {
    for (const Event& event : events) f(event.change);
    for (const Change& change : changes) f(change);
  }
};

}  // namespace partnersim
