// Enablement: partners train for what it is worth to them, learn by winning, and forget.
//
//   benefit = training_horizon income (1-w)(w_skill + w_help (1-h)) learn (1-s)
//   r       = benefit / (benefit + training_cost (1 - subsidy)),  share of full training
//   s'      = s + (learn r openness + learn_by_winning won/(won + 5))(1 - s) - forget s
//
// The benefit is what a month of full training is worth: income from the offer a month, w the win
// rate the partner has seen, h specialist help. The vendor pays the subsidy, the partner the rest;
// openness is the share of internal information the vendor gives away. Who sleeps or has left only
// forgets; who has not sold yet stays as it is. Income, help and wins are last month's. A
// certificate is taken at s >= bar when the tier margin it brings on a year's new business, 12 R0
// (1 + x) of last month, is worth more than its fee, and lost below bar - 0.05.
//
// At the start s = logistic(logit s* + 0.8 N(0, 1)) where the vendor is carried, start_skill
// elsewhere and of an offer that is not on sale, which nobody learns or forgets; s* is the skill at
// which a partner forgets what it learns in the business it is expected to have. Everybody at the
// bar is certified, and who has a tier has the skill and the certificates it asks for. Learning by
// doing and forgetting: Argote and Epple 1990.
#include <algorithm>

#include "base/math.hpp"
#include "base/money.hpp"
#include "mechanisms/mechanism.hpp"
#include "mechanisms/tiers.hpp"

namespace partnersim {
namespace {

constexpr Purpose kSkill{"enablement.skill"};
constexpr Purpose kPurposes[] = {kSkill};
constexpr std::string_view kWrites[] = {"skill", "certified"};
constexpr double kManyWins = 5;  // wins of a month that teach half of what winning can
constexpr double kSlack = 0.05;  // below the bar before a certificate is lost
constexpr double kSkillSpread = 0.8;
constexpr double kNeutralSkill = 0.5, kLeastSkill = 0.01;
constexpr int kSettlingRounds = 6;

/// What one more certificate is worth to partner i a year, in currency units.
double worth_of_certificate(const World& world, const State& state, int t, std::uint32_t v,
                            std::uint32_t i) {
  const Columns& c = state.columns;
  const std::size_t relation = v * world.n + i;
  const Program& program = state.now.programs[c.program[relation]];
  const int certified = certificates(world, c, v, i);
  const double new_business = c.run_rate[relation] * (1 + c.effort[relation]);
  const double bookings = static_cast<double>(c.bookings[relation]) / kMinorPerMajor +
                          new_business * months_to_review(program.terms, t);
  return (tier_margin(program, c.tier[relation], bookings, certified + 1) -
          tier_margin(program, c.tier[relation], bookings, certified)) *
         12 * new_business;
}

/// Opportunities of offer o a month without extra effort.
double opportunities(const World& world, const State& state, std::uint32_t o, std::uint32_t i,
                     double considered) {
  const Columns& c = state.columns;
  return c.opportunity_scale[i] * state.derived.opportunities[world.partners.segment[i]] *
         c.attention[o * world.n + i] * considered;
}

/// Share of full training partner i takes on offer o at a skill s.
double training(const World& world, const State& state, std::uint32_t o, std::uint32_t i,
                double considered, double s) {
  const Columns& c = state.columns;
  const Enablement& p = state.now.enablement;
  const std::uint32_t v = world.offers[o].vendor;
  const std::size_t relation = v * world.n + i, row = o * world.n + i;
  const std::uint8_t segment = world.partners.segment[i];
  const std::size_t deal = state.derived.deal(c.program[relation], c.tier[relation], segment,
                                              o - world.vendors[v].first_offer);
  const double income = opportunities(world, state, o, i, considered) * c.price_scale[i] *
                        c.win_seen[row] * worth(state, relation, deal);
  const Closing& wins = state.now.closing;
  const double benefit = p.training_horizon * income * (1 - c.win_seen[row]) *
                         (wins.w_skill + wins.w_help * (1 - c.help[v])) * p.learn * (1 - s);
  const double price =
      p.training_cost * (1 - state.now.programs[c.program[relation]].terms.training_subsidy);
  return benefit > 0 ? benefit / (benefit + price) : 0;
}

/// What vendor and partners pay for an offer this month, by segment.
struct Bill {
  std::array<Money, kMaxSegments> ours{}, theirs{};

  void add(std::uint8_t segment, double cost, double subsidy) {
    const Money all = round_money(cost * kMinorPerMajor), subsidised = part(all, subsidy);
    ours[segment] += subsidised;
    theirs[segment] += all - subsidised;
  }
  void post(const World& world, Cells& cells, std::uint32_t o) const {
    for (std::size_t s = 0; s < world.segments.size(); ++s) {
      cells.add(Line::training_subsidy, o, s, ours[s]);
      cells.add(Line::training, o, s, theirs[s]);
      cells.add(Line::partner_profit, o, s, -theirs[s]);
    }
  }
};

void certify(const World& world, State& state, const Month& month, std::uint32_t o, std::uint32_t i,
             bool active, Bill& bill) {
  Columns& c = state.columns;
  const Enablement& p = state.now.enablement;
  const std::uint32_t v = world.offers[o].vendor;
  const std::size_t row = o * world.n + i;
  if (c.certified[row] == 1) {
    if (c.skill[row] < p.certified_bar - kSlack) c.certified[row] = 0;
    return;
  }
  if (!active || c.skill[row] < p.certified_bar) return;
  const double subsidy = state.now.programs[c.program[v * world.n + i]].terms.training_subsidy;
  if (worth_of_certificate(world, state, month.t, v, i) <= p.certificate_cost * (1 - subsidy)) {
    return;
  }
  c.certified[row] = 1;
  bill.add(world.partners.segment[i], p.certificate_cost, subsidy);
}

/// Raises the best skills of partner i to the bar until it has the certificates its tier asks for.
void grant_certificates(const World& world, State& state, std::uint32_t v, std::uint32_t i) {
  Columns& c = state.columns;
  const VendorInfo& vendor = world.vendors[v];
  const std::size_t relation = v * world.n + i;
  const double wanted = state.now.programs[c.program[relation]].tiers[c.tier[relation]].certified;
  for (int certified = certificates(world, c, v, i); certified < wanted; ++certified) {
    std::size_t best = SIZE_MAX;
    for (std::uint32_t j = 0; j < vendor.offers; ++j) {
      const std::size_t row = (vendor.first_offer + j) * world.n + i;
      if (available(world, state, vendor.first_offer + j) <= 0) continue;
      if (c.certified[row] == 0 && (best == SIZE_MAX || c.skill[row] > c.skill[best])) best = row;
    }
    if (best == SIZE_MAX) return;
    c.certified[best] = 1;
    c.skill[best] = std::max(c.skill[best], on_grid(state.now.enablement.certified_bar));
  }
}

/// The skill at which partner i forgets what it learns of offer o; neutral before its attention is
/// known. Wins of a month are Poisson, of which won/(won + 5) is about m/(m + 6) at a mean of m.
double steady_skill(const World& world, const State& state, std::uint32_t o, std::uint32_t i,
                    double considered) {
  const Columns& c = state.columns;
  const Enablement& p = state.now.enablement;
  const std::size_t row = o * world.n + i;
  double s = kNeutralSkill;
  if (c.attention[row] == 0) return s;
  const double wins = opportunities(world, state, o, i, considered) * c.win_seen[row];
  const double open =
      state.now.programs[c.program[world.offers[o].vendor * world.n + i]].terms.openness;
  for (int round = 0; round < kSettlingRounds; ++round) {
    const double learned = p.learn * training(world, state, o, i, considered, s) * open +
                           p.learn_by_winning * wins / (wins + kManyWins + 1);
    if (learned + p.forget <= 0) return s;
    s = (s + learned / (learned + p.forget)) / 2;
  }
  return clamp(s, kLeastSkill, 1 - kLeastSkill);
}

void begin(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  const Enablement& p = state.now.enablement;
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    const auto considered = considered_by_market(world, state, o);
    const std::uint32_t purpose = kSkill.of(world.offers[o].key);
    const bool on_sale = available(world, state, o) > 0;
    for (std::uint32_t i = 0; i < world.n; ++i) {
      const std::uint8_t stage = c.stage[world.offers[o].vendor * world.n + i];
      double skill = p.start_skill;
      if (on_sale && stage >= static_cast<std::uint8_t>(Stage::active)) {
        const double u = uniforms(month.personal, world.partners.key[i], 0, purpose)[0];
        const double steady =
            steady_skill(world, state, o, i, considered[world.partners.market[i]]);
        skill = logistic(logit(steady) + kSkillSpread * normal_quantile(u));
      }
      c.skill[o * world.n + i] = on_grid(skill);
      c.certified[o * world.n + i] = skill >= p.certified_bar ? 1 : 0;
    }
  }
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    for (std::uint32_t i = 0; i < world.n; ++i) {
      if (c.tier[v * world.n + i] > 0) grant_certificates(world, state, v, i);
    }
  }
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  const Enablement& p = state.now.enablement;
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    if (available(world, state, o) <= 0) continue;
    const std::uint32_t v = world.offers[o].vendor;
    const auto considered = considered_by_market(world, state, o);
    Bill bill;
    for (const std::uint32_t i : month.scratch.carried[v]) {
      const std::size_t relation = v * world.n + i, row = o * world.n + i;
      if (c.stage[relation] == static_cast<std::uint8_t>(Stage::onboarding)) continue;
      const bool active = c.stage[relation] == static_cast<std::uint8_t>(Stage::active);
      double& s = c.skill[row];
      double learned = 0;
      if (active) {
        const Vendor& terms = state.now.programs[c.program[relation]].terms;
        const bool full = is_lifted(state, Shadow::enabling, v);
        const double r =
            full ? 1 : training(world, state, o, i, considered[world.partners.market[i]], s);
        if (!full) {
          bill.add(world.partners.segment[i], r * p.training_cost, terms.training_subsidy);
        }
        const double open = is_lifted(state, Shadow::information, v) ? 1 : terms.openness;
        learned = p.learn * r * open + p.learn_by_winning * c.won[row] / (c.won[row] + kManyWins);
      }
      s = on_grid(clamp01(s + learned * (1 - s) - p.forget * s));
      certify(world, state, month, o, i, active, bill);
    }
    bill.post(world, month.cells, o);
  }
}

}  // namespace

extern constexpr Mechanism enablement{
    "enablement", "Partners train, learn by winning, take certificates, and forget",
    kWrites,      kPurposes,
    true,         run,
    begin};

}  // namespace partnersim
