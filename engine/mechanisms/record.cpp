// Record: counts what there is at the end of the month.
#include "base/math.hpp"
#include "base/money.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

void count_relations(const World& world, const State& state, Cells& cells) {
  const Columns& c = state.columns;
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    for (std::size_t s = 0; s < world.segments.size(); ++s) {
      if (world.segments[s].supplier) continue;
      std::array<std::int64_t, kStages> stages{};
      std::int64_t effort = 0, trust = 0, relationship = 0, registered = 0;
      Money cost = 0;
      for (std::uint32_t i = world.segment_begin[s]; i < world.segment_begin[s + 1]; ++i) {
        const std::size_t row = v * world.n + i;
        ++stages[c.stage[row]];
        if (c.stage[row] != static_cast<std::uint8_t>(Stage::active)) continue;
        effort += to_grid(c.effort[row]);
        trust += to_grid(c.trust[row]);
        relationship += to_grid(c.relationship[row]);
        registered += to_grid(c.registered[row]);
        cost +=
            round_money(state.now.programs[c.program[row]].terms.relation_cost * kMinorPerMajor);
        if (c.tier[row] < Cells::kTiersReported) ++cells[cells.tier(c.tier[row], v)];
      }
      for (std::size_t k = 0; k < kStages; ++k) {
        cells.add(static_cast<Head>(static_cast<std::size_t>(Head::prospects) + k), v, s,
                  stages[k]);
      }
      cells.add(Head::effort, v, s, effort);
      cells.add(Head::trust, v, s, trust);
      cells.add(Head::relationship, v, s, relationship);
      cells.add(Head::registered, v, s, registered);
      cells.add(Head::relation_cost, v, s, cost);
    }
  }
}

void count_base(const World& world, const Columns& c, Cells& cells) {
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    for (std::size_t s = 0; s < world.segments.size(); ++s) {
      if (world.segments[s].supplier) continue;
      std::int64_t contracts = 0, value = 0, attention = 0;
      for (std::size_t i = world.segment_begin[s]; i < world.segment_begin[s + 1]; ++i) {
        contracts += c.contracts[o * world.n + i];
        value += c.base[o * world.n + i];
        attention += to_grid(c.attention[o * world.n + i]);
      }
      cells.add(Line::contracts, o, s, contracts);
      cells.add(Line::base_value, o, s, value);
      cells.add(Line::attention, o, s, attention);
    }
  }
}

void run(const World& world, State& state, const Month& month) {
  count_relations(world, state, month.cells);
  count_base(world, state.columns, month.cells);
  for (std::size_t v = 0; v < world.vendors.size(); ++v) {
    const Columns& c = state.columns;
    month.cells[month.cells.at(Desk::belief, v)] = to_grid(c.belief[v]);
    month.cells[month.cells.at(Desk::outreach, v)] = to_grid(c.outreach[v]);
    month.cells[month.cells.at(Desk::help, v)] = to_grid(c.help[v]);
    month.cells[month.cells.at(Desk::backlog, v)] = to_grid(c.backlog[v]);
  }
  for (std::size_t m = 0; m < world.markets.size(); ++m) {
    month.cells[month.cells.at(Scene::demand, m)] = to_grid(state.columns.demand[m]);
    month.cells[month.cells.at(Scene::cloud, m)] = to_grid(state.columns.cloud[m]);
  }
}

}  // namespace

extern constexpr Mechanism record{
    "record", "What there is at the end of the month is counted", {}, {}, false, run};

}  // namespace partnersim
