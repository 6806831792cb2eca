// Values and distributions as people write them.
#include <fmt/format.h>

#include <cmath>

#include "scenario/scenario.hpp"

namespace partnersim {
namespace {

// Up to six significant digits, thousands separated.
std::string digits(double value) {
  const double size = std::fabs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return fmt::format("{:.6g}", value);
  const int before = size >= 1 ? static_cast<int>(std::floor(std::log10(size))) + 1 : 1;
  std::string text = fmt::format("{:.{}f}", value, before < 6 ? 6 - before : 0);
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

}  // namespace

std::string value_text(double value, Unit unit, const std::string& currency) {
  switch (unit) {
    case Unit::share:
      return digits(value * 100) + " %";
    case Unit::money:
      return digits(value) + (currency.empty() ? "" : " " + currency);
    case Unit::count:
    case Unit::number:
      return digits(value);
    case Unit::months:
    case Unit::years:
    case Unit::per_year:
    case Unit::per_month:
    case Unit::hours:
      return fmt::format("{} {}", digits(value), unit_name(unit));
  }
  return digits(value);
}

std::string distribution_text(const Setting& setting, const std::string& currency) {
  const Distribution& d = setting.distribution;
  const Unit unit = row_of(setting.address).unit;
  if (d.form == Distribution::Form::fixed) return "fixed";
  return fmt::format("{}, median {}, 90 % within {} to {}", d.name(),
                     value_text(d.quantile(0.5), unit, currency),
                     value_text(d.quantile(0.05), unit, currency),
                     value_text(d.quantile(0.95), unit, currency));
}

}  // namespace partnersim
