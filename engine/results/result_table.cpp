// Tables as text, CSV and JSON; see the header.
#include "results/result_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "results/csv_text.hpp"

namespace partnersim {
namespace {

constexpr double kMillion = 1e6, kThousand = 1e3;
constexpr std::string_view kNothing = "-";

/// The largest absolute value of the columns [first, last).
double largest(const ResultTable& table, std::size_t first, std::size_t last) {
  double most = 0;
  for (const ResultRow& row : table.rows) {
    for (std::size_t c = first; c < last; ++c) {
      if (std::isfinite(row.values[c])) most = std::max(most, std::abs(row.values[c]));
    }
  }
  return most;
}

struct NumberFormat {
  double unit = 1;
  int decimals = 0;
  std::string words;  // M EUR, %
};

NumberFormat format_of(const ResultTable& table, Quantity quantity, double most) {
  const auto fewer = [](double x, int decimals) {  // large numbers need no decimals
    return x >= 10000 ? 0 : x >= 1000 ? std::min(decimals, 1) : decimals;
  };
  switch (quantity) {
    case Quantity::money: {
      const double unit = most >= kMillion ? kMillion : most >= kThousand ? kThousand : 1;
      const std::string prefix = unit == kMillion ? "M " : unit == kThousand ? "k " : "";
      return {unit, fewer(most / unit, unit == kThousand ? 1 : 2), prefix + table.currency};
    }
    case Quantity::share:
      return {0.01, 1, "%"};
    case Quantity::count:
      return {1, fewer(most, 1), ""};
    case Quantity::quantity:
      break;
  }
  return {1, fewer(most, 2), ""};
}

/// Columns under one heading, ready to print.
struct Block {
  std::string heading;
  std::vector<std::vector<std::string>> names;  // lines of each column's heading
  std::vector<std::vector<std::string>> cells;  // [column][row]
  std::vector<std::size_t> widths;

  std::size_t width() const {
    std::size_t sum = widths.size() - 1;
    for (const std::size_t w : widths) sum += w;
    return sum;
  }
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

std::size_t widest(std::span<const std::string> texts) {
  std::size_t width = 0;
  for (const std::string& text : texts) width = std::max(width, count_characters(text));
  return width;
}

/// Columns [first, last): one, or all of one group.
Block block_of(const ResultTable& table, std::size_t first, std::size_t last) {
  const ResultColumn& lead = table.columns[first];
  const NumberFormat format = format_of(table, lead.quantity, largest(table, first, last));
  Block block;
  if (!lead.group.empty()) {
    block.heading = lead.group + (format.words.empty() ? "" : ", " + format.words);
  }
  for (std::size_t c = first; c < last; ++c) {
    std::vector<std::string> names = lines_of(table.columns[c].name);
    if (lead.group.empty() && !format.words.empty()) names.push_back(format.words);
    std::vector<std::string> cells;
    for (const ResultRow& row : table.rows) {
      const double x = row.values[c];
      cells.push_back(std::isnan(x) ? std::string(kNothing)
                                    : fixed_text(x / format.unit, format.decimals));
    }
    block.widths.push_back(std::max(widest(names), widest(cells)));
    block.names.push_back(std::move(names));
    block.cells.push_back(std::move(cells));
  }
  const std::size_t needed = count_characters(block.heading);
  if (needed > block.width()) block.widths.front() += needed - block.width();
  return block;
}

std::vector<Block> blocks_of(const ResultTable& table) {
  std::vector<Block> blocks;
  for (std::size_t first = 0, last = 0; first < table.columns.size(); first = last) {
    const std::string& group = table.columns[first].group;
    for (last = first + 1; last < table.columns.size(); ++last) {
      if (group.empty() || table.columns[last].group != group) break;
    }
    blocks.push_back(block_of(table, first, last));
  }
  return blocks;
}

std::string left(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, count_characters(text)), ' ');
}

std::string right(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, count_characters(text)), ' ') + text;
}

/// Without blanks at its end.
void add_line(std::string& text, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + '\n';
}

void add_headings(const ResultTable& table, std::span<const Block> blocks, std::size_t label_width,
                  std::string& text) {
  std::size_t height = 1;
  for (const Block& block : blocks) {
    if (!block.heading.empty()) height = std::max<std::size_t>(height, 2);
    for (const auto& lines : block.names) height = std::max(height, lines.size());
  }
  for (std::size_t up = height; up-- > 0;) {  // lines from the bottom
    std::string line = left(up == 0 ? table.label : "", label_width);
    for (const Block& block : blocks) {
      line += "  ";
      if (up == 1 && !block.heading.empty()) {
        line += left(block.heading, block.width());
        continue;
      }
      for (std::size_t c = 0; c < block.names.size(); ++c) {
        const auto& lines = block.names[c];
        const std::string name = up < lines.size() ? lines[lines.size() - 1 - up] : "";
        line += (c == 0 ? "" : " ") + right(name, block.widths[c]);
      }
    }
    add_line(text, line);
  }
}

std::string starred(const ResultRow& row) {
  return row.incomplete.empty() ? row.label : row.label + " *";
}

void add_rows(const ResultTable& table, std::span<const Block> blocks, std::size_t label_width,
              std::string& text) {
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    std::string line = left(starred(table.rows[r]), label_width);
    for (const Block& block : blocks) {
      line += " ";
      for (std::size_t c = 0; c < block.cells.size(); ++c) {
        line += " " + right(block.cells[c][r], block.widths[c]);
      }
    }
    add_line(text, line);
    if (table.rows[r].strong && r + 1 < table.rows.size()) text += '\n';
  }
}

}  // namespace

ResultRow row_of(const ReportPeriod& period) {
  ResultRow row;
  row.label = period.label;
  row.incomplete = period.incomplete();
  row.strong = period.kind == ReportPeriod::Kind::year || period.kind == ReportPeriod::Kind::total;
  return row;
}

std::string as_text(const ResultTable& table, std::size_t width, Footnote footnote) {
  std::size_t label_width = count_characters(table.label);
  for (const ResultRow& row : table.rows) {
    label_width = std::max(label_width, count_characters(starred(row)));
  }
  const std::vector<Block> blocks = blocks_of(table);
  std::string text;
  for (std::size_t first = 0, last = 0; first < blocks.size(); first = last) {
    std::size_t used = label_width;
    for (last = first; last < blocks.size(); ++last) {
      used += 2 + blocks[last].width();
      if (last > first && used > width) break;
    }
    const auto shown = std::span(blocks).subspan(first, last - first);
    if (first > 0) text += '\n';
    add_headings(table, shown, label_width, text);
    add_rows(table, shown, label_width, text);
  }
  return footnote == Footnote::yes ? text + footnote_text(table, width) : text;
}

std::string footnote_text(const ResultTable& table, std::size_t width) {
  std::string line;
  for (const ResultRow& row : table.rows) {
    if (row.incomplete.empty()) continue;
    line += (line.empty() ? "* " : "; ") + row.label + ": " + row.incomplete;
  }
  return line.empty() ? line : '\n' + wrapped(line, width) + '\n';
}

std::string as_csv(const ResultTable& table) {
  std::string csv = csv_text(table.label) + ",incomplete";
  for (const ResultColumn& column : table.columns) csv += ',' + csv_text(column.key);
  csv += '\n';
  for (const ResultRow& row : table.rows) {
    csv += csv_text(row.label) + ',' + csv_text(row.incomplete);
    append_csv_numbers(csv, row.values);
    csv += '\n';
  }
  return csv;
}

nlohmann::ordered_json as_json(const ResultTable& table) {
  auto rows = nlohmann::ordered_json::array();
  for (const ResultRow& row : table.rows) {
    nlohmann::ordered_json json;
    json[table.label] = row.label;
    if (!row.incomplete.empty()) json["incomplete"] = row.incomplete;
    for (std::size_t c = 0; c < row.values.size(); ++c) {
      json[table.columns[c].key] = row.values[c];  // NaN is written as null
    }
    rows.push_back(std::move(json));
  }
  return rows;
}

std::string wrapped(std::string_view text, std::size_t width) {
  std::string result;
  std::size_t used = 0;
  while (!text.empty()) {
    const std::string word(text.substr(0, text.find(' ')));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    const std::size_t length = count_characters(word);
    if (!result.empty()) {
      const bool fits = used + 1 + length <= width;
      result += fits ? ' ' : '\n';
      used = fits ? used + 1 : 0;
    }
    result += word;
    used += length;
  }
  return result;
}

std::string fixed_text(double x, int decimals) {
  const std::string text = fmt::format("{:.{}f}", x, decimals);
  const bool zero = text.find_first_not_of("-0.") == text.npos;
  return zero && text.front() == '-' ? text.substr(1) : text;
}

AmountFormat amount_format(std::span<const double> amounts, double resolution) {
  double most = 0;
  for (const double x : amounts) {
    if (std::isfinite(x)) most = std::max(most, std::abs(x));
  }
  AmountFormat format;
  if (most >= kMillion) {
    format = {kMillion, "M", 1};
  } else if (most >= kThousand) {
    format = {kThousand, "k", 1};
  }
  if (most >= 100 * format.unit) format.decimals = 0;
  // Two numbers that differ by the resolution differ in print.
  const double step = resolution / format.unit;
  if (step > 0 && step < 5) format.decimals = std::max(format.decimals, step < 0.5 ? 2 : 1);
  return format;
}

std::string AmountFormat::number(double amount) const {
  return fixed_text(amount / unit, decimals);
}

std::string AmountFormat::suffix(std::string_view currency) const {
  std::string text;
  for (const std::string_view word : {prefix, currency}) {
    if (!word.empty()) text += ' ' + std::string(word);
  }
  return text;
}

}  // namespace partnersim
