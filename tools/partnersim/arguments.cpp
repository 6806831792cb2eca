#include "arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "common.hpp"
#include "options.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kGroups[][2] = {
    {"look", "Look"}, {"forecast", "Forecast"}, {"decide", "Decide"}, {"experts", "Experts"}};

[[noreturn]] void refuse(const Command& command, std::string_view what) {
  throw Refusal(fmt::format("{}; see partnersim help {}", what, command.name));
}

[[noreturn]] void refuse_unknown(const Command& command, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> names{"--help"};
  for (const Opt option : command.options) names.emplace_back(row_of(option).name);
  const std::string near = nearest(name, names);
  if (!near.empty()) {
    throw Refusal(fmt::format("'{}' has no option {}; did you mean '{}'?", command.name,
                              in_quotes(name), near));
  }
  refuse(command, fmt::format("'{}' has no option {}", command.name, in_quotes(name)));
}

void check_words(const Command& command, const std::vector<std::string>& words) {
  if (words.size() < command.least) {
    refuse(command, fmt::format("'{}' needs {}", command.name, command.words));
  }
  if (words.size() > command.most) {
    refuse(command, fmt::format("'{}' does not know what to do with {}", command.name,
                                in_quotes(words[command.most])));
  }
  if (std::any_of(words.begin(), words.end(), [](const auto& word) { return word.empty(); })) {
    refuse(command, fmt::format("'{}' got an empty name", command.name));
  }
}

void check_format(const Command& command, Format format) {
  if (format == Format::table ||
      std::find(command.formats.begin(), command.formats.end(), format) != command.formats.end()) {
    return;
  }
  refuse(command, fmt::format("'{}' cannot print {}", command.name, format_name(format)));
}

std::string format_meaning(const Command& command) {
  std::vector<std::string_view> names;
  for (const Format format : command.formats) names.push_back(format_name(format));
  return fmt::format("{} (default {})", fmt::join(names, ", "), names.front());
}

/// The words of the command line by option, as CLI11 takes them apart.
struct Parsed {
  std::map<Opt, std::vector<std::string>> values;
  std::map<Opt, bool> flags;
  std::vector<std::string> words, unknown;
  bool help = false;
};

Parsed parse(const Command& command, int count, char** arguments) {
  Parsed parsed;
  CLI::App app;
  app.set_help_flag();
  app.add_flag("-h,--help", parsed.help);
  app.add_option("words", parsed.words);
  app.allow_extras();
  for (const Opt option : command.options) {
    const std::string name(row_of(option).name);
    if (row_of(option).value.empty()) {
      app.add_flag(name, parsed.flags[option]);
    } else {
      const std::string letter = name == "--out" ? "-o," : "";
      app.add_option(letter + name, parsed.values[option])->allow_extra_args(false);
    }
  }
  std::vector<std::string> reversed(arguments, arguments + count);
  std::reverse(reversed.begin(), reversed.end());
  try {
    app.parse(reversed);
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string text = error.what();
    refuse(command, fmt::format("{} needs a value", text.substr(0, text.find(':'))));
  } catch (const CLI::ParseError& error) {
    refuse(command, error.what());
  }
  for (const std::string& word : app.remaining()) {
    if (word != "--") parsed.unknown.push_back(word);
  }
  return parsed;
}

void read(const OptionRow& row, const std::vector<std::string>& values, Options& options) {
  if (values.size() > 1 && !row.repeatable) {
    throw Refusal(fmt::format("{} is given twice", row.name));
  }
  for (const std::string& value : values) {
    if (value.empty()) throw Refusal(fmt::format("{} needs a value", row.name));
    row.read(row.name, value, options);
  }
}

std::string examples(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    result += fmt::format("  {}\n", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

}  // namespace

std::optional<Options> read_arguments(const Command& command, int count, char** arguments) {
  const Parsed parsed = parse(command, count, arguments);
  if (parsed.help) return std::nullopt;
  if (!parsed.unknown.empty()) refuse_unknown(command, parsed.unknown.front());
  Options options;
  options.words = parsed.words;
  if (!command.formats.empty()) options.format = command.formats.front();
  for (const Opt option : command.options) {
    const OptionRow& row = row_of(option);
    if (const auto it = parsed.values.find(option); it != parsed.values.end()) {
      read(row, it->second, options);
    } else if (parsed.flags.at(option)) {
      row.read(row.name, "", options);
    }
  }
  check_words(command, options.words);
  check_format(command, options.format);
  return options;
}

std::span<const Command* const> commands() {
  static constexpr const Command* kAll[] = {
      &kNew,     &kCheck,  &kShow,    &kParameters,  &kSchema, &kGraph, &kRun,
      &kCompare, &kWhatIf, &kExplain, &kSensitivity, &kReport, &kResume};
  return kAll;
}

const Command* find_command(std::string_view name) {
  for (const Command* command : commands()) {
    if (command->name == name) return command;
  }
  return nullptr;
}

std::string unknown_command(std::string_view name) {
  std::vector<std::string> names{"help"};
  for (const Command* command : commands()) names.emplace_back(command->name);
  const std::string near = nearest(name, names);
  return fmt::format(
      "there is no command {}; {}", in_quotes(name),
      near.empty() ? "see partnersim --help" : fmt::format("did you mean '{}'?", near));
}

std::string greeting() {
  return "see an example    partnersim new example && partnersim run example.yaml\n"
         "start your own    partnersim new my-channel, edit it, partnersim run my-channel.yaml\n"
         "ask a what-if     partnersim whatif my-channel.yaml 'us.rebate=+2 points' --from FY28\n"
         "compare           partnersim compare my-channel.yaml other.yaml\n"
         "read more         partnersim --help, partnersim help run\n";
}

std::string help() {
  std::string text =
      "Forecasts channel revenue from a description of partners, programs and market.\n\n"
      "Examples\n"
      "  partnersim new my-channel                          a scenario to start from\n"
      "  partnersim run my-channel.yaml                     the forecast\n"
      "  partnersim run my-channel.yaml --set us.rebate=6%  the same with another rebate\n"
      "  partnersim compare my-channel.yaml what-if.yaml    what the change brings\n";
  for (const auto& [group, title] : kGroups) {
    text += fmt::format("\n{}\n", title);
    for (const Command* command : commands()) {
      if (command->group != group) continue;
      text += fmt::format("  {:<24}{}\n", fmt::format("{} {}", command->name, command->words),
                          command->meaning);
    }
  }
  return text +
         "\npartnersim help COMMAND tells the options of a command.\n"
         "Exit status: 0 done; 1 done, but some runs failed or an --assert does not hold; 2 bad "
         "usage\n"
         "or invalid input; 3 a fault of the disk or of the program; 130 interrupted, `resume` "
         "goes "
         "on.\n";
}

std::string help(const Command& command) {
  std::string text =
      fmt::format("Examples\n{}\nUsage: partnersim {}{}{}{}\n\n{}.\n", examples(command.examples),
                  command.name, command.words.empty() ? "" : " ", command.words,
                  command.options.empty() ? "" : " [OPTIONS]", command.meaning);
  if (!command.options.empty()) text += "\nOptions\n";
  for (const Opt option : command.options) {
    const OptionRow& row = row_of(option);
    const std::string name = fmt::format("{} {}", row.name, row.value);
    text += fmt::format("  {:<22} {}\n", name,
                        option == Opt::format ? format_meaning(command) : std::string(row.meaning));
  }
  if (!command.more.empty()) text += fmt::format("\n{}\n", command.more);
  return text;
}

}  // namespace partnersim
