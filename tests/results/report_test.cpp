// The data of the report, from journals made by hand.
#include "results/report.hpp"

#include <gmock/gmock.h>

#include "experiments/metrics.hpp"
#include "experiments/synthetic.hpp"

namespace partnersim {
namespace {

using testing::cents;
using testing::synthetic_header;
using testing::synthetic_outline;
using testing::SyntheticJournal;

using Json = nlohmann::ordered_json;

/// Every cell of every run has a number of its own.
void noisy(std::uint64_t r, int month, Cells& cells) {
  for (std::size_t k = 0; k < cells.values().size(); ++k) {
    cells[k] =
        static_cast<std::int64_t>((r + 3) * (k + 7) * static_cast<std::size_t>(month + 1) % 100003);
  }
}

Json report_of(const SyntheticJournal& journal, const Json& summary = nullptr) {
  const ReportSource source{
      .name = "by-hand", .command = "", .summary = summary, .journal = journal.open()};
  return report_json({&source, 1}, "en");
}

const Json& metric(const Json& report, std::string_view name) {
  for (const Json& one : report["results"][0]["metrics"]) {
    if (one["name"] == name && one["segment"] == "") return one;
  }
  ADD_FAILURE() << "no metric " << name;
  static const Json none;
  return none;
}

TEST(Report, LinesOfTheStatementAddUp) {
  const SyntheticJournal journal(synthetic_header(4), noisy);
  const Json report = report_of(journal);
  const auto mean = [&](std::string_view name, std::size_t p) {
    return metric(report, name)["periods"]["mean"][p].get<double>();
  };
  for (std::size_t p = 0; p < report["periods"].size(); ++p) {
    double contribution = mean("net_channel_revenue", p), cost = 0;
    for (const Json& line : report["statement"]) {
      contribution += line["sign"].get<int>() * mean(line["name"].get<std::string>(), p);
    }
    for (const Json& line : report["cost_lines"]) {
      cost += line["sign"].get<int>() * mean(line["name"].get<std::string>(), p);
    }
    EXPECT_NEAR(contribution, mean("contribution", p), 1e-6);
    EXPECT_NEAR(cost, mean("program_cost", p), 1e-6);
  }
}

TEST(Report, PathsAreRunsByTheRankOfTheirTotal) {
  const auto fill = [](std::uint64_t r, int, Cells& cells) {
    cells.add(Line::net, 0, 0, cents(static_cast<double>((r * 7) % 11)));
  };
  const SyntheticJournal journal(synthetic_header(11), fill);
  const Json report = report_of(journal);
  // Ranks 1, 3, 5, 7, 9 of 0..10: the run with 7 r mod 11 = rank.
  EXPECT_EQ(report["results"][0]["paths"], Json({8, 2, 7, 1, 6}));
  const Json& net = metric(report, "net_channel_revenue");
  ASSERT_EQ(net["paths"].size(), 5u);
  for (std::size_t k = 0; k < 5; ++k) {
    ASSERT_EQ(net["paths"][k].size(), 21u);
    EXPECT_EQ(net["paths"][k][20], 1.0 + 2.0 * static_cast<double>(k));
  }
  EXPECT_EQ(net["months"]["q50"][0], 5.0);
}

TEST(Report, ABatchWithoutASummaryIsUnfinished) {
  const SyntheticJournal journal(synthetic_header(4), noisy, {}, {2, 3});
  const Json report = report_of(journal);
  const Json& result = report["results"][0];
  EXPECT_FALSE(result["finished"].get<bool>());
  EXPECT_TRUE(result["foundations"].is_null());
  EXPECT_EQ(result["replications"]["missing"], 2);
  EXPECT_EQ(result["paths"].size(), 2u);
}

TEST(Report, NothingInThePageIsMarkup) {
  World outline = synthetic_outline();
  outline.title = "</script><script>alert(1)</script><!--";
  const SyntheticJournal journal(synthetic_header(2, outline), noisy);
  const Json report = report_of(journal);
  const std::string page = report_page("<script>{\"data\":\"here\"}</script>", report);
  EXPECT_EQ(page.find('<', 1), page.rfind("</script>"));
  const std::string data = page.substr(8, page.rfind("</script>") - 8);
  EXPECT_EQ(Json::parse(data), report);
}

}  // namespace
}  // namespace partnersim
