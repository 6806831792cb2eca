// Exports as German and English offices save them.
#include "scenario/export.hpp"

#include <gtest/gtest.h>

#include "scenario/loading.hpp"
#include "scenario/support.hpp"

namespace partnersim {
namespace {

namespace column = partner_column;
using namespace std::chrono_literals;

struct Read {
  Diagnostics diagnostics;
  std::optional<Csv> csv;
  std::optional<Export> columns;

  explicit Read(std::string text, std::vector<MappedColumn> map = {},
                std::string currency = "EUR") {
    csv = parse_csv(std::move(text), "folder/Partner.csv", diagnostics);
    columns.emplace(*csv, kPartnerColumns, map, std::move(currency), diagnostics);
  }
  std::optional<double> number(std::size_t row, std::size_t c) {
    Fault fault;
    return columns->number(row, c, fault);
  }
  std::optional<Day> date(std::size_t row, std::size_t c) {
    Fault fault;
    return columns->date(row, c, fault);
  }
};

TEST(Export, NamesCountWithoutCaseUmlautsAndPunctuation) {
  EXPECT_EQ(folded("Gekündigt am"), folded("GEKUENDIGT_AM"));
  EXPECT_EQ(folded("Straße"), "strasse");
  EXPECT_NE(folded("Umsatz"), folded("Umsatz 12M"));
  EXPECT_TRUE(is_one_of("SUMME:", kTotalWords));
  EXPECT_FALSE(is_one_of("Total Systems", kTotalWords));
  EXPECT_FALSE(is_one_of("", kTotalWords));
}

TEST(Export, ReadsAGermanExcelExport) {
  Read read(
      "sep=;\r\nPartner-Nr.;Firma;Partnertyp;Gebiet;Umsatz 12 Monate (\x80);Gek\xFCndigt am;PLZ\r\n"
      "P1;M\xFCller GmbH;VAR;S\xFC\x64;1.234,56;;80331\r\n"
      "P2;Alpha AG;SI;Nord;1.234;31.12.2026;20095\r\n"
      "Summe;;;;2.468,56;;\r\n");
  ASSERT_TRUE(read.columns->complete());
  EXPECT_EQ(read.columns->rows(), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(codes(read.diagnostics), "W-TOTAL");
  EXPECT_EQ(read.columns->text(0, column::name), "Müller GmbH");
  EXPECT_EQ(read.number(0, column::revenue), 1234.56);
  EXPECT_EQ(read.number(1, column::revenue), 1234);
  EXPECT_EQ(read.date(1, column::left), Day(2026y / 12 / 31));
  EXPECT_EQ(read.columns->detected(),
            "Partner.csv: Windows-1252, semicolon, decimal comma, 2 rows; 'Partner-Nr.' is id, "
            "'Firma' is name, 'Partnertyp' is segment, 'Gebiet' is region, 'Umsatz 12 Monate (€)' "
            "is revenue_12m, 'Gekündigt am' is left");
  const auto kept = read.columns->kept();
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].name, "PLZ");
}

TEST(Export, TheFormOfNumbersIsThatOfTheirColumn) {
  const auto second = [](const char* a, const char* b) {
    return Read("id\tsegment\taccounts\nP1\tV\t" + std::string(a) + "\nP2\tV\t" + b + "\n")
        .number(1, column::accounts);
  };
  EXPECT_EQ(second("0,5", "1.234"), 1234);
  EXPECT_EQ(second("0.5", "1.234"), 1.234);
  EXPECT_EQ(second("0.5", "1,234"), 1234);
  EXPECT_EQ(second("1.234.567", "1.234"), 1234);
  EXPECT_EQ(second("1'234.56", "1,234"), 1234);
  EXPECT_EQ(second("1.234,56", "1,234"), 1.234);
  EXPECT_EQ(second("950", "1'234"), 1234);
  EXPECT_EQ(second("950", "1.234"), std::nullopt);
}

TEST(Export, WhatTellsNoFormIsRefusedOnce) {
  Read read("id,segment,accounts\nP1,V,1.234\nP2,V,5.678\n");
  EXPECT_FALSE(read.number(0, column::accounts));
  EXPECT_FALSE(read.number(1, column::accounts));
  EXPECT_EQ(codes(read.diagnostics), "E-AMBIGUOUS-NUMBER");
}

TEST(Export, DatesOfAColumnShareTheirOrder) {
  const auto first = [](const char* a, const char* b) {
    return Read("id,segment,left\nP1,V," + std::string(a) + "\nP2,V," + b + "\n")
        .date(0, column::left);
  };
  EXPECT_EQ(first("3/4/2026", "12/31/2026"), Day(2026y / 3 / 4));
  EXPECT_EQ(first("3/4/2026", "31/12/2026"), Day(2026y / 4 / 3));
  EXPECT_EQ(first("3.4.26", "12/31/2026"), Day(2026y / 4 / 3));
  EXPECT_EQ(first("2026-04-03 14:30", ""), Day(2026y / 4 / 3));
  EXPECT_EQ(first("2026-04-03T14:30:00Z", ""), Day(2026y / 4 / 3));
  EXPECT_EQ(first("4/4/2026", ""), Day(2026y / 4 / 4));
  EXPECT_EQ(first("3/4/2026", "5/6/2026"), std::nullopt);
  for (const char* none :
       {"31.2.2026", "2026", "1.2", "1.2.3.4", "1.2/2026", "x", "99999.1.1", "."})
    EXPECT_EQ(first(none, ""), std::nullopt) << none;
}

TEST(Export, AUnitInTheHeaderIsThatOfItsCells) {
  Read read("id;segment;Jahresumsatz in TEUR\nP1;V;412,5\nP2;V;90 EUR\n");
  EXPECT_EQ(read.number(0, column::revenue), 412'500);
  EXPECT_EQ(read.number(1, column::revenue), 90);
}

TEST(Export, TheUsersMapWins) {
  Read read("id;segment;Segment neu;Umsatz\nP1;V;SI;5\n",
            {{"segment NEU", "segment", {}}, {"Umsatz", "revenue_12m", {}}});
  EXPECT_EQ(read.diagnostics.render(), "");
  EXPECT_EQ(read.columns->text(0, column::segment), "SI");
  EXPECT_EQ(read.number(0, column::revenue), 5);
}

class ExportedPartners : public LoadTest {};

TEST_F(ExportedPartners, MapsStayInTheResolvedScenario) {
  write("p.csv", "Nr.;Typ;Umsatz;Betreuer;PLZ\nP1;VAR;120000;Weber;8001\nP2;SI;5;Frei;8001\n");
  LoadOptions options;
  options.maps = {"Umsatz=revenue_12m"};
  const Scenario a = loaded("partners: p.csv\n", options);
  EXPECT_EQ(diagnostics_.notes().size(), 1u);
  const Scenario b = loaded(resolved_yaml(a));
  EXPECT_EQ(b.world.partners.start_billed, a.world.partners.start_billed);
  const PartnerTable& p = b.world.partners;
  ASSERT_EQ(p.columns.size(), 2u);
  EXPECT_EQ(p.columns[0].name, "manager");
  EXPECT_EQ(p.columns[1].values, std::vector<std::string>{"8001"});
  for (std::size_t i = 0; i < p.count; ++i) {
    EXPECT_EQ(p.columns[0].values[p.columns[0].code[i]], p.id[i] == "P1" ? "Weber" : "Frei");
  }
}

TEST_F(ExportedPartners, WhoSoldForUsCarriesUs) {
  std::string text = "id,segment,revenue_12m\n";
  for (int k = 0; k < 40; ++k) text += "P" + std::to_string(k) + ",VAR,5000\n";
  write("p.csv", text);
  const Scenario s = loaded("us: {name: Helios}\npartners: p.csv\n");
  for (std::size_t i = 0; i < 40; ++i) {
    EXPECT_EQ(s.world.partners.start_stage[i], Stage::active);
  }
}

TEST_F(ExportedPartners, WhoHasLeftIsNoPartner) {
  write("p.csv",
        "id,segment,vendors,revenue_12m,left\nP1,VAR,us,5000,2020-06-30\nP2,VAR,us,7000,\n");
  const Scenario s = loaded("us: {name: Helios}\npartners: p.csv\n");
  const PartnerTable& p = s.world.partners;
  const std::size_t gone = p.id[0] == "P1" ? 0 : 1;
  EXPECT_EQ(p.start_stage[gone], Stage::left);
  EXPECT_EQ(p.start_billed[gone], 0);
  EXPECT_EQ(p.start_stage[1 - gone], Stage::active);
}

}  // namespace
}  // namespace partnersim
