#include "report_output.hpp"

#include <fmt/format.h>

#include "common.hpp"
#include "experiments/compare.hpp"
#include "results/report.hpp"
#ifdef PARTNERSIM_REPORT
#include "page.hpp"
#endif

namespace partnersim {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

#ifndef PARTNERSIM_REPORT
std::string_view report_page_template() {
  throw Refusal(
      "this build has no report page: npm was missing when it was configured; install npm (Debian: "
      "nodejs and npm), then cmake -DPARTNERSIM_REPORT=ON and build again");
}
#endif

/// The command as a shell takes it; paths by their last part, so that the same result has the same
/// page wherever it lies.
std::string command_text(const std::vector<std::string>& argv) {
  std::string text;
  for (const std::string& word : argv) {
    const fs::path path(word);
    text += (text.empty() ? "" : " ") + shell_word(path.is_absolute() ? path.filename() : path);
  }
  return text;
}

Json read_summary(const fs::path& folder) {
  Json summary = Json::parse(read_file(folder / "summary.json"), nullptr, false);
  if (!summary.is_object()) throw ResultFault((folder / "summary.json").string() + " is damaged");
  return summary;
}

[[noreturn]] void refuse_unstarted(const fs::path& folder) {
  throw Refusal(fmt::format("no run of {} is done yet; to go on: partnersim resume {}",
                            folder.string(), shell_word(folder)));
}

JournalReader read_journal(const Side& side, bool running) {
  if (!running) return read_result(side.folder).journal;
  std::error_code ignored;
  if (!fs::exists(journal_path(side.folder), ignored)) refuse_unstarted(side.folder);
  return JournalReader(journal_path(side.folder));
}

ReportSource read_source(const Side& side) {
  const FolderNote note = read_note(side.folder);
  ReportSource source{.name = side.name,
                      .command = command_text(note.argv),
                      .summary = nullptr,
                      .journal = read_journal(side, note.running)};
  if (!note.running) source.summary = read_summary(side.folder);
  if (source.journal.count(RecordStatus::done) > 0) return source;
  if (note.running) refuse_unstarted(side.folder);
  throw Refusal(
      fmt::format("every run of {} failed; there is nothing to report", side.folder.string()));
}

ReportSource source_of(const Side& side) {
  const auto refuse = [&](const char* what) {
    throw Refusal(
        fmt::format("{}; to make it whole: partnersim resume {}, or run it again with "
                    "--force",
                    what, shell_word(side.folder)));
  };
  try {
    return read_source(side);
  } catch (const ResultFault& fault) {
    refuse(fault.what());
  } catch (const JournalFault& fault) {
    refuse(fault.what());
  }
  throw std::logic_error("not reached");
}

}  // namespace

bool has_report() {
#ifdef PARTNERSIM_REPORT
  return true;
#else
  return false;
#endif
}

void write_report(const std::vector<Side>& sides, const Json& judged, std::string_view language,
                  const fs::path& page) {
  const std::string_view empty_page = report_page_template();
  std::vector<ReportSource> sources;
  for (const Side& side : sides) {
    sources.push_back(source_of(side));
    if (sources.size() == 1) continue;
    const auto why =
        why_not_comparable(sources[0].journal.header(), sources.back().journal.header());
    if (!why) continue;
    throw Refusal(fmt::format("{} and {} do not belong into one report: {}",
                              sides[0].folder.string(), side.folder.string(), *why));
  }
  try {
    write_file_atomically(page, report_page(empty_page, report_json(sources, language, judged)));
  } catch (const NotComparable& fault) {
    throw Refusal(fault.what());
  }
}

}  // namespace partnersim
