// Assertions about two programs in words and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "experiments/assertion.hpp"
#include "results/compare_table.hpp"

namespace partnersim {

/// "assert contribution > +2% @ 95%: holds; B is 1.2 M EUR beyond it (95 % interval of the mean 0.9
/// to 1.5 M).", that it is broken, or that it cannot be told yet and after how many runs.
std::string assertion_sentence(const Comparison& comparison, const AssertionResult& result,
                               const ComparedNames& names = {});
nlohmann::ordered_json assertions_json(std::span<const AssertionResult> results);

}  // namespace partnersim
