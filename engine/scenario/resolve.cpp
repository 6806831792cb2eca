// From a file to a Scenario: document, outline, values, partners, links, schedule, checks.
#include <fmt/format.h>

#include <algorithm>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "mechanisms/mechanism.hpp"
#include "scenario/csv.hpp"
#include "scenario/export.hpp"
#include "scenario/identity_check.hpp"
#include "scenario/keys.hpp"
#include "scenario/links.hpp"
#include "scenario/network.hpp"
#include "scenario/outline.hpp"
#include "scenario/overlay.hpp"
#include "scenario/policies.hpp"
#include "scenario/population.hpp"
#include "scenario/scenario.hpp"
#include "scenario/schedule.hpp"
#include "scenario/settings.hpp"
#include "scenario/values.hpp"
#include "scenario/what_if.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;

class Resolver {
 public:
  Resolver(const fs::path& file, const LoadOptions& options, Diagnostics& diagnostics)
      : file_(file), options_(options), diagnostics_(diagnostics) {}

  std::optional<Scenario> run() {
    const std::size_t before = diagnostics_.error_count();
    if (!read_document()) return std::nullopt;
    check_top_keys();
    read_frame();
    Outline outlined;
    outline(root_, scenario_.world, scenario_.parameters, outlined, diagnostics_);
    resolve_settings(root_, outlined, options_, scenario_, diagnostics_);
    read_mechanisms();
    read_lifted();
    if (const Node* list = root_.find("correlate")) {
      resolve_correlations(*list, scenario_, diagnostics_);
    }
    read_population();
    resolve_schedule(
        root_, shortened_, [this](const Node& node) { return read_csv(node); }, scenario_,
        diagnostics_);
    resolve_policies(outlined, scenario_, diagnostics_);
    read_targets_of_run();
    check_across(scenario_, diagnostics_);
    check_identities(scenario_, diagnostics_);
    if (diagnostics_.error_count() > before) return std::nullopt;
    return std::move(scenario_);
  }

 private:
  bool read_document() {
    auto loaded = load_with_parents(file_, diagnostics_);
    if (!loaded) return false;
    scenario_.name = options_.what_if ? options_.what_if->name : file_.stem().string();
    root_ = std::move(loaded->root);
    for (const fs::path& path : loaded->files) {
      const auto text = read_file(path, kMaxDocumentBytes, {}, diagnostics_);
      if (text) add_input(path, *text);
    }
    complete(root_, diagnostics_);
    for (const std::string& set : options_.sets) {
      apply_set(root_, completed_path(root_, set), diagnostics_);
    }
    complete(root_, diagnostics_);  // of what --set brought
    if (options_.what_if) lay_over(root_, *options_.what_if, diagnostics_);
    return true;
  }

  void add_input(const fs::path& path, std::string_view text) {
    Hasher hasher;
    hasher.add(text);
    const fs::path relative = path.lexically_relative(file_.parent_path());
    scenario_.inputs.push_back({relative.empty() ? path : relative, hasher.value()});
  }

  static bool is_singleton(std::string_view owner) {
    return owner != "market" && owner != "segments" && owner != "vendor" && owner != "tiers" &&
           owner != "offers";
  }

  // The keys of the top level are those of the table and the owners with one instance.
  void check_top_keys() {
    std::vector<std::string> known;
    for (const KeyRow& key : kScenarioKeys) known.emplace_back(key.key);
    for (const Owner& owner : owners()) {
      if (is_singleton(owner.path)) known.emplace_back(owner.path);
    }
    for (const Node::Entry& entry : root_.entries) {
      const KeyRow* key = find_key(kScenarioKeys, entry.key);
      if (key != nullptr && key->holds == Holds::nothing_yet) {
        refuse_not_yet(entry);
      } else if (is_of_programs(entry)) {
        refuse_programs(entry);
      } else if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
        diagnostics_.error("E-UNKNOWN-KEY", entry.at,
                           fmt::format("unknown key {}", in_quotes(entry.key)),
                           did_you_mean(entry.key, known));
      }
    }
    for (const Owner& owner : owners()) {
      const Node* node = is_singleton(owner.path) ? root_.find(owner.path) : nullptr;
      if (node == nullptr || (owner.path == "base" && !node->is_map())) continue;
      const std::span<const KeyRow> keys =
          owner.path == "graph" ? std::span<const KeyRow>(kGraphKeys) : std::span<const KeyRow>();
      check_keys(*node, keys, owner.rows, fmt::format("'{}'", owner.path), diagnostics_);
    }
  }

  // Keys of a file with several programs, which is no scenario itself.
  static bool is_of_programs(const Node::Entry& entry) {
    return entry.key == "programs" || entry.key == "budget" || entry.key == "goal" ||
           (entry.key == "base" && !entry.value.is_map());
  }

  void refuse_programs(const Node::Entry& entry) {
    if (root_.find("programs") == nullptr) {
      diagnostics_.error(
          "E-PROGRAMS", entry.at, fmt::format("'{}' goes with 'programs'", entry.key),
          entry.key == "base" ? "a scenario that changes another one says 'extends: FILE'"
                              : "what a scenario is to reach stands under 'targets'");
    } else if (entry.key == "programs") {
      diagnostics_.error("E-PROGRAMS", entry.at, "this file holds several programs",
                         fmt::format("compare them: partnersim compare {0}; or run one: partnersim "
                                     "run {0} --program NAME",
                                     file_.string()));
    }
  }

  void read_targets_of_run() {
    if (const Node* list = root_.find("targets")) {
      scenario_.targets = read_targets(*list, scenario_.world.calendar, shortened_, diagnostics_);
    }
    if (options_.check_targets) {
      options_.check_targets(scenario_.world, scenario_.targets, diagnostics_);
    }
  }

  void refuse_not_yet(const Node::Entry& entry) {
    diagnostics_.error("E-NOT-YET", entry.at,
                       fmt::format("'{}' is not supported by this version", entry.key));
  }

  Location at(std::string_view key) const { return root_.find(key)->at; }

  // Title, calendar, currency: what the values below need.
  void read_frame() {
    World& world = scenario_.world;
    if (const auto version = read_text(root_, "partnersim", diagnostics_)) {
      if (*version != "1") {
        diagnostics_.error("E-VERSION", at("partnersim"),
                           fmt::format("format version {} is not known", in_quotes(*version)),
                           "this version reads format 1");
      }
    }
    world.title = read_text(root_, "title", diagnostics_).value_or(scenario_.name);
    read_calendar();
    world.currency = read_text(root_, "currency", diagnostics_).value_or("");
    const bool iso =
        world.currency.size() == 3 && std::all_of(world.currency.begin(), world.currency.end(),
                                                  [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!iso) {
      diagnostics_.error("E-CURRENCY", at("currency"),
                         fmt::format("{} is not a currency", in_quotes(world.currency)),
                         "an ISO code such as EUR, CHF or USD");
    }
    const auto word = read_word(root_, *find_key(kScenarioKeys, "uncertainty"), diagnostics_);
    if (word) scenario_.uncertainty = static_cast<Uncertainty>(*word);
    if (options_.uncertainty) scenario_.uncertainty = *options_.uncertainty;
  }

  void read_calendar() {
    World& world = scenario_.world;
    Calendar& calendar = world.calendar;
    const std::string start = read_text(root_, "start", diagnostics_).value_or("");
    const auto month = read_year_month(start);
    if (month && month->year >= 1900 && month->year <= 2200) {
      calendar.start_year = month->year;
      calendar.start_month = month->month;
    } else {
      diagnostics_.error("E-START", at("start"),
                         fmt::format("{} is not a month to start in", in_quotes(start)),
                         "such as 2027-01; 1900 to 2200");
    }
    world.months = 1;
    if (const auto length = read_fixed(root_.find("months") ? *root_.find("months") : root_,
                                       Unit::count, "", diagnostics_)) {
      if (*length >= 1 && *length <= 600) {
        world.months = static_cast<int>(*length);
      } else {
        diagnostics_.error("E-MONTHS", at("months"), "a run is 1 to 600 months long");
      }
    }
    if (options_.months) {
      shortened_ = *options_.months < world.months;
      world.months = *options_.months;
      if (world.months < 1 || world.months > 600) {
        diagnostics_.error("E-MONTHS", {diagnostics_.add_source("--months", ""), 0, 0, 1},
                           "a run is 1 to 600 months long");
        world.months = 1;
      }
    }
    calendar.months = world.months;
    const std::string fiscal = read_text(root_, "fiscal_year_starts", diagnostics_).value_or("");
    const auto first = month_of_name(fiscal);
    calendar.fiscal_start_month = first.value_or(1);
    if (!first) {
      diagnostics_.error("E-MONTH-NAME", at("fiscal_year_starts"),
                         fmt::format("{} is not the name of a month", in_quotes(fiscal)),
                         "such as January or Juli");
    }
  }

  void read_mechanisms() {
    const Node* node = root_.find("mechanisms");
    if (node == nullptr || node->is_empty()) return;
    if (!node->is_map()) {
      diagnostics_.error("E-VALUE", node->at, "'mechanisms' needs names and on or off",
                         "such as {lifecycle: off}");
      return;
    }
    std::vector<std::string> names;
    for (const Mechanism* mechanism : month_order()) names.emplace_back(mechanism->name);
    for (const Node::Entry& entry : node->entries) {
      const auto found = std::find(names.begin(), names.end(), entry.key);
      if (found == names.end()) {
        diagnostics_.error(
            "E-UNKNOWN-KEY", entry.at,
            fmt::format("there is no mechanism {}", in_quotes(entry.key)),
            did_you_mean(entry.key, names, fmt::format("one of {}", fmt::join(names, ", "))));
        continue;
      }
      switch_mechanism(static_cast<std::size_t>(found - names.begin()), entry.value);
    }
  }

  void switch_mechanism(std::size_t row, const Node& value) {
    const Mechanism& mechanism = *month_order()[row];
    const std::string word = lower_ascii(value.text);
    const bool off = word == "off" || word == "false" || word == "no";
    if (!off && word != "on" && word != "true" && word != "yes") {
      diagnostics_.error("E-WORD", value.at,
                         fmt::format("{} is not possible for a mechanism", in_quotes(value.text)),
                         "on or off");
    } else if (off && !mechanism.can_be_off) {
      diagnostics_.error("E-ALWAYS-ON", value.at,
                         fmt::format("the mechanism '{}' cannot be off", mechanism.name));
    } else if (off) {
      scenario_.parameters.off |= 1u << row;
    }
  }

  void read_lifted() {
    const Node* node = root_.find("lifted");
    if (node == nullptr) return;
    std::vector<std::string> names;
    for (const ShadowRow& row : kShadowRows) names.emplace_back(row.name);
    if (!node->is_list()) {
      diagnostics_.error("E-VALUE", node->at, "'lifted' is a list of shadows",
                         fmt::format("such as [{}, {}]", names[0], names[1]));
      return;
    }
    for (const Node& item : node->items) {
      const auto found = std::find(names.begin(), names.end(), item.text);
      if (!item.is_scalar() || found == names.end()) {
        diagnostics_.error(
            "E-WORD", item.at, fmt::format("there is no shadow {}", in_quotes(item.text)),
            did_you_mean(item.text, names, fmt::format("one of {}", fmt::join(names, ", "))));
        continue;
      }
      scenario_.parameters.lifted |= 1u << (found - names.begin());
    }
  }

  // A file named in a scenario is relative to the file that names it.
  fs::path named_file(const Node& node) const {
    return fs::path(diagnostics_.source_name(node.at.file)).parent_path() / fs::path(node.text);
  }

  std::optional<Csv> read_csv(const Node& node) {
    const fs::path path = named_file(node);
    auto text = read_file(path, kMaxCsvBytes, node.at, diagnostics_);
    if (!text) return std::nullopt;
    add_input(path, *text);
    return parse_csv(std::move(*text), path.generic_string(), diagnostics_);
  }

  std::string as_reference(const fs::path& path) const {
    const fs::path relative = path.lexically_relative(file_.parent_path());
    return (relative.empty() ? path : relative).generic_string();
  }

  void read_population() {
    World& world = scenario_.world;
    const Luck build = luck_of(options_.seed, LuckKind::build, 0);
    const Node* partners = root_.find("partners");
    const Node* population = root_.find("population");
    if (population != nullptr) check_keys(*population, {}, {}, "'population'", diagnostics_);
    if (partners != nullptr && population != nullptr) {
      diagnostics_.error("E-CONTRADICTION", partners->at,
                         "both 'partners' and 'population' are given",
                         "a file of partners, or generated ones");
    }
    const std::size_t before = diagnostics_.error_count();
    if (partners != nullptr) {
      read_partner_file(*partners, build);
    } else {
      world.partners = generate_partners(scenario_, build, diagnostics_);
    }
    if (diagnostics_.error_count() > before) return;  // with some partners left out
    const bool sells = std::any_of(world.partners.segment.begin(), world.partners.segment.end(),
                                   [&](std::uint8_t s) { return !world.segments[s].supplier; });
    if (!sells) {
      diagnostics_.error("E-EMPTY-POPULATION", partners != nullptr ? partners->at : Location{},
                         "there is no partner that sells");
      return;
    }
    std::vector<Link> links;
    if (read_links(build, links)) settle(world, std::move(links));
  }

  void read_partner_file(const Node& node, Luck build) {
    if (!node.is_scalar() || node.is_empty()) {
      diagnostics_.error("E-VALUE", node.at, "'partners' names a CSV file");
      return;
    }
    const std::vector<MappedColumn> map = read_map();
    scenario_.files.partners = as_reference(named_file(node));
    const auto csv = read_csv(node);
    if (!csv) return;
    Export columns(*csv, kPartnerColumns, map, scenario_.world.currency, diagnostics_);
    diagnostics_.note(columns.detected());
    if (!columns.complete()) return;
    scenario_.world.partners = read_partners(*csv, columns, scenario_, build, diagnostics_);
  }

  // What --map says of a column wins.
  std::vector<MappedColumn> read_map() {
    std::vector<MappedColumn> map;
    const Node* node = root_.find("map");
    if (node != nullptr && !node->is_map() && !node->is_empty()) {
      diagnostics_.error("E-VALUE", node->at, "'map' needs columns of the file and our names",
                         "such as {Umsatz: revenue_12m}");
    } else if (node != nullptr) {
      for (const Node::Entry& entry : node->entries) {
        map.push_back({entry.key, entry.value.text, entry.at});
      }
    }
    for (const std::string& text : options_.maps) {
      const Location place{diagnostics_.add_source("--map", text), 1, 1, 1};
      if (auto mapped = read_mapped(text, place, diagnostics_)) map.push_back(std::move(*mapped));
    }
    for (const MappedColumn& mapped : map) {
      check_mapped(mapped, {kPartnerColumns}, diagnostics_);
      scenario_.files.map.push_back({mapped.from, mapped.to});
    }
    return map;
  }

  bool read_links(Luck build, std::vector<Link>& links) {
    const Node* file = root_.find("links");
    const Node* graph = root_.find("graph");
    const KeyRow& kind_row = kGraphKeys[0];
    const Node* kind = graph == nullptr ? nullptr : graph->find(kind_row.key);
    if (file == nullptr) {
      const auto word = graph == nullptr ? std::nullopt : read_word(*graph, kind_row, diagnostics_);
      const auto chosen = word ? static_cast<PeerGraph>(*word) : PeerGraph::communities;
      scenario_.files.graph_kind = words_of(kind_row.words)[static_cast<std::size_t>(chosen)];
      links = draw_links(scenario_, chosen, build);
      return true;
    }
    if (kind != nullptr) {
      diagnostics_.error("E-CONTRADICTION", kind->at, "links are read from a file, not generated",
                         "leave out 'kind' or 'links'");
      return false;
    }
    if (!file->is_scalar() || file->is_empty()) {
      diagnostics_.error("E-VALUE", file->at, "'links' names a CSV or GraphML file");
      return false;
    }
    const fs::path path = named_file(*file);
    auto text = read_file(path, kMaxCsvBytes, file->at, diagnostics_);
    if (!text) return false;
    add_input(path, *text);
    scenario_.files.links = as_reference(path);
    return read_link_file(std::move(*text), path, scenario_.world, links, diagnostics_);
  }

  fs::path file_;
  const LoadOptions& options_;
  Diagnostics& diagnostics_;
  Node root_;
  Scenario scenario_;
  bool shortened_ = false;
};

}  // namespace

std::optional<Scenario> load_scenario(const fs::path& file, const LoadOptions& options,
                                      Diagnostics& diagnostics) {
  return Resolver(file, options, diagnostics).run();
}

}  // namespace partnersim
