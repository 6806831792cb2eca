// Numbers as text that reads back to the same bits.
#pragma once

#include <string>
#include <string_view>

#include "base/unit.hpp"

namespace partnersim {

/// In the canonical unit, shares as percentages: "45000", "6.5%", "2.8".
std::string exact_text(double value, Unit unit);

/// January for 1.
std::string_view month_name(int month);

}  // namespace partnersim
