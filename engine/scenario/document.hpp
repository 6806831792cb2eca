// YAML (or JSON) text as a tree in which every value knows its place. Types are not guessed: a
// scalar is its text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/diagnostics.hpp"

namespace partnersim {

struct Node {
  enum class Kind { scalar, list, map };
  struct Entry;

  Kind kind = Kind::scalar;
  std::string text;     // scalar; empty for a value that was left out
  bool quoted = false;  // scalar in quotes or a block of text
  Location at;
  std::vector<Node> items;     // list
  std::vector<Entry> entries;  // map, in file order

  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }
  bool is_empty() const { return is_scalar() && text.empty() && !quoted; }

  /// The value of a key; null when this is no map or has no such key.
  const Node* find(std::string_view key) const;
  Node* find(std::string_view key);
  const Entry* find_entry(std::string_view key) const;

  /// The scalar under `name`; null when there is none: what lists are merged and addressed by.
  const std::string* name() const;
};

struct Node::Entry {
  std::string key;
  Location at;  // of the key
  Node value;
};

/// `at` has length 1: the first character of the list or map.
inline constexpr std::size_t kMaxDocumentBytes = std::size_t{16} << 20;
inline constexpr int kMaxDocumentDepth = 64;

/// `text` must be what was given to add_source for `file`. Faults of YAML itself, and what we do
/// not allow of it (aliases, anchors, tags, duplicate keys, keys that are no text, a second
/// document), are reported; nullopt when the text ends in one of the former or is empty.
std::optional<Node> parse_document(std::string_view text, std::uint32_t file,
                                   Diagnostics& diagnostics);

}  // namespace partnersim
