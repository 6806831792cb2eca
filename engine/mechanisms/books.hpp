// Books: what the partner file knows of last year's billing sets how large partners are today.
//
//   target     S (m + Z (b - m)),  Z = n / (n + 3): what a partner is taken to bill in a year: its
//              billing b of the last twelve months, drawn to what the model expects of it, m, the
//              fewer deals n a year stand behind it. m is scaled to the books of the segment; S
//              meets the books of each segment and of each tier of ours
//   size       opportunities times (target/m)^(1 - eta), deal price times (target/m)^eta, as any
//              other size (demand). What a whole segment is off goes to its opportunities alone,
//              also of partners whose revenue nobody knows
//
// 3 is the variance of a deal's value, 1 + cv^2 = 1.4 at the default spread, over the variance of
// partners' sizes about what their accounts say, about 0.5 (credibility of a compound Poisson sum:
// Buehlmann 1967). Parameters nobody knows thereby widen the future and not the level of today.
#pragma once

#include <span>
#include <vector>

#include "model/state.hpp"

namespace partnersim {

/// What each partner is taken to bill in twelve months, minor units; 0 where the file does not say.
/// `billed` holds what the model expects; `deals` those it expects of each partner in a year.
std::vector<double> book_targets(const World& world, std::span<const double> deals,
                                 const Columns& columns);

/// Scales sizes so that the billing expected in `billed` becomes the targets.
void scale_to(const World& world, std::span<const double> targets, double deal_size_elasticity,
              Columns& columns);

}  // namespace partnersim
