// When planned changes and drawn events are in force, on the run's own clock.
#pragma once

#include <algorithm>

#include "mechanisms/mechanism.hpp"

namespace partnersim {

/// A change in force or about to be.
struct Dated {
  const Change* change;
  int from, to;
};

/// Calls f(Dated) for the events that happen, then for the planned changes, in the order of the
/// file.
template <class F>
void for_each_change(const World& world, const State& state, F f) {
  for (std::size_t e = 0; e < world.events.size(); ++e) {
    const int month = state.columns.event_month[e];
    const Change& change = world.events[e].change;
    if (month >= 0) f(Dated{&change, month + change.from, month + change.to});
  }
  for (const Change& change : world.changes) f(Dated{&change, change.from, change.to});
}

/// A policy's lever after a move: not beyond the policy's bounds, and where a change has put it
/// outside of them, not further out.
inline double moved(const Policy& policy, double lever, double by) {
  return by > 0 ? std::max(lever, std::min(lever + by, policy.highest))
                : std::min(lever, std::max(lever + by, policy.lowest));
}

/// Makes the terms of a month from those of the start: changes, events, then what the vendors'
/// policies have decided so far; and what follows from them.
void put_in_force(const World& world, const Month& month, State& state);

}  // namespace partnersim
