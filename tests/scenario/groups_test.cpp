#include "scenario/groups.hpp"

#include <gtest/gtest.h>

#include "scenario/loading.hpp"

namespace partnersim {
namespace {

class ForSome : public LoadTest {};

TEST_F(ForSome, ColumnsAllHoldAndListsAreAlternatives) {
  const Scenario s = loaded(
      "start: 2027-01\n"
      "changes:\n"
      "  - {from: FY28, for: {segment: VAR}, set: {us.rebate: +3 points}}\n"
      "  - {from: FY28, for: {tier: [Silver, Gold]}, set: {us.training.subsidy: 80%}}\n");
  ASSERT_EQ(s.world.groups.size(), 2u);
  EXPECT_EQ(s.world.changes[0].group, 0u);
  EXPECT_EQ(s.world.changes[1].group, 1u);
  for (const std::uint32_t i : s.world.groups[0].partners) {
    EXPECT_EQ(s.world.segments[s.world.partners.segment[i]].name, "VAR");
  }
  EXPECT_FALSE(s.world.groups[0].partners.empty());
  EXPECT_EQ(s.world.groups[1].partners.size(), s.world.n);
  EXPECT_EQ(s.world.groups[1].tiers, (std::vector<std::string>{"Silver", "Gold"}));
}

TEST_F(ForSome, EventsKnowItToo) {
  const Scenario s = loaded(
      "rival: {like: us}\n"
      "events:\n"
      "  - {name: raid, month: 2027-04, for: {segment: VAR}, set: {rival: {rebate: +5 points}}}\n");
  ASSERT_EQ(s.world.groups.size(), 1u);
  EXPECT_EQ(s.world.events[0].change.group, 0u);
}

}  // namespace
}  // namespace partnersim
