// The simulated month once more, in plain scalar code: one struct a partner, relation and offer,
// one loop a rule, in the order of the month. Written from the documents (the header comments of
// engine/mechanisms, the tables of parameters and columns), so that an error of the engine's fast
// code and an error of this one are unlikely to be the same. Shares with the engine: random
// numbers, exp and log, counts, rounding, World, Parameters, and the state at the start.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/counts.hpp"
#include "base/math.hpp"
#include "base/money.hpp"
#include "mechanisms/start.hpp"
#include "model/cells.hpp"
#include "model/state.hpp"
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
  std::size_t seat = 0;       // of the manager who looks after it
  double claim = 1;           // on that manager's hours
  double trust = 0;           // T
  double margin_used_to = 0;  // first-deal margin, mean over twelve months
  double relationship = 0;    // R
  double registered = 0;      // g
  double effort = 0;          // x
  double run_rate = 0;        // R0, currency units a month
  double peers_with = 0;      // f
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
};

struct MarketState {
  double trend = 0;
  double shock = 0;
  double shock_variance = 0;
  double demand = 1;
  double cloud = 0;
  double there = 0;       // M, opportunities a year
  double saturation = 1;  // S(L/M)/S(load)
};

class Month {
 public:
  /// `begun` is the engine's state before month 0.
  Month(const World& world, const Parameters& start, RunLuck luck, const State& begun)
      : world_(world), start_(start), now_(begun.now), luck_(luck), cells_(world) {
    read(begun.columns);
  }

  /// The steps of a month in their order, each of which run() knows by name.
  static constexpr std::string_view kSteps[] = {
      "events", "market",     "sensing",      "managers",   "peers",  "lifecycle",   "enablement",
      "choice", "effort",     "registration", "saturation", "demand", "specialists", "closing",
      "base",   "settlement", "trust",        "review",     "record"};

  /// Runs one of them; the first begins a month, the last ends it.
  void run(std::string_view step) {
    if (ended_) cells_.clear();
    ended_ = step == "record";
    if (step == "events") events();
    if (step == "market") market();
    if (step == "sensing") sensing();
    if (step == "managers") managers();
    if (step == "peers") peers();
    if (step == "lifecycle") lifecycle();
    if (step == "enablement") enablement();
    if (step == "choice") choice();
    if (step == "effort") effort();
    if (step == "registration") registration();
    if (step == "saturation") saturation();
    if (step == "demand") demand();
    if (step == "specialists") specialists();
    if (step == "closing") closing();
    if (step == "base") base();
    if (step == "settlement") settlement();
    if (step == "trust") trust();
    if (step == "review") review();
    if (step == "record") record();
  }

  const Cells& cells() const { return cells_; }

  /// What the engine would hold in its columns.
  Columns columns() const {
    Columns c;
    make_columns(world_, c);
    // `exchange` goes through all columns in either direction; here it writes them
    const_cast<Month*>(this)->exchange(c, [](auto& mine, auto& column) {
      column = static_cast<std::decay_t<decltype(column)>>(mine);
    });
    return c;
  }

 private:
  // ------------------------------------------------------------------ where things are

  std::size_t count() const { return world_.n; }
  std::size_t vendors() const { return world_.vendors.size(); }
  std::size_t offers() const { return world_.offers.size(); }

  /// Whether a mechanism is switched off; the others then expect its neutral value.
  bool is_off(std::string_view step) const {
    const auto row = std::find(std::begin(kSteps), std::end(kSteps), step) - std::begin(kSteps);
    return start_.is_off(static_cast<std::size_t>(row));
  }
  bool lifted(Shadow shadow, std::size_t v) const { return v == 0 && now_.is_lifted(shadow); }

  std::vector<std::size_t> offers_of(std::size_t v) const {
    std::vector<std::size_t> all;
    for (std::size_t o = 0; o < offers(); ++o) {
      if (world_.offers[o].vendor == v) all.push_back(o);
    }
    return all;
  }
  std::size_t vendor_of(std::size_t o) const { return world_.offers[o].vendor; }
  bool is_cloud(std::size_t o) const { return world_.offers[o].deployment == Deployment::cloud; }
  bool is_licence(std::size_t o) const { return world_.offers[o].billing == Billing::licence; }

  /// The offer's row in a program of its vendor.
  const Offer& in(const Program& program, std::size_t o) const {
    return program.offers[o - world_.vendors[vendor_of(o)].first_offer];
  }
  /// The vendor's own program, which holds for whoever has no other.
  const Program& own_program(const Parameters& parameters, std::size_t v) const {
    return parameters.programs[v];
  }
  const Offer& listed(const Parameters& parameters, std::size_t o) const {
    return in(own_program(parameters, vendor_of(o)), o);
  }
  const Program& program_of(std::size_t i, std::size_t v) const {
    return now_.programs[partners_[i].relations[v].program];
  }

  std::size_t segment(std::size_t i) const { return world_.partners.segment[i]; }
  const Segment& segment_of(std::size_t i) const { return now_.segments[segment(i)]; }
  const MarketState& market_of(std::size_t i) const { return markets_[world_.partners.market[i]]; }
  bool through_distributor(std::size_t i) const { return !world_.graph.suppliers.of(i).empty(); }

  bool is(std::size_t i, std::size_t v, Stage stage) const {
    return partners_[i].relations[v].stage == stage;
  }
  bool active(std::size_t i, std::size_t v) const { return is(i, v, Stage::active); }
  /// May have open deals: active or dormant.
  bool sells(std::size_t i, std::size_t v) const {
    return active(i, v) || is(i, v, Stage::dormant);
  }
  /// Its customers are the vendor's own: it left, and if it comes back they are so until it sells.
  bool orphaned(std::size_t i, std::size_t v) const { return !sells(i, v); }
  /// With a manager: onboarding, active or dormant.
  bool looked_after(std::size_t i, std::size_t v) const {
    return !is(i, v, Stage::prospect) && !is(i, v, Stage::left);
  }

  double vendor_attention(std::size_t i, std::size_t v) const {
    double sum = 0;
    for (const std::size_t o : offers_of(v)) sum += partners_[i].deals[o].attention;
    return sum;
  }
  double deployment_attention(std::size_t i, bool cloud) const {
    double sum = 0;
    for (std::size_t o = 0; o < offers(); ++o) {
      if (is_cloud(o) == cloud) sum += partners_[i].deals[o].attention;
    }
    return sum;
  }

  // ------------------------------------------------------------------ what a deal is worth

  struct Worth {
    double price = 0;   // of a deal at list
    double value = 0;   // V of a won deal to the partner, without registration
    double uplift = 0;  // what registering it adds
  };

  /// The contractual margin on a licence or the first year of a subscription.
  double first_margin(const Program& program, std::size_t tier, std::size_t o) const {
    const Offer& offer = in(program, o);
    return offer.margin_first + program.tiers[tier].margin + offer.bonus +
           (is_cloud(o) ? program.terms.cloud_bonus : 0);
  }
  /// What the partner keeps of its rebate after what it gives away in its street price.
  static double kept_rebate(const Program& program) {
    return program.terms.rebate * (1 - program.terms.pass_through);
  }
  /// Share of the services of a deal that the partner counts as lost to the vendor.
  double felt_overlap(const Program& program) const {
    return lifted(Shadow::services, program.vendor) ? 0 : program.terms.overlap;
  }

  /// For a partner of size 1 of segment s.
  Worth worth(const Parameters& parameters, const Program& program, std::size_t tier, std::size_t s,
              std::size_t o, double overlap) const {
    const Offer& offer = in(program, o);
    const double rate = parameters.choice.discount_rate + offer.churn;
    const double price = offer.price * parameters.segments[s].deal_size;
    const double first = first_margin(program, tier, o) + kept_rebate(program);
    const double recurring = offer.margin_recurring + kept_rebate(program);
    const double first_year = annuity(std::min(1.0, offer.share_term), rate);
    const double whole_term = annuity(offer.share_term, rate);
    // services are in proportion to the price at the start
    const double services =
        listed(start_, o).price * parameters.segments[s].deal_size *
        parameters.choice.services_margin * parameters.segments[s].services * (1 - overlap) *
        (offer.deploy + offer.operate * annuity(parameters.choice.services_years, rate));
    Worth w;
    w.price = price;
    if (is_licence(o)) {
      w.value = price * (first + recurring * offer.maintenance * whole_term) + services;
      w.uplift = price * program.terms.uplift;
    } else {
      w.value = price * (first * first_year + recurring * (whole_term - first_year)) + services;
      w.uplift = price * program.terms.uplift * first_year;
    }
    return w;
  }

  /// Win rate of a newcomer.
  double win_reference(const Parameters& parameters, std::size_t o) const {
    const double skill = is_off("enablement") ? 0.5 : parameters.enablement.start_skill;
    return logistic(logit(parameters.closing.win_rate) +
                    parameters.closing.w_skill * (skill - 0.5) +
                    own_program(parameters, vendor_of(o)).terms.brand);
  }

  double considered_at(const Market& market, std::size_t o, double cloud) const {
    const double match = is_cloud(o) ? cloud : 1 - cloud;
    return match + market.accept * (1 - match);
  }
  /// Share of customers who consider the offer.
  double considered(std::size_t i, std::size_t o) const {
    return considered_at(now_.markets[world_.partners.market[i]], o, market_of(i).cloud);
  }

  /// Value per opportunity of attention spent elsewhere, at size 1: a part of the best offer there
  /// was at the start, to a newcomer of neutral trust at the lowest tier.
  double outside_value(std::size_t s) const {
    double best = 0;
    for (std::size_t o = 0; o < offers(); ++o) {
      const Program& program = own_program(start_, vendor_of(o));
      const Worth w = worth(start_, program, 0, s, o, program.terms.overlap);
      const double g = is_off("registration")
                           ? 0
                           : logistic(start_.registration.base +
                                      start_.registration.pull * program.terms.uplift -
                                      start_.registration.exposure / 2);
      const double a = considered_at(start_.markets[0], o, start_.markets[0].cloud_start);
      best = std::max(best, a * win_reference(start_, o) * (w.value + g * w.uplift));
    }
    return start_.choice.outside_ratio * best;
  }

  Worth worth_to(std::size_t i, std::size_t o) const {
    const std::size_t v = vendor_of(o);
    const auto tier = static_cast<std::size_t>(partners_[i].relations[v].tier);
    return worth(now_, program_of(i, v), tier, segment(i), o, felt_overlap(program_of(i, v)));
  }
  /// V of a won deal with the registration the partner expects, at size 1.
  double deal_value(std::size_t i, std::size_t o) const {
    const Worth w = worth_to(i, o);
    return w.value + partners_[i].relations[vendor_of(o)].registered * w.uplift;
  }
  /// nu, expected value per opportunity, at size 1.
  double expected_value(std::size_t i, std::size_t o) const {
    return considered(i, o) * partners_[i].deals[o].win_seen * deal_value(i, o);
  }
  /// Opportunities a month of the partner if it sold this deployment only and all customers
  /// considered it, without season, shock and effort.
  double opportunities(std::size_t i) const {
    return partners_[i].opportunity_scale * segment_of(i).opportunities / 12;
  }
  /// Price of a deal of this partner at list.
  double price(std::size_t i, std::size_t o) const {
    return worth_to(i, o).price * partners_[i].price_scale;
  }

  // ------------------------------------------------------------------ events

  /// The value of a planned change after `passed` whole months of it.
  static void apply(Parameters& now, const Change& change, int passed) {
    const double f = std::min(1.0, (passed + 1.0) / change.ramp);
    for (const Write& write : change.writes) {
      double& value = at(now, write.address);
      double target = write.value;
      if (write.op == Write::Op::add) target = value + write.value;
      if (write.op == Write::Op::multiply) target = value * write.value;
      const Range bounds = row_of(write.address).bounds;
      value = clamp(value + f * (target - value), bounds.lo, bounds.hi);
    }
  }

  void events() {
    now_ = start_;
    for (const Change& change : world_.changes) {
      if (change.from <= t_ && t_ < change.to) apply(now_, change, t_ - change.from);
    }
    for (std::size_t k = 0; k < world_.events.size(); ++k) {
      const int happens = event_month_[k];
      const Change& change = world_.events[k].change;
      if (happens < 0) continue;
      if (happens + change.from <= t_ && t_ < happens + change.to) {
        apply(now_, change, t_ - happens - change.from);
      }
    }
  }

  // ------------------------------------------------------------------ market

  void market() {
    static constexpr Purpose kShock{"market.shock"};
    for (std::size_t m = 0; m < markets_.size(); ++m) {
      MarketState& state = markets_[m];
      const Market& p = now_.markets[m];
      if (t_ > 0) {
        state.trend += p.growth / 12;
        state.cloud += (1 - state.cloud) * monthly(p.cloud_p + p.cloud_q * state.cloud);
      }
      const double eps =
          normal_quantile(uniforms(luck_.world, world_.markets[m].key, t_, kShock.id)[0]);
      state.shock = p.persistence * state.shock + p.volatility * eps;
      state.shock_variance =
          p.persistence * p.persistence * state.shock_variance + p.volatility * p.volatility;
      double year = 0;
      for (const double factor : p.season) year += factor;
      const double season = p.season[of_year()] * 12 / year;
      state.demand = season * exp(state.trend + state.shock - state.shock_variance / 2);
    }
  }
  std::size_t of_year() const {
    return static_cast<std::size_t>((world_.calendar.start_month - 1 + t_) % 12);
  }

  // ------------------------------------------------------------------ sensing

  /// Sums over partners are of values cut off at 2^-32, so that their order cannot matter.
  static double gridded(double x) { return from_grid(to_grid(x)); }

  /// What customers want on the whole: the mean over partners of their markets.
  double cloud_of_all() const {
    if (markets_.size() == 1) return markets_[0].cloud;
    double sum = 0;
    for (std::size_t i = 0; i < count(); ++i) sum += gridded(market_of(i).cloud);
    return sum / static_cast<double>(count());
  }

  void sensing() {
    const double cloud = cloud_of_all();
    for (std::size_t v = 0; v < vendors(); ++v) {
      double billed = 0, seen = 0, heads = 0, seen_by_head = 0;
      for (std::size_t i = 0; i < count(); ++i) {
        if (!active(i, v)) continue;
        const Relation& r = partners_[i].relations[v];
        const double passed_on =
            gridded(clamp01(r.registered * (now_.sensing.share_neutral +
                                            now_.sensing.share_trust * (r.trust - 0.5))));
        const auto weight = static_cast<double>(std::max<Money>(0, r.billed_12m));
        billed += weight;
        seen += weight * passed_on;
        heads += 1;
        seen_by_head += passed_on;
      }
      double w = 0;
      if (billed > 0) {
        w = gridded(seen / billed);
      } else if (heads > 0) {
        w = seen_by_head / heads;
      }
      double& belief = vendors_[v].belief;
      belief += now_.sensing.belief_speed * w * (cloud - belief);
      if (lifted(Shadow::contact, v)) belief = cloud;
      for (const std::size_t o : offers_of(v)) {
        gap_[o] = std::max(0.0, is_cloud(o) ? cloud - belief : belief - cloud);
      }
    }
  }

  // ------------------------------------------------------------------ managers

  /// Jump consistent hash (Lamping and Veach 2014): which of `buckets` a key belongs to.
  static std::size_t jump_hash(std::uint64_t key, int buckets) {
    std::int64_t b = -1, j = 0;
    while (j < buckets) {
      b = j;
      key = key * 2862933555777941757u + 1;
      j = static_cast<std::int64_t>(static_cast<double>(b + 1) *
                                    (0x1p31 / static_cast<double>((key >> 33) + 1)));
    }
    return static_cast<std::size_t>(b);
  }

  /// Attention of the partner's manager, 0 where the seat is vacant.
  double manager_attention(std::size_t i, std::size_t v) const {
    const Relation& r = partners_[i].relations[v];
    if (vendors_[v].seats == 0) return 0;
    const Seat& seat = vendors_[v].desks[r.seat];
    const double hours = seat.filled ? seat.hours * r.claim : 0;
    return hours / (hours + now_.managers.half_hours);
  }

  void managers() {
    static constexpr Purpose kSeat{"managers.seat"};
    const Managers& p = now_.managers;
    const double mean_carry = (p.carry_low + p.carry_high) / 2;
    for (std::size_t v = 0; v < vendors(); ++v) {
      VendorState& vendor = vendors_[v];
      const Vendor& terms = own_program(now_, v).terms;
      const int seats = static_cast<int>(std::round(terms.manager_seats));

      // seats added wait for somebody; who has to move loses as much as in a mean hand-over
      if (seats != vendor.seats) {
        for (int k = vendor.seats; k < seats; ++k) {
          vendor.desks[static_cast<std::size_t>(k)].filled = false;
        }
        for (std::size_t i = 0; i < count(); ++i) {
          Relation& r = partners_[i].relations[v];
          const std::size_t seat =
              seats == 0 ? r.seat
                         : jump_hash(combine(world_.partners.key[i], world_.vendors[v].key), seats);
          if (seats == 0 || seat != r.seat) r.relationship *= mean_carry;
          r.seat = seat;
        }
        vendor.seats = seats;
      }

      // people leave, seats are filled
      std::vector<double> carry(kMaxSeats, 1.0);
      double filled = 0;
      for (std::size_t k = 0; k < static_cast<std::size_t>(seats); ++k) {
        Seat& seat = vendor.desks[k];
        const Uniforms u =
            uniforms(luck_.personal, combine(world_.vendors[v].key, k), t_, kSeat.id);
        if (lifted(Shadow::staying, v)) {
          seat.filled = true;
        } else if (seat.filled) {
          if (u[0] < monthly(p.turnover)) {
            seat.filled = false;
            carry[k] = p.carry_low + (p.carry_high - p.carry_low) * u[1];
          }
        } else if (u[0] < 1 - exp(-1 / p.vacancy)) {
          seat.filled = true;
          seat.since = t_;
        }
        filled += seat.filled ? 1 : 0;
      }

      // claims are renewed every quarter
      std::vector<double> claims(kMaxSeats, 0.0), billed(kMaxSeats, 0.0), heads(kMaxSeats, 0.0);
      std::vector<std::int64_t> by_segment(world_.segments.size(), 0);  // on the grid
      for (std::size_t i = 0; i < count(); ++i) {
        const Relation& r = partners_[i].relations[v];
        if (!looked_after(i, v)) continue;
        billed[r.seat] += static_cast<double>(std::max<Money>(0, r.billed_12m));
        heads[r.seat] += 1;
      }
      for (std::size_t i = 0; i < count(); ++i) {
        Relation& r = partners_[i].relations[v];
        if (t_ % 3 == 0) r.claim = 1;
        if (!looked_after(i, v)) continue;
        if (t_ % 3 == 0 && billed[r.seat] > 0) {
          const double mean = billed[r.seat] / heads[r.seat];
          const double mine = static_cast<double>(std::max<Money>(0, r.billed_12m));
          r.claim = on_grid(power(1 + mine / mean, terms.manager_focus));
        }
        claims[r.seat] += r.claim;
        by_segment[segment(i)] += to_grid(r.claim);
      }

      // hours are split
      double prospects = 0;
      for (std::size_t i = 0; i < count(); ++i) prospects += is(i, v, Stage::prospect) ? 1 : 0;
      const double recruiting = filled * p.hours * terms.manager_recruiting;
      const double y = prospects > 0 ? recruiting / prospects : 0;
      vendor.outreach = y / (y + p.half_hours);
      for (std::size_t k = 0; k < kMaxSeats; ++k) {
        Seat& seat = vendor.desks[k];
        const bool works = k < static_cast<std::size_t>(seats) && seat.filled;
        seat.hours =
            works && claims[k] > 0 ? p.hours * (1 - terms.manager_recruiting) / claims[k] : 0;
      }

      desk(Desk::managers, v, static_cast<std::int64_t>(filled));
      desk(Desk::vacant, v, seats - static_cast<std::int64_t>(filled));
      split(Head::manager_cost, v, by_segment,
            round_money(kMinorPerMajor * filled * terms.manager_cost));

      // relationships grow and fade
      for (std::size_t i = 0; i < count(); ++i) {
        Relation& r = partners_[i].relations[v];
        if (!looked_after(i, v)) continue;
        // who has just joined has the firm's own relationship, no more
        const bool joined = is(i, v, Stage::onboarding) && r.since == t_ - 1;
        const double was = joined ? p.floor : r.relationship * carry[r.seat];
        const double a = manager_attention(i, v);
        r.relationship = clamp01(was + p.gain * a * (1 - was) - p.fade * (was - p.floor));
      }
    }
  }

  // ------------------------------------------------------------------ peers

  void peers() {
    for (std::size_t i = 0; i < count(); ++i) {
      Partner& partner = partners_[i];
      const auto links = world_.graph.peers.of(i);
      const auto links_count = static_cast<double>(links.size());
      for (std::size_t v = 0; v < vendors(); ++v) {
        double with = 0;
        for (const std::uint32_t j : links) with += active(j, v) ? 1 : 0;
        partner.relations[v].peers_with = links.empty() ? 0 : with / links_count;
      }
      for (const bool cloud : {false, true}) {
        double sum = 0;
        for (const std::uint32_t j : links) sum += deployment_attention(j, cloud);
        partner.push[cloud ? 1 : 0] = links.empty() ? 0 : sum / links_count;
      }
      for (std::size_t o = 0; o < offers(); ++o) {
        double skill = 0, allies = 0;
        for (const std::uint32_t j : world_.graph.allies.of(i)) {
          if (!active(j, vendor_of(o))) continue;
          skill += partners_[j].deals[o].skill;
          allies += 1;
        }
        partner.deals[o].ally = allies > 0 ? skill / allies * (1 - exp(-allies)) : 0;
      }
    }
  }

  // ------------------------------------------------------------------ lifecycle

  /// rel: the vendor's best offer against the best of what else the partner could do, less 1.
  double relative_value(std::size_t i, std::size_t v, const std::vector<Stage>& last) const {
    double other = outside_value(segment(i));
    for (std::size_t w = 0; w < vendors(); ++w) {
      if (w == v || last[w * count() + i] != Stage::active) continue;
      other = std::max(other, best_value(i, w));
    }
    return clamp(best_value(i, v) / other - 1, -1, 1);
  }
  double best_value(std::size_t i, std::size_t v) const {
    double best = 0;
    for (const std::size_t o : offers_of(v)) best = std::max(best, expected_value(i, o));
    return best;
  }

  void lifecycle() {
    static constexpr Purpose kMove{"lifecycle.move"};
    const Lifecycle& p = now_.lifecycle;
    std::vector<Stage> last;  // [vendor][partner], at the end of last month
    for (std::size_t v = 0; v < vendors(); ++v) {
      for (std::size_t i = 0; i < count(); ++i) last.push_back(partners_[i].relations[v].stage);
    }
    for (std::size_t v = 0; v < vendors(); ++v) {
      for (std::size_t i = 0; i < count(); ++i) {
        Relation& r = partners_[i].relations[v];
        // a block of four uniforms serves four months
        const double u =
            uniforms(luck_.personal, world_.partners.key[i], t_ / 4 * 4,
                     kMove.of(world_.vendors[v].key))[static_cast<std::size_t>(t_ % 4)];
        const double rel = relative_value(i, v, last);
        const bool winning = lifted(Shadow::winning, v);
        const double outreach = winning ? 1 : vendors_[v].outreach;
        const double attracted = 2 * logistic(p.beta_join * (winning ? std::max(0.0, rel) : rel));
        const double frail = exp(-p.xi_trust * (2 * r.trust - 1) - p.xi_value * rel);
        const double leaves = lifted(Shadow::binding, v) ? 0 : partners_[i].leave_rate * frail;
        const double idle = t_ - r.since;
        const double sleeps =
            lifted(Shadow::binding, v)
                ? 0
                : p.dormant_rate * frail * exp(p.xi_idle * clamp01(idle / 12 - 1));
        const double wakes = p.reactivate_rate * 2 * logistic(p.beta_join * rel);
        switch (r.stage) {
          case Stage::prospect:
            if (u < monthly((p.join_p * (1 + p.outreach_gain * outreach) + p.join_q * r.peers_with +
                             p.recruit_rate * outreach) *
                            attracted)) {
              join(i, v);
            }
            break;
          case Stage::left:
            if (u < monthly(p.winback_rate * attracted)) join(i, v);
            break;
          case Stage::onboarding: {
            const double months =
                p.onboarding_months * (through_distributor(i) ? p.distributor_onboarding : 1);
            if (u < 1 - exp(-(1 + p.onboarding_help * manager_attention(i, v)) / months)) {
              enter(i, v, Stage::active);
              cells_.add(Head::activated, v, segment(i), 1);
            }
            break;
          }
          case Stage::active: {
            const double any = monthly(leaves + sleeps);
            if (u < any * leaves / (leaves + sleeps)) {
              leave(i, v, last);
            } else if (u < any) {
              enter(i, v, Stage::dormant);
              lay_down(i, v);
              cells_.add(Head::slept, v, segment(i), 1);
            }
            break;
          }
          case Stage::dormant: {
            const double any = monthly(leaves + wakes);
            if (u < any * leaves / (leaves + wakes)) {
              leave(i, v, last);
            } else if (u < any) {
              enter(i, v, Stage::active);
              cells_.add(Head::woken, v, segment(i), 1);
            }
            break;
          }
        }
      }
    }
  }

  void enter(std::size_t i, std::size_t v, Stage stage) {
    partners_[i].relations[v].stage = stage;
    partners_[i].relations[v].since = t_;
  }

  /// Who joins, or comes back, begins at the lowest tier.
  void join(std::size_t i, std::size_t v) {
    enter(i, v, Stage::onboarding);
    partners_[i].relations[v].tier = 0;
    partners_[i].relations[v].bookings = 0;
    cells_.add(Head::joined, v, segment(i), 1);
    cells_.add(Head::onboarding_cost, v, segment(i),
               round_money(kMinorPerMajor * program_of(i, v).terms.onboarding_cost));
  }

  /// A partner that sleeps or leaves gives its attention to other things.
  void lay_down(std::size_t i, std::size_t v) {
    for (const std::size_t o : offers_of(v)) partners_[i].deals[o].attention = 0;
    partners_[i].relations[v].effort = 0;
    partners_[i].relations[v].run_rate = 0;
  }

  /// The leaver loses its pipeline; a part of its customers follows it to a rival it is active
  /// with, or away; the rest is the vendor's orphan base.
  void leave(std::size_t i, std::size_t v, const std::vector<Stage>& last) {
    static constexpr Purpose kFollow{"lifecycle.follow"};
    enter(i, v, Stage::left);
    lay_down(i, v);
    cells_.add(Head::exits, v, segment(i), 1);
    for (const std::size_t o : offers_of(v)) {
      Deal& deal = partners_[i].deals[o];
      deal.open = 0;
      if (deal.contracts == 0) continue;
      const double u =
          uniforms(luck_.personal, world_.partners.key[i], t_, kFollow.of(world_.offers[o].key))[0];
      const double share = lifted(Shadow::contact, v) ? 0 : now_.lifecycle.follows_partner;
      const int following = binomial(u, deal.contracts, share);
      const Money value = remove_contracts(deal, following);
      cells_.add(Line::churned, o, segment(i), following);
      cells_.add(Line::churned_value, o, segment(i), value);
      if (following == 0) continue;
      std::size_t to = offers();  // the rival's offer of the same deployment
      double most = -1;           // where it is active with several: of the best for it
      for (std::size_t x = 0; x < offers(); ++x) {
        const std::size_t rival = vendor_of(x);
        if (rival == v || is_cloud(x) != is_cloud(o)) continue;
        if (last[rival * count() + i] != Stage::active) continue;
        if (best_value(i, rival) > most) {
          most = best_value(i, rival);
          to = x;
        }
      }
      if (to == offers()) continue;
      const double ratio = listed(now_, to).price / listed(now_, o).price;
      add_contracts(partners_[i].deals[to], following, part(value, ratio));
    }
  }

  // ------------------------------------------------------------------ enablement

  int certificates(std::size_t i, std::size_t v) const {
    int sum = 0;
    for (const std::size_t o : offers_of(v)) sum += partners_[i].deals[o].certified ? 1 : 0;
    return sum;
  }
  /// The highest tier whose threshold these bookings (minor units) reach, with that many
  /// certified offers.
  std::size_t tier_for(const Program& program, double bookings, int certified) const {
    std::size_t best = 0;
    for (std::size_t k = 0; k < program.tiers.size(); ++k) {
      if (bookings >= kMinorPerMajor * program.tiers[k].threshold &&
          certified >= program.tiers[k].certified) {
        best = k;
      }
    }
    return best;
  }
  int review_period(const Program& program) const {
    return static_cast<int>(std::round(program.terms.review_months));
  }
  /// The running month included.
  int months_to_review(const Program& program) const {
    return review_period(program) - t_ % review_period(program);
  }

  void enablement() {
    const Enablement& p = now_.enablement;
    for (std::size_t v = 0; v < vendors(); ++v) {
      for (const std::size_t o : offers_of(v)) {
        for (std::size_t i = 0; i < count(); ++i) {
          Partner& partner = partners_[i];
          Deal& deal = partner.deals[o];
          const Relation& r = partner.relations[v];
          const Vendor& terms = program_of(i, v).terms;
          // who has not started yet has nothing to forget
          if (is(i, v, Stage::prospect) || is(i, v, Stage::onboarding)) continue;
          double gain = 0;
          if (active(i, v)) {
            const double income =
                opportunities(i) * partner.price_scale * expected_value(i, o) * deal.attention;
            const double benefit =
                p.training_horizon * income * (1 - deal.win_seen) *
                (now_.closing.w_skill + now_.closing.w_help * (1 - vendors_[v].help)) * p.learn *
                (1 - deal.skill);
            double trains = benefit / (benefit + p.training_cost * (1 - terms.training_subsidy));
            if (!(benefit > 0)) trains = 0;
            const double openness = lifted(Shadow::information, v) ? 1 : terms.openness;
            if (lifted(Shadow::enabling, v)) trains = 1;
            if (!lifted(Shadow::enabling, v)) {
              pay_training(o, segment(i), trains * p.training_cost, terms.training_subsidy);
            }
            gain = p.learn * trains * openness + p.learn_by_winning * deal.won / (deal.won + 5.0);
          }
          deal.skill = on_grid(deal.skill + gain * (1 - deal.skill) - p.forget * deal.skill);
          if (deal.skill < p.certified_bar - 0.05) deal.certified = false;
          if (active(i, v) && !deal.certified && deal.skill >= p.certified_bar) {
            const Program& program = program_of(i, v);
            const int others = certificates(i, v);
            const double run = r.run_rate * (1 + r.effort);
            const double bookings =
                static_cast<double>(r.bookings) + kMinorPerMajor * run * months_to_review(program);
            const double more = program.tiers[tier_for(program, bookings, others + 1)].margin -
                                program.tiers[tier_for(program, bookings, others)].margin;
            const double worth = more * 12 * run;
            deal.certified = worth > p.certificate_cost * (1 - terms.training_subsidy);
            if (deal.certified) {
              pay_training(o, segment(i), p.certificate_cost, terms.training_subsidy);
            }
          }
        }
      }
    }
  }

  /// Training or a certificate (currency units): the vendor's part and the partner's own.
  void pay_training(std::size_t o, std::size_t s, double cost, double subsidy) {
    const Money all = round_money(kMinorPerMajor * cost);
    const Money ours = part(all, subsidy);
    cells_.add(Line::training_subsidy, o, s, ours);
    cells_.add(Line::training, o, s, all - ours);
    cells_.add(Line::partner_profit, o, s, -(all - ours));
  }

  // ------------------------------------------------------------------ choice

  void choice() {
    const Choice& p = now_.choice;
    const auto felt = [&](double y) { return y >= 0 ? y : p.loss_aversion * y; };
    for (std::size_t i = 0; i < count(); ++i) {
      Partner& partner = partners_[i];
      const double outside = outside_value(segment(i));
      std::vector<std::size_t> choices;  // offers of vendors the partner is active with
      for (std::size_t o = 0; o < offers(); ++o) {
        if (active(i, vendor_of(o))) choices.push_back(o);
      }
      const auto relative = [&](double nu) { return clamp(nu / partner.used_to - 1, -1, 3); };

      std::vector<double> weight;
      double all = exp(p.outside_bias + p.beta * felt(relative(outside)));
      for (const std::size_t o : choices) {
        const Relation& r = partner.relations[vendor_of(o)];
        const double u = p.beta * felt(relative(expected_value(i, o))) +
                         p.beta_trust * (2 * r.trust - 1) +
                         p.beta_skill * (2 * partner.deals[o].skill - 1) +
                         p.beta_peer * partner.push[is_cloud(o) ? 1 : 0] +
                         partner.habit * deployment_attention(i, is_cloud(o));
        weight.push_back(exp(u));
        all += weight.back();
      }
      // the whole partner thinks again when one of its managers is new or a vendor is
      double speed = partner.speed;
      for (std::size_t v = 0; v < vendors(); ++v) {
        if (!active(i, v)) continue;
        const Relation& r = partner.relations[v];
        if (t_ - vendors_[v].desks[r.seat].since < 6) {
          speed = std::max(speed, std::min(1.0, (1 + now_.managers.explore_boost) * partner.speed));
        }
        if (r.since == t_) speed = std::max(speed, now_.lifecycle.launch_share);
      }
      for (std::size_t k = 0; k < choices.size(); ++k) {
        const std::size_t o = choices[k];
        double& e = partner.deals[o].attention;
        e = on_grid(e + speed * (weight[k] / all - e));
      }
      // shadow lifted: the vendor's share is split as customers want it
      for (std::size_t v = 0; v < vendors(); ++v) {
        if (!lifted(Shadow::flexibility, v) || !active(i, v)) continue;
        double share[2] = {0, 0}, number[2] = {0, 0};  // by deployment
        for (const std::size_t o : offers_of(v)) {
          share[is_cloud(o)] += partner.deals[o].attention;
          number[is_cloud(o)] += 1;
        }
        if (number[0] == 0 || number[1] == 0) continue;
        const double both = share[0] + share[1], cloud = market_of(i).cloud;
        for (const std::size_t o : offers_of(v)) {
          const double had = share[is_cloud(o)];
          double& e = partner.deals[o].attention;
          e = on_grid(both * (is_cloud(o) ? cloud : 1 - cloud) *
                      (had > 0 ? e / had : 1 / number[is_cloud(o)]));
        }
      }

      double given = 0, earns = 0;  // with the attention just decided
      for (const std::size_t o : choices) {
        given += partner.deals[o].attention;
        earns += partner.deals[o].attention * expected_value(i, o);
      }
      earns += (1 - given) * outside;
      partner.used_to += (earns - partner.used_to) / p.reference_memory;
    }
  }

  // ------------------------------------------------------------------ effort

  void effort() {
    const Effort& p = now_.effort;
    for (std::size_t v = 0; v < vendors(); ++v) {
      for (std::size_t i = 0; i < count(); ++i) {
        Partner& partner = partners_[i];
        Relation& r = partner.relations[v];
        r.effort = r.run_rate = r.effort_cost = r.mdf = 0;
        if (!active(i, v)) continue;
        const Program& program = program_of(i, v);
        double bookings_rate = 0, value_rate = 0, pipeline = 0;
        for (const std::size_t o : offers_of(v)) {
          const Deal& deal = partner.deals[o];
          const double wins = deal.attention * considered(i, o) * deal.win_seen;
          bookings_rate += wins * worth_to(i, o).price;
          value_rate += wins * deal_value(i, o);
          pipeline += deal.open * deal.win_seen * price(i, o);
        }
        r.run_rate = opportunities(i) * partner.price_scale * bookings_rate;
        if (!(r.run_rate > 0)) continue;
        const double u = value_rate / bookings_rate;

        const double k = p.effort_cost, cover = program.terms.mdf_cover;
        const double cap = program.terms.mdf_accrual * static_cast<double>(r.billed_12m) /
                           kMinorPerMajor / 12;  // a month
        const double pull = 2 * r.trust * u;
        const double capped_at = cover > 0 ? std::sqrt(2 * cap / (cover * k * r.run_rate)) : 1e300;
        double x = pull / (k * (1 - cover));
        if (x > capped_at) x = std::max(capped_at, pull / k);
        x = std::min(x, p.max_effort);

        // what the next tiers bring
        const double months = months_to_review(program);
        const double ahead = r.run_rate * months;
        const double had = static_cast<double>(r.bookings) / kMinorPerMajor + pipeline;
        const int certified = certificates(i, v);
        const double period = review_period(program);
        const auto payoff = [&](double y) {
          const double cost = k / 2 * ahead * y * y;
          const double mdf = std::min(cover * cost, cap * months);
          const std::size_t tier =
              tier_for(program, kMinorPerMajor * (had + ahead * (1 + y)), certified);
          return ahead * pull * y - (cost - mdf) +
                 2 * r.trust * program.tiers[tier].margin * period * r.run_rate;
        };
        const double plain = x;
        double best = payoff(plain);
        for (const Tier& tier : program.tiers) {
          // a hair more than it takes, so that rounding does not miss the threshold
          const double y = ((tier.threshold - had) / ahead - 1) * (1 + 1e-12);
          if (y <= plain || y > p.max_effort || certified < tier.certified) continue;
          // shadow lifted: whoever can reach the next tier does, at any price
          if (lifted(Shadow::steering, v)) {
            x = y;
            break;
          }
          const double pays = payoff(y);
          if (pays > best) {
            best = pays;
            x = y;
          }
        }
        if (lifted(Shadow::authority, v)) x = std::max(x, p.target_effort);
        r.effort = x;
        cells_.add(Head::wished_bookings, v, segment(i),
                   round_money(kMinorPerMajor * r.run_rate * (1 + p.target_effort)));
        cells_.add(Head::chosen_bookings, v, segment(i),
                   round_money(kMinorPerMajor * r.run_rate * (1 + x)));
        r.effort_cost = k / 2 * r.run_rate * x * x;
        r.mdf = std::min(cover * r.effort_cost, cap);
      }
    }
  }

  // ------------------------------------------------------------------ registration

  void registration() {
    const Registration& p = now_.registration;
    for (std::size_t v = 0; v < vendors(); ++v) {
      for (std::size_t i = 0; i < count(); ++i) {
        Relation& r = partners_[i].relations[v];
        if (!sells(i, v)) continue;
        r.registered =
            logistic(p.base + p.pull * program_of(i, v).terms.uplift - p.exposure * (1 - r.trust));
      }
    }
  }

  // ------------------------------------------------------------------ saturation

  void saturation() {
    for (std::size_t m = 0; m < markets_.size(); ++m) {
      MarketState& state = markets_[m];
      const double load = start_.markets[m].load;
      if (!(load > 0)) continue;
      double looked_for = 0;  // of values on the grid
      for (std::size_t i = 0; i < count(); ++i) {
        if (world_.partners.market[i] != m) continue;
        const Partner& partner = partners_[i];
        for (std::size_t o = 0; o < offers(); ++o) {
          const Relation& r = partner.relations[vendor_of(o)];
          looked_for += from_grid(
              to_grid(12 * opportunities(i) * partner.deals[o].attention * (1 + r.effort) *
                      (1 + now_.demand.referral * partner.deals[o].ally)));
        }
      }
      if (t_ == 0) state.there = looked_for / load;
      const auto found = [](double l) { return l > 0 ? (1 - exp(-l)) / l : 1; };
      const double l = state.there > 0 ? looked_for / state.there : 0;
      state.saturation = found(l) / found(load);
      scene(Scene::meeting, m, to_grid(looked_for - state.there * (1 - exp(-l))));
    }
  }

  // ------------------------------------------------------------------ demand

  double price_response(std::size_t m) const {
    double sum = 0;
    for (std::size_t o = 0; o < offers(); ++o) {
      sum += log(listed(now_, o).price / listed(start_, o).price);
    }
    return exp(-now_.markets[m].price_elasticity * sum / static_cast<double>(offers()));
  }

  void demand() {
    static constexpr Purpose kDeals{"demand.deals"};
    for (std::size_t i = 0; i < count(); ++i) {
      Partner& partner = partners_[i];
      const MarketState& market = market_of(i);
      for (std::size_t o = 0; o < offers(); ++o) {
        Deal& deal = partner.deals[o];
        const Relation& r = partner.relations[vendor_of(o)];
        deal.arrived = 0;
        const double looking =
            market.demand * market.saturation * price_response(world_.partners.market[i]);
        const double reached = opportunities(i) * looking * deal.attention * (1 + r.effort) *
                               (1 + now_.demand.referral * deal.ally);
        const double mean = reached * considered(i, o);
        const double u = uniforms(luck_.personal, world_.partners.key[i], t_,
                                  kDeals.of(world_.offers[o].key))[0];
        deal.arrived = poisson(u, mean);
        cells_.add(Line::opportunities, o, segment(i), deal.arrived);
        cells_.add(Line::unserved, o, segment(i), to_grid(reached - mean));
      }
    }
  }

  // ------------------------------------------------------------------ specialists

  void specialists() {
    const Specialists& p = now_.specialists;
    for (std::size_t v = 0; v < vendors(); ++v) {
      VendorState& vendor = vendors_[v];
      const Vendor& terms = own_program(now_, v).terms;
      double heads = 0, supplied = 0;
      std::vector<std::int64_t> by_segment(world_.segments.size(), 0);  // on the grid
      for (std::size_t i = 0; i < count(); ++i) {
        for (const std::size_t o : offers_of(v)) {
          const Deal& deal = partners_[i].deals[o];
          by_segment[segment(i)] += to_grid(deal.arrived * p.need * (1 - deal.skill / 2));
        }
        if (!active(i, v)) continue;
        heads += 1;
        supplied += through_distributor(i) ? 1 : 0;
      }
      std::int64_t all = 0;
      for (const std::int64_t requested : by_segment) all += requested;
      const double requests = from_grid(all);
      const double capacity = terms.specialist_capacity *
                              (1 + p.distributor_capacity * (heads > 0 ? supplied / heads : 0));
      vendor.backlog =
          std::max(0.0, vendor.backlog * exp(-(vendor.backlog / capacity) / p.patience) + requests -
                            capacity);
      const double rho = std::min(requests / capacity, 0.98);
      vendor.wait =
          vendor.backlog / capacity +
          power(rho, std::sqrt(2 * (terms.specialist_team + 1)) - 1) / (capacity * (1 - rho)) +
          p.release_delay * (1 - terms.openness);
      if (lifted(Shadow::information, v)) vendor.wait = 0;
      vendor.help = exp(-vendor.wait / p.patience);
      for (std::size_t s = 0; s < by_segment.size(); ++s) {
        cells_.add(Head::requests, v, s, by_segment[s]);
        cells_.add(Head::waiting, v, s, to_grid(from_grid(by_segment[s]) * vendor.wait));
      }
      split(Head::specialist_cost, v, by_segment,
            round_money(kMinorPerMajor * terms.specialist_capacity * terms.specialist_cost));
    }
  }

  // ------------------------------------------------------------------ closing

  /// ln(p/p0) of the offer less the mean of the rivals' offers of the same deployment.
  double price_gap(std::size_t o) const {
    const auto rise = [&](std::size_t x) {
      return log(listed(now_, x).price / listed(start_, x).price);
    };
    double sum = 0, rivals = 0;
    for (std::size_t x = 0; x < offers(); ++x) {
      if (vendor_of(x) == vendor_of(o) || is_cloud(x) != is_cloud(o)) continue;
      sum += rise(x);
      rivals += 1;
    }
    return rise(o) - (rivals > 0 ? sum / rivals : 0);
  }

  double win_rate(std::size_t i, std::size_t o) const {
    const Closing& p = now_.closing;
    const std::size_t v = vendor_of(o);
    const Deal& deal = partners_[i].deals[o];
    const Vendor& terms = own_program(now_, v).terms;
    const Vendor& before = own_program(start_, v).terms;
    const double street = terms.pass_through * terms.rebate;
    const double street_before = before.pass_through * before.rebate;
    return logistic(logit(p.win_rate) + terms.brand + p.w_price * (street - street_before) +
                    p.w_spiff * (terms.spiff - before.spiff) - p.w_list * price_gap(o) +
                    p.w_skill * (deal.skill - 0.5) -
                    p.w_help * (1 - deal.skill) * (1 - vendors_[v].help) - p.w_gap * gap_[o] +
                    p.w_ally * deal.ally +
                    p.w_relationship * (partners_[i].relations[v].relationship - 0.5));
  }

  void closing() {
    static constexpr Purpose kDeals{"demand.deals"};
    const double sigma2 = now_.closing.deal_sigma * now_.closing.deal_sigma;
    for (std::size_t i = 0; i < count(); ++i) {
      for (std::size_t o = 0; o < offers(); ++o) {
        Deal& deal = partners_[i].deals[o];
        Relation& r = partners_[i].relations[vendor_of(o)];
        const Uniforms u =
            uniforms(luck_.personal, world_.partners.key[i], t_, kDeals.of(world_.offers[o].key));
        deal.won = 0;
        deal.booked = 0;
        const double decides = 1 - exp(-1 / in(program_of(i, vendor_of(o)), o).sales_cycle);
        const int decided = binomial(u[1], deal.open, decides);
        if (decided > 0) {
          deal.won = binomial(u[2], decided, win_rate(i, o));
          const double share = decided / (decided + now_.choice.experience_weight);
          deal.win_seen += share * (static_cast<double>(deal.won) / decided - deal.win_seen);
        }
        if (deal.won > 0) {
          // one lognormal with the mean and variance of the sum of `won` lognormal prices
          const double spread2 = log(1 + (exp(sigma2) - 1) / deal.won);
          const double value = deal.won * price(i, o) *
                               exp(std::sqrt(spread2) * normal_quantile(u[3]) - spread2 / 2);
          deal.booked = round_money(kMinorPerMajor * value);
          r.bookings += deal.booked;
          r.since = t_;
        }
        deal.open += deal.arrived - decided;
        cells_.add(Line::closed, o, segment(i), decided);
        cells_.add(Line::won, o, segment(i), deal.won);
        cells_.add(Line::bookings, o, segment(i), deal.booked);
      }
    }
  }

  // ------------------------------------------------------------------ base

  /// Contracts end; returns their value.
  Money remove_contracts(Deal& deal, int ended) {
    if (ended == 0) return 0;
    const Money value = ended == deal.contracts
                            ? deal.base
                            : round_money(static_cast<double>(deal.base) * ended / deal.contracts);
    const double before = static_cast<double>(deal.base);
    deal.contracts -= ended;
    deal.base -= value;
    if (deal.contracts == 0 || deal.base <= 0) {
      deal.kept = 1;
      deal.sold = deal.start_base = 0;
      std::fill(deal.sold_at.begin(), deal.sold_at.end(), 0.0f);
    } else {
      deal.kept *= static_cast<double>(deal.base) / before;
      if (deal.kept < 0x1p-40) {  // counted anew before it becomes too small
        deal.sold *= deal.kept;
        deal.start_base *= deal.kept;
        for (float& sold : deal.sold_at) sold *= static_cast<float>(deal.kept);
        deal.kept = 1;
      }
    }
    return value;
  }
  void add_contracts(Deal& deal, int added, Money value) {
    deal.contracts += added;
    deal.base += value;
    deal.sold += static_cast<double>(value) / deal.kept;
  }

  void base() {
    static constexpr Purpose kContracts{"base.contracts"};
    const Base& p = now_.base;
    for (std::size_t i = 0; i < count(); ++i) {
      for (std::size_t v = 0; v < vendors(); ++v) {
        // cloud first: what moves there this month cannot end this month
        for (const bool cloud : {true, false}) {
          for (const std::size_t o : offers_of(v)) {
            if (is_cloud(o) == cloud) age(i, v, o, p, kContracts.of(world_.offers[o].key));
          }
        }
        for (const std::size_t o : offers_of(v)) {
          Deal& deal = partners_[i].deals[o];
          if (deal.won > 0) add_contracts(deal, deal.won, deal.booked);
        }
      }
    }
    if ((t_ + 1) % 3 == 0) {
      for (Partner& partner : partners_) {
        for (Deal& deal : partner.deals) {
          deal.sold_at[static_cast<std::size_t>((t_ + 1) / 3)] = static_cast<float>(deal.sold);
        }
      }
    }
  }

  /// Contracts of one partner and offer end, and of those that stay some move to cloud.
  void age(std::size_t i, std::size_t v, std::size_t o, const Base& p, std::uint32_t purpose) {
    Deal& deal = partners_[i].deals[o];
    if (deal.contracts == 0) return;
    const Offer& terms = in(program_of(i, v), o);
    const Uniforms u = uniforms(luck_.personal, world_.partners.key[i], t_, purpose);
    const double orphan = lifted(Shadow::contact, v) ? 1 : now_.lifecycle.orphan_churn;
    const double rate = terms.churn *
                        exp(-p.chi_skill * (2 * deal.skill - 1) + p.chi_gap * gap_[o]) *
                        (orphaned(i, v) ? orphan : 1);
    const int ended = binomial(u[0], deal.contracts, monthly(rate));
    const Money value = remove_contracts(deal, ended);
    cells_.add(Line::churned, o, segment(i), ended);
    cells_.add(Line::churned_value, o, segment(i), value);

    if (is_cloud(o)) return;
    for (const std::size_t to : offers_of(v)) {
      if (!is_cloud(to)) continue;
      double e_cloud = 0, e_all = 0;
      for (const std::size_t x : offers_of(v)) {
        e_all += partners_[i].deals[x].attention;
        if (is_cloud(x)) e_cloud += partners_[i].deals[x].attention;
      }
      const double pull = e_all > 0 ? e_cloud / e_all : 0;
      const int moved =
          binomial(u[1], deal.contracts, monthly(p.migration * market_of(i).cloud * pull));
      if (moved == 0) return;
      const Money from = remove_contracts(deal, moved);
      const Money yearly =
          part(from, in(program_of(i, v), to).price / terms.price * p.migration_uplift);
      add_contracts(partners_[i].deals[to], moved, yearly);
      cells_.add(Line::migrated, o, segment(i), moved);
      cells_.add(Line::migrated_value, to, segment(i), yearly);
      return;
    }
  }

  // ------------------------------------------------------------------ settlement

  /// C at the end of month t - 12 years: kept at the ends of quarters, linear between.
  double sold_until(const Deal& deal, double years) const {
    const double quarters = (t_ + 1 - 12 * years) / 3;  // since the start
    if (quarters <= 0) return 0;
    const auto k = static_cast<std::size_t>(quarters);
    const double before = deal.sold_at[k], after = deal.sold_at[k + 1];
    return before + (quarters - static_cast<double>(k)) * (after - before);
  }
  /// Share of the base that was sold in the last `years`; what was there at the start keeps its
  /// terms, if it counts.
  double sold_within(const Deal& deal, double years, bool with_start) const {
    if (deal.base == 0) return 0;
    if (with_start && 12 * years >= t_ + 1) return 1;
    const double value = deal.sold - sold_until(deal, years) + (with_start ? deal.start_base : 0);
    return clamp01(deal.kept * value / static_cast<double>(deal.base));
  }

  /// What one partner and offer are billed and how it is shared; returns what customers pay.
  Money bill(std::size_t i, std::size_t v, std::size_t o) {
    const Deal& deal = partners_[i].deals[o];
    Relation& r = partners_[i].relations[v];
    const Program& program = program_of(i, v);
    const Vendor& terms = program.terms;
    const Offer& offer = in(program, o);
    const Segment& seg = segment_of(i);
    const std::size_t s = segment(i);
    const auto base = static_cast<double>(deal.base);
    const auto booked = static_cast<double>(deal.booked);
    const auto month = static_cast<int>(of_year());

    const double yearly = is_licence(o) ? rounded(base * offer.maintenance) : base;
    const double fee = instalment(yearly, month);
    const Money list = as_money(fee) + (is_licence(o) ? deal.booked : 0);
    const Money goods_cost = part(list, offer.cost_of_goods);
    cells_.add(Line::cost_of_goods, o, s, goods_cost);
    if (orphaned(i, v)) {
      cells_.add(Line::direct, o, s, list);
      return 0;
    }
    const Money street = part(list, terms.pass_through * terms.rebate);
    const Money customer = list - street;

    // a licence is all first-year margin; of what is billed by the year, the base in its first
    // year earns it, the rest within its term the recurring margin
    const double in_term = sold_within(deal, offer.share_term, true);
    const double young =
        is_licence(o)
            ? 0
            : std::min(in_term, sold_within(deal, std::min(1.0, offer.share_term), false));
    const double first = (is_licence(o) ? booked : 0) + rounded(fee * young);
    const double resale =
        rounded(first * first_margin(program, static_cast<std::size_t>(r.tier), o)) +
        rounded(fee * (in_term - young) * offer.margin_recurring);
    const double helped = now_.demand.referral * deal.ally;
    const Money margin = as_money(resale) - street;
    const Money uplift = round_money(first * (terms.uplift * r.registered));
    const Money rebate = part(customer, terms.rebate);
    const Money spiff = round_money(terms.spiff * booked);
    const Money referral = round_money(terms.referral_fee * booked * helped / (1 + helped));
    const Money distributor = through_distributor(i) ? part(customer, terms.distributor_margin) : 0;
    // market development of the relation, by attention
    const double all = vendor_attention(i, v);
    const double weight = all > 0 ? kMinorPerMajor * deal.attention / all : 0;
    const Money mdf = round_money(r.mdf * weight);
    const Money development = round_money(r.effort_cost * weight);
    const Money net = customer - margin - uplift - rebate - spiff - referral - distributor - mdf;
    r.rebate_due += rebate;

    cells_.add(Line::list, o, s, list);
    cells_.add(Line::street_discount, o, s, street);
    cells_.add(Line::customer, o, s, customer);
    cells_.add(Line::margin, o, s, margin);
    cells_.add(Line::uplift, o, s, uplift);
    cells_.add(Line::rebate, o, s, rebate);
    cells_.add(Line::mdf, o, s, mdf);
    cells_.add(Line::spiff, o, s, spiff);
    cells_.add(Line::referral, o, s, referral);
    cells_.add(Line::distributor, o, s, distributor);
    cells_.add(Line::net, o, s, net);

    // beside the product
    const double at_start = listed(start_, o).price / offer.price;
    const double services =
        seg.services * at_start * offer.deploy * booked + seg.services * offer.operate / 12 * base;
    const Money own_services = round_money(services * (1 - terms.overlap));
    const Money lost = round_money(services * terms.overlap);
    const Money goods = round_money(now_.settlement.goods * static_cast<double>(customer));
    const Money overhead = round_money(now_.settlement.overhead *
                                       static_cast<double>(customer + own_services + goods));
    cells_.add(Line::partner_services, o, s, own_services);
    cells_.add(Line::services_lost, o, s, lost);
    cells_.add(Line::services_profit, o, s, part(lost, terms.services_margin));
    cells_.add(Line::goods, o, s, goods);
    cells_.add(Line::overhead, o, s, overhead);
    cells_.add(Line::effort_cost, o, s, development);
    cells_.add(Line::partner_profit, o, s,
               margin + uplift + rebate + mdf + referral +
                   part(own_services, now_.choice.services_margin) +
                   part(goods, now_.settlement.goods_margin) - overhead - development);
    return customer;
  }

  void settlement() {
    for (std::size_t i = 0; i < count(); ++i) {
      for (std::size_t v = 0; v < vendors(); ++v) {
        Relation& r = partners_[i].relations[v];
        Money customers_pay = 0;
        for (const std::size_t o : offers_of(v)) customers_pay += bill(i, v, o);
        Money& quarter = r.billed[static_cast<std::size_t>(t_ / 3 % 5)];
        quarter = (t_ % 3 == 0 ? 0 : quarter) + customers_pay;
        if (is(i, v, Stage::left)) {
          cells_.add(Head::rebate_expired, v, segment(i), r.rebate_due);
          r.rebate_due = 0;
        }
        if ((t_ + 1) % 3 == 0) {
          cells_.add(Head::rebate_paid, v, segment(i), r.rebate_due);
          r.rebate_due = 0;
          r.billed_12m = 0;  // what lies five quarters back is overwritten next
          for (int q = t_ / 3; q > t_ / 3 - 4; --q) {
            r.billed_12m += r.billed[static_cast<std::size_t>((q + 5) % 5)];
          }
        }
        cells_.add(Head::rebate_due, v, segment(i), r.rebate_due);
        if (active(i, v)) {
          cells_.add(Head::relation_cost, v, segment(i),
                     round_money(kMinorPerMajor * program_of(i, v).terms.relation_cost));
        }
      }
    }
  }

  // ------------------------------------------------------------------ trust

  void trust() {
    const Trust& p = now_.trust;
    for (std::size_t v = 0; v < vendors(); ++v) {
      for (std::size_t i = 0; i < count(); ++i) {
        Relation& r = partners_[i].relations[v];
        if (!sells(i, v)) continue;
        const Program& program = program_of(i, v);
        double margin = 0;
        for (const std::size_t o : offers_of(v)) {
          margin += first_margin(program, static_cast<std::size_t>(r.tier), o);
        }
        margin = margin / static_cast<double>(offers_of(v).size()) +
                 r.registered * program.terms.uplift + kept_rebate(program);
        if (r.margin_used_to == 0) r.margin_used_to = margin;  // nothing surprises at first
        const double surprise =
            r.margin_used_to > 0 ? clamp(margin / r.margin_used_to - 1, -1, 1) : 0;
        const double goal =
            clamp01(partners_[i].trust_level + p.relationship * (r.relationship - 0.5) +
                    p.surprise * surprise - p.wait * (1 - vendors_[v].help) -
                    p.services * felt_overlap(program) * segment_of(i).services);
        r.trust = on_grid(r.trust + (goal > r.trust ? p.up : p.down) * (goal - r.trust));
        r.margin_used_to += (margin - r.margin_used_to) / 12;
      }
    }
  }

  // ------------------------------------------------------------------ review

  void review() {
    for (std::size_t v = 0; v < vendors(); ++v) {
      for (std::size_t i = 0; i < count(); ++i) {
        Relation& r = partners_[i].relations[v];
        const Program& program = program_of(i, v);
        if ((t_ + 1) % review_period(program) != 0) continue;
        r.tier = static_cast<int>(
            tier_for(program, static_cast<double>(r.bookings), certificates(i, v)));
        r.bookings = 0;
      }
    }
  }

  // ------------------------------------------------------------------ record

  void record() {
    for (std::size_t i = 0; i < count(); ++i) {
      const std::size_t s = segment(i);
      for (std::size_t v = 0; v < vendors(); ++v) {
        const Relation& r = partners_[i].relations[v];
        static constexpr Head kByStage[] = {Head::prospects, Head::onboarding, Head::active,
                                            Head::dormant, Head::left};
        cells_.add(kByStage[static_cast<std::size_t>(r.stage)], v, s, 1);
        if (!active(i, v)) continue;
        const auto most = static_cast<int>(Cells::kTiersReported) - 1;
        cells_[cells_.tier(static_cast<std::size_t>(std::min(r.tier, most)), v)] += 1;
        cells_.add(Head::effort, v, s, to_grid(r.effort));
        cells_.add(Head::trust, v, s, to_grid(r.trust));
        cells_.add(Head::relationship, v, s, to_grid(r.relationship));
        cells_.add(Head::registered, v, s, to_grid(r.registered));
      }
      for (std::size_t o = 0; o < offers(); ++o) {
        const Deal& deal = partners_[i].deals[o];
        const bool orphan = orphaned(i, vendor_of(o));
        cells_.add(Line::base_value, o, s, deal.base);
        if (orphan) cells_.add(Line::orphan_base, o, s, deal.base);
        cells_.add(Line::contracts, o, s, deal.contracts);
        cells_.add(Line::attention, o, s, to_grid(deal.attention));
      }
    }
    for (std::size_t v = 0; v < vendors(); ++v) {
      desk(Desk::belief, v, to_grid(vendors_[v].belief));
      desk(Desk::outreach, v, to_grid(vendors_[v].outreach));
      desk(Desk::help, v, to_grid(vendors_[v].help));
      desk(Desk::backlog, v, to_grid(vendors_[v].backlog));
    }
    for (std::size_t m = 0; m < markets_.size(); ++m) {
      scene(Scene::demand, m, to_grid(markets_[m].demand));
      scene(Scene::cloud, m, to_grid(markets_[m].cloud));
    }
    ++t_;
  }

  /// An amount of a vendor over segments in proportion to whole numbers: what the first k segments
  /// get together is rounded down, the last takes what is left. Without any, the first gets it.
  void split(Head head, std::size_t v, const std::vector<std::int64_t>& weights, Money amount) {
    Int128 all = 0, until = 0;
    for (const std::int64_t weight : weights) all += weight;
    if (all == 0) return cells_.add(head, v, 0, amount);
    Money given = 0;
    for (std::size_t s = 0; s < weights.size(); ++s) {
      until += weights[s];
      const auto upto = static_cast<Money>(until * amount / all);
      cells_.add(head, v, s, upto - given);
      given = upto;
    }
  }
  void desk(Desk row, std::size_t v, std::int64_t x) { cells_[cells_.at(row, v)] += x; }
  void scene(Scene row, std::size_t m, std::int64_t x) { cells_[cells_.at(row, m)] += x; }

  // ------------------------------------------------------------------ columns

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
    }
    for (std::size_t v = 0; v < vendors(); ++v) {
      VendorState& x = vendors_[v];
      f(x.belief, c.belief[v]);
      f(x.outreach, c.outreach[v]);
      f(x.backlog, c.backlog[v]);
      f(x.wait, c.wait[v]);
      f(x.help, c.help[v]);
      f(x.seats, c.seats[v]);
      for (std::size_t k = 0; k < kMaxSeats; ++k) {
        f(x.desks[k].filled, c.seat_filled[v * kMaxSeats + k]);
        f(x.desks[k].since, c.seat_since[v * kMaxSeats + k]);
        f(x.desks[k].hours, c.seat_hours[v * kMaxSeats + k]);
      }
    }
    for (std::size_t o = 0; o < offers(); ++o) f(gap_[o], c.gap[o]);
    for (std::size_t k = 0; k < event_month_.size(); ++k) f(event_month_[k], c.event_month[k]);
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
        f(r.seat, c.seat[row]);
        f(r.claim, c.claim[row]);
        f(r.trust, c.trust[row]);
        f(r.margin_used_to, c.margin_used_to[row]);
        f(r.relationship, c.relationship[row]);
        f(r.registered, c.registered[row]);
        f(r.effort, c.effort[row]);
        f(r.run_rate, c.run_rate[row]);
        f(r.peers_with, c.peers_with[row]);
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
        for (std::size_t q = 0; q < world_.quarters(); ++q) {
          f(d.sold_at[q], c.sold_at[(q * offers() + o) * n + i]);
        }
      }
    }
  }

  void read(const Columns& begun) {
    VendorState vendor;
    vendor.desks.resize(kMaxSeats);
    Deal deal;
    deal.sold_at.resize(world_.quarters());
    Partner partner;
    partner.relations.resize(vendors());
    partner.deals.assign(offers(), deal);
    markets_.resize(world_.markets.size());
    vendors_.assign(vendors(), vendor);
    gap_.resize(offers());
    event_month_.resize(world_.events.size());
    partners_.assign(count(), partner);
    exchange(const_cast<Columns&>(begun), [](auto& mine, auto& column) {
      mine = static_cast<std::decay_t<decltype(mine)>>(column);
    });
  }

  const World& world_;
  const Parameters start_;
  Parameters now_;  // in force this month
  const RunLuck luck_;
  int t_ = 0;           // months since the start
  bool ended_ = false;  // the cells are those of a month that is over
  std::vector<MarketState> markets_;
  std::vector<VendorState> vendors_;
  std::vector<double> gap_;  // by offer
  std::vector<int> event_month_;
  std::vector<Partner> partners_;
  Cells cells_;  // what the month reports
};

}  // namespace partnersim::reference
