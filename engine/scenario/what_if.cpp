#include "scenario/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "scenario/yaml_text.hpp"

namespace partnersim {
namespace {

/// The two sides of the first = that stands outside of quotes; without one `value` is empty.
struct Assignment {
  std::string_view path, value;
  std::size_t value_at = 0;  // bytes before the value
};

Assignment take_apart(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] != '=' || quoted) continue;
    const std::string_view right = text.substr(i + 1);
    const std::size_t blanks = std::min(right.find_first_not_of(" \t"), right.size());
    return {trimmed(text.substr(0, i)), trimmed(right), i + 1 + blanks};
  }
  return {trimmed(text), {}, 0};
}

Node scalar_node(std::string_view text, Location at) {
  Node node;
  node.text = text;
  node.at = at;
  return node;
}

/// One assignment into the map `set`.
void add_assignment(const std::string& text, Node& set, Diagnostics& diagnostics) {
  const std::uint32_t file = diagnostics.add_source("argument", text);
  const Assignment parts = take_apart(text);
  const Location all = place_in_line(file, text, 0, text.size());
  if (text.find_first_of("\r\n") != std::string::npos) {
    diagnostics.error("E-SET", {file, 1, 1, 1}, "an assignment is one line");
  } else if (parts.path.empty() || parts.value.empty()) {
    diagnostics.error("E-SET", all, "a what-if sets a value with =",
                      "such as us.rebate=+2 points, us.offers.Cloud.price=24k");
  } else if (set.find(parts.path) != nullptr) {
    diagnostics.error("E-SET", all, fmt::format("{} is set twice", in_quotes(parts.path)));
  } else {
    const std::size_t path_at = text.find(parts.path);
    set.entries.push_back(
        {std::string(parts.path), place_in_line(file, text, path_at, parts.path.size()),
         scalar_node(parts.value, place_in_line(file, text, parts.value_at, parts.value.size()))});
  }
}

std::string title_of(const WhatIf& what_if) {
  std::string title = fmt::format("What if {}", fmt::join(what_if.sets, ", "));
  if (!what_if.from.empty()) title += " from " + what_if.from;
  if (!what_if.to.empty()) title += " to " + what_if.to;
  return title;
}

}  // namespace

void lay_over(Node& root, const WhatIf& what_if, Diagnostics& diagnostics) {
  Node change;
  change.kind = Node::Kind::map;
  const auto add_month = [&](const char* key, const std::string& text) {
    const std::uint32_t file = diagnostics.add_source(fmt::format("--{}", key), text);
    const Location at = place_in_line(file, text, 0, text.size());
    change.entries.push_back({key, at, scalar_node(text, at)});
  };
  const Node* start = root.find("start");
  if (!what_if.from.empty()) {
    add_month("from", what_if.from);
  } else if (start != nullptr) {
    change.entries.push_back({"from", start->at, *start});
  }
  if (!what_if.to.empty()) add_month("to", what_if.to);
  Node set;
  set.kind = Node::Kind::map;
  const std::size_t before = diagnostics.error_count();
  for (const std::string& text : what_if.sets) add_assignment(text, set, diagnostics);
  if (diagnostics.error_count() > before && set.entries.empty()) return;
  change.entries.push_back({"set", {}, std::move(set)});

  if (Node* title = root.find("title")) {
    *title = scalar_node(title_of(what_if), title->at);
  } else {
    root.entries.push_back({"title", {}, scalar_node(title_of(what_if), {})});
  }
  Node* changes = root.find("changes");
  if (changes == nullptr) {
    root.entries.push_back({"changes", {}, {}});
    changes = &root.entries.back().value;
  }
  if (changes->is_empty()) changes->kind = Node::Kind::list;
  if (changes->is_list()) changes->items.push_back(std::move(change));
}

std::string what_if_yaml(const WhatIf& what_if, const std::string& base,
                         const std::string& first_month) {
  std::string text = fmt::format("extends: {}\ntitle: {}\nchanges:\n  - from: {}\n",
                                 yaml_scalar(base), yaml_scalar(title_of(what_if)),
                                 yaml_scalar(what_if.from.empty() ? first_month : what_if.from));
  if (!what_if.to.empty()) text += fmt::format("    to: {}\n", yaml_scalar(what_if.to));
  text += "    set:\n";
  for (const std::string& set : what_if.sets) {
    const Assignment parts = take_apart(set);
    text += fmt::format("      {}: {}\n", yaml_scalar(std::string(parts.path)),
                        yaml_scalar(std::string(parts.value)));
  }
  return text;
}

}  // namespace partnersim
