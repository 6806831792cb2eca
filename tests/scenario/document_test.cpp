// YAML text to the positioned tree.
#include "scenario/document.hpp"

#include <gtest/gtest.h>

#include "scenario/support.hpp"

namespace partnersim {
namespace {

TEST(Document, TreeOfAScenario) {
  const Parsed parsed(
      "title: Cloud transition  # a comment\n"
      "months: 48\n"
      "us:\n"
      "  tiers: [{name: Silver, threshold: 150k}, {name: 'Gold'}]\n"
      "  offers:\n"
      "    - {name: Server, price: 45k EUR}\n"
      "    - name: Cloud\n"
      "mechanisms: {trust: off}\n"
      "programs: {as is: {}, 'people, not money': {us.rebate: 2%}}\n");
  ASSERT_TRUE(parsed.root);
  EXPECT_EQ(parsed.diagnostics.render(), "");
  EXPECT_EQ(outline(*parsed.root),
            "{title: <Cloud transition>, months: <48>, us: {tiers: [{name: <Silver>, threshold: "
            "<150k>}, {name: \"Gold\"}], offers: [{name: <Server>, price: <45k EUR>}, {name: "
            "<Cloud>}]}, mechanisms: {trust: <off>}, programs: {as is: {}, people, not money: "
            "{us.rebate: <2%>}}}");
  const Node& price = *parsed.root->find("us")->find("offers")->items[0].find("price");
  EXPECT_EQ(price.at, (Location{0, 6, 29, 7}));
  EXPECT_EQ(parsed.root->find_entry("months")->at, (Location{0, 2, 1, 6}));
  EXPECT_EQ(*parsed.root->find("us")->find("offers")->items[1].name(), "Cloud");
  EXPECT_EQ(parsed.root->find("nothing"), nullptr);
  EXPECT_EQ(parsed.root->find("months")->find("x"), nullptr);
}

TEST(Document, JsonIsRead) {
  const Parsed parsed("{\"a\": [1, true, null], \"b\": {\"c\": \"x\\ty\\u00e4\"}}");
  ASSERT_TRUE(parsed.root);
  EXPECT_EQ(outline(*parsed.root), "{a: [<1>, <true>, <null>], b: {c: \"x\tyä\"}}");
}

TEST(Document, PlacesCountCharactersAfterAnyLineEndAndByteOrderMark) {
  const Parsed parsed("\xEF\xBB\xBFä: ö  \rb: \"ü\\\"ü\" # x\r\n'k''y': 'a''b'\n");
  ASSERT_TRUE(parsed.root);
  const auto& entries = parsed.root->entries;
  EXPECT_EQ(entries[0].value.at, (Location{0, 1, 4, 1}));
  EXPECT_EQ(entries[1].value.at, (Location{0, 2, 4, 6}));
  EXPECT_EQ(entries[2].at, (Location{0, 3, 1, 6}));
  EXPECT_EQ(entries[2].key, "k'y");
  EXPECT_EQ(entries[2].value.at, (Location{0, 3, 9, 6}));
}

TEST(Document, EmptyValuesStandBehindTheirKeyAndNullIsAWord) {
  const Parsed parsed("a:\nnull: 1\nb: ~\nc: null\nd: {e: , f, null: g}\ni:\n  - \n  - null\n");
  ASSERT_TRUE(parsed.root);
  EXPECT_EQ(outline(*parsed.root),
            "{a: <>, null: <1>, b: <~>, c: <null>, d: {e: <>, f: <>, null: <g>}, i: [<>, <null>]}");
  EXPECT_EQ(parsed.root->find("a")->at, (Location{0, 1, 2, 1}));
  EXPECT_TRUE(parsed.root->find("a")->is_empty());
  EXPECT_FALSE(parsed.root->find("c")->is_empty());
  EXPECT_EQ(parsed.root->find("i")->items[0].at, (Location{0, 7, 3, 1}));
}

TEST(Document, QuotedEmptyIsAValue) {
  const Parsed parsed("a: ''\nb: |\n  text\nc: >-\n  x\n  y\n");
  ASSERT_TRUE(parsed.root);
  EXPECT_EQ(outline(*parsed.root), "{a: \"\", b: \"text\n\", c: \"x y\"}");
  EXPECT_FALSE(parsed.root->find("a")->is_empty());
}

TEST(Document, EveryFaultIsReportedAtOnce) {
  const Parsed parsed(
      "a: &x 1\n"
      "b: *x\n"
      "c: !!int 3\n"
      "a: 2\n"
      "d: {e: 1, e: 2}\n"
      "f: *unknown\n"
      "g: @h\n"
      "i: *\n"
      "? [j]\n"
      ": 1\n"
      "---\n"
      "k: 1\n");
  EXPECT_TRUE(parsed.root);
  EXPECT_EQ(parsed.diagnostics.render(),
            "demo.yaml:1:4: error[E-YAML-ANCHOR]: anchors are not allowed\n"
            "    1 | a: &x 1\n"
            "      |    ^~\n"
            "      = a text that starts with & needs quotes\n"
            "demo.yaml:2:4: error[E-YAML-ALIAS]: aliases are not allowed\n"
            "    2 | b: *x\n"
            "      |    ^~\n"
            "      = a text that starts with * needs quotes\n"
            "demo.yaml:3:4: error[E-YAML-TAG]: tags are not allowed\n"
            "    3 | c: !!int 3\n"
            "      |    ^~~~~\n"
            "      = a text that starts with ! needs quotes\n"
            "demo.yaml:4:1: error[E-DUPLICATE-KEY]: the key 'a' is there twice\n"
            "    4 | a: 2\n"
            "      | ^\n"
            "      = the first is in line 1\n"
            "demo.yaml:5:11: error[E-DUPLICATE-KEY]: the key 'e' is there twice\n"
            "    5 | d: {e: 1, e: 2}\n"
            "      |           ^\n"
            "      = the first is in line 5\n"
            "demo.yaml:6:4: error[E-YAML-ALIAS]: aliases are not allowed\n"
            "    6 | f: *unknown\n"
            "      |    ^~~~~~~~\n"
            "      = a text that starts with * needs quotes\n"
            "demo.yaml:7:4: error[E-YAML]: a text cannot start with @\n"
            "    7 | g: @h\n"
            "      |    ^\n"
            "      = put it in quotes\n"
            "demo.yaml:8:4: error[E-YAML-ALIAS]: aliases are not allowed\n"
            "    8 | i: *\n"
            "      |    ^\n"
            "      = a text that starts with * needs quotes\n"
            "demo.yaml:9:3: error[E-YAML-KEY]: a key must be a plain text\n"
            "    9 | ? [j]\n"
            "      |   ^\n"
            "demo.yaml:11:1: error[E-YAML-DOCUMENT]: a second document starts here; a file holds "
            "one\n"
            "   11 | ---\n"
            "      | ^~~\n");
}

struct Broken {
  const char* text;
  const char* rendered;
};

class BrokenDocument : public testing::TestWithParam<Broken> {};

TEST_P(BrokenDocument, IsRefusedInPlainWords) {
  const Parsed parsed(GetParam().text);
  EXPECT_EQ(parsed.diagnostics.render(), GetParam().rendered);
}

INSTANTIATE_TEST_SUITE_P(
    , BrokenDocument,
    testing::Values(
        Broken{"a: [1, 2\nb: 3\n",
               "demo.yaml:1:4: error[E-YAML]: this [ is not closed\n"
               "    1 | a: [1, 2\n"
               "      |    ^\n"
               "      = a comma between the items, and the closing bracket at the end?\n"},
        Broken{"a: {b: 1, c: [2, {d: 3}]\n",
               "demo.yaml:1:4: error[E-YAML]: this { is not closed\n"
               "    1 | a: {b: 1, c: [2, {d: 3}]\n"
               "      |    ^\n"
               "      = a comma between the items, and the closing bracket at the end?\n"},
        Broken{"a: \"x\n",
               "demo.yaml:1:4: error[E-YAML]: this quote is not closed\n"
               "    1 | a: \"x\n"
               "      |    ^\n"},
        Broken{"title: Plan: the second\n",
               "demo.yaml:1:12: error[E-YAML]: a key cannot stand here\n"
               "    1 | title: Plan: the second\n"
               "      |            ^\n"
               "      = check the indentation; a text that holds ': ' needs quotes\n"},
        Broken{"a: \"x\" y\n",
               "demo.yaml:1:8: error[E-YAML]: this does not continue what stands above\n"
               "    1 | a: \"x\" y\n"
               "      |        ^\n"
               "      = check the indentation; a text with quotes inside needs quotes as a "
               "whole\n"},
        Broken{"a:\n  - 1\n b: 2\n",
               "demo.yaml:3:2: error[E-YAML]: this does not continue what stands above\n"
               "    3 |  b: 2\n"
               "      |  ^\n"
               "      = check the indentation; a text with quotes inside needs quotes as a "
               "whole\n"},
        Broken{"us:\n\trebate: 4%\n",
               "demo.yaml:2:8: error[E-YAML]: a tab cannot indent a line\n"
               "    2 |  rebate: 4%\n"
               "      |        ^\n"
               "      = use spaces\n"},
        Broken{"a: \"\\q\"\n",
               "demo.yaml:1:6: error[E-YAML]: unknown escape character: q\n"
               "    1 | a: \"\\q\"\n"
               "      |      ^\n"
               "      = in double quotes \\ means something; in single quotes it does not\n"},
        Broken{"a: ]\n",
               "demo.yaml:1:4: error[E-YAML]: this bracket closes nothing\n"
               "    1 | a: ]\n"
               "      |    ^\n"},
        Broken{"[a]\nb: 1\n",
               "demo.yaml:2:1: error[E-YAML-DOCUMENT]: this does not belong to the text above\n"
               "    2 | b: 1\n"
               "      | ^\n"
               "      = is it indented like the lines above?\n"},
        Broken{"a: {b:1, rebate: 1,5 %}\n",
               "demo.yaml:1:5: error[E-YAML]: 'b:1' has no value\n"
               "    1 | a: {b:1, rebate: 1,5 %}\n"
               "      |     ^~~\n"
               "      = a blank is needed behind the colon\n"
               "demo.yaml:1:20: error[E-YAML]: '5 %' has no value\n"
               "    1 | a: {b:1, rebate: 1,5 %}\n"
               "      |                    ^~~\n"
               "      = a text that holds a comma needs quotes inside { }\n"},
        Broken{"a: - b\n",
               "demo.yaml:1:4: error[E-YAML]: a list cannot start here\n"
               "    1 | a: - b\n"
               "      |    ^\n"
               "      = check the indentation; a text that starts with '- ' needs quotes\n"},
        Broken{": 3\n",
               "demo.yaml:1:1: error[E-YAML-KEY]: the key is missing\n"
               "    1 | : 3\n"
               "      | ^\n"},
        Broken{"# only a comment\n", "demo.yaml: error[E-EMPTY]: there is nothing in it\n"},
        Broken{"", "demo.yaml: error[E-EMPTY]: there is nothing in it\n"}));

}  // namespace
}  // namespace partnersim
