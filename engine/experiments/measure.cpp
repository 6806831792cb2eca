// Every measurement walks over the deals or partners once, for all of them and by segment.
#include "experiments/measure.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "base/math.hpp"
#include "base/text.hpp"

namespace partnersim {
namespace {

using Outcome = PastDeal::Outcome;

constexpr double kDaysOfMonth = 365.0 / 12;
constexpr std::chrono::days kMissing{3};        // at the end of a month that counts as whole
constexpr int kWon = 1, kLost = 2, kEnded = 1;  // ends of spells
constexpr int kRounds = 30;                     // of fitting offers and segments in turn

double months_between(Day from, Day to) {
  return static_cast<double>((to - from).count()) / kDaysOfMonth;
}

std::size_t month_number(Day day) {
  const std::chrono::year_month_day date(day);
  return static_cast<std::size_t>(static_cast<int>(date.year())) * 12 +
         static_cast<unsigned>(date.month()) - 1;
}

/// Distinct names without regard to case, the most frequent first, and which of them each is.
struct Names {
  std::vector<std::string> names;
  std::vector<std::size_t> of;  // names.size(): it is empty
};

Names by_frequency(const std::vector<std::string>& all) {
  struct Name {
    std::string text;
    std::size_t count = 0, position = 0;
  };
  std::map<std::string, Name> found;
  for (const std::string& text : all) {
    Name& name = found[lower_ascii(text)];
    if (name.count++ == 0) name.text = text;
  }
  found.erase("");
  std::vector<Name*> sorted;
  for (auto& [key, name] : found) sorted.push_back(&name);
  std::ranges::stable_sort(sorted, std::greater(), &Name::count);
  Names result;
  for (Name* name : sorted) {
    name->position = result.names.size();
    result.names.push_back(name->text);
  }
  for (const std::string& text : all) {
    const auto name = found.find(lower_ascii(text));
    result.of.push_back(name == found.end() ? result.names.size() : name->second.position);
  }
  return result;
}

class Measuring {
 public:
  explicit Measuring(const History& history) : history_(history) {
    std::vector<std::string> segments, offers;
    for (const PastPartner& partner : history.partners) segments.push_back(partner.segment);
    for (const PastDeal& deal : history.deals) offers.push_back(deal.offer);
    Names named = by_frequency(segments);
    result_.segments = std::move(named.names);
    segment_ = std::move(named.of);
    named = by_frequency(offers);
    result_.offers = std::move(named.names);
    offer_ = std::move(named.of);
    result_.deals = history.deals.size();
    result_.until = result_.since = history.until;
    for (const PastDeal& deal : history.deals) {
      result_.since = std::min(result_.since, deal.opened);
      result_.open += deal.outcome == Outcome::open;
      dated_ = dated_ || deal.closed;
    }
  }

  Measured run() {
    const auto won = [&](std::span<const Spell> spells, double design) {
      return dated_ ? share_ending(spells, kWon, design) : plain_win_rate(spells, design);
    };
    const auto share = [](std::span<const double> ones, double design) {
      return share_of(mean(ones) * static_cast<double>(ones.size()), ones.size(), design);
    };
    const auto is_won = [](const Spell& spell) { return spell.end == kWon ? 1.0 : 0.0; };
    const auto length = [](const Spell& spell) { return spell.time; };
    const auto itself = [](double value) { return value; };
    const auto logarithm = [](double value) { return log(value); };
    result_.win_rate = cut<Spell>(decisions(), won, is_won);
    result_.cycle = cut<Spell>(dated_ ? decisions() : Cases<Spell>{}, mean_time, length);
    result_.amount = cut<double>(amounts(), lognormal_mean, logarithm);
    result_.registered = cut<double>(registrations(), share, itself);
    result_.opened = opened();
    result_.first_deal = cut<Spell>(first_deals(), mean_time, length);
    result_.exits = exits();
    measure_cycles_of_offers();
    measure_prices();
    measure_spread();
    measure_season();
    return std::move(result_);
  }

 private:
  /// Cases of one kind and the partners they belong to.
  template <class Case>
  struct Cases {
    std::vector<Case> cases;
    std::vector<std::size_t> partner;

    void add(std::size_t of, const Case& one) {
      cases.push_back(one);
      partner.push_back(of);
    }
  };
  template <class Case>
  using Estimator = std::function<Estimate(std::span<const Case>, double design)>;

  std::size_t segments() const { return result_.segments.size(); }

  static bool is_over(double) { return true; }
  static bool is_over(const Spell& spell) { return spell.end != 0; }

  /// With the effect of partners whose cases are alike in `what`.
  template <class Case, class What>
  static Estimate estimated(const Cases<Case>& cases, const Estimator<Case>& estimate, What what) {
    std::vector<double> values;
    std::vector<std::size_t> partner;
    for (std::size_t k = 0; k < cases.cases.size(); ++k) {
      if (!is_over(cases.cases[k])) continue;
      values.push_back(what(cases.cases[k]));
      partner.push_back(cases.partner[k]);
    }
    return estimate(cases.cases, values.empty() ? 1 : design_effect(values, partner));
  }

  template <class Case, class What>
  BySegment cut(const Cases<Case>& all, const Estimator<Case>& estimate, What what) const {
    std::vector<Cases<Case>> of(segments());
    for (std::size_t k = 0; k < all.cases.size(); ++k) {
      of[segment_[all.partner[k]]].add(all.partner[k], all.cases[k]);
    }
    BySegment result{estimated(all, estimate, what), {}};
    for (const Cases<Case>& some : of) result.segment.push_back(estimated(some, estimate, what));
    return result;
  }

  /// Without the days of decisions nothing is known of how long open deals take.
  static Estimate plain_win_rate(std::span<const Spell> spells, double design) {
    std::size_t won = 0, decided = 0;
    for (const Spell& spell : spells) {
      won += spell.end == kWon;
      decided += spell.end != 0;
    }
    return share_of(static_cast<double>(won), decided, design);
  }

  /// From opening to decision. Where the file has days of decisions, a decided deal without one is
  /// left out.
  std::optional<Spell> decision(const PastDeal& deal) const {
    if (deal.outcome == Outcome::open) return Spell{months_between(deal.opened, history_.until), 0};
    if (dated_ && !deal.closed) return std::nullopt;
    return Spell{months_between(deal.opened, deal.closed.value_or(deal.opened)),
                 deal.outcome == Outcome::won ? kWon : kLost};
  }

  Cases<Spell> decisions() const {
    Cases<Spell> cases;
    for (const PastDeal& deal : history_.deals) {
      if (const auto spell = decision(deal)) cases.add(deal.partner, *spell);
    }
    return cases;
  }

  static bool is_priced(const PastDeal& deal) {
    return deal.outcome == Outcome::won && deal.amount.has_value();
  }

  Cases<double> amounts() const {
    Cases<double> cases;
    for (const PastDeal& deal : history_.deals) {
      if (is_priced(deal)) cases.add(deal.partner, *deal.amount);
    }
    return cases;
  }

  Cases<double> registrations() const {
    Cases<double> cases;
    for (const PastDeal& deal : history_.deals) {
      if (deal.registered) cases.add(deal.partner, *deal.registered ? 1.0 : 0.0);
    }
    return cases;
  }

  /// Months in which the deals tell of a partner.
  double seen_months(const PastPartner& partner) const {
    const Day from = std::max(result_.since, partner.joined.value_or(result_.since));
    const Day to = std::min(history_.until, partner.left.value_or(history_.until));
    return std::max(0.0, months_between(from, to));
  }

  /// Events of each partner, over the years it is seen.
  BySegment rates(const std::vector<std::size_t>& events) const {
    std::vector<double> years(events.size());
    for (std::size_t k = 0; k < events.size(); ++k) {
      years[k] = seen_months(history_.partners[k]) / 12;
    }
    const auto rate = [&](auto is_meant) {
      std::size_t happened = 0;
      double seen = 0, squares = 0;
      for (std::size_t k = 0; k < events.size(); ++k) {
        if (is_meant(k)) happened += events[k], seen += years[k];
      }
      const double each = seen > 0 ? static_cast<double>(happened) / seen : 0;
      for (std::size_t k = 0; k < events.size(); ++k) {
        const double more = static_cast<double>(events[k]) - each * years[k];
        if (is_meant(k)) squares += more * more;
      }
      const double design = happened > 0 ? squares / static_cast<double>(happened) : 1;
      return rate_of(happened, seen, std::max(1.0, design));
    };
    BySegment result{rate([](std::size_t) { return true; }), {}};
    for (std::size_t s = 0; s < segments(); ++s) {
      result.segment.push_back(rate([&](std::size_t k) { return segment_[k] == s; }));
    }
    return result;
  }

  BySegment opened() const {
    std::vector<std::size_t> events(history_.partners.size());
    for (const PastDeal& deal : history_.deals) ++events[deal.partner];
    return rates(events);
  }

  BySegment exits() const {
    std::vector<std::size_t> events(history_.partners.size());
    for (std::size_t k = 0; k < events.size(); ++k) {
      const auto& left = history_.partners[k].left;
      events[k] = left && *left >= result_.since && *left <= history_.until;
    }
    return rates(events);
  }

  /// Of partners that joined while the deals tell of them: the first deals of others are not known.
  Cases<Spell> first_deals() const {
    std::vector<std::optional<Day>> first(history_.partners.size());
    for (const PastDeal& deal : history_.deals) {
      std::optional<Day>& day = first[deal.partner];
      day = std::min(day.value_or(deal.opened), deal.opened);
    }
    Cases<Spell> cases;
    for (std::size_t k = 0; k < first.size(); ++k) {
      const PastPartner& partner = history_.partners[k];
      if (!partner.joined || *partner.joined < result_.since || *partner.joined > history_.until) {
        continue;
      }
      if (first[k] && *first[k] < *partner.joined) continue;  // it sold before it signed
      const Day end =
          first[k].value_or(std::min(history_.until, partner.left.value_or(history_.until)));
      cases.add(k, {std::max(0.0, months_between(*partner.joined, end)), first[k] ? kEnded : 0});
    }
    return cases;
  }

  void measure_cycles_of_offers() {
    std::vector<Cases<Spell>> cases(result_.offers.size() + 1);
    for (std::size_t k = 0; k < history_.deals.size() && dated_; ++k) {
      const PastDeal& deal = history_.deals[k];
      if (const auto spell = decision(deal)) cases[offer_[k]].add(deal.partner, *spell);
    }
    cases.pop_back();
    for (const Cases<Spell>& some : cases) {
      result_.cycle_of_offer.push_back(
          estimated<Spell>(some, mean_time, [](const Spell& spell) { return spell.time; }));
    }
  }

  /// ln amount = offer + segment + luck, fitted by means in turn.
  void measure_prices() {
    const std::size_t offers = std::max<std::size_t>(result_.offers.size(), 1);
    struct Deal {
      std::size_t offer, segment, partner;
      double log_amount;
    };
    std::vector<Deal> deals;
    for (std::size_t k = 0; k < history_.deals.size(); ++k) {
      const PastDeal& deal = history_.deals[k];
      const std::size_t o = offer_[k];  // 0 where the file names none
      if (!is_priced(deal) || o == offers) continue;
      deals.push_back({o, segment_[deal.partner], deal.partner, log(*deal.amount)});
    }
    std::vector<double> of_offer(offers), of_segment(segments());
    const auto refit = [&](std::vector<double>& effects, const std::vector<double>& others,
                           std::size_t Deal::*mine, std::size_t Deal::*other) {
      std::vector<double> sum(effects.size()), n(effects.size());
      for (const Deal& deal : deals) {
        sum[deal.*mine] += deal.log_amount - others[deal.*other];
        n[deal.*mine] += 1;
      }
      for (std::size_t k = 0; k < effects.size(); ++k) effects[k] = n[k] > 0 ? sum[k] / n[k] : 0;
    };
    for (int round = 0; round < kRounds; ++round) {
      refit(of_offer, of_segment, &Deal::offer, &Deal::segment);
      refit(of_segment, of_offer, &Deal::segment, &Deal::offer);
      double middle = 0;
      for (const Deal& deal : deals) {
        middle += of_segment[deal.segment] / static_cast<double>(deals.size());
      }
      for (double& effect : of_segment) effect -= middle;
    }
    refit(of_offer, of_segment, &Deal::offer, &Deal::segment);
    std::vector<Cases<double>> prices(offers), sizes(segments());
    for (const Deal& deal : deals) {
      prices[deal.offer].add(deal.partner, exp(deal.log_amount - of_segment[deal.segment]));
      sizes[deal.segment].add(deal.partner, exp(deal.log_amount - of_offer[deal.offer]));
    }
    const auto logarithm = [](double value) { return log(value); };
    for (const auto& some : prices) {
      result_.price_of_offer.push_back(estimated<double>(some, lognormal_mean, logarithm));
    }
    for (const auto& some : sizes) {
      result_.size_of_segment.push_back(estimated<double>(some, geometric_mean, logarithm));
    }
  }

  /// Within partners, so that big and small ones do not count as spread.
  void measure_spread() {
    std::map<std::pair<std::size_t, std::size_t>, std::vector<double>> groups;
    for (std::size_t k = 0; k < history_.deals.size(); ++k) {
      const PastDeal& deal = history_.deals[k];
      if (is_priced(deal)) groups[{deal.partner, offer_[k]}].push_back(log(*deal.amount));
    }
    double squares = 0;
    std::size_t degrees = 0;
    for (const auto& [key, logs] : groups) {
      const double middle = mean(logs);
      for (const double value : logs) squares += (value - middle) * (value - middle);
      degrees += logs.size() - 1;
    }
    result_.deal_spread = spread_of(squares, degrees);
  }

  /// The last month counts when little of it is missing.
  void measure_season() {
    if (history_.deals.empty()) return;
    const std::size_t begin = month_number(result_.since),
                      end = month_number(history_.until + kMissing);
    std::vector<std::size_t> counts(end - begin);
    for (const PastDeal& deal : history_.deals) {
      const std::size_t month = month_number(deal.opened) - begin;
      if (month < counts.size()) ++counts[month];
    }
    result_.season = season_of(counts, begin % 12);
  }

  const History& history_;
  Measured result_;
  std::vector<std::size_t> segment_;  // by partner
  std::vector<std::size_t> offer_;    // by deal
  bool dated_ = false;                // the file has days of decisions
};

}  // namespace

Measured measure_history(const History& history) {
  return Measuring(history).run();
}

}  // namespace partnersim
