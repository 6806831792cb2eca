// Documents made to harm: they are refused quickly, with a place, and nothing crashes.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "scenario/document.hpp"
#include "scenario/support.hpp"

namespace partnersim {
namespace {

using std::chrono::milliseconds;

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

// Milliseconds; generous, since the tests also run with sanitizers on busy machines.
template <class F>
milliseconds time_of(F&& f) {
  const auto start = std::chrono::steady_clock::now();
  f();
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
}

TEST(HostileDocument, TenMegabytesOfBracketsAreRefusedInMilliseconds) {
  for (const char* bracket : {"[", "{", "[{", "- [", "[ \"]\" , "}) {
    const std::string text = repeated(bracket, 10'000'000 / std::string_view(bracket).size());
    std::string found;
    const auto took = time_of([&] { found = codes(Parsed(text).diagnostics); });
    EXPECT_EQ(found, "E-YAML-DEPTH") << bracket;
    EXPECT_LT(took.count(), 3000) << bracket;
  }
}

TEST(HostileDocument, DepthIsExact) {
  const auto nested = [](std::size_t depth) { return repeated("[", depth) + repeated("]", depth); };
  EXPECT_TRUE(Parsed(nested(64)).root);
  const Parsed deep(nested(65));
  EXPECT_FALSE(deep.root);
  EXPECT_EQ(deep.diagnostics.render(),
            "demo.yaml:1:65: error[E-YAML-DEPTH]: nested more than 64 levels deep\n"
            "    1 | ..." +
                repeated("[", 41) + repeated("]", 65) +
                "\n"
                "      |    " +
                std::string(40, ' ') + "^\n");
}

TEST(HostileDocument, DeepIndentation) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  EXPECT_EQ(codes(Parsed(text).diagnostics), "E-YAML-DEPTH");
  EXPECT_EQ(codes(Parsed(repeated("- ", 1'000'000)).diagnostics), "E-YAML-DEPTH");
  const std::string explicit_keys = codes(Parsed(repeated("? ", 100'000)).diagnostics);
  EXPECT_EQ(explicit_keys, "E-YAML-DEPTH");
}

TEST(HostileDocument, BracketsInTextsAndCommentsAreNoDepth) {
  std::string text = "a: |\n" + repeated("  [[[[[[[[ half open [0, 1)\n", 100);
  text += repeated("# interval [0, 1)\n", 1000);
  text += "b: '" + repeated("[", 500) + "'\n";
  EXPECT_EQ(Parsed(text).diagnostics.render(), "");
}

TEST(HostileDocument, BytesThatAreNoText) {
  using namespace std::string_view_literals;
  EXPECT_EQ(Parsed("a: 1\nb: x\0y\n"sv).diagnostics.render(),
            "demo.yaml:2:5: error[E-CONTROL-CHARACTER]: the file has a control character here "
            "(U+0000)\n"
            "    2 | b: x\xEF\xBF\xBDy\n"
            "      |     ^\n"
            "      = save it as UTF-8, not as UTF-16\n");
  EXPECT_EQ(Parsed("a: 1\nb: \xFC\n").diagnostics.render(),
            "demo.yaml:2:4: error[E-UTF8]: the file is not valid UTF-8 here\n"
            "    2 | b: \xEF\xBF\xBD\n"
            "      |    ^\n"
            "      = save it as UTF-8\n");
  EXPECT_EQ(codes(Parsed("a: \x1b[31m\x04\n").diagnostics),
            "E-CONTROL-CHARACTER E-CONTROL-CHARACTER");
  EXPECT_EQ(codes(Parsed("\xEF\xBB\xBF\xEF\xBB\xBF"
                         "a: 1")
                      .diagnostics),
            "E-CONTROL-CHARACTER");
  EXPECT_EQ(codes(Parsed("\xFF\xFE"
                         "a\0"sv)
                      .diagnostics),
            "E-UTF8");
  const Parsed many(repeated("\x01", 1000));
  EXPECT_EQ(many.diagnostics.all().size(), 10u);
}

TEST(HostileDocument, SizeIsLimited) {
  const std::string text = "a: " + std::string(kMaxDocumentBytes, 'x');
  EXPECT_EQ(codes(Parsed(text).diagnostics), "E-FILE-SIZE");
}

TEST(HostileDocument, BillionLaughsIsRefused) {
  std::string text = "a: &a [x, x]\n";
  for (char c = 'b'; c <= 'z'; ++c) {
    const std::string before(1, static_cast<char>(c - 1));
    text += std::string(1, c) + ": &" + c + " [*" + before + ", *" + before + "]\n";
  }
  const Parsed parsed(text);
  EXPECT_EQ(parsed.diagnostics.all().size(), 26u + 50u);
}

TEST(HostileDocument, ManyFaultsAndLongLinesStayFast) {
  const auto took = time_of([] {
    Parsed aliases(repeated("- *x\n", 20'000));
    EXPECT_TRUE(aliases.diagnostics.has_errors());
    std::string line = "[";
    for (int i = 0; i < 200'000; ++i) line += "ä, ";
    const Parsed long_line(line + "z]");
    ASSERT_TRUE(long_line.root);
    EXPECT_EQ(long_line.root->items.size(), 200'001u);
    EXPECT_EQ(long_line.root->items.back().at, (Location{0, 1, 600'002, 1}));
    std::string keys;
    for (int i = 0; i < 50'000; ++i) keys += std::to_string(i % 49'999) + "k: 1\n";
    EXPECT_EQ(codes(Parsed(keys).diagnostics), "E-DUPLICATE-KEY");
  });
  EXPECT_LT(took.count(), 20'000);
}

}  // namespace
}  // namespace partnersim
