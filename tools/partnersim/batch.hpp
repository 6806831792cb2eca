// From a scenario file to a finished result folder; what `run`, `resume` and `compare` share.
#pragma once

#include <filesystem>
#include <optional>

#include "command.hpp"
#include "ensemble/identity.hpp"
#include "ensemble/journal.hpp"
#include "folder.hpp"

namespace partnersim {

inline constexpr std::uint64_t kUsualReplications = 200;

/// A scenario ready to run: nothing about it can be refused any more but its folder.
struct Job {
  std::filesystem::path file;
  Scenario scenario;
  Plan plan;
  Identity identity;
  std::filesystem::path folder;
  std::string program;            // of a file of several
  std::optional<WhatIf> what_if;  // laid over the file

  JournalHeader header() const { return journal_header(scenario, plan); }
};

/// What the scenario was read from, by absolute paths.
std::vector<InputFile> inputs_of(const Job& job);

Plan plan_of(const Options& options, const Scenario& scenario);

/// Loads the scenario, or the one program that the options name; nullopt when it cannot be used,
/// and why is on stderr.
std::optional<Job> prepare(const std::filesystem::path& file, const Options& options);

/// The same with another number of replications, in the folder of that result.
Job resized(Job job, std::uint64_t replications);

/// The programs of one file, and what they are to keep and to reach.
struct ProgramJobs {
  std::vector<Job> jobs;
  std::vector<Target> budget;
  std::optional<Target> goal;
};
std::optional<ProgramJobs> prepare_programs(const std::filesystem::path& file,
                                            const Options& options);

/// What is in the job's folder, after --force made room. Throws Refusal where it must not be
/// written.
Found make_room(const Job& job, bool force);

/// Runs what is missing and writes the files of the folder. Interrupted: how to go on is said.
/// Records of the first replications are taken over from `smaller`, a result of the same scenario
/// with fewer of them, where there is one.
int carry_out(const Job& job, const Options& options, const std::filesystem::path& smaller = {});

/// make_room, then carry_out unless the result is there already.
int ensure_result(const Job& job, const Options& options,
                  const std::filesystem::path& smaller = {});

/// kDone or kSomeFailed; which replications failed and why is on stderr.
int report_failures(const JournalReader& journal);

}  // namespace partnersim
