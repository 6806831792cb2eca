// Reading of the keys that are no parameters, with the messages all of them share.
#include "scenario/keys.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace partnersim {
namespace {

// Letters of any script: what is left when signs, spaces and punctuation are taken away.
bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  const bool sign = c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c < 0x2C00) ||
                    (c >= 0x2E00 && c < 0x2E80) || (c >= 0x3000 && c < 0x3005) ||
                    (c >= 0x3008 && c < 0x3021) || (c >= 0xE000 && c < 0xF900) ||
                    (c >= 0xFE10 && c < 0xFE70) || (c >= 0xFF00 && c < 0xFF10) ||
                    (c >= 0xFFF0 && c < 0x10000) || (c >= 0x1F000 && c < 0x20000) || c >= 0xE0000;
  return !sign && !is_control(c);
}

// What may follow `prefix` in the keys of rows: "cloud" for cloud.start.
std::vector<std::string> heads(std::span<const ParameterRow> rows, std::string_view prefix) {
  std::vector<std::string> result;
  for (const ParameterRow& row : rows) {
    if (!row.key.starts_with(prefix)) continue;
    std::string_view head = row.key.substr(prefix.size());
    head = head.substr(0, head.find('.'));
    if (result.empty() || result.back() != head) result.emplace_back(head);
  }
  return result;
}

class KeyCheck {
 public:
  KeyCheck(std::span<const KeyRow> keys, std::span<const ParameterRow> rows, std::string_view what,
           Diagnostics& diagnostics)
      : keys_(keys), rows_(rows), what_(what), diagnostics_(diagnostics) {}

  void check(const Node& map, const std::string& prefix) {
    const std::vector<std::string> known = heads(rows_, prefix);
    for (const Node::Entry& entry : map.entries) {
      const KeyRow* key = prefix.empty() ? find_key(keys_, entry.key) : nullptr;
      if (std::find(known.begin(), known.end(), entry.key) != known.end()) {
        descend(entry, prefix + entry.key);
      } else if (key == nullptr) {
        unknown(entry, prefix, known);
      } else if (key->holds == Holds::nothing_yet) {
        diagnostics_.error("E-NOT-YET", entry.at,
                           fmt::format("'{}' is not supported by this version", entry.key));
      }
    }
  }

 private:
  void descend(const Node::Entry& entry, const std::string& path) {
    const bool group = std::none_of(rows_.begin(), rows_.end(),
                                    [&](const ParameterRow& row) { return row.key == path; });
    if (!group || entry.value.is_empty()) return;
    if (entry.value.is_map()) return check(entry.value, path + ".");
    diagnostics_.error(
        "E-VALUE", entry.value.at,
        fmt::format("'{}' is a group of parameters, not one value", path),
        fmt::format("write {}: {{{}: ...}}", path, heads(rows_, path + ".").front()));
  }

  void unknown(const Node::Entry& entry, const std::string& prefix,
               std::vector<std::string> known) {
    if (prefix.empty()) {
      for (const KeyRow& key : keys_) known.emplace_back(key.key);
    }
    diagnostics_.error("E-UNKNOWN-KEY", entry.at,
                       fmt::format("unknown key {} in {}", in_quotes(prefix + entry.key), what_),
                       did_you_mean(entry.key, known));
  }

  std::span<const KeyRow> keys_;
  std::span<const ParameterRow> rows_;
  std::string_view what_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::vector<std::string> words_of(std::string_view words) {
  std::vector<std::string> result;
  for (std::size_t at = 0; at <= words.size();) {
    const std::size_t end = std::min(words.find('|', at), words.size());
    result.emplace_back(words.substr(at, end - at));
    at = end + 1;
  }
  return result;
}

const KeyRow* find_key(std::span<const KeyRow> keys, std::string_view key) {
  for (const KeyRow& row : keys) {
    if (row.key == key) return &row;
  }
  return nullptr;
}

void report(Fault fault, Location at, Diagnostics& diagnostics) {
  diagnostics.error(std::move(fault.code), at, std::move(fault.message), std::move(fault.hint));
}

void forward(const Diagnostics& from, Diagnostics& to) {
  for (const Diagnostic& one : from.all()) {
    const bool known = std::any_of(to.all().begin(), to.all().end(), [&](const Diagnostic& other) {
      return other.at == one.at && other.code == one.code && other.message == one.message;
    });
    if (known) continue;
    if (one.severity == Severity::error) {
      to.error(one.code, one.at, one.message, one.hint);
    } else {
      to.warning(one.code, one.at, one.message, one.hint);
    }
  }
}

bool told(const Diagnostics& diagnostics, Location at) {
  return std::any_of(
      diagnostics.all().begin(), diagnostics.all().end(), [&](const Diagnostic& one) {
        return one.severity == Severity::error && at.line > 0 && one.at.file == at.file &&
               one.at.line == at.line && one.at.column == at.column;
      });
}

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& names,
                         const std::string& otherwise) {
  const std::string near = nearest(wanted, names);
  return near.empty() ? otherwise : fmt::format("did you mean '{}'?", near);
}

bool check_keys(const Node& map, std::span<const KeyRow> keys, std::span<const ParameterRow> rows,
                std::string_view what, Diagnostics& diagnostics) {
  if (!map.is_map()) {
    if (map.is_empty()) return true;
    diagnostics.error("E-VALUE", map.at, fmt::format("{} needs keys and values", what),
                      keys.empty() ? "" : fmt::format("such as {}: ...", keys.front().key));
    return false;
  }
  KeyCheck(keys, rows, what, diagnostics).check(map, "");
  for (const KeyRow& key : keys) {
    if (!key.required || map.find(key.key) != nullptr) continue;
    diagnostics.error("E-MISSING", map.at, fmt::format("'{}' is missing in {}", key.key, what),
                      key.words.empty()
                          ? std::string(key.meaning)
                          : fmt::format("one of {}", fmt::join(words_of(key.words), ", ")));
  }
  return true;
}

std::optional<std::string> read_text(const Node& map, std::string_view key,
                                     Diagnostics& diagnostics) {
  const Node* node = map.find(key);
  if (node == nullptr) return std::nullopt;
  if (node->is_scalar()) return node->text;
  diagnostics.error("E-VALUE", node->at, fmt::format("'{}' needs one value", key));
  return std::nullopt;
}

std::optional<std::size_t> read_word(const Node& map, const KeyRow& row, Diagnostics& diagnostics) {
  const auto text = read_text(map, row.key, diagnostics);
  if (!text) return std::nullopt;
  const std::vector<std::string> words = words_of(row.words);
  const auto found = std::find(words.begin(), words.end(), lower_ascii(*text));
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  diagnostics.error("E-WORD", map.find(row.key)->at,
                    fmt::format("{} is not possible for '{}'", in_quotes(*text), row.key),
                    did_you_mean(*text, words, fmt::format("one of {}", fmt::join(words, ", "))));
  return std::nullopt;
}

bool check_name(const std::string& name, Location at, Diagnostics& diagnostics) {
  bool good = !name.empty() && trimmed(name).size() == name.size();
  for (std::size_t i = 0; good && i < name.size();) {
    const Character next = character_at(name, i);
    good = next.bytes > 0 && (is_letter(next.value) || (next.value >= '0' && next.value <= '9') ||
                              next.value == ' ' || next.value == '_' || next.value == '-');
    i += std::max<std::size_t>(next.bytes, 1);
  }
  if (!good) {
    diagnostics.error("E-NAME", at, fmt::format("{} cannot be a name", in_quotes(name)),
                      "names are made of letters, digits, space, _ and -");
  }
  return good;
}

}  // namespace partnersim
