// What the world around the partners is like: parameters of markets and segments. A row is the only
// place where a parameter's name, unit, default, bounds, class, evidence and meaning are written.
#pragma once

#include <array>

#include "base/table.hpp"

namespace partnersim {

struct Market {
  double growth;
  double persistence;
  double volatility;
  std::array<double, 12> season;
  double cloud_start;
  double cloud_p;
  double cloud_q;
  double accept;
  double load;
  double price_elasticity;
};
inline constexpr auto kMarketRows = describe<Market>({
    parameter<&Market::growth>("growth", Unit::per_year, 0.05, {-1, 1}, Class::uncertain,
                               {"asm", {-0.05, 0.15}}, "Yearly logarithmic growth of demand"),
    parameter<&Market::persistence>("persistence", Unit::share, 0.85, {0, 0.999}, Class::uncertain,
                                    {"asm", {0.5, 0.97}},
                                    "Share of a market shock that is still there a month later"),
    parameter<&Market::volatility>("volatility", Unit::number, 0.05, {0, 1}, Class::uncertain,
                                   {"asm", {0.01, 0.12}},
                                   "Standard deviation of the monthly market shock (logarithmic)"),
    parameter<&Market::season>("season", Unit::number, 1, {0, 12}, Class::constant, {"asm", {}},
                               "Month factors of demand, January first; normalised to mean 1"),
    parameter<&Market::cloud_start>("cloud.start", Unit::share, 0.35, {0, 1}, Class::uncertain,
                                    {"asm", {0.1, 0.7}},
                                    "Share of customers who prefer cloud at the start"),
    parameter<&Market::cloud_p>("cloud.p", Unit::per_year, 0.02, {0, 1}, Class::uncertain,
                                {"B", {0.001, 0.06}, "Bass coefficients compiled by Van den Bulte"},
                                "Customers who turn to cloud on their own (Bass innovation)"),
    parameter<&Market::cloud_q>("cloud.q", Unit::per_year, 0.4, {0, 3}, Class::uncertain,
                                {"B", {0.1, 1.0}, "Bass coefficients compiled by Van den Bulte"},
                                "Customers who turn to cloud because others did (Bass imitation)"),
    parameter<&Market::accept>(
        "accept", Unit::share,
        0.25, {0, 1}, Class::uncertain, {"asm", {0.05, 0.6}},
        "Share of customers who also take the deployment they do not prefer"),
    parameter<&Market::load>("load", Unit::number, 0.5, {0, 10}, Class::uncertain,
                             {"asm", {0.1, 1.5}},
                             "Opportunities partners look for at the start against what there is; "
                             "0 is an endless market"),
    parameter<&Market::price_elasticity>(
        "price_elasticity", Unit::number, 0.8, {0, 5}, Class::uncertain, {"asm", {0.1, 1.5}},
        "How much fewer opportunities there are where all list prices rise"),
});

/// Default of `season`, January first; mean 1.
inline constexpr std::array<double, 12> kSeason{0.9,  0.9, 1.15, 0.9,  0.95, 1.15,
                                                0.85, 0.8, 1.1,  0.95, 1.0,  1.35};

struct Segment {
  double partners;
  double opportunities;
  double deal_size;
  double services;
  double accounts;
  double size_spread;
};
inline constexpr auto kSegmentRows = describe<Segment>({
    parameter<&Segment::partners>("partners", Unit::count, 100, {0, 2e6}, Class::world, {"asm", {}},
                                  "Partners of this segment in a generated population"),
    parameter<&Segment::opportunities>(
        "opportunities", Unit::per_year, 30, {0, 1e5}, Class::uncertain, {"asm", {15, 45}},
        "Sales opportunities a year of a partner of mean size that sells this deployment only"),
    parameter<&Segment::deal_size>(
        "deal_size", Unit::number, 1, {0.001, 1000}, Class::uncertain, {"asm", {0.6, 2.4}},
        "Price of a deal of a partner of mean size against the list price"),
    parameter<&Segment::services>(
        "services", Unit::number, 0.8, {0, 10}, Class::uncertain, {"asm", {0.4, 1.4}},
        "Capability for own services: share of the services of a deal it can do"),
    parameter<&Segment::accounts>(
        "accounts", Unit::count, 40, {1, 1e7}, Class::world, {"asm", {}},
        "Customer accounts of a partner of mean size; scales `accounts` of the partner file"),
    parameter<&Segment::size_spread>(
        "size_spread", Unit::number, 1.25, {0, 3}, Class::world,
        {"C", {}, "top 20 % of partners bring about 80 % of revenue"},
        "Logarithmic standard deviation of partner size where the file does not give it"),
});

/// How a generated partner graph looks; shapes the World and is never drawn.
struct GraphShape {
  double peer_links;
  double rewiring;
  double inside;
  double ally_share;
  double ally_degree;
  double distribution_share;
  double distributors;
};
inline constexpr auto kGraphRows = describe<GraphShape>({
    parameter<&GraphShape::peer_links>("peer_links", Unit::count, 3, {0, 50}, Class::world,
                                       {"A", {}, "ICT inter-firm networks"},
                                       "Peer links a partner makes"),
    parameter<&GraphShape::rewiring>("rewiring", Unit::share, 0.1, {0, 1}, Class::world,
                                     {"asm", {}},
                                     "Share of links that lead far away (small world)"),
    parameter<&GraphShape::inside>(
        "inside", Unit::share, 0.8, {0, 1}, Class::world, {"asm", {}},
        "Share of links within the own segment and region (communities)"),
    parameter<&GraphShape::ally_share>("ally_share", Unit::share, 0.25, {0, 1}, Class::world,
                                       {"A", {}, "complementor networks: 3-30 % have relations"},
                                       "Share of partners in alliances"),
    parameter<&GraphShape::ally_degree>("ally_degree", Unit::number, 2, {0, 50}, Class::world,
                                        {"A", {}, "complementor networks"},
                                        "Mean alliances of those"),
    parameter<&GraphShape::distribution_share>(
        "distribution_share", Unit::share, 0.6, {0, 1}, Class::world,
        {"A", {}, "over half of partners source through distribution"},
        "Share of partners that buy through a distributor"),
    parameter<&GraphShape::distributors>("distributors", Unit::number, 2.5, {1, 20}, Class::world,
                                         {"A", {}, "the average partner uses two to three"},
                                         "Mean distributors of those"),
});

}  // namespace partnersim
