// UTF-8, UTF-16 and Windows-1252.
#include "scenario/encoding.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "base/text.hpp"

namespace partnersim {
namespace {

// 0x80 to 0x9F; what Windows-1252 leaves undefined becomes U+FFFD.
constexpr std::array<char32_t, 32> kWindows{
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

Decoded from_windows(std::string_view bytes) {
  Decoded result{{}, "Windows-1252", {}};
  result.text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const bool special = byte >= 0x80 && byte < 0xA0;
    append_utf8(result.text, special ? kWindows[byte - 0x80u] : char32_t{byte});
  }
  return result;
}

Decoded from_utf16(std::string_view bytes, bool big_endian) {
  Decoded result{{}, "UTF-16", {}};
  result.text.reserve(bytes.size());
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  if (bytes.size() % 2 != 0) result.fault = "the file is UTF-16 but ends within a character";
  for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
    char32_t character = unit(at);
    if (character >= 0xD800 && character <= 0xDFFF) {
      const bool leads = character < 0xDC00 && at + 3 < bytes.size();
      const char32_t trail = leads ? unit(at + 2) : 0;
      if (trail < 0xDC00 || trail > 0xDFFF) {
        result.fault = fmt::format("the file is UTF-16 but has half a character at byte {}", at);
        return result;
      }
      character = 0x10000 + ((character - 0xD800) << 10) + (trail - 0xDC00);
      at += 2;
    }
    append_utf8(result.text, character);
  }
  return result;
}

}  // namespace

Decoded decode(std::string bytes) {
  if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes, false);
  if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes, true);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  if (invalid_utf8(bytes)) return from_windows(bytes);
  return {std::move(bytes), "UTF-8", {}};
}

}  // namespace partnersim
