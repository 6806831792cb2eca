// A batch: the same bytes for any number of threads, after a stop and a resume, with precision.
#include "ensemble/ensemble.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <mutex>
#include <set>
#include <thread>

#include "base/check.hpp"
#include "ensemble/statistics.hpp"
#include "ensemble/tiny.hpp"

namespace partnersim {
namespace {

using testing::bytes_of;
using testing::Folder;
using testing::tiny_plan;
using testing::uncertain_scenario;

/// Cells that depend on the parameters and all of the luck, and take an uneven time.
std::uint64_t fake(const Parameters& parameters, RunLuck luck, std::span<std::int64_t> cells) {
  const double growth = parameters.markets[0].growth;
  for (std::size_t k = 0; k < cells.size(); ++k) {
    const double u = uniforms(luck.personal, k, 0, 1)[0] + uniforms(luck.world, 1, 0, 1)[0];
    cells[k] = static_cast<std::int64_t>(1e6 * (1 + growth + 0.2 * u));
  }
  std::this_thread::sleep_for(std::chrono::microseconds(luck.personal.key % 400));
  return combine(luck.world.key, luck.personal.key);
}

class EnsembleTest : public ::testing::Test {
 protected:
  EnsembleResult run(
      const Plan& plan, const EnsembleOptions& options,
      const std::function<Runner()>& runner = [] { return Runner(fake); }) {
    const JournalHeader header = journal_header(scenario_, plan);
    JournalWriter journal = std::filesystem::exists(path_) ? JournalWriter::resume(path_, header)
                                                           : JournalWriter::create(path_, header);
    return run_ensemble(scenario_, plan, journal, options, runner);
  }
  std::string fresh(const Plan& plan, int threads) {
    std::filesystem::remove(path_);
    result_ = run(plan, with_threads(threads));
    return bytes_of(path_);
  }
  static EnsembleOptions with_threads(int threads) {
    EnsembleOptions options;
    options.threads = threads;
    return options;
  }

  Scenario scenario_ = uncertain_scenario();
  Folder folder_;
  std::filesystem::path path_ = folder_ / "records.bin";
  EnsembleResult result_;
};

TEST_F(EnsembleTest, SameBytesForAnyNumberOfThreads) {
  const Plan plan = tiny_plan(50);
  const std::string one = fresh(plan, 1);
  EXPECT_EQ(result_.done, 50u);
  EXPECT_FALSE(result_.interrupted);
  EXPECT_TRUE(fresh(plan, 2) == one);
  EXPECT_TRUE(fresh(plan, 8) == one);
  EXPECT_TRUE(fresh(plan, 0) == one);
}

TEST_F(EnsembleTest, ThreadsAreReal) {
  std::mutex mutex;
  std::set<std::thread::id> ids;
  const Runner slow = [&](const Parameters&, RunLuck, std::span<std::int64_t>) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const std::lock_guard lock(mutex);
    ids.insert(std::this_thread::get_id());
    return std::uint64_t{0};
  };
  run(tiny_plan(100), with_threads(8), [&] { return slow; });
  EXPECT_EQ(ids.size(), 8u);
  EXPECT_FALSE(ids.contains(std::this_thread::get_id()));
}

TEST_F(EnsembleTest, EachThreadHasOneRunner) {
  std::atomic<int> made = 0;
  run(tiny_plan(40), with_threads(2), [&] {
    ++made;
    return Runner(fake);
  });
  EXPECT_LE(made, 2);
  EXPECT_GE(made, 1);
}

TEST_F(EnsembleTest, StopFinishesWhatRunsAndResumeGivesTheSameBytes) {
  const Plan plan = tiny_plan(60);
  const std::string whole = fresh(plan, 2);
  std::filesystem::remove(path_);

  std::atomic<bool> stop = false;
  std::atomic<int> runs = 0;
  EnsembleOptions options = with_threads(2);
  options.stop = &stop;
  const auto stopping = [&] {
    return Runner([&](const Parameters& p, RunLuck luck, std::span<std::int64_t> cells) {
      if (++runs == 20) stop = true;
      return fake(p, luck, cells);
    });
  };
  const EnsembleResult first = run(plan, options, stopping);
  EXPECT_TRUE(first.interrupted);
  EXPECT_EQ(first.done, static_cast<std::uint64_t>(runs.load()));
  EXPECT_LT(first.done, 22u);
  EXPECT_EQ(first.planned, 60u);

  const EnsembleResult second = run(plan, with_threads(2));
  EXPECT_FALSE(second.interrupted);
  EXPECT_EQ(second.done, 60u);
  EXPECT_TRUE(bytes_of(path_) == whole);

  const EnsembleResult third = run(plan, with_threads(2), [&]() -> Runner {
    ADD_FAILURE() << "nothing is left to run";
    return fake;
  });
  EXPECT_EQ(third.done, 60u);
}

TEST_F(EnsembleTest, DamagedRecordsAreRunAgain) {
  const Plan plan = tiny_plan(8);
  const std::string whole = fresh(plan, 1);
  std::string damaged = whole;
  damaged[layout_of(journal_header(scenario_, plan)).record(5) + 300] ^= 1;
  testing::overwrite(path_, damaged);
  EXPECT_EQ(run(plan, with_threads(1)).done, 8u);
  EXPECT_TRUE(bytes_of(path_) == whole);
}

TEST_F(EnsembleTest, AFailureStopsNothingElse) {
  const Plan plan = tiny_plan(12);
  const std::uint64_t unlucky = run_luck(plan.seed, nested(7)).personal.key;
  const auto result = run(plan, with_threads(2), [&] {
    return Runner([&](const Parameters& p, RunLuck luck, std::span<std::int64_t> cells) {
      if (luck.personal.key != unlucky) return fake(p, luck, cells);
      cells[0] = 1;
      throw RunFault("closing: attention is no number in month 3, partner Acme");
    });
  });
  EXPECT_EQ(result.done, 11u);
  EXPECT_EQ(result.failed, 1u);
  EXPECT_FALSE(result.interrupted);
  const JournalReader reader(path_);
  EXPECT_EQ(reader.with(RecordStatus::failed), (std::vector<std::uint64_t>{7}));
  EXPECT_EQ(reader.failure(7),
            "replication 7 (draw 1, world 3, luck 7): closing: attention is no number in month 3, "
            "partner Acme");
  EXPECT_EQ(reader.read(7).cells[0], 0);
  EXPECT_EQ(reader.read(7).drawn.size(), 3u);
}

TEST_F(EnsembleTest, RecordsHoldDrawsAndLuckOfTheirTriple) {
  const Plan plan = tiny_plan(9);
  fresh(plan, 2);
  const JournalReader reader(path_);
  for (std::uint64_t r = 0; r < 9; ++r) {
    const Record record = reader.read(r);
    const Drawn drawn = ParameterDraws(scenario_).draw(draw_luck(plan.seed, nested(r)));
    EXPECT_EQ(record.drawn, drawn.values);
    const Record alone = run_replication(scenario_, plan, r, fake);
    EXPECT_EQ(record.cells, alone.cells);
    EXPECT_EQ(record.state_hash, alone.state_hash);
  }
  EXPECT_EQ(reader.read(0).drawn, reader.read(3).drawn);
  EXPECT_NE(reader.read(3).drawn, reader.read(4).drawn);
}

/// Half width of the headline over its mean after n replications.
double precision_after(const std::filesystem::path& path, std::uint64_t n) {
  const JournalReader reader(path);
  std::vector<double> values;
  for (std::uint64_t r = 0; r < n; ++r) {
    values.push_back(headline(reader.header().outline, reader.read(r).cells));
  }
  return relative_half_width(summarize(values));
}

TEST_F(EnsembleTest, PrecisionStopsAtTheFirstLookThatHasIt) {
  Plan plan = tiny_plan(300);
  fresh(plan, 2);
  const double at32 = precision_after(path_, 32), at64 = precision_after(path_, 64),
               at128 = precision_after(path_, 128);
  ASSERT_GT(at64, at128);
  plan.precision = (std::min(at64, at32) + at128) / 2;

  const std::string one = fresh(plan, 1);
  EXPECT_TRUE(result_.precision_reached);
  EXPECT_EQ(result_.planned, 128u);
  EXPECT_EQ(result_.done, 128u);
  EXPECT_TRUE(fresh(plan, 2) == one);
  EXPECT_TRUE(fresh(plan, 8) == one);
  EXPECT_EQ(JournalReader(path_).replications(), 128u);

  // A complete journal has nothing to resume.
  const EnsembleResult again = run(plan, with_threads(2));
  EXPECT_TRUE(again.precision_reached);
  EXPECT_FALSE(again.interrupted);
  EXPECT_EQ(again.done, 128u);
  EXPECT_TRUE(bytes_of(path_) == one);

  std::string damaged = one;
  damaged[damaged.size() - 5] ^= 1;
  testing::overwrite(path_, damaged);
  EXPECT_EQ(run(plan, with_threads(2)).done, 128u);
  EXPECT_TRUE(bytes_of(path_) == one);
}

TEST_F(EnsembleTest, PrecisionIsTheSameAfterAStop) {
  Plan plan = tiny_plan(300);
  fresh(plan, 2);
  plan.precision = precision_after(path_, 64) * 1.0001;
  const std::string whole = fresh(plan, 1);
  const std::uint64_t n = result_.planned;
  std::filesystem::remove(path_);

  std::atomic<bool> stop = false;
  std::atomic<int> runs = 0;
  EnsembleOptions options = with_threads(3);
  options.stop = &stop;
  const EnsembleResult first = run(plan, options, [&] {
    return Runner([&](const Parameters& p, RunLuck luck, std::span<std::int64_t> cells) {
      if (++runs == 25) stop = true;
      return fake(p, luck, cells);
    });
  });
  EXPECT_TRUE(first.interrupted);
  EXPECT_FALSE(first.precision_reached);
  EXPECT_EQ(run(plan, with_threads(3)).planned, n);
  EXPECT_TRUE(bytes_of(path_) == whole);
}

TEST_F(EnsembleTest, PrecisionThatIsNeverReachedRunsAll) {
  Plan plan = tiny_plan(40);
  plan.precision = 1e-9;
  fresh(plan, 2);
  EXPECT_FALSE(result_.precision_reached);
  EXPECT_FALSE(result_.interrupted);
  EXPECT_EQ(result_.done, 40u);
}

TEST_F(EnsembleTest, ProgressComesFromTheCallerAndEndsWithAll) {
  EnsembleOptions options = with_threads(2);
  std::vector<Progress> seen;
  options.progress = [&, caller = std::this_thread::get_id()](const Progress& p) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    seen.push_back(p);
  };
  const auto slow = [] {
    return Runner([](const Parameters& p, RunLuck luck, std::span<std::int64_t> cells) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      return fake(p, luck, cells);
    });
  };
  run(tiny_plan(30), options, slow);
  ASSERT_GE(seen.size(), 2u);
  EXPECT_LE(static_cast<double>(seen.size()), 2 + seen.back().seconds * 10);
  EXPECT_EQ(seen.back().done, 30u);
  EXPECT_EQ(seen.back().planned, 30u);
  const JournalReader reader(path_);
  std::vector<double> values;
  for (std::uint64_t r = 0; r < 30; ++r) {
    values.push_back(headline(scenario_.world, reader.read(r).cells));
  }
  const Summary summary = summarize(values);
  EXPECT_EQ(seen.back().mean, summary.mean);
  EXPECT_EQ(seen.back().half_width, (summary.ci_hi - summary.ci_lo) / 2);
}

TEST_F(EnsembleTest, AnErrorInTheCallbackReachesTheCaller) {
  EnsembleOptions options = with_threads(2);
  options.progress = [](const Progress&) { throw std::logic_error("pipe closed"); };
  EXPECT_THROW(run(tiny_plan(3), options), std::logic_error);
}

TEST_F(EnsembleTest, AJournalOfAnotherPlanIsRefused) {
  JournalWriter journal = JournalWriter::create(path_, journal_header(scenario_, tiny_plan(4)));
  EXPECT_THROW(run_ensemble(scenario_, tiny_plan(5), journal, with_threads(1)), RunFault);
}

TEST(Headline, NetOfTheFirstVendorInCurrency) {
  const Scenario scenario = uncertain_scenario();
  const Cells month(scenario.world);
  const std::size_t size = month.values().size();
  std::vector<std::int64_t> cells(2 * size, 0);
  cells[month.at(Line::net, 0, 0)] = 100;
  cells[month.at(Line::net, 1, 1)] = 250;
  cells[size + month.at(Line::net, 1, 0)] = -50;
  cells[month.at(Line::net, 2, 0)] = 777;  // the rival
  cells[month.at(Line::list, 0, 0)] = 888;
  EXPECT_EQ(headline(scenario.world, cells), 3.0);
}

}  // namespace
}  // namespace partnersim
