// A scenario file resolved: the World, the base values of all parameters, what is uncertain about
// them, and where every value comes from.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/distribution.hpp"
#include "model/parameters.hpp"
#include "model/world.hpp"
#include "scenario/diagnostics.hpp"
#include "scenario/targets.hpp"

namespace partnersim {

/// Where a value comes from.
enum class Origin { standard, evidence, file, command_line };

/// One parameter of the scenario, resolved.
struct Setting {
  Address address;
  std::string path;  // as typed in a file: us.offers.Cloud.price
  double value = 0;  // base value: what is typed, or the median of what is typed, or the default
  Distribution distribution;  // fixed where it is not drawn
  Origin origin = Origin::standard;
  Location at;         // where origin is file or command_line
  std::string typed;   // the text that stands there: "5% to 12%"
  std::string source;  // and its place in words: "base.yaml:12", "--set"
};

/// Two drawn parameters whose normal scores are correlated.
struct Correlation {
  std::size_t a, b;  // indices into settings
  double rho;
};

struct InputFile {
  std::filesystem::path path;  // as reached from the scenario file
  std::uint64_t hash = 0;      // of its bytes
};

/// What the scenario names besides itself, relative to its folder; empty: generated.
struct FileReferences {
  std::string partners;
  std::vector<std::array<std::string, 2>> map;  // columns of the partner file: theirs, ours
  std::string links;
  std::string graph_kind;  // of generated peer links
};

/// Which uncertainty is drawn: what nobody typed from its evidence range, only what the file
/// states, or nothing.
enum class Uncertainty { evidence, stated, none };

struct Scenario {
  std::string name;  // file name without its extension
  World world;
  Parameters parameters;
  std::vector<Setting> settings;   // every parameter, in the order of all_addresses()
  std::vector<std::size_t> drawn;  // those with a distribution that is not fixed
  std::vector<Correlation> correlations;
  std::vector<Target> targets;
  Uncertainty uncertainty = Uncertainty::evidence;
  std::vector<InputFile> inputs;
  FileReferences files;
};

/// One more change, laid over a scenario without a file: what all assignments set, from a month on.
struct WhatIf {
  std::vector<std::string> sets;  // us.rebate=+2 points
  std::string from, to;           // 2027-07, FY28; empty: from the first month, for good
  std::string name;               // of the scenario that it makes
};

struct LoadOptions {
  std::vector<std::string> sets;           // --set a.b=c
  std::vector<std::string> maps;           // --map Umsatz=revenue_12m
  std::optional<int> months;               // --months
  std::optional<Uncertainty> uncertainty;  // --uncertainty
  std::uint64_t seed = 1;                  // shapes generated partners and links
  bool evidence_warnings = false;          // warn of values outside the range of their evidence
  std::optional<WhatIf> what_if;
  /// Says what is wrong with the metrics and amounts of targets, which only rooms above know.
  std::function<void(const World&, std::span<const Target>, Diagnostics&)> check_targets;
};

/// Reads, checks and resolves. Every fault of every file is in `diagnostics`; nullopt when one of
/// them is an error.
std::optional<Scenario> load_scenario(const std::filesystem::path& file, const LoadOptions& options,
                                      Diagnostics& diagnostics);

/// The what-if as the text of a file that extends `base`, a path relative to it.
std::string what_if_yaml(const WhatIf& what_if, const std::string& base,
                         const std::string& first_month);

/// Several programs over one scenario, as one file describes them.
struct Programs {
  std::vector<Scenario> programs;  // named as in the file
  std::vector<Target> budget;
  std::optional<Target> goal;
};

/// Whether this is a file of `programs`; false also where it cannot be read.
bool holds_programs(const std::filesystem::path& file);

/// Each program is the base with one more change from the first month on. Sets, months and
/// uncertainty of the options are those of the base; `what_if` is not looked at.
std::optional<Programs> load_programs(const std::filesystem::path& file, const LoadOptions& options,
                                      Diagnostics& diagnostics);

/// The scenario as YAML that loads to the same scenario, each value with its origin as a comment.
/// Files it names are relative to the folder of the scenario. `x from evidence` is a value nobody
/// typed, drawn from the range of its evidence around it.
std::string resolved_yaml(const Scenario& scenario);

/// A value with its unit as people write it: "4 %", "45,000 EUR", "2.8 months".
std::string value_text(double value, Unit unit, const std::string& currency);
std::string distribution_text(const Setting& setting, const std::string& currency);

/// JSON Schema of scenario files, for editors; made from the parameter tables.
std::string json_schema();

/// The parameter reference as Markdown (`scenarios/parameters.md`).
std::string parameter_reference();

/// One parameter for the terminal: choice.beta, us.offers.price, or just habit. Where there is none
/// of that name: what was probably meant.
std::string parameter_help(std::string_view key);

}  // namespace partnersim
