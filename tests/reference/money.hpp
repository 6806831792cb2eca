// Last part of the month: bills, trust, tiers, and what is counted.
#pragma once

#include "reference/deals.hpp"

namespace partnersim::reference {

class Bills : public Deals {
 protected:
  using Deals::Deals;

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
    const Money all = as_money(fee) + (is_licence(o) ? deal.booked : 0);
    const Money goods_cost = part(all, offer.cost_of_goods);
    cells_.add(Line::cost_of_goods, o, s, goods_cost);
    if (orphaned(i, v)) {
      cells_.add(Line::direct, o, s, all);
      return 0;
    }
    const double in_first_year = sold_within(deal, 1, false);
    const Money direct = round_money(fee * (renewals(program) * (1 - in_first_year)));
    cells_.add(Line::direct, o, s, direct);
    const Money list = all - direct;
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
    const double older =
        in_term - young - renewals(program) * std::max(0.0, in_term - in_first_year);
    const auto advantage = static_cast<double>(r.advantage);
    const double resale =
        rounded(first * (first_margin(program, static_cast<std::size_t>(r.tier), o) + advantage)) +
        rounded(fee * older * (offer.margin_recurring + advantage));
    const double helped = now_.demand.referral * deal.ally;
    const double by_allies = (1 - static_cast<double>(r.from_leads)) * helped / (1 + helped);
    const Money margin = as_money(resale) - street;
    const Money uplift = round_money(first * (terms.uplift * r.registered));
    const Money rebate = part(customer, terms.rebate + static_cast<double>(r.extra_rebate));
    const Money spiff = round_money(terms.spiff * booked);
    const Money referral = round_money(terms.referral_fee * booked * by_allies);
    const Money distributor =
        through_distributor(i, v) ? part(customer, terms.distributor_margin) : 0;
    // market development of the relation, by attention
    const double given = vendor_attention(i, v);
    const double weight = given > 0 ? kMinorPerMajor * deal.attention / given : 0;
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
                 r.registered * program.terms.uplift + kept_rebate(program) + own_margin(r);
        if (r.margin_used_to == 0) r.margin_used_to = margin;  // nothing surprises at first
        const double surprise =
            r.margin_used_to > 0 ? clamp(margin / r.margin_used_to - 1, -1, 1) : 0;
        const auto leads = static_cast<double>(r.leads);
        const double goal =
            clamp01(partners_[i].trust_level + p.relationship * (r.relationship - 0.5) +
                    p.surprise * surprise - p.conflict * (taken(i, v) + renewals(program)) -
                    p.wait * (1 - vendors_[v].help) -
                    p.services * felt_overlap(program) * segment_of(i).services -
                    p.rumour * static_cast<double>(r.rumour) + p.leads * leads / (leads + 0.25));
        r.trust = on_grid(r.trust + (goal > r.trust ? p.up : p.down) * (goal - r.trust));
        r.margin_used_to += (margin - r.margin_used_to) / 12;
      }
    }
  }

  // ------------------------------------------------------------------ review

  /// Whether partners can rise at the end of this month, within the period.
  bool promotes(const Program& program) const {
    const int every = static_cast<int>(std::round(program.terms.promotion_months));
    return (t_ % review_period(program) + 1) % every == 0;
  }
  void give_tier(Relation& r, const Program& program, int certified) {
    const double bookings = static_cast<double>(r.bookings) / kMinorPerMajor;
    if (months_to_review(program) == 1) {
      r.tier = static_cast<int>(tier_after(program, r.tier, bookings, certified));
      r.bookings = 0;
    } else if (promotes(program)) {
      r.tier = std::max(r.tier, static_cast<int>(earned_by(program, bookings, certified)));
    }
  }
  /// Share of the vendor's offers on sale beside one that the partner has contracts of too.
  double attached(std::size_t i, std::size_t v) const {
    double all = 0, sold = 0;
    for (const std::size_t o : offers_of(v)) {
      all += on_sale(o) ? 1 : 0;
      sold += on_sale(o) && partners_[i].deals[o].contracts > 0 ? 1 : 0;
    }
    return all > 1 && sold > 1 ? (sold - 1) / (all - 1) : 0;
  }
  /// Of the quarter's billings over those a year before, as a share of them; without any a year
  /// before nothing has grown.
  double grown(const Relation& r) const {
    const Money now = r.billed[static_cast<std::size_t>(t_ / 3 % 5)];
    const Money before = std::max<Money>(0, r.billed[static_cast<std::size_t>((t_ / 3 + 1) % 5)]);
    return before > 0 && now > before ? static_cast<double>(now - before) / static_cast<double>(now)
                                      : 0;
  }

  void review() {
    for (std::size_t v = 0; v < vendors(); ++v) {
      for (std::size_t i = 0; i < count(); ++i) {
        if (is(i, v, Stage::prospect)) continue;
        Relation& r = partners_[i].relations[v];
        const Program& program = program_of(i, v);
        if (!is(i, v, Stage::onboarding)) give_tier(r, program, certificates(i, v));
        if ((t_ + 1) % 3 != 0) continue;
        r.extra_rebate = static_cast<float>(program.terms.attach_rebate * attached(i, v) +
                                            program.terms.growth_rebate * grown(r));
      }
    }
  }
};

}  // namespace partnersim::reference
