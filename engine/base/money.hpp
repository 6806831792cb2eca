// Money: whole minor units (cents), rounded half to even once, where an amount arises.
#pragma once

#include <bit>
#include <cstdint>

namespace partnersim {

using Money = std::int64_t;
__extension__ using Int128 = __int128;  // sums of many years of large markets, in minor units

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

// The same for whole amounts held as doubles, which are exact below 2^51 and turn into vector code.
inline constexpr double kWhole = 0x1.8p52;
inline double rounded(double minor) {
  return (minor + kWhole) - kWhole;
}
/// The whole number that a rounded amount is.
inline Money as_money(double whole) {
  return std::bit_cast<Money>(whole + kWhole) - std::bit_cast<Money>(kWhole);
}
inline double floored(double x) {
  const double near = rounded(x);
  return near - (near > x ? 1.0 : 0.0);
}

/// What is billed of a yearly amount in month `j` (0..11) of the calendar year: twelve months give
/// exactly the year.
inline double instalment(double yearly, int j) {
  return floored(yearly * (j + 1) / 12) - floored(yearly * j / 12);
}

}  // namespace partnersim
