// Text without a locale: decoding, widths and edit distance.
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace partnersim {
namespace {

struct Span {
  char32_t first, last;
};

template <std::size_t N>
bool within(const std::array<Span, N>& spans, char32_t character) {
  return std::any_of(spans.begin(), spans.end(),
                     [&](Span span) { return character >= span.first && character <= span.last; });
}

constexpr std::array<Span, 6> kControls{{{0x00, 0x1F},
                                         {0x7F, 0x9F},
                                         {0x200B, 0x200F},    // zero width, direction marks
                                         {0x2028, 0x202E},    // line separators, overrides
                                         {0x2060, 0x206F},    // invisible operators, isolates
                                         {0xFEFF, 0xFEFF}}};  // byte order mark
constexpr std::array<Span, 4> kCombining{
    {{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};
constexpr std::array<Span, 8> kWide{{{0x1100, 0x115F},
                                     {0x2E80, 0xA4CF},
                                     {0xAC00, 0xD7A3},
                                     {0xF900, 0xFAFF},
                                     {0xFE30, 0xFE6F},
                                     {0xFF00, 0xFF60},
                                     {0x1F300, 0x1FAFF},
                                     {0x20000, 0x3FFFD}}};

// No name is longer; what is, is not worth a quadratic search.
constexpr std::size_t kLongestName = 200;

std::u32string characters(std::string_view text) {
  std::u32string result;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = character_at(text, at);
    result.push_back(next.bytes > 0 ? next.value : U'\uFFFD');
    at += std::max<std::size_t>(next.bytes, 1);
  }
  return result;
}

// Optimal string alignment: insert, delete, replace, swap two neighbours.
std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> two_ago(b.size() + 1), before(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) before[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      now[j] = std::min({before[j] + 1, now[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) now[j] = std::min(now[j], two_ago[j - 2] + 1);
    }
    std::swap(two_ago, before);
    std::swap(before, now);
  }
  return before[b.size()];
}

}  // namespace

Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (at >= text.size()) return {};
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + bytes > text.size()) return {};
  char32_t value = lead & (0xFFu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {};
    value = value << 6 | (byte(at + i) & 0x3Fu);
  }
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kLeast[bytes] || value > 0x10FFFF || surrogate) return {};
  return {value, bytes};
}

std::optional<std::size_t> invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const Character next = character_at(text, at);
    if (next.bytes == 0) return at;
    at += next.bytes;
  }
  return std::nullopt;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  }));
}

void append_utf8(std::string& text, char32_t character) {
  const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  const auto follow = [&](int shift) { put(0x80 | (character >> shift & 0x3F)); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xC0 | character >> 6);
    follow(0);
  } else if (character < 0x10000) {
    put(0xE0 | character >> 12);
    follow(6);
    follow(0);
  } else {
    put(0xF0 | character >> 18);
    follow(12);
    follow(6);
    follow(0);
  }
}

int display_width(char32_t character) {
  if (character < 0x300) return 1;
  if (within(kCombining, character)) return 0;
  return within(kWide, character) ? 2 : 1;
}

bool is_control(char32_t character) {
  return within(kControls, character);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kMost = 60;
  std::size_t end = 0;
  for (std::size_t i = 0; i < kMost && end < text.size(); ++i) {
    end += std::max<std::size_t>(character_at(text, end).bytes, 1);
  }
  std::string result(1, '\'');
  result += text.substr(0, end);
  result += end < text.size() ? "...'" : "'";
  return result;
}

std::string nearest(std::string_view wanted, std::span<const std::string> names) {
  if (wanted.size() > kLongestName) return {};
  const std::u32string target = characters(lower_ascii(wanted));
  std::size_t best = std::max<std::size_t>(1, target.size() / 3) + 1;
  std::string result;
  for (const std::string& name : names) {
    if (name.size() > kLongestName || name.empty()) continue;
    const std::u32string candidate = characters(lower_ascii(name));
    const std::size_t smaller = std::min(candidate.size(), target.size());
    if (std::max(candidate.size(), target.size()) - smaller >= best) continue;
    const std::size_t distance = edit_distance(target, candidate);
    // Everything replaced is not near, however short the name.
    if (distance >= best || distance >= std::max<std::size_t>(target.size(), 1)) continue;
    best = distance;
    result = name;
  }
  return result;
}

}  // namespace partnersim
