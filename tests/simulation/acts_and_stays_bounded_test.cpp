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
    {"lifecycle", Line::orphan_base},
    {"enablement", Line::won},
    {"choice", Line::opportunities},
    {"effort", Line::opportunities},
    {"registration", Line::uplift},
    {"saturation", Line::opportunities},
    {"demand", Line::opportunities},
    {"specialists", Line::won},
    {"closing", Line::bookings},
    {"trust", Line::opportunities},
    {"review", Line::margin},
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
  Address uplift{};
  for (const Address& address : all_addresses(t.parameters)) {
    if (row_of(address).key == "registration.uplift" && address.first == 0) uplift = address;
  }
  t.world.changes.push_back({6, 1 << 20, 1, {{uplift, Write::Op::add, 0.1}}});
  for (Program& program : t.parameters.programs) program.terms.specialist_capacity = 20;
  t.parameters.markets[0].cloud_q = 1;
  t.parameters.markets[0].load = 1.5;
  t.parameters.lifecycle.join_q = 1;
  t.parameters.sensing.start_gap = 0.2;
  constexpr int kPairs = 16;
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

// Every parameter anywhere in its plausible range, levers included, and every shadow lifted or not.
TEST(StaysBounded, TwentyYearsOfAHundredRandomScenarios) {
  const Luck build = luck_of(7, LuckKind::build, 0);
  for (std::uint64_t k = 0; k < 100; ++k) {
    TinyWorld t = tiny_world({.partners = 40, .months = 240});
    std::uint64_t number = 0;
    for (const Address& address : all_addresses(t.parameters)) {
      const ParameterRow& row = row_of(address);
      const Range range = row.evidence.plausible;
      const double u = uniforms(build, combine(k, ++number), 0, 1)[0];
      if (row.kind == Class::world || row.size > 1 || !std::isfinite(range.hi - range.lo)) continue;
      at(t.parameters, address) = range.lo + u * (range.hi - range.lo);
    }
    t.parameters.lifted =
        static_cast<std::uint32_t>(1024 * uniforms(build, k, 1, 2)[0]) & ((1u << kShadows) - 1);
    Simulation s(t.world);
    s.start(t.parameters, luck(k));
    while (!s.done()) {
      s.advance();
      ASSERT_NO_THROW(check_columns(t.world, s.state(), "the month")) << "scenario " << k;
    }
  }
}

}  // namespace
}  // namespace partnersim
