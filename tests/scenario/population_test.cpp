#include "scenario/population.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "scenario/loading.hpp"

namespace partnersim {
namespace {

class Population : public LoadTest {
 protected:
  static std::size_t row(const Scenario& s, const std::string& id) {
    const auto& ids = s.world.partners.id;
    const auto found = std::find(ids.begin(), ids.end(), id);
    EXPECT_NE(found, ids.end()) << id;
    return static_cast<std::size_t>(found - ids.begin());
  }
};

const std::string kVendors = "us: {name: Helios}\nrival: {name: Ares, like: us}\n";

TEST_F(Population, ReadsAPartnerFile) {
  write("p.csv",
        "Partner-ID;Name;Segment;Region;Kunden;Stufe;Hersteller;Umsatz_12M;Notiz\n"
        "P1;Alpha;VAR;CH;80;gold;Helios|Ares;120'000;a\n"
        "P2;Beta;SI;DE;;;us,Zeus;0;b\n"
        "P3;Gamma;VAR;;40;;;;c\n"
        "D1;Delta;DIST;;40;;Helios;;d\n");
  const Scenario s = loaded(kVendors + "partners: p.csv\n");
  const PartnerTable& p = s.world.partners;
  ASSERT_EQ(p.count, 4u);
  EXPECT_EQ(s.world.n, 3u);
  const std::size_t p1 = row(s, "P1"), p2 = row(s, "P2"), p3 = row(s, "P3"), d1 = row(s, "D1");
  EXPECT_EQ(p.name[p1], "Alpha");
  EXPECT_EQ(p.region[p1], "CH");
  EXPECT_EQ(p.size[p1], 2);
  EXPECT_EQ(p.user_row[p3], 2u);
  EXPECT_EQ(p.key[p1], entity_key("partner", "P1"));
  EXPECT_EQ(p.start_tier[p1], 2);
  EXPECT_EQ(p.start_stage[p1], Stage::active);
  EXPECT_EQ(p.start_stage[p.count + p1], Stage::active);
  EXPECT_EQ(p.start_billed[p1], 12'000'000);
  EXPECT_EQ(p.start_stage[p2], Stage::dormant);
  EXPECT_EQ(p.start_stage[p.count + p2], Stage::prospect);
  EXPECT_EQ(p.start_billed[p2], 0);
  EXPECT_EQ(p.start_stage[p3], Stage::prospect);
  EXPECT_EQ(p.start_billed[p3], -1);
  EXPECT_EQ(d1, 3u);  // suppliers last
  EXPECT_EQ(p.start_stage[d1], Stage::prospect);
  ASSERT_EQ(diagnostics_.all().size(), 1u);
  EXPECT_EQ(diagnostics_.all()[0].message,
            "vendor 'Zeus' is not in the scenario; 1 partner carries it");
}

TEST_F(Population, OneMorePartnerChangesNobodyElse) {
  const std::string head = "id,segment\n", rows = "P1,VAR\nP2,SI\nP3,MSP\nP4,VAR\n";
  write("p.csv", head + rows);
  const Scenario a = loaded(kVendors + "partners: p.csv\n");
  write("p.csv", head + "P0,VAR\n" + rows);
  const Scenario b = loaded(kVendors + "partners: p.csv\n");
  for (const char* id : {"P1", "P2", "P3", "P4"}) {
    const std::size_t i = row(a, id), j = row(b, id);
    EXPECT_EQ(a.world.partners.size[i], b.world.partners.size[j]);
    for (std::size_t v = 0; v < 2; ++v) {
      EXPECT_EQ(a.world.partners.start_stage[v * a.world.partners.count + i],
                b.world.partners.start_stage[v * b.world.partners.count + j]);
    }
  }
}

TEST_F(Population, GeneratesSegmentsInOrderWithSuppliersLast) {
  const Scenario s = loaded(
      "segments:\n  - {name: DIST, supplier: yes, partners: 3}\n"
      "  - {name: VAR, partners: 50}\n  - {name: SI, partners: 20}\n"
      "markets: [{name: DACH}, {name: Nordics}]\n");
  const World& w = s.world;
  EXPECT_EQ(w.segments[2].name, "DIST");
  EXPECT_EQ(w.segment_begin, (std::vector<std::uint32_t>{0, 50, 70, 73}));
  EXPECT_EQ(w.n, 70u);
  EXPECT_TRUE(std::is_sorted(w.partners.segment.begin(), w.partners.segment.end()));
  std::map<int, int> markets;
  for (const std::uint8_t market : w.partners.market) ++markets[market];
  EXPECT_EQ(markets[0], 37);
  EXPECT_EQ(w.graph.peers.offsets.size(), 74u);
  row(s, "VAR-000050");
}

TEST_F(Population, SizesHaveMeanOneAndShareIsActive) {
  const Scenario s = loaded("segments: [{name: VAR, partners: 20000, size_spread: 0.8}]\n");
  const PartnerTable& p = s.world.partners;
  const double mean = std::accumulate(p.size.begin(), p.size.end(), 0.0) / 20000;
  EXPECT_NEAR(mean, 1, 0.03);
  const auto active = std::count(p.start_stage.begin(), p.start_stage.end(), Stage::active);
  EXPECT_NEAR(static_cast<double>(active) / 20000, 0.45, 0.015);
}

TEST_F(Population, DependsOnTheSeedAlone) {
  LoadOptions other;
  other.seed = 2;
  const Scenario a = loaded("title: a\n"), b = loaded("title: b\n"),
                 c = loaded("title: c\n", other);
  EXPECT_EQ(a.world.partners.size, b.world.partners.size);
  EXPECT_NE(a.world.partners.size, c.world.partners.size);
}

TEST_F(Population, LinksComeFromAFile) {
  write("p.csv", "id,segment\nP1,VAR\nP2,SI\nP3,SI\nD1,DIST\n");
  write("l.csv", "from,to,kind\nP1,P2,peer\nP2,P3,alliance\nP3,D1,distribution\n");
  const Scenario s = loaded("partners: p.csv\nlinks: l.csv\n");
  const Graph& g = s.world.graph;
  const auto i1 = row(s, "P1"), i2 = row(s, "P2"), i3 = row(s, "P3"), d = row(s, "D1");
  ASSERT_EQ(g.peers.of(i1).size(), 1u);
  EXPECT_EQ(g.peers.of(i1)[0], i2);
  ASSERT_EQ(g.allies.of(i3).size(), 1u);
  ASSERT_EQ(g.suppliers.of(i3).size(), 1u);
  EXPECT_EQ(g.suppliers.of(i3)[0], d);
  EXPECT_EQ(s.files.links, "l.csv");
  EXPECT_EQ(s.inputs.size(), 3u);
}

}  // namespace
}  // namespace partnersim
