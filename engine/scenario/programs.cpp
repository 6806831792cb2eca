// A file of several programs: the base once, and a copy of it with one more change for each.
#include <fmt/format.h>

#include <memory>
#include <utility>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "scenario/keys.hpp"
#include "scenario/overlay.hpp"
#include "scenario/scenario.hpp"
#include "scenario/schedule.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestName = 60;  // bytes; it becomes the name of a folder

class ProgramsReader {
 public:
  ProgramsReader(const fs::path& file, const LoadOptions& options, Diagnostics& diagnostics)
      : file_(file), options_(options), diagnostics_(diagnostics) {}

  std::optional<Programs> run() {
    const std::size_t before = diagnostics_.error_count();
    if (!read_document()) return std::nullopt;
    check_keys(root_, kProgramsKeys, {}, "a file of programs", diagnostics_);
    const std::optional<Scenario> base = load_base();
    if (!base) return std::nullopt;
    const Calendar& calendar = base->world.calendar;
    if (const Node* budget = root_.find("budget")) {
      result_.budget = read_budget(*budget, calendar, diagnostics_);
    }
    if (const Node* goal = root_.find("goal")) {
      result_.goal = read_goal(*goal, calendar, diagnostics_);
    }
    if (options_.check_targets) {
      options_.check_targets(base->world, result_.budget, diagnostics_);
      if (result_.goal) options_.check_targets(base->world, {&*result_.goal, 1}, diagnostics_);
    }
    read_programs(*base);
    if (diagnostics_.error_count() > before) return std::nullopt;
    return std::move(result_);
  }

 private:
  bool read_document() {
    const std::string name = file_.lexically_normal().string();
    const Location whole{diagnostics_.add_source(name, std::string()), 0, 0, 1};
    auto text = read_file(file_, kMaxDocumentBytes, whole, diagnostics_);
    if (!text) return false;
    Hasher hasher;
    hasher.add(*text);
    hash_ = hasher.value();
    const auto shared = std::make_shared<const std::string>(std::move(*text));
    auto root = parse_document(*shared, diagnostics_.add_source(name, shared), diagnostics_);
    if (!root) return false;
    root_ = std::move(*root);
    return true;
  }

  std::optional<Scenario> load_base() {
    const Node* base = root_.find("base");
    if (base == nullptr) return std::nullopt;
    if (!base->is_scalar() || base->is_empty() || fs::path(base->text).is_absolute()) {
      diagnostics_.error("E-PROGRAMS", base->at, "'base' names one scenario file",
                         "relative to this file: base: my-channel.yaml");
      return std::nullopt;
    }
    const fs::path path = (file_.parent_path() / base->text).lexically_normal();
    if (!read_file(path, kMaxDocumentBytes, base->at, diagnostics_)) return std::nullopt;
    LoadOptions options = options_;
    options.what_if.reset();
    std::optional<Scenario> scenario = load_scenario(path, options, diagnostics_);
    if (scenario) name_files_from_here(*scenario, path.parent_path());
    return scenario;
  }

  // Files the base names are seen from the folder of this file.
  void name_files_from_here(Scenario& scenario, const fs::path& folder) const {
    const auto from_here = [&](const fs::path& path) {
      const fs::path whole = (folder / path).lexically_normal();
      const fs::path relative = whole.lexically_relative(file_.parent_path().lexically_normal());
      return relative.empty() ? whole : relative;
    };
    for (InputFile& input : scenario.inputs) input.path = from_here(input.path);
    for (std::string* name : {&scenario.files.partners, &scenario.files.links}) {
      if (!name->empty()) *name = from_here(*name).generic_string();
    }
    scenario.inputs.insert(scenario.inputs.begin(), {file_.filename(), hash_});
  }

  void read_programs(const Scenario& base) {
    const Node* programs = root_.find("programs");
    if (programs == nullptr) return;
    if (!programs->is_map() || programs->entries.size() < 2) {
      diagnostics_.error("E-PROGRAMS", programs->at, "'programs' names at least two programs",
                         "such as {as is: {}, cheaper: {us.rebate: 2%}}");
      return;
    }
    for (const Node::Entry& entry : programs->entries) {
      if (!is_folder_name(entry.key)) {
        diagnostics_.error("E-NAME", entry.at,
                           fmt::format("{} cannot be the name of a program", in_quotes(entry.key)),
                           fmt::format("up to {} characters, none of them / or a control "
                                       "character, no . or - first",
                                       kLongestName));
        continue;
      }
      result_.programs.push_back(program(base, entry));
    }
  }

  static bool is_folder_name(const std::string& name) {
    if (name.empty() || name.size() > kLongestName || name[0] == '.' || name[0] == '-') {
      return false;
    }
    for (std::size_t at = 0; at < name.size();) {
      const Character next = character_at(name, at);
      if (next.bytes == 0 || is_control(next.value) || next.value == U'/' || next.value == U'\\') {
        return false;
      }
      at += next.bytes;
    }
    return true;
  }

  Scenario program(const Scenario& base, const Node::Entry& entry) {
    Scenario scenario = base;
    scenario.name = entry.key;
    scenario.world.title += ": " + entry.key;
    const bool empty =
        entry.value.is_empty() || (entry.value.is_map() && entry.value.entries.empty());
    if (empty) return scenario;
    Node from;
    from.text = month_label(base.world.calendar, 0);
    from.at = entry.at;
    Node change;
    change.kind = Node::Kind::map;
    change.at = entry.at;
    change.entries = {{"from", entry.at, std::move(from)}, {"set", entry.at, entry.value}};
    Node list;
    list.kind = Node::Kind::list;
    list.items.push_back(std::move(change));
    Node root;
    root.kind = Node::Kind::map;
    root.entries.push_back({"changes", entry.at, std::move(list)});
    const OpenCsv no_file = [](const Node&) { return std::nullopt; };  // `set` names none
    resolve_schedule(root, false, no_file, scenario, diagnostics_);
    return scenario;
  }

  fs::path file_;
  const LoadOptions& options_;
  Diagnostics& diagnostics_;
  Node root_;
  std::uint64_t hash_ = 0;
  Programs result_;
};

}  // namespace

bool holds_programs(const fs::path& file) {
  Diagnostics unsaid;
  const auto text = read_file(file, kMaxDocumentBytes, {}, unsaid);
  if (!text) return false;
  const auto root = parse_document(*text, unsaid.add_source("", *text), unsaid);
  return root && root->find("programs") != nullptr;
}

std::optional<Programs> load_programs(const fs::path& file, const LoadOptions& options,
                                      Diagnostics& diagnostics) {
  return ProgramsReader(file, options, diagnostics).run();
}

}  // namespace partnersim
