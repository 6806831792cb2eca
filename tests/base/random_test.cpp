#include "base/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace partnersim {
namespace {

std::array<std::uint32_t, 4> words(const Uniforms& u) {
  std::array<std::uint32_t, 4> w{};
  for (std::size_t k = 0; k < 4; ++k) w[k] = static_cast<std::uint32_t>(u[k] * 0x1p32);
  return w;
}

// Known answers of Philox4x32-10 from the Random123 distribution (kat_vectors).
TEST(Random, PhiloxKnownAnswers) {
  using W = std::array<std::uint32_t, 4>;
  EXPECT_EQ(words(uniforms(Luck{0}, 0, 0, 0)),
            (W{0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u}));
  EXPECT_EQ(words(uniforms(Luck{~0ull}, ~0ull, -1, ~0u, 0xffff)),
            (W{0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu}));
  EXPECT_EQ(
      words(uniforms(Luck{0x299f31d0a4093822u}, 0x85a308d3243f6a88u, 0x1319, 0x03707344u, 0x8a2e)),
      (W{0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u}));
}

TEST(Random, ManyEntitiesAreTheSameAsOneByOne) {
  for (const std::size_t n : {0u, 1u, 3u, 7u, 8u, 63u, 1000u}) {
    std::vector<std::uint64_t> entities;
    for (std::size_t i = 0; i < n; ++i) entities.push_back(mix(i * i + 5));
    std::array<std::vector<double>, 4> u;
    for (auto& x : u) x.resize(n);
    uniforms(Luck{42}, entities, 17, 99, {u[0].data(), u[1].data(), u[2].data(), u[3].data()});
    for (std::size_t i = 0; i < n; ++i) {
      const Uniforms one = uniforms(Luck{42}, entities[i], 17, 99);
      for (std::size_t k = 0; k < 4; ++k) EXPECT_EQ(u[k][i], one[k]);
    }
  }
}

TEST(Random, LuckOfKindsAndNumbersDiffers) {
  EXPECT_NE(luck_of(1, LuckKind::world, 0).key, luck_of(1, LuckKind::personal, 0).key);
  EXPECT_NE(luck_of(1, LuckKind::world, 0).key, luck_of(1, LuckKind::world, 1).key);
  EXPECT_NE(luck_of(1, LuckKind::world, 0).key, luck_of(2, LuckKind::world, 0).key);
}

TEST(Random, EdgesHaveNoDirection) {
  EXPECT_EQ(edge_key(3, 9), edge_key(9, 3));
}

// Neighbouring months, entities and purposes are as good as independent.
TEST(Random, UniformsAreUniformAndUncorrelated) {
  constexpr int kN = 100000;
  double sum = 0, squares = 0, with_next_month = 0, with_next_block = 0;
  for (int i = 0; i < kN; ++i) {
    const auto key = static_cast<std::uint64_t>(i);
    const double u = uniforms(Luck{1}, key, 5, 7)[0] - 0.5;
    sum += u;
    squares += u * u;
    with_next_month += u * (uniforms(Luck{1}, key, 6, 7)[0] - 0.5);
    with_next_block += u * (uniforms(Luck{1}, key, 5, 7, 1)[0] - 0.5);
  }
  const double sd = std::sqrt(1.0 / 12);
  EXPECT_NEAR(sum / kN, 0, 4 * sd / std::sqrt(kN));
  EXPECT_NEAR(squares / kN, 1.0 / 12, 4 * std::sqrt(1.0 / 180 / kN));
  EXPECT_NEAR(with_next_month / kN, 0, 4 * sd * sd / std::sqrt(kN));
  EXPECT_NEAR(with_next_block / kN, 0, 4 * sd * sd / std::sqrt(kN));
}

}  // namespace
}  // namespace partnersim
