// Numbers as people write them. What can be read in two ways is refused with both readings.
#include "scenario/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kLongestNumber = 64;  // characters of digits and separators

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_separator(char c) {
  return c == '.' || c == ',' || c == '\'' || c == ' ';
}

// A run of digits and what separates it from the one before ('\0' for the first).
struct Group {
  char separator;
  std::string_view digits;
};

std::vector<Group> groups_of(std::string_view digits) {
  std::vector<Group> groups;
  char separator = '\0';
  std::size_t start = 0;
  for (std::size_t i = 0; i <= digits.size(); ++i) {
    if (i < digits.size() && is_digit(digits[i])) continue;
    groups.push_back({separator, digits.substr(start, i - start)});
    if (i < digits.size()) separator = digits[i];
    start = i + 1;
  }
  return groups;
}

// True when groups[1..end) are thousands: three digits each behind one and the same separator.
bool are_thousands(const std::vector<Group>& groups, std::size_t end) {
  if (end < 2) return true;
  if (groups[0].digits.empty() || groups[0].digits.size() > 3) return false;
  return std::all_of(groups.begin() + 1, groups.begin() + static_cast<std::ptrdiff_t>(end),
                     [&](const Group& group) {
                       return group.digits.size() == 3 && group.separator == groups[1].separator;
                     });
}

// 1.234: thousands or decimals.
bool has_two_readings(const std::vector<Group>& groups) {
  return groups.size() == 2 && (groups[1].separator == '.' || groups[1].separator == ',') &&
         groups[1].digits.size() == 3 && !groups[0].digits.empty() &&
         groups[0].digits.size() <= 3 && groups[0].digits[0] != '0';
}

std::string joined(const std::vector<Group>& groups, std::size_t end) {
  std::string result;
  for (std::size_t i = 0; i < end; ++i) result += groups[i].digits;
  return result.empty() ? "0" : result;
}

// The text with its number written in another way: for hints that can be copied.
std::string rewritten(std::string_view whole, std::string_view digits, std::string_view number) {
  std::string result(whole);
  const std::size_t at = whole.find(digits);
  if (at != std::string_view::npos) result.replace(at, digits.size(), number);
  return result;
}

Fault ambiguous(std::string_view digits, const std::vector<Group>& groups, std::string_view whole) {
  const std::string thousands = joined(groups, 2);
  std::string fraction(groups[1].digits);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  const std::string decimal =
      std::string(groups[0].digits) + (fraction.empty() ? "" : "." + fraction);
  // Three decimals would be ambiguous again: a zero more says that they are decimals.
  const std::string copyable = fraction.size() == 3 ? decimal + "0" : decimal;
  return {"E-AMBIGUOUS-NUMBER",
          fmt::format("{} is either {} or {}", in_quotes(whole), thousands, decimal),
          fmt::format("write {} or {}", rewritten(whole, digits, thousands),
                      rewritten(whole, digits, copyable))};
}

Fault malformed(std::string_view digits, std::string_view whole) {
  return {"E-NUMBER", fmt::format("{} is not a number in {}", in_quotes(digits), in_quotes(whole)),
          "numbers look like 1234.5, 1'234.5, 1 234,5 or 1.234,5"};
}

// Bytes of a currency sign or another character beyond ASCII that stands for a word of its own.
std::size_t sign_length(std::string_view text, std::size_t at) {
  constexpr std::string_view kOne = "%$/~=<>()[]{}:;!?*|&#\"";
  if (kOne.find(text[at]) != std::string_view::npos) return 1;
  for (const std::string_view sign : {"€", "£", "¥", "‰"}) {
    if (text.substr(at).starts_with(sign)) return sign.size();
  }
  return 0;
}

// Words between spaces; signs are words of their own.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    std::size_t end = at + sign_length(text, at);
    if (end == at) {
      while (end < text.size() && text[end] != ' ' && sign_length(text, end) == 0) ++end;
    }
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

// Digits and what separates them, from `at`; with an exponent such as e-3.
std::size_t digits_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size()) {
    const bool inside = is_separator(text[end]) && end + 1 < text.size() && is_digit(text[end + 1]);
    if (!is_digit(text[end]) && !inside) break;
    ++end;
  }
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    std::size_t exponent = end + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    const std::size_t first = exponent;
    while (exponent < text.size() && is_digit(text[exponent])) ++exponent;
    if (exponent > first) return exponent;
  }
  return end;
}

}  // namespace

std::string plain_spaces(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = character_at(text, at);
    const std::size_t bytes = std::max<std::size_t>(next.bytes, 1);
    switch (next.value) {
      case U'\t':
      case U'\n':
      case U'\r':
      case U'\u00A0':
      case U'\u2009':
      case U'\u202F':
        result += ' ';
        break;
      case U'\u2019':
        result += '\'';
        break;
      case U'\u2212':
        result += '-';
        break;
      default:
        result += text.substr(at, bytes);
    }
    at += bytes;
  }
  return std::string(trimmed(result));
}

std::optional<Amount> take_apart(std::string_view text) {
  Amount amount;
  const std::size_t first = text.find_first_of("0123456789");
  if (first == std::string_view::npos) return std::nullopt;
  std::size_t start = first;
  // .5 is 0.5
  if (start > 0 && (text[start - 1] == '.' || text[start - 1] == ',')) --start;
  std::string_view front = text.substr(0, start);
  for (const char sign : {'+', '-'}) {
    const std::size_t at = front.find(sign);
    if (at == std::string_view::npos) continue;
    // The sign leads, or stands at the number: -€ 5, € -5.
    if (at != 0 && at + 1 != front.size()) return std::nullopt;
    amount.sign = sign;
    front = at == 0 ? front.substr(1) : front.substr(0, at);
    break;
  }
  amount.before = words_of(front);
  const std::size_t end = digits_end(text, start);
  amount.digits = text.substr(start, end - start);
  amount.words = words_of(text.substr(end));
  return amount;
}

std::optional<std::string> plain_decimal(std::string_view digits, std::string_view whole,
                                         Fault& fault) {
  if (digits.size() > kLongestNumber) {
    fault = {"E-NUMBER", fmt::format("{} has too many digits", in_quotes(whole)), ""};
    return std::nullopt;
  }
  const std::size_t e = std::min(digits.find_first_of("eE"), digits.size());
  const std::string exponent(digits.substr(e));
  const std::vector<Group> groups = groups_of(digits.substr(0, e));
  const std::size_t last = groups.size() - 1;
  const char mark = groups[last].separator;
  if (last == 0) return joined(groups, 1) + exponent;

  const bool may_be_decimal = mark == '.' || mark == ',';
  const bool differs = last >= 2 && groups[last - 1].separator != mark;
  const bool decimal = may_be_decimal && (last == 1 || differs);
  if (!decimal) {
    if (!are_thousands(groups, groups.size()) || !exponent.empty()) {
      fault = malformed(digits, whole);
      return std::nullopt;
    }
    return joined(groups, groups.size());
  }
  if (has_two_readings(groups) && exponent.empty()) {
    fault = ambiguous(digits, groups, whole);
    return std::nullopt;
  }
  const bool comma_and_exponent = mark == ',' && !exponent.empty();
  if (!are_thousands(groups, last) || comma_and_exponent || groups[last].digits.empty()) {
    fault = malformed(digits, whole);
    return std::nullopt;
  }
  return joined(groups, last) + "." + std::string(groups[last].digits) + exponent;
}

DecimalMark decimal_mark_of(std::string_view text) {
  const auto amount = take_apart(text);
  if (!amount || amount->digits.size() > kLongestNumber) return DecimalMark::unknown;
  const std::vector<Group> groups = groups_of(amount->digits);
  const char mark = groups.back().separator;
  if ((mark != '.' && mark != ',') || has_two_readings(groups)) return DecimalMark::unknown;
  const bool repeated = groups.size() > 2 && groups[groups.size() - 2].separator == mark;
  return (mark == '.') != repeated ? DecimalMark::point : DecimalMark::comma;
}

std::string settled(std::string_view text, DecimalMark mark) {
  const auto amount = take_apart(text);
  if (mark == DecimalMark::unknown || !amount || amount->digits.size() > kLongestNumber) {
    return std::string(text);
  }
  const std::vector<Group> groups = groups_of(amount->digits);
  if (!has_two_readings(groups)) return std::string(text);
  const bool decimals = (groups[1].separator == '.') == (mark == DecimalMark::point);
  // A fourth decimal says that they are decimals.
  return rewritten(
      text, amount->digits,
      decimals ? fmt::format("{}.{}0", groups[0].digits, groups[1].digits) : joined(groups, 2));
}

std::optional<double> scaled(const std::string& decimal, int exponent, bool negative,
                             std::string_view whole, Fault& fault) {
  // The power of ten goes into the text, so that 1.2M and 5% are rounded once.
  std::string text = decimal;
  long power = exponent;
  if (const std::size_t e = text.find_first_of("eE"); e != std::string::npos) {
    const std::size_t first = e + (text[e + 1] == '+' ? 2 : 1);
    long own = 0;
    const auto [end, error] = std::from_chars(text.data() + first, text.data() + text.size(), own);
    power += error == std::errc() ? std::clamp(own, -100000L, 100000L) : 100000L;
    text.resize(e);
  }
  text += fmt::format("e{}", power);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value)) {
    fault = {"E-NUMBER-RANGE",
             fmt::format("{} is beyond what can be computed with", in_quotes(whole)),
             "numbers go up to about 1e300"};
    return std::nullopt;
  }
  return negative ? -value : value;
}

}  // namespace partnersim
