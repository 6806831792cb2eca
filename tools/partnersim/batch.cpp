#include "batch.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <thread>

#include "base/text.hpp"
#include "common.hpp"
#include "ensemble/ensemble.hpp"
#include "ensemble/files.hpp"
#include "progress.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::string_view uncertainty_name(Uncertainty uncertainty) {
  return std::array<std::string_view, 3>{"evidence", "stated",
                                         "none"}[static_cast<std::size_t>(uncertainty)];
}

/// The command that makes the same result from any folder.
std::vector<std::string> argv_of(const Job& job, const Options& options) {
  std::vector<std::string> argv{"partnersim", "run", absolute_text(job.file)};
  const auto add = [&](std::string name, std::string value) {
    argv.push_back(std::move(name));
    argv.push_back(std::move(value));
  };
  if (!job.program.empty()) add("--program", job.program);
  for (const std::string& set : options.sets) add("--set", set);
  if (job.what_if) {
    for (const std::string& change : job.what_if->sets) add("--change", change);
    if (!job.what_if->from.empty()) add("--from", job.what_if->from);
    if (!job.what_if->to.empty()) add("--to", job.what_if->to);
  }
  for (const std::string& map : options.maps) add("--map", map);
  if (options.months) add("--months", std::to_string(*options.months));
  if (options.uncertainty)
    add("--uncertainty", std::string(uncertainty_name(*options.uncertainty)));
  if (options.precision) add("--precision", fmt::format("{}", *options.precision));
  add("--replications", std::to_string(job.plan.replications));
  add("--seed", std::to_string(job.plan.seed));
  return argv;
}

JournalWriter open_journal(const Job& job) {
  const fs::path path = journal_path(job.folder);
  std::error_code ignored;
  if (fs::exists(path, ignored)) return JournalWriter::resume(path, job.header());
  return JournalWriter::create(path, job.header());
}

/// Makes the folder with its note and journal; a folder that cannot hold them is left as it was.
JournalWriter begin(const Job& job, const RunningNote& note) {
  std::error_code ignored;
  const bool is_new = !fs::exists(job.folder, ignored);
  make_folder(job.folder);
  try {
    write_running_note(job.folder, job.scenario, job.identity, note);
    return open_journal(job);
  } catch (const FileError&) {
    if (is_new) {
      clear_result(job.folder);
      fs::remove(job.folder, ignored);
    }
    throw;
  }
}

/// Copies what a result of the same scenario and luck with fewer replications holds.
void take_over(const fs::path& smaller, JournalWriter& journal) {
  std::error_code ignored;
  if (smaller.empty() || !fs::exists(journal_path(smaller), ignored)) return;
  const JournalReader from(journal_path(smaller));
  Record record;
  const std::uint64_t common = std::min(from.replications(), journal.reader().replications());
  for (std::uint64_t r = 0; r < common; ++r) {
    const bool wanted = journal.reader().status(r) == RecordStatus::missing;
    if (!wanted || from.status(r) == RecordStatus::missing) continue;
    from.read(r, record);
    journal.write(record);
  }
}

std::string resume_command(const Job& job) {
  return fmt::format("partnersim resume {}", shell_word(job.folder));
}

int interrupted(const Job& job, const RunningNote& note, const EnsembleResult& result) {
  RunningNote last = note;
  last.status = "interrupted";
  write_running_note(job.folder, job.scenario, job.identity, last);
  say_line(fmt::format("interrupted after {} of {} runs; to go on: {}",
                       grouped(result.done + result.failed), grouped(result.planned),
                       resume_command(job)));
  return kInterrupted;
}

EnsembleResult simulate(const Job& job, const Options& options, JournalWriter& journal) {
  ProgressMeter meter(job.scenario.name, job.scenario.world.currency,
                      !options.quiet && !options.no_progress);
  const EnsembleOptions how{.threads = options.threads,
                            .check = options.check,
                            .progress = [&](const Progress& now) { meter.show(now); },
                            .stop = &stop_on_signals()};
  return run_ensemble(job.scenario, job.plan, journal, how);
}

fs::path default_folder(const Job& job) {
  return fs::path("results") / folder_name(job.scenario, job.identity);
}

Job job_of(const fs::path& file, Scenario scenario, const Options& options) {
  Job job{.file = file,
          .scenario = std::move(scenario),
          .plan = {},
          .identity = {},
          .folder = {},
          .program = {},
          .what_if = options.load_options().what_if};
  job.plan = plan_of(options, job.scenario);
  job.identity = identity_of(job.scenario, job.plan);
  job.folder = options.out.empty() ? default_folder(job) : options.out;
  return job;
}

std::optional<Job> prepare_program(const fs::path& file, const Options& options) {
  if (!holds_programs(file)) {
    throw Refusal(
        fmt::format("{} holds no programs; --program goes with a file that does", file.string()));
  }
  if (!options.changes.empty()) throw Refusal("--change does not go with --program");
  std::optional<ProgramJobs> programs = prepare_programs(file, options);
  if (!programs) return std::nullopt;
  std::vector<std::string> names;
  for (Job& job : programs->jobs) {
    if (job.program == options.program) return std::move(job);
    names.push_back(job.program);
  }
  const std::string near = nearest(options.program, names);
  throw Refusal(fmt::format("{} has no program {}; {}", file.string(), in_quotes(options.program),
                            near.empty() ? fmt::format("it has {}", fmt::join(names, "; "))
                                         : fmt::format("did you mean '{}'?", near)));
}

}  // namespace

std::vector<InputFile> inputs_of(const Job& job) {
  const fs::path beside = fs::absolute(job.file).parent_path();
  std::vector<InputFile> inputs = job.scenario.inputs;
  for (InputFile& input : inputs) input.path = (beside / input.path).lexically_normal();
  return inputs;
}

Plan plan_of(const Options& options, const Scenario& scenario) {
  Plan plan;
  plan.months = scenario.world.months;
  plan.seed = options.seed;
  plan.precision = options.precision;
  plan.replications =
      options.replications.value_or(options.precision ? kMaxReplications : kUsualReplications);
  return plan;
}

Job resized(Job job, std::uint64_t replications) {
  job.plan.replications = replications;
  job.plan.precision.reset();
  job.identity = identity_of(job.scenario, job.plan);
  job.folder = default_folder(job);
  return job;
}

std::optional<Job> prepare(const fs::path& file, const Options& options) {
  if (!options.program.empty()) return prepare_program(file, options);
  std::optional<Scenario> scenario = load(file, options.load_options(), options.quiet);
  if (!scenario) return std::nullopt;
  return job_of(file, std::move(*scenario), options);
}

std::optional<ProgramJobs> prepare_programs(const fs::path& file, const Options& options) {
  Diagnostics diagnostics;
  std::optional<Programs> programs = load_programs(file, options.load_options(), diagnostics);
  if (!options.quiet) say_notes(diagnostics);
  say(diagnostics.render(terminal().color_err));
  if (!programs) {
    say_line(verdict(diagnostics, file, "nothing was run"));
    return std::nullopt;
  }
  ProgramJobs result{.jobs = {}, .budget = programs->budget, .goal = programs->goal};
  for (Scenario& scenario : programs->programs) {
    Job job = job_of(file, std::move(scenario), options);
    job.program = job.scenario.name;
    result.jobs.push_back(std::move(job));
  }
  return result;
}

Found make_room(const Job& job, bool force) {
  const Finding finding = look_into(job.folder, job.header());
  const std::string name = job.folder.string();
  if (finding.found == Found::foreign) {
    throw Refusal(fmt::format("{} holds files that are no result; nothing in it is touched", name));
  }
  if (finding.found == Found::nothing || (finding.found != Found::other && !force)) {
    return finding.found;
  }
  if (!force) {
    throw Refusal(
        fmt::format("{} holds another result ({}); choose another --out, or --force "
                    "replaces it",
                    name, finding.why));
  }
  clear_result(job.folder);
  return Found::nothing;
}

int carry_out(const Job& job, const Options& options, const fs::path& smaller) {
  const Clock::time_point start = Clock::now();
  const RunningNote note{.argv = argv_of(job, options), .inputs = inputs_of(job)};
  Execution execution{.argv = note.argv, .started = utc_now(), .finished = {}, .host = host_name()};
  JournalWriter journal = begin(job, note);
  EnsembleResult result;
  try {
    take_over(smaller, journal);
    result = simulate(job, options, journal);
  } catch (const FileError&) {
    say_line(fmt::format("what was simulated is kept; to go on: {}", resume_command(job)));
    throw;
  }
  if (result.interrupted) return interrupted(job, note, result);
  execution.finished = utc_now();
  execution.threads =
      options.threads > 0 ? options.threads : static_cast<int>(std::thread::hardware_concurrency());
  execution.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  write_result_folder(job.folder, job.scenario, journal.reader(),
                      still_year(job.scenario, job.plan.seed), execution);
  return kDone;
}

int ensure_result(const Job& job, const Options& options, const fs::path& smaller) {
  const Found found = make_room(job, options.force);
  if (found == Found::finished) {
    if (!options.quiet) {
      say_line(fmt::format("this result is in {} already and is not computed again",
                           job.folder.string()));
    }
    return kDone;
  }
  if (found == Found::unfinished && !options.quiet) {
    say_line(fmt::format("{} is not finished: going on with it", job.folder.string()));
  }
  return carry_out(job, options, smaller);
}

int report_failures(const JournalReader& journal) {
  constexpr std::size_t kShown = 3;
  const std::vector<std::uint64_t> failed = journal.with(RecordStatus::failed);
  if (failed.empty()) return kDone;
  for (std::size_t k = 0; k < failed.size() && k < kShown; ++k) {
    say_line(journal.failure(failed[k]));
  }
  say_line(
      fmt::format("{} of {} runs failed", grouped(failed.size()), grouped(journal.replications())));
  return kSomeFailed;
}

}  // namespace partnersim
