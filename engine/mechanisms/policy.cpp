// Policy: a vendor is an agent too and steers by its own target.
//
//   target  = revenue exp(growth (t + 1)/12)
//   at the end of each review period: lever' = lever + step, at most at_most, where customers paid
//   partners less for its offers in the last four quarters than the target; lever - step, at least
//   at_least, where more
//
// Any lever of its program: rebate, margins, managers, a price with a negative step. A vendor
// without a policy is fixed. Events write first; the policy moves on from what they left, but
// no further where that lies outside its bounds.
#include "base/math.hpp"
#include "base/money.hpp"
#include "mechanisms/changes.hpp"
#include "mechanisms/mechanism.hpp"
#include "mechanisms/tiers.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"policy_base", "policy_shift"};

double billed(const World& world, const Columns& c, std::uint32_t v) {
  Int128 sum = 0;
  for (std::size_t i = 0; i < world.n; ++i) sum += c.billed_12m[v * world.n + i];
  return static_cast<double>(sum) / kMinorPerMajor;
}

void begin(const World& world, State& state, const Month&) {
  for (const Policy& policy : world.policies) {
    state.columns.policy_base[policy.vendor] = at(state.now, policy.lever);
  }
}

void run(const World& world, State& state, const Month& month) {
  bool any = false;
  for (const Policy& policy : world.policies) {
    if (months_to_review(state.now.programs[policy.vendor].terms, month.t) != 1) continue;
    const double target = policy.revenue * exp(policy.growth * (month.t + 1) / 12);
    const double sold = billed(world, state.columns, policy.vendor);
    if (sold == target) continue;
    const double before = at(state.now, policy.lever);
    const double lever = moved(policy, before, sold < target ? policy.step : -policy.step);
    if (lever == before) continue;
    state.columns.policy_shift[policy.vendor] = lever - state.columns.policy_base[policy.vendor];
    any = true;
  }
  if (any) put_in_force(world, month, state);
}

}  // namespace

extern constexpr Mechanism policy{
    "policy", "A vendor moves a lever of its program towards its target", kWrites, {}, true, run,
    begin};

}  // namespace partnersim
