// The forecast table, its sentences and the chart.
#include "results/forecast_table.hpp"

#include <gmock/gmock.h>

#include "base/text.hpp"
#include "experiments/synthetic.hpp"
#include "results/band_chart.hpp"
#include "results/lines.hpp"

namespace partnersim {
namespace {

using testing::cents;
using ::testing::HasSubstr;
using testing::lines_of;
using ::testing::Not;
using testing::synthetic_header;
using testing::synthetic_outline;
using testing::SyntheticJournal;

/// Run r brings (100 + r) k a month.
void steady(std::uint64_t r, int month, Cells& cells) {
  const double level = 100000 + 1000 * static_cast<double>(r);
  cells.add(Line::net, 0, 0, cents(level));
  cells.add(Line::net, 2, 0, cents(9e9));  // of the rival
  cells.add(Line::bookings, 1, 1, cents(level / 2));
  cells.add(Line::attention, 0, 0, to_grid(3));
  cells.add(Line::attention, 1, 0, to_grid(1));
  cells.add(Line::rebate, 1, 0, cents(1000));
  cells.add(Head::relation_cost, 0, 0, cents(500));
  cells.add(Head::active, 0, 0, 40 + month);
}

World short_outline() {
  World outline = synthetic_outline();
  outline.months = 7;  // October to April: two quarters and a third of one
  return outline;
}

TEST(ForecastTable, AsText) {
  const SyntheticJournal journal(synthetic_header(5, short_outline()), steady);
  const Forecast forecast = forecast_of(journal.open());
  EXPECT_EQ(as_text(forecast.table),
            "                                                                cloud  active  "
            "program  contri-\n"
            "           net channel revenue, k EUR  new bookings, k EUR      share   part-     "
            "cost   bution\n"
            "period         mean    P5   P50   P95   mean    P5   P50   P95      %    ners    k "
            "EUR    k EUR\n"
            "FY28 Q2       306.0 300.6 306.0 311.4  153.0 150.3 153.0 155.7   25.0    42.0      "
            "4.5    304.5\n"
            "FY28 Q3       306.0 300.6 306.0 311.4  153.0 150.3 153.0 155.7   25.0    45.0      "
            "4.5    304.5\n"
            "FY28 Q4 *     102.0 100.2 102.0 103.8   51.0  50.1  51.0  51.9   25.0    46.0      "
            "1.5    101.5\n"
            "FY28 *        714.0 701.4 714.0 726.6  357.0 350.7 357.0 363.3   25.0    46.0     "
            "10.5    710.5\n"
            "\n"
            "* FY28 Q4: 1 of 3 months; FY28: 7 of 12 months\n");
}

TEST(ForecastTable, FitsATerminalOfAHundredColumns) {
  const SyntheticJournal journal(synthetic_header(5), [](std::uint64_t r, int month, Cells& cells) {
    steady(r, month, cells);
    cells.add(Line::net, 0, 0, cents(90e6));
    cells.add(Line::bookings, 0, 0, cents(70e6));
  });
  const Forecast forecast = forecast_of(journal.open());
  std::size_t headings = 0;
  for (const std::string& line : lines_of(as_text(forecast.table))) {
    EXPECT_LE(count_characters(line), 100u);
    headings += line.starts_with("period") ? 1 : 0;
  }
  EXPECT_EQ(headings, 1u);
}

TEST(ForecastTable, YearsFollowTheirQuartersAndTheTotalIsLast) {
  const SyntheticJournal journal(synthetic_header(1), steady);
  const Forecast forecast = forecast_of(journal.open());
  std::vector<std::string> labels;
  for (const ResultRow& row : forecast.table.rows) labels.push_back(row.label);
  EXPECT_THAT(labels, ::testing::ElementsAre("FY28 Q2", "FY28 Q3", "FY28 Q4", "FY28", "FY29 Q1",
                                             "FY29 Q2", "FY29 Q3", "FY29 Q4", "FY29", "FY28-FY29"));
  EXPECT_EQ(forecast.table.rows[3].incomplete, "9 of 12 months");
  EXPECT_EQ(forecast.table.rows[3].values[0], 9 * 100000);
  EXPECT_EQ(forecast.table.rows.back().values[0], 21 * 100000);
}

TEST(ForecastTable, FailedAndMissingRunsAreLeftOutAndCounted) {
  const SyntheticJournal journal(synthetic_header(4), steady, {3}, {1});
  const Forecast forecast = forecast_of(journal.open());
  EXPECT_EQ(forecast.done, 2u);
  EXPECT_EQ(forecast.failed, 1u);
  EXPECT_EQ(forecast.table.rows.back().values[0], 21 * 101000);  // runs 0 and 2
  EXPECT_EQ(forecast.sentences.back(),
            "2 runs of 4 (the others are missing); 1 more failed and is left out.");
  ASSERT_EQ(forecast.warnings.size(), 2u);
  EXPECT_EQ(forecast.warnings[0].code, "W-FEW-RUNS");
  EXPECT_EQ(forecast.warnings[1].code, "W-FAILED");
  EXPECT_THAT(forecast.warnings[1].text, HasSubstr("replication 3 (draw 0, world 1, luck 3)"));
}

TEST(ForecastTable, WarnsBelow59Runs) {
  const SyntheticJournal few(synthetic_header(58), steady), enough(synthetic_header(59), steady);
  EXPECT_EQ(forecast_of(few.open()).warnings.size(), 1u);
  EXPECT_TRUE(forecast_of(enough.open()).warnings.empty());
}

TEST(ForecastTable, NoRunIsDone) {
  const SyntheticJournal journal(synthetic_header(2), steady, {0}, {1});
  const Forecast forecast = forecast_of(journal.open());
  EXPECT_EQ(forecast.sentences.size(), 1u);
  EXPECT_THAT(forecast_text(forecast), HasSubstr("0 runs of 2"));
  EXPECT_EQ(band_chart(journal.open()), "");
}

TEST(ForecastTable, SaysHowSureTheMeanIs) {
  const SyntheticJournal journal(synthetic_header(5), steady);
  const Forecast forecast = forecast_of(journal.open());
  // Runs 2.10 2.121 2.142 2.163 2.184 M: sd 33.2 k, t 2.776.
  EXPECT_EQ(
      forecast.sentences.front(),
      "Net channel revenue of us over FY28-FY29: 2.14 M EUR on average (95 % interval of this "
      "mean 2.10 to 2.18); in 90 of 100 simulated futures between 2.10 and 2.18 M EUR.");
}

Band band(double parameters, double market, double individuals) {
  Band result;
  result.total = parameters + market + individuals;
  result.parameters = {parameters, parameters / result.total};
  result.market = {market, market / result.total};
  result.individuals = {individuals, individuals / result.total};
  return result;
}

TEST(BandSentence, NamesTheCauses) {
  EXPECT_EQ(
      band_sentence(band(62, 30, 8)),
      "Of the variance of total net channel revenue 62 % comes from parameters, 30 % from the "
      "market and 8 % from individual luck.");
  EXPECT_EQ(band_sentence(band(97, -6, 9)),
            "Of the variance of total net channel revenue 97 % comes from parameters and 9 % from "
            "individual luck; the part of the market (-6 %) cannot be told from zero.");
  EXPECT_EQ(band_sentence(band(0, 0, 0)),
            "Total net channel revenue does not vary from run to run.");
}

TEST(BandSplit, OnlyOfTheNestedPlan) {
  JournalHeader header = synthetic_header(8);
  const SyntheticJournal nested_plan(header, steady);
  EXPECT_TRUE(forecast_of(nested_plan.open()).band);
  for (std::uint64_t r = 0; r < 8; ++r) header.plan.triples.push_back({r, r, r});
  const SyntheticJournal own(header, steady);
  EXPECT_FALSE(forecast_of(own.open()).band);
}

TEST(BandSplit, AFailedRunCostsItsGroupOnly) {
  const SyntheticJournal journal(synthetic_header(12), steady, {1});
  const auto split = forecast_of(journal.open()).band;
  ASSERT_TRUE(split);
  EXPECT_EQ(split->runs_used, 8u);
}

TEST(BandChart, Ascii) {
  std::vector<Quantiles> quarters;
  std::vector<ReportPeriod> periods;
  Calendar calendar{2027, 1, 1, 24};
  for (int k = 0; k < 8; ++k) {
    const double middle = 4e6 + 0.5e6 * k, half = 0.25e6 * k;
    quarters.push_back({.mean = middle,
                        .q05 = middle - half,
                        .q25 = middle,
                        .q50 = middle,
                        .q75 = middle,
                        .q95 = middle + half});
    periods.push_back({ReportPeriod::Kind::quarter, 3 * k, 3, 3, ""});
  }
  EXPECT_EQ(band_chart(quarters, periods, calendar, "Revenue", "EUR", {60, 9, true}),
            "Revenue, M EUR (* median, . 5 to 95 of 100 runs)\n"
            "10 +\n"
            "   |                                            ............\n"
            " 8 +                               ...............**********\n"
            " 6 +                  ........********************..........\n"
            "   |    ..********************..........................\n"
            " 4 +******......\n"
            " 2 +\n"
            "   |\n"
            " 0 +\n"
            "   ++------------------------------+------------------------\n"
            "    FY27                           FY28\n");
}

TEST(BandChart, IsAsWideAsAsked) {
  const SyntheticJournal journal(synthetic_header(5), steady);
  for (const std::size_t width : {30u, 60u, 100u}) {
    const std::string text =
        band_chart(journal.open(), {.width = width, .height = 8, .ascii = false});
    for (const std::string& line : lines_of(text)) EXPECT_LE(count_characters(line), width);
  }
}

TEST(BandChart, OfRunsThatAreAllTheSame) {
  const SyntheticJournal journal(synthetic_header(2), [](std::uint64_t, int, Cells&) {});
  EXPECT_THAT(band_chart(journal.open(), {.width = 40, .height = 5, .ascii = true}),
              HasSubstr("*"));
}

}  // namespace
}  // namespace partnersim
