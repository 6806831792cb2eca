#include "scenario/acts.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "scenario/keys.hpp"
#include "scenario/values.hpp"

namespace partnersim {

void Acts::read(const Node& node, bool planned, Change& change) {
  if (const Node* terminate = node.find("terminate")) {
    if (const auto one = termination(*terminate)) change.terminations = {*one};
  }
  if (const Node* leave = node.find("leave")) {
    const auto named = roster_.read(*leave, "leave");
    settle(named, planned);
    change.leaving = partners_of(named);
  }
  if (const Node* acquired = node.find("acquired_by")) {
    change.acquisitions = acquisitions(*acquired, planned);
  }
}

// `terminate: {revenue_12m: below 250k EUR, except: keep.csv}`
std::optional<Termination> Acts::termination(const Node& node) {
  if (!check_keys(node, kTerminateKeys, {}, "'terminate'", diagnostics_)) return std::nullopt;
  Termination result;
  if (const Node* except = node.find("except")) {
    result.except = partners_of(roster_.read(*except, "except"));
  }
  const Node* limit = node.find("revenue_12m");
  if (limit == nullptr) return std::nullopt;
  constexpr std::string_view kBelow = "below ";
  Node amount = *limit;
  if (!amount.is_scalar() || !amount.text.starts_with(kBelow)) {
    diagnostics_.error("E-VALUE", limit->at, "'revenue_12m' is a limit", "such as: below 250k EUR");
    return std::nullopt;
  }
  amount.text.erase(0, kBelow.size());
  const auto below = read_fixed(amount, Unit::money, world_.currency, diagnostics_);
  if (!below) return std::nullopt;
  if (!(*below > 0 && *below <= kMostMoney)) {
    diagnostics_.error("E-BOUNDS", limit->at, "the limit is more than 0 and at most 1e12");
    return std::nullopt;
  }
  result.below = round_money(*below * kMinorPerMajor);
  return result;
}

// `acquired_by: {partner: P0042, vendor: rival}`
std::vector<Acquisition> Acts::acquisitions(const Node& node, bool planned) {
  if (!check_keys(node, kAcquiredKeys, {}, "'acquired_by'", diagnostics_)) return {};
  const Node *partner = node.find("partner"), *buyer = node.find("vendor");
  if (partner == nullptr || buyer == nullptr) return {};
  const auto named = roster_.read(*partner, "partner");
  const auto v = vendor(*buyer);
  if (!v) return {};
  settle(named, planned);
  std::vector<Acquisition> result;
  for (const std::uint32_t i : partners_of(named)) result.push_back({i, *v});
  return result;
}

std::optional<std::uint32_t> Acts::vendor(const Node& node) {
  std::vector<std::string> names{"us"};
  if (world_.vendors.size() == 2) names.emplace_back("rival");
  for (const VendorInfo& vendor : world_.vendors) names.push_back(vendor.name);
  if (node.text == "us") return 0;
  if (node.text == "rival" && world_.vendors.size() == 2) return 1;
  for (std::uint32_t v = 0; v < world_.vendors.size(); ++v) {
    if (node.is_scalar() && node.text == world_.vendors[v].name) return v;
  }
  if (!node.is_scalar()) {
    diagnostics_.error("E-VALUE", node.at, "'vendor' names one vendor");
  } else {
    diagnostics_.error(
        "E-UNKNOWN-NAME", node.at, fmt::format("there is no vendor {}", in_quotes(node.text)),
        did_you_mean(node.text, names, fmt::format("one of {}", fmt::join(names, ", "))));
  }
  return std::nullopt;
}

void Acts::settle(const std::vector<Roster::Named>& named, bool planned) {
  for (const Roster::Named& one : named) {
    const auto [first, added] = acts_.emplace(one.partner, Act{one.at, planned});
    if (added) continue;
    const std::string place =
        fmt::format("the other act on it is in line {}", first->second.at.line);
    const std::string id = in_quotes(world_.partners.id[one.partner]);
    if (planned && first->second.planned) {
      diagnostics_.error("E-CONTRADICTION", one.at,
                         fmt::format("partner {} can leave or be bought only once", id), place);
    } else {
      diagnostics_.warning("W-TWO-ACTS", one.at,
                           fmt::format("of two acts on partner {} the earlier one counts", id),
                           place);
    }
  }
}

}  // namespace partnersim
