// Settlement: who is billed what, and how the money is shared.
//
//   list - street discount = customer pays
//        = net + (partner margin + registration uplift + rebate + MDF + SPIFF + referral)
//          + distributor margin
//
// A licence is billed when it is won and its maintenance in twelfths; a subscription in twelfths of
// its yearly value. The partner grants the street discount out of its resale margin. Every leg but
// net is rounded once, net takes the rest: each posting balances to the minor unit. The first-year
// margin applies to a licence and to the base in its first year, the recurring margin to the rest
// within its term. Customers of a partner that left are billed directly.
//
// Rebate accrues monthly and is paid at the end of a quarter; what a partner has not been paid when
// it leaves expires. MDF not drawn in a month expires with it.
#include <algorithm>

#include "base/math.hpp"
#include "mechanisms/contracts.hpp"
#include "mechanisms/effort.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"billed", "rebate_due"};

/// Sums of one offer and segment, added to the cells when the segment is done.
struct Postings {
  std::array<std::int64_t, kLines> sum{};
  std::int64_t& operator[](Line line) { return sum[static_cast<std::size_t>(line)]; }
  void flush(Cells& cells, std::uint32_t o, std::uint8_t s) {
    for (std::size_t line = 0; line < kLines; ++line) {
      if (sum[line] != 0) cells.add(static_cast<Line>(line), o, s, sum[line]);
    }
    sum.fill(0);
  }
};

/// What is the same for all partners of an offer this month.
struct Terms {
  const World& world;
  const State& state;
  const Month& month;
  std::uint32_t o, v;
  std::size_t j;
  bool licence;
};

struct Bill {
  Money list, first_year, recurring;  // at list; the part at first-year and at recurring margin
};

Bill bill(const Terms& t, const Offer& offer, std::size_t row) {
  const Columns& c = t.state.columns;
  const Ages age = ages(t.world, c, row, t.month.t, offer.share_term);
  if (t.licence) {
    const Money maintenance = instalment(part(c.base[row], offer.maintenance), t.month.of_year);
    return {c.booked[row] + maintenance, c.booked[row], part(maintenance, age.in_term)};
  }
  const Money fee = instalment(c.base[row], t.month.of_year);
  return {fee, part(fee, age.first_year), part(fee, age.in_term - age.first_year)};
}

/// The partner's share of market development this month, minor units.
struct Marketing {
  Money cost, paid;  // paid by the vendor
};
Marketing marketing(const Terms& t, std::uint32_t i) {
  const Columns& c = t.state.columns;
  const std::size_t relation = t.v * t.world.n + i;
  const Vendor& terms = t.state.now.programs[c.program[relation]].terms;
  const double cost = effort_cost(t.state.now.effort, c.run_rate[relation], c.effort[relation]);
  const double paid = std::min(terms.mdf_cover * cost,
                               mdf_allowance(t.world, c, relation, t.month.t, terms.mdf_accrual));
  // by offer in proportion to attention
  double all = 0;
  for (std::uint32_t k = 0; k < t.world.vendors[t.v].offers; ++k) {
    all += c.attention[(t.world.vendors[t.v].first_offer + k) * t.world.n + i];
  }
  const double share = all > 0 ? c.attention[t.o * t.world.n + i] / all : 0;
  return {round_money(cost * share * kMinorPerMajor), round_money(paid * share * kMinorPerMajor)};
}

/// The shared ledger of one partner and offer; returns what the customer pays.
struct Shares {
  Money customer, margin, uplift, rebate, mdf, spiff, referral;
};
Shares share_out(const Terms& t, std::uint32_t i, const Bill& b, Money mdf, Postings& post) {
  const Columns& c = t.state.columns;
  const std::size_t relation = t.v * t.world.n + i, row = t.o * t.world.n + i;
  const std::uint16_t p = c.program[relation];
  const Program& program = t.state.now.programs[p];
  const Vendor& terms = program.terms;
  const Offer& offer = program.offers[t.j];
  const double ally = t.state.now.demand.referral * c.ally[row];
  const Money discount = part(b.list, t.state.derived.street_discount[p]);
  Shares s{};
  s.customer = b.list - discount;
  s.margin = part(b.first_year,
                  t.state.derived.margin_first[t.state.derived.term(p, c.tier[relation], t.j)]) +
             part(b.recurring, offer.margin_recurring) - discount;
  s.uplift = part(b.first_year, terms.uplift * c.registered[relation]);
  s.rebate = part(s.customer, terms.rebate);
  s.mdf = mdf;
  s.spiff = part(c.booked[row], terms.spiff);
  s.referral = part(c.booked[row], terms.referral_fee * (ally / (1 + ally)));
  const bool two_tier = !t.world.graph.suppliers.of(i).empty();
  const Money distributor = two_tier ? part(s.customer, terms.distributor_margin) : 0;
  post[Line::list] += b.list;
  post[Line::street_discount] += discount;
  post[Line::customer] += s.customer;
  post[Line::margin] += s.margin;
  post[Line::uplift] += s.uplift;
  post[Line::rebate] += s.rebate;
  post[Line::mdf] += s.mdf;
  post[Line::spiff] += s.spiff;
  post[Line::referral] += s.referral;
  post[Line::distributor] += distributor;
  post[Line::net] +=
      s.customer - s.margin - s.uplift - s.rebate - s.mdf - s.spiff - s.referral - distributor;
  return s;
}

/// The partner's own books with this offer: services, goods, overhead, profit.
void partner_books(const Terms& t, std::uint32_t i, const Shares& s, Money effort, Postings& post) {
  const Columns& c = t.state.columns;
  const std::size_t row = t.o * t.world.n + i;
  const Program& program = t.state.now.programs[c.program[t.v * t.world.n + i]];
  const Offer& offer = program.offers[t.j];
  const Settlement& p = t.state.now.settlement;
  const double price_then = t.month.start.programs[t.v].offers[t.j].price / offer.price;
  const double volume = t.state.now.segments[t.world.partners.segment[i]].services *
                        (static_cast<double>(c.booked[row]) * price_then * offer.deploy +
                         static_cast<double>(c.base[row]) * offer.operate / 12);
  const Money services = round_money(volume * (1 - program.terms.overlap));
  const Money lost = round_money(volume * program.terms.overlap);
  const Money goods = part(s.customer, p.goods);
  const Money overhead = part(s.customer + services + goods, p.overhead);
  post[Line::partner_services] += services;
  post[Line::services_lost] += lost;
  post[Line::services_profit] += part(lost, program.terms.services_margin);
  post[Line::goods] += goods;
  post[Line::overhead] += overhead;
  post[Line::effort_cost] += effort;
  post[Line::partner_profit] += s.margin + s.uplift + s.rebate + s.mdf + s.referral +
                                part(services, t.state.now.choice.services_margin) +
                                part(goods, p.goods_margin) - overhead - effort;
}

void settle(const Terms& t, std::uint32_t i, Columns& c, std::size_t quarter, Postings& post) {
  const std::size_t relation = t.v * t.world.n + i, row = t.o * t.world.n + i;
  const bool orphan = c.stage[relation] == static_cast<std::uint8_t>(Stage::left);
  if (c.base[row] == 0 && c.booked[row] == 0 && c.effort[relation] == 0) return;
  const Offer& offer = t.state.now.programs[c.program[relation]].offers[t.j];
  const Bill b = bill(t, offer, row);
  post[Line::cost_of_goods] += part(b.list, offer.cost_of_goods);
  if (orphan) {
    post[Line::direct] += b.list;
    return;
  }
  const Marketing m = marketing(t, i);
  const Shares s = share_out(t, i, b, m.paid, post);
  partner_books(t, i, s, m.cost, post);
  c.billed[quarter * t.world.vendors.size() * t.world.n + relation] += s.customer;
  c.rebate_due[relation] += s.rebate;
}

/// Pays the rebate at the end of a quarter, lets it expire where the partner left.
void pay_rebates(const World& world, Columns& c, const Month& month) {
  const bool pay_day = (month.t + 1) % 3 == 0;
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    for (const std::uint32_t i : month.scratch.carried[v]) {
      Money& due = c.rebate_due[v * world.n + i];
      const bool orphan = c.stage[v * world.n + i] == static_cast<std::uint8_t>(Stage::left);
      if (due == 0) continue;
      if (orphan || pay_day) {
        month.cells.add(orphan ? Head::rebate_expired : Head::rebate_paid, v,
                        world.partners.segment[i], due);
        due = 0;
      } else {
        month.cells.add(Head::rebate_due, v, world.partners.segment[i], due);
      }
    }
  }
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  const std::size_t relations = world.vendors.size() * world.n;
  const auto quarter = static_cast<std::size_t>(month.t / 3 % 5);
  if (month.t % 3 == 0)
    std::fill_n(c.billed.begin() + static_cast<std::ptrdiff_t>(quarter * relations), relations, 0);
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) {
    const std::uint32_t v = world.offers[o].vendor;
    const Terms terms{world,
                      state,
                      month,
                      o,
                      v,
                      o - world.vendors[v].first_offer,
                      world.offers[o].billing == Billing::licence};
    Postings post;
    std::uint8_t segment = 0;
    for (const std::uint32_t i : month.scratch.carried[v]) {
      if (world.partners.segment[i] != segment) {
        post.flush(month.cells, o, segment);
        segment = world.partners.segment[i];
      }
      settle(terms, i, c, quarter, post);
    }
    post.flush(month.cells, o, segment);
  }
  pay_rebates(world, c, month);
}

}  // namespace

extern constexpr Mechanism settlement{
    "settlement", "Customers are billed and the money is shared", kWrites, {}, false, run};

}  // namespace partnersim
