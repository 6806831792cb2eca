// base/calendar: months, fiscal years and quarters.
#include "base/calendar.hpp"

#include <gtest/gtest.h>

namespace partnersim {
namespace {

TEST(Calendar, FiscalYearFromJanuaryIsTheCalendarYear) {
  const Calendar calendar{2027, 1, 1, 48};
  EXPECT_EQ(month_label(calendar, 0), "2027-01");
  EXPECT_EQ(month_label(calendar, 13), "2028-02");
  EXPECT_EQ(month_label(calendar, -1), "2026-12");
  EXPECT_EQ(month_label(calendar, -13), "2025-12");
  EXPECT_EQ(fiscal_year_label(calendar, 0), "FY27");
  EXPECT_EQ(fiscal_quarter_label(calendar, 2), "FY27 Q1");
  EXPECT_EQ(fiscal_quarter_label(calendar, 3), "FY27 Q2");
  EXPECT_EQ(first_month_of_fiscal_year(calendar, 2028), 12);
}

TEST(Calendar, FiscalYearFromJulyIsLabelledByTheYearItEnds) {
  const Calendar calendar{2027, 1, 7, 48};
  EXPECT_EQ(fiscal_year_label(calendar, 0), "FY27");  // July 2026 to June 2027
  EXPECT_EQ(fiscal_quarter_label(calendar, 0), "FY27 Q3");
  EXPECT_EQ(fiscal_year_label(calendar, 6), "FY28");
  EXPECT_EQ(fiscal_quarter_label(calendar, 6), "FY28 Q1");
  EXPECT_EQ(first_month_of_fiscal_year(calendar, 2028), 6);
}

TEST(Calendar, EveryMonthLiesInTheFiscalYearItIsLabelledBy) {
  for (int fiscal = 1; fiscal <= 12; ++fiscal) {
    const Calendar calendar{2027, 5, fiscal, 48};
    for (int month = -30; month < 60; ++month) {
      const int first = first_month_of_fiscal_year(calendar, fiscal_year(calendar, month));
      EXPECT_LE(first, month);
      EXPECT_LT(month, first + 12);
      EXPECT_EQ(fiscal_quarter(calendar, month), (month - first) / 3 + 1);
      EXPECT_EQ(calendar_month(calendar, first), fiscal);
      EXPECT_EQ(
          month_offset(calendar, calendar_year(calendar, month), calendar_month(calendar, month)),
          month);
    }
    // The year it ends in is the label.
    const int last = first_month_of_fiscal_year(calendar, 2030) + 11;
    EXPECT_EQ(calendar_year(calendar, last), 2030);
  }
}

TEST(Calendar, LabelsOutsideTheCenturyHaveFourDigits) {
  EXPECT_EQ(fiscal_year_label(Calendar{2105, 1, 1, 12}, 0), "FY2105");
  EXPECT_EQ(fiscal_year_label(Calendar{2000, 1, 1, 12}, 0), "FY00");
}

TEST(Calendar, MonthNames) {
  EXPECT_EQ(month_of_name("January"), 1);
  EXPECT_EQ(month_of_name("juli"), 7);
  EXPECT_EQ(month_of_name("März"), 3);
  EXPECT_EQ(month_of_name("Oct"), 10);
  EXPECT_EQ(month_of_name("Dez"), 12);
  EXPECT_FALSE(month_of_name("Smarch"));
  EXPECT_FALSE(month_of_name("Ma"));
  EXPECT_FALSE(month_of_name(""));
}

}  // namespace
}  // namespace partnersim
