// `new`: a commented scenario to start from, or one measured from the user's exports.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "base/text.hpp"
#include "command.hpp"
#include "common.hpp"
#include "ensemble/files.hpp"
#include "own_scenario.hpp"
#include "scenario/overlay.hpp"
#include "template.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongest = 64;
constexpr std::string_view kUsualCurrency = "EUR";
constexpr std::string_view kExtension = ".yaml";

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

/// The name without folder and extension.
std::string checked_name(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  if (name.ends_with(kExtension)) name.resize(name.size() - kExtension.size());
  const bool plain = std::all_of(name.begin(), name.end(), is_plain);
  if (name.empty() || name.size() > kLongest || !plain || name[0] == '-' || name[0] == '_') {
    throw Refusal(fmt::format(
        "{} cannot be the name of a scenario: up to {} letters a-z, digits, - and _, a letter or "
        "digit first",
        in_quotes(name), kLongest));
  }
  return name;
}

fs::path new_file(const fs::path& given) {
  fs::path path = given.parent_path() / (checked_name(given) + std::string(kExtension));
  if (fs::symlink_status(path).type() != fs::file_type::not_found) {
    throw Refusal(fmt::format("{} exists already and is not overwritten; choose another name",
                              path.string()));
  }
  return path;
}

/// An export that could be read, and what it tells of its form.
struct OpenExport {
  Csv csv;
  std::string currency;  // "": it names none
};

std::optional<OpenExport> open_export(const fs::path& path, std::span<const ColumnSpec> columns,
                                      std::span<const MappedColumn> map, Diagnostics& diagnostics) {
  const std::string name = path.generic_string();
  const Location whole{diagnostics.add_source(name, std::string()), 0, 0, 1};
  auto text = read_file(path, kMaxCsvBytes, whole, diagnostics);
  if (!text) return std::nullopt;
  auto csv = parse_csv(std::move(*text), name, diagnostics);
  if (!csv) return std::nullopt;
  Diagnostics unsaid;
  const Export found(*csv, columns, map, "", unsaid);
  std::string currency = found.named_currency().value_or("");
  return OpenExport{std::move(*csv), std::move(currency)};
}

std::vector<MappedColumn> read_maps(const Options& options, Diagnostics& diagnostics) {
  std::vector<MappedColumn> maps;
  for (const std::string& text : options.maps) {
    const Location place{diagnostics.add_source("--map", text), 1, 1, 1};
    auto mapped = read_mapped(text, place, diagnostics);
    if (!mapped) continue;
    check_mapped(*mapped, {kPartnerColumns, kDealColumns}, diagnostics);
    maps.push_back(std::move(*mapped));
  }
  return maps;
}

std::vector<MappedColumn> of_partners(const std::vector<MappedColumn>& maps) {
  std::vector<MappedColumn> result;
  for (const MappedColumn& mapped : maps) {
    if (std::ranges::find(kPartnerColumns, mapped.to, &ColumnSpec::name) != kPartnerColumns.end()) {
      result.push_back(mapped);
    }
  }
  return result;
}

Day today() {
  return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

/// Nothing is written where a file cannot be used; why is on stderr.
int refuse(const Diagnostics& diagnostics) {
  say(diagnostics.render(terminal().color_err));
  say_line(fmt::format("{} in your files; nothing is written",
                       counted(diagnostics.error_count(), "error")));
  return kRefused;
}

/// What the exports tell; nullopt with everything that is wrong in `diagnostics`.
std::optional<History> read_history(const Options& options, const std::vector<MappedColumn>& maps,
                                    OwnFiles& files, Diagnostics& diagnostics) {
  auto partners = open_export(options.partners, kPartnerColumns, maps, diagnostics);
  std::optional<OpenExport> deals;
  if (!options.deals.empty()) {
    deals = open_export(options.deals, kDealColumns, maps, diagnostics);
  }
  if (diagnostics.has_errors()) return std::nullopt;
  files.currency = partners->currency;
  if (files.currency.empty() && deals) files.currency = deals->currency;
  files.currency_is_named = !files.currency.empty();
  if (!files.currency_is_named) files.currency = kUsualCurrency;
  History history;
  // Rows with faults are told when the scenario that names the file is loaded.
  Diagnostics of_columns;
  Export partner_columns(partners->csv, kPartnerColumns, maps, files.currency, of_columns);
  if (!partner_columns.complete()) {
    // Once more, to say what is missing.
    const Export told(partners->csv, kPartnerColumns, maps, files.currency, diagnostics);
  } else {
    history.partners = past_partners(partner_columns, diagnostics);
  }
  if (deals) {
    Export deal_columns(deals->csv, kDealColumns, maps, files.currency, diagnostics);
    diagnostics.note(deal_columns.detected());
    if (deal_columns.complete()) {
      history.deals = past_deals(deal_columns, history.partners, today(), diagnostics);
    }
  }
  if (diagnostics.has_errors()) return std::nullopt;
  history.until = last_day(history.deals).value_or(today());
  return history;
}

/// What the first year of the scenario is to show.
Wanted wanted_of(const Measured& measured) {
  const auto wanted = [](const BySegment& found, const MeasureRow& what) {
    return is_measured(found.all, what) ? std::optional(found.all.value) : std::nullopt;
  };
  return {.win_rate = wanted(measured.win_rate, measure::kWinRate),
          .leaving = wanted(measured.exits, measure::kExits),
          .registered = wanted(measured.registered, measure::kRegistered)};
}

int write_own(const Options& options, const fs::path& path) {
  Diagnostics diagnostics;
  const std::vector<MappedColumn> maps = read_maps(options, diagnostics);
  const std::vector<MappedColumn> partner_maps = of_partners(maps);
  const fs::path folder = fs::absolute(path).lexically_normal().parent_path();
  OwnFiles files{.title = path.stem().string(),
                 .partners = fs::absolute(options.partners)
                                 .lexically_normal()
                                 .lexically_relative(folder)
                                 .generic_string(),
                 .deals = options.deals.filename().string(),
                 .map = partner_maps,
                 .currency = {}};
  const auto history = read_history(options, maps, files, diagnostics);
  if (!history) return refuse(diagnostics);
  const Measured measured = measure_history(*history);
  write_file_atomically(path, own_scenario(files, *history, measured, {}));
  const auto scenario = load_scenario(path, LoadOptions{}, diagnostics);
  if (!scenario) {
    fs::remove(path);
    return refuse(diagnostics);
  }
  const Offsets offsets = fit_first_year(*scenario, wanted_of(measured), options.seed);
  write_file_atomically(path, own_scenario(files, *history, measured, offsets));
  if (!options.quiet) {
    say_notes(diagnostics);
    say(diagnostics.render(terminal().color_err));
  }
  print(
      fmt::format("{} is written\n\n{}\nTen inputs matter most and still rest on our assumptions\n"
                  "{}\nnext: partnersim run {}\n",
                  path.string(), measured_text(measured, files.currency), questions_text("  "),
                  shell_word(path)));
  return kDone;
}

int run(const Options& options) {
  const fs::path path = new_file(options.words[0]);
  if (!options.partners.empty()) return write_own(options, path);
  if (!options.deals.empty()) {
    throw Refusal("--deals goes with --partners: deals are measured by the partners' segments");
  }
  if (!options.maps.empty()) throw Refusal("--map goes with --partners");
  write_file_atomically(path, scenario_template(path.stem().string()));
  print(fmt::format("{} is written; next: partnersim run {}\n", path.string(), shell_word(path)));
  return kDone;
}

constexpr Opt kOptions[] = {Opt::partners, Opt::deals, Opt::map, Opt::quiet};

}  // namespace

extern constexpr Command kNew{
    .name = "new",
    .group = "look",
    .words = "NAME",
    .least = 1,
    .most = 1,
    .meaning = "Writes NAME.yaml, a commented scenario to start from",
    .examples =
        "partnersim new my-channel\n"
        "partnersim new my-channel --partners Partner.csv --deals Deals.csv",
    .options = kOptions,
    .formats = {},
    .run = run,
    .more =
        "With your own exports (CSV, as Excel or a CRM saves it, headers in English or German)\n"
        "win rate, sales cycle, deal size, registration, season and exits are measured and "
        "written\n"
        "with their number of cases and interval; what is missing is named.",
};

}  // namespace partnersim
