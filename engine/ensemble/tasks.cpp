#include "ensemble/tasks.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/task_arena.h>

#include <chrono>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <optional>

namespace partnersim {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kTick = std::chrono::milliseconds(100);
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

class Tasks {
 public:
  Tasks(std::uint64_t count, const EnsembleOptions& options,
        const std::function<Task()>& make_worker)
      : count_(count), options_(options), make_worker_(make_worker) {}

  bool run() {
    const int threads =
        options_.threads > 0 ? options_.threads : oneapi::tbb::info::default_concurrency();
    // The caller's thread reports progress; one more than `threads` lets all of these be workers.
    const oneapi::tbb::global_control control(oneapi::tbb::global_control::max_allowed_parallelism,
                                              static_cast<std::size_t>(threads) + 1);
    oneapi::tbb::task_arena arena(threads, 0);
    running_ = threads;
    for (int k = 0; k < threads; ++k) arena.enqueue([this] { work(); });
    watch();
    if (error_) std::rethrow_exception(error_);
    return done_ == count_;
  }

 private:
  void work() {
    try {
      Task worker;
      while (const std::optional<std::uint64_t> task = next()) {
        if (!worker) worker = make_worker_();
        worker(*task);
        const std::lock_guard lock(mutex_);
        ++done_;
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
    if (error_ || next_ == count_) return std::nullopt;
    return next_++;
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
      const Progress now{.done = done_,
                         .planned = count_,
                         .seconds = std::chrono::duration<double>(Clock::now() - begin_).count(),
                         .mean = kNan,
                         .half_width = kNan};
      lock.unlock();
      try {
        options_.progress(now);
      } catch (...) {
        fail(std::current_exception());
      }
    }
  }

  const std::uint64_t count_;
  const EnsembleOptions& options_;
  const std::function<Task()>& make_worker_;
  const Clock::time_point begin_ = Clock::now();

  std::mutex mutex_;  // of what follows
  std::condition_variable idle_;
  std::uint64_t next_ = 0, done_ = 0;
  int running_ = 0;
  std::exception_ptr error_;
};

}  // namespace

bool run_tasks(std::uint64_t count, const EnsembleOptions& options,
               const std::function<Task()>& make_worker) {
  return Tasks(count, options, make_worker).run();
}

}  // namespace partnersim
