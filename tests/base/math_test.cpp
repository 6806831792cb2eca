#include "base/math.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <vector>

#include "base/hash.hpp"
#include "base/kernels.hpp"
#include "base/money.hpp"

namespace partnersim {
namespace {

double ulps(double got, long double exact) {
  const double near = static_cast<double>(exact);
  const double ulp = std::nextafter(std::fabs(near), INFINITY) - std::fabs(near);
  return static_cast<double>(std::fabs(static_cast<long double>(got) - exact)) / ulp;
}

TEST(Math, ExpIsWithinOneAndAHalfUlps) {
  double worst = 0;
  for (double x = -700; x < 700; x += 0.00731)
    worst = std::max(worst, ulps(partnersim::exp(x), std::exp(static_cast<long double>(x))));
  EXPECT_LT(worst, 1.5);
}

TEST(Math, LogIsWithinTwoUlps) {
  double worst = 0;
  for (double x = 1e-300; x < 1e300; x *= 1.00271)
    worst = std::max(worst, ulps(partnersim::log(x), std::log(static_cast<long double>(x))));
  for (double x = 0.5; x < 2; x += 1.7e-5) {
    if (std::fabs(x - 1) > 1e-9)
      worst = std::max(worst, ulps(partnersim::log(x), std::log(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 2.5);
}

TEST(Math, EndsOfTheRange) {
  EXPECT_EQ(partnersim::exp(0), 1);
  EXPECT_EQ(partnersim::exp(-1000), 0);
  EXPECT_TRUE(std::isinf(partnersim::exp(1000)));
  EXPECT_TRUE(std::isnan(partnersim::exp(NAN)));
  EXPECT_EQ(partnersim::log(1), 0);
  EXPECT_TRUE(std::isinf(partnersim::log(0)));
  EXPECT_TRUE(std::isnan(partnersim::log(-1)));
  EXPECT_NEAR(partnersim::log(5e-324), std::log(5e-324), 1e-9);
  EXPECT_TRUE(std::isinf(partnersim::log(INFINITY)));
}

TEST(Math, NormalQuantile) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_quantile(0.5), 0, 1e-16);
  EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-12);
  for (double u = 1e-9; u < 1; u += 0.00137) {
    EXPECT_NEAR(0.5 * std::erfc(-normal_quantile(u) / std::sqrt(2.0)), u, 1e-14);
  }
}

/// The bits of these functions may never change between builds and machines: they decide results.
TEST(Math, BitsAreFixed) {
  Hasher hasher;
  const auto add = [&](double x) { hasher.add(std::bit_cast<std::uint64_t>(x)); };
  for (int k = 1; k < 20000; ++k) {
    add(partnersim::exp(0.07 * (k - 10000)));
    add(partnersim::log(0.0007 * k * k));
    add(normal_quantile(k / 20000.0));
    add(logistic(0.002 * (k - 10000)));
    add(annuity(k / 1000.0, 0.23));
  }
  EXPECT_EQ(hex(hasher.value()), "5391759631ef2604");
}

TEST(Math, ArraysAreTheSameAsOneByOne) {
  std::vector<double> in, out;
  for (int k = 0; k < 1003; ++k) in.push_back(1.37 * (k - 500));
  out.resize(in.size());
  exp_all(in.data(), out.data(), in.size());
  for (std::size_t k = 0; k < in.size(); ++k)
    EXPECT_EQ(std::bit_cast<std::uint64_t>(out[k]),
              std::bit_cast<std::uint64_t>(partnersim::exp(in[k])));
}

TEST(Math, GridSumsDoNotDependOnOrder) {
  std::vector<double> values;
  for (int k = 0; k < 1000; ++k) values.push_back(on_grid(partnersim::exp(-0.01 * k)));
  double forward = 0, backward = 0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    forward += values[k];
    backward += values[values.size() - 1 - k];
  }
  EXPECT_EQ(forward, backward);
  EXPECT_NEAR(on_grid(0.3), 0.3, 0x1p-32);
}

TEST(Money, RoundsHalfToEven) {
  EXPECT_EQ(round_money(2.5), 2);
  EXPECT_EQ(round_money(3.5), 4);
  EXPECT_EQ(round_money(-2.5), -2);
  EXPECT_EQ(round_money(1e12 + 0.4), 1000000000000);
  EXPECT_EQ(as_money(rounded(-7.6)), -8);
  EXPECT_EQ(floored(-7.2), -8);
  EXPECT_EQ(floored(7.8), 7);
  EXPECT_EQ(floored(7), 7);
}

TEST(Money, TwelveInstalmentsAreTheYear) {
  for (const double yearly : {0.0, 1.0, 11.0, 12.0, 100.0, 2199999.0, 98765432123.0, -7.0}) {
    double sum = 0;
    for (int j = 0; j < 12; ++j) {
      const double month = instalment(yearly, j);
      EXPECT_LE(std::fabs(month - yearly / 12), 1);
      sum += month;
    }
    EXPECT_EQ(sum, yearly);
  }
}

}  // namespace
}  // namespace partnersim
