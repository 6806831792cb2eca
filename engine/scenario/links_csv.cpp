// Rows of a link table, checked one by one.
#include "scenario/links_csv.hpp"

#include <fmt/format.h>

#include <string>
#include <unordered_set>

#include "base/text.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kMaxReports = 100;  // faults of one file; the rest is counted

Location header_place(const Csv& csv, std::string_view column) {
  for (std::size_t c = 0; c < csv.columns(); ++c) {
    if (csv.header[c] == column) return csv.header_at[c];
  }
  return csv.header_at.empty() ? Location{} : csv.header_at.front();
}

std::optional<std::size_t> needed(const Csv& csv, std::string_view name, Diagnostics& diagnostics) {
  if (const auto column = csv.column(name)) return column;
  const std::string near = nearest(name, csv.header);
  diagnostics.error("E-LINK-COLUMN", header_place(csv, near), fmt::format("no column '{}'", name),
                    near.empty() ? "a link file has the columns from, to and kind"
                                 : fmt::format("did you mean '{}' by '{}'?", name, near));
  return std::nullopt;
}

// Without the column all are peers, which is not what somebody wants who misspelt it.
void warn_of_kind(const Csv& csv, Diagnostics& diagnostics) {
  const std::string near = nearest("kind", csv.header);
  if (near.empty()) return;
  diagnostics.warning("E-LINK-COLUMN", header_place(csv, near),
                      "no column 'kind': all links are peers",
                      fmt::format("did you mean 'kind' by '{}'?", near));
}

class LinkRows {
 public:
  LinkRows(const Csv& csv, Diagnostics& diagnostics) : csv_(csv), diagnostics_(diagnostics) {}

  std::optional<GraphFile> read() {
    const auto from = needed(csv_, "from", diagnostics_), to = needed(csv_, "to", diagnostics_);
    const auto kind = csv_.column("kind");
    if (!from || !to) return std::nullopt;
    if (!kind) warn_of_kind(csv_, diagnostics_);
    for (std::size_t row = 0; row < csv_.rows(); ++row) {
      GraphFile::Edge edge{end(row, *from, "from"), end(row, *to, "to"), LinkKind::peer, {}};
      if (!edge.a.empty() && edge.a == edge.b && fault()) {
        diagnostics_.error("E-LINK-SELF", csv_.at(row, *to),
                           fmt::format("'{}' is linked to itself", edge.a));
      }
      if (kind) edge.kind = kind_of(row, *kind);
      if (faults_ > 0) continue;
      edge.at = csv_.at(row, *from);
      add(edge.a);
      add(edge.b);
      result_.edges.push_back(std::move(edge));
    }
    if (faults_ > kMaxReports) {
      diagnostics_.error("E-LINK-MORE", {csv_.row_at(0).file, 0, 0, 1},
                         fmt::format("{} more faults in this file", faults_ - kMaxReports));
    }
    if (faults_ > 0) return std::nullopt;
    return std::move(result_);
  }

 private:
  bool fault() { return ++faults_ <= kMaxReports; }  // worth reporting

  std::string end(std::size_t row, std::size_t column, const char* name) {
    std::string id(csv_.text(row, column));
    if (id.empty() && fault()) {
      diagnostics_.error("E-LINK-END", csv_.at(row, column), fmt::format("'{}' is empty", name));
    }
    return id;
  }

  LinkKind kind_of(std::size_t row, std::size_t column) {
    const std::string_view word = csv_.text(row, column);
    if (word.empty()) return LinkKind::peer;
    const auto kind = link_kind(word);
    if (!kind && fault()) {
      report_link_kind(word, csv_.at(row, column), "E-LINK-KIND", diagnostics_);
    }
    return kind.value_or(LinkKind::peer);
  }

  void add(const std::string& id) {
    if (known_.insert(id).second) result_.nodes.push_back(id);
  }

  const Csv& csv_;
  Diagnostics& diagnostics_;
  GraphFile result_;
  std::unordered_set<std::string> known_;
  std::size_t faults_ = 0;
};

}  // namespace

std::optional<GraphFile> read_links(const Csv& csv, Diagnostics& diagnostics) {
  return LinkRows(csv, diagnostics).read();
}

}  // namespace partnersim
