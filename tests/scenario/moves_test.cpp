// What changes write: absolute and relative values.
#include <gtest/gtest.h>

#include "scenario/support.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

using Op = Move::Op;

struct Case {
  Unit unit;
  const char* text;
  Op op;
  double value;
};

class AcceptedMove : public testing::TestWithParam<Case> {};

TEST_P(AcceptedMove, IsRead) {
  Fault fault;
  const auto move = read_move(GetParam().text, GetParam().unit, "EUR", fault);
  ASSERT_TRUE(move) << GetParam().text << ": " << fault.message;
  EXPECT_EQ(move->op, GetParam().op) << GetParam().text;
  EXPECT_DOUBLE_EQ(move->value, GetParam().value) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    , AcceptedMove,
    testing::Values(
        Case{Unit::share, "+3 points", Op::add, 0.03},
        Case{Unit::share, "-3 points", Op::add, -0.03},
        Case{Unit::share,
             "\xE2\x88\x92"
             "3 points",
             Op::add, -0.03},
        Case{Unit::share, "+0.03", Op::add, 0.03}, Case{Unit::share, "80%", Op::set, 0.8},
        Case{Unit::share, "x1.1", Op::multiply, 1.1},
        Case{Unit::share, "x 0,95", Op::multiply, 0.95}, Case{Unit::share, "×2", Op::multiply, 2},
        Case{Unit::share, "x0", Op::multiply, 0}, Case{Unit::count, "+4", Op::add, 4},
        Case{Unit::count, "12", Op::set, 12}, Case{Unit::money, "-20k", Op::add, -20e3},
        Case{Unit::money, "+€ 500", Op::add, 500}, Case{Unit::money, "+5%", Op::multiply, 1.05},
        Case{Unit::money, "-5 %", Op::multiply, 0.95}, Case{Unit::money, "-100%", Op::multiply, 0},
        Case{Unit::money, "750k", Op::set, 750e3},
        Case{Unit::months, "+2 weeks", Op::add, 168 / 365.0},
        Case{Unit::per_year, "+5% per year", Op::add, 0.05},
        Case{Unit::per_year, "+1 per month", Op::add, 12},
        Case{Unit::number, "-0.3", Op::add, -0.3}, Case{Unit::number, "= -0.3", Op::set, -0.3},
        Case{Unit::number, "=-0.3", Op::set, -0.3}, Case{Unit::share, "= 4%", Op::set, 0.04}));

TEST(Move, AppliesInOrder) {
  EXPECT_EQ((Move{Op::set, 3}).applied_to(7), 3);
  EXPECT_EQ((Move{Op::add, 3}).applied_to(7), 10);
  EXPECT_EQ((Move{Op::multiply, 3}).applied_to(7), 21);
}

struct Bad {
  Unit unit;
  const char* text;
  const char* code;
  const char* message;
  const char* hint;
};

class RefusedMove : public testing::TestWithParam<Bad> {};

TEST_P(RefusedMove, SaysBothReadings) {
  Fault fault;
  EXPECT_FALSE(read_move(GetParam().text, GetParam().unit, "EUR", fault));
  EXPECT_EQ(fault.code, GetParam().code);
  EXPECT_EQ(fault.message, GetParam().message);
  EXPECT_EQ(fault.hint, GetParam().hint);
}

INSTANTIATE_TEST_SUITE_P(
    , RefusedMove,
    testing::Values(
        Bad{Unit::share, "+5%", "E-AMBIGUOUS-CHANGE",
            "'+5%' on a share is either 5 points more or 5 % of it more",
            "write +5 points or x1.05"},
        Bad{Unit::share, "-5 %", "E-AMBIGUOUS-CHANGE",
            "'-5 %' on a share is either 5 points less or 5 % of it less",
            "write -5 points or x0.95"},
        Bad{Unit::per_year, "+5%", "E-AMBIGUOUS-CHANGE",
            "'+5%' on a rate is either 5% per year more or 5 % of it more",
            "write +5% per year or x1.05"},
        Bad{Unit::share, "3 points", "E-AMBIGUOUS-CHANGE", "'3 points' needs a sign in a change",
            "write +3 points, -3 points, or 3% for the value itself"},
        Bad{Unit::money, "-150%", "E-FACTOR", "'-150%' would make the value negative", ""},
        Bad{Unit::share, "x-1", "E-FACTOR", "'x-1' is not a factor",
            "a factor is written x1.1 or x0.95"},
        Bad{Unit::share, "x5%", "E-FACTOR", "'x5%' is not a factor",
            "a factor is written x1.1 or x0.95"},
        Bad{Unit::share, "x", "E-FACTOR", "'x' is not a factor",
            "a factor is written x1.1 or x0.95"},
        Bad{Unit::share, "x1.500", "E-AMBIGUOUS-NUMBER", "'x1.500' is either 1500 or 1.5",
            "write x1500 or x1.5"},
        Bad{Unit::money, "-1.500", "E-AMBIGUOUS-NUMBER", "'-1.500' is either 1500 or 1.5",
            "write -1500 or -1.5"},
        Bad{Unit::money, "+3 points", "E-UNIT",
            "'+3 points' does not fit here; expected an amount of money such as 500k or 1.2M",
            "a leading + or - changes the value; '= -0.3' is -0.3"},
        Bad{Unit::share, "5% to 12%", "E-RANGE-HERE",
            "a change needs one value, not the range '5% to 12%'",
            "compare or sweep two scenarios to see both ends"},
        Bad{Unit::share, "-5% to 12%", "E-RANGE-HERE",
            "a change needs one value, not the range '-5% to 12%'",
            "compare or sweep two scenarios to see both ends"},
        Bad{Unit::share, "", "E-VALUE", "a value is missing; expected a share such as 25% or 0.25",
            "or a change of it: +4, -20k, x1.1"}));

TEST(Move, FaultsOfNodesHavePlaces) {
  Parsed parsed("set: {us.rebate: +5%, us.managers.seats: [1]}\n");
  const Node& set = *parsed.root->find("set");
  EXPECT_FALSE(read_move(*set.find("us.rebate"), Unit::share, "EUR", parsed.diagnostics));
  EXPECT_FALSE(read_move(*set.find("us.managers.seats"), Unit::count, "EUR", parsed.diagnostics));
  EXPECT_EQ(parsed.diagnostics.render(),
            "demo.yaml:1:18: error[E-AMBIGUOUS-CHANGE]: '+5%' on a share is either 5 points more "
            "or 5 % of it more\n"
            "    1 | set: {us.rebate: +5%, us.managers.seats: [1]}\n"
            "      |                  ^~~\n"
            "      = write +5 points or x1.05\n"
            "demo.yaml:1:42: error[E-VALUE]: a change needs one value; expected a whole number "
            "such as 18\n"
            "    1 | set: {us.rebate: +5%, us.managers.seats: [1]}\n"
            "      |                                          ^\n"
            "      = or a change of it: +4, -20k, x1.1\n");
}

}  // namespace
}  // namespace partnersim
