#include "scenario/schedule.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "scenario/loading.hpp"

namespace partnersim {
namespace {

class Schedule : public LoadTest {};

TEST_F(Schedule, ReadsChanges) {
  const Scenario s = loaded(
      "start: 2027-01\n"
      "changes:\n"
      "  - {from: FY28, set: {us.rebate: +3 points, us.offers.*.margin_first: x0.9}}\n"
      "  - {from: 2028-01, to: FY28 Q4, ramp: 6 months, set: {us.tiers.Gold.threshold: 750k}}\n");
  ASSERT_EQ(s.world.changes.size(), 2u);
  const Change& first = s.world.changes[0];
  EXPECT_EQ(first.from, 12);
  EXPECT_EQ(first.to, 1 << 20);
  EXPECT_EQ(first.ramp, 1);
  ASSERT_EQ(first.writes.size(), 3u);
  EXPECT_EQ(first.writes[0].op, Write::Op::add);
  EXPECT_DOUBLE_EQ(first.writes[0].value, 0.03);
  EXPECT_EQ(first.writes[2].op, Write::Op::multiply);
  EXPECT_EQ(path_of(s.world, first.writes[2].address), "us.offers.Cloud.margin_first");
  const Change& second = s.world.changes[1];
  EXPECT_EQ(second.to, 24);
  EXPECT_EQ(second.ramp, 6);
  EXPECT_EQ(second.writes[0].value, 750000);
}

TEST_F(Schedule, ReadsEvents) {
  const Scenario s = loaded(
      "rival: {like: us}\n"
      "events:\n"
      "  - {name: attack, probability: 40%, month: 2027-04 to 2028-03, lasts: 6 months,"
      " set: {rival: {rebate: +5 points}}}\n");
  ASSERT_EQ(s.world.events.size(), 1u);
  const Event& event = s.world.events[0];
  EXPECT_EQ(event.name, "attack");
  EXPECT_EQ(event.probability, 0.4);
  EXPECT_EQ(event.first, 3);
  EXPECT_EQ(event.last, 14);
  EXPECT_EQ(event.change.from, 0);
  EXPECT_EQ(event.change.to, 6);
  EXPECT_EQ(event.key, entity_key("event", "attack"));
  EXPECT_EQ(path_of(s.world, event.change.writes[0].address), "rival.rebate");
}

TEST_F(Schedule, StepsOneAfterTheOtherAreNoOverlap) {
  loaded(
      "changes:\n"
      "  - {from: FY28, set: {us.rebate: 5%}}\n"
      "  - {from: FY29, set: {us.rebate: 6%}}\n");
  EXPECT_TRUE(diagnostics_.all().empty()) << diagnostics_.render();
}

}  // namespace
}  // namespace partnersim
