// Games whose values are known, and what an easy mistake would make of them.
#include "experiments/shapley.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

namespace partnersim::testing {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;

std::vector<double> game(std::size_t players, const std::function<double(Coalition)>& worth) {
  std::vector<double> all;
  for (Coalition s = 0; s < Coalition{1} << players; ++s) all.push_back(worth(s));
  return all;
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// The mistake of weighing all coalitions alike (Banzhaf): it does not add up.
std::vector<double> banzhaf(const std::vector<double>& worth) {
  const auto n = static_cast<std::size_t>(std::countr_zero(worth.size()));
  std::vector<double> values(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t s = 0; s < worth.size(); ++s) {
      if ((s >> i & 1) == 0) values[i] += worth[s | std::size_t{1} << i] - worth[s];
    }
    values[i] /= static_cast<double>(worth.size() / 2);
  }
  return values;
}

/// The mistake of taking away one player at a time.
std::vector<double> last_in(const std::vector<double>& worth) {
  const auto n = static_cast<std::size_t>(std::countr_zero(worth.size()));
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) {
    values.push_back(worth.back() - worth[worth.size() - 1 - (std::size_t{1} << i)]);
  }
  return values;
}

// Player 0 has a left glove, 1 and 2 a right one each; a pair is worth 1.
const std::vector<double> kGloves =
    game(3, [](Coalition s) { return (s & 1) != 0 && (s & 6) != 0 ? 1.0 : 0.0; });

// A runway as long as the largest aeroplane needs (Littlechild and Owen 1973).
const std::vector<double> kAirport = game(3, [](Coalition s) {
  const double cost[] = {8, 11, 13};
  double most = 0;
  for (std::size_t i = 0; i < 3; ++i) most = (s >> i & 1) != 0 ? std::max(most, cost[i]) : most;
  return most;
});

TEST(Shapley, OfTheGloveGame) {
  EXPECT_THAT(shapley_values(kGloves),
              Pointwise(DoubleNear(1e-15), std::vector<double>{2.0 / 3, 1.0 / 6, 1.0 / 6}));
}

TEST(Shapley, OfTheAirportGame) {
  EXPECT_THAT(
      shapley_values(kAirport),
      Pointwise(DoubleNear(1e-14), std::vector<double>{8.0 / 3, 8.0 / 3 + 1.5, 8.0 / 3 + 1.5 + 2}));
}

TEST(Shapley, IsNotWhatMistakesWouldMakeOfIt) {
  EXPECT_NEAR(sum(shapley_values(kGloves)), 1, 1e-15);
  EXPECT_NEAR(sum(banzhaf(kGloves)), 1.25, 1e-15);
  EXPECT_THAT(last_in(kGloves), ElementsAre(1, 0, 0));
  EXPECT_NEAR(sum(shapley_values(kAirport)), 13, 1e-14);
  EXPECT_NEAR(sum(last_in(kAirport)), 2, 1e-14);
}

TEST(Shapley, AddsUpForAnyGameOfAnySize) {
  for (std::size_t n = 0; n <= kMostExactPlayers; ++n) {
    const std::vector<double> worth =
        game(n, [](Coalition s) { return std::sin(1 + 12.9898 * s) * 43758.5453; });
    EXPECT_NEAR(sum(shapley_values(worth)), worth.back() - worth.front(), 1e-9) << n;
  }
}

TEST(Shapley, GivesIdlePlayersNothingAndEqualOnesTheSame) {
  const std::vector<double> worth = game(4, [](Coalition s) {
    return 3.0 * (s & 1) + std::pow(std::popcount(s & 6), 2);  // 1 and 2 alike, 3 idle
  });
  EXPECT_THAT(shapley_values(worth), Pointwise(DoubleNear(1e-14), std::vector<double>{3, 2, 2, 0}));
}

TEST(Shapley, IsTheMeanOverAllOrdersOfJoining) {
  std::vector<std::size_t> order{0, 1, 2};
  std::vector<double> mean(3, 0);
  do {
    std::vector<double> path{0};
    Coalition s = 0;
    for (const std::size_t i : order) path.push_back(kAirport[s |= Coalition{1} << i]);
    const std::vector<double> added = added_by(order, path);
    EXPECT_EQ(sum(added), 13);  // every order adds up
    for (std::size_t i = 0; i < 3; ++i) mean[i] += added[i] / 6;
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_THAT(mean, Pointwise(DoubleNear(1e-14), shapley_values(kAirport)));
}

TEST(RandomOrder, HasEveryOrderEquallyOften) {
  std::map<std::vector<std::size_t>, int> seen;
  for (std::uint64_t k = 0; k < 6000; ++k) ++seen[random_order(3, {17}, k)];
  EXPECT_EQ(seen.size(), 6u);
  for (const auto& [order, times] : seen) EXPECT_NEAR(times, 1000, 4 * std::sqrt(1000 * 5 / 6.0));
  EXPECT_EQ(random_order(9, {17}, 3), random_order(9, {17}, 3));
}

TEST(RoundedTo, AddsUpWhereRoundingEachWouldNot) {
  const std::vector<double> thirds(3, 100.0 / 3);
  EXPECT_EQ(3 * std::lround(thirds[0]), 99);
  EXPECT_THAT(rounded_to(thirds, 100), ElementsAre(34, 33, 33));
  EXPECT_THAT(rounded_to(std::vector<double>{-0.5, 1.5, 0.75}, 2), ElementsAre(0, 1, 1));
  EXPECT_THAT(rounded_to(std::vector<double>{1.2, -0.3}, 1), ElementsAre(1, 0));
  EXPECT_THAT(rounded_to(std::vector<double>{}, 0), ElementsAre());
}

}  // namespace
}  // namespace partnersim::testing
