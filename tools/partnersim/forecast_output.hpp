// The forecast of a finished folder on stdout: table, chart, sentences; then where it lies.
#pragma once

#include "batch.hpp"

namespace partnersim {

/// kDone or kSomeFailed.
int show_forecast(const Job& job, const Options& options);

}  // namespace partnersim
