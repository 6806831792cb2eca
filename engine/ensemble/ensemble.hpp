// Many replications on all cores, into a journal.
//
// Threads decide nothing: a replication is a pure function of scenario, seed and triple, its record
// has its own place, and precision is looked at after fixed numbers of replications only.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "ensemble/draws.hpp"
#include "ensemble/journal.hpp"
#include "ensemble/plan.hpp"
#include "scenario/scenario.hpp"
#include "simulation/simulation.hpp"

namespace partnersim {

/// The headline (net channel revenue of vendor 0 over the whole run, in currency units) is taken on
/// the longest finished prefix of replications; NaN while it has fewer than two.
struct Progress {
  std::uint64_t done = 0;     // finished, failed ones included, and what a resumed journal had
  std::uint64_t planned = 0;  // with a precision: the most there will be
  double seconds = 0;         // since run_ensemble began
  double mean = 0;
  double half_width = 0;  // of its 95 % interval
};

/// How to run; nothing here changes a byte of the journal.
struct EnsembleOptions {
  int threads = 0;                                // 0: all cores
  bool check = false;                             // checked runs: declared writes and bounds
  std::function<void(const Progress&)> progress;  // in the caller's thread, at most 10 a second
  const std::atomic<bool>* stop = nullptr;        // true: finish what runs, then return
};

struct EnsembleResult {
  std::uint64_t planned = 0;  // replications; where precision was reached, that number
  std::uint64_t done = 0;     // in the journal now, without the failed
  std::uint64_t failed = 0;
  bool interrupted = false;
  bool precision_reached = false;
};

/// Simulates what the journal does not hold yet. A replication that fails is recorded as failed and
/// stops nothing. Throws FileError; what was written until then stays.
EnsembleResult run_ensemble(const Scenario& scenario, const Plan& plan, JournalWriter& journal,
                            const EnsembleOptions& options);

/// One replication: fills `cells` (month by month), returns the hash of the final state. May throw
/// RunFault. Each thread has its own runner and keeps it.
using Runner = std::function<std::uint64_t(const Parameters& parameters, RunLuck luck,
                                           std::span<std::int64_t> cells)>;

/// The simulation as a runner; the world must outlive it.
Runner simulation_runner(const World& world, bool check);

/// The same batch with another way to run a replication.
EnsembleResult run_ensemble(const Scenario& scenario, const Plan& plan, JournalWriter& journal,
                            const EnsembleOptions& options,
                            const std::function<Runner()>& make_runner);

/// One replication without a journal: draws, runs, and tells what the record would hold. For
/// `verify` and for looking at one future.
Record run_replication(const Scenario& scenario, const Plan& plan, std::uint64_t r,
                       const Runner& runner);

/// The same for many: buffers are reused; `record` has the size of its cells.
void run_replication(const ParameterDraws& draws, const Plan& plan, std::uint64_t r,
                     const Runner& runner, Drawn& drawn, Record& record);

/// The headline of one record, in currency units.
double headline(const World& world, std::span<const std::int64_t> cells);

}  // namespace partnersim
