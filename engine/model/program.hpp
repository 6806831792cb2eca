// What a vendor decides: the terms of its partner program, its tiers and its offers. Money is in
// whole currency units.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/table.hpp"

namespace partnersim {

/// A vendor and its partner program. One of them per relation is in force: see Program.
struct Vendor {
  double rebate;
  double pass_through;
  double cloud_bonus;
  double uplift;
  double spiff;
  double referral_fee;
  double distributor_margin;
  double mdf_cover;
  double mdf_accrual;
  double overlap;
  double services_margin;
  double brand;
  double openness;
  double manager_seats;
  double manager_recruiting;
  double manager_focus;
  double manager_cost;
  double specialist_capacity;
  double specialist_team;
  double specialist_cost;
  double training_subsidy;
  double review_months;
  double relation_cost;
  double onboarding_cost;
  double growth_rebate;
  double attach_rebate;
  double entry_fee;
  double admission;
  double promotion_months;
  double demotion_steps;
  double score_bar;
  double score_bookings;
  double lead_number;
  double lead_cost;
  double lead_quality;
  double direct_share;
  double direct_capacity;
  double direct_win_rate;
  double direct_reach;
  double direct_cost;
  double direct_own_cost;
  double direct_renewals;
  double openness_cost;
  double start_active;
};
inline constexpr auto kVendorRows = describe<Vendor>({
    parameter<&Vendor::rebate>("rebate", Unit::share, 0.04, {0, 0.5}, Class::lever,
                               {"B", {0.02, 0.16}, "published rebate schedules"},
                               "Back-end rebate on what is billed"),
    parameter<&Vendor::pass_through>(
        "pass_through", Unit::share, 0.5, {0, 1}, Class::uncertain,
        {"B", {0.2, 0.8}, "two thirds of resellers give part of it away"},
        "Part of the rebate the partner gives away in its street price"),
    parameter<&Vendor::cloud_bonus>("cloud_bonus", Unit::share, 0, {0, 0.5}, Class::lever,
                                    {"A", {0, 0.10}, "published cloud incentives"},
                                    "Extra first-year margin on cloud offers"),
    parameter<&Vendor::uplift>("registration.uplift", Unit::share, 0.10, {0, 0.5}, Class::lever,
                               {"B", {0.05, 0.20}, "published deal registration terms"},
                               "Extra margin on the new business of registered deals"),
    parameter<&Vendor::spiff>("spiff", Unit::share, 0.01, {0, 0.2}, Class::lever, {"K", {0, 0.03}},
                              "Cash to the partner's sales people, of new bookings"),
    parameter<&Vendor::referral_fee>(
        "referral_fee", Unit::share, 0.10,
        {0, 0.5}, Class::lever, {"B", {0.10, 0.25}, "published referral programs"},
        "Fee to the ally that brought a deal, of its first-year value"),
    parameter<&Vendor::distributor_margin>(
        "distributor_margin", Unit::share,
        0.065, {0, 0.3}, Class::lever, {"K", {0.05, 0.08}},
        "Margin of the distributor where a partner buys through one"),
    parameter<&Vendor::mdf_cover>("mdf.cover", Unit::share, 0.2, {0, 0.95}, Class::lever,
                                  {"C", {0, 0.5}, "usual co-op shares"},
                                  "Share of a partner's market development cost the vendor pays"),
    parameter<&Vendor::mdf_accrual>("mdf.accrual", Unit::share, 0.02, {0, 0.2}, Class::lever,
                                    {"C", {0.005, 0.05}, "usual accrual rates"},
                                    "Ceiling of that money, of the last twelve months billed"),
    parameter<&Vendor::overlap>("overlap", Unit::share, 0.1, {0, 1}, Class::lever,
                                {"asm", {0, 0.8}},
                                "Share of the services of a deal the vendor delivers itself"),
    parameter<&Vendor::services_margin>("services_margin", Unit::share, 0.25, {-0.5, 0.9},
                                        Class::uncertain, {"asm", {0.10, 0.40}},
                                        "Margin on the vendor's own services"),
    parameter<&Vendor::brand>("brand", Unit::number, 0, {-3, 3}, Class::uncertain,
                              {"asm", {-0.3, 0.3}},
                              "Strength of the brand in the customer's decision (logit)"),
    parameter<&Vendor::openness>(
        "openness", Unit::share,
        0.8, {0, 1}, Class::lever, {"asm", {0.4, 1}},
        "Share of internal information about the offers that partners get"),
    parameter<&Vendor::manager_seats>("managers.seats", Unit::count, 18, {0, 1000}, Class::lever,
                                      {"A", {4, 40}, "about twenty managed relations a manager"},
                                      "Seats for partner managers"),
    parameter<&Vendor::manager_recruiting>("managers.recruiting", Unit::share, 0.15, {0, 1},
                                           Class::lever, {"asm", {0, 0.5}},
                                           "Share of the managers' hours that goes to prospects"),
    parameter<&Vendor::manager_focus>(
        "managers.focus", Unit::number, 0.5, {0, 3}, Class::lever,
        {"B", {0, 1.5}, "four of five vendors hear their top fifth of partners only"},
        "How strongly the managers' hours follow what a partner bills"),
    parameter<&Vendor::manager_cost>("managers.cost", Unit::money, 11000, {0, 1e6},
                                     Class::uncertain, {"K", {8000, 16000}},
                                     "What a partner manager costs a month, all included"),
    parameter<&Vendor::specialist_capacity>("specialists.capacity", Unit::count, 210, {0.1, 1e7},
                                            Class::lever, {"cal", {20, 400}},
                                            "Requests the specialists can serve a month"),
    parameter<&Vendor::specialist_team>("specialists.team", Unit::count, 8, {1, 10000},
                                        Class::lever, {"asm", {2, 30}},
                                        "Specialists who share one queue"),
    parameter<&Vendor::specialist_cost>("specialists.cost", Unit::money, 800, {0, 1e5},
                                        Class::uncertain, {"K", {400, 1500}},
                                        "What the capacity for one request costs a month"),
    parameter<&Vendor::training_subsidy>("training.subsidy", Unit::share, 0.3, {0, 1}, Class::lever,
                                         {"asm", {0, 0.8}},
                                         "Share of training and certificates the vendor pays"),
    parameter<&Vendor::review_months>("review_months", Unit::months, 12, {1, 36}, Class::lever,
                                      {"A", {3, 12}, "published programs"},
                                      "Length of the program's review period"),
    parameter<&Vendor::relation_cost>("relation_cost", Unit::money, 400, {0, 1e6}, Class::uncertain,
                                      {"asm", {200, 800}},
                                      "What an active partner costs the vendor a month"),
    parameter<&Vendor::onboarding_cost>("onboarding_cost", Unit::money, 8000, {0, 1e7},
                                        Class::uncertain, {"asm", {4000, 16000}},
                                        "What taking a partner on board costs once"),
    parameter<&Vendor::growth_rebate>(
        "growth_rebate", Unit::share,
        0, {0, 0.5}, Class::lever, {"B", {0, 0.06}, "published growth incentives"},
        "Extra rebate on the part of its billings by which a partner grew"),
    parameter<&Vendor::attach_rebate>(
        "attach_rebate", Unit::share,
        0, {0, 0.5}, Class::lever, {"B", {0, 0.06}, "published attach tiers"},
        "Extra rebate of a partner that sells all the offers; in proportion for some of them"),
    parameter<&Vendor::entry_fee>("entry_fee", Unit::money, 0, {0, 1e6}, Class::lever,
                                  {"B", {0, 5000}, "published program fees"},
                                  "Fee a partner pays once when it joins"),
    parameter<&Vendor::admission>("admission", Unit::share, 1, {0, 1}, Class::lever, {"asm", {}},
                                  "Share of applicants the vendor takes into its program"),
    parameter<&Vendor::promotion_months>(
        "promotion_months", Unit::months, 36, {1, 36}, Class::lever,
        {"A", {}, "published programs"},
        "How often partners can rise within a review period; as long as that, only at the review"),
    parameter<&Vendor::demotion_steps>("demotion_steps", Unit::count, 100, {0, 100}, Class::lever,
                                       {"A", {}, "published programs"},
                                       "Tiers a partner loses at most at a review"),
    parameter<&Vendor::score_bar>(
        "score.bar", Unit::share,
        0, {0, 1}, Class::lever, {"A", {}, "published capability scores"},
        "Score a tier asks for; 0: its bookings and its certificates, both"),
    parameter<&Vendor::score_bookings>(
        "score.bookings", Unit::share,
        0.5, {0.05, 1}, Class::lever, {"A", {}, "published capability scores"},
        "Weight of bookings in that score, certificates have the rest"),
    parameter<&Vendor::lead_number>("leads.number", Unit::per_year, 0, {0, 1e6}, Class::lever,
                                    {"asm", {}}, "Leads the vendor buys and passes on to partners"),
    parameter<&Vendor::lead_cost>("leads.cost", Unit::money, 600, {0, 1e6}, Class::uncertain,
                                  {"asm", {100, 1500}}, "What a lead costs"),
    parameter<&Vendor::lead_quality>("leads.quality", Unit::share, 0.2, {0, 1}, Class::uncertain,
                                     {"asm", {0.05, 0.5}}, "Share of leads that are opportunities"),
    parameter<&Vendor::direct_share>(
        "direct.share", Unit::share,
        0.1, {0, 1}, Class::lever,
        {"A", {0, 0.5}, "5 to 15 % direct in vendors that live by partners"},
        "Share of unregistered opportunities of partners that the vendor takes for its own sales"),
    parameter<&Vendor::direct_capacity>("direct.capacity", Unit::count, 20, {0, 1e7}, Class::lever,
                                        {"asm", {0, 100}},
                                        "Opportunities the own sales can work on a month"),
    parameter<&Vendor::direct_win_rate>("direct.win_rate", Unit::share, 0.24, {0, 1},
                                        Class::uncertain, {"asm", {0.15, 0.35}},
                                        "Win rate of the own sales"),
    parameter<&Vendor::direct_reach>(
        "direct.reach", Unit::share,
        0.10, {0, 1}, Class::uncertain, {"asm", {0.05, 0.25}},
        "Share of opportunities no partner claims that the own sales find"),
    parameter<&Vendor::direct_cost>(
        "direct.cost", Unit::share,
        0.35, {0, 10}, Class::uncertain, {"asm", {0.2, 0.6}},
        "Selling cost of opportunities taken from partners, of the first-year value won"),
    parameter<&Vendor::direct_own_cost>(
        "direct.own_cost",
        Unit::share, 1.0, {0, 10}, Class::uncertain, {"asm", {0.6, 1.5}},
        "Selling cost of opportunities the own sales found, of the first-year value won"),
    parameter<&Vendor::direct_renewals>(
        "direct.renewals", Unit::share,
        0, {0, 1}, Class::lever, {"B", {0, 0.35}, "a vendor that took a third of its renewals"},
        "Share of what partners' customers pay after the first year that the vendor bills itself"),
    parameter<&Vendor::openness_cost>(
        "openness_cost", Unit::share,
        0.05, {0, 1}, Class::uncertain, {"asm", {0.02, 0.1}},
        "What full openness costs, of what customers pay; openness^4 of it"),
    parameter<&Vendor::start_active>(
        "start_active", Unit::share,
        0.45, {0, 1}, Class::world, {"asm", {}},
        "Share of partners active in month 0 where the partner file does not say"),
});

struct Tier {
  double threshold;
  double certified;
  double margin;
};
inline constexpr auto kTierRows = describe<Tier>({
    parameter<&Tier::threshold>("threshold", Unit::money, 0, {0, 1e12}, Class::lever, {"asm", {}},
                                "Bookings in a review period that the tier asks for"),
    parameter<&Tier::certified>("certified", Unit::count, 0, {0, 100}, Class::lever, {"asm", {}},
                                "Certified offers the tier asks for"),
    parameter<&Tier::margin>("margin", Unit::share, 0, {0, 0.5}, Class::lever,
                             {"A", {0, 0.10}, "published margin stacks"},
                             "Extra first-year margin of the tier"),
});

struct Offer {
  double price;
  double margin_first;
  double margin_recurring;
  double bonus;
  double maintenance;
  double deploy;
  double operate;
  double sales_cycle;
  double churn;
  double share_term;
  double cost_of_goods;
  double available;
};
inline constexpr auto kOfferRows = describe<Offer>({
    parameter<&Offer::price>(
        "price", Unit::money, 22000, {1, 1e9}, Class::lever, {"asm", {4000, 60000}},
        "List price of a deal of mean size: licence, or a year's subscription", 45000),
    parameter<&Offer::margin_first>(
        "margin_first", Unit::share, 0.22, {0, 0.9}, Class::lever,
        {"B", {0.20, 0.40}, "published resale margins"},
        "Partner margin on the licence, or on the first year of a subscription"),
    parameter<&Offer::margin_recurring>(
        "margin_recurring", Unit::share, 0.15, {0, 0.9}, Class::lever,
        {"B", {0.05, 0.40}, "published renewal margins"},
        "Partner margin on maintenance, or on the later years of a subscription", 0.10),
    parameter<&Offer::bonus>("bonus", Unit::share, 0, {0, 0.5}, Class::lever,
                             {"A", {0, 0.10}, "published incentives"},
                             "Extra first-year margin on this offer"),
    parameter<&Offer::maintenance>("maintenance", Unit::per_year, 0, {0, 1}, Class::lever,
                                   {"K", {0.15, 0.22}},
                                   "Yearly maintenance of a licence, of its value", 0.18),
    parameter<&Offer::deploy>("deploy", Unit::number, 1.0, {0, 20}, Class::uncertain,
                              {"B", {0.4, 2.0}, "services multipliers per vendor dollar"},
                              "Project services a deal brings at go-live, times its price", 0.6),
    parameter<&Offer::operate>("operate", Unit::per_year, 0.35, {0, 20}, Class::uncertain,
                               {"B", {0.05, 1.0}, "services multipliers per vendor dollar"},
                               "Running services a deal brings in operation, times its price", 0.1),
    parameter<&Offer::sales_cycle>("sales_cycle", Unit::months, 2.8, {0.1, 60}, Class::uncertain,
                                   {"C", {1.3, 8}, "vendor surveys of cycle length"},
                                   "Mean time from opportunity to decision", 3.5),
    parameter<&Offer::churn>("churn", Unit::per_year, 0.10, {0, 3}, Class::uncertain,
                             {"C", {0.05, 0.30}, "gross churn surveys"},
                             "Intensity with which contracts end", 0.08),
    parameter<&Offer::share_term>("share_term", Unit::years, 5, {0.25, 100}, Class::lever,
                                  {"A", {1, 10}, "published revenue share terms"},
                                  "How long the recurring margin of a contract is paid"),
    parameter<&Offer::cost_of_goods>("cost_of_goods", Unit::share, 0.25, {0, 0.95},
                                     Class::uncertain, {"asm", {0.10, 0.40}},
                                     "Cost of goods, of what the customer is billed at list", 0.05),
    parameter<&Offer::available>("available", Unit::share, 1, {0, 1}, Class::lever, {"asm", {0, 1}},
                                 "Share of customers the offer can be sold to; 0: not on sale"),
});

/// Terms that are one for all partners of a vendor: its brand, its people, its own sales, the price
/// list and what customers do with an offer. A change for some partners cannot move them.
// clang-format off
inline constexpr std::string_view kVendorWide[] = {
    "brand", "openness", "openness_cost", "services_margin", "review_months", "admission",
    "managers.seats", "managers.recruiting", "managers.focus", "managers.cost",
    "specialists.capacity", "specialists.team", "specialists.cost",
    "leads.number", "leads.cost", "leads.quality",
    "direct.share", "direct.capacity", "direct.win_rate", "direct.reach", "direct.cost",
    "direct.own_cost", "direct.renewals",
    "available", "price", "maintenance", "deploy", "operate", "cost_of_goods", "sales_cycle",
    "churn"};
// clang-format on

/// The terms under which a relation runs. Programs 0 .. vendors-1 are the vendors' own; a change
/// for some partners only adds further ones, and each relation holds the index of its program.
struct Program {
  std::uint32_t vendor = 0;
  std::uint64_t groups = 0;  // bit k: the k-th change that is for some partners holds here too
  Vendor terms{};
  std::vector<Offer> offers;  // of this vendor, in World order
  std::vector<Tier> tiers;    // lowest first; tier 0 asks for nothing
};

}  // namespace partnersim
