// How targets, budget and goal come out, in words and as data.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "experiments/targets.hpp"
#include "results/result_table.hpp"

namespace partnersim {

/// A row for each target: mean, futures of 100 that reach it, 95 % interval of these.
ResultTable target_table(std::span<const TargetResult> results);
nlohmann::ordered_json targets_json(std::span<const TargetResult> results);

/// What `compare` says of a program: "as is: program cost per FY at most 4.2M EUR in 71 of 100
/// simulated futures (95 % interval 64 to 77); its mean, 4.1 M EUR, keeps it."
std::string budget_sentence(const std::string& program, const TargetResult& result,
                            const std::string& currency);
/// "as is: ... in 82 of 100 simulated futures (76 to 87); asked 80: reached."
std::string goal_sentence(const std::string& program, const TargetResult& result, double asked);

}  // namespace partnersim
