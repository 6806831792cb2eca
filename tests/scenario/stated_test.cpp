// Ranges, as text and as maps.
#include <gtest/gtest.h>

#include "scenario/support.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

using Form = Stated::Form;

struct Case {
  Unit unit;
  const char* text;
  Form form;
  double value, lo, hi;
};

class StatedText : public testing::TestWithParam<Case> {};

TEST_P(StatedText, IsRead) {
  Diagnostics diagnostics;
  const Case& c = GetParam();
  const auto stated = read_value(scalar(c.text), c.unit, "EUR", diagnostics);
  ASSERT_TRUE(stated) << diagnostics.render();
  EXPECT_EQ(stated->form, c.form);
  EXPECT_DOUBLE_EQ(stated->value, c.value);
  EXPECT_DOUBLE_EQ(stated->lo, c.lo);
  EXPECT_DOUBLE_EQ(stated->hi, c.hi);
  EXPECT_EQ(stated->p_lo, 0.05);
  EXPECT_EQ(stated->p_hi, 0.95);
  EXPECT_EQ(stated->is_range(), c.form != Form::fixed);
}

INSTANTIATE_TEST_SUITE_P(
    , StatedText,
    testing::Values(Case{Unit::share, "4%", Form::fixed, 0.04, 0.04, 0.04},
                    Case{Unit::share, "5% to 12%", Form::between, 0.085, 0.05, 0.12},
                    Case{Unit::share, "5 to 12 %", Form::between, 0.085, 0.05, 0.12},
                    Case{Unit::share, "5 bis 12 %", Form::between, 0.085, 0.05, 0.12},
                    Case{Unit::share, "5–12%", Form::between, 0.085, 0.05, 0.12},
                    Case{Unit::share, "0.3 to 0.5", Form::between, 0.4, 0.3, 0.5},
                    Case{Unit::share, "-5% to 5%", Form::between, 0, -0.05, 0.05},
                    Case{Unit::months, "3 to 5 months", Form::between, 4, 3, 5},
                    Case{Unit::months, "1 to 2 years", Form::between, 18, 12, 24},
                    Case{Unit::years, "6 months to 2 years", Form::between, 1.25, 0.5, 2},
                    Case{Unit::money, "500k to 1.2M EUR", Form::between, 850e3, 500e3, 1.2e6},
                    Case{Unit::money, "1 to 2 Mio. EUR", Form::between, 1.5e6, 1e6, 2e6},
                    Case{Unit::per_year, "2 to 4 per year", Form::between, 3, 2, 4},
                    Case{Unit::share, "about 20%", Form::about, 0.2, 0.2, 0.2},
                    Case{Unit::share, "~20%", Form::about, 0.2, 0.2, 0.2},
                    Case{Unit::share, "etwa 20 %", Form::about, 0.2, 0.2, 0.2},
                    Case{Unit::money, "ca. 20k EUR", Form::about, 20e3, 20e3, 20e3}));

struct BadCase {
  Unit unit;
  const char* text;
  const char* code;
  const char* message;
};

class BadStatedText : public testing::TestWithParam<BadCase> {};

TEST_P(BadStatedText, IsRefused) {
  Diagnostics diagnostics;
  EXPECT_FALSE(read_value(scalar(GetParam().text), GetParam().unit, "EUR", diagnostics));
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].code, GetParam().code);
  EXPECT_EQ(diagnostics.all()[0].message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    , BadStatedText,
    testing::Values(
        BadCase{Unit::share, "12% to 5%", "E-RANGE", "the range '12% to 5%' does not go up"},
        BadCase{Unit::share, "5% to 5%", "E-RANGE", "the range '5% to 5%' does not go up"},
        BadCase{Unit::money, "500 to 1k", "E-RANGE", "the range '500 to 1k' does not go up"},
        BadCase{Unit::months, "3 months to 5", "E-RANGE",
                "in '3 months to 5' the unit is missing at the end"},
        BadCase{Unit::money, "1.500 to 3 EUR", "E-AMBIGUOUS-NUMBER",
                "'1.500' is either 1500 or 1.5"},
        BadCase{Unit::money, "1 to 3 USD", "E-CURRENCY", "'3 USD' is in USD, the scenario in EUR"},
        BadCase{Unit::share, "5% to 12% to 20%", "E-UNIT",
                "'to' in '12% to 20%' is not understood; expected a share such as 25% or 0.25"},
        BadCase{Unit::share, "low to high", "E-UNIT",
                "'low' is not understood; expected a share such as 25% or 0.25"},
        BadCase{Unit::share, "+3% to +5%", "E-RELATIVE",
                "'+3%' changes a value; here the value itself is needed"},
        BadCase{Unit::share, "about", "E-UNIT",
                "'about' is not understood; expected a share such as 25% or 0.25"},
        BadCase{Unit::share, "about about 5%", "E-UNIT",
                "'about' in 'about 5%' is not understood; expected a share such as 25% or 0.25"}));

// Reads the value under `a` of a document.
struct FromMap {
  Parsed parsed;
  std::optional<Stated> stated;

  explicit FromMap(std::string_view text, Unit unit = Unit::share) : parsed(text) {
    stated = read_value(*parsed.root->find("a"), unit, "EUR", parsed.diagnostics);
  }
};

TEST(StatedMap, TwoQuantiles) {
  const FromMap map("a: {p90: 9 months, p10: 3, dist: lognormal}", Unit::months);
  ASSERT_TRUE(map.stated);
  EXPECT_EQ(map.stated->form, Form::quantiles);
  EXPECT_EQ(map.stated->lo, 3);
  EXPECT_EQ(map.stated->hi, 9);
  EXPECT_DOUBLE_EQ(map.stated->p_lo, 0.1);
  EXPECT_DOUBLE_EQ(map.stated->p_hi, 0.9);
  EXPECT_EQ(map.stated->dist, "lognormal");
  const FromMap fine("a: {p2.5: 1%, p97.5: 9%}");
  ASSERT_TRUE(fine.stated);
  EXPECT_DOUBLE_EQ(fine.stated->p_lo, 0.025);
}

TEST(StatedMap, Triangle) {
  const FromMap map("a: {min: 0, mode: 3%, max: 8%}");
  ASSERT_TRUE(map.stated);
  EXPECT_EQ(map.stated->form, Form::triangle);
  EXPECT_EQ(map.stated->value, 0.03);
  EXPECT_EQ(map.stated->lo, 0);
  EXPECT_EQ(map.stated->hi, 0.08);
  EXPECT_EQ(map.stated->p_lo, 0);
  EXPECT_EQ(map.stated->p_hi, 1);
  EXPECT_TRUE(FromMap("a: {min: 0, mode: 0, max: 1, dist: triangular}").stated);
}

TEST(StatedMap, FaultsHaveExactPlaces) {
  EXPECT_EQ(FromMap("a: {p10: 3%, pp90: 9%, dist: lognormel}").parsed.diagnostics.render(),
            "demo.yaml:1:14: error[E-UNKNOWN-KEY]: unknown key 'pp90' in a range\n"
            "    1 | a: {p10: 3%, pp90: 9%, dist: lognormel}\n"
            "      |              ^~~~\n"
            "      = did you mean 'p90'?\n"
            "demo.yaml:1:30: error[E-DIST]: unknown distribution 'lognormel'\n"
            "    1 | a: {p10: 3%, pp90: 9%, dist: lognormel}\n"
            "      |                              ^~~~~~~~~\n"
            "      = did you mean 'lognormal'?\n");
  EXPECT_EQ(FromMap("a: {p10: 9%, p90: 3%}").parsed.diagnostics.render(),
            "demo.yaml:1:4: error[E-RANGE]: the quantiles do not go up\n"
            "    1 | a: {p10: 9%, p90: 3%}\n"
            "      |    ^\n"
            "      = the higher percentile needs the larger value\n");
  EXPECT_EQ(FromMap("a: {min: 5%, mode: 3%, max: 8%}").parsed.diagnostics.render(),
            "demo.yaml:1:4: error[E-RANGE]: min, mode and max do not go up\n"
            "    1 | a: {min: 5%, mode: 3%, max: 8%}\n"
            "      |    ^\n");
  EXPECT_EQ(FromMap("a: {min: 0, max: 8%}").parsed.diagnostics.render(),
            "demo.yaml:1:4: error[E-RANGE]: this does not state a range\n"
            "    1 | a: {min: 0, max: 8%}\n"
            "      |    ^\n"
            "      = two quantiles, {p10: 3, p90: 9}, or {min: 0, mode: 3, max: 8}\n");
  EXPECT_EQ(codes(FromMap("a: {p10: 1%, p50: 2%, p90: 3%}").parsed.diagnostics), "E-RANGE");
  EXPECT_EQ(codes(FromMap("a: {p10: 1%, p10.0: 2%}").parsed.diagnostics), "E-RANGE");
  EXPECT_EQ(codes(FromMap("a: {p0: 1%, p100: 2%}").parsed.diagnostics),
            "E-UNKNOWN-KEY E-UNKNOWN-KEY");
  EXPECT_EQ(codes(FromMap("a: {p10: 1%, p90: 2%, dist: triangular}").parsed.diagnostics), "E-DIST");
  EXPECT_EQ(codes(FromMap("a: {min: 0, mode: 1%, max: 2%, dist: normal}").parsed.diagnostics),
            "E-DIST");
  EXPECT_EQ(codes(FromMap("a: {p10: 1% to 2%, p90: [3]}").parsed.diagnostics),
            "E-RANGE-HERE E-VALUE");
  EXPECT_EQ(codes(FromMap("a: {}").parsed.diagnostics), "E-RANGE");
  EXPECT_EQ(codes(FromMap("a: [5%, 12%]").parsed.diagnostics), "E-VALUE");
}

TEST(StatedMap, RangeMapsAreTold) {
  EXPECT_TRUE(is_range_map(*Parsed("a: {p10: 3, p90: 9}").root->find("a")));
  EXPECT_TRUE(is_range_map(*Parsed("a: {min: 3, mode: 4, max: 9}").root->find("a")));
  EXPECT_FALSE(is_range_map(*Parsed("a: {p1: {}, p2: {}}").root->find("a")));
  EXPECT_FALSE(is_range_map(*Parsed("a: {}").root->find("a")));
  EXPECT_FALSE(is_range_map(*Parsed("a: {mode: 3, growth: 4}").root->find("a")));
}

TEST(Fixed, RefusesRanges) {
  Diagnostics diagnostics;
  const auto file = diagnostics.add_source("demo.yaml", "rebate: 5% to 12%\n");
  Node node = scalar("5% to 12%");
  node.at = {file, 1, 9, 9};
  EXPECT_FALSE(read_fixed(node, Unit::share, "EUR", diagnostics));
  EXPECT_EQ(diagnostics.render(),
            "demo.yaml:1:9: error[E-RANGE-HERE]: one value is needed here, not the range '5% to "
            "12%'\n"
            "    1 | rebate: 5% to 12%\n"
            "      |         ^~~~~~~~~\n"
            "      = expected a share such as 25% or 0.25\n");
  EXPECT_EQ(read_fixed(scalar("5%"), Unit::share, "EUR", diagnostics), 0.05);
}

}  // namespace
}  // namespace partnersim
