// What is planned to change and what may happen, read from `changes` and `events`.
#pragma once

#include "scenario/document.hpp"
#include "scenario/roster.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

/// Fills World.changes and .events. Partners must stand in engine order, parameters have their base
/// values. `shortened`: the run was shortened on the command line, so that what lies behind its end
/// is left out with a warning.
void resolve_schedule(const Node& root, bool shortened, OpenCsv open, Scenario& scenario,
                      Diagnostics& diagnostics);

}  // namespace partnersim
