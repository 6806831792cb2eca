// Writes the partner list and the link file of the main scenario, as a CRM would export them.
//
//   make_partners FOLDER [SEED]      writes FOLDER/partners.csv and FOLDER/links.csv; seed 2027
//
// 800 partners in five segments. Accounts are lognormal (log-sd 1.5) around the segment's mean;
// revenue of the last twelve months follows accounts, times a lognormal factor (log-sd 0.5), for
// the 45 % that carry Helios; one in twelve of those is quiet and has none. Tiers are what the half
// of that revenue that is new business earns under the program's thresholds. Links come from the
// engine's own generator: communities of segment and region, alliances, 60 % of resellers with
// distributors. All draws are addressed by the partner's id.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "base/math.hpp"
#include "base/random.hpp"
#include "model/graph_generators.hpp"

namespace {

using namespace partnersim;

struct SegmentData {
  const char* name;
  int partners;
  double accounts;         // of a mean partner
  double revenue_account;  // EUR a year and account with Helios, what the model expects at its
                           // defaults
  std::array<const char*, 4> business;
};
constexpr SegmentData kSegmentData[] = {
    {"VAR", 340, 60, 6900, {"Systemhaus", "Computertechnik", "IT-Systeme", "Datentechnik"}},
    {"MSP", 240, 40, 5600, {"Managed Services", "IT-Service", "Netzbetrieb", "Cloud Services"}},
    {"SI", 90, 30, 20000, {"Systemintegration", "Consulting", "Beratung & Lösungen", "Projekte"}},
    {"ISV", 118, 50, 4300, {"Software", "Branchenlösungen", "Softwarehaus", "Digital"}},
    {"DIST", 12, 400, 0, {"Distribution", "Großhandel", "Logistik", "Vertrieb"}},
};

struct Region {
  const char* name;
  double share;
  std::array<const char*, 10> places;
  const char* form;
};
constexpr Region kRegions[] = {
    {"DE-Nord",
     0.20,
     {"Alster", "Weser", "Küsten", "Förde", "Hanse", "Leine", "Deister", "Ostsee", "Elbe", "Heide"},
     "GmbH"},
    {"DE-Süd",
     0.27,
     {"Isar", "Neckar", "Bodensee", "Allgäu", "Schwarzwald", "Franken", "Donau", "Altmühl",
      "Chiemsee", "Schwäbische"},
     "GmbH"},
    {"DE-West",
     0.24,
     {"Rhein", "Ruhr", "Sieg", "Eifel", "Sauerland", "Lahn", "Mosel", "Münsterland", "Wupper",
      "Taunus"},
     "GmbH"},
    {"DE-Ost",
     0.10,
     {"Saale", "Spree", "Havel", "Lausitz", "Erzgebirge", "Müritz", "Thüringer", "Harz", "Oder",
      "Elster"},
     "GmbH"},
    {"AT",
     0.10,
     {"Wachau", "Tauern", "Ötztal", "Wörthersee", "Mur", "Arlberg", "Inn", "Wienerwald",
      "Steirische", "Salzach"},
     "GesmbH"},
    {"CH",
     0.09,
     {"Limmat", "Aare", "Säntis", "Reuss", "Zürichsee", "Jura", "Thur", "Emmental", "Rigi",
      "Engadin"},
     "AG"},
};
constexpr std::array<const char*, 8> kMiddle = {"",      "Nova ", "Plus ", "Kontor ",
                                                "Werk ", "Pro ",  "Net ",  "Haus "};

constexpr Purpose kWho{"data.who"}, kWhat{"data.what"}, kRevenue{"data.revenue"};

struct Partner {
  std::string id, name;
  std::size_t segment, region;
  long accounts;
  bool us, rival;
  long revenue;
};

std::string quoted(const std::string& text) {
  return text.find(',') == std::string::npos ? text : "\"" + text + "\"";
}

/// Programs review new bookings, about half of what is billed.
const char* tier_of(long revenue) {
  return revenue / 2 >= 600000 ? "Gold" : revenue / 2 >= 150000 ? "Silver" : "Registered";
}

std::string company(const Partner& p, const Uniforms& u, int number) {
  const Region& region = kRegions[p.region];
  const auto pick = [](double x, std::size_t n) {
    return std::min(n - 1, static_cast<std::size_t>(x * static_cast<double>(n)));
  };
  const std::string place = region.places[pick(u[1], region.places.size())];
  const std::string business = kSegmentData[p.segment].business[pick(u[2], 4)];
  const std::string middle = kMiddle[pick(u[3], kMiddle.size())];
  // some are written as people write them: with a comma
  if (number % 41 == 0) return fmt::format("{} {}{}, {}", place, middle, business, region.form);
  return fmt::format("{} {}{} {}", place, middle, business, region.form);
}

Partner make_partner(Luck luck, int number, std::size_t segment) {
  Partner p;
  p.id = fmt::format("P{:04}", number);
  p.segment = segment;
  const std::uint64_t key = entity_key("partner", p.id);
  const Uniforms who = uniforms(luck, key, 0, kWho.id);
  const Uniforms what = uniforms(luck, key, 0, kWhat.id);
  const Uniforms revenue = uniforms(luck, key, 0, kRevenue.id);
  p.region = 0;
  for (double at = who[0]; p.region + 1 < std::size(kRegions) && at > kRegions[p.region].share;
       ++p.region) {
    at -= kRegions[p.region].share;
  }
  p.name = company(p, who, number);
  const SegmentData& data = kSegmentData[segment];
  constexpr double kSpread = 1.5, kNoise = 0.5;
  const double size = partnersim::exp(kSpread * normal_quantile(what[0]) - kSpread * kSpread / 2);
  p.accounts = std::max(1L, std::lround(data.accounts * size));
  const bool sells = data.revenue_account > 0;
  p.us = !sells || what[1] < 0.45;
  p.rival = !sells || what[2] < 0.45;
  const bool quiet = what[3] < 1.0 / 12;
  const double factor = partnersim::exp(kNoise * normal_quantile(revenue[0]) - kNoise * kNoise / 2);
  p.revenue =
      p.us && sells && !quiet
          ? std::lround(static_cast<double>(p.accounts) * data.revenue_account * factor / 10) * 10
          : 0;
  return p;
}

std::vector<Partner> make_all(Luck luck) {
  std::vector<Partner> partners;
  std::set<std::string> names;
  for (std::size_t s = 0; s < std::size(kSegmentData); ++s) {
    for (int k = 0; k < kSegmentData[s].partners; ++k) {
      partners.push_back(make_partner(luck, static_cast<int>(partners.size()) + 1, s));
      Partner& p = partners.back();
      const std::string base = p.name;
      for (int twin = 2; !names.insert(p.name).second; ++twin)
        p.name = fmt::format("{} {}", base, twin);
    }
  }
  return partners;
}

void write_partners(const std::string& path, const std::vector<Partner>& partners) {
  std::ofstream out(path);
  out << "id,name,segment,region,accounts,tier,vendors,revenue_12m\n";
  for (std::size_t i = 0; i < partners.size(); ++i) {
    const Partner& p = partners[i];
    const std::string vendors = p.us && p.rival ? "Helios;Ares"
                                : p.us          ? "Helios"
                                : p.rival       ? "Ares"
                                                : "";
    // a CRM never knows everything: some accounts were not counted
    const std::string accounts = i % 97 == 13 ? "" : fmt::format("{}", p.accounts);
    const bool seller = kSegmentData[p.segment].revenue_account > 0;
    out << fmt::format("{},{},{},{},{},{},{},{}\n", p.id, quoted(p.name),
                       kSegmentData[p.segment].name, kRegions[p.region].name, accounts,
                       p.us && seller ? tier_of(p.revenue) : "", vendors,
                       seller ? fmt::format("{}", p.revenue) : "");
  }
}

void write_links(const std::string& path, const std::vector<Partner>& partners, Luck luck) {
  std::vector<GraphNode> nodes;
  for (const Partner& p : partners) {
    nodes.push_back({entity_key("partner", p.id), static_cast<std::uint8_t>(p.segment),
                     static_cast<std::uint32_t>(p.segment * std::size(kRegions) + p.region),
                     kSegmentData[p.segment].revenue_account == 0});
  }
  std::vector<std::string> rows;
  constexpr const char* kKinds[] = {"peer", "alliance", "distribution"};
  for (const Link& link :
       generate_links(nodes, PeerGraph::communities, defaults<GraphShape>(kGraphRows), luck)) {
    rows.push_back(fmt::format("{},{},{}\n", partners[link.a].id, partners[link.b].id,
                               kKinds[static_cast<std::size_t>(link.kind)]));
  }
  std::ranges::sort(rows);
  std::ofstream out(path);
  out << "from,to,kind\n";
  for (const std::string& row : rows) out << row;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: make_partners FOLDER [SEED]\n");
    return 2;
  }
  const std::string folder = argv[1];
  const Luck luck =
      luck_of(argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 2027, LuckKind::build, 0);
  const std::vector<Partner> partners = make_all(luck);
  write_partners(folder + "/partners.csv", partners);
  write_links(folder + "/links.csv", partners, luck);
}
