#include "model/derived.hpp"

#include <algorithm>

#include "base/math.hpp"
#include "model/world.hpp"

namespace partnersim {
namespace {

/// V of one won deal, split into what is the same for all, what registering adds, and what a unit
/// of margin on first and later years adds. `price` is today's, `start_price` carries the services.
struct DealValue {
  double fixed, uplift, margin;
};
DealValue deal_value(const Choice& choice, const Vendor& terms, const Offer& offer, Billing billing,
                     double renewals, double overlap, double tier_margin, double capability,
                     double price, double start_price) {
  const double rate = choice.discount_rate + offer.churn;
  const double kept_rebate = terms.rebate * (1 - terms.pass_through);
  const double first = offer.margin_first + tier_margin + kept_rebate;
  const double later = offer.margin_recurring + kept_rebate;
  const double first_year = annuity(std::min(1.0, offer.share_term), rate);
  const double in_term = annuity(offer.share_term, rate);
  const double term = in_term - renewals * (in_term - first_year);
  const double services = choice.services_margin * capability * (1 - overlap) *
                          (offer.deploy + offer.operate * annuity(choice.services_years, rate));
  if (billing == Billing::subscription) {
    return {price * (first * first_year + later * (term - first_year)) + start_price * services,
            price * terms.uplift * first_year, price * term};
  }
  return {price * (first + later * offer.maintenance * term) + start_price * services,
          price * terms.uplift, price * (1 + offer.maintenance * term)};
}

/// First-year margin beside the offer's own: tier and bonuses.
double extra_margin(const Program& program, std::size_t tier, const Offer& offer,
                    Deployment deployment) {
  return program.tiers[tier].margin + offer.bonus +
         (deployment == Deployment::cloud ? program.terms.cloud_bonus : 0);
}

double customers_who_consider(const Market& market, Deployment deployment, double cloud) {
  const double match = deployment == Deployment::cloud ? cloud : 1 - cloud;
  return match + market.accept * (1 - match);
}

/// Value of attention spent elsewhere: a share of the best offer at the start, lowest tier,
/// expected registration at neutral trust. A function of parameters alone.
void derive_outside(const World& world, const Parameters& start, AtWork on, Derived& d) {
  d.outside.assign(d.segments, 0);
  const Market& market = start.markets[0];
  for (std::size_t s = 0; s < d.segments; ++s) {
    double best = 0;
    for (std::size_t o = 0; o < world.offers.size(); ++o) {
      const OfferInfo& info = world.offers[o];
      const Program& program = start.programs[info.vendor];
      const Offer& offer = program.offers[o - world.vendors[info.vendor].first_offer];
      const double price = offer.price * start.segments[s].deal_size;
      const double extra = extra_margin(program, 0, offer, info.deployment);
      const DealValue value =
          deal_value(start.choice, program.terms, offer, info.billing,
                     on.direct ? program.terms.direct_renewals : 0, program.terms.overlap, extra,
                     start.segments[s].services, price, price);
      const double registered =
          on.registration ? registered_share(start.registration, program.terms.uplift, 0.5) : 0;
      best = std::max(best, customers_who_consider(market, info.deployment, market.cloud_start) *
                                offer.available * d.win_reference[info.vendor] *
                                (value.fixed + registered * value.uplift));
    }
    d.outside[s] = start.choice.outside_ratio * best;
  }
}

/// Mean of ln(p / p0) over the rivals' offers of a deployment.
double rivals_list_change(const World& world, const Parameters& start, const Parameters& now,
                          std::uint32_t vendor, Deployment deployment) {
  double sum = 0;
  int count = 0;
  for (std::size_t o = 0; o < world.offers.size(); ++o) {
    const OfferInfo& info = world.offers[o];
    if (info.vendor == vendor || info.deployment != deployment) continue;
    const std::size_t j = o - world.vendors[info.vendor].first_offer;
    sum += log(now.programs[info.vendor].offers[j].price /
               start.programs[info.vendor].offers[j].price);
    ++count;
  }
  return count == 0 ? 0 : sum / count;
}

void derive_cycles(const World& world, const Parameters& now, Derived& d) {
  d.close_monthly.clear();
  for (const OfferInfo& info : world.offers) {
    const std::size_t j = static_cast<std::size_t>(&info - world.offers.data()) -
                          world.vendors[info.vendor].first_offer;
    d.close_monthly.push_back(1 - exp(-1 / now.programs[info.vendor].offers[j].sales_cycle));
  }
}

void derive_wins(const World& world, const Parameters& start, const Parameters& now, std::size_t p,
                 Derived& d) {
  const Program& mine = now.programs[p];
  const Program& was = start.programs[mine.vendor];
  const VendorInfo& vendor = world.vendors[mine.vendor];
  const Closing& closing = now.closing;
  for (std::size_t j = 0; j < mine.offers.size(); ++j) {
    const Deployment deployment = world.offers[vendor.first_offer + j].deployment;
    d.win_logit[d.offer(p, j)] =
        logit(closing.win_rate) + mine.terms.brand +
        closing.w_price * (mine.terms.pass_through * mine.terms.rebate -
                           was.terms.pass_through * was.terms.rebate) +
        closing.w_spiff * (mine.terms.spiff - was.terms.spiff) -
        closing.w_list * (log(mine.offers[j].price / was.offers[j].price) -
                          rivals_list_change(world, start, now, mine.vendor, deployment));
  }
}

/// A market's opportunities follow the geometric mean of all list prices against the start.
void derive_price_response(const World& world, const Parameters& start, const Parameters& now,
                           Derived& d) {
  double sum = 0;
  for (const OfferInfo& info : world.offers) {
    const std::size_t j = static_cast<std::size_t>(&info - world.offers.data()) -
                          world.vendors[info.vendor].first_offer;
    sum += log(now.programs[info.vendor].offers[j].price /
               start.programs[info.vendor].offers[j].price);
  }
  const double mean = sum / static_cast<double>(world.offers.size());
  d.price_response.clear();
  for (const Market& market : now.markets) {
    d.price_response.push_back(exp(-market.price_elasticity * mean));
  }
}

void derive_program(const World& world, const Parameters& start, const Parameters& now,
                    std::size_t p, Derived& d) {
  const Program& program = now.programs[p];
  const Program& was = start.programs[program.vendor];
  const VendorInfo& vendor = world.vendors[program.vendor];
  d.street_discount[p] = program.terms.pass_through * program.terms.rebate;
  for (std::size_t k = 0; k < program.tiers.size(); ++k) {
    for (std::size_t j = 0; j < program.offers.size(); ++j) {
      const OfferInfo& info = world.offers[vendor.first_offer + j];
      const Offer& offer = program.offers[j];
      const double extra = extra_margin(program, k, offer, info.deployment);
      d.margin_first[d.term(p, k, j)] = offer.margin_first + extra;
      for (std::size_t s = 0; s < d.segments; ++s) {
        const double size = now.segments[s].deal_size;
        const DealValue value =
            deal_value(now.choice, program.terms, offer, info.billing, d.direct_renewals[p],
                       felt_overlap(now, program), extra, now.segments[s].services,
                       offer.price * size, was.offers[j].price * size);
        d.value[d.deal(p, k, s, j)] = value.fixed;
        d.value_uplift[d.deal(p, k, s, j)] = value.uplift;
        d.value_margin[d.deal(p, k, s, j)] = value.margin;
        d.price[d.deal(p, k, s, j)] = offer.price * size;
      }
    }
  }
}

}  // namespace

double registered_share(const Registration& registration, double uplift, double trust) {
  return logistic(registration.base + registration.pull * uplift -
                  registration.exposure * (1 - trust));
}

double felt_overlap(const Parameters& now, const Program& program) {
  return program.vendor == 0 && now.is_lifted(Shadow::services) ? 0 : program.terms.overlap;
}

void derive(const World& world, const Parameters& start, const Parameters& now, AtWork on,
            Derived& d) {
  d.tiers = d.offers = 0;
  d.segments = now.segments.size();
  for (const Program& program : now.programs) {
    d.tiers = std::max(d.tiers, program.tiers.size());
    d.offers = std::max(d.offers, program.offers.size());
  }
  const std::size_t terms = now.programs.size() * d.tiers * d.offers;
  d.margin_first.assign(terms, 0);
  d.street_discount.assign(now.programs.size(), 0);
  d.direct_share.clear();
  d.direct_renewals.clear();
  for (const Program& program : now.programs) {
    d.direct_share.push_back(on.direct ? program.terms.direct_share : 0);
    d.direct_renewals.push_back(on.direct ? program.terms.direct_renewals : 0);
  }
  d.value.assign(terms * d.segments, 0);
  d.value_uplift.assign(terms * d.segments, 0);
  d.value_margin.assign(terms * d.segments, 0);
  d.price.assign(terms * d.segments, 0);
  d.opportunities.clear();
  for (const Segment& segment : now.segments) d.opportunities.push_back(segment.opportunities / 12);
  d.win_reference.clear();
  const double skill = on.enablement ? start.enablement.start_skill : 0.5;
  for (std::size_t v = 0; v < world.vendors.size(); ++v) {
    d.win_reference.push_back(logistic(logit(start.closing.win_rate) +
                                       start.closing.w_skill * (skill - 0.5) +
                                       start.programs[v].terms.brand));
  }
  derive_outside(world, start, on, d);
  derive_cycles(world, now, d);
  derive_price_response(world, start, now, d);
  d.win_logit.assign(now.programs.size() * d.offers, 0);
  for (std::size_t p = 0; p < now.programs.size(); ++p) {
    derive_wins(world, start, now, p, d);
    derive_program(world, start, now, p, d);
  }
}

}  // namespace partnersim
