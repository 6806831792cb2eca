// How faults look on the screen.
#include "scenario/diagnostics.hpp"

#include <gtest/gtest.h>

namespace partnersim {
namespace {

TEST(Diagnostics, RenderShowsPlaceLineCaretAndHint) {
  Diagnostics diagnostics;
  const auto file = diagnostics.add_source("demo.yaml", "us:\n  name: Helios\n  rebat: 4%\n");
  diagnostics.error("E-UNKNOWN-KEY", {file, 3, 3, 5}, "unknown key 'us.rebat'",
                    "did you mean 'rebate'?");
  EXPECT_EQ(diagnostics.render(),
            "demo.yaml:3:3: error[E-UNKNOWN-KEY]: unknown key 'us.rebat'\n"
            "    3 |   rebat: 4%\n"
            "      |   ^~~~~\n"
            "      = did you mean 'rebate'?\n");
  EXPECT_TRUE(diagnostics.has_errors());
}

TEST(Diagnostics, SortedByFileLineColumnAndStable) {
  Diagnostics diagnostics;
  const auto first = diagnostics.add_source("a.yaml", "a: 1\nb: 2\n");
  const auto second = diagnostics.add_source("b.yaml", "c: 3\n");
  diagnostics.error("E-4", {second, 1, 1, 1}, "four");
  diagnostics.warning("W-3", {first, 2, 4, 1}, "three");
  diagnostics.error("E-2", {first, 2, 1, 1}, "two");
  diagnostics.error("E-2B", {first, 2, 1, 1}, "two again");
  diagnostics.error("E-1", {first, 0, 0, 1}, "one", "of the file");
  EXPECT_EQ(diagnostics.render(),
            "a.yaml: error[E-1]: one\n"
            "      = of the file\n"
            "a.yaml:2:1: error[E-2]: two\n"
            "    2 | b: 2\n"
            "      | ^\n"
            "a.yaml:2:1: error[E-2B]: two again\n"
            "    2 | b: 2\n"
            "      | ^\n"
            "a.yaml:2:4: warning[W-3]: three\n"
            "    2 | b: 2\n"
            "      |    ^\n"
            "b.yaml:1:1: error[E-4]: four\n"
            "    1 | c: 3\n"
            "      | ^\n");
}

TEST(Diagnostics, WarningsAreNoErrors) {
  Diagnostics diagnostics;
  diagnostics.warning("W", {0, 0, 0, 1}, "suspicious");
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_EQ(diagnostics.render(), "warning[W]: suspicious\n");
}

TEST(Diagnostics, LongLinesAreCutAroundTheCaret) {
  Diagnostics diagnostics;
  const std::string line = std::string(300, 'a') + "X" + std::string(300, 'b');
  const auto file = diagnostics.add_source("long.yaml", line);
  diagnostics.error("E", {file, 1, 301, 1}, "here");
  diagnostics.error("E", {file, 1, 1, 1}, "start");
  diagnostics.error("E", {file, 1, 601, 400}, "end");
  const std::string text = diagnostics.render();
  EXPECT_NE(text.find("..." + std::string(40, 'a') + "X" + std::string(72, 'b') +
                      "...\n"
                      "      | " +
                      std::string(43, ' ') + "^\n"),
            std::string::npos)
      << text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    EXPECT_LE(end - at, 8u + 120u);
    at = end + 1;
  }
}

TEST(Diagnostics, TabsControlsAndBrokenBytesAreShownSafely) {
  Diagnostics diagnostics;
  const auto file = diagnostics.add_source("t.csv", "a\tb\x1b[31m\xFFz\xE2\x80\xAE!\n");
  diagnostics.error("E-\x1b", {file, 1, 3, 1}, "bad \x1b[0m text");
  EXPECT_EQ(diagnostics.render(),
            "t.csv:1:3: error[E-\x1b]: bad \xEF\xBF\xBD[0m text\n"
            "    1 | a b\xEF\xBF\xBD[31m\xEF\xBF\xBDz\xEF\xBF\xBD!\n"
            "      |   ^\n");
}

TEST(Diagnostics, CaretStandsUnderWideAndCombiningCharacters) {
  Diagnostics diagnostics;
  const auto file = diagnostics.add_source("w.yaml", "漢字: x\xCC\x81y\n");
  diagnostics.error("E", {file, 1, 7, 1}, "y");
  EXPECT_EQ(diagnostics.render(),
            "w.yaml:1:7: error[E]: y\n"
            "    1 | 漢字: x\xCC\x81y\n"
            "      |        ^\n");
}

TEST(Diagnostics, AllLineEndsCountAndPlacesBeyondTheTextAreBorne) {
  Diagnostics diagnostics;
  const auto file = diagnostics.add_source("e.csv",
                                           "\xEF\xBB\xBF"
                                           "a\rb\r\nc\n");
  diagnostics.error("E", {file, 3, 1, 1}, "c");
  diagnostics.error("E", {file, 9, 1, 1}, "nowhere");
  diagnostics.error("E", {file, 3, 50, 9}, "behind");
  diagnostics.error("E", {77, 3, 1, 1}, "no file");
  EXPECT_EQ(diagnostics.render(),
            "e.csv:3:1: error[E]: c\n"
            "    3 | c\n"
            "      | ^\n"
            "e.csv:3:50: error[E]: behind\n"
            "    3 | c\n"
            "      |  ^\n"
            "e.csv:9:1: error[E]: nowhere\n"
            ":3:1: error[E]: no file\n");
}

TEST(Diagnostics, ColourWrapsTheSameText) {
  Diagnostics diagnostics;
  const auto file = diagnostics.add_source("a.yaml", "a: 1\n");
  diagnostics.error("E", {file, 1, 1, 1}, "bad");
  std::string plain;
  const std::string colored = diagnostics.render(true);
  for (std::size_t i = 0; i < colored.size(); ++i) {
    if (colored[i] == '\x1b')
      i = colored.find('m', i);
    else
      plain += colored[i];
  }
  EXPECT_EQ(plain, diagnostics.render());
  EXPECT_NE(colored, plain);
}

}  // namespace
}  // namespace partnersim
