// Any text as a value of every unit, as a change and as a month. The first byte picks the unit.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "scenario/values.hpp"

using namespace partnersim;

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check(std::string_view text, Unit unit, std::string_view currency) {
  Fault fault;
  const auto number = read_number(text, unit, currency, fault);
  require(number ? std::isfinite(*number) && fault.code.empty() : !fault.code.empty());
  const auto stated = read_stated(text, unit, currency, fault);
  require(stated ? std::isfinite(stated->value) && stated->lo <= stated->hi : !fault.code.empty());
  if (number) require(stated && !stated->is_range() && stated->value == *number);
  const auto move = read_move(text, unit, currency, fault);
  require(move ? std::isfinite(move->value) : !fault.code.empty() && !fault.message.empty());
  for (const int fiscal : {1, 7}) {
    const Calendar calendar{2027, 1, fiscal, 48};
    const auto period = read_period(text, calendar, fault);
    require(period ? period->first <= period->last : !fault.code.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  check(text, static_cast<Unit>(data[0] % 9), data[0] >= 128 ? "" : "EUR");
  return 0;
}
