// Which replications a batch runs and which luck each of them has.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "simulation/simulation.hpp"

namespace partnersim {

/// The numbers of one run's luck: of the parameter draws, of the market and the vendors, of the
/// partners and their managers.
struct Triple {
  std::uint64_t draw = 0;
  std::uint64_t world = 0;
  std::uint64_t luck = 0;
  bool operator==(const Triple&) const = default;
};

/// The default: four runs share a draw, two a market, so that a band splits into its causes.
constexpr Triple nested(std::uint64_t r) {
  return {r / 4, r / 2, r};
}

inline constexpr std::uint64_t kMaxReplications = 16384;  // where only a precision is asked for

/// Everything that decides which records a journal holds when it is complete.
struct Plan {
  int months = 0;
  std::uint64_t seed = 1;
  std::uint64_t replications = 0;   // with a precision: the most to run
  std::optional<double> precision;  // stop where the half width is this share of the mean
  std::vector<Triple> triples;      // of replication r; empty: nested

  Triple triple(std::uint64_t r) const { return triples.empty() ? nested(r) : triples[r]; }
  bool operator==(const Plan&) const = default;
};

/// The luck of the parameter draws, and of the run itself.
inline Luck draw_luck(std::uint64_t seed, Triple triple) {
  return luck_of(seed, LuckKind::draw, triple.draw);
}
inline RunLuck run_luck(std::uint64_t seed, Triple triple) {
  return {luck_of(seed, LuckKind::world, triple.world),
          luck_of(seed, LuckKind::personal, triple.luck)};
}

/// Of everything in the plan.
std::uint64_t hash_of(const Plan& plan);

/// The next number of finished replications at which precision is looked at: 32, 64, 128, ... and
/// the last replication. Fixed numbers, so that the result does not depend on who finished when.
std::uint64_t next_look(std::uint64_t after, std::uint64_t replications);

}  // namespace partnersim
