// The report page of result folders.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "sides.hpp"

namespace partnersim {

/// Whether this build holds the page.
bool has_report();

/// Reads the folders of the sides and writes the page. `judged`: as report_json takes it. Throws
/// Refusal for folders that cannot be used, with what to do.
void write_report(const std::vector<Side>& sides, const nlohmann::ordered_json& judged,
                  std::string_view language, const std::filesystem::path& page);

}  // namespace partnersim
