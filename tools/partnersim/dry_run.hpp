// What a run would take: runs, time, memory, disk.
#pragma once

#include <string>

#include "batch.hpp"

namespace partnersim {

/// Simulates one replication to know how long they take; writes nothing.
std::string dry_run(const Job& job, const Options& options);

}  // namespace partnersim
