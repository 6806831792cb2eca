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
#include "scenario/yaml_text.hpp"

namespace partnersim {
namespace {

// An alias that stands for nothing ends the parse; so that all of them are reported, each is
// blanked and the text read again, this often and in texts up to this size.
constexpr int kMaxRepairs = 32;
constexpr std::size_t kMaxRepairBytes = std::size_t{1} << 20;

struct TooDeep {
  std::size_t offset;
};

bool is_null_word(std::string_view word) {
  return word == "~" || word == "null" || word == "Null" || word == "NULL";
}

// Bytes of a quoted scalar, from its opening quote to behind the closing one; nothing when it is
// not closed, which yaml-cpp lets pass at the end of a file.
std::optional<std::size_t> quoted_length(std::string_view text) {
  const char quote = text[0];
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != '\'') return i + 1;
      ++i;
    }
  }
  return std::nullopt;
}

class Builder final : public YAML::EventHandler {
 public:
  Builder(const YamlText& text, Diagnostics& diagnostics)
      : text_(text), diagnostics_(diagnostics) {}

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

  // The innermost bracket that is open.
  std::optional<std::size_t> open_bracket() const {
    for (auto open = stack_.rbegin(); open != stack_.rend(); ++open) {
      if (text_[open->start] == '[' || text_[open->start] == '{') return open->start;
    }
    return std::nullopt;
  }
  std::size_t last_offset() const { return last_; }

  static void report_alias(const YamlText& text, std::size_t at, Diagnostics& diagnostics) {
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

  std::size_t offset(const YAML::Mark& mark) {
    last_ = mark.pos > 0 ? static_cast<std::size_t>(mark.pos) : 0;
    return last_;
  }

  static std::size_t word_length(std::string_view text) {
    return std::min(text.find_first_of(" \t\n,[]{}"), text.size());
  }

  // Offset of the value itself, behind an anchor and a tag, which are reported.
  std::size_t refuse_properties(std::size_t at) {
    while (text_[at] == '!' || text_[at] == '&') {
      const std::size_t length = word_length(text_.from(at));
      const Location place = text_.at(at, count_characters(text_.from(at).substr(0, length)));
      if (at < properties_end_) {
        // told already: a map starts where its first key does
      } else if (text_[at] == '!') {
        diagnostics_.error("E-YAML-TAG", place, "tags are not allowed",
                           "a text that starts with ! needs quotes");
      } else {
        diagnostics_.error("E-YAML-ANCHOR", place, "anchors are not allowed",
                           "a text that starts with & needs quotes");
      }
      const std::string_view rest = text_.from(at + length);
      properties_end_ = std::max(properties_end_, at + length);
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
      const auto length = quoted_length(rest);
      if (!length) diagnostics_.error("E-YAML", text_.at(at), "this quote is not closed");
      bytes = std::min(length.value_or(1), text_.line_end(at) - at);
    } else if (!node.quoted) {
      const std::size_t line = text_.line_end(at) - at;
      bytes = rest.starts_with(content) ? content.size() : trimmed(rest.substr(0, line)).size();
    }
    node.at = text_.at(at, count_characters(rest.substr(0, bytes)));
    value(std::move(node), at);
  }

  // A value that was left out, or one of YAML's words for it, which stay words: a name may be Null.
  void null(std::size_t at) {
    if (!belongs_to_next(at)) at = refuse_properties(at);
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
      // An item that was left out: its dash or the comma before.
      std::size_t before = at;
      while (before > 0 &&
             std::string_view(" \n").find(text_[before - 1]) != std::string_view::npos) {
        --before;
      }
      node.at = text_.at(before > 0 ? before - 1 : at);
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
    open.bad_key = expects_key();
    stack_.push_back(std::move(open));
  }

  void close() {
    Open done = std::move(stack_.back());
    stack_.pop_back();
    if (done.bad_key) {
      diagnostics_.error("E-YAML-KEY", done.node.at, "a key must be a plain text");
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

  // {b:1} and {rebate: 1,5} are keys without a value to YAML; nobody means that.
  void check_lone_key(const Node::Entry& entry) {
    const std::string& key = entry.key;
    if (key.find(':') != std::string::npos) {
      diagnostics_.error("E-YAML", entry.at, fmt::format("{} has no value", in_quotes(key)),
                         "a blank is needed behind the colon");
    } else if (!key.empty() && key[0] >= '0' && key[0] <= '9') {
      diagnostics_.error("E-YAML", entry.at, fmt::format("{} has no value", in_quotes(key)),
                         "a text that holds a comma needs quotes inside { }");
    }
  }

  void add_entry(Open& map, Node node) {
    Node::Entry entry = std::move(*map.key);
    map.key.reset();
    if (node.is_empty() && text_[map.start] == '{') check_lone_key(entry);
    const auto [found, fresh] = map.seen.try_emplace(entry.key, map.node.entries.size());
    if (!fresh && !entry.key.empty()) {
      diagnostics_.error(
          "E-DUPLICATE-KEY", entry.at,
          fmt::format("the key {} is there twice", in_quotes(entry.key)),
          fmt::format("the first is in line {}", map.node.entries[found->second].at.line));
      return;
    }
    if (!fresh) return;
    entry.value = std::move(node);
    map.node.entries.push_back(std::move(entry));
  }

  const YamlText& text_;
  Diagnostics& diagnostics_;
  std::vector<Open> stack_;
  std::size_t properties_end_ = 0;  // anchors and tags before are reported
  std::size_t last_ = 0;            // where the last event was
  std::optional<Node> root_;
};

void report_depth(const YamlText& text, std::size_t offset, Diagnostics& diagnostics) {
  diagnostics.error("E-YAML-DEPTH", text.at(offset),
                    fmt::format("nested more than {} levels deep", kMaxDocumentDepth));
}

// Sees only whether there is another document, and where.
class Further final : public YAML::EventHandler {
 public:
  struct Found {
    std::size_t offset;
  };

  void OnDocumentStart(const YAML::Mark& mark) override {
    throw Found{static_cast<std::size_t>(std::max(mark.pos, 0))};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

void report_further(const YamlText& text, std::size_t offset, Diagnostics& diagnostics) {
  if (text.from(offset).starts_with("---")) {
    diagnostics.error("E-YAML-DOCUMENT", text.at(offset, 3),
                      "a second document starts here; a file holds one");
  } else {
    diagnostics.error("E-YAML-DOCUMENT", text.at(offset), "this does not belong to the text above",
                      "is it indented like the lines above?");
  }
}

bool indented_by_tab(const YamlText& text, std::size_t offset) {
  const std::string_view line = text.from(text.line_start(offset));
  return line.substr(0, line.find_first_not_of(" \t")).find('\t') != std::string_view::npos;
}

// What yaml-cpp could not read, in the words of somebody who does not know YAML.
void report_syntax(const YamlText& text, const Builder& builder, const YAML::Exception& fault,
                   Diagnostics& diagnostics) {
  const std::size_t offset = static_cast<std::size_t>(std::max(fault.mark.pos, 0));
  const std::string_view what = fault.msg;
  const auto is = [&](std::string_view part) { return what.find(part) != std::string_view::npos; };
  if (is("flow not found") || is("map flow")) {
    if (const auto open = builder.open_bracket()) {
      diagnostics.error("E-YAML", text.at(*open), fmt::format("this {} is not closed", text[*open]),
                        "a comma between the items, and the closing bracket at the end?");
      return;
    }
  }
  if (is("EOF in scalar")) {
    const std::size_t quote = text.content.find_first_of("\"'", builder.last_offset());
    diagnostics.error("E-YAML", text.at(std::min(quote, offset)), "this quote is not closed");
  } else if (indented_by_tab(text, offset)) {
    diagnostics.error("E-YAML", text.at(offset), "a tab cannot indent a line", "use spaces");
  } else if (is("illegal map value")) {
    diagnostics.error("E-YAML", text.at(offset), "a key cannot stand here",
                      "check the indentation; a text that holds ': ' needs quotes");
  } else if (is("end of map not found") || is("end of sequence not found")) {
    diagnostics.error("E-YAML", text.at(offset), "this does not continue what stands above",
                      "check the indentation; a text with quotes inside needs quotes as a whole");
  } else if (is("escape")) {
    diagnostics.error("E-YAML", text.at(offset > 0 ? offset - 1 : 0), fmt::format("{}", what),
                      "in double quotes \\ means something; in single quotes it does not");
  } else if (is("illegal block entry")) {
    diagnostics.error("E-YAML", text.at(offset), "a list cannot start here",
                      "check the indentation; a text that starts with '- ' needs quotes");
  } else if (is("illegal flow end")) {
    diagnostics.error("E-YAML", text.at(offset), "this bracket closes nothing");
  } else {
    diagnostics.error("E-YAML", text.at(offset), fmt::format("this is not valid YAML: {}", what));
  }
}

enum class Attempt { done, repaired, failed };

// A character that cannot start a text is reported and replaced, so that reading can go on.
bool repair(YamlText& text, const YAML::Exception& fault, Diagnostics& diagnostics) {
  std::size_t offset = static_cast<std::size_t>(std::max(fault.mark.pos, 0));
  // A lone * or & is noticed one character later.
  if (fault.msg.find("not found after") != std::string::npos && offset > 0) --offset;
  const char c = text[offset];
  if (c == '*') {
    Builder::report_alias(text, offset, diagnostics);
  } else if (c == '@' || c == '`' || c == '%' || c == '&') {
    diagnostics.error("E-YAML", text.at(offset), fmt::format("a text cannot start with {}", c),
                      "put it in quotes");
  } else {
    return false;
  }
  text.content[offset] = 'x';
  return true;
}

// `lasting` keeps what a repair removed from the text, `passing` what the next attempt finds again.
Attempt attempt(YamlText& text, bool may_repair, Diagnostics& lasting, Diagnostics& passing,
                std::optional<Node>& root) {
  Builder builder(text, passing);
  try {
    std::istringstream stream(text.content);
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    root = builder.take();
    Further further;
    parser.HandleNextDocument(further);
    return Attempt::done;
  } catch (const Further::Found& found) {
    report_further(text, found.offset, passing);
    return Attempt::done;
  } catch (const TooDeep& deep) {
    report_depth(text, deep.offset, passing);
  } catch (const YAML::Exception& fault) {
    if (may_repair && repair(text, fault, lasting)) return Attempt::repaired;
    report_syntax(text, builder, fault, passing);
  }
  return Attempt::failed;
}

void append(const Diagnostics& from, Diagnostics& to) {
  for (const Diagnostic& one : from.all()) to.error(one.code, one.at, one.message, one.hint);
}

}  // namespace

std::optional<Node> parse_document(std::string_view raw, std::uint32_t file,
                                   Diagnostics& diagnostics) {
  if (raw.size() > kMaxDocumentBytes) {
    diagnostics.error("E-FILE-SIZE", {file, 0, 0, 1},
                      fmt::format("{} MB are too much; at most 16 MB are read", raw.size() >> 20));
    return std::nullopt;
  }
  YamlText text(raw, file);
  if (!check_bytes(text, diagnostics)) return std::nullopt;
  if (const auto deep = too_many_brackets(text)) {
    report_depth(text, *deep, diagnostics);
    return std::nullopt;
  }
  std::optional<Node> root;
  Attempt result = Attempt::repaired;
  for (int repairs = 0; result == Attempt::repaired; ++repairs) {
    Diagnostics passing;
    const bool may_repair = repairs < kMaxRepairs && text.content.size() <= kMaxRepairBytes;
    result = attempt(text, may_repair, diagnostics, passing, root);
    if (result != Attempt::repaired) append(passing, diagnostics);
  }
  if (result == Attempt::failed) return std::nullopt;
  if (!root || root->is_empty()) {
    diagnostics.error("E-EMPTY", {file, 0, 0, 1}, "there is nothing in it");
    return std::nullopt;
  }
  return root;
}

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
