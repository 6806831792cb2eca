// Moments, intervals, quantiles, paired differences and variance components; see the header.
#include "ensemble/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "base/math.hpp"

namespace partnersim {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kMostRuns = 1e9;  // beyond this the answer is "never"

double real(std::size_t n) {
  return static_cast<double>(n);
}

bool has_nan(std::span<const double> values) {
  return std::any_of(values.begin(), values.end(), [](double x) { return std::isnan(x); });
}

/// The quantile that a two-sided interval of this level reaches to.
double upper(double level) {
  return 0.5 + level / 2;
}

double z_quantile(double p) {
  return boost::math::quantile(boost::math::normal(), p);
}

double square(double x) {
  return x * x;
}

/// Sum of squared distances from `centre`.
double squares(std::span<const double> values, double centre) {
  double sum = 0;
  for (const double x : values) sum += square(x - centre);
  return sum;
}

Component component(double variance, double total) {
  return {.variance = variance, .share = total > 0 ? variance / total : kNan};
}

/// Groups of `size` one after the other, without those that hold a NaN and without the rest.
std::vector<double> complete_groups(std::span<const double> values, std::size_t size) {
  std::vector<double> kept;
  kept.reserve(values.size());
  for (std::size_t at = 0; at + size <= values.size(); at += size) {
    const auto group = values.subspan(at, size);
    if (!has_nan(group)) kept.insert(kept.end(), group.begin(), group.end());
  }
  return kept;
}

/// Means of the groups of `size` one after the other.
std::vector<double> group_means(std::span<const double> values, std::size_t size) {
  std::vector<double> means;
  means.reserve(values.size() / size);
  for (std::size_t at = 0; at < values.size(); at += size) {
    means.push_back(mean(values.subspan(at, size)));
  }
  return means;
}

/// Sum of squared distances of the values from the mean of their group of `size`.
double squares_within(std::span<const double> values, std::size_t size,
                      std::span<const double> means) {
  double sum = 0;
  for (std::size_t g = 0; g < means.size(); ++g) {
    sum += squares(values.subspan(g * size, size), means[g]);
  }
  return sum;
}

/// Two-sided p-value of a mean that is zero if there is no effect.
double p_value_of(const Summary& s) {
  if (s.n < 2 || std::isnan(s.sd)) return kNan;
  if (s.sd == 0) return s.mean == 0 ? 1 : 0;
  const double t = std::abs(s.mean) / (s.sd / std::sqrt(real(s.n)));
  return 2 * cdf(complement(boost::math::students_t(real(s.n) - 1), t));
}

std::optional<std::size_t> more_pairs_of(const Summary& s, double level) {
  if (s.ci_lo > 0 || s.ci_hi < 0) return std::nullopt;
  if (s.mean == 0) return kTooManyRuns;
  const std::size_t needed = runs_for_half_width(s.sd, std::abs(s.mean), level);
  if (needed == kTooManyRuns) return kTooManyRuns;
  return needed > s.n ? needed - s.n : 1;
}

}  // namespace

double mean(std::span<const double> values) {
  if (values.empty()) return kNan;
  const double n = real(values.size());
  const double first = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (!std::isfinite(first)) return first;
  // The second pass takes back what the first lost in rounding.
  double rest = 0;
  for (const double x : values) rest += x - first;
  return first + rest / n;
}

double standard_deviation(std::span<const double> values) {
  if (values.size() < 2) return kNan;
  return std::sqrt(squares(values, mean(values)) / (real(values.size()) - 1));
}

double t_quantile(double p, double df) {
  return boost::math::quantile(boost::math::students_t(df), p);
}

Summary summarize(std::span<const double> values, double level) {
  Summary s{.n = values.size(), .mean = mean(values), .sd = standard_deviation(values)};
  if (s.n < 2) return s;
  const double half = t_quantile(upper(level), real(s.n) - 1) * s.sd / std::sqrt(real(s.n));
  s.ci_lo = s.mean - half;
  s.ci_hi = s.mean + half;
  return s;
}

Interval prediction_interval(std::span<const double> values, double level) {
  if (values.size() < 2) return {};
  const double n = real(values.size());
  const double half =
      t_quantile(upper(level), n - 1) * standard_deviation(values) * std::sqrt(1 + 1 / n);
  const double centre = mean(values);
  return {.lo = centre - half, .hi = centre + half};
}

double relative_half_width(const Summary& summary) {
  return (summary.ci_hi - summary.ci_lo) / 2 / std::abs(summary.mean);
}

std::size_t runs_for_half_width(double sd, double half_width, double level) {
  if (sd == 0 && half_width >= 0) return 2;
  // The normal quantile gives a lower bound; t needs a few runs more.
  const double bound = square(z_quantile(upper(level)) * sd / half_width);
  if (!(half_width > 0 && bound <= kMostRuns)) return kTooManyRuns;
  auto n = std::max<std::size_t>(2, static_cast<std::size_t>(bound));
  while (t_quantile(upper(level), real(n) - 1) * sd / std::sqrt(real(n)) > half_width) ++n;
  return n;
}

std::size_t runs_for_precision(double mean, double sd, double precision, double level) {
  return runs_for_half_width(sd, precision * std::abs(mean), level);
}

Interval wilson_interval(double successes, std::size_t trials, double level) {
  if (std::isnan(successes)) return {};
  if (trials == 0) return {.lo = 0, .hi = 1};
  const double n = real(trials);
  const double share = successes / n;
  const double z2 = square(z_quantile(upper(level)));
  const double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half = std::sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  // At the ends the formula gives 0 and 1 but for rounding.
  return {.lo = successes <= 0 ? 0 : std::max(0.0, centre - half),
          .hi = successes >= n ? 1 : std::min(1.0, centre + half)};
}

std::vector<double> holm_adjusted(std::span<const double> p_values) {
  // Ascending, NaN last, equal values in their order.
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    return p_values[i] < p_values[j] || (!std::isnan(p_values[i]) && std::isnan(p_values[j]));
  });
  std::vector<double> adjusted(p_values.size(), kNan);
  double floor = 0;  // a larger p-value is never adjusted to less than a smaller one
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const double p = p_values[order[rank]];
    if (std::isnan(p)) break;
    floor = std::max(floor, std::min(1.0, p * real(order.size() - rank)));
    adjusted[order[rank]] = floor;
  }
  return adjusted;
}

double quantile(std::span<const double> ascending, double p) {
  if (ascending.empty() || !(p >= 0 && p <= 1)) return kNan;
  const double position = p * (real(ascending.size()) - 1);
  const auto below = static_cast<std::size_t>(position);
  const double part = position - real(below);
  if (part == 0) return ascending[below];  // also the last one, which has no next
  return ascending[below] + part * (ascending[below + 1] - ascending[below]);
}

Quantiles quantiles(std::span<const double> values, std::vector<double>& scratch) {
  if (values.empty() || has_nan(values)) return {};
  scratch.assign(values.begin(), values.end());
  std::sort(scratch.begin(), scratch.end());
  return {.mean = mean(values),  // in replication order, as everywhere
          .q05 = quantile(scratch, 0.05),
          .q25 = quantile(scratch, 0.25),
          .q50 = quantile(scratch, 0.50),
          .q75 = quantile(scratch, 0.75),
          .q95 = quantile(scratch, 0.95)};
}

std::optional<QuantileRanks> quantile_ranks(std::size_t n, double p, double level) {
  if (n == 0) return std::nullopt;
  // K of n values lie below the quantile, K binomial: rank lo is too high if K < lo.
  const boost::math::binomial below(real(n), p);
  const double tail = (1 - level) / 2;
  std::size_t lo = 0;
  while (lo < n && cdf(below, real(lo)) <= tail) ++lo;
  std::size_t hi = n + 1;
  while (hi > 0 && cdf(complement(below, real(hi) - 2)) <= tail && hi > lo + 1) --hi;
  if (lo == 0 || hi > n) return std::nullopt;
  return QuantileRanks{
      .lo = lo, .hi = hi, .coverage = cdf(below, real(hi) - 1) - cdf(below, real(lo) - 1)};
}

std::size_t runs_for_quantile(double p, double level) {
  const double tail = std::min(p, 1 - p);
  return static_cast<std::size_t>(std::ceil(log(1 - level) / log(1 - tail)));
}

double dkw_half_width(std::size_t n, double level) {
  if (n == 0) return kNan;
  return std::sqrt(log(2 / (1 - level)) / (2 * real(n)));
}

PairedDifference paired_difference(std::span<const double> a, std::span<const double> b,
                                   double level) {
  if (a.size() != b.size()) throw std::invalid_argument("paired_difference: unequal lengths");
  std::vector<double> d(a.size());
  double better = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    d[i] = b[i] - a[i];
    better += d[i] > 0 ? 1 : (d[i] == 0 ? 0.5 : 0);
  }
  PairedDifference result{.difference = summarize(d, level)};
  if (d.empty() || has_nan(d)) return result;
  result.p_value = p_value_of(result.difference);
  result.p_better = better / real(d.size());
  result.p_better_interval = wilson_interval(better, d.size(), level);
  result.variance_reduction = (square(standard_deviation(a)) + square(standard_deviation(b))) /
                              square(result.difference.sd);
  result.more_pairs = more_pairs_of(result.difference, level);
  return result;
}

std::optional<Band> split_band(std::span<const double> values) {
  constexpr std::size_t kWorlds = 2;  // in a draw
  constexpr std::size_t kLucks = 2;   // in a world
  const std::vector<double> runs = complete_groups(values, kWorlds * kLucks);
  const std::size_t draws = runs.size() / (kWorlds * kLucks);
  if (draws < 2) return std::nullopt;

  const std::vector<double> worlds = group_means(runs, kLucks);
  const std::vector<double> means = group_means(worlds, kWorlds);
  const double n = real(draws);
  const double ms_luck = squares_within(runs, kLucks, worlds) / (n * kWorlds * (kLucks - 1));
  const double ms_world = kLucks * squares_within(worlds, kWorlds, means) / (n * (kWorlds - 1));
  const double ms_draw = kWorlds * kLucks * squares(means, mean(means)) / (n - 1);

  // Each mean square contains what lies below it: take that out.
  const double market = (ms_world - ms_luck) / kLucks;
  const double parameters = (ms_draw - ms_world) / (kWorlds * kLucks);
  const double total = parameters + market + ms_luck;
  return Band{.runs_used = runs.size(),
              .draws = draws,
              .total = total,
              .parameters = component(parameters, total),
              .market = component(market, total),
              .individuals = component(ms_luck, total)};
}

std::optional<OneWay> split_one_way(std::span<const double> values, std::size_t replications) {
  if (replications < 2) return std::nullopt;
  const std::vector<double> runs = complete_groups(values, replications);
  const std::size_t draws = runs.size() / replications;
  if (draws < 2) return std::nullopt;

  const std::vector<double> means = group_means(runs, replications);
  const double size = real(replications);
  const double within = squares_within(runs, replications, means) / (real(draws) * (size - 1));
  const double between = size * squares(means, mean(means)) / (real(draws) - 1);
  const double parameters = (between - within) / size;
  const double total = parameters + within;
  return OneWay{.runs_used = runs.size(),
                .draws = draws,
                .ms_between = between,
                .ms_within = within,
                .total = total,
                .parameters = component(parameters, total),
                .noise = component(within, total)};
}

}  // namespace partnersim
