// A result folder from the outside: what is in it, whether it may be written, and the note that
// lies there while its runs are simulated.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ensemble/journal.hpp"
#include "results/result_folder.hpp"

namespace partnersim {

enum class Found {
  nothing,     // not there, or empty
  unfinished,  // a part of this very result
  finished,    // all of it
  other,       // another result
  foreign,     // something that is no result
};

struct Finding {
  Found found = Found::nothing;
  std::string why;  // other: what differs
};

/// What is in the folder, seen from the result that `header` belongs to. A file in its place is a
/// FileError.
Finding look_into(const std::filesystem::path& folder, const JournalHeader& header);

/// Removes the files of a result, and nothing else that may lie there.
void clear_result(const std::filesystem::path& folder);

/// The same wherever one is.
std::string absolute_text(const std::filesystem::path& path);

/// The manifest of a result that is not finished.
struct RunningNote {
  std::vector<std::string> argv;   // that makes the same result again
  std::vector<InputFile> inputs;   // as they were
  std::string status = "running";  // or "interrupted"
};
void write_running_note(const std::filesystem::path& folder, const Scenario& scenario,
                        const Identity& identity, const RunningNote& note);

/// From the manifest of an unfinished or a finished result. Throws Refusal where there is none.
struct FolderNote {
  bool running = false;
  std::string name;  // of the scenario
  std::vector<std::string> argv;
  std::vector<std::pair<std::string, std::string>> inputs;  // path, hash; of a running one
};
FolderNote read_note(const std::filesystem::path& folder);

}  // namespace partnersim
