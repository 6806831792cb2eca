// The parameter reference, read off the tables.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "scenario/paths.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {
namespace {

std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '|') result += '\\';
    result += c;
  }
  return result;
}

std::string number(double value, const ParameterRow& row) {
  if (value == kInfinity || value == -kInfinity) return "any";
  return value_text(value, row.unit == Unit::share ? Unit::share : Unit::number, "");
}

std::string span_text(Range range, const ParameterRow& row) {
  if (!(range.lo < range.hi) || range.lo == -kInfinity) return "";
  return fmt::format("{} to {}", number(range.lo, row), number(range.hi, row));
}

std::string default_text(const ParameterRow& row) {
  if (row.size > 1) {
    std::vector<std::string> items;
    for (const double value : kSeason) items.push_back(number(value, row));
    return fmt::format("{}", fmt::join(items, " "));
  }
  if (row.value == row.value_licence) return number(row.value, row);
  return fmt::format("{}; licence {}", number(row.value, row), number(row.value_licence, row));
}

std::string evidence_text(const ParameterRow& row) {
  return fmt::format("{}{}{}", row.evidence.tag, row.evidence.source.empty() ? "" : ": ",
                     row.evidence.source);
}

std::string key_of(const Owner& owner, const ParameterRow& row) {
  const bool named = owner.path == "segments" || owner.path == "tiers" || owner.path == "offers";
  return fmt::format("{}.{}{}", shown_owner(owner.path), named ? "NAME." : "", row.key);
}

// us.offers.Cloud.price, vendor.rebate and rivals.Ares.rebate without what names an instance.
std::string general(std::string_view key) {
  std::string text = lower_ascii(trimmed(key));
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"vendor.", "us."},
                                 {"rival.", "us."},
                                 {"offers.", "us.offers."},
                                 {"tiers.", "us.tiers."},
                                 {"markets.", "market."}}) {
    if (text.starts_with(from)) text = std::string(to) + text.substr(from.size());
  }
  return text;
}

bool is_meant(const Owner& owner, const ParameterRow& row, const std::string& asked) {
  const std::string key = lower_ascii(key_of(owner, row));
  const std::string front = shown_owner(owner.path) + ".";
  const std::string tail = "." + std::string(row.key);
  if (asked == row.key || asked == key) return true;
  return asked.starts_with(front) && asked.ends_with(tail) &&
         (asked.size() + 1 == front.size() + tail.size() ||
          asked.find('.', front.size()) == asked.size() - tail.size());
}

std::string help_text(const Owner& owner, const ParameterRow& row) {
  std::string text = fmt::format("{}\n  {}\n", key_of(owner, row), row.meaning);
  const auto add = [&](std::string_view what, const std::string& value) {
    if (!value.empty()) text += fmt::format("  {:<10}{}\n", what, value);
  };
  add("default", default_text(row));
  add("unit", std::string(unit_name(row.unit)));
  add("plausible", span_text(row.evidence.plausible, row));
  add("possible", span_text(row.bounds, row));
  add("class", std::string(class_name(row.kind)));
  add("evidence", evidence_text(row));
  return text;
}

}  // namespace

std::string parameter_reference() {
  std::string text =
      "# Parameters\n\n"
      "Written by `partnersim parameters`; do not edit. Classes: a *lever* is decided, what is "
      "*uncertain* is drawn, *world* shapes partners and links before anything is drawn, a "
      "*constant* is a numerical choice. Evidence: A primary source, B several secondary sources, "
      "C one secondary source, K unverified, asm our assumption, cal set so that the stylised "
      "facts "
      "come out, num numerical.\n";
  for (const Owner& owner : owners()) {
    text += fmt::format("\n## {}\n\n", shown_owner(owner.path));
    text += "| parameter | default | unit | plausible | possible | class | evidence | meaning |\n";
    text += "|---|---|---|---|---|---|---|---|\n";
    for (const ParameterRow& row : owner.rows) {
      text += fmt::format("| `{}` | {} | {} | {} | {} | {} | {} | {} |\n", key_of(owner, row),
                          default_text(row), unit_name(row.unit),
                          span_text(row.evidence.plausible, row), span_text(row.bounds, row),
                          class_name(row.kind), cell(evidence_text(row)), cell(row.meaning));
    }
  }
  return text;
}

std::string parameter_help(std::string_view key) {
  const std::string asked = general(key);
  std::string text;
  std::vector<std::string> names;
  for (const Owner& owner : owners()) {
    for (const ParameterRow& row : owner.rows) {
      names.push_back(key_of(owner, row));
      names.emplace_back(row.key);
      if (is_meant(owner, row, asked)) text += (text.empty() ? "" : "\n") + help_text(owner, row);
    }
  }
  if (!text.empty()) return text;
  const std::string near = nearest(key, names);
  text = fmt::format("There is no parameter {}.", in_quotes(key));
  if (!near.empty()) text += fmt::format(" Did you mean '{}'?", near);
  return text + "\n";
}

}  // namespace partnersim
