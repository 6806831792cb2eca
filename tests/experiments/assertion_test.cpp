// What scripts assert about two programs.
#include "experiments/assertion.hpp"

#include <gmock/gmock.h>

#include "experiments/synthetic.hpp"

namespace partnersim {
namespace {

using testing::cents;
using testing::synthetic_header;
using testing::synthetic_outline;
using testing::SyntheticJournal;

JournalHeader one_draw(std::uint64_t n) {
  JournalHeader header = synthetic_header(n);
  for (std::uint64_t r = 0; r < n; ++r) header.plan.triples.push_back({0, r, r});
  return header;
}

/// 1000 + run a month; in B 5 % and 10 EUR more, from month 9 on (FY29).
class Assertions : public ::testing::Test {
 protected:
  static testing::Fill fill(double factor, double extra) {
    return [=](std::uint64_t r, int month, Cells& cells) {
      const double before = 1000 + static_cast<double>(r);
      const bool changed = month >= 9;
      // The luck of B's own: +-1.
      const double own = changed && extra != 0 ? (r % 2 == 0 ? 1 : -1) : 0;
      cells.add(Line::net, 0, 0, cents(changed ? before * factor + extra + own : before));
    };
  }

  AssertionResult result(const std::string& text) const {
    Diagnostics diagnostics;
    const auto assertion = read_assertion(text, synthetic_outline(), diagnostics);
    EXPECT_TRUE(assertion.has_value()) << diagnostics.render();
    return assess(a_.open(), b_.open(), *assertion);
  }

  const SyntheticJournal a_{one_draw(10), fill(1, 0)}, b_{one_draw(10), fill(1.05, 10)};
};

TEST_F(Assertions, ARelativeAmountIsAChangeOfA) {
  // FY29: 12 (0.05 (1000 + r) + 10 + own) = 720 + 0.6 r + 12 own, of 12000 + 12 r.
  const AssertionResult held = result("net_channel_revenue FY29 > +5%");
  EXPECT_TRUE(held.holds);
  EXPECT_NEAR(held.beyond.mean, 120, 1e-9);
  EXPECT_NEAR(held.beyond.sd, 12 * std::sqrt(10.0 / 9), 1e-9);
  EXPECT_TRUE(result("net_channel_revenue FY29 > x1.05").holds);
  const AssertionResult broken = result("net_channel_revenue FY29 > +7%");
  EXPECT_FALSE(broken.holds);
  EXPECT_TRUE(broken.broken);
  EXPECT_TRUE(result("net_channel_revenue FY29 < +7%").holds);
}

TEST_F(Assertions, AnAbsoluteAmountIsAChangeWithASignAndALevelWithout) {
  EXPECT_TRUE(result("net_channel_revenue last 12 months > +700 EUR").holds);
  EXPECT_TRUE(result("net_channel_revenue last 12 months < +750 EUR").holds);
  EXPECT_NEAR(result("net_channel_revenue run-rate > 0 EUR").beyond.mean, 12 * (1004.5 * 1.05 + 10),
              1e-6);
  EXPECT_NEAR(result("net_channel_revenue 2028-07 > 1k").beyond.mean, 1004.5 * 1.05 + 10 - 1000,
              1e-9);
  EXPECT_EQ(result("net_channel_revenue 2027-10 to 2028-06 > +0 EUR").beyond.mean,
            0);  // bit for bit the same
}

TEST_F(Assertions, TheLevelDecidesWhetherItCanBeTold) {
  // beyond: 3 + 0.6 r + 12 own, of mean 5.7 and standard error 3.9
  const std::string claim = "net_channel_revenue FY29 > +717 EUR";
  const AssertionResult strict = result(claim + " @ 99%"), lax = result(claim + " @ 60%");
  EXPECT_FALSE(strict.holds);
  EXPECT_FALSE(strict.broken);
  EXPECT_GT(*strict.more_runs, 0u);
  EXPECT_TRUE(lax.holds);
  EXPECT_FALSE(lax.more_runs.has_value());
}

std::string faults(const std::string& text) {
  Diagnostics diagnostics;
  EXPECT_FALSE(read_assertion(text, synthetic_outline(), diagnostics).has_value()) << text;
  std::string result;
  for (const Diagnostic& one : diagnostics.all()) {
    result += one.code + " " + std::to_string(one.at.column) + ";";
  }
  return result;
}

TEST(ReadAssertion, EveryFaultHasItsPlace) {
  EXPECT_EQ(faults("net_channel_revenu FY44 > much @ 3"),
            "E-METRIC 1;E-OUTSIDE-RUN 20;E-UNIT 27;E-ASSERT 34;");
  EXPECT_EQ(faults("net_channel_revenue"), "E-ASSERT 1;");
  EXPECT_EQ(faults("net_channel_revenue >= 1"), "E-ASSERT 21;");
  EXPECT_EQ(faults(" > 1"), "E-ASSERT 1;");
  EXPECT_EQ(faults("net_channel_revenue >"), "E-VALUE 22;");
  EXPECT_EQ(faults("net_channel_revenue > 1 @"), "E-ASSERT 26;");
  EXPECT_EQ(faults("net_channel_revenue > +1 CHF"), "E-CURRENCY 23;");
  EXPECT_EQ(faults("net_channel_revenue\n> 1"), "E-ASSERT 1;");
  EXPECT_EQ(faults("cloud_share > +2%"), "E-AMBIGUOUS-CHANGE 15;");
}

}  // namespace
}  // namespace partnersim
