// What the tests of scenario text share.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "scenario/document.hpp"

namespace partnersim {

/// A document and its faults; the source is called demo.yaml.
struct Parsed {
  Diagnostics diagnostics;
  std::optional<Node> root;

  explicit Parsed(std::string_view text) {
    const auto file = diagnostics.add_source("demo.yaml", std::string(text));
    root = parse_document(text, file, diagnostics);
  }
};

/// The tree in one line: {a: <1>, b: [<x>]}, quoted scalars as "x".
inline std::string outline(const Node& node) {
  if (node.is_scalar()) return node.quoted ? '"' + node.text + '"' : '<' + node.text + '>';
  std::string result;
  for (const Node& item : node.items) result += (result.empty() ? "" : ", ") + outline(item);
  for (const Node::Entry& entry : node.entries) {
    result += (result.empty() ? "" : ", ") + entry.key + ": " + outline(entry.value);
  }
  return node.is_list() ? "[" + result + "]" : "{" + result + "}";
}

/// The codes of all diagnostics in order of reporting, with a blank between.
inline std::string codes(const Diagnostics& diagnostics) {
  std::string result;
  for (const Diagnostic& one : diagnostics.all()) result += (result.empty() ? "" : " ") + one.code;
  return result;
}

/// A scalar as it comes out of a file.
inline Node scalar(std::string text) {
  Node node;
  node.text = std::move(text);
  node.at = {0, 1, 1, 1};
  return node;
}

}  // namespace partnersim
