// A table of results as plain data, and as text for a terminal, CSV and JSON; amounts in sentences.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/metrics.hpp"

namespace partnersim {

struct ResultColumn {
  std::string key;                         // for CSV and JSON: net_channel_revenue_p50
  std::string group;                       // heading over neighbouring columns, or empty
  std::string name;                        // heading; "\n" where it is broken
  Quantity quantity = Quantity::quantity;  // the same for all columns of a group
};

struct ResultRow {
  std::string label;
  std::string incomplete;      // "9 of 12 months" where an end of the run cuts its period
  std::vector<double> values;  // one for each column; NaN: nothing to say
  bool strong = false;         // a total: a blank line follows
};

struct ResultTable {
  std::string currency;
  std::string label;  // heading over the labels: "period"
  std::vector<ResultColumn> columns;
  std::vector<ResultRow> rows;
};

/// A row without its values.
ResultRow row_of(const ReportPeriod& period);

inline constexpr std::size_t kTableWidth = 100;

/// Aligned, at most `width` columns of a terminal wide: columns that do not fit go into a second
/// table below. A group of columns has one unit in its heading; money M, k or none.
/// Incomplete periods are starred; the footnote explains the stars.
enum class Footnote { yes, no };
std::string as_text(const ResultTable& table, std::size_t width = kTableWidth,
                    Footnote footnote = Footnote::yes);
/// "* FY27: 9 of 12 months" after a blank line, or nothing.
std::string footnote_text(const ResultTable& table, std::size_t width = kTableWidth);
/// Full precision, money in whole currency units, shares of 1. Header: label, `incomplete`, keys.
std::string as_csv(const ResultTable& table);
/// An array with an object for each row.
nlohmann::ordered_json as_json(const ResultTable& table);

// ---- numbers in words

/// How amounts that stand together are written: one unit, so many decimals that they differ where
/// `resolution` (the narrowest distance that matters) says so.
struct AmountFormat {
  double unit = 1;
  std::string_view prefix;  // "M", "k" or nothing
  int decimals = 0;

  std::string number(double amount) const;              // "1.9"
  std::string suffix(std::string_view currency) const;  // " M EUR"
};
AmountFormat amount_format(std::span<const double> amounts, double resolution = 0);

/// With line breaks at blanks, so that no line is longer than `width` if its words allow.
std::string wrapped(std::string_view text, std::size_t width);

/// Fixed decimals, never "-0.0".
std::string fixed_text(double x, int decimals);

}  // namespace partnersim
