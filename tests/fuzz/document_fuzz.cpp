// Any bytes as a scenario document, and as the right side of --set.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/text.hpp"
#include "scenario/document.hpp"
#include "scenario/overlay.hpp"

using namespace partnersim;

namespace {

// Every place lies in the text; every key is there once.
void check(const Node& node, int depth) {
  if (depth > kMaxDocumentDepth || node.at.line == 0 || node.at.column == 0) __builtin_trap();
  for (const Node& item : node.items) check(item, depth + 1);
  for (const Node::Entry& entry : node.entries) {
    if (!entry.key.empty() && node.find(entry.key) != &entry.value) __builtin_trap();
    check(entry.value, depth + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Diagnostics diagnostics;
  const auto file = diagnostics.add_source("fuzz.yaml", std::string(text));
  auto root = parse_document(text, file, diagnostics);
  if (root) check(*root, 0);
  if (!root && !diagnostics.has_errors()) __builtin_trap();
  Node target = root ? *root : Node{};
  const std::size_t errors = diagnostics.error_count();
  if (!apply_set(target, text, diagnostics) && diagnostics.error_count() == errors) {
    __builtin_trap();
  }
  if (invalid_utf8(diagnostics.render())) __builtin_trap();
  return 0;
}
