// GraphML and link tables: what is read, what is refused and where, and that nothing is lost.
#include "scenario/graphml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "scenario/links_csv.hpp"

namespace partnersim {
namespace {

using testing::ElementsAre;

struct Read {
  std::optional<GraphFile> file;
  std::vector<std::string> faults;  // code line:column
  std::vector<std::string> hints;
};

Read outcome(std::optional<GraphFile> file, const Diagnostics& diagnostics) {
  Read read{std::move(file), {}, {}};
  for (const Diagnostic& fault : diagnostics.sorted()) {
    read.faults.push_back(fault.code + " " + std::to_string(fault.at.line) + ":" +
                          std::to_string(fault.at.column));
    read.hints.push_back(fault.hint);
  }
  return read;
}

Read read(const std::string& text) {
  Diagnostics diagnostics;
  const std::uint32_t source = diagnostics.add_source("links.graphml", text);
  auto file = read_graphml(text, source, diagnostics);
  EXPECT_EQ(file.has_value(), !diagnostics.has_errors());
  return outcome(std::move(file), diagnostics);
}

Read read_table(const std::string& text) {
  Diagnostics diagnostics;
  const auto csv = parse_csv(text, "links.csv", diagnostics);
  return outcome(csv ? read_links(*csv, diagnostics) : std::nullopt, diagnostics);
}

std::string graph(const std::string& inside) {
  return "<graphml><key id='k' for='edge' attr.name='kind'/><graph>\n" + inside +
         "</graph></graphml>";
}

TEST(GraphMl, NodesEdgesAndKinds) {
  const Read result = read(graph(
      "<edge source='a' target='b'/>\n<node id='a'/><node id='b'><data key='k'>x</data></node>"
      "<node id='c'/>\n<edge source='c' target='a'><data key='k'> alliance\n</data></edge>"
      "<edge source='b' target='c'><data key='k'>distribution</data></edge>"));
  ASSERT_TRUE(result.file) << testing::PrintToString(result.faults);
  EXPECT_THAT(result.file->nodes, ElementsAre("a", "b", "c"));
  ASSERT_EQ(result.file->edges.size(), 3u);
  EXPECT_EQ(result.file->edges[0].kind, LinkKind::peer);
  EXPECT_EQ(result.file->edges[0].at, (Location{0, 2, 1, 5}));
  EXPECT_EQ(result.file->edges[1].kind, LinkKind::alliance);
  EXPECT_EQ(result.file->edges[1].a, "c");
  EXPECT_EQ(result.file->edges[2].kind, LinkKind::distribution);
}

TEST(GraphMl, DefaultKindAndNamespacePrefix) {
  const Read result = read(
      "<g:graphml xmlns:g='http://graphml.graphdrawing.org/xmlns'><g:key id='k' for='all' "
      "attr.name='kind'><g:default>alliance</g:default></g:key><g:graph><g:node id='a'/><g:node "
      "id='b'/><g:edge source='a' target='b'/><g:edge source='a' target='b'><g:data "
      "key='k'>peer</g:data></g:edge></g:graph></g:graphml>");
  ASSERT_TRUE(result.file) << testing::PrintToString(result.faults);
  EXPECT_EQ(result.file->edges[0].kind, LinkKind::alliance);
  EXPECT_EQ(result.file->edges[1].kind, LinkKind::peer);
}

TEST(GraphMl, AllFaultsWithTheirPlaces) {
  const Read result = read(graph(
      "<node id='north'/><node id='south'/>\n<node id='north'/>\n<node/>\n"
      "<edge source='north' target='suoth'/>\n<edge source='north' target='north'/>\n"
      "<edge source='north'/>\n"
      "<edge source='north' target='south'><data key='k'>alliences</data></edge>\n"
      "<edge source='north' target='south'><data key='q'>peer</data></edge>\n<hyperedge/>\n"));
  EXPECT_THAT(result.faults,
              ElementsAre("E-GRAPHML-NODE 3:1", "E-GRAPHML-NODE 4:1", "E-GRAPHML-NODE 5:1",
                          "E-GRAPHML-SELF 6:1", "E-GRAPHML-EDGE 7:1", "E-GRAPHML-KIND 8:37",
                          "E-GRAPHML-KEY 9:37", "E-GRAPHML-EDGE 10:1"));
  EXPECT_EQ(result.hints[2], "did you mean 'south'?");
  EXPECT_EQ(result.hints[5], "did you mean 'alliance'?");
}

TEST(GraphMl, ManyFaultsAreCounted) {
  std::string edges;
  for (int i = 0; i < 1000; ++i) edges += "<edge source='a' target='a'/>\n";
  const Read result = read(graph(edges));
  EXPECT_EQ(result.faults.size(), 101u);
  EXPECT_EQ(result.faults[0], "E-GRAPHML-MORE 0:0");
}

TEST(GraphMl, Hostile) {
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<graph>";
  EXPECT_THAT(read("<graphml>" + deep).faults, ElementsAre("E-GRAPHML-DEPTH 1:227"));
  EXPECT_THAT(read("<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;&a;'>]>\n"
                   "<graphml><graph><node id='&b;'/></graph></graphml>")
                  .faults,
              ElementsAre("E-GRAPHML-DOCTYPE 1:13"));
  EXPECT_THAT(read("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><graphml/>").faults,
              ElementsAre("E-GRAPHML-DOCTYPE 1:40"));
  EXPECT_THAT(read("<svg/>").faults, ElementsAre("E-GRAPHML-ROOT 1:1"));
  EXPECT_THAT(read("").faults, ElementsAre("E-GRAPHML-XML 1:1"));
  EXPECT_THAT(read("<graphml>\n <graph></graphml>").faults, ElementsAre("E-GRAPHML-XML 2:11"));
  EXPECT_THAT(read(graph("<node id='&undefined;'/>")).faults, ElementsAre("E-GRAPHML-XML 2:1"));
  EXPECT_FALSE(read(std::string("<graphml>\0</graphml>", 20)).file);
}

TEST(GraphMl, RoundTrip) {
  const std::vector<std::string> ids{"<script>alert(1)</script>",
                                     "a \"b\" 'c' & d",
                                     "Zoë 株式会社",
                                     " two  spaces ",
                                     "tab\tline\nend\r",
                                     "]]>",
                                     "&lt;"};
  const std::vector<Link> links{{LinkKind::peer, 0, 1},
                                {LinkKind::alliance, 2, 3},
                                {LinkKind::distribution, 4, 5},
                                {LinkKind::distribution, 6, 0}};
  const std::string text = write_graphml(ids, links);
  const Read result = read(text);
  ASSERT_TRUE(result.file) << testing::PrintToString(result.faults);
  EXPECT_EQ(result.file->nodes, ids);
  ASSERT_EQ(result.file->edges.size(), links.size());
  for (std::size_t e = 0; e < links.size(); ++e) {
    EXPECT_EQ(result.file->edges[e].a, ids[links[e].a]);
    EXPECT_EQ(result.file->edges[e].b, ids[links[e].b]);
    EXPECT_EQ(result.file->edges[e].kind, links[e].kind);
  }
  const std::vector<std::string> broken{std::string("\x01\xff") + "x"};
  EXPECT_EQ(read(write_graphml(broken, {})).file.value().nodes[0], "\uFFFD\uFFFDx");
}

TEST(GraphMl, FuzzCorpusDoesNoHarm) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(PARTNERSIM_SOURCE_DIR) / "tests/fuzz/corpus/graphml")) {
    std::ifstream in(entry.path(), std::ios::binary);
    read({std::istreambuf_iterator<char>(in), {}});
    ++files;
  }
  EXPECT_GE(files, 12u);
}

TEST(LinksCsv, KindsAndNodes) {
  const Read result = read_table("from,to,kind\nb,a,\na,c,alliance\nc,d,distribution\n");
  ASSERT_TRUE(result.file) << testing::PrintToString(result.faults);
  EXPECT_THAT(result.file->nodes, ElementsAre("b", "a", "c", "d"));
  ASSERT_EQ(result.file->edges.size(), 3u);
  EXPECT_EQ(result.file->edges[0].kind, LinkKind::peer);
  EXPECT_EQ(result.file->edges[1].kind, LinkKind::alliance);
  EXPECT_EQ(result.file->edges[2].kind, LinkKind::distribution);
  EXPECT_EQ(result.file->edges[2].at.line, 4u);
  EXPECT_TRUE(read_table("to;from\na;b\n").file);
}

TEST(LinksCsv, Faults) {
  const Read rows = read_table("from,to,kind\na,a,peer\n,b,peer\na,b,pere\n");
  EXPECT_FALSE(rows.file);
  EXPECT_THAT(rows.faults, ElementsAre("E-LINK-SELF 2:3", "E-LINK-END 3:1", "E-LINK-KIND 4:5"));
  EXPECT_EQ(rows.hints[2], "did you mean 'peer'?");
  const Read columns = read_table("form,to\na,b\n");
  EXPECT_THAT(columns.faults, ElementsAre("E-LINK-COLUMN 1:1"));
  EXPECT_EQ(columns.hints[0], "did you mean 'from' by 'form'?");
  EXPECT_THAT(read_table("x\n1\n").faults, ElementsAre("E-LINK-COLUMN 1:1", "E-LINK-COLUMN 1:1"));
  const Read kind = read_table("from,to,kid\na,b,peer\n");
  EXPECT_TRUE(kind.file);
  EXPECT_THAT(kind.faults, ElementsAre("E-LINK-COLUMN 1:9"));
}

}  // namespace
}  // namespace partnersim
