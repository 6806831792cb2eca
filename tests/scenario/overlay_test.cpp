// Files that extend others: merging, places, cycles, missing files.
#include "scenario/overlay.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "scenario/support.hpp"

namespace partnersim {
namespace {

namespace fs = std::filesystem;

// A folder of its own for each test.
class Overlay : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(PARTNERSIM_BINARY_DIR) / "overlay_test" / test->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    before_ = fs::current_path();
    fs::current_path(folder_);  // messages then name files without the folder
  }
  void TearDown() override {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }

  static void write(const fs::path& path, std::string_view text) {
    if (path.has_parent_path()) fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  std::string load(const fs::path& path) {
    loaded_ = load_with_parents(path, diagnostics_);
    return loaded_ ? outline(loaded_->root) : "nothing";
  }

  Diagnostics diagnostics_;
  std::optional<Loaded> loaded_;

 private:
  fs::path folder_, before_;
};

TEST_F(Overlay, MapsMergeByKeyAndListsByName) {
  write("base.yaml",
        "title: Base\n"
        "months: 48\n"
        "us:\n"
        "  rebate: 4%\n"
        "  tiers: [{name: Silver, threshold: 150k, margin: 3%}, {name: Gold, threshold: 600k}]\n"
        "  regions: [DACH, Nordics]\n"
        "habit: {p10: 1, p90: 3}\n");
  write("child.yaml",
        "extends: base.yaml\n"
        "title: Child\n"
        "us:\n"
        "  rebate: 5%\n"
        "  tiers: [{name: Gold, threshold: 750k}, {name: Platinum}]\n"
        "  regions: [France]\n"
        "  managers: {seats: 12}\n"
        "habit: {min: 0, mode: 1, max: 2}\n");
  EXPECT_EQ(load("child.yaml"),
            "{title: <Child>, months: <48>, us: {rebate: <5%>, tiers: [{name: <Silver>, threshold: "
            "<150k>, margin: <3%>}, {name: <Gold>, threshold: <750k>}, {name: <Platinum>}], "
            "regions: [<France>], managers: {seats: <12>}}, habit: {min: <0>, mode: <1>, max: "
            "<2>}}");
  EXPECT_EQ(diagnostics_.render(), "");
  EXPECT_EQ(loaded_->files, (std::vector<fs::path>{"child.yaml", "base.yaml"}));
  // Every value keeps its place in its own file.
  const Node& us = *loaded_->root.find("us");
  const Node& tiers = *us.find("tiers");
  EXPECT_EQ(diagnostics_.source_name(us.find("rebate")->at.file), "child.yaml");
  EXPECT_EQ(diagnostics_.source_name(tiers.items[0].find("margin")->at.file), "base.yaml");
  EXPECT_EQ(tiers.items[1].find("threshold")->at.line, 5u);
  EXPECT_EQ(diagnostics_.source_name(loaded_->root.find("months")->at.file), "base.yaml");
}

TEST_F(Overlay, RemoveDeletesAndUnknownNamesAreErrors) {
  write("base.yaml", "offers: [{name: Server, price: 4}, {name: Cloud, price: 2}]\n");
  write("child.yaml",
        "extends: base.yaml\n"
        "offers:\n"
        "  - {name: Server, remove: true}\n"
        "  - {name: Clod, remove: true}\n"
        "  - {name: Cloud, remove: yes}\n"
        "rivals: [{name: Ares, remove: true}]\n");
  load("child.yaml");
  EXPECT_EQ(diagnostics_.render(),
            "child.yaml:4:12: error[E-UNKNOWN-NAME]: there is no 'Clod' to remove\n"
            "    4 |   - {name: Clod, remove: true}\n"
            "      |            ^~~~\n"
            "      = did you mean 'Cloud'?\n"
            "child.yaml:5:27: error[E-REMOVE]: expected true\n"
            "    5 |   - {name: Cloud, remove: yes}\n"
            "      |                           ^~~\n"
            "      = leave the line out to keep the item\n"
            "child.yaml:6:17: error[E-UNKNOWN-NAME]: there is no 'Ares' to remove\n"
            "    6 | rivals: [{name: Ares, remove: true}]\n"
            "      |                 ^~~~\n");
}

TEST_F(Overlay, RemoveThenAddReplacesAnItem) {
  write("base.yaml", "offers: [{name: A, price: 4, billing: licence}, {name: B}]\n");
  write("child.yaml",
        "extends: base.yaml\noffers: [{name: A, remove: true}, {name: A, price: 2}]\n");
  EXPECT_EQ(load("child.yaml"), "{offers: [{name: <B>}, {name: <A>, price: <2>}]}");
}

TEST_F(Overlay, ChangesAndEventsAreAppended) {
  write("base.yaml",
        "changes: [{from: 2027-01}]\n"
        "events: [{name: attack, probability: 40%}, {name: flood, month: FY28}]\n"
        "nested: {changes: [1]}\n");
  write("child.yaml",
        "extends: base.yaml\n"
        "changes: [{from: 2028-01}]\n"
        "events: [{name: attack, probability: 50%}, {name: strike}]\n"
        "nested: {changes: [2]}\n");
  EXPECT_EQ(load("child.yaml"),
            "{changes: [{from: <2027-01>}, {from: <2028-01>}], events: [{name: <attack>, "
            "probability: <50%>}, {name: <flood>, month: <FY28>}, {name: <strike>}], nested: "
            "{changes: [<2>]}}");
  EXPECT_EQ(diagnostics_.render(), "");
}

TEST_F(Overlay, AListWithoutNamesAndAnEmptyOneReplace) {
  write("base.yaml", "a: [{name: x}, {y: 1}]\nb: [{name: x}]\nc: {d: 1}\ne: 1\n");
  write("child.yaml", "extends: base.yaml\na: [{name: z}]\nb: []\nc: 5\ne: {f: 1}\n");
  EXPECT_EQ(load("child.yaml"), "{a: [{name: <z>}], b: [], c: <5>, e: {f: <1>}}");
}

TEST_F(Overlay, ChainsOverFolders) {
  write("world/base.yaml", "a: 1\nb: 1\nc: 1\n");
  write("world/europe/mid.yaml", "extends: ../base.yaml\nb: 2\nc: 2\n");
  write("runs/child.yaml", "extends: ../world/europe/mid.yaml\nc: 3\n");
  EXPECT_EQ(load("runs/child.yaml"), "{a: <1>, b: <2>, c: <3>}");
  EXPECT_EQ(loaded_->files,
            (std::vector<fs::path>{"runs/child.yaml", "world/europe/mid.yaml", "world/base.yaml"}));
  EXPECT_EQ(diagnostics_.source_name(loaded_->root.find("a")->at.file), "world/base.yaml");
}

TEST_F(Overlay, CyclesAreErrorsWithPlace) {
  write("a.yaml", "extends: sub/b.yaml\nx: 1\n");
  write("sub/b.yaml", "# b\nextends: ../a.yaml\n");
  EXPECT_EQ(load("a.yaml"), "nothing");
  EXPECT_EQ(diagnostics_.render(),
            "sub/b.yaml:2:10: error[E-EXTENDS]: these files extend each other in a circle\n"
            "    2 | extends: ../a.yaml\n"
            "      |          ^~~~~~~~~\n");
  Diagnostics own;
  write("self.yaml", "extends: ./self.yaml\n");
  EXPECT_FALSE(load_with_parents("self.yaml", own));
  EXPECT_EQ(codes(own), "E-EXTENDS");
}

TEST_F(Overlay, TooManyParents) {
  for (int i = 0; i < 40; ++i) {
    const std::string next = std::to_string(i + 1);
    write(std::to_string(i) + ".yaml", std::string("extends: ").append(next).append(".yaml\n"));
  }
  EXPECT_EQ(load("0.yaml"), "nothing");
  EXPECT_EQ(codes(diagnostics_), "E-EXTENDS");
  write("32.yaml", "a: 1\n");
  Diagnostics fine;
  EXPECT_TRUE(load_with_parents("0.yaml", fine));
}

TEST_F(Overlay, FilesThatCannotBeRead) {
  EXPECT_EQ(load("nothing.yaml"), "nothing");
  EXPECT_EQ(diagnostics_.render(),
            "nothing.yaml: error[E-FILE]: cannot read 'nothing.yaml': there is no such file\n");
  write("baseline.yaml", "a: 1\n");
  write("child.yaml", "extends: basline.yaml\n");
  Diagnostics missing;
  EXPECT_FALSE(load_with_parents("child.yaml", missing));
  EXPECT_EQ(missing.render(),
            "child.yaml:1:10: error[E-FILE]: cannot read 'basline.yaml': there is no such file\n"
            "    1 | extends: basline.yaml\n"
            "      |          ^~~~~~~~~~~~\n"
            "      = did you mean 'baseline.yaml'?\n");
  Diagnostics folder;
  EXPECT_FALSE(load_with_parents(".", folder));
  EXPECT_EQ(folder.render(), ".: error[E-FILE]: cannot read '.': it is a folder\n");
  Diagnostics device;
  EXPECT_FALSE(load_with_parents("/dev/zero", device));
  EXPECT_EQ(codes(device), "E-FILE");
}

TEST_F(Overlay, ExtendsIsOneRelativePath) {
  write("list.yaml", "extends: [a.yaml, b.yaml]\nx: 1\n");
  load("list.yaml");
  write("absolute.yaml", "extends: /etc/passwd\nx: 1\n");
  load("absolute.yaml");
  write("empty.yaml", "extends:\nx: 1\n");
  load("empty.yaml");
  EXPECT_EQ(diagnostics_.render(),
            "list.yaml:1:10: error[E-EXTENDS]: expected the path of one file\n"
            "    1 | extends: [a.yaml, b.yaml]\n"
            "      |          ^\n"
            "      = a file extends one other, which may extend a further one\n"
            "absolute.yaml:1:10: error[E-EXTENDS]: an absolute path does not travel\n"
            "    1 | extends: /etc/passwd\n"
            "      |          ^~~~~~~~~~~\n"
            "      = write it relative to this file\n"
            "empty.yaml:1:8: error[E-EXTENDS]: expected the path of one file\n"
            "    1 | extends:\n"
            "      |        ^\n"
            "      = a file extends one other, which may extend a further one\n");
}

TEST_F(Overlay, ASecondItemOfTheSameNameIsAnError) {
  write("a.yaml", "offers:\n  - {name: Cloud}\n  - {name: Cloud}\n");
  load("a.yaml");
  EXPECT_EQ(diagnostics_.render(),
            "a.yaml:3:12: error[E-DUPLICATE-NAME]: 'Cloud' is there twice\n"
            "    3 |   - {name: Cloud}\n"
            "      |            ^~~~~\n"
            "      = the first is in line 2\n");
}

TEST_F(Overlay, AScenarioIsAMap) {
  write("a.yaml", "just text\n");
  EXPECT_EQ(load("a.yaml"), "nothing");
  EXPECT_EQ(codes(diagnostics_), "E-VALUE");
}

TEST_F(Overlay, FaultsOfChildAndParentAreReportedTogether) {
  write("base.yaml", "a: 1\na: 2\n");
  write("child.yaml", "extends: base.yaml\nb: 1\nb: 2\n");
  EXPECT_EQ(load("child.yaml"), "{a: <1>, b: <1>}");
  EXPECT_EQ(codes(diagnostics_), "E-DUPLICATE-KEY E-DUPLICATE-KEY");
}

}  // namespace
}  // namespace partnersim
