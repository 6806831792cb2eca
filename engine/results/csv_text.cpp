// Fields of CSV files; see the header.
#include "results/csv_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace partnersim {
namespace {

constexpr std::string_view kFormulaStarts = "=+-@\t\r";
constexpr std::string_view kQuoted = ",\"\r\n";

}  // namespace

void append_csv_text(std::string& csv, std::string_view text) {
  const bool formula = !text.empty() && kFormulaStarts.find(text.front()) != text.npos;
  const bool quoted = text.find_first_of(kQuoted) != text.npos;
  if (quoted) csv += '"';
  if (formula) csv += '\'';
  for (const char c : text) {
    if (c == '"') csv += '"';
    csv += c;
  }
  if (quoted) csv += '"';
}

std::string csv_text(std::string_view text) {
  std::string csv;
  append_csv_text(csv, text);
  return csv;
}

void append_csv_number(std::string& csv, double x) {
  if (std::isnan(x)) return;
  fmt::format_to(std::back_inserter(csv), "{}", x + 0.0);  // -0 is 0
}

void append_csv_numbers(std::string& csv, std::span<const double> values) {
  for (const double x : values) {
    csv += ',';
    append_csv_number(csv, x);
  }
}

}  // namespace partnersim
