// `whatif`: a change from the command line against the scenario as it is.
#include <fmt/format.h>

#include "command.hpp"
#include "common.hpp"
#include "ensemble/files.hpp"
#include "sides.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;

/// Where --save writes to. Throws Refusal.
void check_save(const fs::path& path) {
  if (path.extension() != ".yaml") {
    throw Refusal(fmt::format("--save writes a scenario: {} does not end in .yaml", path.string()));
  }
  if (fs::symlink_status(path).type() != fs::file_type::not_found) {
    throw Refusal(fmt::format("{} exists already and is not overwritten; choose another name",
                              path.string()));
  }
}

/// The what-if as a file, loaded like any other: what it brings is what `compare` says of it.
std::optional<Job> saved(const fs::path& base, const Calendar& calendar, const Options& with_change,
                         const Options& options) {
  const fs::path folder = fs::absolute(options.save).lexically_normal().parent_path();
  const fs::path relative = fs::absolute(base).lexically_normal().lexically_relative(folder);
  write_file_atomically(options.save,
                        what_if_yaml(*with_change.load_options().what_if, relative.generic_string(),
                                     month_label(calendar, 0)));
  if (!options.quiet) {
    say_line(fmt::format("{} is written; again: partnersim compare {} {}", options.save.string(),
                         shell_word(base), shell_word(options.save)));
  }
  return prepare(options.save, options);
}

int run(const Options& options) {
  const fs::path file = options.words[0];
  if (!options.save.empty()) check_save(options.save);
  Options with_change = side_options(options), as_is = with_change;
  with_change.changes.assign(options.words.begin() + 1, options.words.end());
  with_change.quiet = true;  // what the files hold was said of them as they are
  as_is.from.clear();
  as_is.to.clear();
  std::optional<Job> base = prepare(file, as_is);
  if (!base) return kRefused;
  std::optional<Job> changed = prepare(file, with_change);
  if (!changed) return kRefused;
  if (!options.save.empty())
    changed = saved(file, base->scenario.world.calendar, with_change, as_is);
  if (!changed) return kRefused;
  as_is.out = options.out;
  return compare_sides({side_of(std::move(*base)), side_of(std::move(*changed))}, {}, as_is);
}

constexpr Opt kOptions[] = {Opt::from,        Opt::to,          Opt::save,         Opt::set,
                            Opt::map,         Opt::months,      Opt::replications, Opt::seed,
                            Opt::uncertainty, Opt::precision,   Opt::assertion,    Opt::out,
                            Opt::threads,     Opt::force,       Opt::format,       Opt::check,
                            Opt::quiet,       Opt::no_progress, Opt::no_report};
constexpr Format kFormats[] = {Format::table, Format::json, Format::csv};

}  // namespace

extern constexpr Command kWhatIf{
    .name = "whatif",
    .group = "decide",
    .words = "FILE KEY=VALUE...",
    .least = 2,
    .most = kAnyNumber,
    .meaning = "What a change brings, without writing a file",
    .examples =
        "partnersim whatif my-channel.yaml 'us.rebate=+2 points' --from FY28\n"
        "partnersim whatif my-channel.yaml us.rebate=2% us.managers.seats=+6 --save people.yaml",
    .options = kOptions,
    .formats = kFormats,
    .run = run,
    .more =
        "All assignments together are one change. Values are those of `set` under `changes`: 5%,\n"
        "+2 points, +4, -20k, x1.1. --assert, --out: see partnersim help compare.",
};

}  // namespace partnersim
