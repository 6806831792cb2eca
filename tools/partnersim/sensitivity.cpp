// `sensitivity`: which assumption matters, and what would have to be true to turn a decision.
#include <fmt/format.h>

#include <bit>

#include "batch.hpp"
#include "command.hpp"
#include "common.hpp"
#include "dry_run.hpp"
#include "experiments/compare.hpp"
#include "experiments/sensitivity.hpp"
#include "progress.hpp"
#include "results/json_text.hpp"
#include "results/sensitivity_table.hpp"

namespace partnersim {
namespace {

constexpr std::uint64_t kUsualTrajectories = 10, kUsualRows = 256;

SensitivityPlan plan_of(const Options& options) {
  SensitivityPlan plan;
  plan.method = options.method;
  plan.seed = options.seed;
  plan.pairs = options.futures.value_or(plan.pairs);
  if (plan.method == Method::tornado) {
    if (options.samples) throw Refusal("--samples goes with --method morris or sobol");
    return plan;
  }
  const bool sobol = plan.method == Method::sobol;
  plan.samples = options.samples.value_or(sobol ? kUsualRows : kUsualTrajectories);
  if (sobol && !std::has_single_bit(plan.samples)) {
    throw Refusal(fmt::format("--samples of sobol must be a power of two such as {}, not {}",
                              std::bit_ceil(plan.samples), plan.samples));
  }
  return plan;
}

std::string budget_text(const Question& question, const SensitivityPlan& plan,
                        const Options& options) {
  const std::size_t inputs = inputs_of(question, plan.method).size();
  const std::uint64_t runs = runs_of(plan, question, inputs);
  const Plan one{.months = question.base->world.months,
                 .seed = plan.seed,
                 .replications = 1,
                 .precision = {},
                 .triples = {}};
  return fmt::format("nothing was run or written\n  inputs  {}\n", inputs) +
         runs_and_time(
             runs, fmt::format("{} points x {} futures", grouped(runs / plan.pairs), plan.pairs),
             measure_one(*question.base, one, false), options.threads) +
         (question.alternative == nullptr
              ? ""
              : "          and a few more for each input that turns the decision\n");
}

SensitivityResult carry_out(const Question& question, const SensitivityPlan& plan,
                            const Options& options) {
  ProgressMeter meter("sensitivity", question.base->world.currency,
                      !options.quiet && !options.no_progress);
  const EnsembleOptions how{.threads = options.threads,
                            .check = false,
                            .progress = [&](const Progress& now) { meter.show(now); },
                            .stop = &stop_on_signals()};
  return analyse(question, plan, how);
}

int answer(const Question& question, const Options& options) {
  const SensitivityPlan plan = plan_of(options);
  if (options.dry_run) {
    print(budget_text(question, plan, options));
    return kDone;
  }
  const SensitivityResult result = carry_out(question, plan, options);
  if (result.interrupted) {
    say_line("interrupted; nothing was kept");
    return kInterrupted;
  }
  if (result.failed > 0) {
    say_line(fmt::format("{} of {} runs failed and are left out", grouped(result.failed),
                         grouped(result.runs)));
  }
  print(options.format == Format::json
            ? json_text(sensitivity_json(result, question, plan))
            : sensitivity_text(result, question, plan, terminal().width));
  return result.failed > 0 ? kSomeFailed : kDone;
}

int run(const Options& options) {
  const std::optional<Job> base = prepare(options.words[0], options);
  std::optional<Job> alternative;
  if (options.words.size() > 1) alternative = prepare(options.words[1], options);
  if (!base || (options.words.size() > 1 && !alternative)) return kRefused;
  const Question question{.base = &base->scenario,
                          .alternative = alternative ? &alternative->scenario : nullptr};
  try {
    return answer(question, options);
  } catch (const NotComparable& fault) {
    throw Refusal(fmt::format("{}: {}", options.words.back(), fault.what()));
  }
}

constexpr Opt kOptions[] = {Opt::method, Opt::samples, Opt::futures,     Opt::set,
                            Opt::months, Opt::seed,    Opt::uncertainty, Opt::threads,
                            Opt::format, Opt::dry_run, Opt::quiet,       Opt::no_progress};
constexpr Format kFormats[] = {Format::table, Format::json};

}  // namespace

extern constexpr Command kSensitivity{
    .name = "sensitivity",
    .group = "experts",
    .words = "FILE [ALT]",
    .least = 1,
    .most = 2,
    .meaning = "Which assumption matters; with ALT, what would turn the decision",
    .examples =
        "partnersim sensitivity my-channel.yaml\n"
        "partnersim sensitivity my-channel.yaml what-if.yaml\n"
        "partnersim sensitivity my-channel.yaml --method sobol --samples 64 --dry-run",
    .options = kOptions,
    .formats = kFormats,
    .run = run,
    .more =
        "Inputs are what the scenario gives a range, and what nobody typed within the range of\n"
        "its evidence. Answers are the contribution over the run, with ALT what ALT brings more.\n"
        "Sobol takes the six inputs that move it most, all others as one, and luck as one.",
};

}  // namespace partnersim
