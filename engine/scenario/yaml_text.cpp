// Checks of a document's bytes, and its places.
#include "scenario/yaml_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace partnersim {
namespace {

// yaml-cpp scans a whole line before it gives the first event, 5 MB of "[" for seconds. This many
// brackets open at once are refused before it sees them; the exact depth is checked on its events.
constexpr int kMaxOpenBrackets = 20'000;

}  // namespace

YamlText::YamlText(std::string_view raw, std::uint32_t file) : file_(file) {
  if (raw.starts_with("\xEF\xBB\xBF")) raw.remove_prefix(3);
  content.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\r' && i + 1 < raw.size() && raw[i + 1] == '\n') continue;
    content.push_back(raw[i] == '\r' ? '\n' : raw[i]);
    if (content.back() == '\n') starts_.push_back(content.size());
  }
}

std::size_t YamlText::line_index(std::size_t offset) const {
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<std::size_t>(next - starts_.begin()) - 1;
}

Location YamlText::at(std::size_t offset, std::size_t length) const {
  offset = std::min(offset, content.size());
  const std::size_t line = line_index(offset);
  // Places come in order: counting on from the last one keeps a file of one line linear.
  const bool onward = seen_offset_ >= starts_[line] && seen_offset_ <= offset;
  const std::size_t from_offset = onward ? seen_offset_ : starts_[line];
  seen_column_ = (onward ? seen_column_ : 1) + count_characters(std::string_view(content).substr(
                                                   from_offset, offset - from_offset));
  seen_offset_ = offset;
  return {file_, static_cast<std::uint32_t>(line + 1), static_cast<std::uint32_t>(seen_column_),
          static_cast<std::uint32_t>(std::max<std::size_t>(length, 1))};
}

// Faults of the bytes: what must not reach yaml-cpp. False when there are any.
bool check_bytes(const YamlText& text, Diagnostics& diagnostics) {
  if (const auto bad = invalid_utf8(text.content)) {
    diagnostics.error("E-UTF8", text.at(*bad), "the file is not valid UTF-8 here",
                      "save it as UTF-8");
    return false;
  }
  if (text.content.starts_with("\xEF\xBB\xBF")) {
    diagnostics.error("E-CONTROL-CHARACTER", text.at(0), "the file has two byte order marks");
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

// Counted in two ways, so that neither quotes nor comments hide or pretend depth for long: as they
// stand, and without quoted texts (up to the end of their line) and comments.
std::optional<std::size_t> too_many_brackets(const YamlText& text) {
  constexpr std::string_view kBeforeWord = " \n\t[{,:";
  int all = 0;
  int outside = 0;
  char quote = '\0';
  bool comment = false;
  for (std::size_t i = 0; i < text.content.size(); ++i) {
    const char c = text[i];
    const int step = c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
    all = std::max(all + step, 0);
    const bool begins = i == 0 || kBeforeWord.find(text[i - 1]) != std::string_view::npos;
    if (c == '\n') {
      quote = '\0';
      comment = false;
    } else if (quote != '\0') {
      if (c == quote && (c == '\'' || text[i - 1] != '\\')) quote = '\0';
    } else if (!comment && begins && (c == '"' || c == '\'')) {
      quote = c;
    } else if (!comment && begins && c == '#') {
      comment = true;
    } else if (!comment) {
      outside = std::max(outside + step, 0);
    }
    if (std::max(all, outside) > kMaxOpenBrackets) return i;
  }
  return std::nullopt;
}

std::string yaml_scalar(const std::string& text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
           c == '_' || c == '.' || c == '%' || c == '+' || c == '/' || c == '-';
  };
  const bool simple = !text.empty() && std::all_of(text.begin(), text.end(), plain) &&
                      ((text[0] >= '0' && text[0] <= '9') || (text[0] >= 'A' && text[0] <= 'z') ||
                       text[0] == '+') &&
                      text.back() != ' ';
  if (simple) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      quoted += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

}  // namespace partnersim
