// Which reader a link file needs, and whom its ids mean.
#include "scenario/links.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "base/text.hpp"
#include "scenario/csv.hpp"
#include "scenario/graphml.hpp"
#include "scenario/keys.hpp"
#include "scenario/links_csv.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kMostFaults = 20;
constexpr std::size_t kMostNames = 5000;  // among which a similar id is looked for

std::optional<GraphFile> read_either(std::string text, const std::filesystem::path& path,
                                     Diagnostics& diagnostics) {
  const std::string ending = lower_ascii(path.extension().string());
  if (ending == ".graphml" || ending == ".xml") {
    const std::uint32_t file = diagnostics.add_source(path.generic_string(), text);
    return read_graphml(text, file, diagnostics);
  }
  const auto csv = parse_csv(std::move(text), path.generic_string(), diagnostics);
  return csv ? read_links(*csv, diagnostics) : std::nullopt;
}

class Ids {
 public:
  Ids(const World& world, Diagnostics& diagnostics) : world_(world), diagnostics_(diagnostics) {
    for (std::size_t i = 0; i < world.partners.count; ++i) {
      rows_.emplace(world.partners.id[i], static_cast<std::uint32_t>(i));
    }
  }

  // False when an end is unknown or the kind does not fit its ends.
  bool add(const GraphFile::Edge& edge, std::vector<Link>& links) {
    const auto a = row_of_id(edge.a, edge.at), b = row_of_id(edge.b, edge.at);
    if (!a || !b) return false;
    const bool from_supplier = is_supplier(*a), to_supplier = is_supplier(*b);
    const bool distribution = edge.kind == LinkKind::distribution;
    if (from_supplier || to_supplier != distribution) {
      fault("E-LINK-ENDS", edge.at,
            distribution
                ? fmt::format("{} to {} is no link of a reseller to a distributor",
                              in_quotes(edge.a), in_quotes(edge.b))
                : fmt::format("{} and {}: a distributor has links of kind distribution only",
                              in_quotes(edge.a), in_quotes(edge.b)),
            "distributors are the partners of segments with 'supplier: yes'");
      return false;
    }
    links.push_back({edge.kind, *a, *b});
    return true;
  }

 private:
  bool is_supplier(std::uint32_t i) const {
    return world_.segments[world_.partners.segment[i]].supplier;
  }

  std::optional<std::uint32_t> row_of_id(const std::string& id, Location where) {
    const auto found = rows_.find(id);
    if (found != rows_.end()) return found->second;
    const bool few = world_.partners.count <= kMostNames;
    fault("E-UNKNOWN-PARTNER", where, fmt::format("there is no partner {}", in_quotes(id)),
          few ? did_you_mean(id, world_.partners.id) : "");
    return std::nullopt;
  }

  void fault(std::string code, Location where, std::string message, std::string hint) {
    if (++faults_ > kMostFaults) return;
    diagnostics_.error(std::move(code), where, std::move(message), std::move(hint));
  }

  const World& world_;
  Diagnostics& diagnostics_;
  std::unordered_map<std::string_view, std::uint32_t> rows_;
  std::size_t faults_ = 0;
};

}  // namespace

bool read_link_file(std::string text, const std::filesystem::path& path, const World& world,
                    std::vector<Link>& links, Diagnostics& diagnostics) {
  const auto file = read_either(std::move(text), path, diagnostics);
  if (!file) return false;
  Ids ids(world, diagnostics);
  bool good = true;
  for (const GraphFile::Edge& edge : file->edges) good = ids.add(edge, links) && good;
  return good;
}

}  // namespace partnersim
