// Made-up exports whose truth is known.
#include "experiments/measure.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <random>

namespace partnersim {
namespace {

using namespace std::chrono_literals;
using Outcome = PastDeal::Outcome;

const Day kSince = 2021y / 1 / 1, kUntil = 2024y / 12 / 31;

PastPartner partner(std::string id, std::string segment) {
  PastPartner one;
  one.id = std::move(id);
  one.segment = std::move(segment);
  return one;
}

PastDeal deal(std::size_t of, Day opened, Outcome outcome, int days, double amount = 0) {
  PastDeal one;
  one.partner = of;
  one.opened = opened;
  one.outcome = outcome;
  if (outcome != Outcome::open) one.closed = opened + std::chrono::days(days);
  if (amount > 0) one.amount = amount;
  return one;
}

TEST(Measure, CountsByHand) {
  History history;
  history.partners = {partner("A", "VAR"), partner("B", "var"), partner("C", "SI")};
  history.partners[1].joined = Day(2022y / 1 / 1);
  history.partners[2].joined = Day(2023y / 1 / 1);
  history.partners[2].left = Day(2024y / 1 / 1);
  history.deals = {deal(0, kSince, Outcome::won, 73, 100), deal(0, kSince, Outcome::lost, 146),
                   deal(1, Day(2022y / 1 / 1) + std::chrono::days(73), Outcome::won, 73, 200),
                   deal(2, Day(2023y / 1 / 1) + std::chrono::days(146), Outcome::lost, 73),
                   deal(0, Day(2024y / 10 / 1), Outcome::open, 0)};
  history.deals[0].registered = true;
  history.deals[1].registered = false;
  history.until = kUntil;
  const Measured m = measure_history(history);
  EXPECT_EQ(m.segments, (std::vector<std::string>{"VAR", "SI"}));
  EXPECT_EQ(m.deals, 5u);
  EXPECT_EQ(m.open, 1u);
  EXPECT_EQ(m.since, kSince);
  EXPECT_EQ(m.win_rate.all.n, 4u);
  EXPECT_EQ(m.win_rate.segment[1].value, 0);
  EXPECT_EQ(m.cycle.segment[1].value, 73 / (365.0 / 12));
  EXPECT_EQ(m.registered.all.value, 0.5);
  EXPECT_EQ(m.first_deal.all.n, 2u);
  EXPECT_NEAR(m.first_deal.segment[0].value, 2.4, 1e-12);
  EXPECT_EQ(m.exits.all.n, 1u);
  EXPECT_NEAR(m.exits.segment[1].value, 1, 1e-12);  // one exit in the one year it was there
  EXPECT_NEAR(m.opened.segment[0].value, 4 / (4 + 3.0), 0.01);
  EXPECT_FALSE(is_measured(m.win_rate.all, measure::kWinRate));
  EXPECT_TRUE(m.season);
}

TEST(Measure, NoDealsAreNoMeasurement) {
  History history;
  history.partners = {partner("A", "VAR")};
  history.until = kUntil;
  const Measured m = measure_history(history);
  EXPECT_EQ(m.win_rate.all.n, 0u);
  EXPECT_FALSE(is_measured(m.exits.all, measure::kExits));
  EXPECT_FALSE(m.season);
  EXPECT_EQ(m.cycle.segment.size(), 1u);
  EXPECT_EQ(m.price_of_offer.size(), 1u);
}

TEST(Measure, WithoutDaysOfDecisionsTheWinRateIsThatOfTheDecided) {
  History history;
  history.partners = {partner("A", "VAR")};
  for (int k = 0; k < 4; ++k) {
    history.deals.push_back(deal(0, kSince, k == 0 ? Outcome::won : Outcome::lost, 0));
    history.deals.back().closed.reset();
  }
  history.deals.push_back(deal(0, kSince, Outcome::open, 0));
  history.until = kUntil;
  const Measured m = measure_history(history);
  EXPECT_EQ(m.win_rate.all.value, 0.25);
  EXPECT_EQ(m.win_rate.all.n, 4u);
  EXPECT_EQ(m.cycle.all.n, 0u);
}

// ---- a CRM in which partners differ, lost deals take longer and part of the deals is still open

struct Truth {
  double win = 0.25, won_months = 3, lost_months = 5;
  double exits = 0.12;
  double registered = 0.6;
  std::array<double, 2> price{40'000, 18'000}, size{1, 1.6};
  double partner_spread = 0.4, deal_spread = 0.6;
};

History made_up(const Truth& truth, std::uint32_t seed) {
  std::mt19937 luck(seed);
  std::normal_distribution<double> normal;
  const auto uniform = [&] { return std::uniform_real_distribution<double>(0, 1)(luck); };
  const auto after = [&](double mean) { return -mean * std::log(uniform()); };
  const auto days = [](double months) {
    return std::chrono::days(static_cast<int>(std::lround(months * 365 / 12)));
  };
  History history;
  history.until = kUntil;
  const double all = static_cast<double>((kUntil - kSince).count()) / 365 * 12;
  for (std::size_t k = 0; k < 90; ++k) {
    PastPartner one = partner(std::to_string(k), k % 3 == 0 ? "SI" : "VAR");
    const double joined = k % 2 == 0 ? 0 : all / 2 * uniform();
    if (joined > 0) one.joined = kSince + days(joined);
    const double left = joined + after(12 / truth.exits);
    if (left < all) one.left = kSince + days(left);
    const double mine = std::exp(truth.partner_spread * normal(luck));
    for (double at = joined + after(2); at < std::min(left, all); at += after(2)) {
      const bool won = uniform() < truth.win;
      const double months = after(won ? truth.won_months : truth.lost_months);
      const std::size_t offer = uniform() < 0.5;
      PastDeal next = deal(k, kSince + days(at), Outcome::open, 0);
      if (at + months < all) {
        next.outcome = won ? Outcome::won : Outcome::lost;
        next.closed = next.opened + days(months);
      }
      next.amount = truth.price[offer] * truth.size[k % 3 == 0] * mine *
                    std::exp(truth.deal_spread * normal(luck));
      next.registered = uniform() < truth.registered;
      next.offer = offer == 0 ? "Server" : "Cloud";
      history.deals.push_back(std::move(next));
    }
    history.partners.push_back(std::move(one));
  }
  return history;
}

TEST(Measure, IntervalsHoldTheTruthAtTheirNominalRate) {
  constexpr int kExports = 200;
  const Truth truth;
  const double mean_price = std::exp(
      (truth.partner_spread * truth.partner_spread + truth.deal_spread * truth.deal_spread) / 2);
  struct Asked {
    const char* what;
    double truth;
    std::function<Estimate(const Measured&)> of;
    int within = 0;
  };
  std::vector<Asked> all{
      {"win rate", truth.win, [](const Measured& m) { return m.win_rate.all; }},
      {"cycle", truth.win * truth.won_months + (1 - truth.win) * truth.lost_months,
       [](const Measured& m) { return m.cycle.all; }},
      {"registered", truth.registered, [](const Measured& m) { return m.registered.all; }},
      {"exits", truth.exits, [](const Measured& m) { return m.exits.all; }},
      {"first deal", 2, [](const Measured& m) { return m.first_deal.all; }},
      {"deals opened", 6, [](const Measured& m) { return m.opened.all; }},
      {"spread of deals", truth.deal_spread, [](const Measured& m) { return m.deal_spread; }},
      {"size of a won deal", 0, [](const Measured& m) { return m.amount.segment[1]; }}};
  all.back().truth = mean_price * truth.size[1] * (truth.price[0] + truth.price[1]) / 2;
  for (std::uint32_t seed = 1; seed <= kExports; ++seed) {
    const Measured m = measure_history(made_up(truth, seed));
    for (Asked& asked : all) {
      const Estimate found = asked.of(m);
      asked.within += found.of_95.lo <= asked.truth && asked.truth <= found.of_95.hi;
    }
  }
  for (const Asked& asked : all) {
    EXPECT_GE(asked.within, kExports * 0.90) << asked.what;  // 95 % less three standard errors
  }
}

}  // namespace
}  // namespace partnersim
