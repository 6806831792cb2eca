// Batches of the real simulation on the main scenario, shortened: the same bytes for any number of
// threads and after a resume, and a replication run alone is the one in the journal.
#include <gtest/gtest.h>

#include "ensemble/ensemble.hpp"
#include "ensemble/tiny.hpp"

namespace partnersim {
namespace {

using testing::bytes_of;
using testing::Folder;

class SimulatedTest : public ::testing::Test {
 protected:
  static const Scenario& scenario() {
    static const Scenario loaded = [] {
      LoadOptions options;
      options.months = 4;
      Diagnostics diagnostics;
      auto result = load_scenario(
          std::filesystem::path(PARTNERSIM_SOURCE_DIR) / "scenarios" / "cloud-transition.yaml",
          options, diagnostics);
      if (!result) throw std::runtime_error("the main scenario does not load");
      return std::move(*result);
    }();
    return loaded;
  }
  static Plan plan(std::uint64_t replications) {
    return {.months = 4, .seed = 1, .replications = replications, .precision = {}, .triples = {}};
  }
  std::string run(const Plan& plan, int threads) {
    const JournalHeader header = journal_header(scenario(), plan);
    JournalWriter journal = JournalWriter::create(path_, header);
    EnsembleOptions options;
    options.threads = threads;
    result_ = run_ensemble(scenario(), plan, journal, options);
    return bytes_of(path_);
  }

  Folder folder_;
  std::filesystem::path path_ = folder_ / "records.bin";
  EnsembleResult result_;
};

TEST_F(SimulatedTest, SameBytesForAnyNumberOfThreads) {
  const std::string one = run(plan(9), 1);
  EXPECT_EQ(result_.done, 9u);
  EXPECT_EQ(result_.failed, 0u);
  for (const int threads : {2, 8}) {
    std::filesystem::remove(path_);
    EXPECT_TRUE(run(plan(9), threads) == one) << threads;
  }
  // One record is lost and run again.
  std::string damaged = one;
  damaged[layout_of(journal_header(scenario(), plan(9))).record(4) + 1000] ^= 1;
  testing::overwrite(path_, damaged);
  JournalWriter journal = JournalWriter::resume(path_, journal_header(scenario(), plan(9)));
  run_ensemble(scenario(), plan(9), journal, {});
  EXPECT_TRUE(bytes_of(path_) == one);
}

TEST_F(SimulatedTest, AReplicationAloneIsTheOneInTheJournal) {
  run(plan(6), 2);
  const JournalReader reader(path_);
  const Record there = reader.read(5);
  const Record alone =
      run_replication(scenario(), plan(6), 5, simulation_runner(scenario().world, true));
  EXPECT_EQ(alone.failure, "");  // checked runs compute the same
  EXPECT_EQ(alone.cells, there.cells);
  EXPECT_EQ(alone.drawn, there.drawn);
  EXPECT_EQ(alone.state_hash, there.state_hash);
}

TEST_F(SimulatedTest, CorrelationsOfTheMainScenarioArePossible) {
  EXPECT_FALSE(correlation_fault(scenario()));
  EXPECT_FALSE(scenario().drawn.empty());
}

}  // namespace
}  // namespace partnersim
