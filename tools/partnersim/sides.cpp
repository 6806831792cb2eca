#include "sides.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.hpp"
#include "common.hpp"
#include "report_output.hpp"
#include "results/compare_table.hpp"
#include "results/csv_text.hpp"
#include "results/json_text.hpp"
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
  for (const Compared& one : all) list.push_back(comparison_json(one.comparison, one.names));
  if (judged.empty()) return json_text(list.size() == 1 ? list[0] : list);
  return json_text({{"programs", as_json(judged)}, {"comparisons", std::move(list)}});
}

/// Beside the folder of the last side that was made; nullopt where all were there before.
std::optional<fs::path> page_of(const std::vector<Side>& sides) {
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
    text += comparison_text(one.comparison, one.names, terminal().width);
  }
  return text;
}

/// All against the first.
std::vector<Compared> compare_all(const std::vector<Side>& sides, int& status) {
  const JournalReader base(journal_path(sides[0].folder));
  status = report_failures(base);
  std::vector<Compared> all;
  for (std::size_t k = 1; k < sides.size(); ++k) {
    const JournalReader other(journal_path(sides[k].folder));
    status = std::max(status, report_failures(other));
    try {
      all.push_back({{sides[0].name, sides[k].name}, compare(base, other)});
    } catch (const NotComparable& fault) {
      throw Refusal(fmt::format("{} and {} cannot be compared: {}", sides[0].folder.string(),
                                sides[k].folder.string(), fault.what()));
    }
  }
  return all;
}

int run_sides(const std::vector<Side>& sides, const Options& options) {
  for (const Side& side : sides) {
    if (!side.job) continue;
    if (const int status = ensure_result(*side.job, options); status != kDone) return status;
  }
  return kDone;
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

int compare_sides(const std::vector<Side>& sides, const Wishes& wishes, const Options& options) {
  if (const int status = run_sides(sides, options); status != kDone) return status;
  int status = kDone;
  const std::vector<Compared> all = compare_all(sides, status);
  const std::vector<Judged> judged = judge(sides, wishes);
  print(options.format == Format::json  ? as_json(all, judged)
        : options.format == Format::csv ? as_csv(all)
                                        : as_text(all, judged));
  const std::optional<fs::path> page = page_of(sides);
  if (page && has_report() && !options.no_report) {
    write_report(sides, as_json(judged), options.language, *page);
    if (!options.quiet) say_line(fmt::format("to read and to forward: {}", page->string()));
  }
  return status;
}

}  // namespace partnersim
