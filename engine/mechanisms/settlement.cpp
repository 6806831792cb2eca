// Settlement: who is billed what, and how the money is shared.
//
//   list - street discount = customer pays
//        = net + (partner margin + registration uplift + rebate + MDF + SPIFF + referral)
//          + distributor margin
//
// A licence is billed when it is won and its maintenance in twelfths; a subscription in twelfths of
// its yearly value. The partner grants the street discount out of its resale margin. Every leg but
// net is rounded once, net takes the rest: each posting balances to the minor unit. The first-year
// margin applies to a licence and to the bill of the base in its first year, the recurring margin
// to that of the rest within its term; each of the two parts is rounded, so is the first-year bill
// itself. A partner of power gets its advantage on top of both margins (power), one that grows or
// sells all offers its extra rebate (review). Uplift is paid on what earns the first-year margin,
// rebate and distributor margin on what the customer pays, SPIFF on bookings, referral on those
// that allies brought. Customers of a partner that left are billed directly, at list; so is the
// share direct.renewals of what is paid on contracts older than a year: the partner, which keeps
// the services, is not in that bill.
//
// In the partner's books: project services (q deploy times bookings, at the prices of the start)
// and services in operation (q operate/12 times the base), less the part the vendor delivers; goods
// in proportion to what customers pay; overhead on all three; the whole cost of market development,
// split over offers by attention, with MDF as income.
//
// Rebate accrues monthly and is paid at the end of a quarter; what a partner has not been paid when
// it leaves expires. MDF not drawn in a month expires with it.
#include <algorithm>
#include <optional>

#include "base/math.hpp"
#include "base/vector.hpp"
#include "mechanisms/contracts.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"billed", "billed_12m", "rebate_due"};

/// What is the same for all bills of an offer, program and segment this month.
struct Rates {
  int of_year;
  double at_once;  // 1: what is booked is billed at once (licence); 0: over the year
  double yearly;   // billed a year, of the base: maintenance of licences, all of a subscription
  double street_discount, margin_recurring, uplift, rebate, spiff, referral_fee;
  double cost_of_goods, services_margin, overlap;
  double deploy, operate;  // services volume of what is booked, and of the base a month
  double goods, goods_margin, overhead, partner_services_margin;
};

/// The bills of one kind of partners, with bare pointers for the compiler's sake.
struct BillColumns {
  const double *base, *booked, *first_year, *later, *renewed, *margin, *registered, *ally,
      *distributor, *effort, *mdf, *advantage, *extra_rebate;
};

/// Legs of a block of bills, [line][bill]; small enough to stay near the processor.
constexpr std::size_t kBlock = 128;
using Legs = std::array<std::array<double, kBlock>, kLines>;

/// The legs of up to kBlock bills. Each is rounded once; net takes the rest.
PARTNERSIM_VECTOR
void post(const Rates& r, const BillColumns& b, std::size_t n, double* __restrict legs) {
  const auto leg = [&](Line line) { return legs + static_cast<std::size_t>(line) * kBlock; };
  for (std::size_t k = 0; k < n; ++k) {
    const double at_once = b.booked[k] * r.at_once;
    const double fee = instalment(rounded(b.base[k] * r.yearly), r.of_year);
    const double first = at_once + rounded(fee * b.first_year[k]);
    const double direct = rounded(fee * b.renewed[k]);
    const double list = at_once + fee - direct;
    const double discount = rounded(list * r.street_discount);
    const double customer = list - discount;
    const double margin = rounded(first * b.margin[k]) +
                          rounded(fee * b.later[k] * (r.margin_recurring + b.advantage[k])) -
                          discount;
    const double uplift = rounded(first * (r.uplift * b.registered[k]));
    const double rebate = rounded(customer * (r.rebate + b.extra_rebate[k]));
    const double spiff = rounded(b.booked[k] * r.spiff);
    const double referral = rounded(b.booked[k] * (r.referral_fee * b.ally[k]));
    const double distributor = rounded(customer * b.distributor[k]);
    leg(Line::list)[k] = list;
    leg(Line::street_discount)[k] = discount;
    leg(Line::customer)[k] = customer;
    leg(Line::margin)[k] = margin;
    leg(Line::uplift)[k] = uplift;
    leg(Line::rebate)[k] = rebate;
    leg(Line::mdf)[k] = b.mdf[k];
    leg(Line::spiff)[k] = spiff;
    leg(Line::referral)[k] = referral;
    leg(Line::distributor)[k] = distributor;
    leg(Line::net)[k] =
        customer - margin - uplift - rebate - b.mdf[k] - spiff - referral - distributor;
    leg(Line::direct)[k] = direct;
    leg(Line::cost_of_goods)[k] = rounded((at_once + fee) * r.cost_of_goods);
    // the partner's own books: services, goods, overhead, profit
    const double volume = b.booked[k] * r.deploy + b.base[k] * r.operate;
    const double lost = rounded(volume * r.overlap);
    const double services = rounded(volume * (1 - r.overlap));
    const double goods = rounded(customer * r.goods);
    const double overhead = rounded((customer + services + goods) * r.overhead);
    leg(Line::partner_services)[k] = services;
    leg(Line::services_lost)[k] = lost;
    leg(Line::services_profit)[k] = rounded(lost * r.services_margin);
    leg(Line::goods)[k] = goods;
    leg(Line::overhead)[k] = overhead;
    leg(Line::effort_cost)[k] = b.effort[k];
    leg(Line::partner_profit)[k] = margin + uplift + rebate + b.mdf[k] + referral +
                                   rounded(services * r.partner_services_margin) +
                                   rounded(goods * r.goods_margin) - overhead - b.effort[k];
  }
}

PARTNERSIM_VECTOR
Money sum(const double* whole, std::size_t n) {
  Money total = 0;
  for (std::size_t k = 0; k < n; ++k) total += as_money(whole[k]);
  return total;
}

constexpr Line kPosted[] = {
    Line::list,          Line::street_discount,  Line::customer,      Line::margin,
    Line::uplift,        Line::rebate,           Line::mdf,           Line::spiff,
    Line::referral,      Line::distributor,      Line::net,           Line::direct,
    Line::cost_of_goods, Line::partner_services, Line::services_lost, Line::services_profit,
    Line::goods,         Line::overhead,         Line::effort_cost,   Line::partner_profit};

Rates rates(const World& world, const State& state, const Month& month, std::uint32_t o,
            std::uint16_t p, std::uint8_t segment) {
  const Program& program = state.now.programs[p];
  const std::size_t j = o - world.vendors[program.vendor].first_offer;
  const Offer& offer = program.offers[j];
  const Vendor& terms = program.terms;
  const Settlement& books = state.now.settlement;
  const bool licence = world.offers[o].billing == Billing::licence;
  const double services = state.now.segments[segment].services;
  const double price_then = month.start.programs[program.vendor].offers[j].price / offer.price;
  return {month.of_year,
          licence ? 1.0 : 0.0,
          licence ? offer.maintenance : 1.0,
          state.derived.street_discount[p],
          offer.margin_recurring,
          terms.uplift,
          terms.rebate,
          terms.spiff,
          terms.referral_fee,
          offer.cost_of_goods,
          terms.services_margin,
          terms.overlap,
          services * price_then * offer.deploy,
          services * offer.operate / 12,
          books.goods,
          books.goods_margin,
          books.overhead,
          state.now.choice.services_margin};
}

/// What the first `count` partners of the bills, all of one program, are to be billed for offer o.
void gather(const World& world, const State& state, const Month& month, std::uint32_t o,
            std::size_t count, std::uint16_t program, Bills& b) {
  const Columns& c = state.columns;
  const std::uint32_t v = world.offers[o].vendor;
  const std::size_t j = o - world.vendors[v].first_offer;
  const Offer& offer = state.now.programs[program].offers[j];
  const bool subscription = world.offers[o].billing == Billing::subscription;
  const SoldWithin term(world, c, o, month.t, offer.share_term, true);
  std::optional<SoldWithin> year;  // only subscriptions have a first-year margin on their base
  if (subscription) year.emplace(world, c, o, month.t, std::min(1.0, offer.share_term), false);
  const double renewals = state.derived.direct_renewals[program];
  std::optional<SoldWithin> last_year;
  if (renewals > 0) last_year.emplace(world, c, o, month.t, 1.0, false);
  const double distributor = state.now.programs[program].terms.distributor_margin;
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint32_t i = b.partner[k];
    const std::size_t relation = v * world.n + i, row = o * world.n + i;
    b.base[k] = static_cast<double>(c.base[row]);
    b.booked[k] = static_cast<double>(c.booked[row]);
    const double in_term = term(i);
    b.first_year[k] = year ? std::min(in_term, (*year)(i)) : 0;
    b.later[k] = in_term - b.first_year[k];
    b.renewed[k] = 0;
    if (last_year) {
      const double young = (*last_year)(i);
      b.later[k] -= renewals * std::max(0.0, in_term - young);
      b.renewed[k] = renewals * (1 - young);
    }
    b.advantage[k] = static_cast<double>(c.advantage[relation]);
    b.extra_rebate[k] = static_cast<double>(c.extra_rebate[relation]);
    b.margin[k] = state.derived.margin_first[state.derived.term(program, c.tier[relation], j)] +
                  b.advantage[k];
    b.registered[k] = c.registered[relation];
    b.ally[k] = brought_by_allies(state, relation, row);
    b.distributor[k] = has_distributor(world, c, v, i) ? distributor : 0;
    const double weight = c.effort[relation] > 0 ? c.attention[row] * kMinorPerMajor : 0;
    b.effort[k] = rounded(month.scratch.effort_cost[relation] * weight);
    b.mdf[k] = rounded(month.scratch.mdf[relation] * weight);
  }
}

/// The running quarter's row of `billed` for vendor v.
Money* billed_now(const World& world, Columns& c, int t, std::uint32_t v) {
  const auto quarter = static_cast<std::size_t>(t / 3 % 5);
  return c.billed.data() + (quarter * world.vendors.size() + v) * world.n;
}

/// Posts the first `count` bills and keeps what each relation needs of them.
void settle(const World& world, State& state, const Month& month, std::uint32_t o,
            std::size_t count, std::uint16_t program, std::uint8_t segment) {
  if (count == 0) return;
  Bills& b = month.scratch.bills;
  gather(world, state, month, o, count, program, b);
  Columns& c = state.columns;
  const Rates r = rates(world, state, month, o, program, segment);
  const std::uint32_t v = world.offers[o].vendor;
  Money* billed = billed_now(world, c, month.t, v);
  Money* rebate_due = c.rebate_due.data() + v * world.n;
  Legs legs;
  const auto leg = [&](Line line) { return legs[static_cast<std::size_t>(line)].data(); };
  for (std::size_t from = 0; from < count; from += kBlock) {
    const std::size_t n = std::min(kBlock, count - from);
    post(r,
         {b.base.data() + from, b.booked.data() + from, b.first_year.data() + from,
          b.later.data() + from, b.renewed.data() + from, b.margin.data() + from,
          b.registered.data() + from, b.ally.data() + from, b.distributor.data() + from,
          b.effort.data() + from, b.mdf.data() + from, b.advantage.data() + from,
          b.extra_rebate.data() + from},
         n, legs[0].data());
    for (const Line line : kPosted) month.cells.add(line, o, segment, sum(leg(line), n));
    for (std::size_t k = 0; k < n; ++k) {
      const std::uint32_t i = b.partner[from + k];
      billed[i] += as_money(leg(Line::customer)[k]);
      rebate_due[i] += as_money(leg(Line::rebate)[k]);
      if (v == 0) month.scratch.income[i] += leg(Line::partner_profit)[k];
    }
  }
}

/// Customers of a partner that left, until it sells again: billed directly, at list.
void bill_directly(const World& world, const State& state, const Month& month, std::uint32_t o,
                   std::uint32_t i) {
  const Columns& c = state.columns;
  const std::uint32_t v = world.offers[o].vendor;
  const Offer& offer =
      state.now.programs[c.program[v * world.n + i]].offers[o - world.vendors[v].first_offer];
  const auto base = static_cast<double>(c.base[o * world.n + i]);
  const bool licence = world.offers[o].billing == Billing::licence;
  const double fee = instalment(licence ? rounded(base * offer.maintenance) : base, month.of_year);
  const std::uint8_t s = world.partners.segment[i];
  month.cells.add(Line::direct, o, s, as_money(fee));
  month.cells.add(Line::orphan_base, o, s, c.base[o * world.n + i]);
  month.cells.add(Line::cost_of_goods, o, s, as_money(rounded(fee * offer.cost_of_goods)));
}

/// All partners of an offer; runs of the same segment and program are posted together.
void settle_offer(const World& world, State& state, const Month& month, std::uint32_t o) {
  const Columns& c = state.columns;
  const std::uint32_t v = world.offers[o].vendor;
  std::size_t count = 0;
  std::uint8_t segment = 0;
  std::uint16_t program = 0;
  for (const std::uint32_t i : month.scratch.carried[v]) {
    const std::size_t relation = v * world.n + i, row = o * world.n + i;
    if (c.base[row] == 0 && c.booked[row] == 0 && c.effort[relation] == 0) continue;
    if (is_orphaned(c.stage[relation])) {
      bill_directly(world, state, month, o, i);
      continue;
    }
    if (world.partners.segment[i] != segment || c.program[relation] != program) {
      settle(world, state, month, o, count, program, segment);
      count = 0;
      segment = world.partners.segment[i];
      program = c.program[relation];
    }
    month.scratch.bills.partner[count++] = i;
  }
  settle(world, state, month, o, count, program, segment);
}

/// What was billed in the quarter that ends and the three before it.
void add_up_year(const World& world, Columns& c, int t) {
  const std::size_t relations = world.vendors.size() * world.n;
  const auto oldest = static_cast<std::size_t>((t / 3 + 1) % 5);
  for (std::size_t k = 0; k < relations; ++k) {
    Money sum = -c.billed[oldest * relations + k];
    for (std::size_t q = 0; q < 5; ++q) sum += c.billed[q * relations + k];
    c.billed_12m[k] = sum;
  }
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
  if (month.t % 3 == 0) {
    for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
      std::fill_n(billed_now(world, state.columns, month.t, v), world.n, 0);
    }
  }
  month.scratch.income.assign(world.n, 0);
  for (std::uint32_t o = 0; o < world.offers.size(); ++o) settle_offer(world, state, month, o);
  pay_rebates(world, state.columns, month);
  if ((month.t + 1) % 3 == 0) add_up_year(world, state.columns, month.t);
}

}  // namespace

extern constexpr Mechanism settlement{
    "settlement", "Customers are billed and the money is shared", kWrites, {}, false, run};

}  // namespace partnersim
