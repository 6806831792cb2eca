// Partners: read from the user's file, or generated from the segments.
#pragma once

#include <string>

#include "base/random.hpp"
#include "scenario/export.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

inline constexpr std::size_t kMaxPartners = 2'000'000;

/// Partners in the order of the file, user_row = 0, 1, ... Segments, markets, vendors, tiers and
/// parameters of the scenario must stand. What the file leaves open is drawn with `build`.
/// By vendor v and partner i, columns are at v * count + i.
PartnerTable read_partners(const Csv& csv, Export& columns, const Scenario& scenario, Luck build,
                           Diagnostics& diagnostics);

/// As many partners of each segment as its parameter says, VAR-000001 and so on.
PartnerTable generate_partners(const Scenario& scenario, Luck build, Diagnostics& diagnostics);

}  // namespace partnersim
