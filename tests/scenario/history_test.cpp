// Deals as a CRM exports them.
#include "scenario/history.hpp"

#include <gtest/gtest.h>

#include "scenario/support.hpp"

namespace partnersim {
namespace {

using namespace std::chrono_literals;
using Outcome = PastDeal::Outcome;

struct Deals {
  Diagnostics diagnostics;
  std::vector<PastDeal> deals;

  explicit Deals(std::string text, std::string currency = "EUR") {
    std::vector<PastPartner> partners;
    for (const char* id : {"P1", "P2", "P3"}) {
      PastPartner partner;
      partner.id = id;
      partner.name = id == std::string("P2") ? "Müller GmbH" : "Alpha AG";
      partners.push_back(partner);
    }
    auto csv = parse_csv(std::move(text), "Deals.csv", diagnostics);
    Export columns(*csv, kDealColumns, {}, std::move(currency), diagnostics);
    deals = past_deals(columns, partners, Day(2025y / 12 / 31), diagnostics);
  }
};

TEST(PastPartners, ReadsWhatIsAskedOfThem) {
  Diagnostics diagnostics;
  auto csv = parse_csv(
      "Nr.;Partnertyp;Stufe;Hersteller;Umsatz 12 Monate;Partner seit;Austritt;Betreuer\n"
      "P1;VAR;Gold;Uns, Rival;1.234,50;01.02.2020;;Frei\n"
      "P2;V/AR;Gold;;;;31.12.2023;\n"
      ";VAR;;;;;;\n",
      "Partner.csv", diagnostics);
  Export columns(*csv, kPartnerColumns, {}, "EUR", diagnostics);
  const std::vector<PastPartner> partners = past_partners(columns, diagnostics);
  EXPECT_EQ(codes(diagnostics), "E-NAME");  // V/AR
  ASSERT_EQ(partners.size(), 2u);
  EXPECT_EQ(partners[0].vendors, (std::vector<std::string>{"Uns", "Rival"}));
  EXPECT_EQ(partners[0].revenue, 1234.5);
  EXPECT_EQ(partners[0].joined, Day(2020y / 2 / 1));
  EXPECT_EQ(partners[0].left, std::nullopt);
  EXPECT_EQ(partners[0].manager, "Frei");
  EXPECT_EQ(partners[1].left, Day(2023y / 12 / 31));
}

TEST(PastDeals, ReadsAGermanExport) {
  const Deals read(
      "Deal-Nr.;Partner-Nr.;Angelegt am;Abschlussdatum;Status;Auftragswert (TEUR);Registriert;"
      "Produkt\r\n"
      "1;P1;03.02.2025;01.04.2025;gewonnen;12,5;ja;Cloud\r\n"
      "2;M\xDCLLER GMBH;10.02.2025;;offen;;;Server\r\n"
      "3;P3;11.02.2025;31.01.2030;Verhandlung;4;nein;Server\r\n"
      "4;P3;12.02.2025;13.02.2025;Verloren;0;nein;Server\r\n"
      "Summe;;;;;16,5;;\r\n");
  EXPECT_EQ(codes(read.diagnostics), "W-TOTAL W-OUTCOME");
  ASSERT_EQ(read.deals.size(), 4u);
  EXPECT_EQ(read.deals[0].outcome, Outcome::won);
  EXPECT_EQ(read.deals[0].amount, 12'500);
  EXPECT_EQ(read.deals[0].opened, Day(2025y / 2 / 3));
  EXPECT_EQ(read.deals[0].closed, Day(2025y / 4 / 1));
  EXPECT_EQ(read.deals[0].registered, true);
  EXPECT_EQ(read.deals[1].partner, 1u);
  EXPECT_EQ(read.deals[1].registered, std::nullopt);
  EXPECT_EQ(read.deals[2].outcome, Outcome::open);
  EXPECT_EQ(read.deals[2].closed, std::nullopt);  // an expectation
  EXPECT_EQ(read.deals[3].amount, std::nullopt);
  EXPECT_EQ(last_day(read.deals), Day(2025y / 4 / 1));
}

TEST(PastDeals, WhereNobodyWritesNoAnEmptyCellIsOne) {
  const Deals read("partner,opened,outcome,registered\nP1,2025-01-01,won,x\nP1,2025-01-01,won,\n");
  EXPECT_EQ(read.deals[0].registered, true);
  EXPECT_EQ(read.deals[1].registered, false);
}

TEST(PastDeals, RowsThatCannotCountAreLeftOutAndTold) {
  const Deals read(
      "deal,partner,opened,closed,outcome,amount\n"
      "1,P9,2025-01-01,,open,\n"
      "2,P9,2025-01-01,,open,\n"
      "3,P1,2026-01-01,,open,\n"
      "4,P1,2025-01-01,2026-02-01,won,5\n"
      "5,P1,2025-03-01,2025-02-01,won,5\n"
      "6,P1,2025-01-01,2025-02-01,won,-5\n"
      "7,Alpha AG,2025-01-01,2025-02-01,won,5\n"  // two have this name
      "8,P1,2025-01-01,2025-02-01,won,5\n");
  EXPECT_EQ(codes(read.diagnostics),
            "W-UNKNOWN-PARTNER W-FUTURE W-FUTURE W-DATES W-NEGATIVE W-UNKNOWN-PARTNER");
  EXPECT_EQ(read.deals.size(), 1u);
}

TEST(PastDeals, WhatNobodyCanReadIsRefused) {
  const Deals read(
      "deal,partner,opened,outcome,amount\n"
      "1,P1,2025-01-01,won,5 EUR\n"
      "1,P1,2025-01-01,won,5\n"
      "2,,2025-01-01,won,5\n"
      "3,P1,,won,5\n"
      "4,P1,yesterday,won,5\n"
      "5,P1,2025-01-01,won,5 CHF\n"
      "6,P1,2025-01-01,won,2e12\n");
  EXPECT_EQ(codes(read.diagnostics), "E-DUPLICATE E-MISSING E-MISSING E-DATE E-CURRENCY E-BOUNDS");
  EXPECT_EQ(read.deals.size(), 1u);
}

TEST(PastDeals, ManyFaultsOfAKindAreCounted) {
  std::string text = "partner,opened,outcome\n";
  for (int k = 0; k < 25; ++k) text += "P1,soon,won\n";
  const Deals read(text);
  EXPECT_EQ(read.diagnostics.error_count(), 21u);
  EXPECT_NE(read.diagnostics.render().find("5 more of this kind"), std::string::npos);
}

}  // namespace
}  // namespace partnersim
