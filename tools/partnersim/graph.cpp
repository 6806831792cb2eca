// `graph`: the partner graph in numbers, its hubs by name, and as a file.
#include <fmt/format.h>

#include <algorithm>

#include "command.hpp"
#include "common.hpp"
#include "graph_export.hpp"
#include "model/graph_measures.hpp"
#include "results/json_text.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kHubs = 10;

GraphMeasures measures_of(const World& world) {
  std::vector<std::uint8_t> supplier(world.partners.count);
  for (std::size_t i = 0; i < supplier.size(); ++i) {
    supplier[i] = world.segments[world.partners.segment[i]].supplier ? 1 : 0;
  }
  return measure(world.graph, supplier, kHubs);
}

std::string hubs_text(const World& world, const GraphMeasures& m) {
  if (m.hubs.empty()) return "";
  std::string text = fmt::format("\n{:<20} {:<24} {:<14} {:>6} {:>12}\n", "hub", "name", "segment",
                                 "peers", "betweenness");
  for (const Hub& hub : m.hubs) {
    text += fmt::format("{:<20} {:<24} {:<14} {:>6} {:>10.2f} %\n", world.partners.id[hub.node],
                        world.partners.name[hub.node],
                        world.segments[world.partners.segment[hub.node]].name, hub.degree,
                        100 * hub.betweenness);
  }
  return text + fmt::format(
                    "betweenness: share of the shortest paths between others that lead "
                    "through it{}\n",
                    m.betweenness_sources < m.partners ? fmt::format(", estimated from {} partners",
                                                                     grouped(m.betweenness_sources))
                                                       : "");
}

std::string as_text(const World& world, const GraphMeasures& m) {
  std::string text =
      fmt::format("{} and {}\n", counted(m.partners, "partner"), counted(m.suppliers, "supplier"));
  text += fmt::format("  peer links       {}; {:.2f} a partner, at most {}\n",
                      grouped(m.peer_links), m.mean_degree, m.max_degree);
  text += fmt::format("  components       {}; the largest holds {:.1f} % of partners\n",
                      grouped(m.components), 100 * m.giant_share);
  text += fmt::format("  clustering       {:.3f} (mean), {:.3f} (transitivity)\n",
                      m.mean_clustering, m.transitivity);
  text += fmt::format("  assortativity    {:+.3f}\n", m.assortativity);
  text += fmt::format("  alliances        {}; {:.1f} % of partners have {:.2f} each\n",
                      grouped(m.alliance_links), 100 * m.allied_share, m.mean_alliances);
  text += fmt::format(
      "  distribution     {}; {:.1f} % of partners buy from {:.2f} each, {:.1f} % "
      "of links lead to the largest\n",
      grouped(m.distribution_links), 100 * m.distributed_share, m.distributors_per_partner,
      100 * m.largest_distributor);
  return text + hubs_text(world, m);
}

std::string as_json(const World& world, const GraphMeasures& m) {
  Json hubs = Json::array();
  for (const Hub& hub : m.hubs) {
    hubs.push_back({{"id", world.partners.id[hub.node]},
                    {"name", world.partners.name[hub.node]},
                    {"segment", world.segments[world.partners.segment[hub.node]].name},
                    {"peers", hub.degree},
                    {"betweenness", hub.betweenness}});
  }
  const Json json{{"partners", m.partners},
                  {"suppliers", m.suppliers},
                  {"peer_links", m.peer_links},
                  {"alliance_links", m.alliance_links},
                  {"distribution_links", m.distribution_links},
                  {"mean_degree", m.mean_degree},
                  {"max_degree", m.max_degree},
                  {"components", m.components},
                  {"giant_share", m.giant_share},
                  {"mean_clustering", m.mean_clustering},
                  {"transitivity", m.transitivity},
                  {"assortativity", m.assortativity},
                  {"allied_share", m.allied_share},
                  {"mean_alliances", m.mean_alliances},
                  {"distributed_share", m.distributed_share},
                  {"distributors_per_partner", m.distributors_per_partner},
                  {"largest_distributor", m.largest_distributor},
                  {"betweenness_exact", m.betweenness_sources >= m.partners},
                  {"hubs", std::move(hubs)}};
  return json_text(json);
}

int run(const Options& options) {
  // What cannot be written is known before anything is computed.
  const std::optional<GraphFile> file =
      options.export_file.empty() ? std::nullopt
                                  : std::optional(graph_file(options.export_file, options.force));
  const std::optional<Scenario> scenario =
      load(options.words[0], options.load_options(), options.quiet);
  if (!scenario) return kRefused;
  if (file) {
    export_graph(scenario->world, *file);
    if (!options.quiet) say_line(fmt::format("{} is written", file->path.string()));
    return kDone;
  }
  const GraphMeasures measures = measures_of(scenario->world);
  print(options.format == Format::json ? as_json(scenario->world, measures)
                                       : as_text(scenario->world, measures));
  return kDone;
}

constexpr Opt kOptions[] = {Opt::set,   Opt::map,    Opt::seed, Opt::export_file,
                            Opt::force, Opt::format, Opt::quiet};
constexpr Format kFormats[] = {Format::table, Format::json};

}  // namespace

extern constexpr Command kGraph{
    .name = "graph",
    .group = "look",
    .words = "FILE",
    .least = 1,
    .most = 1,
    .meaning = "The partner graph: measures, hubs by name, components, export",
    .examples =
        "partnersim graph my-channel.yaml\n"
        "partnersim graph my-channel.yaml --export links.csv\n"
        "partnersim graph my-channel.yaml --export links.graphml    for Gephi and yEd",
    .options = kOptions,
    .formats = kFormats,
    .run = run,
    .more = "--force replaces the file of --export where there is one.",
};

}  // namespace partnersim
