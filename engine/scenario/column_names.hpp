// What the columns of exports are called, in English and German, and the words in their cells. A
// name counts without regard to case, umlauts, spaces and punctuation; the first one is ours.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace partnersim {

/// What a column holds. kept: text that partners are chosen and cut by.
enum class CellKind : std::uint8_t { text, number, money, date, kept };

struct ColumnSpec {
  std::string_view name;
  CellKind holds;
  std::string_view others;  // separated by |, the likelier first
  bool required = false;
};

namespace partner_column {
enum : std::size_t {
  id,
  name,
  segment,
  region,
  market,
  accounts,
  tier,
  vendors,
  revenue,
  joined,
  left,
  manager,
  expected_revenue,
  leaves_on,
  contract_end,
  do_not_touch,
};
}
inline constexpr std::array<ColumnSpec, 16> kPartnerColumns{{
    {"id", CellKind::text,
     "Partner-ID|Partner-Nr.|Partnernummer|Partner number|Kennung|Nr.|Account ID|Debitor|"
     "Debitorennummer|Kundennummer",
     true},
    {"name", CellKind::text,
     "Partner|Partnername|Firma|Firmenname|Unternehmen|Company|Account name"},
    {"segment", CellKind::text, "Partnersegment|Partnertyp|Partner type|Partnerart|Typ|Type", true},
    {"region", CellKind::text, "Gebiet|Vertriebsgebiet|Territory|Bundesland|Land|Country"},
    {"market", CellKind::text, "Markt"},
    {"accounts", CellKind::number,
     "Kunden|Kundenzahl|Anzahl Kunden|Endkunden|Customers|Number of customers"},
    {"tier", CellKind::text, "Stufe|Partnerstufe|Partner level|Partnerlevel|Level"},
    {"vendors", CellKind::text, "Hersteller|Vendor|Marken|Brands"},
    {"revenue_12m", CellKind::money,
     "Umsatz 12 Monate|Umsatz 12M|Umsatz letzte 12 Monate|Umsatz der letzten 12 Monate|"
     "Revenue 12M|Revenue 12 months|Revenue last 12 months|Jahresumsatz"},
    {"joined", CellKind::date, "Partner seit|Partner since|Eintritt|Vertragsbeginn|Beigetreten am"},
    {"left", CellKind::date, "Austritt|Ausgeschieden am|Gekündigt am|Left on|Ended on"},
    {"manager", CellKind::kept, "Betreuer|Partnerbetreuer|Partner manager|Account manager"},
    {"expected_revenue", CellKind::kept, "Erwarteter Umsatz|Umsatzerwartung"},
    {"leaves_on", CellKind::kept, "Scheidet aus am"},
    {"contract_end", CellKind::kept, "Vertragsende"},
    {"do_not_touch", CellKind::kept, "Nicht anfassen|Tabu"},
}};

namespace deal_column {
enum : std::size_t { id, partner, opened, closed, outcome, amount, registered, offer };
}
inline constexpr std::array<ColumnSpec, 8> kDealColumns{{
    {"deal", CellKind::text,
     "Deal-ID|Deal-Nr.|Opportunity|Opportunity ID|Verkaufschance|Projekt|Projektnummer"},
    {"partner", CellKind::text,
     "Partner-ID|Partner-Nr.|Partnernummer|Partner number|Partnername|Partner account|Kennung",
     true},
    {"opened", CellKind::date,
     "Eröffnet|Eröffnet am|Angelegt|Angelegt am|Erstellt am|Created|Created date|Create date|"
     "Opened on|Startdatum",
     true},
    {"closed", CellKind::date,
     "Geschlossen|Geschlossen am|Abgeschlossen am|Abschluss|Abschlussdatum|Entschieden am|"
     "Close date|Closed on|Closed date"},
    {"outcome", CellKind::text, "Ergebnis|Status|Stage|Phase|Ausgang|Result", true},
    {"amount", CellKind::money,
     "Betrag|Wert|Auftragswert|Deal value|Value|Volumen|Auftragsvolumen"},
    {"registered", CellKind::text, "Registriert|Deal registration|Registrierung|Angemeldet"},
    {"offer", CellKind::text, "Angebot|Produkt|Product|Lösung"},
}};

/// Names that say revenue, but not of which time: nobody may guess that.
inline constexpr std::string_view kRevenueOfUnknownTime = "Umsatz|Revenue|Bookings|Sales";

inline constexpr std::string_view kTotalWords =
    "Summe|Gesamt|Gesamtsumme|Endsumme|Zwischensumme|Gesamtergebnis|Total|Grand total|Subtotal|Sum";

inline constexpr std::string_view kWonWords = "won|closed won|gewonnen|Auftrag|win|erfolgreich";
inline constexpr std::string_view kLostWords =
    "lost|closed lost|verloren|Absage|abgelehnt|loss|abgebrochen|storniert";
inline constexpr std::string_view kOpenWords = "open|offen|laufend|in Arbeit|in progress|pending";
inline constexpr std::string_view kYesWords = "yes|ja|y|j|true|wahr|x|1";
inline constexpr std::string_view kNoWords = "no|nein|n|false|falsch|0|-";

/// Between the names in one cell.
inline constexpr std::string_view kListMarks = ";|,";

}  // namespace partnersim
