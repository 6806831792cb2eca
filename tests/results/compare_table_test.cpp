// Comparisons in words and tables.
#include "results/compare_table.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "experiments/synthetic.hpp"
#include "results/lines.hpp"

namespace partnersim {
namespace {

using testing::cents;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using testing::synthetic_header;
using testing::SyntheticJournal;

JournalHeader one_draw(std::uint64_t n) {
  JournalHeader header = synthetic_header(n);
  for (std::uint64_t r = 0; r < n; ++r) header.plan.triples.push_back({0, r, r});
  return header;
}

/// B - A in the first month, by replication; A is 10 M and varies, too.
Comparison difference(const std::vector<double>& values, Line line = Line::net) {
  const auto fill = [&](double share) {
    return [&, share](std::uint64_t r, int month, Cells& cells) {
      const double level = 10e6 + 1e6 * static_cast<double>(r % 7);
      if (month == 0) cells.add(line, 0, 0, cents(level + share * values[r]));
    };
  };
  const JournalHeader header = one_draw(values.size());
  const SyntheticJournal a(header, fill(0)), b(header, fill(1));
  return compare(a.open(), b.open());
}

std::string sentence(const Comparison& comparison, const char* metric = "net_channel_revenue") {
  return comparison_sentence(comparison, comparison.metric(metric));
}

TEST(ComparisonSentence, SaysHowMuchAndInHowManyFutures) {
  std::vector<double> values(100, 2.5e6);
  for (std::size_t r = 0; r < 17; ++r) values[r] = -1e6;
  EXPECT_EQ(sentence(difference(values)),
            "B brings 1.91 M EUR more net channel revenue over FY28-FY29 than A, in 83 of 100 "
            "simulated futures (95 % interval of the mean 1.64 to 2.17 M; in 90 of "
            "100 futures -1.00 to 2.50 M).");
}

TEST(ComparisonSentence, LessIsSaidWithoutASign) {
  EXPECT_EQ(
      sentence(difference({-3e6, -2e6, -2.5e6, -2.5e6})),
      "B brings 2.5 M EUR less net channel revenue over FY28-FY29 than A, in 4 of 4 "
      "simulated futures (95 % interval of the mean 1.9 to 3.1 M; in 90 of 100 futures 2.1 to "
      "2.9 M).");
}

TEST(ComparisonSentence, SaysWhenItCannotTell) {
  std::vector<double> values;
  for (int k = 0; k < 20; ++k) values.push_back(k % 2 == 0 ? 1.5e6 : -1e6);
  const std::string text = sentence(difference(values));
  EXPECT_THAT(text, StartsWith("Whether B brings more net channel revenue over FY28-FY29 than A "
                               "cannot be told yet; about 84 more runs would tell (so far"));
  EXPECT_THAT(text, HasSubstr("250 k EUR more, in 10 of 20 simulated futures"));
  EXPECT_THAT(text, HasSubstr("95 % interval of the mean -350 to 850 k"));
}

TEST(ComparisonSentence, SaysWhenNothingDiffers) {
  EXPECT_EQ(sentence(difference({0, 0, 0})),
            "B and A do not differ in net channel revenue over FY28-FY29: it is the same in every "
            "simulated future.");
}

TEST(ComparisonSentence, SpeaksOfCostsAndPartnersAsOneDoes) {
  EXPECT_THAT(sentence(difference({1e6, 1.2e6, 1.1e6}, Line::rebate), "program_cost"),
              StartsWith("B needs 1.10 M EUR more program cost over FY28-FY29 than A"));
  const SyntheticJournal a(one_draw(3), [](std::uint64_t, int, Cells&) {});
  const SyntheticJournal b(one_draw(3), [](std::uint64_t r, int, Cells& cells) {
    cells.add(Head::active, 0, 0, 9 + static_cast<std::int64_t>(r));
  });
  EXPECT_THAT(sentence(compare(a.open(), b.open()), "active_partners"),
              StartsWith("B has 10.0 more active partners at the end of FY28-FY29 than A, in 3 of "
                         "3 simulated futures (95 % interval of the mean 7.5 to 12.5;"));
}

/// B - A of each month, by run.
Comparison months(const std::function<double(std::uint64_t run, int month)>& difference) {
  const auto fill = [&](double share) {
    return [&, share](std::uint64_t r, int month, Cells& cells) {
      cells.add(Line::net, 0, 0, cents(1e6 + share * difference(r, month)));
    };
  };
  const JournalHeader header = one_draw(10);
  const SyntheticJournal a(header, fill(0)), b(header, fill(1));
  return compare(a.open(), b.open());
}

TEST(PaybackSentence, SaysHowDeepAndUntilWhen) {
  // 300 less in each of the first 3 months, 100 more afterwards; a tenth of that is luck.
  const Comparison comparison = months([](std::uint64_t r, int month) {
    return (month < 3 ? -300.0 : 100.0) * (month < 3 && r % 2 == 0 ? 1.1 : 0.9);
  });
  const ComparedMetric& net = comparison.metric("net_channel_revenue");
  EXPECT_EQ(payback_sentence(comparison, net),
            "Added up from the start, B is at most 900 EUR behind in net channel revenue (2027-12; "
            "95 % interval of the mean 832 to 968; in 90 of 100 futures at most 810 to 990) and "
            "has paid back in 2028-10 (95 % interval of the mean 2028-10 to 2028-11; in 90 of 100 "
            "futures 2028-09 to 2028-11), by the end of the run in 10 of 10 simulated futures.");
  EXPECT_THAT(end_sentence(comparison, net),
              HasSubstr("In the last 12 months it is 1.1 k EUR more"));
}

TEST(PaybackSentence, SaysWhenItHasNot) {
  const Comparison comparison = months([](std::uint64_t r, int) { return r == 0 ? 10.0 : -10.0; });
  const std::string text = payback_sentence(comparison, comparison.metric("net_channel_revenue"));
  EXPECT_THAT(text, HasSubstr("has not paid back when the run ends, which is beyond luck; in 1 of "
                              "10 simulated futures it has."));
}

TEST(PaybackSentence, SaysWhenItIsNeverBehind) {
  const Comparison comparison =
      months([](std::uint64_t r, int month) { return month < 2 ? 0.0 : 10.0 + double(r); });
  EXPECT_EQ(payback_sentence(comparison, comparison.metric("net_channel_revenue")),
            "Added up from the start, B is on average never behind in net channel revenue, beyond "
            "luck in every month; in 10 of 10 simulated futures it is not behind when the run "
            "ends.");
}

TEST(ComparisonTable, AsText) {
  const Comparison comparison = difference({1e6, 2e6, 3e6, 2e6});
  EXPECT_EQ(as_text(comparison_table(comparison, comparison.metric("net_channel_revenue"))),
            "                                                           B higher\n"
            "                  net channel revenue, M EUR             in futures\n"
            "period                A     B B - A  low high   P5  P95           %\n"
            "FY28 *            11.50 13.50  2.00 0.70 3.30 1.15 2.85       100.0\n"
            "FY29               0.00  0.00  0.00 0.00 0.00 0.00 0.00        50.0\n"
            "FY28-FY29         11.50 13.50  2.00 0.70 3.30 1.15 2.85       100.0\n"
            "last 12 months     0.00  0.00  0.00 0.00 0.00 0.00 0.00        50.0\n"
            "closing run-rate   0.00  0.00  0.00 0.00 0.00 0.00 0.00        50.0\n"
            "\n"
            "* FY28: 9 of 12 months\n");
}

TEST(ComparisonText, StartsWithWhatTurnsTheAnswer) {
  const auto fill = [](double early, double late) {
    return [=](std::uint64_t r, int month, Cells& cells) {
      cells.add(Line::net, 0, 0, cents((month < 9 ? early : late) + static_cast<double>(r)));
    };
  };
  const SyntheticJournal a(one_draw(4), fill(100, 100)), b(one_draw(4), fill(300, 90));
  const std::string text = comparison_text(compare(a.open(), b.open()), {"as is", "cheaper"});
  EXPECT_THAT(text, StartsWith("warning W-HORIZON: net channel revenue is higher over FY28-FY29 "
                               "but lower in the last 12 months: a\nlonger horizon"));
  EXPECT_THAT(text, HasSubstr("\ncheaper brings 1.7 k EUR more net channel revenue"));
  EXPECT_THAT(text, HasSubstr("A: as is   B: cheaper"));
  EXPECT_THAT(text, HasSubstr("* FY28: 9 of 12 months\n"));
}

TEST(ComparisonCsv, HasARowForEachMetricAndPeriod) {
  const std::string csv = comparison_csv(difference({1e6, 2e6, 3e6, 2e6}));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 5 * 5 + 3 * 2);
  EXPECT_THAT(csv,
              HasSubstr("\nnet_channel_revenue,FY28,9 of 12 months,11500000,13500000,2000000,"));
  for (const std::string& line : testing::lines_of(csv)) {
    EXPECT_EQ(std::count(line.begin(), line.end(), ','), 20);
  }
}

TEST(ComparisonJson, HasTheAnswerAndTheNumbers) {
  const nlohmann::ordered_json json = comparison_json(difference({1e6, 2e6, 3e6, 2e6}));
  EXPECT_EQ(json["pairs"], 4);
  EXPECT_EQ(json["draws"], 1);
  EXPECT_EQ(json["metrics"][0]["name"], "net_channel_revenue");
  EXPECT_EQ(json["metrics"][0]["periods"][2]["difference"], 2e6);
  EXPECT_TRUE(json["metrics"][0]["periods"][2]["more_runs"].is_null());
  EXPECT_THAT(json["answer"].get<std::string>(), StartsWith("B brings"));
  EXPECT_EQ(json["metrics"][0]["periods"][2]["p50"], 2e6);
  EXPECT_EQ(json["metrics"][0]["payback"]["never_behind"], true);
  EXPECT_TRUE(json["metrics"][0]["payback"]["deepest_dip"].is_null());
}

}  // namespace
}  // namespace partnersim
