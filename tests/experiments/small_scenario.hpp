// A scenario that runs in a moment, with more lines as a test needs them.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "ensemble/tiny.hpp"

namespace partnersim::testing {

inline constexpr std::string_view kSmall =
    "start: 2027-01\nmonths: 12\nuncertainty: none\n"
    "segments: [{name: VAR, partners: 30}, {name: MSP, partners: 20}]\nrival: {name: Rival}\n";

/// To run on so many threads.
inline EnsembleOptions on_threads(int threads) {
  EnsembleOptions options;
  options.threads = threads;
  return options;
}

inline Scenario small_scenario(std::string_view more = {}, std::string_view small = kSmall) {
  const Folder folder;
  overwrite(folder / "s.yaml", std::string(small) + std::string(more));
  Diagnostics diagnostics;
  std::optional<Scenario> scenario = load_scenario(folder / "s.yaml", {}, diagnostics);
  if (!scenario) throw std::runtime_error(diagnostics.render());
  return *scenario;
}

}  // namespace partnersim::testing
