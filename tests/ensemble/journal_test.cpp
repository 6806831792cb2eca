// The journal: what is written is read, damage is found and named, order of writing does not show.
#include "ensemble/journal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "base/check.hpp"
#include "ensemble/tiny.hpp"

namespace partnersim {
namespace {

using testing::bytes_of;
using testing::Folder;
using testing::message;
using testing::overwrite;
using testing::tiny_plan;
using testing::uncertain_scenario;

Record make_record(const JournalHeader& header, std::uint64_t r) {
  Record record;
  record.replication = r;
  record.triple = header.plan.triple(r);
  record.drawn = {0.25 * static_cast<double>(r), -1, 1e300};
  record.cells.resize(12 * header.cells().values().size());
  std::iota(record.cells.begin(), record.cells.end(), static_cast<std::int64_t>(r) * 1000000 - 50);
  record.state_hash = r * 77;
  return record;
}

class JournalTest : public ::testing::Test {
 protected:
  JournalWriter create() { return JournalWriter::create(path_, header_); }
  void write_all() {
    JournalWriter journal = create();
    for (std::uint64_t r = 0; r < header_.plan.replications; ++r) {
      journal.write(make_record(header_, r));
    }
  }
  /// The file with one bit of this byte turned.
  void flip(std::size_t at) {
    std::string bytes = bytes_of(path_);
    bytes[at] = static_cast<char>(bytes[at] ^ 4);
    overwrite(path_, bytes);
  }
  std::string fault() const {
    return message<JournalFault>([&] { JournalReader reader(path_); });
  }

  Folder folder_;
  std::filesystem::path path_ = journal_path(folder_.path());
  JournalHeader header_ = journal_header(uncertain_scenario(), tiny_plan(6));
  JournalLayout layout_ = layout_of(header_);
};

TEST_F(JournalTest, WhatIsWrittenIsRead) {
  write_all();
  const JournalReader reader(path_);
  EXPECT_TRUE(reader.complete());
  EXPECT_TRUE(reader.faults().empty());
  EXPECT_EQ(reader.replications(), 6u);
  for (std::uint64_t r = 0; r < 6; ++r) {
    const Record record = reader.read(r), expected = make_record(header_, r);
    EXPECT_EQ(record.replication, r);
    EXPECT_EQ(record.triple, nested(r));
    EXPECT_EQ(record.drawn, expected.drawn);
    EXPECT_EQ(record.cells, expected.cells);
    EXPECT_EQ(record.state_hash, expected.state_hash);
    EXPECT_FALSE(record.failed);
  }
}

TEST_F(JournalTest, TheHeaderTellsAllWithoutTheScenario) {
  create();
  const JournalReader reader(path_);
  const JournalHeader& header = reader.header();
  EXPECT_EQ(header.identity, header_.identity);
  EXPECT_EQ(header.plan, header_.plan);
  EXPECT_EQ(header.drawn, header_.drawn);
  EXPECT_EQ(header.outline.title, "Tiny");
  EXPECT_EQ(header.outline.calendar.fiscal_start_month, 7);
  EXPECT_EQ(header.outline.months, 12);
  ASSERT_EQ(header.outline.offers.size(), 3u);
  EXPECT_EQ(header.outline.offers[1].name, "Cloud");
  EXPECT_EQ(header.outline.offers[0].billing, Billing::licence);
  EXPECT_EQ(header.outline.vendors[1].first_offer, 2u);
  EXPECT_EQ(header.outline.vendors[0].tiers, (std::vector<std::string>{"Member", "Gold"}));
  const Cells ours(uncertain_scenario().world);
  EXPECT_EQ(header.cells().at(Line::net, 2, 1), ours.at(Line::net, 2, 1));
  EXPECT_EQ(reader.cells_per_month(), ours.values().size());
  EXPECT_NE(bytes_of(path_).find("\"net_channel_revenue\""), std::string::npos);
}

TEST_F(JournalTest, AListOfTriplesIsKept) {
  Plan plan = tiny_plan(2);
  plan.triples = {{9, 8, 7}, {1, 2, 18446744073709551615u}};
  header_ = journal_header(uncertain_scenario(), plan);
  create();
  EXPECT_EQ(JournalReader(path_).header().plan, plan);
}

TEST_F(JournalTest, SeriesAreInReplicationOrder) {
  {
    JournalWriter journal = create();
    for (const std::uint64_t r : {4u, 1u, 2u}) journal.write(make_record(header_, r));
  }
  const JournalReader reader(path_);
  std::vector<std::int64_t> series;
  const std::size_t first = 3 * reader.cells_per_month() + 5;
  reader.read_series(first, 2, series);
  ASSERT_EQ(series.size(), 6u);
  for (std::size_t k = 0; k < 2; ++k) {
    for (std::size_t j = 0; j < 3; ++j) {
      const std::uint64_t r = std::array<std::uint64_t, 3>{1, 2, 4}[j];
      EXPECT_EQ(series[k * 3 + j], make_record(header_, r).cells[first + k]);
    }
  }
  std::vector<double> drawn;
  reader.read_drawn(drawn);
  EXPECT_EQ(drawn, (std::vector<double>{0.25, -1, 1e300, 0.5, -1, 1e300, 1, -1, 1e300}));
  EXPECT_THROW(reader.read_series(12 * reader.cells_per_month(), 1, series), RunFault);
}

TEST_F(JournalTest, FailedRecordsSayWhy) {
  {
    JournalWriter journal = create();
    Record record = make_record(header_, 5);
    record.failed = true;
    record.failure = std::string(119, 'x') + "\u00fc and more";  // the cut would halve a character
    journal.write(record);
  }
  const JournalReader reader(path_);
  EXPECT_EQ(reader.status(5), RecordStatus::failed);
  EXPECT_EQ(reader.count(RecordStatus::failed), 1u);
  EXPECT_EQ(reader.failure(5), "replication 5 (draw 1, world 2, luck 5): " + std::string(119, 'x'));
}

TEST_F(JournalTest, OrderOfWritingDoesNotShow) {
  write_all();
  const std::string straight = bytes_of(path_);
  std::vector<std::uint64_t> order{5, 0, 3, 1, 4, 2};
  for (int k = 0; k < 3; ++k) {
    std::filesystem::remove(path_);
    {
      JournalWriter journal = create();
      for (const std::uint64_t r : std::span(order).first(3))
        journal.write(make_record(header_, r));
    }
    JournalWriter journal = JournalWriter::resume(path_, header_);
    for (const std::uint64_t r : journal.reader().with(RecordStatus::missing)) {
      journal.write(make_record(header_, r));
    }
    EXPECT_EQ(bytes_of(path_), straight);
    std::next_permutation(order.begin(), order.end());
  }
}

TEST_F(JournalTest, HolesAreMissing) {
  create().write(make_record(header_, 3));
  const JournalReader reader(path_);
  EXPECT_EQ(reader.with(RecordStatus::missing), (std::vector<std::uint64_t>{0, 1, 2, 4, 5}));
  EXPECT_TRUE(reader.faults().empty());
}

TEST_F(JournalTest, EveryFlippedByteOfARecordIsFound) {
  write_all();
  const std::size_t begin = layout_.record(2), last = layout_.record_size - 1;
  for (const std::size_t at :
       {std::size_t{1}, std::size_t{8}, std::size_t{17}, std::size_t{41}, std::size_t{60},
        std::size_t{170}, std::size_t{200}, std::size_t{999}, last - 9, last}) {
    flip(begin + at);
    const JournalReader reader(path_);
    EXPECT_EQ(reader.with(RecordStatus::missing), (std::vector<std::uint64_t>{2})) << at;
    ASSERT_EQ(reader.faults().size(), 1u);
    EXPECT_EQ(reader.faults()[0], path_.string() + ": record 2 is damaged and counts as missing");
    flip(begin + at);
  }
  EXPECT_TRUE(JournalReader(path_).complete());
}

TEST_F(JournalTest, EveryFlippedByteOfTheHeaderIsFound) {
  create();
  for (std::size_t at = 0; at < layout_.header_size; at = at < kEndMark ? at + 1 : at + 97) {
    flip(at);
    if (at < kEndMark || at >= kFrontSize) {
      EXPECT_NE(fault(), "") << at;
    } else {
      EXPECT_EQ(JournalReader(path_).faults().size(), 1u);
    }
    flip(at);
  }
  EXPECT_EQ(fault(), "");
}

TEST_F(JournalTest, ADamagedEndMarkIsRestored) {
  write_all();
  const std::string whole = bytes_of(path_);
  flip(kEndMark + 1);
  EXPECT_TRUE(JournalReader(path_).complete());
  JournalWriter::resume(path_, header_);
  EXPECT_EQ(bytes_of(path_), whole);
}

TEST_F(JournalTest, CutOff) {
  write_all();
  const std::string whole = bytes_of(path_);
  overwrite(path_, whole.substr(0, layout_.record(4) + 11));
  {
    const JournalReader reader(path_);
    EXPECT_EQ(reader.with(RecordStatus::missing), (std::vector<std::uint64_t>{4, 5}));
    ASSERT_EQ(reader.faults().size(), 1u);
    EXPECT_EQ(reader.faults()[0], path_.string() + " is cut off: records 4 to 5 are missing");
  }
  {
    JournalWriter journal = JournalWriter::resume(path_, header_);
    journal.write(make_record(header_, 5));
    journal.write(make_record(header_, 4));
  }
  EXPECT_EQ(bytes_of(path_), whole);
  for (const std::size_t size : {std::size_t{0}, std::size_t{5}, std::size_t{100}, std::size_t{300},
                                 layout_.header_size - 1}) {
    overwrite(path_, whole.substr(0, size));
    EXPECT_EQ(fault(), path_.string() + " is cut off within its header") << size;
  }
}

TEST_F(JournalTest, OtherFilesAndVersions) {
  std::filesystem::create_directories(path_.parent_path());
  EXPECT_EQ(message<FileError>([&] { JournalReader reader(path_); }),
            "cannot open " + path_.string() + ": No such file or directory");
  overwrite(path_, "month,vendor,offer\n2027-01,us,Cloud\n" + std::string(500, 'x'));
  EXPECT_EQ(fault(), path_.string() + " is not a journal of partnersim");
  std::string bytes = encode_header(header_);
  bytes[8] = 9;
  overwrite(path_, bytes);
  EXPECT_EQ(fault(), path_.string() + " has format version 9; this program reads version 1");
  bytes = encode_header(header_);
  std::reverse(bytes.begin() + 12, bytes.begin() + 16);
  overwrite(path_, bytes);
  EXPECT_EQ(fault(), path_.string() + " was written on a machine with another byte order");
}

TEST_F(JournalTest, AnotherRunIsNotResumed) {
  create();
  const auto resume = [&](const Scenario& scenario, const Plan& plan) {
    return message<JournalFault>(
        [&] { JournalWriter::resume(path_, journal_header(scenario, plan)); });
  };
  const std::string is = path_.string() + " is the journal of another run: ";
  EXPECT_EQ(resume(uncertain_scenario(), tiny_plan(6)), "");
  EXPECT_EQ(resume(uncertain_scenario(), tiny_plan(7)), is + "replications: 6 there, 7 here");
  Plan seed = tiny_plan(6);
  seed.seed = 8;
  EXPECT_EQ(resume(uncertain_scenario(), seed), is + "seed: 7 there, 8 here");
  Plan precision = tiny_plan(6);
  precision.precision = 0.01;
  EXPECT_EQ(resume(uncertain_scenario(), precision), is + "precision: none there, 0.01 here");
  Scenario churn = uncertain_scenario();
  churn.parameters.programs[0].offers[1].churn += 0.01;
  EXPECT_EQ(resume(churn, tiny_plan(6)).find(is + "other parameter values"), 0u);
}

TEST_F(JournalTest, OneWriterAtATimeAndNoSilentReplacement) {
  const JournalWriter writer = create();
  EXPECT_EQ(message<FileError>([&] { create(); }),
            "cannot create " + path_.string() + ": File exists");
  EXPECT_EQ(message<FileError>([&] { JournalWriter::resume(path_, header_); }),
            "cannot write " + path_.string() + ": another process is writing it");
}

TEST_F(JournalTest, ARecordOfAnotherShapeIsRefused) {
  JournalWriter journal = create();
  Record record = make_record(header_, 6);
  EXPECT_THROW(journal.write(record), RunFault);
  record.replication = 0;
  record.cells.pop_back();
  EXPECT_THROW(journal.write(record), RunFault);
}

TEST_F(JournalTest, PrecisionEndsIt) {
  Plan plan = tiny_plan(100);
  plan.precision = 0.01;
  header_ = journal_header(uncertain_scenario(), plan);
  {
    JournalWriter journal = create();
    EXPECT_EQ(std::filesystem::file_size(path_), layout_.header_size);
    for (const std::uint64_t r : {0u, 1u, 2u, 3u, 5u}) journal.write(make_record(header_, r));
    EXPECT_EQ(JournalReader(path_).replications(), 100u);
    EXPECT_TRUE(JournalReader(path_).faults().empty());
    journal.end_at(4);
  }
  EXPECT_EQ(std::filesystem::file_size(path_), layout_.record(4));
  const JournalReader reader(path_);
  EXPECT_TRUE(reader.precision_reached());
  EXPECT_TRUE(reader.complete());
  EXPECT_EQ(reader.replications(), 4u);
}

}  // namespace
}  // namespace partnersim
