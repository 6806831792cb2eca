// What no row sees alone: values that contradict each other, and correlations.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.hpp"
#include "scenario/keys.hpp"
#include "scenario/paths.hpp"
#include "scenario/settings.hpp"
#include "scenario/values.hpp"

namespace partnersim {
namespace {

class Across {
 public:
  Across(const Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), before_(diagnostics), diagnostics_(diagnostics) {}

  void run() {
    for (std::size_t v = 0; v < scenario_.world.vendors.size(); ++v) {
      thresholds(v);
      certificates(v);
      promotions(v);
      for (std::size_t j = 0; j < scenario_.world.vendors[v].offers; ++j) margins(v, j);
    }
    hand_over();
    locking();
  }

 private:
  const Setting& setting(const std::string& path) const {
    Fault fault;
    const auto found = find_addresses(scenario_.world, path, fault);
    return *find_setting(scenario_, found->front());
  }

  // A value that could not be read says nothing about others.
  bool is_wrong(const Setting& one) const { return told(before_, one.at); }

  std::string shown(const Setting& one) const {
    return value_text(one.value, row_of(one.address).unit, scenario_.world.currency);
  }

  // A higher tier asks for at least as much.
  void thresholds(std::size_t v) {
    const std::size_t tiers = scenario_.world.vendors[v].tiers.size();
    for (std::size_t k = 1; k < tiers; ++k) {
      const Setting& lower = setting(tier_path(v, k - 1) + ".threshold");
      const Setting& upper = setting(tier_path(v, k) + ".threshold");
      if (upper.value >= lower.value || is_wrong(upper) || is_wrong(lower)) continue;
      diagnostics_.error(
          "E-CONTRADICTION", upper.at,
          fmt::format("{} is {}, below the {} of the tier under it", upper.path, shown(upper),
                      shown(lower)),
          lower.at.line == 0
              ? "list tiers from the lowest to the highest"
              : fmt::format("{} is in line {}; list tiers from the lowest to the highest",
                            lower.path, lower.at.line));
    }
  }

  // A typed tier that asks for more certified offers than there are is out of reach.
  void certificates(std::size_t v) {
    const VendorInfo& info = scenario_.world.vendors[v];
    for (std::size_t k = 0; k < info.tiers.size(); ++k) {
      const Setting& wanted = setting(tier_path(v, k) + ".certified");
      if (wanted.at.line == 0 || wanted.value <= info.offers || is_wrong(wanted)) continue;
      diagnostics_.warning("W-TIER-OUT-OF-REACH", wanted.at,
                           fmt::format("{} is {}, but {} has {} offers", wanted.path, shown(wanted),
                                       info.name, info.offers),
                           "no partner can reach this tier");
    }
  }

  void hand_over() {
    const Setting& least = setting("managers.carry_low");
    const Setting& most = setting("managers.carry_high");
    if (least.value <= most.value || is_wrong(least) || is_wrong(most)) return;
    const Setting& typed = least.at.line > 0 ? least : most;
    const Setting& other = least.at.line > 0 ? most : least;
    diagnostics_.error("E-CONTRADICTION", typed.at,
                       fmt::format("{} is {}, above {}, which is {}", least.path, shown(least),
                                   most.path, shown(most)),
                       other.at.line == 0
                           ? "the least part that survives a hand-over is at most the largest"
                           : fmt::format("{} is in line {}", other.path, other.at.line));
  }

  std::string vendor(std::size_t v) const {
    return owner_path(scenario_.world,
                      {owner_index("vendor"), 0, static_cast<std::uint16_t>(v), 0, 0});
  }
  std::string tier_path(std::size_t v, std::size_t k) const {
    return owner_path(scenario_.world, {owner_index("tiers"), 0, static_cast<std::uint16_t>(v),
                                        static_cast<std::uint16_t>(k), 0});
  }
  std::string offer_path(std::size_t v, std::size_t j) const {
    return owner_path(scenario_.world, {owner_index("offers"), 0, static_cast<std::uint16_t>(v),
                                        static_cast<std::uint16_t>(j), 0});
  }

  // A rise that is looked for less often than reviews come is never found between them.
  void promotions(std::size_t v) {
    const Setting& every = setting(vendor(v) + ".promotion_months");
    const Setting& review = setting(vendor(v) + ".review_months");
    if (every.at.line == 0 || every.value < review.value || is_wrong(every)) return;
    diagnostics_.warning("W-NO-EFFECT", every.at,
                         fmt::format("{} is {}, not shorter than the review period of {}",
                                     every.path, shown(every), shown(review)),
                         "partners rise at reviews only");
  }

  // What partners and distributor get of a first year, at the best tier, is less than all of it.
  void margins(std::size_t v, std::size_t j) {
    const std::string offer = offer_path(v, j), program = vendor(v);
    std::vector<const Setting*> parts{
        &setting(offer + ".margin_first"),    &setting(offer + ".bonus"),
        &setting(program + ".rebate"),        &setting(program + ".registration.uplift"),
        &setting(program + ".growth_rebate"), &setting(program + ".attach_rebate"),
        &setting(program + ".spiff"),         &setting(program + ".distributor_margin")};
    const OfferInfo& info = scenario_.world.offers[scenario_.world.vendors[v].first_offer + j];
    if (info.deployment == Deployment::cloud) parts.push_back(&setting(program + ".cloud_bonus"));
    const Setting* best = nullptr;
    for (std::size_t k = 0; k < scenario_.world.vendors[v].tiers.size(); ++k) {
      const Setting& margin = setting(tier_path(v, k) + ".margin");
      if (best == nullptr || margin.value > best->value) best = &margin;
    }
    if (best != nullptr) parts.push_back(best);
    give_away(offer, "the first year", parts);
    give_away(offer, "a later year",
              {&setting(offer + ".margin_recurring"), &setting(program + ".rebate"),
               &setting(program + ".growth_rebate"), &setting(program + ".attach_rebate"),
               &setting(program + ".distributor_margin")});
  }

  void give_away(const std::string& offer, std::string_view when,
                 std::vector<const Setting*> parts) {
    double sum = 0;
    for (const Setting* part : parts) sum += is_wrong(*part) ? 0 : part->value;
    if (sum < 1) return;
    std::stable_sort(parts.begin(), parts.end(),
                     [](const Setting* a, const Setting* b) { return a->value > b->value; });
    std::vector<std::string> texts;
    for (const Setting* part : parts) {
      if (part->value > 0) texts.push_back(fmt::format("{} {}", part->path, shown(*part)));
    }
    const auto typed = std::find_if(parts.begin(), parts.end(),
                                    [](const Setting* part) { return part->at.line > 0; });
    diagnostics_.error(
        "E-CONTRADICTION", typed == parts.end() ? Location{} : (*typed)->at,
        fmt::format("{} gives away {} of {}", offer, value_text(sum, Unit::share, ""), when),
        fmt::format("{}", fmt::join(texts, " + ")));
  }

  void locking() {
    const Setting& peers = setting("choice.beta_peer");
    const Setting& habit = setting("choice.habit");
    if (peers.value + habit.value <= 2 || is_wrong(peers) || is_wrong(habit)) return;
    const Setting& typed = habit.at.line > 0 ? habit : peers;
    diagnostics_.warning("W-SELF-LOCKING", typed.at,
                         fmt::format("{} {} and {} {} are more than 2 together: partners keep each "
                                     "other where they are",
                                     peers.path, shown(peers), habit.path, shown(habit)),
                         "below 2 there is one balance, above there are two");
  }

  const Scenario& scenario_;
  const Diagnostics before_;  // what was reported of single values
  Diagnostics& diagnostics_;
};

class Correlations {
 public:
  Correlations(Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), diagnostics_(diagnostics) {}

  void read(const Node& list) {
    if (!list.is_list()) {
      diagnostics_.error("E-VALUE", list.at,
                         "'correlate' is a list of [parameter, parameter, number]");
      return;
    }
    for (const Node& item : list.items) read_one(item);
    if (!positive_definite()) {
      diagnostics_.error("E-CORRELATE", list.at, "these correlations are not possible together",
                         "make some of them smaller");
    }
  }

 private:
  void read_one(const Node& item) {
    const bool shape = item.is_list() && item.items.size() == 3 && item.items[0].is_scalar() &&
                       item.items[1].is_scalar();
    if (!shape) {
      diagnostics_.error("E-VALUE", item.at, "a correlation is [parameter, parameter, number]",
                         "such as [choice.beta, choice.habit, 0.3]");
      return;
    }
    const auto a = drawn(item.items[0]), b = drawn(item.items[1]);
    const auto rho = read_fixed(item.items[2], Unit::number, "", diagnostics_);
    if (!a || !b || !rho || *a == kIgnored || *b == kIgnored) return;
    if (*a == *b || !(*rho > -1 && *rho < 1)) {
      diagnostics_.error("E-CORRELATE", item.at,
                         *a == *b ? "a parameter is not correlated with itself"
                                  : "a correlation lies between -1 and 1");
      return;
    }
    scenario_.correlations.push_back({*a, *b, *rho});
  }

  // Index into settings.
  std::optional<std::size_t> drawn(const Node& node) {
    Fault fault;
    const auto found = find_addresses(scenario_.world, node.text, fault);
    if (!found || found->size() != 1) {
      if (found) {
        fault = {"E-CORRELATE", fmt::format("{} is not one parameter", in_quotes(node.text)), ""};
      }
      report(fault, node.at, diagnostics_);
      return std::nullopt;
    }
    const auto k = static_cast<std::size_t>(find_setting(scenario_, found->front()) -
                                            scenario_.settings.data());
    if (std::binary_search(scenario_.drawn.begin(), scenario_.drawn.end(), k)) return k;
    if (scenario_.uncertainty != Uncertainty::evidence) return kIgnored;
    diagnostics_.error("E-CORRELATE", node.at, fmt::format("{} is not drawn", in_quotes(node.text)),
                       "only what is uncertain can be correlated");
    return std::nullopt;
  }

  // Cholesky of the matrix of those that occur.
  bool positive_definite() const {
    std::map<std::size_t, std::size_t> index;
    for (const Correlation& one : scenario_.correlations) {
      index.emplace(one.a, index.size());
      index.emplace(one.b, index.size());
    }
    const std::size_t n = index.size();
    std::vector<double> m(n * n, 0);
    for (std::size_t k = 0; k < n; ++k) m[k * n + k] = 1;
    for (const Correlation& one : scenario_.correlations) {
      const std::size_t i = index.at(one.a), j = index.at(one.b);
      m[i * n + j] = m[j * n + i] = one.rho;
    }
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = 0; k < j; ++k) m[j * n + j] -= m[j * n + k] * m[j * n + k];
      if (m[j * n + j] <= 1e-9) return false;
      m[j * n + j] = std::sqrt(m[j * n + j]);
      for (std::size_t i = j + 1; i < n; ++i) {
        for (std::size_t k = 0; k < j; ++k) m[i * n + j] -= m[i * n + k] * m[j * n + k];
        m[i * n + j] /= m[j * n + j];
      }
    }
    return true;
  }

  static constexpr std::size_t kIgnored = ~std::size_t{0};
  Scenario& scenario_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_across(const Scenario& scenario, Diagnostics& diagnostics) {
  Across(scenario, diagnostics).run();
}

void resolve_correlations(const Node& list, Scenario& scenario, Diagnostics& diagnostics) {
  Correlations(scenario, diagnostics).read(list);
}

}  // namespace partnersim
