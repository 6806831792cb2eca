#include "forecast_output.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common.hpp"
#include "experiments/drift.hpp"
#include "report_output.hpp"
#include "results/band_chart.hpp"
#include "results/forecast_table.hpp"
#include "results/json_text.hpp"
#include "results/report.hpp"
#include "results/target_table.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

std::string chart(const JournalReader& journal) {
  ChartOptions options;
  options.width = std::min<std::size_t>(terminal().width, kTableWidth);
  options.ascii = !terminal().unicode;
  return band_chart(journal, options);
}

std::string as_text(const Job& job, const JournalReader& journal, const Forecast& forecast) {
  std::string text = forecast.title.empty() ? job.scenario.name : forecast.title;
  text += "\n\n" + as_text(forecast.table, terminal().width);
  if (!job.scenario.targets.empty()) {
    text +=
        "\n" + as_text(target_table(assess_all(journal, job.scenario.targets)), terminal().width);
  }
  const std::string drawn = chart(journal);
  if (!drawn.empty()) text += "\n" + drawn;
  text += "\n";
  for (const std::string& sentence : forecast.sentences) text += sentence + "\n";
  const StillYear still = still_year(job.scenario, job.plan.seed);
  text += drift_sentence(still.drift) + "\n";
  const std::string books = books_sentence(still, forecast.currency);
  if (!books.empty()) text += books + "\n";
  std::vector<Warning> warnings = forecast.warnings;
  if (const auto warning = books_warning(still)) warnings.push_back(*warning);
  for (const Warning& warning : warnings) {
    text += fmt::format("warning {}: {}\n", warning.code, warning.text);
  }
  return text;
}

std::string as_json(const Job& job, const JournalReader& journal, const Forecast& forecast) {
  Json json = forecast_json(forecast);
  if (!job.scenario.targets.empty()) {
    json["targets"] = targets_json(assess_all(journal, job.scenario.targets));
  }
  const StillYear still = still_year(job.scenario, job.plan.seed);
  json["drift"] = drift_json(still.drift);
  json["books"] = books_json(still);
  json["folder"] = job.folder.string();
  return json_text(json);
}

}  // namespace

int show_forecast(const Job& job, const Options& options) {
  const JournalReader journal(journal_path(job.folder));
  const Forecast forecast = forecast_of(journal);
  switch (options.format) {
    case Format::table:
      print(as_text(job, journal, forecast));
      break;
    case Format::json:
      print(as_json(job, journal, forecast));
      break;
    case Format::csv:
      print(forecast_table_csv(forecast));
      break;
  }
  const fs::path page = job.folder / kReportFile;
  if (has_report() && !options.no_report && forecast.done > 0) {
    write_report({{job.scenario.name, job.folder, std::nullopt}}, nullptr, options.language, page);
    if (!options.quiet) say_line(fmt::format("to read and to forward: {}", page.string()));
  }
  if (!options.quiet) {
    say_line(fmt::format("the result is in {}; next: partnersim compare {} OTHER.yaml",
                         job.folder.string(), shell_word(job.folder)));
  }
  return report_failures(journal);
}

}  // namespace partnersim
