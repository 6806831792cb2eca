// What stands behind (or before) a number: multiplier, currency, measure, period.
#pragma once

#include <optional>
#include <string_view>

#include "scenario/number.hpp"

namespace partnersim {

enum class UnitWord { none, percent, points, hours, days, weeks, months, quarters, years };
enum class Every { none, day, week, month, quarter, year };

struct Suffix {
  int exponent = 0;  // of ten: 3 for k
  UnitWord measure = UnitWord::none;
  Every every = Every::none;
  bool bare = true;  // nothing at all was written
};

/// Reads the words around a number; a fault when they are unknown or do not fit the unit.
/// `whole` is the text for messages.
std::optional<Suffix> read_suffix(const Amount& amount, Unit unit, std::string_view currency,
                                  std::string_view whole, Fault& fault);

/// The number in the canonical unit, without its sign. Not whole where `unit` is count is a fault.
std::optional<double> evaluate(const Amount& amount, const Suffix& suffix, Unit unit,
                               std::string_view whole, Fault& fault);

/// "... ; expected a share such as 25% or 0.25"
Fault not_understood(std::string_view whole, std::string_view part, Unit unit);

}  // namespace partnersim
