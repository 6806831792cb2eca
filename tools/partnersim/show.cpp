// `show`: the resolved scenario, every value with its origin.
#include <fmt/format.h>

#include <array>

#include "command.hpp"
#include "common.hpp"
#include "results/json_text.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

std::string_view origin_name(Origin origin) {
  return std::array<std::string_view, 4>{"default", "evidence", "file",
                                         "command line"}[static_cast<std::size_t>(origin)];
}

std::string as_json(const Scenario& scenario) {
  Json list = Json::array();
  for (const Setting& setting : scenario.settings) {
    const ParameterRow& row = row_of(setting.address);
    Json one{{"key", setting.path},
             {"value", setting.value},
             {"unit", unit_name(row.unit)},
             {"text", value_text(setting.value, row.unit, scenario.world.currency)},
             {"origin", origin_name(setting.origin)}};
    if (setting.origin == Origin::file) one["line"] = setting.at.line;
    if (setting.distribution.form != Distribution::Form::fixed) {
      one["drawn"] = distribution_text(setting, scenario.world.currency);
    }
    list.push_back(std::move(one));
  }
  const Json json{{"title", scenario.world.title},
                  {"months", scenario.world.months},
                  {"currency", scenario.world.currency},
                  {"settings", std::move(list)}};
  return json_text(json);
}

int run(const Options& options) {
  const std::optional<Scenario> scenario = load(options.words[0], options.load_options());
  if (!scenario) return kRefused;
  print(options.format == Format::json ? as_json(*scenario) : resolved_yaml(*scenario));
  return kDone;
}

constexpr Opt kOptions[] = {Opt::set, Opt::map, Opt::months, Opt::uncertainty, Opt::format};
constexpr Format kFormats[] = {Format::table, Format::json};

}  // namespace

extern constexpr Command kShow{
    .name = "show",
    .group = "look",
    .words = "FILE",
    .least = 1,
    .most = 1,
    .meaning = "The whole scenario as YAML, with the origin of every value",
    .examples =
        "partnersim show my-channel.yaml\n"
        "partnersim show my-channel.yaml --set us.rebate=6% | grep rebate",
    .options = kOptions,
    .formats = kFormats,
    .run = run,
};

}  // namespace partnersim
