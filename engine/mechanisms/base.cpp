// Base: contracts end, move to cloud, and new ones join.
//
//   lost  ~ Binomial(K, 1 - exp(-h/12)),  h = churn exp(-chi_skill (2s-1) + chi_gap gap)
//           times orphan_churn where the partner has left
//   moved ~ Binomial(K, 1 - exp(-migration/12 c e_cloud/(e_cloud + e_on_premises)))
//           from on-premises to the same vendor's cloud offer, at
//           licence value * price_cloud/price_on_premises * migration_uplift a year
//
// Churn first, then migration from the survivors, then what was won this month: a new contract
// cannot end in its first month.
#include <cmath>

#include "base/counts.hpp"
#include "base/kernels.hpp"
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

/// Intensity of losing a contract, a year, of every holder; in scratch.a.
void hazards(const World& world, const State& state, std::uint32_t o, Scratch& scratch) {
  const Columns& c = state.columns;
  const Base& p = state.now.base;
  const std::uint32_t v = world.offers[o].vendor;
  const std::size_t j = o - world.vendors[v].first_offer;
  const std::size_t count = scratch.rows.size();
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t row = o * world.n + scratch.rows[k];
    scratch.a[k] = -p.chi_skill * (2 * c.skill[row] - 1) + p.chi_gap * c.gap[o];
  }
  exp_all(scratch.a.data(), scratch.a.data(), count);
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t relation = v * world.n + scratch.rows[k];
    const bool orphan = c.stage[relation] == static_cast<std::uint8_t>(Stage::left);
    scratch.a[k] *= state.now.programs[c.program[relation]].offers[j].churn *
                    (orphan ? state.now.lifecycle.orphan_churn : 1);
  }
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

/// Churn of every offer; the second uniform of each on-premises holder decides on migration.
void churn_and_migrate(const World& world, State& state, const Month& month, std::uint32_t o,
                       std::uint32_t cloud_offer) {
  Columns& c = state.columns;
  Scratch& scratch = month.scratch;
  list_holders(world, c, o, scratch);
  const std::size_t count = scratch.rows.size();
  draw(world, month.personal, month.t, scratch.rows, kContracts.of(world.offers[o].key), scratch,
       scratch.u);
  hazards(world, state, o, scratch);
  const auto contracts = [&](std::size_t k) { return c.contracts[o * world.n + scratch.rows[k]]; };
  for (std::size_t k = 0; k < count; ++k) scratch.b[k] = -scratch.a[k] / 12 * contracts(k);
  exp_all(scratch.b.data(), scratch.b.data(), count);
  for (std::size_t k = 0; k < count; ++k) {
    if (scratch.u[0][k] <= scratch.b[k]) continue;
    const std::uint32_t i = scratch.rows[k];
    const std::int32_t lost =
        binomial(scratch.u[0][k], contracts(k), monthly(scratch.a[k]), scratch.b[k]);
    const Money value = lose_contracts(world, c, o * world.n + i, lost);
    month.cells.add(Line::churned, o, world.partners.segment[i], lost);
    month.cells.add(Line::churned_value, o, world.partners.segment[i], value);
  }
  if (world.offers[o].deployment == Deployment::cloud || cloud_offer == world.offers.size()) return;
  for (std::size_t k = 0; k < count; ++k) {
    scratch.a[k] = migration(world, state, world.offers[o].vendor, scratch.rows[k]);
    scratch.b[k] = -scratch.a[k] / 12 * contracts(k);
  }
  exp_all(scratch.b.data(), scratch.b.data(), count);
  for (std::size_t k = 0; k < count; ++k) {
    if (contracts(k) == 0 || scratch.u[1][k] <= scratch.b[k]) continue;
    const std::int32_t moved =
        binomial(scratch.u[1][k], contracts(k), monthly(scratch.a[k]), scratch.b[k]);
    move_to_cloud(world, state, month, o, cloud_offer, scratch.rows[k], moved);
  }
}

void add_won(const World& world, State& state, const Month& month, std::uint32_t o) {
  Columns& c = state.columns;
  for (const std::uint32_t i : month.scratch.selling[world.offers[o].vendor]) {
    const std::size_t row = o * world.n + i;
    if (c.won[row] > 0) add_contracts(c, row, c.won[row], c.booked[row]);
  }
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  for (const VendorInfo& vendor : world.vendors) {
    const std::uint32_t end = vendor.first_offer + vendor.offers;
    auto cloud_offer = static_cast<std::uint32_t>(world.offers.size());
    for (std::uint32_t o = end; o-- > vendor.first_offer;) {
      if (world.offers[o].deployment == Deployment::cloud) cloud_offer = o;
    }
    // cloud first: what moves there this month cannot end this month
    for (const Deployment first : {Deployment::cloud, Deployment::on_premises}) {
      for (std::uint32_t o = vendor.first_offer; o < end; ++o) {
        if (world.offers[o].deployment == first)
          churn_and_migrate(world, state, month, o, cloud_offer);
      }
    }
    for (std::uint32_t o = vendor.first_offer; o < end; ++o) add_won(world, state, month, o);
  }
  if ((month.t + 1) % 3 == 0) {
    const std::size_t rows = c.sold.size();
    float* now = c.sold_at.data() + static_cast<std::size_t>((month.t + 1) / 3) * rows;
    for (std::size_t row = 0; row < rows; ++row) now[row] = static_cast<float>(c.sold[row]);
  }
}

}  // namespace

extern constexpr Mechanism base{
    "base", "Contracts end, move to cloud, and new ones join", kWrites, kPurposes, false, run};

}  // namespace partnersim
