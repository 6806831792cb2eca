// The engine and the plain reference of the month (reference/month.hpp) side by side: after every
// step of every month every column is the same. Whole numbers exactly, others to 1e-9 relative.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <span>
#include <string>

#include "reference/month.hpp"
#include "simulation/simulation.hpp"
#include "support/tiny_world.hpp"

namespace partnersim {
namespace {

constexpr double kRelative = 1e-9;
constexpr std::int64_t kGridSteps = 8;  // of 2^-32

/// Columns that are not compared, with the reason.
const std::map<std::string_view, std::string_view> kNotCovered = {};

/// Cells that are not compared, with the reason.
const std::map<std::string_view, std::string_view> kCellsNotCovered = {};

std::string whose(const World& world, Shape shape, std::size_t row) {
  std::string place = "row " + std::to_string(row);
  if (is_by_partner(shape)) place += " (partner " + world.partners.id[row % world.n] + ")";
  return place;
}

template <class T>
bool same(T engine, T reference) {
  if constexpr (std::is_floating_point_v<T>) {
    const double a = engine, b = reference;
    return a == b || std::abs(a - b) <= kRelative * std::max(std::abs(a), std::abs(b));
  } else {
    return engine == reference;
  }
}

/// The columns in which the two differ, and where first; empty if none.
std::string difference(const World& world, const Columns& engine, const Columns& reference) {
  std::string all;
  for (const auto& column : kColumns) {
    if (kNotCovered.contains(column.name)) continue;
    std::string found = visit_column(
        column.type, column.at(const_cast<Columns*>(&engine)), [&](const auto& theirs) {
          using Values = std::decay_t<decltype(theirs)>;
          const auto& ours =
              *static_cast<const Values*>(column.at(const_cast<Columns*>(&reference)));
          for (std::size_t row = 0; row < theirs.size(); ++row) {
            if (same(theirs[row], ours[row])) continue;
            char text[120];
            std::snprintf(text, sizeof text, ": engine %.17g, reference %.17g",
                          static_cast<double>(theirs[row]), static_cast<double>(ours[row]));
            return "column " + std::string(column.name) + ", " + whose(world, column.shape, row) +
                   text;
          }
          return std::string();
        });
    if (!found.empty()) all += "\n  " + found;
  }
  return all;
}

/// The cells of a month in which the two differ, and where first.
std::string difference(const World& world, const Cells& engine, const Cells& reference) {
  std::string all;
  const auto compare = [&](const LineRow& row, std::size_t k, const std::string& where) {
    if (kCellsNotCovered.contains(row.name) || engine[k] == reference[k]) return false;
    // quantities are cut off at 2^-32, each partner's on its own: one more or less of it is
    // rounding, and so is a part in 1e9 of what is no sum
    const auto apart = static_cast<double>(std::abs(engine[k] - reference[k]));
    const double rounding =
        std::max<double>(kGridSteps, kRelative * static_cast<double>(std::abs(engine[k])));
    if (row.measure == Measure::grid && apart <= rounding) return false;
    all += "\n  cell " + std::string(row.name) + where + ": engine " + std::to_string(engine[k]) +
           ", reference " + std::to_string(reference[k]);
    return true;
  };
  const auto segment_name = [&](std::size_t s) { return ", segment " + world.segments[s].name; };
  for (std::size_t k = 0; k < kLines; ++k) {
    bool found = false;
    for (std::size_t o = 0; o < world.offers.size(); ++o) {
      for (std::size_t s = 0; s < world.segments.size() && !found; ++s) {
        const OfferInfo& offer = world.offers[o];
        found =
            compare(kLineRows[k], engine.at(static_cast<Line>(k), o, s),
                    ", " + world.vendors[offer.vendor].name + "/" + offer.name + segment_name(s));
      }
    }
  }
  for (std::size_t k = 0; k < kHeads; ++k) {
    bool found = false;
    for (std::size_t v = 0; v < world.vendors.size(); ++v) {
      for (std::size_t s = 0; s < world.segments.size() && !found; ++s) {
        found = compare(kHeadRows[k], engine.at(static_cast<Head>(k), v, s),
                        ", " + world.vendors[v].name + segment_name(s));
      }
    }
  }
  for (std::size_t v = 0; v < world.vendors.size(); ++v) {
    for (std::size_t k = 0; k < kDesks; ++k) {
      compare(kDeskRows[k], engine.at(static_cast<Desk>(k), v), ", " + world.vendors[v].name);
    }
    for (std::size_t k = 0; k < Cells::kTiersReported; ++k) {
      compare({"tier", Measure::count, Over::stock, {}}, engine.tier(k, v),
              " " + std::to_string(k) + ", " + world.vendors[v].name);
    }
  }
  for (std::size_t m = 0; m < world.markets.size(); ++m) {
    for (std::size_t k = 0; k < kScenes; ++k) {
      compare(kSceneRows[k], engine.at(static_cast<Scene>(k), m), ", " + world.markets[m].name);
    }
  }
  return all;
}

/// Runs both; reports the first step after which they differ.
void compare(const testing::TinyWorld& tiny) {
  const RunLuck luck = testing::luck(3);
  Simulation simulation(tiny.world);
  simulation.start(tiny.parameters, luck);
  reference::Month month(tiny.world, tiny.parameters, luck, simulation.state());
  ASSERT_EQ(difference(tiny.world, simulation.state().columns, month.columns()), "");
  std::string found;
  const std::span steps = reference::Month::kSteps;
  std::size_t step = 0;
  simulation.watch([&](const Mechanism& mechanism, const State& state) {
    if (!found.empty()) return;
    // the reference has its own idea of the order
    while (step < steps.size() && steps[step] != mechanism.name) ++step;
    ASSERT_LT(step, steps.size()) << mechanism.name << " runs out of order";
    step = step + 1 < steps.size() ? step + 1 : 0;
    month.run(mechanism.name);
    found = difference(tiny.world, state.columns, month.columns());
    if (found.empty()) return;
    found = "month " + std::to_string(state.month) + ", after " + std::string(mechanism.name) +
            ": " + found;
  });
  while (!simulation.done() && found.empty()) {
    simulation.advance();
    if (!found.empty()) break;
    found = difference(tiny.world, simulation.cells(), month.cells());
    if (!found.empty()) found = "month " + std::to_string(simulation.month() - 1) + ":" + found;
  }
  EXPECT_EQ(found, "");
}

using testing::address_of;

TEST(Reference, AgreesWithEverythingOn) {
  compare(testing::tiny_world());
}

TEST(Reference, AgreesWhenTermsChange) {
  testing::TinyWorld tiny = testing::tiny_world();
  constexpr int kEver = 1 << 20;
  using Op = Write::Op;
  tiny.world.changes = {
      {6, kEver, 3, {{address_of("vendor", "rebate"), Op::add, 0.04}}, {}},
      {4,
       12,
       1,
       {{address_of("offers", "price", 0, 1), Op::multiply, 1.1},
        {address_of("tiers", "threshold", 0, 2), Op::set, 500000}},
       {}},
      {5, kEver, 1, {{address_of("vendor", "managers.seats"), Op::set, 10}}, {}},
      {13, kEver, 1, {{address_of("vendor", "managers.seats"), Op::set, 14}}, {}},
      {8, kEver, 1, {{address_of("offers", "share_term", 0, 1), Op::set, 1}}, {}},
  };
  Event attack{"attack", entity_key("event", "attack"), 0.7, 3, 15, {}};
  attack.change = {0, 6, 1, {{address_of("offers", "margin_first", 1, 0), Op::add, 0.05}}, {}};
  tiny.world.events = {attack};
  compare(tiny);
}

TEST(Reference, AgreesWhenManyParametersChange) {
  testing::TinyWorld tiny = testing::tiny_world();
  std::vector<Write> writes;
  const auto set = [&](std::string_view owner, std::string_view key, double value,
                       std::uint16_t second = 0) {
    writes.push_back({address_of(owner, key, 0, second), Write::Op::set, value});
  };
  set("market", "load", 0.9);
  set("segments", "deal_size", 2);
  set("vendor", "brand", 0.7);
  set("vendor", "overlap", 0.3);
  set("vendor", "review_months", 7);
  set("offers", "price", 30000, 0);
  set("offers", "maintenance", 0, 0);
  set("offers", "churn", 3, 1);
  set("offers", "deploy", 0.2, 1);
  set("enablement", "start_skill", 0.4);
  set("managers", "floor", 0.1);
  set("trust", "level", 0.5);
  set("choice", "outside_ratio", 0.4);
  set("choice", "discount_rate", 0.3);
  set("closing", "win_rate", 0.3);
  tiny.world.changes = {{5, 1 << 20, 1, writes, {}}};
  compare(tiny);
}

/// Two markets, three vendors with three offers, distributors, and what is 0 or rare by default:
/// short terms of the recurring share, brands, an entry margin, quick reviews, losses and returns;
/// programs with scores, promotions, further rebates and a fee; eager own sales;
/// leads, much power, contracts ended twice, policies.
testing::TinyWorld unusual_world() {
  testing::Shape shape;
  shape.vendors = 3;
  shape.offers = 3;
  shape.months = 60;
  shape.partners = 40;
  testing::TinyWorld tiny = testing::tiny_world(shape);
  World& world = tiny.world;
  Parameters& p = tiny.parameters;
  world.calendar.start_month = 8;
  world.markets.push_back({"abroad", entity_key("market", "abroad")});
  p.markets.push_back(p.markets[0]);
  p.markets[1].growth = -0.1;
  p.markets[1].load = 0;
  p.markets[1].cloud_start = 0.6;
  p.markets[0].season = kSeason;
  p.markets[0].load = 1.2;
  Neighbours suppliers;
  for (std::uint32_t i = 0; i < world.n; ++i) {
    world.partners.market[i] = static_cast<std::uint8_t>(i % 2);
    if (i % 3 == 0) suppliers.targets.push_back(0);
    if (i % 4 == 0) suppliers.targets.push_back(1);
    suppliers.offsets.push_back(static_cast<std::uint32_t>(suppliers.targets.size()));
  }
  world.graph.suppliers = suppliers;
  p.programs[0].terms.brand = 0.2;
  p.programs[1].terms.brand = -0.3;
  p.programs[0].terms.review_months = 6;
  p.programs[1].terms.review_months = 3;
  p.programs[2].terms.mdf_cover = 0;
  p.programs[2].terms.manager_seats = 0;
  p.programs[1].offers[0].share_term = 0.6;
  p.programs[0].offers[1].share_term = 1.75;
  p.programs[2].offers[1].churn = 2.5;
  p.programs[2].offers[2].churn = 2.5;
  for (Program& program : p.programs) {
    program.terms.promotion_months = 3;
    program.terms.demotion_steps = 1;
    program.terms.growth_rebate = 0.03;
    program.terms.attach_rebate = 0.02;
    program.terms.entry_fee = 4000;
    program.terms.admission = 0.7;
  }
  p.programs[0].terms.promotion_months = 2;
  p.programs[1].terms.score_bar = 0.7;
  p.programs[1].terms.score_bookings = 0.4;
  p.programs[0].terms.direct_share = 0.4;
  p.programs[0].terms.direct_capacity = 2;
  p.programs[1].terms.direct_share = 0;
  p.programs[2].terms.direct_reach = 0.3;
  p.programs[1].terms.direct_renewals = 0.35;
  world.changes.push_back(
      {18, 1 << 20, 1, {{address_of("vendor", "direct.renewals", 0), Write::Op::set, 0.6}}, {}});
  p.closing.w_direct = 0.5;
  // one offer comes late and not to all at once, another goes
  p.programs[1].offers[2].available = 0;
  world.changes.push_back(
      {12, 1 << 20, 4, {{address_of("offers", "available", 1, 2), Write::Op::set, 0.9}}, {}});
  world.changes.push_back(
      {33, 1 << 20, 1, {{address_of("offers", "available", 2, 1), Write::Op::set, 0}}, {}});
  p.programs[0].terms.lead_number = 3000;
  p.programs[1].terms.lead_number = 200;
  p.programs[1].terms.lead_quality = 0.6;
  world.changes.push_back(
      {20, 30, 1, {{address_of("vendor", "leads.number", 0), Write::Op::set, 0}}, {}});
  world.changes.push_back({16, 1 << 20, 1, {}, {{5'000'000, {1, 8}}}});
  world.changes.push_back({10, 1 << 20, 1, {}, {}, {2, 30}, {{3, 0}, {21, 1}}});
  world.changes.push_back({14, 1 << 20, 1, {}, {}, {3, 0}, {{12, 2}}});
  Event purge{"purge", entity_key("event", "purge"), 1, 40, 45, {}};
  purge.change = {2, 3, 1, {}, {{1'000'000}, {30'000'000}}};
  world.events = {purge};
  const Address rebate = address_of("vendor", "rebate", 0);
  p.programs[0].terms.rebate = 0.07;
  p.programs[0].terms.specialist_capacity = 1;
  // no round steps, or amounts lie halfway between two minor units and a last bit decides
  world.policies = {{0, rebate, 0.00973, 0.005, 0.2, 3e6, 0.3},
                    {1, address_of("offers", "price", 1, 1), -413, 3000, 15000, 2e6, 0},
                    {2, address_of("vendor", "rebate", 2), 0.00973, 0.025, 0.1, 1, 0}};
  world.changes.push_back({25, 40, 4, {{rebate, Write::Op::add, 0.03}}, {}});
  p.power.range = 0.3;
  p.power.stay = 2;
  p.lifecycle.leave_mean = 0.2;
  p.lifecycle.winback_rate = 0;
  p.choice.outside_bias = 0.1;
  return tiny;
}

TEST(Reference, AgreesInAnUnusualWorld) {
  compare(unusual_world());
}

TEST(Reference, NothingStaysZeroInTheUnusualWorld) {
  const testing::TinyWorld tiny = unusual_world();
  Simulation simulation(tiny.world);
  simulation.start(tiny.parameters, testing::luck(3));
  std::map<std::string_view, bool> zero;
  const auto see = [&](std::string_view name, auto x) {
    zero.emplace(name, true);
    if (x != 0) zero[name] = false;
  };
  while (!simulation.done()) {
    simulation.advance();
    const Cells& cells = simulation.cells();
    for (std::size_t s = 0; s < tiny.world.segments.size(); ++s) {
      for (std::size_t k = 0; k < kLines; ++k) {
        for (std::size_t o = 0; o < tiny.world.offers.size(); ++o) {
          see(kLineRows[k].name, cells[cells.at(static_cast<Line>(k), o, s)]);
        }
      }
      for (std::size_t k = 0; k < kHeads; ++k) {
        for (std::size_t v = 0; v < tiny.world.vendors.size(); ++v) {
          see(kHeadRows[k].name, cells[cells.at(static_cast<Head>(k), v, s)]);
        }
      }
    }
    for (std::size_t k = 0; k < kDesks; ++k) {
      for (std::size_t v = 0; v < tiny.world.vendors.size(); ++v) {
        see(kDeskRows[k].name, cells[cells.at(static_cast<Desk>(k), v)]);
      }
    }
    const Columns& columns = simulation.state().columns;
    for (const auto& column : kColumns) {
      visit_column(column.type, column.at(const_cast<Columns*>(&columns)), [&](const auto& rows) {
        for (const auto x : rows) see(column.name, x);
        return 0;
      });
    }
  }
  for (const auto& [name, never] : zero) EXPECT_FALSE(never) << name;
}

TEST(Reference, AgreesWithAllShadowsLifted) {
  testing::TinyWorld tiny = testing::tiny_world();
  tiny.parameters.lifted = (1u << kShadows) - 1;
  compare(tiny);
}

TEST(Reference, AgreesWithEachShadowLifted) {
  for (std::size_t k = 0; k < kShadows; ++k) {
    SCOPED_TRACE(kShadowRows[k].name);
    testing::TinyWorld tiny = testing::tiny_world();
    tiny.parameters.lifted = 1u << k;
    compare(tiny);
  }
}

TEST(Reference, AgreesWithEachMechanismOff) {
  for (const Mechanism* mechanism : month_order()) {
    if (!mechanism->can_be_off) continue;
    if (mechanism->name == "demand") continue;  // see below
    SCOPED_TRACE(mechanism->name);
    for (testing::TinyWorld tiny : {testing::tiny_world(), unusual_world()}) {
      tiny.parameters.off = 1u << row_of_mechanism(*mechanism);
      compare(tiny);
    }
  }
}

TEST(Reference, AgreesAtTheEdges) {
  testing::TinyWorld tiny = testing::tiny_world();
  for (Program& program : tiny.parameters.programs) {
    program.terms.review_months = 2.5;
    program.terms.manager_seats = 3.5;
    program.terms.training_subsidy = 1;
    program.terms.overlap = 1;
  }
  tiny.parameters.effort.max_effort = 0.2;
  tiny.parameters.closing.deal_sigma = 0;
  compare(tiny);
  tiny = testing::tiny_world();
  for (Program& program : tiny.parameters.programs) {
    program.terms.mdf_cover = 0.95;
    program.terms.mdf_accrual = 0;
  }
  tiny.parameters.markets[0].load = 0;
  tiny.parameters.enablement.training_cost = 1;
  tiny.parameters.enablement.certificate_cost = 0;
  tiny.parameters.lifecycle.follows_partner = 1;
  tiny.parameters.lifecycle.leave_mean = 0.3;
  compare(tiny);
}

// A policy goes down while a change holds its lever up; with the change gone the lever is where the
// policy's own steps leave it, whenever another change begins or ends.
TEST(Reference, AgreesWhenAPolicyOutlivesAChange) {
  testing::TinyWorld tiny = testing::tiny_world();
  const Address rebate = address_of("vendor", "rebate", 0);
  tiny.parameters.programs[0].terms.review_months = 3;
  tiny.world.policies = {
      {0, rebate, 0.00973, 0.02, 0.2, 7.5e-6, 24}};  // down until month 12, then up
  tiny.world.changes = {{0, 12, 1, {{rebate, Write::Op::add, 0.05}}, {}}};
  compare(tiny);
}

// The engine's closing reads the uniforms that its demand drew, whether it did or not.
TEST(Reference, AgreesWithDemandOff) {
  testing::TinyWorld tiny = testing::tiny_world();
  for (const Mechanism* mechanism : month_order()) {
    if (mechanism->name == "demand") tiny.parameters.off = 1u << row_of_mechanism(*mechanism);
  }
  compare(tiny);
}

// The engine neither bills nor ends the contracts of a partner that comes back until it is active
// again. Here they are the vendor's own customers until then, billed directly.
TEST(Reference, AgreesWhenPartnersComeBack) {
  testing::TinyWorld tiny = testing::tiny_world();
  tiny.parameters.lifecycle.winback_rate = 2;
  tiny.world.changes = {{9, 1 << 20, 1, {}, {{50'000'000}}}};
  tiny.parameters.lifecycle.leave_mean = 0.3;
  compare(tiny);
}

// The engine leaves bonuses out of the value of attention spent elsewhere. Here that is a part of
// the best offer there was at the start, with all that was paid on it.
TEST(Reference, AgreesWithABonusAtTheStart) {
  testing::TinyWorld tiny = testing::tiny_world();
  tiny.parameters.programs[0].offers[0].bonus = 0.05;
  compare(tiny);
}

}  // namespace
}  // namespace partnersim
