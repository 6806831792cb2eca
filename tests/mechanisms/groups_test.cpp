// Changes for some partners only: what they move, for whom, and from when to when.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "support/drive.hpp"

namespace partnersim::testing {
namespace {

std::vector<std::uint32_t> everybody(const TinyWorld& t) {
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < t.world.n; ++i) all.push_back(i);
  return all;
}

/// Adds a change of our program from month 6 on, for a group.
Change& add_change(TinyWorld& t, Address address, double value, PartnerGroup group) {
  Change change;
  change.from = 6;
  change.group = std::move(group);
  change.writes = {{address, Write::Op::set, value}};
  t.world.changes.push_back(change);
  return t.world.changes.back();
}

std::vector<std::int64_t> cells_of(const TinyWorld& t, int months) {
  Simulation s = started(t);
  std::vector<std::int64_t> all;
  for (int month = 0; month < months; ++month) {
    s.advance();
    all.insert(all.end(), s.cells().values().begin(), s.cells().values().end());
  }
  return all;
}

double elsewhere(const ParameterRow& row, double value) {
  const double step = row.unit == Unit::share ? 0.05 : 0.5 * value + 1;
  return value + step <= row.bounds.hi ? value + step : value - step;
}

/// Every term that partners of one vendor may have differently reaches them: for all partners it
/// does the same as for everybody, to the minor unit.
TEST(Groups, ForAllPartnersIsForEverybody) {
  const TinyWorld base = tiny_world();
  for (const Address address : all_addresses(base.parameters)) {
    if (address.first != 0 || !may_differ(address)) continue;
    const ParameterRow& row = row_of(address);
    if (row.kind == Class::world || row.kind == Class::constant) continue;
    const double value = elsewhere(row, at(base.parameters, address));
    TinyWorld whole = base, grouped = base;
    add_change(grouped, address, value, {.partners = everybody(base)});
    Change everyone = grouped.world.changes[0];
    everyone.group.reset();
    whole.world.changes = {everyone};
    EXPECT_EQ(cells_of(whole, 15), cells_of(grouped, 15))
        << owners()[address.owner].path << '.' << row.key;
  }
}

/// What a comparison rests on: until the first change begins, both worlds are the same to the bit.
TEST(Changes, LeaveEveryMonthBeforeThemAsItIs) {
  const TinyWorld base = tiny_world();
  const std::vector<std::int64_t> as_it_is = cells_of(base, 6);
  for (const Address address : all_addresses(base.parameters)) {
    const ParameterRow& row = row_of(address);
    if (address.first != 0 || address.second != 0 || row.size > 1) continue;
    if (row.kind == Class::world || row.kind == Class::constant) continue;
    Change change;
    change.from = 6;
    change.writes = {{address, Write::Op::set, elsewhere(row, at(base.parameters, address))}};
    TinyWorld changed = base;
    changed.world.changes = {change};
    EXPECT_EQ(cells_of(changed, 6), as_it_is) << owners()[address.owner].path << '.' << row.key;
  }
}

TEST(Groups, WhatIsOneForAllPartnersCannotDiffer) {
  for (const std::string_view key : kVendorWide) {
    const bool of_offer =
        std::ranges::find(kOfferRows, key, &ParameterRow::key) != std::end(kOfferRows);
    EXPECT_FALSE(may_differ(address_of(of_offer ? "offers" : "vendor", key))) << key;
  }
  EXPECT_FALSE(may_differ(address_of("closing", "win_rate")));
  EXPECT_TRUE(may_differ(address_of("tiers", "margin")));
}

TEST(Groups, OnlyThoseThatBelongGetTheTerms) {
  TinyWorld t = tiny_world();
  const Address rebate = address_of("vendor", "rebate");
  add_change(t, rebate, 0.2, {.partners = {3, 17}}).to = 9;
  Simulation s = started(t, 7);
  const auto rebate_of = [&](std::uint32_t i) {
    return s.state().now.programs[s.state().columns.program[i]].terms.rebate;
  };
  EXPECT_EQ(rebate_of(3), 0.2);
  EXPECT_EQ(rebate_of(17), 0.2);
  EXPECT_EQ(rebate_of(4), terms(t).rebate);
  EXPECT_EQ(s.state().now.programs.size(), t.world.vendors.size() + 1);
  advance(s, 3);
  EXPECT_EQ(rebate_of(3), terms(t).rebate);
}

TEST(Groups, TheTierCountsInTheMonthTheChangeBegins) {
  TinyWorld t = tiny_world();
  for (std::size_t i = 0; i < t.world.n; ++i) {
    t.world.partners.start_stage[i] = Stage::active;
    t.world.partners.start_tier[i] = i % 2 == 0 ? 1 : 0;
  }
  add_change(t, address_of("vendor", "rebate"), 0.2,
             {.partners = everybody(t), .tiers = {"Silver"}});
  Simulation s = started(t, 6);
  const std::vector<std::uint8_t> tier(s.state().columns.tier.begin(),
                                       s.state().columns.tier.begin() + std::ssize(everybody(t)));
  ASSERT_NE(std::ranges::count(tier, 1), 0);
  s.advance();
  for (std::size_t i = 0; i < t.world.n; ++i) {
    EXPECT_EQ(s.state().columns.program[i] >= t.world.vendors.size(), tier[i] == 1) << i;
  }
}

/// Partners in two groups have what is for the one and for the other, on top of what is for all.
TEST(Groups, AddUpWhereTheyOverlap) {
  TinyWorld t = tiny_world();
  const Address rebate = address_of("vendor", "rebate");
  add_change(t, rebate, 0.01, {.partners = {1, 2}}).writes[0].op = Write::Op::add;
  add_change(t, rebate, 0.02, {.partners = {2, 3}}).writes[0].op = Write::Op::add;
  Change all;
  all.from = 8;
  all.writes = {{rebate, Write::Op::add, 0.1}};
  t.world.changes.push_back(all);
  Simulation s = started(t, 9);
  const double base = terms(t).rebate;
  const double expected[] = {0.1, 0.11, 0.13, 0.12};
  for (std::uint32_t i = 0; i < 4; ++i) {
    const Program& program = s.state().now.programs[s.state().columns.program[i]];
    EXPECT_NEAR(program.terms.rebate, base + expected[i], 1e-12) << i;
  }
}

/// What a policy decides holds in the programs of groups as well.
TEST(Groups, PoliciesMoveTheirProgramsToo) {
  TinyWorld t = tiny_world();
  const Address rebate = address_of("vendor", "rebate");
  terms(t).review_months = 3;
  t.world.policies = {{0, rebate, 0.01, 0, 0.5, 1e12, 0}};
  add_change(t, rebate, 0.02, {.partners = {2}}).writes[0].op = Write::Op::add;
  Simulation s = started(t, 12);
  const std::vector<Program>& programs = s.state().now.programs;
  EXPECT_GT(programs[0].terms.rebate, terms(t).rebate + 0.03);
  EXPECT_NEAR(programs[s.state().columns.program[2]].terms.rebate, programs[0].terms.rebate + 0.02,
              1e-12);
}

TEST(Groups, OutliveASnapshot) {
  TinyWorld t = tiny_world();
  add_change(t, address_of("vendor", "rebate"), 0.2, {.partners = {3, 17}}).ramp = 6;
  Simulation straight = started(t, 20), first = started(t, 8);
  Simulation second(t.world);
  second.resume(t.parameters, luck(0), first.save());
  advance(second, 12);
  EXPECT_EQ(fingerprint(second.state()), fingerprint(straight.state()));
}

}  // namespace
}  // namespace partnersim::testing
