// What the plain reference of the month knows of partners, vendors and markets.
#pragma once

#include <array>
#include <vector>

#include "model/world.hpp"

namespace partnersim::reference {

/// A partner's business with one offer.
struct Deal {
  double attention = 0;        // e
  double skill = 0;            // s
  double ally = 0;             // G
  double win_seen = 0;         // win rate the partner believes in
  bool certified = false;      //
  int open = 0;                // opportunities not yet decided
  int arrived = 0;             // of this month
  int won = 0;                 // this month
  int contracts = 0;           // K
  Money base = 0;              // their value at list: licence, or a year's subscription
  Money booked = 0;            // value won this month
  double kept = 1;             // S, share of value sold since the start that is still there
  double sold = 0;             // C, value sold over S at the time of sale
  double start_base = 0;       // value that was there at the start; has no age
  std::vector<float> sold_at;  // C at the ends of quarters; [k]: at the end of month 3k - 1
};

/// A partner's relation with one vendor.
struct Relation {
  Stage stage = Stage::prospect;
  int tier = 0;
  std::size_t program = 0;    // terms in force
  int since = 0;              // month of activation, reactivation or last deal
  int newcomer = 0;           // 1 + month it signed if it has won nothing since, else 0
  std::size_t seat = 0;       // of the manager who looks after it
  double claim = 1;           // on that manager's hours
  double trust = 0;           // T
  double margin_used_to = 0;  // first-deal margin, mean over twelve months
  double relationship = 0;    // R
  double registered = 0;      // g
  double effort = 0;          // x
  double run_rate = 0;        // R0, currency units a month
  double peers_with = 0;      // f
  float rumour = 0;           // fear to be the next whose contract is ended
  float dependence = 0.6f;    // d
  float importance = 0;       // k
  float advantage = 0;        // margin beside the program's
  float extra_rebate = 0;     // for growth and attach
  float leads = 0;            // of this month
  float follow_up = 1;        // share of leads it has followed up lately
  float led = 0;              // opportunities from leads, per unit of attention
  float from_leads = 0;       // share of open opportunities
  Money bookings = 0;         // in the running review period
  Money rebate_due = 0;
  Money billed_12m = 0;           // last four full quarters
  std::array<Money, 5> billed{};  // by quarter; quarter q of the run is in q % 5
  // of this month only, currency units: what x costs, and what the vendor pays of it
  double effort_cost = 0;
  double mdf = 0;
};

struct Partner {
  double speed = 0;                 // alpha
  double habit = 0;                 // iota
  double leave_rate = 0;            // theta as an intensity
  double opportunity_scale = 1;     // A^(1-eta)
  double price_scale = 1;           // A^eta
  double used_to = 0;               // nu_ref
  double trust_level = 0;           // T0
  std::array<double, 2> push{};     // by deployment, what linked partners sell
  std::vector<Relation> relations;  // by vendor
  std::vector<Deal> deals;          // by offer
};

struct Seat {
  bool filled = true;
  int since = 0;     // month in which the manager came
  double hours = 0;  // a month, per unit of claim
};

struct VendorState {
  double belief = 0;
  double outreach = 0;
  double backlog = 0;
  double wait = 0;
  double help = 1;
  int seats = 0;
  std::vector<Seat> desks;  // kMaxSeats of them
  double policy_base = 0;
  double policy_shift = 0;
  double gini = 0;
  double top_share = 0;
  double largest_distributor = 0;
  Money largest_portfolio = 0;
  Money beside = 0;
};

/// What own sales have won with one offer in one segment.
struct Field {
  int contracts = 0;
  Money base = 0;
};

struct MarketState {
  double trend = 0;
  double shock = 0;
  double shock_variance = 0;
  double demand = 1;
  double cloud = 0;
  double there = 0;       // M, opportunities a year
  double saturation = 1;  // S(L/M)/S(load)
  double unclaimed = 0;   // exp(-L/M)
};

}  // namespace partnersim::reference
