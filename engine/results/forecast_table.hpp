// The forecast as `run` prints it: a table by fiscal quarter and year, and what it means in
// sentences.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ensemble/statistics.hpp"
#include "experiments/drift.hpp"
#include "results/result_table.hpp"

namespace partnersim {

struct Forecast {
  std::string title, vendor, currency;
  std::uint64_t planned = 0, done = 0, failed = 0;  // replications; the rest is missing
  ResultTable table;
  std::vector<std::string> sentences;  // the forecast in words, the band, the runs
  std::vector<Warning> warnings;
  std::optional<Band> band;  // of net channel revenue, total; nullopt: other plan, or too few runs
};

Forecast forecast_of(const JournalReader& journal, std::size_t vendor = 0);

/// "books: partners billed 109.0 M EUR in the last twelve months; ..."; empty without books.
std::string books_sentence(const StillYear& year, const std::string& currency);

nlohmann::ordered_json drift_json(const Drift& drift);
/// All partners first (an empty segment), then each segment that has books.
nlohmann::ordered_json books_json(const StillYear& year);

std::string forecast_text(const Forecast& forecast, std::size_t width = kTableWidth);
std::string forecast_table_csv(const Forecast& forecast);
nlohmann::ordered_json forecast_json(const Forecast& forecast);

/// What the band of a value is made of; values of the done runs. nullopt where the plan is not the
/// nested one or there are too few runs.
std::optional<Band> band_of(const JournalReader& journal, std::span<const double> done);
/// "Of the variance of total net channel revenue 62 % comes from parameters, ..."
std::string band_sentence(const Band& band);

}  // namespace partnersim
