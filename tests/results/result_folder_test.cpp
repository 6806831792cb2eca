// A result folder of a small scenario, written and read back.
#include "results/result_folder.hpp"

#include <gmock/gmock.h>
#include <oneapi/tbb/global_control.h>

#include <map>

#include "ensemble/ensemble.hpp"
#include "experiments/synthetic.hpp"

namespace partnersim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kScenario = R"(title: Small
start: 2027-10
months: 8
currency: EUR
fiscal_year_starts: July
segments:
  - {name: VAR, partners: 6}
  - {name: MSP, partners: 4}
us:
  name: Us
  offers:
    - {name: Server, deployment: on_premises, billing: licence}
    - {name: Cloud, deployment: cloud, billing: subscription}
rival: {name: Rival, like: us}
)";

Scenario small_scenario(const std::filesystem::path& folder) {
  write_file_atomically(folder / "small.yaml", kScenario);
  Diagnostics diagnostics;
  std::optional<Scenario> scenario = load_scenario(folder / "small.yaml", {}, diagnostics);
  for (const Diagnostic& one : diagnostics.all()) ADD_FAILURE() << one.code << " " << one.message;
  return std::move(scenario.value());
}

std::map<std::string, std::string> files_in(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[entry.path().filename().string()] = read_file(entry.path());
    }
  }
  return files;
}

/// A finished result.
class Written : public ::testing::Test {
 protected:
  Written()
      : scenario_(small_scenario(temporary_.path())),
        plan_{.months = 8, .seed = 1, .replications = 8, .precision = {}, .triples = {}} {
    JournalWriter journal =
        JournalWriter::create(journal_path(folder()), journal_header(scenario_, plan_));
    run_ensemble(scenario_, plan_, journal, {});
    write({});
  }
  std::filesystem::path folder() const { return temporary_.path() / "result"; }
  void write(const Execution& execution) {
    write_result_folder(folder(), scenario_, JournalReader(journal_path(folder())),
                        still_year(scenario_, plan_.seed, 2), execution);
  }
  void change(const std::string& name, const std::string& from, const std::string& to) {
    std::string text = read_file(folder() / name);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, text.npos);
    write_file_atomically(folder() / name, text.replace(at, from.size(), to));
  }
  std::string fault() const {
    try {
      read_result(folder());
    } catch (const ResultFault& error) {
      return error.what();
    }
    return "";
  }

  testing::Folder temporary_;
  Scenario scenario_;
  Plan plan_;
};

TEST_F(Written, HasTheSameBytesWithAnyNumberOfThreads) {
  const auto first = files_in(folder());
  EXPECT_EQ(first.size(), 5u);
  for (const std::size_t threads : {1u, 2u, 8u}) {
    const oneapi::tbb::global_control control(oneapi::tbb::global_control::max_allowed_parallelism,
                                              threads);
    write({});
    EXPECT_EQ(files_in(folder()), first) << threads;
  }
}

TEST_F(Written, OnlyTheManifestKnowsOfTheExecution) {
  auto first = files_in(folder());
  write({.argv = {"partnersim"},
         .started = "now",
         .finished = {},
         .host = "here",
         .threads = 3,
         .seconds = 1});
  auto second = files_in(folder());
  EXPECT_NE(first.at("manifest.json"), second.at("manifest.json"));
  first.erase("manifest.json");
  second.erase("manifest.json");
  EXPECT_EQ(first, second);
}

TEST_F(Written, IsReadBack) {
  const ResultInfo info = read_result(folder());
  EXPECT_EQ(info.name, "small");
  EXPECT_EQ(info.planned, 8u);
  EXPECT_EQ(info.done, 8u);
  EXPECT_EQ(info.failed, 0u);
  EXPECT_EQ(info.identity, identity_of(scenario_, plan_));
  std::vector<std::string> names;
  for (const ResultFile& file : info.files) names.push_back(file.name);
  EXPECT_THAT(names, ElementsAre("resolved.yaml", "forecast.csv", "runs.csv", "summary.json"));
}

TEST_F(Written, ChangedFilesAreAFaultUnlessOneNeedsTheJournalOnly) {
  change("forecast.csv", "2027-10", "2027-11");
  EXPECT_THAT(fault(), HasSubstr("forecast.csv is not the file that was written"));
  EXPECT_EQ(read_result(folder(), false).done, 8u);
}

TEST_F(Written, MissingThingsAreNamed) {
  std::filesystem::remove(folder() / "runs.csv");
  EXPECT_THAT(fault(), HasSubstr("runs.csv is missing"));
  std::filesystem::remove_all(folder() / "journal");
  EXPECT_THROW(read_result(folder(), false), ResultFault);
  std::filesystem::remove(folder() / "manifest.json");
  EXPECT_THAT(fault(), HasSubstr("it has no manifest.json"));
}

TEST_F(Written, OtherVersionsAndMixturesAreRefused) {
  change("manifest.json", "\"schema\": 1", "\"schema\": 2");
  EXPECT_THAT(fault(), HasSubstr("schema 2; this program reads 1"));
  change("manifest.json", "\"schema\": 2", "\"schema\": 1");
  change("manifest.json", identity_of(scenario_, plan_).parameters, "0000000000000000");
  EXPECT_THAT(fault(), HasSubstr("are of different runs"));
}

TEST_F(Written, DamagedManifests) {
  for (const std::string text :
       {"", "{", "[]", "{\"schema\": 1}", "{\"schema\": \"one\"}", "null"}) {
    write_file_atomically(folder() / "manifest.json", text);
    EXPECT_THAT(fault(), HasSubstr("damaged")) << text;
  }
}

TEST_F(Written, NamesOfOtherFoldersAreNotFollowed) {
  change("manifest.json", "\"name\": \"runs.csv\"", "\"name\": \"../runs.csv\"");
  EXPECT_THAT(fault(), HasSubstr("damaged"));
}

}  // namespace
}  // namespace partnersim
