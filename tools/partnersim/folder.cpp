#include "folder.hpp"

#include <fmt/format.h>

#include <cerrno>

#include "base/hash.hpp"
#include "common.hpp"
#include "ensemble/files.hpp"
#include "results/json_text.hpp"
#include "results/report.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr const char* kManifest = "manifest.json";
constexpr std::string_view kJournalMagic = "PSJRNL\r\n";
constexpr std::string_view kFiles[] = {"forecast.csv", "runs.csv", "summary.json", "resolved.yaml",
                                       kReportFile};

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// Left over by write_file_atomically when the program was killed.
bool is_leftover(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with('.') && name.find(".part") != std::string::npos;
}

bool holds_nothing(const fs::path& folder) {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (!is_leftover(entry.path())) return false;
  }
  return true;
}

/// null where there is none, or it is not ours.
Json manifest_of(const fs::path& folder) {
  const fs::path path = folder / kManifest;
  if (!is_there(path)) return nullptr;
  Json json = Json::parse(read_file(path), nullptr, false);
  const bool ours = json.is_object() && json.contains("execution") &&
                    json.value("program", Json()) == "partnersim";
  return ours ? json : Json(nullptr);
}

bool is_running(const Json& manifest) {
  return manifest.is_object() && manifest.contains("status") && manifest["status"] != "done";
}

bool has_journal(const fs::path& folder) {
  const fs::path path = journal_path(folder);
  if (!is_there(path)) return false;
  std::string magic(kJournalMagic.size(), '\0');
  const File file(path, File::Mode::read);
  return file.read(0, magic.data(), magic.size()) == magic.size() && magic == kJournalMagic;
}

bool files_are_whole(const fs::path& folder) {
  try {
    read_result(folder);
    return true;
  } catch (const ResultFault&) {
    return false;  // they are made again from the journal
  }
}

Finding compare_journal(const fs::path& folder, const JournalHeader& header) {
  try {
    const JournalReader journal(journal_path(folder));
    std::string why = difference(journal.header(), header);
    if (!why.empty()) return {Found::other, std::move(why)};
    const bool finished = journal.complete() && !is_running(manifest_of(folder));
    return {finished && files_are_whole(folder) ? Found::finished : Found::unfinished, {}};
  } catch (const JournalFault& fault) {
    return {Found::other, "its journal cannot be used"};
  }
}

std::string text_of(const Json& json, const char* key) {
  return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : "";
}

}  // namespace

std::string absolute_text(const fs::path& path) {
  return fs::absolute(path).lexically_normal().string();
}

Finding look_into(const fs::path& folder, const JournalHeader& header) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (status.type() == fs::file_type::not_found) return {};
  if (error) throw FileError("cannot use", folder, error.value());
  if (!fs::is_directory(status)) throw FileError("cannot create", folder, ENOTDIR);
  if (holds_nothing(folder)) return {};
  if (has_journal(folder)) return compare_journal(folder, header);
  const Json manifest = manifest_of(folder);
  if (is_running(manifest)) return {};  // it ended before its first run
  if (manifest.is_object()) return {Found::other, "its journal is missing"};
  return {Found::foreign, {}};
}

void clear_result(const fs::path& folder) {
  // The manifest last: until then the folder is known as a result.
  for (const std::string_view name : kFiles) fs::remove(folder / name);
  fs::remove(journal_path(folder));
  std::error_code ignored;
  fs::remove(journal_path(folder).parent_path(), ignored);  // where nothing else is in it
  fs::remove(folder / kManifest);
}

void write_running_note(const fs::path& folder, const Scenario& scenario, const Identity& identity,
                        const RunningNote& note) {
  Json inputs = Json::array();
  for (const InputFile& input : note.inputs) {
    inputs.push_back({{"path", input.path.string()}, {"hash", hex(input.hash)}});
  }
  const Json json{{"schema", kResultSchema},
                  {"program", "partnersim"},
                  {"status", note.status},
                  {"name", scenario.name},
                  {"version", PARTNERSIM_VERSION},
                  {"identity", identity_json(identity)},
                  {"inputs", inputs},
                  {"execution", {{"argv", note.argv}}}};
  write_file_atomically(folder / kManifest, json_text(json));
}

FolderNote read_note(const fs::path& folder) {
  if (!is_there(folder)) throw Refusal(fmt::format("there is no folder {}", folder.string()));
  const Json manifest = manifest_of(folder);
  if (manifest.is_null()) throw Refusal(fmt::format("{} is no result folder", folder.string()));
  FolderNote note;
  note.running = is_running(manifest);
  note.name = text_of(manifest, "name");
  if (note.running && manifest.contains("inputs") && manifest["inputs"].is_array()) {
    for (const Json& input : manifest["inputs"]) {
      note.inputs.emplace_back(text_of(input, "path"), text_of(input, "hash"));
    }
  }
  const Json& execution = manifest["execution"];
  if (execution.is_object() && execution.contains("argv") && execution["argv"].is_array()) {
    for (const Json& word : execution["argv"]) {
      if (word.is_string()) note.argv.push_back(word.get<std::string>());
    }
  }
  return note;
}

}  // namespace partnersim
