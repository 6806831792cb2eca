// Fields of CSV files.
#include "results/csv_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace partnersim {
namespace {

std::string number(double x) {
  std::string csv;
  append_csv_number(csv, x);
  return csv;
}

TEST(CsvText, IsQuotedWhereItMustBe) {
  EXPECT_EQ(csv_text("plain name"), "plain name");
  EXPECT_EQ(csv_text(""), "");
  EXPECT_EQ(csv_text("Muster, AG"), "\"Muster, AG\"");
  EXPECT_EQ(csv_text("the \"best\""), "\"the \"\"best\"\"\"");
  EXPECT_EQ(csv_text("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_text("two\rlines"), "\"two\rlines\"");
  EXPECT_EQ(csv_text("Zürich"), "Zürich");
}

TEST(CsvText, IsNoFormula) {
  EXPECT_EQ(csv_text("=1+1"), "'=1+1");
  EXPECT_EQ(csv_text("+41 44"), "'+41 44");
  EXPECT_EQ(csv_text("-x"), "'-x");
  EXPECT_EQ(csv_text("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv_text("\tx"), "'\tx");
  EXPECT_EQ(csv_text("=HYPERLINK(\"a\",\"b\")"), "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"");
  EXPECT_EQ(csv_text("a=b"), "a=b");
}

TEST(CsvNumbers, AreTheShortestThatReadBack) {
  EXPECT_EQ(number(0.1), "0.1");
  EXPECT_EQ(number(-1234567.89), "-1234567.89");  // never an apostrophe
  EXPECT_EQ(number(1e15), "1000000000000000");
  EXPECT_EQ(number(12), "12");
  EXPECT_EQ(number(-0.0), "0");
  EXPECT_EQ(number(std::numeric_limits<double>::quiet_NaN()), "");
  for (const double x : {1.0 / 3, 2e-9, 9007199254740993.0, 123456789012345.67}) {
    EXPECT_EQ(std::stod(number(x)), x);
  }
}

}  // namespace
}  // namespace partnersim
