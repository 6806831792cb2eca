// Fields of CSV files as we write them: RFC 4180 with line feeds, safe to open in a spreadsheet.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace partnersim {

/// Text (a name, a message): an apostrophe before what a spreadsheet would take for a formula,
/// quotes where there is a comma, a quote or a line break.
void append_csv_text(std::string& csv, std::string_view text);
std::string csv_text(std::string_view text);

/// The shortest number that reads back the same; nothing for NaN.
void append_csv_number(std::string& csv, double x);
/// A comma before each.
void append_csv_numbers(std::string& csv, std::span<const double> values);

}  // namespace partnersim
