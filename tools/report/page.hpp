// The page of the report, as npm has built it, in the program itself.
#pragma once

#include <string_view>

namespace partnersim {

/// HTML with a mark where the data goes.
std::string_view report_page_template();

}  // namespace partnersim
