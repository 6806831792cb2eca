// Events: planned changes and drawn events write the parameters in force.
//
//   value = v + f (target - v),  f = (t - from + 1) / ramp up to 1, events first, then changes,
//   each in the order of the file,
//
// from the values at the start, while from <= t < to; so that a change that ends gives back what
// it took. The month of an event is world luck, drawn at the start. Values stay within the bounds
// of their parameters. What a vendor's policy has moved since is moved again afterwards.
#include <algorithm>

#include "base/math.hpp"
#include "mechanisms/changes.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {

extern const Mechanism policy;

namespace {

constexpr std::string_view kWrites[] = {"policy_base"};

bool moves_now(const Dated& d, int t) {
  return (t >= d.from && t < d.from + std::max(1, d.change->ramp) && t < d.to) || t == d.to;
}

void apply(const Dated& d, int t, Parameters& now) {
  if (t < d.from || t >= d.to) return;
  const double share =
      std::min(1.0, static_cast<double>(t - d.from + 1) / std::max(1, d.change->ramp));
  for (const Write& write : d.change->writes) {
    double& value = at(now, write.address);
    const double target = write.op == Write::Op::set   ? write.value
                          : write.op == Write::Op::add ? value + write.value
                                                       : value * write.value;
    const Range& bounds = row_of(write.address).bounds;
    value = clamp(value + share * (target - value), bounds.lo, bounds.hi);
  }
}

void run(const World& world, State& state, const Month& month) {
  bool moving = false;
  for_each_change(world, state, [&](const Dated& d) { moving = moving || moves_now(d, month.t); });
  if (!moving) return;
  state.now = month.start;
  for_each_change(world, state, [&](const Dated& d) { apply(d, month.t, state.now); });
  if (!month.start.is_off(row_of_mechanism(policy))) {
    for (const Policy& one : world.policies) add_shift(one, state);
  }
  derive_now(world, month.start, state);
}

}  // namespace

extern constexpr Mechanism events{
    "events", "Planned changes and events change the terms of the month", kWrites, {}, true, run};

}  // namespace partnersim
