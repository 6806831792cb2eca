// When planned changes and drawn events are in force, on the run's own clock.
#pragma once

#include <algorithm>

#include "mechanisms/mechanism.hpp"

namespace partnersim {

/// A change in force or about to be.
struct Dated {
  const Change* change;
  int from, to;
  std::size_t group;  // its bit in Program.groups; kEverybody without a group
};
inline constexpr std::size_t kEverybody = SIZE_MAX;

/// Calls f(Dated) for the events that happen, then for the planned changes, in the order of the
/// file.
template <class F>
void for_each_change(const World& world, const State& state, F f) {
  std::size_t groups = 0;
  const auto group_of = [&](const Change& change) { return change.group ? groups++ : kEverybody; };
  for (std::size_t e = 0; e < world.events.size(); ++e) {
    const int month = state.columns.event_month[e];
    const Change& change = world.events[e].change;
    const std::size_t group = group_of(change);
    if (month >= 0) f(Dated{&change, month + change.from, month + change.to, group});
  }
  for (const Change& change : world.changes) {
    f(Dated{&change, change.from, change.to, group_of(change)});
  }
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
