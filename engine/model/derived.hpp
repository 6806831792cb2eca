// Values: what follows from the parameters in force alone, for a partner of size 1.
//
//   A(y)   = (1 - exp(-(r + h) y))/(r + h)    worth of 1 a year for y years, r the partner's
//                                             discount rate, h the churn of the offer
//   m1, m2 = first-year margin with tier and bonus, recurring margin, each plus kept rebate
//            rebate (1 - pass_through)
//   Q      = services_margin q (1 - overlap)(deploy + operate A(services_years)) P0
//   V      = P (m1 A1 + m2 A2) + Q                                           subscription
//          = P (m1 + m2 maintenance (A1 + A2)) + Q                           licence
//          + g uplift P A1, or + g uplift P                                  registration
//          + m P (A1 + A2), or + m P (1 + maintenance (A1 + A2))             own terms m
//   A1     = A(min(1, H)),   A2 = (1 - renewals)(A(H) - A1)
//   nu_0   = outside_ratio max over all offers of considered_o w_ref V_o
//
// V is what a won deal is worth to the partner: P today's price, P0 the price at the start, H the
// share_term, renewals the part of later bills that the vendor sends itself, q the services
// capability of the segment, g the share of deals registered, m what a partner gets beside the
// program: its power, extra rebates. nu_0 is the value of an opportunity elsewhere, of the
// parameters at the start and in the first market: lowest tier, neutral trust, w_ref the win rate
// of a newcomer.
#pragma once

#include <cstddef>
#include <vector>

#include "model/parameters.hpp"

namespace partnersim {

struct World;

/// Tables over (program p, tier k, segment s, offer j of the vendor). Money in currency units, for
/// a partner of size 1.
struct Derived {
  std::size_t tiers = 0, segments = 0, offers = 0;  // extents, the largest of any program

  std::size_t term(std::size_t p, std::size_t k, std::size_t j) const {
    return (p * tiers + k) * offers + j;
  }
  std::size_t offer(std::size_t p, std::size_t j) const { return p * offers + j; }
  std::size_t deal(std::size_t p, std::size_t k, std::size_t s, std::size_t j) const {
    return ((p * tiers + k) * segments + s) * offers + j;
  }
  // by offer(p, j)
  std::vector<double> win_logit;  // logit of the win rate as far as program and prices decide it
  // by term(p, k, j)
  std::vector<double> margin_first;  // resale margin, tier, bonus: of the first year or licence
  // by p
  std::vector<double> street_discount;  // pass_through * rebate
  std::vector<double> direct_share;     // of unregistered opportunities, taken by own sales
  std::vector<double> direct_renewals;  // of what is paid after the first year, billed directly
  // by deal(p, k, s, j)
  std::vector<double> value;         // V of a won deal without registration
  std::vector<double> value_uplift;  // what registering all deals adds to V
  std::vector<double> value_margin;  // what margin on first and later years adds, per unit
  // by deal(p, 0, s, j)
  std::vector<double> price;  // list price times deal size
  // by segment
  std::vector<double> opportunities;  // a month at size 1
  std::vector<double> outside;        // value per opportunity of attention spent elsewhere
  // by market
  std::vector<double>
      price_response;  // opportunities against those at the list prices of the start
  // by vendor
  std::vector<double> win_reference;  // w_ref: win rate of a newcomer
  // by offer o
  std::vector<double> close_monthly;  // probability that an open opportunity decides this month
};

/// Share of its deals a partner of this trust registers at an uplift.
double registered_share(const Registration& registration, double uplift, double trust);

/// Share of the services of a deal that partners count as lost to the vendor.
double felt_overlap(const Parameters& now, const Program& program);

/// Which of the mechanisms that values rest on are at work: without registration no deal earns its
/// uplift, without enablement every partner has the neutral skill, without direct sales the vendor
/// takes nothing.
struct AtWork {
  bool registration = true, enablement = true, direct = true;
};

/// `start` are the parameters of month 0: services prices and outside values stay there.
void derive(const World& world, const Parameters& start, const Parameters& now, AtWork on,
            Derived& derived);

}  // namespace partnersim
