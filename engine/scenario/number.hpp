// Numbers as people write them: decimal point or comma, thousands separators, multipliers, signs.
// What follows the number (its unit) is left to values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/values.hpp"

namespace partnersim {

/// A text taken apart: `+1.2 Mio. EUR per year` is sign +, digits "1.2", words {Mio., EUR, per,
/// year}.
struct Amount {
  char sign = '\0';  // + or - when written
  std::string_view digits;
  std::vector<std::string_view> before;  // currency signs in front: € 500
  std::vector<std::string_view> words;   // behind the digits; %, /, and currency signs are words
};

/// Takes a text apart; nullopt when there is not exactly one number in it.
std::optional<Amount> take_apart(std::string_view text);

/// The digits as a decimal number that std::from_chars reads ("1234.5", without sign). `whole` is
/// what the user wrote, for messages; nullopt sets `fault` (ambiguous or malformed).
std::optional<std::string> plain_decimal(std::string_view digits, std::string_view whole,
                                         Fault& fault);

/// What sets decimals apart. `1.234` alone does not tell, other numbers of its column may.
enum class DecimalMark { unknown, point, comma };

/// What the number in a text shows of it; unknown also where there is no number.
DecimalMark decimal_mark_of(std::string_view text);

/// The text with a number of two readings written so that only the reading of `mark` is left.
std::string settled(std::string_view text, DecimalMark mark);

/// `decimal` times 10^exponent, rounded once; a fault when it is no finite number.
std::optional<double> scaled(const std::string& decimal, int exponent, bool negative,
                             std::string_view whole, Fault& fault);

/// Drops spaces at both ends; non-breaking and thin spaces become spaces, U+2212 becomes -.
std::string plain_spaces(std::string_view text);

}  // namespace partnersim
