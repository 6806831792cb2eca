// Writing a result folder, and reading its manifest back.
#include "results/result_folder.hpp"

#include <optional>

#include "base/hash.hpp"
#include "results/json_text.hpp"

#ifndef PARTNERSIM_VERSION
#define PARTNERSIM_VERSION "unknown"
#endif

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kManifest = "manifest.json";

std::uint64_t hash_of_bytes(std::string_view bytes) {
  Hasher hasher;
  hasher.add(bytes);
  return hasher.value();
}

Json execution_json(const Scenario& scenario, const Execution& execution) {
  Json json;
  json["argv"] = execution.argv;
  json["started"] = execution.started;
  json["finished"] = execution.finished;
  json["host"] = execution.host;
  json["threads"] = execution.threads;
  json["seconds"] = execution.seconds;
  json["inputs"] = Json::array();
  for (const InputFile& input : scenario.inputs) json["inputs"].push_back(input.path.string());
  return json;
}

std::optional<std::uint64_t> from_hex(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (text.size() != 16) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == kDigits.npos) return std::nullopt;
    value = value << 4 | digit;
  }
  return value;
}

/// What a manifest says; throws Json::exception or nothing but ResultFault.
struct Manifest {
  std::string name, version;
  Identity identity;
  std::vector<ResultFile> files;
};

Manifest parse_manifest(const std::string& text, const std::string& path) {
  const Json json = Json::parse(text);
  const int schema = json.at("schema").get<int>();
  if (schema != kResultSchema) {
    throw ResultFault(path + " was written by another version of partnersim (schema " +
                      std::to_string(schema) + "; this program reads " +
                      std::to_string(kResultSchema) + ")");
  }
  Manifest manifest;
  manifest.name = json.at("name");
  manifest.version = json.at("version");
  const Json& identity = json.at("identity");
  manifest.identity = {.world = identity.at("world"),
                       .parameters = identity.at("parameters"),
                       .plan = identity.at("plan"),
                       .engine = identity.at("engine")};
  for (const Json& file : json.at("files")) {
    const std::string name = file.at("name");
    const auto hash = from_hex(file.at("hash").get<std::string>());
    const bool plain = !name.empty() && std::filesystem::path(name).filename() == name;
    if (!hash || !plain) throw ResultFault(path + " is damaged");
    manifest.files.push_back({name, *hash});
  }
  return manifest;
}

Manifest read_manifest(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / kManifest;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    throw ResultFault(folder.string() + " is not a finished result: it has no " +
                      std::string(kManifest));
  }
  const std::string text = read_file(path);
  try {
    return parse_manifest(text, path.string());
  } catch (const Json::exception&) {
    throw ResultFault(path.string() + " is damaged");
  }
}

void check(const std::filesystem::path& folder, const std::vector<ResultFile>& files) {
  for (const ResultFile& file : files) {
    const std::filesystem::path path = folder / file.name;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
      throw ResultFault(path.string() + " is missing");
    }
    if (hash_of_bytes(read_file(path)) != file.hash) {
      throw ResultFault(path.string() + " is not the file that was written with its " +
                        std::string(kManifest) + ": it was changed, or is of another run");
    }
  }
}

}  // namespace

std::string json_text(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

nlohmann::ordered_json identity_json(const Identity& identity) {
  return {{"world", identity.world},
          {"parameters", identity.parameters},
          {"plan", identity.plan},
          {"engine", identity.engine}};
}

nlohmann::ordered_json counts_json(const JournalReader& journal) {
  return {{"planned", journal.replications()},
          {"done", journal.count(RecordStatus::done)},
          {"failed", journal.count(RecordStatus::failed)},
          {"missing", journal.count(RecordStatus::missing)}};
}

nlohmann::ordered_json warnings_json(std::span<const Warning> warnings) {
  Json list = Json::array();
  for (const Warning& warning : warnings) {
    list.push_back({{"code", warning.code}, {"text", warning.text}});
  }
  return list;
}

nlohmann::ordered_json manifest_json(const Scenario& scenario, const JournalReader& journal,
                                     const std::vector<ResultFile>& files,
                                     const Execution& execution) {
  const JournalHeader& header = journal.header();
  Json json;
  json["schema"] = kResultSchema;
  json["program"] = "partnersim";
  json["version"] = PARTNERSIM_VERSION;
  json["name"] = scenario.name;
  json["title"] = header.outline.title;
  json["identity"] = identity_json(header.identity);
  json["seed"] = header.plan.seed;
  json["months"] = header.plan.months;
  json["precision"] = header.plan.precision ? Json(*header.plan.precision) : Json();
  json["replications"] = counts_json(journal);
  json["inputs"] = Json::array();
  for (const InputFile& input : scenario.inputs) {
    json["inputs"].push_back({{"file", input.path.filename().string()}, {"hash", hex(input.hash)}});
  }
  json["files"] = Json::array();
  for (const ResultFile& file : files) {
    json["files"].push_back({{"name", file.name}, {"hash", hex(file.hash)}});
  }
  json["execution"] = execution_json(scenario, execution);
  return json;
}

void write_result_folder(const std::filesystem::path& folder, const Scenario& scenario,
                         const JournalReader& journal, const StillYear& still,
                         const Execution& execution) {
  make_folder(folder);
  std::vector<ResultFile> files;
  const auto write = [&](const std::string& name, const std::string& bytes) {
    write_file_atomically(folder / name, bytes);
    files.push_back({name, hash_of_bytes(bytes)});
  };
  write("resolved.yaml", resolved_yaml(scenario));
  write("forecast.csv", forecast_csv(journal));
  write("runs.csv", runs_csv(journal));
  nlohmann::ordered_json summary = summary_json(journal, scenario.targets);
  summary["foundations"] = foundations_json(scenario, still);
  write("summary.json", json_text(summary));
  write_file_atomically(folder / kManifest,
                        json_text(manifest_json(scenario, journal, files, execution)));
}

ResultInfo read_result(const std::filesystem::path& folder, bool check_files) {
  Manifest manifest = read_manifest(folder);
  if (check_files) check(folder, manifest.files);
  std::error_code ignored;
  if (!std::filesystem::exists(journal_path(folder), ignored)) {
    throw ResultFault(folder.string() + " has no journal");
  }
  JournalReader journal(journal_path(folder));
  if (const auto other = first_difference(journal.header().identity, manifest.identity)) {
    throw ResultFault(folder.string() + ": its journal and its " + std::string(kManifest) +
                      " are of different runs (" + *other + ")");
  }
  const std::uint64_t planned = journal.replications();
  const std::uint64_t done = journal.count(RecordStatus::done);
  const std::uint64_t failed = journal.count(RecordStatus::failed);
  return {.folder = folder,
          .name = std::move(manifest.name),
          .version = std::move(manifest.version),
          .identity = std::move(manifest.identity),
          .planned = planned,
          .done = done,
          .failed = failed,
          .files = std::move(manifest.files),
          .journal = std::move(journal)};
}

}  // namespace partnersim
