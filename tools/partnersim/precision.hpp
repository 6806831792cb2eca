// Runs added until a difference is known precisely.
#pragma once

#include <vector>

#include "sides.hpp"

namespace partnersim {

/// Runs all sides at 32, 64, 128, ... replications, at most at those planned, until half the
/// interval of every headline difference is within options.precision of A's mean. The sides are
/// left as ordinary results of the last number; those of smaller numbers that were made on the way
/// are removed. Throws Refusal where a side is a folder. A status of the program.
int run_to_precision(std::vector<Side>& sides, const Options& options);

}  // namespace partnersim
