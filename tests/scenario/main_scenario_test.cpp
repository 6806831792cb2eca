// The shipped partner list of the main scenario is as real lists are: skewed, two-tier, consistent
// with the program's tiers, and written as people write.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "scenario/csv.hpp"
#include "scenario/overlay.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {
namespace {

class MainScenario : public ::testing::Test {
 protected:
  static Csv read(const std::string& name) {
    Diagnostics faults;
    const auto text = read_file(std::string(PARTNERSIM_SOURCE_DIR "/scenarios/data/") + name,
                                kMaxCsvBytes, {}, faults);
    auto csv = parse_csv(*text, name, faults);
    EXPECT_FALSE(faults.has_errors()) << faults.render();
    return *csv;
  }
  Csv partners = read("partners.csv");
  std::string field(std::size_t row, const char* column) const {
    return std::string(partners.text(row, *partners.column(column)));
  }
};

TEST_F(MainScenario, SegmentsHaveTheirPartners) {
  std::map<std::string, int> count;
  for (std::size_t row = 0; row < partners.rows(); ++row) ++count[field(row, "segment")];
  EXPECT_EQ(count, (std::map<std::string, int>{
                       {"VAR", 340}, {"MSP", 240}, {"SI", 90}, {"ISV", 118}, {"DIST", 12}}));
}

TEST_F(MainScenario, TheTopFifthBringsThreeQuartersOrMore) {
  std::vector<double> revenue;
  for (std::size_t row = 0; row < partners.rows(); ++row) {
    const std::string text = field(row, "revenue_12m");
    if (!text.empty() && text != "0") revenue.push_back(std::stod(text));
  }
  std::ranges::sort(revenue, std::greater<>());
  double top = 0, all = 0;
  for (std::size_t k = 0; k < revenue.size(); ++k) {
    all += revenue[k];
    if (k < revenue.size() / 5) top += revenue[k];
  }
  EXPECT_GE(top / all, 0.75);
  EXPECT_LE(top / all, 0.85);
}

TEST_F(MainScenario, TiersAreWhatTheRevenueEarns) {
  for (std::size_t row = 0; row < partners.rows(); ++row) {
    const std::string tier = field(row, "tier");
    if (tier.empty()) continue;
    const double revenue = std::stod(field(row, "revenue_12m"));
    EXPECT_EQ(tier, revenue / 2 >= 600000   ? "Gold"
                    : revenue / 2 >= 150000 ? "Silver"
                                            : "Registered")
        << field(row, "id");
  }
}

TEST_F(MainScenario, SixtyPercentBuyThroughADistributor) {
  const Csv links = read("links.csv");
  std::set<std::string> through;
  for (std::size_t row = 0; row < links.rows(); ++row) {
    if (links.text(row, *links.column("kind")) == "distribution")
      through.insert(std::string(links.text(row, *links.column("from"))));
  }
  const double share = static_cast<double>(through.size()) / 788;
  EXPECT_NEAR(share, 0.6, 4 * std::sqrt(0.6 * 0.4 / 788));
}

TEST_F(MainScenario, NoTwoRowsAreEqualAndTheOddOnesOccur) {
  std::set<std::string> names, ids;
  bool umlaut = false, comma = false, empty = false;
  for (std::size_t row = 0; row < partners.rows(); ++row) {
    const std::string name = field(row, "name");
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_TRUE(ids.insert(field(row, "id")).second);
    umlaut = umlaut || name.find("ü") != std::string::npos;
    comma = comma || name.find(',') != std::string::npos;
    empty = empty || field(row, "accounts").empty();
  }
  EXPECT_TRUE(umlaut && comma && empty);
}

TEST_F(MainScenario, LoadsWithoutAWord) {
  Diagnostics faults;
  const auto scenario =
      load_scenario(PARTNERSIM_SOURCE_DIR "/scenarios/cloud-transition.yaml", {}, faults);
  EXPECT_TRUE(faults.all().empty()) << faults.render();
  ASSERT_TRUE(scenario);
  EXPECT_EQ(scenario->world.n, 788u);
  EXPECT_EQ(scenario->world.months, 48);
}

}  // namespace
}  // namespace partnersim
