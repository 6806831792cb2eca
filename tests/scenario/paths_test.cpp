#include "scenario/paths.hpp"

#include <gtest/gtest.h>

#include "scenario/loading.hpp"

namespace partnersim {
namespace {

class Paths : public LoadTest {
 protected:
  std::vector<std::string> found(const Scenario& s, const std::string& path) {
    Fault fault;
    std::vector<std::string> result;
    const auto addresses = find_addresses(s.world, path, fault);
    hint_ = fault.hint;
    if (!addresses) return {fault.message};
    for (const Address a : *addresses) result.push_back(path_of(s.world, a));
    return result;
  }
  std::string hint_;
};

using Names = std::vector<std::string>;

TEST_F(Paths, EveryParameterIsFoundByItsPath) {
  const Scenario s = loaded(
      "us: {name: Helios}\nrivals: [{name: Ares, like: us}, {name: Zeus, like: us}]\n"
      "markets: [{name: DACH}, {name: Nordics}]\n");
  Fault fault;
  for (const Setting& setting : s.settings) {
    const auto addresses = find_addresses(s.world, setting.path, fault);
    ASSERT_TRUE(addresses) << setting.path << ": " << fault.message;
    ASSERT_EQ(addresses->size(), 1u) << setting.path;
    EXPECT_EQ(addresses->front(), setting.address) << setting.path;
  }
}

TEST_F(Paths, OneRivalAndOneMarketNeedNoName) {
  const Scenario s = loaded("us: {name: Helios}\nrival: {name: Ares, like: us}\n");
  EXPECT_EQ(found(s, "rivals.Ares.rebate"), Names{"rival.rebate"});
  EXPECT_EQ(found(s, "Ares.rebate"), Names{"rival.rebate"});
  EXPECT_EQ(found(s, "Helios.registration.uplift"), Names{"us.registration.uplift"});
  EXPECT_EQ(found(s, "markets.market.cloud.start"), Names{"market.cloud.start"});
  EXPECT_EQ(found(s, "market.season").size(), 12u);
  EXPECT_EQ(found(s, "market.season.12"), Names{"market.season.12"});
}

TEST_F(Paths, StarsMeanAll) {
  const Scenario s = loaded("rivals: [{name: Ares, like: us}, {name: Zeus, like: us}]\n");
  EXPECT_EQ(found(s, "us.offers.*.price"),
            (Names{"us.offers.Server.price", "us.offers.Cloud.price"}));
  EXPECT_EQ(found(s, "rivals.*.rebate"), (Names{"rivals.Ares.rebate", "rivals.Zeus.rebate"}));
  EXPECT_EQ(found(s, "rivals.*.offers.*.price").size(), 4u);
  EXPECT_EQ(found(s, "segments.*.services").size(), 5u);
}

TEST_F(Paths, SaysWhatWasProbablyMeant) {
  const Scenario s = loaded("rival: {name: Ares, like: us}\n");
  EXPECT_EQ(found(s, "chioce.beta"),
            Names{"unknown parameter 'chioce.beta': there is no 'chioce'"});
  EXPECT_EQ(hint_, "did you mean 'choice.beta'?");
  found(s, "us.offers.Clod.price");
  EXPECT_EQ(hint_, "did you mean 'us.offers.Cloud.price'?");
  found(s, "us.offers.Cloud.prise");
  EXPECT_EQ(hint_, "did you mean 'us.offers.Cloud.price'?");
  found(s, "segments.VRA.services");
  EXPECT_EQ(hint_, "did you mean 'segments.VAR.services'?");
  found(s, "rival.registration.upltfi");
  EXPECT_EQ(hint_, "did you mean 'rival.registration.uplift'?");
  for (const char* odd :
       {"", ".", "us", "us.", "rivals", "rivals.Ares", "us.offers", "us.tiers.Gold",
        "market.season.13", "market.season.x", "choice", "\"", "us..rebate"}) {
    EXPECT_EQ(found(s, odd).size(), 1u) << odd;
    EXPECT_EQ(found(s, odd)[0].find("us.rebate"), std::string::npos);
  }
}

}  // namespace
}  // namespace partnersim
