#include "mechanisms/changes.hpp"

#include "base/math.hpp"

namespace partnersim {

extern const Mechanism events, policy;

namespace {

/// Calls f(double&) for a parameter: a vendor's in all its programs, or only in those of a group.
template <class F>
void for_each_place(Address address, std::size_t group, Parameters& now, F f) {
  if (!is_of_program(address)) {
    f(at(now, address));
    return;
  }
  const std::uint32_t vendor = address.first;
  for (std::size_t p = 0; p < now.programs.size(); ++p) {
    const Program& program = now.programs[p];
    const bool holds = group == kEverybody || (program.groups >> group & 1u) != 0;
    if (program.vendor != vendor || !holds) continue;
    address.first = static_cast<std::uint16_t>(p);
    f(at(now, address));
  }
}

void apply(const Dated& d, int t, Parameters& now) {
  if (t < d.from || t >= d.to) return;
  const double share =
      std::min(1.0, static_cast<double>(t - d.from + 1) / std::max(1, d.change->ramp));
  for (const Write& write : d.change->writes) {
    const Range& bounds = row_of(write.address).bounds;
    for_each_place(write.address, d.group, now, [&](double& value) {
      const double target = write.op == Write::Op::set   ? write.value
                            : write.op == Write::Op::add ? value + write.value
                                                         : value * write.value;
      value = clamp(value + share * (target - value), bounds.lo, bounds.hi);
    });
  }
}

/// The terms of the start, for the programs there are by now.
void back_to_start(const Parameters& start, Parameters& now) {
  std::vector<Program> further(now.programs.begin() + std::ssize(start.programs),
                               now.programs.end());
  now = start;
  for (const Program& one : further) {
    now.programs.push_back(start.programs[one.vendor]);
    now.programs.back().groups = one.groups;
  }
}

void add_shift(const Policy& policy, State& state) {
  const double shift = state.columns.policy_shift[policy.vendor];
  state.columns.policy_base[policy.vendor] = at(state.now, policy.lever);
  for_each_place(policy.lever, kEverybody, state.now,
                 [&](double& lever) { lever = moved(policy, lever, shift); });
}

}  // namespace

void put_in_force(const World& world, const Month& month, State& state) {
  back_to_start(month.start, state.now);
  if (!month.start.is_off(row_of_mechanism(events))) {
    for_each_change(world, state, [&](const Dated& d) { apply(d, month.t, state.now); });
  }
  if (!month.start.is_off(row_of_mechanism(policy))) {
    for (const Policy& one : world.policies) add_shift(one, state);
  }
  derive_now(world, month.start, state);
}

}  // namespace partnersim
