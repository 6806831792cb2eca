// Money: whole minor units (cents), rounded half to even once, where an amount arises.
#pragma once

#include <cstdint>

namespace partnersim {

using Money = std::int64_t;

inline constexpr double kMinorPerMajor = 100;

/// The nearest whole minor unit, half to even, for amounts below 2^51 minor units (22 trillion).
inline Money round_money(double minor) {
  constexpr double kShift = 0x1.8p52;
  return static_cast<Money>((minor + kShift) - kShift);
}

/// A share of an amount.
inline Money part(Money amount, double share) {
  return round_money(static_cast<double>(amount) * share);
}

/// What is billed of a yearly amount in month `j` (0..11) of the calendar year: twelve months give
/// exactly the year.
inline Money instalment(Money yearly, int j) {
  const Money whole = yearly / 12, rest = yearly - whole * 12;  // rest keeps the sign of yearly
  const auto floor12 = [](Money x) { return x >= 0 ? x / 12 : -((-x + 11) / 12); };
  return whole + floor12(rest * (j + 1)) - floor12(rest * j);
}

}  // namespace partnersim
