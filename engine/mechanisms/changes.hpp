// When planned changes and drawn events are in force, on the run's own clock.
#pragma once

#include "base/math.hpp"
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

/// Moves a policy's lever by what the policy has decided so far, within its bounds.
inline void add_shift(const Policy& policy, State& state) {
  double& lever = at(state.now, policy.lever);
  const double shift = state.columns.policy_shift[policy.vendor];
  if (shift != 0) lever = clamp(lever + shift, policy.lowest, policy.highest);
}

}  // namespace partnersim
