// JSON Schema (draft 7) of scenario files. Editors complete keys and show meanings from it; the
// program itself checks more than a schema can say.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "mechanisms/mechanism.hpp"
#include "scenario/keys.hpp"
#include "scenario/paths.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

// A number, or text with a unit; where a range is possible, also a map that states one.
Json value(bool range) {
  Json one = Json::array({Json{{"type", "number"}}, Json{{"type", "string"}}});
  if (range) one.push_back(Json{{"$ref", "#/definitions/range"}});
  return Json{{"anyOf", one}};
}

std::string description(const ParameterRow& row) {
  std::string text =
      fmt::format("{}. Unit: {}; possible: {} to {}", row.meaning, unit_name(row.unit),
                  value_text(row.bounds.lo, row.unit, ""), value_text(row.bounds.hi, row.unit, ""));
  const Range plausible = row.evidence.plausible;
  if (plausible.lo < plausible.hi && plausible.lo > -kInfinity) {
    text += fmt::format("; plausible: {} to {}", value_text(plausible.lo, row.unit, ""),
                        value_text(plausible.hi, row.unit, ""));
  }
  text += fmt::format(" ({}{}{})", row.evidence.tag, row.evidence.source.empty() ? "" : ": ",
                      row.evidence.source);
  return text;
}

Json parameter(const ParameterRow& row, bool rival) {
  const bool range = row.kind == Class::uncertain || (rival && row.kind == Class::lever);
  Json json = value(range);
  if (row.size > 1) {
    json = Json{
        {"type", "array"}, {"items", value(false)}, {"minItems", row.size}, {"maxItems", row.size}};
  }
  json["description"] = description(row);
  if (row.value == row.value_licence) json["default"] = row.value;
  return json;
}

// A place for a key with dots: objects inside each other.
Json& nested(Json& properties, std::string_view key) {
  const std::size_t dot = key.find('.');
  Json& place = properties[std::string(key.substr(0, dot))];
  if (dot == std::string_view::npos) return place;
  if (place.is_null()) {
    place =
        Json{{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
  }
  return nested(place["properties"], key.substr(dot + 1));
}

Json structural(const KeyRow& key) {
  Json json;
  switch (key.holds) {
    case Holds::words: {
      json["enum"] = words_of(key.words);
      if (key.words == kYesNo) json["enum"].insert(json["enum"].end(), {true, false});
      break;
    }
    case Holds::text:
      json["type"] = Json::array({"string", "number"});
      break;
    case Holds::name:
      json["type"] = "string";
      break;
    case Holds::list:
      json["type"] = "array";
      break;
    case Holds::map:
      json["type"] = Json::array({"object", "null"});
      break;
    case Holds::partners:
      json["type"] = Json::array({"string", "array"});
      break;
    case Holds::group:
      json["type"] = Json::array({"string", "array", "object"});
      break;
    case Holds::nothing_yet:
      break;
  }
  json["description"] = std::string(key.meaning);
  return json;
}

// The object of an owner: its keys from one table, its parameters from the other.
Json object(std::span<const KeyRow> keys, std::span<const ParameterRow> rows, bool rival = false) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const KeyRow& key : keys) {
    if (key.holds == Holds::nothing_yet) continue;
    properties[std::string(key.key)] = structural(key);
    if (key.required && !rival) required.push_back(std::string(key.key));
  }
  for (const ParameterRow& row : rows) nested(properties, row.key) = parameter(row, rival);
  Json json{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (!required.empty()) json["required"] = required;
  return json;
}

Json list_of(Json items) {
  return Json{{"type", "array"}, {"items", std::move(items)}};
}

Json vendor(bool rival) {
  Json json = object(kVendorKeys, kVendorRows, rival);
  Json& properties = json["properties"];
  for (const auto& [key, items] :
       {std::pair<std::string, Json>{"tiers", object(kTierKeys, kTierRows, rival)},
        std::pair<std::string, Json>{"offers", object(kOfferKeys, kOfferRows, rival)}}) {
    const Json meaning = properties[key]["description"];
    properties[key] = list_of(items);
    properties[key]["description"] = meaning;
  }
  const Json policy = properties["policy"]["description"];
  properties["policy"] = object(kPolicyKeys, {}, rival);
  properties["policy"]["description"] = policy;
  return json;
}

Json schedule(std::span<const KeyRow> keys) {
  Json json = object(keys, {});
  json["properties"]["set"]["type"] = "object";
  const auto nest = [&](const char* key, std::span<const KeyRow> inner) {
    Json& place = json["properties"][key];
    const Json meaning = place["description"];
    place = object(inner, {});
    place["description"] = meaning;
  };
  nest("terminate", kTerminateKeys);
  nest("acquired_by", kAcquiredKeys);
  return list_of(json);
}

Json mechanisms() {
  Json properties = Json::object();
  for (const Mechanism* mechanism : month_order()) {
    Json one{{"enum", Json::array({"on", "off", "yes", "no", true, false})},
             {"description", std::string(mechanism->meaning)}};
    if (!mechanism->can_be_off) one["enum"] = Json::array({"on", "yes", true});
    properties[std::string(mechanism->name)] = one;
  }
  return Json{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
}

Json shadows() {
  Json names = Json::array();
  for (const ShadowRow& row : kShadowRows) names.push_back(std::string(row.name));
  return list_of(Json{{"enum", names}});
}

Json range() {
  Json json{{"type", "object"}, {"description", "A range: two quantiles, or min, mode and max"}};
  json["patternProperties"]["^(p[0-9.]+|min|mode|max)$"] =
      Json{{"type", Json::array({"number", "string"})}};
  json["properties"]["dist"] =
      Json{{"enum", Json::array({"normal", "lognormal", "logit-normal", "triangular"})}};
  json["additionalProperties"] = false;
  return json;
}

// What stands behind a key of the top level that is more than one value.
Json top_level(const KeyRow& key) {
  if (key.key == "market") return object(kMarketKeys, kMarketRows);
  if (key.key == "markets") return list_of(object(kMarketKeys, kMarketRows));
  if (key.key == "segments") return list_of(object(kSegmentKeys, kSegmentRows));
  if (key.key == "graph") return object(kGraphKeys, kGraphRows);
  if (key.key == "us") return vendor(false);
  if (key.key == "rival") return vendor(true);
  if (key.key == "rivals") return list_of(vendor(true));
  if (key.key == "mechanisms") return mechanisms();
  if (key.key == "lifted") return shadows();
  if (key.key == "changes") return schedule(kChangeKeys);
  if (key.key == "events") return schedule(kEventKeys);
  return structural(key);
}

}  // namespace

std::string json_schema() {
  Json properties = Json::object();
  for (const KeyRow& key : kScenarioKeys) {
    if (key.holds == Holds::nothing_yet) continue;
    Json& place = properties[std::string(key.key)];
    place = top_level(key);
    place["description"] = std::string(key.meaning);
  }
  for (const Owner& owner : owners()) {
    const std::string path(owner.path);
    const bool listed =
        properties.contains(path) || path == "vendor" || path == "tiers" || path == "offers";
    if (!listed) properties[path] = object({}, owner.rows);
  }
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "partnersim scenario"},
              {"type", "object"},
              {"properties", properties},
              {"additionalProperties", false}};
  schema["definitions"]["range"] = range();
  return schema.dump(2) + "\n";
}

}  // namespace partnersim
