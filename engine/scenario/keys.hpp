// The keys of a scenario file that are no parameters: what holds the parameters together. Parser,
// schema and messages read these tables; the keys of parameters stand in their own tables.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.hpp"
#include "scenario/document.hpp"
#include "scenario/values.hpp"

namespace partnersim {

/// What may stand behind a key. `partners`: an id, a list of ids, or a CSV file with a column id;
/// `group`: that, or columns of the partner file and their values.
enum class Holds { text, name, words, list, map, partners, group, nothing_yet };

struct KeyRow {
  std::string_view key;
  Holds holds;
  std::string_view meaning;
  std::string_view words{};  // Holds::words: those allowed, separated by |
  bool required = false;
};

inline constexpr std::string_view kYesNo = "yes|no|true|false";

/// Keys that stand in more than one table.
inline constexpr KeyRow kVersionKey = {"partnersim", Holds::text, "Version of the format: 1"};
inline constexpr KeyRow kBudgetKey = {
    "budget", Holds::map, "What a program may need: {program_cost: below 4.2M EUR per FY}"};
inline constexpr KeyRow kGoalKey = {
    "goal", Holds::text,
    "What a program is to reach: net_channel_revenue FY28 at least 48M EUR in 80% of futures"};
inline constexpr KeyRow kRampKey = {"ramp", Holds::text, "Time over which it is reached: 6 months"};
inline constexpr KeyRow kForKey = {
    "for", Holds::group,
    "Partners for which 'set' is: {segment: VAR, tier: [Silver, Gold], region: CH}, or pilot.csv"};
inline constexpr KeyRow kTerminateKey = {
    "terminate", Holds::map, "Partners of ours whose contract is ended: {revenue_12m: below 250k}"};
inline constexpr KeyRow kLeaveKey = {"leave", Holds::partners,
                                     "Partners or distributors that leave the market: P0042"};
inline constexpr KeyRow kAcquiredKey = {
    "acquired_by", Holds::map,
    "Partners or distributors a vendor buys: {partner: P0042, vendor: rival}"};

inline constexpr KeyRow kScenarioKeys[] = {
    kVersionKey,
    {"title", Holds::text, "What this scenario is about"},
    {"extends", Holds::text, "The scenario this one changes, relative to this file"},
    {"start", Holds::text, "First month, as 2027-01"},
    {"months", Holds::text, "Length of the run, 1 to 600"},
    {"currency", Holds::text, "ISO code of the currency of all money: EUR"},
    {"fiscal_year_starts", Holds::text, "Month in which the fiscal year begins: January"},
    {"uncertainty", Holds::words,
     "What is drawn: evidence (also what nobody typed), stated (only typed ranges), none",
     "evidence|stated|none"},
    {"partners", Holds::text, "CSV file of the partners"},
    {"map", Holds::map, "Columns of that file by their names here and ours: {Umsatz: revenue_12m}"},
    {"population", Holds::map, "{}: partners are generated from the segments"},
    {"links", Holds::text, "CSV or GraphML file of the links between partners"},
    {"graph", Holds::map, "How generated links look"},
    {"market", Holds::map, "The market, when there is one"},
    {"markets", Holds::list, "Several markets, each with a name"},
    {"segments", Holds::list, "Kinds of partners, each with a name"},
    {"us", Holds::map, "The vendor whose decisions are studied"},
    {"rival", Holds::map, "The rival, when there is one"},
    {"rivals", Holds::list, "Several rivals, each with a name"},
    {"mechanisms", Holds::map, "Mechanisms to switch off: {lifecycle: off}"},
    {"lifted", Holds::list, "Shadows lifted for us: [authority, contact]"},
    {"correlate", Holds::list,
     "Drawn parameters that move together: [choice.beta, choice.habit, 0.3]"},
    {"changes", Holds::list, "What is planned to change, and when"},
    {"events", Holds::list, "What may happen"},
    {"deals", Holds::nothing_yet, "CSV file of measured deals"},
    {"plan", Holds::nothing_yet, "CSV file of the plan"},
    {"actuals", Holds::nothing_yet, "CSV file of what was booked in the run so far"},
    {"history", Holds::nothing_yet, "CSV file of what was booked before the run"},
    {"targets", Holds::list, "What is to be reached: {metric, period, at_least}"},
    {"rates", Holds::nothing_yet, "Exchange rates"},
    {"programs", Holds::map, "Several programs over `base`: a name, and what it sets"},
    kBudgetKey,
    kGoalKey,
};

/// Of a file with several programs over one scenario.
inline constexpr KeyRow kProgramsKeys[] = {
    kVersionKey,
    {"title", Holds::text, "What is compared"},
    {"base", Holds::text, "The scenario all programs start from, relative to this file", {}, true},
    {"programs", Holds::map, "A name, and what the program sets: {us.rebate: 2%}", {}, true},
    kBudgetKey,
    kGoalKey,
};

inline constexpr KeyRow kTargetKeys[] = {
    {"metric", Holds::text, "Metric as in summary.json: net_channel_revenue", {}, true},
    {"period", Holds::text, "Month, quarter, fiscal year: FY28; without it the whole run"},
    {"at_least", Holds::text, "What it is to reach: 40M EUR"},
    {"at_most", Holds::text, "What it is to stay below: 4M EUR"},
};

inline constexpr KeyRow kGraphKeys[] = {
    {"kind", Holds::words, "How peer links are made", "none|small_world|preferential|communities"},
};

inline constexpr KeyRow kMarketKeys[] = {
    {"name", Holds::name, "Name of the market"},
};

inline constexpr KeyRow kSegmentKeys[] = {
    {"name", Holds::name, "Name of the segment", {}, true},
    {"supplier", Holds::words, "Distributors: they supply and sell nothing themselves", kYesNo},
};

inline constexpr KeyRow kVendorKeys[] = {
    {"name", Holds::name, "Name of the vendor"},
    {"like", Holds::text, "Another vendor (us, or a rival's name) whose terms are copied first"},
    {"tiers", Holds::list, "Tiers of the program, lowest first"},
    {"offers", Holds::list, "What the vendor sells"},
    {"policy", Holds::map, "How the vendor steers by its own target; without one it is fixed"},
};

inline constexpr KeyRow kPolicyKeys[] = {
    {"lever", Holds::text, "Parameter of the vendor it moves: rebate", {}, true},
    {"step", Holds::text, "What it moves it by at a review: +1 point", {}, true},
    {"at_least", Holds::text, "Lowest value of the lever", {}, true},
    {"at_most", Holds::text, "Highest value of the lever", {}, true},
    {"revenue",
     Holds::text,
     "What customers are to pay partners in twelve months, at the start",
     {},
     true},
    {"growth", Holds::text, "Yearly growth of that target: 5 % per year"},
};

inline constexpr KeyRow kTerminateKeys[] = {
    {"revenue_12m",
     Holds::text,
     "Those who billed less in twelve months: below 250k EUR",
     {},
     true},
    {"except", Holds::partners, "Partners that stay all the same"},
};

inline constexpr KeyRow kAcquiredKeys[] = {
    {"partner", Holds::partners, "Partners that are bought", {}, true},
    {"vendor", Holds::text, "Who buys them: us, rival, or a vendor's name", {}, true},
};

inline constexpr KeyRow kTierKeys[] = {
    {"name", Holds::name, "Name of the tier", {}, true},
};

inline constexpr KeyRow kOfferKeys[] = {
    {"name", Holds::name, "Name of the offer", {}, true},
    {"deployment", Holds::words, "Where it runs", "on_premises|cloud", true},
    {"billing", Holds::words, "How it is paid", "licence|subscription", true},
};

inline constexpr KeyRow kChangeKeys[] = {
    {"name", Holds::name, "Name of the change, for overlays"},
    {"from",
     Holds::text,
     "Month, quarter or fiscal year in which it begins: 2027-07, FY28",
     {},
     true},
    {"to", Holds::text, "Last month, quarter or fiscal year in which it holds"},
    kRampKey,
    {"set", Holds::map, "Parameters and their new values: us.rebate: +3 points"},
    {"announced", Holds::nothing_yet, "When partners hear of it"},
    {"existing", Holds::nothing_yet, "Whether running contracts keep their terms"},
    kForKey,
    kTerminateKey,
    kLeaveKey,
    kAcquiredKey,
};

inline constexpr KeyRow kEventKeys[] = {
    {"name", Holds::name, "Name of the event", {}, true},
    {"probability", Holds::text, "Chance that it happens at all: 40%"},
    {"month", Holds::text, "Month or period in which it happens: 2027-04 to 2028-03", {}, true},
    {"lasts", Holds::text, "How long it holds: 6 months"},
    kRampKey,
    {"set", Holds::map, "Parameters and their new values: rival.rebate: +5 points"},
    kForKey,
    kLeaveKey,
    kAcquiredKey,
    kTerminateKey,
};

/// `a|b|c` taken apart.
std::vector<std::string> words_of(std::string_view words);

const KeyRow* find_key(std::span<const KeyRow> keys, std::string_view key);

void report(Fault fault, Location at, Diagnostics& diagnostics);

/// Adds what was not yet reported in the same place.
void forward(const Diagnostics& from, Diagnostics& to);

/// Whether an error was reported in this place.
bool told(const Diagnostics& diagnostics, Location at);

/// "did you mean 'x'?", or `otherwise` when nothing is near.
std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& names,
                         const std::string& otherwise = {});

/// Reports keys of `map` that are in neither table, not built yet, or missing. `rows` may be
/// empty. False when `map` is no map.
bool check_keys(const Node& map, std::span<const KeyRow> keys, std::span<const ParameterRow> rows,
                std::string_view what, Diagnostics& diagnostics);

/// The scalar behind `key`, when there is one; reports lists and maps.
std::optional<std::string> read_text(const Node& map, std::string_view key,
                                     Diagnostics& diagnostics);

/// One of the row's words, as its position in them; reports others.
std::optional<std::size_t> read_word(const Node& map, const KeyRow& row, Diagnostics& diagnostics);

/// A name that paths can be made of: letters, digits, space, _ and -; reports others.
bool check_name(const std::string& name, Location at, Diagnostics& diagnostics);

}  // namespace partnersim
