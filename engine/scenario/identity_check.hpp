// Luck is addressed by hashes of names: two names with one hash would share their luck.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"

namespace partnersim {

struct HashedName {
  std::string name;  // "partner P0042", "closing.won of offer Cloud"
  std::uint64_t hash;
};

/// Reports names that share a hash (E-HASH).
void check_distinct(std::vector<HashedName> names, Diagnostics& diagnostics);

/// Entities of World among each other, and what the mechanisms draw for.
void check_identities(const Scenario& scenario, Diagnostics& diagnostics);

}  // namespace partnersim
