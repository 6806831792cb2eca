// The months of one partner in one simulated future.
#pragma once

#include "batch.hpp"

namespace partnersim {

/// Simulates one replication and prints it; writes nothing. Throws Refusal for an unknown partner.
int trace_partner(const Job& job, const Options& options);

}  // namespace partnersim
