// Reads CSV in one pass over the text; fields are offsets into it.
#include "scenario/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"
#include "scenario/encoding.hpp"
#include "scenario/number.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kMaxColumns = 4096;
constexpr std::size_t kMaxFields = std::size_t{1} << 26;  // 1 GB of cells
constexpr std::size_t kMaxReports = 10;                   // faults of one kind; the rest is counted

bool is_break(char c) {
  return c == '\n' || c == '\r';
}

}  // namespace

std::string_view delimiter_name(char delimiter) {
  return delimiter == ';' ? "semicolon" : delimiter == '\t' ? "tab" : "comma";
}

class CsvReader {
 public:
  CsvReader(std::shared_ptr<const std::string> text, std::string encoding, std::uint32_t file,
            Diagnostics& diagnostics)
      : text_(*text), diagnostics_(diagnostics) {
    csv_.text_ = std::move(text);
    csv_.encoding = std::move(encoding);
    csv_.file_ = file;
  }

  std::optional<Csv> read() {
    skip_blank_lines();
    const bool told = obey_separator_line();
    skip_blank_lines();
    if (at_ >= text_.size()) {
      diagnostics_.error("E-CSV-EMPTY", {csv_.file_, 0, 0, 1}, "there is no header line");
      return std::nullopt;
    }
    if (!told) csv_.delimiter = detect_delimiter();
    read_record();
    pass_title();
    if (!take_header()) return std::nullopt;
    while (at_ < text_.size()) {
      read_record();
      if (!take_row()) break;
    }
    summarise(too_few_, "too few");
    summarise(too_many_, "too many");
    summarise(behind_quote_, "badly quoted");
    csv_.unescaped_ = std::make_shared<const std::string>(std::move(unescaped_));
    csv_.cells_.shrink_to_fit();
    return std::move(csv_);
  }

 private:
  using Cell = Csv::Cell;

  bool blank_at(std::size_t i) const {
    return (text_[i] == ' ' || text_[i] == '\t') && text_[i] != csv_.delimiter;
  }

  // Behind the line end at `at_`.
  void pass_break() {
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
  }

  void skip_blank_lines() {
    for (std::size_t i = at_; i < text_.size(); ++i) {
      if (is_break(text_[i])) {
        at_ = i;
        pass_break();
        i = at_ - 1;
      } else if (text_[i] != ' ' && text_[i] != '\t') {
        return;
      }
    }
    at_ = text_.size();
  }

  // `sep=;`, which spreadsheets write and obey.
  bool obey_separator_line() {
    if (text_.size() - at_ < 5 || lower_ascii(text_.substr(at_, 4)) != "sep=") return false;
    const char delimiter = text_[at_ + 4];
    const bool ends = at_ + 5 == text_.size() || is_break(text_[at_ + 5]);
    if (!ends || (delimiter != ';' && delimiter != ',' && delimiter != '\t')) return false;
    csv_.delimiter = delimiter;
    at_ += 5;
    if (at_ < text_.size()) pass_break();
    return true;
  }

  char detect_delimiter() const {
    constexpr std::array<char, 3> kDelimiters{';', '\t', ','};
    std::array<std::size_t, 3> counts{};
    bool inside = false;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      if (text_[i] == '"') inside = !inside;
      if (inside) continue;
      // A title above the header may have none.
      if (is_break(text_[i]) && counts != decltype(counts){}) break;
      for (std::size_t d = 0; d < counts.size(); ++d) counts[d] += text_[i] == kDelimiters[d];
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return *most == 0 ? ',' : kDelimiters[static_cast<std::size_t>(most - counts.begin())];
  }

  Location place(std::size_t offset, std::uint32_t line, std::size_t bytes = 1) const {
    std::size_t start = offset;
    while (start > 0 && !is_break(text_[start - 1])) --start;
    return {csv_.file_, line,
            static_cast<std::uint32_t>(count_characters(text_.substr(start, offset - start)) + 1),
            static_cast<std::uint32_t>(
                std::max<std::size_t>(count_characters(text_.substr(offset, bytes)), 1))};
  }

  void read_record() {
    record_.clear();
    record_offset_ = at_;
    record_line_ = line_;
    fields_ = 0;
    for (;;) {
      const Cell cell = read_field();
      // A record of a hostile file may have any number of fields; what is beyond is only counted.
      if (++fields_ <= kMaxColumns + 1) record_.push_back(cell);
      if (at_ >= text_.size()) return;
      if (is_break(text_[at_])) return pass_break();
      ++at_;  // the delimiter
    }
  }

  Cell read_field() {
    while (at_ < text_.size() && blank_at(at_)) ++at_;
    if (at_ < text_.size() && text_[at_] == '"') return read_quoted();
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != csv_.delimiter && !is_break(text_[at_])) ++at_;
    std::size_t end = at_;
    while (end > start && blank_at(end - 1)) --end;
    return cell(start, end, line_);
  }

  static Cell cell(std::size_t start, std::size_t end, std::uint32_t line) {
    return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end - start), line, 0};
  }

  Cell read_quoted() {
    const std::size_t quote = at_++;
    const std::uint32_t line = line_;
    bool doubled = false;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
        doubled = true;
        ++at_;
      } else if (text_[at_] == '\n' ||
                 (text_[at_] == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] != '\n'))) {
        ++line_;
      }
    }
    Cell result = cell(quote + 1, at_, line);
    if (at_ >= text_.size()) {
      diagnostics_.error("E-CSV-QUOTE", place(quote, line), "this quote is not closed",
                         "a quote inside a quoted field is written twice");
      broken_ = true;
      return result;
    }
    ++at_;
    if (doubled) unescape(result);
    while (at_ < text_.size() && blank_at(at_)) ++at_;
    const std::size_t behind = at_;
    while (at_ < text_.size() && text_[at_] != csv_.delimiter && !is_break(text_[at_])) ++at_;
    if (at_ > behind && ++behind_quote_ <= kMaxReports) {
      diagnostics_.error("E-CSV-QUOTE", place(behind, line_, at_ - behind),
                         "text stands behind the closing quote",
                         "a quote inside a quoted field is written twice");
    }
    return result;
  }

  void unescape(Cell& cell) {
    const std::string_view raw = text_.substr(cell.offset, cell.length);
    const std::size_t start = unescaped_.size();
    for (std::size_t i = 0; i < raw.size(); ++i) {
      unescaped_.push_back(raw[i]);
      if (raw[i] == '"') ++i;
    }
    cell.unescaped = static_cast<std::uint32_t>(start + 1);
    cell.length = static_cast<std::uint32_t>(unescaped_.size() - start);
  }

  std::string_view text(const Cell& cell) const {
    return cell.unescaped > 0 ? std::string_view(unescaped_).substr(cell.unescaped - 1, cell.length)
                              : text_.substr(cell.offset, cell.length);
  }

  std::size_t filled() const {
    return static_cast<std::size_t>(
        std::count_if(record_.begin(), record_.end(), [](const Cell& c) { return c.length > 0; }));
  }

  // Spreadsheets have a title above the header: one cell of a row, and a fuller row below it.
  void pass_title() {
    while (filled() <= 1 && fields_ <= kMaxColumns && at_ < text_.size() && !broken_) {
      const std::vector<Cell> title = record_;
      const std::size_t offset = record_offset_, fields = fields_;
      const std::uint32_t line = record_line_;
      const std::size_t at = at_;
      const std::uint32_t at_line = line_;
      do {
        read_record();
      } while (filled() == 0 && at_ < text_.size());
      if (filled() < 2) {
        record_ = title;
        fields_ = fields;
        record_offset_ = offset;
        record_line_ = line;
        at_ = at;
        line_ = at_line;
        return;
      }
      diagnostics_.warning("W-CSV-TITLE", place(offset, line), "this line stands above the header",
                           "it is left out");
    }
  }

  bool take_header() {
    if (fields_ > kMaxColumns) {
      diagnostics_.error(
          "E-CSV-HEADER", place(record_offset_, record_line_),
          fmt::format("the header has {} columns; at most {} are read", fields_, kMaxColumns));
      return false;
    }
    // A delimiter at the end of every line: no column.
    ends_with_delimiter_ = fields_ > 1 && record_.back().length == 0;
    if (ends_with_delimiter_) record_.pop_back();
    std::unordered_map<std::string_view, std::size_t> seen;
    std::size_t faults = 0;
    for (std::size_t i = 0; i < record_.size(); ++i) {
      const std::string_view name = text(record_[i]);
      csv_.header.emplace_back(name);
      csv_.header_at.push_back(header_place(i));
      const auto [first, fresh] = seen.try_emplace(name, i);
      if ((fresh && !name.empty()) || ++faults > kMaxReports) continue;
      if (name.empty()) {
        diagnostics_.error("E-CSV-HEADER", csv_.header_at[i],
                           fmt::format("column {} has no name", i + 1),
                           "each column needs one name of its own, in one line");
      } else {
        diagnostics_.error("E-CSV-HEADER", csv_.header_at[i],
                           fmt::format("the column {} is there twice", in_quotes(name)),
                           fmt::format("the first is column {}", first->second + 1));
      }
    }
    return true;
  }

  // Counts on from the column before where it can: a header may be one long line.
  Location header_place(std::size_t i) const {
    const Cell& cell = record_[i];
    if (i == 0 || record_[i - 1].line != cell.line || cell.line != record_line_) {
      return place(cell.offset, cell.line, cell.length);
    }
    const std::size_t before = record_[i - 1].offset;
    Location at = csv_.header_at[i - 1];
    at.column +=
        static_cast<std::uint32_t>(count_characters(text_.substr(before, cell.offset - before)));
    at.length = static_cast<std::uint32_t>(
        std::max<std::size_t>(count_characters(text_.substr(cell.offset, cell.length)), 1));
    return at;
  }

  // False when reading has to stop.
  bool take_row() {
    const bool empty =
        fields_ == record_.size() && std::all_of(record_.begin(), record_.end(),
                                                 [](const Cell& cell) { return cell.length == 0; });
    if (empty) return !broken_;
    const std::size_t columns = csv_.header.size();
    if (ends_with_delimiter_ && fields_ == columns + 1 && record_.back().length == 0) {
      record_.pop_back();
      --fields_;
    }
    if (fields_ == columns) {
      csv_.cells_.insert(csv_.cells_.end(), record_.begin(), record_.end());
    } else if (!broken_) {
      report_width(columns);
    }
    if (csv_.cells_.size() > kMaxFields) {
      diagnostics_.error("E-CSV-SIZE", place(record_offset_, record_line_),
                         fmt::format("more than {} fields are not read", kMaxFields));
      return false;
    }
    return !broken_;
  }

  void report_width(std::size_t columns) {
    const bool many = fields_ > columns;
    if (++(many ? too_many_ : too_few_) > kMaxReports) return;
    const Cell& cell = many ? record_[columns] : record_.back();
    const std::string hint =
        many ? fmt::format("a field that holds a {} needs quotes", delimiter_name(csv_.delimiter))
             : fmt::format("fields are separated by {}s", delimiter_name(csv_.delimiter));
    diagnostics_.error("E-CSV-FIELDS", place(cell.offset, cell.line, cell.length),
                       fmt::format("this row has {} fields, the header {}", fields_, columns),
                       hint);
  }

  void summarise(std::size_t count, std::string_view what) {
    if (count <= kMaxReports) return;
    const bool quotes = what == "badly quoted";
    diagnostics_.error(quotes ? "E-CSV-QUOTE" : "E-CSV-FIELDS", {csv_.file_, 0, 0, 1},
                       quotes
                           ? fmt::format("{} more fields are badly quoted", count - kMaxReports)
                           : fmt::format("{} more rows have {} fields", count - kMaxReports, what));
  }

  std::string_view text_;
  Diagnostics& diagnostics_;
  Csv csv_;
  std::string unescaped_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::vector<Cell> record_;
  std::size_t fields_ = 0;  // of the record
  std::size_t record_offset_ = 0;
  std::uint32_t record_line_ = 1;
  bool ends_with_delimiter_ = false;
  bool broken_ = false;  // a quote is open at the end of the text
  std::size_t too_few_ = 0, too_many_ = 0, behind_quote_ = 0;
};

std::optional<std::size_t> Csv::column(std::string_view name) const {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
}

std::string_view Csv::text(std::size_t row, std::size_t column) const {
  const Cell& cell = cells_[row * columns() + column];
  const std::string& from = cell.unescaped > 0 ? *unescaped_ : *text_;
  return std::string_view(from).substr(cell.unescaped > 0 ? cell.unescaped - 1 : cell.offset,
                                       cell.length);
}

Location Csv::at(std::size_t row, std::size_t column) const {
  const Cell& cell = cells_[row * columns() + column];
  const std::string_view whole = *text_;
  std::size_t start = cell.offset;
  while (start > 0 && !is_break(whole[start - 1])) --start;
  const std::string_view before = whole.substr(start, cell.offset - start);
  return {
      file_, cell.line, static_cast<std::uint32_t>(count_characters(before) + 1),
      static_cast<std::uint32_t>(std::max<std::size_t>(count_characters(text(row, column)), 1))};
}

std::optional<Csv> parse_csv(std::string text, std::string name, Diagnostics& diagnostics) {
  if (text.size() > kMaxCsvBytes) {
    const std::uint32_t file = diagnostics.add_source(std::move(name), std::string());
    diagnostics.error("E-CSV-SIZE", {file, 0, 0, 1},
                      fmt::format("{} MB are too much; at most {} MB are read", text.size() >> 20,
                                  kMaxCsvBytes >> 20));
    return std::nullopt;
  }
  Decoded decoded = decode(std::move(text));
  const auto shared = std::make_shared<const std::string>(std::move(decoded.text));
  const std::uint32_t file = diagnostics.add_source(std::move(name), shared);
  if (!decoded.fault.empty()) {
    diagnostics.error("E-CSV-ENCODING", {file, 0, 0, 1}, decoded.fault, "save it as UTF-8");
    return std::nullopt;
  }
  if (const std::size_t nul = shared->find('\0'); nul != std::string::npos) {
    const std::string_view before = std::string_view(*shared).substr(0, nul);
    std::uint32_t line = 1;
    std::size_t start = 0;
    for (std::size_t i = 0; i < nul; ++i) {
      const bool pair = before[i] == '\r' && i + 1 < nul && before[i + 1] == '\n';
      if (!is_break(before[i]) || pair) continue;
      ++line;
      start = i + 1;
    }
    const auto column = static_cast<std::uint32_t>(count_characters(before.substr(start)) + 1);
    diagnostics.error("E-CSV-NUL", {file, line, column, 1}, "the file has a NUL byte here",
                      "this is no text, or UTF-16 without a byte order mark: save it as UTF-8");
    return std::nullopt;
  }
  return CsvReader(shared, std::move(decoded.encoding), file, diagnostics).read();
}

}  // namespace partnersim
