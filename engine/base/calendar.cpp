// Months of a run and the fiscal years and quarters they belong to.
#include "base/calendar.hpp"

#include <array>

#include "base/text.hpp"

namespace partnersim {
namespace {

constexpr std::array<std::string_view, 12> kEnglish{
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 12> kGerman{"januar",    "februar", "märz",     "april",
                                                   "mai",       "juni",    "juli",     "august",
                                                   "september", "oktober", "november", "dezember"};

int floor_div(int a, int b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

std::string two_digits(int value) {
  return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

// Months since year 0.
int absolute_month(const Calendar& calendar, int offset) {
  return calendar.start_year * 12 + calendar.start_month - 1 + offset;
}

// Months that a fiscal year lies before the calendar year it is labelled by.
int months_early(const Calendar& calendar) {
  return (13 - calendar.fiscal_start_month) % 12;
}

}  // namespace

int month_offset(const Calendar& calendar, int year, int month) {
  return year * 12 + month - 1 - absolute_month(calendar, 0);
}

int calendar_year(const Calendar& calendar, int offset) {
  return floor_div(absolute_month(calendar, offset), 12);
}

int calendar_month(const Calendar& calendar, int offset) {
  return absolute_month(calendar, offset) - calendar_year(calendar, offset) * 12 + 1;
}

int fiscal_year(const Calendar& calendar, int offset) {
  return calendar_year(calendar, offset + months_early(calendar));
}

int fiscal_quarter(const Calendar& calendar, int offset) {
  return (calendar_month(calendar, offset + months_early(calendar)) - 1) / 3 + 1;
}

int first_month_of_fiscal_year(const Calendar& calendar, int year) {
  return month_offset(calendar, year, 1) - months_early(calendar);
}

std::string month_label(const Calendar& calendar, int offset) {
  return std::to_string(calendar_year(calendar, offset)) + "-" +
         two_digits(calendar_month(calendar, offset));
}

std::string fiscal_year_label(const Calendar& calendar, int offset) {
  const int year = fiscal_year(calendar, offset);
  return "FY" + (year >= 2000 && year < 2100 ? two_digits(year) : std::to_string(year));
}

std::string fiscal_quarter_label(const Calendar& calendar, int offset) {
  return fiscal_year_label(calendar, offset) + " Q" +
         std::to_string(fiscal_quarter(calendar, offset));
}

std::optional<int> month_of_name(std::string_view name) {
  const std::string wanted = lower_ascii(name);
  if (wanted.size() < 3) return std::nullopt;
  for (std::size_t i = 0; i < 12; ++i) {
    for (const std::string_view whole : {kEnglish[i], kGerman[i]}) {
      if (wanted == whole || wanted == whole.substr(0, whole == "märz" ? 4 : 3)) {
        return static_cast<int>(i) + 1;
      }
    }
  }
  return std::nullopt;
}

}  // namespace partnersim
