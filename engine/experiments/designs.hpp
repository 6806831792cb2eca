// Where to look: points of the unit cube for sensitivity analysis.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"

namespace partnersim {

/// Points in rows of `d` coordinates.
struct Design {
  std::size_t d = 0;
  std::vector<double> values;
  std::size_t rows() const { return d == 0 ? 0 : values.size() / d; }
  std::span<const double> row(std::size_t k) const { return {values.data() + k * d, d}; }
};

/// The first n points of Sobol's sequence from the origin on, with the direction numbers of Joe and
/// Kuo (new-joe-kuo-6.21201), in Gray code order. At most 3667 coordinates.
Design sobol_design(std::size_t n, std::size_t d);

/// The same after a digital shift by the luck: as even, strictly inside the cube, and unbiased over
/// seeds. n is a power of two.
Design shifted_sobol_design(std::size_t n, std::size_t d, Luck luck);

/// One trajectory of Morris: d + 1 points, each of which moves one coordinate by +-delta, in the
/// order of `moved`. Levels (even) 0, 1/(levels - 1), .., 1; delta = levels / (2 (levels - 1)).
struct Trajectory {
  Design points;
  std::vector<std::size_t> moved;
  std::vector<double> by;  // +delta or -delta
};
Trajectory morris_trajectory(std::size_t d, int levels, Luck luck, std::uint64_t entity);

}  // namespace partnersim
