#include "own_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.hpp"
#include "common.hpp"
#include "measured_text.hpp"
#include "model/parameters.hpp"
#include "questions.hpp"
#include "scenario/footing.hpp"
#include "scenario/keys.hpp"
#include "scenario/number_text.hpp"
#include "scenario/scenario.hpp"
#include "scenario/yaml_text.hpp"

namespace partnersim {
namespace {

/// Levers whose defaults are meant for as many partners as the standard scenario has.
constexpr std::string_view kGrowWithPartners[] = {"managers.seats", "specialists.capacity",
                                                  "specialists.team", "direct.capacity"};
constexpr int kStandardPartners = 788;

constexpr std::size_t kMostOffers = 6;
constexpr std::size_t kCommentAt = 40;
constexpr std::string_view kCloudWords[] = {"cloud", "saas", "abo", "subscription", "hosted"};
constexpr std::string_view kSupplierWords =
    "DIST|Distributor|Distributors|Distribution|Distributoren|Großhandel|Wholesale";

const ParameterRow& row_named(std::span<const ParameterRow> rows, std::string_view key) {
  return *std::ranges::find(rows, key, &ParameterRow::key);
}

double default_of(const ParameterRow& row, bool licence) {
  return licence ? row.value_licence : row.value;
}

std::string our_default(const ParameterRow& row) {
  const Range& plausible = row.evidence.plausible;
  return fmt::format("our default, evidence: {}{}{}", footing_of(row.evidence.tag),
                     row.evidence.source.empty() ? "" : ", ", row.evidence.source) +
         (plausible.lo < plausible.hi && plausible.hi < kInfinity
              ? fmt::format("; plausible {} to {}", value_text(plausible.lo, row.unit, ""),
                            value_text(plausible.hi, row.unit, ""))
              : "");
}

/// An estimate of what grows with another one.
template <class Of>
Estimate mapped(const Estimate& estimate, Of of) {
  return {estimate.n,
          of(estimate.value),
          {of(estimate.of_95.lo), of(estimate.of_95.hi)},
          {of(estimate.of_90.lo), of(estimate.of_90.hi)}};
}

// ---- what the list of partners tells

struct Vendors {
  std::string us = "Us", rival = "Rival";
};

/// We are whom most partners with revenue carry; the rival is whom most carry beside us.
Vendors vendors_of(const History& history) {
  std::map<std::string, std::size_t> sold, carried;
  for (const PastPartner& partner : history.partners) {
    for (const std::string& vendor : partner.vendors) {
      ++carried[vendor];
      if (partner.revenue.value_or(0) > 0) ++sold[vendor];
    }
  }
  const auto most = [](const std::map<std::string, std::size_t>& of) {
    return std::ranges::max_element(of, {}, [](const auto& entry) { return entry.second; });
  };
  Vendors vendors;
  if (carried.empty()) return vendors;
  vendors.us = sold.empty() ? most(carried)->first : most(sold)->first;
  carried.erase(vendors.us);
  if (!carried.empty()) vendors.rival = most(carried)->first;
  return vendors;
}

struct TierGuess {
  std::string name;
  double threshold = 0;
};

/// Tiers by what their partners sell; nine of ten partners of a tier sell more than its threshold.
std::vector<TierGuess> tiers_of(const History& history) {
  std::map<std::string, std::vector<double>> revenues;
  for (const PastPartner& partner : history.partners) {
    if (!partner.tier.empty()) revenues[partner.tier].push_back(partner.revenue.value_or(0));
  }
  std::vector<std::pair<double, TierGuess>> tiers;
  for (auto& [name, revenue] : revenues) {
    std::ranges::sort(revenue);
    tiers.push_back({quantile(revenue, 0.5), {name, quantile(revenue, 0.1)}});
  }
  std::ranges::stable_sort(tiers, {}, [](const auto& tier) { return tier.first; });
  std::vector<TierGuess> result;
  for (auto& [middle, tier] : tiers) {
    const double least = result.empty() ? 0 : std::max(2 * result.back().threshold, 1000.0);
    tier.threshold =
        result.empty() ? 0 : std::max(std::stod(fmt::format("{:.1g}", tier.threshold)), least);
    result.push_back(std::move(tier));
  }
  return result;
}

/// The text with blanks for what a name cannot hold.
std::string plain_name(std::string_view text) {
  std::string name;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = std::max<std::size_t>(character_at(text, at).bytes, 1);
    const std::string character(text.substr(at, bytes));
    Diagnostics unsaid;
    if (check_name(character, {}, unsaid)) {
      name += character;
    } else if (!name.empty() && name.back() != ' ') {
      name += ' ';
    }
    at += bytes;
  }
  name = trimmed(name);
  return name.empty() ? "unnamed" : name;
}

bool is_cloud(const std::string& offer) {
  const std::string lower = lower_ascii(offer);
  return std::ranges::any_of(
      kCloudWords, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

// ---- the file

class Sheet {
 public:
  Sheet(const OwnFiles& files, const History& history, const Measured& measured,
        const Offsets& offsets)
      : files_(files), history_(history), measured_(measured), offsets_(offsets) {}

  std::string write() {
    head();
    market();
    segments();
    us();
    behaviour();
    comments("Measured by segment; the model has one value for all, or none.",
             segments_text(measured_, files_.currency));
    comments("Ten inputs matter most and still rest on our assumptions:", questions_text(""));
    return std::move(text_);
  }

 private:
  void line(std::string_view text, std::string_view comment = {}) {
    text_ += comment.empty() ? fmt::format("{}\n", text)
                             : fmt::format("{:<{}}# {}\n", text, kCommentAt, comment);
  }

  void comments(std::string_view title, const std::string& body) {
    line("");
    line(fmt::format("# {}", title));
    for (std::size_t at = 0; at < body.size();) {
      const std::size_t end = body.find('\n', at);
      line(trimmed_end(fmt::format("#   {}", body.substr(at, end - at))));
      at = end + 1;
    }
  }

  static std::string trimmed_end(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }

  std::string words(const Estimate& estimate, const MeasureRow& what, Unit unit) const {
    return "measured: " + in_words(estimate, what, unit, files_.currency);
  }

  /// Levers of an owner that others are known to use, each with our default; keys such as
  /// managers.seats go below `managers`.
  void levers(std::span<const ParameterRow> rows, std::string_view margin, bool licence,
              std::string_view but = {}) {
    std::vector<std::string_view> groups;
    const auto group_of = [](std::string_view key) { return key.substr(0, key.find('.')); };
    for (const ParameterRow& row : rows) {
      const std::string_view group = group_of(row.key);
      if (!is_shown(row) || row.key == but) continue;
      if (group == row.key) {
        lever(row, row.key, margin, licence);
      } else if (std::ranges::find(groups, group) == groups.end()) {
        groups.push_back(group);
        line(fmt::format("{}{}:", margin, group));
        for (const ParameterRow& other : rows) {
          if (!is_shown(other) || other.key == group || group_of(other.key) != group) continue;
          lever(other, other.key.substr(group.size() + 1), fmt::format("{}  ", margin), licence);
        }
      }
    }
  }

  static bool is_shown(const ParameterRow& row) {
    return row.kind == Class::lever && row.evidence.plausible.lo > -kInfinity;
  }

  void lever(const ParameterRow& row, std::string_view key, std::string_view margin, bool licence) {
    double value = default_of(row, licence);
    std::string comment = our_default(row);
    if (std::ranges::find(kGrowWithPartners, row.key) != std::end(kGrowWithPartners)) {
      const auto partners = static_cast<double>(history_.partners.size());
      value = std::max(1.0, std::round(value * partners / kStandardPartners));
      comment = fmt::format("our default for {} partners, scaled to yours", kStandardPartners);
    }
    if (row.key == "managers.seats" && !managers().empty()) {
      value = static_cast<double>(managers().size());
      comment = "counted in your list of partners";
    }
    line(fmt::format("{}{}: {}", margin, key, exact_text(value, row.unit)), comment);
  }

  std::set<std::string> managers() const {
    std::set<std::string> names;
    for (const PastPartner& partner : history_.partners) {
      if (!partner.left && !partner.manager.empty()) names.insert(partner.manager);
    }
    return names;
  }

  void head() {
    const auto day = [](Day d) {
      const std::chrono::year_month_day date(d);
      return fmt::format("{}-{:02}-{:02}", static_cast<int>(date.year()),
                         static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    };
    const bool has_deals = measured_.deals > 0;
    line(fmt::format(
        "# Your channel: {} partners of {}{}", grouped(history_.partners.size()), files_.partners,
        has_deals ? fmt::format(", {} deals of {},", grouped(measured_.deals), files_.deals)
                  : "."));
    if (has_deals) {
      line(fmt::format("# opened from {} on and told until {}; {} of them still open.",
                       day(measured_.since), day(measured_.until), grouped(measured_.open)));
    }
    line("#");
    line("# `measured` is from your files: the range is what they leave open, 9 times out of 10.");
    line(
        "# `our default` is nobody's measurement: write what is true for you. What is not written");
    line("# is drawn from the range of its evidence: partnersim parameters --evidence");
    line("partnersim: 1");
    line(fmt::format("title: {}", yaml_scalar(files_.title)));
    const std::chrono::year_month_day next(history_.until);
    const auto start = next.year() / next.month() + std::chrono::months(1);
    line(fmt::format("start: {}-{:02}", static_cast<int>(start.year()),
                     static_cast<unsigned>(start.month())),
         has_deals ? "the month after your deals end" : "next month");
    line("months: 36");
    line(fmt::format("currency: {}", files_.currency),
         files_.currency_is_named ? "as your files say" : "our default: your files name none");
    line("fiscal_year_starts: January", "our default");
    line(fmt::format("partners: {}", yaml_scalar(files_.partners)));
    if (!files_.map.empty()) line("map:");
    for (const MappedColumn& mapped : files_.map) {
      line(fmt::format("  {}: {}", yaml_scalar(mapped.from), mapped.to));
    }
  }

  void market() {
    const std::string rests_on = season_in_words(measured_.season);
    line("");
    if (!is_measured(measured_.season)) {
      line(fmt::format("# market.season: {}; {}", rests_on,
                       our_default(row_named(kMarketRows, "season"))));
      return;
    }
    std::vector<std::string> factors;
    for (const double factor : measured_.season->factors) {
      factors.push_back(fmt::format("{:.2f}", factor));
    }
    line("market:");
    line(fmt::format("  # measured: {}", rests_on));
    line(fmt::format("  season: [{}]", fmt::join(factors, ", ")));
  }

  void segments() {
    line("");
    line("segments:");
    for (std::size_t s = 0; s < measured_.segments.size(); ++s) {
      const std::string& name = measured_.segments[s];
      line(fmt::format("  - name: {}", yaml_scalar(name)));
      if (is_one_of(name, kSupplierWords)) {
        line("    supplier: yes", "judged by its name: supplies the others, sells nothing");
        continue;
      }
      const Estimate& size = measured_.size_of_segment[s];
      if (is_measured(size, measure::kDealSize)) {
        line(fmt::format("    deal_size: {}", stated(size, row_named(kSegmentRows, "deal_size"))),
             words(size, measure::kDealSize, Unit::number));
      } else {
        line(fmt::format("    # deal_size: {}", too_few(size, measure::kDealSize)));
      }
    }
  }

  void us() {
    const Vendors vendors = vendors_of(history_);
    line("");
    line("us:");
    line(fmt::format("  name: {}", yaml_scalar(plain_name(vendors.us))));
    levers(kVendorRows, "  ", false);
    tiers();
    offers();
    line("");
    line("rival:", "our assumption: it pays what we pay; write what you know of it");
    line(fmt::format("  name: {}", yaml_scalar(plain_name(vendors.rival))));
    line("  like: us");
  }

  void tiers() {
    const std::vector<TierGuess> guessed = tiers_of(history_);
    if (guessed.empty()) return;
    line("  tiers:", "thresholds are guessed: 9 of 10 partners of a tier sell more; write yours");
    for (const TierGuess& tier : guessed) {
      line(fmt::format("    - name: {}", yaml_scalar(tier.name)));
      line(fmt::format("      threshold: {:.0f}", tier.threshold));
      lever(row_named(kTierRows, "margin"), "margin", "      ", false);
    }
  }

  void offers() {
    std::vector<std::size_t> sold;  // often enough to tell their price
    for (std::size_t o = 0; o < measured_.offers.size() && sold.size() < kMostOffers; ++o) {
      if (is_measured(measured_.price_of_offer[o], measure::kDealSize)) sold.push_back(o);
    }
    if (sold.empty()) {
      line("  offers:", "your deals tell none of their own; write yours");
      offer("Server", measured_.amount.all, measured_.cycle.all);
      offer("Cloud", measured_.amount.all, measured_.cycle.all);
      return;
    }
    line("  offers:", fmt::format("those with {} {}; deployment and billing are judged by the name",
                                  measure::kDealSize.fewest, measure::kDealSize.cases));
    std::set<std::string> names;
    for (const std::size_t o : sold) {
      std::string name = plain_name(measured_.offers[o]);
      if (!names.insert(name).second) names.insert(name += fmt::format(" {}", o + 1));
      offer(name, measured_.price_of_offer[o], measured_.cycle_of_offer[o]);
    }
  }

  void offer(const std::string& name, const Estimate& price_found, const Estimate& cycle_found) {
    const bool licence = !is_cloud(name);
    line(fmt::format("    - name: {}", yaml_scalar(name)));
    line(licence ? "      deployment: on_premises" : "      deployment: cloud");
    line(licence ? "      billing: licence" : "      billing: subscription");
    price(price_found, licence);
    cycle(cycle_found);
    levers(kOfferRows, "      ", licence, "price");
  }

  void price(const Estimate& found, bool licence) {
    if (is_measured(found, measure::kDealSize)) {
      line(fmt::format("      price: {}",
                       exact_text(rounded(found.value, Unit::money), Unit::money)),
           words(found, measure::kDealSize, Unit::money));
    } else {
      lever(row_named(kOfferRows, "price"), "price", "      ", licence);
    }
  }

  void cycle(const Estimate& of_offer) {
    const bool own = is_measured(of_offer, measure::kCycle);
    const Estimate& found = own ? of_offer : measured_.cycle.all;
    if (is_measured(found, measure::kCycle)) {
      line(
          fmt::format("      sales_cycle: {}", stated(found, row_named(kOfferRows, "sales_cycle"))),
          words(found, measure::kCycle, Unit::months));
    } else {
      line(fmt::format("      # sales_cycle: {}", too_few(found, measure::kCycle)));
    }
  }

  /// A parameter, what it is set to, and the measurement it comes from.
  struct Setting {
    std::string_view key;
    Estimate value;
    const Estimate& found;
    const MeasureRow& what;
    Unit unit;
    std::string_view how = {};
  };

  /// What is measured stands below `owner`; of the rest it is told what is missing.
  void parameters(std::string_view owner, std::initializer_list<Setting> settings) {
    const Owner& of = *std::ranges::find(owners(), owner, &Owner::path);
    const auto is_set = [](const Setting& one) { return is_measured(one.found, one.what); };
    if (std::ranges::any_of(settings, is_set)) line(fmt::format("{}:", owner));
    for (const Setting& setting : settings) {
      const ParameterRow& row = row_named(of.rows, setting.key);
      if (is_set(setting)) {
        line(fmt::format("  {}: {}", setting.key, stated(setting.value, row)),
             fmt::format("{}{}", words(setting.found, setting.what, setting.unit), setting.how));
      } else {
        line(fmt::format("# {}.{} {}: {}; {}", owner, setting.key,
                         value_text(row.value, row.unit, files_.currency),
                         too_few(setting.found, setting.what), our_default(row)));
      }
    }
  }

  void behaviour() {
    const auto at_offsets = [this](double (*parameter)(double, const Offsets&)) {
      return [this, parameter](double measured) { return parameter(measured, offsets_); };
    };
    constexpr std::string_view kShown = "; set so that the first year shows it";
    const Estimate &win = measured_.win_rate.all, &spread = measured_.deal_spread,
                   &exits = measured_.exits.all, &registered = measured_.registered.all;
    line("");
    parameters("closing", {{"win_rate", mapped(win, at_offsets(win_rate_parameter)), win,
                            measure::kWinRate, Unit::share, kShown},
                           {"deal_sigma", spread, spread, measure::kDealSpread, Unit::number}});
    parameters("lifecycle", {{"leave_mean", mapped(exits, at_offsets(leave_parameter)), exits,
                              measure::kExits, Unit::share, kShown}});
    parameters("registration", {{"base", mapped(registered, at_offsets(registration_parameter)),
                                 registered, measure::kRegistered, Unit::share, kShown}});
  }

  const OwnFiles& files_;
  const History& history_;
  const Measured& measured_;
  const Offsets& offsets_;
  std::string text_;
};

}  // namespace

std::string own_scenario(const OwnFiles& files, const History& history, const Measured& measured,
                         const Offsets& offsets) {
  return Sheet(files, history, measured, offsets).write();
}

std::string questions_text(std::string_view margin) {
  std::string text;
  std::size_t number = 0;
  for (const Question& question : kQuestions) {
    text += fmt::format("{}{:>2}. {} ({})\n{}    {}\n", margin, ++number, question.question,
                        question.key, margin, question.where);
  }
  return text;
}

}  // namespace partnersim
