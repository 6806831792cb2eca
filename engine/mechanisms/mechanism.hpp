// The shape that every mechanism of the model has.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "model/cells.hpp"
#include "model/state.hpp"
#include "model/world.hpp"

namespace partnersim {

/// Uniforms that serve several months, by vendor: drawn anew where first_month is another.
struct KeptLuck {
  std::vector<int> first_month;
  std::vector<std::array<std::vector<double>, 4>> u;
};

/// What settlement gathers of the partners of one offer and segment, along a list of partners.
/// Amounts are whole minor units.
struct Bills {
  std::vector<std::uint32_t> partner;
  std::vector<double> base, booked;       // at list
  std::vector<double> first_year, later;  // shares of the base at first-year, recurring margin
  std::vector<double> renewed;            // share of the base that the vendor bills itself
  std::vector<double> margin;             // first-year margin of the partner's tier
  std::vector<double> registered, ally;   // g; part that allies brought
  std::vector<double> distributor;        // its margin; 0 where the partner buys directly
  std::vector<double> effort, mdf;        // market development: its cost, what the vendor pays
  std::vector<double> advantage, extra_rebate;  // of this partner alone
};

/// Room for a month's intermediate values and lists of rows. What outlives a month follows from the
/// state and the luck, so that a simulation restored from its state alone goes on the same.
struct Scratch {
  // by vendor, ascending partners:
  std::vector<std::vector<std::uint32_t>> active;   // sell
  std::vector<std::vector<std::uint32_t>> selling;  // active or dormant: may have open deals
  std::vector<std::vector<std::uint32_t>> carried;  // all but prospects: may have contracts
  std::vector<std::array<std::vector<double>, 4>> deal_luck;  // [offer], along selling[vendor]
  std::vector<int> deal_luck_of;                              // [offer], the month it is of
  KeptLuck move_luck;                                         // of the lifecycle
  std::array<std::vector<double>, 4> u;  // four uniforms of each entity of a list
  std::vector<std::uint64_t> keys;       // of the entities of a list
  std::vector<std::uint64_t> counts;     // by partner
  std::vector<std::uint32_t> rows;
  std::vector<std::uint8_t> stages;  // at the end of last month
  std::vector<std::uint8_t> ended;   // by partner, 1 where the vendor ended the contract
  std::vector<double> a, b, c;       // anything
  std::vector<double> sorted;        // anything in order
  // by relation, written by effort and settled the same month; currency units per unit of attention
  std::vector<double> effort_cost, mdf;
  std::vector<double> income;       // by partner, of this month from vendor 0, minor units: settled
  std::vector<std::int64_t> taken;  // [offer][segment], opportunities for own sales, on the grid
  Bills bills;
};

struct Month {
  int t;        // months since the start
  int of_year;  // 0 January .. 11 December
  const Parameters& start;
  Luck world;     // luck of market and vendors
  Luck personal;  // luck of partners
  Scratch& scratch;
  Cells& cells;  // of this month, to add to
};

struct Mechanism {
  std::string_view name;
  std::string_view meaning;                  // one sentence for a partner manager
  std::span<const std::string_view> writes;  // names of columns
  std::span<const Purpose> purposes;         // what its draws are for
  bool can_be_off;
  void (*run)(const World&, State&, const Month&);
  /// What its columns are before month 0, once stages and the parameters in force are known.
  void (*begin)(const World&, State&, const Month&) = nullptr;
};

/// In the order in which a month runs; decided in mechanisms/order.cpp and nowhere else.
std::span<const Mechanism* const> month_order();

/// Refreshes what follows from the parameters in force; whoever writes them calls it.
void derive_now(const World& world, const Parameters& start, State& state);

/// Position of a mechanism in that order: its bit in Parameters::off.
std::size_t row_of_mechanism(const Mechanism& mechanism);

/// Four uniforms for each partner of a list.
void draw(const World& world, Luck luck, int month, std::span<const std::uint32_t> partners,
          std::uint32_t purpose, Scratch& scratch, std::array<std::vector<double>, 4>& u);

/// The luck of a month's deals of offer o, along scratch.selling, in scratch.deal_luck[o]: one
/// block for a partner's arrivals, decisions, wins and price. Whoever needs it first draws it.
inline constexpr Purpose kDealLuck{"demand.deals"};
const std::array<std::vector<double>, 4>& deal_luck(const World& world, const Month& month,
                                                    std::uint32_t o);

/// Value at list of n deals of mean price `price` (currency units), minor units: lognormal with the
/// mean and variance of the sum of n lognormal prices.
Money value_of_deals(double u, std::int32_t n, double price, double sigma);

/// Gives the scratch its sizes for a world.
void make_scratch(const World& world, Scratch& scratch);

/// Rebuilds the lists of partners from the stages; whoever writes stages calls it.
void list_rows(const World& world, const State& state, Scratch& scratch);

/// Probability that partner i wins an opportunity of offer o (closing).
double win_rate(const World& world, const State& state, std::uint32_t o, std::uint32_t i);

/// Ends a relation: the partner gives up what it does for the vendor, a part of its customers
/// follows it (lifecycle).
void end_relation(const World& world, State& state, const Month& month, std::uint32_t v,
                  std::uint32_t i);

/// Makes partner i active with vendor v at once, whatever it was to it before (lifecycle).
void begin_relation(const World& world, State& state, const Month& month, std::uint32_t v,
                    std::uint32_t i);

/// Share of customers who prefer cloud, mean over partners.
double customers_in_cloud(const World& world, const Columns& c);

/// V of a deal won in a relation, for a partner of size 1 (model/derived.hpp); `deal` is its place
/// in the tables.
inline double worth(const State& state, std::size_t relation, std::size_t deal) {
  const Columns& c = state.columns;
  const double own = static_cast<double>(c.advantage[relation] + c.extra_rebate[relation]);
  return state.derived.value[deal] + c.registered[relation] * state.derived.value_uplift[deal] +
         own * state.derived.value_margin[deal];
}

/// Share of a partner's opportunities that the vendor takes for its own sales: of those it does not
/// register.
inline double taken(const State& state, std::size_t relation) {
  return state.derived.direct_share[state.columns.program[relation]] *
         (1 - state.columns.registered[relation]);
}

/// Part of a partner's bookings of an offer that allies brought: of what no lead of the vendor did.
inline double brought_by_allies(const State& state, std::size_t relation, std::size_t row) {
  const double ally = state.now.demand.referral * state.columns.ally[row];
  return (1 - static_cast<double>(state.columns.from_leads[relation])) * ally / (1 + ally);
}

/// Share of customers an offer can be sold to; 0: it is not on sale.
inline double available(const World& world, const State& state, std::uint32_t o) {
  const OfferInfo& info = world.offers[o];
  return state.now.programs[info.vendor]
      .offers[o - world.vendors[info.vendor].first_offer]
      .available;
}

/// How many offers of each deployment vendor v has on sale.
std::array<double, 2> offers_by_deployment(const World& world, const State& state, std::uint32_t v);

/// Serves a month's requests of vendor v's partners: backlog, wait and help (specialists).
void serve(const World& world, State& state, const std::vector<std::uint32_t>& active,
           std::uint32_t v, double requests);

/// Whether a shadow does not lie on vendor v: shadows are lifted for the focal vendor alone.
inline bool is_lifted(const State& state, Shadow shadow, std::uint32_t v) {
  return v == 0 && state.now.is_lifted(shadow);
}

/// Whether a partner is with the vendor: being taken on board, selling or quiet.
inline bool is_with_vendor(std::uint8_t stage) {
  return stage >= static_cast<std::uint8_t>(Stage::onboarding) &&
         stage <= static_cast<std::uint8_t>(Stage::dormant);
}

/// What `tied` says of a firm.
inline constexpr std::uint8_t kFree = 0, kGone = 1, kOwned = 2;  // kOwned + vendor

/// Whether it is settled for good where partner i belongs (departure).
inline bool is_tied(const Columns& c, std::size_t i) {
  return !c.tied.empty() && c.tied[i] != kFree;
}

/// Whether distributor s still deals in the goods of vendor v.
inline bool is_supplying(const Columns& c, std::size_t v, std::uint32_t s) {
  return c.tied.empty() || c.tied[s] == kFree || c.tied[s] == kOwned + v;
}

/// Whether partner i buys the goods of vendor v through a distributor.
inline bool has_distributor(const World& world, const Columns& c, std::size_t v, std::uint32_t i) {
  const auto suppliers = world.graph.suppliers.of(i);
  return std::any_of(suppliers.begin(), suppliers.end(),
                     [&](std::uint32_t s) { return is_supplying(c, v, s); });
}

/// Whether a partner's customers are the vendor's own: it left, or left and is coming back.
inline bool is_orphaned(std::uint8_t stage) {
  return stage == static_cast<std::uint8_t>(Stage::left) ||
         stage == static_cast<std::uint8_t>(Stage::onboarding);
}

/// Share of customers who consider an offer: those who prefer its deployment and those who accept
/// it all the same.
inline double considered(const Market& market, Deployment deployment, double cloud) {
  const double match = deployment == Deployment::cloud ? cloud : 1 - cloud;
  return match + market.accept * (1 - match);
}

/// The same for offer o, as far as it is available, by market.
std::array<double, kMaxMarkets> considered_by_market(const World& world, const State& state,
                                                     std::uint32_t o);

}  // namespace partnersim
