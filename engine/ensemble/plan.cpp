// The hash of a plan and the numbers at which precision is looked at.
#include "ensemble/plan.hpp"

#include <algorithm>
#include <bit>

#include "base/hash.hpp"

namespace partnersim {

std::uint64_t hash_of(const Plan& plan) {
  Hasher hasher;
  hasher.add(static_cast<std::uint64_t>(plan.months));
  hasher.add(plan.seed);
  hasher.add(plan.replications);
  hasher.add(std::bit_cast<std::uint64_t>(plan.precision.value_or(0)));
  hasher.add(plan.triples.size());
  for (const Triple& triple : plan.triples) {
    hasher.add(triple.draw);
    hasher.add(triple.world);
    hasher.add(triple.luck);
  }
  return hasher.value();
}

std::uint64_t next_look(std::uint64_t after, std::uint64_t replications) {
  std::uint64_t look = 32;
  while (look <= after) look *= 2;
  return std::min(look, replications);
}

}  // namespace partnersim
