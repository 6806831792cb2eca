// Measurements as text: for the terminal, the comments of a scenario and its values.
#pragma once

#include <optional>
#include <string>

#include "base/table.hpp"
#include "experiments/measure.hpp"

namespace partnersim {

/// Three digits; numbers that are not shares never three decimals, which may be thousands.
double rounded(double value, Unit unit);

/// "24.1 % (95 % interval 22.4 to 26 %), 1,131 decided deals"
std::string in_words(const Estimate& estimate, const MeasureRow& what, Unit unit,
                     const std::string& currency);

/// "12 decided deals, it takes 30"
std::string too_few(const Estimate& estimate, const MeasureRow& what);

/// What the season rests on, or what is missing.
std::string season_in_words(const std::optional<Season>& season);
bool is_measured(const std::optional<Season>& season);

/// As a scenario states a range: the central 90 % of what the data leave open, inside the bounds.
std::string stated(const Estimate& estimate, const ParameterRow& row);

/// What was measured of all partners, and what was not; a line each.
std::string measured_text(const Measured& measured, const std::string& currency);

/// The same for each segment.
std::string segments_text(const Measured& measured, const std::string& currency);

}  // namespace partnersim
