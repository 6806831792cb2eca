// What can be asked of a journal: metrics (named sums of cells, or shares of two such sums) over
// the months, fiscal quarters and years of a run.
//
// Flows add up over a period, stocks take its last month; a share is computed from its two parts,
// so that the share of a year is never a mean of shares.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ensemble/journal.hpp"

namespace partnersim {

/// Something to know before one believes a number.
struct Warning {
  std::string code;  // W-FEW-RUNS
  std::string text;  // one sentence
};

// ---- metrics

/// What a metric counts: money in whole currency units, things, quantities (attention in whole
/// partners, demand against the start), shares of 1.
enum class Quantity { money, count, quantity, share };
std::string_view name_of(Quantity quantity);  // "money", "count", "quantity", "share"

/// Of whom: a vendor, all its offers or one, all segments or one.
struct Scope {
  std::size_t vendor = 0;
  std::optional<std::size_t> offer;  // index into World::offers
  std::optional<std::size_t> segment;
};

/// A cell of a month, added or taken away.
struct Term {
  std::size_t cell;
  int sign;
};

struct Metric {
  std::string name;  // as in cells.hpp or kFigureRows; scripts know it by this
  std::string meaning;
  Quantity quantity = Quantity::money;
  Over over = Over::flow;
  // Names for tables; empty: all of them, or none (the demand of a market has no vendor).
  std::string vendor, offer, segment;
  std::vector<Term> above;  // summed
  std::vector<Term> below;  // ratios only: what `above` is divided by
  double per_unit = 1;      // a cell of `above` counts in 1 / per_unit: cents, 2^-32

  std::string words() const;  // the name with blanks: net channel revenue
};

/// Metrics that are no column of a month themselves.
enum class Figure {
  incentives,
  program_cost,
  contribution,
  cloud_share,
  cloud_bookings_share,
  revenue_share,
  authority_gap,
  cost_per_revenue,
  trust,
  relationship,
  registered_share,
  specialist_wait,
  mdf_unused,
  partner_sourced,
  dependence,
  importance,
  share_at_our_partners,
  potential_used,
  stretching,
  months_to_first_deal,
  count
};
inline constexpr std::size_t kFigures = static_cast<std::size_t>(Figure::count);
struct FigureRow {
  std::string_view name;
  Quantity quantity;
  Over over;
  std::string_view meaning;
};
inline constexpr FigureRow kFigureRows[kFigures] = {
    {"incentives", Quantity::money, Over::flow,
     "Uplift, rebate, market development funds, SPIFF and referral fees; not the resale margin"},
    {"program_cost", Quantity::money, Over::flow,
     "Incentives, relations, onboarding, partner managers, specialists, training, leads and "
     "openness to partners, less entry fees; not the resale margin"},
    {"contribution", Quantity::money, Over::flow,
     "Net channel revenue, margin on own services and direct revenue, less cost of goods, own "
     "sales, relations, onboarding, partner managers, specialists, training, leads and openness to "
     "partners, plus entry fees"},
    {"cloud_share", Quantity::share, Over::stock,
     "Share of partners' attention to the vendor that its cloud offers have"},
    {"cloud_bookings_share", Quantity::share, Over::flow,
     "Share of the vendor's new bookings that cloud offers bring"},
    {"revenue_share", Quantity::share, Over::flow,
     "Share of the vendor in what customers pay through these partners to all vendors"},
    {"authority_gap", Quantity::money, Over::flow,
     "Expected new bookings at the effort the vendor wishes less those at the effort partners "
     "choose"},
    {"cost_per_revenue", Quantity::share, Over::flow, "Program cost per net channel revenue"},
    {"trust", Quantity::share, Over::stock, "Mean trust of active partners, 0 to 1"},
    {"relationship", Quantity::share, Over::stock,
     "Mean personal relationship of active partners with their manager, 0 to 1"},
    {"registered_share", Quantity::share, Over::stock,
     "Share of deals active partners register, their mean"},
    {"specialist_wait", Quantity::quantity, Over::flow,
     "Months a request waits for a specialist, their mean"},
    {"mdf_unused", Quantity::money, Over::flow,
     "Market development funds partners could have drawn and did not"},
    {"partner_sourced_bookings", Quantity::money, Over::flow,
     "New bookings of partners that neither a lead of the vendor nor an ally brought"},
    {"dependence", Quantity::share, Over::stock,
     "Share of the vendor in what an active partner earns, their mean"},
    {"importance", Quantity::share, Over::stock,
     "How much the vendor needs an active partner, 0 to 1, their mean"},
    {"share_at_our_partners", Quantity::share, Over::stock,
     "Share of the vendor in a year's billings of the focal vendor's partners"},
    {"potential_used", Quantity::share, Over::flow,
     "Expected new bookings of active partners against what they would bring at their best"},
    {"stretching_share", Quantity::share, Over::flow,
     "Share of active partners that market more than pays by itself, to reach a tier"},
    {"months_to_first_deal", Quantity::quantity, Over::flow,
     "Months from signing to a partner's first deal, the mean of those that won it"},
};

/// nullopt where the scope has no such metric: heads, and figures that contain one or are a share,
/// have no offers; an offer is its own vendor's.
std::optional<Metric> metric_of(const World& outline, Line line, const Scope& scope);
std::optional<Metric> metric_of(const World& outline, Head head, const Scope& scope);
std::optional<Metric> metric_of(const World& outline, Figure figure, const Scope& scope);
/// Active partners of a tier: `active_partners:Gold`.
Metric tier_metric(const World& outline, std::size_t vendor, std::size_t tier);
/// What there is once for a vendor.
Metric desk_metric(const World& outline, Desk desk, std::size_t vendor);
/// Named as in cells.hpp; where there are several markets `demand:CH`.
Metric scene_metric(const World& outline, Scene scene, std::size_t market);

/// By name. nullopt where no metric has this name, or not for this scope.
std::optional<Metric> find_metric(const World& outline, std::string_view name,
                                  const Scope& scope = {});

/// Every metric of every scope: in the order of lines, heads, tiers, scenes, figures; each by
/// vendor, its offers (all first) and segments (all first).
std::vector<Metric> all_metrics(const World& outline);

/// What a vendor is judged by: net_channel_revenue, new_bookings, contribution, program_cost,
/// active_partners.
std::vector<Metric> headline_metrics(const World& outline, std::size_t vendor = 0);

/// The value of a metric from sums over a period; 0 / 0 is NaN.
double value_of(const Metric& metric, double above, double below);

// ---- periods

/// Months of a run that belong together.
struct ReportPeriod {
  enum class Kind { month, quarter, year, last_12_months, total, run_rate };
  Kind kind = Kind::total;
  int first = 0;      // month of the run
  int months = 0;     // in the run
  int of = 0;         // a whole one has; more than `months` at the ends of a run
  std::string label;  // 2027-03, FY27 Q1, FY27, last 12 months, FY27-FY30, run-rate
  bool partial() const { return months < of; }
  std::string incomplete() const;  // "9 of 12 months"; empty where it is whole
  /// "FY27", or "FY27 (9 of 12 months)".
  std::string full_label() const;
};

std::string_view name_of(ReportPeriod::Kind kind);  // "last_12_months"

std::vector<ReportPeriod> report_months(const World& outline);
std::vector<ReportPeriod> report_quarters(const World& outline);
std::vector<ReportPeriod> report_years(const World& outline);
ReportPeriod report_last_12_months(const World& outline);
ReportPeriod report_total(const World& outline);
/// The last three months of the run; its values are given as those of a year.
ReportPeriod report_run_rate(const World& outline);
/// What a value of the period is multiplied with: 4 for a flow at the run-rate of three months.
double annual_factor(const Metric& metric, const ReportPeriod& period);
/// What headlines are given for: each fiscal year, the total, the last twelve months.
std::vector<ReportPeriod> headline_periods(const World& outline);

// ---- values

/// values.row(p)[j]: period p, j-th done replication.
class Matrix {
 public:
  Matrix() = default;
  Matrix(std::size_t rows, std::size_t columns)
      : rows_(rows), columns_(columns), values_(rows * columns) {}
  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  std::span<double> row(std::size_t r) { return {values_.data() + r * columns_, columns_}; }
  std::span<const double> row(std::size_t r) const {
    return {values_.data() + r * columns_, columns_};
  }

 private:
  std::size_t rows_ = 0, columns_ = 0;
  std::vector<double> values_;
};

/// Over the done replications, in their order. Holds one record a thread besides the result.
/// Throws FileError.
std::vector<Matrix> series(const JournalReader& journal, std::span<const Metric> metrics,
                           std::span<const ReportPeriod> periods);
Matrix series(const JournalReader& journal, const Metric& metric,
              std::span<const ReportPeriod> periods);

}  // namespace partnersim
