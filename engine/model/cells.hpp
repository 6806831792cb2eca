// What a month reports: whole numbers by vendor, offer and segment, in the order of these tables.
// Every table, file and answer is made of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "model/world.hpp"

namespace partnersim {

/// How a cell counts: money in minor units, whole things, or quantities on the grid of 2^-32.
enum class Measure : std::uint8_t { money, count, grid };

/// flow: months add up to a year. stock: a year shows its last month.
enum class Over : std::uint8_t { flow, stock };

struct LineRow {
  std::string_view name;
  Measure measure;
  Over over;
  std::string_view meaning;
};

/// By offer and segment.
enum class Line : std::uint8_t {
  list,
  street_discount,
  customer,
  margin,
  uplift,
  rebate,
  mdf,
  spiff,
  referral,
  distributor,
  net,
  direct,
  bookings,
  base_value,
  churned_value,
  migrated_value,
  cost_of_goods,
  partner_services,
  services_lost,
  services_profit,
  goods,
  overhead,
  effort_cost,
  partner_profit,
  opportunities,
  unserved,
  closed,
  won,
  contracts,
  churned,
  migrated,
  attention,
  orphan_base,
  training_subsidy,
  training,
  lead_bookings,
  ally_bookings,
  taken,
  direct_bookings,
  direct_base,
  direct_services,
  direct_cost,
  count
};
inline constexpr std::size_t kLines = static_cast<std::size_t>(Line::count);
inline constexpr LineRow kLineRows[kLines] = {
    {"list", Measure::money, Over::flow, "Billed at list price through partners"},
    {"street_discount", Measure::money, Over::flow,
     "Discount partners give their customers out of the rebate"},
    {"customer_pays", Measure::money, Over::flow, "Billed to customers through partners"},
    {"partner_margin", Measure::money, Over::flow, "Resale margin of partners"},
    {"registration_uplift", Measure::money, Over::flow, "Extra margin on registered deals"},
    {"rebate", Measure::money, Over::flow, "Back-end rebate accrued"},
    {"mdf", Measure::money, Over::flow, "Market development funds paid"},
    {"spiff", Measure::money, Over::flow, "Cash to the partners' sales people"},
    {"referral", Measure::money, Over::flow, "Fees to allies that brought a deal"},
    {"distributor_margin", Measure::money, Over::flow, "Margin of distributors"},
    {"net_channel_revenue", Measure::money, Over::flow,
     "What the vendor keeps of what customers pay through partners"},
    {"direct_revenue", Measure::money, Over::flow,
     "Billed directly: customers of the own sales, and those whose partner left"},
    {"new_bookings", Measure::money, Over::flow,
     "Value won at list: licences and first years of subscriptions"},
    {"base_value", Measure::money, Over::stock,
     "Installed base: licence value, or a year's subscriptions"},
    {"churned_value", Measure::money, Over::flow, "Value of contracts that ended"},
    {"migrated_value", Measure::money, Over::flow,
     "Yearly cloud value of contracts moved from on-premises"},
    {"cost_of_goods", Measure::money, Over::flow, "Cost of what was billed"},
    {"partner_services", Measure::money, Over::flow,
     "Services revenue partners earn on the vendor's products"},
    {"services_lost", Measure::money, Over::flow,
     "Services the vendor delivers itself: its revenue, lost to partners"},
    {"services_profit", Measure::money, Over::flow,
     "Margin on the services the vendor delivers itself"},
    {"goods", Measure::money, Over::flow, "Pass-through goods partners sell beside"},
    {"overhead", Measure::money, Over::flow, "Partners' overhead"},
    {"effort_cost", Measure::money, Over::flow, "Partners' own market development cost"},
    {"partner_profit", Measure::money, Over::flow, "Profit of partners with the vendor's products"},
    {"opportunities", Measure::count, Over::flow, "Sales opportunities"},
    {"unserved", Measure::grid, Over::flow,
     "Expected opportunities lost because the customer wants the other deployment"},
    {"closed", Measure::count, Over::flow, "Opportunities decided"},
    {"won", Measure::count, Over::flow, "Deals won"},
    {"contracts", Measure::count, Over::stock, "Contracts in the installed base"},
    {"churned", Measure::count, Over::flow, "Contracts that ended"},
    {"migrated", Measure::count, Over::flow, "Contracts moved from on-premises to cloud"},
    {"attention", Measure::grid, Over::stock, "Attention of partners, in whole partners"},
    {"orphan_base", Measure::money, Over::stock, "Installed base of customers whose partner left"},
    {"training_subsidy", Measure::money, Over::flow,
     "Training and certificates of partners, the vendor's part"},
    {"training", Measure::money, Over::flow,
     "Training and certificates of partners, their own part"},
    {"lead_bookings", Measure::money, Over::flow,
     "New bookings of partners that came from the vendor's leads"},
    {"ally_bookings", Measure::money, Over::flow,
     "New bookings of partners that allies of theirs brought"},
    {"taken_opportunities", Measure::grid, Over::flow,
     "Expected opportunities of partners that the vendor takes for its own sales"},
    {"direct_bookings", Measure::money, Over::flow, "Value won at list by the own sales"},
    {"direct_base", Measure::money, Over::stock, "Installed base the own sales have won"},
    {"direct_services", Measure::money, Over::flow,
     "Services the vendor delivers to customers of its own sales"},
    {"direct_cost", Measure::money, Over::flow, "Cost of the own sales"},
};

/// By vendor and segment.
enum class Head : std::uint8_t {
  prospects,
  onboarding,
  active,
  dormant,
  left,
  joined,
  activated,
  slept,
  woken,
  exits,
  effort,
  wished_bookings,
  chosen_bookings,
  relation_cost,
  onboarding_cost,
  rebate_paid,
  rebate_expired,
  rebate_due,
  trust,
  relationship,
  registered,
  requests,
  waiting,
  manager_cost,
  specialist_cost,
  lead_cost,
  openness_cost,
  entry_fees,
  mdf_accrued,
  terminated,
  potential,
  dependence,
  importance,
  stronger,
  stretched,
  first_deals,
  first_deal_months,
  count
};
inline constexpr std::size_t kHeads = static_cast<std::size_t>(Head::count);
inline constexpr LineRow kHeadRows[kHeads] = {
    {"prospects", Measure::count, Over::stock, "Partners not with the vendor"},
    {"onboarding_partners", Measure::count, Over::stock, "Partners being taken on board"},
    {"active_partners", Measure::count, Over::stock, "Partners that sell"},
    {"dormant_partners", Measure::count, Over::stock, "Partners that fell quiet"},
    {"left_partners", Measure::count, Over::stock, "Partners that left"},
    {"joined", Measure::count, Over::flow, "Partners that signed"},
    {"activated", Measure::count, Over::flow, "Partners that finished onboarding"},
    {"fell_quiet", Measure::count, Over::flow, "Partners that became dormant"},
    {"woke_up", Measure::count, Over::flow, "Dormant partners that became active again"},
    {"exits", Measure::count, Over::flow, "Partners that left in the month"},
    {"effort", Measure::grid, Over::stock, "Extra market development, summed over active partners"},
    {"wished_bookings", Measure::money, Over::flow,
     "Expected new bookings at the effort the vendor wishes"},
    {"chosen_bookings", Measure::money, Over::flow,
     "Expected new bookings at the effort partners choose"},
    {"relation_cost", Measure::money, Over::flow, "Running cost of active relations"},
    {"onboarding_cost", Measure::money, Over::flow, "Cost of taking partners on board"},
    {"rebate_paid", Measure::money, Over::flow, "Rebate paid out"},
    {"rebate_expired", Measure::money, Over::flow, "Rebate forfeited by partners that left"},
    {"rebate_due", Measure::money, Over::stock, "Rebate accrued and not yet paid"},
    {"trust_sum", Measure::grid, Over::stock, "Trust, summed over active partners"},
    {"relationship_sum", Measure::grid, Over::stock,
     "Personal relationship, summed over active partners"},
    {"registered_sum", Measure::grid, Over::stock,
     "Share of deals registered, summed over active partners"},
    {"requests", Measure::grid, Over::flow, "Requests of partners for a specialist"},
    {"waiting", Measure::grid, Over::flow, "Months those requests wait, summed"},
    {"manager_cost", Measure::money, Over::flow, "Partner managers"},
    {"specialist_cost", Measure::money, Over::flow, "Specialists who help partners"},
    {"lead_cost", Measure::money, Over::flow, "Leads bought and passed on to partners"},
    {"openness_cost", Measure::money, Over::flow, "Cost of giving partners internal information"},
    {"entry_fees", Measure::money, Over::flow, "Fees partners pay to join"},
    {"mdf_accrued", Measure::money, Over::flow,
     "Market development funds active partners could draw"},
    {"terminated", Measure::count, Over::flow, "Partners whose contract the vendor ended"},
    {"potential", Measure::money, Over::flow,
     "New bookings active partners would bring with full attention, skill and help"},
    {"dependence_sum", Measure::grid, Over::stock,
     "Share of the vendor in a partner's income, summed over active partners"},
    {"importance_sum", Measure::grid, Over::stock,
     "How much the vendor needs a partner, summed over active partners"},
    {"partners_with_power", Measure::count, Over::stock,
     "Active partners the vendor needs more than they need it"},
    {"stretched_months", Measure::count, Over::flow,
     "Months of partners that market more than pays by itself, to reach a tier"},
    {"first_deals", Measure::count, Over::flow, "Partners that won their first deal since signing"},
    {"first_deal_months", Measure::count, Over::flow,
     "Months from signing to that first deal, summed"},
};

/// By vendor.
enum class Desk : std::uint8_t {
  belief,
  managers,
  vacant,
  outreach,
  help,
  backlog,
  late,
  behind,
  gini,
  top_share,
  largest_portfolio,
  beside,
  largest_distributor,
  own_opportunities,
  lever,
  count
};
inline constexpr std::size_t kDesks = static_cast<std::size_t>(Desk::count);
inline constexpr LineRow kDeskRows[kDesks] = {
    {"belief", Measure::grid, Over::stock,
     "Share of customers who prefer cloud, as the vendor believes"},
    {"managers", Measure::count, Over::stock, "Partner managers at work"},
    {"vacant_seats", Measure::count, Over::stock, "Seats without a partner manager"},
    {"outreach", Measure::grid, Over::stock, "Attention of recruiting managers per prospect"},
    {"help", Measure::grid, Over::stock,
     "Use of specialist help that comes after a wait, 1 without wait"},
    {"backlog", Measure::grid, Over::stock, "Requests that wait for a specialist"},
    {"months_late", Measure::grid, Over::stock,
     "Months since customers were where the vendor believes them to be"},
    {"months_behind", Measure::grid, Over::stock,
     "Months since customers were in cloud where partners' attention is"},
    {"gini", Measure::grid, Over::stock,
     "How unequal the year's billings of all partners ever enrolled are, 0 to 1"},
    {"top_20_share", Measure::grid, Over::stock,
     "Share of the twenty largest partners in the year's billings"},
    {"largest_portfolio", Measure::money, Over::stock,
     "A year's billings of the partners of one manager, at most"},
    {"sold_by_our_partners", Measure::money, Over::stock,
     "A year's billings of this vendor at the focal vendor's partners"},
    {"largest_distributor", Measure::grid, Over::stock,
     "Share of the largest distributor in a year's billings through distributors"},
    {"own_sales_opportunities", Measure::grid, Over::flow,
     "Expected opportunities for the own sales, whether or not they can work on them"},
    {"policy_lever", Measure::grid, Over::stock,
     "Value in force of the lever a policy of the vendor moves, 2e9 at most; 0 without a policy"},
};

/// By market.
enum class Scene : std::uint8_t { demand, cloud, meeting, count };
inline constexpr std::size_t kScenes = static_cast<std::size_t>(Scene::count);
inline constexpr LineRow kSceneRows[kScenes] = {
    {"demand", Measure::grid, Over::stock, "Demand of the market against the start"},
    {"cloud_preference", Measure::grid, Over::stock, "Share of customers who prefer cloud"},
    {"partners_meeting", Measure::grid, Over::stock,
     "Opportunities a year at which partners meet partners"},
};

/// The cells of one month, one after the other in one vector.
class Cells {
 public:
  Cells() = default;
  explicit Cells(const World& world)
      : offers_(world.offers.size()),
        vendors_(world.vendors.size()),
        segments_(world.segments.size()),
        markets_(world.markets.size()),
        values_(kLines * offers_ * segments_ + kHeads * vendors_ * segments_ +
                (kTiersReported + kDesks) * vendors_ + kScenes * markets_) {}

  std::size_t at(Line line, std::size_t o, std::size_t s) const {
    return (static_cast<std::size_t>(line) * offers_ + o) * segments_ + s;
  }
  std::size_t at(Head head, std::size_t v, std::size_t s) const {
    return kLines * offers_ * segments_ +
           (static_cast<std::size_t>(head) * vendors_ + v) * segments_ + s;
  }
  /// Active partners of a tier.
  std::size_t tier(std::size_t k, std::size_t v) const {
    return (kLines * offers_ + kHeads * vendors_) * segments_ + k * vendors_ + v;
  }
  std::size_t at(Desk desk, std::size_t v) const {
    return tier(kTiersReported + static_cast<std::size_t>(desk), v);
  }
  std::size_t at(Scene scene, std::size_t m) const {
    return tier(kTiersReported + kDesks, 0) + static_cast<std::size_t>(scene) * markets_ + m;
  }

  std::int64_t& operator[](std::size_t k) { return values_[k]; }
  std::int64_t operator[](std::size_t k) const { return values_[k]; }
  void add(Line line, std::size_t o, std::size_t s, std::int64_t x) {
    values_[at(line, o, s)] += x;
  }
  void add(Head head, std::size_t v, std::size_t s, std::int64_t x) {
    values_[at(head, v, s)] += x;
  }
  /// Splits an amount of vendor v over segments in proportion to weights of whole numbers, exactly:
  /// the parts add up to it. Without any weight it goes to the first segment.
  void add_split(Head head, std::size_t v, std::span<const std::int64_t> weights, std::int64_t x);
  std::span<const std::int64_t> values() const { return values_; }
  void clear() { values_.assign(values_.size(), 0); }

  static constexpr std::size_t kTiersReported = 8;

 private:
  std::size_t offers_ = 0, vendors_ = 0, segments_ = 0, markets_ = 0;
  std::vector<std::int64_t> values_;
};

inline void Cells::add_split(Head head, std::size_t v, std::span<const std::int64_t> weights,
                             std::int64_t x) {
  Int128 all = 0, until = 0;
  for (const std::int64_t weight : weights) all += weight;
  if (all <= 0) return add(head, v, 0, x);
  std::int64_t given = 0;
  for (std::size_t s = 0; s < weights.size(); ++s) {
    until += weights[s];
    const auto upto = static_cast<std::int64_t>(until * x / all);
    add(head, v, s, upto - given);
    given = upto;
  }
}

/// A quantity as a whole number of 2^-32.
inline std::int64_t to_grid(double x) {
  return static_cast<std::int64_t>(x * 0x1p32);
}
inline double from_grid(std::int64_t x) {
  return static_cast<double>(x) * 0x1p-32;
}

}  // namespace partnersim
