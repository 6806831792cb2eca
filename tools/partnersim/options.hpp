// The options: their names, what they mean, and how their values are read.
#pragma once

#include <string_view>

#include "command.hpp"

namespace partnersim {

struct OptionRow {
  Opt option;
  std::string_view name;   // --replications
  std::string_view value;  // N; empty: a flag
  std::string_view meaning;
  bool repeatable;
  /// Throws Refusal. Flags are read with an empty value.
  void (*read)(std::string_view name, std::string_view value, Options& options);
};

const OptionRow& row_of(Opt option);
std::string_view format_name(Format format);

}  // namespace partnersim
