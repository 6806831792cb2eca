// Reads a scenario with the files it extends and merges them, the child over its parents.
#include "scenario/overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"
#include "scenario/number.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxParents = 32;
constexpr std::size_t kMaxNeighbours = 1000;  // files looked at for a did-you-mean

bool is_named_list(const Node& list) {
  return !list.items.empty() &&
         std::all_of(list.items.begin(), list.items.end(),
                     [](const Node& item) { return item.name() != nullptr; });
}

std::vector<std::string> names_of(const Node& list) {
  std::vector<std::string> names;
  for (const Node& item : list.items) {
    if (const std::string* name = item.name()) names.push_back(*name);
  }
  return names;
}

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& names) {
  const std::string near = nearest(wanted, names);
  return near.empty() ? "" : fmt::format("did you mean '{}'?", near);
}

// `remove: true` of a list item; anything but true is reported.
bool is_removal(const Node& item, Diagnostics& diagnostics) {
  const Node* remove = item.find("remove");
  if (remove == nullptr || item.name() == nullptr) return false;
  if (!remove->is_scalar() || remove->text != "true") {
    diagnostics.error("E-REMOVE", remove->at, "expected true",
                      "leave the line out to keep the item");
  }
  return true;
}

void report_unknown_removal(const Node& item, const std::vector<std::string>& names,
                            Diagnostics& diagnostics) {
  diagnostics.error("E-UNKNOWN-NAME", item.find("name")->at,
                    fmt::format("there is no {} to remove", in_quotes(*item.name())),
                    did_you_mean(*item.name(), names));
}

// Two items of one list with the same name in one file.
void check_names(const Node& node, Diagnostics& diagnostics) {
  std::unordered_map<std::string, Location> seen;
  for (const Node& item : node.items) {
    check_names(item, diagnostics);
    const std::string* name = item.name();
    if (name == nullptr || item.find("remove") != nullptr) continue;
    const Location at = item.find("name")->at;
    const auto [found, fresh] = seen.try_emplace(*name, at);
    if (fresh) continue;
    diagnostics.error("E-DUPLICATE-NAME", at, fmt::format("{} is there twice", in_quotes(*name)),
                      fmt::format("the first is in line {}", found->second.line));
  }
  for (const Node::Entry& entry : node.entries) check_names(entry.value, diagnostics);
}

Node merge(Node parent, Node child, bool top, Diagnostics& diagnostics);

Node merge_lists(Node parent, Node child, Diagnostics& diagnostics) {
  const std::vector<std::string> names = names_of(parent);
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < parent.items.size(); ++i) {
    if (const std::string* name = parent.items[i].name()) place.try_emplace(*name, i);
  }
  std::vector<bool> removed(parent.items.size(), false);
  for (Node& item : child.items) {
    const std::string* name = item.name();
    const auto found = name != nullptr ? place.find(*name) : place.end();
    if (is_removal(item, diagnostics)) {
      if (found == place.end()) {
        report_unknown_removal(item, names, diagnostics);
      } else {
        removed[found->second] = true;
        place.erase(found);
      }
    } else if (found != place.end()) {
      Node& old = parent.items[found->second];
      old = merge(std::move(old), std::move(item), false, diagnostics);
    } else {
      parent.items.push_back(std::move(item));
    }
  }
  child.items.clear();
  for (std::size_t i = 0; i < parent.items.size(); ++i) {
    if (i >= removed.size() || !removed[i]) child.items.push_back(std::move(parent.items[i]));
  }
  return child;
}

Node merge_maps(Node parent, Node child, bool top, Diagnostics& diagnostics) {
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < parent.entries.size(); ++i) {
    place.try_emplace(parent.entries[i].key, i);
  }
  for (Node::Entry& entry : child.entries) {
    const auto found = place.find(entry.key);
    if (found == place.end()) {
      parent.entries.push_back(std::move(entry));
      continue;
    }
    Node::Entry& old = parent.entries[found->second];
    const bool appends = top && (entry.key == "changes" || entry.key == "events") &&
                         old.value.is_list() && entry.value.is_list();
    old.value = appends ? merge_lists(std::move(old.value), std::move(entry.value), diagnostics)
                        : merge(std::move(old.value), std::move(entry.value), false, diagnostics);
    old.at = entry.at;
  }
  parent.at = child.at;
  return parent;
}

Node merge(Node parent, Node child, bool top, Diagnostics& diagnostics) {
  if (parent.kind != child.kind || is_range_map(parent) || is_range_map(child)) return child;
  if (child.is_map()) return merge_maps(std::move(parent), std::move(child), top, diagnostics);
  if (child.is_list() && is_named_list(parent) && is_named_list(child)) {
    return merge_lists(std::move(parent), std::move(child), diagnostics);
  }
  return child;
}

// Removals that no list of a parent took, with nothing to remove.
void refuse_removals(Node& node, Diagnostics& diagnostics) {
  for (Node& item : node.items) {
    refuse_removals(item, diagnostics);
    if (item.name() == nullptr || item.find("remove") == nullptr) continue;
    if (is_removal(item, diagnostics)) {
      std::vector<std::string> names;
      for (const Node& other : node.items) {
        if (other.name() != nullptr && other.find("remove") == nullptr) {
          names.push_back(*other.name());
        }
      }
      report_unknown_removal(item, names, diagnostics);
    }
  }
  for (Node::Entry& entry : node.entries) refuse_removals(entry.value, diagnostics);
}

std::string neighbour(const fs::path& path) {
  std::vector<std::string> names;
  std::error_code error;
  fs::directory_iterator files(path.parent_path().empty() ? "." : path.parent_path(), error);
  for (const fs::directory_iterator end; !error && files != end && names.size() < kMaxNeighbours;
       files.increment(error)) {
    names.push_back(files->path().filename().string());
  }
  return did_you_mean(path.filename().string(), names);
}

// One file of the chain. `at` is where it is named: the `extends` of the file before.
std::optional<Node> read_link(const fs::path& path, std::optional<Location> at,
                              Diagnostics& diagnostics) {
  const std::string name = path.lexically_normal().string();
  Location place = at.value_or(Location{});
  if (!at) place = {diagnostics.add_source(name, std::string()), 0, 0, 1};
  auto text = read_file(path, kMaxDocumentBytes, place, diagnostics);
  if (!text) return std::nullopt;
  const auto shared = std::make_shared<const std::string>(std::move(*text));
  const std::uint32_t file = diagnostics.add_source(name, shared);
  auto root = parse_document(*shared, file, diagnostics);
  if (root && !root->is_map()) {
    diagnostics.error("E-VALUE", root->at, "a scenario consists of keys and values",
                      "such as 'months: 48'");
    return std::nullopt;
  }
  if (root) check_names(*root, diagnostics);
  return root;
}

// The path under `extends`; nullopt when there is none or it is refused.
std::optional<fs::path> parent_path(const Node& root, const fs::path& file,
                                    Diagnostics& diagnostics) {
  const Node* extends = root.find("extends");
  if (extends == nullptr) return std::nullopt;
  if (!extends->is_scalar() || extends->is_empty()) {
    diagnostics.error("E-EXTENDS", extends->at, "expected the path of one file",
                      "a file extends one other, which may extend a further one");
    return std::nullopt;
  }
  const fs::path parent(extends->text);
  if (parent.is_absolute()) {
    diagnostics.error("E-EXTENDS", extends->at, "an absolute path does not travel",
                      "write it relative to this file");
    return std::nullopt;
  }
  return (file.parent_path() / parent).lexically_normal();
}

}  // namespace

std::optional<std::string> read_file(const fs::path& path, std::size_t max_bytes, Location at,
                                     Diagnostics& diagnostics) {
  const std::string shown = in_quotes(path.string());
  const auto refuse = [&](const std::string& why, const std::string& hint = {}) {
    diagnostics.error("E-FILE", at, fmt::format("cannot read {}: {}", shown, why), hint);
    return std::nullopt;
  };
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return refuse("there is no such file", neighbour(path));
  if (fs::is_directory(status)) return refuse("it is a folder");
  if (!fs::is_regular_file(status)) return refuse("it is not a file");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) return refuse(std::error_code(errno, std::generic_category()).message());
  std::string text;
  char buffer[1 << 16];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, file.get())) {
    text.append(buffer, count);
    if (text.size() > max_bytes) {
      return refuse(fmt::format("it has more than {} MB", max_bytes >> 20));
    }
  }
  if (std::ferror(file.get()) != 0) return refuse("the disk reports an error");
  return text;
}

std::optional<Loaded> load_with_parents(const fs::path& path, Diagnostics& diagnostics) {
  Loaded loaded;
  std::vector<Node> chain;  // the child first
  std::vector<fs::path> known;
  std::optional<Location> named_at;
  const std::size_t errors_before = diagnostics.error_count();
  for (std::optional<fs::path> next = path; next;) {
    const fs::path file = *next;
    std::error_code error;
    const fs::path canonical = fs::weakly_canonical(file, error);
    if (std::find(known.begin(), known.end(), canonical) != known.end()) {
      diagnostics.error("E-EXTENDS", *named_at, "these files extend each other in a circle");
      return std::nullopt;
    }
    if (chain.size() > kMaxParents) {
      diagnostics.error("E-EXTENDS", *named_at,
                        fmt::format("more than {} files extend each other", kMaxParents));
      return std::nullopt;
    }
    auto root = read_link(file, named_at, diagnostics);
    if (!root) return std::nullopt;
    known.push_back(canonical);
    loaded.files.push_back(file.lexically_normal());
    next = parent_path(*root, file, diagnostics);
    if (next) named_at = root->find("extends")->at;
    std::erase_if(root->entries, [](const Node::Entry& entry) { return entry.key == "extends"; });
    chain.push_back(std::move(*root));
  }
  loaded.root = std::move(chain.back());
  for (chain.pop_back(); !chain.empty(); chain.pop_back()) {
    refuse_removals(loaded.root, diagnostics);
    loaded.root = merge(std::move(loaded.root), std::move(chain.back()), true, diagnostics);
  }
  refuse_removals(loaded.root, diagnostics);
  if (loaded.root.entries.empty() && diagnostics.error_count() > errors_before) return std::nullopt;
  return loaded;
}

}  // namespace partnersim
