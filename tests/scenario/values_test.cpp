// Numbers with units: every form that is accepted, every refusal.
#include "scenario/values.hpp"

#include <gtest/gtest.h>

#include <string>

namespace partnersim {
namespace {

struct Good {
  Unit unit;
  const char* text;
  double value;
};

class AcceptedNumber : public testing::TestWithParam<Good> {};

TEST_P(AcceptedNumber, IsReadInTheCanonicalUnit) {
  Fault fault;
  const auto value = read_number(GetParam().text, GetParam().unit, "EUR", fault);
  ASSERT_TRUE(value) << GetParam().text << ": " << fault.message;
  EXPECT_DOUBLE_EQ(*value, GetParam().value) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Share, AcceptedNumber,
    testing::Values(Good{Unit::share, "25%", 0.25}, Good{Unit::share, "25 %", 0.25},
                    Good{Unit::share, "0.25", 0.25}, Good{Unit::share, "25 percent", 0.25},
                    Good{Unit::share, "3 points", 0.03}, Good{Unit::share, "1 point", 0.01},
                    Good{Unit::share, "2.5 percentage points", 0.025},
                    Good{Unit::share, "3 pp", 0.03}, Good{Unit::share, "3 % points", 0.03},
                    Good{Unit::share, "12,25 %", 0.1225}, Good{Unit::share, "5 Prozent", 0.05},
                    Good{Unit::share, "5\xC2\xA0%", 0.05}, Good{Unit::share, "0", 0},
                    Good{Unit::share, "1", 1}, Good{Unit::share, "150%", 1.5},
                    Good{Unit::share, "-5%", -0.05}, Good{Unit::share, ".5", 0.5},
                    Good{Unit::share, "0.500", 0.5}, Good{Unit::share, "0,125", 0.125},
                    Good{Unit::share,
                         "\xE2\x88\x92"
                         "3%",
                         -0.03}));

INSTANTIATE_TEST_SUITE_P(
    Money, AcceptedNumber,
    testing::Values(
        Good{Unit::money, "500k", 500e3}, Good{Unit::money, "1.2M EUR", 1.2e6},
        Good{Unit::money, "1.2 Mio.", 1.2e6}, Good{Unit::money, "1,2 Mio. EUR", 1.2e6},
        Good{Unit::money, "45k EUR", 45e3}, Good{Unit::money, "€ 500", 500},
        Good{Unit::money, "500€", 500}, Good{Unit::money, "EUR 45'000", 45e3},
        Good{Unit::money, "22k EUR per year", 22e3}, Good{Unit::money, "22k EUR/year", 22e3},
        Good{Unit::money, "22k EUR p.a.", 22e3}, Good{Unit::money, "22k EUR pro Jahr", 22e3},
        Good{Unit::money, "3.4bn", 3.4e9}, Good{Unit::money, "3 Mrd.", 3e9},
        Good{Unit::money, "450 TEUR", 450e3}, Good{Unit::money, "450 Tsd. EUR", 450e3},
        Good{Unit::money, "3 million EUR", 3e6}, Good{Unit::money, "2 MEUR", 2e6},
        Good{Unit::money, "1.2m", 1.2e6}, Good{Unit::money, "500 euros", 500},
        Good{Unit::money, "-€ 500", -500}, Good{Unit::money, "€ -500", -500},
        Good{Unit::money, "1234567", 1234567}, Good{Unit::money, "1,234,567", 1234567},
        Good{Unit::money, "1'234.56", 1234.56},
        Good{Unit::money,
             "1\xE2\x80\x99"
             "234.56",
             1234.56},
        Good{Unit::money, "1 234 567", 1234567},
        Good{Unit::money,
             "1\xE2\x80\xAF"
             "234\xC2\xA0"
             "567 EUR",
             1234567},
        Good{Unit::money, "1.234.567,8", 1234567.8}, Good{Unit::money, "1.234,56 EUR", 1234.56},
        Good{Unit::money, "1,234.567", 1234.567}, Good{Unit::money, "1 234,5", 1234.5},
        Good{Unit::money, "1234.567", 1234.567}, Good{Unit::money, "1500 EUR", 1500},
        Good{Unit::money, "0.001", 0.001}, Good{Unit::money, "1e3", 1000},
        Good{Unit::money, "1.500e3", 1500}, Good{Unit::money, "2.5E+2", 250}));

INSTANTIATE_TEST_SUITE_P(
    Durations, AcceptedNumber,
    testing::Values(Good{Unit::months, "3", 3}, Good{Unit::months, "4.7 months", 4.7},
                    Good{Unit::months, "1 month", 1}, Good{Unit::months, "365 days", 12},
                    Good{Unit::months, "90 days", 90 * 12 / 365.0},
                    Good{Unit::months, "2 weeks", 168 / 365.0}, Good{Unit::months, "5 years", 60},
                    Good{Unit::months, "2 quarters", 6},
                    Good{Unit::months, "90 Tage", 90 * 12 / 365.0},
                    Good{Unit::months, "3 Monate", 3}, Good{Unit::years, "5", 5},
                    Good{Unit::years, "5 years", 5}, Good{Unit::years, "18 months", 1.5},
                    Good{Unit::years, "365 days", 1}, Good{Unit::years, "2 Jahre", 2},
                    Good{Unit::hours, "130 h", 130}, Good{Unit::hours, "130 hours", 130},
                    Good{Unit::hours, "130", 130}, Good{Unit::hours, "1,5 Stunden", 1.5}));

INSTANTIATE_TEST_SUITE_P(
    Rates, AcceptedNumber,
    testing::Values(
        Good{Unit::per_year, "2 per year", 2}, Good{Unit::per_year, "2/year", 2},
        Good{Unit::per_year, "2 / year", 2}, Good{Unit::per_year, "2", 2},
        Good{Unit::per_year, "18% per year", 0.18}, Good{Unit::per_year, "5% per month", 0.6},
        Good{Unit::per_year, "1 per quarter", 4}, Good{Unit::per_year, "1 per day", 365},
        Good{Unit::per_year, "18 % p.a.", 0.18}, Good{Unit::per_year, "2 pro Jahr", 2},
        Good{Unit::per_year, "5%", 0.05}, Good{Unit::per_year, "2k per year", 2000},
        Good{Unit::per_month, "5% per month", 0.05}, Good{Unit::per_month, "12 per year", 1},
        Good{Unit::per_month, "3", 3}, Good{Unit::per_month, "3 monthly", 3}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, AcceptedNumber,
    testing::Values(Good{Unit::number, "1.25", 1.25}, Good{Unit::number, "0.125", 0.125},
                    Good{Unit::number, "1,5", 1.5}, Good{Unit::number, "12,25", 12.25},
                    Good{Unit::number, "-0.3", -0.3}, Good{Unit::number, "2k", 2000},
                    Good{Unit::number, "012.500", 12.5}, Good{Unit::number, "-0", 0},
                    Good{Unit::number, "1e-3", 0.001}, Good{Unit::count, "18", 18},
                    Good{Unit::count, "1.2k", 1200}, Good{Unit::count, "18.0", 18}));

TEST(Number, ScalingRoundsOnce) {
  Fault fault;
  EXPECT_EQ(read_number("5%", Unit::share, "", fault), 0.05);
  EXPECT_EQ(read_number("1.1M", Unit::money, "", fault), 1.1e6);
  EXPECT_EQ(read_number("4.35%", Unit::share, "", fault), 0.0435);
}

struct Bad {
  Unit unit;
  const char* text;
  const char* code;
  const char* message;
  const char* hint;
};

class RefusedNumber : public testing::TestWithParam<Bad> {};

TEST_P(RefusedNumber, SaysWhatIsWrongAndWhatToWrite) {
  Fault fault;
  EXPECT_FALSE(read_number(GetParam().text, GetParam().unit, "EUR", fault)) << GetParam().text;
  EXPECT_EQ(fault.code, GetParam().code) << GetParam().text;
  EXPECT_EQ(fault.message, GetParam().message);
  EXPECT_EQ(fault.hint, GetParam().hint);
}

INSTANTIATE_TEST_SUITE_P(
    Ambiguous, RefusedNumber,
    testing::Values(Bad{Unit::money, "1.500 EUR", "E-AMBIGUOUS-NUMBER",
                        "'1.500 EUR' is either 1500 or 1.5", "write 1500 EUR or 1.5 EUR"},
                    Bad{Unit::money, "1,500", "E-AMBIGUOUS-NUMBER", "'1,500' is either 1500 or 1.5",
                        "write 1500 or 1.5"},
                    Bad{Unit::number, "2.250", "E-AMBIGUOUS-NUMBER",
                        "'2.250' is either 2250 or 2.25", "write 2250 or 2.25"},
                    Bad{Unit::number, "1.234", "E-AMBIGUOUS-NUMBER",
                        "'1.234' is either 1234 or 1.234", "write 1234 or 1.2340"},
                    Bad{Unit::money, "100.000 EUR", "E-AMBIGUOUS-NUMBER",
                        "'100.000 EUR' is either 100000 or 100", "write 100000 EUR or 100 EUR"},
                    Bad{Unit::money, "1.500 Mio. EUR", "E-AMBIGUOUS-NUMBER",
                        "'1.500 Mio. EUR' is either 1500 or 1.5",
                        "write 1500 Mio. EUR or 1.5 Mio. EUR"},
                    Bad{Unit::share, "25", "E-AMBIGUOUS-NUMBER",
                        "'25' as a share is either 25% or 2500%", "write 25% or 2500%"}));

INSTANTIATE_TEST_SUITE_P(
    Units, RefusedNumber,
    testing::Values(
        Bad{Unit::money, "25%", "E-UNIT",
            "'25%' does not fit here; expected an amount of money such as 500k or 1.2M", ""},
        Bad{Unit::count, "25%", "E-UNIT",
            "'25%' does not fit here; expected a whole number such as 18", ""},
        Bad{Unit::number, "25%", "E-UNIT", "'25%' does not fit here; expected a number such as 1.5",
            ""},
        Bad{Unit::months, "25%", "E-UNIT",
            "'25%' does not fit here; expected a duration such as 4.7 months or 90 days", ""},
        Bad{Unit::years, "3 h", "E-UNIT",
            "'3 h' does not fit here; expected a duration such as 5 years or 18 months", ""},
        Bad{Unit::share, "5% per year", "E-UNIT",
            "'5% per year' does not fit here; expected a share such as 25% or 0.25", ""},
        Bad{Unit::share, "500k", "E-UNIT",
            "'500k' does not fit here; expected a share such as 25% or 0.25", ""},
        Bad{Unit::per_year, "2 years", "E-UNIT",
            "'2 years' does not fit here; expected a rate such as 2 per year or 18% per year", ""},
        Bad{Unit::per_year, "3 points", "E-UNIT",
            "'3 points' does not fit here; expected a rate such as 2 per year or 18% per year", ""},
        Bad{Unit::per_month, "2 EUR", "E-UNIT",
            "'2 EUR' does not fit here; expected a rate such as 2 per month or 5% per month", ""},
        Bad{Unit::hours, "2 days", "E-UNIT",
            "'2 days' does not fit here; expected hours such as 130 h", ""},
        Bad{Unit::money, "22k EUR per month", "E-UNIT",
            "'22k EUR per month' does not fit here; expected an amount of money such as 500k or "
            "1.2M",
            ""},
        Bad{Unit::money, "500 USD", "E-CURRENCY", "'500 USD' is in USD, the scenario in EUR",
            "convert it to EUR"},
        Bad{Unit::money, "$ 500", "E-CURRENCY", "'$ 500' is in $, the scenario in EUR",
            "convert it to EUR"},
        Bad{Unit::months, "3 mnths", "E-UNIT",
            "'mnths' in '3 mnths' is not understood; expected a duration such as 4.7 months or 90 "
            "days",
            "did you mean 'months'?"},
        Bad{Unit::money, "3 Billionen", "E-UNIT",
            "'Billionen' in '3 Billionen' is not understood; expected an amount of money such as "
            "500k or 1.2M",
            "did you mean 'millionen'?"},
        Bad{Unit::money, "€ 5 EUR", "E-UNIT",
            "'€ 5 EUR' does not fit here; expected an amount of money such as 500k or 1.2M", ""},
        Bad{Unit::months, "3-5 months", "E-UNIT",
            "'-5' in '3-5 months' is not understood; expected a duration such as 4.7 months or 90 "
            "days",
            "a range is written '3 to 5'"},
        Bad{Unit::count, "1.5", "E-NUMBER",
            "'1.5' is not whole; expected a whole number such as 18", ""}));

INSTANTIATE_TEST_SUITE_P(
    NoNumbers, RefusedNumber,
    testing::Values(
        Bad{Unit::share, "", "E-VALUE", "a value is missing; expected a share such as 25% or 0.25",
            ""},
        Bad{Unit::number, "abc", "E-UNIT", "'abc' is not understood; expected a number such as 1.5",
            ""},
        Bad{Unit::number, "inf", "E-UNIT", "'inf' is not understood; expected a number such as 1.5",
            ""},
        Bad{Unit::number, "nan", "E-UNIT", "'nan' is not understood; expected a number such as 1.5",
            ""},
        Bad{Unit::number, "0x1F", "E-UNIT",
            "'x1F' in '0x1F' is not understood; expected a number such as 1.5", ""},
        Bad{Unit::number, "1e400", "E-NUMBER-RANGE", "'1e400' is beyond what can be computed with",
            "numbers go up to about 1e300"},
        Bad{Unit::number, "1e99999999999999999999", "E-NUMBER-RANGE",
            "'1e99999999999999999999' is beyond what can be computed with",
            "numbers go up to about 1e300"},
        Bad{Unit::per_year, "1e308 per day", "E-NUMBER-RANGE",
            "'1e308 per day' is beyond what can be computed with", "numbers go up to about 1e300"},
        Bad{Unit::number, "1.2.3", "E-NUMBER", "'1.2.3' is not a number in '1.2.3'",
            "numbers look like 1234.5, 1'234.5, 1 234,5 or 1.234,5"},
        Bad{Unit::money, "31.12.2026", "E-NUMBER", "'31.12.2026' is not a number in '31.12.2026'",
            "numbers look like 1234.5, 1'234.5, 1 234,5 or 1.234,5"},
        Bad{Unit::money, "12'34", "E-NUMBER", "'12'34' is not a number in '12'34'",
            "numbers look like 1234.5, 1'234.5, 1 234,5 or 1.234,5"},
        Bad{Unit::money, "1,234.567.890", "E-NUMBER",
            "'1,234.567.890' is not a number in '1,234.567.890'",
            "numbers look like 1234.5, 1'234.5, 1 234,5 or 1.234,5"},
        Bad{Unit::number, "1,5e3", "E-NUMBER", "'1,5e3' is not a number in '1,5e3'",
            "numbers look like 1234.5, 1'234.5, 1 234,5 or 1.234,5"},
        Bad{Unit::number, "3 5", "E-NUMBER", "'3 5' is not a number in '3 5'",
            "numbers look like 1234.5, 1'234.5, 1 234,5 or 1.234,5"},
        Bad{Unit::number, "+4", "E-RELATIVE",
            "'+4' changes a value; here the value itself is needed",
            "expected a number such as 1.5"},
        Bad{Unit::number, "x1.1", "E-RELATIVE",
            "'x1.1' changes a value; here the value itself is needed",
            "expected a number such as 1.5"}));

TEST(Number, HugeTextsAreRefused) {
  Fault fault;
  EXPECT_FALSE(read_number(std::string(1'000'000, '9'), Unit::number, "", fault));
  EXPECT_LT(fault.message.size(), 200u);
  EXPECT_FALSE(read_number(std::string(100, '9'), Unit::number, "", fault));
  EXPECT_EQ(fault.code, "E-NUMBER");
}

TEST(Number, CurrencyIsCheckedAgainstTheScenario) {
  Fault fault;
  EXPECT_EQ(read_number("CHF 500", Unit::money, "CHF", fault), 500);
  EXPECT_EQ(read_number("500 Fr.", Unit::money, "CHF", fault), 500);
  EXPECT_EQ(read_number("$500", Unit::money, "USD", fault), 500);
  EXPECT_EQ(read_number("500 GBP", Unit::money, "", fault), 500);
  EXPECT_FALSE(read_number("500 EUR", Unit::money, "CHF", fault));
}

}  // namespace
}  // namespace partnersim
