// First part of the month: what the world does, who looks after whom, who joins and leaves.
#pragma once

#include "base/counts.hpp"
#include "reference/ecosystem.hpp"

namespace partnersim::reference {

class People : public Ecosystem {
 protected:
  using Ecosystem::Ecosystem;

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
    for (std::size_t k = 0; k < world_.events.size(); ++k) {
      const int happens = event_month_[k];
      const Change& change = world_.events[k].change;
      if (happens < 0) continue;
      if (happens + change.from <= t_ && t_ < happens + change.to) {
        apply(now_, change, t_ - happens - change.from);
      }
    }
    for (const Change& change : world_.changes) {
      if (change.from <= t_ && t_ < change.to) apply(now_, change, t_ - change.from);
    }
    if (is_off("policy")) return;
    for (const Policy& policy : world_.policies) move_lever(policy);
  }

  /// A lever after a move: not out of the policy's bounds, and not further out than it was.
  static double moved(const Policy& policy, double lever, double by) {
    if (by > 0 && lever + by > policy.highest) return std::max(lever, policy.highest);
    if (by < 0 && lever + by < policy.lowest) return std::min(lever, policy.lowest);
    return lever + by;
  }
  /// By what the policy has decided so far.
  void move_lever(const Policy& policy) {
    double& lever = at(now_, policy.lever);
    vendors_[policy.vendor].policy_base = lever;
    lever = moved(policy, lever, vendors_[policy.vendor].policy_shift);
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
      double w = 0;  // what partners show
      if (billed > 0) {
        w = gridded(seen / billed);
      } else if (heads > 0) {
        w = seen_by_head / heads;
      }
      const double itself = direct_share(own_program(now_, v));
      w = itself + (1 - itself) * w;
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

      // seats added are filled at once and handed over with care; who loses a seat that is cut
      // loses as much as in a mean departure
      if (seats != vendor.seats) {
        for (int k = vendor.seats; k < seats; ++k) {
          vendor.desks[static_cast<std::size_t>(k)].filled = true;
          vendor.desks[static_cast<std::size_t>(k)].since = t_;
        }
        const double kept = seats > vendor.seats ? p.carry_high : mean_carry;
        for (std::size_t i = 0; i < count(); ++i) {
          Relation& r = partners_[i].relations[v];
          const std::size_t seat =
              seats == 0 ? r.seat
                         : jump_hash(combine(world_.partners.key[i], world_.vendors[v].key), seats);
          if (seats == 0 || seat != r.seat) r.relationship *= kept;
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
      if (t_ % 3 == 0) {
        const double most = *std::max_element(billed.begin(), billed.end());
        vendor.largest_portfolio = vendor.seats > 0 ? static_cast<Money>(most) : 0;
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
      for (std::size_t i = 0; i < count(); ++i) {
        prospects += is(i, v, Stage::prospect) && !is_settled(i) ? 1 : 0;
      }
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
  /// `fee`: what the vendor's is less by.
  double relative_value(std::size_t i, std::size_t v, const std::vector<Stage>& last,
                        double fee = 0) const {
    double other = outside_value(segment(i));
    for (std::size_t w = 0; w < vendors(); ++w) {
      if (w == v || last[w * count() + i] != Stage::active) continue;
      other = std::max(other, best_value(i, w));
    }
    return clamp((best_value(i, v) - fee) / other - 1, -1, 1);
  }
  /// Of who joins, per opportunity of its first year at size 1.
  double entry_fee(std::size_t i, std::size_t v) const {
    const double year = 12 * opportunities(i) * partners_[i].price_scale *
                        std::max(now_.lifecycle.launch_share, 1e-3);
    return program_of(i, v).terms.entry_fee / std::max(year, 1e-6);
  }
  double best_value(std::size_t i, std::size_t v) const {
    double best = 0;
    for (const std::size_t o : offers_of(v)) best = std::max(best, expected_value(i, o));
    return best;
  }

  std::vector<Stage> stages() const {  // [vendor][partner]
    std::vector<Stage> all;
    for (std::size_t v = 0; v < vendors(); ++v) {
      for (std::size_t i = 0; i < count(); ++i) all.push_back(partners_[i].relations[v].stage);
    }
    return all;
  }

  void lifecycle() {
    static constexpr Purpose kMove{"lifecycle.move"};
    const Lifecycle& p = now_.lifecycle;
    const std::vector<Stage> last = stages();
    for (std::size_t v = 0; v < vendors(); ++v) {
      for (std::size_t i = 0; i < count(); ++i) {
        if (is_settled(i)) continue;
        Relation& r = partners_[i].relations[v];
        // a block of four uniforms serves four months
        const double u =
            uniforms(luck_.personal, world_.partners.key[i], t_ / 4 * 4,
                     kMove.of(world_.vendors[v].key))[static_cast<std::size_t>(t_ % 4)];
        const double rel = relative_value(i, v, last);
        const bool winning = lifted(Shadow::winning, v);
        const double outreach = winning ? 1 : vendors_[v].outreach;
        const double joins = relative_value(i, v, last, entry_fee(i, v));
        const double attracted = own_program(now_, v).terms.admission * 2 *
                                 logistic(p.beta_join * (winning ? std::max(0.0, joins) : joins));
        const double frail = exp(-p.xi_trust * (2 * r.trust - 1) - p.xi_value * rel -
                                 now_.power.stay * static_cast<double>(r.dependence - 0.6f));
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
                p.onboarding_months * (through_distributor(i, v) ? p.distributor_onboarding : 1);
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

  /// Who joins, or comes back, begins at the lowest tier; from now on it waits for its first deal.
  void sign(std::size_t i, std::size_t v) {
    Relation& r = partners_[i].relations[v];
    r.tier = 0;
    r.bookings = 0;
    r.newcomer = t_ + 1;
    cells_.add(Head::joined, v, segment(i), 1);
  }

  void join(std::size_t i, std::size_t v) {
    enter(i, v, Stage::onboarding);
    sign(i, v);
    cells_.add(Head::onboarding_cost, v, segment(i),
               round_money(kMinorPerMajor * program_of(i, v).terms.onboarding_cost));
    const Money fee = round_money(kMinorPerMajor * program_of(i, v).terms.entry_fee);
    cells_.add(Head::entry_fees, v, segment(i), fee);
    cells_.add(Line::partner_profit, offers_of(v).front(), segment(i), -fee);
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
    partners_[i].relations[v].newcomer = 0;
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
        if (rival == v || is_cloud(x) != is_cloud(o) || !on_sale(x)) continue;
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
};

}  // namespace partnersim::reference
