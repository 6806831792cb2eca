// Metrics: which cells each of them sums, and their names.
#include "experiments/metrics.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/money.hpp"

namespace partnersim {
namespace {

/// The terms of one sum, for one scope.
class Sum {
 public:
  Sum(const World& outline, const Scope& scope) : world_(outline), cells_(outline), scope_(scope) {}

  Sum& add(Line line, int sign = 1) {
    const VendorInfo& vendor = world_.vendors[scope_.vendor];
    for (std::size_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
      if (scope_.offer && *scope_.offer != o) continue;
      if (cloud_only_ && world_.offers[o].deployment != Deployment::cloud) continue;
      for_segments([&](std::size_t s) { terms_.push_back({cells_.at(line, o, s), sign}); });
    }
    return *this;
  }
  Sum& add(Head head, int sign = 1) {
    for_segments([&](std::size_t s) {
      terms_.push_back({cells_.at(head, scope_.vendor, s), sign});
    });
    return *this;
  }
  Sum& add(Desk desk) {
    terms_.push_back({cells_.at(desk, scope_.vendor), 1});
    return *this;
  }
  template <class Row>
  Sum& add_all_vendors(Row row) {
    for (scope_.vendor = 0; scope_.vendor < world_.vendors.size(); ++scope_.vendor) add(row);
    return *this;
  }
  Sum& cloud_only() {
    cloud_only_ = true;
    return *this;
  }
  Sum& add_incentives() {
    return add(Line::uplift).add(Line::rebate).add(Line::mdf).add(Line::spiff).add(Line::referral);
  }
  /// What the vendor spends on partners beside incentives; people and training have no offer.
  Sum& add_support(int sign = 1) {
    return add(Head::relation_cost, sign)
        .add(Head::onboarding_cost, sign)
        .add(Head::manager_cost, sign)
        .add(Head::specialist_cost, sign)
        .add(Line::training_subsidy, sign)
        .add(Head::lead_cost, sign)
        .add(Head::openness_cost, sign)
        .add(Head::entry_fees, -sign);
  }

  std::vector<Term> terms() const { return terms_; }

 private:
  template <class F>
  void for_segments(F f) const {
    for (std::size_t s = 0; s < world_.segments.size(); ++s) {
      if (!scope_.segment || *scope_.segment == s) f(s);
    }
  }

  const World& world_;
  const Cells cells_;
  Scope scope_;
  bool cloud_only_ = false;
  std::vector<Term> terms_;
};

constexpr double kGrid = 0x1p32;

/// `per_unit`: cells of `above` count so many to one of `below`.
struct Parts {
  std::vector<Term> above, below;
  double per_unit = 1;
};

Parts parts_of(const World& outline, Figure figure, const Scope& scope) {
  const auto sum = [&] { return Sum(outline, scope); };
  switch (figure) {
    case Figure::incentives:
      return {sum().add_incentives().terms(), {}};
    case Figure::program_cost:
      return {sum().add_incentives().add_support().terms(), {}};
    case Figure::contribution:
      return {sum()
                  .add(Line::net)
                  .add(Line::services_profit)
                  .add(Line::direct)
                  .add(Line::cost_of_goods, -1)
                  .add(Line::direct_cost, -1)
                  .add_support(-1)
                  .terms(),
              {}};
    case Figure::cloud_share:
      return {sum().cloud_only().add(Line::attention).terms(), sum().add(Line::attention).terms()};
    case Figure::cloud_bookings_share:
      return {sum().cloud_only().add(Line::bookings).terms(), sum().add(Line::bookings).terms()};
    case Figure::revenue_share:
      return {sum().add(Line::customer).terms(), sum().add_all_vendors(Line::customer).terms()};
    case Figure::authority_gap:
      return {sum().add(Head::wished_bookings).add(Head::chosen_bookings, -1).terms(), {}};
    case Figure::cost_per_revenue:
      return {sum().add_incentives().add_support().terms(), sum().add(Line::net).terms()};
    case Figure::trust:
      return {sum().add(Head::trust).terms(), sum().add(Head::active).terms(), kGrid};
    case Figure::relationship:
      return {sum().add(Head::relationship).terms(), sum().add(Head::active).terms(), kGrid};
    case Figure::registered_share:
      return {sum().add(Head::registered).terms(), sum().add(Head::active).terms(), kGrid};
    case Figure::specialist_wait:
      return {sum().add(Head::waiting).terms(), sum().add(Head::requests).terms()};
    case Figure::mdf_unused:
      return {sum().add(Head::mdf_accrued).add(Line::mdf, -1).terms(), {}};
    case Figure::partner_sourced:
      return {sum()
                  .add(Line::bookings)
                  .add(Line::lead_bookings, -1)
                  .add(Line::ally_bookings, -1)
                  .terms(),
              {}};
    case Figure::dependence:
      return {sum().add(Head::dependence).terms(), sum().add(Head::active).terms(), kGrid};
    case Figure::importance:
      return {sum().add(Head::importance).terms(), sum().add(Head::active).terms(), kGrid};
    case Figure::share_at_our_partners:
      return {sum().add(Desk::beside).terms(), sum().add_all_vendors(Desk::beside).terms()};
    case Figure::potential_used:
      return {sum().add(Head::chosen_bookings).terms(), sum().add(Head::potential).terms()};
    case Figure::stretching:
      return {sum().add(Head::stretched).terms(), sum().add(Head::active).terms()};
    case Figure::months_to_first_deal:
      return {sum().add(Head::first_deal_months).terms(), sum().add(Head::first_deals).terms()};
    case Figure::count:
      break;
  }
  return {};
}

bool has_offers(Figure figure) {
  return figure == Figure::incentives || figure == Figure::partner_sourced;
}

bool has_segments(Figure figure) {
  return figure != Figure::share_at_our_partners;
}

Quantity quantity_of(Measure measure) {
  return std::array{Quantity::money, Quantity::count,
                    Quantity::quantity}[static_cast<std::size_t>(measure)];
}

double per_unit_of(Quantity quantity) {
  return quantity == Quantity::money ? kMinorPerMajor : quantity == Quantity::quantity ? 0x1p32 : 1;
}

bool exists(const World& outline, const Scope& scope) {
  if (scope.vendor >= outline.vendors.size()) return false;
  if (scope.segment && *scope.segment >= outline.segments.size()) return false;
  if (!scope.offer) return true;
  return *scope.offer < outline.offers.size() &&
         outline.offers[*scope.offer].vendor == scope.vendor;
}

Metric metric_for(std::string_view name, std::string_view meaning, Quantity quantity, Over over) {
  Metric metric;
  metric.name = name;
  metric.meaning = meaning;
  metric.quantity = quantity;
  metric.over = over;
  metric.per_unit = per_unit_of(quantity);
  return metric;
}

Metric metric_for(const LineRow& row) {
  return metric_for(row.name, row.meaning, quantity_of(row.measure), row.over);
}

Metric within(Metric metric, const World& outline, const Scope& scope) {
  metric.vendor = outline.vendors[scope.vendor].name;
  if (scope.offer) metric.offer = outline.offers[*scope.offer].name;
  if (scope.segment) metric.segment = outline.segments[*scope.segment].name;
  return metric;
}

template <class Rows>
std::optional<std::size_t> row_named(const Rows& rows, std::string_view name) {
  for (std::size_t k = 0; k < std::size(rows); ++k) {
    if (rows[k].name == name) return k;
  }
  return std::nullopt;
}

std::size_t reported_tiers(const World& outline, std::size_t vendor) {
  return std::min(outline.vendors[vendor].tiers.size(), Cells::kTiersReported);
}

/// The scopes of one vendor: all offers first, all segments first.
std::vector<Scope> scopes_of(const World& outline, std::size_t v) {
  const VendorInfo& vendor = outline.vendors[v];
  std::vector<Scope> scopes;
  for (std::size_t k = 0; k <= vendor.offers; ++k) {
    const auto offer = k == 0 ? std::nullopt : std::optional(vendor.first_offer + k - 1);
    scopes.push_back({v, offer, std::nullopt});
    for (std::size_t s = 0; s < outline.segments.size(); ++s) scopes.push_back({v, offer, s});
  }
  return scopes;
}

/// A metric for every vendor and scope that has it.
template <class What>
void add_scopes(const World& outline, What what, std::vector<Metric>& metrics) {
  for (std::size_t v = 0; v < outline.vendors.size(); ++v) {
    for (const Scope& scope : scopes_of(outline, v)) {
      if (auto metric = metric_of(outline, what, scope)) metrics.push_back(std::move(*metric));
    }
  }
}

}  // namespace

std::string Metric::words() const {
  std::string text = name;
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string_view name_of(Quantity quantity) {
  return std::array<std::string_view, 4>{"money", "count", "quantity",
                                         "share"}[static_cast<std::size_t>(quantity)];
}

std::optional<Metric> metric_of(const World& outline, Line line, const Scope& scope) {
  if (!exists(outline, scope)) return std::nullopt;
  Metric metric = within(metric_for(kLineRows[static_cast<std::size_t>(line)]), outline, scope);
  metric.above = Sum(outline, scope).add(line).terms();
  return metric;
}

std::optional<Metric> metric_of(const World& outline, Head head, const Scope& scope) {
  if (!exists(outline, scope) || scope.offer) return std::nullopt;
  Metric metric = within(metric_for(kHeadRows[static_cast<std::size_t>(head)]), outline, scope);
  metric.above = Sum(outline, scope).add(head).terms();
  return metric;
}

std::optional<Metric> metric_of(const World& outline, Figure figure, const Scope& scope) {
  if (!exists(outline, scope) || (scope.offer && !has_offers(figure)) ||
      (scope.segment && !has_segments(figure))) {
    return std::nullopt;
  }
  const FigureRow& row = kFigureRows[static_cast<std::size_t>(figure)];
  Metric metric = within(metric_for(row.name, row.meaning, row.quantity, row.over), outline, scope);
  Parts parts = parts_of(outline, figure, scope);
  metric.above = std::move(parts.above);
  metric.below = std::move(parts.below);
  if (!metric.below.empty()) metric.per_unit = parts.per_unit;
  return metric;
}

Metric tier_metric(const World& outline, std::size_t vendor, std::size_t tier) {
  const LineRow& active = kHeadRows[static_cast<std::size_t>(Head::active)];
  const std::string& name = outline.vendors[vendor].tiers[tier];
  Metric metric =
      metric_for(std::string(active.name) + ":" + name,
                 std::string(active.meaning) + ", of tier " + name, Quantity::count, active.over);
  metric.vendor = outline.vendors[vendor].name;
  metric.above.push_back({Cells(outline).tier(tier, vendor), 1});
  return metric;
}

Metric desk_metric(const World& outline, Desk desk, std::size_t vendor) {
  Metric metric = metric_for(kDeskRows[static_cast<std::size_t>(desk)]);
  metric.vendor = outline.vendors[vendor].name;
  metric.above.push_back({Cells(outline).at(desk, vendor), 1});
  return metric;
}

Metric scene_metric(const World& outline, Scene scene, std::size_t market) {
  Metric metric = metric_for(kSceneRows[static_cast<std::size_t>(scene)]);
  if (outline.markets.size() > 1) metric.name += ":" + outline.markets[market].name;
  metric.above.push_back({Cells(outline).at(scene, market), 1});
  return metric;
}

std::optional<Metric> find_metric(const World& outline, std::string_view name, const Scope& scope) {
  if (const auto k = row_named(kLineRows, name)) {
    return metric_of(outline, static_cast<Line>(*k), scope);
  }
  if (const auto k = row_named(kHeadRows, name)) {
    return metric_of(outline, static_cast<Head>(*k), scope);
  }
  if (const auto k = row_named(kFigureRows, name)) {
    return metric_of(outline, static_cast<Figure>(*k), scope);
  }
  if (scope.offer || scope.segment || !exists(outline, scope)) return std::nullopt;
  for (std::size_t k = 0; k < reported_tiers(outline, scope.vendor); ++k) {
    Metric metric = tier_metric(outline, scope.vendor, k);
    if (metric.name == name) return metric;
  }
  if (const auto k = row_named(kDeskRows, name)) {
    return desk_metric(outline, static_cast<Desk>(*k), scope.vendor);
  }
  for (std::size_t k = 0; k < kScenes; ++k) {
    for (std::size_t m = 0; m < outline.markets.size(); ++m) {
      Metric metric = scene_metric(outline, static_cast<Scene>(k), m);
      if (metric.name == name) return metric;
    }
  }
  return std::nullopt;
}

std::vector<Metric> all_metrics(const World& outline) {
  std::vector<Metric> metrics;
  for (std::size_t k = 0; k < kLines; ++k) add_scopes(outline, static_cast<Line>(k), metrics);
  for (std::size_t k = 0; k < kHeads; ++k) add_scopes(outline, static_cast<Head>(k), metrics);
  for (std::size_t v = 0; v < outline.vendors.size(); ++v) {
    for (std::size_t k = 0; k < reported_tiers(outline, v); ++k) {
      metrics.push_back(tier_metric(outline, v, k));
    }
    for (std::size_t k = 0; k < kDesks; ++k) {
      metrics.push_back(desk_metric(outline, static_cast<Desk>(k), v));
    }
  }
  for (std::size_t k = 0; k < kScenes; ++k) {
    for (std::size_t m = 0; m < outline.markets.size(); ++m) {
      metrics.push_back(scene_metric(outline, static_cast<Scene>(k), m));
    }
  }
  for (std::size_t k = 0; k < kFigures; ++k) add_scopes(outline, static_cast<Figure>(k), metrics);
  return metrics;
}

std::vector<Metric> headline_metrics(const World& outline, std::size_t vendor) {
  const Scope scope{.vendor = vendor, .offer = {}, .segment = {}};
  std::vector<Metric> metrics;
  const auto add = [&](std::optional<Metric> metric) {
    if (metric) metrics.push_back(std::move(*metric));
  };
  add(metric_of(outline, Line::net, scope));
  add(metric_of(outline, Line::bookings, scope));
  add(metric_of(outline, Figure::contribution, scope));
  add(metric_of(outline, Figure::program_cost, scope));
  add(metric_of(outline, Head::active, scope));
  return metrics;
}

double value_of(const Metric& metric, double above, double below) {
  if (metric.below.empty()) return above / metric.per_unit;
  return below == 0 ? std::numeric_limits<double>::quiet_NaN() : above / below / metric.per_unit;
}

}  // namespace partnersim
