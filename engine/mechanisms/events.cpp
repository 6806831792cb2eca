// Events: planned changes and drawn events write the parameters in force.
//
//   value = v + f (target - v),  f = (t - from + 1) / ramp up to 1, events first, then changes,
//   each in the order of the file,
//
// from the values at the start, while from <= t < to; so that a change that ends gives back what
// it took. The month of an event is world luck, drawn at the start. Values stay within the bounds
// of their parameters. What a vendor's policy has moved since is moved again afterwards.
//
// A change for some partners gives those that belong to its group in the month it begins a program
// of their own, in which it holds beside all that holds for everybody.
#include <algorithm>

#include "base/check.hpp"
#include "mechanisms/changes.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"policy_base", "program"};

bool moves_now(const Dated& d, int t) {
  return (t >= d.from && t < d.from + std::max(1, d.change->ramp) && t < d.to) || t == d.to;
}

/// The program of a relation that joins a group: one for each set of groups a vendor's partners are
/// in.
std::uint16_t program_with(std::size_t group, std::uint16_t present, Parameters& now) {
  Program joined = now.programs[present];
  joined.groups |= std::uint64_t{1} << group;
  for (std::size_t p = 0; p < now.programs.size(); ++p) {
    const Program& one = now.programs[p];
    if (one.vendor == joined.vendor && one.groups == joined.groups) {
      return static_cast<std::uint16_t>(p);
    }
  }
  require(now.programs.size() < kMostPrograms, "changes overlap in too many groups of partners");
  now.programs.push_back(joined);
  return static_cast<std::uint16_t>(now.programs.size() - 1);
}

void join(const World& world, const Dated& d, std::uint32_t v, State& state) {
  require(d.group < kMaxGroups, "too many changes are for some partners");
  const std::vector<std::string>& names = world.vendors[v].tiers;
  const std::vector<std::string>& asked = d.change->group->tiers;
  for (const std::uint32_t i : d.change->group->partners) {
    const std::size_t relation = v * world.n + i;
    const bool holds = asked.empty() ||
                       std::ranges::find(asked, names[state.columns.tier[relation]]) != asked.end();
    if (!holds) continue;
    std::uint16_t& program = state.columns.program[relation];
    program = program_with(d.group, program, state.now);
  }
}

/// Partners of the group of a change that begins, with each vendor whose terms it moves.
void join_group(const World& world, const Dated& d, State& state) {
  std::vector<std::uint32_t> vendors;
  for (const Write& write : d.change->writes) {
    if (std::ranges::find(vendors, write.address.first) != vendors.end()) continue;
    vendors.push_back(write.address.first);
    join(world, d, write.address.first, state);
  }
}

void run(const World& world, State& state, const Month& month) {
  bool moving = false;
  for_each_change(world, state, [&](const Dated& d) {
    moving = moving || moves_now(d, month.t);
    if (d.from == month.t && d.change->group) join_group(world, d, state);
  });
  if (moving) put_in_force(world, month, state);
}

}  // namespace

extern constexpr Mechanism events{
    "events", "Planned changes and events change the terms of the month", kWrites, {}, true, run};

}  // namespace partnersim
