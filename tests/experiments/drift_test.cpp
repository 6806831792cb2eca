// Drift: what a year in which nothing drives revenue still does to it.
#include "experiments/drift.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "ensemble/tiny.hpp"

namespace partnersim::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kBase =
    "start: 2027-01\nmonths: 24\nsegments: [{name: VAR, partners: 60}]\n";

Scenario scenario_of(std::string_view more, std::vector<std::string> sets = {}) {
  const Folder folder;
  overwrite(folder / "s.yaml", std::string(kBase) + std::string(more));
  Diagnostics diagnostics;
  LoadOptions options;
  options.sets = std::move(sets);
  std::optional<Scenario> scenario = load_scenario(folder / "s.yaml", options, diagnostics);
  if (!scenario) throw std::runtime_error(diagnostics.render());
  return *scenario;
}

Drift measure_drift(const Scenario& scenario, std::uint64_t seed) {
  return still_year(scenario, seed).drift;
}

TEST(Drift, IsARatioWithAnIntervalAroundIt) {
  const Drift drift = measure_drift(scenario_of(""), 1);
  EXPECT_EQ(drift.replications, kStillReplications);
  ASSERT_TRUE(std::isfinite(drift.share));
  EXPECT_GT(drift.share, -1);
  EXPECT_LT(drift.interval.lo, drift.share);
  EXPECT_GT(drift.interval.hi, drift.share);
}

TEST(Drift, IsAFunctionOfScenarioAndSeed) {
  const Scenario scenario = scenario_of("");
  EXPECT_EQ(measure_drift(scenario, 1).share, measure_drift(scenario, 1).share);
  EXPECT_NE(measure_drift(scenario, 1).share, measure_drift(scenario, 2).share);
}

// Everything that is held constant: what the scenario says about it cannot show.
TEST(Drift, DoesNotSeeWhatIsHeldConstant) {
  const double still = measure_drift(scenario_of(""), 1).share;
  const char* const held[] = {
      "market: {growth: 40%, volatility: 0.2}\n",
      "market: {growth: 10% to 60%}\n",
      "market: {cloud: {p: 0.5, q: 2}}\n",
      "market: {season: [1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 9, 9]}\n",
      "changes: [{from: 2027-06, set: {us.rebate: 30%}}]\n",
      "events: [{name: attack, month: 2027-03, set: {us.rebate: 30%}}]\n",
  };
  for (const char* const more : held) {
    EXPECT_EQ(measure_drift(scenario_of(more), 1).share, still) << more;
  }
  EXPECT_EQ(measure_drift(scenario_of("", {"months=48"}), 1).share, still);
}

// A start with nobody but newcomers is far from where it goes.
TEST(Drift, SeesAStartThatDoesNotStandStill) {
  const Drift few =
      measure_drift(scenario_of("us: {start_active: 5%}\nlifecycle: {join_p: 1}\n"), 1);
  EXPECT_GT(few.interval.lo, 0.2);
}

TEST(Drift, SaysWhenThereIsNothingToCompare) {
  const Drift none =
      measure_drift(scenario_of("us: {start_active: 0%}\nlifecycle: {join_p: 0, join_q: 0}\n"), 1);
  EXPECT_TRUE(std::isnan(none.share));
  EXPECT_THAT(drift_sentence(none), HasSubstr("there is none"));
}

TEST(Drift, IsOneSentence) {
  const Drift drift{.share = 0.0123, .interval = {-0.004, 0.0286}, .replications = 16};
  EXPECT_EQ(drift_sentence(drift),
            "drift: with every lever, the market and the season held constant, net channel revenue "
            "of months 10-12 is +1.2 % against months 1-3 (95 % interval -0.4 to +2.9 %)");
}

Scenario with_books(std::string_view partners, std::string_view more = "") {
  const Folder folder;
  overwrite(folder / "p.csv", std::string(partners));
  overwrite(folder / "s.yaml",
            "start: 2027-01\nmonths: 24\nsegments: [{name: VAR}, {name: MSP}]\npartners: p.csv\n" +
                std::string(more));
  Diagnostics diagnostics;
  std::optional<Scenario> scenario = load_scenario(folder / "s.yaml", {}, diagnostics);
  if (!scenario) throw std::runtime_error(diagnostics.render());
  return *scenario;
}

std::string partners_of(std::size_t count, bool known) {
  std::string csv = "id,segment,vendors,revenue_12m\n";
  for (std::size_t k = 0; k < count; ++k) {
    csv += "P" + std::to_string(k) + (k % 4 == 0 ? ",MSP" : ",VAR") + ",us," +
           (known ? "100000" : "") + "\n";
  }
  return csv;
}

// Nobody joins or leaves and nothing drives revenue: the year is what the books say.
TEST(Books, AreMetInAStillYear) {
  const Scenario scenario = with_books(
      partners_of(200, true), "uncertainty: none\nmechanisms: {lifecycle: off, trust: off}\n");
  const StillYear year = still_year(scenario, 1);
  ASSERT_EQ(year.books.size(), 3);
  EXPECT_EQ(year.books[0].books, 2e7);
  EXPECT_EQ(year.books[1].segment, "VAR");
  EXPECT_EQ(year.books[1].books, 1.5e7);
  EXPECT_NEAR(year.books[0].model, year.books[1].model + year.books[2].model, 1e-6);
  EXPECT_LT(std::abs(year.books[0].off()), 0.03);
  EXPECT_LT(year.books[0].interval.lo, year.books[0].off());
  EXPECT_FALSE(books_warning(year));
}

TEST(Books, AreNotThereWhereRevenueIsNotKnown) {
  EXPECT_TRUE(still_year(with_books(partners_of(8, false)), 1).books.empty());
  EXPECT_TRUE(still_year(scenario_of(""), 1).books.empty());
}

TEST(Books, WarnOfAMissThatIsNoLuck) {
  const auto off = [](double in_total, double spread) {
    return StillYear{
        .drift = {},
        .books = {{"", 100, 100 * (1 + in_total), {in_total - spread, in_total + spread}},
                  {"VAR", 50, 52, {0.03, 0.05}}}};
  };
  EXPECT_FALSE(books_warning(off(0.019, 0.001)));
  EXPECT_FALSE(books_warning(off(0.03, 0.04)));  // may be luck
  const auto warning = books_warning(off(-0.03, 0.01));
  ASSERT_TRUE(warning);
  EXPECT_EQ(warning->code, "W-ANCHOR");
  EXPECT_THAT(warning->text, HasSubstr("in total -3.0 %;"));
}

}  // namespace
}  // namespace partnersim::testing
