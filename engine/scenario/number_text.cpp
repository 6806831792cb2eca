// The shortest digits that identify a double, moved to percent by moving the decimal point, so
// that nothing is rounded.
#include "scenario/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace partnersim {
namespace {

// Three decimals can be read as thousands; a zero more says that they are decimals.
std::string unambiguous(std::string text) {
  const std::size_t point = text.find('.');
  if (point != std::string::npos && text.size() - point == 4) text += '0';
  return text;
}

// "0.065" to "6.5".
std::string hundredfold(std::string text) {
  const bool negative = text[0] == '-';
  if (negative) text.erase(0, 1);
  std::size_t point = text.find('.');
  if (point == std::string::npos) {
    if (text != "0") text += "00";
  } else {
    text.erase(point, 1);
    while (text.size() < point + 2) text += '0';
    if (text.size() > point + 2) text.insert(point + 2, 1, '.');
    const std::size_t end = std::min(text.find('.'), text.size());
    const std::size_t first = std::min(text.find_first_not_of('0'), end - 1);
    text.erase(0, first);
  }
  return negative ? "-" + text : text;
}

}  // namespace

std::string exact_text(double value, Unit unit) {
  const std::string text = fmt::format("{}", value);
  if (unit != Unit::share) return unambiguous(text);
  if (const std::size_t e = text.find('e'); e != std::string::npos) {
    return fmt::format("{}e{}%", text.substr(0, e), std::stoi(text.substr(e + 1)) + 2);
  }
  return unambiguous(hundredfold(text)) + "%";
}

std::string_view month_name(int month) {
  constexpr std::array<std::string_view, 12> kNames{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return kNames[static_cast<std::size_t>(month - 1)];
}

}  // namespace partnersim
