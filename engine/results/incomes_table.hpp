// Who wins and who loses between two programs, as a table, in words and as CSV.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "experiments/incomes.hpp"
#include "results/result_table.hpp"

namespace partnersim {

/// By tier at the start, by segment, and all: partners, losers, winners, what both change together.
ResultTable incomes_table(std::span<const IncomeChange> changes, const std::string& currency);

/// One sentence above it.
std::string incomes_sentence(std::span<const IncomeChange> changes, const std::string& program);

/// Rows of losers.csv: losers and winners, the largest loss first. `alternative`: its name.
std::string losers_csv_header();
std::string losers_csv(std::span<const IncomeChange> changes, const std::string& alternative);

nlohmann::ordered_json incomes_json(std::span<const IncomeChange> changes,
                                    const std::string& currency);

}  // namespace partnersim
