// The files of a result folder, from journals made by hand.
#include "results/result_folder.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "base/hash.hpp"
#include "experiments/metrics.hpp"
#include "experiments/synthetic.hpp"
#include "results/lines.hpp"

namespace partnersim {
namespace {

using testing::cents;
using ::testing::HasSubstr;
using testing::synthetic_header;
using testing::synthetic_outline;
using testing::SyntheticJournal;

/// Every cell of every run has a number of its own.
void noisy(std::uint64_t r, int month, Cells& cells) {
  const std::size_t size = cells.values().size();
  for (std::size_t k = 0; k < size; ++k) {
    const std::uint64_t word = mix(r * 1000003 + static_cast<std::uint64_t>(month) * 1009 + k);
    cells[k] = static_cast<std::int64_t>(word % 1000000) - (k % 5 == 0 ? 500000 : 0);
  }
}

std::vector<std::vector<std::string>> rows_of(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& line : testing::lines_of(csv)) {
    rows.emplace_back();
    std::istringstream fields(line + ",");
    for (std::string field; std::getline(fields, field, ',');) rows.back().push_back(field);
  }
  return rows;
}

// ---- forecast.csv

TEST(ForecastCsv, HasARowForEachMonthAndMetric) {
  const SyntheticJournal journal(synthetic_header(3), noisy);
  const std::string csv = forecast_csv(journal.open());
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "month,vendor,offer,segment,metric,mean,q05,q25,q50,q75,q95");
  const auto rows = rows_of(csv);
  const World outline = synthetic_outline();
  const std::vector<Metric> metrics = all_metrics(outline);
  ASSERT_EQ(rows.size(), 1 + 21 * metrics.size());
  for (std::size_t k = 0; k < metrics.size(); ++k) {
    const auto& row = rows[1 + metrics.size() + k];  // of the second month
    ASSERT_EQ(row.size(), 11u);
    EXPECT_EQ(row[0], "2027-11");
    EXPECT_EQ(row[1] + row[2] + row[3] + row[4],
              metrics[k].vendor + metrics[k].offer + metrics[k].segment + metrics[k].name);
  }
}

TEST(ForecastCsv, SumsAreSumsOfTheirParts) {
  const SyntheticJournal journal(synthetic_header(8), noisy);
  std::map<std::string, double> mean;
  for (const auto& row : rows_of(forecast_csv(journal.open()))) {
    if (row[5] == "mean" || row[5].empty()) continue;
    mean[row[0] + '/' + row[1] + '/' + row[2] + '/' + row[3] + '/' + row[4]] = std::stod(row[5]);
  }
  for (const LineRow& line : kLineRows) {
    const std::string name = '/' + std::string(line.name), month = "2028-03/us/";
    double segments = 0, offers = 0;
    for (const char* segment : {"VAR", "MSP"}) segments += mean.at(month + '/' + segment + name);
    for (const char* offer : {"Server", "Cloud"}) offers += mean.at(month + offer + '/' + name);
    const double all = mean.at(month + '/' + name);
    EXPECT_NEAR(segments, all, 1e-9 * std::abs(all)) << line.name;
    EXPECT_NEAR(offers, all, 1e-9 * std::abs(all)) << line.name;
  }
  for (const LineRow& head : kHeadRows) {
    const std::string name = '/' + std::string(head.name), month = "2028-03/us//";
    const double all = mean.at(month + name);
    EXPECT_NEAR(mean.at(month + "VAR" + name) + mean.at(month + "MSP" + name), all,
                1e-9 * std::abs(all));
  }
}

TEST(ForecastCsv, QuantilesAreOfTheRuns) {
  const SyntheticJournal journal(synthetic_header(10), [](std::uint64_t r, int, Cells& cells) {
    cells.add(Line::net, 0, 1, cents(static_cast<double>(r + 1)));
  });
  for (const auto& row : rows_of(forecast_csv(journal.open()))) {
    if (row[4] != "net_channel_revenue") continue;
    const bool ours = row[1] == "us" && row[2] != "Cloud" && row[3] != "VAR";
    std::vector<double> numbers;
    for (std::size_t k = 5; k < row.size(); ++k) numbers.push_back(std::stod(row[k]));
    // Type 7 of 1..10.
    const std::vector<double> wanted{5.5, 1.45, 3.25, 5.5, 7.75, 9.55};
    for (std::size_t k = 0; k < wanted.size(); ++k) {
      EXPECT_NEAR(numbers[k], ours ? wanted[k] : 0, 1e-12) << row[0] << row[2] << row[3];
    }
  }
}

TEST(ForecastCsv, WithoutADoneRunIsAHeader) {
  const SyntheticJournal journal(synthetic_header(2), noisy, {0, 1});
  EXPECT_EQ(rows_of(forecast_csv(journal.open())).size(), 1u);
}

TEST(ForecastCsv, NamesAreNoFormulas) {
  World outline = synthetic_outline();
  outline.vendors[0].name = "=cmd|' /C calc'!A0";
  outline.segments[0].name = "a,\"b\"";
  const SyntheticJournal journal(synthetic_header(1, outline), noisy);
  const std::string row = "\n2027-10,'=cmd|' /C calc'!A0,,\"a,\"\"b\"\"\",list,";
  EXPECT_NE(forecast_csv(journal.open()).find(row), std::string::npos);
}

// ---- runs.csv

TEST(RunsCsv, HasARowForEachReplication) {
  JournalHeader header = synthetic_header(5);
  header.drawn = {"market.growth", "us.offers.Cloud.churn"};
  const SyntheticJournal journal(header,
                                 [](std::uint64_t r, int, Cells& cells) {
                                   cells.add(Line::net, 0, 0,
                                             cents(10 * static_cast<double>(r + 1)));
                                 },
                                 {1}, {3});
  const std::vector<std::string> all = testing::lines_of(runs_csv(journal.open()));
  ASSERT_EQ(all.size(), 6u);
  EXPECT_THAT(all[0], ::testing::StartsWith(
                          "run,draw,world,luck,status,failure,market.growth,us.offers.Cloud.churn,"
                          "net_channel_revenue.total,net_channel_revenue.FY28,"
                          "net_channel_revenue.FY29,new_bookings.total,"));
  EXPECT_THAT(all[1], ::testing::StartsWith("0,0,0,0,done,,0.25,0.25,210,90,120,0,"));
  EXPECT_THAT(all[2],
              ::testing::StartsWith(
                  "1,0,0,1,failed,\"'=demand is not a number, \"\"market\"\"\",0.25,0.25,,"));
  EXPECT_THAT(all[4], ::testing::StartsWith("3,0,1,3,missing,,,"));
  EXPECT_THAT(all[5], ::testing::StartsWith("4,1,2,4,done,,1.25,1.25,1050,450,600,"));
  for (const std::string& line : {all[0], all[1], all[4]}) {
    EXPECT_EQ(std::count(line.begin(), line.end(), ','), 7 + 5 * 3);
  }
}

// ---- summary.json

TEST(SummaryJson, HasMetricsByPeriodAndTheBand) {
  const SyntheticJournal journal(synthetic_header(8),
                                 [](std::uint64_t r, int, Cells& cells) {
                                   cells.add(Line::net, 0, 0, cents(static_cast<double>(r + 1)));
                                 },
                                 {7});
  const nlohmann::ordered_json json = summary_json(journal.open());
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["vendor"], "us");
  EXPECT_EQ(json["replications"]["planned"], 8);
  EXPECT_EQ(json["replications"]["done"], 7);
  EXPECT_EQ(json["replications"]["failed"], 1);
  const auto& net = json["metrics"][0];
  EXPECT_EQ(net["name"], "net_channel_revenue");
  EXPECT_EQ(net["periods"][0]["period"], "FY28");
  EXPECT_EQ(net["periods"][0]["months"], 9);
  EXPECT_EQ(net["periods"][0]["partial"], true);
  EXPECT_EQ(net["periods"][2]["kind"], "total");
  EXPECT_EQ(net["periods"][2]["n"], 7);
  EXPECT_EQ(net["periods"][2]["mean"], 84);
  EXPECT_EQ(net["periods"][2]["q50"], 84);
  EXPECT_TRUE(json["band"].is_null());  // the failed run leaves one complete group
}

// ---- manifest.json

Scenario scenario_of(const JournalHeader& header) {
  Scenario scenario;
  scenario.name = "by-hand";
  scenario.world = header.outline;
  scenario.inputs = {{"some/where/by-hand.yaml", 0xabcdef}};
  return scenario;
}

Execution execution() {
  return {.argv = {"partnersim", "run", "by-hand.yaml"},
          .started = "2027-03-01T12:00:00Z",
          .finished = "2027-03-01T12:00:09Z",
          .host = "here",
          .threads = 2,
          .seconds = 9.5};
}

TEST(Manifest, KeepsTheExecutionApart) {
  const SyntheticJournal journal(synthetic_header(4), noisy, {2});
  const JournalReader reader = journal.open();
  const Scenario scenario = scenario_of(reader.header());
  nlohmann::ordered_json json =
      manifest_json(scenario, reader, {{"forecast.csv", 0x12}}, execution());
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["program"], "partnersim");
  EXPECT_EQ(json["name"], "by-hand");
  EXPECT_EQ(json["identity"]["engine"], "4444444444444444");
  EXPECT_EQ(json["seed"], 1);
  EXPECT_EQ(json["replications"]["done"], 3);
  EXPECT_EQ(json["inputs"][0]["file"], "by-hand.yaml");
  EXPECT_EQ(json["inputs"][0]["hash"], "0000000000abcdef");
  EXPECT_EQ(json["files"][0]["hash"], "0000000000000012");
  EXPECT_EQ(json["execution"]["argv"][1], "run");
  EXPECT_EQ(json["execution"]["threads"], 2);
  json.erase("execution");
  const std::string rest = json.dump();
  for (const char* secret : {"here", "some/where", "2027-03-01", "9.5"}) {
    EXPECT_EQ(rest.find(secret), std::string::npos) << secret;
  }
}

}  // namespace
}  // namespace partnersim
