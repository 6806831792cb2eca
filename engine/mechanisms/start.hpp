// Month 0: partners, relations and customers as they are before anything happens.
#pragma once

#include <span>

#include "base/random.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {

/// The luck of one replication: `world` for market and vendors, `personal` for partners.
struct RunLuck {
  Luck world;
  Luck personal;
};

/// Fills the state from the partner file, the parameters and the personal luck of partners.
void make_start(const World& world, const Parameters& parameters, RunLuck luck, Scratch& scratch,
                State& state);

/// What the draws of the start are for.
std::span<const Purpose> start_purposes();

}  // namespace partnersim
