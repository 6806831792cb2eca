// A what-if that stands in no file: assignments from the command line as one more change.
#pragma once

#include "scenario/document.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

/// Appends the change to the list `changes` of a completed root, and gives it its title. Places are
/// those inside the arguments; what cannot be read is reported.
void lay_over(Node& root, const WhatIf& what_if, Diagnostics& diagnostics);

}  // namespace partnersim
