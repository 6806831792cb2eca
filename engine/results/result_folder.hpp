// The files of a result folder, made from its journal: forecast.csv, runs.csv, summary.json,
// resolved.yaml and manifest.json. All but `execution` in the manifest are pure functions of the
// scenario and the journal: the same bytes on every machine and with any number of threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "ensemble/journal.hpp"
#include "experiments/drift.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

inline constexpr int kResultSchema = 1;  // of manifest.json and summary.json

/// How the run was made; kept in the manifest under `execution`, nowhere else.
struct Execution {
  std::vector<std::string> argv;
  std::string started, finished;  // UTC, 2027-03-01T12:00:00Z
  std::string host;
  int threads = 0;
  double seconds = 0;
};

/// Writes all files, the manifest last, so that it never speaks of files that are not there.
/// `still` is the still year of the scenario under the seed of the journal. Throws FileError.
void write_result_folder(const std::filesystem::path& folder, const Scenario& scenario,
                         const JournalReader& journal, const StillYear& still,
                         const Execution& execution);

// ---- the files, as bytes

/// A row for each month and metric, in the order of all_metrics(); empty offer or segment: all of
/// them; empty numbers: a share of nothing in one of the runs. Without a done run only the header.
std::string forecast_csv(const JournalReader& journal);

/// A row for each replication there must be: its luck, what became of it, every drawn parameter,
/// headline metrics in total and by fiscal year (empty where it is not done).
std::string runs_csv(const JournalReader& journal);

/// `targets` is there where the scenario has some.
nlohmann::ordered_json summary_json(const JournalReader& journal,
                                    std::span<const Target> targets = {});

/// `foundations` of summary.json: drift, books, warnings about them, and for each drawn parameter
/// its value, range and evidence, and whether the scenario states it.
nlohmann::ordered_json foundations_json(const Scenario& scenario, const StillYear& still);

struct ResultFile {
  std::string name;  // relative to the folder
  std::uint64_t hash = 0;
};
nlohmann::ordered_json manifest_json(const Scenario& scenario, const JournalReader& journal,
                                     const std::vector<ResultFile>& files,
                                     const Execution& execution);

// ---- a folder read back

/// Something is missing, of another version, or does not belong together: one sentence.
class ResultFault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct ResultInfo {
  std::filesystem::path folder;
  std::string name;     // of the scenario
  std::string version;  // of the program that wrote it
  Identity identity;
  std::uint64_t planned = 0, done = 0, failed = 0;
  std::vector<ResultFile> files;
  JournalReader journal;
};

/// Reads the manifest and opens the journal. Throws ResultFault, JournalFault, FileError.
/// With `check_files`, a file that is not the one that was written is a fault too; who needs the
/// journal only can do without.
ResultInfo read_result(const std::filesystem::path& folder, bool check_files = true);

}  // namespace partnersim
