// What happens in one month, from top to bottom. Order is decided here and nowhere else.
#include "mechanisms/mechanism.hpp"

namespace partnersim {

extern const Mechanism events, market, sensing, managers, peers, departure, termination, lifecycle,
    enablement, choice, effort, registration, saturation, leads, demand, direct, specialists,
    closing, base, settlement, power_balance, trust, review, policy, record;

std::span<const Mechanism* const> month_order() {
  static constexpr const Mechanism* kOrder[] = {
      &events,         // the terms of the month are known before anybody reacts
      &market,         // so are the season, the shock and what customers prefer
      &sensing,        // vendors look at customers through what partners showed them last month
      &managers,       // who looks after whom this month; before it matters to anybody
      &peers,          // looks at what linked partners did at the end of last month
      &departure,      // before the vendor and its partners decide about those who are left
      &termination,    // the vendor ends contracts before partners decide for themselves
      &lifecycle,      // joining and leaving weigh last month's tiers and experience
      &enablement,     // trains for what last month's attention and wins were worth
      &choice,         // only those active now share out their attention
      &effort,         // extra marketing pays on the attention just decided
      &registration,   // of this month's deals, at last month's trust
      &saturation,     // how many look for them; attention and effort are decided
      &leads,          // of this month, to whom it concerns now; they meet the same customers
      &demand,         // attention and effort bring this month's opportunities
      &direct,         // own sales work on what they took from this month's opportunities
      &specialists,    // this month's opportunities ask for help; deals decided now get it
      &closing,        // older opportunities are decided, then this month's join them
      &base,           // contracts end and move before the newly won join
      &settlement,     // bills the base with this month's wins in it
      &power_balance,  // who needs whom, from the year just billed; felt from the next month on
      &trust,          // follows what the month brought; felt from the next on
      &review,         // tiers follow from bookings that include this month; paid from the next
      &policy,         // the vendor judges the period its partners were just judged by
      &record,         // counts what is there at the end
  };
  return kOrder;
}

}  // namespace partnersim
