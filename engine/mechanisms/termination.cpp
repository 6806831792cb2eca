// Termination: the vendor ends contracts, and those who stay are afraid to be next.
//
//   ended   every partner that is with the focal vendor and billed less in the last four quarters
//           than a change or event says, in its first month, but for those it excepts and those
//           the vendor owns
//   rumour  at least 0.3 + 0.7 (share of linked partners whose contract was just ended) for who
//           stays, in a month in which one was ended; fades by a twelfth a month
//
// A partner whose contract is ended goes as one that leaves by itself does (lifecycle), and may be
// won back like one. The rumour lowers trust. Without it those who may stay would be happier after
// a purge than before. Evidence: polls among the partners of a vendor that ended its program for
// all but invited ones (2024): 70 % turned to competitors.
#include <algorithm>

#include "mechanisms/changes.hpp"
#include "mechanisms/mechanism.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kWrites[] = {"rumour", "stage",    "since",   "newcomer",  "attention",
                                        "effort", "run_rate", "open",    "base",      "contracts",
                                        "kept",   "sold",     "sold_at", "start_base"};
constexpr double kHeard = 0.3;  // by everybody
constexpr double kFade = 1.0 / 12;
constexpr std::uint32_t kUs = 0;

/// Ends contracts; in `ended` 1 for each partner concerned. Returns whether there is one.
bool end_contracts(const World& world, State& state, const Month& month,
                   const Termination& termination, std::vector<std::uint8_t>& ended) {
  const Columns& c = state.columns;
  bool any = false;
  for (std::uint32_t i = 0; i < world.n; ++i) {
    if (!is_with_vendor(c.stage[i]) || c.billed_12m[i] >= termination.below) continue;
    if (is_tied(c, i) || std::ranges::binary_search(termination.except, i)) continue;
    end_relation(world, state, month, kUs, i);
    month.cells.add(Head::terminated, kUs, world.partners.segment[i], 1);
    ended[i] = 1;
    any = true;
  }
  return any;
}

void spread(const World& world, const std::vector<std::uint8_t>& ended, Columns& c) {
  for (std::uint32_t i = 0; i < world.n; ++i) {
    if (!is_with_vendor(c.stage[i])) continue;
    const auto peers = world.graph.peers.of(i);
    double gone = 0;
    for (const std::uint32_t peer : peers) gone += ended[peer];
    const double share = peers.empty() ? 0 : gone / static_cast<double>(peers.size());
    c.rumour[i] = std::max(c.rumour[i], static_cast<float>(kHeard + (1 - kHeard) * share));
  }
}

void run(const World& world, State& state, const Month& month) {
  Columns& c = state.columns;
  for (float& rumour : c.rumour) rumour *= static_cast<float>(1 - kFade);
  bool any = false;
  for_each_change(world, state, [&](const Dated& d) {
    if (d.from != month.t) return;
    for (const Termination& termination : d.change->terminations) {
      if (!any) {
        month.scratch.stages = c.stage;  // who was active before, for their customers
        month.scratch.ended.assign(world.n, 0);
      }
      any = end_contracts(world, state, month, termination, month.scratch.ended) || any;
    }
  });
  if (!any) return;
  spread(world, month.scratch.ended, c);
  list_rows(world, state, month.scratch);
}

}  // namespace

extern constexpr Mechanism termination{
    "termination", "The vendor ends contracts; those who stay fear to be next",
    kWrites,       {},
    true,          run};

}  // namespace partnersim
