// What must hold for every world: luck is personal, order does not matter, switched-off and neutral
// mechanisms are the same, books balance.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/check.hpp"
#include "simulation/simulation.hpp"
#include "support/tiny_world.hpp"

namespace partnersim {
namespace {

using testing::luck;
using testing::tiny_world;
using testing::TinyWorld;

/// The same world with its partners in another order: `order[i]` is the old row of new row i. Rows
/// must stay within their segments.
World reordered(const World& world, const std::vector<std::uint32_t>& order) {
  World other = world;
  const std::size_t n = order.size();
  other.n = other.partners.count = n;
  std::vector<std::uint32_t> place(world.n, UINT32_MAX);
  for (std::uint32_t i = 0; i < n; ++i) place[order[i]] = i;
  const auto pick = [&](auto& values) {
    auto picked = values;
    picked.clear();
    for (std::size_t block = 0; block * world.n < values.size(); ++block) {
      for (const std::uint32_t i : order) picked.push_back(values[block * world.n + i]);
    }
    values = picked;
  };
  PartnerTable& p = other.partners;
  pick(p.key), pick(p.segment), pick(p.market), pick(p.size), pick(p.user_row), pick(p.id),
      pick(p.name), pick(p.region), pick(p.start_stage), pick(p.start_tier), pick(p.start_billed);
  std::vector<Link> links;
  const auto add = [&](const Neighbours& neighbours, LinkKind kind) {
    for (std::uint32_t i = 0; i < world.n; ++i) {
      for (const std::uint32_t j : neighbours.of(i)) {
        if (place[i] != UINT32_MAX && place[j] != UINT32_MAX && i < j)
          links.push_back({kind, place[i], place[j]});
      }
    }
  };
  add(world.graph.peers, LinkKind::peer);
  add(world.graph.allies, LinkKind::alliance);
  other.graph = make_graph(n, links);
  other.segment_begin.assign(1, 0);
  for (std::uint8_t s = 0; s < world.segments.size(); ++s) {
    other.segment_begin.push_back(
        static_cast<std::uint32_t>(std::ranges::upper_bound(p.segment, s) - p.segment.begin()));
  }
  return other;
}

void switch_off(Parameters& parameters, std::initializer_list<std::string_view> names) {
  for (std::size_t k = 0; k < month_order().size(); ++k) {
    for (const std::string_view name : names) {
      if (month_order()[k]->name == name) parameters.off |= 1u << k;
    }
  }
}

/// Without what partners share: a vendor's belief, managers and specialists, the customers there
/// are, and the mean partner that a vendor measures power by.
void share_nothing(Parameters& parameters) {
  switch_off(parameters, {"sensing", "managers", "specialists", "saturation", "power"});
}

std::vector<std::int64_t> all_cells(const World& world, const Parameters& parameters,
                                    RunLuck run = luck(0)) {
  Simulation simulation(world);
  simulation.check(true);
  simulation.start(parameters, run);
  std::vector<std::int64_t> cells;
  while (!simulation.done()) {
    simulation.advance();
    cells.insert(cells.end(), simulation.cells().values().begin(),
                 simulation.cells().values().end());
  }
  return cells;
}

/// Everything a column says about one partner, bit by bit.
std::string life(const Simulation& simulation, const World& world, std::uint32_t i) {
  std::string bytes;
  for (const auto& column : kColumns) {
    const std::size_t rows = rows_of(world, simulation.state().columns, column.shape);
    if (!is_by_partner(column.shape)) continue;
    visit_column(column.type, column.at(const_cast<Columns*>(&simulation.state().columns)),
                 [&](const auto& values) {
                   for (std::size_t row = i; row < rows; row += world.n) {
                     bytes.append(reinterpret_cast<const char*>(&values[row]), sizeof values[row]);
                   }
                 });
  }
  return bytes;
}

/// Both worlds run side by side; true when each partner of `part` lives as in `whole`.
void expect_same_lives(const World& whole, const World& part, const Parameters& parameters) {
  Simulation a(whole), b(part);
  a.start(parameters, luck(1));
  b.start(parameters, luck(1));
  while (!a.done()) {
    a.advance();
    b.advance();
  }
  for (std::uint32_t i = 0; i < part.n; ++i) {
    const auto at =
        std::ranges::find(whole.partners.key, part.partners.key[i]) - whole.partners.key.begin();
    ASSERT_EQ(life(a, whole, static_cast<std::uint32_t>(at)), life(b, part, i))
        << part.partners.id[i];
  }
}

TEST(Properties, TheSameRunTwiceIsTheSame) {
  const TinyWorld t = tiny_world();
  EXPECT_EQ(all_cells(t.world, t.parameters), all_cells(t.world, t.parameters));
  EXPECT_NE(all_cells(t.world, t.parameters, luck(0)), all_cells(t.world, t.parameters, luck(1)));
}

TEST(Properties, OneSimulationServesManyReplications) {
  const TinyWorld t = tiny_world();
  Simulation simulation(t.world);
  const auto last = [&](std::uint64_t r) {
    simulation.start(t.parameters, luck(r));
    while (!simulation.done()) simulation.advance();
    return fingerprint(simulation.state());
  };
  const std::uint64_t first = last(0);
  last(1);
  EXPECT_EQ(last(0), first);
}

TEST(Properties, OrderOfPartnersDoesNotMatter) {
  const TinyWorld t = tiny_world({.partners = 120});
  std::vector<std::uint32_t> order(t.world.n);
  std::iota(order.begin(), order.end(), 0u);
  for (std::size_t s = 0; s < t.world.segments.size(); ++s) {
    std::reverse(order.begin() + t.world.segment_begin[s],
                 order.begin() + t.world.segment_begin[s + 1]);
  }
  EXPECT_EQ(all_cells(t.world, t.parameters), all_cells(reordered(t.world, order), t.parameters));
}

TEST(Properties, IsolatedHalvesLiveAsInTheirUnion) {
  TinyWorld t = tiny_world({.partners = 100});
  share_nothing(t.parameters);
  std::vector<std::uint32_t> half;
  std::vector<Link> inside;
  for (std::uint32_t i = 0; i < t.world.n; ++i) {
    if (i % 2 == 0) half.push_back(i);
    for (const std::uint32_t j : t.world.graph.peers.of(i)) {
      if (i < j && i % 2 == j % 2) inside.push_back({LinkKind::peer, i, j});
    }
    for (const std::uint32_t j : t.world.graph.allies.of(i)) {
      if (i < j && i % 2 == j % 2) inside.push_back({LinkKind::alliance, i, j});
    }
  }
  t.world.graph = make_graph(t.world.n, inside);
  expect_same_lives(t.world, reordered(t.world, half), t.parameters);
}

TEST(Properties, AnAddedPartnerWithNothingSharedChangesNobody) {
  TinyWorld t = tiny_world({.partners = 80});
  share_nothing(t.parameters);
  const std::uint32_t alone = 17;
  std::vector<Link> links;
  std::vector<std::uint32_t> others;
  for (std::uint32_t i = 0; i < t.world.n; ++i) {
    if (i != alone) others.push_back(i);
    for (const std::uint32_t j : t.world.graph.peers.of(i)) {
      if (i < j && i != alone && j != alone) links.push_back({LinkKind::peer, i, j});
    }
  }
  t.world.graph = make_graph(t.world.n, links);
  expect_same_lives(t.world, reordered(t.world, others), t.parameters);
}

TEST(Properties, FiveVendorsOfThreeOffers) {
  const TinyWorld t = tiny_world({.vendors = 5, .offers = 3, .months = 36});
  const auto cells = all_cells(t.world, t.parameters);
  Cells shape(t.world);
  const std::size_t last = cells.size() - shape.values().size();
  for (std::size_t v = 0; v < 5; ++v) {
    std::int64_t active = 0;
    for (std::size_t s = 0; s < 4; ++s) active += cells[last + shape.at(Head::active, v, s)];
    EXPECT_GT(active, 0) << v;
  }
}

// Without links, influence of peers, referrals and help of allies, watching others changes nothing.
TEST(Properties, NeutralPeersAreAsGoodAsNone) {
  TinyWorld t = tiny_world({.partners = 90});
  t.parameters.choice.beta_peer = 0;
  t.parameters.lifecycle.join_q = 0;
  t.parameters.demand.referral = 0;
  t.parameters.closing.w_ally = 0;
  const auto with = all_cells(t.world, t.parameters);
  switch_off(t.parameters, {"peers"});
  EXPECT_EQ(all_cells(t.world, t.parameters), with);
}

TEST(Properties, NeutralTiersAreAsGoodAsNoReview) {
  TinyWorld t = tiny_world({.partners = 90});
  for (Program& program : t.parameters.programs) {
    for (Tier& tier : program.tiers) tier.margin = 0;
  }
  auto money_of = [&](const std::vector<std::int64_t>& cells) {
    Cells shape(t.world);
    std::vector<std::int64_t> money;
    for (std::size_t at = 0; at < cells.size(); at += shape.values().size()) {
      for (std::size_t o = 0; o < t.world.offers.size(); ++o)
        money.push_back(cells[at + shape.at(Line::net, o, 0)]);
    }
    return money;
  };
  const auto with = money_of(all_cells(t.world, t.parameters));
  switch_off(t.parameters, {"review"});
  EXPECT_EQ(money_of(all_cells(t.world, t.parameters)), with);
}

TEST(Properties, AccruedRebateIsPaidExpiredOrOutstanding) {
  const TinyWorld t = tiny_world({.partners = 200, .months = 30});
  const auto cells = all_cells(t.world, t.parameters);
  Cells shape(t.world);
  for (std::size_t v = 0; v < 2; ++v) {
    Money accrued = 0, settled = 0, expired = 0;
    for (std::size_t at = 0; at < cells.size(); at += shape.values().size()) {
      Money due = 0;
      for (std::size_t s = 0; s < 4; ++s) {
        for (std::size_t o = 2 * v; o < 2 * v + 2; ++o)
          accrued += cells[at + shape.at(Line::rebate, o, s)];
        settled += cells[at + shape.at(Head::rebate_paid, v, s)];
        expired += cells[at + shape.at(Head::rebate_expired, v, s)];
        due += cells[at + shape.at(Head::rebate_due, v, s)];
      }
      ASSERT_EQ(accrued, settled + expired + due);
    }
    EXPECT_GT(settled, 0);
    EXPECT_GT(expired, 0);
  }
}

// Contracts: what was there, plus won and migrated in, minus churned and migrated out.
TEST(Properties, ContractsBalance) {
  TinyWorld t = tiny_world({.partners = 150, .months = 24});
  t.parameters.lifecycle.follows_partner = 0;  // customers who follow a partner change the vendor
  const auto cells = all_cells(t.world, t.parameters);
  Cells shape(t.world);
  std::int64_t before = -1;
  for (std::size_t at = 0; at < cells.size(); at += shape.values().size()) {
    std::int64_t now = 0, flow = 0;
    for (std::size_t o = 0; o < t.world.offers.size(); ++o) {
      for (std::size_t s = 0; s < 4; ++s) {
        now += cells[at + shape.at(Line::contracts, o, s)];
        flow += cells[at + shape.at(Line::won, o, s)] - cells[at + shape.at(Line::churned, o, s)];
      }
    }
    if (before >= 0) {
      ASSERT_EQ(now, before + flow);
    }
    before = now;
  }
}

TEST(Properties, SnapshotsOfOtherWorldsAndDamageAreRefused) {
  const TinyWorld t = tiny_world(), other = tiny_world({.partners = 51});
  Simulation a(t.world), b(other.world);
  a.start(t.parameters, luck(0));
  a.advance();
  std::string saved = a.save();
  EXPECT_THROW(b.resume(other.parameters, luck(0), saved), RunFault);
  saved[saved.size() / 2] = static_cast<char>(saved[saved.size() / 2] ^ 1);
  EXPECT_THROW(a.resume(t.parameters, luck(0), saved), RunFault);
  EXPECT_THROW(a.resume(t.parameters, luck(0), "nothing"), RunFault);
}

TEST(Properties, ANumberThatIsNoneStopsTheRunAndSaysWhere) {
  TinyWorld t = tiny_world();
  t.parameters.programs[0].offers[0].price = std::numeric_limits<double>::quiet_NaN();
  Simulation simulation(t.world);
  try {
    simulation.start(t.parameters, luck(0));
    while (!simulation.done()) simulation.advance();
    FAIL() << "a price that is no number went through";
  } catch (const RunFault& fault) {
    EXPECT_NE(std::string(fault.what()).find("offers.price"), std::string::npos) << fault.what();
  }
}

}  // namespace
}  // namespace partnersim
