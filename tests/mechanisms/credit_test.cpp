// What a booking is credited to, and what a policy is charged with.
#include <gtest/gtest.h>

#include "support/bench.hpp"

namespace partnersim {
namespace {

using testing::Bench;
using testing::make_alike;
using testing::started;
using testing::terms;
using testing::tiny_world;
using testing::TinyWorld;

// An ally brings a part of what a partner finds itself, not of what the vendor's leads bring.
TEST(Credit, OfLeadsAndAlliesIsNoMoreThanWhatWasBooked) {
  TinyWorld t = tiny_world({.partners = 100, .vendors = 1, .active = 1});
  Bench bench(t);
  std::ranges::fill(bench.c.from_leads, 0.95f);
  std::ranges::fill(bench.c.ally, 1.0);
  bench.run("closing");
  ASSERT_GT(bench.sum(Line::bookings, 0), 0);
  EXPECT_LE(bench.sum(Line::lead_bookings, 0) + bench.sum(Line::ally_bookings, 0),
            bench.sum(Line::bookings, 0));
}

// from_leads settles at led/(led + own (1 + referral G)): what allies bring is the partner's own.
TEST(Credit, OfLeadsIsTheirShareOfAllOpportunitiesAlliesIncluded) {
  TinyWorld t = tiny_world({.partners = 100, .vendors = 1, .links = false, .active = 1});
  make_alike(t);
  terms(t).lead_number = 6000;
  t.parameters.demand.referral = 1;
  Bench bench(t);
  std::ranges::fill(bench.c.ally, 1.0);
  for (int month = 0; month < 400; ++month) bench.run("leads", month);
  for (std::size_t i = 0; i < bench.n; ++i) {
    const double led = static_cast<double>(bench.c.led[i]);
    const double own = t.parameters.segments[0].opportunities / 12 * bench.c.demand[0] *
                       (1 + bench.c.effort[i]) * (1 - 0.1 * (1 - bench.c.registered[i])) * 2;
    EXPECT_NEAR(bench.c.from_leads[i], led / (led + own), 1e-3) << i;
  }
}

// A change that ends gives back what it took; the policy keeps its own two steps up.
TEST(Credit, APolicyIsNotChargedWithWhatItsBoundsCutOffAChange) {
  TinyWorld t = tiny_world({.partners = 20});
  terms(t).review_months = 3;
  const Address rebate = testing::address_of("vendor", "rebate");
  t.world.policies = {{0, rebate, 0.01, 0.02, 0.06, 1e14, 0}};  // always below its target
  t.world.changes = {{1, 6, 1, {{rebate, Write::Op::add, 0.06}}, {}}};
  EXPECT_GE(started(t, 7).state().now.programs[0].terms.rebate, 0.04);
}

}  // namespace
}  // namespace partnersim
