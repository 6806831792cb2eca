// Writes the two exports of a small Swiss channel as German Excel saves them: Windows-1252,
// semicolons, decimal comma, days first, a row of totals at the end.
//
//   make_exports FOLDER [SEED]      writes FOLDER/Partner.csv and FOLDER/Deals.csv; seed 2024
//
// 150 partners in three segments from 2021 to 2024; partners join all along and leave with an
// intensity of 9 % a year. Each opens deals at a rate of its own, more of them in December; 27 of
// 100 are won, 3 months after opening on average, the lost ones take 4.5. Amounts are lognormal
// (log-sd 0.6, and 0.4 between partners). Half of the deals are registered. Revenue of twelve
// months is what was won in them and as much again from maintenance. All draws are addressed by
// partner and deal.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "base/math.hpp"
#include "base/random.hpp"

namespace {

using namespace partnersim;
using Day = std::chrono::sys_days;
using namespace std::chrono_literals;

const Day kSince = 2021y / 1 / 1, kUntil = 2024y / 12 / 31;

struct SegmentData {
  const char* name;
  int partners;
  double deals;  // a year
  double size;   // of a deal
};
constexpr SegmentData kSegmentData[] = {
    {"Systemhaus", 80, 8, 1.0}, {"MSP", 45, 6, 0.7}, {"Integrator", 25, 5, 2.0}};
struct OfferData {
  const char* name;
  double price;
};
constexpr OfferData kOfferData[] = {{"Server", 42000}, {"Cloud", 21000}};
constexpr std::array<const char*, 12> kPlaces{"Zürich", "Säntis",  "Aare",     "Limmat",
                                              "Reuss",  "Jura",    "Rhône",    "Thur",
                                              "Rigi",   "Engadin", "Bodensee", "Genève"};
constexpr std::array<const char*, 4> kBusiness{"Informatik AG", "Systeme GmbH", "Netz AG",
                                               "Lösungen GmbH"};
constexpr std::array<const char*, 3> kRegions{"Deutschschweiz", "Romandie", "Süd"};
constexpr std::array<const char*, 4> kManagers{"Frei", "Müller", "Rochat", "Weber"};

constexpr Purpose kWho{"exports.who"}, kWhen{"exports.when"}, kNext{"exports.next"},
    kDeal{"exports.deal"}, kWorth{"exports.worth"};

struct Partner {
  std::string id, name, region, manager;
  std::size_t segment;
  Day joined, left;  // after kUntil: it is still there
  double rate, size;
  double won = 0;  // in the last twelve months
};

struct Deal {
  std::size_t partner, offer;
  Day opened, closed;
  bool won, registered;
  double amount;
};

double after(double mean, double u) {
  return -mean * partnersim::log(u);
}

Day later(Day day, double years) {
  return day + std::chrono::days(static_cast<int>(std::lround(years * 365)));
}

std::string shown(Day day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:02}.{:02}.{}", static_cast<unsigned>(date.day()),
                     static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
}

/// 1.234,50
std::string shown(double amount) {
  const long cents = std::lround(amount * 100);
  std::string whole = fmt::format("{}", cents / 100);
  for (std::size_t at = whole.size(); at > 3;) whole.insert(at -= 3, 1, '.');
  return fmt::format("{},{:02}", whole, cents % 100);
}

std::string windows_1252(std::string_view utf8) {
  std::string text;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    const auto c = static_cast<unsigned char>(utf8[at]);
    if (c < 0x80) {
      text += utf8[at];
    } else {  // two bytes: what German and French have is in Latin-1
      text += static_cast<char>((c & 3) << 6 | (static_cast<unsigned char>(utf8[++at]) & 63));
    }
  }
  return text;
}

std::vector<Partner> make_partners(Luck luck) {
  std::vector<Partner> partners;
  for (std::size_t s = 0; s < std::size(kSegmentData); ++s) {
    for (int k = 0; k < kSegmentData[s].partners; ++k) {
      Partner p;
      const std::size_t number = partners.size();
      p.id = fmt::format("CH-{:03}", number + 1);
      const Uniforms who = uniforms(luck, entity_key("partner", p.id), 0, kWho.id);
      const Uniforms when = uniforms(luck, entity_key("partner", p.id), 0, kWhen.id);
      p.name = fmt::format("{} {}", kPlaces[number % kPlaces.size()],
                           kBusiness[number / kPlaces.size() % kBusiness.size()]);
      if (number >= kPlaces.size() * kBusiness.size()) {
        p.name += fmt::format(" {}", number / (kPlaces.size() * kBusiness.size()) + 1);
      }
      p.region = kRegions[static_cast<std::size_t>(who[0] * 3)];
      p.manager = kManagers[number % kManagers.size()];
      p.segment = s;
      p.joined = later(kSince, when[0] < 0.7 ? -8 * when[1] : 3.8 * when[1]);
      p.left = later(std::max(p.joined, kSince), after(1 / 0.09, when[2]));
      p.rate = kSegmentData[s].deals * partnersim::exp(0.7 * normal_quantile(who[1]) - 0.245);
      p.size = kSegmentData[s].size * partnersim::exp(0.4 * normal_quantile(who[2]));
      partners.push_back(std::move(p));
    }
  }
  return partners;
}

std::vector<Deal> make_deals(std::vector<Partner>& partners, Luck luck) {
  std::vector<Deal> deals;
  for (std::size_t k = 0; k < partners.size(); ++k) {
    Partner& p = partners[k];
    const std::uint64_t key = entity_key("partner", p.id);
    const Day end = std::min(p.left, kUntil);
    Day at = std::max(p.joined, kSince);
    for (int number = 0;; ++number) {
      const Uniforms next = uniforms(luck, key, number, kNext.id);
      const Uniforms what = uniforms(luck, key, number, kDeal.id);
      const Uniforms worth = uniforms(luck, key, number, kWorth.id);
      at = later(at, after(1 / (1.8 * p.rate), next[0]));
      if (at >= end) break;
      const bool december = std::chrono::year_month_day(at).month() == std::chrono::December;
      if (next[1] > (december ? 1 : 0.5)) continue;
      const bool won = what[0] < 0.27;
      const std::size_t offer = what[1] < 0.55 ? 0 : 1;
      const double amount = kOfferData[offer].price * p.size *
                            partnersim::exp(0.6 * normal_quantile(worth[0]) - 0.18);
      const Day closed = later(at, after((won ? 3 : 4.5) / 12, what[2]));
      deals.push_back({k, offer, at, closed, won, worth[1] < 0.5, amount});
      if (won && closed <= kUntil && closed > later(kUntil, -1)) p.won += amount;
    }
  }
  std::ranges::stable_sort(deals, {}, &Deal::opened);
  return deals;
}

const char* tier_of(double revenue) {
  return revenue >= 500000 ? "Gold" : revenue >= 120000 ? "Silber" : "Bronze";
}

void write_partners(const std::string& path, const std::vector<Partner>& partners) {
  std::string text =
      "Partner-Nr.;Firma;Partnertyp;Gebiet;Stufe;Hersteller;Umsatz 12 Monate (CHF);Partner seit;"
      "Austritt;Betreuer\r\n";
  double total = 0;
  for (std::size_t k = 0; k < partners.size(); ++k) {
    const Partner& p = partners[k];
    const bool gone = p.left <= kUntil;
    const double revenue = gone ? 0 : std::round(2 * p.won);
    total += revenue;
    text += fmt::format("{};{};{};{};{};{};{};{};{};{}\r\n", p.id, p.name,
                        kSegmentData[p.segment].name, p.region, gone ? "" : tier_of(revenue),
                        gone         ? ""
                        : k % 3 == 0 ? "Muster,Rival"
                                     : "Muster",
                        shown(revenue), shown(p.joined), gone ? shown(p.left) : "", p.manager);
  }
  text += fmt::format("Summe;;;;;;{};;;\r\n", shown(total));
  std::ofstream(path, std::ios::binary) << windows_1252(text);
}

void write_deals(const std::string& path, const std::vector<Deal>& deals,
                 const std::vector<Partner>& partners) {
  std::string text =
      "Deal-Nr.;Partner-Nr.;Angelegt am;Abschlussdatum;Status;Auftragswert (CHF);Registriert;"
      "Produkt\r\n";
  double total = 0;
  for (std::size_t k = 0; k < deals.size(); ++k) {
    const Deal& d = deals[k];
    const bool open = d.closed > kUntil;
    total += d.amount;
    text += fmt::format("{};{};{};{};{};{};{};{}\r\n", k + 1, partners[d.partner].id,
                        shown(d.opened), open ? "" : shown(d.closed),
                        open    ? "offen"
                        : d.won ? "gewonnen"
                                : "verloren",
                        shown(d.amount), d.registered ? "ja" : "nein", kOfferData[d.offer].name);
  }
  text += fmt::format("Summe;;;;;{};;\r\n", shown(total));
  std::ofstream(path, std::ios::binary) << windows_1252(text);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: make_exports FOLDER [SEED]\n");
    return 2;
  }
  const std::string folder = argv[1];
  const Luck luck =
      luck_of(argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 2024, LuckKind::build, 0);
  std::vector<Partner> partners = make_partners(luck);
  const std::vector<Deal> deals = make_deals(partners, luck);
  write_partners(folder + "/Partner.csv", partners);
  write_deals(folder + "/Deals.csv", deals, partners);
}
