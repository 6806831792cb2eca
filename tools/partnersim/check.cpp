// `check`: everything that is wrong with a scenario, at once.
#include <fmt/format.h>

#include "command.hpp"
#include "common.hpp"
#include "results/json_text.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

/// Partners, vendors and so on, in words.
struct Count {
  std::string name;
  std::size_t n;
};

std::vector<Count> partners_by_segment(const World& world) {
  std::vector<Count> result;
  for (std::size_t s = 0; s < world.segments.size(); ++s) {
    result.push_back({world.segments[s].name, world.segment_begin[s + 1] - world.segment_begin[s]});
  }
  return result;
}

std::string summary(const Scenario& scenario) {
  const World& world = scenario.world;
  const Calendar& calendar = world.calendar;
  std::string text = fmt::format("  {} from {} to {}, money in {}\n",
                                 counted(static_cast<std::uint64_t>(world.months), "month"),
                                 month_label(calendar, 0), month_label(calendar, world.months - 1),
                                 world.currency);
  std::vector<std::string> parts;
  for (const Count& count : partners_by_segment(world)) {
    parts.push_back(fmt::format("{} {}", grouped(count.n), count.name));
  }
  text +=
      fmt::format("  {}: {}\n", counted(world.partners.count, "partner"), fmt::join(parts, ", "));
  for (const VendorInfo& vendor : world.vendors) {
    parts.clear();
    for (std::size_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
      parts.push_back(world.offers[o].name);
    }
    text += fmt::format("  {}: offers {}; tiers {}\n", vendor.name, fmt::join(parts, ", "),
                        fmt::join(vendor.tiers, ", "));
  }
  return text + fmt::format("  {} and {}; {} drawn, {} fixed\n",
                            counted(world.changes.size(), "planned change"),
                            counted(world.events.size(), "event"),
                            counted(scenario.drawn.size(), "parameter"),
                            grouped(scenario.settings.size() - scenario.drawn.size()));
}

Json to_json(const Scenario& scenario) {
  const World& world = scenario.world;
  Json segments = Json::object(), vendors = Json::array();
  for (const Count& count : partners_by_segment(world)) segments[count.name] = count.n;
  for (const VendorInfo& vendor : world.vendors) {
    Json offers = Json::array();
    for (std::size_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
      offers.push_back(world.offers[o].name);
    }
    vendors.push_back({{"name", vendor.name}, {"offers", offers}, {"tiers", vendor.tiers}});
  }
  return {{"title", world.title},
          {"months", world.months},
          {"currency", world.currency},
          {"partners", world.partners.count},
          {"segments", segments},
          {"vendors", vendors},
          {"changes", world.changes.size()},
          {"events", world.events.size()},
          {"parameters", scenario.settings.size()},
          {"drawn", scenario.drawn.size()}};
}

Json to_json(const Diagnostics& diagnostics) {
  Json list = Json::array();
  for (const Diagnostic& one : diagnostics.sorted()) {
    list.push_back({{"severity", one.severity == Severity::error ? "error" : "warning"},
                    {"code", one.code},
                    {"file", diagnostics.source_name(one.at.file)},
                    {"line", one.at.line},
                    {"column", one.at.column},
                    {"length", one.at.length},
                    {"message", one.message},
                    {"hint", one.hint}});
  }
  return list;
}

void print_json(const std::optional<Scenario>& scenario, const Diagnostics& diagnostics) {
  Json json{{"ok", scenario.has_value()},
            {"errors", diagnostics.error_count()},
            {"warnings", diagnostics.all().size() - diagnostics.error_count()},
            {"diagnostics", to_json(diagnostics)}};
  if (scenario) json["scenario"] = to_json(*scenario);
  print(json_text(json));
}

void print_text(const std::filesystem::path& file, const std::optional<Scenario>& scenario,
                const Diagnostics& diagnostics) {
  say(diagnostics.render(terminal().color_err));
  if (!scenario) {
    say_line(verdict(diagnostics, file, "it cannot run"));
    return;
  }
  const std::size_t warnings = diagnostics.all().size();
  print(fmt::format("{}: ok{}\n{}", file.string(),
                    warnings == 0 ? "" : fmt::format(", with {}", counted(warnings, "warning")),
                    summary(*scenario)));
}

int run(const Options& options) {
  const std::filesystem::path file = options.words[0];
  LoadOptions load_options = options.load_options();
  load_options.evidence_warnings = true;
  Diagnostics diagnostics;
  std::optional<Scenario> scenario;
  if (holds_programs(file)) {  // all of them; the first stands for their world
    std::optional<Programs> programs = load_programs(file, load_options, diagnostics);
    if (programs) scenario = std::move(programs->programs.front());
  } else {
    scenario = load_scenario(file, load_options, diagnostics);
  }
  if (!options.quiet && options.format == Format::table) say_notes(diagnostics);
  if (options.format == Format::json) {
    print_json(scenario, diagnostics);
  } else {
    print_text(file, scenario, diagnostics);
  }
  if (!scenario) return kRefused;
  if (!options.quiet && options.format == Format::table) {
    say_line(fmt::format("next: partnersim {} {}", holds_programs(file) ? "compare" : "run",
                         shell_word(file)));
  }
  return kDone;
}

constexpr Opt kOptions[] = {Opt::set,         Opt::map,    Opt::months,
                            Opt::uncertainty, Opt::format, Opt::quiet};
constexpr Format kFormats[] = {Format::table, Format::json};

}  // namespace

extern constexpr Command kCheck{
    .name = "check",
    .group = "look",
    .words = "FILE",
    .least = 1,
    .most = 1,
    .meaning = "Every fault of a scenario at once, with its place",
    .examples =
        "partnersim check my-channel.yaml\n"
        "partnersim check my-channel.yaml --format json    for editors and scripts",
    .options = kOptions,
    .formats = kFormats,
    .run = run,
};

}  // namespace partnersim
