// The kinds of quantities a parameter or a column may hold, each with one canonical unit.
#pragma once

#include <string_view>

namespace partnersim {

enum class Unit { share, money, count, number, months, years, per_year, per_month, hours };

/// What the parameter reference and messages call it; money is shown with the scenario's currency.
constexpr std::string_view unit_name(Unit unit) {
  switch (unit) {
    case Unit::share:
      return "share";
    case Unit::money:
      return "money";
    case Unit::count:
      return "count";
    case Unit::number:
      return "number";
    case Unit::months:
      return "months";
    case Unit::years:
      return "years";
    case Unit::per_year:
      return "per year";
    case Unit::per_month:
      return "per month";
    case Unit::hours:
      return "hours";
  }
  return "";
}

}  // namespace partnersim
