// Months, quarters and fiscal years in a file.
#include <gtest/gtest.h>

#include "scenario/support.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

constexpr Calendar kJanuary{2027, 1, 1, 48};
constexpr Calendar kJuly{2027, 1, 7, 48};

TEST(Month, FormsOfAMonth) {
  Diagnostics diagnostics;
  const auto month = [&](const char* text, const Calendar& calendar) {
    return read_month(scalar(text), calendar, diagnostics);
  };
  EXPECT_EQ(month("2027-03", kJanuary), 2);
  EXPECT_EQ(month("2026-12", kJanuary), -1);
  EXPECT_EQ(month("2040-01", kJanuary), 156);
  EXPECT_EQ(month("FY28", kJanuary), 12);
  EXPECT_EQ(month("FY2028", kJanuary), 12);
  EXPECT_EQ(month("fy28", kJanuary), 12);
  EXPECT_EQ(month("FY28", kJuly), 6);
  EXPECT_EQ(month("FY27 Q3", kJanuary), 6);
  EXPECT_EQ(month("FY27Q3", kJanuary), 6);
  EXPECT_EQ(month("FY27-Q3", kJanuary), 6);
  EXPECT_EQ(month("FY28 Q3", kJuly), 12);
  EXPECT_EQ(diagnostics.render(), "");
}

TEST(Month, PeriodsHaveBothEnds) {
  Fault fault;
  const auto period = [&](const char* text) {
    const auto found = read_period(text, kJanuary, fault);
    return found ? std::pair(found->first, found->last) : std::pair(-99, -99);
  };
  EXPECT_EQ(period("2027-03"), std::pair(2, 2));
  EXPECT_EQ(period("FY28"), std::pair(12, 23));
  EXPECT_EQ(period("FY27 Q3"), std::pair(6, 8));
  EXPECT_EQ(period("2027-04 to 2028-03"), std::pair(3, 14));
  EXPECT_EQ(period("FY27 Q3 to FY28"), std::pair(6, 23));
  EXPECT_EQ(period("2028-03 to 2027-04"), std::pair(-99, -99));
  EXPECT_EQ(fault.message, "'2028-03 to 2027-04' ends before it starts");
}

struct Bad {
  const char* text;
  const char* message;
  const char* hint;
};

class RefusedMonth : public testing::TestWithParam<Bad> {};

TEST_P(RefusedMonth, SaysWhatToWrite) {
  Diagnostics diagnostics;
  EXPECT_FALSE(read_month(scalar(GetParam().text), kJanuary, diagnostics));
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].message, GetParam().message);
  EXPECT_EQ(diagnostics.all()[0].hint, GetParam().hint);
}

constexpr const char* kForms = "expected a month 2027-03, a quarter FY27 Q3 or a fiscal year FY28";

INSTANTIATE_TEST_SUITE_P(
    , RefusedMonth,
    testing::Values(
        Bad{"2027-13", "'2027-13' is not a month", kForms},
        Bad{"2027-00", "'2027-00' is not a month", kForms},
        Bad{"2027-3", "'2027-3' is not a month", kForms},
        Bad{"FY27 Q5", "'FY27 Q5' is not a month", kForms},
        Bad{"FY27 Q3x", "'FY27 Q3x' is not a month", kForms},
        Bad{"FY7", "'FY7' is not a month", kForms}, Bad{"FY", "'FY' is not a month", kForms},
        Bad{"soon", "'soon' is not a month", kForms},
        Bad{"99999999999-01", "'99999999999-01' is not a month", kForms},
        Bad{"2028", "'2028' is not a month",
            "write FY28 for the fiscal year, 2028-01 for the month"},
        Bad{"2027-03-15", "'2027-03-15' is not a month",
            "a run has months, not days: write 2027-03"},
        Bad{"2027-04 to 2028-03", "one month is needed here, not '2027-04 to 2028-03'", ""},
        Bad{"",
            "a month is missing; expected a month 2027-03, a quarter FY27 Q3 or a fiscal year "
            "FY28",
            ""}));

TEST(Month, YearMonthOfStart) {
  EXPECT_EQ(read_year_month("2027-01")->year, 2027);
  EXPECT_EQ(read_year_month(" 2027-12 ")->month, 12);
  EXPECT_FALSE(read_year_month("2027-1"));
  EXPECT_FALSE(read_year_month("27-01"));
  EXPECT_FALSE(read_year_month("0027-01"));
  EXPECT_FALSE(read_year_month("FY27"));
}

TEST(Month, NotAScalar) {
  Parsed parsed("from: [2027-01]");
  EXPECT_FALSE(read_month(*parsed.root->find("from"), kJanuary, parsed.diagnostics));
  EXPECT_EQ(codes(parsed.diagnostics), "E-MONTH");
}

}  // namespace
}  // namespace partnersim
