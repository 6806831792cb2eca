// What the JSON files of a result folder, and answers as JSON, share.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "ensemble/journal.hpp"
#include "experiments/metrics.hpp"

namespace partnersim {

/// Indented, ends with a newline; what is no UTF-8 is replaced, a NaN is null.
std::string json_text(const nlohmann::ordered_json& json);

nlohmann::ordered_json identity_json(const Identity& identity);
/// Replications planned, done, failed, missing.
nlohmann::ordered_json counts_json(const JournalReader& journal);
nlohmann::ordered_json warnings_json(std::span<const Warning> warnings);

}  // namespace partnersim
