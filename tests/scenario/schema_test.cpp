// The schema and the reference know every parameter; valid scenarios pass the schema.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "model/parameters.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {
namespace {

using nlohmann::json;

bool passes(const json& document) {
  const json schema_json = json::parse(json_schema());
  valijson::Schema schema;
  valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_json),
                                          schema);
  return valijson::Validator().validate(schema, valijson::adapters::NlohmannJsonAdapter(document),
                                        nullptr);
}

TEST(JsonSchema, AcceptsScenarios) {
  EXPECT_TRUE(passes(json::object()));
  EXPECT_TRUE(passes(json::parse(R"({
    "title": "x", "start": "2027-01", "months": 48, "population": {},
    "market": {"growth": "5% per year", "cloud": {"start": "35%", "q": "0.3 to 0.5"}},
    "segments": [{"name": "VAR", "deal_size": 1.0, "opportunities": "34 per year"}],
    "us": {"name": "Helios", "rebate": "4%",
           "tiers": [{"name": "Silver", "threshold": "150k", "margin": "3%"}],
           "offers": [{"name": "Server", "deployment": "on_premises", "billing": "licence"}]},
    "rivals": [{"name": "Ares", "like": "us", "rebate": {"p10": 3, "p90": 9}}],
    "choice": {"habit": 1.0}, "mechanisms": {"lifecycle": "off"},
    "correlate": [["choice.beta", "choice.habit", 0.3]],
    "changes": [{"from": "FY28", "set": {"us.rebate": "+3 points"}}],
    "events": [{"name": "attack", "month": "FY28", "set": {"us.rebate": "5%"}}]})")));
}

TEST(JsonSchema, RefusesWhatIsNoScenario) {
  EXPECT_FALSE(passes(json::parse(R"({"titel": "x"})")));
  EXPECT_FALSE(passes(json::parse(R"({"choice": {"bta": 1}})")));
  EXPECT_FALSE(passes(json::parse(R"({"us": {"rebate": {"p10": 3, "p90": 9}}})")));
  EXPECT_FALSE(passes(json::parse(R"({"us": {"offers": [{"name": "Cloud"}]}})")));
  EXPECT_FALSE(passes(json::parse(R"({"mechanisms": {"base": "off"}})")));
}

TEST(JsonSchema, NamesEveryRow) {
  const std::string schema = json_schema(), reference = parameter_reference();
  for (const Owner& owner : owners()) {
    for (const ParameterRow& row : owner.rows) {
      const std::string meaning = json(std::string(row.meaning)).dump();
      EXPECT_NE(schema.find(meaning.substr(0, meaning.size() - 1)), std::string::npos) << row.key;
      EXPECT_NE(reference.find(row.meaning), std::string::npos) << row.key;
    }
  }
}

TEST(ParameterHelp, AnswersByAnyName) {
  const std::string habit = parameter_help("habit");
  EXPECT_EQ(habit.find("choice.habit\n"), 0u) << habit;
  EXPECT_EQ(parameter_help("choice.habit"), habit);
  const std::string price = parameter_help("us.offers.Cloud.price");
  EXPECT_EQ(price.find("us.offers.NAME.price\n"), 0u) << price;
  EXPECT_EQ(parameter_help("vendor.rebate"), parameter_help("us.rebate"));
  EXPECT_NE(parameter_help("services_margin").find("us.services_margin"), std::string::npos);
  EXPECT_EQ(parameter_help("choice.habt"),
            "There is no parameter 'choice.habt'. Did you mean 'choice.habit'?\n");
}

}  // namespace
}  // namespace partnersim
