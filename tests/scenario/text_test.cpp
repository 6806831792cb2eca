// base/text: UTF-8, widths, the nearest name.
#include "base/text.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace partnersim {
namespace {

TEST(Text, CharactersAreDecodedAndBadOnesFound) {
  EXPECT_EQ(character_at("aä€😀", 1).value, U'ä');
  EXPECT_EQ(character_at("aä€😀", 3).bytes, 3u);
  EXPECT_EQ(character_at("aä€😀", 6).value, U'😀');
  EXPECT_EQ(character_at("a", 1).bytes, 0u);
  EXPECT_FALSE(invalid_utf8("aä€😀"));
  EXPECT_EQ(invalid_utf8("ab\xFF"), 2u);
  EXPECT_EQ(invalid_utf8("\xC0\x80"), 0u);          // overlong
  EXPECT_EQ(invalid_utf8("a\xED\xA0\x80"), 1u);     // surrogate
  EXPECT_EQ(invalid_utf8("\xF4\x90\x80\x80"), 0u);  // beyond U+10FFFF
  EXPECT_EQ(invalid_utf8("a\xE2\x82"), 1u);         // cut off
  EXPECT_EQ(invalid_utf8("\x80"), 0u);
}

TEST(Text, EncodingIsTheInverseOfDecoding) {
  for (const char32_t c : {U'a', U'ä', U'€', U'😀', char32_t{0x10FFFF}, char32_t{0x7FF}}) {
    std::string text;
    append_utf8(text, c);
    EXPECT_EQ(character_at(text, 0).value, c);
    EXPECT_EQ(character_at(text, 0).bytes, text.size());
  }
}

TEST(Text, CountsWidthsAndControls) {
  EXPECT_EQ(count_characters("aä€😀"), 4u);
  EXPECT_EQ(display_width(U'a'), 1);
  EXPECT_EQ(display_width(U'漢'), 2);
  EXPECT_EQ(display_width(0x0301), 0);
  EXPECT_TRUE(is_control(0x1B));
  EXPECT_TRUE(is_control(0x202E));
  EXPECT_FALSE(is_control(U'ä'));
  EXPECT_EQ(trimmed(" \ta b\t "), "a b");
  EXPECT_EQ(trimmed("  "), "");
  EXPECT_EQ(lower_ascii("FY27 Ä"), "fy27 Ä");
}

TEST(Text, InQuotesCutsLongTextsBetweenCharacters) {
  EXPECT_EQ(in_quotes("abc"), "'abc'");
  EXPECT_EQ(in_quotes(std::string(60, 'a')), "'" + std::string(60, 'a') + "'");
  EXPECT_EQ(in_quotes(std::string(61, 'a')), "'" + std::string(60, 'a') + "...'");
  std::string umlauts;
  for (int i = 0; i < 70; ++i) umlauts += "ä";
  EXPECT_FALSE(invalid_utf8(in_quotes(umlauts)));
}

TEST(Nearest, FindsTyposSwapsAndCase) {
  const std::vector<std::string> names{"rebate", "threshold", "Silver", "Händler"};
  EXPECT_EQ(nearest("rebat", names), "rebate");
  EXPECT_EQ(nearest("rebaet", names), "rebate");  // a swap counts once
  EXPECT_EQ(nearest("silver", names), "Silver");
  EXPECT_EQ(nearest("treshhold", names), "threshold");
  EXPECT_EQ(nearest("Handler", names), "Händler");
  EXPECT_EQ(nearest("managers", names), "");
  EXPECT_EQ(nearest("", names), "");
  EXPECT_EQ(nearest("x", std::vector<std::string>{"y"}), "");
  EXPECT_EQ(nearest(std::string(5000, 'r'), names), "");
  EXPECT_EQ(nearest("a", {}), "");
}

}  // namespace
}  // namespace partnersim
