// Review: at the end of each review period the program gives every partner its tier.
//
//   tier = the highest one whose demands the period's bookings and the partner's certificates meet
//          (tiers.hpp: both its threshold and its certificates, or a score of the two), but at most
//          demotion_steps below the present one; bookings then start again at 0
//   every promotion_months within the period: up, where the tier is earned already
//   extra rebate = attach_rebate a + growth_rebate b, at the end of each quarter
//          a = (offers it has contracts of - 1)/(offers - 1), of those on sale
//          b = growth of the quarter's billings over the same quarter a year before, over them; 0
//              where it shrank or it did not sell then
//
// Of whoever sells or has sold. Bookings count at list: licences, and the first year of
// subscriptions. The extra rebate is paid on what customers pay in the next quarter. Real programs:
// AND thresholds of bookings and certified people (AWS, Cisco, HPE), composite scores with caps
// (Microsoft, HubSpot), attach tiers and growth incentives.
#include "mechanisms/mechanism.hpp"
#include "mechanisms/tiers.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"tier", "bookings", "extra_rebate"};

/// Whether partners can rise at the end of month t, which ends no review period.
bool promotes(const Vendor& terms, int t) {
  const int every = static_cast<int>(std::round(terms.promotion_months));
  const int into = t % review_period(terms) + 1;
  return into % every == 0;
}

/// Whether a program of vendor v gives tiers at the end of month t.
bool gives_tiers(const State& state, std::uint32_t v, int t) {
  return std::ranges::any_of(state.now.programs, [&](const Program& program) {
    return program.vendor == v &&
           (months_to_review(program.terms, t) == 1 || promotes(program.terms, t));
  });
}

void give_tier(const World& world, State& state, const Month& month, std::uint32_t v,
               std::uint32_t i) {
  Columns& c = state.columns;
  const std::size_t relation = v * world.n + i;
  const Program& program = state.now.programs[c.program[relation]];
  const bool ends = months_to_review(program.terms, month.t) == 1;
  if (!ends && !promotes(program.terms, month.t)) return;
  if (c.stage[relation] == static_cast<std::uint8_t>(Stage::onboarding)) return;
  const double bookings = static_cast<double>(c.bookings[relation]) / kMinorPerMajor;
  const int certified = certificates(world, c, v, i);
  if (ends) {
    c.tier[relation] = next_tier(program, c.tier[relation], bookings, certified);
    c.bookings[relation] = 0;
  } else {
    c.tier[relation] = std::max(c.tier[relation], earned_tier(program, bookings, certified));
  }
}

/// Share of the vendor's further offers the partner sells too.
double attach(const World& world, const State& state, std::uint32_t v, std::uint32_t i) {
  const VendorInfo& vendor = world.vendors[v];
  int sold = 0, offers = 0;
  for (std::uint32_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
    if (available(world, state, o) <= 0) continue;
    ++offers;
    sold += state.columns.contracts[o * world.n + i] > 0 ? 1 : 0;
  }
  return sold > 1 ? (sold - 1.0) / (offers - 1.0) : 0;
}

/// Share of the quarter's billings by which they grew against the year before.
double growth(const World& world, const Columns& c, int t, std::size_t relation) {
  const std::size_t relations = world.vendors.size() * world.n;
  const auto now = static_cast<std::size_t>(t / 3 % 5),
             then = static_cast<std::size_t>((t / 3 + 1) % 5);
  const Money billed = c.billed[now * relations + relation];
  const Money before = std::max<Money>(0, c.billed[then * relations + relation]);
  return before == 0 || billed <= before
             ? 0
             : static_cast<double>(billed - before) / static_cast<double>(billed);
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  const bool quarter_ends = (month.t + 1) % 3 == 0;
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    if (gives_tiers(state, v, month.t)) {
      for (const std::uint32_t i : month.scratch.carried[v]) give_tier(world, state, month, v, i);
    }
    if (!quarter_ends) continue;
    for (const std::uint32_t i : month.scratch.carried[v]) {
      const std::size_t relation = v * world.n + i;
      const Vendor& terms = state.now.programs[c.program[relation]].terms;
      const double attached = terms.attach_rebate > 0 ? attach(world, state, v, i) : 0;
      const double grown = terms.growth_rebate > 0 ? growth(world, c, month.t, relation) : 0;
      c.extra_rebate[relation] =
          static_cast<float>(terms.attach_rebate * attached + terms.growth_rebate * grown);
    }
  }
}

}  // namespace

extern constexpr Mechanism review{
    "review", "The program reviews partners and gives them their tier", kWrites, {}, true, run};

}  // namespace partnersim
