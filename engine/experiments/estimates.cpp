#include "experiments/estimates.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <map>
#include <vector>

#include "base/math.hpp"

namespace partnersim {
namespace {

constexpr double k90 = 0.90, k95 = 0.95;

/// Both intervals, from a function of their level.
template <class Of>
void set_intervals(Estimate& estimate, Of of) {
  estimate.of_95 = of(k95);
  estimate.of_90 = of(k90);
}

double two_sided(double level) {
  return normal_quantile(0.5 + level / 2);
}

double chi_square(double p, double degrees) {
  return boost::math::quantile(boost::math::chi_squared(degrees), p);
}

/// Between two ends of spells nothing happens.
struct Step {
  double time;
  double at_risk, ended, had_end;  // just before; at this time; with the end that is asked for
};

struct LifeTable {
  std::vector<Step> steps;
  double longest = 0;
  std::size_t ended = 0;
};

LifeTable life_table(std::span<const Spell> spells, int end) {
  std::vector<Spell> sorted(spells.begin(), spells.end());
  std::ranges::sort(sorted, {}, &Spell::time);
  LifeTable table;
  for (std::size_t at = 0; at < sorted.size();) {
    Step step{sorted[at].time, static_cast<double>(sorted.size() - at), 0, 0};
    for (; at < sorted.size() && sorted[at].time == step.time; ++at) {
      step.ended += sorted[at].end != 0;
      step.had_end += sorted[at].end != 0 && sorted[at].end == end;
    }
    table.longest = step.time;
    table.ended += static_cast<std::size_t>(step.ended);
    if (step.ended > 0) table.steps.push_back(step);
  }
  return table;
}

struct Logs {
  std::size_t n;
  double mean, variance;
};

Logs logs_of(std::span<const double> amounts) {
  std::vector<double> logs;
  for (const double amount : amounts) logs.push_back(log(amount));
  const double sd = standard_deviation(logs);
  return {logs.size(), mean(logs), sd * sd};
}

}  // namespace

double design_effect(std::span<const double> residuals, std::span<const std::size_t> cluster) {
  const double middle = mean(residuals);
  std::map<std::size_t, double> sums;
  double squares = 0, between = 0;
  for (std::size_t k = 0; k < residuals.size(); ++k) {
    const double residual = residuals[k] - middle;
    sums[cluster[k]] += residual;
    squares += residual * residual;
  }
  if (sums.size() < 2 || squares <= 0) return 1;
  for (const auto& [key, sum] : sums) between += sum * sum;
  const auto clusters = static_cast<double>(sums.size());
  return std::max(1.0, between / squares * clusters / (clusters - 1));
}

Estimate share_of(double successes, std::size_t trials, double design) {
  Estimate estimate{.n = trials};
  if (trials == 0) return estimate;
  const auto n = static_cast<double>(trials);
  const auto independent = static_cast<std::size_t>(std::max(1.0, std::round(n / design)));
  estimate.value = successes / n;
  set_intervals(estimate, [&](double level) {
    return wilson_interval(estimate.value * static_cast<double>(independent), independent, level);
  });
  return estimate;
}

Estimate rate_of(std::size_t events, double exposure, double design) {
  Estimate estimate{.n = events};
  if (!(exposure > 0)) return estimate;
  const double k = static_cast<double>(events) / design, seen = exposure / design;
  estimate.value = k / seen;
  set_intervals(estimate, [&](double level) {
    const double tail = (1 - level) / 2;
    return Interval{events == 0 ? 0 : chi_square(tail, 2 * k) / 2 / seen,
                    chi_square(1 - tail, 2 * k + 2) / 2 / seen};
  });
  return estimate;
}

Estimate mean_time(std::span<const Spell> spells, double design) {
  const LifeTable table = life_table(spells, 0);
  Estimate estimate{.n = table.ended};
  if (table.ended == 0) return estimate;
  // Area below the curve up to each step, and below all of it up to the longest spell.
  std::vector<double> area_at;
  double curve = 1, area = 0, since = 0;
  for (const Step& step : table.steps) {
    area += curve * (step.time - since);
    area_at.push_back(area);
    since = step.time;
    curve *= 1 - step.ended / step.at_risk;
  }
  area += curve * (table.longest - since);
  const double fallen = -std::log(curve);
  const bool runs_on = curve > 0;
  const double tail = runs_on ? curve * table.longest / fallen : 0;
  const double tail_by_curve = runs_on ? table.longest * (1 / fallen + 1 / (fallen * fallen)) : 0;
  double variance = 0;
  for (std::size_t k = 0; k < table.steps.size(); ++k) {
    const Step& step = table.steps[k];
    if (step.ended >= step.at_risk) continue;  // the curve ends here, nothing is below it
    const double moves = area - area_at[k] + tail_by_curve * curve;
    variance += moves * moves * step.ended / (step.at_risk * (step.at_risk - step.ended));
  }
  estimate.value = area + tail;
  set_intervals(estimate, [&](double level) {
    const double factor =
        std::exp(two_sided(level) * std::sqrt(design * variance) / estimate.value);
    return Interval{estimate.value / factor, estimate.value * factor};
  });
  return estimate;
}

double survival(std::span<const Spell> spells, double time) {
  double curve = 1;
  for (const Step& step : life_table(spells, 0).steps) {
    if (step.time <= time) curve *= 1 - step.ended / step.at_risk;
  }
  return curve;
}

Estimate share_ending(std::span<const Spell> spells, int end, double design) {
  const LifeTable table = life_table(spells, end);
  double curve = 1, incidence = 0;
  for (const Step& step : table.steps) {
    incidence += curve * step.had_end / step.at_risk;
    curve *= 1 - step.ended / step.at_risk;
  }
  if (table.ended == 0) return {};
  const double share = std::min(incidence / (1 - curve), 1.0);
  return share_of(share * static_cast<double>(table.ended), table.ended, design);
}

Estimate lognormal_mean(std::span<const double> amounts, double design) {
  const Logs logs = logs_of(amounts);
  Estimate estimate{.n = logs.n};
  if (logs.n < 2) return estimate;
  const auto n = static_cast<double>(logs.n);
  const double middle = logs.mean + logs.variance / 2;
  const double error =
      std::sqrt(design * (logs.variance / n + logs.variance * logs.variance / (2 * (n - 1))));
  estimate.value = std::exp(middle);
  set_intervals(estimate, [&](double level) {
    const double reach = two_sided(level) * error;
    return Interval{std::exp(middle - reach), std::exp(middle + reach)};
  });
  return estimate;
}

Estimate geometric_mean(std::span<const double> amounts, double design) {
  const Logs logs = logs_of(amounts);
  Estimate estimate{.n = logs.n};
  if (logs.n < 2) return estimate;
  const auto n = static_cast<double>(logs.n);
  estimate.value = std::exp(logs.mean);
  set_intervals(estimate, [&](double level) {
    const double freedom = std::max(1.0, n / design - 1);
    const double reach =
        t_quantile(0.5 + level / 2, freedom) * std::sqrt(design * logs.variance / n);
    return Interval{std::exp(logs.mean - reach), std::exp(logs.mean + reach)};
  });
  return estimate;
}

Estimate spread_of(double sum_of_squares, std::size_t degrees) {
  Estimate estimate{.n = degrees};
  if (degrees == 0) return estimate;
  const auto df = static_cast<double>(degrees);
  estimate.value = std::sqrt(sum_of_squares / df);
  set_intervals(estimate, [&](double level) {
    const double tail = (1 - level) / 2;
    return Interval{std::sqrt(sum_of_squares / chi_square(1 - tail, df)),
                    std::sqrt(sum_of_squares / chi_square(tail, df))};
  });
  return estimate;
}

std::optional<Season> season_of(std::span<const std::size_t> counts, std::size_t first) {
  Season season{.factors = {}, .n = 0, .years = counts.size() / 12, .half_width = 0};
  if (season.years < 2) return std::nullopt;
  const std::size_t begin = counts.size() - 12 * season.years;
  std::vector<double> year(season.years);
  for (std::size_t k = begin; k < counts.size(); ++k) {
    year[(k - begin) / 12] += static_cast<double>(counts[k]);
    season.n += counts[k];
  }
  if (std::ranges::min(year) <= 0) return std::nullopt;
  const double growth =  // logarithmic, a month
      log(year.back() / year.front()) / (12 * static_cast<double>(season.years - 1));
  double total = 0;
  for (std::size_t k = begin; k < counts.size(); ++k) {
    const double flat =
        static_cast<double>(counts[k]) * std::exp(-growth * static_cast<double>(k - begin));
    season.factors[(first + k) % 12] += flat;
    total += flat;
  }
  for (double& factor : season.factors) factor *= 12 / total;
  season.half_width = two_sided(k95) / std::sqrt(static_cast<double>(season.n) / 12);
  return season;
}

}  // namespace partnersim
