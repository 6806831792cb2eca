// Known answers of diffusion: customers who turn to cloud, partners who join because others did.
#include <random>

#include "support/drive.hpp"
#include "verification/case.hpp"

namespace partnersim::verification {
namespace {

using namespace testing;

constexpr double kP = 0.03,
                 kQ = 0.38;  // a year; meta-analysis means (Sultan, Farley, Lehmann 1990)

double bass(double years) {
  const double e = std::exp(-(kP + kQ) * years);
  return (1 - e) / (1 + kQ / kP * e);
}

/// The synchronous recursion in steps of one month, everybody seeing last month.
double bass_by_month(int months) {
  double f = 0;
  for (int m = 0; m < months; ++m) f += (1 - f) * (1 - std::exp(-(kP + kQ * f) / 12));
  return f;
}

/// The market's cloud preference from 0, a month of it being 1/fine of a real one.
double cloud_after(int years, int fine) {
  TinyWorld t = tiny_world({.partners = 1, .vendors = 1, .months = 12 * years * fine + 1});
  only(t.parameters, {"market"});
  Market& market = t.parameters.markets[0];
  market.cloud_start = market.volatility = market.growth = 0;
  market.cloud_p = kP / fine;
  market.cloud_q = kQ / fine;
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  advance(s, 12 * years * fine + 1);  // customers first move in the second month
  return s.state().columns.cloud[0];
}

std::vector<Row> customers() {
  std::vector<Row> rows;
  for (const int years : {5, 10}) {
    rows.push_back(exact("customers in cloud after " + std::to_string(years) + " years, by month",
                         bass_by_month(12 * years), cloud_after(years, 1),
                         {"continuous time", bass(years)}));
  }
  constexpr std::pair<int, double> kPublished[] = {
      {1, 0.035758}, {2, 0.085056}, {5, 0.331199}, {8, 0.651738}, {10, 0.812803}};
  for (const auto& [years, answer] : kPublished) {
    rows.push_back(to_digits(
        "after " + std::to_string(years) + " years, step to 0 (1/50 and 1/100 of a month)", answer,
        2 * cloud_after(years, 100) - cloud_after(years, 50), 6,
        {"steps of a month", bass_by_month(12 * years)}));
  }
  return rows;
}
const Case kCustomers("V01", "Bass: customers turn to cloud",
                      "Bass 1969; p .03, q .38. The monthly recursion is an answer of its own.",
                      customers);

/// Joining alone: no value, nobody leaves; who joins is active a month later and seen by others the
/// month after.
TinyWorld recruits(const testing::Shape& shape, int fine = 1) {
  TinyWorld t = tiny_world(shape);
  only(t.parameters, {"peers", "lifecycle"});
  Lifecycle& p = t.parameters.lifecycle;
  p.join_p = kP / fine;
  p.join_q = kQ / fine;
  p.beta_join = p.dormant_rate = p.reactivate_rate = p.winback_rate = p.xi_value = p.xi_trust = 0;
  p.leave_mean = 1e-12;
  p.onboarding_months = 1e-3;
  return t;
}

std::vector<Link> everybody(std::uint32_t n) {
  std::vector<Link> links;
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = a + 1; b < n; ++b) links.push_back({LinkKind::peer, a, b});
  }
  return links;
}

std::vector<Link> ring(std::uint32_t n) {
  std::vector<Link> links;
  for (std::uint32_t a = 0; a < n; ++a) links.push_back({LinkKind::peer, a, (a + 1) % n});
  return links;
}

/// Share of partners that joined, one number per replication and vendor: vendors share no luck.
Sample joined(TinyWorld& t, const std::vector<Link>& links, int replications) {
  t.world.graph = make_graph(t.world.partners.count, links);
  Simulation s(t.world);
  Sample share;
  for (int r = 0; r < replications; ++r) {
    s.start(t.parameters, luck(static_cast<std::uint64_t>(r)));
    while (!s.done()) s.advance();
    for (std::uint32_t v = 0; v < t.world.vendors.size(); ++v) {
      share.add(1 - static_cast<double>(sum(s, t.world, Head::prospects, v)) /
                        static_cast<double>(t.world.n));
    }
  }
  return share;
}

/// Exact mean share of n partners, all linked, after so many months. `seen[a][b]`: chance that a
/// joined two months ago or earlier and b last month or earlier.
double chain(int n, int months) {
  const auto size = static_cast<std::size_t>(n) + 1;
  std::vector<std::vector<double>> seen(size, std::vector<double>(size, 0));
  seen[0][0] = 1;
  for (int m = 0; m < months; ++m) {
    std::vector<std::vector<double>> next(size, std::vector<double>(size, 0));
    for (std::size_t a = 0; a < size; ++a) {
      const double stay = std::exp(-(kP + kQ * static_cast<double>(a) / (n - 1)) / 12);
      for (std::size_t b = a; b < size; ++b) {
        if (seen[a][b] == 0) continue;
        const std::size_t left = size - 1 - b;
        double chance = seen[a][b] * std::pow(stay, static_cast<double>(left));
        for (std::size_t k = 0; k <= left; ++k) {
          next[b][b + k] += chance;
          chance *= static_cast<double>(left - k) / static_cast<double>(k + 1) * (1 - stay) / stay;
        }
      }
    }
    seen = std::move(next);
  }
  double mean = 0;
  for (const auto& row : seen) {
    for (std::size_t b = 0; b < size; ++b) mean += row[b] * static_cast<double>(b) / n;
  }
  return mean;
}

/// The same for infinitely many.
double bass_with_onboarding(int months) {
  double visible = 0, before = 0, all = 0;
  for (int m = 0; m < months; ++m) {
    visible = before;
    before = all;
    all += (1 - all) * (1 - std::exp(-(kP + kQ * visible) / 12));
  }
  return all;
}

std::vector<Row> linked() {
  constexpr int kPartners = 100;
  std::vector<Row> rows;
  for (const int years : {5, 10}) {
    TinyWorld t = recruits({.partners = kPartners,
                            .vendors = 8,
                            .offers = 1,
                            .months = 12 * years,
                            .links = false,
                            .active = 0});
    rows.push_back(estimated(
        "100 partners, all linked, share after " + std::to_string(years) + " years",
        chain(kPartners, 12 * years), joined(t, everybody(kPartners), years == 5 ? 240 : 60),
        {"continuous time, infinitely many", bass(years)}));
  }
  return rows;
}
const Case kLinked(
    "V03", "Bass by month: everybody linked",
    "Exact chain of the numbers joined and visible: monthly steps, one month on board, "
    "finitely many (infinitely many: " +
        std::to_string(bass_with_onboarding(60)) + " after 5 years).",
    linked);

/// Fibich and Gibori 2010: infinite one-dimensional lattice.
double on_a_ring(double years) {
  return 1 - std::exp(-(kP + kQ) * years + kQ / kP * (1 - std::exp(-kP * years)));
}

/// The same in months with one month on board. A prospect feels each side on its own: g(t) is the
/// chance that one side has not won it, h(t) that the neighbour there is still a prospect.
double on_a_ring_by_month(int months) {
  const double stay = std::exp(-kP / 12), resist = std::exp(-kQ / 2 / 12);
  std::vector<double> h{1};
  double g = 1;
  for (int m = 1; m <= months; ++m) {
    g = h[static_cast<std::size_t>(std::max(0, m - 2))];
    for (int join = 1; join <= m - 2; ++join) {
      const auto k = static_cast<std::size_t>(join);
      g += (h[k - 1] - h[k]) * std::pow(resist, m - 1 - join);
    }
    h.push_back(std::pow(stay, m) * g);
  }
  return 1 - std::pow(stay, months) * g * g;
}

std::vector<Row> rings() {
  std::vector<Row> rows;
  constexpr std::uint32_t kPartners = 4000;
  const auto world = [&](int years, int fine) {
    return recruits({.partners = kPartners,
                     .vendors = 4,
                     .offers = 1,
                     .months = 12 * years * fine,
                     .links = false,
                     .active = 0},
                    fine);
  };
  for (const int years : {5, 10}) {
    TinyWorld t = world(years, 1);
    rows.push_back(estimated("share after " + std::to_string(years) + " years, by month",
                             on_a_ring_by_month(12 * years), joined(t, ring(kPartners), 12),
                             {"everybody linked", bass_with_onboarding(12 * years)}));
  }
  for (const int years : {5, 10}) {  // published: 0.248463, 0.558259
    TinyWorld t = world(years, 6);
    rows.push_back(estimated(
        "after " + std::to_string(years) + " years, steps of 1/6 month", on_a_ring(years),
        joined(t, ring(kPartners), years == 5 ? 6 : 3),
        {"q from each of two neighbours",
         1 - std::exp(-(kP + 2 * kQ) * years + 2 * kQ / kP * (1 - std::exp(-kP * years)))}));
  }
  return rows;
}
const Case kRing("V02", "Bass on a ring",
                 "Fibich and Gibori 2010: F = 1 - exp(-(p+q)t + (q/p)(1 - exp(-pt))); by month: "
                 "product over months and sides.",
                 rings);

/// Links between partners drawn with equal chances, `degree` a partner in the mean.
std::vector<Link> random_links(std::uint32_t n, double degree, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Link> links;
  while (static_cast<double>(links.size()) < degree / 2 * n) {
    const auto a = static_cast<std::uint32_t>(random() % n);
    const auto b = static_cast<std::uint32_t>(random() % n);
    if (a != b) links.push_back({LinkKind::peer, a, b});
  }
  return links;
}

std::vector<Row> giant() {
  constexpr std::uint32_t kPartners = 10000, kFirst = 10, kGraphs = 8;
  std::vector<Row> rows;
  for (const auto& [degree, published] :
       {std::pair{1.5, 0.582812}, {2.0, 0.796812}, {3.0, 0.940480}}) {
    TinyWorld t = recruits({.partners = kPartners,
                            .vendors = 1,
                            .offers = 1,
                            .months = 120,
                            .links = false,
                            .active = 0});
    t.parameters.lifecycle.join_p = 0;
    t.parameters.lifecycle.join_q = 1e6;  // who knows one joins
    std::fill_n(t.world.partners.start_stage.begin(), kFirst, Stage::active);
    Sample reached;
    for (std::uint32_t g = 0; g < kGraphs; ++g)
      reached.add(joined(t, random_links(kPartners, degree, g), 1).mean());
    rows.push_back(
        estimated("reached in the end, mean degree " + std::to_string(degree).substr(0, 3),
                  published, reached, {"1 - 1/degree", 1 - 1 / degree}));
  }
  return rows;
}
const Case kGiant(
    "V06", "Joining spreads over a random graph",
    "Giant component of Erdos-Renyi: z = 1 - exp(-d z); ten partners at first, whoever "
    "has a linked partner joins.",
    giant);

std::vector<Row> onboarding() {
  constexpr std::size_t kPartners = 80000;
  TinyWorld t = recruits(
      {.partners = kPartners, .vendors = 1, .offers = 1, .months = 3, .links = false, .active = 0});
  t.parameters.lifecycle.onboarding_months = 1.5;
  std::ranges::fill(t.world.partners.start_stage, Stage::onboarding);
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  advance(s, 3);
  return {estimated("still on board after 3 months", std::exp(-3 / 1.5),
                    Sample::share(sum(s, t.world, Head::onboarding), kPartners),
                    {"1/months taken as probability", std::pow(1 - 1 / 1.5, 3)})};
}
const Case kOnboarding("M10", "Onboarding", "exp(-t/months), mean 1.5 months, nobody helps.",
                       onboarding);

}  // namespace
}  // namespace partnersim::verification
