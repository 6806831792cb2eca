// The report: what result folders hold as one JSON object, inside the page that draws it. Nothing
// is simulated. The object is described by its reader, tools/report/data.ts; a change that an older
// page would misread counts kReportSchema up.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "ensemble/journal.hpp"

namespace partnersim {

inline constexpr int kReportSchema = 1;
inline constexpr std::string_view kReportFile = "report.html";  // in a result folder

/// A result folder, read.
struct ReportSource {
  std::string name;                // of the scenario or program; no two are alike
  std::string command;             // that makes the same result again
  nlohmann::ordered_json summary;  // summary.json; null while the batch is not finished
  JournalReader journal;
};

/// All sources are compared with the first. `judged`: whether each keeps a budget and reaches a
/// goal, as `compare` writes it, or null. Throws NotComparable, FileError; a source without a done
/// replication is a RunFault.
nlohmann::ordered_json report_json(std::span<const ReportSource> sources, std::string_view language,
                                   const nlohmann::ordered_json& judged = nullptr);

/// The page with the object in place of its mark. Whatever names hold, none of it is markup.
std::string report_page(std::string_view page, const nlohmann::ordered_json& data);

}  // namespace partnersim
