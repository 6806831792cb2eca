#include "scenario/groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "base/text.hpp"
#include "scenario/keys.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kTier = "tier";

/// A column of the partner file by name, as text of a partner; nothing where there is none.
using TextOf = std::function<const std::string&(std::uint32_t)>;

TextOf column_of(const World& world, std::string_view name) {
  const PartnerTable& p = world.partners;
  if (name == "segment") {
    return [&world](std::uint32_t i) -> const std::string& {
      return world.segments[world.partners.segment[i]].name;
    };
  }
  if (name == "region") {
    return [&p](std::uint32_t i) -> const std::string& { return p.region[i]; };
  }
  for (const PartnerColumn& one : p.columns) {
    if (one.name == name) {
      return [&one](std::uint32_t i) -> const std::string& { return one.values[one.code[i]]; };
    }
  }
  return {};
}

std::vector<std::string> columns(const World& world) {
  std::vector<std::string> names{"segment", "region"};
  for (const PartnerColumn& one : world.partners.columns) names.push_back(one.name);
  return names;
}

bool among(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
}

}  // namespace

std::optional<PartnerGroup> Groups::read(const Node& node, std::span<const std::uint32_t> vendors) {
  if (world_.n == 0) return std::nullopt;
  const std::size_t faults = diagnostics_.error_count();
  auto group = node.is_map() ? by_columns(node, vendors) : by_name(node);
  if (!group || diagnostics_.error_count() != faults) return std::nullopt;
  if (group->partners.empty()) {
    diagnostics_.error("E-NOBODY", node.at, "no partner is like that",
                       "all the conditions of 'for' have to hold for a partner");
    return std::nullopt;
  }
  if (++count_ > kMaxGroups) {
    diagnostics_.error(
        "E-TOO-MANY", node.at,
        fmt::format("at most {} changes and events are for some partners", kMaxGroups));
    return std::nullopt;
  }
  return group;
}

std::optional<PartnerGroup> Groups::by_name(const Node& node) {
  PartnerGroup group;
  for (const Roster::Named& one : roster_.read(node, "for")) {
    if (one.partner < world_.n) {
      group.partners.push_back(one.partner);
      continue;
    }
    diagnostics_.error("E-SUPPLIER", one.at,
                       fmt::format("{} is a distributor: no terms of a partner program hold for it",
                                   in_quotes(world_.partners.id[one.partner])));
  }
  std::ranges::sort(group.partners);
  return group;
}

std::optional<PartnerGroup> Groups::by_columns(const Node& node,
                                               std::span<const std::uint32_t> vendors) {
  PartnerGroup group;
  std::vector<TextOf> texts;
  for (const Node::Entry& entry : node.entries) {
    auto values = values_of(entry.value, entry.key);
    if (!values) continue;
    if (entry.key == kTier) {
      if (held(*values, entry.value.at, vendors)) group.tiers = *std::move(values);
      continue;
    }
    if (!known({entry.key, *values}, entry.at)) continue;
    texts.push_back(column_of(world_, entry.key));
    group.where.push_back({entry.key, *std::move(values)});
  }
  if (texts.size() != group.where.size()) return std::nullopt;
  for (std::uint32_t i = 0; i < world_.n; ++i) {
    bool all = true;
    for (std::size_t k = 0; k < texts.size(); ++k) {
      all = all && among(group.where[k].values, texts[k](i));
    }
    if (all) group.partners.push_back(i);
  }
  return group;
}

std::optional<std::vector<std::string>> Groups::values_of(const Node& node,
                                                          std::string_view column) {
  const auto is_text = [](const Node& one) { return one.is_scalar() && !one.is_empty(); };
  if (is_text(node)) return std::vector{node.text};
  std::vector<std::string> values;
  if (node.is_list() && !node.items.empty() && std::ranges::all_of(node.items, is_text)) {
    for (const Node& item : node.items) values.push_back(item.text);
    return values;
  }
  diagnostics_.error("E-VALUE", node.at, fmt::format("{} is a value or a list", in_quotes(column)),
                     "such as: {segment: VAR, tier: [Silver, Gold]}");
  return std::nullopt;
}

bool Groups::known(const PartnerGroup::Condition& condition, Location at) {
  const TextOf text = column_of(world_, condition.column);
  if (!text) {
    std::vector<std::string> names = columns(world_);
    names.emplace_back(kTier);
    diagnostics_.error(
        "E-UNKNOWN-NAME", at,
        fmt::format("partners have no column {}", in_quotes(condition.column)),
        did_you_mean(condition.column, names, fmt::format("one of {}", fmt::join(names, ", "))));
    return false;
  }
  std::set<std::string> there;
  for (std::uint32_t i = 0; i < world_.n; ++i) there.insert(text(i));
  bool all = true;
  for (const std::string& value : condition.values) {
    if (there.contains(value)) continue;
    all = false;
    const std::vector<std::string> values(there.begin(), there.end());
    diagnostics_.error("E-UNKNOWN-NAME", at,
                       fmt::format("no partner has {} as {}", in_quotes(value), condition.column),
                       did_you_mean(value, values));
  }
  return all;
}

bool Groups::held(std::span<const std::string> tiers, Location at,
                  std::span<const std::uint32_t> vendors) {
  bool all = true;
  for (const std::uint32_t v : vendors) {
    const VendorInfo& vendor = world_.vendors[v];
    for (const std::string& tier : tiers) {
      if (among(vendor.tiers, tier)) continue;
      all = false;
      diagnostics_.error("E-UNKNOWN-NAME", at,
                         fmt::format("{} has no tier {}", vendor.name, in_quotes(tier)),
                         did_you_mean(tier, vendor.tiers,
                                      fmt::format("one of {}", fmt::join(vendor.tiers, ", "))));
    }
  }
  return all;
}

}  // namespace partnersim
