// `explain`: why an alternative differs, by the lines that changed or by what everybody then does.
#include <fmt/format.h>

#include <algorithm>

#include "batch.hpp"
#include "command.hpp"
#include "common.hpp"
#include "dry_run.hpp"
#include "experiments/compare.hpp"
#include "experiments/explain.hpp"
#include "progress.hpp"
#include "results/explain_table.hpp"
#include "results/json_text.hpp"

namespace partnersim {
namespace {

constexpr std::uint64_t kUsualRuns = 12'800, kFewestFutures = 40;

By by_of(const Options& options) {
  return options.by.value_or(By::levers);
}

/// As many futures as the usual number of runs allows, whole draws of four.
std::uint64_t futures_of(const Options& options, const ExplainBudget& budget) {
  if (options.replications) return *options.replications;
  const std::uint64_t affordable = kUsualRuns / std::max<std::uint64_t>(budget.runs, 1) / 4 * 4;
  return std::clamp(affordable, kFewestFutures, kUsualReplications);
}

std::string budget_text(const Scenario& base, const ExplainBudget& budget, const Plan& plan,
                        const Options& options) {
  std::string text = "nothing was run or written\n";
  text += fmt::format(
      "  parts   {}\n",
      counted(budget.players.size(), budget.by == By::levers ? "changed line" : "cause") +
          (budget.by == By::levers ? "" : " and the terms") +
          (budget.exact ? ", all coalitions" : ", two orders in each future"));
  for (const std::string& player : budget.players) text += "          " + player + "\n";
  return text + runs_and_time(budget.runs * plan.replications,
                              fmt::format("{} futures x {} runs", grouped(plan.replications),
                                          grouped(budget.runs)),
                              measure_one(base, plan, false), options.threads);
}

Explanation carry_out(const Job& base, const Job& alternative, const Plan& plan,
                      const Options& options) {
  ProgressMeter meter("explain", base.scenario.world.currency,
                      !options.quiet && !options.no_progress);
  const EnsembleOptions how{.threads = options.threads,
                            .check = false,
                            .progress = [&](const Progress& now) { meter.show(now); },
                            .stop = &stop_on_signals()};
  return explain(base.scenario, alternative.scenario, by_of(options), plan, how);
}

int answer(const Job& base, const Job& alternative, const Options& options) {
  const ExplainBudget budget = explain_budget(base.scenario, alternative.scenario, by_of(options));
  const ComparedNames names{base.scenario.name, alternative.scenario.name};
  if (budget.by == By::levers && budget.players.empty()) {
    throw Refusal(fmt::format("{} and {} say the same: there is nothing to explain",
                              base.file.string(), alternative.file.string()));
  }
  Plan plan = base.plan;
  plan.replications = futures_of(options, budget);
  if (options.dry_run) {
    print(budget_text(base.scenario, budget, plan, options));
    return kDone;
  }
  const Explanation result = carry_out(base, alternative, plan, options);
  if (result.interrupted) {
    say_line("interrupted; nothing was kept");
    return kInterrupted;
  }
  for (std::size_t k = 0; k < std::min<std::size_t>(3, result.failures.size()); ++k) {
    say_line(result.failures[k]);
  }
  if (!result.failures.empty()) {
    say_line(fmt::format("{} of {} futures failed and are left out",
                         grouped(result.failures.size()), grouped(plan.replications)));
  }
  print(options.format == Format::json ? json_text(explanation_json(result, names))
                                       : explanation_text(result, names, terminal().width));
  return result.failures.empty() ? kDone : kSomeFailed;
}

int run(const Options& options) {
  const std::optional<Job> base = prepare(options.words[0], options);
  const std::optional<Job> alternative = prepare(options.words[1], options);
  if (!base || !alternative) return kRefused;
  try {
    return answer(*base, *alternative, options);
  } catch (const NotComparable& fault) {
    throw Refusal(fmt::format("{} cannot be explained against {}: {}", options.words[1],
                              options.words[0], fault.what()));
  }
}

constexpr Opt kOptions[] = {Opt::by,      Opt::set,         Opt::months,     Opt::replications,
                            Opt::seed,    Opt::uncertainty, Opt::threads,    Opt::format,
                            Opt::dry_run, Opt::quiet,       Opt::no_progress};
constexpr Format kFormats[] = {Format::table, Format::json};

}  // namespace

extern constexpr Command kExplain{
    .name = "explain",
    .group = "decide",
    .words = "BASE ALT",
    .least = 2,
    .most = 2,
    .meaning = "Why ALT differs: what each changed line, or each consequence, brings",
    .examples =
        "partnersim explain my-channel.yaml what-if.yaml\n"
        "partnersim explain my-channel.yaml what-if.yaml --by mechanisms\n"
        "partnersim explain my-channel.yaml what-if.yaml --by mechanisms --dry-run",
    .options = kOptions,
    .formats = kFormats,
    .run = run,
    .more =
        "Parts add up to the difference. By mechanisms: what the new terms bring while everybody\n"
        "acts as in BASE, and what it adds that partners, customers and vendors then act\n"
        "otherwise. Up to 8 changed lines are taken in all combinations, of more some orders are\n"
        "sampled. Without --replications as many of 200 futures as 12,800 runs allow, at least "
        "40.",
};

}  // namespace partnersim
