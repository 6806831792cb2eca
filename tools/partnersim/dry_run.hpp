// What a run would take: runs, time, memory, disk.
#pragma once

#include <string>

#include "batch.hpp"

namespace partnersim {

/// Simulates one replication to know how long they take; writes nothing.
std::string dry_run(const Job& job, const Options& options);

/// What the first replication takes, as a run would do it.
struct OneRun {
  double seconds;
  std::size_t state_bytes;
};
OneRun measure_one(const Scenario& scenario, const Plan& plan, bool check);

/// The lines "runs" and "time" of so many runs; `how` says what they are made of.
std::string runs_and_time(std::uint64_t runs, const std::string& how, const OneRun& one,
                          int threads);

}  // namespace partnersim
