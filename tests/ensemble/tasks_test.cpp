// Tasks: each once, on any number of threads, with one worker a thread.
#include "ensemble/tasks.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <vector>

namespace partnersim {
namespace {

EnsembleOptions on_threads(int threads) {
  EnsembleOptions options;
  options.threads = threads;
  return options;
}

TEST(Tasks, RunOnceEach) {
  for (const int threads : {1, 3}) {
    std::vector<std::atomic<int>> runs(100);
    std::atomic<int> workers = 0;
    EXPECT_TRUE(run_tasks(100, on_threads(threads), [&]() -> Task {
      ++workers;
      return [&](std::uint64_t k) { ++runs[k]; };
    }));
    for (const auto& one : runs) EXPECT_EQ(one, 1);
    EXPECT_GE(workers, 1);
    EXPECT_LE(workers, threads);
  }
}

TEST(Tasks, OfNoneIsDone) {
  EXPECT_TRUE(run_tasks(0, on_threads(2), []() -> Task { throw std::logic_error("no worker"); }));
}

TEST(Tasks, StopWhenAsked) {
  std::atomic<bool> stop = false;
  std::atomic<int> runs = 0;
  EnsembleOptions options = on_threads(2);
  options.stop = &stop;
  EXPECT_FALSE(run_tasks(100, options, [&]() -> Task {
    return [&](std::uint64_t) {
      if (++runs == 5) stop = true;
    };
  }));
  EXPECT_LT(runs, 100);
}

TEST(Tasks, ThrowWhatATaskThrew) {
  EXPECT_THROW(run_tasks(100, on_threads(2),
                         []() -> Task {
                           return [](std::uint64_t k) {
                             if (k == 7) throw std::out_of_range("seven");
                           };
                         }),
               std::out_of_range);
}

TEST(Tasks, TellHowFarTheyAre) {
  Progress last;
  EnsembleOptions options = on_threads(1);
  options.progress = [&](const Progress& now) { last = now; };
  run_tasks(20, options, []() -> Task { return [](std::uint64_t) {}; });
  EXPECT_EQ(last.done, 20u);
  EXPECT_EQ(last.planned, 20u);
}

}  // namespace
}  // namespace partnersim
