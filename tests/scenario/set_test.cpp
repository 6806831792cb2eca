// --set: one value put into the tree.
#include <gtest/gtest.h>

#include <string>

#include "scenario/overlay.hpp"
#include "scenario/support.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kBase =
    "us:\n"
    "  rebate: 4%\n"
    "  offers: [{name: Server, price: 45k}, {name: Cloud 2.0, price: 22k}]\n"
    "  empty:\n";

// The tree after the assignment, or the faults.
std::string after(std::string_view assignment) {
  Parsed parsed(kBase);
  if (!apply_set(*parsed.root, assignment, parsed.diagnostics)) {
    EXPECT_EQ(outline(*parsed.root), outline(*Parsed(kBase).root));
    return parsed.diagnostics.render();
  }
  EXPECT_EQ(parsed.diagnostics.render(), "");
  return outline(*parsed.root);
}

TEST(Set, PutsValuesAtPaths) {
  EXPECT_EQ(after("us.rebate=5%"),
            "{us: {rebate: <5%>, offers: [{name: <Server>, price: <45k>}, {name: <Cloud 2.0>, "
            "price: <22k>}], empty: <>}}");
  EXPECT_EQ(after("us.offers.Server.price = 24k EUR"),
            "{us: {rebate: <4%>, offers: [{name: <Server>, price: <24k EUR>}, {name: <Cloud 2.0>, "
            "price: <22k>}], empty: <>}}");
  EXPECT_EQ(after("us.offers.\"Cloud 2.0\".terms.discount=x1.1"),
            "{us: {rebate: <4%>, offers: [{name: <Server>, price: <45k>}, {name: <Cloud 2.0>, "
            "price: <22k>, terms: {discount: <x1.1>}}], empty: <>}}");
  EXPECT_EQ(after("us.offers.*.price=1"),
            "{us: {rebate: <4%>, offers: [{name: <Server>, price: <1>}, {name: <Cloud 2.0>, price: "
            "<1>}], empty: <>}}");
  EXPECT_EQ(after("choice.habit={p10: 1, p90: 2}"),
            "{us: {rebate: <4%>, offers: [{name: <Server>, price: <45k>}, {name: <Cloud 2.0>, "
            "price: <22k>}], empty: <>}, choice: {habit: {p10: <1>, p90: <2>}}}");
  EXPECT_EQ(after("us.empty.deep=1"),
            "{us: {rebate: <4%>, offers: [{name: <Server>, price: <45k>}, {name: <Cloud 2.0>, "
            "price: <22k>}], empty: {deep: <1>}}}");
  EXPECT_EQ(after("us=0"), "{us: <0>}");
}

TEST(Set, ValuesHavePlacesInTheAssignment) {
  Parsed parsed(kBase);
  ASSERT_TRUE(apply_set(*parsed.root, "us.näme=\"x\"", parsed.diagnostics));
  const Node& value = *parsed.root->find("us")->find("näme");
  EXPECT_EQ(parsed.diagnostics.source_name(value.at.file), "--set");
  EXPECT_EQ(value.at.column, 9u);
  EXPECT_EQ(value.text, "x");
  EXPECT_TRUE(value.quoted);
  EXPECT_EQ(parsed.root->find("us")->find_entry("näme")->at.column, 4u);
}

TEST(Set, Faults) {
  EXPECT_EQ(after("us.offers.Servr.price=1"),
            "--set:1:11: error[E-UNKNOWN-NAME]: there is no 'Servr' in this list\n"
            "    1 | us.offers.Servr.price=1\n"
            "      |           ^~~~~\n"
            "      = did you mean 'Server'?\n");
  EXPECT_EQ(after("us.rebate.x=1"),
            "--set:1:4: error[E-SET]: 'rebate' is a value and has no parts\n"
            "    1 | us.rebate.x=1\n"
            "      |    ^~~~~~\n");
  EXPECT_EQ(after("us.rebate"),
            "--set:1:1: error[E-SET]: a value is set with =\n"
            "    1 | us.rebate\n"
            "      | ^~~~~~~~~\n"
            "      = such as us.offers.Cloud.price=24k\n");
  EXPECT_EQ(after("us.rebate="),
            "--set:1:10: error[E-SET]: there is no value behind =\n"
            "    1 | us.rebate=\n"
            "      |          ^\n");
  EXPECT_EQ(after("us..x=1"),
            "--set:1:4: error[E-SET]: a part of the path is no name\n"
            "    1 | us..x=1\n"
            "      |    ^\n"
            "      = parts are separated by dots\n");
  EXPECT_EQ(after("us.rebate=[1"),
            "--set:1:11: error[E-YAML]: this [ is not closed\n"
            "    1 | us.rebate=[1\n"
            "      |           ^\n"
            "      = a comma between the items, and the closing bracket at the end?\n");
  EXPECT_EQ(after("us.offers.Server=1"),
            "--set:1:11: error[E-SET]: an item of a list is not set as a whole\n"
            "    1 | us.offers.Server=1\n"
            "      |           ^~~~~~\n"
            "      = name a value of it: Server.price=...\n");
  EXPECT_EQ(after("us.*.x=1"),
            "--set:1:4: error[E-SET]: * stands for the items of a list; here is none\n"
            "    1 | us.*.x=1\n"
            "      |    ^\n");
  EXPECT_EQ(after("us.\"x=1"),
            "--set:1:4: error[E-SET]: this quote is not closed\n"
            "    1 | us.\"x=1\n"
            "      |    ^\n");
  Parsed list("[{name: a}]");
  EXPECT_FALSE(apply_set(*list.root, "b=1", list.diagnostics));
  Parsed text("words");
  EXPECT_FALSE(apply_set(*text.root, "b=1", text.diagnostics));
  EXPECT_EQ(codes(text.diagnostics), "E-SET");
  EXPECT_NE(after("=1").find("E-SET"), std::string::npos);
  EXPECT_NE(after("").find("E-SET"), std::string::npos);
  EXPECT_NE(after("a=1\nb=2").find("one line"), std::string::npos);
  std::string deep = "a";
  for (int i = 0; i < 100; ++i) deep += ".a";
  EXPECT_NE(after(deep + "=1").find("too long"), std::string::npos);
}

}  // namespace
}  // namespace partnersim
