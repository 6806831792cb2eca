// The vocabulary of units, English and German, and what each kind of quantity accepts of it.
#include "scenario/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/text.hpp"

namespace partnersim {
namespace {

struct Multiplier {
  std::string_view word;
  int exponent;
};
// Lower case except K, M, T: m is million for money only, and a German Billion is 10^12, so the
// word counts in English spelling only.
constexpr std::array kMultipliers{
    Multiplier{"k", 3},          Multiplier{"K", 3},        Multiplier{"T", 3},
    Multiplier{"tsd", 3},        Multiplier{"thousand", 3}, Multiplier{"tausend", 3},
    Multiplier{"M", 6},          Multiplier{"mn", 6},       Multiplier{"mio", 6},
    Multiplier{"million", 6},    Multiplier{"millions", 6}, Multiplier{"millionen", 6},
    Multiplier{"bn", 9},         Multiplier{"mrd", 9},      Multiplier{"milliarde", 9},
    Multiplier{"milliarden", 9}, Multiplier{"billion", 9}};

struct MeasureWord {
  std::string_view word;
  UnitWord measure;
};
constexpr std::array kMeasures{MeasureWord{"%", UnitWord::percent},
                               MeasureWord{"percent", UnitWord::percent},
                               MeasureWord{"prozent", UnitWord::percent},
                               MeasureWord{"points", UnitWord::points},
                               MeasureWord{"point", UnitWord::points},
                               MeasureWord{"pp", UnitWord::points},
                               MeasureWord{"punkte", UnitWord::points},
                               MeasureWord{"punkt", UnitWord::points},
                               MeasureWord{"prozentpunkte", UnitWord::points},
                               MeasureWord{"prozentpunkt", UnitWord::points},
                               MeasureWord{"hours", UnitWord::hours},
                               MeasureWord{"hour", UnitWord::hours},
                               MeasureWord{"h", UnitWord::hours},
                               MeasureWord{"stunden", UnitWord::hours},
                               MeasureWord{"stunde", UnitWord::hours},
                               MeasureWord{"std", UnitWord::hours},
                               MeasureWord{"days", UnitWord::days},
                               MeasureWord{"day", UnitWord::days},
                               MeasureWord{"d", UnitWord::days},
                               MeasureWord{"tage", UnitWord::days},
                               MeasureWord{"tagen", UnitWord::days},
                               MeasureWord{"tag", UnitWord::days},
                               MeasureWord{"weeks", UnitWord::weeks},
                               MeasureWord{"week", UnitWord::weeks},
                               MeasureWord{"wochen", UnitWord::weeks},
                               MeasureWord{"woche", UnitWord::weeks},
                               MeasureWord{"months", UnitWord::months},
                               MeasureWord{"month", UnitWord::months},
                               MeasureWord{"monate", UnitWord::months},
                               MeasureWord{"monaten", UnitWord::months},
                               MeasureWord{"monat", UnitWord::months},
                               MeasureWord{"quarters", UnitWord::quarters},
                               MeasureWord{"quarter", UnitWord::quarters},
                               MeasureWord{"quartale", UnitWord::quarters},
                               MeasureWord{"quartal", UnitWord::quarters},
                               MeasureWord{"years", UnitWord::years},
                               MeasureWord{"year", UnitWord::years},
                               MeasureWord{"yr", UnitWord::years},
                               MeasureWord{"yrs", UnitWord::years},
                               MeasureWord{"annum", UnitWord::years},
                               MeasureWord{"jahre", UnitWord::years},
                               MeasureWord{"jahren", UnitWord::years},
                               MeasureWord{"jahr", UnitWord::years}};

struct EveryWord {
  std::string_view word;
  Every every;
};
constexpr std::array kEvery{
    EveryWord{"p.a", Every::year},          EveryWord{"yearly", Every::year},
    EveryWord{"annually", Every::year},     EveryWord{"jährlich", Every::year},
    EveryWord{"quarterly", Every::quarter}, EveryWord{"monthly", Every::month},
    EveryWord{"monatlich", Every::month},   EveryWord{"weekly", Every::week}};

struct Symbol {
  std::string_view symbol;
  std::string_view codes;
};
constexpr std::array kSymbols{Symbol{"€", "EUR"},     Symbol{"euro", "EUR"},
                              Symbol{"euros", "EUR"}, Symbol{"$", "USD CAD AUD NZD SGD HKD MXN"},
                              Symbol{"£", "GBP"},     Symbol{"¥", "JPY CNY"},
                              Symbol{"fr", "CHF"},    Symbol{"franken", "CHF"}};

std::string normal(std::string_view word) {
  if (word.size() > 1 && word.ends_with('.')) word.remove_suffix(1);
  return lower_ascii(word);
}

std::optional<int> multiplier(std::string_view word, Unit unit) {
  const std::string lower = normal(word);
  if (word == "m" && unit == Unit::money) return 6;
  for (const Multiplier& one : kMultipliers) {
    const bool german_billion = one.word == "billion" && word != "billion";
    const bool exact = one.word.size() == 1;
    if (!german_billion && (exact ? word == one.word : lower == one.word)) return one.exponent;
  }
  return std::nullopt;
}

std::optional<UnitWord> measure(std::string_view word) {
  const std::string lower = normal(word);
  for (const MeasureWord& one : kMeasures) {
    if (lower == one.word) return one.measure;
  }
  return std::nullopt;
}

std::optional<Every> every_of(UnitWord measure) {
  switch (measure) {
    case UnitWord::days:
      return Every::day;
    case UnitWord::weeks:
      return Every::week;
    case UnitWord::months:
      return Every::month;
    case UnitWord::quarters:
      return Every::quarter;
    case UnitWord::years:
      return Every::year;
    default:
      return std::nullopt;
  }
}

std::optional<Every> every(std::string_view word) {
  const std::string lower = normal(word);
  for (const EveryWord& one : kEvery) {
    if (lower == one.word) return one.every;
  }
  return std::nullopt;
}

bool is_per(std::string_view word) {
  const std::string lower = normal(word);
  return lower == "per" || lower == "/" || lower == "pro" || lower == "je" || lower == "im" ||
         lower == "a";
}

bool is_code(std::string_view word) {
  return word.size() == 3 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Words about money: a code or sign of a currency. False when it is none; a fault when it is
// another currency than the scenario's.
enum class Money { no, yes, other };
Money money_word(std::string_view word, std::string_view currency) {
  std::string_view codes;
  if (is_code(word)) codes = word;
  const std::string lower = normal(word);
  for (const Symbol& one : kSymbols) {
    if (word == one.symbol || lower == one.symbol) codes = one.codes;
  }
  if (codes.empty()) return Money::no;
  return currency.empty() || codes.find(currency) != std::string_view::npos ? Money::yes
                                                                            : Money::other;
}

// TEUR, kEUR and MEUR are a multiplier and a currency.
std::vector<std::string_view> split_glued(const std::vector<std::string_view>& words, Unit unit) {
  std::vector<std::string_view> result;
  for (const std::string_view word : words) {
    const std::size_t head = word.size() > 3 ? word.size() - 3 : 0;
    if (head > 0 && is_code(word.substr(head)) && multiplier(word.substr(0, head), unit)) {
      result.push_back(word.substr(0, head));
      result.push_back(word.substr(head));
    } else {
      result.push_back(word);
    }
  }
  return result;
}

Fault other_currency(std::string_view whole, std::string_view word, std::string_view currency) {
  return {"E-CURRENCY",
          fmt::format("{} is in {}, the scenario in {}", in_quotes(whole), word, currency),
          fmt::format("convert it to {}", currency)};
}

std::string suggestion(std::string_view word) {
  std::vector<std::string> known;
  known.reserve(kMeasures.size() + kMultipliers.size());
  for (const MeasureWord& one : kMeasures) known.emplace_back(one.word);
  for (const Multiplier& one : kMultipliers) known.emplace_back(one.word);
  const std::string near = word.size() > 2 ? nearest(word, known) : "";
  return near.empty() ? "" : fmt::format("did you mean '{}'?", near);
}

bool fits(const Suffix& suffix, bool money, Unit unit) {
  const UnitWord m = suffix.measure;
  const bool period = suffix.every != Every::none;
  const bool duration = m == UnitWord::days || m == UnitWord::weeks || m == UnitWord::months ||
                        m == UnitWord::quarters || m == UnitWord::years;
  if (money && unit != Unit::money) return false;
  switch (unit) {
    case Unit::share:
      return (m == UnitWord::none || m == UnitWord::percent || m == UnitWord::points) && !period &&
             suffix.exponent == 0;
    case Unit::money:
      return m == UnitWord::none && (!period || suffix.every == Every::year);
    case Unit::count:
    case Unit::number:
      return m == UnitWord::none && !period;
    case Unit::months:
    case Unit::years:
      return (m == UnitWord::none || duration) && !period && suffix.exponent == 0;
    case Unit::per_year:
    case Unit::per_month:
      return m == UnitWord::none || m == UnitWord::percent;
    case Unit::hours:
      return (m == UnitWord::none || m == UnitWord::hours) && !period && suffix.exponent == 0;
  }
  return false;
}

double months_in(UnitWord measure) {
  switch (measure) {
    case UnitWord::days:
      return 12.0 / 365.0;
    case UnitWord::weeks:
      return 84.0 / 365.0;
    case UnitWord::quarters:
      return 3;
    case UnitWord::years:
      return 12;
    default:
      return 1;
  }
}

double times_a_year(Every every) {
  switch (every) {
    case Every::day:
      return 365;
    case Every::week:
      return 365.0 / 7.0;
    case Every::month:
      return 12;
    case Every::quarter:
      return 4;
    default:
      return 1;
  }
}

double canonical(double value, const Suffix& suffix, Unit unit) {
  switch (unit) {
    case Unit::months:
      return value * months_in(suffix.measure);
    case Unit::years:
      return suffix.measure == UnitWord::none ? value : value * months_in(suffix.measure) / 12;
    case Unit::per_year:
      return value * times_a_year(suffix.every);
    case Unit::per_month:
      return suffix.every == Every::none ? value : value * times_a_year(suffix.every) / 12;
    default:
      return value;
  }
}

}  // namespace

std::string_view expected(Unit unit) {
  switch (unit) {
    case Unit::share:
      return "a share such as 25% or 0.25";
    case Unit::money:
      return "an amount of money such as 500k or 1.2M";
    case Unit::count:
      return "a whole number such as 18";
    case Unit::number:
      return "a number such as 1.5";
    case Unit::months:
      return "a duration such as 4.7 months or 90 days";
    case Unit::years:
      return "a duration such as 5 years or 18 months";
    case Unit::per_year:
      return "a rate such as 2 per year or 18% per year";
    case Unit::per_month:
      return "a rate such as 2 per month or 5% per month";
    case Unit::hours:
      return "hours such as 130 h";
  }
  return "";
}

Fault not_understood(std::string_view whole, std::string_view part, Unit unit) {
  Fault fault{"E-UNIT", "", ""};
  if (part.empty() || part == whole) {
    fault.message =
        fmt::format("{} is not understood; expected {}", in_quotes(whole), expected(unit));
  } else {
    fault.message = fmt::format("{} in {} is not understood; expected {}", in_quotes(part),
                                in_quotes(whole), expected(unit));
  }
  fault.hint = suggestion(part);
  const bool dash = part.size() > 1 && part[0] == '-' && part[1] >= '0' && part[1] <= '9';
  if (dash || part.starts_with("–")) fault.hint = "a range is written '3 to 5'";
  return fault;
}

std::optional<Suffix> read_suffix(const Amount& amount, Unit unit, std::string_view currency,
                                  std::string_view whole, Fault& fault) {
  Suffix suffix;
  suffix.bare = amount.words.empty() && amount.before.empty();
  int money = 0;
  const auto is_money = [&](std::string_view word) {
    const Money kind = money_word(word, currency);
    if (kind == Money::other) fault = other_currency(whole, word, currency);
    if (kind != Money::no) ++money;
    return kind;
  };
  for (const std::string_view word : amount.before) {
    if (is_money(word) == Money::yes) continue;
    if (fault.code.empty()) fault = not_understood(whole, word, unit);
    return std::nullopt;
  }
  const std::vector<std::string_view> words = split_glued(amount.words, unit);
  bool multiplied = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const auto by = multiplier(word, unit);
    const auto what = measure(word);
    const auto often = every(word);
    const std::string_view after = i + 1 < words.size() ? words[i + 1] : std::string_view();
    const UnitWord next = measure(after).value_or(UnitWord::none);
    const bool percent_points = suffix.measure == UnitWord::percent && what == UnitWord::points;
    if (by && !multiplied && suffix.measure == UnitWord::none && i == 0) {
      suffix.exponent = *by;
      multiplied = true;
    } else if (lower_ascii(word) == "percentage" && next == UnitWord::points) {
      continue;
    } else if (what && suffix.every == Every::none &&
               (suffix.measure == UnitWord::none || percent_points)) {
      suffix.measure = *what;
    } else if (often && suffix.every == Every::none) {
      suffix.every = *often;
    } else if (is_per(word) && every_of(next) && suffix.every == Every::none) {
      suffix.every = every_of(next).value_or(Every::none);
      ++i;
    } else if (const Money kind = is_money(word); kind != Money::yes) {
      if (kind == Money::no) fault = not_understood(whole, word, unit);
      return std::nullopt;
    }
  }
  if (money > 1 || !fits(suffix, money > 0, unit)) {
    fault = {"E-UNIT",
             fmt::format("{} does not fit here; expected {}", in_quotes(whole), expected(unit)),
             ""};
    return std::nullopt;
  }
  return suffix;
}

std::optional<double> evaluate(const Amount& amount, const Suffix& suffix, Unit unit,
                               std::string_view whole, Fault& fault) {
  const auto decimal = plain_decimal(amount.digits, whole, fault);
  if (!decimal) return std::nullopt;
  const bool hundredth = suffix.measure == UnitWord::percent || suffix.measure == UnitWord::points;
  const auto number = scaled(*decimal, suffix.exponent + (hundredth ? -2 : 0), false, whole, fault);
  if (!number) return std::nullopt;
  const double value = canonical(*number, suffix, unit);
  if (!std::isfinite(value)) {
    fault = {"E-NUMBER-RANGE",
             fmt::format("{} is beyond what can be computed with", in_quotes(whole)),
             "numbers go up to about 1e300"};
    return std::nullopt;
  }
  if (unit == Unit::count && value != std::floor(value)) {
    fault = {"E-NUMBER",
             fmt::format("{} is not whole; expected {}", in_quotes(whole), expected(unit)), ""};
    return std::nullopt;
  }
  if (unit == Unit::share && suffix.measure == UnitWord::none && value > 1) {
    const std::string shown = fmt::format("{:.15g}", value);
    const std::string times = fmt::format("{:.15g}", value * 100);
    fault = {"E-AMBIGUOUS-NUMBER",
             fmt::format("{} as a share is either {}% or {}%", in_quotes(whole), shown, times),
             fmt::format("write {}% or {}%", shown, times)};
    return std::nullopt;
  }
  return value;
}

}  // namespace partnersim
