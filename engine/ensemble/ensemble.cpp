// Threads that take the next missing replication, and the tally of what they finished.
#include "ensemble/ensemble.hpp"

#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <vector>

#include "base/check.hpp"
#include "ensemble/statistics.hpp"

namespace partnersim {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr auto kTick = std::chrono::milliseconds(100);

/// What has finished, and what the finished prefix says about the headline.
class Tally {
 public:
  Tally(const Plan& plan, std::uint64_t replications, bool reached)
      : precision_(reached ? std::nullopt : plan.precision),
        reached_(reached),
        end_(replications),
        look_(next_look(0, replications)),
        finished_(replications, false),
        headlines_(replications, kNan) {}

  /// NaN where it failed.
  void add(std::uint64_t r, double headline) {
    finished_[r] = true;
    headlines_[r] = headline;
    ++done_;
    while (prefix_ < finished_.size() && finished_[prefix_]) ++prefix_;
    while (precision_ && !reached_ && look_ <= prefix_) look();
  }

  bool reached() const { return reached_; }
  std::uint64_t end() const { return end_; }  // replications there will be
  bool complete() const { return prefix_ >= end_; }
  std::uint64_t done() const { return std::min(done_, end_); }

  Summary summary(std::uint64_t n) const {
    std::vector<double> values;
    values.reserve(n);
    std::copy_if(headlines_.begin(), headlines_.begin() + static_cast<std::ptrdiff_t>(n),
                 std::back_inserter(values), [](double x) { return !std::isnan(x); });
    return summarize(values);
  }
  Summary summary() const { return summary(std::min(prefix_, end_)); }

 private:
  void look() {
    if (relative_half_width(summary(look_)) <= *precision_) {
      reached_ = true;
      end_ = look_;
    } else if (look_ == end_) {
      precision_.reset();  // that was the last look
    } else {
      look_ = next_look(look_, end_);
    }
  }

  std::optional<double> precision_;
  bool reached_;
  std::uint64_t end_, look_;
  std::uint64_t done_ = 0, prefix_ = 0;
  std::vector<bool> finished_;
  std::vector<double> headlines_;
};

/// What a thread keeps between replications.
struct Worker {
  Runner runner;
  Drawn drawn;
  Record record;
};

class Batch {
 public:
  Batch(const Scenario& scenario, const Plan& plan, JournalWriter& journal,
        const EnsembleOptions& options, const std::function<Runner()>& make_runner)
      : world_(scenario.world),
        plan_(plan),
        journal_(journal),
        options_(options),
        draws_(scenario),
        tally_(plan, journal.reader().replications(), journal.reader().precision_reached()),
        workers_([&, cells = Cells(scenario.world).values().size()] {
          Worker worker{.runner = make_runner(), .drawn = {}, .record = {}};
          worker.record.cells.resize(static_cast<std::size_t>(plan.months) * cells);
          return worker;
        }) {
    take_over();
  }

  EnsembleResult run() {
    if (!tally_.complete()) simulate();
    if (error_) std::rethrow_exception(error_);
    if (tally_.reached() && !journal_.reader().precision_reached()) journal_.end_at(tally_.end());
    journal_.flush();
    const JournalReader& reader = journal_.reader();
    return {.planned = reader.replications(),
            .done = reader.count(RecordStatus::done),
            .failed = reader.count(RecordStatus::failed),
            .interrupted = !tally_.complete(),
            .precision_reached = tally_.reached()};
  }

 private:
  /// What the journal already holds.
  void take_over() {
    const JournalReader& reader = journal_.reader();
    Record record;
    for (std::uint64_t r = 0; r < tally_.end(); ++r) {
      if (reader.status(r) == RecordStatus::missing) continue;
      reader.read(r, record);
      tally_.add(r, record.failed ? kNan : headline(world_, record.cells));
    }
    missing_ = reader.with(RecordStatus::missing);
  }

  void simulate() {
    const int threads =
        options_.threads > 0 ? options_.threads : oneapi::tbb::info::default_concurrency();
    // The caller's thread reports progress; one more than `threads` lets all of these be workers.
    const oneapi::tbb::global_control control(oneapi::tbb::global_control::max_allowed_parallelism,
                                              static_cast<std::size_t>(threads) + 1);
    oneapi::tbb::task_arena arena(threads, 0);
    running_ = threads;
    for (int k = 0; k < threads; ++k) arena.enqueue([this] { work(); });
    watch();
  }

  /// In each thread: the next missing replication, in order, until there is no more to do.
  void work() {
    try {
      Worker& worker = workers_.local();
      while (const std::optional<std::uint64_t> r = next()) {
        run_replication(draws_, plan_, *r, worker.runner, worker.drawn, worker.record);
        journal_.write(worker.record);
        const double value = worker.record.failed ? kNan : headline(world_, worker.record.cells);
        const std::lock_guard lock(mutex_);
        tally_.add(*r, value);
      }
    } catch (...) {
      fail(std::current_exception());
    }
    const std::lock_guard lock(mutex_);
    if (--running_ == 0) idle_.notify_all();
  }

  std::optional<std::uint64_t> next() {
    if (options_.stop != nullptr && options_.stop->load()) return std::nullopt;
    const std::lock_guard lock(mutex_);
    if (error_ || next_ == missing_.size() || missing_[next_] >= tally_.end()) return std::nullopt;
    return missing_[next_++];
  }

  void fail(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
  }

  /// In the caller's thread, until all threads are idle.
  void watch() {
    bool idle = false;
    while (!idle) {
      std::unique_lock lock(mutex_);
      idle = idle_.wait_for(lock, kTick, [this] { return running_ == 0; });
      if (!options_.progress || error_) continue;
      const Progress now = progress();
      lock.unlock();
      try {
        options_.progress(now);
      } catch (...) {
        fail(std::current_exception());
      }
    }
  }

  Progress progress() const {
    const Summary summary = tally_.summary();
    return {.done = tally_.done(),
            .planned = tally_.end(),
            .seconds = std::chrono::duration<double>(Clock::now() - begin_).count(),
            .mean = summary.mean,
            .half_width = (summary.ci_hi - summary.ci_lo) / 2};
  }

  const World& world_;
  const Plan& plan_;
  JournalWriter& journal_;
  const EnsembleOptions& options_;
  const ParameterDraws draws_;
  const Clock::time_point begin_ = Clock::now();
  std::vector<std::uint64_t> missing_;

  std::mutex mutex_;  // of what follows, workers_ aside
  std::condition_variable idle_;
  Tally tally_;
  std::size_t next_ = 0;  // in missing_
  int running_ = 0;
  std::exception_ptr error_;
  oneapi::tbb::enumerable_thread_specific<Worker> workers_;
};

}  // namespace

EnsembleResult run_ensemble(const Scenario& scenario, const Plan& plan, JournalWriter& journal,
                            const EnsembleOptions& options,
                            const std::function<Runner()>& make_runner) {
  require(journal.reader().header().plan == plan && scenario.world.months == plan.months,
          "the journal is one of another plan");
  return Batch(scenario, plan, journal, options, make_runner).run();
}

EnsembleResult run_ensemble(const Scenario& scenario, const Plan& plan, JournalWriter& journal,
                            const EnsembleOptions& options) {
  return run_ensemble(scenario, plan, journal, options,
                      [&] { return simulation_runner(scenario.world, options.check); });
}

}  // namespace partnersim
