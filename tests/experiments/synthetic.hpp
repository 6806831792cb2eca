// Journals made by hand: every cell of every run is known.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "ensemble/journal.hpp"
#include "support/folder.hpp"

namespace partnersim::testing {

/// "us" with a licence and a cloud offer, "rival" with a cloud offer; two segments; 21 months from
/// October 2027 with fiscal years from July: nine months of FY28, all of FY29.
inline World synthetic_outline() {
  World world;
  world.title = "By hand";
  world.currency = "EUR";
  world.calendar = {2027, 10, 7, 21};
  world.months = 21;
  world.markets = {{"home", 0}};
  world.segments = {{"VAR", false}, {"MSP", false}};
  world.vendors = {{"us", 0, 0, 2, {"Member", "Gold"}}, {"rival", 0, 2, 1, {"Member"}}};
  world.offers = {{"Server", 0, Deployment::on_premises, Billing::licence, 0},
                  {"Cloud", 0, Deployment::cloud, Billing::subscription, 0},
                  {"Other", 1, Deployment::cloud, Billing::subscription, 0}};
  return world;
}

inline JournalHeader synthetic_header(std::uint64_t replications,
                                      World outline = synthetic_outline()) {
  JournalHeader header;
  header.identity = {"1111111111111111", "2222222222222222", "3333333333333333",
                     "4444444444444444"};
  header.plan.months = outline.months;
  header.plan.replications = replications;
  header.outline = std::move(outline);
  return header;
}

/// Writes the cells of a month of a replication.
using Fill = std::function<void(std::uint64_t r, int month, Cells& cells)>;

class SyntheticJournal {
 public:
  SyntheticJournal(const JournalHeader& header, const Fill& fill,
                   const std::vector<std::uint64_t>& failed = {},
                   const std::vector<std::uint64_t>& missing = {}) {
    JournalWriter writer = JournalWriter::create(journal_path(folder()), header);
    const auto is_in = [](const std::vector<std::uint64_t>& list, std::uint64_t r) {
      for (const std::uint64_t one : list) {
        if (one == r) return true;
      }
      return false;
    };
    for (std::uint64_t r = 0; r < header.plan.replications; ++r) {
      if (is_in(missing, r)) continue;
      Record record;
      record.replication = r;
      record.triple = header.plan.triple(r);
      for (std::size_t k = 0; k < header.drawn.size(); ++k) {
        record.drawn.push_back(static_cast<double>(record.triple.draw) + 0.25);
      }
      record.failed = is_in(failed, r);
      if (record.failed) record.failure = "=demand is not a number, \"market\"";
      for (int month = 0; month < header.plan.months; ++month) {
        Cells cells(header.outline);
        if (!record.failed) fill(r, month, cells);
        record.cells.insert(record.cells.end(), cells.values().begin(), cells.values().end());
      }
      writer.write(record);
    }
    writer.flush();
  }

  const std::filesystem::path& folder() const { return folder_.path(); }
  JournalReader open() const { return JournalReader(journal_path(folder())); }

 private:
  Folder folder_;
};

inline std::int64_t cents(double amount) {
  return static_cast<std::int64_t>(amount * 100 + (amount < 0 ? -0.5 : 0.5));
}

}  // namespace partnersim::testing
