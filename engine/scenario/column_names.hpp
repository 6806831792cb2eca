// What the columns of a partner export are called, in English and German. A
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
  left,
  manager,
  expected_revenue,
  leaves_on,
  contract_end,
  do_not_touch,
};
}
inline constexpr std::array<ColumnSpec, 15> kPartnerColumns{{
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
    {"left", CellKind::date, "Austritt|Ausgeschieden am|Gekündigt am|Left on|Ended on"},
    {"manager", CellKind::kept, "Betreuer|Partnerbetreuer|Partner manager|Account manager"},
    {"expected_revenue", CellKind::kept, "Erwarteter Umsatz|Umsatzerwartung"},
    {"leaves_on", CellKind::kept, "Scheidet aus am"},
    {"contract_end", CellKind::kept, "Vertragsende"},
    {"do_not_touch", CellKind::kept, "Nicht anfassen|Tabu"},
}};

/// Names that say revenue, but not of which time: nobody may guess that.
inline constexpr std::string_view kRevenueOfUnknownTime = "Umsatz|Revenue|Bookings|Sales";

inline constexpr std::string_view kTotalWords =
    "Summe|Gesamt|Gesamtsumme|Endsumme|Zwischensumme|Gesamtergebnis|Total|Grand total|Subtotal|Sum";

}  // namespace partnersim
