// Luck is addressed, never consumed: a uniform number is a pure function of (seed, replication
// number, entity, month, purpose). Results cannot depend on threads or on the order of partners,
// and two scenarios with the same seed share all their luck.
//
// Philox4x32-10 (Salmon et al., SC 2011), counter = (entity key, month << 16 | block, purpose),
// key = Luck. One block gives four uniforms u = (word + 1/2) 2^-32.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/hash.hpp"

namespace partnersim {

/// What a draw is for. Purposes that exist once per vendor or offer are combined with its key.
struct Purpose {
  std::string_view name;
  std::uint32_t id;
  constexpr explicit Purpose(std::string_view text)
      : name(text), id(static_cast<std::uint32_t>(hash_text(text))) {}
  constexpr std::uint32_t of(std::uint64_t key) const {
    return static_cast<std::uint32_t>(combine(id, key) >> 32);
  }
};

/// The luck of one replication number under one seed.
struct Luck {
  std::uint64_t key = 0;
};
enum class LuckKind : std::uint8_t { draw, world, personal, build };
constexpr Luck luck_of(std::uint64_t seed, LuckKind kind, std::uint64_t number) {
  return {combine(combine(mix(seed ^ 0x70617274u), static_cast<std::uint64_t>(kind)), number)};
}

using Uniforms = std::array<double, 4>;

/// Four uniforms in (0, 1).
Uniforms uniforms(Luck luck, std::uint64_t entity, int month, std::uint32_t purpose, int block = 0);

/// The same for many entities: u[k][i] is the k-th uniform of entities[i].
void uniforms(Luck luck, std::span<const std::uint64_t> entities, int month, std::uint32_t purpose,
              const std::array<double*, 4>& u);

/// Keys of entities: a hash of what they are and of their name, never of their position.
constexpr std::uint64_t entity_key(std::string_view kind, std::string_view name) {
  return combine(hash_text(kind), hash_text(name));
}
/// An edge, whatever the order of its ends.
constexpr std::uint64_t edge_key(std::uint64_t a, std::uint64_t b) {
  return a < b ? combine(a, b) : combine(b, a);
}

}  // namespace partnersim
