// Freezing: what a frozen mechanism writes is what it wrote in the base.
#include "experiments/lockstep.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/check.hpp"
#include "experiments/small_scenario.hpp"

namespace partnersim::testing {
namespace {

constexpr Coalition kAll = (1u << 8) - 1;

Coalition bit(std::string_view name) {
  for (std::size_t k = 0; k < causes().size(); ++k) {
    if (causes()[k].name == name) return 1u << k;
  }
  throw std::logic_error(std::string(name));
}

using Months = std::vector<std::int64_t>;  // cells, month by month

constexpr RunLuck kLuck{{5}, {9}};

Months alone(const World& world, const Parameters& parameters) {
  Simulation simulation(world);
  simulation.start(parameters, kLuck);
  Months run;
  while (!simulation.done()) {
    simulation.advance();
    const auto cells = simulation.cells().values();
    run.insert(run.end(), cells.begin(), cells.end());
  }
  return run;
}

struct Frozen {
  Months base;
  std::vector<Months> alternatives;
};

Frozen frozen(Scenario a, Scenario b, const std::vector<Coalition>& free,
              std::size_t memory = std::size_t{1} << 28) {
  make_alike(a.world, b.world);
  Frozen result{.base = {}, .alternatives = std::vector<Months>(free.size())};
  LockStep lockstep(a.world, b.world, memory);
  lockstep.run(a.parameters, b.parameters, kLuck, free,
               [&](std::optional<std::size_t> k, std::span<const std::int64_t> cells) {
                 Months& run = k ? result.alternatives[*k] : result.base;
                 run.insert(run.end(), cells.begin(), cells.end());
               });
  return result;
}

/// One cell, month by month.
Months one(const World& world, const Months& run, std::size_t cell) {
  Months result;
  for (std::size_t k = cell; k < run.size(); k += Cells(world).values().size()) {
    result.push_back(run[k]);
  }
  return result;
}

TEST(Causes, HoldEveryMechanismButTheTermsAndTheBooksOnce) {
  for (const Mechanism* mechanism : month_order()) {
    const auto holds = [&](const Cause& cause) {
      return std::ranges::find(cause.mechanisms, mechanism->name) != cause.mechanisms.end();
    };
    const bool books = mechanism->name == "events" || mechanism->name == "settlement" ||
                       mechanism->name == "record";
    EXPECT_EQ(std::ranges::count_if(causes(), holds), books ? 0 : 1) << mechanism->name;
  }
  EXPECT_EQ(causes().size(), 8u);
}

TEST(Causes, HaveEveryColumnButThoseOfTheTermsTheBooksAndTheStart) {
  for (const auto& column : kColumns) {
    const bool kept = column.writer == "start" || column.writer == "settlement" ||
                      column.writer == "record" || column.writer == "events" ||
                      column.writer == "policy, events";
    EXPECT_EQ(cause_of(column).has_value(), !kept) << column.name;
  }
}

const std::string_view kChanges =
    "changes:\n"
    "  - {from: 2027-03, set: {us.rebate: +6 points, us.offers.*.margin_first: -8 points,\n"
    "     us.managers.seats: +6, us.tiers.*.threshold: x0.5, us.training.subsidy: 80%}}\n";

TEST(LockStep, WithEverythingFreeIsTheAlternative) {
  const Scenario a = small_scenario(), b = small_scenario(kChanges);
  const Frozen result = frozen(a, b, {kAll});
  EXPECT_EQ(result.base, alone(a.world, a.parameters));
  EXPECT_EQ(result.alternatives[0], alone(b.world, b.parameters));
  EXPECT_NE(result.base, result.alternatives[0]);
}

TEST(LockStep, OfEqualScenariosNothingDiffersWhateverIsFrozen) {
  const Scenario a = small_scenario(kChanges);
  const Frozen result = frozen(a, a, {0, bit("partners"), bit("customers"), kAll ^ bit("effort")});
  for (const Months& run : result.alternatives) EXPECT_EQ(run, result.base);
}

// Stocks are counted at the end of a month, after all that is frozen was overwritten.
TEST(LockStep, FrozenColumnsAreThoseOfTheBase) {
  const Scenario a = small_scenario(), b = small_scenario(kChanges);
  const Cells cells(b.world);
  struct Case {
    std::string_view cause;
    std::size_t cell;
  };
  const Case cases[] = {
      {"partners", cells.at(Head::active, 0, 0)}, {"attention", cells.at(Line::attention, 0, 0)},
      {"effort", cells.at(Head::effort, 0, 0)},   {"support", cells.at(Head::relationship, 0, 0)},
      {"trust", cells.at(Head::trust, 0, 0)},     {"customers", cells.at(Line::base_value, 0, 0)}};
  for (const Case& one_case : cases) {
    // sums are over active partners: who they are must be the same
    const Coalition held = kAll & ~(bit(one_case.cause) | bit("partners"));
    const Frozen both = frozen(a, b, {held, kAll});
    const Months base = one(b.world, both.base, one_case.cell);
    EXPECT_EQ(one(b.world, both.alternatives[0], one_case.cell), base) << one_case.cause;
    EXPECT_NE(one(b.world, both.alternatives[1], one_case.cell), base) << one_case.cause;
  }
}

TEST(LockStep, DoesNotDependOnHowManyStatesFitMemory) {
  const Scenario a = small_scenario(), b = small_scenario(kChanges);
  std::vector<Coalition> free;
  for (Coalition s = 0; s <= kAll; s += 15) free.push_back(s);
  const Frozen many = frozen(a, b, free), single = frozen(a, b, free, 1);
  EXPECT_EQ(many.base, alone(a.world, a.parameters));  // seen once
  EXPECT_EQ(single.base, many.base);
  for (std::size_t k = 0; k < free.size(); ++k) {
    EXPECT_EQ(many.alternatives[k], single.alternatives[k]) << k;
  }
}

// What one of the two would not remember or hold makes its state another shape.
TEST(LockStep, StatesOfOtherShapesAreMadeAlike) {
  const std::string_view shapes =
      "changes:\n"
      "  - {from: 2027-03, set: {us.offers.*.share_term: 2 years}}\n"
      "  - {from: 2027-05, leave: VAR-000003}\n";
  const Scenario a = small_scenario(), b = small_scenario(shapes);
  const Frozen result = frozen(a, b, {0, kAll});
  EXPECT_EQ(result.base, alone(a.world, a.parameters));
  EXPECT_EQ(result.alternatives[1], alone(b.world, b.parameters));
}

TEST(LockStep, RefusesOtherMechanismsAtWork) {
  const Scenario a = small_scenario(), b = small_scenario("mechanisms: {trust: off}\n");
  EXPECT_THROW(frozen(a, b, {0}), RunFault);
}

}  // namespace
}  // namespace partnersim::testing
