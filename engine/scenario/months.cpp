// Months, quarters and fiscal years as a scenario names them: 2027-03, FY27 Q3, FY28.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "scenario/number.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kForms = "a month 2027-03, a quarter FY27 Q3 or a fiscal year FY28";

// The digits in front of `text` as a number, which it loses. -1 when there are none or too many.
int take_digits(std::string_view& text, std::size_t most) {
  int value = 0;
  std::size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') {
    if (++count > most) return -1;
    value = value * 10 + (text[count - 1] - '0');
  }
  text.remove_prefix(count);
  return count == 0 ? -1 : value;
}

// FY27, FY2027, FY27 Q3.
std::optional<Period> read_fiscal(std::string_view text, const Calendar& calendar) {
  if (lower_ascii(text.substr(0, 2)) != "fy") return std::nullopt;
  text = trimmed(text.substr(2));
  const std::size_t before = text.size();
  const int number = take_digits(text, 4);
  const std::size_t digits = before - text.size();
  if (number < 0 || (digits != 2 && digits != 4)) return std::nullopt;
  const int year = digits == 2 ? 2000 + number : number;
  const int first = first_month_of_fiscal_year(calendar, year);
  while (!text.empty() && (text[0] == ' ' || text[0] == '-')) text.remove_prefix(1);
  if (text.empty()) return Period{first, first + 11};
  if (text[0] != 'Q' && text[0] != 'q') return std::nullopt;
  text.remove_prefix(1);
  const int quarter = take_digits(text, 1);
  if (quarter < 1 || quarter > 4 || !text.empty()) return std::nullopt;
  return Period{first + 3 * quarter - 3, first + 3 * quarter - 1};
}

std::optional<Period> read_one(std::string_view text, const Calendar& calendar, Fault& fault) {
  if (const auto date = read_year_month(text)) {
    const int month = month_offset(calendar, date->year, date->month);
    return Period{month, month};
  }
  if (const auto period = read_fiscal(text, calendar)) return period;
  fault = {"E-MONTH", fmt::format("{} is not a month", in_quotes(text)),
           fmt::format("expected {}", kForms)};
  std::string_view rest = text;
  const int year = take_digits(rest, 4);
  if (year >= 1000 && rest.empty()) {
    fault.hint =
        fmt::format("write FY{:02} for the fiscal year, {}-01 for the month", year % 100, year);
  } else if (year >= 1000 && rest.size() == 6 && rest[0] == '-' && rest[3] == '-') {
    fault.hint = fmt::format("a run has months, not days: write {}", text.substr(0, 7));
  }
  return std::nullopt;
}

std::optional<Period> report(const Node& node, Fault fault, Diagnostics& diagnostics) {
  diagnostics.error(std::move(fault.code), node.at, std::move(fault.message),
                    std::move(fault.hint));
  return std::nullopt;
}

}  // namespace

std::optional<YearMonth> read_year_month(std::string_view text) {
  text = trimmed(text);
  if (text.size() != 7) return std::nullopt;
  const int year = take_digits(text, 4);
  if (year < 1000 || text.size() != 3 || text[0] != '-') return std::nullopt;
  text.remove_prefix(1);
  const int month = take_digits(text, 2);
  if (month < 1 || month > 12 || !text.empty()) return std::nullopt;
  return YearMonth{year, month};
}

std::optional<Period> read_period(std::string_view text, const Calendar& calendar, Fault& fault) {
  fault = {};
  const std::string plain = plain_spaces(text);
  const std::string_view whole = plain;
  if (plain.empty()) {
    fault = {"E-VALUE", fmt::format("a month is missing; expected {}", kForms), ""};
    return std::nullopt;
  }
  std::size_t at = lower_ascii(plain).find(" to ");
  std::size_t length = 4;
  if (at == std::string::npos) {
    at = lower_ascii(plain).find(" bis ");
    length = 5;
  }
  if (at == std::string::npos) return read_one(whole, calendar, fault);
  const auto from = read_one(trimmed(whole.substr(0, at)), calendar, fault);
  const auto to =
      from ? read_one(trimmed(whole.substr(at + length)), calendar, fault) : std::nullopt;
  if (!to) return std::nullopt;
  if (to->last < from->first) {
    fault = {"E-MONTH", fmt::format("{} ends before it starts", in_quotes(whole)), ""};
    return std::nullopt;
  }
  return Period{from->first, to->last};
}

std::optional<Period> read_period(const Node& node, const Calendar& calendar,
                                  Diagnostics& diagnostics) {
  Fault fault{"E-MONTH", "a month is needed here", fmt::format("expected {}", kForms)};
  if (!node.is_scalar()) return report(node, std::move(fault), diagnostics);
  const auto period = read_period(node.text, calendar, fault);
  return period ? period : report(node, std::move(fault), diagnostics);
}

std::optional<int> read_month(const Node& node, const Calendar& calendar,
                              Diagnostics& diagnostics) {
  if (node.is_scalar() && lower_ascii(node.text).find(" to ") != std::string::npos) {
    diagnostics.error("E-MONTH", node.at,
                      fmt::format("one month is needed here, not {}", in_quotes(node.text)));
    return std::nullopt;
  }
  const auto period = read_period(node, calendar, diagnostics);
  if (!period) return std::nullopt;
  return period->first;
}

}  // namespace partnersim
