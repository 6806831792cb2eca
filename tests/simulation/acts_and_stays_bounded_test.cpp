// No mechanism is dead: switching it off changes its headline by more than four standard errors of
// the paired difference. None explodes: every column stays within its bounds over twenty years,
// whatever plausible values its parameters have.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "simulation/checks.hpp"
#include "simulation/simulation.hpp"
#include "support/tiny_world.hpp"

namespace partnersim {
namespace {

using testing::address_of;
using testing::luck;
using testing::tiny_world;
using testing::TinyWorld;

/// Sum of a line of the focal vendor over a run.
double over_a_run(const TinyWorld& t, Line line, std::uint64_t r) {
  Simulation s(t.world);
  s.start(t.parameters, luck(r));
  double sum = 0;
  while (!s.done()) {
    s.advance();
    for (std::uint32_t o = 0; o < t.world.vendors[0].offers; ++o) {
      for (std::size_t k = 0; k < t.world.segments.size(); ++k) {
        sum += static_cast<double>(s.cells()[s.cells().at(line, o, k)]);
      }
    }
  }
  return sum;
}

struct Headline {
  std::string_view mechanism;
  Line line;
};
constexpr Headline kHeadlines[] = {
    {"events", Line::uplift},
    {"market", Line::migrated},
    {"sensing", Line::won},
    {"managers", Line::won},
    {"peers", Line::opportunities},
    {"departure", Line::orphan_base},
    {"termination", Line::orphan_base},
    {"lifecycle", Line::orphan_base},
    {"enablement", Line::won},
    {"choice", Line::opportunities},
    {"effort", Line::opportunities},
    {"registration", Line::uplift},
    {"saturation", Line::opportunities},
    {"leads", Line::lead_bookings},
    {"demand", Line::opportunities},
    {"direct", Line::direct_bookings},
    {"specialists", Line::won},
    {"closing", Line::bookings},
    {"power", Line::margin},
    {"trust", Line::opportunities},
    {"review", Line::margin},
    {"policy", Line::rebate},
};

class Acts : public ::testing::TestWithParam<Headline> {};

TEST_P(Acts, SwitchingItOffChangesItsHeadline) {
  const auto order = month_order();
  const auto found =
      std::ranges::find(order, GetParam().mechanism, [](const Mechanism* m) { return m->name; });
  ASSERT_NE(found, order.end());
  ASSERT_TRUE((*found)->can_be_off);
  TinyWorld t = tiny_world({.partners = 150, .months = 36});
  // something to do for those that need it: a planned change, a busy and a moving market
  const Address uplift = address_of("vendor", "registration.uplift");
  t.world.changes.push_back({6, 1 << 20, 1, {{uplift, Write::Op::add, 0.1}}, {}});
  for (Program& program : t.parameters.programs) program.terms.specialist_capacity = 20;
  const std::string_view name = GetParam().mechanism;
  if (name == "termination") t.world.changes.push_back({27, 1 << 20, 1, {}, {{100'000'00}}});
  if (name == "departure") {
    for (std::uint32_t i = 0; i < 50; ++i) t.world.changes[0].leaving.push_back(i);
  }
  if (name == "leads") t.parameters.programs[0].terms.lead_number = 2000;
  if (name == "policy")
    t.world.policies = {{0, address_of("vendor", "rebate"), 0.02, 0, 0.2, 1e12, 0}};
  t.parameters.markets[0].cloud_q = 1;
  t.parameters.markets[0].load = 1.5;
  t.parameters.lifecycle.join_q = 1;
  t.parameters.sensing.start_gap = 0.2;
  constexpr int kPairs = 32;
  double sum = 0, squares = 0;
  for (int r = 0; r < kPairs; ++r) {
    t.parameters.off = 0;
    const double with = over_a_run(t, GetParam().line, static_cast<std::uint64_t>(r));
    t.parameters.off = 1u << (found - order.begin());
    const double change = over_a_run(t, GetParam().line, static_cast<std::uint64_t>(r)) - with;
    sum += change;
    squares += change * change;
  }
  const double mean = sum / kPairs;
  const double error = std::sqrt((squares / kPairs - mean * mean) / (kPairs - 1));
  EXPECT_GT(std::abs(mean), 4 * error) << mean << " +- " << error;
}

INSTANTIATE_TEST_SUITE_P(EachMechanism, Acts, ::testing::ValuesIn(kHeadlines),
                         [](const auto& each) { return std::string(each.param.mechanism); });

TEST(Acts, EveryMechanismThatCanBeOffHasAHeadline) {
  for (const Mechanism* mechanism : month_order()) {
    const bool listed = std::ranges::any_of(
        kHeadlines, [&](const Headline& h) { return h.mechanism == mechanism->name; });
    EXPECT_EQ(listed, mechanism->can_be_off) << mechanism->name;
  }
}

/// A range for levers that have no evidence.
Range plausible(const ParameterRow& row) {
  if (row.key == "score.bar" || row.key == "admission") return {0, 1};
  if (row.key == "score.bookings") return {0.05, 1};
  if (row.key == "promotion_months") return {1, 36};
  if (row.key == "demotion_steps") return {0, 3};
  if (row.key == "leads.number") return {0, 5000};
  if (row.key == "w_direct") return {0, 3};
  return row.evidence.plausible;
}

/// Each vendor moves a lever of its own towards a target; we end contracts, once as planned and
/// once perhaps.
void steer(TinyWorld& t, std::uint64_t k, Luck build) {
  std::vector<Address> levers;
  for (const Address& address : all_addresses(t.parameters)) {
    if (row_of(address).kind == Class::lever && row_of(address).size == 1)
      levers.push_back(address);
  }
  std::erase_if(levers, [](const Address& a) {
    const std::string_view owner = owners()[a.owner].path;
    return owner != "vendor" && owner != "offers" && owner != "tiers";
  });
  for (std::uint32_t v = 0; v < t.world.vendors.size(); ++v) {
    std::vector<Address> own;
    std::ranges::copy_if(levers, std::back_inserter(own),
                         [&](const Address& a) { return a.first == v; });
    const Uniforms u = uniforms(build, combine(k, v), 0, 3);
    const Address lever = own[static_cast<std::size_t>(u[0] * static_cast<double>(own.size()))];
    const Range bounds = row_of(lever).bounds;
    const double start = at(t.parameters, lever);
    const double step = (u[1] - 0.5) * (start > 0 ? start : 0.1);
    t.world.policies.push_back({v, lever, step, std::max(bounds.lo, start - 3 * std::abs(step)),
                                std::min(bounds.hi, start + 3 * std::abs(step)),
                                std::exp(10 + 10 * u[2]), 0.2 * u[3] - 0.05});
  }
  const Uniforms u = uniforms(build, k, 0, 4);
  const auto limit = [](double x) { return static_cast<Money>(1e6 * std::exp(5 * x)); };
  const int month = static_cast<int>(240 * u[0]);
  t.world.changes.push_back({month, 1 << 20, 1, {}, {{limit(u[1])}}});
  t.world.events.push_back(
      {"purge", entity_key("event", "purge"), 0.5, 0, 239, {0, 12, 1, {}, {{limit(u[2])}}}});
}

// Every parameter anywhere in its plausible range, levers included, and every shadow lifted or not.
TEST(StaysBounded, TwentyYearsOfAHundredRandomScenarios) {
  const Luck build = luck_of(7, LuckKind::build, 0);
  std::int64_t ended = 0, moved = 0;
  for (std::uint64_t k = 0; k < 100; ++k) {
    TinyWorld t = tiny_world({.partners = 40, .months = 240});
    std::uint64_t number = 0;
    for (const Address& address : all_addresses(t.parameters)) {
      const ParameterRow& row = row_of(address);
      const Range range = plausible(row);
      const double u = uniforms(build, combine(k, ++number), 0, 1)[0];
      if (row.kind == Class::world || row.size > 1 || !std::isfinite(range.hi - range.lo)) continue;
      at(t.parameters, address) = range.lo + u * (range.hi - range.lo);
    }
    // a half of the programs without score
    for (std::uint64_t v = 0; v < t.parameters.programs.size(); ++v) {
      if (uniforms(build, combine(k, v), 0, 5)[0] < 0.5) {
        t.parameters.programs[v].terms.score_bar = 0;
      }
    }
    steer(t, k, build);
    t.parameters.lifted =
        static_cast<std::uint32_t>(1024 * uniforms(build, k, 1, 2)[0]) & ((1u << kShadows) - 1);
    Simulation s(t.world);
    s.start(t.parameters, luck(k));
    while (!s.done()) {
      s.advance();
      ASSERT_NO_THROW(check_columns(t.world, s.state(), "the month")) << "scenario " << k;
      for (std::size_t segment = 0; segment < t.world.segments.size(); ++segment)
        ended += s.cells()[s.cells().at(Head::terminated, 0, segment)];
    }
    for (const double shift : s.state().columns.policy_shift) moved += shift != 0 ? 1 : 0;
  }
  EXPECT_GT(ended, 500);
  EXPECT_GT(moved, 100);
}

}  // namespace
}  // namespace partnersim
