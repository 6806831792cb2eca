// Departure: single partners leave the market or are bought, in the first month of a change or
// event that names them.
//
//   leaves   its relations with all vendors end as that of a partner that leaves by itself does
//            (lifecycle); it takes no customers to a rival and never comes back
//   bought   its relations with all vendors but the buyer end; customers that follow it go to the
//            buyer's offers; it is active with the buyer at once, from the lowest tier where it
//            was not with it, and neither falls quiet nor leaves
//
// Customers of the relations that end stay, follow and churn as with any leaver. A distributor that
// leaves supplies nobody any more, one that is bought the goods of its owner alone: partners it
// supplied go on through their other distributors, and without one buy from the vendor. What
// happens to a firm first is final. The price of a purchase is in nobody's books. Assumption
// without evidence of its own: partners find another way to the goods within the month.
#include "mechanisms/changes.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {
    "tied",     "stage", "tier", "bookings",  "since", "newcomer", "attention", "effort",
    "run_rate", "open",  "base", "contracts", "kept",  "sold",     "sold_at",   "start_base"};

/// Ties firm i to `buyer`, or to nobody where that is no vendor.
void depart(const World& world, State& state, const Month& month, std::uint32_t i,
            std::size_t buyer) {
  Columns& c = state.columns;
  if (is_tied(c, i)) return;
  const bool bought = buyer < world.vendors.size();
  c.tied[i] = static_cast<std::uint8_t>(bought ? kOwned + buyer : kGone);
  if (i >= world.n) return;
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {  // to whom customers may follow it
    month.scratch.stages[v * world.n + i] =
        static_cast<std::uint8_t>(v == buyer ? Stage::active : Stage::left);
  }
  if (bought) begin_relation(world, state, month, static_cast<std::uint32_t>(buyer), i);
  for (std::uint32_t v = 0; v < world.vendors.size(); ++v) {
    if (v == buyer || !is_with_vendor(c.stage[v * world.n + i])) continue;
    end_relation(world, state, month, v, i);
  }
}

void run(const World& world, State& state, const Month& month) {
  if (state.columns.tied.empty()) return;
  bool any = false;
  for_each_change(world, state, [&](const Dated& d) {
    if (d.from != month.t || (d.change->leaving.empty() && d.change->acquisitions.empty())) return;
    if (!any) month.scratch.stages = state.columns.stage;
    any = true;
    for (const std::uint32_t i : d.change->leaving) {
      depart(world, state, month, i, world.vendors.size());
    }
    for (const Acquisition& one : d.change->acquisitions) {
      depart(world, state, month, one.partner, one.vendor);
    }
  });
  if (any) list_rows(world, state, month.scratch);
}

}  // namespace

extern constexpr Mechanism departure{
    "departure", "Single partners leave the market or are bought", kWrites, {}, true, run};

}  // namespace partnersim
