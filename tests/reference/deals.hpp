// Third part of the month: opportunities, wins and contracts.
#pragma once

#include "reference/decisions.hpp"

namespace partnersim::reference {

class Deals : public Decisions {
 protected:
  using Decisions::Decisions;

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
        const double found = market.saturation * price_response(world_.partners.market[i]);
        const double reached = opportunities(i) * market.demand * found * deal.attention *
                               (1 + r.effort) * (1 + now_.demand.referral * deal.ally);
        const double all = reached * considered(i, o);
        const double lost = all * taken(i, vendor_of(o));
        const double led = static_cast<double>(r.led) * deal.attention * considered(i, o) * found;
        const double mean = all - lost + led;
        const double u = uniforms(luck_.personal, world_.partners.key[i], t_,
                                  kDeals.of(world_.offers[o].key))[0];
        deal.arrived = poisson(u, mean);
        cells_.add(Line::opportunities, o, segment(i), deal.arrived);
        cells_.add(Line::unserved, o, segment(i), to_grid(reached - all));
        cells_.add(Line::taken, o, segment(i), to_grid(lost));
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
        supplied += through_distributor(i, v) ? 1 : 0;
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

  double win_rate(std::size_t i, std::size_t o) const {
    const Closing& p = now_.closing;
    const std::size_t v = vendor_of(o);
    const Deal& deal = partners_[i].deals[o];
    return logistic(average_win(o) + p.w_skill * (deal.skill - 0.5) -
                    p.w_help * (1 - deal.skill) * (1 - vendors_[v].help) - p.w_gap * gap_[o] +
                    p.w_ally * deal.ally +
                    p.w_relationship * (partners_[i].relations[v].relationship - 0.5) -
                    p.w_direct * taken(i, v));
  }

  /// One lognormal with the mean and variance of the sum of `won` lognormal prices.
  Money value_of(int won, double mean, double u) const {
    const double sigma2 = now_.closing.deal_sigma * now_.closing.deal_sigma;
    const double spread2 = log(1 + (exp(sigma2) - 1) / won);
    const double value = won * mean * exp(std::sqrt(spread2) * normal_quantile(u) - spread2 / 2);
    return round_money(kMinorPerMajor * value);
  }

  void closing() {
    static constexpr Purpose kDeals{"demand.deals"};
    for (std::size_t i = 0; i < count(); ++i) {
      for (std::size_t o = 0; o < offers(); ++o) {
        Deal& deal = partners_[i].deals[o];
        Relation& r = partners_[i].relations[vendor_of(o)];
        const Uniforms u =
            uniforms(luck_.personal, world_.partners.key[i], t_, kDeals.of(world_.offers[o].key));
        deal.won = 0;
        deal.booked = 0;
        const double decides = decided_monthly(in(program_of(i, vendor_of(o)), o));
        const int decided = binomial(u[1], deal.open, decides);
        if (decided > 0) {
          deal.won = binomial(u[2], decided, win_rate(i, o));
          const double share = decided / (decided + now_.choice.experience_weight);
          deal.win_seen += share * (static_cast<double>(deal.won) / decided - deal.win_seen);
        }
        if (deal.won > 0) {
          deal.booked = value_of(deal.won, price(i, o), u[3]);
          r.bookings += deal.booked;
          r.since = t_;
          if (r.newcomer > 0) {
            cells_.add(Head::first_deals, vendor_of(o), segment(i), 1);
            cells_.add(Head::first_deal_months, vendor_of(o), segment(i), t_ + 1 - r.newcomer);
            r.newcomer = 0;
          }
          const double ally = now_.demand.referral * deal.ally;
          const auto led = static_cast<double>(r.from_leads);
          cells_.add(Line::ally_bookings, o, segment(i),
                     part(deal.booked, (1 - led) * ally / (1 + ally)));
          cells_.add(Line::lead_bookings, o, segment(i), part(deal.booked, led));
        }
        deal.open += deal.arrived - decided;
        cells_.add(Line::closed, o, segment(i), decided);
        cells_.add(Line::won, o, segment(i), deal.won);
        cells_.add(Line::bookings, o, segment(i), deal.booked);
      }
    }
  }

  // ------------------------------------------------------------------ base

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
          deal.sold_at.push_back(static_cast<float>(deal.sold));
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
      if (!is_cloud(to) || !on_sale(to)) continue;
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
};

}  // namespace partnersim::reference
