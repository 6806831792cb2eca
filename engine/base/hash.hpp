// 64-bit hashes of bytes: entity keys, purposes, fingerprints of columns, identities of results.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace partnersim {

/// A bijection of 64-bit words that spreads every input bit over all output bits.
constexpr std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

constexpr std::uint64_t combine(std::uint64_t a, std::uint64_t b) {
  return mix(a * 0x9e3779b97f4a7c15u + b + 0x632be59bd9b4e019u);
}

constexpr std::uint64_t hash_text(std::string_view text) {
  std::uint64_t h = 14695981039346656037u;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return mix(h ^ text.size());
}

/// Hashes a stream of bytes; how it is cut into `add` calls matters.
class Hasher {
 public:
  void add(const void* data, std::size_t bytes) {
    const auto* p = static_cast<const unsigned char*>(data);
    std::uint64_t word = 0;
    for (; bytes >= 8; p += 8, bytes -= 8) {
      std::memcpy(&word, p, 8);
      step(word);
    }
    if (bytes > 0) {
      word = bytes << 56;
      std::memcpy(&word, p, bytes);
      step(word);
    }
  }
  void add(std::string_view text) {
    step(text.size());
    add(text.data(), text.size());
  }
  void add(std::uint64_t word) { step(word); }
  std::uint64_t value() const { return mix(h_); }

 private:
  void step(std::uint64_t word) {
    h_ = (h_ ^ word) * 0x9fb21c651e98df25u;
    h_ ^= h_ >> 32;
  }
  std::uint64_t h_ = 0x243f6a8885a308d3u;
};

/// 16 lower-case hexadecimal digits.
inline std::string hex(std::uint64_t value) {
  std::string text(16, '0');
  for (std::size_t k = 0; k < 16; ++k) text[15 - k] = "0123456789abcdef"[(value >> (4 * k)) & 15];
  return text;
}

}  // namespace partnersim
