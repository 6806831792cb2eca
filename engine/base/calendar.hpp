// Months of a run and the fiscal years and quarters they belong to.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace partnersim {

/// Month 0 of a run is start_year-start_month. A fiscal year is labelled by the calendar year in
/// which it ends: with fiscal_start_month 7, FY28 is July 2027 to June 2028; with 1, it is 2028.
struct Calendar {
  int start_year = 2000;
  int start_month = 1;         // 1..12
  int fiscal_start_month = 1;  // 1..12
  int months = 0;              // length of the run
};

/// Months since the start; negative before it. `month` is 1..12.
int month_offset(const Calendar& calendar, int year, int month);

int calendar_year(const Calendar& calendar, int offset);
int calendar_month(const Calendar& calendar, int offset);  // 1..12

int fiscal_year(const Calendar& calendar, int offset);     // the year it is labelled by: 2028
int fiscal_quarter(const Calendar& calendar, int offset);  // 1..4
int first_month_of_fiscal_year(const Calendar& calendar, int year);

std::string month_label(const Calendar& calendar, int offset);           // 2027-03
std::string fiscal_year_label(const Calendar& calendar, int offset);     // FY27
std::string fiscal_quarter_label(const Calendar& calendar, int offset);  // FY27 Q1

/// 1..12 for a month's name in English or German, whole or its first three letters.
std::optional<int> month_of_name(std::string_view name);

}  // namespace partnersim
