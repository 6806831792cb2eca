// Second part of the month: what partners decide.
#pragma once

#include <cmath>
#include <limits>

#include "reference/people.hpp"

namespace partnersim::reference {

class Decisions : public People {
 protected:
  using People::People;

  static constexpr double kNever = std::numeric_limits<double>::infinity();

  // ------------------------------------------------------------------ enablement

  int certificates(std::size_t i, std::size_t v) const {
    int sum = 0;
    for (const std::size_t o : offers_of(v)) sum += partners_[i].deals[o].certified ? 1 : 0;
    return sum;
  }
  /// Bookings of a period (currency units) that a tier asks of a partner with that many certified
  /// offers; infinite where none are enough.
  static double asked(const Program& program, std::size_t k, int certified) {
    const Tier& tier = program.tiers[k];
    const Vendor& terms = program.terms;
    if (!(terms.score_bar > 0)) return certified >= tier.certified ? tier.threshold : kNever;
    // bar <= w b + (1 - w) c, of bookings and certificates, each at most 1
    if (tier.certified > 0 && certified == 0) return kNever;
    const double c = tier.certified > 0 ? std::min(1.0, certified / tier.certified) : 1;
    const double w = terms.score_bookings;
    const double b = (terms.score_bar - (1 - w) * c) / w;
    if (b > 1 + 1e-9) return kNever;  // more than all of it, rounding apart
    return std::max(std::min(b, 1.0) * tier.threshold, tier.threshold > 0 ? 1 / kMinorPerMajor : 0);
  }
  /// The highest tier earned by these bookings (currency units).
  static std::size_t earned_by(const Program& program, double bookings, int certified) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < program.tiers.size(); ++k) {
      if (bookings >= asked(program, k, certified)) best = k;
    }
    return best;
  }
  /// After a review: the one earned, not more than so many steps below the present one.
  static std::size_t tier_after(const Program& program, int present, double bookings,
                                int certified) {
    const int lowest = present - static_cast<int>(std::round(program.terms.demotion_steps));
    return std::max(earned_by(program, bookings, certified),
                    static_cast<std::size_t>(std::max(0, lowest)));
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
        if (!on_sale(o)) continue;  // nothing to learn or to forget
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
                static_cast<double>(r.bookings) / kMinorPerMajor + run * months_to_review(program);
            const double more =
                program.tiers[tier_after(program, r.tier, bookings, others + 1)].margin -
                program.tiers[tier_after(program, r.tier, bookings, others)].margin;
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
        weight.push_back(on_sale(o) ? exp(u) : 0);
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
          if (!on_sale(o)) continue;
          share[is_cloud(o)] += partner.deals[o].attention;
          number[is_cloud(o)] += 1;
        }
        if (number[0] == 0 || number[1] == 0) continue;
        const double both = share[0] + share[1], cloud = market_of(i).cloud;
        for (const std::size_t o : offers_of(v)) {
          if (!on_sale(o)) continue;
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
  /// Logit of the win rate of an average partner.
  double average_win(std::size_t o) const {
    const Closing& p = now_.closing;
    const Vendor& terms = own_program(now_, vendor_of(o)).terms;
    const Vendor& before = own_program(start_, vendor_of(o)).terms;
    const double street = terms.pass_through * terms.rebate;
    const double street_before = before.pass_through * before.rebate;
    return logit(p.win_rate) + terms.brand + p.w_price * (street - street_before) +
           p.w_spiff * (terms.spiff - before.spiff) - p.w_list * price_gap(o);
  }
  /// Offers of the vendor on sale with the same deployment as this one.
  double alike(std::size_t o) const {
    double number = 0;
    for (const std::size_t x : offers_of(vendor_of(o)))
      number += on_sale(x) && is_cloud(x) == is_cloud(o);
    return number;
  }
  /// Bookings a month with all attention where customers want it, full skill, help and
  /// relationship.
  double potential(std::size_t i, std::size_t v) const {
    double sum = 0;
    for (const std::size_t o : offers_of(v)) {
      if (!on_sale(o)) continue;
      const double cloud = market_of(i).cloud;
      const double wins =
          logistic(average_win(o) + now_.closing.w_skill / 2 + now_.closing.w_relationship / 2);
      sum += (is_cloud(o) ? cloud : 1 - cloud) / alike(o) * considered(i, o) * wins *
             listed(now_, o).price * segment_of(i).deal_size;
    }
    return opportunities(i) * partners_[i].price_scale * sum;
  }

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
          const double wins = deal.attention * considered(i, o) * deal.win_seen * (1 - taken(i, v));
          bookings_rate += wins * worth_to(i, o).price;
          value_rate += wins * deal_value(i, o);
          pipeline += deal.open * deal.win_seen * price(i, o);
        }
        cells_.add(Head::potential, v, segment(i), round_money(kMinorPerMajor * potential(i, v)));
        r.run_rate = opportunities(i) * partner.price_scale * bookings_rate;
        if (!(r.run_rate > 0)) continue;
        const double u = value_rate / bookings_rate + program.terms.growth_rebate;

        const double k = p.effort_cost, cover = program.terms.mdf_cover;
        const double cap = program.terms.mdf_accrual * static_cast<double>(r.billed_12m) /
                           (12 * kMinorPerMajor);  // a month
        if (cover > 0) {
          cells_.add(Head::mdf_accrued, v, segment(i), round_money(cap * kMinorPerMajor));
        }
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
          const std::size_t tier = tier_after(program, r.tier, had + ahead * (1 + y), certified);
          return ahead * pull * y - (cost - mdf) +
                 2 * r.trust * program.tiers[tier].margin * period * r.run_rate;
        };
        const double plain = x;
        double best = payoff(plain);
        for (std::size_t tier = 1; tier < program.tiers.size(); ++tier) {
          // a hair more than it takes, so that rounding does not miss the threshold
          const double y = ((asked(program, tier, certified) - had) / ahead - 1) * (1 + 1e-12);
          if (y <= plain || y > p.max_effort) continue;
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
        cells_.add(Head::stretched, v, segment(i), x > plain ? 1 : 0);
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
      state.unclaimed = exp(-l);
      scene(Scene::meeting, m, to_grid(looked_for - state.there * (1 - exp(-l))));
    }
  }
};

}  // namespace partnersim::reference
