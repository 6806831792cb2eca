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
  ASSERT_EQ(s.world.changes.size(), 2u);
  const PartnerGroup &first = s.world.changes[0].group.value(),
                     &second = s.world.changes[1].group.value();
  for (const std::uint32_t i : first.partners) {
    EXPECT_EQ(s.world.segments[s.world.partners.segment[i]].name, "VAR");
  }
  EXPECT_FALSE(first.partners.empty());
  EXPECT_EQ(second.partners.size(), s.world.n);
  EXPECT_EQ(second.tiers, (std::vector<std::string>{"Silver", "Gold"}));
}

TEST_F(ForSome, EventsKnowItToo) {
  const Scenario s = loaded(
      "rival: {like: us}\n"
      "events:\n"
      "  - {name: raid, month: 2027-04, for: {segment: VAR}, set: {rival: {rebate: +5 points}}}\n");
  ASSERT_EQ(s.world.events.size(), 1u);
  EXPECT_TRUE(s.world.events[0].change.group.has_value());
}

}  // namespace
}  // namespace partnersim
