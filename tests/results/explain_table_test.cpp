// An explanation in words: what is printed adds up.
#include "results/explain_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace partnersim::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ExplainedPart part(std::string name, double mean, double half, Money segment) {
  ExplainedPart one{
      .name = std::move(name),
      .effect = {.n = 9, .mean = mean, .sd = 1, .ci_lo = mean - half, .ci_hi = mean + half},
      .amount = static_cast<Money>(mean * kMinorPerMajor),
      .by_segment = {segment}};
  return one;
}

Explanation by_hand() {
  Explanation explanation;
  explanation.budget = {.by = By::mechanisms, .players = {}, .exact = true, .runs = 257};
  explanation.currency = "EUR";
  explanation.period.label = "FY27";
  explanation.segments = {"VAR"};
  explanation.futures = 40;
  explanation.draws = 10;
  Metric metric;
  metric.name = "contribution";
  ExplainedMetric one{
      .metric = metric, .whole = part("", 1'000'000, 150'000, 100'000'000), .parts = {}};
  // Each a third of a million and more: rounded alone they would miss the total.
  one.parts = {part("terms", 333'333, 90'000, 1),  part("partners", 333'333, 90'000, 2),
               part("trust", 333'334, 90'000, 3),  part("effort", -40'000, 90'000, 4),
               part("skill", 30'000, 90'000, 5),   part("tiers", 6'000, 90'000, 6),
               part("customers", 4'000, 90'000, 7)};
  explanation.metrics = {one};
  return explanation;
}

TEST(ExplainedText, ShowsFiveCausesThatAddUpWithTheRest) {
  const Explanation explanation = by_hand();
  EXPECT_EQ(
      explained_text(explanation, explanation.metrics[0], {"base", "what-if"}, 200),
      "what-if brings 1.00 M EUR more contribution over FY27 than base (95 % interval 0.85 to "
      "1.15). Of it:\n"
      "  +0.33 M EUR  partners trust, register and negotiate otherwise (95 % interval 0.24 to "
      "0.42)\n"
      "  +0.33 M EUR  the new terms on business as it was (95 % interval 0.24 to 0.42)\n"
      "  +0.33 M EUR  other partners join, stay and leave (95 % interval 0.24 to 0.42)\n"
      "  -0.04 M EUR  partners decide otherwise how much they market (95 % interval -0.13 to "
      "0.05; cannot be told from nothing)\n"
      "  +0.03 M EUR  partners learn more or less (95 % interval -0.06 to 0.12; cannot be "
      "told from nothing)\n"
      "  +0.02 M EUR  the other 2 together\n");
}

TEST(ExplanationText, SaysHowItWasFound) {
  const std::string text = explanation_text(by_hand(), {"base", "what-if"});
  EXPECT_THAT(text, HasSubstr("40 futures, 257 runs of each under the same luck"));
  EXPECT_THAT(text, HasSubstr("10 draws"));
  EXPECT_THAT(text, Not(HasSubstr("estimated")));
}

TEST(ExplanationJson, HoldsMinorUnitsThatAddUp) {
  const auto json = explanation_json(by_hand(), {"base", "what-if"});
  const auto& metric = json["metrics"][0];
  std::int64_t sum = 0;
  for (const auto& one : metric["parts"]) sum += one["minor"].get<std::int64_t>();
  EXPECT_EQ(sum, metric["difference"]["minor"].get<std::int64_t>());
  EXPECT_EQ(metric["parts"][3]["tells"], false);
  EXPECT_EQ(metric["parts"][0]["minor_by_segment"]["VAR"], 1);
}

}  // namespace
}  // namespace partnersim::testing
