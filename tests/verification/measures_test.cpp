// Known answers of what is reported of a month: how unequal partners are, how late the vendor is.
#include <algorithm>

#include "base/distribution.hpp"
#include "base/math.hpp"
#include "support/drive.hpp"
#include "verification/case.hpp"

namespace partnersim::verification {
namespace {

using namespace testing;

double desk(const Simulation& s, Desk what) {
  return from_grid(s.cells()[s.cells().at(what, 0)]);
}

/// Nothing happens but that the month is recorded.
TinyWorld still(std::size_t partners, int months = 1) {
  TinyWorld t = tiny_world(
      {.partners = partners, .vendors = 1, .months = months, .links = false, .active = 1});
  make_alike(t);
  only(t.parameters, {});
  return t;
}

/// The month's record where partner i has billed `billed(i)` in a year.
template <class F>
Simulation billing(const TinyWorld& t, F billed) {
  Simulation s(t.world);
  start_from(s, t, 0, [&](Columns& c) {
    for (std::size_t i = 0; i < t.world.n; ++i) c.billed_12m[i] = billed(i);
  });
  s.advance();
  return s;
}

std::vector<Row> ranks() {
  constexpr std::size_t kPartners = 40;
  const TinyWorld t = still(kPartners);
  const Simulation one =
      billing(t, [](std::size_t i) { return i == 7 ? Money{12'345} : Money{0}; });
  const Simulation steps = billing(t, [](std::size_t i) { return static_cast<Money>(i + 1); });
  const auto n = static_cast<double>(kPartners);
  return {on_grid("Gini where one of 40 bills everything", 1 - 1 / n, desk(one, Desk::gini), 1,
                  {"as the sample estimate, n/(n - 1) of it", 1}),
          on_grid("Gini of 1, 2, ... 40", (n - 1) / (3 * n), desk(steps, Desk::gini), 1,
                  {"of 0, 1, ... 39", (n + 1) / (3 * n)}),
          on_grid("share of the twenty largest of 1, 2, ... 40", 610.0 / 820,
                  desk(steps, Desk::top_share), 1, {"the twenty smallest", 210.0 / 820})};
}
const Case kRanks("V32", "Gini by ranks",
                  "2 sum of rank x over n times the sum of x, less (n + 1)/n: 1 - 1/n and "
                  "(n - 1)/3n.",
                  ranks);

std::vector<Row> concentration() {
  constexpr std::size_t kPartners = 20'000;
  const TinyWorld t = still(kPartners);
  std::vector<Row> rows;
  struct Answer {
    double spread;
    Mistake mistake;
  };
  const auto gini = [](double spread) { return 2 * normal_cdf(spread / std::sqrt(2.0)) - 1; };
  for (const auto& [spread, mistake] :
       {Answer{1.25, {"spread taken as variance", gini(std::sqrt(1.25))}},
        Answer{1.68324, {"a Pareto tail with the same 80/20", 0.756471}}}) {
    Sample sample;
    for (std::uint64_t r = 0; r < 25; ++r) {
      const Luck draw = luck_of(r, LuckKind::build, 0);
      const Simulation s = billing(t, [&](std::size_t i) {
        const double u = uniforms(draw, t.world.partners.key[i], 0, Purpose("test.size").id)[0];
        return round_money(1e8 * partnersim::exp(spread * normal_quantile(u)));
      });
      sample.add(desk(s, Desk::gini));
    }
    rows.push_back(
        estimated("spread " + std::to_string(spread).substr(0, 4), gini(spread), sample, mistake));
  }
  return rows;
}
const Case kConcentration("V32", "Gini of lognormal billings",
                          "2 Phi(sigma/sqrt 2) - 1; 0.76604 where the top fifth has 80 %. 25 "
                          "times 20,000 partners.",
                          concentration);

constexpr double kP = 0.02, kQ = 0.4, kStart = 0.35;

/// Bass 1969 from share x0, after so many years.
double bass(double x0, double years) {
  const double k = (kP + kQ * x0) / (1 - x0) * std::exp((kP + kQ) * years);
  return (k - kP) / (k + kQ);
}

/// Months between two shares.
double between(double from, double to) {
  const auto time = [](double x) { return std::log((kP + kQ * x) / (1 - x)) / (kP + kQ); };
  return 12 * (time(to) - time(from));
}

/// Today's distance over today's speed, in months.
double by_speed(double from, double to) {
  return 12 * (to - from) / ((kP + kQ * to) * (1 - to));
}

std::vector<Row> late() {
  std::vector<Row> rows;
  const TinyWorld t = still(10);
  for (const double years : {0.5, 3.0, 8.0}) {
    const double now = bass(kStart, years);
    Simulation s(t.world);
    start_from(s, t, 0, [&](Columns& c) {
      c.belief[0] = kStart;
      c.cloud[0] = now;
      for (std::size_t i = 0; i < t.world.n; ++i) {
        c.attention[i] = 0.65 * 0.8;
        c.attention[t.world.n + i] = 0.35 * 0.8;
      }
    });
    s.advance();
    const std::string when = std::to_string(static_cast<int>(12 * years)) + " months";
    rows.push_back(exact("belief of " + when + " ago", 12 * years, desk(s, Desk::late),
                         {"distance at today's speed", by_speed(kStart, now)}));
    rows.push_back(on_grid("attention where customers were " + when + " ago", 12 * years,
                           desk(s, Desk::behind), 500,
                           {"of all attention, elsewhere too", between(0.8 * kStart, now)}));
  }
  TinyWorld moving = still(10, 61);
  only(moving.parameters, {"market"});
  Simulation s(moving.world);
  start_from(s, moving, 0, [](Columns& c) { c.belief[0] = kStart; });
  advance(s, 61);
  rows.push_back(
      within("five years of the market's months, belief as at the start", 60, desk(s, Desk::late),
             0.025, {"distance at today's speed", by_speed(kStart, s.state().columns.cloud[0])}));
  return rows;
}
const Case kLate(
    "V01", "Months late",
    "Bass 1969 solved for time: 12 (F(c) - F(b)), F(x) = ln((p + qx)/(1 - x))/(p + q); "
    "p 0.02, q 0.4, 35 % at the start. Months are steps and lag continuous time.",
    late);

}  // namespace
}  // namespace partnersim::verification
