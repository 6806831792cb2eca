// Points of designs, against published ones and by what they must have.
#include "experiments/designs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace partnersim::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

// Joe and Kuo, new-joe-kuo-6.21201.
TEST(SobolDesign, BeginsAsPublished) {
  const Design design = sobol_design(8, 5);
  const double expected[8][5] = {
      {0, 0, 0, 0, 0},
      {.5, .5, .5, .5, .5},
      {.75, .25, .25, .25, .75},
      {.25, .75, .75, .75, .25},
      {.375, .375, .625, .875, .375},
      {.875, .875, .125, .375, .875},
      {.625, .125, .875, .625, .625},
      {.125, .625, .375, .125, .125},
  };
  for (std::size_t k = 0; k < 8; ++k) EXPECT_THAT(design.row(k), ElementsAreArray(expected[k]));
}

TEST(SobolDesign, GoesOnAsPublished) {
  const Design design = sobol_design(1024, 10);
  EXPECT_THAT(design.row(100), ElementsAre(.4140625, .2578125, .7734375, .7265625, .8828125,
                                           .7421875, .0234375, .4765625, .6328125, .6953125));
  EXPECT_EQ(design.row(1023).front(), .0009765625);
  EXPECT_EQ(design.row(1023).back(), .8505859375);
}

/// Whether each of n strata of every coordinate holds one point.
bool is_even(const Design& design) {
  const auto n = static_cast<double>(design.rows());
  for (std::size_t c = 0; c < design.d; ++c) {
    std::set<int> strata;
    for (std::size_t k = 0; k < design.rows(); ++k) {
      strata.insert(static_cast<int>(design.row(k)[c] * n));
    }
    if (strata.size() != design.rows()) return false;
  }
  return true;
}

TEST(ShiftedSobolDesign, IsAsEvenAndInside) {
  const Design design = shifted_sobol_design(256, 300, {3});
  EXPECT_TRUE(is_even(design));
  EXPECT_TRUE(std::all_of(design.values.begin(), design.values.end(),
                          [](double u) { return u > 0 && u < 1; }));
  EXPECT_NE(design.values, shifted_sobol_design(256, 300, {4}).values);
}

TEST(MorrisTrajectory, MovesEachCoordinateOnceByDelta) {
  std::set<double> levels;
  for (std::uint64_t r = 0; r < 50; ++r) {
    const Trajectory one = morris_trajectory(5, 4, {3}, r);
    ASSERT_EQ(one.points.rows(), 6u);
    std::set<std::size_t> moved(one.moved.begin(), one.moved.end());
    EXPECT_EQ(moved.size(), 5u);
    for (std::size_t k = 0; k < 5; ++k) {
      EXPECT_NEAR(std::abs(one.by[k]), 2.0 / 3, 1e-15);
      for (std::size_t c = 0; c < 5; ++c) {
        const double step = one.points.row(k + 1)[c] - one.points.row(k)[c];
        EXPECT_NEAR(step, c == one.moved[k] ? one.by[k] : 0, 1e-15);
      }
    }
    for (const double u : one.points.values) levels.insert(std::round(3 * u) / 3);
    EXPECT_TRUE(std::all_of(one.points.values.begin(), one.points.values.end(),
                            [](double u) { return u >= -1e-15 && u <= 1 + 1e-15; }));
  }
  EXPECT_EQ(levels.size(), 4u);
}

}  // namespace
}  // namespace partnersim::testing
