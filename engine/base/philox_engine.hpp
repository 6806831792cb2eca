// Addressed luck as an engine for Boost.Random's distributions of integers.
#pragma once

#include <cstdint>

#include "base/random.hpp"

namespace partnersim {

/// The words of one address, block after block: models UniformRandomBitGenerator. Use it with
/// distributions made of integers and + - * / only (uniform_int, uniform_01, bernoulli, discrete);
/// Boost's normal, gamma, beta and lognormal differ between processors.
class PhiloxEngine {
 public:
  using result_type = std::uint32_t;
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return 0xffffffffu; }

  PhiloxEngine(Luck luck, std::uint64_t entity, Purpose purpose)
      : luck_(luck), entity_(entity), purpose_(purpose.id) {}

  result_type operator()() {
    if (used_ == block_.size()) {
      block_ = uniforms(luck_, entity_, 0, purpose_, next_block_++);
      used_ = 0;
    }
    return static_cast<result_type>(block_[used_++] * 0x1p32);
  }

 private:
  Luck luck_;
  std::uint64_t entity_;
  std::uint32_t purpose_;
  int next_block_ = 0;
  Uniforms block_{};
  std::size_t used_ = 4;
};

}  // namespace partnersim
