// The simulated month once more, in plain scalar code: one struct a partner, relation and offer,
// one loop a rule, in the order of the month. Written from the documents (the header comments of
// engine/mechanisms, the tables of parameters and columns), so that an error of the engine's fast
// code and an error of this one are unlikely to be the same. Shares with the engine: random
// numbers, exp and log, counts, rounding, World, Parameters, and the state at the start.
//
// To read it from the start of the month: people.hpp, decisions.hpp, deals.hpp, money.hpp,
// vendors.hpp; what they share is in ecosystem.hpp, the state in state.hpp.
#pragma once

#include "reference/vendors.hpp"

namespace partnersim::reference {

class Month : public VendorsOwn {
 public:
  /// `begun` is the engine's state before month 0.
  Month(const World& world, const Parameters& start, RunLuck luck, const State& begun)
      : VendorsOwn(world, start, luck) {
    read(begun.columns);
  }

  /// Runs one of them; the first begins a month, the last ends it.
  void run(std::string_view step) {
    if (ended_) cells_.clear();
    ended_ = step == "record";
    if (step == "events") events();
    if (step == "market") market();
    if (step == "sensing") sensing();
    if (step == "managers") managers();
    if (step == "peers") peers();
    if (step == "departure") departure();
    if (step == "termination") termination();
    if (step == "lifecycle") lifecycle();
    if (step == "enablement") enablement();
    if (step == "choice") choice();
    if (step == "effort") effort();
    if (step == "registration") registration();
    if (step == "saturation") saturation();
    if (step == "leads") leads();
    if (step == "demand") demand();
    if (step == "direct") direct();
    if (step == "specialists") specialists();
    if (step == "closing") closing();
    if (step == "base") base();
    if (step == "settlement") settlement();
    if (step == "power") power_balance();
    if (step == "trust") trust();
    if (step == "review") review();
    if (step == "policy") policy();
    if (step == "record") record();
  }

  /// What the engine would hold in its columns.
  Columns columns() const {
    Columns c;
    make_columns(world_, start_, c);
    // `exchange` goes through all columns in either direction; here it writes them
    const_cast<Month*>(this)->exchange(c, [](auto& mine, auto& column) {
      column = static_cast<std::decay_t<decltype(column)>>(mine);
    });
    return c;
  }

 private:
  /// Shows `f` each value here beside its place in the columns.
  template <class F>
  void exchange(Columns& c, F f) {
    const std::size_t n = count();
    for (std::size_t m = 0; m < markets_.size(); ++m) {
      MarketState& x = markets_[m];
      f(x.trend, c.trend[m]);
      f(x.shock, c.shock[m]);
      f(x.shock_variance, c.shock_variance[m]);
      f(x.demand, c.demand[m]);
      f(x.cloud, c.cloud[m]);
      f(x.there, c.there[m]);
      f(x.saturation, c.saturation[m]);
      f(x.unclaimed, c.unclaimed[m]);
    }
    for (std::size_t v = 0; v < vendors(); ++v) {
      VendorState& x = vendors_[v];
      f(x.belief, c.belief[v]);
      f(x.outreach, c.outreach[v]);
      f(x.backlog, c.backlog[v]);
      f(x.wait, c.wait[v]);
      f(x.help, c.help[v]);
      f(x.seats, c.seats[v]);
      f(x.policy_base, c.policy_base[v]);
      f(x.policy_shift, c.policy_shift[v]);
      f(x.gini, c.gini[v]);
      f(x.top_share, c.top_share[v]);
      f(x.largest_distributor, c.largest_distributor[v]);
      f(x.largest_portfolio, c.largest_portfolio[v]);
      f(x.beside, c.beside[v]);
      for (std::size_t k = 0; k < kMaxSeats; ++k) {
        f(x.desks[k].filled, c.seat_filled[v * kMaxSeats + k]);
        f(x.desks[k].since, c.seat_since[v * kMaxSeats + k]);
        f(x.desks[k].hours, c.seat_hours[v * kMaxSeats + k]);
      }
    }
    for (std::size_t o = 0; o < offers(); ++o) f(gap_[o], c.gap[o]);
    const std::size_t segments = world_.segments.size();
    for (std::size_t s = 0; s < segments; ++s) {
      f(deal_scale_[s], c.deal_scale[s]);
      for (std::size_t o = 0; o < offers(); ++o) {
        f(fields_[o][s].contracts, c.direct_contracts[o * segments + s]);
        f(fields_[o][s].base, c.direct_base[o * segments + s]);
      }
    }
    for (std::size_t k = 0; k < event_month_.size(); ++k) f(event_month_[k], c.event_month[k]);
    for (std::size_t k = 0; k < tied_.size(); ++k) f(tied_[k], c.tied[k]);
    for (std::size_t i = 0; i < n; ++i) {
      Partner& x = partners_[i];
      f(x.speed, c.speed[i]);
      f(x.habit, c.habit[i]);
      f(x.leave_rate, c.leave_rate[i]);
      f(x.opportunity_scale, c.opportunity_scale[i]);
      f(x.price_scale, c.price_scale[i]);
      f(x.used_to, c.used_to[i]);
      f(x.trust_level, c.trust_level[i]);
      f(x.push[0], c.push[i]);
      f(x.push[1], c.push[n + i]);
      for (std::size_t v = 0; v < vendors(); ++v) {
        Relation& r = x.relations[v];
        const std::size_t row = v * n + i;
        f(r.stage, c.stage[row]);
        f(r.tier, c.tier[row]);
        f(r.program, c.program[row]);
        f(r.since, c.since[row]);
        f(r.newcomer, c.newcomer[row]);
        f(r.seat, c.seat[row]);
        f(r.claim, c.claim[row]);
        f(r.trust, c.trust[row]);
        f(r.margin_used_to, c.margin_used_to[row]);
        f(r.relationship, c.relationship[row]);
        f(r.registered, c.registered[row]);
        f(r.effort, c.effort[row]);
        f(r.run_rate, c.run_rate[row]);
        f(r.peers_with, c.peers_with[row]);
        f(r.rumour, c.rumour[row]);
        f(r.dependence, c.dependence[row]);
        f(r.importance, c.importance[row]);
        f(r.advantage, c.advantage[row]);
        f(r.extra_rebate, c.extra_rebate[row]);
        f(r.leads, c.leads[row]);
        f(r.follow_up, c.follow_up[row]);
        f(r.led, c.led[row]);
        f(r.from_leads, c.from_leads[row]);
        f(r.bookings, c.bookings[row]);
        f(r.rebate_due, c.rebate_due[row]);
        f(r.billed_12m, c.billed_12m[row]);
        for (std::size_t q = 0; q < 5; ++q) f(r.billed[q], c.billed[(q * vendors() + v) * n + i]);
      }
      for (std::size_t o = 0; o < offers(); ++o) {
        Deal& d = x.deals[o];
        const std::size_t row = o * n + i;
        f(d.attention, c.attention[row]);
        f(d.skill, c.skill[row]);
        f(d.ally, c.ally[row]);
        f(d.win_seen, c.win_seen[row]);
        f(d.certified, c.certified[row]);
        f(d.open, c.open[row]);
        f(d.arrived, c.arrived[row]);
        f(d.won, c.won[row]);
        f(d.contracts, c.contracts[row]);
        f(d.base, c.base[row]);
        f(d.booked, c.booked[row]);
        f(d.kept, c.kept[row]);
        f(d.sold, c.sold[row]);
        f(d.start_base, c.start_base[row]);
        // the engine remembers the last quarters alone, one in the place of another
        const auto places = static_cast<std::size_t>(c.remembered[o]);
        for (std::size_t q = 0; q < d.sold_at.size() && places > 0; ++q) {
          f(d.sold_at[q], c.sold_at[first_cohort(world_, c, o) + q % places * n + i]);
        }
      }
    }
  }

  void read(const Columns& begun) {
    VendorState vendor;
    vendor.desks.resize(kMaxSeats);
    Deal deal;
    deal.sold_at = {0};
    Partner partner;
    partner.relations.resize(vendors());
    partner.deals.assign(offers(), deal);
    markets_.resize(world_.markets.size());
    vendors_.assign(vendors(), vendor);
    gap_.resize(offers());
    deal_scale_.resize(world_.segments.size());
    fields_.assign(offers(), std::vector<Field>(world_.segments.size()));
    event_month_.resize(world_.events.size());
    tied_.resize(begun.tied.size());
    partners_.assign(count(), partner);
    exchange(const_cast<Columns&>(begun), [](auto& mine, auto& column) {
      mine = static_cast<std::decay_t<decltype(mine)>>(column);
    });
  }

  bool ended_ = false;  // the cells are those of a month that is over
};

}  // namespace partnersim::reference
