// Bytes of a text file to UTF-8.
#pragma once

#include <string>

namespace partnersim {

struct Decoded {
  std::string text;      // UTF-8 without byte order mark
  std::string encoding;  // UTF-8, UTF-16, Windows-1252
  std::string fault;     // "" when all is well
};

/// UTF-16 and UTF-8 by byte order mark; else UTF-8 when the bytes are valid, else Windows-1252.
Decoded decode(std::string bytes);

}  // namespace partnersim
