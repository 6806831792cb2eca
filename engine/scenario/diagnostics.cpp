// Diagnostics as text: place, code, message, the source line with a caret, and a hint.
#include "scenario/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/text.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kWindow = 120;  // columns of source shown
constexpr std::size_t kBefore = 40;   // of them before the caret when a line is cut

// Finds lines in increasing order, so that a file is read once however many diagnostics it has.
// A line ends with LF, CR LF or CR.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  std::optional<std::string_view> line(std::uint32_t wanted) {
    while (number_ < wanted) {
      if (end_) return std::nullopt;
      const std::size_t stop = rest_.find_first_of("\r\n");
      line_ = rest_.substr(0, stop);
      if (stop == std::string_view::npos) {
        end_ = true;
        rest_ = {};
      } else {
        const bool pair = rest_.substr(stop).starts_with("\r\n");
        rest_.remove_prefix(stop + (pair ? 2 : 1));
      }
      ++number_;
    }
    return line_;
  }

 private:
  std::string_view rest_;
  std::string_view line_;
  std::uint32_t number_ = 0;
  bool end_ = false;
};

// Nothing a terminal acts upon: a tab is one space, control characters and broken bytes are U+FFFD.
struct Shown {
  std::string text;
  std::size_t width = 0;
};

void show(Shown& shown, char32_t character) {
  const bool unsafe = is_control(character) && character != U'\t';
  const char32_t safe = character == U'\t' ? U' ' : unsafe ? U'\uFFFD' : character;
  append_utf8(shown.text, safe);
  shown.width += static_cast<std::size_t>(display_width(safe));
}

std::string safe_text(std::string_view text) {
  Shown shown;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = character_at(text, at);
    show(shown, next.bytes > 0 ? next.value : U'\uFFFD');
    at += std::max<std::size_t>(next.bytes, 1);
  }
  return shown.text;
}

struct Excerpt {
  std::string line;
  std::size_t indent = 0;  // columns before the caret
  std::size_t carets = 1;
};

// The part of a line around characters [column, column + length), at most kWindow columns.
Excerpt excerpt(std::string_view line, std::size_t column, std::size_t length) {
  const std::size_t total = count_characters(line);
  const bool cut = total > kWindow;
  const std::size_t first = cut && column > kBefore ? column - kBefore : 0;
  Shown shown{first > 0 ? "..." : "", first > 0 ? std::size_t{3} : 0};
  Excerpt result;
  std::size_t index = 0;
  std::size_t end_of_mark = 0;
  result.indent = shown.width;
  for (std::size_t at = 0; at < line.size(); ++index) {
    const Character next = character_at(line, at);
    if (index >= first) {
      if (cut && shown.width + 5 > kWindow) break;  // a wide character and "..."
      show(shown, next.bytes > 0 ? next.value : U'\uFFFD');
      if (index < column) result.indent = shown.width;
      if (index < column + length) end_of_mark = shown.width;
    }
    at += std::max<std::size_t>(next.bytes, 1);
    if (next.bytes == 0) {  // the same steps as count_characters: up to the next lead byte
      while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80) ++at;
    }
  }
  if (index < total) shown.text += "...";
  result.carets = end_of_mark > result.indent ? end_of_mark - result.indent : 1;
  result.line = std::move(shown.text);
  return result;
}

class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}
  std::string operator()(std::string_view text, const char* style) const {
    return on_ ? fmt::format("\x1b[{}m{}\x1b[0m", style, text) : std::string(text);
  }

 private:
  bool on_;
};

std::string place(const std::string& name, Location at) {
  std::string result = safe_text(name);
  if (at.line > 0) result += fmt::format(":{}:{}", at.line, at.column);
  if (!result.empty()) result += ": ";
  return result;
}

}  // namespace

Location place_in_line(std::uint32_t file, std::string_view line, std::size_t offset,
                       std::size_t bytes) {
  const std::size_t length = count_characters(line.substr(offset, bytes));
  return {file, 1, static_cast<std::uint32_t>(count_characters(line.substr(0, offset)) + 1),
          static_cast<std::uint32_t>(std::max<std::size_t>(length, 1))};
}

std::uint32_t Diagnostics::add_source(std::string name, std::string text) {
  return add_source(std::move(name), std::make_shared<const std::string>(std::move(text)));
}

std::uint32_t Diagnostics::add_source(std::string name, std::shared_ptr<const std::string> text) {
  sources_.push_back({std::move(name), std::move(text)});
  return static_cast<std::uint32_t>(sources_.size() - 1);
}

const std::string& Diagnostics::source_name(std::uint32_t file) const {
  static const std::string none;
  return file < sources_.size() ? sources_[file].name : none;
}

void Diagnostics::error(std::string code, Location at, std::string message, std::string hint) {
  ++errors_;
  all_.push_back({Severity::error, std::move(code), at, std::move(message), std::move(hint)});
}

void Diagnostics::warning(std::string code, Location at, std::string message, std::string hint) {
  all_.push_back({Severity::warning, std::move(code), at, std::move(message), std::move(hint)});
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> result = all_;
  std::stable_sort(result.begin(), result.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.at.file, a.at.line, a.at.column) <
           std::tie(b.at.file, b.at.line, b.at.column);
  });
  return result;
}

std::string Diagnostics::render(bool color) const {
  const Paint paint(color);
  std::map<std::uint32_t, Lines> lines;
  std::string result;
  for (const Diagnostic& one : sorted()) {
    const bool error = one.severity == Severity::error;
    const auto kind = fmt::format("{}[{}]", error ? "error" : "warning", one.code);
    result += paint(place(source_name(one.at.file), one.at), "1");
    result += fmt::format("{}: {}\n", paint(kind, error ? "1;31" : "1;33"), safe_text(one.message));
    const std::size_t gutter = std::max<std::size_t>(fmt::formatted_size("{}", one.at.line), 5);
    const std::string blank(gutter, ' ');
    if (one.at.line > 0 && one.at.file < sources_.size() && sources_[one.at.file].text) {
      Lines& source = lines.try_emplace(one.at.file, *sources_[one.at.file].text).first->second;
      if (const auto line = source.line(one.at.line)) {
        const std::size_t column = one.at.column > 0 ? one.at.column - 1 : 0;
        const Excerpt cut = excerpt(*line, column, std::max(one.at.length, 1u));
        std::string mark(cut.carets, '~');
        mark[0] = '^';
        result += fmt::format("{:>{}} | {}\n", one.at.line, gutter, cut.line);
        result += fmt::format("{} | {}{}\n", blank, std::string(cut.indent, ' '),
                              paint(mark, error ? "1;31" : "1;33"));
      }
    }
    if (!one.hint.empty()) result += fmt::format("{} = {}\n", blank, safe_text(one.hint));
  }
  return result;
}

}  // namespace partnersim
