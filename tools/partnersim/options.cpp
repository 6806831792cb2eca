#include "options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/text.hpp"
#include "common.hpp"
#include "experiments/targets.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

constexpr std::uint64_t kMostReplications = 1'000'000;
constexpr std::uint64_t kMostSamples = 65'536;
constexpr int kMostThreads = 1024, kMostMonths = 600;
constexpr std::uint64_t kMostSeed = std::numeric_limits<std::int64_t>::max();
constexpr double kFinest = 1e-4, kCoarsest = 0.5;

std::uint64_t whole(std::string_view name, std::string_view value, std::uint64_t lo,
                    std::uint64_t hi) {
  std::uint64_t number = 0;
  const char* end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, number);
  if (error != std::errc() || stop != end || number < lo || number > hi) {
    throw Refusal(fmt::format("{} must be a whole number from {} to {}, not {}", name, grouped(lo),
                              grouped(hi), in_quotes(value)));
  }
  return number;
}

double precision(std::string_view name, std::string_view value) {
  Fault ignored;
  const std::optional<double> share = read_number(value, Unit::share, "", ignored);
  if (!share || !(*share >= kFinest && *share <= kCoarsest)) {
    throw Refusal(fmt::format("{} must be a share from 0.01% to 50% such as 1%, not {}", name,
                              in_quotes(value)));
  }
  return *share;
}

/// One of a few words.
template <class T, std::size_t N>
T one_of(std::string_view name, std::string_view value,
         const std::pair<std::string_view, T> (&choices)[N]) {
  std::vector<std::string> names;
  for (const auto& [word, choice] : choices) {
    if (word == value) return choice;
    names.emplace_back(word);
  }
  const std::string near = nearest(value, names);
  throw Refusal(fmt::format("{} must be {}, not {}{}", name, fmt::join(names, " or "),
                            in_quotes(value),
                            near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

constexpr std::pair<std::string_view, Format> kFormats[] = {
    {"table", Format::table}, {"json", Format::json}, {"csv", Format::csv}};
constexpr std::pair<std::string_view, Uncertainty> kUncertainties[] = {
    {"evidence", Uncertainty::evidence},
    {"stated", Uncertainty::stated},
    {"none", Uncertainty::none}};
constexpr std::pair<std::string_view, std::string_view> kLanguages[] = {
    {"en", "en"}, {"de", "de"}, {"de-CH", "de-CH"}};

constexpr std::pair<std::string_view, By> kBys[] = {{"levers", By::levers},
                                                    {"mechanisms", By::mechanisms}};

constexpr std::pair<std::string_view, Method> kMethods[] = {
    {"tornado", Method::tornado}, {"morris", Method::morris}, {"sobol", Method::sobol}};

using View = std::string_view;

constexpr OptionRow kRows[] = {
    {Opt::set, "--set", "KEY=VALUE", "change one value, such as us.rebate=6%; may be repeated",
     true, [](View, View value, Options& o) { o.sets.emplace_back(value); }},
    {Opt::change, "--change", "KEY=VALUE",
     "one more change, such as 'us.rebate=+2 points', as `whatif` makes it; may be repeated", true,
     [](View, View value, Options& o) { o.changes.emplace_back(value); }},
    {Opt::from, "--from", "WHEN",
     "month, quarter or fiscal year in which the change begins (default the first month)", false,
     [](View, View value, Options& o) { o.from = value; }},
    {Opt::to, "--to", "WHEN", "the last one in which it holds (default for good)", false,
     [](View, View value, Options& o) { o.to = value; }},
    {Opt::save, "--save", "NAME.yaml", "write the what-if as a scenario of its own", false,
     [](View, View value, Options& o) { o.save = value; }},
    {Opt::program, "--program", "NAME", "which program of a file of several", false,
     [](View, View value, Options& o) { o.program = value; }},
    {Opt::partners, "--partners", "FILE.csv", "your partners, as your CRM or Excel exports them",
     false, [](View, View value, Options& o) { o.partners = value; }},
    {Opt::deals, "--deals", "FILE.csv",
     "your deals, to measure from: partner, opened, closed, outcome, amount, registered, offer",
     false, [](View, View value, Options& o) { o.deals = value; }},
    {Opt::map, "--map", "'X=COLUMN'",
     "which column of an export is which of ours, such as 'Umsatz=revenue_12m'; may be repeated",
     true, [](View, View value, Options& o) { o.maps.emplace_back(value); }},
    {Opt::by, "--by", "WHAT",
     "parts: levers, the lines that changed (default), or mechanisms, what then happens otherwise",
     false, [](View name, View value, Options& o) { o.by = one_of(name, value, kBys); }},
    {Opt::method, "--method", "HOW",
     "tornado, each input at both ends (default), morris, effects at many places, or sobol, shares "
     "of the variance",
     false, [](View name, View value, Options& o) { o.method = one_of(name, value, kMethods); }},
    {Opt::samples, "--samples", "N", "trajectories of morris (default 10), rows of sobol (256)",
     false,
     [](View name, View value, Options& o) { o.samples = whole(name, value, 2, kMostSamples); }},
    {Opt::futures, "--futures", "N", "simulated futures at each point (default 8)", false,
     [](View name, View value, Options& o) { o.futures = whole(name, value, 2, kMostSamples); }},
    {Opt::months, "--months", "N", "length of the run in months, instead of the scenario's", false,
     [](View name, View value, Options& o) {
       o.months = static_cast<int>(whole(name, value, 1, kMostMonths));
     }},
    {Opt::replications, "--replications", "N", "simulated futures (default 200)", false,
     [](View name, View value, Options& o) {
       o.replications = whole(name, value, 1, kMostReplications);
     }},
    {Opt::precision, "--precision", "SHARE",
     "until the mean, or in a comparison the difference, is known to within 1% (say) of the mean",
     false, [](View name, View value, Options& o) { o.precision = precision(name, value); }},
    {Opt::assertion, "--assert", "TEXT",
     "for scripts: 'net_channel_revenue FY28 > +2% @ 95%' must hold; may be repeated", true,
     [](View, View value, Options& o) { o.assertions.emplace_back(value); }},
    {Opt::seed, "--seed", "N", "which luck (default 1); the same seed gives the same bits", false,
     [](View name, View value, Options& o) { o.seed = whole(name, value, 0, kMostSeed); }},
    {Opt::threads, "--threads", "N", "at once (default all cores); no result depends on it", false,
     [](View name, View value, Options& o) {
       o.threads = static_cast<int>(whole(name, value, 1, kMostThreads));
     }},
    {Opt::uncertainty, "--uncertainty", "WHICH",
     "drawn is what nobody typed too (evidence), only what the file says (stated), or none", false,
     [](View name, View value, Options& o) {
       o.uncertainty = one_of(name, value, kUncertainties);
     }},
    {Opt::check, "--check", "", "checked runs: slower, any mistake of the model stops the run",
     false, [](View, View, Options& o) { o.check = true; }},
    {Opt::trace_partner, "--trace-partner", "ID",
     "print the months of one partner in one simulated future instead; writes nothing", false,
     [](View, View value, Options& o) { o.trace_partner = value; }},
    {Opt::replication, "--replication", "R", "which future to trace (default 0)", false,
     [](View name, View value, Options& o) {
       o.replication = whole(name, value, 0, kMostReplications - 1);
     }},
    {Opt::out, "--out", "DIR",
     "result folder (default results/<name>-<8 digits>; of a comparison: none)", false,
     [](View, View value, Options& o) { o.out = value; }},
    {Opt::force, "--force", "", "replace the result that is in the folder", false,
     [](View, View, Options& o) { o.force = true; }},
    {Opt::format, "--format", "FORMAT", "", false,
     [](View name, View value, Options& o) { o.format = one_of(name, value, kFormats); }},
    {Opt::export_file, "--export", "FILE", "write the links: FILE.csv or FILE.graphml", false,
     [](View, View value, Options& o) { o.export_file = value; }},
    {Opt::page, "--out", "FILE.html", "the page (default report.html in the first result)", false,
     [](View name, View value, Options& o) {
       o.page = value;
       if (o.page.extension() == ".html") return;
       throw Refusal(fmt::format("{} must be a file .html, not {}", name, in_quotes(value)));
     }},
    {Opt::language, "--language", "WHICH", "en, de or de-CH (default en)", false,
     [](View name, View value, Options& o) { o.language = one_of(name, value, kLanguages); }},
    {Opt::no_report, "--no-report", "", "write no page (see partnersim help report)", false,
     [](View, View, Options& o) { o.no_report = true; }},
    {Opt::markdown, "--markdown", "", "the whole reference as Markdown", false,
     [](View, View, Options& o) { o.markdown = true; }},
    {Opt::evidence, "--evidence", "", "how well each default is founded, the weakest first", false,
     [](View, View, Options& o) { o.evidence = true; }},
    {Opt::dry_run, "--dry-run", "", "tell runs, time, memory and disk; run nothing", false,
     [](View, View, Options& o) { o.dry_run = true; }},
    {Opt::quiet, "--quiet", "", "no messages but errors", false,
     [](View, View, Options& o) { o.quiet = true; }},
    {Opt::no_progress, "--no-progress", "", "no progress", false,
     [](View, View, Options& o) { o.no_progress = true; }},
};

}  // namespace

const OptionRow& row_of(Opt option) {
  return *std::find_if(std::begin(kRows), std::end(kRows),
                       [&](const OptionRow& row) { return row.option == option; });
}

std::string_view format_name(Format format) {
  return std::find_if(std::begin(kFormats), std::end(kFormats),
                      [&](const auto& pair) { return pair.second == format; })
      ->first;
}

LoadOptions Options::load_options() const {
  LoadOptions result;
  result.sets = sets;
  result.maps = maps;
  result.months = months;
  result.uncertainty = uncertainty;
  result.seed = seed;
  result.check_targets = check_targets;
  if (!changes.empty()) result.what_if = WhatIf{changes, from, to, "what-if"};
  return result;
}

}  // namespace partnersim
