// A tiny world driven month by month: with few mechanisms, columns set by hand, cells summed up.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "simulation/simulation.hpp"
#include "support/tiny_world.hpp"

namespace partnersim::testing {

/// Only these mechanisms run, and those that always do.
inline void only(Parameters& parameters, std::initializer_list<std::string_view> names) {
  parameters.off = 0;
  for (std::size_t k = 0; k < month_order().size(); ++k) {
    const Mechanism& mechanism = *month_order()[k];
    if (mechanism.can_be_off && std::ranges::find(names, mechanism.name) == names.end()) {
      parameters.off |= 1u << k;
    }
  }
}

inline Vendor& terms(TinyWorld& t, std::size_t v = 0) {
  return t.parameters.programs[v].terms;
}

inline Offer& offer(TinyWorld& t, std::size_t j, std::size_t v = 0) {
  return t.parameters.programs[v].offers[j];
}

/// All partners of the same kind and of size 1.
inline void make_alike(TinyWorld& t) {
  for (Segment& segment : t.parameters.segments) segment = t.parameters.segments[0];
  t.world.partners.size.assign(t.world.partners.count, 1);
}

inline void advance(Simulation& s, int months) {
  for (int month = 0; month < months; ++month) s.advance();
}

/// Partners alike, all active with the only vendor, without links.
inline TinyWorld dealers(std::size_t partners, int months = 24) {
  TinyWorld t = tiny_world(
      {.partners = partners, .vendors = 1, .months = months, .links = false, .active = 1});
  make_alike(t);
  return t;
}

/// A checked run of `months` with the luck of replication `r`.
inline Simulation started(const TinyWorld& t, int months = 0, std::uint64_t r = 0) {
  Simulation s(t.world);
  s.check(true);
  s.start(t.parameters, luck(r));
  advance(s, months);
  return s;
}

/// Starts replication `r` with columns as `change` leaves them.
template <class Change>
void start_from(Simulation& s, const TinyWorld& t, std::uint64_t r, Change change) {
  s.start(t.parameters, luck(r));
  State state = s.state();
  change(state.columns);
  s.resume(t.parameters, luck(r), save(state));
  // what a mechanism that is off would write this month is no part of a snapshot
  const_cast<Columns&>(s.state().columns) = state.columns;
}

/// Last month's cells of a vendor, over offers and segments.
inline std::int64_t sum(const Simulation& s, const World& w, Line line, std::uint32_t vendor = 0) {
  std::int64_t all = 0;
  for (std::size_t o = 0; o < w.offers.size(); ++o) {
    if (w.offers[o].vendor != vendor) continue;
    for (std::size_t k = 0; k < w.segments.size(); ++k) all += s.cells()[s.cells().at(line, o, k)];
  }
  return all;
}

inline std::int64_t sum(const Simulation& s, const World& w, Head head, std::uint32_t vendor = 0) {
  std::int64_t all = 0;
  for (std::size_t k = 0; k < w.segments.size(); ++k)
    all += s.cells()[s.cells().at(head, vendor, k)];
  return all;
}

}  // namespace partnersim::testing
