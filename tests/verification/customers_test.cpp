// Known answers of what is kept: partners, contracts, and the margin they bring.
#include "support/drive.hpp"
#include "verification/case.hpp"

namespace partnersim::verification {
namespace {

using namespace testing;

/// S(years) of the shifted beta-geometric.
double retained(double a, double b, int years) {
  double s = 1;
  for (int k = 1; k <= years; ++k) s *= (b + k - 1) / (a + b + k - 1);
  return s;
}

std::vector<Row> loyalty() {
  std::vector<Row> rows;
  struct Data {
    const char* name;
    double a, b;
    std::vector<int> years;
  };
  for (const Data& data : {Data{"high end", 0.66809, 3.80609, {1, 4, 8, 12}},
                           Data{"regular", 0.70408, 1.18204, {1, 4, 8}}}) {
    constexpr std::size_t kPartners = 45000;
    TinyWorld t = tiny_world({.partners = kPartners,
                              .vendors = 1,
                              .offers = 1,
                              .months = 12 * data.years.back(),
                              .links = false,
                              .active = 1});
    only(t.parameters, {"lifecycle"});
    Lifecycle& p = t.parameters.lifecycle;
    const double mean = data.a / (data.a + data.b);
    p.leave_mean = mean;
    p.leave_concentration = data.a + data.b;
    p.dormant_rate = p.winback_rate = p.xi_value = 0;
    Simulation s(t.world);
    s.start(t.parameters, luck(0));
    for (const int years : data.years) {
      while (s.month() < 12 * years) s.advance();
      const Mistake mistake = years == 1
                                  ? Mistake{"probability taken as intensity", std::exp(-mean)}
                                  : Mistake{"everybody alike", std::pow(1 - mean, years)};
      rows.push_back(estimated(
          std::string(data.name) + ", still with the vendor after year " + std::to_string(years),
          retained(data.a, data.b, years), Sample::share(sum(s, t.world, Head::active), kPartners),
          mistake));
    }
  }
  return rows;
}
const Case kLoyalty("V25", "Partners stay: shifted beta-geometric",
                    "Fader and Hardie 2007: S(t) = B(a, b+t)/B(a, b); (0.668, 3.806) and (0.704, "
                    "1.182). Where nobody falls quiet the months agree at every anniversary.",
                    loyalty);

/// Every month each partner wins `count` contracts of each offer at the list price, nobody sells or
/// leaves.
TinyWorld winners(std::size_t partners, std::size_t offers, int months) {
  TinyWorld t = tiny_world({.partners = partners,
                            .vendors = 1,
                            .offers = offers,
                            .months = months,
                            .links = false,
                            .active = 1});
  make_alike(t);
  only(t.parameters, {});
  t.parameters.base.migration = 0;
  terms(t).rebate = terms(t).spiff = 0;
  return t;
}

void start_winning(Simulation& s, const TinyWorld& t, std::uint64_t r, std::int32_t count) {
  start_from(s, t, r, [&](Columns& c) {
    for (std::size_t o = 0; o < t.world.offers.size(); ++o) {
      const auto price = t.parameters.programs[0].offers[o].price * kMinorPerMajor;
      for (std::size_t row = o * t.world.n; row < (o + 1) * t.world.n; ++row) {
        c.won[row] = count;
        c.booked[row] = count * static_cast<std::int64_t>(price);
        c.contracts[row] = 0;
        c.base[row] = 0;
        c.start_base[row] = 0;
      }
    }
  });
}

double churn_a_year(double monthly) {
  return -12 * std::log(1 - monthly);
}

std::vector<Row> base() {
  constexpr double kChurn = 0.02, kAdded = 10;
  TinyWorld t = winners(1000, 1, 600);
  offer(t, 0).churn = churn_a_year(kChurn);
  Simulation s(t.world);
  start_winning(s, t, 0, 10);
  const auto contracts = [&](int months) {
    while (s.month() < months) s.advance();
    Sample mean;
    for (const std::int32_t k : s.state().columns.contracts) mean.add(k);
    return mean;
  };
  const auto answer = [](int months) {
    return kAdded / kChurn * (1 - std::pow(1 - kChurn, months));
  };
  std::vector<Row> rows;
  for (const int months : {12, 34, 600}) {
    rows.push_back(estimated(
        "contracts after " + std::to_string(months) + " months", answer(months), contracts(months),
        {"the new ones churn in their first month", answer(months) * (1 - kChurn)}));
  }
  return rows;
}
const Case kBase("V29", "Installed base",
                 "A/chi (1 - (1 - chi)^t): 10 contracts added a month, 2 % churn; 107.6416 after a "
                 "year, limit 500.",
                 base);

constexpr double kLicence = 200, kMonthly = 8, kSlip = 0.01;  // margins, churn a month

/// What a month's subscriptions bring more than licences would, and all months so far; by month.
std::vector<double> valley(double churn) {
  std::vector<double> sums{0};
  double contracts = 0;
  for (int t = 1; t <= 72; ++t) {
    contracts = contracts * (1 - churn) + 1;
    sums.push_back(sums.back() + kMonthly * contracts - kLicence);
  }
  return sums;
}

struct Valley {
  double bottom, depth, even;  // months, margin, months
};
/// The months are the first whole ones at which the flow and the sum are not below 0.
Valley shape_of(const std::vector<double>& sums) {
  Valley v{0, 0, 0};
  for (std::size_t t = 1; t < sums.size(); ++t) {
    if (sums[t] < v.depth) v.depth = sums[t], v.bottom = static_cast<double>(t) + 1;
    if (v.even == 0 && sums[t] >= 0) v.even = static_cast<double>(t);
  }
  return v;
}

/// A licence that brings 200 and a subscription that brings 8 a month, one of each sold a month.
TinyWorld reseller(int months) {
  TinyWorld t = winners(100, 2, months);
  Offer &licence = offer(t, 0), &subscription = offer(t, 1);
  licence.price = 1000;
  licence.margin_first = 0.2;
  licence.maintenance = 0;
  subscription.price = 960;
  subscription.margin_first = subscription.margin_recurring = 0.1;
  subscription.churn = churn_a_year(kSlip);
  subscription.share_term = 100;
  return t;
}

double margin(const Simulation& s, const World& w, std::size_t o) {
  double all = 0;
  for (std::size_t k = 0; k < w.segments.size(); ++k)
    all += static_cast<double>(s.cells()[s.cells().at(Line::margin, o, k)]);
  return all / kMinorPerMajor / static_cast<double>(w.n);
}

std::vector<Row> subscription() {
  constexpr std::uint64_t kRuns = 40;
  const TinyWorld t = reseller(72);
  Simulation s(t.world);
  std::vector<double> mean(73, 0);
  Sample depth, end;
  for (std::uint64_t r = 0; r < kRuns; ++r) {
    start_winning(s, t, r, 1);
    double sum = 0;
    for (std::size_t month = 1; month <= 72; ++month) {
      s.advance();
      sum += margin(s, t.world, 1) - margin(s, t.world, 0);
      mean[month] += sum / kRuns;
      if (month == 28) depth.add(sum);
      if (month == 72) end.add(sum);
    }
  }
  const Valley expected = shape_of(valley(kSlip)), found = shape_of(mean),
               without = shape_of(valley(0));
  return {whole("first month that brings as much as licences", 29,
                static_cast<std::int64_t>(found.bottom), {"no churn", without.bottom}),
          estimated("depth: short of licences after 28 months", expected.depth, depth,
                    {"no churn", without.depth}),
          whole("month in which all of it is back", 60, static_cast<std::int64_t>(found.even),
                {"no churn", without.even}),
          estimated("ahead of licences after 72 months", valley(kSlip)[72], end,
                    {"no churn", valley(0)[72]})};
}
const Case kValley("V30", "Subscription against licence: the valley",
                   "Derived: licence margin 200, subscription 8 a month, churn 1 % a month: month "
                   "29, depth -2626.23, break-even 60; from the partner margin settled.",
                   subscription);

std::vector<Row> paid_within_term() {
  constexpr int kMonths = 600;
  constexpr std::uint64_t kRuns = 10;
  std::vector<Row> rows;
  for (const int years : {1, 3}) {
    TinyWorld t = reseller(kMonths);
    offer(t, 1).share_term = years;
    Simulation s(t.world);
    Sample kept;
    for (std::uint64_t r = 0; r < kRuns; ++r) {
      start_winning(s, t, r, 1);
      while (!s.done()) s.advance();
      double base = 0;
      for (std::size_t i = 0; i < t.world.n; ++i)
        base += s.state().columns.contracts[t.world.n + i];
      kept.add(margin(s, t.world, 1) / (kMonthly * base / static_cast<double>(t.world.n)));
    }
    const auto old = [](int months) { return 1 - std::pow(1 - kSlip, months); };
    rows.push_back(estimated(
        "margin paid, of a lifetime share, term " + std::to_string(12 * years) + " months",
        old(12 * years) / old(kMonths), kept,
        {"a term one quarter longer", old(12 * years + 3) / old(kMonths)}));
  }
  return rows;
}
const Case kPaid(
    "V31", "Recurring share paid within its term",
    "Derived: 1 - (1 - churn)^H of a settled base is within its term; from the partner "
    "margin settled, one contract a month, churn 1 % a month.",
    paid_within_term);

std::vector<Row> exits() {
  constexpr double kLeave = 0.3, kQuiet = 0.5;
  constexpr std::size_t kPartners = 60000;
  TinyWorld t = tiny_world({.partners = kPartners,
                            .vendors = 1,
                            .offers = 1,
                            .months = 24,
                            .links = false,
                            .active = 1});
  only(t.parameters, {"lifecycle"});
  Lifecycle& p = t.parameters.lifecycle;
  p.dormant_rate = kQuiet;
  p.reactivate_rate = p.winback_rate = p.xi_value = p.xi_idle = 0;
  Simulation s(t.world);
  start_from(s, t, 0, [&](Columns& c) { c.leave_rate.assign(c.leave_rate.size(), kLeave); });
  advance(s, 24);
  const auto share = [&](Head head) { return Sample::share(sum(s, t.world, head), kPartners); };
  // one event a month: who falls quiet leaves in a later month at the earliest
  const double any = 1 - std::exp(-(kLeave + kQuiet) / 12), leave = 1 - std::exp(-kLeave / 12);
  double active = 1, dormant = 0;
  for (int month = 0; month < 24; ++month) {
    dormant += active * any * kQuiet / (kLeave + kQuiet) - dormant * leave;
    active -= active * any;
  }
  return {estimated("left after 2 years", 1 - active - dormant, share(Head::left),
                    {"rate taken as yearly probability", 1 - std::pow(1 - kLeave, 2)}),
          estimated("dormant", dormant, share(Head::dormant),
                    {"the dormant do not leave", kQuiet / (kQuiet + kLeave) * (1 - active)}),
          estimated("active", active, share(Head::active),
                    {"one of the two rates alone", std::exp(-2 * kQuiet)})};
}
const Case kExits(
    "M09", "Competing exits",
    "Constant intensities, one event a month: leave 0.3, fall quiet 0.5 a year; the quiet "
    "leave as often.",
    exits);

std::vector<Row> migration() {
  constexpr double kMigration = 0.2, kCloud = 0.35, kShare = 0.25;
  constexpr std::int32_t kContracts = 100;
  TinyWorld t = winners(2000, 2, 36);
  t.parameters.base.migration = kMigration;
  t.parameters.base.migration_uplift = 1.1;
  offer(t, 0).churn = offer(t, 1).churn = 0;
  const std::size_t n = t.world.n;
  const double price = offer(t, 0).price * kMinorPerMajor;
  Simulation s(t.world);
  start_from(s, t, 0, [&](Columns& c) {
    for (std::size_t i = 0; i < n; ++i) {
      c.attention[i] = 0.6 * (1 - kShare);
      c.attention[n + i] = 0.6 * kShare;
      c.contracts[i] = kContracts;
      c.base[i] = static_cast<std::int64_t>(kContracts * price);
      c.contracts[n + i] = 0;
      c.base[n + i] = 0;
    }
  });
  advance(s, 36);
  Sample moved, value;
  for (std::size_t i = 0; i < n; ++i) {
    moved.add(s.state().columns.contracts[n + i] / static_cast<double>(kContracts));
    value.add(static_cast<double>(s.state().columns.base[n + i]) / kContracts / kMinorPerMajor);
  }
  const double part = 1 - std::exp(-3 * kMigration * kCloud * kShare);
  return {estimated("contracts moved after 3 years", part, moved,
                    {"preference of customers alone", 1 - std::exp(-3 * kMigration * kCloud)}),
          estimated("yearly cloud value they bring, of one contract", part * 22000 * 1.1, value,
                    {"priced as the licence was", part * 45000 * 1.1})};
}
const Case kMigration(
    "M11", "Licences move to cloud",
    "1 - exp(-mu c e_cloud/(e_cloud + e_on_premises) t); mu 0.2, c 0.35, a quarter "
    "of attention on cloud, prices 45,000 and 22,000, uplift 1.1.",
    migration);

}  // namespace
}  // namespace partnersim::verification
