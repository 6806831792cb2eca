// tests/errors/<case>.yaml with <case>.expected: every diagnostic, its exact text. A comment
// `# --set a=b`, `# --map a=b`, `# --months 12` or `# check` in the file gives options. UPDATE=1
// rewrites.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "scenario/scenario.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;

fs::path folder() {
  return fs::path(PARTNERSIM_SOURCE_DIR) / "tests" / "errors";
}

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

LoadOptions options_in(const std::string& text) {
  LoadOptions options;
  const std::regex set("(?:^|\n)# --set ([^\n]*)"), months("(?:^|\n)# --months ([0-9]+)");
  for (std::sregex_iterator it(text.begin(), text.end(), set), end; it != end; ++it) {
    options.sets.push_back((*it)[1]);
  }
  const std::regex map("(?:^|\n)# --map ([^\n]*)");
  for (std::sregex_iterator it(text.begin(), text.end(), map), end; it != end; ++it) {
    options.maps.push_back((*it)[1]);
  }
  std::smatch found;
  if (std::regex_search(text, found, months)) options.months = std::stoi(found[1]);
  options.evidence_warnings = text.find("# check\n") != std::string::npos;
  return options;
}

std::vector<std::string> cases() {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder())) {
    if (entry.path().extension() == ".yaml") names.insert(entry.path().stem().string());
  }
  return {names.begin(), names.end()};
}

class Errors : public testing::TestWithParam<std::string> {};

TEST_P(Errors, ReadExactlySo) {
  const fs::path before = fs::current_path();
  fs::current_path(folder());
  const std::string text = content(GetParam() + ".yaml");
  Diagnostics diagnostics;
  const auto scenario = load_scenario(GetParam() + ".yaml", options_in(text), diagnostics);
  EXPECT_EQ(scenario.has_value(), !diagnostics.has_errors());
  const std::string rendered = diagnostics.render();
  if (std::getenv("UPDATE") != nullptr) std::ofstream(GetParam() + ".expected") << rendered;
  EXPECT_EQ(rendered, content(GetParam() + ".expected"));
  fs::current_path(before);
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}
INSTANTIATE_TEST_SUITE_P(Files, Errors, testing::ValuesIn(cases()), test_name);

// Every code that the resolving half can report has a case.
TEST(Errors, CoverEveryCode) {
  std::string sources, expected;
  for (const char* name :
       {"acts", "checks", "export", "groups", "keys", "links", "network", "outline", "paths",
        "policies", "population", "resolve", "roster", "schedule", "settings", "targets"}) {
    sources += content(fs::path(PARTNERSIM_SOURCE_DIR) / "engine" / "scenario" /
                       (std::string(name) + ".cpp"));
  }
  for (const auto& entry : fs::directory_iterator(folder())) {
    if (entry.path().extension() == ".expected") expected += content(entry.path());
  }
  const std::regex code("\"([EW]-[A-Z-]+)\"");
  for (std::sregex_iterator it(sources.begin(), sources.end(), code), end; it != end; ++it) {
    EXPECT_NE(expected.find("[" + (*it)[1].str() + "]"), std::string::npos) << (*it)[1].str();
  }
}

}  // namespace
}  // namespace partnersim
