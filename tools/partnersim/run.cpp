// `run`: the forecast of a scenario, into a result folder.
#include "batch.hpp"
#include "command.hpp"
#include "common.hpp"
#include "dry_run.hpp"
#include "forecast_output.hpp"
#include "trace.hpp"

namespace partnersim {
namespace {

int run(const Options& options) {
  if (options.replication && options.trace_partner.empty()) {
    throw Refusal("--replication only goes with --trace-partner");
  }
  if (options.changes.empty() && !(options.from.empty() && options.to.empty())) {
    throw Refusal("--from and --to only go with --change");
  }
  const std::optional<Job> job = prepare(options.words[0], options);
  if (!job) return kRefused;
  if (!options.trace_partner.empty()) return trace_partner(*job, options);
  if (options.dry_run) {
    print(dry_run(*job, options));
    return kDone;
  }
  if (const int status = ensure_result(*job, options); status != kDone) return status;
  return show_forecast(*job, options);
}

constexpr Opt kOptions[] = {Opt::set,         Opt::map,      Opt::months,      Opt::replications,
                            Opt::precision,   Opt::seed,     Opt::uncertainty, Opt::threads,
                            Opt::out,         Opt::force,    Opt::format,      Opt::dry_run,
                            Opt::check,       Opt::quiet,    Opt::no_progress, Opt::trace_partner,
                            Opt::replication, Opt::program,  Opt::change,      Opt::from,
                            Opt::to,          Opt::no_report};
constexpr Format kFormats[] = {Format::table, Format::json, Format::csv};

}  // namespace

extern constexpr Command kRun{
    .name = "run",
    .group = "forecast",
    .words = "FILE",
    .least = 1,
    .most = 1,
    .meaning = "The forecast: simulates many futures of a scenario into a result folder",
    .examples =
        "partnersim run my-channel.yaml\n"
        "partnersim run my-channel.yaml --set us.rebate=6% --out results/rebate-6\n"
        "partnersim run my-channel.yaml --precision 1%\n"
        "partnersim run my-channel.yaml --trace-partner VAR-000001",
    .options = kOptions,
    .formats = kFormats,
    .run = run,
    .more =
        "A result that is there already is shown, not computed again; one that was interrupted\n"
        "is finished.",
};

}  // namespace partnersim
