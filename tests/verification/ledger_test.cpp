// Accounts of a whole run with everything on: what goes in is what comes out, to the minor unit.
#include <map>

#include "support/drive.hpp"
#include "verification/case.hpp"

namespace partnersim::verification {
namespace {

using namespace testing;

/// Cells of all months of a run, over vendors.
struct Books {
  std::map<Line, std::int64_t> line;
  std::map<Head, std::int64_t> head;
  std::int64_t managers = 0;
};

Books keep(Simulation& s, const World& w) {
  Books books;
  while (!s.done()) {
    s.advance();
    for (std::uint32_t v = 0; v < w.vendors.size(); ++v) {
      for (std::size_t k = 0; k < kLines; ++k)
        books.line[static_cast<Line>(k)] += sum(s, w, static_cast<Line>(k), v);
      for (std::size_t k = 0; k < kHeads; ++k)
        books.head[static_cast<Head>(k)] += sum(s, w, static_cast<Head>(k), v);
      books.managers += s.cells()[s.cells().at(Desk::managers, v)];
    }
  }
  return books;
}

double number(std::int64_t x) {
  return static_cast<double>(x);
}

std::vector<Row> money() {
  TinyWorld t = tiny_world({.partners = 300, .months = 60});
  terms(t).distributor_margin = 0.065;
  // every third partner buys through the last one
  std::vector<Link> links;
  for (std::uint32_t i = 0; i < t.world.n; ++i) {
    for (const std::uint32_t j : t.world.graph.peers.of(i)) links.push_back({LinkKind::peer, i, j});
    for (const std::uint32_t j : t.world.graph.allies.of(i))
      links.push_back({LinkKind::alliance, i, j});
    if (i % 3 == 0)
      links.push_back({LinkKind::distribution, i, static_cast<std::uint32_t>(t.world.n) - 1});
  }
  t.world.graph = make_graph(t.world.partners.count, links);
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  Books books = keep(s, t.world);
  auto& line = books.line;
  auto& head = books.head;
  std::int64_t due = 0;
  for (std::uint32_t v = 0; v < t.world.vendors.size(); ++v)
    due += sum(s, t.world, Head::rebate_due, v);
  const std::int64_t legs = line[Line::net] + line[Line::margin] + line[Line::uplift] +
                            line[Line::rebate] + line[Line::mdf] + line[Line::spiff] +
                            line[Line::referral] + line[Line::distributor];
  const std::int64_t accounted = head[Head::rebate_paid] + head[Head::rebate_expired] + due;
  return {whole("list - street discount = customers pay", line[Line::customer],
                line[Line::list] - line[Line::street_discount],
                {"discount added", number(line[Line::list] + line[Line::street_discount])}),
          whole("customers pay = net and all legs", line[Line::customer], legs,
                {"distributor left out", number(legs - line[Line::distributor])}),
          whole("rebate accrued = paid, expired and due", line[Line::rebate], accounted,
                {"expired left out", number(accounted - head[Head::rebate_expired])}),
          whole("managers at 11,000.00 a month, split over segments", books.managers * 1100000,
                head[Head::manager_cost],
                {"vacant seats paid too", number(2 * 18 * 60 * std::int64_t{1100000})})};
}
const Case kMoney(
    "V36", "Ledger: money",
    "Conservation, in minor units, over 60 months of 300 partners and two vendors with "
    "everything on.",
    money);

std::vector<Row> things() {
  TinyWorld t = tiny_world({.partners = 300, .vendors = 1, .months = 60});
  const std::size_t n = t.world.n;
  Simulation s(t.world);
  s.start(t.parameters, luck(0));
  const auto total = [](const auto& column, std::size_t from, std::size_t to) {
    std::int64_t all = 0;
    for (std::size_t k = from; k < to; ++k) all += column[k];
    return all;
  };
  const std::int64_t contracts = total(s.state().columns.contracts, 0, 2 * n),
                     cloud = total(s.state().columns.base, n, 2 * n);
  std::int64_t booked = 0, moved = 0, ended = 0;  // of the cloud offer
  Books books;
  while (!s.done()) {
    s.advance();
    for (std::size_t k = 0; k < t.world.segments.size(); ++k) {
      booked += s.cells()[s.cells().at(Line::bookings, 1, k)];
      moved += s.cells()[s.cells().at(Line::migrated_value, 1, k)];
      ended += s.cells()[s.cells().at(Line::churned_value, 1, k)];
    }
    for (const Line line : {Line::won, Line::churned, Line::migrated})
      books.line[line] += sum(s, t.world, line);
  }
  const std::int64_t left = contracts + books.line[Line::won] - books.line[Line::churned];
  std::vector<Row> rows{
      whole("contracts = start + won - ended", total(s.state().columns.contracts, 0, 2 * n), left,
            {"moved to cloud counted as ended", number(left - books.line[Line::migrated])}),
      whole("cloud value = start + booked + moved - ended", total(s.state().columns.base, n, 2 * n),
            cloud + booked + moved - ended, {"moved left out", number(cloud + booked - ended)})};
  // who leaves loses its pipeline, so that nobody may
  only(t.parameters, {"market", "sensing", "managers", "peers", "enablement", "choice", "effort",
                      "registration", "demand", "specialists", "closing", "trust", "review"});
  s.start(t.parameters, luck(0));
  const std::int64_t open = total(s.state().columns.open, 0, 2 * n);
  Books flows = keep(s, t.world);
  const std::int64_t decided = flows.line[Line::closed];
  rows.push_back(whole("open at first + opportunities - decided = open",
                       total(s.state().columns.open, 0, 2 * n),
                       open + flows.line[Line::opportunities] - decided,
                       {"lost deals stay open",
                        number(open + flows.line[Line::opportunities] - flows.line[Line::won])}));
  return rows;
}
const Case kThings("V36", "Ledger: contracts and opportunities",
                   "Conservation over 60 months of 300 partners of one vendor with everything on; "
                   "opportunities without the lifecycle.",
                   things);

}  // namespace
}  // namespace partnersim::verification
