// What a forecast rests on, as part of summary.json: the year in which nothing moves, and every
// input that nobody knows exactly.
#include "results/forecast_table.hpp"
#include "results/json_text.hpp"
#include "results/result_folder.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

/// Of the drawn parameters, in the order of the scenario.
Json assumptions_json(const Scenario& scenario) {
  Json list = Json::array();
  for (const std::size_t k : scenario.drawn) {
    const Setting& setting = scenario.settings[k];
    const ParameterRow& row = row_of(setting.address);
    const bool stated = setting.origin == Origin::file || setting.origin == Origin::command_line;
    list.push_back({{"key", setting.path},
                    {"meaning", row.meaning},
                    {"value", value_text(setting.value, row.unit, scenario.world.currency)},
                    {"range", distribution_text(setting, scenario.world.currency)},
                    {"stated", stated},
                    {"evidence", row.evidence.tag},
                    {"source", row.evidence.source}});
  }
  return list;
}

}  // namespace

nlohmann::ordered_json foundations_json(const Scenario& scenario, const StillYear& still) {
  std::vector<Warning> warnings;
  if (const auto warning = books_warning(still)) warnings.push_back(*warning);
  return {{"drift", drift_json(still.drift)},
          {"books", books_json(still)},
          {"warnings", warnings_json(warnings)},
          {"assumptions", assumptions_json(scenario)}};
}

}  // namespace partnersim
