// When planned changes and drawn events are in force, on the run's own clock.
#pragma once

#include <algorithm>

#include "model/state.hpp"

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

/// Moves a policy's lever, as changes and events left it, by what the policy has decided so far.
inline void add_shift(const Policy& policy, State& state) {
  double& lever = at(state.now, policy.lever);
  state.columns.policy_base[policy.vendor] = lever;
  lever = moved(policy, lever, state.columns.policy_shift[policy.vendor]);
}

}  // namespace partnersim
