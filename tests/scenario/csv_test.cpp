// CSV as people have it, and as nobody should.
#include "scenario/csv.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "scenario/support.hpp"

namespace partnersim {
namespace {

using namespace std::string_view_literals;

struct Table {
  Diagnostics diagnostics;
  std::optional<Csv> csv;

  explicit Table(std::string_view text) {
    csv = parse_csv(std::string(text), "p.csv", diagnostics);
  }

  // a|b;1|2 for a header a,b and a row 1,2.
  std::string shown() const {
    if (!csv) return "nothing";
    std::string result;
    for (const std::string& name : csv->header) result += (result.empty() ? "" : "|") + name;
    for (std::size_t row = 0; row < csv->rows(); ++row) {
      for (std::size_t column = 0; column < csv->columns(); ++column) {
        result += column == 0 ? ';' : '|';
        result += csv->text(row, column);
      }
    }
    return result;
  }
};

struct Case {
  std::string_view text;
  std::string_view shown;
};

class AcceptedCsv : public testing::TestWithParam<Case> {};

TEST_P(AcceptedCsv, IsRead) {
  const Table table(GetParam().text);
  EXPECT_EQ(table.diagnostics.render(), "");
  EXPECT_EQ(table.shown(), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    , AcceptedCsv,
    testing::Values(
        Case{"id,name\n1,A\n2,B\n", "id|name;1|A;2|B"}, Case{"id,name\r\n1,A\r\n", "id|name;1|A"},
        Case{"id,name\r1,A\r2,B", "id|name;1|A;2|B"}, Case{"id;name\n1;A, B\n", "id|name;1|A, B"},
        Case{"id\tname\n1\tA, B; C\n", "id|name;1|A, B; C"}, Case{"id\n1\n\n2\n", "id;1;2"},
        Case{"id,name", "id|name"}, Case{"\xEF\xBB\xBFid;name\n1;ä\n", "id|name;1|ä"},
        Case{"a,b\n\"x, y\",\"say \"\"hi\"\"\"\n", "a|b;x, y|say \"hi\""},
        Case{"a,b\n\"two\nlines\",2\n", "a|b;two\nlines|2"},
        Case{"a,b\n\"two\r\nlines\",2\r\n", "a|b;two\r\nlines|2"},
        Case{"a,b\n\"\",\"\"\n1,\n", "a|b;1|"}, Case{"a,b\n\"\"\"\",x\n", "a|b;\"|x"},
        Case{"a,b\n 1 , \"2\" \n", "a|b;1|2"}, Case{"a,b\n5\" disk,x\n", "a|b;5\" disk|x"},
        Case{"\n\n  \na,b\n\n1,2\n , \n,\n\n3,4\n\n", "a|b;1|2;3|4"},
        Case{"a;b;\n1;2;\n3;4\n;;\n", "a|b;1|2;3|4"}, Case{"sep=;\na,x;b\n1;2\n", "a,x|b;1|2"},
        Case{"SEP=\t\r\na\tb\r\n", "a|b"}, Case{"\"a;b\",c\n1,2\n", "a;b|c;1|2"},
        Case{"\xFF\xFE"
             "a\0;\0b\0\n\0"
             "1\0;\0\xE4\0\n\0"sv,
             "a|b;1|ä"},
        Case{"\xFE\xFF\0a\0;\0b\0\n\0"
             "1\0;\xD8\x3D\xDE\x00\0\n"sv,
             "a|b;1|😀"},
        Case{"a;b\n1;M\xFCller \x80\n", "a|b;1|Müller €"}));

TEST(Csv, TellsWhatItFound) {
  EXPECT_EQ(Table("a;b\n").csv->delimiter, ';');
  EXPECT_EQ(Table("a\tb\n").csv->delimiter, '\t');
  EXPECT_EQ(Table("a\n").csv->delimiter, ',');
  EXPECT_EQ(Table("a\n").csv->encoding, "UTF-8");
  EXPECT_EQ(Table("\xFF\xFE"
                  "a\0"sv)
                .csv->encoding,
            "UTF-16");
  EXPECT_EQ(Table("\xE4\n").csv->encoding, "Windows-1252");
}

TEST(Csv, FieldsKnowTheirPlaces) {
  const Table table("id;näme;x\r\n1;\"two\r\nlines\";\"a\"\"b\"\r\n\r\n2; é ;\"q\"\r\n");
  const Csv& csv = *table.csv;
  EXPECT_EQ(csv.header_at[2], (Location{0, 1, 9, 1}));
  EXPECT_EQ(csv.at(0, 0), (Location{0, 2, 1, 1}));
  EXPECT_EQ(csv.at(0, 1), (Location{0, 2, 4, 10}));
  EXPECT_EQ(csv.at(0, 2), (Location{0, 3, 9, 3}));
  EXPECT_EQ(csv.field(0, 2).text, "a\"b");
  EXPECT_EQ(csv.at(1, 1), (Location{0, 5, 4, 1}));
  EXPECT_EQ(csv.at(1, 2), (Location{0, 5, 8, 1}));
  EXPECT_EQ(csv.column("näme"), 1u);
  EXPECT_FALSE(csv.column("name"));
  EXPECT_EQ(csv.rows(), 2u);
}

TEST(Csv, RowsOfTheWrongWidthAreReportedAndLeftOut) {
  const Table table("id;name\n1;A\n2\n3;C;D\n4;E\n");
  EXPECT_EQ(table.shown(), "id|name;1|A;4|E");
  EXPECT_EQ(table.diagnostics.render(),
            "p.csv:3:1: error[E-CSV-FIELDS]: this row has 1 fields, the header 2\n"
            "    3 | 2\n"
            "      | ^\n"
            "      = fields are separated by semicolons\n"
            "p.csv:4:5: error[E-CSV-FIELDS]: this row has 3 fields, the header 2\n"
            "    4 | 3;C;D\n"
            "      |     ^\n"
            "      = a field that holds a semicolon needs quotes\n");
}

TEST(Csv, ManyFaultsAreCounted) {
  std::string text = "a,b\n";
  for (int i = 0; i < 1000; ++i) text += "1\n";
  const Table table(text);
  EXPECT_EQ(table.diagnostics.all().size(), 11u);
  EXPECT_EQ(table.diagnostics.all().back().message, "990 more rows have too few fields");
}

TEST(Csv, QuotesThatDoNotClose) {
  const Table table("a,b\n1,2\n3,\"open\n4,5\n");
  EXPECT_EQ(table.diagnostics.render(),
            "p.csv:3:3: error[E-CSV-QUOTE]: this quote is not closed\n"
            "    3 | 3,\"open\n"
            "      |   ^\n"
            "      = a quote inside a quoted field is written twice\n");
  const Table behind("a,b\n\"x\"y,2\n");
  EXPECT_EQ(behind.diagnostics.render(),
            "p.csv:2:4: error[E-CSV-QUOTE]: text stands behind the closing quote\n"
            "    2 | \"x\"y,2\n"
            "      |    ^\n"
            "      = a quote inside a quoted field is written twice\n");
  EXPECT_EQ(codes(Table("\"a").diagnostics), "E-CSV-QUOTE");
  EXPECT_EQ(codes(Table("\"").diagnostics), "E-CSV-QUOTE E-CSV-HEADER");
}

TEST(Csv, Headers) {
  EXPECT_EQ(Table("id,name,id\n1,2,3\n").diagnostics.render(),
            "p.csv:1:9: error[E-CSV-HEADER]: the column 'id' is there twice\n"
            "    1 | id,name,id\n"
            "      |         ^~\n"
            "      = the first is column 1\n");
  EXPECT_EQ(Table("id,,name\n").diagnostics.render(),
            "p.csv:1:4: error[E-CSV-HEADER]: column 2 has no name\n"
            "    1 | id,,name\n"
            "      |    ^\n"
            "      = each column needs one name of its own, in one line\n");
  EXPECT_EQ(codes(Table(std::string(100'000, ',')).diagnostics), "E-CSV-HEADER");
}

TEST(Csv, ATitleAboveTheHeaderIsLeftOut) {
  const Table semicolons("Partnerliste;;\n;;\nid;name;x\n1;A;2\n");
  EXPECT_EQ(semicolons.shown(), "id|name|x;1|A|2");
  EXPECT_EQ(codes(semicolons.diagnostics), "W-CSV-TITLE");
  const Table bare("Partnerliste\n\nid;name\n1;A\n");
  EXPECT_EQ(bare.shown(), "id|name;1|A");
  EXPECT_EQ(bare.csv->at(0, 1), (Location{0, 4, 3, 1}));
  EXPECT_EQ(codes(bare.diagnostics), "W-CSV-TITLE");
}

TEST(Csv, NoTable) {
  EXPECT_EQ(Table("").diagnostics.render(), "p.csv: error[E-CSV-EMPTY]: there is no header line\n");
  EXPECT_EQ(codes(Table("\n \r\n\t\n").diagnostics), "E-CSV-EMPTY");
  EXPECT_EQ(codes(Table("sep=;\n").diagnostics), "E-CSV-EMPTY");
  EXPECT_EQ(Table("a,b\n1,\0\n"sv).diagnostics.render(),
            "p.csv:2:3: error[E-CSV-NUL]: the file has a NUL byte here\n"
            "    2 | 1,\xEF\xBF\xBD\n"
            "      |   ^\n"
            "      = this is no text, or UTF-16 without a byte order mark: save it as UTF-8\n");
  EXPECT_EQ(codes(Table("a\0;\0b\0"sv).diagnostics), "E-CSV-NUL");
  EXPECT_EQ(codes(Table("\xFF\xFE"
                        "a"sv)
                      .diagnostics),
            "E-CSV-ENCODING");
  EXPECT_EQ(codes(Table("\xFF\xFE\x00\xDC"sv).diagnostics), "E-CSV-ENCODING");
  EXPECT_EQ(codes(Table("\xFF\xFE\x3D\xD8"sv).diagnostics), "E-CSV-ENCODING");
}

TEST(Csv, SizeIsLimited) {
  EXPECT_EQ(codes(Table(std::string(kMaxCsvBytes + 1, 'a')).diagnostics), "E-CSV-SIZE");
}

TEST(Csv, CopiesOutliveTheFirst) {
  std::optional<Csv> copy;
  {
    const Table table("a,b\n\"x\"\"y\",z\n");
    copy = *table.csv;
  }
  EXPECT_EQ(copy->text(0, 0), "x\"y");
  EXPECT_EQ(copy->text(0, 1), "z");
}

TEST(Csv, AHundredThousandRowsAreReadInAMoment) {
  std::string text = "id;name;segment;region;accounts;tier;vendors;revenue_12m\n";
  for (int i = 0; i < 100'000; ++i) {
    text += std::to_string(i) + ";\"Partner, \"\"Nr.\"\" 7\";VAR;CH;12;Silver;us;120000\n";
  }
  const auto start = std::chrono::steady_clock::now();
  const Table table(text);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_EQ(table.csv->rows(), 100'000u);
  EXPECT_EQ(table.csv->text(99'999, 1), "Partner, \"Nr.\" 7");
  EXPECT_LT(took.count(), 5);
}

}  // namespace
}  // namespace partnersim
