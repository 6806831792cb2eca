// The scenario that `new` writes.
#pragma once

#include <string>
#include <string_view>

namespace partnersim {

/// With its title in place. It passes `check` and runs as it is.
std::string scenario_template(std::string_view title);

}  // namespace partnersim
