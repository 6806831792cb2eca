#include "base/random.hpp"

#include <Random123/philox.h>

#include "base/vector.hpp"

namespace partnersim {
namespace {

struct Address {
  std::uint32_t key_low, key_high, when, purpose;
};

Address address(Luck luck, int month, std::uint32_t purpose, int block) {
  return {static_cast<std::uint32_t>(luck.key), static_cast<std::uint32_t>(luck.key >> 32),
          static_cast<std::uint32_t>(month) << 16 | static_cast<std::uint32_t>(block), purpose};
}

constexpr double uniform(std::uint32_t word) {
  return (word + 0.5) * 0x1p-32;
}

PARTNERSIM_VECTOR
void fill(const std::uint64_t* entities, std::size_t n, Address a, double* __restrict u0,
          double* __restrict u1, double* __restrict u2, double* __restrict u3) {
  for (std::size_t i = 0; i < n; ++i) {
    const r123::Philox4x32::ctr_type word =
        r123::Philox4x32{}({{static_cast<std::uint32_t>(entities[i]),
                             static_cast<std::uint32_t>(entities[i] >> 32), a.when, a.purpose}},
                           {{a.key_low, a.key_high}});
    u0[i] = uniform(word[0]);
    u1[i] = uniform(word[1]);
    u2[i] = uniform(word[2]);
    u3[i] = uniform(word[3]);
  }
}

}  // namespace

Uniforms uniforms(Luck luck, std::uint64_t entity, int month, std::uint32_t purpose, int block) {
  Uniforms u;
  fill(&entity, 1, address(luck, month, purpose, block), &u[0], &u[1], &u[2], &u[3]);
  return u;
}

void uniforms(Luck luck, std::span<const std::uint64_t> entities, int month, std::uint32_t purpose,
              const std::array<double*, 4>& u) {
  fill(entities.data(), entities.size(), address(luck, month, purpose, 0), u[0], u[1], u[2], u[3]);
}

}  // namespace partnersim
