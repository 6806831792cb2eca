// A comparison of two programs in words and as a table.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "experiments/compare.hpp"
#include "results/result_table.hpp"

namespace partnersim {

/// What the two programs are called in sentences: "as is", "cheaper".
struct ComparedNames {
  std::string a = "A", b = "B";
};

/// "B brings 1.9 M EUR more net channel revenue over FY27-FY30 than A, in 83 of 100 simulated
/// futures (95 % interval of the mean 1.2 to 2.6 M; in 90 of 100 futures -0.8 to 4.4 M)", or that
/// it cannot be told yet and after how many runs.
std::string comparison_sentence(const Comparison& comparison, const ComparedMetric& metric,
                                const ComparedNames& names = {});
/// The last 12 months and the closing run-rate; empty for a stock, whose total is its end.
std::string end_sentence(const Comparison& comparison, const ComparedMetric& metric);
/// The deepest dip and the month of payback; empty where the metric has none or nothing differs.
std::string payback_sentence(const Comparison& comparison, const ComparedMetric& metric,
                             const ComparedNames& names = {});
/// What W-HORIZON says, a sentence each; empty where nothing turns.
std::string horizon_sentences(const Comparison& comparison);

/// One metric, a row for each period.
ResultTable comparison_table(const Comparison& comparison, const ComparedMetric& metric);

/// Warnings about the horizon first, the sentences, a table for each metric, what was counted.
std::string comparison_text(const Comparison& comparison, const ComparedNames& names = {},
                            std::size_t width = kTableWidth);
/// Tidy: a row for each metric and period.
std::string comparison_csv(const Comparison& comparison);
nlohmann::ordered_json comparison_json(const Comparison& comparison,
                                       const ComparedNames& names = {});

}  // namespace partnersim
