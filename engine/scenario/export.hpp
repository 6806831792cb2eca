// A CSV export whose columns we know: found by their names in both languages or by the user's map,
// and read in the form that the values of a column have together (decimal comma, day first).
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/column_names.hpp"
#include "scenario/csv.hpp"
#include "scenario/number.hpp"

namespace partnersim {

using Day = std::chrono::sys_days;

/// A column of the user's file that is one of ours, whatever its name: `Umsatz=revenue_12m`.
struct MappedColumn {
  std::string from, to;
  Location at;
};

/// `Umsatz=revenue_12m` taken apart; reports what is none.
std::optional<MappedColumn> read_mapped(std::string_view text, Location at,
                                        Diagnostics& diagnostics);
/// Reports a column of ours that none of the tables has.
void check_mapped(const MappedColumn& mapped,
                  std::initializer_list<std::span<const ColumnSpec>> tables,
                  Diagnostics& diagnostics);

/// A name or word without case, umlauts, spaces and punctuation: Eröffnet am = EROEFFNET_AM.
std::string folded(std::string_view text);
/// Whether a word is one of `words`, separated by |, both folded.
bool is_one_of(std::string_view word, std::string_view words);

class Export {
 public:
  /// Reports what hinders reading: a missing column, a column that mixes forms. `currency` is that
  /// of the money; "" accepts any. What `map` says of columns of other tables is passed over.
  Export(const Csv& csv, std::span<const ColumnSpec> columns, std::span<const MappedColumn> map,
         std::string currency, Diagnostics& diagnostics);

  bool complete() const { return complete_; }  // all required columns are there
  /// Rows of the Csv that are data: totals are left out, with a warning.
  const std::vector<std::size_t>& rows() const { return rows_; }
  bool has(std::size_t column) const { return at_[column].has_value(); }
  std::string_view text(std::size_t row, std::size_t column) const {
    return has(column) ? csv_.text(row, *at_[column]) : std::string_view();
  }
  Location header_at(std::size_t column) const { return csv_.header_at[at_[column].value_or(0)]; }
  Location at(std::size_t row, std::size_t column) const {
    return csv_.at(row, at_[column].value_or(0));
  }

  /// nullopt sets `fault`; a column whose form does not show is reported once, with an empty fault.
  std::optional<double> number(std::size_t row, std::size_t column, Fault& fault);
  std::optional<Day> date(std::size_t row, std::size_t column, Fault& fault);

  /// The currency that a column of money names in its header or cells; nullopt when none does.
  std::optional<std::string> named_currency() const;

  /// Columns of the file that nobody reads, and those of ours that are only kept, by their names.
  struct Kept {
    std::string name;
    std::size_t column;  // of the Csv
  };
  std::vector<Kept> kept() const;

  /// `Partner.csv: Windows-1252, semicolon, decimal comma, 412 rows; 'Umsatz' is revenue_12m`.
  std::string detected() const;

 private:
  enum class DayOrder { unknown, day_first, month_first };
  struct Form {
    DecimalMark mark = DecimalMark::unknown;
    DayOrder order = DayOrder::unknown;
    std::string unit;       // of the header: Umsatz (TEUR)
    bool reported = false;  // that a value has two readings
  };

  void find_columns(std::span<const MappedColumn> map);
  void find_rows();
  void find_form(std::size_t column);
  void find_mark(std::size_t column);
  void find_order(std::size_t column);
  void warn_of_revenue();

  const Csv& csv_;
  std::span<const ColumnSpec> columns_;
  std::string currency_;
  Diagnostics& diagnostics_;
  std::vector<std::optional<std::size_t>> at_;  // by column of ours
  std::vector<Form> forms_;
  std::vector<std::string> names_;  // of the file, without the unit in it
  std::vector<std::size_t> rows_;
  bool complete_ = true;
};

}  // namespace partnersim
