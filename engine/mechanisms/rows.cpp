#include <algorithm>

#include "mechanisms/mechanism.hpp"

namespace partnersim {

extern const Mechanism registration, enablement, direct;

std::size_t row_of_mechanism(const Mechanism& mechanism) {
  const auto order = month_order();
  return static_cast<std::size_t>(std::ranges::find(order, &mechanism) - order.begin());
}

void derive_now(const World& world, const Parameters& start, State& state) {
  const auto on = [&](const Mechanism& m) { return !start.is_off(row_of_mechanism(m)); };
  derive(world, start, state.now, {on(registration), on(enablement), on(direct)}, state.derived);
}

void draw(const World& world, Luck luck, int month, std::span<const std::uint32_t> partners,
          std::uint32_t purpose, Scratch& scratch, std::array<std::vector<double>, 4>& u) {
  scratch.keys.resize(partners.size());
  for (std::size_t k = 0; k < partners.size(); ++k) {
    scratch.keys[k] = world.partners.key[partners[k]];
  }
  for (auto& uniform : u) uniform.resize(partners.size());
  uniforms(luck, scratch.keys, month, purpose,
           {u[0].data(), u[1].data(), u[2].data(), u[3].data()});
}

const std::array<std::vector<double>, 4>& deal_luck(const World& world, const Month& month,
                                                    std::uint32_t o) {
  Scratch& scratch = month.scratch;
  if (scratch.deal_luck_of[o] != month.t) {
    draw(world, month.personal, month.t, scratch.selling[world.offers[o].vendor],
         kDealLuck.of(world.offers[o].key), scratch, scratch.deal_luck[o]);
    scratch.deal_luck_of[o] = month.t;
  }
  return scratch.deal_luck[o];
}

void make_scratch(const World& world, Scratch& scratch) {
  const std::size_t vendors = world.vendors.size(), rows = (world.offers.size() + 1) * world.n;
  for (auto* lists : {&scratch.active, &scratch.selling, &scratch.carried}) {
    lists->resize(vendors);
    for (auto& list : *lists) list.reserve(world.n);
  }
  Bills& b = scratch.bills;
  b.partner.resize(world.n);
  scratch.counts.resize(world.n);
  for (auto* values :
       {&b.base, &b.booked, &b.first_year, &b.later, &b.renewed, &b.margin, &b.registered, &b.ally,
        &b.distributor, &b.effort, &b.mdf, &b.advantage, &b.extra_rebate}) {
    values->resize(world.n);
  }
  scratch.deal_luck.resize(world.offers.size());
  scratch.deal_luck_of.assign(world.offers.size(), -1);
  scratch.move_luck.first_month.assign(vendors, -1);
  scratch.move_luck.u.resize(vendors);
  for (auto* values : {&scratch.a, &scratch.b, &scratch.c}) values->resize(rows);
  scratch.taken.assign(world.offers.size() * world.segments.size(), 0);
  for (auto* values : {&scratch.effort_cost, &scratch.mdf}) values->assign(vendors * world.n, 0);
}

std::array<double, kMaxMarkets> considered_by_market(const World& world, const State& state,
                                                     std::uint32_t o) {
  std::array<double, kMaxMarkets> share{};
  for (std::size_t m = 0; m < world.markets.size(); ++m) {
    share[m] =
        considered(state.now.markets[m], world.offers[o].deployment, state.columns.cloud[m]) *
        available(world, state, o);
  }
  return share;
}

std::array<double, 2> offers_by_deployment(const World& world, const State& state,
                                           std::uint32_t v) {
  std::array<double, 2> offers{};
  const VendorInfo& vendor = world.vendors[v];
  for (std::uint32_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
    if (available(world, state, o) <= 0) continue;
    offers[static_cast<std::size_t>(world.offers[o].deployment)] += 1;
  }
  return offers;
}

void list_rows(const World& world, const State& state, Scratch& scratch) {
  for (std::size_t v = 0; v < world.vendors.size(); ++v) {
    auto &active = scratch.active[v], &selling = scratch.selling[v], &carried = scratch.carried[v];
    for (auto* list : {&active, &selling, &carried}) list->resize(world.n);
    const std::uint8_t* stage = state.columns.stage.data() + v * world.n;
    std::size_t actives = 0, sellers = 0, carriers = 0;
    // written at once and kept by counting: stages are mixed, a branch would be guessed wrong
    for (std::uint32_t i = 0; i < world.n; ++i) {
      carried[carriers] = selling[sellers] = active[actives] = i;
      carriers += stage[i] >= static_cast<std::uint8_t>(Stage::onboarding);
      sellers += stage[i] == static_cast<std::uint8_t>(Stage::active) ||
                 stage[i] == static_cast<std::uint8_t>(Stage::dormant);
      actives += stage[i] == static_cast<std::uint8_t>(Stage::active);
    }
    active.resize(actives);
    selling.resize(sellers);
    carried.resize(carriers);
  }
}

}  // namespace partnersim
