// When a cumulated difference is made up for, and how deep it dips.
#include "experiments/payback.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace partnersim {
namespace {

/// rows[m][j]
Matrix matrix(const std::vector<std::vector<double>>& rows) {
  Matrix result(rows.size(), rows.front().size());
  for (std::size_t m = 0; m < rows.size(); ++m) {
    std::copy(rows[m].begin(), rows[m].end(), result.row(m).begin());
  }
  return result;
}

TEST(Payback, IsTheMonthFromWhichNothingIsMissingAnyMore) {
  const Matrix paths = matrix({{0, 0, 0}, {-3, -5, 1}, {1, -4, 2}, {-2, 0, 3}, {4, 6, 4}});
  const Payback result = payback(paths, paths);
  // Means: 0, -7/3, -1/3, 1/3, 14/3. Futures: after 4, 3 and 0 months.
  EXPECT_EQ(result.months, 3);
  EXPECT_EQ(result.p05, 0);
  EXPECT_EQ(result.p50, 3);
  EXPECT_EQ(result.p95, 4);
  EXPECT_EQ(result.paid_back, 1);
  ASSERT_TRUE(result.dip.has_value());
  EXPECT_EQ(result.dip->month, 1);
  EXPECT_NEAR(result.dip->difference.mean, -7.0 / 3, 1e-12);
  EXPECT_EQ(result.dip_outcome.q50, -3);
  EXPECT_EQ(result.dip_outcome.q95, quantile(std::vector<double>{-5, -3, 0}, 0.95));
}

TEST(Payback, TheEndsOfTheIntervalsGiveTheIntervalOfTheMonth) {
  // Two futures x +- 1: t = 12.706, half width 12.706.
  std::vector<std::vector<double>> rows;
  for (const double x : {-20.0, -10.0, 5.0, 20.0}) rows.push_back({x - 1, x + 1});
  const Payback result = payback(matrix(rows), matrix(rows));
  EXPECT_EQ(result.earliest, 1);  // -10 + 12.7 is not below zero
  EXPECT_EQ(result.months, 2);
  EXPECT_EQ(result.latest, 3);
}

TEST(Payback, NeverWhereItIsBehindAtTheEnd) {
  const Matrix paths = matrix({{1, -1}, {2, -2}, {-9, -3}});
  const Payback result = payback(paths, paths);
  EXPECT_EQ(result.months, std::nullopt);
  EXPECT_EQ(result.p05, std::nullopt);
  EXPECT_EQ(result.paid_back, 0);
  EXPECT_EQ(result.dip->month, 2);
}

TEST(Payback, NoDipWhereItIsNeverBehind) {
  const Matrix paths = matrix({{0, 0}, {1, 2}});
  const Payback result = payback(paths, paths);
  EXPECT_EQ(result.months, 0);
  EXPECT_FALSE(result.dip.has_value());
  EXPECT_EQ(result.dip_outcome.q05, 0);
}

TEST(Payback, MeansCountForMeansAndFuturesForFutures) {
  const Matrix futures = matrix({{-4, 2, -4, 2}}), means = matrix({{-1, -1}});
  const Payback result = payback(futures, means);
  EXPECT_EQ(result.months, std::nullopt);
  EXPECT_EQ(result.paid_back, 0.5);
  EXPECT_EQ(result.dip->difference.mean, -1);
}

}  // namespace
}  // namespace partnersim
