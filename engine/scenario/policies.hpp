// How vendors steer: the `policy` of a vendor.
#pragma once

#include "scenario/outline.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

/// Reads the policies into World; reports levers that do not exist or cannot move, bounds that
/// contradict each other, and changes that move the same lever.
void resolve_policies(const Outline& outline, Scenario& scenario, Diagnostics& diagnostics);

}  // namespace partnersim
