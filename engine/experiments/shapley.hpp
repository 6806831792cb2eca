// Who contributed how much to what came out together: Shapley values, the only split that adds up,
// gives equal players equal parts and idle ones nothing, and adds over games (Shapley 1953).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"

namespace partnersim {

/// Bit i: player i takes part.
using Coalition = std::uint32_t;

/// Up to so many players all coalitions are looked at; of more, some orders of joining.
inline constexpr std::size_t kMostExactPlayers = 8;

/// worth[S] of each of the 2^n coalitions, worth[0] of nobody. The n values add up to
/// worth[everybody] - worth[nobody]:
///   phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! (worth[S + i] - worth[S])
std::vector<double> shapley_values(std::span<const double> worth);

/// One order of joining, all equally likely; a function of the luck and the entity.
std::vector<std::size_t> random_order(std::size_t players, Luck luck, std::uint64_t entity);

/// What each player adds when it joins: worth[k] is that of the first k of the order. Adds up to
/// worth.back() - worth.front() for every order; its mean over all orders is the Shapley value.
std::vector<double> added_by(std::span<const std::size_t> order, std::span<const double> worth);

/// Whole numbers that add up to `total`, each next to its part (largest remainder; ties to the
/// earlier). The parts must add up to `total` within less than half of their number.
std::vector<std::int64_t> rounded_to(std::span<const double> parts, std::int64_t total);

}  // namespace partnersim
