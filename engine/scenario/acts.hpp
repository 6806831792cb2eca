// What changes and events do to single partners: `terminate`, `leave`, `acquired_by`.
#pragma once

#include <map>

#include "scenario/roster.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

class Acts {
 public:
  Acts(const World& world, Roster& roster, Diagnostics& diagnostics)
      : world_(world), roster_(roster), diagnostics_(diagnostics) {}

  /// Reads those of one change or event. `planned`: it is sure to happen.
  void read(const Node& node, bool planned, Change& change);

 private:
  struct Act {
    Location at;
    bool planned;
  };

  std::optional<Termination> termination(const Node& node);
  std::vector<Acquisition> acquisitions(const Node& node, bool planned);
  std::optional<std::uint32_t> vendor(const Node& node);
  /// What happens to a firm first is final; a second act on it is an error where both are planned.
  void settle(const std::vector<Roster::Named>& named, bool planned);

  const World& world_;
  Roster& roster_;
  Diagnostics& diagnostics_;
  std::map<std::uint32_t, Act> acts_;  // by partner: the first one written
};

}  // namespace partnersim
