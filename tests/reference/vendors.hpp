// What vendors do themselves, in the order of the month; at its end what is counted.
#pragma once

#include "reference/money.hpp"

namespace partnersim::reference {

class VendorsOwn : public Bills {
 protected:
  using Bills::Bills;

  // ------------------------------------------------------------------ departure

  /// Calls f(change, month it begins) for the events that happen, then for the planned changes.
  template <class F>
  void each_begun(F f) const {
    for (std::size_t k = 0; k < world_.events.size(); ++k) {
      const Change& change = world_.events[k].change;
      if (event_month_[k] >= 0) f(change, event_month_[k] + change.from);
    }
    for (const Change& change : world_.changes) f(change, change.from);
  }

  void departure() {
    std::vector<Stage> last = stages();
    each_begun([&](const Change& change, int from) {
      if (from != t_) return;
      for (const std::uint32_t i : change.leaving) depart(i, vendors(), last);
      for (const Acquisition& one : change.acquisitions) depart(one.partner, one.vendor, last);
    });
  }

  /// The firm belongs to `owner` from now on; to nobody, and is gone, where that is no vendor.
  void depart(std::size_t i, std::size_t owner, std::vector<Stage>& last) {
    if (is_settled(i)) return;
    const bool bought = owner < vendors();
    tied_[i] = bought ? 2 + static_cast<int>(owner) : 1;
    if (i >= count()) return;
    for (std::size_t v = 0; v < vendors(); ++v) {
      last[v * count() + i] = v == owner ? Stage::active : Stage::left;
    }
    if (bought && !is(i, owner, Stage::active)) {
      const bool stranger = is(i, owner, Stage::prospect) || is(i, owner, Stage::left);
      const bool slept = is(i, owner, Stage::dormant);
      enter(i, owner, Stage::active);
      if (stranger) sign(i, owner);
      cells_.add(slept ? Head::woken : Head::activated, owner, segment(i), 1);
    }
    for (std::size_t v = 0; v < vendors(); ++v) {
      if (v != owner && looked_after(i, v)) leave(i, v, last);
    }
  }

  // ------------------------------------------------------------------ termination

  bool with_us(std::size_t i) const { return looked_after(i, 0); }

  void termination() {
    for (Partner& partner : partners_) {
      for (Relation& r : partner.relations) r.rumour *= static_cast<float>(1 - 1.0 / 12);
    }
    const std::vector<Stage> last = stages();
    std::vector<bool> ended(count(), false);
    bool any = false;
    const auto end = [&](const Change& change, int from) {
      if (from != t_) return;
      for (const Termination& termination : change.terminations) {
        for (std::size_t i = 0; i < count(); ++i) {
          if (!with_us(i) || partners_[i].relations[0].billed_12m >= termination.below) continue;
          const auto& except = termination.except;
          if (is_settled(i) || std::count(except.begin(), except.end(), i) > 0) continue;
          leave(i, 0, last);
          cells_.add(Head::terminated, 0, segment(i), 1);
          ended[i] = any = true;
        }
      }
    };
    each_begun(end);
    for (std::size_t i = 0; any && i < count(); ++i) {
      if (!with_us(i)) continue;
      const auto links = world_.graph.peers.of(i);
      double gone = 0;
      for (const std::uint32_t j : links) gone += ended[j] ? 1 : 0;
      const double share = links.empty() ? 0 : gone / static_cast<double>(links.size());
      float& rumour = partners_[i].relations[0].rumour;
      rumour = std::max(rumour, static_cast<float>(0.3 + 0.7 * share));
    }
  }

  // ------------------------------------------------------------------ leads

  void leads() {
    for (Partner& partner : partners_) {
      for (Relation& r : partner.relations) r.leads = r.led = 0;
    }
    for (std::size_t v = 0; v < vendors(); ++v) {
      if (own_program(now_, v).terms.lead_number > 0) {
        pass_on(v);
      } else {
        run_out(v);
      }
    }
  }

  /// Share of open opportunities of a vendor that are decided in a month, mean over its offers.
  double decided_of(std::size_t v) const {
    double decided = 0;
    for (const std::size_t o : offers_of(v)) decided += decided_monthly(listed(now_, o));
    return decided / static_cast<double>(offers_of(v).size());
  }

  void run_out(std::size_t v) {
    const auto kept = static_cast<float>(1 - decided_of(v));
    for (std::size_t i = 0; i < count(); ++i) {
      float& share = partners_[i].relations[v].from_leads;
      if (active(i, v)) share = share > 1e-6f ? share * kept : 0;
    }
  }

  void pass_on(std::size_t v) {
    const Vendor& terms = own_program(now_, v).terms;
    const double decided = decided_of(v);
    const auto weight = [&](const Relation& r) {
      return (1.0 + r.tier) * static_cast<double>(r.follow_up);
    };
    double all = 0;
    for (std::size_t i = 0; i < count(); ++i) {
      if (active(i, v)) all += gridded(weight(partners_[i].relations[v]));
    }
    std::vector<std::int64_t> by_segment(world_.segments.size(), 0);  // on the grid
    for (std::size_t i = 0; i < count(); ++i) {
      if (!active(i, v)) continue;
      Relation& r = partners_[i].relations[v];
      const double demand = market_of(i).demand;
      const double lead = all > 0 ? terms.lead_number / 12 * demand * weight(r) / all : 0;
      const double e = vendor_attention(i, v);
      const double follows = 1 - exp(-3 * e);
      const double led = e > 0 ? lead * follows * terms.lead_quality / e : 0;
      double with_allies = 0;
      for (const std::size_t o : offers_of(v)) {
        const Deal& deal = partners_[i].deals[o];
        with_allies += deal.attention * (1 + now_.demand.referral * deal.ally);
      }
      const double own =
          opportunities(i) * demand * (1 + r.effort) * (1 - taken(i, v)) * with_allies;
      const double share = led > 0 ? led * e / (led * e + own) : 0;
      r.leads = static_cast<float>(lead);
      r.led = static_cast<float>(led);
      r.follow_up += static_cast<float>((follows - r.follow_up) / 12);
      r.from_leads += static_cast<float>(decided * (share - r.from_leads));
      by_segment[segment(i)] += to_grid(lead);
    }
    std::int64_t bought = 0;
    for (const std::int64_t leads : by_segment) bought += leads;
    split(Head::lead_cost, v, by_segment,
          round_money(from_grid(bought) * terms.lead_cost * kMinorPerMajor));
  }

  // ------------------------------------------------------------------ direct

  /// Opportunities of the month that no partner claims and a vendor's own sales find with one
  /// offer in one segment.
  double unclaimed(std::size_t o, std::size_t s) const {
    if (!on_sale(o)) return 0;
    double all = 0;
    for (std::size_t m = 0; m < markets_.size(); ++m) {
      const MarketState& market = markets_[m];
      const double wanted = is_cloud(o) ? market.cloud : 1 - market.cloud;
      all += market.there / 12 * market.demand * price_response(m) * market.unclaimed * wanted;
    }
    double here = 0, everywhere = 0;
    for (std::size_t i = 0; i < count(); ++i) {
      everywhere += segment_of(i).opportunities;
      if (segment(i) == s) here += segment_of(i).opportunities;
    }
    return own_program(now_, vendor_of(o)).terms.direct_reach * available(o) * all / alike(o) *
           here / everywhere;
  }

  void direct() {
    for (std::size_t v = 0; v < vendors(); ++v) {
      const std::size_t segments = world_.segments.size();
      double taken = 0, own = 0;
      for (const std::size_t o : offers_of(v)) {
        for (std::size_t s = 0; s < segments; ++s) {
          taken += taken_of(o, s);
          own += unclaimed(o, s);
        }
      }
      desk(Desk::own_opportunities, v, to_grid(taken + own));
      // what was taken from partners comes first
      const double capacity = own_program(now_, v).terms.direct_capacity;
      const double left = std::max(capacity - taken, 0.0);
      const double of_taken = taken > capacity ? capacity / taken : 1;
      const double of_own = own > left ? left / own : 1;
      for (const std::size_t o : offers_of(v)) {
        for (std::size_t s = 0; s < segments; ++s) {
          sell(o, s, taken_of(o, s) * of_taken, unclaimed(o, s) * of_own);
        }
      }
    }
  }
  double taken_of(std::size_t o, std::size_t s) const {
    return from_grid(cells_[cells_.at(Line::taken, o, s)]);
  }

  void sell(std::size_t o, std::size_t s, double from_partners, double own) {
    static constexpr Purpose kSales{"direct.sales"};
    const Program& program = own_program(now_, vendor_of(o));
    const Vendor& terms = program.terms;
    const Offer& offer = in(program, o);
    Field& field = fields_[o][s];
    const Uniforms u = uniforms(luck_.world, combine(world_.offers[o].key, s), t_, kSales.id);
    const double churn = offer.churn * exp(now_.base.chi_gap * gap_[o]);
    const int lost = binomial(u[3], field.contracts, monthly(churn));
    if (lost > 0) {
      field.base -= lost == field.contracts
                        ? field.base
                        : part(field.base, static_cast<double>(lost) / field.contracts);
      field.contracts -= lost;
    }
    const int found = poisson(u[0], from_partners + own);
    const int won = binomial(u[1], found, terms.direct_win_rate);
    Money booked = 0;
    if (won > 0) {
      booked = value_of(won, offer.price * now_.segments[s].deal_size * deal_scale_[s], u[2]);
      field.contracts += won;
      field.base += booked;
      const double cost =
          (from_partners * terms.direct_cost + own * terms.direct_own_cost) / (from_partners + own);
      cells_.add(Line::direct_bookings, o, s, booked);
      cells_.add(Line::direct_cost, o, s, part(booked, cost));
    }

    const auto base = static_cast<double>(field.base);
    const double yearly = is_licence(o) ? rounded(base * offer.maintenance) : base;
    const Money billed =
        as_money(instalment(yearly, static_cast<int>(of_year()))) + (is_licence(o) ? booked : 0);
    const double at_start = listed(start_, o).price / offer.price;
    const Money services = round_money(
        now_.segments[s].services *
        (static_cast<double>(booked) * at_start * offer.deploy + base * offer.operate / 12));
    cells_.add(Line::direct, o, s, billed);
    cells_.add(Line::cost_of_goods, o, s, part(billed, offer.cost_of_goods));
    cells_.add(Line::direct_services, o, s, services);
    cells_.add(Line::services_profit, o, s, part(services, terms.services_margin));
    cells_.add(Line::direct_base, o, s, field.base);
  }

  // ------------------------------------------------------------------ power

  /// Share of the vendor in what the partner earns per opportunity.
  double dependence(std::size_t i, std::size_t v) const {
    double with = 0, all = 0, given = 0;
    for (std::size_t o = 0; o < offers(); ++o) {
      if (!active(i, vendor_of(o))) continue;
      const double e = partners_[i].deals[o].attention;
      given += e;
      all += e * expected_value(i, o);
      if (vendor_of(o) == v) with += e * expected_value(i, o);
    }
    all += (1 - given) * outside_value(segment(i));
    return all > 0 ? clamp01(with / all) : 0;
  }

  void power_balance() {
    if ((t_ + 1) % 3 != 0) return;
    std::vector<std::vector<double>> depends(count());
    for (std::size_t i = 0; i < count(); ++i) {
      for (std::size_t v = 0; v < vendors(); ++v) depends[i].push_back(dependence(i, v));
    }
    for (std::size_t v = 0; v < vendors(); ++v) {
      Money billed = 0;
      double heads = 0;
      for (std::size_t i = 0; i < count(); ++i) {
        if (!active(i, v)) continue;
        billed += partners_[i].relations[v].billed_12m;
        heads += 1;
      }
      const double mean = heads > 0 ? static_cast<double>(billed) / heads : 0;
      for (std::size_t i = 0; i < count(); ++i) {
        Relation& r = partners_[i].relations[v];
        r.dependence = 0.6f;
        r.importance = r.advantage = 0;
        if (!sells(i, v)) continue;
        const double y = mean > 0 ? std::max(0.0, static_cast<double>(r.billed_12m) / mean) : 0;
        const double k = y / (y + 3);
        r.dependence = static_cast<float>(depends[i][v]);
        r.importance = static_cast<float>(k);
        r.advantage = static_cast<float>(now_.power.range * clamp01(k - depends[i][v]));
      }
    }
  }

  // ------------------------------------------------------------------ policy

  void policy() {
    for (const Policy& policy : world_.policies) {
      const std::size_t v = policy.vendor;
      if (months_to_review(own_program(now_, v)) != 1) continue;
      Money billed = 0;
      for (const Partner& partner : partners_) billed += partner.relations[v].billed_12m;
      const double sold = static_cast<double>(billed) / kMinorPerMajor;
      const double target = policy.revenue * exp(policy.growth * (t_ + 1) / 12);
      if (sold == target) continue;
      double& lever = at(now_, policy.lever);
      const double before = lever;
      lever = moved(policy, before, sold < target ? policy.step : -policy.step);
      if (lever != before) vendors_[v].policy_shift = lever - vendors_[v].policy_base;
    }
  }

  // ------------------------------------------------------------------ record

  /// Months customers take from one share in cloud to another.
  double months_between(double from, double to) const {
    const double p = now_.markets[0].cloud_p, q = now_.markets[0].cloud_q;
    if (to <= from || p + q <= 0) return 0;
    const auto years = [&](double share) {
      const double x = clamp(share, 1e-6, 1 - 1e-6);
      return log((p + q * x) / (1 - x)) / (p + q);
    };
    return std::min(600.0, 12 * (years(to) - years(from)));
  }
  /// Of partners' attention to the vendor; where all it sells is alike nothing is behind.
  double attention_on_cloud(std::size_t v, double otherwise) const {
    double cloud = 0, all = 0, number = 0, offers_in_cloud = 0;
    for (const std::size_t o : offers_of(v)) {
      number += on_sale(o) ? 1 : 0;
      offers_in_cloud += on_sale(o) && is_cloud(o) ? 1 : 0;
      for (std::size_t i = 0; i < count(); ++i) {
        const double e = gridded(partners_[i].deals[o].attention);
        all += e;
        if (is_cloud(o)) cloud += e;
      }
    }
    return offers_in_cloud > 0 && offers_in_cloud < number && all > 0 ? cloud / all : otherwise;
  }

  void measure_concentration(std::size_t v) {
    VendorState& vendor = vendors_[v];
    std::vector<Money> billed;
    vendor.beside = 0;
    for (std::size_t i = 0; i < count(); ++i) {
      const Money year = partners_[i].relations[v].billed_12m;
      if (!is(i, v, Stage::prospect)) billed.push_back(std::max<Money>(0, year));
      if (sells(i, 0)) vendor.beside += year;
    }
    std::sort(billed.begin(), billed.end());
    const auto n = static_cast<double>(billed.size());
    double all = 0, between = 0, top = 0;  // half the sum of differences between any two
    for (std::size_t k = 0; k < billed.size(); ++k) {
      const auto x = static_cast<double>(billed[k]);
      all += x;
      between += (2 * (static_cast<double>(k) + 1) - n - 1) * x;
      if (billed.size() - k <= 20) top += x;
    }
    vendor.gini = all > 0 ? clamp01(between / (n * all)) : 0;
    vendor.top_share = all > 0 ? clamp01(top / all) : 0;
  }

  /// Of the year's billings through distributors, each partner's in equal parts by its own.
  void measure_distributors(std::size_t v) {
    std::vector<double> through(world_.partners.count, 0);
    for (std::size_t i = 0; i < count(); ++i) {
      std::vector<std::uint32_t> its;
      for (const std::uint32_t s : world_.graph.suppliers.of(i)) {
        if (supplies(s, v)) its.push_back(s);
      }
      const Money year = std::max<Money>(0, partners_[i].relations[v].billed_12m);
      for (const std::uint32_t s : its) {
        through[s] += static_cast<double>(year) / static_cast<double>(its.size());
      }
    }
    double all = 0;
    for (const double billed : through) all += billed;
    const double most = *std::max_element(through.begin(), through.end());
    vendors_[v].largest_distributor = all > 0 ? clamp01(most / all) : 0;
  }

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
        cells_.add(Head::dependence, v, s, to_grid(static_cast<double>(r.dependence)));
        cells_.add(Head::importance, v, s, to_grid(static_cast<double>(r.importance)));
        cells_.add(Head::stronger, v, s, r.importance > r.dependence ? 1 : 0);
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
    const double customers = cloud_of_all();
    for (std::size_t v = 0; v < vendors(); ++v) {
      const VendorState& vendor = vendors_[v];
      if (t_ == 0 || (t_ + 1) % 3 == 0) {
        measure_concentration(v);
        measure_distributors(v);
      }
      desk(Desk::belief, v, to_grid(vendor.belief));
      desk(Desk::outreach, v, to_grid(vendor.outreach));
      desk(Desk::help, v, to_grid(vendor.help));
      desk(Desk::backlog, v, to_grid(vendor.backlog));
      desk(Desk::late, v,
           to_grid(vendor.belief > 0 ? months_between(vendor.belief, customers) : 0));
      desk(Desk::behind, v, to_grid(months_between(attention_on_cloud(v, customers), customers)));
      desk(Desk::gini, v, to_grid(vendor.gini));
      desk(Desk::top_share, v, to_grid(vendor.top_share));
      desk(Desk::largest_portfolio, v, vendor.largest_portfolio);
      desk(Desk::beside, v, vendor.beside);
      desk(Desk::largest_distributor, v, to_grid(vendor.largest_distributor));
      for (const Policy& policy : world_.policies) {
        if (policy.vendor != v) continue;
        desk(Desk::lever, v, to_grid(std::min(at(now_, policy.lever), 2e9)));
      }
      const Vendor& terms = own_program(now_, v).terms;
      for (std::size_t s = 0; s < world_.segments.size(); ++s) {
        Money paid = 0;
        for (const std::size_t o : offers_of(v)) paid += cells_[cells_.at(Line::customer, o, s)];
        const double open = terms.openness * terms.openness;
        cells_.add(Head::openness_cost, v, s, part(paid, terms.openness_cost * open * open));
      }
    }
    for (std::size_t m = 0; m < markets_.size(); ++m) {
      scene(Scene::demand, m, to_grid(markets_[m].demand));
      scene(Scene::cloud, m, to_grid(markets_[m].cloud));
    }
    ++t_;
  }
};

}  // namespace partnersim::reference
