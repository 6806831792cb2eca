// `new`: a commented scenario to start from.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "base/text.hpp"
#include "command.hpp"
#include "common.hpp"
#include "ensemble/files.hpp"
#include "template.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kLongest = 64;
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

int run(const Options& options) {
  const std::filesystem::path given = options.words[0];
  const std::string name = checked_name(given);
  const std::filesystem::path path = given.parent_path() / (name + std::string(kExtension));
  if (std::filesystem::symlink_status(path).type() != std::filesystem::file_type::not_found) {
    throw Refusal(fmt::format("{} exists already and is not overwritten; choose another name",
                              path.string()));
  }
  write_file_atomically(path, scenario_template(name));
  print(fmt::format("{} is written; next: partnersim run {}\n", path.string(), shell_word(path)));
  return kDone;
}

}  // namespace

extern constexpr Command kNew{
    .name = "new",
    .group = "look",
    .words = "NAME",
    .least = 1,
    .most = 1,
    .meaning = "Writes NAME.yaml, a commented scenario to start from",
    .examples = "partnersim new my-channel\npartnersim new scenarios/my-channel",
    .options = {},
    .formats = {},
    .run = run,
};

}  // namespace partnersim
