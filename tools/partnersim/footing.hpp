// How well a default is founded, in words.
#pragma once

#include <algorithm>
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

inline std::string_view footing(std::string_view tag) {
  const auto found = std::find_if(std::begin(kFootings), std::end(kFootings),
                                  [&](const Footing& one) { return one.tag == tag; });
  return found == std::end(kFootings) ? "numerical" : found->meaning;
}

}  // namespace partnersim
