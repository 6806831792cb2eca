// Which assumption matters, in sentences, as tables and for scripts.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "experiments/sensitivity.hpp"
#include "results/result_table.hpp"

namespace partnersim {

/// How well what is believed of an input is founded: "our assumption", "stated in base.yaml:12".
std::string founding(const Question& question, const Input& input);

std::string sensitivity_text(const SensitivityResult& result, const Question& question,
                             const SensitivityPlan& plan, std::size_t width = kTableWidth);
nlohmann::ordered_json sensitivity_json(const SensitivityResult& result, const Question& question,
                                        const SensitivityPlan& plan);

}  // namespace partnersim
