// Everything that changes while a simulation runs, as columns. Relation columns are
// [vendor][partner], offer columns [offer][partner]: row v * n + i or o * n + i. Columns of a month
// only (`passing`) are checked, traced and compared like the others, but not saved.
#pragma once

#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "base/columns.hpp"
#include "model/derived.hpp"
#include "model/parameters.hpp"
#include "model/world.hpp"

namespace partnersim {

enum class Shape : std::uint8_t {
  market,      // [market]
  vendor,      // [vendor]
  seat,        // [vendor][seat of a partner manager], kMaxSeats each
  offer,       // [offer]
  segment,     // [segment]
  field,       // [offer][segment]
  event,       // [event]
  firm,        // [partner, suppliers included], where partners may leave the market or be bought
  partner,     // [partner]
  deployment,  // [deployment][partner]
  relation,    // [vendor][partner]
  quarter,     // [4 full quarters and the current one][vendor][partner], ring over quarters
  deal,        // [offer][partner]
  cohort,      // [offer][remembered quarters of it][partner], rings over quarters
};

struct Columns {
  // market
  std::vector<double> trend, shock, shock_variance, demand, cloud, there, saturation, unclaimed;
  // vendor and offer
  std::vector<double> belief, outreach, backlog, wait, help, gap, policy_base, policy_shift, gini,
      top_share, largest_distributor;
  std::vector<std::int32_t> seats, remembered;
  std::vector<std::int64_t> largest_portfolio, beside;
  // segment; own sales by offer and segment
  std::vector<double> deal_scale;
  std::vector<std::int32_t> direct_contracts;
  std::vector<std::int64_t> direct_base;
  // seat
  std::vector<std::uint8_t> seat_filled;
  std::vector<std::int32_t> seat_since;
  std::vector<double> seat_hours;
  // event: the month it happens, or -1
  std::vector<std::int32_t> event_month;
  // partner or supplier
  std::vector<std::uint8_t> tied;
  // partner
  std::vector<double> speed, habit, leave_rate, opportunity_scale, price_scale, used_to,
      trust_level;
  std::vector<double> push;  // [deployment]
  // relation
  std::vector<std::uint8_t> stage, tier;
  std::vector<std::uint16_t> program, seat, newcomer;
  std::vector<std::int32_t> since;
  std::vector<double> trust, relationship, registered, effort, run_rate, peers_with, claim,
      margin_used_to;
  std::vector<float> rumour, dependence, importance, advantage, extra_rebate, leads, follow_up, led,
      from_leads;
  std::vector<std::int64_t> bookings, rebate_due, billed_12m;
  std::vector<std::int64_t> billed;  // [quarter]
  // offer of a partner
  std::vector<double> attention, skill, ally, win_seen;
  std::vector<std::uint8_t> certified;
  std::vector<std::int32_t> open, arrived, won, contracts;
  std::vector<std::int64_t> base, booked;
  std::vector<double> kept, sold, start_base;
  std::vector<float> sold_at;  // [remembered quarters]
};

/// Dependence of a partner on a vendor at which it is as likely to leave as without power.
inline constexpr float kNeutralDependence = 0.6f;

inline constexpr ColumnRow<Shape> kColumns[] = {
    column<&Columns::trend>("trend", Shape::market, {-200, 200}, 0, "market",
                            "Logarithmic trend of demand"),
    column<&Columns::shock_variance>("shock_variance", Shape::market, {0, 1e6}, 0, "market",
                                     "Variance of the shock before it is known"),
    column<&Columns::shock>("shock", Shape::market, {-50, 50}, 0, "market",
                            "Logarithmic market shock z"),
    column<&Columns::demand>("demand", Shape::market, {0, 1e6}, 1, "market",
                             "Demand against the start: season, growth and shock"),
    column<&Columns::cloud>("cloud", Shape::market, {0, 1}, 0, "market",
                            "Share of customers who prefer cloud"),
    column<&Columns::there>(
        "there", Shape::market, {0, 1e12}, 0, "saturation",
        "Opportunities a year there are for all partners, without season and shock"),
    column<&Columns::saturation>(
        "saturation", Shape::market, {0, 1e6}, 1, "saturation",
        "Opportunities a partner finds against the start, by how many look"),
    column<&Columns::unclaimed>("unclaimed", Shape::market, {0, 1}, 0, "saturation",
                                "Share of what there is that no partner claims"),
    column<&Columns::belief>("belief", Shape::vendor, {0, 1}, 0, "sensing",
                             "Share of customers who prefer cloud, as the vendor believes"),
    column<&Columns::outreach>("outreach", Shape::vendor, {0, 1}, 0, "managers",
                               "Attention of recruiting managers per prospect"),
    column<&Columns::seats>("seats", Shape::vendor, {0, 1000}, 0, "managers",
                            "Seats for partner managers, as of the last month"),
    column<&Columns::seat_filled>("seat_filled", Shape::seat, {0, 1}, 1, "managers",
                                  "0 where a seat is vacant"),
    column<&Columns::seat_since>("seat_since", Shape::seat, {-1e6, 1e6}, -1000, "managers",
                                 "Month in which the manager came"),
    column<&Columns::seat_hours>("seat_hours", Shape::seat, {0, 1e6}, 0, "managers",
                                 "Hours a month of this seat per unit of claim"),
    column<&Columns::backlog>("backlog", Shape::vendor, {0, 1e12}, 0, "specialists",
                              "Requests that wait for a specialist"),
    column<&Columns::wait>("wait", Shape::vendor, {0, 1e9}, 0, "specialists",
                           "Months a request waits for a specialist"),
    column<&Columns::help>("help", Shape::vendor, {0, 1}, 1, "specialists",
                           "Use of specialist help that comes after a wait, 1 without wait"),
    column<&Columns::gap>("gap", Shape::offer, {0, 1}, 0, "sensing",
                          "Distance between what customers want and what the vendor builds"),
    column<&Columns::policy_base>("policy_base", Shape::vendor, {-1e12, 1e12}, 0, "policy, events",
                                  "The lever of a vendor's policy without the policy"),
    column<&Columns::policy_shift>("policy_shift", Shape::vendor, {-1e12, 1e12}, 0, "policy",
                                   "How far the policy has moved it from there"),
    column<&Columns::remembered>("remembered", Shape::offer, {0, 1e6}, 0, "start",
                                 "Quarters of which sold_at holds the ends"),
    column<&Columns::gini>("gini", Shape::vendor, {0, 1}, 0, "record",
                           "How unequal the year's billings of all ever enrolled partners are"),
    column<&Columns::top_share>("top_share", Shape::vendor, {0, 1}, 0, "record",
                                "Share of the twenty largest partners in them"),
    column<&Columns::largest_distributor>(
        "largest_distributor", Shape::vendor, {0, 1}, 0, "record",
        "Share of the largest distributor in a year's billings through distributors"),
    column<&Columns::beside>("beside", Shape::vendor, {-1e18, 1e18}, 0, "record",
                             "Billed in a year by the focal vendor's partners, minor units"),
    column<&Columns::largest_portfolio>(
        "largest_portfolio", Shape::vendor, {-1e18, 1e18}, 0, "managers",
        "What the partners of one manager billed in a year at most, minor units"),
    column<&Columns::deal_scale>(
        "deal_scale", Shape::segment, {0, 1e9}, 1, "direct",
        "Mean price of the opportunities of a segment against a partner of mean size"),
    column<&Columns::direct_contracts>("direct_contracts", Shape::field, {0, 2.1e9}, 0, "direct",
                                       "Contracts own sales have won"),
    column<&Columns::direct_base>("direct_base", Shape::field, {-1e18, 1e18}, 0, "direct",
                                  "Their value at list, minor units"),
    column<&Columns::event_month>("event_month", Shape::event, {-1, 1e6}, -1, "start",
                                  "Month in which an event happens, -1 never"),
    column<&Columns::tied>("tied", Shape::firm, {0, 255}, 0, "departure",
                           "0 free, 1 has left the market, 2 + v belongs to vendor v"),
    column<&Columns::speed>("speed", Shape::partner, {0, 1}, 0.08, "start",
                            "Speed at which a partner shifts attention, a month"),
    column<&Columns::habit>("habit", Shape::partner, {0, 1e4}, 1, "start",
                            "Pull of the deployment a partner already sells"),
    column<&Columns::leave_rate>("leave_rate", Shape::partner, {0, 100}, 0, "start",
                                 "Intensity of leaving at neutral trust and value, a year"),
    column<&Columns::opportunity_scale>(
        "opportunity_scale", Shape::partner, {0, 1e9}, 1, "start",
        "Opportunities against a partner of mean size, size^(1-eta)"),
    column<&Columns::price_scale>("price_scale", Shape::partner, {0, 1e9}, 1, "start",
                                  "Deal price against a partner of mean size, size^eta"),
    column<&Columns::used_to>("used_to", Shape::partner, {0, 1e15}, 0, "choice",
                              "Income per opportunity a partner is used to"),
    column<&Columns::trust_level>("trust_level", Shape::partner, {0, 1}, 0.5, "start",
                                  "Trust of a partner with everything else neutral"),
    passing(column<&Columns::push>("push", Shape::deployment, {0, 1}, 0, "peers",
                                   "Mean attention linked partners give a deployment")),
    column<&Columns::stage>("stage", Shape::relation, {0, 4}, 0, "lifecycle",
                            "0 prospect, 1 onboarding, 2 active, 3 dormant, 4 left"),
    column<&Columns::tier>("tier", Shape::relation, {0, 255}, 0, "review", "Tier, 0 the lowest"),
    column<&Columns::program>("program", Shape::relation, {0, 65535}, 0, "events",
                              "Index of the terms in force"),
    column<&Columns::since>(
        "since", Shape::relation, {-1e6, 1e6}, 0, "lifecycle, closing",
        "Month of the activation, reactivation or last deal, whichever is latest"),
    column<&Columns::newcomer>(
        "newcomer", Shape::relation, {0, 65535}, 0, "lifecycle, departure, closing",
        "1 + month in which a partner signed that has won nothing since, 0 all others"),
    column<&Columns::seat>("seat", Shape::relation, {0, 999}, 0, "managers",
                           "Seat of the manager who looks after the partner"),
    column<&Columns::claim>("claim", Shape::relation, {0, 1e9}, 1, "managers",
                            "Claim on the hours of that manager, 1 for a partner of no revenue"),
    column<&Columns::trust>("trust", Shape::relation, {0, 1}, 0.5, "trust", "Trust in the vendor"),
    column<&Columns::margin_used_to>("margin_used_to", Shape::relation, {-10, 10}, 0, "trust",
                                     "First-deal margin a partner is used to"),
    column<&Columns::relationship>("relationship", Shape::relation, {0, 1}, 0.5, "managers",
                                   "Personal relationship with the partner manager"),
    column<&Columns::registered>("registered", Shape::relation, {0, 1}, 0, "registration",
                                 "Share of deals the partner registers"),
    column<&Columns::effort>("effort", Shape::relation, {0, 20}, 0, "effort",
                             "Extra market development x"),
    column<&Columns::rumour>("rumour", Shape::relation, {0, 1}, 0, "termination",
                             "Fear that the vendor ends contracts, 0 to 1"),
    column<&Columns::dependence>("dependence", Shape::relation, {0, 1}, kNeutralDependence, "power",
                                 "Share of the vendor in what the partner earns"),
    column<&Columns::importance>("importance", Shape::relation, {0, 1}, 0, "power",
                                 "How much the vendor needs the partner, 0 to 1"),
    column<&Columns::advantage>("advantage", Shape::relation, {0, 0.5}, 0, "power",
                                "Margin a partner of power gets beside the program's"),
    column<&Columns::extra_rebate>("extra_rebate", Shape::relation, {0, 1}, 0, "review",
                                   "Rebate for growth and attach beside the program's"),
    passing(column<&Columns::leads>("leads", Shape::relation, {0, 1e6}, 0, "leads",
                                    "Leads the vendor passes on this month")),
    column<&Columns::follow_up>("follow_up", Shape::relation, {0, 1}, 1, "leads",
                                "Share of leads the partner has followed up lately"),
    passing(column<&Columns::led>("led", Shape::relation, {0, 1e9}, 0, "leads",
                                  "Opportunities a month from leads per unit of attention")),
    column<&Columns::from_leads>("from_leads", Shape::relation, {0, 1}, 0, "leads",
                                 "Share of open opportunities that came from leads"),
    passing(column<&Columns::peers_with>("peers_with", Shape::relation, {0, 1}, 0, "peers",
                                         "Share of linked partners active with the vendor")),
    column<&Columns::run_rate>(
        "run_rate", Shape::relation, {0, 1e15}, 0, "effort",
        "Expected new bookings a month without extra effort R0, currency units"),
    column<&Columns::bookings>("bookings", Shape::relation, {-1e18, 1e18}, 0, "closing, review",
                               "Bookings in the running review period, minor units"),
    column<&Columns::rebate_due>("rebate_due", Shape::relation, {-1e18, 1e18}, 0, "settlement",
                                 "Rebate accrued and not yet paid, minor units"),
    column<&Columns::billed_12m>("billed_12m", Shape::relation, {-1e18, 1e18}, 0, "settlement",
                                 "Billed in the last four full quarters, minor units"),
    column<&Columns::billed>("billed", Shape::quarter, {-1e18, 1e18}, 0, "settlement",
                             "Billed to customers by quarter, minor units"),
    column<&Columns::attention>("attention", Shape::deal, {0, 1}, 0, "choice, lifecycle",
                                "Share of attention e"),
    column<&Columns::skill>("skill", Shape::deal, {0, 1}, 0.5, "enablement", "Skill s"),
    passing(column<&Columns::ally>("ally", Shape::deal, {0, 1}, 0, "peers", "Help of allies G")),
    column<&Columns::win_seen>("win_seen", Shape::deal, {0, 1}, 0, "closing",
                               "Win rate the partner believes in"),
    column<&Columns::certified>("certified", Shape::deal, {0, 1}, 1, "enablement",
                                "1 where the partner is certified"),
    column<&Columns::open>("open", Shape::deal, {0, 2.1e9}, 0, "closing, lifecycle",
                           "Open opportunities"),
    passing(column<&Columns::arrived>("arrived", Shape::deal, {0, 2.1e9}, 0, "demand",
                                      "Opportunities of this month")),
    column<&Columns::won>("won", Shape::deal, {0, 2.1e9}, 0, "closing", "Deals won this month"),
    column<&Columns::contracts>("contracts", Shape::deal, {0, 2.1e9}, 0, "base, closing, lifecycle",
                                "Contracts K in the installed base"),
    column<&Columns::base>("base", Shape::deal, {-1e18, 1e18}, 0, "base, closing, lifecycle",
                           "Their value at list: licence, or a year's subscription; minor units"),
    passing(column<&Columns::booked>("booked", Shape::deal, {-1e18, 1e18}, 0, "closing",
                                     "Value won this month at list, minor units")),
    column<&Columns::kept>("kept", Shape::deal, {0, 1}, 1, "base, lifecycle",
                           "Share S of value sold since the start that is still there"),
    column<&Columns::sold>("sold", Shape::deal, {0, 1e30}, 0, "base",
                           "Value sold since the start over S at the time of sale (C)"),
    column<&Columns::start_base>("start_base", Shape::deal, {0, 1e15}, 0, "start",
                                 "Value of the base at the start, minor units"),
    column<&Columns::sold_at>("sold_at", Shape::cohort, {0, 1e30}, 0, "base",
                              "C at the ends of quarters"),
};

struct State {
  Columns columns;
  Parameters now;   // the parameters in force this month; written by events and policy alone
  Derived derived;  // a function of `now`, refreshed by its writer
  int month = 0;    // the next month to run
};

/// Gives every column its size and neutral value for a run that starts with these parameters.
void make_columns(const World& world, const Parameters& start, Columns& columns);

/// Of a cohort column, once `remembered` is known.
std::size_t rows_of(const World& world, const Columns& columns, Shape shape);

/// First row of sold_at that is about offer o.
inline std::size_t first_cohort(const World& world, const Columns& columns, std::size_t o) {
  const auto quarters = columns.remembered.begin();
  return std::accumulate(quarters, quarters + static_cast<std::ptrdiff_t>(o), std::size_t{0}) *
         world.n;
}

/// Whether row k of such a column is about partner k % n.
constexpr bool is_by_partner(Shape shape) {
  return shape >= Shape::partner;
}

/// Hash of one column's bytes, and of all that is saved with `now` and the month.
std::uint64_t fingerprint(const Columns& columns, const ColumnRow<Shape>& row);
std::uint64_t fingerprint(const State& state);

std::size_t bytes_of(const Columns& columns, const ColumnRow<Shape>& row);

/// The state as bytes and back; `restore` throws RunFault on bytes that are no snapshot of a state
/// of this world. Restored states are equal bit by bit.
std::string save(const State& state);
void restore(const World& world, const std::string& bytes, State& state);

}  // namespace partnersim
