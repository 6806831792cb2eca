// Known answers of what happens between people: registration, specialists, skill, trust, managers,
// what a vendor comes to believe.
#include <map>

#include "support/drive.hpp"
#include "verification/case.hpp"

namespace partnersim::verification {
namespace {

using namespace testing;

TinyWorld one_vendor(std::size_t partners, std::size_t offers, int months) {
  TinyWorld t = tiny_world({.partners = partners,
                            .vendors = 1,
                            .offers = offers,
                            .months = months,
                            .links = false,
                            .active = 1});
  make_alike(t);
  return t;
}

double logistic_of(double x) {
  return 1 / (1 + std::exp(-x));
}

std::vector<Row> registration() {
  std::vector<Row> rows;
  TinyWorld t = one_vendor(1, 1, 1);
  only(t.parameters, {"registration"});
  Simulation s(t.world);
  const auto share = [&](double uplift, double trust) {
    terms(t).uplift = uplift;
    start_from(s, t, 0, [&](Columns& c) { c.trust[0] = trust; });
    s.advance();
    return s.state().columns.registered[0];
  };
  for (const auto& [uplift, trust] : {std::pair{0.1, 0.5}, {0.1, 0.9}, {0.0, 0.2}, {0.2, 0.7}}) {
    const double pull = -0.6 + 14 * uplift;
    rows.push_back(
        exact("share registered, uplift " + std::to_string(uplift).substr(0, 4) + ", trust " +
                  std::to_string(trust).substr(0, 3),
              logistic_of(pull - 1.2 * (1 - trust)), share(uplift, trust),
              {"trust adds instead of its lack deterring", logistic_of(pull + 1.2 * trust)}));
  }
  return rows;
}
const Case kRegistration("M02", "Registration of deals",
                         "g = logistic(base + pull uplift - exposure (1 - T)); base -0.6, pull 14, "
                         "exposure 1.2.",
                         registration);

/// The queue of one month with so many specialists of 60 requests a month each and a load of `load`
/// of them; `begun` requests wait already.
struct Queue {
  double wait;     // in times of service
  double waiting;  // months all requests of the month wait
  double backlog;
};
Queue queue(int specialists, double load, double begun = 0, int months = 1) {
  TinyWorld t = one_vendor(1, 1, months);
  only(t.parameters, {"specialists"});
  terms(t).specialist_capacity = 60.0 * specialists;
  terms(t).specialist_team = specialists;
  terms(t).openness = 1;
  t.parameters.specialists.need = 2;  // a skilled partner asks half as often
  Simulation s(t.world);
  start_from(s, t, 0, [&](Columns& c) {
    c.skill[0] = 1;
    c.backlog[0] = begun;
    c.arrived[0] = static_cast<std::int32_t>(std::round(60 * load));
  });
  advance(s, months);
  return {s.state().columns.wait[0] * 60, from_grid(sum(s, t.world, Head::waiting)),
          s.state().columns.backlog[0]};
}

/// Mean wait in M/M/c, in times of service: Erlang's C over (c - a).
double erlang(int c, double a) {
  double term = 1, sum = 1;
  for (int k = 1; k < c; ++k) sum += term *= a / k;
  term *= a / c;
  const double waits = term / (1 - a / c) / (sum + term / (1 - a / c));
  return waits / (c - a);
}

double sakasegawa(int c, double a) {
  const double rho = a / c;
  return std::pow(rho, std::sqrt(2.0 * (c + 1)) - 1) / (c * (1 - rho));
}

std::vector<Row> specialists() {
  std::vector<Row> rows;
  struct Load {
    int c;
    double a, published;
  };
  for (const Load& x : {Load{1, 0.5, 1.0},
                        {1, 0.8, 4.0},
                        {2, 1, 0.3333},
                        {2, 1.6, 1.7778},
                        {3, 2, 0.4444},
                        {4, 3, 0.5094},
                        {5, 4, 0.5541},
                        {5, 4.5, 1.5250},
                        {10, 8, 0.2046},
                        {10, 9, 0.6687}}) {
    const double rho = x.a / x.c, wait = queue(x.c, x.a).wait;
    const std::string what =
        std::to_string(x.c) + " specialists, load " + std::to_string(x.a).substr(0, 3);
    if (x.c == 1) {
      rows.push_back(exact("wait in times of service: " + what, erlang(1, x.a), wait,
                           {"service of constant length (M/D/1)", erlang(1, x.a) / 2}));
    } else {
      rows.push_back(exact("Sakasegawa: " + what, sakasegawa(x.c, x.a), wait,
                           {"each with a queue of its own", rho / (1 - rho)}));
      rows.push_back(within("Erlang C: " + what, x.published, wait, 0.1,
                            {"each with a queue of its own", rho / (1 - rho)}));
    }
  }
  rows.push_back(exact("requests waiting at a time (Little), 1 specialist, load 0.8", 0.8 * 4,
                       queue(1, 0.8).waiting, {"in service too", 0.8 * 4 + 0.8}));
  return rows;
}
const Case kSpecialists("V24", "Specialists: wait in one queue",
                        "Erlang C; Sakasegawa 1977, exact for one, up to 10 % above Erlang at the "
                        "loads here.",
                        specialists);

std::vector<Row> impatience() {
  // b (1 - exp(-b/C/patience)) = requests - C
  const double capacity = 60, patience = 1.5, over = 18;
  double b = 1;
  for (int k = 0; k < 200; ++k) b = over / (1 - std::exp(-b / capacity / patience));
  return {exact("backlog settles, 30 % more requests than capacity", b,
                queue(1, 1.3, 0, 400).backlog, {"nobody gives up: grows for ever", 400 * over}),
          exact("one month from a backlog of 90", 90 * std::exp(-90 / capacity / patience) + over,
                queue(1, 1.3, 90).backlog,
                {"those who came this month give up too",
                 (90 + over) * std::exp(-(90 + over) / capacity / patience)})};
}
const Case kImpatience(
    "M03", "Specialists: who waits too long gives up",
    "backlog' = backlog exp(-(backlog/C)/patience) + requests - C; C 60, patience "
    "1.5 months.",
    impatience);

std::vector<Row> skill() {
  const double learn = 0.1, forget = 0.02;
  TinyWorld t = one_vendor(3, 2, 600);
  only(t.parameters, {"choice", "enablement"});
  terms(t).training_subsidy = terms(t).openness = 1;  // for nothing everybody trains fully
  t.parameters.enablement.learn_by_winning = 0;
  Simulation s(t.world);
  const auto after = [&](int months, double from) {
    start_from(s, t, 0, [&](Columns& c) { c.skill.assign(c.skill.size(), from); });
    advance(s, months);
    return s.state().columns.skill[0];
  };
  const double settled = learn / (learn + forget), part = std::pow(1 - learn - forget, 12);
  std::vector<Row> rows{
      on_grid("skill in the long run", settled, after(600, 0.25), 8,
              {"learning does not level off: learn/forget, at most 1", 1}),
      on_grid("after 12 months from 1/4", settled + (0.25 - settled) * part, after(12, 0.25), 12,
              {"months as continuous time",
               settled + (0.25 - settled) * std::exp(-12 * (learn + forget))})};
  t.parameters.enablement.training_horizon = 0;  // worth nobody's while
  terms(t).training_subsidy = 0;
  rows.push_back(on_grid("12 months of forgetting from 3/4", 0.75 * std::pow(1 - forget, 12),
                         after(12, 0.75), 12, {"forgets a constant amount", 0.75 - 12 * forget}));
  return rows;
}
const Case kSkill("V23", "Skill: learning against forgetting",
                  "Argote and Epple 1990: settles at l/(l + forget); l 0.1, forget 0.02 a month.",
                  skill);

std::vector<Row> trust() {
  const double level = 0.68, up = 0.05, down = 0.12;
  TinyWorld t = one_vendor(2, 1, 24);
  only(t.parameters, {"trust"});
  t.parameters.trust.spread = t.parameters.trust.services = 0;
  Simulation s(t.world);
  const auto after = [&](int months, double from) {
    start_from(s, t, 0, [&](Columns& c) { c.trust.assign(c.trust.size(), from); });
    advance(s, months);
    return s.state().columns.trust[1];
  };
  const auto answer = [&](double from, double speed, int months) {
    return level + (from - level) * std::pow(1 - speed, months);
  };
  return {on_grid("won: 10 months from 0.3", answer(0.3, up, 10), after(10, 0.3), 10,
                  {"the speed of losing", answer(0.3, down, 10)}),
          on_grid("lost: 10 months from 0.9", answer(0.9, down, 10), after(10, 0.9), 10,
                  {"the speed of winning", answer(0.9, up, 10)}),
          on_grid("24 months from 0.9", answer(0.9, down, 24), after(24, 0.9), 10,
                  {"months as continuous time", level + 0.22 * std::exp(-24 * down)})};
}
const Case kTrust("M04", "Trust: lost fast, won slowly",
                  "T' = T + (up or down)(T* - T); level 0.68, up 0.05, down 0.12 a month.", trust);

std::vector<Row> relationship() {
  const double gain = 0.12, fade = 0.05, floor = 0.2, hours = 130 * 0.85 / 20;
  const double a = hours / (hours + 5);
  TinyWorld t = one_vendor(20, 1, 600);
  only(t.parameters, {"managers"});
  t.parameters.managers.turnover = 0;
  terms(t).manager_seats = 1;
  terms(t).manager_focus = 0;
  Simulation s(t.world);
  const auto after = [&](int months) {
    start_from(s, t, 0, [](Columns& c) { c.relationship.assign(c.relationship.size(), 0); });
    advance(s, months);
    return s.state().columns.relationship[3];
  };
  const double settled = (gain * a + fade * floor) / (gain * a + fade);
  std::vector<Row> rows{
      exact("in the long run", settled, after(600),
            {"the firm keeps nothing", gain * a / (gain * a + fade)}),
      exact("after 6 months from 0", settled * (1 - std::pow(1 - gain * a - fade, 6)), after(6),
            {"full attention for each",
             (gain + fade * floor) / (gain + fade) * (1 - std::pow(1 - gain - fade, 6))})};
  terms(t).manager_seats = 0;
  rows.push_back(exact("long run without managers", floor, after(600), {"mechanism off", 0.5}));
  return rows;
}
const Case kRelationship("M05", "Managers: relationships settle",
                         "R* = (gain a + fade floor)/(gain a + fade), a = hours/(hours + half).",
                         relationship);

std::vector<Row> vacancies() {
  const double turnover = 0.6, vacancy = 3;
  constexpr int kMonths = 48, kRuns = 40;
  TinyWorld t = one_vendor(1, 1, 12 + kMonths);
  only(t.parameters, {"managers"});
  terms(t).manager_seats = 1000;
  t.parameters.managers.turnover = turnover;
  t.parameters.managers.vacancy = vacancy;
  Simulation s(t.world);
  Sample vacant;
  for (std::uint64_t r = 0; r < kRuns; ++r) {
    s.start(t.parameters, luck(r));
    advance(s, 12);
    double share = 0;
    for (int month = 0; month < kMonths; ++month) {
      s.advance();
      share += static_cast<double>(s.cells()[s.cells().at(Desk::vacant, 0)]) / (1000.0 * kMonths);
    }
    vacant.add(share);
  }
  const double leave = 1 - std::exp(-turnover / 12), fill = 1 - std::exp(-1 / vacancy);
  const double empty = turnover / 12 * vacancy;
  return {estimated("share of vacant seats", leave / (leave + fill), vacant,
                    {"continuous time", empty / (1 + empty)})};
}
const Case kVacancies("M06", "Managers: vacant seats",
                      "Two states by month: leave/(leave + fill); turnover 0.6 a year, 3 months "
                      "vacant.",
                      vacancies);

std::vector<Row> departures() {
  const double turnover = 0.6, low = 0.3, high = 0.9;
  constexpr int kMonths = 24;
  TinyWorld t = one_vendor(1500, 1, kMonths);
  only(t.parameters, {"managers"});
  terms(t).manager_seats = 1000;
  Managers& p = t.parameters.managers;
  p.turnover = turnover;
  p.vacancy = 1e-3;  // a newcomer comes the next month
  p.gain = p.fade = 0;
  Simulation s(t.world);
  Sample kept;  // by seat: its partners share what happens to them
  for (std::uint64_t r = 0; r < 20; ++r) {
    start_from(s, t, r, [](Columns& c) {
      c.relationship.assign(c.relationship.size(), 1);
      c.seat_filled.assign(c.seat_filled.size(), 1);
    });
    advance(s, kMonths);
    std::map<std::uint16_t, double> by_seat;
    for (std::size_t i = 0; i < t.world.n; ++i)
      by_seat[s.state().columns.seat[i]] = s.state().columns.relationship[i];
    for (const auto& [seat, relationship] : by_seat) kept.add(relationship);
  }
  const auto answer = [&](double carry) {
    const double leave = 1 - std::exp(-turnover / 12);
    double filled = 1, vacant = 0;  // mean relationship, where the seat is so
    for (int month = 0; month < kMonths; ++month) {
      const double left = filled * leave * carry;
      filled += vacant - filled * leave;
      vacant = left;
    }
    return filled + vacant;
  };
  return {estimated("relationship after 24 months, 1 at first", answer((low + high) / 2), kept,
                    {"the least that can survive", answer(low)})};
}
const Case kDepartures("M13", "Managers: what departures leave",
                       "Each departure leaves U(0.3, 0.9); turnover 0.6 a year, a month vacant.",
                       departures);

std::vector<Row> belief() {
  const double g = logistic_of(-0.6 + 1.4 - 0.6), speed = 0.25;
  TinyWorld t = one_vendor(10, 2, 24);
  only(t.parameters, {"sensing", "registration"});
  t.parameters.sensing.start_gap = 0.2;
  t.parameters.markets[0].cloud_start = 0.6;
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  advance(s, 24);
  const double seen = g / 2;  // trust is neutral
  return {on_grid("gap of cloud offers after 24 months, 0.2 at first",
                  0.2 * std::pow(1 - speed * seen, 24), s.state().columns.gap[1], 24,
                  {"all customers seen", 0.2 * std::pow(1 - speed, 24)}),
          on_grid("belief", 0.6 - 0.2 * std::pow(1 - speed * seen, 24), s.state().columns.belief[0],
                  24, {"months as continuous time", 0.6 - 0.2 * std::exp(-speed * seen * 24)})};
}
const Case kBelief("M07", "Sensing: belief follows what is seen",
                   "b' = b + speed w (c - b), w = g/2 at neutral trust; c 0.6, speed 0.25 a month.",
                   belief);

}  // namespace
}  // namespace partnersim::verification
