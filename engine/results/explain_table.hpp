// Why two programs differ, in sentences, as a table and for scripts.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "experiments/explain.hpp"
#include "results/compare_table.hpp"
#include "results/result_table.hpp"

namespace partnersim {

/// "the new terms on business as it was" for "terms"; a lever says it itself.
std::string words_of_part(const ExplainBudget& budget, const std::string& name);

/// The difference in one sentence, then the five largest parts, one sentence each, the rest
/// together. As printed, the parts add up to the difference.
std::string explained_text(const Explanation& explanation, const ExplainedMetric& metric,
                           const ComparedNames& names, std::size_t width = kTableWidth);

/// A row for each part, a column for each segment.
ResultTable segments_table(const Explanation& explanation, const ExplainedMetric& metric);

/// All metrics, the segments of the first, what was counted.
std::string explanation_text(const Explanation& explanation, const ComparedNames& names = {},
                             std::size_t width = kTableWidth);
/// Amounts in whole minor units, which add up exactly; effects with intervals in currency units.
nlohmann::ordered_json explanation_json(const Explanation& explanation,
                                        const ComparedNames& names = {});

}  // namespace partnersim
