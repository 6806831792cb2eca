// A row of deals counts when all that is measured of it can be read.
#include "scenario/history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "base/text.hpp"
#include "scenario/keys.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kMostReports = 20;  // of one kind are shown

/// The value of a cell, without saying what is wrong with it.
template <class Read>
auto quietly(Read read) {
  Fault unsaid;
  return read(unsaid);
}

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(kListMarks), text.size());
    const std::string_view part = trimmed(text.substr(0, end));
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

class DealFile {
 public:
  DealFile(Export& columns, std::span<const PastPartner> partners, Day today,
           Diagnostics& diagnostics)
      : columns_(columns), today_(today), diagnostics_(diagnostics) {
    std::set<std::string> shared;
    for (std::size_t k = 0; k < partners.size(); ++k) {
      by_id_.emplace(partners[k].id, k);
      const std::string name = folded(partners[k].name);
      if (!name.empty() && !by_name_.emplace(name, k).second) shared.insert(name);
    }
    for (const std::string& name : shared) by_name_.erase(name);
  }

  std::vector<PastDeal> read() {
    find_no_words();
    for (const std::size_t row : columns_.rows()) read_row(row);
    report_rest();
    return std::move(deals_);
  }

 private:
  using Column = std::size_t;  // of kDealColumns

  bool has(Column column) const { return columns_.has(column); }
  std::string_view text(std::size_t row, Column column) const { return columns_.text(row, column); }

  bool is_shown(const std::string& code) { return ++reports_[code] <= kMostReports; }

  void error(std::size_t row, Column column, std::string code, std::string message,
             std::string hint = {}) {
    if (!is_shown(code)) return;
    diagnostics_.error(std::move(code), columns_.at(row, column), std::move(message),
                       std::move(hint));
  }
  void warn(std::size_t row, Column column, std::string code, std::string message,
            std::string hint) {
    if (!is_shown(code)) return;
    diagnostics_.warning(std::move(code), columns_.at(row, column), std::move(message),
                         std::move(hint));
  }

  void report_rest() {
    for (const auto& [code, count] : reports_) {
      if (count <= kMostReports) continue;
      const Location file{columns_.header_at(deal_column::partner).file, 0, 0, 1};
      const std::string message = fmt::format("{} more of this kind", count - kMostReports);
      if (code.starts_with("E-")) {
        diagnostics_.error(code, file, message);
      } else {
        diagnostics_.warning(code, file, message);
      }
    }
  }

  // Where nobody writes "no", an empty cell is one.
  void find_no_words() {
    for (const std::size_t row : columns_.rows()) {
      says_no_ = says_no_ || is_one_of(text(row, deal_column::registered), kNoWords);
    }
  }

  void read_row(std::size_t row) {
    PastDeal deal;
    const std::array fine{is_new(row), read_partner(row, deal), read_dates(row, deal),
                          read_amount(row, deal)};  // each, so that every fault is told
    deal.registered = registered(row);
    deal.offer = text(row, deal_column::offer);
    if (std::ranges::find(fine, false) == fine.end()) deals_.push_back(std::move(deal));
  }

  bool is_new(std::size_t row) {
    const std::string_view id = text(row, deal_column::id);
    if (id.empty()) return true;
    const auto [first, added] = rows_.emplace(id, row);
    if (added) return true;
    error(row, deal_column::id, "E-DUPLICATE", fmt::format("deal {} is there twice", in_quotes(id)),
          fmt::format("the first one is in line {}",
                      columns_.at(first->second, deal_column::id).line));
    return false;
  }

  bool read_partner(std::size_t row, PastDeal& deal) {
    const std::string_view text = this->text(row, deal_column::partner);
    if (text.empty()) {
      error(row, deal_column::partner, "E-MISSING", "this deal has no partner");
      return false;
    }
    if (const auto found = by_id_.find(std::string(text)); found != by_id_.end()) {
      deal.partner = found->second;
      return true;
    }
    if (const auto found = by_name_.find(folded(text)); found != by_name_.end()) {
      deal.partner = found->second;
      return true;
    }
    if (unknown_.emplace(text).second) {
      warn(row, deal_column::partner, "W-UNKNOWN-PARTNER",
           fmt::format("{} is not in the list of partners", in_quotes(text)),
           "its deals are left out");
    }
    return false;
  }

  std::optional<Day> date(std::size_t row, Column column) {
    Fault wrong;
    const auto day = columns_.date(row, column, wrong);
    if (!day && !wrong.code.empty()) error(row, column, wrong.code, wrong.message, wrong.hint);
    return day;
  }

  bool is_past(std::size_t row, Column column, Day day) {
    if (day <= today_) return true;
    warn(row, column, "W-FUTURE", "this day has not come yet", "the deal is left out");
    return false;
  }

  bool read_dates(std::size_t row, PastDeal& deal) {
    deal.outcome = outcome(row);
    if (text(row, deal_column::opened).empty()) {
      error(row, deal_column::opened, "E-MISSING", "this deal has no day on which it was opened");
      return false;
    }
    const auto opened = date(row, deal_column::opened);
    if (!opened || !is_past(row, deal_column::opened, *opened)) return false;
    deal.opened = *opened;
    // The close date of an open deal is an expectation.
    if (deal.outcome == PastDeal::Outcome::open || text(row, deal_column::closed).empty()) {
      return true;
    }
    deal.closed = date(row, deal_column::closed);
    if (!deal.closed || !is_past(row, deal_column::closed, *deal.closed)) return false;
    if (*deal.closed >= deal.opened) return true;
    warn(row, deal_column::closed, "W-DATES", "this deal is closed before it is opened",
         "it is left out");
    return false;
  }

  PastDeal::Outcome outcome(std::size_t row) {
    const std::string_view word = text(row, deal_column::outcome);
    if (is_one_of(word, kWonWords)) return PastDeal::Outcome::won;
    if (is_one_of(word, kLostWords)) return PastDeal::Outcome::lost;
    if (!word.empty() && !is_one_of(word, kOpenWords) && other_words_.emplace(word).second) {
      warn(row, deal_column::outcome, "W-OUTCOME",
           fmt::format("{} is read as open", in_quotes(word)),
           "write won or lost (gewonnen, verloren) where a deal is decided");
    }
    return PastDeal::Outcome::open;
  }

  bool read_amount(std::size_t row, PastDeal& deal) {
    if (text(row, deal_column::amount).empty()) return true;
    Fault wrong;
    const auto amount = columns_.number(row, deal_column::amount, wrong);
    if (!amount) {
      if (!wrong.code.empty()) {
        error(row, deal_column::amount, wrong.code, wrong.message, wrong.hint);
      }
      return false;
    }
    if (*amount > kMostMoney) {
      error(row, deal_column::amount, "E-BOUNDS", "a deal is worth at most 1e12");
      return false;
    }
    if (*amount < 0) {
      warn(row, deal_column::amount, "W-NEGATIVE", "this deal is worth less than nothing",
           "it is left out");
      return false;
    }
    if (*amount > 0) deal.amount = amount;
    return true;
  }

  std::optional<bool> registered(std::size_t row) {
    if (!has(deal_column::registered)) return std::nullopt;
    const std::string_view word = text(row, deal_column::registered);
    if (is_one_of(word, kNoWords)) return false;
    if (word.empty()) return says_no_ ? std::nullopt : std::optional(false);
    if (!is_one_of(word, kYesWords) && !told_of_registration_) {
      told_of_registration_ = true;
      warn(row, deal_column::registered, "W-REGISTERED",
           fmt::format("{} is neither yes nor no", in_quotes(word)),
           "what stands there counts as registered");
    }
    return true;
  }

  Export& columns_;
  Day today_;
  Diagnostics& diagnostics_;
  std::unordered_map<std::string, std::size_t> by_id_, by_name_;  // folded names of one partner
  std::unordered_map<std::string_view, std::size_t> rows_;        // of deal ids
  std::set<std::string_view> unknown_, other_words_;
  std::map<std::string, std::size_t> reports_;
  bool says_no_ = false, told_of_registration_ = false;
  std::vector<PastDeal> deals_;
};

}  // namespace

std::vector<PastPartner> past_partners(Export& columns, Diagnostics& diagnostics) {
  using namespace partner_column;
  std::vector<PastPartner> partners;
  std::set<std::string> names;
  for (const std::size_t row : columns.rows()) {
    const auto text = [&](std::size_t column) { return std::string(columns.text(row, column)); };
    const auto date = [&](std::size_t column) {
      if (columns.text(row, column).empty()) return std::optional<Day>();
      return quietly([&](Fault& unsaid) { return columns.date(row, column, unsaid); });
    };
    PastPartner partner{.id = text(id),
                        .name = text(name),
                        .segment = text(segment),
                        .tier = text(tier),
                        .manager = text(manager),
                        .vendors = parts_of(columns.text(row, vendors)),
                        .revenue = {},
                        .joined = date(joined),
                        .left = date(left)};
    if (partner.id.empty() || partner.segment.empty()) continue;
    for (const std::size_t column : {segment, tier}) {
      const std::string name = text(column);
      if (name.empty() || names.size() > kMostReports || !names.insert(name).second) continue;
      check_name(name, columns.at(row, column), diagnostics);
    }
    if (!columns.text(row, revenue).empty()) {
      partner.revenue =
          quietly([&](Fault& unsaid) { return columns.number(row, revenue, unsaid); });
    }
    partners.push_back(std::move(partner));
  }
  if (partners.empty()) {
    diagnostics.error("E-EMPTY-POPULATION", columns.header_at(id),
                      "there is no partner with an id and a segment");
  }
  return partners;
}

std::vector<PastDeal> past_deals(Export& columns, std::span<const PastPartner> partners, Day today,
                                 Diagnostics& diagnostics) {
  return DealFile(columns, partners, today, diagnostics).read();
}

std::optional<Day> last_day(std::span<const PastDeal> deals) {
  std::optional<Day> last;
  for (const PastDeal& deal : deals) {
    last = std::max({last.value_or(deal.opened), deal.opened, deal.closed.value_or(deal.opened)});
  }
  return last;
}

}  // namespace partnersim
