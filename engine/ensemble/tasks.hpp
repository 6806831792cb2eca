// Work that is split into numbered tasks, on all cores and without a journal.
#pragma once

#include <cstdint>
#include <functional>

#include "ensemble/ensemble.hpp"

namespace partnersim {

using Task = std::function<void(std::uint64_t)>;

/// Calls each of the tasks 0 .. count - 1 once. Each thread has its own worker and keeps it; a task
/// must depend on its number alone. Of the options, threads, progress (in tasks, without an
/// estimate) and stop are looked at. False where it was stopped. The first exception of a task
/// comes out after all threads are idle.
bool run_tasks(std::uint64_t count, const EnsembleOptions& options,
               const std::function<Task()>& make_worker);

}  // namespace partnersim
