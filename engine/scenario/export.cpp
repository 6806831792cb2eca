// Columns are found once, and the form of each is decided from all its values before any is read.
#include "scenario/export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/text.hpp"
#include "scenario/keys.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kCurrencies[] = {"EUR", "CHF", "USD", "GBP"};

// Base letters of what German keyboards have beyond ASCII.
char base_letter(char32_t c) {
  switch (c) {
    case U'ä':
    case U'Ä':
    case U'à':
    case U'á':
      return 'a';
    case U'ö':
    case U'Ö':
      return 'o';
    case U'ü':
    case U'Ü':
      return 'u';
    case U'é':
    case U'è':
    case U'É':
      return 'e';
    default:
      return '\0';
  }
}

bool is_currency(std::string_view unit) {
  Fault ignored;
  return !unit.empty() && read_number(fmt::format("1 {}", unit), Unit::money, "", ignored);
}

/// `Umsatz (TEUR)`, `Umsatz [CHF]` and `Umsatz in EUR` are a name and a unit.
std::pair<std::string_view, std::string_view> split_unit(std::string_view header) {
  for (const auto& [open, close] : {std::pair{'(', ')'}, std::pair{'[', ']'}}) {
    const std::size_t at = header.rfind(open);
    if (at == std::string_view::npos || !header.ends_with(close)) continue;
    const std::string_view unit = header.substr(at + 1, header.size() - at - 2);
    if (is_currency(unit)) return {trimmed(header.substr(0, at)), unit};
  }
  const std::size_t in = header.rfind(" in ");
  if (in == std::string_view::npos || !is_currency(header.substr(in + 4))) return {header, {}};
  return {trimmed(header.substr(0, in)), header.substr(in + 4)};
}

/// Three numbers of a date and what stands between them.
struct DateParts {
  std::array<int, 3> numbers{};
  bool year_first = false;
  char separator = '\0';
};

std::optional<DateParts> date_parts(std::string_view text) {
  text = text.substr(0, text.find_first_of(" T"));  // a time of day may follow
  DateParts parts;
  std::size_t part = 0, digits = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (++digits > 4) return std::nullopt;
      parts.numbers[part] = parts.numbers[part] * 10 + (c - '0');
      if (part == 0 && digits == 4) parts.year_first = true;
      continue;
    }
    const bool fits = c == '.' || c == '/' || c == '-';
    if (!fits || digits == 0 || ++part > 2 || (part == 2 && c != parts.separator)) {
      return std::nullopt;
    }
    parts.separator = c;
    digits = 0;
  }
  if (part != 2 || digits == 0) return std::nullopt;
  if (!parts.year_first && parts.numbers[2] < 100) {
    parts.numbers[2] += parts.numbers[2] < 70 ? 2000 : 1900;
  }
  return parts;
}

std::optional<Day> day_of(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || year < 1900 || year > 2200) return std::nullopt;
  return Day(date);
}

/// 12/31/2026 or 31/12/2026: only other dates of the column tell.
bool has_open_order(const DateParts& parts) {
  return !parts.year_first && parts.separator != '.';
}

/// Where the first of `names`, separated by |, stands in a folded header.
std::optional<std::size_t> find_name(std::string_view names,
                                     const std::vector<std::string>& header) {
  for (const std::string& name : words_of(names)) {
    const auto found = std::find(header.begin(), header.end(), folded(name));
    if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
  }
  return std::nullopt;
}

std::vector<std::string> names_of(std::span<const ColumnSpec> columns) {
  std::vector<std::string> names;
  for (const ColumnSpec& column : columns) names.emplace_back(column.name);
  return names;
}

}  // namespace

std::string folded(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = character_at(text, at);
    const std::size_t bytes = std::max<std::size_t>(next.bytes, 1);
    if (next.value == U'ß') {
      result += "ss";
    } else if (const char base = base_letter(next.value); base != '\0') {
      result += base;
    } else if (next.value >= 0x80) {
      result += text.substr(at, bytes);
    } else {
      const std::string c = lower_ascii(text.substr(at, bytes));
      const bool kept = (c[0] >= 'a' && c[0] <= 'z') || (c[0] >= '0' && c[0] <= '9');
      const bool umlaut = c[0] == 'e' && !result.empty() &&
                          std::string_view("aou").find(result.back()) != std::string_view::npos;
      if (kept && !umlaut) result += c;  // ae, oe and ue are ä, ö and ü
    }
    at += bytes;
  }
  return result;
}

bool is_one_of(std::string_view word, std::string_view words) {
  const std::string wanted = folded(word);
  const std::vector<std::string> list = words_of(words);
  return std::any_of(list.begin(), list.end(), [&](const std::string& one) {
    return one == word || (!wanted.empty() && folded(one) == wanted);
  });
}

std::optional<MappedColumn> read_mapped(std::string_view text, Location at,
                                        Diagnostics& diagnostics) {
  const std::size_t equals = text.rfind('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
    diagnostics.error("E-MAP", at, fmt::format("{} maps no column", in_quotes(text)),
                      "such as 'Umsatz=revenue_12m': the name in the file, then ours");
    return std::nullopt;
  }
  return MappedColumn{std::string(trimmed(text.substr(0, equals))),
                      std::string(trimmed(text.substr(equals + 1))), at};
}

void check_mapped(const MappedColumn& mapped,
                  std::initializer_list<std::span<const ColumnSpec>> tables,
                  Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const auto& table : tables) {
    for (std::string& name : names_of(table)) names.push_back(std::move(name));
  }
  if (std::find(names.begin(), names.end(), mapped.to) != names.end()) return;
  diagnostics.error(
      "E-MAP", mapped.at, fmt::format("there is no column {}", in_quotes(mapped.to)),
      did_you_mean(mapped.to, names, fmt::format("one of {}", fmt::join(names, ", "))));
}

Export::Export(const Csv& csv, std::span<const ColumnSpec> columns,
               std::span<const MappedColumn> map, std::string currency, Diagnostics& diagnostics)
    : csv_(csv),
      columns_(columns),
      currency_(std::move(currency)),
      diagnostics_(diagnostics),
      at_(columns.size()),
      forms_(columns.size()) {
  find_columns(map);
  find_rows();
  for (std::size_t c = 0; c < columns_.size(); ++c) find_form(c);
  warn_of_revenue();
}

void Export::find_columns(std::span<const MappedColumn> map) {
  std::vector<std::string> header, units;
  for (const std::string& whole : csv_.header) {
    const auto [name, unit] = split_unit(whole);
    names_.emplace_back(name);
    header.push_back(folded(name));
    units.emplace_back(unit);
  }
  // What is mapped to one column is no other one.
  std::vector<std::string> free = header;
  for (const MappedColumn& mapped : map) {
    if (std::ranges::find(columns_, mapped.to, &ColumnSpec::name) == columns_.end()) continue;
    const auto column = find_name(mapped.from, header);
    if (!column) {
      diagnostics_.error("E-MAP", mapped.at,
                         fmt::format("there is no column {} in the file", in_quotes(mapped.from)),
                         did_you_mean(mapped.from, csv_.header,
                                      fmt::format("there is {}", fmt::join(csv_.header, ", "))));
      complete_ = false;
      continue;
    }
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c].name == mapped.to) at_[c] = *column;
    }
    free[*column].clear();
  }
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const ColumnSpec& column = columns_[c];
    if (!at_[c]) at_[c] = find_name(fmt::format("{}|{}", column.name, column.others), free);
    if (at_[c]) free[*at_[c]].clear();
    if (at_[c]) forms_[c].unit = units[*at_[c]];
    if (at_[c] || !column.required) continue;
    const std::string near = nearest(column.name, csv_.header);
    diagnostics_.error("E-COLUMN", csv_.header_at[0],
                       fmt::format("the column '{}' is missing", column.name),
                       near.empty() ? fmt::format("there is {}; --map 'X={}' says which it is",
                                                  fmt::join(csv_.header, ", "), column.name)
                                    : fmt::format("did you mean '{}'?", near));
    complete_ = false;
  }
}

// A row of sums: a cell is one of the words for it, and it is no whole row otherwise.
void Export::find_rows() {
  for (std::size_t row = 0; row < csv_.rows(); ++row) {
    bool lacks = false, total = false;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (!columns_[c].required || !has(c)) continue;
      const std::string_view cell = text(row, c);
      lacks = lacks || cell.empty() || is_one_of(cell, kTotalWords);
    }
    for (std::size_t c = 0; lacks && c < csv_.columns() && !total; ++c) {
      total = is_one_of(csv_.text(row, c), kTotalWords);
    }
    if (!total) {
      rows_.push_back(row);
      continue;
    }
    diagnostics_.warning("W-TOTAL", csv_.row_at(row), "this row holds totals", "it is left out");
  }
}

void Export::find_form(std::size_t column) {
  const CellKind kind = columns_[column].holds;
  if (!has(column)) return;
  if (kind == CellKind::date) return find_order(column);
  if (kind != CellKind::number && kind != CellKind::money) return;
  find_mark(column);
  Fault fault;
  if (kind == CellKind::money && !forms_[column].unit.empty() &&
      !read_number(fmt::format("1 {}", forms_[column].unit), Unit::money, currency_, fault)) {
    fault.message = fmt::format("the column {} is in {}, the scenario in {}",
                                in_quotes(names_[*at_[column]]), forms_[column].unit, currency_);
    report(fault, csv_.header_at[*at_[column]], diagnostics_);
    at_[column].reset();
  }
}

void Export::find_mark(std::size_t column) {
  Form& form = forms_[column];
  std::size_t first = 0;
  for (const std::size_t row : rows_) {
    const DecimalMark mark = decimal_mark_of(plain_spaces(text(row, column)));
    if (mark == DecimalMark::unknown || mark == form.mark) continue;
    if (form.mark == DecimalMark::unknown) {
      form.mark = mark;
      first = row;
      continue;
    }
    diagnostics_.error(
        "E-NUMBER-FORMS", at(row, column),
        fmt::format("{} and {} in one column: one has a decimal comma, the other a decimal point",
                    in_quotes(text(first, column)), in_quotes(text(row, column))),
        fmt::format("the first one is in line {}; write all numbers of a column alike",
                    at(first, column).line));
    at_[column].reset();
    return;
  }
}

void Export::find_order(std::size_t column) {
  Form& form = forms_[column];
  std::size_t first = 0;
  for (const std::size_t row : rows_) {
    const auto parts = date_parts(text(row, column));
    if (!parts || !has_open_order(*parts)) continue;
    const DayOrder order = parts->numbers[0] > 12   ? DayOrder::day_first
                           : parts->numbers[1] > 12 ? DayOrder::month_first
                                                    : DayOrder::unknown;
    if (order == DayOrder::unknown || order == form.order) continue;
    if (form.order == DayOrder::unknown) {
      form.order = order;
      first = row;
      continue;
    }
    diagnostics_.error(
        "E-DATE-FORMS", at(row, column),
        fmt::format("{} and {} in one column: one begins with the day, the other with the month",
                    in_quotes(text(first, column)), in_quotes(text(row, column))),
        fmt::format("the first one is in line {}; write all dates of a column alike",
                    at(first, column).line));
    at_[column].reset();
    return;
  }
}

std::optional<double> Export::number(std::size_t row, std::size_t column, Fault& fault) {
  Form& form = forms_[column];
  std::string value = plain_spaces(text(row, column));
  const auto amount = take_apart(value);
  if (amount && amount->words.empty() && amount->before.empty() && !form.unit.empty()) {
    value += " " + form.unit;
  }
  const Unit unit = columns_[column].holds == CellKind::money ? Unit::money : Unit::number;
  const auto number = read_number(settled(value, form.mark), unit, currency_, fault);
  if (number || fault.code != "E-AMBIGUOUS-NUMBER") return number;
  if (!form.reported) {
    fault.hint += fmt::format("; no other number in {} tells", in_quotes(names_[*at_[column]]));
    report(fault, at(row, column), diagnostics_);
    form.reported = true;
  }
  fault = {};
  return std::nullopt;
}

std::optional<Day> Export::date(std::size_t row, std::size_t column, Fault& fault) {
  Form& form = forms_[column];
  const std::string_view value = text(row, column);
  const auto parts = date_parts(value);
  std::optional<Day> day;
  if (parts) {
    const auto& [a, b, c] = parts->numbers;
    if (parts->year_first) {
      day = day_of(a, b, c);
    } else if (has_open_order(*parts) && form.order == DayOrder::unknown && a != b) {
      if (!form.reported) {
        diagnostics_.error(
            "E-AMBIGUOUS-DATE", at(row, column),
            fmt::format("{} is either {:04}-{:02}-{:02} or {:04}-{:02}-{:02}", in_quotes(value), c,
                        b, a, c, a, b),
            fmt::format("write dates as 2026-12-31 or 31.12.2026; no other date in {} tells",
                        in_quotes(names_[*at_[column]])));
        form.reported = true;
      }
      return std::nullopt;
    } else {
      const bool month_first = has_open_order(*parts) && form.order == DayOrder::month_first;
      day = month_first ? day_of(c, a, b) : day_of(c, b, a);
    }
  }
  if (!day) {
    fault = {"E-DATE", fmt::format("{} is not a date", in_quotes(value)),
             "such as 31.12.2026, 2026-12-31 or 12/31/2026"};
  }
  return day;
}

std::optional<std::string> Export::named_currency() const {
  const auto named = [](const std::string& text) -> std::optional<std::string> {
    Fault fault;
    if (read_number(text, Unit::money, "XXX", fault) || fault.code != "E-CURRENCY") {
      return std::nullopt;
    }
    for (const std::string_view currency : kCurrencies) {
      if (read_number(text, Unit::money, currency, fault)) return std::string(currency);
    }
    return std::nullopt;
  };
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (columns_[c].holds != CellKind::money || !has(c)) continue;
    if (const auto found = named("1 " + forms_[c].unit)) return found;
    for (const std::size_t row : rows_) {
      if (const auto found = named(settled(plain_spaces(text(row, c)), forms_[c].mark))) {
        return found;
      }
    }
  }
  return std::nullopt;
}

void Export::warn_of_revenue() {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (columns_[c].name != kPartnerColumns[partner_column::revenue].name || has(c)) continue;
    for (const Kept& kept : this->kept()) {
      if (!is_one_of(kept.name, kRevenueOfUnknownTime)) continue;
      diagnostics_.warning(
          "W-COLUMN", csv_.header_at[kept.column],
          fmt::format("{} is not read: revenue of which time?", in_quotes(kept.name)),
          fmt::format("if of twelve months: --map '{}={}'", csv_.header[kept.column],
                      columns_[c].name));
    }
  }
}

std::vector<Export::Kept> Export::kept() const {
  std::vector<Kept> result;
  for (std::size_t column = 0; column < csv_.columns(); ++column) {
    const auto ours = std::find(at_.begin(), at_.end(), std::optional(column));
    const auto c = static_cast<std::size_t>(ours - at_.begin());
    if (ours == at_.end()) {
      result.push_back({names_[column], column});
    } else if (columns_[c].holds == CellKind::kept) {
      result.push_back({std::string(columns_[c].name), column});
    }
  }
  return result;
}

std::string Export::detected() const {
  const std::string path = diagnostics_.source_name(csv_.file());
  std::vector<std::string> forms{csv_.encoding, std::string(delimiter_name(csv_.delimiter))};
  const auto add = [&](const char* what) {
    if (std::find(forms.begin(), forms.end(), what) == forms.end()) forms.emplace_back(what);
  };
  for (const Form& form : forms_) {
    if (form.mark == DecimalMark::comma) add("decimal comma");
    if (form.mark == DecimalMark::point) add("decimal point");
    if (form.order == DayOrder::day_first) add("day before month");
    if (form.order == DayOrder::month_first) add("month before day");
  }
  std::vector<std::string> renamed;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (!has(c) || csv_.header[*at_[c]] == columns_[c].name) continue;
    renamed.push_back(fmt::format("{} is {}", in_quotes(csv_.header[*at_[c]]), columns_[c].name));
  }
  return fmt::format("{}: {}, {} row{}{}{}", std::filesystem::path(path).filename().string(),
                     fmt::join(forms, ", "), rows_.size(), rows_.size() == 1 ? "" : "s",
                     renamed.empty() ? "" : "; ", fmt::join(renamed, ", "));
}

}  // namespace partnersim
