#include "dry_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "common.hpp"
#include "ensemble/draws.hpp"
#include "ensemble/ensemble.hpp"
#include "progress.hpp"

namespace partnersim {
namespace {

using Clock = std::chrono::steady_clock;

std::string bytes_text(double bytes) {
  constexpr std::array<std::string_view, 5> kUnits{"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (bytes >= 1000 && unit + 1 < kUnits.size()) {
    bytes /= 1000;
    ++unit;
  }
  return fmt::format("{:.{}f} {}", bytes, bytes < 10 && unit > 0 ? 1 : 0, kUnits[unit]);
}

int cores() {
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

/// Threads that are asked for, as many as there are cores otherwise.
int threads_of(int asked) {
  return asked > 0 ? asked : cores();
}

std::string time_line(std::uint64_t runs, const OneRun& one, int threads) {
  const auto all = static_cast<double>(runs);
  const double at_once = std::min<double>(std::min(threads_of(threads), cores()), all);
  return fmt::format("  time    about {} ({:.1f} ms a run)\n",
                     duration_text(one.seconds * all / at_once), 1e3 * one.seconds);
}

}  // namespace

OneRun measure_one(const Scenario& scenario, const Plan& plan, bool check) {
  Simulation simulation(scenario.world);
  simulation.check(check);
  const Triple triple = plan.triple(0);
  const Drawn drawn = ParameterDraws(scenario).draw(draw_luck(plan.seed, triple));
  const Clock::time_point start = Clock::now();
  simulation.start(drawn.parameters, run_luck(plan.seed, triple));
  while (!simulation.done()) simulation.advance();
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  std::size_t bytes = 0;
  for (const auto& row : kColumns) bytes += bytes_of(simulation.state().columns, row);
  return {seconds, bytes};
}

std::string runs_and_time(std::uint64_t runs, const std::string& how, const OneRun& one,
                          int threads) {
  return fmt::format("  runs    {} = {}, on {}\n", how, grouped(runs),
                     counted(static_cast<std::uint64_t>(threads_of(threads)), "thread")) +
         time_line(runs, one, threads);
}

std::string dry_run(const Job& job, const Options& options) {
  constexpr double kProgram = 20e6, kWorldBytes = 200;  // what stands beside the states
  const OneRun one = measure_one(job.scenario, job.plan, options.check);
  const int threads = threads_of(options.threads);
  const auto runs = static_cast<double>(job.plan.replications);
  const double states = std::min<double>(threads, runs) * static_cast<double>(one.state_bytes);
  const double memory =
      kProgram + kWorldBytes * static_cast<double>(job.scenario.world.partners.count) + states;
  const JournalLayout layout = layout_of(job.header());
  std::string text = fmt::format("{}: nothing was run or written\n", job.file.string());
  text += fmt::format("  runs    {}{} of {} with {}, on {}\n", job.plan.precision ? "at most " : "",
                      grouped(job.plan.replications),
                      counted(static_cast<std::uint64_t>(job.plan.months), "month"),
                      counted(job.scenario.world.partners.count, "partner"),
                      counted(static_cast<std::uint64_t>(threads), "thread"));
  text += time_line(job.plan.replications, one, options.threads);
  text += fmt::format("  memory  about {}\n", bytes_text(memory));
  return text + fmt::format("  disk    about {} in {}\n",
                            bytes_text(static_cast<double>(layout.record(job.plan.replications))),
                            job.folder.string());
}

}  // namespace partnersim
