// How well a number is founded, in words: the tags of Evidence.
#pragma once

#include <string_view>

namespace partnersim {

struct Footing {
  std::string_view tag, meaning;
};

/// From the weakest to the best; what is only numerical needs none.
inline constexpr Footing kFootings[] = {{"asm", "our assumption"},
                                        {"K", "unverified"},
                                        {"cal", "set so that known facts come out"},
                                        {"C", "one secondary source"},
                                        {"B", "several secondary sources"},
                                        {"A", "a primary source"}};

/// Of a tag; empty where it needs none.
constexpr std::string_view footing_of(std::string_view tag) {
  for (const Footing& footing : kFootings) {
    if (footing.tag == tag) return footing.meaning;
  }
  return {};
}

}  // namespace partnersim
