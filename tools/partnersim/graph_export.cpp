#include "graph_export.hpp"

#include <fmt/format.h>

#include <functional>

#include "base/text.hpp"
#include "common.hpp"
#include "ensemble/files.hpp"

namespace partnersim {
namespace {

using LinkVisitor = std::function<void(std::size_t from, std::size_t to, std::string_view kind)>;

/// Links without a direction once, from the partner that comes first.
void visit(const Neighbours& neighbours, std::size_t count, bool directed, std::string_view kind,
           const LinkVisitor& visitor) {
  for (std::size_t i = 0; i < count; ++i) {
    for (const std::uint32_t j : neighbours.of(i)) {
      if (directed || i < j) visitor(i, j, kind);
    }
  }
}

void visit_links(const World& world, const LinkVisitor& visitor) {
  const std::size_t count = world.partners.count;
  visit(world.graph.peers, count, false, "peer", visitor);
  visit(world.graph.allies, count, false, "alliance", visitor);
  visit(world.graph.suppliers, count, true, "distribution", visitor);
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",;\"\r\n\t") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

/// Valid XML whatever a name holds.
std::string xml_text(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    at += c.bytes > 0 ? c.bytes : 1;
    if (c.value == U'&') {
      result += "&amp;";
    } else if (c.value == U'<') {
      result += "&lt;";
    } else if (c.value == U'>') {
      result += "&gt;";
    } else if (c.value == U'"') {
      result += "&quot;";
    } else if (c.bytes == 0 || c.value < U' ' || c.value == U'\uFFFE' || c.value == U'\uFFFF') {
      append_utf8(result, U'\uFFFD');
    } else {
      append_utf8(result, c.value);
    }
  }
  return result;
}

std::string as_csv(const World& world) {
  std::string text = "from,to,kind\n";
  visit_links(world, [&](std::size_t from, std::size_t to, std::string_view kind) {
    text += fmt::format("{},{},{}\n", csv_field(world.partners.id[from]),
                        csv_field(world.partners.id[to]), kind);
  });
  return text;
}

constexpr std::string_view kGraphmlHead =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="name" for="node" attr.name="name" attr.type="string"/>
  <key id="segment" for="node" attr.name="segment" attr.type="string"/>
  <key id="region" for="node" attr.name="region" attr.type="string"/>
  <key id="size" for="node" attr.name="size" attr.type="double"/>
  <key id="kind" for="edge" attr.name="kind" attr.type="string"/>
  <graph edgedefault="undirected">
)";

std::string as_graphml(const World& world) {
  const PartnerTable& table = world.partners;
  std::string text(kGraphmlHead);
  for (std::size_t i = 0; i < table.count; ++i) {
    const auto data = [&](std::string_view key, const std::string& value) {
      return value.empty() ? "" : fmt::format("<data key=\"{}\">{}</data>", key, value);
    };
    text += fmt::format("    <node id=\"{}\">{}{}{}{}</node>\n", xml_text(table.id[i]),
                        data("name", xml_text(table.name[i])),
                        data("segment", xml_text(world.segments[table.segment[i]].name)),
                        data("region", xml_text(table.region[i])),
                        data("size", fmt::format("{}", table.size[i])));
  }
  visit_links(world, [&](std::size_t from, std::size_t to, std::string_view kind) {
    text +=
        fmt::format("    <edge source=\"{}\" target=\"{}\"{}><data key=\"kind\">{}</data></edge>\n",
                    xml_text(table.id[from]), xml_text(table.id[to]),
                    kind == "distribution" ? " directed=\"true\"" : "", kind);
  });
  return text + "  </graph>\n</graphml>\n";
}

}  // namespace

GraphFile graph_file(const std::filesystem::path& path, bool force) {
  const std::string ending = lower_ascii(path.extension().string());
  if (ending != ".csv" && ending != ".graphml") {
    throw Refusal(
        fmt::format("--export writes FILE.csv or FILE.graphml, not {}", in_quotes(path.string())));
  }
  std::error_code ignored;
  if (!force && std::filesystem::exists(path, ignored)) {
    throw Refusal(fmt::format("{} exists already; --force replaces it", path.string()));
  }
  return {path, ending == ".graphml"};
}

void export_graph(const World& world, const GraphFile& file) {
  write_file_atomically(file.path, file.graphml ? as_graphml(world) : as_csv(world));
}

}  // namespace partnersim
