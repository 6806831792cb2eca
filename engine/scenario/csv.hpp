// CSV as people have it (RFC 4180 and its relatives), every field with its place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/diagnostics.hpp"

namespace partnersim {

inline constexpr std::size_t kMaxCsvBytes = std::size_t{256} << 20;

/// Copies share the text. Fields are views into it and live as long as any copy.
class Csv {
 public:
  struct Field {
    std::string_view text;  // without quotes; spaces around an unquoted field are dropped
    Location at;
  };

  std::vector<std::string> header;
  std::vector<Location> header_at;
  char delimiter = ',';
  std::string encoding;  // UTF-8, UTF-16, Windows-1252

  std::optional<std::size_t> column(std::string_view name) const;

  std::size_t columns() const { return header.size(); }
  std::size_t rows() const { return columns() == 0 ? 0 : cells_.size() / columns(); }
  std::string_view text(std::size_t row, std::size_t column) const;
  Location at(std::size_t row, std::size_t column) const;  // costs a walk to the line's start
  Field field(std::size_t row, std::size_t column) const {
    return {text(row, column), at(row, column)};
  }
  std::uint32_t file() const { return file_; }
  Location row_at(std::size_t row) const { return at(row, 0); }

 private:
  friend class CsvReader;

  /// 16 bytes a field: a file of a million rows has ten million of them.
  struct Cell {
    std::uint32_t offset;     // into the text
    std::uint32_t length;     // bytes
    std::uint32_t line;       // of the first character
    std::uint32_t unescaped;  // 1 + offset into unescaped_; 0: as in the text
  };

  std::uint32_t file_ = 0;
  std::shared_ptr<const std::string> text_;
  std::shared_ptr<const std::string> unescaped_;  // fields in which "" stands for "
  std::vector<Cell> cells_;                       // row after row
};

std::string_view delimiter_name(char delimiter);

/// Detects encoding (by byte order mark, else UTF-8 when valid, else Windows-1252) and delimiter
/// (comma, semicolon or tab, from the header; a first line `sep=;` is obeyed). Rows with too few or
/// too many fields are reported and left out; blank rows are skipped. nullopt when there is no
/// table.
std::optional<Csv> parse_csv(std::string text, std::string name, Diagnostics& diagnostics);

}  // namespace partnersim
