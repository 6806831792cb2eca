// What each partner earns in two programs under the same luck.
#include "experiments/incomes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "ensemble/ensemble.hpp"
#include "ensemble/tiny.hpp"
#include "model/cells.hpp"

namespace partnersim::testing {
namespace {

constexpr std::string_view kBase =
    "start: 2027-01\nmonths: 18\nsegments: [{name: VAR, partners: 20}, {name: MSP, partners: 10}]\n"
    "rival: {name: Rival}\n";

Scenario scenario_of(std::string_view more) {
  const Folder folder;
  overwrite(folder / "s.yaml", std::string(kBase) + std::string(more));
  Diagnostics diagnostics;
  std::optional<Scenario> scenario = load_scenario(folder / "s.yaml", {}, diagnostics);
  if (!scenario) throw std::runtime_error(diagnostics.render());
  return *scenario;
}

std::vector<Triple> nested_triples(std::uint64_t n) {
  std::vector<Triple> triples;
  for (std::uint64_t r = 0; r < n; ++r) triples.push_back(nested(r));
  return triples;
}

/// partner_profit of vendor 0 before training, last 12 months, currency units, mean of the first n
/// runs.
double profit_of_all(const Scenario& scenario, std::uint64_t n) {
  Plan plan;
  plan.months = scenario.world.months;
  plan.replications = n;
  const Runner runner = simulation_runner(scenario.world, false);
  const Cells month(scenario.world);
  const std::size_t cells = month.values().size();
  double sum = 0;
  for (std::uint64_t r = 0; r < n; ++r) {
    const Record record = run_replication(scenario, plan, r, runner);
    for (std::size_t at = record.cells.size() - 12 * cells; at < record.cells.size(); at += cells) {
      for (std::size_t o = 0; o < scenario.world.vendors[0].offers; ++o) {
        for (std::size_t s = 0; s < scenario.world.segments.size(); ++s) {
          sum += static_cast<double>(record.cells[at + month.at(Line::partner_profit, o, s)] +
                                     record.cells[at + month.at(Line::training, o, s)]);
        }
      }
    }
  }
  return sum / 100 / static_cast<double>(n);
}

TEST(Incomes, AddUpToThePartnersProfitBeforeTraining) {
  const Scenario a = scenario_of(""), b = scenario_of("us: {rebate: 9%}\n");
  double of_a = 0, of_b = 0;
  for (const IncomeChange& one : income_changes(a, b, 1, nested_triples(8), 2)) {
    of_a += one.income_a;
    of_b += one.income_b;
    EXPECT_NEAR(one.difference.mean, one.income_b - one.income_a, 1e-6) << one.id;
    EXPECT_EQ(one.difference.n, 2u);  // draws
  }
  EXPECT_NEAR(of_a, profit_of_all(a, 8), 1e-3);
  EXPECT_NEAR(of_b, profit_of_all(b, 8), 1e-3);
}

TEST(Incomes, NobodyWinsOrLosesWhereNothingChanges) {
  const Scenario a = scenario_of("");
  const std::vector<IncomeChange> changes = income_changes(a, a, 1, nested_triples(8), 2);
  ASSERT_FALSE(changes.empty());
  for (const IncomeChange& one : changes) {
    EXPECT_EQ(one.difference.mean, 0);
    EXPECT_EQ(one.fate, Fate::keeps);
  }
}

TEST(Incomes, WhoIsPaidLessLoses) {
  const Scenario a = scenario_of("us: {rebate: 25%}\n"), b = scenario_of("us: {rebate: 0%}\n");
  std::size_t losers = 0;
  for (const IncomeChange& one : income_changes(a, b, 1, nested_triples(32), 2)) {
    if (one.fate == Fate::keeps) continue;
    EXPECT_EQ(one.fate, one.difference.mean < 0 ? Fate::loses : Fate::wins);
    EXPECT_GT(std::abs(one.difference.mean), 0.1 * std::abs(one.income_a));
    losers += one.fate == Fate::loses ? 1 : 0;
  }
  EXPECT_GT(losers, 0u);
}

TEST(Incomes, DoNotDependOnTheNumberOfThreads) {
  const Scenario a = scenario_of(""), b = scenario_of("us: {rebate: 9%}\n");
  const auto one = income_changes(a, b, 1, nested_triples(70), 1);
  const auto four = income_changes(a, b, 1, nested_triples(70), 4);
  ASSERT_EQ(one.size(), four.size());
  for (std::size_t k = 0; k < one.size(); ++k) {
    EXPECT_EQ(one[k].id, four[k].id);
    EXPECT_EQ(one[k].difference.mean, four[k].difference.mean);
    EXPECT_EQ(one[k].difference.ci_hi, four[k].difference.ci_hi);
  }
}

}  // namespace
}  // namespace partnersim::testing
