// Pairs of runs, their differences, and what these tell.
#include "experiments/compare.hpp"

#include <algorithm>
#include <map>

#include "base/check.hpp"

namespace partnersim {
namespace {

/// Replications done in both: their numbers, and their place among the done ones of each.
struct Pairs {
  std::vector<std::size_t> at_a, at_b;
  std::vector<std::size_t> draw;  // 0, 1, 2, ... in order of appearance
  std::size_t draws = 0;
};

Pairs pairs_of(const JournalReader& a, const JournalReader& b) {
  Pairs pairs;
  std::map<std::uint64_t, std::size_t> seen;
  std::size_t at_a = 0, at_b = 0;
  const std::uint64_t common = std::min(a.replications(), b.replications());
  for (std::uint64_t r = 0; r < common; ++r) {
    const bool in_a = a.status(r) == RecordStatus::done, in_b = b.status(r) == RecordStatus::done;
    const Triple triple = a.header().plan.triple(r);
    if (in_a && in_b && triple == b.header().plan.triple(r)) {
      pairs.at_a.push_back(at_a);
      pairs.at_b.push_back(at_b);
      pairs.draw.push_back(seen.try_emplace(triple.draw, seen.size()).first->second);
    }
    at_a += in_a ? 1 : 0;
    at_b += in_b ? 1 : 0;
  }
  pairs.draws = seen.size();
  return pairs;
}

std::vector<double> picked(std::span<const double> values, std::span<const std::size_t> at) {
  std::vector<double> result;
  result.reserve(at.size());
  for (const std::size_t k : at) result.push_back(values[k]);
  return result;
}

/// The mean of each draw.
std::vector<double> by_draw(const std::vector<double>& runs, const Pairs& pairs) {
  std::vector<std::vector<double>> groups(pairs.draws);
  for (std::size_t k = 0; k < runs.size(); ++k) groups[pairs.draw[k]].push_back(runs[k]);
  std::vector<double> means;
  means.reserve(groups.size());
  for (const std::vector<double>& group : groups) means.push_back(mean(group));
  return means;
}

/// From further draws to further runs.
std::optional<std::size_t> runs_of(std::optional<std::size_t> more, std::size_t runs,
                                   std::size_t units) {
  if (!more || *more == kTooManyRuns) return more;
  return *more * ((runs + units - 1) / units);
}

Difference difference_of(const ReportPeriod& period, std::span<const double> values_a,
                         std::span<const double> values_b, const Pairs& pairs) {
  const std::vector<double> a = picked(values_a, pairs.at_a), b = picked(values_b, pairs.at_b);
  const PairedDifference futures = paired_difference(a, b);
  Difference result;
  result.period = period;
  const bool several = pairs.draws > 1;
  const std::vector<double> units_a = several ? by_draw(a, pairs) : a;
  const std::vector<double> units_b = several ? by_draw(b, pairs) : b;
  result.mean_a = mean(units_a);
  result.mean_b = mean(units_b);
  result.paired = paired_difference(units_a, units_b);
  result.futures_higher = futures.p_better;
  result.futures_interval = futures.p_better_interval;
  result.more_runs = runs_of(result.paired.more_pairs, a.size(), units_a.size());
  return result;
}

bool signs_differ(const Difference& a, const Difference& b) {
  return (a.paired.difference.mean < 0) != (b.paired.difference.mean < 0);
}

void warn(Comparison& comparison) {
  for (const ComparedMetric& metric : comparison.metrics) {
    if (!metric.horizon) continue;
    const bool gains = metric.total().paired.difference.mean > 0;
    comparison.warnings.push_back(
        {"W-HORIZON", metric.metric.words() + " is " + (gains ? "higher" : "lower") + " over " +
                          metric.total().period.label + " but " + (gains ? "lower" : "higher") +
                          " in the last 12 months: a longer horizon may turn the answer"});
  }
  for (const ComparedMetric& metric : comparison.metrics) {
    if (!(metric.total().paired.variance_reduction < 1)) continue;
    comparison.warnings.push_back(
        {"W-PAIRING", "the luck that both share does not help to compare " + metric.metric.words() +
                          "; the interval is right, but wider than with separate luck"});
  }
  if (comparison.dropped == 0) return;
  comparison.warnings.push_back(
      {"W-DROPPED", std::to_string(comparison.dropped) +
                        (comparison.dropped == 1 ? " replication is" : " replications are") +
                        " not done in both and left out"});
}

template <class Infos>
std::vector<std::string> names_of(const Infos& infos) {
  std::vector<std::string> names;
  for (const auto& info : infos) names.push_back(info.name);
  return names;
}

bool same_offers(const World& a, const World& b) {
  return std::equal(a.offers.begin(), a.offers.end(), b.offers.begin(), b.offers.end(),
                    [](const OfferInfo& x, const OfferInfo& y) {
                      return x.name == y.name && x.vendor == y.vendor &&
                             x.deployment == y.deployment && x.billing == y.billing;
                    });
}

bool same_segments(const World& a, const World& b) {
  return std::equal(a.segments.begin(), a.segments.end(), b.segments.begin(), b.segments.end(),
                    [](const SegmentInfo& x, const SegmentInfo& y) {
                      return x.name == y.name && x.supplier == y.supplier;
                    });
}

}  // namespace

std::optional<std::string> why_not_comparable(const JournalHeader& a, const JournalHeader& b) {
  const auto differ = [](const char* what, const std::string& x, const std::string& y) {
    return std::string("the two runs have different ") + what + ": " + x + " and " + y;
  };
  const World &one = a.outline, &two = b.outline;
  if (a.identity.engine != b.identity.engine) {
    return differ("versions of the simulation", a.identity.engine, b.identity.engine);
  }
  if (a.plan.months != b.plan.months) {
    return differ("lengths in months", std::to_string(a.plan.months),
                  std::to_string(b.plan.months));
  }
  if (a.plan.seed != b.plan.seed) {
    return differ("seeds", std::to_string(a.plan.seed), std::to_string(b.plan.seed));
  }
  if (month_label(one.calendar, 0) != month_label(two.calendar, 0)) {
    return differ("first months", month_label(one.calendar, 0), month_label(two.calendar, 0));
  }
  if (one.calendar.fiscal_start_month != two.calendar.fiscal_start_month) {
    return differ("first months of the fiscal year",
                  std::to_string(one.calendar.fiscal_start_month),
                  std::to_string(two.calendar.fiscal_start_month));
  }
  if (one.currency != two.currency) return differ("currencies", one.currency, two.currency);
  const std::string other = "the two runs are about other ";
  if (names_of(one.vendors) != names_of(two.vendors)) return other + "vendors";
  if (!same_offers(one, two)) return other + "offers";
  if (!same_segments(one, two)) return other + "segments";
  if (names_of(one.markets) != names_of(two.markets)) return other + "markets";
  return std::nullopt;
}

const Difference& ComparedMetric::total() const {
  return periods[periods.size() - 2];
}

const Difference& ComparedMetric::last_12_months() const {
  return periods.back();
}

const ComparedMetric& Comparison::metric(std::string_view name) const {
  const auto found = std::find_if(metrics.begin(), metrics.end(), [&](const ComparedMetric& one) {
    return one.metric.name == name;
  });
  require(found != metrics.end(), "a metric that is not compared");
  return *found;
}

Comparison compare(const JournalReader& a, const JournalReader& b) {
  if (const auto why = why_not_comparable(a.header(), b.header())) throw NotComparable(*why);
  const World& outline = a.header().outline;
  const Pairs pairs = pairs_of(a, b);
  if (pairs.at_a.size() < 2) {
    throw NotComparable("fewer than two replications are done in both, with the same luck");
  }
  Comparison result;
  result.currency = outline.currency;
  result.periods = headline_periods(outline);
  result.pairs = pairs.at_a.size();
  result.dropped = std::max(a.replications(), b.replications()) - result.pairs;
  result.draws = pairs.draws;
  const std::vector<Metric> metrics = headline_metrics(outline);
  const std::vector<Matrix> values_a = series(a, metrics, result.periods);
  const std::vector<Matrix> values_b = series(b, metrics, result.periods);
  for (std::size_t k = 0; k < metrics.size(); ++k) {
    ComparedMetric one{.metric = metrics[k], .periods = {}};
    for (std::size_t p = 0; p < result.periods.size(); ++p) {
      one.periods.push_back(
          difference_of(result.periods[p], values_a[k].row(p), values_b[k].row(p), pairs));
    }
    one.horizon = one.total().tells() && one.last_12_months().tells() &&
                  signs_differ(one.total(), one.last_12_months());
    result.metrics.push_back(std::move(one));
  }
  warn(result);
  return result;
}

}  // namespace partnersim
