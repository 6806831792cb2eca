// A resolved scenario as YAML. Values stand as they were typed, or as the shortest number that
// reads back to the same bits.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "mechanisms/mechanism.hpp"
#include "scenario/keys.hpp"
#include "scenario/number_text.hpp"
#include "scenario/paths.hpp"
#include "scenario/scenario.hpp"
#include "scenario/settings.hpp"
#include "scenario/yaml_text.hpp"

namespace partnersim {
namespace {

class Writer {
 public:
  explicit Writer(const Scenario& scenario) : scenario_(scenario), world_(scenario.world) {}

  std::string write() {
    frame();
    instances("markets", world_.markets.size(), "market",
              [&](std::size_t k) { return "name: " + yaml_scalar(world_.markets[k].name); });
    instances("segments", world_.segments.size(), "segments", [&](std::size_t k) {
      return "name: " + yaml_scalar(world_.segments[k].name) +
             (world_.segments[k].supplier ? "\n    supplier: yes" : "");
    });
    line(0, "us:");
    line(2, "name: " + yaml_scalar(world_.vendors[0].name));
    vendor(0, 2);
    if (world_.vendors.size() > 1) line(0, "rivals:");
    for (std::size_t v = 1; v < world_.vendors.size(); ++v) {
      line(2, "- name: " + yaml_scalar(world_.vendors[v].name));
      vendor(v, 4);
    }
    for (const Owner& owner : owners()) {
      if (owner.path == "market" || owner.path == "segments" || owner.path == "vendor" ||
          owner.path == "tiers" || owner.path == "offers") {
        continue;
      }
      line(0, std::string(owner.path) + ":");
      if (owner.path == "graph" && !scenario_.files.graph_kind.empty()) {
        line(2, fmt::format("{}: {}", kGraphKeys[0].key, scenario_.files.graph_kind));
      }
      rows(owner_index(owner.path), 0, 0, 2);
    }
    mechanisms();
    correlations();
    changes();
    events();
    return std::move(out_);
  }

 private:
  void line(std::size_t indent, const std::string& text) {
    out_ += std::string(indent, ' ') + text + "\n";
  }

  void frame() {
    const Calendar& calendar = world_.calendar;
    line(0, "partnersim: 1");
    line(0, "title: " + yaml_scalar(world_.title));
    line(0, "start: " + month_label(calendar, 0));
    line(0, fmt::format("months: {}", world_.months));
    line(0, "currency: " + world_.currency);
    line(0, fmt::format("fiscal_year_starts: {}", month_name(calendar.fiscal_start_month)));
    line(0, fmt::format("uncertainty: {}",
                        words_of(find_key(kScenarioKeys, "uncertainty")
                                     ->words)[static_cast<std::size_t>(scenario_.uncertainty)]));
    const FileReferences& files = scenario_.files;
    line(0, files.partners.empty() ? "population: {}" : "partners: " + yaml_scalar(files.partners));
    if (!files.map.empty()) line(0, "map:");
    for (const auto& [theirs, ours] : files.map) {
      line(2, fmt::format("{}: {}", yaml_scalar(theirs), ours));
    }
    if (!files.links.empty()) line(0, "links: " + yaml_scalar(files.links));
  }

  template <class Head>
  void instances(std::string_view key, std::size_t count, std::string_view owner, Head head) {
    line(0, fmt::format("{}:", key));
    for (std::size_t k = 0; k < count; ++k) {
      line(2, "- " + head(k));
      rows(owner_index(owner), k, 0, 4);
    }
  }

  void vendor(std::size_t v, std::size_t indent) {
    const VendorInfo& info = world_.vendors[v];
    rows(owner_index("vendor"), v, 0, indent);
    policy(v, indent);
    line(indent, "tiers:");
    for (std::size_t k = 0; k < info.tiers.size(); ++k) {
      line(indent + 2, "- name: " + yaml_scalar(info.tiers[k]));
      rows(owner_index("tiers"), v, k, indent + 4);
    }
    line(indent, "offers:");
    for (std::size_t k = 0; k < info.offers; ++k) {
      const OfferInfo& offer = world_.offers[info.first_offer + k];
      line(indent + 2, "- name: " + yaml_scalar(offer.name));
      for (const auto& [key, word] :
           {std::pair{"deployment", static_cast<std::size_t>(offer.deployment)},
            std::pair{"billing", static_cast<std::size_t>(offer.billing)}}) {
        line(indent + 4,
             fmt::format("{}: {}", key, words_of(find_key(kOfferKeys, key)->words)[word]));
      }
      rows(owner_index("offers"), v, k, indent + 4);
    }
  }

  void policy(std::size_t v, std::size_t indent) {
    for (const Policy& policy : world_.policies) {
      if (policy.vendor != v) continue;
      const Unit unit = row_of(policy.lever).unit;
      const std::string of =
          owner_path(world_, {owner_index("vendor"), 0, static_cast<std::uint16_t>(v), 0, 0});
      line(indent, "policy:");
      line(indent + 2,
           "lever: " + yaml_scalar(path_of(world_, policy.lever).substr(of.size() + 1)));
      line(indent + 2,
           "step: " + yaml_scalar(move_text({policy.lever, Write::Op::add, policy.step})));
      line(indent + 2, "at_least: " + yaml_scalar(exact_text(policy.lowest, unit)));
      line(indent + 2, "at_most: " + yaml_scalar(exact_text(policy.highest, unit)));
      line(indent + 2, "revenue: " + yaml_scalar(exact_text(policy.revenue, Unit::money)));
      line(indent + 2, "growth: " + yaml_scalar(exact_text(policy.growth, Unit::per_year)));
    }
  }

  // All parameters of one instance. Keys with dots become nested maps.
  void rows(std::uint16_t owner, std::size_t first, std::size_t second, std::size_t indent) {
    const std::span<const ParameterRow> table = owners()[owner].rows;
    std::string_view group;
    for (std::size_t row = 0; row < table.size(); ++row) {
      const Address address{owner, static_cast<std::uint16_t>(row),
                            static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(second),
                            0};
      const Setting* setting = find_setting(scenario_, address);
      const std::string_view key = table[row].key;
      const std::size_t dot = key.find('.');
      const bool nested = dot != std::string_view::npos;
      if (nested && key.substr(0, dot) != group) {
        group = key.substr(0, dot);
        line(indent, fmt::format("{}:", group));
      }
      line(indent + (nested ? 2 : 0),
           fmt::format("{}: {}  # {}", nested ? key.substr(dot + 1) : key,
                       value(*setting, table[row]), comment(*setting)));
    }
  }

  static std::string value(const Setting& setting, const ParameterRow& row) {
    if (row.size > 1) {
      std::vector<std::string> items;
      for (std::size_t k = 0; k < row.size; ++k) {
        items.push_back(exact_text((&setting)[k].value, row.unit));
      }
      return fmt::format("[{}]", fmt::join(items, ", "));
    }
    const bool typed = setting.origin == Origin::file || setting.origin == Origin::command_line;
    if (typed) return setting.typed.starts_with('{') ? setting.typed : yaml_scalar(setting.typed);
    const std::string number = exact_text(setting.value, row.unit);
    return yaml_scalar(setting.origin == Origin::evidence ? number + std::string(kFromEvidence)
                                                          : number);
  }

  std::string comment(const Setting& setting) const {
    const ParameterRow& row = row_of(setting.address);
    std::string text = setting.source;
    if (text.empty()) text = fmt::format("default, {}", row.evidence.tag);
    if (row.size > 1) return text;
    if (setting.distribution.form == Distribution::Form::fixed) {
      return fmt::format("{}; {}", value_text(setting.value, row.unit, world_.currency), text);
    }
    return fmt::format("{}; {}", text, distribution_text(setting, world_.currency));
  }

  void mechanisms() {
    std::string off;
    for (std::size_t k = 0; k < month_order().size(); ++k) {
      if (scenario_.parameters.is_off(k)) off += fmt::format("  {}: off\n", month_order()[k]->name);
    }
    if (!off.empty()) out_ += "mechanisms:\n" + off;
    std::vector<std::string_view> lifted;
    for (std::size_t k = 0; k < kShadows; ++k) {
      if (scenario_.parameters.is_lifted(static_cast<Shadow>(k))) {
        lifted.push_back(kShadowRows[k].name);
      }
    }
    if (!lifted.empty()) out_ += fmt::format("lifted: [{}]\n", fmt::join(lifted, ", "));
  }

  void correlations() {
    if (scenario_.correlations.empty()) return;
    line(0, "correlate:");
    for (const Correlation& one : scenario_.correlations) {
      line(2, fmt::format("- [{}, {}, {}]", yaml_scalar(scenario_.settings[one.a].path),
                          yaml_scalar(scenario_.settings[one.b].path),
                          exact_text(one.rho, Unit::number)));
    }
  }

  void changes() {
    if (world_.changes.empty()) return;
    line(0, "changes:");
    for (const Change& change : world_.changes) {
      line(2, "- from: " + month_label(world_.calendar, change.from));
      if (change.to < kForever) {
        line(4, "to: " + month_label(world_.calendar, change.to - 1));
      }
      effects(change);
    }
  }

  void events() {
    if (world_.events.empty()) return;
    line(0, "events:");
    for (const Event& event : world_.events) {
      line(2, "- name: " + yaml_scalar(event.name));
      line(4, "probability: " + exact_text(event.probability, Unit::share));
      line(4, fmt::format("month: {} to {}", month_label(world_.calendar, event.first),
                          month_label(world_.calendar, event.last)));
      if (event.change.to < kForever) line(4, fmt::format("lasts: {} months", event.change.to));
      effects(event.change);
    }
  }

  void effects(const Change& change) {
    if (change.ramp != 1) line(4, fmt::format("ramp: {} months", change.ramp));
    for (const Termination& one : change.terminations) {
      const double below = static_cast<double>(one.below) / kMinorPerMajor;
      line(4, "terminate:");
      line(6, "revenue_12m: below " + exact_text(below, Unit::money));
      if (!one.except.empty()) line(6, "except: " + ids(one.except));
    }
    if (!change.leaving.empty()) line(4, "leave: " + ids(change.leaving));
    if (!change.acquisitions.empty()) {
      std::vector<std::uint32_t> bought;
      for (const Acquisition& one : change.acquisitions) bought.push_back(one.partner);
      line(4, "acquired_by:");
      line(6, "partner: " + ids(bought));
      line(6, "vendor: " + yaml_scalar(world_.vendors[change.acquisitions[0].vendor].name));
    }
    if (change.writes.empty()) return;
    if (change.group) group(*change.group);
    line(4, "set:");
    for (const Write& write : change.writes) {
      line(6, fmt::format("{}: {}", yaml_scalar(path_of(world_, write.address)),
                          yaml_scalar(move_text(write))));
    }
  }

  void group(const PartnerGroup& group) {
    if (group.where.empty() && group.tiers.empty()) {
      line(4, "for: " + ids(group.partners));
      return;
    }
    line(4, "for:");
    for (const PartnerGroup::Condition& one : group.where) {
      line(6, yaml_scalar(one.column) + ": " + list_of(one.values));
    }
    if (!group.tiers.empty()) line(6, "tier: " + list_of(group.tiers));
  }

  std::string ids(const std::vector<std::uint32_t>& partners) const {
    std::vector<std::string> names;
    for (const std::uint32_t i : partners) names.push_back(world_.partners.id[i]);
    return list_of(names);
  }

  static std::string list_of(std::vector<std::string> texts) {
    for (std::string& text : texts) text = yaml_scalar(text);
    return fmt::format("[{}]", fmt::join(texts, ", "));
  }

  static std::string move_text(const Write& write) {
    const Unit unit = row_of(write.address).unit;
    if (write.op == Write::Op::multiply) return "x" + exact_text(write.value, Unit::number);
    if (write.op == Write::Op::set) return "= " + exact_text(write.value, unit);
    std::string amount = exact_text(std::fabs(write.value), unit);
    if (amount.ends_with('%')) amount.replace(amount.size() - 1, 1, " points");
    return (write.value < 0 ? "-" : "+") + amount;
  }

  static constexpr int kForever = 1 << 20;
  const Scenario& scenario_;
  const World& world_;
  std::string out_;
};

}  // namespace

std::string resolved_yaml(const Scenario& scenario) {
  return Writer(scenario).write();
}

}  // namespace partnersim
