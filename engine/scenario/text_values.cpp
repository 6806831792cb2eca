// Values and distributions as people write them.
#include <fmt/format.h>

#include <cmath>

#include "scenario/scenario.hpp"

namespace partnersim {
namespace {

// Up to `most` significant digits, thousands separated.
std::string digits(double value, int most) {
  const double size = std::fabs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return fmt::format("{:.6g}", value);
  const int before = size > 0 ? static_cast<int>(std::floor(std::log10(size))) + 1 : 1;
  std::string text = fmt::format("{:.{}f}", value, before < most ? most - before : 0);
  if (text.find('.') != std::string::npos) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  if (text == "-0") text = "0";
  const std::size_t first = text[0] == '-' ? 1 : 0;
  std::size_t end = std::min(text.find('.'), text.size());
  while (end > first + 3) text.insert(end -= 3, ",");
  return text;
}

std::string with_unit(double value, Unit unit, const std::string& currency, int most) {
  std::string number = digits(unit == Unit::share ? value * 100 : value, most);
  if (unit == Unit::share) return number + " %";
  if (unit == Unit::money) return number + (currency.empty() ? "" : " " + currency);
  if (unit == Unit::count || unit == Unit::number) return number;
  std::string_view name = unit_name(unit);
  if (number == "1" && name.ends_with('s')) name.remove_suffix(1);
  return fmt::format("{} {}", number, name);
}

}  // namespace

std::string value_text(double value, Unit unit, const std::string& currency) {
  return with_unit(value, unit, currency, 6);
}

std::string distribution_text(const Setting& setting, const std::string& currency) {
  const Distribution& d = setting.distribution;
  const Unit unit = row_of(setting.address).unit;
  if (d.form == Distribution::Form::fixed) return "fixed";
  const auto at = [&](double p) { return with_unit(d.quantile(p), unit, currency, 3); };
  return fmt::format("{}, median {}, 90 % within {} to {}", d.name(), at(0.5), at(0.05), at(0.95));
}

}  // namespace partnersim
