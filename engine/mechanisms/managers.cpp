// Managers: relationships are between people, and people have few hours and leave.
//
//   recruiting     outreach = y/(y + half_hours), y = hours of recruiting per prospect
//   looking after  a = y/(y + half_hours), y = the seat's other hours, split over its portfolio
//                  (onboarding, active, dormant) in proportion to claim
//   claim          (1 + billed / mean billed of the seat's portfolio)^focus, renewed every quarter
//   relationship   R' = R + gain a (1 - R) - fade (R - floor)
//   turnover       a manager leaves with intensity turnover a year; the seat is empty for vacancy
//                  months in the mean; R of its portfolio times carry ~ U(carry_low, carry_high)
//
// The partner begins with, and keeps, `floor` of a relationship with the firm itself; so does one
// that comes back. A newcomer in the seat makes partners think again for six months (choice). Which
// seat a partner belongs to is a jump consistent hash of its key and the vendor's (Lamping and
// Veach 2014), not the smallest portfolio when it joins, so that no partner's seat depends on
// another partner and seats added or cut move only those partners they have to. Seats added are
// filled at once and handed over with care (carry_high); the partners of seats that are cut lose as
// much as in a mean departure. One block of uniforms a seat and month: whether the manager leaves
// or comes, carry. At the start relationships are what they settle at. Evidence: turnover of sales
// people 20 to 34 % a year; accounts lose up to 18 % or gain up to 29 % after a hand-over.
#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr Purpose kSeat{"managers.seat"};
constexpr Purpose kStart{"managers.start"};
constexpr Purpose kPurposes[] = {kSeat, kStart};
constexpr std::string_view kWrites[] = {"outreach",   "seats",        "seat_filled",
                                        "seat_since", "seat_hours",   "seat",
                                        "claim",      "relationship", "largest_portfolio"};

std::size_t seats_of(const State& state, std::uint32_t v) {
  return static_cast<std::size_t>(std::lround(state.now.programs[v].terms.manager_seats));
}

/// The seat of a partner among `seats` > 0.
std::size_t seat_of(std::uint64_t key, std::size_t seats) {
  std::int64_t seat = -1, next = 0;
  while (next < static_cast<std::int64_t>(seats)) {
    seat = next;
    key = key * 2862933555777941757u + 1;
    next = static_cast<std::int64_t>(static_cast<double>(seat + 1) *
                                     (0x1p31 / static_cast<double>((key >> 33) + 1)));
  }
  return static_cast<std::size_t>(seat);
}

template <class T>
using BySeat = std::array<T, kMaxSeats>;

/// Partners somebody looks after, ascending, in scratch.rows.
void list_portfolios(const World& world, const Columns& c, std::uint32_t v, Scratch& scratch) {
  scratch.rows.resize(world.n);
  const std::uint8_t* stage = c.stage.data() + v * world.n;
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < world.n; ++i) {
    scratch.rows[count] = i;
    count += is_with_vendor(stage[i]) ? 1 : 0;
  }
  scratch.rows.resize(count);
}

/// Gives partners their seats; calls moved(relation) where one has another or none.
template <class F>
void assign(const World& world, Columns& c, std::uint32_t v, std::size_t seats, F moved) {
  for (std::uint32_t i = 0; i < world.n; ++i) {
    const std::size_t relation = v * world.n + i;
    const std::uint64_t key = combine(world.partners.key[i], world.vendors[v].key);
    const std::size_t seat = seats == 0 ? c.seat[relation] : seat_of(key, seats);
    if (seats == 0 || seat != c.seat[relation]) moved(relation);
    c.seat[relation] = static_cast<std::uint16_t>(seat);
  }
}

/// Claims on the hours of each seat, from what was billed in the last four quarters.
void renew_claims(const World& world, const State& state, std::uint32_t v,
                  const std::vector<std::uint32_t>& portfolios, Columns& c) {
  BySeat<Int128> billed{};
  BySeat<std::int64_t> count{};
  for (const std::uint32_t i : portfolios) {
    billed[c.seat[v * world.n + i]] += std::max<Money>(0, c.billed_12m[v * world.n + i]);
    ++count[c.seat[v * world.n + i]];
  }
  const Int128 most = *std::max_element(billed.begin(), billed.end());
  c.largest_portfolio[v] = seats_of(state, v) == 0 ? 0 : static_cast<Money>(most);
  const double focus = state.now.programs[v].terms.manager_focus;
  std::fill_n(c.claim.begin() + static_cast<std::ptrdiff_t>(v * world.n), world.n, 1.0);
  for (const std::uint32_t i : portfolios) {
    const std::size_t relation = v * world.n + i, seat = c.seat[relation];
    if (billed[seat] == 0) continue;
    const double mean = static_cast<double>(billed[seat]) / static_cast<double>(count[seat]);
    const double mine = static_cast<double>(std::max<Money>(0, c.billed_12m[relation]));
    c.claim[relation] = on_grid(power(1 + mine / mean, focus));
  }
}

using BySegment = std::array<std::int64_t, kMaxSegments>;

/// Hours of each seat per unit of claim. Returns the claims of segments, on the grid.
BySegment share_hours(const World& world, const State& state, std::uint32_t v,
                      const std::vector<std::uint32_t>& portfolios, Columns& c) {
  BySeat<std::int64_t> claims{};
  BySegment by_segment{};
  for (const std::uint32_t i : portfolios) {
    const std::int64_t claim = to_grid(c.claim[v * world.n + i]);
    claims[c.seat[v * world.n + i]] += claim;
    by_segment[world.partners.segment[i]] += claim;
  }
  const double hours =
      state.now.managers.hours * (1 - state.now.programs[v].terms.manager_recruiting);
  const std::size_t seats = seats_of(state, v);
  for (std::size_t seat = 0; seat < kMaxSeats; ++seat) {
    const std::size_t row = v * kMaxSeats + seat;
    const bool works = seat < seats && c.seat_filled[row] == 1 && claims[seat] > 0;
    c.seat_hours[row] = works ? hours / from_grid(claims[seat]) : 0;
  }
  return by_segment;
}

std::size_t managers_at_work(const State& state, std::uint32_t v) {
  const auto first = state.columns.seat_filled.begin() + static_cast<std::ptrdiff_t>(v * kMaxSeats);
  return static_cast<std::size_t>(
      std::count(first, first + static_cast<std::ptrdiff_t>(seats_of(state, v)), 1));
}

void recruit(const World& world, const State& state, std::uint32_t v, Columns& c) {
  std::size_t prospects = 0;
  for (std::size_t i = 0; i < world.n; ++i) {
    const bool prospect = c.stage[v * world.n + i] == static_cast<std::uint8_t>(Stage::prospect);
    prospects += prospect && !is_tied(c, i) ? 1 : 0;
  }
  const double hours = static_cast<double>(managers_at_work(state, v)) * state.now.managers.hours *
                       state.now.programs[v].terms.manager_recruiting;
  const double each = prospects == 0 ? 0 : hours / static_cast<double>(prospects);
  c.outreach[v] = each / (each + state.now.managers.half_hours);
}

/// Seats are left and filled. Returns what is kept of the relationships of each seat.
BySeat<double> turn_over(const World& world, const State& state, const Month& month,
                         std::uint32_t v, Columns& c) {
  const Managers& p = state.now.managers;
  BySeat<double> kept;
  kept.fill(1);
  const std::size_t seats = seats_of(state, v);
  for (std::size_t seat = 0; seat < seats; ++seat) {
    const std::size_t row = v * kMaxSeats + seat;
    const Uniforms u =
        uniforms(month.personal, combine(world.vendors[v].key, seat), month.t, kSeat.id);
    if (is_lifted(state, Shadow::staying, v)) {
      c.seat_filled[row] = 1;
    } else if (c.seat_filled[row] == 1) {
      if (u[0] >= monthly(p.turnover)) continue;
      c.seat_filled[row] = 0;
      kept[seat] = p.carry_low + (p.carry_high - p.carry_low) * u[1];
    } else if (u[0] < 1 - exp(-1 / p.vacancy)) {
      c.seat_filled[row] = 1;
      c.seat_since[row] = month.t;
    }
  }
  return kept;
}

void look_after(const World& world, const State& state, int t, std::uint32_t v,
                const BySeat<double>& kept, const std::vector<std::uint32_t>& portfolios,
                Columns& c) {
  const Managers& p = state.now.managers;
  for (const std::uint32_t i : portfolios) {
    const std::size_t relation = v * world.n + i, seat = c.seat[relation];
    const double hours = c.seat_hours[v * kMaxSeats + seat] * c.claim[relation];
    const bool joined = c.stage[relation] == static_cast<std::uint8_t>(Stage::onboarding) &&
                        c.since[relation] == t - 1;
    const double r = joined ? p.floor : c.relationship[relation] * kept[seat];
    c.relationship[relation] =
        clamp01(r + p.gain * (hours / (hours + p.half_hours)) * (1 - r) - p.fade * (r - p.floor));
  }
}

void count(const World& world, const State& state, const Month& month, std::uint32_t v,
           const BySegment& claims) {
  const std::size_t working = managers_at_work(state, v);
  month.cells[month.cells.at(Desk::managers, v)] = static_cast<std::int64_t>(working);
  month.cells[month.cells.at(Desk::vacant, v)] =
      static_cast<std::int64_t>(seats_of(state, v) - working);
  month.cells.add_split(Head::manager_cost, v, std::span(claims).first(world.segments.size()),
                        round_money(static_cast<double>(working) *
                                    state.now.programs[v].terms.manager_cost * kMinorPerMajor));
}

/// Relationships as they settle with the hours and the turnover there are.
void begin(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  const Managers& p = state.now.managers;
  const double vacancies = p.turnover * p.vacancy / 12, vacant = vacancies / (1 + vacancies);
  const double lost = p.fade + p.turnover / 12 * (1 - (p.carry_low + p.carry_high) / 2);
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    const std::size_t seats = seats_of(state, v);
    c.seats[v] = static_cast<std::int32_t>(seats);
    assign(world, c, v, seats, [](std::size_t) {});
    std::fill_n(c.seat_filled.begin() + static_cast<std::ptrdiff_t>(v * kMaxSeats), kMaxSeats, 1);
    const std::vector<std::uint32_t>& portfolios = month.scratch.rows;
    list_portfolios(world, c, v, month.scratch);
    renew_claims(world, state, v, portfolios, c);
    share_hours(world, state, v, portfolios, c);
    recruit(world, state, v, c);
    std::fill_n(c.relationship.begin() + static_cast<std::ptrdiff_t>(v * world.n), world.n,
                p.floor);
    for (const std::uint32_t i : portfolios) {
      const std::size_t relation = v * world.n + i;
      const double hours = c.seat_hours[v * kMaxSeats + c.seat[relation]] * c.claim[relation];
      const double gain = p.gain * (1 - vacant) * hours / (hours + p.half_hours);
      if (hours > 0) c.relationship[relation] = (gain + p.fade * p.floor) / (gain + lost);
    }
    for (std::size_t seat = 0; seat < seats; ++seat) {
      const Uniforms u =
          uniforms(month.personal, combine(world.vendors[v].key, seat), 0, kStart.id);
      c.seat_filled[v * kMaxSeats + seat] = u[0] < vacant ? 0 : 1;
    }
  }
}

/// Seats were added or cut.
void change_seats(const World& world, const State& state, int t, std::uint32_t v, Columns& c) {
  const Managers& p = state.now.managers;
  const std::size_t seats = seats_of(state, v);
  const bool added = seats > static_cast<std::size_t>(c.seats[v]);
  for (auto seat = static_cast<std::size_t>(c.seats[v]); seat < seats; ++seat) {
    c.seat_filled[v * kMaxSeats + seat] = 1;
    c.seat_since[v * kMaxSeats + seat] = t;
  }
  const double kept = added ? p.carry_high : (p.carry_low + p.carry_high) / 2;
  assign(world, c, v, seats, [&](std::size_t relation) { c.relationship[relation] *= kept; });
  c.seats[v] = static_cast<std::int32_t>(seats);
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    if (seats_of(state, v) != static_cast<std::size_t>(c.seats[v])) {
      change_seats(world, state, month.t, v, c);
    }
    const BySeat<double> kept = turn_over(world, state, month, v, c);
    const std::vector<std::uint32_t>& portfolios = month.scratch.rows;
    list_portfolios(world, c, v, month.scratch);
    if (month.t % 3 == 0) renew_claims(world, state, v, portfolios, c);
    const BySegment claims = share_hours(world, state, v, portfolios, c);
    recruit(world, state, v, c);
    look_after(world, state, month.t, v, kept, portfolios, c);
    count(world, state, month, v, claims);
  }
}

}  // namespace

extern constexpr Mechanism managers{
    "managers", "Partner managers look after partners, recruit, and leave",
    kWrites,    kPurposes,
    true,       run,
    begin};

}  // namespace partnersim
