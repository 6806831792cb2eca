// Tables and amounts as text.
#include "results/result_table.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "base/text.hpp"
#include "results/lines.hpp"

namespace partnersim {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

ResultTable example() {
  ResultTable table{.currency = "EUR", .label = "period", .columns = {}, .rows = {}};
  table.columns = {{"net_mean", "net revenue", "mean", Quantity::money},
                   {"net_p95", "net revenue", "P95", Quantity::money},
                   {"cloud", "", "cloud\nshare", Quantity::share},
                   {"partners", "", "active\npartners", Quantity::count},
                   {"cost", "", "cost", Quantity::money}};
  table.rows = {{"FY27 Q1", "2 of 3 months", {1234567, 12345678, 0.125, 101.25, 12345}, false},
                {"FY27", "9 of 12 months", {-4000, 0, kNan, 99, 0}, true},
                {"FY28", "", {2e6, 3e6, 1, 100, 10}, false}};
  return table;
}

TEST(ResultTables, AsText) {
  EXPECT_EQ(as_text(example()),
            "                               cloud\n"
            "           net revenue, M EUR  share    active   cost\n"
            "period             mean   P95      %  partners  k EUR\n"
            "FY27 Q1 *          1.23 12.35   12.5     101.2   12.3\n"
            "FY27 *             0.00  0.00      -      99.0    0.0\n"
            "\n"
            "FY28               2.00  3.00  100.0     100.0    0.0\n"
            "\n"
            "* FY27 Q1: 2 of 3 months; FY27: 9 of 12 months\n");
}

TEST(ResultTables, NarrowTerminalsGetSeveralTables) {
  const std::string text = as_text(example(), 38, Footnote::no);
  EXPECT_EQ(text.find('*', text.rfind("FY28")), text.npos);
  std::size_t headings = 0;
  for (const std::string& line : testing::lines_of(text)) {
    EXPECT_LE(line.size(), 38u);
    headings += line.starts_with("period") ? 1 : 0;
  }
  EXPECT_EQ(headings, 2u);
}

TEST(ResultTables, AsCsvInFullPrecision) {
  EXPECT_EQ(as_csv(example()),
            "period,incomplete,net_mean,net_p95,cloud,partners,cost\n"
            "FY27 Q1,2 of 3 months,1234567,12345678,0.125,101.25,12345\n"
            "FY27,9 of 12 months,-4000,0,,99,0\n"
            "FY28,,2000000,3000000,1,100,10\n");
}

TEST(ResultTables, AsJson) {
  const nlohmann::ordered_json json = as_json(example());
  ASSERT_EQ(json.size(), 3u);
  EXPECT_EQ(json[0]["period"], "FY27 Q1");
  EXPECT_EQ(json[0]["incomplete"], "2 of 3 months");
  EXPECT_EQ(json[0]["net_mean"], 1234567);
  EXPECT_FALSE(json[2].contains("incomplete"));
  EXPECT_NE(json.dump().find("\"cloud\":null"), std::string::npos);
}

TEST(Amounts, ShareOneUnitAndSoManyDecimalsAsTell) {
  const std::array wide{1.9e6, 1.2e6, 2.6e6}, narrow{1.94e6, 1.92e6, 1.96e6};
  const std::array small{512.0, -3.0};
  EXPECT_EQ(amount_format(wide, 0.7e6).number(1.94e6), "1.9");
  EXPECT_EQ(amount_format(wide, 0.7e6).suffix("EUR"), " M EUR");
  EXPECT_EQ(amount_format(narrow, 0.02e6).number(1.94e6), "1.94");
  EXPECT_EQ(amount_format(small).number(512.4), "512");
  EXPECT_EQ(amount_format(small).suffix("EUR"), " EUR");
  EXPECT_EQ(amount_format(small).suffix(""), "");
}

TEST(Amounts, NeverMinusZero) {
  EXPECT_EQ(fixed_text(-0.001, 2), "0.00");
  EXPECT_EQ(fixed_text(-0.0, 0), "0");
  EXPECT_EQ(fixed_text(-0.01, 2), "-0.01");
}

TEST(Wrapping, BreaksAtBlanks) {
  EXPECT_EQ(wrapped("one two three", 7), "one two\nthree");
  EXPECT_EQ(wrapped("a-long-word b", 4), "a-long-word\nb");
  EXPECT_EQ(wrapped("", 10), "");
  EXPECT_EQ(wrapped("für ü ü", 7), "für ü ü");  // characters, not bytes
}

}  // namespace
}  // namespace partnersim
