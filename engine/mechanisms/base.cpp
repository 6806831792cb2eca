// Base: contracts end, move to cloud, and new ones join.
//
//   lost  ~ Binomial(K, 1 - exp(-h/12)),  h = churn exp(-chi_skill (2s-1) + chi_gap gap)
//           times orphan_churn where the partner has left and until it sells again
//   moved ~ Binomial(K, 1 - exp(-migration/12 c e_cloud/(e_cloud + e_on_premises)))
//           from on-premises to the same vendor's first cloud offer on sale, at
//           licence value * price_cloud/price_on_premises * migration_uplift a year
//
// Cloud offers come first: what moves there cannot end at once. One block of uniforms a partner,
// offer and month: lost, moved. Churn first, then migration from the survivors, then what was won
// this month: a new contract cannot end in its first month.
#include <algorithm>

#include "base/counts.hpp"
#include "base/math.hpp"
#include "mechanisms/contracts.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr Purpose kContracts{"base.contracts"};
constexpr Purpose kPurposes[] = {kContracts};
constexpr std::string_view kWrites[] = {"contracts", "base",    "kept",
                                        "sold",      "sold_at", "start_base"};

/// Partners with contracts of offer o, ascending, in scratch.rows.
void list_holders(const World& world, const Columns& c, std::uint32_t o, Scratch& scratch) {
  scratch.rows.clear();
  for (const std::uint32_t i : scratch.carried[world.offers[o].vendor]) {
    if (c.contracts[o * world.n + i] > 0) scratch.rows.push_back(i);
  }
}

double orphan_churn(const State& state, std::uint32_t v) {
  return is_lifted(state, Shadow::contact, v) ? 1 : state.now.lifecycle.orphan_churn;
}

/// Intensity of losing a contract of offer o at partner i, a year.
double hazard(const World& world, const State& state, std::uint32_t o, std::uint32_t i) {
  const Columns& c = state.columns;
  const Base& p = state.now.base;
  const std::uint32_t v = world.offers[o].vendor;
  const std::size_t relation = v * world.n + i;
  const Offer& offer =
      state.now.programs[c.program[relation]].offers[o - world.vendors[v].first_offer];
  return offer.churn *
         exp(-p.chi_skill * (2 * c.skill[o * world.n + i] - 1) + p.chi_gap * c.gap[o]) *
         (is_orphaned(c.stage[relation]) ? orphan_churn(state, v) : 1);
}

/// No hazard of offer o is above this one, orphans apart.
double highest_hazard(const World& world, const State& state, std::uint32_t o) {
  const Base& p = state.now.base;
  const VendorInfo& vendor = world.vendors[world.offers[o].vendor];
  double churn = 0;
  for (const Program& program : state.now.programs) {
    if (program.vendor == world.offers[o].vendor) {
      churn = std::max(churn, program.offers[o - vendor.first_offer].churn);
    }
  }
  return churn * exp(p.chi_skill + p.chi_gap * state.columns.gap[o]);
}

/// Whether none of n can end at a yearly intensity of at most h: (1-p)^n = exp(-hn/12) >= 1 -
/// hn/12.
bool none_ends(double u, double h, std::int32_t n) {
  return u < 1 - h * (1 + 1e-9) / 12 * n;
}

/// Intensity of moving to cloud, a year.
double migration(const World& world, const State& state, std::uint32_t v, std::uint32_t i) {
  double cloud = 0, all = 0;
  for (std::uint32_t j = 0; j < world.vendors[v].offers; ++j) {
    const std::uint32_t o = world.vendors[v].first_offer + j;
    const double attention = state.columns.attention[o * world.n + i];
    all += attention;
    if (world.offers[o].deployment == Deployment::cloud) cloud += attention;
  }
  if (all <= 0) return 0;
  return state.now.base.migration * state.columns.cloud[world.partners.market[i]] * (cloud / all);
}

void move_to_cloud(const World& world, State& state, const Month& month, std::uint32_t from,
                   std::uint32_t to, std::uint32_t i, std::int32_t count) {
  Columns& c = state.columns;
  const std::uint32_t v = world.offers[from].vendor;
  const Program& program = state.now.programs[c.program[v * world.n + i]];
  const auto price = [&](std::uint32_t o) {
    return program.offers[o - world.vendors[v].first_offer].price;
  };
  const Money left = lose_contracts(world, c, from * world.n + i, count);
  const Money added = round_money(static_cast<double>(left) * (price(to) / price(from)) *
                                  state.now.base.migration_uplift);
  add_contracts(c, to * world.n + i, count, added);
  const std::uint8_t s = world.partners.segment[i];
  month.cells.add(Line::migrated, from, s, count);
  month.cells.add(Line::migrated_value, to, s, added);
}

/// What happens to the contracts of an offer. Most months u says that nothing does before anything
/// has to be computed.
void churn(const World& world, State& state, const Month& month, std::uint32_t o) {
  Columns& c = state.columns;
  const Scratch& scratch = month.scratch;
  const double most = highest_hazard(world, state, o);
  const double most_orphans = most * orphan_churn(state, world.offers[o].vendor);
  const std::size_t relations = world.offers[o].vendor * world.n;
  for (std::size_t k = 0; k < scratch.rows.size(); ++k) {
    const std::uint32_t i = scratch.rows[k];
    const std::int32_t contracts = c.contracts[o * world.n + i];
    const double u = scratch.u[0][k];
    if (none_ends(u, is_orphaned(c.stage[relations + i]) ? most_orphans : most, contracts))
      continue;
    const double h = hazard(world, state, o, i);
    const double stay = exp(-h / 12 * contracts);
    if (u <= stay) continue;
    const std::int32_t lost = binomial(u, contracts, monthly(h), stay);
    const Money value = lose_contracts(world, c, o * world.n + i, lost);
    month.cells.add(Line::churned, o, world.partners.segment[i], lost);
    month.cells.add(Line::churned_value, o, world.partners.segment[i], value);
  }
}

void migrate(const World& world, State& state, const Month& month, std::uint32_t o,
             std::uint32_t cloud_offer) {
  const Columns& c = state.columns;
  const Scratch& scratch = month.scratch;
  for (std::size_t k = 0; k < scratch.rows.size(); ++k) {
    const std::uint32_t i = scratch.rows[k];
    const std::int32_t contracts = c.contracts[o * world.n + i];
    const double u = scratch.u[1][k];
    if (contracts == 0 || none_ends(u, state.now.base.migration, contracts)) continue;
    const double h = migration(world, state, world.offers[o].vendor, i);
    const double stay = exp(-h / 12 * contracts);
    if (u <= stay) continue;
    move_to_cloud(world, state, month, o, cloud_offer, i, binomial(u, contracts, monthly(h), stay));
  }
}

void add_won(const World& world, State& state, const Month& month, std::uint32_t o) {
  Columns& c = state.columns;
  for (const std::uint32_t i : month.scratch.selling[world.offers[o].vendor]) {
    const std::size_t row = o * world.n + i;
    if (c.won[row] > 0) add_contracts(c, row, c.won[row], c.booked[row]);
  }
}

/// What has been sold by the end of a quarter.
void remember(const World& world, Columns& c, std::size_t quarter) {
  for (std::size_t o = 0; o < world.offers.size(); ++o) {
    if (c.remembered[o] == 0) continue;
    float* now = c.sold_at.data() + cohort_row(world, c, o, quarter);
    const double* sold = c.sold.data() + o * world.n;
    for (std::size_t i = 0; i < world.n; ++i) now[i] = static_cast<float>(sold[i]);
  }
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  for (const VendorInfo& vendor : world.vendors) {
    const std::uint32_t end = vendor.first_offer + vendor.offers;
    auto cloud_offer = static_cast<std::uint32_t>(world.offers.size());
    for (std::uint32_t o = end; o-- > vendor.first_offer;) {
      const bool on_sale = available(world, state, o) > 0;
      if (on_sale && world.offers[o].deployment == Deployment::cloud) cloud_offer = o;
    }
    // cloud first: what moves there this month cannot end this month
    for (const Deployment first : {Deployment::cloud, Deployment::on_premises}) {
      for (std::uint32_t o = vendor.first_offer; o < end; ++o) {
        if (world.offers[o].deployment != first) continue;
        list_holders(world, c, o, month.scratch);
        draw(world, month.personal, month.t, month.scratch.rows, kContracts.of(world.offers[o].key),
             month.scratch, month.scratch.u);
        churn(world, state, month, o);
        if (first == Deployment::on_premises && cloud_offer < world.offers.size()) {
          migrate(world, state, month, o, cloud_offer);
        }
      }
    }
    for (std::uint32_t o = vendor.first_offer; o < end; ++o) add_won(world, state, month, o);
  }
  if ((month.t + 1) % 3 == 0) remember(world, c, static_cast<std::size_t>((month.t + 1) / 3));
}

}  // namespace

double exits(const World& world, const State& state, std::uint32_t o, std::uint32_t i) {
  const bool may_move = world.offers[o].deployment == Deployment::on_premises;
  return hazard(world, state, o, i) +
         (may_move ? migration(world, state, world.offers[o].vendor, i) : 0);
}

extern constexpr Mechanism base{
    "base", "Contracts end, move to cloud, and new ones join", kWrites, kPurposes, false, run};

}  // namespace partnersim
