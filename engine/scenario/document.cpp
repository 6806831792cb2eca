// Positioned tree from the events of yaml-cpp. Its own tree (YAML::Node) is not used: it keeps
// duplicate keys, follows cycles and forgets where a scalar ends.
#include "scenario/document.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"

namespace partnersim {
namespace {

// yaml-cpp scans a whole line before it gives the first event, 5 MB of "[" for seconds. This many
// brackets open at once are refused before it sees them; the exact depth is checked on its events.
constexpr int kMaxOpenBrackets = 2000;

// An alias that stands for nothing ends the parse; so that all of them are reported, each is
// blanked and the text read again, this often and in texts up to this size.
constexpr int kMaxRepairs = 32;
constexpr std::size_t kMaxRepairBytes = std::size_t{1} << 20;

// The text with LF as its only line end and without byte order mark, and where its lines begin.
// yaml-cpp counts bytes, and lines by LF alone.
class Text {
 public:
  Text(std::string_view raw, std::uint32_t file) : file_(file) {
    if (raw.starts_with("\xEF\xBB\xBF")) raw.remove_prefix(3);
    content.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] == '\r' && i + 1 < raw.size() && raw[i + 1] == '\n') continue;
      content.push_back(raw[i] == '\r' ? '\n' : raw[i]);
      if (content.back() == '\n') starts_.push_back(content.size());
    }
  }

  // `length` in characters; cut at the end of the line.
  Location at(std::size_t offset, std::size_t length = 1) const {
    offset = std::min(offset, content.size());
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const std::size_t line = static_cast<std::size_t>(next - starts_.begin());
    const std::size_t start = starts_[line - 1];
    const std::string_view view = content;
    return {file_, static_cast<std::uint32_t>(line),
            static_cast<std::uint32_t>(count_characters(view.substr(start, offset - start)) + 1),
            static_cast<std::uint32_t>(std::max<std::size_t>(length, 1))};
  }

  std::size_t line_start(std::size_t offset) const {
    return *(std::upper_bound(starts_.begin(), starts_.end(), offset) - 1);
  }
  std::size_t line_end(std::size_t offset) const {
    return std::min(content.find('\n', offset), content.size());
  }
  char operator[](std::size_t offset) const {
    return offset < content.size() ? content[offset] : '\0';
  }
  std::string_view from(std::size_t offset) const {
    return std::string_view(content).substr(std::min(offset, content.size()));
  }

  std::string content;

 private:
  std::uint32_t file_;
  std::vector<std::size_t> starts_{0};
};

struct TooDeep {
  std::size_t offset;
};

std::string quote(std::string_view text) {
  const bool long_text = count_characters(text) > 60;
  if (!long_text) return fmt::format("'{}'", text);
  std::size_t end = 60;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return fmt::format("'{}...'", text.substr(0, end));
}

bool is_null_word(std::string_view word) {
  return word == "~" || word == "null" || word == "Null" || word == "NULL";
}

// Bytes of a quoted scalar from its opening quote to behind the closing one, within its first line.
std::size_t quoted_length(std::string_view text) {
  const char quote = text[0];
  for (std::size_t i = 1; i < text.size() && text[i] != '\n'; ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != '\'') return i + 1;
      ++i;
    }
  }
  return std::min(text.find('\n'), text.size());
}

class Builder final : public YAML::EventHandler {
 public:
  Builder(const Text& text, Diagnostics& diagnostics) : text_(text), diagnostics_(diagnostics) {}

  std::optional<Node> take() { return std::exchange(root_, std::nullopt); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { null(offset(mark)); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    const std::size_t at = offset(mark);
    report_alias(text_, at, diagnostics_);
    Node node;
    node.at = text_.at(at);
    value(std::move(node), at);
  }

  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                const std::string& content) override {
    scalar(offset(mark), content);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::list, offset(mark));
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::map, offset(mark));
  }
  void OnMapEnd() override { close(); }

  static void report_alias(const Text& text, std::size_t at, Diagnostics& diagnostics) {
    diagnostics.error("E-YAML-ALIAS", text.at(at, 1 + word_length(text.from(at + 1))),
                      "aliases are not allowed", "a text that starts with * needs quotes");
  }

 private:
  struct Open {
    Node node;
    std::optional<Node::Entry> key;  // waits for its value
    std::size_t key_offset = 0;
    std::size_t start = 0;
    bool bad_key = false;  // the open list or map stands where a key should
    std::unordered_map<std::string, std::size_t> seen;
  };

  static std::size_t offset(const YAML::Mark& mark) {
    return mark.pos > 0 ? static_cast<std::size_t>(mark.pos) : 0;
  }

  static std::size_t word_length(std::string_view text) {
    return std::min(text.find_first_of(" \t\n,[]{}"), text.size());
  }

  // Offset of the value itself, behind an anchor and a tag, which are reported.
  std::size_t refuse_properties(std::size_t at) {
    while (text_[at] == '!' || text_[at] == '&') {
      const std::size_t length = word_length(text_.from(at));
      const Location place = text_.at(at, count_characters(text_.from(at).substr(0, length)));
      if (text_[at] == '!') {
        diagnostics_.error("E-YAML-TAG", place, "tags are not allowed",
                           "a text that starts with ! needs quotes");
      } else {
        diagnostics_.error("E-YAML-ANCHOR", place, "anchors are not allowed",
                           "a text that starts with & needs quotes");
      }
      const std::string_view rest = text_.from(at + length);
      at += length + std::min(rest.find_first_not_of(" \t\n"), rest.size());
    }
    return at;
  }

  void scalar(std::size_t at, const std::string& content) {
    at = refuse_properties(at);
    const char first = text_[at];
    const std::string_view rest = text_.from(at);
    Node node;
    node.text = content;
    node.quoted = first == '"' || first == '\'' || first == '|' || first == '>';
    std::size_t bytes = 1;  // of a block of text only the | or >
    if (first == '"' || first == '\'') {
      bytes = quoted_length(rest);
    } else if (!node.quoted) {
      const std::size_t line = text_.line_end(at) - at;
      bytes = rest.starts_with(content) ? content.size() : trimmed(rest.substr(0, line)).size();
    }
    node.at = text_.at(at, count_characters(rest.substr(0, bytes)));
    value(std::move(node), at);
  }

  // A value that was left out, or one of YAML's words for it, which stay words: a name may be Null.
  void null(std::size_t at) {
    at = refuse_properties(at);
    const std::string_view word = text_.from(at).substr(0, word_length(text_.from(at)));
    const std::string_view bare = word.ends_with(':') ? word.substr(0, word.size() - 1) : word;
    if (is_null_word(bare) && !belongs_to_next(at)) return scalar(at, std::string(bare));
    Node node;
    if (!stack_.empty() && stack_.back().key) {
      const Open& map = stack_.back();
      node.at = map.key->at;  // behind the key: where the value would stand
      node.at.column += node.at.length;
      node.at.length = 1;
    } else {
      node.at = text_.at(at);
    }
    value(std::move(node), at);
  }

  // yaml-cpp puts the place of a left-out value at the token that follows, which may be a key.
  bool belongs_to_next(std::size_t at) const {
    if (stack_.empty() || !stack_.back().key) return false;
    const Open& map = stack_.back();
    if (at <= map.key_offset) return true;
    const bool same_line = text_.line_start(at) == text_.line_start(map.key_offset);
    const bool flow = text_[map.start] == '{';
    return !flow && !same_line &&
           at - text_.line_start(at) <= map.key_offset - text_.line_start(map.key_offset);
  }

  void open(Node::Kind kind, std::size_t at) {
    at = refuse_properties(at);
    if (static_cast<int>(stack_.size()) >= kMaxDocumentDepth) throw TooDeep{at};
    Open open;
    open.node.kind = kind;
    open.node.at = text_.at(at);
    open.start = at;
    if (expects_key()) {
      open.bad_key = true;
      diagnostics_.error("E-YAML-KEY", open.node.at, "a key must be a plain text");
    }
    stack_.push_back(std::move(open));
  }

  void close() {
    Open done = std::move(stack_.back());
    stack_.pop_back();
    if (done.bad_key) {
      key({}, done.node.at, done.start);
    } else {
      value(std::move(done.node), done.start);
    }
  }

  bool expects_key() const {
    return !stack_.empty() && stack_.back().node.is_map() && !stack_.back().key;
  }

  void key(std::string name, Location at, std::size_t start) {
    stack_.back().key = Node::Entry{std::move(name), at, {}};
    stack_.back().key_offset = start;
  }

  void value(Node node, std::size_t at) {
    if (expects_key()) {
      if (node.is_empty()) diagnostics_.error("E-YAML-KEY", node.at, "the key is missing");
      return key(std::move(node.text), node.at, at);
    }
    if (stack_.empty()) {
      root_ = std::move(node);
    } else if (stack_.back().node.is_list()) {
      stack_.back().node.items.push_back(std::move(node));
    } else {
      add_entry(stack_.back(), std::move(node));
    }
  }

  void add_entry(Open& map, Node node) {
    Node::Entry entry = std::move(*map.key);
    map.key.reset();
    const auto [found, fresh] = map.seen.try_emplace(entry.key, map.node.entries.size());
    if (!fresh && !entry.key.empty()) {
      diagnostics_.error(
          "E-DUPLICATE-KEY", entry.at, fmt::format("the key {} is there twice", quote(entry.key)),
          fmt::format("the first is in line {}", map.node.entries[found->second].at.line));
      return;
    }
    if (!fresh) return;
    entry.value = std::move(node);
    map.node.entries.push_back(std::move(entry));
  }

  const Text& text_;
  Diagnostics& diagnostics_;
  std::vector<Open> stack_;
  std::optional<Node> root_;
};

// Faults of the bytes, all that can be told without reading YAML. False when it must not be read.
bool check_bytes(std::string_view raw, const Text& text, std::uint32_t file,
                 Diagnostics& diagnostics) {
  if (raw.size() > kMaxDocumentBytes) {
    diagnostics.error("E-FILE-SIZE", {file},
                      fmt::format("the file has {} MB; at most 16 MB are read", raw.size() >> 20));
    return false;
  }
  if (const auto bad = invalid_utf8(text.content)) {
    diagnostics.error("E-UTF8", text.at(*bad), "the file is not valid UTF-8 here",
                      "save it as UTF-8");
    return false;
  }
  bool usable = true;
  int reported = 0;
  for (std::size_t i = 0; i < text.content.size() && reported < 10; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool high = byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0;  // C1
    if ((byte >= 0x20 && byte != 0x7F && !high) || byte == '\t' || byte == '\n') continue;
    const unsigned code = high ? static_cast<unsigned char>(text[i + 1]) : byte;
    diagnostics.error("E-CONTROL-CHARACTER", text.at(i),
                      fmt::format("the file has a control character here (U+{:04X})", code),
                      byte == 0 ? "save it as UTF-8, not as UTF-16" : "");
    usable = false;
    ++reported;
  }
  return usable;
}

// Where too many brackets are open at once, read in two ways: with quotes (up to the end of a line)
// and comments left out, and without regard to them.
std::optional<std::size_t> too_many_brackets(const Text& text) {
  int raw = 0;
  int lexed = 0;
  char quote = '\0';
  for (std::size_t i = 0; i < text.content.size(); ++i) {
    const char c = text[i];
    const int step = c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
    raw = std::max(raw + step, 0);
    if (raw > kMaxOpenBrackets) return i;
    const bool starts_word =
        i == 0 || std::string_view(" \n\t[{,:").find(text[i - 1]) != std::string_view::npos;
    if (c == '\n') {
      quote = '\0';
    } else if (quote != '\0') {
      if (quote == '"' && c == '\\') ++i;
      if (c == quote) quote = '\0';
    } else if ((c == '"' || c == '\'') && starts_word) {
      quote = c;
    } else if (c == '#' && starts_word) {
      while (text[i + 1] != '\n' && i + 1 < text.content.size()) ++i;
    } else {
      lexed = std::max(lexed + step, 0);
      if (lexed > kMaxOpenBrackets) return i;
    }
  }
  return std::nullopt;
}

void report_depth(const Text& text, std::size_t offset, Diagnostics& diagnostics) {
  diagnostics.error("E-YAML-DEPTH", text.at(offset),
                    fmt::format("nested more than {} levels deep", kMaxDocumentDepth));
}

void report_second_document(const Text& text, std::size_t offset, Diagnostics& diagnostics) {
  const std::string_view before = std::string_view(text.content).substr(0, offset);
  const std::size_t start = text.line_start(offset);
  const bool marked =
      text.from(start).starts_with("---") ||
      trimmed(before.substr(std::min(before.rfind("---"), before.size()))) == "---" ||
      before.ends_with("---\n");
  diagnostics.error("E-YAML-DOCUMENT", text.at(offset),
                    marked ? "a file holds one document; a second one starts here"
                           : "this text does not belong to the document above",
                    marked ? "" : "is it indented like the lines above?");
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const Entry* entry = find_entry(key);
  return entry != nullptr ? &entry->value : nullptr;
}

Node* Node::find(std::string_view key) {
  return const_cast<Node*>(std::as_const(*this).find(key));
}

const Node::Entry* Node::find_entry(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

const std::string* Node::name() const {
  const Node* found = find("name");
  return found != nullptr && found->is_scalar() && !found->is_empty() ? &found->text : nullptr;
}

}  // namespace partnersim
