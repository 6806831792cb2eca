#include "experiments/payback.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace partnersim {
namespace {

constexpr int kNever = std::numeric_limits<int>::max();  // sorts behind every month

/// value(m) for each month.
template <class Value>
int months_until_paid(std::size_t months, Value value) {
  for (std::size_t m = months; m-- > 0;) {
    if (value(m) < 0) return m + 1 == months ? kNever : static_cast<int>(m) + 1;
  }
  return 0;
}

PaybackMonths known(int months) {
  return months == kNever ? PaybackMonths() : PaybackMonths(months);
}

/// An order statistic: there is no month between a month and never.
PaybackMonths rank_of(const std::vector<int>& ascending, double p) {
  const double rank = std::ceil(p * static_cast<double>(ascending.size())) - 1;
  return known(ascending[static_cast<std::size_t>(std::max(rank, 0.0))]);
}

void add_futures(const Matrix& futures, Payback& result) {
  std::vector<int> months;
  std::vector<double> dips;
  for (std::size_t j = 0; j < futures.columns(); ++j) {
    double lowest = 0;
    for (std::size_t m = 0; m < futures.rows(); ++m) {
      lowest = std::min(lowest, futures.row(m)[j]);
    }
    dips.push_back(lowest);
    months.push_back(
        months_until_paid(futures.rows(), [&](std::size_t m) { return futures.row(m)[j]; }));
  }
  std::sort(months.begin(), months.end());
  result.p05 = rank_of(months, 0.05);
  result.p50 = rank_of(months, 0.5);
  result.p95 = rank_of(months, 0.95);
  const auto paid =
      months.size() - static_cast<std::size_t>(std::count(months.begin(), months.end(), kNever));
  result.paid_back = static_cast<double>(paid) / static_cast<double>(months.size());
  result.paid_back_interval = wilson_interval(static_cast<double>(paid), months.size());
  std::vector<double> scratch;
  result.dip_outcome = quantiles(dips, scratch);
}

}  // namespace

Payback payback(const Matrix& futures, const Matrix& means) {
  Payback result;
  if (futures.rows() == 0 || futures.columns() == 0) return result;
  add_futures(futures, result);
  std::vector<Summary> path;
  for (std::size_t m = 0; m < means.rows(); ++m) path.push_back(summarize(means.row(m)));
  const auto paid = [&](double Summary::*end) {
    return known(months_until_paid(path.size(), [&](std::size_t m) { return path[m].*end; }));
  };
  result.months = paid(&Summary::mean);
  result.earliest = paid(&Summary::ci_hi);
  result.latest = paid(&Summary::ci_lo);
  const auto lowest = std::min_element(
      path.begin(), path.end(), [](const Summary& x, const Summary& y) { return x.mean < y.mean; });
  if (lowest->mean < 0) {
    result.dip = Payback::Dip{static_cast<int>(lowest - path.begin()), *lowest};
  }
  return result;
}

}  // namespace partnersim
