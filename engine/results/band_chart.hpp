// A band over time for the terminal: 5 to 95 of 100 futures shaded, the median as a line.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "ensemble/statistics.hpp"
#include "experiments/metrics.hpp"

namespace partnersim {

struct ChartOptions {
  std::size_t width = 80;   // of the whole chart, at least 30
  std::size_t height = 10;  // of the plot, at least 4
  bool ascii = false;       // for terminals without UTF-8
};

/// `periods` are months or quarters of `calendar`, one for each member of `band`. Ends with a
/// newline. Empty where there is nothing to draw.
std::string band_chart(std::span<const Quantiles> band, std::span<const ReportPeriod> periods,
                       const Calendar& calendar, std::string_view title, std::string_view currency,
                       const ChartOptions& options = {});

/// Net channel revenue by month; by quarter where months do not fit.
std::string band_chart(const JournalReader& journal, const ChartOptions& options = {},
                       std::size_t vendor = 0);

}  // namespace partnersim
