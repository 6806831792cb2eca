// `parameters`: all there are as a table, or everything about one.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "command.hpp"
#include "common.hpp"
#include "scenario/footing.hpp"
#include "scenario/paths.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kNoWrap = std::numeric_limits<std::size_t>::max();

struct Line {
  std::string key, standard, unit, range, evidence;
  std::string_view meaning;
};

std::string plain(double value, Unit unit) {
  if (value == kInfinity) return "any";
  const std::string text = value_text(value, unit, "");
  const std::string suffix = fmt::format(" {}", unit_name(unit));
  return text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : text;
}

std::string range_text(Range range, Unit unit) {
  return fmt::format("{} to {}", plain(range.lo, unit), plain(range.hi, unit));
}

Line line_of(const Owner& owner, const ParameterRow& row) {
  Line line;
  line.key = fmt::format("{}.{}", shown_owner(owner.path), row.key);
  line.standard = plain(row.value, row.unit);
  if (row.value_licence != row.value) {
    line.standard += fmt::format("; licence {}", plain(row.value_licence, row.unit));
  }
  line.unit = row.unit == Unit::number ? "" : unit_name(row.unit);
  line.range = range_text(row.bounds, row.unit);
  const Range& plausible = row.evidence.plausible;
  const bool has_range = plausible.lo < plausible.hi && plausible.hi < kInfinity;
  line.evidence = fmt::format("{}{}", row.evidence.tag,
                              has_range ? ": " + range_text(plausible, row.unit) : "");
  line.meaning = row.meaning;
  return line;
}

std::vector<Line> all_lines() {
  std::vector<Line> lines;
  for (const Owner& owner : owners()) {
    for (const ParameterRow& row : owner.rows) lines.push_back(line_of(owner, row));
  }
  return lines;
}

/// `text` in lines of at most `width`, all but the first after `indent` blanks.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string result;
  while (text.size() > width) {
    std::size_t cut = text.rfind(' ', width);
    if (cut == std::string_view::npos || cut == 0) cut = text.find(' ');
    if (cut == std::string_view::npos) break;
    result += fmt::format("{}\n{:{}}", text.substr(0, cut), "", indent);
    text.remove_prefix(cut + 1);
  }
  return result.append(text);
}

std::string as_table(const std::vector<Line>& lines, std::size_t width) {
  constexpr std::string_view kHead[] = {"key", "default", "unit", "range", "evidence"};
  constexpr std::string Line::*kColumns[] = {&Line::key, &Line::standard, &Line::unit, &Line::range,
                                             &Line::evidence};
  constexpr std::size_t kLeastMeaning = 30, kUnder = 4;
  std::size_t widths[std::size(kColumns)] = {}, total = 0;
  for (std::size_t k = 0; k < std::size(kColumns); ++k) {
    widths[k] = kHead[k].size();
    for (const Line& line : lines) widths[k] = std::max(widths[k], (line.*kColumns[k]).size());
    total += widths[k] + 2;
  }
  const bool beside = width >= total + kLeastMeaning;
  const std::size_t indent = beside ? total : kUnder;
  std::string text;
  for (std::size_t k = 0; k < std::size(kColumns); ++k) {
    text += fmt::format("{:<{}}", kHead[k], widths[k] + 2);
  }
  text += "meaning\n";
  for (const Line& line : lines) {
    std::string row;
    for (std::size_t k = 0; k < std::size(kColumns); ++k) {
      row += fmt::format("{:<{}}", line.*kColumns[k], widths[k] + 2);
    }
    if (!beside)
      row = fmt::format("{}\n{:{}}", row.substr(0, row.find_last_not_of(' ') + 1), "", kUnder);
    text += row + wrapped(line.meaning, width - indent, indent) + "\n";
  }
  return text +
         "\nevidence: A primary source, B several secondary, C one secondary, K unverified, asm "
         "our\n"
         "assumption, cal calibrated, num numerical; the range is what is drawn from. More about "
         "one:\npartnersim parameters KEY\n";
}

std::string as_json(const std::vector<Line>& lines) {
  Json list = Json::array();
  for (const Line& line : lines) {
    list.push_back({{"key", line.key},
                    {"default", line.standard},
                    {"unit", line.unit},
                    {"range", line.range},
                    {"evidence", line.evidence},
                    {"meaning", line.meaning}});
  }
  return list.dump(2) + "\n";
}

/// How well the defaults of what nobody decides are founded, the weakest first.
std::string as_evidence(std::size_t width) {
  std::string counts, list;
  std::size_t all = 0;
  for (const Footing& footing : kFootings) {
    std::size_t count = 0;
    std::string keys;
    for (const Owner& owner : owners()) {
      for (const ParameterRow& row : owner.rows) {
        if (row.kind != Class::uncertain || row.evidence.tag != footing.tag) continue;
        ++count;
        const Range& drawn = row.evidence.plausible;
        const std::string text = fmt::format(
            "{}{}{}", value_text(row.value, row.unit, ""),
            drawn.lo < drawn.hi ? fmt::format(", drawn from {}", range_text(drawn, row.unit)) : "",
            row.evidence.source.empty() ? "" : fmt::format(" ({})", row.evidence.source));
        const std::size_t room = std::max<std::size_t>(width, 80) - 39;
        keys += fmt::format("  {:<36} {}\n", line_of(owner, row).key, wrapped(text, room, 39));
      }
    }
    all += count;
    counts += fmt::format("  {:<4}{:<34}{:>4}\n", footing.tag, footing.meaning, count);
    if (count > 0) list += fmt::format("\n{}: {}\n{}", footing.tag, footing.meaning, keys);
  }
  return fmt::format("How well the defaults of {} uncertain parameters are founded\n{}{}", all,
                     counts, list) +
         "\nThe range is what is drawn from where a scenario says nothing; measure what matters "
         "and "
         "write\nit into the scenario.\n";
}

std::size_t width() {
  return terminal().out ? terminal().width : kNoWrap;
}

/// All about one, or a line for each of a group; a key that there is not is a refusal, with what
/// was probably meant.
int explain(const std::string& key) {
  std::vector<Line> group = all_lines();
  std::erase_if(group, [&](const Line& line) { return !line.key.starts_with(key + "."); });
  std::string text = parameter_help(key);
  const bool is_one = !text.starts_with("There is no parameter");
  if (!is_one && !group.empty()) {
    print(as_table(group, width()));
    return kDone;
  }
  while (text.ends_with('\n')) text.pop_back();
  if (!is_one) throw Refusal(text);
  print(text + "\n");
  return kDone;
}

int run(const Options& options) {
  if (!options.words.empty()) return explain(options.words[0]);
  if (options.evidence) {
    print(as_evidence(width()));
  } else if (options.markdown) {
    print(parameter_reference());
  } else if (options.format == Format::json) {
    print(as_json(all_lines()));
  } else {
    print(as_table(all_lines(), width()));
  }
  return kDone;
}

constexpr Opt kOptions[] = {Opt::evidence, Opt::markdown, Opt::format};
constexpr Format kFormats[] = {Format::table, Format::json};

}  // namespace

extern constexpr Command kParameters{
    .name = "parameters",
    .group = "look",
    .words = "[KEY]",
    .least = 0,
    .most = 1,
    .meaning =
        "Every parameter with default, range and evidence, those of a group, or all about one",
    .examples =
        "partnersim parameters | grep rebate\n"
        "partnersim parameters us.rebate\n"
        "partnersim parameters us.direct\n"
        "partnersim parameters --evidence\n"
        "partnersim parameters --markdown > parameters.md",
    .options = kOptions,
    .formats = kFormats,
    .run = run,
};

}  // namespace partnersim
