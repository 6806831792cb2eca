// `resume`: finishes an interrupted result folder.
#include <fmt/format.h>

#include <algorithm>

#include "arguments.hpp"
#include "base/hash.hpp"
#include "batch.hpp"
#include "command.hpp"
#include "common.hpp"
#include "forecast_output.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;

/// The options of the command that began the folder, with this command's on how to run.
Options options_of(const FolderNote& note, const fs::path& folder, const Options& here) {
  std::vector<std::string> words = note.argv;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  const bool usable = arguments.size() > 2 && words[1] == kRun.name;
  std::optional<Options> options;
  if (usable) {
    options = read_arguments(kRun, static_cast<int>(arguments.size()) - 2, arguments.data() + 2);
  }
  if (!options) {
    throw Refusal(fmt::format("{} does not say what it is a result of; run the scenario again",
                              folder.string()));
  }
  options->out = folder;
  options->threads = here.threads;
  options->check = here.check;
  options->format = here.format;
  options->quiet = here.quiet;
  options->no_report = here.no_report;
  options->no_progress = here.no_progress;
  return *options;
}

/// Names the first input that is not the one the folder was begun with.
void check_inputs(const FolderNote& note, const Job& job) {
  const std::vector<InputFile> inputs = inputs_of(job);
  for (const auto& [path, hash] : note.inputs) {
    const auto same_path = [&, &p = path](const InputFile& input) { return input.path == p; };
    const auto found = std::find_if(inputs.begin(), inputs.end(), same_path);
    const bool there = found != inputs.end();
    if (there && hex(found->hash) == hash) continue;
    throw Refusal(fmt::format("{} {} since {} was begun; nothing was run", path,
                              there ? "has changed" : "is no longer used", job.folder.string()));
  }
}

/// Whether there is nothing left to do, whatever has become of the scenario.
bool is_complete(const FolderNote& note, const fs::path& folder) {
  if (note.running) return false;
  try {
    return read_result(folder).journal.complete();
  } catch (const ResultFault&) {
    return false;  // its files are made again from the journal
  }
}

/// The journal must be one of exactly this run.
void check_identity(const Job& job) {
  const Finding finding = look_into(job.folder, job.header());
  if (finding.found == Found::other) {
    throw Refusal(fmt::format("{} cannot be finished: {}", job.folder.string(), finding.why));
  }
}

int run(const Options& here) {
  const fs::path folder = here.words[0];
  const FolderNote note = read_note(folder);
  if (is_complete(note, folder)) {
    say_line(fmt::format("{} is complete; there is nothing to do", folder.string()));
    return kDone;
  }
  const Options options = options_of(note, folder, here);
  const std::optional<Job> job = prepare(options.words[0], options);
  if (!job) return kRefused;
  check_inputs(note, *job);
  check_identity(*job);
  if (const int status = carry_out(*job, options); status != kDone) return status;
  return show_forecast(*job, options);
}

constexpr Opt kOptions[] = {Opt::threads, Opt::check,       Opt::format,
                            Opt::quiet,   Opt::no_progress, Opt::no_report};
constexpr Format kFormats[] = {Format::table, Format::json, Format::csv};

}  // namespace

extern constexpr Command kResume{
    .name = "resume",
    .group = "experts",
    .words = "DIR",
    .least = 1,
    .most = 1,
    .meaning = "Finishes an interrupted result folder; the result is the same to the byte",
    .examples = "partnersim resume results/my-channel-1a2b3c4d",
    .options = kOptions,
    .formats = kFormats,
    .run = run,
};

}  // namespace partnersim
