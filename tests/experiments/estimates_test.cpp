// Against published examples and answers by hand.
#include "experiments/estimates.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace partnersim {
namespace {

// Weeks of remission with 6-mercaptopurine (Freireich et al. 1963, in every textbook); 0: censored.
const std::vector<Spell> kRemission{{6, 1},  {6, 1},  {6, 1},  {6, 0},  {7, 1},  {9, 0},  {10, 1},
                                    {10, 0}, {11, 0}, {13, 1}, {16, 1}, {17, 0}, {19, 0}, {20, 0},
                                    {22, 1}, {23, 1}, {25, 0}, {32, 0}, {32, 0}, {34, 0}, {35, 0}};

TEST(Estimates, KaplanMeierOfTheTextbook) {
  const std::vector<std::pair<double, double>> published{{5.9, 1},    {6, 0.857},  {7, 0.807},
                                                         {10, 0.753}, {13, 0.690}, {16, 0.627},
                                                         {22, 0.538}, {23, 0.448}};
  for (const auto& [week, curve] : published) {
    EXPECT_NEAR(survival(kRemission, week), curve, 5e-4) << week;
  }
}

TEST(Estimates, MeanTimeIsTheAreaBelowTheCurveAndItsTail) {
  // R, survfit: the mean restricted to 35 weeks is 23.29 with standard error 2.83.
  const double curve = survival(kRemission, 35), fallen = -std::log(curve);
  const Estimate mean = mean_time(kRemission);
  EXPECT_EQ(mean.n, 9u);
  EXPECT_NEAR(mean.value, 23.287 + curve * 35 / fallen, 0.005);
  EXPECT_LT(mean.of_95.lo, mean.of_90.lo);
  EXPECT_GT(mean.of_95.hi, mean.of_90.hi);
  EXPECT_NEAR(std::sqrt(mean.of_95.lo * mean.of_95.hi), mean.value, 1e-9);
}

TEST(Estimates, GreenwoodWithoutATail) {
  // Everybody ends: the mean is the plain one, its variance that of the population over n.
  const std::vector<Spell> all{{1, 1}, {2, 1}, {4, 2}, {9, 1}};
  const Estimate mean = mean_time(all);
  EXPECT_DOUBLE_EQ(mean.value, 4);
  const double error = std::sqrt((9 + 4 + 0 + 25) / 4.0 / 4);
  EXPECT_NEAR(mean.of_95.hi, 4 * std::exp(1.959964 * error / 4), 1e-5);
  EXPECT_TRUE(std::isnan(mean_time(std::vector<Spell>{{3, 0}}).value));
}

TEST(Estimates, OpenDealsDoNotBiasTheWinRate) {
  // Won after 1 month, lost after 3, half each; of the second cohort only the won are decided.
  std::vector<Spell> spells;
  for (int k = 0; k < 100; ++k) {
    const bool won = k % 2 == 0;
    spells.push_back({won ? 1.0 : 3.0, won ? 1 : 2});
    spells.push_back(won ? Spell{1, 1} : Spell{2, 0});
  }
  const Estimate share = share_ending(spells, 1);
  EXPECT_EQ(share.n, 150u);
  EXPECT_NEAR(share.value, 0.5, 1e-12);  // 100 of the 150 decided are won
  EXPECT_EQ(share_ending(std::vector<Spell>{{1, 0}}, 1).n, 0u);
}

TEST(Estimates, SharesAndRatesAsPublished) {
  const Estimate share = share_of(81, 263);  // Newcombe 1998
  EXPECT_NEAR(share.of_95.lo, 0.2553, 5e-5);
  EXPECT_NEAR(share.of_95.hi, 0.3662, 5e-5);
  const Estimate rate = rate_of(10, 1);  // Garwood 1936
  EXPECT_NEAR(rate.of_95.lo, 4.795, 5e-4);
  EXPECT_NEAR(rate.of_95.hi, 18.390, 5e-4);
  EXPECT_EQ(rate_of(0, 2).of_95.lo, 0);
  EXPECT_NEAR(rate_of(0, 1).of_95.hi, 3.689, 5e-4);
  EXPECT_TRUE(std::isnan(rate_of(1, 0).value));
}

TEST(Estimates, LognormalAmounts) {
  // Logs 0, 1, 2, 3: mean 1.5, variance 5/3.
  const std::vector<double> amounts{1, std::exp(1.0), std::exp(2.0), std::exp(3.0)};
  const double error = std::sqrt(5.0 / 12 + 25.0 / 9 / 6);
  const Estimate mean = lognormal_mean(amounts), middle = geometric_mean(amounts);
  EXPECT_NEAR(mean.value, std::exp(1.5 + 5.0 / 6), 1e-9);
  EXPECT_NEAR(mean.of_95.hi, std::exp(1.5 + 5.0 / 6 + 1.959964 * error), 1e-3);
  EXPECT_NEAR(middle.value, std::exp(1.5), 1e-9);
  EXPECT_NEAR(middle.of_95.lo, std::exp(1.5 - 3.182446 * std::sqrt(5.0 / 12)), 1e-5);
  EXPECT_TRUE(std::isnan(lognormal_mean(std::vector<double>{5}).value));
}

TEST(Estimates, SpreadByChiSquare) {
  const Estimate spread = spread_of(40, 10);  // quantiles 3.247 and 20.483
  EXPECT_DOUBLE_EQ(spread.value, 2);
  EXPECT_NEAR(spread.of_95.lo, std::sqrt(40 / 20.483), 1e-4);
  EXPECT_NEAR(spread.of_95.hi, std::sqrt(40 / 3.247), 1e-3);
}

TEST(Estimates, SeasonWithoutGrowth) {
  // Three years from April on, each a fifth more than the last, December double.
  std::vector<std::size_t> counts(2, 7);  // two months of no whole year
  for (int k = 0; k < 36; ++k) {
    const double level = 1300 * std::pow(1.2, k / 12.0);
    counts.push_back(static_cast<std::size_t>(k % 12 == 8 ? 2 * level : level));
  }
  const auto season = season_of(counts, 1);  // February
  ASSERT_TRUE(season);
  EXPECT_EQ(season->years, 3u);
  for (std::size_t m = 0; m < 12; ++m) {
    EXPECT_NEAR(season->factors[m], (m == 11 ? 24.0 : 12.0) / 13, 2e-3) << m;
  }
  EXPECT_FALSE(season_of(std::vector<std::size_t>(23, 5), 0));
  EXPECT_FALSE(season_of(std::vector<std::size_t>(24, 0), 0));
}

}  // namespace
}  // namespace partnersim
