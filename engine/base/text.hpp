// Text without a locale: UTF-8 characters, trimming, and the name somebody probably meant.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace partnersim {

/// One character (code point) and the bytes it takes; bytes == 0 where the text is not valid UTF-8
/// (overlong forms, surrogates and values above U+10FFFF are not valid).
struct Character {
  char32_t value = 0;
  std::size_t bytes = 0;
};
Character character_at(std::string_view text, std::size_t at);

/// Byte offset of the first place that is not valid UTF-8.
std::optional<std::size_t> invalid_utf8(std::string_view text);

std::size_t count_characters(std::string_view text);
void append_utf8(std::string& text, char32_t character);

/// Columns a character takes on a terminal: 0 (combining), 1 or 2 (East Asian wide).
int display_width(char32_t character);

/// Control characters, also the invisible ones that reorder or hide text on a screen.
bool is_control(char32_t character);

std::string_view trimmed(std::string_view text);  // without spaces and tabs at both ends
std::string lower_ascii(std::string_view text);   // A-Z become a-z, other bytes stay

/// 'text' for messages, cut to 60 characters.
std::string in_quotes(std::string_view text);

/// The name closest to `wanted` by edit distance (a transposition counts once, ASCII case does not
/// count); empty when the closest differs in more than max(1, length / 3) characters.
std::string nearest(std::string_view wanted, std::span<const std::string> names);

}  // namespace partnersim
