// Known answers of own sales beside partners: who gets which opportunities.
#include "support/drive.hpp"
#include "verification/case.hpp"

namespace partnersim::verification {
namespace {

using namespace testing;

constexpr std::size_t kPartners = 500;
constexpr int kMonths = 120;
/// Half of the attention each; who considers the one and the other where 35 % prefer cloud.
constexpr double kFound = 34.0 / 12 * 0.5 * (0.65 + 0.25 * 0.35 + 0.35 + 0.25 * 0.65) * kPartners;

/// Partners alike that do nothing but meet customers, own sales that win all they work on.
TinyWorld side_by_side() {
  TinyWorld t = tiny_world(
      {.partners = kPartners, .vendors = 1, .months = kMonths, .links = false, .active = 1});
  make_alike(t);
  only(t.parameters, {"demand", "direct"});
  terms(t).direct_reach = 0;
  terms(t).direct_win_rate = 1;
  terms(t).direct_capacity = 1e7;
  for (Offer& offer : t.parameters.programs[0].offers) offer.churn = 0;
  return t;
}

struct Shares {
  Sample partners, own;  // opportunities a month
};
Shares shared(const TinyWorld& t, double registered) {
  Simulation s(t.world);
  Shares result;
  start_from(s, t, 0, [&](Columns& c) {
    std::ranges::fill(c.attention, 0.5);
    std::ranges::fill(c.registered, registered);
    std::ranges::fill(c.effort, 0);
  });
  std::int64_t before = 0;
  while (!s.done()) {
    s.advance();
    result.partners.add(static_cast<double>(sum(s, t.world, Line::opportunities)));
    std::int64_t contracts = 0;
    for (const std::int32_t count : s.state().columns.direct_contracts) contracts += count;
    result.own.add(static_cast<double>(contracts - before));
    before = contracts;
  }
  return result;
}

std::vector<Row> protection() {
  TinyWorld t = side_by_side();
  terms(t).direct_share = 0.5;
  const Shares none = shared(t, 0), some = shared(t, 0.4), all = shared(t, 1);
  return {estimated("found by partners that register nothing", 0.5 * kFound, none.partners,
                    {"nothing is taken", kFound}),
          estimated("by partners that register 40 %", 0.7 * kFound, some.partners,
                    {"40 % of what is left", 0.6 * kFound}),
          estimated("by partners that register all", kFound, all.partners,
                    {"registration without protection", 0.5 * kFound}),
          estimated("by own sales where partners register nothing", 0.5 * kFound, none.own,
                    {"both have it", kFound}),
          estimated("by own sales where they register 40 %", 0.3 * kFound, some.own,
                    {"registered ones too", 0.5 * kFound})};
}
const Case kProtection(
    "V19b", "Registration protects",
    "A deal is the partner's with probability pi, 1/2 where own sales compete for all, 1 where "
    "it is registered: protection doubles what partners find. Opportunities a month of 500 "
    "partners.",
    protection);

std::vector<Row> unclaimed() {
  TinyWorld t = side_by_side();
  only(t.parameters, {"demand", "direct", "saturation"});
  terms(t).direct_share = 0;
  terms(t).direct_reach = 0.8;
  // L a year is all that partners look for, M = L/load
  const double looked = 34.0 * kPartners;
  std::vector<Row> rows;
  for (const double load : {0.5, 1.5}) {
    t.parameters.markets[0].load = load;
    const double there = 0.8 * looked / load / 12;
    rows.push_back(estimated("load " + std::to_string(load).substr(0, 3), there * std::exp(-load),
                             shared(t, 0).own, {"all customers, claimed or not", there}));
  }
  return rows;
}
const Case kUnclaimed("M14", "What no partner claims",
                      "Balls in urns: of M customers, looked for L times at random, exp(-L/M) are "
                      "found by nobody; own sales find 80 % of those. Opportunities a month.",
                      unclaimed);

}  // namespace
}  // namespace partnersim::verification
