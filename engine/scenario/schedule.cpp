// Each write is tried on the base values, so that a change that cannot work is found at load.
#include "scenario/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "base/text.hpp"
#include "scenario/acts.hpp"
#include "scenario/groups.hpp"
#include "scenario/keys.hpp"
#include "scenario/paths.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

class Schedule {
 public:
  Schedule(bool shortened, OpenCsv open, Scenario& scenario, Diagnostics& diagnostics)
      : shortened_(shortened),
        scenario_(scenario),
        diagnostics_(diagnostics),
        roster_(scenario.world, std::move(open), diagnostics),
        groups_(scenario.world, roster_, diagnostics),
        acts_(scenario.world, roster_, diagnostics) {}

  void changes(const Node& list) {
    for (const Node& node : items(list, "changes")) {
      if (!check_keys(node, kChangeKeys, {}, "a change", diagnostics_)) continue;
      if (const auto change = planned(node)) {
        warn_of_overlap(*change);
        scenario_.world.changes.push_back(*change);
      }
    }
  }

  void events(const Node& list) {
    for (const Node& node : items(list, "events")) {
      if (!check_keys(node, kEventKeys, {}, "an event", diagnostics_)) continue;
      if (const auto one = event(node)) scenario_.world.events.push_back(*one);
    }
  }

 private:
  struct Placed {
    Address address;
    Location at;
    int from, ramp_end, to;
    bool ends;
    std::optional<PartnerGroup> group;
  };

  std::vector<Node> items(const Node& list, std::string_view what) {
    if (list.is_list()) return list.items;
    if (!list.is_empty()) {
      diagnostics_.error("E-VALUE", list.at, fmt::format("'{}' is a list", what),
                         "each on a line that begins with '- '");
    }
    return {};
  }

  std::optional<int> months(const Node& map, std::string_view key) {
    const Node* node = map.find(key);
    if (node == nullptr) return std::nullopt;
    const auto value = read_fixed(*node, Unit::months, "", diagnostics_);
    if (!value) return std::nullopt;
    if (*value >= 1 && *value <= 600) return static_cast<int>(std::lround(*value));
    diagnostics_.error("E-BOUNDS", node->at, fmt::format("'{}' is 1 to 600 months", key));
    return std::nullopt;
  }

  // Reports what lies outside the run; true when the change is to be left out.
  bool outside(int month, Location where, std::string_view what) {
    if (month >= 0 && month < scenario_.world.months) return false;
    const std::string message =
        fmt::format("{} {} is {} the run", what, month_label(scenario_.world.calendar, month),
                    month < 0 ? "before" : "behind the end of");
    if (shortened_ && month >= 0) {
      diagnostics_.warning("W-OUTSIDE-RUN", where, message, "it is left out");
    } else {
      diagnostics_.error(
          "E-OUTSIDE-RUN", where, message,
          fmt::format("it runs from {} to {}", month_label(scenario_.world.calendar, 0),
                      month_label(scenario_.world.calendar, scenario_.world.months - 1)));
    }
    return true;
  }

  std::optional<Change> planned(const Node& node) {
    Change change;
    change.ramp = months(node, "ramp").value_or(1);
    set(node, change);
    acts_.read(node, true, change);
    const Node* from = node.find("from");
    if (from == nullptr) return std::nullopt;
    const auto first = read_month(*from, scenario_.world.calendar, diagnostics_);
    if (!first || outside(*first, from->at, "the month")) return std::nullopt;
    change.from = *first;
    if (const Node* to = node.find("to")) {
      const auto last = read_period(*to, scenario_.world.calendar, diagnostics_);
      if (!last) return std::nullopt;
      change.to = last->last + 1;
      if (change.to <= change.from) {
        diagnostics_.error("E-PERIOD", to->at, "the change ends before it begins",
                           "'to' is the last month in which it holds");
        return std::nullopt;
      }
    }
    if (does_nothing(node, change)) return std::nullopt;
    return change;
  }

  std::optional<Event> event(const Node& node) {
    Event event;
    const Node* name = node.find("name");
    if (name != nullptr && check_name(name->text, name->at, diagnostics_)) event.name = name->text;
    for (const Event& other : scenario_.world.events) {
      if (event.name.empty() || other.name != event.name) continue;
      if (told(diagnostics_, name->at)) return std::nullopt;
      diagnostics_.error("E-DUPLICATE-NAME", name->at,
                         fmt::format("{} is there twice among events", in_quotes(event.name)));
      return std::nullopt;
    }
    event.key = entity_key("event", event.name);
    if (const Node* chance = node.find("probability")) {
      const auto value = read_fixed(*chance, Unit::share, "", diagnostics_);
      if (value && !(*value >= 0 && *value <= 1)) {
        diagnostics_.error("E-BOUNDS", chance->at, "a probability is between 0 % and 100 %");
      }
      event.probability = value.value_or(1);
    }
    event.change.ramp = months(node, "ramp").value_or(1);
    event.change.to = months(node, "lasts").value_or(event.change.to);
    set(node, event.change);
    acts_.read(node, false, event.change);
    const Node* month = node.find("month");
    if (month == nullptr) return std::nullopt;
    const auto period = read_period(*month, scenario_.world.calendar, diagnostics_);
    if (!period || outside(period->first, month->at, "the month")) return std::nullopt;
    if (!shortened_ && outside(period->last, month->at, "the month")) return std::nullopt;
    event.first = period->first;
    event.last = period->last;
    if (does_nothing(node, event.change)) return std::nullopt;
    return event;
  }

  bool does_nothing(const Node& node, const Change& change) {
    const bool acts = std::ranges::any_of(
        kEffects, [&](std::string_view key) { return node.find(key) != nullptr; });
    if (!acts) {
      diagnostics_.error("E-MISSING", node.at, "it changes nothing",
                         fmt::format("one of {}", fmt::join(kEffects, ", ")));
    }
    const Node* set = node.find("set");
    if (set != nullptr && set->is_map() && set->entries.empty()) {
      diagnostics_.error("E-MISSING", set->at, "'set' is empty: it changes nothing");
    }
    return change.writes.empty() && change.terminations.empty() && change.leaving.empty() &&
           change.acquisitions.empty();
  }

  // What `set` writes, and for whom.
  void set(const Node& node, Change& change) {
    places_.clear();
    const Node *set = node.find("set"), *whom = node.find("for");
    if (set != nullptr) add_writes(*set, "", whom != nullptr, change.writes);
    if (whom == nullptr) return;
    if (set == nullptr) {
      diagnostics_.error("E-MISSING", whom->at, "'for' says for whom 'set' is, and there is none");
      return;
    }
    std::vector<std::uint32_t> vendors;
    for (const Write& write : change.writes) vendors.push_back(write.address.first);
    std::ranges::sort(vendors);
    vendors.erase(std::unique(vendors.begin(), vendors.end()), vendors.end());
    change.group = groups_.read(*whom, vendors);
    if (!change.group) change.writes.clear();  // for everybody they are not meant
  }

  // `set: {us.rebate: 5%}`, or nested maps.
  void add_writes(const Node& node, const std::string& prefix, bool for_some,
                  std::vector<Write>& result) {
    if (!node.is_map()) {
      diagnostics_.error("E-VALUE", node.at, "'set' needs parameters and values",
                         "such as {us.rebate: +3 points}");
      return;
    }
    for (const Node::Entry& entry : node.entries) {
      const std::string path = prefix + entry.key;
      if (entry.value.is_map()) {
        add_writes(entry.value, path + ".", for_some, result);
        continue;
      }
      Fault fault;
      const auto found = find_addresses(scenario_.world, path, fault);
      if (!found) {
        report(fault, entry.at, diagnostics_);
        continue;
      }
      if (!may_change(found->front(), for_some, path, entry.at)) continue;
      const auto move = read_move(entry.value, row_of(found->front()).unit,
                                  scenario_.world.currency, diagnostics_);
      if (!move) continue;
      for (const Address address : *found) {
        if (!stays_inside(address, *move, entry.value.at)) continue;
        result.push_back({address, static_cast<Write::Op>(move->op), move->value});
        places_.push_back(entry.at);
      }
    }
  }

  bool may_change(Address address, bool for_some, const std::string& path, Location where) {
    const ParameterRow& row = row_of(address);
    std::string why;
    if (row.kind == Class::world) why = "it shapes the world before the run begins";
    if (row.kind == Class::constant) why = "it is a numerical choice";
    if (row.size > 1) why = "it is a list";
    if (why.empty() && for_some && !may_differ(address)) {
      diagnostics_.error("E-FOR", where, fmt::format("{} is one for all partners", in_quotes(path)),
                         "'for' goes with margins, rebates, tiers and other terms of a relation");
      return false;
    }
    if (why.empty()) return true;
    diagnostics_.error("E-NO-CHANGE", where,
                       fmt::format("{} cannot change in a run", in_quotes(path)), why);
    return false;
  }

  bool stays_inside(Address address, const Move& move, Location where) {
    const ParameterRow& row = row_of(address);
    const std::string& currency = scenario_.world.currency;
    const double before = at(scenario_.parameters, address);
    const double after = move.applied_to(before);
    if (row.bounds.contains(after)) return true;
    diagnostics_.error(
        "E-BOUNDS", where,
        fmt::format("{} would become {}, outside {} to {}", path_of(scenario_.world, address),
                    value_text(after, row.unit, currency),
                    value_text(row.bounds.lo, row.unit, currency),
                    value_text(row.bounds.hi, row.unit, currency)),
        fmt::format("it starts at {}", value_text(before, row.unit, currency)));
    return false;
  }

  // Whether two changes are for the same partners. What is for all and what is for some on top of
  // it are two layers.
  static bool meet(const std::optional<PartnerGroup>& a, const std::optional<PartnerGroup>& b) {
    if (!a || !b) return !a && !b;
    std::vector<std::uint32_t> both;
    std::ranges::set_intersection(a->partners, b->partners, std::back_inserter(both));
    return !both.empty();
  }

  // Two changes that move one parameter at once: which one wins is rarely what was meant.
  void warn_of_overlap(const Change& change) {
    for (std::size_t k = 0; k < change.writes.size(); ++k) {
      const Placed now{change.writes[k].address,
                       places_[k],
                       change.from,
                       change.from + change.ramp,
                       change.to,
                       change.to <= scenario_.world.months,
                       change.group};
      for (const Placed& other : placed_) {
        if (!(other.address == now.address) || !meet(other.group, now.group)) continue;
        const bool ramps = other.from < now.ramp_end && now.from < other.ramp_end;
        const bool windows = other.ends && now.ends && other.from < now.to && now.from < other.to;
        if (!ramps && !windows) continue;
        diagnostics_.warning(
            "W-OVERLAP", now.at,
            fmt::format("two changes move {} at the same time",
                        path_of(scenario_.world, now.address)),
            fmt::format("the other one is in line {}; they act in the order written",
                        other.at.line));
        break;
      }
      placed_.push_back(now);
    }
  }

  static constexpr std::string_view kEffects[] = {"set", "terminate", "leave", "acquired_by"};
  bool shortened_;
  Scenario& scenario_;
  Diagnostics& diagnostics_;
  Roster roster_;
  Groups groups_;
  Acts acts_;
  std::vector<Location> places_;  // of the writes just read
  std::vector<Placed> placed_;
};

}  // namespace

void resolve_schedule(const Node& root, bool shortened, OpenCsv open, Scenario& scenario,
                      Diagnostics& diagnostics) {
  Schedule schedule(shortened, std::move(open), scenario, diagnostics);
  if (const Node* list = root.find("changes")) schedule.changes(*list);
  if (const Node* list = root.find("events")) schedule.events(*list);
}

}  // namespace partnersim
