#include "scenario/roster.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "scenario/keys.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kMostNames = 20'000;  // among which a similar one is looked for

bool names_a_file(const Node& node) {
  return node.is_scalar() && lower_ascii(node.text).ends_with(".csv");
}

}  // namespace

std::vector<Roster::Named> Roster::read(const Node& node, std::string_view key) {
  std::vector<Named> named;
  const auto is_id = [](const Node& one) { return one.is_scalar() && !one.is_empty(); };
  if (names_a_file(node)) {
    read_file(node, named);
  } else if (is_id(node)) {
    add(node.text, node.at, named);
  } else if (node.is_list() && !node.items.empty() && std::ranges::all_of(node.items, is_id)) {
    for (const Node& item : node.items) add(item.text, item.at, named);
  } else {
    diagnostics_.error("E-VALUE", node.at, fmt::format("'{}' names partners", key),
                       "an id, a list of ids, or a CSV file with a column id");
  }
  return named;
}

void Roster::read_file(const Node& node, std::vector<Named>& named) {
  const auto csv = open_(node);
  if (!csv) return;
  const auto column = csv->column("id");
  if (!column) {
    diagnostics_.error("E-COLUMN", csv->header_at[0], "the column 'id' is missing",
                       fmt::format("there is {}", fmt::join(csv->header, ", ")));
    return;
  }
  for (std::size_t row = 0; row < csv->rows(); ++row) {
    add(csv->text(row, *column), csv->at(row, *column), named);
  }
}

void Roster::add(std::string_view id, Location at, std::vector<Named>& named) {
  if (world_.n == 0) return;
  const std::vector<std::string>& ids = world_.partners.id;
  if (rows_.empty()) {
    for (std::uint32_t i = 0; i < ids.size(); ++i) rows_.emplace(ids[i], i);
  }
  const auto found = rows_.find(id);
  if (found == rows_.end()) {
    diagnostics_.error("E-UNKNOWN-PARTNER", at,
                       fmt::format("there is no partner {}", in_quotes(id)),
                       ids.size() <= kMostNames ? did_you_mean(id, ids) : "");
    return;
  }
  const auto same = std::ranges::find(named, found->second, &Named::partner);
  if (same == named.end()) {
    named.push_back({found->second, at});
  } else {
    diagnostics_.error("E-DUPLICATE", at, fmt::format("partner {} is there twice", in_quotes(id)),
                       fmt::format("the first one is in line {}", same->at.line));
  }
}

std::vector<std::uint32_t> partners_of(const std::vector<Roster::Named>& named) {
  std::vector<std::uint32_t> partners;
  for (const Roster::Named& one : named) partners.push_back(one.partner);
  std::ranges::sort(partners);
  return partners;
}

}  // namespace partnersim
