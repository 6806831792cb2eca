// --set us.offers.Cloud.price=24k: one value put into the tree of a scenario.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "scenario/number.hpp"
#include "scenario/overlay.hpp"

namespace partnersim {
namespace {

struct Part {
  std::string name;
  Location at;
  bool all = false;  // an unquoted *
};

class Assignment {
 public:
  Assignment(std::string_view text, Diagnostics& diagnostics)
      : text_(text),
        file_(diagnostics.add_source("--set", std::string(text))),
        diagnostics_(diagnostics) {}

  bool apply(Node& root) {
    if (text_.find_first_of("\r\n") != std::string_view::npos) {
      return refuse(place(0, 1), "an assignment is one line", "");
    }
    if (!read_path()) return false;
    // Blanks in front keep the places of the value right.
    std::string right(count_characters(text_.substr(0, equals_ + 1)), ' ');
    right += text_.substr(equals_ + 1);
    if (trimmed(right).empty()) {
      return refuse(place(equals_, 1), "there is no value behind =", "");
    }
    auto value = parse_document(right, file_, diagnostics_);
    if (!value) return false;
    value_ = std::move(*value);
    return put(root, 0);
  }

 private:
  bool refuse(Location at, std::string message, std::string hint) {
    diagnostics_.error("E-SET", at, std::move(message), std::move(hint));
    return false;
  }

  Location place(std::size_t offset, std::size_t bytes) const {
    return place_in_line(file_, text_, offset, bytes);
  }

  bool read_path() {
    constexpr std::string_view kForm = "us.offers.Cloud.price=24k";
    std::size_t start = 0;
    for (std::size_t i = 0;; ++i) {
      if (i >= text_.size()) {
        return refuse(place(0, text_.size()),
                      "a value is set with =", fmt::format("such as {}", kForm));
      }
      if (text_[i] == '"') {
        const std::size_t close = text_.find('"', i + 1);
        if (close == std::string_view::npos) {
          return refuse(place(i, 1), "this quote is not closed", "");
        }
        i = close;
      } else if (text_[i] == '.' || text_[i] == '=') {
        if (!add_part(start, i)) return false;
        start = i + 1;
        if (text_[i] == '=') {
          equals_ = i;
          return true;
        }
      }
    }
  }

  bool add_part(std::size_t start, std::size_t end) {
    std::string_view name = trimmed(text_.substr(start, end - start));
    const std::size_t offset = name.empty() ? start : text_.find(name, start);
    const bool is_quoted = name.size() >= 2 && name.front() == '"' && name.back() == '"';
    if (is_quoted) name = name.substr(1, name.size() - 2);
    if (name.empty() || name.find('"') != std::string_view::npos) {
      return refuse(place(offset, std::max<std::size_t>(end - start, 1)),
                    "a part of the path is no name", "parts are separated by dots");
    }
    if (parts_.size() >= static_cast<std::size_t>(kMaxDocumentDepth) / 2) {
      return refuse(place(offset, name.size()), "the path is too long", "");
    }
    parts_.push_back({std::string(name), place(offset, name.size()), !is_quoted && name == "*"});
    return true;
  }

  // Puts a copy of the value at parts_[depth..] below `node`.
  bool put(Node& node, std::size_t depth) {
    if (depth == parts_.size()) {
      node = value_;
      return true;
    }
    const Part& part = parts_[depth];
    if (node.is_empty()) {
      node = Node{};
      node.kind = Node::Kind::map;
      node.at = part.at;
    }
    if (node.is_list()) return put_in_list(node, depth);
    if (node.is_scalar()) {
      const Part& owner = parts_[depth > 0 ? depth - 1 : 0];
      return refuse(owner.at, fmt::format("{} is a value and has no parts", in_quotes(owner.name)),
                    "");
    }
    if (part.all) return refuse(part.at, "* stands for the items of a list; here is none", "");
    if (Node* found = node.find(part.name)) return put(*found, depth + 1);
    node.entries.push_back({part.name, part.at, {}});
    return put(node.entries.back().value, depth + 1);
  }

  bool put_in_list(Node& list, std::size_t depth) {
    const Part& part = parts_[depth];
    bool found = false;
    std::vector<std::string> names;
    for (Node& item : list.items) {
      const std::string* name = item.name();
      if (name != nullptr) names.push_back(*name);
      if (part.all ? name == nullptr : name == nullptr || *name != part.name) continue;
      if (depth + 1 == parts_.size()) {
        return refuse(part.at, "an item of a list is not set as a whole",
                      fmt::format("name a value of it: {}.price=...", part.name));
      }
      if (!put(item, depth + 1)) return false;
      found = true;
    }
    if (found) return true;
    const std::string near = nearest(part.name, names);
    diagnostics_.error("E-UNKNOWN-NAME", part.at,
                       fmt::format("there is no {} in this list", in_quotes(part.name)),
                       near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    return false;
  }

  std::string_view text_;
  std::uint32_t file_;
  Diagnostics& diagnostics_;
  std::size_t equals_ = 0;
  std::vector<Part> parts_;
  Node value_;
};

}  // namespace

bool apply_set(Node& root, std::string_view assignment, Diagnostics& diagnostics) {
  Node changed = root;  // so that a path refused half-way leaves nothing behind
  if (!Assignment(assignment, diagnostics).apply(changed)) return false;
  root = std::move(changed);
  return true;
}

}  // namespace partnersim
