#include "experiments/levers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "experiments/compare.hpp"
#include "mechanisms/mechanism.hpp"
#include "scenario/paths.hpp"

namespace partnersim {
namespace {

constexpr int kForever = 1 << 20;

bool same(const Write& a, const Write& b) {
  return a.address == b.address && a.op == b.op && a.value == b.value;
}

template <class T, class Same>
bool all_same(const std::vector<T>& a, const std::vector<T>& b, Same equal) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), equal);
}

bool same(const Change& a, const Change& b) {
  return std::tie(a.from, a.to, a.ramp, a.leaving, a.group) ==
             std::tie(b.from, b.to, b.ramp, b.leaving, b.group) &&
         all_same(a.writes, b.writes, [](const auto& x, const auto& y) { return same(x, y); }) &&
         all_same(a.terminations, b.terminations,
                  [](const Termination& x, const Termination& y) {
                    return x.below == y.below && x.except == y.except;
                  }) &&
         all_same(a.acquisitions, b.acquisitions, [](const Acquisition& x, const Acquisition& y) {
           return x.partner == y.partner && x.vendor == y.vendor;
         });
}

bool same(const Event& a, const Event& b) {
  return a.key == b.key && a.probability == b.probability && a.first == b.first &&
         a.last == b.last && same(a.change, b.change);
}

bool same(const Policy& a, const Policy& b) {
  return std::tie(a.vendor, a.step, a.lowest, a.highest, a.revenue, a.growth) ==
             std::tie(b.vendor, b.step, b.lowest, b.highest, b.revenue, b.growth) &&
         a.lever == b.lever;
}

/// Calls both, of_base or of_alternative for the items of two lists, in an order that keeps both.
template <class T, class Both, class Base, class Alternative>
void merge(const std::vector<T>& a, const std::vector<T>& b, Both both, Base of_base,
           Alternative of_alternative) {
  std::size_t j = 0;
  for (const T& one : a) {
    const auto from = b.begin() + static_cast<std::ptrdiff_t>(j);
    const auto found =
        std::find_if(from, b.end(), [&](const T& other) { return same(one, other); });
    if (found == b.end()) {
      of_base(one);
      continue;
    }
    std::for_each(from, found, of_alternative);
    both(*found);
    j = static_cast<std::size_t>(found - b.begin()) + 1;
  }
  std::for_each(b.begin() + static_cast<std::ptrdiff_t>(j), b.end(), of_alternative);
}

/// The effects of a change one by one: what one line sets (several parameters where it has a `*`),
/// whom it concerns.
std::vector<Change> lines_of(const Change& change) {
  Change empty;
  empty.from = change.from;
  empty.to = change.to;
  empty.ramp = change.ramp;
  empty.group = change.group;
  std::vector<Change> lines;
  const auto line = [&]() -> Change& { return lines.emplace_back(empty); };
  for (const Write& write : change.writes) {
    const bool goes_on = !lines.empty() && [&](const Write& last) {
      return std::tie(last.address.owner, last.address.row, last.op, last.value) ==
             std::tie(write.address.owner, write.address.row, write.op, write.value);
    }(lines.back().writes.back());
    (goes_on ? lines.back() : line()).writes.push_back(write);
  }
  for (const Termination& one : change.terminations) line().terminations.push_back(one);
  if (!change.leaving.empty()) line().leaving = change.leaving;
  if (!change.acquisitions.empty()) line().acquisitions = change.acquisitions;
  return lines;
}

std::vector<Change> lines_of(const std::vector<Change>& changes) {
  std::vector<Change> lines;
  for (const Change& change : changes) {
    for (Change& line : lines_of(change)) lines.push_back(std::move(line));
  }
  return lines;
}

/// Whether two lines, of one side each, are one line that says something else now.
bool about_the_same(const Change& a, const Change& b) {
  return !a.writes.empty() && a.group == b.group &&
         all_same(a.writes, b.writes,
                  [](const Write& x, const Write& y) { return x.address == y.address; });
}

std::string paths_text(const World& world, const std::vector<Write>& writes) {
  std::string text = path_of(world, writes.front().address);
  if (writes.size() == 1) return text;
  const std::string_view key = row_of(writes.front().address).key;
  const std::string owner = owner_path(world, writes.front().address);
  return fmt::format("{}.*.{}", owner.substr(0, owner.rfind('.')), key);
}

std::string move_text(const World& world, const Write& write) {
  const Unit unit = row_of(write.address).unit;
  if (write.op == Write::Op::multiply) return fmt::format("x{}", write.value);
  const std::string value = value_text(std::abs(write.value), unit, world.currency);
  if (write.op == Write::Op::set) return value_text(write.value, unit, world.currency);
  const std::string amount =
      unit == Unit::share ? value.substr(0, value.size() - 2) + " points" : value;
  return (write.value < 0 ? "-" : "+") + amount;
}

std::string firms_text(const World& world, const std::vector<std::uint32_t>& firms) {
  if (firms.size() > 2) return fmt::format("{} partners", firms.size());
  std::vector<std::string> ids;
  for (const std::uint32_t i : firms) ids.push_back(world.partners.id[i]);
  return fmt::format("{}", fmt::join(ids, " and "));
}

std::string group_text(const std::optional<PartnerGroup>& group) {
  if (!group) return "";
  std::string text;
  for (const PartnerGroup::Condition& one : group->where) {
    text += fmt::format(" {}", fmt::join(one.values, " or "));
  }
  if (!group->tiers.empty()) text += fmt::format(" {}", fmt::join(group->tiers, " or "));
  return " for" + (text.empty() ? fmt::format(" {} partners", group->partners.size()) : text);
}

std::string effect_text(const World& world, const Change& line) {
  if (!line.writes.empty()) {
    return fmt::format("{} {}{}", paths_text(world, line.writes),
                       move_text(world, line.writes.front()), group_text(line.group));
  }
  if (!line.terminations.empty()) {
    const double below = static_cast<double>(line.terminations[0].below) / kMinorPerMajor;
    return "contracts end below " + value_text(below, Unit::money, world.currency);
  }
  if (!line.leaving.empty()) return firms_text(world, line.leaving) + " leaves the market";
  if (line.acquisitions.empty()) return "nothing";
  std::vector<std::uint32_t> bought;
  for (const Acquisition& one : line.acquisitions) bought.push_back(one.partner);
  return fmt::format("{} bought by {}", firms_text(world, bought),
                     world.vendors[line.acquisitions[0].vendor].name);
}

std::string line_text(const World& world, const Change& line) {
  std::string text =
      fmt::format("{} from {}", effect_text(world, line), month_label(world.calendar, line.from));
  if (line.to < kForever) text += " to " + month_label(world.calendar, line.to - 1);
  if (line.ramp > 1) text += fmt::format(", over {} months", line.ramp);
  return text;
}

std::string setting_text(const Setting& setting, const std::string& currency) {
  if (setting.distribution.form == Distribution::Form::fixed) {
    return value_text(setting.value, row_of(setting.address).unit, currency);
  }
  return fmt::format("{} ({})", value_text(setting.value, row_of(setting.address).unit, currency),
                     distribution_text(setting, currency));
}

template <class Infos>
std::vector<std::string> names_of(const Infos& infos) {
  std::vector<std::string> names;
  for (const auto& info : infos) names.push_back(info.name);
  return names;
}

bool same_partners(const PartnerTable& a, const PartnerTable& b) {
  return std::tie(a.key, a.segment, a.market, a.size, a.start_stage, a.start_tier,
                  a.start_billed) ==
         std::tie(b.key, b.segment, b.market, b.size, b.start_stage, b.start_tier, b.start_billed);
}

bool same_links(const Graph& a, const Graph& b) {
  const auto all = [](const Graph& graph) {
    return std::tie(graph.peers.offsets, graph.peers.targets, graph.allies.offsets,
                    graph.allies.targets, graph.suppliers.offsets, graph.suppliers.targets);
  };
  return all(a) == all(b);
}

bool same_offers(const World& a, const World& b) {
  return all_same(a.offers, b.offers, [](const OfferInfo& x, const OfferInfo& y) {
    return std::tie(x.name, x.vendor, x.deployment, x.billing) ==
           std::tie(y.name, y.vendor, y.deployment, y.billing);
  });
}

bool same_tiers(const World& a, const World& b) {
  return all_same(a.vendors, b.vendors, [](const VendorInfo& x, const VendorInfo& y) {
    return x.name == y.name && x.tiers == y.tiers;
  });
}

bool same_correlations(const Scenario& a, const Scenario& b) {
  return all_same(a.correlations, b.correlations, [](const Correlation& x, const Correlation& y) {
    return std::tie(x.a, x.b, x.rho) == std::tie(y.a, y.b, y.rho);
  });
}

}  // namespace

void check_same_world(const Scenario& base, const Scenario& alternative) {
  const World &a = base.world, &b = alternative.world;
  const auto refuse = [](const std::string& what) {
    throw NotComparable("the two scenarios have different " + what);
  };
  if (a.months != b.months) refuse("lengths in months");
  if (month_label(a.calendar, 0) != month_label(b.calendar, 0)) refuse("first months");
  if (a.calendar.fiscal_start_month != b.calendar.fiscal_start_month) refuse("fiscal years");
  if (a.currency != b.currency) refuse("currencies");
  if (!same_tiers(a, b)) refuse("vendors or tiers");
  if (!same_offers(a, b)) refuse("offers");
  if (names_of(a.segments) != names_of(b.segments)) refuse("segments");
  if (names_of(a.markets) != names_of(b.markets)) refuse("markets");
  if (base.settings.size() != alternative.settings.size()) refuse("sets of parameters");
  for (std::size_t k = 0; k < base.settings.size(); ++k) {
    const Setting& setting = base.settings[k];
    if (row_of(setting.address).kind == Class::world &&
        setting.value != alternative.settings[k].value) {
      refuse(
          fmt::format("values of '{}', which shapes the world before luck is drawn", setting.path));
    }
  }
  if (!same_partners(a.partners, b.partners)) refuse("partners");
  if (!same_links(a.graph, b.graph)) refuse("links between partners");
}

Levers::Levers(const Scenario& base, const Scenario& alternative)
    : base_(&base), alternative_(&alternative) {
  check_same_world(base, alternative);
  add_settings();
  add_changes();
  add_events();
  add_policies();
  add_switches();
}

std::size_t Levers::add(std::string name) {
  names_.push_back(std::move(name));
  return names_.size() - 1;
}

void Levers::add_settings() {
  const std::string& currency = base_->world.currency;
  for (std::size_t k = 0; k < base_->settings.size(); ++k) {
    const Setting &a = base_->settings[k], &b = alternative_->settings[k];
    if (a.value == b.value && a.distribution == b.distribution) continue;
    const bool of_list = a.address.item > 0 && !settings_.empty() && [&](const Address& last) {
      return std::tie(last.owner, last.row, last.first, last.second) ==
             std::tie(a.address.owner, a.address.row, a.address.first, a.address.second);
    }(base_->settings[settings_.back().first].address);
    const std::size_t lever =
        of_list ? settings_.back().second
                : add(fmt::format("{} {} instead of {}", a.path, setting_text(b, currency),
                                  setting_text(a, currency)));
    settings_.emplace_back(k, lever);
  }
  if (same_correlations(*base_, *alternative_)) return;
  correlations_ = add("other correlations between uncertain values");
}

void Levers::add_changes() {
  const World& world = alternative_->world;
  merge(
      lines_of(base_->world.changes), lines_of(world.changes),
      [&](const Change& line) {
        changes_.push_back({line, kBoth, true});
      },
      [&](const Change& line) {
        changes_.push_back({line, add("without " + line_text(world, line)), false});
      },
      [&](const Change& line) {
        const auto before = std::find_if(changes_.begin(), changes_.end(), [&](const auto& part) {
          return part.lever != kBoth && !part.of_alternative && about_the_same(part.what, line);
        });
        if (before == changes_.end()) {
          changes_.push_back({line, add(line_text(world, line)), true});
          return;
        }
        const std::size_t lever = before->lever;
        names_[lever] = line_text(world, line) + " instead of " + line_text(world, before->what);
        changes_.push_back({line, lever, true});
      });
}

void Levers::add_events() {
  std::map<std::uint64_t, std::size_t> levers;
  const auto lever_of = [&](const Event& event) {
    const auto [found, is_new] = levers.try_emplace(event.key, names_.size());
    if (is_new) add(fmt::format("event '{}'", event.name));
    return found->second;
  };
  merge(
      base_->world.events, alternative_->world.events,
      [&](const Event& event) {
        events_.push_back({event, kBoth, true});
      },
      [&](const Event& event) {
        events_.push_back({event, lever_of(event), false});
      },
      [&](const Event& event) {
        events_.push_back({event, lever_of(event), true});
      });
}

void Levers::add_policies() {
  std::map<std::uint32_t, std::size_t> levers;
  const auto lever_of = [&](const Policy& policy) {
    const auto [found, is_new] = levers.try_emplace(policy.vendor, names_.size());
    if (is_new) add("policy of " + base_->world.vendors[policy.vendor].name);
    return found->second;
  };
  merge(
      base_->world.policies, alternative_->world.policies,
      [&](const Policy& policy) {
        policies_.push_back({policy, kBoth, true});
      },
      [&](const Policy& policy) {
        policies_.push_back({policy, lever_of(policy), false});
      },
      [&](const Policy& policy) {
        policies_.push_back({policy, lever_of(policy), true});
      });
}

void Levers::add_switches() {
  const Parameters &a = base_->parameters, &b = alternative_->parameters;
  for (std::size_t k = 0; k < month_order().size(); ++k) {
    if (a.is_off(k) == b.is_off(k)) continue;
    off_.emplace_back(1u << k, add(fmt::format("mechanism '{}' {}", month_order()[k]->name,
                                               b.is_off(k) ? "off" : "on")));
  }
  for (std::size_t k = 0; k < kShadows; ++k) {
    const auto shadow = static_cast<Shadow>(k);
    if (a.is_lifted(shadow) == b.is_lifted(shadow)) continue;
    lifted_.emplace_back(1u << k, add(fmt::format("shadow '{}' {}", kShadowRows[k].name,
                                                  b.is_lifted(shadow) ? "lifted" : "back")));
  }
}

template <class T>
std::vector<T> Levers::chosen(const std::vector<Part<T>>& parts, const std::vector<bool>& taken) {
  std::vector<T> result;
  for (const Part<T>& part : parts) {
    if (part.lever == kBoth || taken[part.lever] == part.of_alternative) {
      result.push_back(part.what);
    }
  }
  return result;
}

void Levers::mix(const std::vector<bool>& taken, Scenario& scenario) const {
  for (const auto& [k, lever] : settings_) {
    const Setting& setting = (taken[lever] ? alternative_ : base_)->settings[k];
    scenario.settings[k] = setting;
    at(scenario.parameters, setting.address) = setting.value;
  }
  scenario.drawn.clear();
  for (std::size_t k = 0; k < scenario.settings.size(); ++k) {
    if (scenario.settings[k].distribution.form != Distribution::Form::fixed) {
      scenario.drawn.push_back(k);
    }
  }
  if (correlations_ != kBoth) {
    scenario.correlations = (taken[correlations_] ? alternative_ : base_)->correlations;
  }
  scenario.world.changes = chosen(changes_, taken);
  scenario.world.events = chosen(events_, taken);
  scenario.world.policies = chosen(policies_, taken);
  const auto put = [&](std::uint32_t& bits, std::uint32_t of_base, std::uint32_t of_alternative,
                       const auto& switches) {
    bits = of_base;
    for (const auto& [bit, lever] : switches) {
      if (taken[lever]) bits = (bits & ~bit) | (of_alternative & bit);
    }
  };
  put(scenario.parameters.off, base_->parameters.off, alternative_->parameters.off, off_);
  put(scenario.parameters.lifted, base_->parameters.lifted, alternative_->parameters.lifted,
      lifted_);
}

}  // namespace partnersim
