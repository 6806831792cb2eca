// exp, log and what is made of them, with the same bits on every machine.
//
// libm's functions differ in the last bit between CPUs (glibc picks another implementation where
// there is FMA). These use only + - * / and the bits of a double, which IEEE 754 fixes, have no
// branches and no calls, so that a loop over them becomes vector code. Error: exp 1 ulp, log 2 ulp
// (tested).
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace partnersim {

/// 0 below -708 (no subnormals), infinity above 709.
inline double exp(double x) {
  constexpr double kShift = 0x1.8p52;  // adding it leaves the nearest integer in the low bits
  const double inside = x < -708 ? -708 : x > 709 ? 709 : x;
  const double shifted = inside * 0x1.71547652b82fep0 + kShift;
  const double k = shifted - kShift;
  const double r = (inside - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
  // e^r by its Taylor series to r^13, |r| <= ln 2 / 2
  double p = 1.0 / 6227020800;
  p = p * r + 1.0 / 479001600;
  p = p * r + 1.0 / 39916800;
  p = p * r + 1.0 / 3628800;
  p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = p * r + 1;
  p = p * r + 1;
  const double scale = std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) + 1023u) << 52);
  const double y = p * scale;
  return x < -708 ? 0 : x > 709 ? std::numeric_limits<double>::infinity() : x == x ? y : x;
}

/// -infinity at 0, NaN below.
inline double log(double x) {
  const bool tiny = x < 0x1p-1022;
  const double scaled = tiny ? x * 0x1p54 : x;
  const auto bits = std::bit_cast<std::uint64_t>(scaled);
  // x = 2^k m with m in [sqrt(1/2), sqrt(2)); log m = 2 atanh(s), s = (m - 1) / (m + 1)
  const std::uint64_t high = (bits - 0x3fe6a09e667f3bcdu) >> 52;  // k modulo 4096
  const double m = std::bit_cast<double>(bits - (high << 52));
  const double k = std::bit_cast<double>(0x4330000000000000u | ((high + 2048) & 4095)) -
                   (0x1p52 + 2048) - (tiny ? 54 : 0);
  const double s = (m - 1) / (m + 1);
  const double z = s * s;
  double p = 1.0 / 23;
  p = p * z + 1.0 / 21;
  p = p * z + 1.0 / 19;
  p = p * z + 1.0 / 17;
  p = p * z + 1.0 / 15;
  p = p * z + 1.0 / 13;
  p = p * z + 1.0 / 11;
  p = p * z + 1.0 / 9;
  p = p * z + 1.0 / 7;
  p = p * z + 1.0 / 5;
  p = p * z + 1.0 / 3;
  p = p * z;
  const double y = k * 0x1.62e42feep-1 + (2 * s + (2 * s * p + k * 0x1.a39ef35793c76p-33));
  return x > 0 ? (x <= std::numeric_limits<double>::max() ? y : x)
               : (x == 0 ? -std::numeric_limits<double>::infinity()
                         : std::numeric_limits<double>::quiet_NaN());
}

/// x^y for x >= 0.
inline double power(double x, double y) {
  return y == 0 ? 1 : x == 0 ? 0 : exp(y * log(x));
}

inline double logistic(double x) {
  return 1 / (1 + exp(-x));
}
inline double logit(double p) {
  return log(p / (1 - p));
}
inline double clamp(double x, double lo, double hi) {
  return x < lo ? lo : x > hi ? hi : x;
}
inline double clamp01(double x) {
  return clamp(x, 0, 1);
}

/// Probability that an event of intensity `per_year` happens within a month.
inline double monthly(double per_year) {
  return 1 - exp(-per_year / 12);
}

/// Value of one unit a year for `years` years at a yearly rate (discounting plus churn).
inline double annuity(double years, double rate) {
  return rate * years < 1e-8 ? years : (1 - exp(-rate * years)) / rate;
}

/// x on the grid of multiples of 2^-32, where sums of up to 2^21 are exact in any order.
inline double on_grid(double x) {
  constexpr double kShift = 0x1.8p20;  // one unit in the last place of numbers near it is 2^-32
  return (x + kShift) - kShift;
}

/// The quantile of the standard normal distribution, 0 < u < 1. Wichura, Applied Statistics 37
/// (1988), algorithm AS 241 (PPND16): relative error about 1e-16.
double normal_quantile(double u);

}  // namespace partnersim
