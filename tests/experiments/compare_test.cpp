// Paired comparison of two journals.
#include "experiments/compare.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "experiments/synthetic.hpp"

namespace partnersim {
namespace {

using testing::cents;
using testing::synthetic_header;
using testing::synthetic_outline;
using testing::SyntheticJournal;

/// Net channel revenue of the first month, by replication.
testing::Fill net_of(std::vector<double> values) {
  return [values = std::move(values)](std::uint64_t r, int month, Cells& cells) {
    if (month == 0) cells.add(Line::net, 0, 0, cents(values[r]));
  };
}

/// Every run has the same draw of the parameters.
JournalHeader one_draw(std::uint64_t n) {
  JournalHeader header = synthetic_header(n);
  for (std::uint64_t r = 0; r < n; ++r) header.plan.triples.push_back({0, r, r});
  return header;
}

const std::vector<double> kA{30.2, 31.5, 29.8, 32.1, 30.9, 28.7, 31.1, 30.4};
const std::vector<double> kB{31.0, 32.4, 30.3, 33.2, 31.5, 29.4, 32.2, 31.1};

TEST(Compare, KnownAnswerOfOneDraw) {  // experiments.md 4.2
  const SyntheticJournal a(one_draw(8), net_of(kA)), b(one_draw(8), net_of(kB));
  const Comparison comparison = compare(a.open(), b.open());
  EXPECT_EQ(comparison.pairs, 8u);
  EXPECT_EQ(comparison.draws, 1u);
  EXPECT_EQ(comparison.dropped, 0u);
  const Difference& total = comparison.metric("net_channel_revenue").total();
  EXPECT_EQ(total.paired.difference.n, 8u);
  EXPECT_NEAR(total.paired.difference.mean, 0.8, 1e-12);
  EXPECT_NEAR(total.paired.difference.sd, 0.2203892660, 1e-9);
  EXPECT_NEAR(total.paired.difference.ci_lo, 0.6157499628, 1e-9);
  EXPECT_NEAR(total.paired.difference.ci_hi, 0.9842500372, 1e-9);
  EXPECT_NEAR(total.paired.variance_reduction, 53.522, 1e-3);
  EXPECT_EQ(total.futures_higher, 1);
  EXPECT_TRUE(total.tells());
}

TEST(Compare, RunsOfOneDrawAreAveragedFirst) {
  // The nested plan: runs 0-3 and 4-7 share a draw. Means of draws: A 30.9 and 30.275.
  const SyntheticJournal a(synthetic_header(8), net_of(kA)), b(synthetic_header(8), net_of(kB));
  const Comparison comparison = compare(a.open(), b.open());
  EXPECT_EQ(comparison.draws, 2u);
  const Difference& total = comparison.metric("net_channel_revenue").total();
  EXPECT_EQ(total.paired.difference.n, 2u);
  EXPECT_NEAR(total.paired.difference.mean, 0.8, 1e-12);
  EXPECT_NEAR(total.paired.difference.sd, (0.825 - 0.775) / std::sqrt(2.0), 1e-9);
  EXPECT_EQ(total.futures_higher, 1);  // still counted in runs
  EXPECT_NEAR(total.mean_b - total.mean_a, total.paired.difference.mean, 1e-12);
}

TEST(Compare, FurtherDrawsAreTurnedIntoRuns) {
  const std::vector<double> none(8, 0.0);
  const SyntheticJournal a(synthetic_header(8), net_of(none));
  const SyntheticJournal b(synthetic_header(8), net_of({1, 1, 1, 1, 2, 2, 2, 2}));
  const Difference total = compare(a.open(), b.open()).metric("net_channel_revenue").total();
  ASSERT_FALSE(total.tells());
  EXPECT_EQ(*total.more_runs, *total.paired.more_pairs * 4);
}

TEST(Compare, ReplicationsThatAreNotDoneInBothAreDroppedAndCounted) {
  const SyntheticJournal a(one_draw(8), net_of(kA), {2}), b(one_draw(8), net_of(kB), {}, {7});
  const Comparison comparison = compare(a.open(), b.open());
  EXPECT_EQ(comparison.pairs, 6u);
  EXPECT_EQ(comparison.dropped, 2u);
  // 0.8 0.9 1.1 0.6 0.7 1.1: the others keep their partners.
  EXPECT_NEAR(comparison.metric("net_channel_revenue").total().paired.difference.mean, 5.2 / 6,
              1e-12);
  ASSERT_FALSE(comparison.warnings.empty());
  EXPECT_EQ(comparison.warnings.back().code, "W-DROPPED");
}

TEST(Compare, OtherLuckIsNoPair) {
  JournalHeader other = one_draw(8);
  other.plan.triples[3].luck = 99;
  const SyntheticJournal a(one_draw(8), net_of(kA)), b(other, net_of(kB));
  EXPECT_EQ(compare(a.open(), b.open()).pairs, 7u);
}

TEST(Compare, ShorterBatchesAreComparedAsFarAsTheyGo) {
  const SyntheticJournal a(one_draw(8), net_of(kA)), b(one_draw(5), net_of(kB));
  const Comparison comparison = compare(a.open(), b.open());
  EXPECT_EQ(comparison.pairs, 5u);
  EXPECT_EQ(comparison.dropped, 3u);
}

TEST(Compare, SaysWhenTheEndTurnsTheSign) {
  const auto fill = [](double early, double late) {
    return [=](std::uint64_t r, int month, Cells& cells) {
      const double luck = static_cast<double>(r);
      cells.add(Line::net, 0, 0, cents((month < 9 ? early : late) + luck));
    };
  };
  const SyntheticJournal a(one_draw(8), fill(100, 100)), b(one_draw(8), fill(300, 90));
  const Comparison comparison = compare(a.open(), b.open());
  const ComparedMetric& net = comparison.metric("net_channel_revenue");
  EXPECT_DOUBLE_EQ(net.total().paired.difference.mean, 9 * 200 - 12 * 10);
  EXPECT_DOUBLE_EQ(net.last_12_months().paired.difference.mean, -120);
  EXPECT_EQ(net.turn(), &net.last_12_months());
  EXPECT_EQ(comparison.metric("active_partners").turn(), nullptr);
  ASSERT_FALSE(comparison.warnings.empty());
  EXPECT_EQ(comparison.warnings.front().code, "W-HORIZON");
}

TEST(Compare, TheClosingRunRateTurnsTheSignToo) {
  // Month 18 on: 100 less a month, after 50 more in each of 18 months.
  const auto fill = [](double early, double late) {
    return [=](std::uint64_t r, int month, Cells& cells) {
      cells.add(Line::net, 0, 0, cents((month < 18 ? early : late) + static_cast<double>(r)));
    };
  };
  const SyntheticJournal a(one_draw(8), fill(500, 500)), b(one_draw(8), fill(550, 400));
  const Comparison comparison = compare(a.open(), b.open());
  const ComparedMetric& net = comparison.metric("net_channel_revenue");
  EXPECT_DOUBLE_EQ(net.total().paired.difference.mean, 18 * 50 - 3 * 100);
  EXPECT_DOUBLE_EQ(net.last_12_months().paired.difference.mean, 9 * 50 - 3 * 100);
  EXPECT_DOUBLE_EQ(net.run_rate().paired.difference.mean, -1200);  // 3 months as a year
  EXPECT_EQ(net.turn(), &net.run_rate());
  ASSERT_TRUE(net.payback.has_value());
  EXPECT_EQ(net.payback->months, 0);
}

TEST(Compare, OutcomesAreQuantilesOfThePairedDifferences) {
  std::vector<double> a, b;
  for (int r = 0; r < 10; ++r) {  // type 7 of 1..10, experiments.md 4.3
    a.push_back(100.0 * ((r * 7) % 10));
    b.push_back(a.back() + r + 1);
  }
  const SyntheticJournal one(one_draw(10), net_of(a)), two(one_draw(10), net_of(b));
  const Difference total = compare(one.open(), two.open()).metric("net_channel_revenue").total();
  EXPECT_NEAR(total.outcome.q05, 1.45, 1e-9);
  EXPECT_NEAR(total.outcome.q50, 5.5, 1e-9);
  EXPECT_NEAR(total.outcome.q95, 9.55, 1e-9);
}

TEST(CompareAll, JudgesSeveralAlternativesByHolm) {
  // d = mean +- 1, alternately: t = mean sqrt(7).
  const auto with = [](double shift) {
    std::vector<double> values = kA;
    for (std::size_t r = 0; r < values.size(); ++r) values[r] += shift + (r % 2 == 0 ? 1 : -1);
    return net_of(values);
  };
  const SyntheticJournal a(one_draw(8), net_of(kA)), weak(one_draw(8), with(1)),
      strong(one_draw(8), with(3));
  const JournalReader base = a.open(), first = weak.open(), second = strong.open();
  const std::vector<const JournalReader*> alternatives{&first, &second, &first};
  const std::vector<Comparison> all = compare_all(base, alternatives);
  const auto total = [&](std::size_t k) -> const Difference& {
    return all[k].metric("net_channel_revenue").total();
  };
  const double p = total(0).paired.p_value;
  EXPECT_NEAR(p, 0.0331, 5e-5);  // t = 2.6458, 7 degrees of freedom
  EXPECT_NEAR(total(0).p_adjusted, 2 * p, 1e-12);
  EXPECT_NEAR(total(1).p_adjusted, 3 * total(1).paired.p_value, 1e-12);
  EXPECT_TRUE(total(1).tells());
  EXPECT_FALSE(total(0).tells());  // alone it would
  EXPECT_GT(*total(0).more_runs, 0u);
  EXPECT_TRUE(compare(base, first).metric("net_channel_revenue").total().tells());
}

TEST(Compare, EqualRunsTellNothing) {
  const std::vector<double> many(60, 1.0);
  const SyntheticJournal a(one_draw(60), net_of(many));
  const Comparison comparison = compare(a.open(), a.open());
  const Difference& total = comparison.metric("net_channel_revenue").total();
  EXPECT_EQ(total.futures_higher, 0.5);
  EXPECT_EQ(total.more_runs, kTooManyRuns);
  EXPECT_TRUE(comparison.warnings.empty());
}

std::string reason(const std::function<void(JournalHeader&)>& change) {
  JournalHeader other = synthetic_header(8);
  change(other);
  return why_not_comparable(synthetic_header(8), other).value_or("");
}

TEST(Compare, NamesTheFirstThingThatDoesNotFit) {
  using ::testing::HasSubstr;
  EXPECT_EQ(reason([](JournalHeader&) {}), "");
  // What a program changes is what one compares.
  EXPECT_EQ(reason([](JournalHeader& h) { h.identity.parameters = "other"; }), "");
  EXPECT_EQ(reason([](JournalHeader& h) { h.outline.vendors[0].tiers = {"One"}; }), "");
  EXPECT_EQ(reason([](JournalHeader& h) { h.plan.replications = 100; }), "");
  EXPECT_THAT(reason([](JournalHeader& h) { h.identity.engine = "x"; }), HasSubstr("simulation"));
  EXPECT_THAT(reason([](JournalHeader& h) { h.plan.months = 3; }), HasSubstr("21 and 3"));
  EXPECT_THAT(reason([](JournalHeader& h) { h.plan.seed = 7; }), HasSubstr("seeds: 1 and 7"));
  EXPECT_THAT(reason([](JournalHeader& h) { h.outline.calendar.start_year = 2020; }),
              HasSubstr("2027-10 and 2020-10"));
  EXPECT_THAT(reason([](JournalHeader& h) { h.outline.currency = "CHF"; }),
              HasSubstr("currencies"));
  EXPECT_THAT(reason([](JournalHeader& h) { h.outline.offers.pop_back(); }), HasSubstr("offers"));
  EXPECT_THAT(reason([](JournalHeader& h) { h.outline.segments[0].name = "SI"; }),
              HasSubstr("segments"));
}

TEST(Compare, RefusesWithTheReason) {
  JournalHeader other = one_draw(8);
  other.plan.seed = 2;
  const SyntheticJournal a(one_draw(8), net_of(kA)), b(other, net_of(kB));
  EXPECT_THROW(compare(a.open(), b.open()), NotComparable);
  const SyntheticJournal c(one_draw(8), net_of(kB), {1, 2, 3, 4, 5, 6, 7});
  EXPECT_THROW(compare(a.open(), c.open()), NotComparable);
}

}  // namespace
}  // namespace partnersim
