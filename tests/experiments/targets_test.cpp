// Targets against journals made by hand.
#include "experiments/targets.hpp"

#include <gtest/gtest.h>

#include <array>

#include "experiments/synthetic.hpp"

namespace partnersim {
namespace {

using testing::cents;
using testing::synthetic_header;
using testing::synthetic_outline;
using testing::SyntheticJournal;

constexpr std::uint64_t kRuns = 40;

/// Run r bills r + 1 in the first month (FY28) and 20 in the last one (FY29).
SyntheticJournal journal() {
  return {synthetic_header(kRuns), [](std::uint64_t r, int month, Cells& cells) {
            if (month == 0) cells.add(Line::net, 0, 0, cents(static_cast<double>(r) + 1));
            if (month == 20) cells.add(Line::net, 0, 0, cents(20));
          }};
}

Target revenue(bool at_least, std::string amount) {
  Target target;
  target.metric = "net_channel_revenue";
  target.at_least = at_least;
  target.amount = std::move(amount);
  return target;
}

TEST(Targets, ShareOfFuturesWithWilsonsInterval) {  // experiments.md 4.1: 34 of 40
  const SyntheticJournal made = journal();
  Target target = revenue(true, "7 EUR");  // 7 .. 40
  target.over = Target::Over::period;
  target.months = {0, 8};
  target.period = "FY28";
  const TargetResult result = assess(made.open(), target);
  EXPECT_EQ(result.name, "net channel revenue FY28 at least 7 EUR");
  EXPECT_EQ(result.runs, kRuns);
  EXPECT_EQ(result.futures, 34.0 / 40);
  EXPECT_NEAR(result.interval.lo, 0.709277, 1e-6);
  EXPECT_NEAR(result.interval.hi, 0.929388, 1e-6);
  EXPECT_NEAR(result.mean, 20.5, 1e-12);
  EXPECT_TRUE(result.mean_keeps);
}

TEST(Targets, EveryFiscalYearMustKeepALimitPerYear) {
  const SyntheticJournal made = journal();
  Target target = revenue(false, "20");
  target.over = Target::Over::each_fiscal_year;
  EXPECT_EQ(assess(made.open(), target).futures, 0.5);  // FY29 is at the limit, FY28 in half below
  EXPECT_NEAR(assess(made.open(), target).mean, 20.5, 1e-12);  // the worse year
  EXPECT_FALSE(assess(made.open(), target).mean_keeps);
  target.amount = "19.99";
  EXPECT_EQ(assess(made.open(), target).futures, 0);  // FY29 breaks it in all
}

TEST(Targets, TheWholeRunAddsUp) {
  const SyntheticJournal made = journal();
  EXPECT_EQ(assess(made.open(), revenue(true, "60 EUR")).futures, 1.0 / 40);
  EXPECT_EQ(assess(made.open(), revenue(true, "60.01 EUR")).futures, 0);
}

TEST(Targets, FaultsAreToldAtOnce) {
  Diagnostics diagnostics;
  const World world = synthetic_outline();
  Target unknown = revenue(true, "1"), other = revenue(true, "1 USD"), share = revenue(true, "5%");
  unknown.metric = "net_chanel_revenue";
  share.metric = "cloud_share";
  check_targets(world, std::array{unknown, other, share}, diagnostics);
  ASSERT_EQ(diagnostics.error_count(), 2u) << diagnostics.render();
  EXPECT_EQ(diagnostics.all()[0].code, "E-METRIC");
  EXPECT_EQ(diagnostics.all()[0].hint, "did you mean 'net_channel_revenue'?");
  EXPECT_EQ(diagnostics.all()[1].code, "E-CURRENCY");
}

}  // namespace
}  // namespace partnersim
