// `report`: result folders as one page to read and to forward.
#include <fmt/format.h>

#include "command.hpp"
#include "common.hpp"
#include "report_output.hpp"
#include "results/report.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;

int run(const Options& options) {
  std::vector<Side> sides;
  for (const std::string& word : options.words) {
    sides.push_back({.name = read_note(word).name, .folder = word, .job = std::nullopt});
  }
  tell_apart(sides);
  const fs::path page = options.page.empty() ? sides[0].folder / kReportFile : options.page;
  write_report(sides, nullptr, options.language, page);
  print(page.string() + "\n");
  return kDone;
}

constexpr Opt kOptions[] = {Opt::page, Opt::language};

}  // namespace

extern constexpr Command kReport{
    .name = "report",
#ifdef PARTNERSIM_REPORT
    .group = "decide",
#else
    .group = "",  // not in the help
#endif
    .words = "RESULT...",
    .least = 1,
    .most = kAnyNumber,
    .meaning = "One page of a result, or of several against the first; it needs no network",
    .examples =
        "partnersim report results/my-channel-1a2b3c4d\n"
        "partnersim report results/as-is results/cheaper --out programs.html\n"
        "partnersim report results/my-channel-1a2b3c4d --language de --out bericht.html",
    .options = kOptions,
    .formats = {},
    .run = run,
    .more =
        "Nothing is simulated. A batch that was interrupted gives a page too, which says so. The\n"
        "same results give the same bytes.",
};

}  // namespace partnersim
