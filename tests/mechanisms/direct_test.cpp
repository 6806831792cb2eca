// The vendor's own sales: what they take from partners, what they find themselves, what they cost.
#include <gtest/gtest.h>

#include <cmath>

#include "base/math.hpp"
#include "base/money.hpp"
#include "support/bench.hpp"

namespace partnersim {
namespace {

using testing::advance;
using testing::Bench;
using testing::make_alike;
using testing::only;
using testing::started;
using testing::sum;
using testing::terms;
using testing::tiny_world;
using testing::TinyWorld;

TinyWorld sellers(std::size_t partners = 60) {
  return tiny_world({.partners = partners, .vendors = 1, .links = false, .active = 1});
}

std::int64_t total(const std::vector<std::int64_t>& parts) {
  std::int64_t all = 0;
  for (const std::int64_t part : parts) all += part;
  return all;
}

std::int64_t total(const std::vector<std::int32_t>& parts) {
  std::int64_t all = 0;
  for (const std::int32_t part : parts) all += part;
  return all;
}

TEST(Taken, IsTheShareOfWhatIsNotRegistered) {
  TinyWorld t = sellers();
  Bench bench(t);
  bench.terms().direct_share = 0.4;
  bench.derive();
  for (const double g : {0.0, 0.3, 1.0}) {
    std::ranges::fill(bench.c.registered, g);
    bench.run("demand");
    for (std::size_t o = 0; o < 2; ++o) {
      const double match = o == 1 ? bench.c.cloud[0] : 1 - bench.c.cloud[0];
      double expected = 0, obtained = 0;
      for (std::size_t i = 0; i < t.world.n; ++i) {
        expected += 0.4 * (1 - g) * bench.c.opportunity_scale[i] *
                    t.parameters.segments[t.world.partners.segment[i]].opportunities / 12 *
                    bench.c.demand[0] * bench.c.attention[o * t.world.n + i] *
                    (1 + bench.c.effort[i]) * (match + 0.25 * (1 - match));
      }
      for (std::size_t s = 0; s < 4; ++s) obtained += from_grid(bench.scratch.taken[o * 4 + s]);
      EXPECT_NEAR(obtained, expected, 1e-7) << g;
    }
  }
}

TEST(Taken, APartnerThatRegistersAllLosesNoneAndOneThatRegistersNothingAll) {
  TinyWorld t = sellers();
  Bench bench(t);
  for (std::size_t i = 0; i < t.world.n; ++i) bench.c.registered[i] = i % 2 == 0 ? 1 : 0;
  bench.terms().direct_share = 0;
  bench.derive();
  bench.run("demand", 1);
  const std::vector<std::int32_t> alone = bench.c.arrived;
  bench.terms().direct_share = 1;
  bench.derive();
  bench.run("demand", 1);
  std::int64_t kept = 0, lost = 0;
  for (std::size_t row = 0; row < 2 * t.world.n; ++row) {
    const bool registers = row % t.world.n % 2 == 0;
    EXPECT_EQ(bench.c.arrived[row], registers ? alone[row] : 0) << row;
    (registers ? kept : lost) += alone[row];
  }
  EXPECT_GT(kept, 0);
  EXPECT_GT(lost, 0);
}

// Partners and own sales share the opportunities: 1 - share (1 - g) of them arrive.
TEST(Taken, TheRestArrivesAtPartners) {
  TinyWorld t = sellers(400);
  Bench bench(t);
  bench.terms().direct_share = 0.5;
  bench.derive();
  std::ranges::fill(bench.c.registered, 0.2);
  double arrived = 0, taken = 0;
  for (int month = 0; month < 40; ++month) {
    bench.run("demand", month);
    arrived += static_cast<double>(total(bench.c.arrived));
    taken += from_grid(total(bench.scratch.taken));
  }
  const double expected = taken * 0.6 / 0.4;
  EXPECT_NEAR(arrived, expected, 4 * std::sqrt(expected));
}

TEST(Taken, CostsTrustWhereItIsNotRegistered) {
  TinyWorld t = sellers();
  t.parameters.trust.spread = t.parameters.trust.surprise = 0;
  t.parameters.trust.up = t.parameters.trust.down = 1;
  only(t.parameters, {"trust", "direct"});
  Bench bench(t);
  const auto trust = [&](double share, double g) {
    bench.terms().direct_share = share;
    bench.derive();
    bench.c.registered[0] = g;
    bench.run("trust");
    return bench.c.trust[0];
  };
  const double alone = trust(0, 0);
  EXPECT_NEAR(alone - trust(0.3, 0), 0.8 * 0.3, 1e-9);
  EXPECT_NEAR(alone - trust(0.3, 0.4), 0.8 * 0.3 * 0.6, 1e-9);
  EXPECT_NEAR(alone - trust(0.3, 1), 0, 1e-9);
}

/// Own sales that win everything at the list price and lose nothing.
TinyWorld winners() {
  TinyWorld t = sellers(200);
  Vendor& p = terms(t);
  p.direct_share = p.direct_reach = 0;
  p.direct_capacity = 1e7;
  p.direct_win_rate = 1;
  for (Offer& offer : t.parameters.programs[0].offers) offer.churn = 0;
  return t;
}

TEST(Direct, FindsItsReachOfWhatNoPartnerClaims) {
  TinyWorld t = winners();
  terms(t).direct_reach = 0.1;
  Bench bench(t);
  bench.run("saturation");
  for (double& e : bench.c.attention) e *= 2;
  bench.run("saturation", 1);
  bench.c.demand[0] = 0.9;
  const double there = bench.c.there[0], cloud = bench.c.cloud[0];
  constexpr int kMonths = 2000;
  for (int month = 2; month < kMonths + 2; ++month) bench.run("direct", month);
  // twice the seekers at load 0.5
  const double mean = 0.1 * there / 12 * 0.9 * std::exp(-1.0) * kMonths;
  ASSERT_GT(mean, 1000);
  double weights = 0;
  const auto weight = [&](std::size_t s) {
    const std::size_t begin = t.world.segment_begin[s], end = t.world.segment_begin[s + 1];
    return t.parameters.segments[s].opportunities * static_cast<double>(end - begin);
  };
  for (std::size_t s = 0; s < 4; ++s) weights += weight(s);
  for (std::size_t o = 0; o < 2; ++o) {
    for (std::size_t s = 0; s < 4; ++s) {
      const double expected = mean * (o == 1 ? cloud : 1 - cloud) * weight(s) / weights;
      EXPECT_NEAR(bench.c.direct_contracts[o * 4 + s], expected, 4 * std::sqrt(expected)) << o << s;
    }
  }
}

TEST(Direct, WorksOnNoMoreThanItsCapacity) {
  TinyWorld t = winners();
  terms(t).direct_share = 1;
  terms(t).direct_capacity = 7;
  Bench bench(t);
  std::ranges::fill(bench.c.registered, 0);
  bench.run("demand");
  ASSERT_GT(from_grid(total(bench.scratch.taken)), 14);
  constexpr int kMonths = 300;
  for (int month = 0; month < kMonths; ++month) bench.run("direct", month);
  EXPECT_NEAR(static_cast<double>(total(bench.c.direct_contracts)), 7 * kMonths,
              4 * std::sqrt(7 * kMonths));
}

TEST(Direct, WithoutCapacityBooksNothing) {
  TinyWorld t = sellers();
  const auto booked = [&](double capacity) {
    terms(t).direct_capacity = capacity;
    Simulation s = started(t);
    std::int64_t all = 0;
    for (int month = 0; month < 12; ++month) {
      s.advance();
      all += sum(s, t.world, Line::direct_bookings);
    }
    return all;
  };
  EXPECT_EQ(booked(0), 0);
  EXPECT_GT(booked(20), 0);
}

TEST(Direct, InAnEndlessMarketNothingIsUnclaimed) {
  TinyWorld t = winners();
  terms(t).direct_reach = 1;
  const auto contracts = [&](double load) {
    t.parameters.markets[0].load = load;
    return total(started(t, 6).state().columns.direct_contracts);
  };
  EXPECT_EQ(contracts(0), 0);
  EXPECT_GT(contracts(0.5), 0);
}

/// Booked and cost of selling over a year, by offer and segment: cost over booked.
std::vector<double> cost_shares(TinyWorld& t) {
  Simulation s = started(t);
  std::vector<double> shares;
  for (int month = 0; month < 12; ++month) {
    s.advance();
    for (std::size_t o = 0; o < 2; ++o) {
      for (std::size_t k = 0; k < 4; ++k) {
        const auto at = [&](Line line) {
          return static_cast<double>(s.cells()[s.cells().at(line, o, k)]);
        };
        if (at(Line::direct_bookings) > 0)
          shares.push_back(at(Line::direct_cost) / at(Line::direct_bookings));
      }
    }
  }
  return shares;
}

TEST(Direct, CostsLessWhereItTakesThanWhereItFinds) {
  TinyWorld t = winners();
  t.parameters.registration.base = -10;  // nothing is registered
  terms(t).direct_share = 0.2;
  const std::vector<double> taken = cost_shares(t);
  terms(t).direct_share = 0;
  terms(t).direct_reach = 0.5;
  const std::vector<double> found = cost_shares(t);
  terms(t).direct_share = 0.2;
  const std::vector<double> both = cost_shares(t);
  ASSERT_GT(std::min({taken.size(), found.size(), both.size()}), 50u);
  for (const double share : taken) EXPECT_NEAR(share, 0.35, 1e-6);
  for (const double share : found) EXPECT_NEAR(share, 1, 1e-6);
  for (const double share : both) {
    EXPECT_GT(share, 0.36);
    EXPECT_LT(share, 0.99);
  }
}

// A year of a base that neither grows nor shrinks, in twelfths, to the cent.
TEST(Direct, BillsItsBaseAtListAndDeliversTheServices) {
  TinyWorld t = winners();
  terms(t).direct_capacity = 0;
  Bench bench(t);
  std::ranges::fill(bench.c.direct_contracts, 10);
  std::ranges::fill(bench.c.direct_base, 1'000'003);
  for (int month = 0; month < 12; ++month) bench.run("direct", month);
  for (std::size_t s = 0; s < 4; ++s) {
    const auto at = [&](Line line, std::size_t o) {
      return bench.cells[bench.cells.at(line, o, s)];
    };
    EXPECT_EQ(at(Line::direct, 0), 180'001) << "18 % maintenance";
    EXPECT_EQ(at(Line::direct, 1), 1'000'003);
    EXPECT_EQ(at(Line::direct_base, 0), 12 * 1'000'003) << "a stock, added up over twelve months";
    EXPECT_NEAR(static_cast<double>(at(Line::direct_services, 1)),
                t.parameters.segments[s].services * 1'000'003 * 0.35, 6);
    EXPECT_NEAR(static_cast<double>(at(Line::services_profit, 1)),
                0.25 * static_cast<double>(at(Line::direct_services, 1)), 6);
    EXPECT_NEAR(static_cast<double>(at(Line::cost_of_goods, 1)), 0.25 * 1'000'003, 6);
  }
}

// h = churn exp(chi_gap gap), a month of 1 - exp(-h/12); the value goes with the contracts.
TEST(Direct, LosesContractsAsItsOfferLags) {
  TinyWorld t = winners();
  terms(t).direct_capacity = 0;
  for (Offer& offer : t.parameters.programs[0].offers) offer.churn = 0.3;
  Bench bench(t);
  bench.c.gap = {0, 0.5};
  std::ranges::fill(bench.c.direct_contracts, 100'000);
  std::ranges::fill(bench.c.direct_base, 500'000'000);
  bench.run("direct");
  for (std::size_t o = 0; o < 2; ++o) {
    const double p = 1 - std::exp(-0.3 * std::exp(1.5 * bench.c.gap[o]) / 12);
    for (std::size_t s = 0; s < 4; ++s) {
      const double kept = bench.c.direct_contracts[o * 4 + s];
      EXPECT_NEAR(kept, 1e5 * (1 - p), 4 * std::sqrt(1e5 * p * (1 - p)));
      EXPECT_NEAR(static_cast<double>(bench.c.direct_base[o * 4 + s]), 5000 * kept, 1);
    }
  }
}

TEST(Direct, WinsItsShareAtTheMeanPriceOfTheSegment) {
  TinyWorld t = winners();
  terms(t).direct_win_rate = 0.24;
  terms(t).direct_share = 0.5;
  t.parameters.closing.deal_sigma = 0;
  Bench bench(t);
  std::ranges::fill(bench.c.registered, 0);
  bench.run("demand");
  constexpr int kMonths = 400;
  for (int month = 0; month < kMonths; ++month) bench.run("direct", month);
  for (std::size_t o = 0; o < 2; ++o) {
    for (std::size_t s = 0; s < 4; ++s) {
      const double expected = 0.24 * kMonths * from_grid(bench.scratch.taken[o * 4 + s]);
      const double won = bench.c.direct_contracts[o * 4 + s];
      EXPECT_NEAR(won, expected, 4 * std::sqrt(expected));
      double deals = 0, value = 0;
      for (std::size_t i = t.world.segment_begin[s]; i < t.world.segment_begin[s + 1]; ++i) {
        deals += bench.c.opportunity_scale[i];
        value += bench.c.opportunity_scale[i] * bench.c.price_scale[i];
      }
      const double price = t.parameters.programs[0].offers[o].price *
                           t.parameters.segments[s].deal_size * value / deals;
      EXPECT_NEAR(static_cast<double>(bench.c.direct_base[o * 4 + s]) / kMinorPerMajor, won * price,
                  1e-6 * won * price);
    }
  }
}

}  // namespace
}  // namespace partnersim
