// Any bytes as a CSV file; every field and its place is looked at.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "scenario/csv.hpp"

using namespace partnersim;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Diagnostics diagnostics;
  const auto csv =
      parse_csv(std::string(reinterpret_cast<const char*>(data), size), "fuzz.csv", diagnostics);
  if (!csv) {
    if (!diagnostics.has_errors()) __builtin_trap();
  } else {
    if (csv->columns() == 0 || csv->header_at.size() != csv->columns()) __builtin_trap();
    for (std::size_t row = 0; row < csv->rows(); ++row) {
      for (std::size_t column = 0; column < csv->columns(); ++column) {
        const Csv::Field field = csv->field(row, column);
        if (invalid_utf8(field.text) || field.at.line == 0 || field.at.column == 0) {
          __builtin_trap();
        }
      }
    }
  }
  if (invalid_utf8(diagnostics.render())) __builtin_trap();
  return 0;
}
