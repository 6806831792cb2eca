// A month written by hand as one would without an engine: the same numbers of draws, exponentials,
// counts, link reads and roundings as the engine's month, over bare contiguous arrays, without
// stages, names, programs or checks. The engine's time is given as a ratio to it.
#pragma once

#include <cstdint>
#include <vector>

#include "model/state.hpp"

namespace partnersim {

class ReferenceMonth {
 public:
  /// Takes the amounts of work from a simulated state: how many relations are active, how many
  /// rows have contracts, who is linked.
  ReferenceMonth(const World& world, const State& state);

  /// Returns a sum of results, so that nothing is optimised away.
  double run(int t);

 private:
  void draw(std::size_t n, int t, std::uint32_t purpose);
  double watch_peers();
  double meet_allies();
  double move_people();
  double choose();
  double sell(int t);
  double keep(int t);
  double settle();

  const World& world_;
  std::size_t partners_, options_, relations_, deals_, holders_, on_premises_;
  std::vector<std::uint64_t> keys_;
  std::vector<double> u0_, u1_, u2_, u3_;
  std::vector<double> shown_, utility_, total_, attention_, mean_, rate_, base_, share_, legs_;
  std::vector<double> trust_, skill_;
  std::vector<std::int32_t> open_, contracts_;
};

}  // namespace partnersim
