#include "experiments/shapley.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "base/check.hpp"

namespace partnersim {
namespace {

constexpr Purpose kOrder{"explain.order"};

/// |S|! (n - |S| - 1)! / n! by |S|.
std::vector<double> weights(std::size_t n) {
  std::vector<double> weight(n);
  double binomial = 1;  // n - 1 over s
  for (std::size_t s = 0; s < n; ++s) {
    weight[s] = 1 / (static_cast<double>(n) * binomial);
    binomial *= static_cast<double>(n - 1 - s) / static_cast<double>(s + 1);
  }
  return weight;
}

}  // namespace

std::vector<double> shapley_values(std::span<const double> worth) {
  require(std::has_single_bit(worth.size()), "a worth for each coalition");
  const auto n = static_cast<std::size_t>(std::countr_zero(worth.size()));
  const std::vector<double> weight = weights(n);
  std::vector<double> values(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t player = std::size_t{1} << i;
    for (std::size_t s = 0; s < worth.size(); ++s) {
      if ((s & player) != 0) continue;
      values[i] +=
          weight[static_cast<std::size_t>(std::popcount(s))] * (worth[s | player] - worth[s]);
    }
  }
  return values;
}

std::vector<std::size_t> random_order(std::size_t players, Luck luck, std::uint64_t entity) {
  std::vector<std::size_t> order(players);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t k = players; k > 1; --k) {  // Fisher and Yates
    const double u = uniforms(luck, entity, static_cast<int>(k), kOrder.id)[0];
    std::swap(order[k - 1], order[static_cast<std::size_t>(u * static_cast<double>(k))]);
  }
  return order;
}

std::vector<double> added_by(std::span<const std::size_t> order, std::span<const double> worth) {
  require(worth.size() == order.size() + 1, "a worth for each step of the order");
  std::vector<double> added(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) added[order[k]] = worth[k + 1] - worth[k];
  return added;
}

std::vector<std::int64_t> rounded_to(std::span<const double> parts, std::int64_t total) {
  std::vector<std::int64_t> whole;
  std::vector<std::size_t> by_rest(parts.size());
  std::iota(by_rest.begin(), by_rest.end(), std::size_t{0});
  for (const double part : parts) whole.push_back(static_cast<std::int64_t>(std::floor(part)));
  std::stable_sort(by_rest.begin(), by_rest.end(), [&](std::size_t a, std::size_t b) {
    return parts[a] - std::floor(parts[a]) > parts[b] - std::floor(parts[b]);
  });
  const std::int64_t missing = total - std::accumulate(whole.begin(), whole.end(), std::int64_t{0});
  const auto n = static_cast<std::int64_t>(parts.size());
  require(n == 0 ? missing == 0 : missing >= -n && missing <= 2 * n,
          "parts that do not add up to their total");
  for (std::int64_t k = 0; k < std::abs(missing); ++k) {
    const auto at = static_cast<std::size_t>(k % n);
    whole[missing > 0 ? by_rest[at] : by_rest[parts.size() - 1 - at]] += missing > 0 ? 1 : -1;
  }
  return whole;
}

}  // namespace partnersim
