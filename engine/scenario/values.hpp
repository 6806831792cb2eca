// Text to values with units: 25%, 90 days, 1.2M EUR, 5% to 12%, +3 points, FY27 Q3.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.hpp"
#include "base/unit.hpp"
#include "scenario/document.hpp"

namespace partnersim {

/// Amounts of money that files may name, in currency units.
inline constexpr double kMostMoney = 1e12;

/// A number without a unit is in the canonical unit of its kind. share: 1 = 100 %; money: units of
/// the scenario's currency, not cents; count: whole; months: 12 are 365 days; years: 365 days;
/// per_year and per_month: 12 per year are 1 per month.

/// "a share such as 25% or 0.25": for messages.
std::string_view expected(Unit unit);

/// What is wrong with a text, without its place.
struct Fault {
  std::string code;
  std::string message;
  std::string hint;
};

/// One number in the canonical unit. `currency` is the scenario's (EUR); a text naming another one
/// is refused, "" accepts any. Never inf or nan. nullopt sets `fault`.
std::optional<double> read_number(std::string_view text, Unit unit, std::string_view currency,
                                  Fault& fault);

/// What a file says about one quantity.
struct Stated {
  enum class Form { fixed, between, about, quantiles, triangle };

  Form form = Form::fixed;
  double value = 0;    // fixed, about; triangle: the mode; else the middle of lo and hi
  double lo = 0;       // between: 5 % quantile; quantiles: the lower; triangle: minimum
  double hi = 0;       // between: 95 % quantile; quantiles: the upper; triangle: maximum
  double p_lo = 0.05;  // probability below lo; 0 for a triangle
  double p_hi = 0.95;  // probability below hi; 1 for a triangle
  std::string dist;    // normal, lognormal, logit-normal, triangular; "" unless the file names one

  bool is_range() const { return form != Form::fixed; }
};

/// Text only: 4%, 5% to 12%, about 20%.
std::optional<Stated> read_stated(std::string_view text, Unit unit, std::string_view currency,
                                  Fault& fault);

/// Also {p10: 3, p90: 9} and {min: 0, mode: 3%, max: 8%}, both with an optional dist.
std::optional<Stated> read_value(const Node& node, Unit unit, std::string_view currency,
                                 Diagnostics& diagnostics);

/// One number, no range: levers and constants.
std::optional<double> read_fixed(const Node& node, Unit unit, std::string_view currency,
                                 Diagnostics& diagnostics);

/// True for a map of nothing but the keys of a range, so that overlays replace it as a whole.
bool is_range_map(const Node& node);

/// What a change does to a value.
struct Move {
  enum class Op { set, add, multiply };

  Op op = Op::set;
  double value = 0;  // set, add: canonical unit; multiply: the factor

  double applied_to(double before) const {
    return op == Op::set ? value : op == Op::add ? before + value : before * value;
  }
};

/// A leading + or - is always relative: +3 points, +4, -20k, x1.1; `= -0.3` is the value -0.3
/// itself. +5% multiplies by 1.05 where a percentage cannot be the unit, and is refused where it
/// can.
std::optional<Move> read_move(std::string_view text, Unit unit, std::string_view currency,
                              Fault& fault);
std::optional<Move> read_move(const Node& node, Unit unit, std::string_view currency,
                              Diagnostics& diagnostics);

/// Months since the start of the run, both ends included; may lie outside the run.
struct Period {
  int first = 0;
  int last = 0;
};

/// 2027-03, FY28, FY27 Q3, and between two of them `2027-04 to FY28`.
std::optional<Period> read_period(std::string_view text, const Calendar& calendar, Fault& fault);
std::optional<Period> read_period(const Node& node, const Calendar& calendar,
                                  Diagnostics& diagnostics);

/// The first month of a month, quarter or fiscal year; no `to`.
std::optional<int> read_month(const Node& node, const Calendar& calendar, Diagnostics& diagnostics);

/// For the key `start`, which is read before there is a calendar: year and month 1..12 of 2027-01.
struct YearMonth {
  int year = 0;
  int month = 0;
};
std::optional<YearMonth> read_year_month(std::string_view text);

}  // namespace partnersim
