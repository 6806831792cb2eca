// `compare`: programs against the first of them, run by run under the same luck.
#include <fmt/format.h>

#include <algorithm>

#include "batch.hpp"
#include "command.hpp"
#include "common.hpp"
#include "ensemble/files.hpp"
#include "results/compare_table.hpp"
#include "results/csv_text.hpp"
#include "results/json_text.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// One side: a result folder, and the scenario to make it from where a file was named.
struct Side {
  std::string name;
  fs::path folder;
  std::optional<Job> job;
};

/// nullopt when the scenario cannot be used; why is on stderr.
std::optional<Side> side_of(const std::string& word, const Options& options) {
  std::error_code ignored;
  if (fs::is_directory(word, ignored)) {
    const FolderNote note = read_note(word);
    if (note.running) {
      throw Refusal(
          fmt::format("{} is not finished; first: partnersim resume {}", word, shell_word(word)));
    }
    return Side{.name = {}, .folder = word, .job = std::nullopt};
  }
  std::optional<Job> job = prepare(word, options);
  if (!job) return std::nullopt;
  Side side{.name = job->scenario.name, .folder = job->folder, .job = std::nullopt};
  side.job = std::move(job);
  return side;
}

/// A folder has the name of its scenario; where two are alike, folders tell them apart.
void name_sides(std::vector<Side>& sides) {
  for (Side& side : sides) {
    if (!side.job) side.name = read_result(side.folder, false).name;
  }
  for (const Side& one : sides) {
    const auto alike = [&](const Side& other) { return other.name == one.name; };
    if (std::count_if(sides.begin(), sides.end(), alike) < 2) continue;
    for (Side& side : sides) {
      const fs::path folder = side.folder.lexically_normal();
      side.name = (folder.has_filename() ? folder : folder.parent_path()).filename().string();
    }
    return;
  }
}

struct Compared {
  ComparedNames names;
  Comparison comparison;
};

/// The same rows for each alternative, told apart by a first column.
std::string as_csv(const std::vector<Compared>& all) {
  if (all.size() == 1) return comparison_csv(all[0].comparison);
  std::string text;
  for (const Compared& one : all) {
    std::string rest = comparison_csv(one.comparison);
    bool heading = true;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
      const std::string line = rest.substr(0, end + 1);
      rest.erase(0, end + 1);
      if (!heading) {
        text += csv_text(one.names.b) + "," + line;
      } else if (text.empty()) {
        text += "alternative," + line;
      }
      heading = false;
    }
  }
  return text;
}

std::string as_json(const std::vector<Compared>& all) {
  Json list = Json::array();
  for (const Compared& one : all) list.push_back(comparison_json(one.comparison, one.names));
  const Json& json = list.size() == 1 ? list[0] : list;
  return json_text(json);
}

std::string as_text(const std::vector<Compared>& all) {
  std::string text;
  for (const Compared& one : all) {
    if (!text.empty()) text += "\n";
    text += comparison_text(one.comparison, one.names, terminal().width);
  }
  return text;
}

/// All against the first.
std::vector<Compared> compare_all(const std::vector<Side>& sides, int& status) {
  const JournalReader base(journal_path(sides[0].folder));
  status = report_failures(base);
  std::vector<Compared> all;
  for (std::size_t k = 1; k < sides.size(); ++k) {
    const JournalReader other(journal_path(sides[k].folder));
    status = std::max(status, report_failures(other));
    try {
      all.push_back({{sides[0].name, sides[k].name}, compare(base, other)});
    } catch (const NotComparable& fault) {
      throw Refusal(fmt::format("{} and {} cannot be compared: {}", sides[0].folder.string(),
                                sides[k].folder.string(), fault.what()));
    }
  }
  return all;
}

int run_sides(const std::vector<Side>& sides, const Options& options) {
  for (const Side& side : sides) {
    if (!side.job) continue;
    if (const int status = ensure_result(*side.job, options); status != kDone) return status;
  }
  return kDone;
}

int run(const Options& options) {
  std::vector<Side> sides;
  bool usable = true;  // every fault of every file is told before anything runs
  for (const std::string& word : options.words) {
    std::optional<Side> side = side_of(word, options);
    usable = usable && side.has_value();
    if (side) sides.push_back(std::move(*side));
  }
  if (!usable) return kRefused;
  try {
    name_sides(sides);
  } catch (const ResultFault& fault) {
    throw Refusal(fault.what());
  }
  if (const int status = run_sides(sides, options); status != kDone) return status;
  int status = kDone;
  const std::vector<Compared> all = compare_all(sides, status);
  print(options.format == Format::json  ? as_json(all)
        : options.format == Format::csv ? as_csv(all)
                                        : as_text(all));
  return status;
}

constexpr Opt kOptions[] = {Opt::set,        Opt::map,    Opt::months,      Opt::replications,
                            Opt::precision,  Opt::seed,   Opt::uncertainty, Opt::threads,
                            Opt::force,      Opt::format, Opt::check,       Opt::quiet,
                            Opt::no_progress};
constexpr Format kFormats[] = {Format::table, Format::json, Format::csv};

}  // namespace

extern constexpr Command kCompare{
    .name = "compare",
    .group = "decide",
    .words = "A B...",
    .least = 2,
    .most = kAnyNumber,
    .meaning = "What B, and every further one, brings against A, with the same luck",
    .examples =
        "partnersim compare my-channel.yaml what-if.yaml\n"
        "partnersim compare results/my-channel-1a2b3c4d what-if.yaml more.yaml",
    .options = kOptions,
    .formats = kFormats,
    .run = run,
    .more =
        "Each is a result folder or a scenario file. Files are run first, into their default\n"
        "folders; options such as --set are for all of them.",
};

}  // namespace partnersim
