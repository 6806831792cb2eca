// `compare`: programs against the first of them, run by run under the same luck.
#include <fmt/format.h>

#include "command.hpp"
#include "common.hpp"
#include "ensemble/files.hpp"
#include "sides.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;

/// nullopt when the scenario cannot be used; why is on stderr.
std::optional<Side> side_named(const std::string& word, const Options& options) {
  std::error_code ignored;
  if (fs::is_directory(word, ignored)) {
    const FolderNote note = read_note(word);
    if (note.running) {
      throw Refusal(
          fmt::format("{} is not finished; first: partnersim resume {}", word, shell_word(word)));
    }
    return Side{.name = {}, .folder = word, .job = std::nullopt};
  }
  std::optional<Job> job = prepare(word, side_options(options));
  if (!job) return std::nullopt;
  return side_of(std::move(*job));
}

/// The first program of a file against the others.
int compare_programs(const Options& options) {
  std::optional<ProgramJobs> programs = prepare_programs(options.words[0], side_options(options));
  if (!programs) return kRefused;
  std::vector<Side> sides;
  for (Job& job : programs->jobs) sides.push_back(side_of(std::move(job)));
  return compare_sides(sides, {std::move(programs->budget), std::move(programs->goal)}, options);
}

int run(const Options& options) {
  if (options.words.size() == 1) {
    if (holds_programs(options.words[0])) return compare_programs(options);
    throw Refusal("'compare' needs A B..., or one file of programs; see partnersim help compare");
  }
  std::vector<Side> sides;
  bool usable = true;  // every fault of every file is told before anything runs
  for (const std::string& word : options.words) {
    std::optional<Side> side = side_named(word, options);
    usable = usable && side.has_value();
    if (side) sides.push_back(std::move(*side));
  }
  if (!usable) return kRefused;
  try {
    for (Side& side : sides) {
      if (!side.job) side.name = read_result(side.folder, false).name;
    }
    tell_apart(sides);
  } catch (const ResultFault& fault) {
    throw Refusal(fault.what());
  }
  return compare_sides(sides, {}, options);
}

constexpr Opt kOptions[] = {Opt::set,         Opt::map,       Opt::months,      Opt::replications,
                            Opt::precision,   Opt::assertion, Opt::out,         Opt::seed,
                            Opt::uncertainty, Opt::threads,   Opt::force,       Opt::format,
                            Opt::check,       Opt::quiet,     Opt::no_progress, Opt::no_report};
constexpr Format kFormats[] = {Format::table, Format::json, Format::csv};

}  // namespace

extern constexpr Command kCompare{
    .name = "compare",
    .group = "decide",
    .words = "A B... | PROGRAMS",
    .least = 1,
    .most = kAnyNumber,
    .meaning = "What B, and every further one, brings against A, with the same luck",
    .examples =
        "partnersim compare my-channel.yaml what-if.yaml\n"
        "partnersim compare results/my-channel-1a2b3c4d what-if.yaml more.yaml\n"
        "partnersim compare scenarios/examples/programs.yaml",
    .options = kOptions,
    .formats = kFormats,
    .run = run,
    .more =
        "Each is a result folder or a scenario file. Files are run first, into their default\n"
        "folders; options such as --set are for all of them. The programs of one file are "
        "compared\n"
        "with the first of them; each is held against the file's `budget` and `goal`.\n\n"
        "--assert 'METRIC [PERIOD] > AMOUNT [@ LEVEL]' holds where the interval of the mean of B "
        "at\n"
        "that level (default 95%) lies wholly above (<: below) the amount: +2%, +1M EUR and x1.02\n"
        "are a change of that of A, 48M EUR is one of B. PERIOD: FY28, FY28 Q3, 2028-03, `last 12\n"
        "months`, `run-rate`; else the whole run. Status 1 where it does not, for every further "
        "one.\n\n"
        "--out DIR tells partner by partner who earns more than 10 % more or less with the vendor "
        "in\n"
        "the last 12 months, by tier and segment, and writes comparison.csv, comparison.json and\n"
        "losers.csv into DIR; for that the runs are simulated once more.",
};

}  // namespace partnersim
