// What a change does to a value: set it, add to it, multiply it.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "scenario/units.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kLongestMove = 200;  // bytes

bool is_rate(Unit unit) {
  return unit == Unit::per_year || unit == Unit::per_month;
}

std::string_view period_of(Unit unit) {
  return unit == Unit::per_month ? " per month" : " per year";
}

std::optional<Move> refuse(Fault& fault, std::string code, std::string message, std::string hint) {
  fault = {std::move(code), std::move(message), std::move(hint)};
  return std::nullopt;
}

// x1.1, from behind the x.
std::optional<Move> read_factor(std::string_view text, std::string_view whole, Fault& fault) {
  const auto amount = take_apart(text);
  if (!amount || amount->sign != '\0' || !amount->before.empty() || !amount->words.empty()) {
    return refuse(fault, "E-FACTOR", fmt::format("{} is not a factor", in_quotes(whole)),
                  "a factor is written x1.1 or x0.95");
  }
  const auto decimal = plain_decimal(amount->digits, whole, fault);
  const auto factor = decimal ? scaled(*decimal, 0, false, whole, fault) : std::nullopt;
  if (!factor) return std::nullopt;
  return Move{Move::Op::multiply, *factor};
}

// The factor that a percentage with its sign stands for, as text: 1.05 for +5%.
std::optional<double> factor_of(const Amount& amount, std::string_view whole, Fault& fault) {
  const auto decimal = plain_decimal(amount.digits, whole, fault);
  const auto share =
      decimal ? scaled(*decimal, -2, amount.sign == '-', whole, fault) : std::nullopt;
  if (!share) return std::nullopt;
  if (*share < -1) {
    fault = {"E-FACTOR", fmt::format("{} would make the value negative", in_quotes(whole)), ""};
    return std::nullopt;
  }
  return 1 + *share;
}

// +5%: of the value where a percentage cannot be its unit; refused where it can.
std::optional<Move> read_percent(const Amount& amount, Unit unit, std::string_view whole,
                                 Fault& fault) {
  const auto factor = factor_of(amount, whole, fault);
  if (!factor) return std::nullopt;
  const bool more = amount.sign == '+';
  if (unit != Unit::share && !is_rate(unit)) return Move{Move::Op::multiply, *factor};
  const std::string digits(amount.digits);
  const std::string points = unit == Unit::share
                                 ? fmt::format("{}{} points", amount.sign, digits)
                                 : fmt::format("{}{}%{}", amount.sign, digits, period_of(unit));
  return refuse(
      fault, "E-AMBIGUOUS-CHANGE",
      unit == Unit::share
          ? fmt::format("{} on a share is either {} points {} or {} % of it {}", in_quotes(whole),
                        digits, more ? "more" : "less", digits, more ? "more" : "less")
          : fmt::format("{} on a rate is either {}%{} {} or {} % of it {}", in_quotes(whole),
                        digits, period_of(unit), more ? "more" : "less", digits,
                        more ? "more" : "less"),
      fmt::format("write {} or x{:.15g}", points, *factor));
}

std::optional<Move> read_relative(const Amount& amount, Unit unit, std::string_view currency,
                                  std::string_view whole, Fault& fault) {
  const bool percent_only = amount.before.empty() && amount.words.size() == 1 &&
                            (amount.words[0] == "%" || lower_ascii(amount.words[0]) == "percent" ||
                             lower_ascii(amount.words[0]) == "prozent");
  if (percent_only) return read_percent(amount, unit, whole, fault);
  const auto suffix = read_suffix(amount, unit, currency, whole, fault);
  const auto value = suffix ? evaluate(amount, *suffix, unit, whole, fault) : std::nullopt;
  if (!value) {
    if (fault.hint.empty()) fault.hint = "a leading + or - changes the value; '= -0.3' is -0.3";
    return std::nullopt;
  }
  return Move{Move::Op::add, amount.sign == '-' && *value != 0 ? -*value : *value};
}

std::optional<Move> read_absolute(std::string_view text, Unit unit, std::string_view currency,
                                  Fault& fault) {
  const auto stated = read_stated(text, unit, currency, fault);
  if (!stated) return std::nullopt;
  if (stated->is_range()) {
    return refuse(fault, "E-RANGE-HERE",
                  fmt::format("a change needs one value, not the range {}", in_quotes(text)),
                  "compare or sweep two scenarios to see both ends");
  }
  return Move{Move::Op::set, stated->value};
}

}  // namespace

std::optional<Move> read_move(std::string_view text, Unit unit, std::string_view currency,
                              Fault& fault) {
  fault = {};
  const std::string plain = plain_spaces(text);
  const std::string_view whole = plain;
  if (plain.empty() || plain.size() > kLongestMove) {
    return refuse(fault, "E-VALUE", fmt::format("a value is missing; expected {}", expected(unit)),
                  "or a change of it: +4, -20k, x1.1");
  }
  if (whole.starts_with('=')) {
    return read_absolute(trimmed(whole.substr(1)), unit, currency, fault);
  }
  for (const std::string_view times : {"x", "X", "×"}) {
    if (whole.starts_with(times)) {
      return read_factor(trimmed(whole.substr(times.size())), whole, fault);
    }
  }
  const auto amount = take_apart(whole);
  const bool leads = whole.starts_with('+') || whole.starts_with('-');
  if (amount && leads && whole.find(" to ") == std::string_view::npos) {
    return read_relative(*amount, unit, currency, whole, fault);
  }
  Fault unsaid;
  const auto suffix = amount ? read_suffix(*amount, unit, currency, whole, unsaid) : std::nullopt;
  if (suffix && suffix->measure == UnitWord::points) {
    return refuse(fault, "E-AMBIGUOUS-CHANGE",
                  fmt::format("{} needs a sign in a change", in_quotes(whole)),
                  fmt::format("write +{} points, -{} points, or {}% for the value itself",
                              amount->digits, amount->digits, amount->digits));
  }
  return read_absolute(whole, unit, currency, fault);
}

std::optional<Move> read_move(const Node& node, Unit unit, std::string_view currency,
                              Diagnostics& diagnostics) {
  if (!node.is_scalar()) {
    diagnostics.error("E-VALUE", node.at,
                      fmt::format("a change needs one value; expected {}", expected(unit)),
                      "or a change of it: +4, -20k, x1.1");
    return std::nullopt;
  }
  Fault fault;
  auto move = read_move(node.text, unit, currency, fault);
  if (!move) {
    diagnostics.error(std::move(fault.code), node.at, std::move(fault.message),
                      std::move(fault.hint));
  }
  return move;
}

}  // namespace partnersim
