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

/// What may stand behind a key.
enum class Shape { text, name, words, list, map, nothing_yet };

struct KeyRow {
  std::string_view key;
  Shape shape;
  std::string_view meaning;
  std::string_view words{};  // Shape::words: those allowed, separated by |
  bool required = false;
};

inline constexpr std::string_view kYesNo = "yes|no|true|false";

inline constexpr KeyRow kScenarioKeys[] = {
    {"partnersim", Shape::text, "Version of the format: 1"},
    {"title", Shape::text, "What this scenario is about"},
    {"extends", Shape::text, "The scenario this one changes, relative to this file"},
    {"start", Shape::text, "First month, as 2027-01"},
    {"months", Shape::text, "Length of the run, 1 to 600"},
    {"currency", Shape::text, "ISO code of the currency of all money: EUR"},
    {"fiscal_year_starts", Shape::text, "Month in which the fiscal year begins: January"},
    {"uncertainty", Shape::words,
     "What is drawn: evidence (also what nobody typed), stated (only typed ranges), none",
     "evidence|stated|none"},
    {"partners", Shape::text, "CSV file of the partners"},
    {"population", Shape::map, "{}: partners are generated from the segments"},
    {"links", Shape::text, "CSV or GraphML file of the links between partners"},
    {"graph", Shape::map, "How generated links look"},
    {"market", Shape::map, "The market, when there is one"},
    {"markets", Shape::list, "Several markets, each with a name"},
    {"segments", Shape::list, "Kinds of partners, each with a name"},
    {"us", Shape::map, "The vendor whose decisions are studied"},
    {"rival", Shape::map, "The rival, when there is one"},
    {"rivals", Shape::list, "Several rivals, each with a name"},
    {"mechanisms", Shape::map, "Mechanisms to switch off: {lifecycle: off}"},
    {"correlate", Shape::list,
     "Drawn parameters that move together: [choice.beta, choice.habit, 0.3]"},
    {"changes", Shape::list, "What is planned to change, and when"},
    {"events", Shape::list, "What may happen"},
    {"deals", Shape::nothing_yet, "CSV file of measured deals"},
    {"plan", Shape::nothing_yet, "CSV file of the plan"},
    {"actuals", Shape::nothing_yet, "CSV file of what was booked in the run so far"},
    {"history", Shape::nothing_yet, "CSV file of what was booked before the run"},
    {"targets", Shape::nothing_yet, "Targets of metrics by period"},
    {"rates", Shape::nothing_yet, "Exchange rates"},
    {"programs", Shape::nothing_yet, "Several programs to compare"},
    {"budget", Shape::nothing_yet, "What the programs may cost"},
    {"goal", Shape::nothing_yet, "What the programs are to reach"},
};

inline constexpr KeyRow kGraphKeys[] = {
    {"kind", Shape::words, "How peer links are made", "none|small_world|preferential|communities"},
};

inline constexpr KeyRow kMarketKeys[] = {
    {"name", Shape::name, "Name of the market"},
};

inline constexpr KeyRow kSegmentKeys[] = {
    {"name", Shape::name, "Name of the segment", {}, true},
    {"supplier", Shape::words, "Distributors: they supply and sell nothing themselves", kYesNo},
};

inline constexpr KeyRow kVendorKeys[] = {
    {"name", Shape::name, "Name of the vendor"},
    {"like", Shape::text, "Another vendor (us, or a rival's name) whose terms are copied first"},
    {"tiers", Shape::list, "Tiers of the program, lowest first"},
    {"offers", Shape::list, "What the vendor sells"},
    {"managers", Shape::nothing_yet, "Partner managers"},
    {"specialists", Shape::nothing_yet, "Specialists who help partners"},
    {"training", Shape::nothing_yet, "Training and certificates"},
    {"policy", Shape::nothing_yet, "How the vendor reacts"},
};

inline constexpr KeyRow kTierKeys[] = {
    {"name", Shape::name, "Name of the tier", {}, true},
};

inline constexpr KeyRow kOfferKeys[] = {
    {"name", Shape::name, "Name of the offer", {}, true},
    {"deployment", Shape::words, "Where it runs", "on_premises|cloud", true},
    {"billing", Shape::words, "How it is paid", "licence|subscription", true},
};

inline constexpr KeyRow kChangeKeys[] = {
    {"name", Shape::name, "Name of the change, for overlays"},
    {"from",
     Shape::text,
     "Month, quarter or fiscal year in which it begins: 2027-07, FY28",
     {},
     true},
    {"to", Shape::text, "Last month, quarter or fiscal year in which it holds"},
    {"ramp", Shape::text, "Time over which it is reached: 6 months"},
    {"set", Shape::map, "Parameters and their new values: us.rebate: +3 points", {}, true},
    {"announced", Shape::nothing_yet, "When partners hear of it"},
    {"existing", Shape::nothing_yet, "Whether running contracts keep their terms"},
    {"for", Shape::nothing_yet, "Which partners it is for"},
    {"terminate", Shape::nothing_yet, "Partners whose contract is ended"},
};

inline constexpr KeyRow kEventKeys[] = {
    {"name", Shape::name, "Name of the event", {}, true},
    {"probability", Shape::text, "Chance that it happens at all: 40%"},
    {"month", Shape::text, "Month or period in which it happens: 2027-04 to 2028-03", {}, true},
    {"lasts", Shape::text, "How long it holds: 6 months"},
    {"ramp", Shape::text, "Time over which it is reached: 6 months"},
    {"set", Shape::map, "Parameters and their new values: rival.rebate: +5 points", {}, true},
    {"for", Shape::nothing_yet, "Which partners it is for"},
    {"leave", Shape::nothing_yet, "Partners that leave"},
    {"acquired_by", Shape::nothing_yet, "Partners that are bought"},
    {"terminate", Shape::nothing_yet, "Partners whose contract is ended"},
};

/// `a|b|c` taken apart.
std::vector<std::string> words_of(std::string_view words);

const KeyRow* find_key(std::span<const KeyRow> keys, std::string_view key);

void report(Fault fault, Location at, Diagnostics& diagnostics);

/// Adds what was not yet reported in the same place.
void forward(const Diagnostics& from, Diagnostics& to);

/// "did you mean 'x'?", or `otherwise` when nothing is near.
std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& names,
                         std::string otherwise = {});

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
