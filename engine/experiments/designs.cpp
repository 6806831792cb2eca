#include "experiments/designs.hpp"

#include <boost/random/sobol.hpp>

#include "experiments/shapley.hpp"

namespace partnersim {
namespace {

constexpr Purpose kShift{"design.shift"}, kStart{"design.start"};

/// Coordinates as 64 bits, the origin first: Boost's engine leaves it out.
std::vector<std::uint64_t> sobol_bits(std::size_t n, std::size_t d) {
  std::vector<std::uint64_t> bits(n * d, 0);
  if (n < 2 || d == 0) return bits;
  boost::random::sobol engine(d);
  for (std::size_t k = d; k < n * d; ++k) bits[k] = engine();
  return bits;
}

}  // namespace

Design sobol_design(std::size_t n, std::size_t d) {
  Design design{.d = d, .values = {}};
  for (const std::uint64_t x : sobol_bits(n, d)) {
    design.values.push_back(static_cast<double>(x) * 0x1p-64);
  }
  return design;
}

Design shifted_sobol_design(std::size_t n, std::size_t d, Luck luck) {
  Design design{.d = d, .values = {}};
  std::vector<std::uint32_t> shift;
  for (std::size_t k = 0; k < d; ++k) {
    shift.push_back(static_cast<std::uint32_t>(uniforms(luck, k, 0, kShift.id)[0] * 0x1p32));
  }
  const std::vector<std::uint64_t> bits = sobol_bits(n, d);
  for (std::size_t k = 0; k < bits.size(); ++k) {
    const auto x = static_cast<std::uint32_t>(bits[k] >> 32) ^ shift[k % d];
    design.values.push_back((x + 0.5) * 0x1p-32);
  }
  return design;
}

Trajectory morris_trajectory(std::size_t d, int levels, Luck luck, std::uint64_t entity) {
  const int half = levels / 2;  // levels below which a coordinate can rise by delta
  const double step = 1.0 / (levels - 1), delta = half * step;
  Trajectory result{
      .points = {.d = d, .values = {}}, .moved = random_order(d, luck, entity), .by = {}};
  std::vector<double> point;
  std::vector<double> rise;
  for (std::size_t k = 0; k < d; ++k) {
    const Uniforms u = uniforms(luck, entity, static_cast<int>(k), kStart.id);
    const bool up = u[1] < 0.5;
    const int level = static_cast<int>(u[0] * half) + (up ? 0 : half);
    point.push_back(level * step);
    rise.push_back(up ? delta : -delta);
  }
  result.points.values = point;
  for (const std::size_t k : result.moved) {
    point[k] += rise[k];
    result.by.push_back(rise[k]);
    result.points.values.insert(result.points.values.end(), point.begin(), point.end());
  }
  return result;
}

}  // namespace partnersim
