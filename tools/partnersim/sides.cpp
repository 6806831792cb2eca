#include "sides.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.hpp"
#include "common.hpp"
#include "ensemble/files.hpp"
#include "experiments/assertion.hpp"
#include "experiments/incomes.hpp"
#include "precision.hpp"
#include "report_output.hpp"
#include "results/assertion_table.hpp"
#include "results/compare_table.hpp"
#include "results/csv_text.hpp"
#include "results/incomes_table.hpp"
#include "results/json_text.hpp"
#include "results/report.hpp"
#include "results/target_table.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Whether a program keeps its budget and reaches its goal.
struct Judged {
  std::string program;
  std::vector<TargetResult> budget;
  std::optional<TargetResult> goal;
  double asked = 0;
};

struct Compared {
  ComparedNames names;
  Comparison comparison;
  std::vector<AssertionResult> assertions;
  std::vector<IncomeChange> incomes;  // with --out
};

/// The same rows for each alternative, told apart by a first column.
std::string as_csv(const std::vector<Compared>& all) {
  if (all.size() == 1) return comparison_csv(all[0].comparison);
  std::string text;
  for (const Compared& one : all) {
    std::string rest = comparison_csv(one.comparison);
    bool heading = true;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
      const std::string line = rest.substr(0, end + 1);
      rest.erase(0, end + 1);
      if (!heading) {
        text += csv_text(one.names.b) + "," + line;
      } else if (text.empty()) {
        text += "alternative," + line;
      }
      heading = false;
    }
  }
  return text;
}

/// null where nothing is wished.
Json as_json(const std::vector<Judged>& judged) {
  if (judged.empty()) return nullptr;
  Json programs = Json::array();
  for (const Judged& one : judged) {
    Json json{{"name", one.program}, {"budget", targets_json(one.budget)}};
    if (one.goal) {
      json["goal"] = targets_json({&*one.goal, 1})[0];
      json["goal"]["asked"] = one.asked;
    }
    programs.push_back(std::move(json));
  }
  return programs;
}

std::string as_json(const std::vector<Compared>& all, const std::vector<Judged>& judged) {
  Json list = Json::array();
  for (const Compared& one : all) {
    Json json = comparison_json(one.comparison, one.names);
    if (!one.incomes.empty()) {
      json["incomes"] = incomes_json(one.incomes, one.comparison.currency);
    }
    if (!one.assertions.empty()) json["assertions"] = assertions_json(one.assertions);
    list.push_back(std::move(json));
  }
  if (judged.empty()) return json_text(list.size() == 1 ? list[0] : list);
  return json_text({{"programs", as_json(judged)}, {"comparisons", std::move(list)}});
}

/// In the folder of the comparison; without one beside the folder of the last side that was made,
/// nullopt where all were there before.
std::optional<fs::path> page_of(const std::vector<Side>& sides, const fs::path& folder) {
  if (!folder.empty()) return folder / kReportFile;
  std::optional<fs::path> beside;
  Hasher hasher;
  for (const Side& side : sides) {
    if (side.job) beside = side.folder.parent_path();
    hasher.add(combined_hash(JournalReader(journal_path(side.folder)).header().identity));
  }
  if (beside) *beside /= fmt::format("compare-{}.html", hex(hasher.value()).substr(0, 8));
  return beside;
}

std::string as_text(const std::vector<Compared>& all, const std::vector<Judged>& judged) {
  std::string text;
  for (const Judged& one : judged) {
    const std::string& currency = all[0].comparison.currency;
    for (const TargetResult& budget : one.budget) {
      text += wrapped(budget_sentence(one.program, budget, currency), terminal().width) + "\n";
    }
    if (one.goal) {
      text += wrapped(goal_sentence(one.program, *one.goal, one.asked), terminal().width) + "\n";
    }
  }
  for (const Compared& one : all) {
    if (!text.empty()) text += "\n";
    for (const AssertionResult& result : one.assertions) {
      text += wrapped(assertion_sentence(one.comparison, result, one.names), terminal().width);
      text += "\n";
    }
    text += comparison_text(one.comparison, one.names, terminal().width);
    if (one.incomes.empty()) continue;
    text += "\n" + wrapped(incomes_sentence(one.incomes, one.names.b), terminal().width) + "\n\n";
    text += as_text(incomes_table(one.incomes, one.comparison.currency), terminal().width);
  }
  return text;
}

/// All against the first.
std::vector<Compared> compare_results(const std::vector<Side>& sides,
                                      std::span<const Assertion> assertions,
                                      std::optional<double> precision, int& status) {
  std::vector<JournalReader> journals;
  for (const Side& side : sides) {
    journals.emplace_back(journal_path(side.folder));
    status = std::max(status, report_failures(journals.back()));
  }
  std::vector<const JournalReader*> alternatives;
  for (std::size_t k = 1; k < sides.size(); ++k) alternatives.push_back(&journals[k]);
  std::vector<Compared> all;
  try {
    for (Comparison& one : compare_all(journals[0], alternatives)) {
      const std::size_t k = all.size() + 1;
      one.precision = precision;
      all.push_back({{sides[0].name, sides[k].name}, std::move(one), {}, {}});
      for (const Assertion& assertion : assertions) {
        all.back().assertions.push_back(assess(journals[0], journals[k], assertion));
        if (!all.back().assertions.back().holds) status = std::max<int>(status, kSomeFailed);
      }
    }
  } catch (const NotComparable& fault) {
    throw Refusal(fault.what());
  }
  return all;
}

JournalHeader header_of(const Side& side) {
  return side.job ? side.job->header() : JournalReader(journal_path(side.folder)).header();
}

/// Before anything runs; nullopt where there are faults, which are on stderr.
std::optional<std::vector<Assertion>> read_assertions(const Side& base, const Options& options) {
  std::vector<Assertion> assertions;
  if (options.assertions.empty()) return assertions;
  Diagnostics diagnostics;
  const World outline = header_of(base).outline;
  for (const std::string& text : options.assertions) {
    if (auto one = read_assertion(text, outline, diagnostics))
      assertions.push_back(std::move(*one));
  }
  say(diagnostics.render(terminal().color_err));
  if (diagnostics.has_errors()) return std::nullopt;
  return assertions;
}

/// Before anything runs. Throws Refusal.
void check_comparable(const std::vector<Side>& sides) {
  const auto place_of = [](const Side& side) {
    return (side.job ? side.job->file : side.folder).string();
  };
  const JournalHeader base = header_of(sides[0]);
  for (std::size_t k = 1; k < sides.size(); ++k) {
    if (const auto why = why_not_comparable(base, header_of(sides[k]))) {
      throw Refusal(fmt::format("{} and {} cannot be compared: {}; nothing was run",
                                place_of(sides[0]), place_of(sides[k]), *why));
    }
  }
}

int run_sides(const std::vector<Side>& sides, const Options& options) {
  for (const Side& side : sides) {
    if (!side.job) continue;
    if (const int status = ensure_result(*side.job, options); status != kDone) return status;
  }
  return kDone;
}

/// Where --out goes, before anything runs. Throws Refusal.
void check_folder(const std::vector<Side>& sides, const Options& options) {
  for (const Side& side : sides) {
    if (side.job) continue;
    throw Refusal(
        fmt::format("--out needs scenario files; {} is a result, which does not hold its partners",
                    side.folder.string()));
  }
  std::error_code ignored;
  if (!options.force && fs::exists(options.out, ignored) && !fs::is_empty(options.out, ignored)) {
    throw Refusal(fmt::format("{} is not empty; choose another --out, or --force writes into it",
                              options.out.string()));
  }
}

void add_incomes(const std::vector<Side>& sides, const Options& options,
                 std::vector<Compared>& all) {
  const JournalReader base(journal_path(sides[0].folder));
  for (std::size_t k = 1; k < sides.size(); ++k) {
    const JournalReader other(journal_path(sides[k].folder));
    all[k - 1].incomes =
        income_changes(sides[0].job->scenario, sides[k].job->scenario, base.header().plan.seed,
                       Pairs(base, other).triples(), options.threads);
  }
}

void write_folder(const fs::path& folder, const std::vector<Compared>& all,
                  const std::vector<Judged>& judged) {
  std::string losers = losers_csv_header();
  for (const Compared& one : all) losers += losers_csv(one.incomes, one.names.b);
  make_folder(folder);
  write_file_atomically(folder / "comparison.csv", as_csv(all));
  write_file_atomically(folder / "comparison.json", as_json(all, judged));
  write_file_atomically(folder / "losers.csv", losers);
}

std::vector<Judged> judge(const std::vector<Side>& sides, const Wishes& wishes) {
  std::vector<Judged> judged;
  if (wishes.budget.empty() && !wishes.goal) return judged;
  for (const Side& side : sides) {
    const JournalReader journal(journal_path(side.folder));
    Judged one{
        .program = side.name, .budget = assess_all(journal, wishes.budget), .goal = std::nullopt};
    if (wishes.goal) {
      one.goal = assess(journal, *wishes.goal);
      one.asked = wishes.goal->share;
    }
    judged.push_back(std::move(one));
  }
  return judged;
}

}  // namespace

Side side_of(Job job) {
  Side side{.name = job.scenario.name, .folder = job.folder, .job = std::nullopt};
  side.job = std::move(job);
  return side;
}

void tell_apart(std::vector<Side>& sides) {
  for (const Side& one : sides) {
    const auto alike = [&](const Side& other) { return other.name == one.name; };
    if (std::count_if(sides.begin(), sides.end(), alike) < 2) continue;
    for (Side& side : sides) {
      const fs::path folder = side.folder.lexically_normal();
      side.name = (folder.has_filename() ? folder : folder.parent_path()).filename().string();
    }
    return;
  }
}

Options side_options(Options options) {
  options.out.clear();
  return options;
}

int compare_sides(std::vector<Side> sides, const Wishes& wishes, const Options& options) {
  check_comparable(sides);
  if (!options.out.empty()) check_folder(sides, options);
  const auto assertions = read_assertions(sides[0], options);
  if (!assertions) return kRefused;
  int status = options.precision ? run_to_precision(sides, side_options(options))
                                 : run_sides(sides, side_options(options));
  if (status != kDone) return status;
  std::vector<Compared> all = compare_results(sides, *assertions, options.precision, status);
  if (!options.out.empty()) add_incomes(sides, options, all);
  const std::vector<Judged> judged = judge(sides, wishes);
  if (!options.out.empty()) write_folder(options.out, all, judged);
  print(options.format == Format::json  ? as_json(all, judged)
        : options.format == Format::csv ? as_csv(all)
                                        : as_text(all, judged));
  const std::optional<fs::path> page = page_of(sides, options.out);
  if (page && has_report() && !options.no_report) {
    write_report(sides, as_json(judged), options.language, *page);
    if (!options.quiet) say_line(fmt::format("to read and to forward: {}", page->string()));
  }
  return status;
}

}  // namespace partnersim
