// Known answers of choice: shares of attention, habit, peers; effort; what a won deal is worth.
#include "support/drive.hpp"
#include "verification/case.hpp"

namespace partnersim::verification {
namespace {

using namespace testing;

/// Attention after one month of vendors with one offer each and the utilities V = 2 skill - 1.
std::vector<double> shares(const std::vector<double>& utility, std::size_t dormant = SIZE_MAX) {
  TinyWorld t = tiny_world({.partners = 4,
                            .vendors = utility.size(),
                            .offers = 1,
                            .months = 2,
                            .links = false,
                            .active = 1});
  only(t.parameters, {"choice"});
  Choice& p = t.parameters.choice;
  p.beta = p.beta_trust = p.beta_peer = p.habit = p.flexibility_spread = 0;
  p.beta_skill = p.flexibility = 1;
  p.outside_bias = -600;
  const std::size_t n = t.world.n;
  Simulation s(t.world);
  start_from(s, t, 0, [&](Columns& c) {
    for (std::size_t o = 0; o < utility.size(); ++o) {
      for (std::size_t i = 0; i < n; ++i) {
        c.skill[o * n + i] = (1 + utility[o]) / 2;
        if (o == dormant) c.stage[o * n + i] = static_cast<std::uint8_t>(Stage::dormant);
      }
    }
  });
  s.advance();
  std::vector<double> result;
  for (std::size_t o = 0; o < utility.size(); ++o)
    result.push_back(s.state().columns.attention[o * n + 1]);
  return result;
}

std::vector<Row> logit() {
  const std::vector<double> three = shares({1, 0.5, 0}), two = shares({1, 0.5, 0}, 0),
                            four = shares({1, 1, 0.5, 0});
  const double sum = std::exp(1) + std::exp(0.5) + 1, twice = sum + std::exp(1);
  return {
      on_grid("share at V = 1", std::exp(1) / sum, three[0], 1, {"in proportion to V", 1 / 1.5}),
      on_grid("at V = 0.5", std::exp(0.5) / sum, three[1], 1, {"in proportion to V", 0.5 / 1.5}),
      on_grid("at V = 0", 1 / sum, three[2], 1, {"in proportion to V", 0}),
      to_digits("at V = 1, as published", 0.506480, three[0], 6,
                {"exponent doubled", std::exp(2) / (std::exp(2) + std::exp(1) + 1)}),
      on_grid("V = 0.5 without the first option (IIA)", std::exp(0.5) / (std::exp(0.5) + 1), two[1],
              1, {"its share split evenly", std::exp(0.5) / sum + std::exp(1) / sum / 2}),
      on_grid("V = 1 when offered twice, each", std::exp(1) / twice, four[0], 1,
              {"the two share what the one had", std::exp(1) / sum / 2}),
      on_grid("V = 0.5 beside it", std::exp(0.5) / twice, four[2], 1,
              {"unchanged by the copy", std::exp(0.5) / sum})};
}
const Case kLogit("V10", "Logit shares and IIA", "McFadden 1974; V = (1, 0.5, 0).", logit);

/// Two offers of one vendor, on-premises and cloud, equal but for habit and peers; share of cloud
/// after so many months from `start`.
double cloud_share(double peer, double habit, double start, int months) {
  TinyWorld t = tiny_world(
      {.partners = 40, .vendors = 1, .offers = 2, .months = months, .links = true, .active = 1});
  only(t.parameters, {"peers", "choice"});
  Choice& p = t.parameters.choice;
  p.beta = p.beta_trust = p.beta_skill = p.flexibility_spread = 0;
  p.beta_peer = peer;
  p.habit = habit;
  p.flexibility = 1;
  p.outside_bias = -600;
  const std::size_t n = t.world.n;
  std::vector<Link> ring;
  for (std::uint32_t i = 0; i < n; ++i)
    ring.push_back({LinkKind::peer, i, static_cast<std::uint32_t>((i + 1) % n)});
  t.world.graph = make_graph(n, ring);
  Simulation s(t.world);
  start_from(s, t, 0, [&](Columns& c) {
    std::fill_n(c.attention.begin(), n, 1 - start);
    std::fill_n(c.attention.begin() + static_cast<std::ptrdiff_t>(n), n, start);
  });
  advance(s, months);
  return s.state().columns.attention[n + 7];
}

std::vector<Row> inertia() {
  std::vector<Row> rows;
  for (const auto& [s, published] : {std::pair{1.0, 0.7311}, {2.0, 0.8808}, {3.0, 0.9526}}) {
    const double stays = cloud_share(0, s, 1, 1);
    rows.push_back(on_grid("stays, habit " + std::to_string(static_cast<int>(s)),
                           1 / (1 + std::exp(-s)), stays, 1,
                           {"pulls one way and pushes the other", 1 / (1 + std::exp(-2 * s))}));
    rows.push_back(to_digits("the same, as published", published, stays, 4,
                             {"normal instead of logistic", 0.5 * std::erfc(-s / std::sqrt(2))}));
  }
  return rows;
}
const Case kInertia("V21", "Switching cost as inertia",
                    "Equal offers, all attention on one: 1/(1 + exp(-s)) stays.", inertia);

/// The fixed point of m = tanh(k m) that is reached from `start`.
double mean_field(double k, double start) {
  double m = start;
  for (int step = 0; step < 10000; ++step) m = std::tanh(k * m);
  return std::abs(m) < 1e-15 ? 0 : m;
}

std::vector<Row> locks() {
  std::vector<Row> rows;
  const auto m = [](double peer, double habit, double start) {
    return 2 * cloud_share(peer, habit, start, 1500) - 1;
  };
  struct Setting {
    double peer, habit, start;
    const char* what;
  };
  for (const Setting& x : {Setting{1.2, 1.0, 0.6, "peers 1.2, habit 1.0, from 0.6"},
                           {1.2, 1.0, 0.4, "peers 1.2, habit 1.0, from 0.4"},
                           {1.5, 1.5, 0.51, "peers 1.5, habit 1.5, from 0.51"},
                           {0.8, 0.8, 0.9, "peers 0.8, habit 0.8, from 0.9"}}) {
    const double both = x.peer + x.habit, from = 2 * x.start - 1;
    rows.push_back(on_grid(std::string("cloud minus on-premises: ") + x.what,
                           mean_field(both / 2, from), m(x.peer, x.habit, x.start), 32,
                           {"m = tanh(k m) without the half", mean_field(both, from)}));
  }
  rows.push_back(to_digits("peers and habit 2.2", 0.502941, m(1.2, 1.0, 0.6), 6,
                           {"habit alone", mean_field(1.0 / 2, 0.2)}));
  rows.push_back(to_digits("peers and habit 3.0", 0.858560, m(1.5, 1.5, 0.6), 6,
                           {"peers alone", mean_field(1.5 / 2, 0.2)}));
  return rows;
}
const Case kMeanField("M01", "Choice with peers and habit",
                      "Mean field m = tanh((beta_peer + habit) m/2): one state up to 2, two above.",
                      locks);

std::vector<Row> lock_in() {
  const auto ends = [](double habit, double start) { return cloud_share(0, habit, start, 1500); };
  const double locked = (1 + mean_field(1.5, 0.1)) / 2;
  return {
      on_grid("habit 3, from 0.55", locked, ends(3, 0.55), 32,
              {"share stays as it is (urn)", 0.55}),
      on_grid("habit 3, from 0.45", 1 - locked, ends(3, 0.45), 32,
              {"the better half wins from anywhere", locked}),
      on_grid("habit 1, from 0.95", 0.5, ends(1, 0.95), 32, {"share stays as it is (urn)", 0.95}),
      on_grid("habit 1.9, from 0.95", 0.5, ends(1.9, 0.95), 32,
              {"locked in above 1", (1 + mean_field(1.9, 0.9)) / 2})};
}
const Case kLockIn("V22", "Self-reinforcing share locks in",
                   "Arthur 1989: strong reinforcement ends on the side where it began, weak in the "
                   "middle; here by habit, the critical value is 2.",
                   lock_in);

/// Partners of size 1 with one licence offer of which they keep `margin`, nothing else.
TinyWorld resellers(double margin, double cost) {
  TinyWorld t = tiny_world(
      {.partners = 3, .vendors = 1, .offers = 1, .months = 2, .links = false, .active = 1});
  make_alike(t);
  only(t.parameters, {"effort"});
  for (Segment& segment : t.parameters.segments) segment.services = 0;
  offer(t, 0).margin_first = margin;
  offer(t, 0).maintenance = 0;
  terms(t).rebate = terms(t).mdf_cover = 0;
  t.parameters.effort.effort_cost = cost;
  return t;
}

double effort_of(const TinyWorld& t) {
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  s.advance();
  return s.state().columns.effort[0];
}

/// Effort with half of its cost covered, up to the allowance at which `cap` is the effort it just
/// covers; and that effort itself, as whole minor units billed allow.
std::pair<double, double> effort_with_funds(double cap) {
  constexpr double kCover = 0.5, kAccrual = 0.02;
  TinyWorld t = resellers(0.3, 1);
  terms(t).mdf_cover = kCover;
  terms(t).mdf_accrual = kAccrual;
  const Offer& o = offer(t, 0);
  const double match = 0.65 + 0.25 * 0.35;
  Simulation s(t.world);
  double capped = 0;
  start_from(s, t, 0, [&](Columns& c) {
    const double run_rate = 34.0 / 12 * c.attention[0] * match * 0.26 * o.price;
    c.billed_12m[0] =
        static_cast<std::int64_t>(cap * cap * kCover * run_rate / 2 * 1200 / kAccrual);
    capped =
        std::sqrt(2 * kAccrual * static_cast<double>(c.billed_12m[0]) / 1200 / (kCover * run_rate));
  });
  s.advance();
  return {s.state().columns.effort[0], capped};
}

std::vector<Row> effort() {
  std::vector<Row> rows;
  struct Contract {
    double margin, cost;
    const char* what;
  };
  for (const Contract& x : {Contract{0.5, 1, "margin 1/2, k 1"},
                            {0.8, 0.5, "margin 0.8, k 1/2"},
                            {0.5, 2, "margin 1/2, k 2"},
                            {1.0 / 3, 0.5, "margin 1/3, k 1/2"}}) {
    rows.push_back(exact(std::string("x*: ") + x.what, x.margin / x.cost,
                         effort_of(resellers(x.margin, x.cost)),
                         {"cost k x^2 instead of k x^2/2", x.margin / x.cost / 2}));
  }
  const auto free = effort_with_funds(0.7), capped = effort_with_funds(0.45),
             beyond = effort_with_funds(0.1);
  rows.push_back(exact("half of the cost covered, funds enough", 0.3 / 0.5, free.first,
                       {"as without cover", 0.3}));
  rows.push_back(exact("funds end on the way: stops there", capped.second, capped.first,
                       {"cover without a cap", 0.6}));
  rows.push_back(exact("funds end early: own money from there on", 0.3, beyond.first,
                       {"stops where funds end", beyond.second}));
  return rows;
}
const Case kEffort("V17", "Effort with linear pay",
                   "Holmstrom and Milgrom 1987: x* = margin/k; the cap of market development funds "
                   "by its first-order conditions.",
                   effort);

/// What is left of a subscription's margin, of a lifetime share, when it is paid for so many years.
double part_kept(double churn_month, double discount_month, double years) {
  const auto value = [&](double term) {
    TinyWorld t =
        tiny_world({.partners = 1, .vendors = 1, .offers = 2, .months = 1, .links = false});
    for (Segment& segment : t.parameters.segments) segment.services = 0;
    Offer& cloud = offer(t, 1);
    cloud.margin_first = cloud.margin_recurring = 0.2;
    cloud.churn = -12 * std::log(1 - churn_month);
    cloud.share_term = term;
    t.parameters.choice.discount_rate = 12 * std::log(1 + discount_month);
    Simulation s(t.world);
    s.start(t.parameters, luck(0));
    const Derived& d = s.state().derived;
    return d.value[d.deal(0, 0, 0, 1)];
  };
  return value(years) / value(1e6);
}

std::vector<Row> term_cut() {
  std::vector<Row> rows;
  struct Cut {
    double churn, discount, years, lost;
    const char* what;
  };
  for (const Cut& x : {Cut{0.005, 0, 3, 0.1651, "36 months, churn 0.5 % a month"},
                       {0.01, 0, 3, 0.3036, "36 months, churn 1 %"},
                       {0.02, 0, 3, 0.5168, "36 months, churn 2 %"},
                       {0.03, 0, 3, 0.6660, "36 months, churn 3 %"},
                       {0.005, 0.008, 3, 0.3733, "36 months, churn 0.5 %, discount 0.8 %"},
                       {0.02, 0.008, 3, 0.6373, "36 months, churn 2 %, discount 0.8 %"},
                       {0.01, 0, 1, 0.1136, "12 months, churn 1 %"},
                       {0.01, 0.008, 1, 0.1944, "12 months, churn 1 %, discount 0.8 %"}}) {
    const double month = (1 - x.churn) / (1 + x.discount),
                 kept = part_kept(x.churn, x.discount, x.years);
    rows.push_back(exact(
        std::string("part kept: ") + x.what, 1 - std::pow(month, 12 * x.years), kept,
        {"monthly rates as intensities", 1 - std::exp(-12 * (x.churn + x.discount) * x.years)}));
    rows.push_back(to_digits("the same, as published", x.lost, kept, 4,
                             {"part lost instead", std::pow(month, 12 * x.years)}));
  }
  return rows;
}
const Case kTermCut("V31", "Recurring share cut to a term",
                    "Derived: 1 - x^H, x = (1 - churn)/(1 + discount) a month; from the value of a "
                    "won deal (model/derived.cpp).",
                    term_cut);

}  // namespace
}  // namespace partnersim::verification
