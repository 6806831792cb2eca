// A scenario file together with the files it extends, and single values set from the command line.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/document.hpp"

namespace partnersim {

struct Loaded {
  Node root;                                 // merged; every value keeps its place in its own file
  std::vector<std::filesystem::path> files;  // read, the child first, then its parents
};

/// Reads `path` and what it extends, one parent each. Maps merge by key, lists of maps by `name`;
/// `{name: x, remove: true}` deletes; other lists, and ranges such as {p10: 3, p90: 9}, are
/// replaced as a whole. The lists `changes` and `events` are appended to the parent's, items with
/// the name of one of the parent's merge into it. The parent's order is kept. `extends` is not in
/// the result.
std::optional<Loaded> load_with_parents(const std::filesystem::path& path,
                                        Diagnostics& diagnostics);

/// The whole of a regular file of at most `max_bytes`; reports E-FILE at `at` when it cannot be
/// read.
std::optional<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes,
                                     Location at, Diagnostics& diagnostics);

/// `us.offers.Cloud.price=24k`: reads the right side as YAML and puts it at the path, making maps
/// that are missing. Items of lists are found by name, `*` means all of them, a part in double
/// quotes may hold dots. False when nothing was set.
bool apply_set(Node& root, std::string_view assignment, Diagnostics& diagnostics);

}  // namespace partnersim
