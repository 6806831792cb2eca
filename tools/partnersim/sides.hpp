// What `compare` and `whatif` share: sides that are run where they must be, then compared.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "batch.hpp"

namespace partnersim {

/// One side: a result folder, and the scenario to make it from where a file was named.
struct Side {
  std::string name;
  std::filesystem::path folder;
  std::optional<Job> job;
};

/// A scenario that was read, under its name.
Side side_of(Job job);

/// Where two sides have the same name, all get that of their folder.
void tell_apart(std::vector<Side>& sides);

/// The options of the runs that are compared: --out is of the comparison itself.
Options side_options(Options options);

/// What every side is to keep and to reach.
struct Wishes {
  std::vector<Target> budget;
  std::optional<Target> goal;
};

/// Runs what is missing, with options.precision as much as that takes; compares all with the first
/// and prints it. A status of the program.
int compare_sides(std::vector<Side> sides, const Wishes& wishes, const Options& options);

}  // namespace partnersim
