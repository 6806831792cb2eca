// The state of the plain reference, and what several steps of a month ask of it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/math.hpp"
#include "base/money.hpp"
#include "mechanisms/start.hpp"
#include "model/cells.hpp"
#include "model/state.hpp"
#include "reference/state.hpp"

namespace partnersim::reference {

class Ecosystem {
 public:
  /// The steps of a month in their order, each of which run() knows by name.
  static constexpr std::string_view kSteps[] = {
      "events",    "market",       "sensing",    "managers",   "peers",
      "departure", "termination",  "lifecycle",  "enablement", "choice",
      "effort",    "registration", "saturation", "leads",      "demand",
      "direct",    "specialists",  "closing",    "base",       "settlement",
      "power",     "trust",        "review",     "policy",     "record"};

  const Cells& cells() const { return cells_; }

 protected:
  Ecosystem(const World& world, const Parameters& start, RunLuck luck)
      : world_(world), start_(start), now_(start), luck_(luck), cells_(world) {}

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

  /// Share of customers the offer can be sold to today.
  double available(std::size_t o) const { return listed(now_, o).available; }
  bool on_sale(std::size_t o) const { return available(o) > 0; }

  std::size_t segment(std::size_t i) const { return world_.partners.segment[i]; }
  const Segment& segment_of(std::size_t i) const { return now_.segments[segment(i)]; }
  const MarketState& market_of(std::size_t i) const { return markets_[world_.partners.market[i]]; }
  /// Whether a distributor still deals in the goods of a vendor.
  bool supplies(std::uint32_t s, std::size_t v) const {
    const int tie = tied_.empty() ? 0 : tied_[s];
    return tie == 0 || tie == 2 + static_cast<int>(v);
  }
  /// Whether a partner gets the goods of a vendor through a distributor.
  bool through_distributor(std::size_t i, std::size_t v) const {
    for (const std::uint32_t s : world_.graph.suppliers.of(i)) {
      if (supplies(s, v)) return true;
    }
    return false;
  }
  bool is_settled(std::size_t i) const { return !tied_.empty() && tied_[i] != 0; }

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
    double margin = 0;  // what a unit of margin on first and later years adds
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
    // the later years are paid as far as the vendor does not bill them itself
    const double later_years =
        (1 - renewals(program)) * (annuity(offer.share_term, rate) - first_year);
    const double whole_term = first_year + later_years;
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
      w.margin = price * (1 + offer.maintenance * whole_term);
    } else {
      w.value = price * (first * first_year + recurring * later_years) + services;
      w.uplift = price * program.terms.uplift * first_year;
      w.margin = price * whole_term;
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
    return available(o) *
           considered_at(now_.markets[world_.partners.market[i]], o, market_of(i).cloud);
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
      const double a = listed(start_, o).available *
                       considered_at(start_.markets[0], o, start_.markets[0].cloud_start);
      best = std::max(best, a * win_reference(start_, o) * (w.value + g * w.uplift));
    }
    return start_.choice.outside_ratio * best;
  }

  Worth worth_to(std::size_t i, std::size_t o) const {
    const std::size_t v = vendor_of(o);
    const auto tier = static_cast<std::size_t>(partners_[i].relations[v].tier);
    return worth(now_, program_of(i, v), tier, segment(i), o, felt_overlap(program_of(i, v)));
  }
  /// Margin of this partner alone: of its power, for growth and attach.
  static double own_margin(const Relation& r) {
    return static_cast<double>(r.advantage + r.extra_rebate);
  }
  /// V of a won deal with the registration the partner expects, at size 1.
  double deal_value(std::size_t i, std::size_t o) const {
    const Worth w = worth_to(i, o);
    const Relation& r = partners_[i].relations[vendor_of(o)];
    return w.value + r.registered * w.uplift + own_margin(r) * w.margin;
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
  /// Share of a program's unregistered opportunities that go to own sales.
  double direct_share(const Program& program) const {
    return is_off("direct") ? 0 : program.terms.direct_share;
  }
  /// Share of what is paid after the first year that the vendor bills itself.
  double renewals(const Program& program) const {
    return is_off("direct") ? 0 : program.terms.direct_renewals;
  }
  /// Share of the partner's opportunities that go to the vendor's own sales.
  double taken(std::size_t i, std::size_t v) const {
    return direct_share(program_of(i, v)) * (1 - partners_[i].relations[v].registered);
  }
  /// Share of open opportunities of an offer decided in a month.
  static double decided_monthly(const Offer& offer) { return 1 - exp(-1 / offer.sales_cycle); }

  // ------------------------------------------------------------------ contracts

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

  // ------------------------------------------------------------------ what is reported

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

  const World& world_;
  const Parameters start_;
  Parameters now_;  // in force this month
  const RunLuck luck_;
  int t_ = 0;  // months since the start
  std::vector<MarketState> markets_;
  std::vector<VendorState> vendors_;
  std::vector<double> gap_;                 // by offer
  std::vector<double> deal_scale_;          // by segment
  std::vector<std::vector<Field>> fields_;  // [offer][segment]
  std::vector<int> event_month_;
  std::vector<int> tied_;  // of all firms: 0 free, 1 gone, 2 + its owner
  std::vector<Partner> partners_;
  Cells cells_;  // what the month reports
};

}  // namespace partnersim::reference
