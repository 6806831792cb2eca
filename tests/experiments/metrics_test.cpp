// Metrics and periods, against sums made by hand.
#include "experiments/metrics.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <set>

#include "experiments/synthetic.hpp"

namespace partnersim {
namespace {

using testing::cents;
using ::testing::ElementsAre;
using testing::synthetic_header;
using testing::synthetic_outline;
using testing::SyntheticJournal;

std::vector<std::string> labels(const std::vector<ReportPeriod>& periods) {
  std::vector<std::string> texts;
  for (const ReportPeriod& period : periods) texts.push_back(period.full_label());
  return texts;
}

TEST(Periods, YearsAndQuartersCutByTheRunSaySo) {
  const World outline = synthetic_outline();
  EXPECT_THAT(labels(report_years(outline)), ElementsAre("FY28 (9 of 12 months)", "FY29"));
  EXPECT_THAT(
      labels(report_quarters(outline)),
      ElementsAre("FY28 Q2", "FY28 Q3", "FY28 Q4", "FY29 Q1", "FY29 Q2", "FY29 Q3", "FY29 Q4"));
  EXPECT_EQ(report_last_12_months(outline).first, 9);
  EXPECT_EQ(report_total(outline).label, "FY28-FY29");
  EXPECT_FALSE(report_total(outline).partial());
}

TEST(Periods, RunsThatStartAndEndAnywhere) {
  World outline = synthetic_outline();
  outline.calendar.start_month = 11;
  outline.months = 6;
  EXPECT_THAT(labels(report_quarters(outline)),
              ElementsAre("FY28 Q2 (2 of 3 months)", "FY28 Q3", "FY28 Q4 (1 of 3 months)"));
  EXPECT_THAT(labels(headline_periods(outline)),
              ElementsAre("FY28 (6 of 12 months)", "FY28", "last 12 months (6 of 12 months)"));
  EXPECT_THAT(labels(report_months(outline)),
              ElementsAre("2027-11", "2027-12", "2028-01", "2028-02", "2028-03", "2028-04"));
}

TEST(Metrics, HaveUniqueNamesWithinTheirScope) {
  const World outline = synthetic_outline();
  std::set<std::string> seen;
  for (const Metric& metric : all_metrics(outline)) {
    EXPECT_TRUE(
        seen.insert(metric.vendor + '/' + metric.offer + '/' + metric.segment + '/' + metric.name)
            .second)
        << metric.name;
    EXPECT_FALSE(metric.meaning.empty());
    EXPECT_FALSE(metric.above.empty() && metric.quantity != Quantity::share) << metric.name;
  }
}

TEST(Metrics, EveryOneIsFoundByItsName) {
  const World outline = synthetic_outline();
  for (const Metric& metric : all_metrics(outline)) {
    if (!metric.offer.empty() || !metric.segment.empty() || metric.vendor == "rival") continue;
    const auto found = find_metric(outline, metric.name);
    ASSERT_TRUE(found) << metric.name;
    EXPECT_EQ(found->above.size(), metric.above.size());
  }
  EXPECT_FALSE(find_metric(outline, "net_chanel_revenue"));
  EXPECT_TRUE(find_metric(outline, "active_partners:Gold"));
  EXPECT_FALSE(
      find_metric(outline, "active_partners:Gold", {.vendor = 1, .offer = {}, .segment = {}}));
}

TEST(Metrics, ScopesThatMakeNoSenseHaveNone) {
  const World outline = synthetic_outline();
  EXPECT_FALSE(metric_of(outline, Head::active, {.vendor = 0, .offer = 1, .segment = {}}));
  EXPECT_FALSE(metric_of(outline, Figure::contribution, {.vendor = 0, .offer = 1, .segment = {}}));
  EXPECT_FALSE(metric_of(outline, Line::net, {.vendor = 0, .offer = 2, .segment = {}}));
  EXPECT_FALSE(metric_of(outline, Line::net, {.vendor = 2, .offer = {}, .segment = {}}));
  EXPECT_FALSE(metric_of(outline, Line::net, {.vendor = 0, .offer = {}, .segment = 2}));
  EXPECT_TRUE(metric_of(outline, Figure::incentives, {.vendor = 0, .offer = 1, .segment = 1}));
}

/// Powers of ten tell which cells a sum has.
void digits(std::uint64_t, int, Cells& cells) {
  for (std::size_t s = 0; s < 2; ++s) {
    for (std::size_t o = 0; o < 3; ++o) {
      cells.add(Line::net, o, s, cents(o == 2 ? 1e6 : 10000));
      cells.add(Line::margin, o, s, cents(7777));
      cells.add(Line::uplift, o, s, cents(1));
      cells.add(Line::rebate, o, s, cents(10));
      cells.add(Line::mdf, o, s, cents(100));
      cells.add(Line::spiff, o, s, cents(1000));
      cells.add(Line::referral, o, s, cents(0.1));
      cells.add(Line::services_lost, o, s, cents(9999));
      cells.add(Line::services_profit, o, s, cents(300));
      cells.add(Line::direct, o, s, cents(20));
      cells.add(Line::cost_of_goods, o, s, cents(5));
      cells.add(Line::attention, o, s, to_grid(o == 0 ? 3 : 1));
      cells.add(Line::bookings, o, s, cents(o == 0 ? 1 : 4));
      cells.add(Line::customer, o, s, cents(25));
    }
    cells.add(Head::relation_cost, 0, s, cents(0.25));
    cells.add(Head::onboarding_cost, 0, s, cents(0.5));
    cells.add(Head::wished_bookings, 0, s, cents(8));
    cells.add(Head::chosen_bookings, 0, s, cents(6));
  }
}

TEST(Metrics, FiguresAreSumsOfTheirParts) {
  const SyntheticJournal journal(synthetic_header(1), digits);
  const JournalReader reader = journal.open();
  const World& outline = reader.header().outline;
  const std::vector<ReportPeriod> month{report_months(outline).front()};
  const auto value = [&](Figure figure, const Scope& scope = {}) {
    return series(reader, *metric_of(outline, figure, scope), month).row(0)[0];
  };
  EXPECT_DOUBLE_EQ(value(Figure::incentives), 4 * 1111.1);  // two offers, two segments
  EXPECT_DOUBLE_EQ(value(Figure::incentives, {0, 1, 0}), 1111.1);
  EXPECT_DOUBLE_EQ(value(Figure::program_cost), 4 * 1111.1 + 2 * 0.75);
  EXPECT_DOUBLE_EQ(value(Figure::program_cost, {0, std::nullopt, 1}), 2 * 1111.1 + 0.75);
  EXPECT_DOUBLE_EQ(value(Figure::contribution), 4 * (10000 + 300 + 20 - 5) - 2 * 0.75);
  EXPECT_DOUBLE_EQ(value(Figure::cloud_share), 0.25);
  EXPECT_DOUBLE_EQ(value(Figure::cloud_bookings_share), 0.8);
  EXPECT_DOUBLE_EQ(value(Figure::revenue_share), 2.0 / 3);
  EXPECT_DOUBLE_EQ(value(Figure::revenue_share, {1, {}, {}}), 1.0 / 3);
  EXPECT_DOUBLE_EQ(value(Figure::authority_gap), 4);
  EXPECT_DOUBLE_EQ(value(Figure::cost_per_revenue), (4 * 1111.1 + 1.5) / 40000);
  EXPECT_DOUBLE_EQ(value(Figure::cost_per_revenue, {1, {}, {}}), 2 * 1111.1 / 2e6);
}

/// Two vendors of which the rival sells one offer, two segments.
void beside_partners(std::uint64_t, int, Cells& cells) {
  for (std::size_t s = 0; s < 2; ++s) {
    cells.add(Line::net, 0, s, cents(1000));
    cells.add(Line::mdf, 0, s, cents(30));
    cells.add(Line::direct_cost, 0, s, cents(7));
    cells.add(Line::bookings, 0, s, cents(100));
    cells.add(Line::lead_bookings, 0, s, cents(20));
    cells.add(Line::ally_bookings, 0, s, cents(5));
    cells.add(Head::mdf_accrued, 0, s, cents(50));
    cells.add(Head::lead_cost, 0, s, cents(3));
    cells.add(Head::openness_cost, 0, s, cents(2));
    cells.add(Head::entry_fees, 0, s, cents(1));
    cells.add(Head::active, 0, s, 4);
    cells.add(Head::dependence, 0, s, to_grid(s == 0 ? 3 : 1));
    cells.add(Head::importance, 0, s, to_grid(1));
    cells.add(Head::chosen_bookings, 0, s, cents(6));
    cells.add(Head::potential, 0, s, cents(24));
    cells.add(Head::stretched, 0, s, s == 0 ? 1 : 0);
    cells.add(Head::first_deals, 0, s, 2);
    cells.add(Head::first_deal_months, 0, s, s == 0 ? 5 : 9);
  }
  cells[cells.at(Desk::beside, 0)] = cents(30);
  cells[cells.at(Desk::beside, 1)] = cents(10);
}

TEST(Metrics, WhatLiesBesidePartnersCountsOnceAndWithItsSign) {
  const SyntheticJournal journal(synthetic_header(1), beside_partners);
  const JournalReader reader = journal.open();
  const World& outline = reader.header().outline;
  const std::vector<ReportPeriod> month{report_months(outline).front()};
  const auto value = [&](Figure figure, const Scope& scope = {}) {
    return series(reader, *metric_of(outline, figure, scope), month).row(0)[0];
  };
  EXPECT_DOUBLE_EQ(value(Figure::program_cost), 2 * (30 + 3 + 2 - 1));
  EXPECT_DOUBLE_EQ(value(Figure::contribution), 2 * (1000 - 7 - 3 - 2 + 1));
  EXPECT_DOUBLE_EQ(value(Figure::mdf_unused), 2 * 20);
  EXPECT_DOUBLE_EQ(value(Figure::partner_sourced), 2 * 75);
  EXPECT_DOUBLE_EQ(value(Figure::partner_sourced, {0, 0, 1}), 75);
  EXPECT_DOUBLE_EQ(value(Figure::dependence), 0.5);
  EXPECT_DOUBLE_EQ(value(Figure::dependence, {0, {}, 1}), 0.25);
  EXPECT_DOUBLE_EQ(value(Figure::importance), 0.25);
  EXPECT_DOUBLE_EQ(value(Figure::potential_used), 0.25);
  EXPECT_DOUBLE_EQ(value(Figure::stretching), 1.0 / 8);
  EXPECT_DOUBLE_EQ(value(Figure::months_to_first_deal), 3.5);
  EXPECT_DOUBLE_EQ(value(Figure::months_to_first_deal, {0, {}, 1}), 4.5);
  EXPECT_DOUBLE_EQ(value(Figure::share_at_our_partners), 0.75);
  EXPECT_DOUBLE_EQ(value(Figure::share_at_our_partners, {1, {}, {}}), 0.25);
  EXPECT_FALSE(metric_of(outline, Figure::share_at_our_partners, {0, {}, 1}));
}

TEST(Series, FlowsAddUpStocksTakeTheLastMonthSharesTheirParts) {
  const SyntheticJournal journal(
      synthetic_header(3),
      [](std::uint64_t r, int month, Cells& cells) {
        cells.add(Line::net, 0, 0, cents(100 * (month + 1)) * static_cast<std::int64_t>(r + 1));
        cells.add(Line::bookings, month < 9 ? 0 : 1, 0, cents(month < 9 ? 10 : 30));
        cells.add(Head::active, 0, 1, month);
        cells[cells.at(Scene::cloud, 0)] = to_grid(0.5);
      },
      {}, {1});
  const JournalReader reader = journal.open();
  const World& outline = reader.header().outline;
  const std::vector<ReportPeriod> periods =
      headline_periods(outline);  // FY28, FY29, total, last 12
  const Matrix net = series(reader, *find_metric(outline, "net_channel_revenue"), periods);
  EXPECT_THAT(net.row(0), ElementsAre(4500, 13500));  // 1 + ... + 9; run 1 is missing
  EXPECT_THAT(net.row(2), ElementsAre(23100, 69300));
  EXPECT_THAT(net.row(3), ElementsAre(18600, 55800));
  const Matrix active = series(reader, *find_metric(outline, "active_partners"), periods);
  EXPECT_THAT(active.row(0), ElementsAre(8, 8));
  EXPECT_THAT(active.row(2), ElementsAre(20, 20));
  const Matrix cloud = series(reader, *find_metric(outline, "cloud_bookings_share"), periods);
  EXPECT_EQ(cloud.row(0)[0], 0);
  EXPECT_DOUBLE_EQ(cloud.row(2)[0], 360.0 / 450);  // not the mean of 0 and 1
  EXPECT_EQ(series(reader, *find_metric(outline, "cloud_preference"), periods).row(1)[1], 0.5);
}

TEST(Series, AShareOfNothingIsNoNumber) {
  const SyntheticJournal journal(synthetic_header(1), [](std::uint64_t, int, Cells&) {});
  const JournalReader reader = journal.open();
  const World& outline = reader.header().outline;
  const std::vector<ReportPeriod> total{report_total(outline)};
  EXPECT_TRUE(std::isnan(series(reader, *find_metric(outline, "cloud_share"), total).row(0)[0]));
}

TEST(Series, SumsBeyond64Bits) {
  const SyntheticJournal journal(synthetic_header(1), [](std::uint64_t, int, Cells& cells) {
    cells.add(Line::net, 0, 0, std::int64_t{1} << 62);
  });
  const JournalReader reader = journal.open();
  const World& outline = reader.header().outline;
  const std::vector<ReportPeriod> total{report_total(outline)};
  EXPECT_EQ(series(reader, *find_metric(outline, "net_channel_revenue"), total).row(0)[0],
            21 * 0x1p62 / 100);
}

}  // namespace
}  // namespace partnersim
