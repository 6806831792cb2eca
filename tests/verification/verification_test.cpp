// Runs every verification case, and compares docs/verification.md with what they print.
// tests/verification/update rewrites it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "verification/case.hpp"
#include "verification/missing.hpp"

namespace partnersim::verification {
namespace {

constexpr double kLargestError = 0.01;  // of a Monte Carlo number, relative standard error
constexpr const char* kReport = PARTNERSIM_SOURCE_DIR "/docs/verification.md";

std::vector<Case>& registry() {
  static std::vector<Case> cases;
  return cases;
}

std::vector<Case> cases() {
  std::vector<Case> all = registry();
  std::ranges::sort(all, {}, [](const Case& c) { return std::pair(c.id, c.title); });
  return all;
}

const std::vector<Row>& rows_of(const Case& c) {
  static std::map<std::string, std::vector<Row>> known;
  const auto found = known.find(c.id + c.title);
  return found != known.end() ? found->second
                              : known.emplace(c.id + c.title, c.rows()).first->second;
}

Row row(std::string what, double expected, double obtained, double allowed, std::string tolerance,
        Mistake mistake) {
  return {std::move(what), expected, obtained, allowed, std::move(tolerance), std::move(mistake)};
}

/// A number without the last digits, which differ between compilers.
std::string number(double x) {
  return fmt::format("{:.6g}", x == 0 ? 0 : x);
}

std::string line(const Row& r) {
  return fmt::format("| {} | {} | {} | {} | {}: {} | {:.2g} |\n", r.what, number(r.expected),
                     number(r.obtained), r.tolerance, r.mistake.what, number(r.mistake.answer),
                     std::abs(r.obtained - r.mistake.answer));
}

std::string report() {
  std::string text = kOpening;
  for (const Case& c : cases()) {
    text += fmt::format("\n### {} {}\n\n{}\n\n", c.id, c.title, c.source);
    text +=
        "| number | expected | obtained | tolerance | wrong variant: its answer | missed by |\n"
        "|---|---|---|---|---|---|\n";
    for (const Row& r : rows_of(c)) text += line(r);
  }
  text += kMissing;
  return text;
}

class KnownAnswer : public ::testing::TestWithParam<Case> {};

TEST_P(KnownAnswer, HoldsAndTheMistakeDoesNot) {
  for (const Row& r : rows_of(GetParam())) {
    EXPECT_TRUE(r.agrees(r.expected)) << line(r);
    EXPECT_FALSE(r.agrees(r.mistake.answer)) << "the check would not notice: " << line(r);
    EXPECT_LE(r.relative_error, kLargestError) << "too few replications: " << line(r);
  }
}

std::string name_of(const ::testing::TestParamInfo<Case>& info) {
  std::string name = info.param.id + "_" + info.param.title;
  std::ranges::replace_if(
      name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Verification, KnownAnswer, ::testing::ValuesIn(cases()), name_of);

TEST(VerificationReport, IsWhatTheCasesPrint) {
  const std::string now = report();
  if (std::getenv("PARTNERSIM_UPDATE") != nullptr) std::ofstream(kReport) << now;
  std::stringstream kept;
  kept << std::ifstream(kReport).rdbuf();
  EXPECT_EQ(kept.str(), now) << "tests/verification/update rewrites it";
}

}  // namespace

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.id << ' ' << c.title;
}

Row exact(std::string what, double expected, double obtained, Mistake mistake) {
  return row(std::move(what), expected, obtained, 1e-9 * std::abs(expected), "1e-9",
             std::move(mistake));
}

Row whole(std::string what, std::int64_t expected, std::int64_t obtained, Mistake mistake) {
  return row(std::move(what), static_cast<double>(expected), static_cast<double>(obtained), 0,
             "none", std::move(mistake));
}

Row on_grid(std::string what, double expected, double obtained, int steps, Mistake mistake) {
  return row(std::move(what), expected, obtained, steps * 0x1p-32, fmt::format("{} x 2^-32", steps),
             std::move(mistake));
}

Row to_digits(std::string what, double expected, double obtained, int decimals, Mistake mistake) {
  return row(std::move(what), expected, obtained, 0.5 * std::pow(10, -decimals) * (1 + 1e-6),
             fmt::format("{} decimals", decimals), std::move(mistake));
}

Row within(std::string what, double expected, double obtained, double relative, Mistake mistake) {
  return row(std::move(what), expected, obtained, relative * std::abs(expected),
             fmt::format("{:g} %", 100 * relative), std::move(mistake));
}

Row estimated(std::string what, double expected, const Sample& sample, Mistake mistake) {
  const double relative = sample.error() / std::abs(expected);
  Row r = row(std::move(what), expected, sample.mean(), 4 * sample.error(),
              fmt::format("4 s.e. of {:.2g} %", 100 * relative), std::move(mistake));
  r.relative_error = relative;
  return r;
}

Case::Case(std::string name, std::string text, std::string from, std::vector<Row> (*f)())
    : id(std::move(name)), title(std::move(text)), source(std::move(from)), rows(f) {
  registry().push_back(*this);
}

}  // namespace partnersim::verification
