// Known answers of the market's shocks, of deals and of the pipeline they come from.
#include <algorithm>

#include "support/drive.hpp"
#include "verification/case.hpp"

namespace partnersim::verification {
namespace {

using namespace testing;

std::vector<Row> shocks() {
  constexpr int kMonths = 60;
  constexpr std::uint64_t kRuns = 1500;
  const double persistence = 0.85, volatility = 0.1, growth = 0.1;
  TinyWorld t =
      tiny_world({.partners = 1, .vendors = 1, .offers = 1, .months = kMonths, .links = false});
  only(t.parameters, {"market"});
  t.parameters.markets[0].persistence = persistence;
  t.parameters.markets[0].volatility = volatility;
  t.parameters.markets[0].growth = growth;
  for (std::size_t m = 1; m < kMaxMarkets; ++m) {  // each has its own luck
    const std::string name = "market " + std::to_string(m);
    t.world.markets.push_back({name, entity_key("market", name)});
    t.parameters.markets.push_back(t.parameters.markets[0]);
  }
  Simulation s(t.world);
  Sample square, early, demand;
  for (std::uint64_t r = 0; r < kRuns; ++r) {
    s.start(t.parameters, luck(r));
    while (!s.done()) {
      s.advance();
      for (std::size_t m = 0; m < kMaxMarkets; ++m) {
        const double z = s.state().columns.shock[m];
        if (s.month() == 3) early.add(z * z);
        if (s.done()) square.add(z * z), demand.add(s.state().columns.demand[m]);
      }
    }
  }
  const double settled = volatility * volatility / (1 - persistence * persistence);
  const double planned = std::exp(growth * (kMonths - 1) / 12);
  return {estimated("Var z in the long run", settled, square,
                    {"sigma^2/(1 - phi)", volatility * volatility / (1 - persistence)}),
          estimated("Var z after 3 months", settled * (1 - std::pow(persistence, 6)), early,
                    {"as in the long run", settled}),
          estimated("E[D] in month 60: the plan", planned, demand,
                    {"exp(z) not centred", planned * std::exp(settled / 2)})};
}
const Case kShocks("M08", "Market: shocks and demand",
                   "First-order autoregression; E[D] = exp(growth t). phi 0.85, sigma 0.1, growth "
                   "0.1.",
                   shocks);

constexpr double kArrivals = 20, kWinRate = 0.25, kDwell = 1.5;  // a month, share, months
constexpr double kSigma = 0.6;

/// Partners that get 20 opportunities a month, win a quarter and decide after 1.5 months in the
/// mean.
TinyWorld sellers(std::size_t partners, int months) {
  TinyWorld t = tiny_world({.partners = partners,
                            .vendors = 1,
                            .offers = 1,
                            .months = months,
                            .links = false,
                            .active = 1});
  for (Segment& segment : t.parameters.segments) segment.opportunities = 12 * kArrivals;
  make_alike(t);
  only(t.parameters, {"demand", "closing"});
  t.parameters.markets[0].cloud_start = 0;
  t.parameters.closing.win_rate = kWinRate;
  t.parameters.closing.deal_sigma = kSigma;
  offer(t, 0).sales_cycle = -1 / std::log(1 - 1 / kDwell);
  return t;
}

std::vector<Row> deals() {
  constexpr int kWarm = 24, kMonths = 48;
  constexpr std::size_t kPartners = 1000;
  const TinyWorld t = sellers(kPartners, kWarm + kMonths);
  Simulation s(t.world);
  start_from(s, t, 0, [](Columns& c) {
    c.attention.assign(c.attention.size(), 1);
    c.open.assign(c.open.size(), 0);
  });
  const double price = t.parameters.programs[0].offers[0].price, rate = kArrivals * kWinRate;
  Sample stock, before, wins, spread, booked, variance;
  for (int month = 0; month < kWarm + kMonths; ++month) {
    s.advance();
    const Columns& c = s.state().columns;
    if (month < kWarm) continue;
    for (std::size_t i = 0; i < kPartners; ++i) {
      const double won = c.won[i],
                   value = static_cast<double>(c.booked[i]) / kMinorPerMajor / price;
      wins.add(won);
      spread.add((won - rate) * (won - rate));
      booked.add(value);
      variance.add((value - rate) * (value - rate));
      if ((month - kWarm) % 12 == 0) stock.add(c.open[i]), before.add(c.open[i] - c.arrived[i]);
    }
  }
  const double one = std::exp(kSigma * kSigma);  // E[price^2] of mean price 1
  return {
      estimated("pipeline: 20 a month for 1.5 months (Little)", kArrivals * kDwell, stock,
                {"before the month's arrivals", kArrivals * (kDwell - 1)}),
      estimated("pipeline before the month's arrivals, lambda (1/p - 1)", kArrivals * (kDwell - 1),
                before,
                {"decided in continuous time, lambda L", kArrivals / -std::log(1 - 1 / kDwell)}),
      estimated("wins a month", rate, wins, {"each opportunity wins half", kArrivals / 2}),
      estimated("variance of wins (Poisson)", rate, spread,
                {"binomial of 20", rate * (1 - kWinRate)}),
      estimated("bookings a month, of one price", rate, booked,
                {"median instead of mean price", rate * std::exp(-kSigma * kSigma / 2)}),
      estimated("variance of bookings", rate * one, variance, {"number of deals alone", rate})};
}
const Case kDeals("V28", "Deals: compound Poisson from a pipeline",
                  "Little; bookings have mean lambda w P and variance lambda w E[P^2]. 20 "
                  "opportunities a month, win rate 1/4, dwell 1.5 months, price lognormal 0.6.",
                  deals);

/// `billed`: what the partner file says of every partner, minor units; -1 where it does not.
Row booked_as_expected(const char* what, Money billed) {
  constexpr int kWarm = 24, kYears = 4;
  TinyWorld t = tiny_world({.partners = 4000,
                            .vendors = 1,
                            .offers = 2,
                            .months = kWarm + 12 * kYears,
                            .links = false,
                            .active = 1});
  make_alike(t);
  std::ranges::fill(t.world.partners.start_billed, billed);
  only(t.parameters, {"effort", "demand", "closing"});
  t.parameters.effort.max_effort = t.parameters.choice.flexibility_spread = 0;
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  s.advance();  // nobody has had any luck with deals yet
  const double expected = s.state().columns.run_rate[0], share = s.state().columns.attention[0];
  advance(s, kWarm - 1);
  std::vector<double> sums(t.world.n, 0);
  for (int month = 0; month < 12 * kYears; ++month) {
    s.advance();
    for (std::size_t row = 0; row < 2 * t.world.n; ++row) {
      sums[row % t.world.n] += static_cast<double>(s.state().columns.booked[row]) / kMinorPerMajor;
    }
  }
  Sample booked;
  for (const double sum : sums) booked.add(sum / (12 * kYears));
  return estimated(
      what, expected, booked,
      {"one offer forgotten", expected * share / (share + s.state().columns.attention[t.world.n])});
}

std::vector<Row> run_rate() {
  return {booked_as_expected("bookings a month", -1),
          booked_as_expected("bookings a month, revenue known", 300'000'000)};
}
const Case kRunRate("M12", "Effort knows what to expect",
                    "R0, on which effort is decided, is the mean of what is booked without effort.",
                    run_rate);

}  // namespace
}  // namespace partnersim::verification
