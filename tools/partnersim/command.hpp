// The shape of a command, and the list of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/explain.hpp"
#include "experiments/sensitivity.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

enum class Format { table, json, csv };

/// The options there are; each command lists those that make sense for it.
enum class Opt : std::uint8_t {
  set,
  change,
  from,
  to,
  save,
  program,
  partners,
  deals,
  map,
  by,
  method,
  samples,
  futures,
  months,
  replications,
  precision,
  assertion,
  seed,
  threads,
  uncertainty,
  check,
  trace_partner,
  replication,
  out,
  force,
  format,
  export_file,
  page,
  language,
  no_report,
  markdown,
  evidence,
  dry_run,
  quiet,
  no_progress,
};

/// A command line, read and checked.
struct Options {
  std::vector<std::string> words;  // what stands without dashes: files, folders, names
  std::vector<std::string> sets;
  std::vector<std::string> changes;
  std::vector<std::string> assertions;
  std::string from, to;
  std::filesystem::path save;
  std::string program;
  std::filesystem::path partners, deals;  // exports of the user
  std::vector<std::string> maps;
  std::optional<By> by;
  Method method = Method::tornado;
  std::optional<std::uint64_t> samples, futures;
  std::optional<int> months;
  std::optional<std::uint64_t> replications;
  std::optional<double> precision;
  std::uint64_t seed = 1;
  int threads = 0;  // 0: all cores
  std::optional<Uncertainty> uncertainty;
  bool check = false;  // checked runs
  std::string trace_partner;
  std::optional<std::uint64_t> replication;
  std::filesystem::path out;
  bool force = false;
  Format format = Format::table;
  std::string export_file;
  std::filesystem::path page;
  std::string language = "en";
  bool no_report = false;
  bool markdown = false;
  bool evidence = false;
  bool dry_run = false;
  bool quiet = false;
  bool no_progress = false;

  LoadOptions load_options() const;
};

inline constexpr std::size_t kAnyNumber = 1000;

struct Command {
  std::string_view name;
  std::string_view group;    // look, forecast, decide, experts; empty: not in the help
  std::string_view words;    // FILE, NAME
  std::size_t least, most;   // how many words
  std::string_view meaning;  // one line
  std::string_view examples;
  std::span<const Opt> options;
  std::span<const Format> formats;
  int (*run)(const Options&);
  std::string_view more = {};  // below the options in the help
};

/// In the order of the help.
std::span<const Command* const> commands();

extern const Command kNew, kCheck, kShow, kParameters, kSchema, kGraph, kRun, kResume, kCompare,
    kWhatIf, kExplain, kSensitivity, kReport;

}  // namespace partnersim
