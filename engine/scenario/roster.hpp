// Partners as changes and events name them: one id, a list of ids, or a CSV file with a column id.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/world.hpp"
#include "scenario/csv.hpp"
#include "scenario/document.hpp"

namespace partnersim {

/// Reads the CSV file a value names and keeps it as an input of the scenario; reports its faults.
using OpenCsv = std::function<std::optional<Csv>(const Node&)>;

class Roster {
 public:
  struct Named {
    std::uint32_t partner;  // engine order, suppliers included
    Location at;
  };

  Roster(const World& world, OpenCsv open, Diagnostics& diagnostics)
      : world_(world), open_(std::move(open)), diagnostics_(diagnostics) {}

  /// Those that `key: node` names. Unknown ids and those named twice are reported and left out;
  /// nobody where the partners themselves could not be read.
  std::vector<Named> read(const Node& node, std::string_view key);

 private:
  void add(std::string_view id, Location at, std::vector<Named>& named);
  void read_file(const Node& node, std::vector<Named>& named);

  const World& world_;
  OpenCsv open_;
  Diagnostics& diagnostics_;
  std::unordered_map<std::string_view, std::uint32_t> rows_;  // of ids, once one is asked for
};

/// The partners alone, ascending.
std::vector<std::uint32_t> partners_of(const std::vector<Roster::Named>& named);

}  // namespace partnersim
