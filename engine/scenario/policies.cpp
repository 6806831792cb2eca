#include "scenario/policies.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "scenario/keys.hpp"
#include "scenario/paths.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

class Policies {
 public:
  Policies(Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), diagnostics_(diagnostics) {}

  void read(const Node& node, std::size_t v) {
    if (told(diagnostics_, node.at)) return;
    if (!check_keys(node, kPolicyKeys, {}, "a policy", diagnostics_)) return;
    Policy policy;
    policy.vendor = static_cast<std::uint32_t>(v);
    const auto lever = read_lever(node, v);
    if (!lever) return;
    policy.lever = *lever;
    const ParameterRow& row = row_of(*lever);
    const auto step = read_step(node, row);
    const auto lowest = number(node, "at_least", row.unit),
               highest = number(node, "at_most", row.unit);
    const auto revenue = number(node, "revenue", Unit::money);
    const auto growth = node.find("growth") == nullptr ? std::optional(0.0)
                                                       : number(node, "growth", Unit::per_year);
    if (!step || !lowest || !highest || !revenue || !growth) return;
    policy.step = *step;
    policy.lowest = *lowest;
    policy.highest = *highest;
    policy.revenue = *revenue;
    policy.growth = *growth;
    if (consistent(node, policy, row)) scenario_.world.policies.push_back(policy);
    warn_of_changes(node, policy);
  }

 private:
  std::optional<double> number(const Node& node, std::string_view key, Unit unit) {
    const Node* value = node.find(key);
    if (value == nullptr) return std::nullopt;
    return read_fixed(*value, unit, scenario_.world.currency, diagnostics_);
  }

  // A parameter of this vendor that may change in a run.
  std::optional<Address> read_lever(const Node& node, std::size_t v) {
    const Node* lever = node.find("lever");
    if (lever == nullptr) return std::nullopt;
    if (!lever->is_scalar() || lever->text.empty()) {
      diagnostics_.error("E-VALUE", lever->at, "'lever' names one parameter of the vendor",
                         "such as rebate, or offers.Cloud.price");
      return std::nullopt;
    }
    const std::string path = owner_path(scenario_.world, {owner_index("vendor"), 0,
                                                          static_cast<std::uint16_t>(v), 0, 0}) +
                             "." + lever->text;
    Fault fault;
    const auto found = find_addresses(scenario_.world, path, fault);
    if (!found) {
      report(fault, lever->at, diagnostics_);
      return std::nullopt;
    }
    const ParameterRow& row = row_of(found->front());
    if (found->size() == 1 && row.kind == Class::lever && row.size == 1) return found->front();
    diagnostics_.error(
        "E-NO-LEVER", lever->at, fmt::format("a policy cannot move {}", in_quotes(lever->text)),
        found->size() > 1 ? "it moves one lever" : "it is no decision of the vendor");
    return std::nullopt;
  }

  std::optional<double> read_step(const Node& node, const ParameterRow& row) {
    const Node* step = node.find("step");
    if (step == nullptr) return std::nullopt;
    const auto move = read_move(*step, row.unit, scenario_.world.currency, diagnostics_);
    if (!move) return std::nullopt;
    if (move->op == Move::Op::add && move->value != 0) return move->value;
    diagnostics_.error("E-VALUE", step->at,
                       "a step adds to the lever or takes from it, and is not 0",
                       "such as +1 point, or -1000 for a price");
    return std::nullopt;
  }

  bool consistent(const Node& node, const Policy& policy, const ParameterRow& row) {
    const Node& highest = *node.find("at_most");
    const auto shown = [&](double x) { return value_text(x, row.unit, scenario_.world.currency); };
    if (policy.lowest > policy.highest) {
      diagnostics_.error("E-CONTRADICTION", highest.at,
                         fmt::format("'at_most' is {}, below 'at_least', which is {}",
                                     shown(policy.highest), shown(policy.lowest)),
                         fmt::format("'at_least' is in line {}", node.find("at_least")->at.line));
      return false;
    }
    for (const auto& [key, value] :
         {std::pair{"at_least", policy.lowest}, std::pair{"at_most", policy.highest}}) {
      if (row.bounds.contains(value)) continue;
      diagnostics_.error("E-BOUNDS", node.find(key)->at,
                         fmt::format("'{}' is {}, outside {} to {}", key, shown(value),
                                     shown(row.bounds.lo), shown(row.bounds.hi)));
      return false;
    }
    const double start = at(scenario_.parameters, policy.lever);
    if (start < policy.lowest || start > policy.highest) {
      diagnostics_.warning(
          "W-OUTSIDE-POLICY", node.find("lever")->at,
          fmt::format("{} starts at {}, outside {} to {}", path_of(scenario_.world, policy.lever),
                      shown(start), shown(policy.lowest), shown(policy.highest)),
          "the policy can only bring it back");
    }
    if (!(policy.revenue > 0 && policy.revenue < 1e15)) {
      diagnostics_.error("E-BOUNDS", node.find("revenue")->at, "a target is more than 0");
      return false;
    }
    return true;
  }

  void warn_of_changes(const Node& node, const Policy& policy) {
    const auto moves = [&](const Change& change) {
      for (const Write& write : change.writes) {
        if (write.address == policy.lever) return true;
      }
      return false;
    };
    bool found = false;
    for (const Change& change : scenario_.world.changes) found = found || moves(change);
    for (const Event& event : scenario_.world.events) found = found || moves(event.change);
    if (!found) return;
    diagnostics_.warning(
        "W-OVERLAP", node.at,
        fmt::format("a policy and a change both move {}", path_of(scenario_.world, policy.lever)),
        "the change writes first, the policy moves on from there");
  }

  Scenario& scenario_;
  Diagnostics& diagnostics_;
};

}  // namespace

void resolve_policies(const Outline& outline, Scenario& scenario, Diagnostics& diagnostics) {
  Policies policies(scenario, diagnostics);
  for (std::size_t v = 0; v < outline.vendors.size(); ++v) {
    const Node* node = outline.vendors[v]->find("policy");
    if (node != nullptr && !node->is_empty()) policies.read(*node, v);
  }
}

}  // namespace partnersim
