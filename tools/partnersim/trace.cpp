#include "trace.hpp"

#include <fmt/format.h>

#include <array>

#include "base/money.hpp"
#include "base/text.hpp"
#include "common.hpp"
#include "ensemble/draws.hpp"
#include "results/json_text.hpp"
#include "simulation/simulation.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, kStages> kStageNames{"prospect", "onboarding", "active",
                                                            "dormant", "left"};
constexpr int kYearQuarters = 5;  // of the ring State keeps what was billed in

/// One offer at the end of a month; money in minor units.
struct OfferMonth {
  double attention = 0;
  double skill = 0;
  int open = 0, won = 0, contracts = 0;
  Money base = 0;
};
/// One vendor at the end of a month.
struct VendorMonth {
  int month = 0;
  std::size_t vendor = 0;
  std::string_view stage, tier;
  double trust = 0, relationship = 0, registered = 0, effort = 0;
  Money billed = 0;
  std::vector<OfferMonth> offers;
};

double major(Money amount) {
  return static_cast<double>(amount) / kMinorPerMajor;
}

/// The row of the partner that somebody named by its id.
std::size_t find_partner(const World& world, const std::string& id) {
  const std::vector<std::string>& ids = world.partners.id;
  const auto found = std::find(ids.begin(), ids.end(), id);
  if (found == ids.end()) {
    const std::string near = nearest(id, ids);
    throw Refusal(fmt::format("there is no partner {}{}", in_quotes(id),
                              near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
  }
  const auto row = static_cast<std::size_t>(found - ids.begin());
  if (row >= world.n) {
    throw Refusal(fmt::format("{} is a supplier: it sells nothing itself", in_quotes(id)));
  }
  return row;
}

class Trace {
 public:
  Trace(const World& world, std::size_t partner)
      : world_(world), partner_(partner), billed_(world.vendors.size()) {}

  /// Looks before a month, so that what is billed in it is the difference.
  void before(const State& state) {
    for (std::size_t v = 0; v < world_.vendors.size(); ++v) {
      billed_[v] = state.month % 3 == 0 ? 0 : billed_this_quarter(state, v, state.month);
    }
  }

  void after(const State& state) {
    const Columns& c = state.columns;
    for (std::size_t v = 0; v < world_.vendors.size(); ++v) {
      const VendorInfo& vendor = world_.vendors[v];
      const std::size_t row = v * world_.n + partner_;
      VendorMonth month;
      month.month = state.month - 1;
      month.vendor = v;
      month.stage = kStageNames[c.stage[row]];
      if (c.tier[row] < vendor.tiers.size()) month.tier = vendor.tiers[c.tier[row]];
      month.trust = c.trust[row];
      month.relationship = c.relationship[row];
      month.registered = c.registered[row];
      month.effort = c.effort[row];
      month.billed = billed_this_quarter(state, v, state.month - 1) - billed_[v];
      for (std::size_t o = vendor.first_offer; o < vendor.first_offer + vendor.offers; ++o) {
        const std::size_t deal = o * world_.n + partner_;
        month.offers.push_back({c.attention[deal], c.skill[deal], c.open[deal], c.won[deal],
                                c.contracts[deal], c.base[deal]});
      }
      months_.push_back(std::move(month));
    }
  }

  const std::vector<VendorMonth>& months() const { return months_; }

 private:
  Money billed_this_quarter(const State& state, std::size_t v, int month) const {
    const auto quarter = static_cast<std::size_t>(month / 3 % kYearQuarters);
    return state.columns.billed[(quarter * world_.vendors.size() + v) * world_.n + partner_];
  }

  const World& world_;
  std::size_t partner_;
  std::vector<Money> billed_;  // by vendor, in the running quarter before this month
  std::vector<VendorMonth> months_;
};

std::vector<VendorMonth> simulate(const Job& job, std::size_t partner, std::uint64_t r,
                                  bool check) {
  const Triple triple = job.plan.triple(r);
  const Drawn drawn = ParameterDraws(job.scenario).draw(draw_luck(job.plan.seed, triple));
  Simulation simulation(job.scenario.world);
  simulation.check(check);
  simulation.start(drawn.parameters, run_luck(job.plan.seed, triple));
  Trace trace(job.scenario.world, partner);
  while (!simulation.done()) {
    trace.before(simulation.state());
    simulation.advance();
    trace.after(simulation.state());
  }
  return trace.months();
}

std::string as_table(const World& world, const std::vector<VendorMonth>& months, std::size_t v) {
  const VendorInfo& vendor = world.vendors[v];
  std::string text = fmt::format("\n{}\n{:<8} {:<10} {:<12} {:>5} {:>5} {:>5} {:>6}", vendor.name,
                                 "month", "stage", "tier", "trust", "relat", "regis", "effort");
  for (std::size_t k = 0; k < vendor.offers; ++k) {
    const std::string& name = world.offers[vendor.first_offer + k].name;
    text += fmt::format(" | {:>10.10} {:>5} {:>4} {:>4} {:>5} {:>11}", name, "skill", "open", "won",
                        "contr", "base");
  }
  text += fmt::format(" | {:>11}\n", "billed");
  for (const VendorMonth& month : months) {
    if (month.vendor != v) continue;
    text += fmt::format("{:<8} {:<10} {:<12.12} {:>5.2f} {:>5.2f} {:>5.2f} {:>6.2f}",
                        month_label(world.calendar, month.month), month.stage, month.tier,
                        month.trust, month.relationship, month.registered, month.effort);
    for (const OfferMonth& offer : month.offers) {
      text +=
          fmt::format(" | {:>8.1f} % {:>5.2f} {:>4} {:>4} {:>5} {:>11.0f}", 100 * offer.attention,
                      offer.skill, offer.open, offer.won, offer.contracts, major(offer.base));
    }
    text += fmt::format(" | {:>11.0f}\n", major(month.billed));
  }
  return text;
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

/// A row for each month and offer; what is one of the vendor's is repeated.
std::string as_csv(const World& world, const std::vector<VendorMonth>& months) {
  std::string text =
      "month,vendor,offer,stage,tier,trust,relationship,registered,effort,billed,attention,skill,"
      "open,"
      "won,contracts,base\n";
  for (const VendorMonth& month : months) {
    const VendorInfo& vendor = world.vendors[month.vendor];
    for (std::size_t k = 0; k < month.offers.size(); ++k) {
      const OfferMonth& offer = month.offers[k];
      text += fmt::format("{},{},{},{},{},{},{},{},{},{:.2f},{},{},{},{},{},{:.2f}\n",
                          month_label(world.calendar, month.month), csv_field(vendor.name),
                          csv_field(world.offers[vendor.first_offer + k].name), month.stage,
                          csv_field(month.tier), month.trust, month.relationship, month.registered,
                          month.effort, major(month.billed), offer.attention, offer.skill,
                          offer.open, offer.won, offer.contracts, major(offer.base));
    }
  }
  return text;
}

std::string as_json(const Job& job, std::size_t partner, std::uint64_t r,
                    const std::vector<VendorMonth>& months) {
  const World& world = job.scenario.world;
  Json list = Json::array();
  for (const VendorMonth& month : months) {
    const VendorInfo& vendor = world.vendors[month.vendor];
    Json offers = Json::array();
    for (std::size_t k = 0; k < month.offers.size(); ++k) {
      const OfferMonth& offer = month.offers[k];
      offers.push_back({{"offer", world.offers[vendor.first_offer + k].name},
                        {"attention", offer.attention},
                        {"skill", offer.skill},
                        {"open", offer.open},
                        {"won", offer.won},
                        {"contracts", offer.contracts},
                        {"base", major(offer.base)}});
    }
    list.push_back({{"month", month_label(world.calendar, month.month)},
                    {"vendor", vendor.name},
                    {"stage", month.stage},
                    {"tier", month.tier},
                    {"trust", month.trust},
                    {"relationship", month.relationship},
                    {"registered", month.registered},
                    {"effort", month.effort},
                    {"billed", major(month.billed)},
                    {"offers", std::move(offers)}});
  }
  const Json json{{"partner", world.partners.id[partner]},
                  {"segment", world.segments[world.partners.segment[partner]].name},
                  {"replication", r},
                  {"currency", world.currency},
                  {"months", std::move(list)}};
  return json_text(json);
}

}  // namespace

int trace_partner(const Job& job, const Options& options) {
  const World& world = job.scenario.world;
  const std::size_t partner = find_partner(world, options.trace_partner);
  const std::uint64_t r = options.replication.value_or(0);
  const std::vector<VendorMonth> months = simulate(job, partner, r, options.check);
  if (options.format == Format::json) {
    print(as_json(job, partner, r, months));
  } else if (options.format == Format::csv) {
    print(as_csv(world, months));
  } else {
    const std::string& name = world.partners.name[partner];
    std::string text =
        fmt::format("{}{}, {}, in simulated future {}; money in {}\n", world.partners.id[partner],
                    name.empty() ? "" : " " + name,
                    world.segments[world.partners.segment[partner]].name, r, world.currency);
    for (std::size_t v = 0; v < world.vendors.size(); ++v) text += as_table(world, months, v);
    print(text);
  }
  return kDone;
}

}  // namespace partnersim
