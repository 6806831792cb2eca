#include "scenario/targets.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "base/text.hpp"
#include "scenario/keys.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kBudgetForm = "such as: below 4.2M EUR per FY";
constexpr std::string_view kGoalForm =
    "such as: net_channel_revenue FY28 at least 48M EUR in 80% of futures";

struct LimitWord {
  std::string_view word;
  bool at_least;
};
constexpr std::array<LimitWord, 4> kLimitWords{
    {{"at least ", true}, {"at most ", false}, {"above ", true}, {"below ", false}}};

/// A stretch of a scalar, which knows its place in the file.
struct Piece {
  std::string_view text;
  Location at;
};

/// The scalar without blanks at its ends; `length` characters of a quoted one begin behind a quote.
Piece whole(const Node& node) {
  Piece piece{node.text, node.at};
  if (node.quoted) ++piece.at.column;
  return piece;
}

/// Characters [begin, end) in bytes, without blanks at their ends.
Piece cut(const Piece& piece, std::size_t begin, std::size_t end) {
  std::string_view text = piece.text.substr(begin, end - begin);
  const std::size_t blanks = text.find_first_not_of(' ');
  begin += blanks == std::string_view::npos ? 0 : blanks;
  text = trimmed(text);
  Piece result{text, piece.at};
  result.at.column += static_cast<std::uint32_t>(count_characters(piece.text.substr(0, begin)));
  result.at.length = static_cast<std::uint32_t>(std::max<std::size_t>(count_characters(text), 1));
  return result;
}

/// The limit word that stands first in `text`, at the start of a word.
std::optional<std::pair<std::size_t, LimitWord>> find_limit(std::string_view text) {
  std::optional<std::pair<std::size_t, LimitWord>> first;
  for (const LimitWord& limit : kLimitWords) {
    const std::size_t at = text.find(limit.word);
    if (at == std::string_view::npos || (at > 0 && text[at - 1] != ' ')) continue;
    if (!first || at < first->first) first = {at, limit};
  }
  return first;
}

class TargetReader {
 public:
  TargetReader(const Calendar& calendar, bool shortened, Diagnostics& diagnostics)
      : calendar_(calendar), shortened_(shortened), diagnostics_(diagnostics) {}

  std::optional<Target> from_map(const Node& node) {
    if (!check_keys(node, kTargetKeys, {}, "a target", diagnostics_)) return std::nullopt;
    const Node* metric = node.find("metric");
    const Node *least = node.find("at_least"), *most = node.find("at_most");
    if ((least == nullptr) == (most == nullptr)) {
      diagnostics_.error("E-TARGET", node.at, "a target has one limit",
                         "at_least: 40M EUR, or at_most: 4M EUR");
      return std::nullopt;
    }
    const Node& amount = least != nullptr ? *least : *most;
    for (const Node* one : {metric, &amount}) {
      if (one == nullptr) return std::nullopt;  // told by check_keys
      if (one->is_scalar() && !one->is_empty()) continue;
      diagnostics_.error("E-VALUE", one->at, "a target needs one value here");
      return std::nullopt;
    }
    Target target{.metric = metric->text,
                  .at_least = least != nullptr,
                  .amount = amount.text,
                  .metric_at = metric->at,
                  .amount_at = amount.at};
    const Node* period = node.find("period");
    if (period != nullptr && !read_period_of(whole(*period), target)) return std::nullopt;
    return target;
  }

  std::optional<Target> budget(const Node::Entry& entry) {
    const auto refuse = [&] {
      diagnostics_.error("E-TARGET", entry.value.at,
                         fmt::format("'{}' has no limit that can be read", entry.key),
                         std::string(kBudgetForm));
      return std::nullopt;
    };
    if (!entry.value.is_scalar()) return refuse();
    const Piece text = whole(entry.value);
    const auto limit = find_limit(text.text);
    if (!limit || limit->first != 0) return refuse();
    Target target{.metric = entry.key, .at_least = limit->second.at_least, .metric_at = entry.at};
    constexpr std::string_view kEach = " per FY", kIn = " in ";
    std::size_t end = text.text.size();
    if (text.text.ends_with(kEach)) {
      end -= kEach.size();
      target.over = Target::Over::each_fiscal_year;
      target.period = trimmed(kEach);
    } else if (const std::size_t in = text.text.rfind(kIn); in != std::string_view::npos) {
      if (!read_period_of(cut(text, in + kIn.size(), end), target)) return std::nullopt;
      end = in;
    }
    set_amount(cut(text, limit->second.word.size(), end), target);
    return target;
  }

  std::optional<Target> goal(const Node& node) {
    const auto refuse = [&](Location at, std::string message) {
      diagnostics_.error("E-TARGET", at, std::move(message), std::string(kGoalForm));
      return std::nullopt;
    };
    if (!node.is_scalar()) return refuse(node.at, "'goal' is one sentence");
    const Piece text = whole(node);
    const auto limit = find_limit(text.text);
    constexpr std::string_view kIn = " in ", kOf = " of futures";
    const std::size_t in = text.text.rfind(kIn);
    const bool ends = text.text.ends_with(kOf) && in != std::string_view::npos;
    if (!limit || limit->first == 0 || !ends || in < limit->first + limit->second.word.size()) {
      return refuse(node.at, "a goal says metric, period, limit and share of futures");
    }
    const std::size_t name_end = std::min(text.text.find(' '), limit->first);
    const Piece metric = cut(text, 0, name_end), period = cut(text, name_end, limit->first);
    Target target{.metric = std::string(metric.text),
                  .at_least = limit->second.at_least,
                  .metric_at = metric.at};
    if (!period.text.empty() && !read_period_of(period, target)) return std::nullopt;
    set_amount(cut(text, limit->first + limit->second.word.size(), in), target);
    const Piece share = cut(text, in + kIn.size(), text.text.size() - kOf.size());
    Fault fault;
    const auto value = read_number(share.text, Unit::share, "", fault);
    if (!value || !(*value > 0 && *value < 1)) {
      return refuse(share.at, fmt::format("{} is no share of futures between 0 % and 100 %",
                                          in_quotes(share.text)));
    }
    target.share = *value;
    return target;
  }

 private:
  static void set_amount(const Piece& piece, Target& target) {
    target.amount = piece.text;
    target.amount_at = piece.at;
  }

  // False where the target is to be left out; what is wrong is reported, and the rest of the target
  // checked all the same.
  bool read_period_of(const Piece& piece, Target& target) {
    Fault fault;
    const auto period = read_period(piece.text, calendar_, fault);
    if (!period) {
      report(std::move(fault), piece.at, diagnostics_);
      return true;
    }
    target.over = Target::Over::period;
    target.months = *period;
    target.period = piece.text;
    if (period->first >= 0 && period->last < calendar_.months) return true;
    const std::string message = fmt::format("{} is not inside the run", in_quotes(piece.text));
    if (shortened_ && period->first >= 0) {
      diagnostics_.warning("W-OUTSIDE-RUN", piece.at, message, "it is left out");
      return false;
    }
    diagnostics_.error("E-OUTSIDE-RUN", piece.at, message,
                       fmt::format("it runs from {} to {}", month_label(calendar_, 0),
                                   month_label(calendar_, calendar_.months - 1)));
    return true;
  }

  const Calendar& calendar_;
  bool shortened_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::vector<Target> read_targets(const Node& list, const Calendar& calendar, bool shortened,
                                 Diagnostics& diagnostics) {
  std::vector<Target> targets;
  if (!list.is_list()) {
    if (!list.is_empty()) {
      diagnostics.error("E-VALUE", list.at, "'targets' is a list",
                        "such as [{metric: net_channel_revenue, period: FY28, at_least: 40M EUR}]");
    }
    return targets;
  }
  TargetReader reader(calendar, shortened, diagnostics);
  for (const Node& node : list.items) {
    if (auto target = reader.from_map(node)) targets.push_back(std::move(*target));
  }
  return targets;
}

std::vector<Target> read_budget(const Node& map, const Calendar& calendar,
                                Diagnostics& diagnostics) {
  std::vector<Target> budget;
  if (!map.is_map()) {
    if (!map.is_empty()) {
      diagnostics.error("E-VALUE", map.at, "'budget' needs metrics and their limits",
                        "such as {program_cost: below 4.2M EUR per FY}");
    }
    return budget;
  }
  TargetReader reader(calendar, false, diagnostics);
  for (const Node::Entry& entry : map.entries) {
    if (auto target = reader.budget(entry)) budget.push_back(std::move(*target));
  }
  return budget;
}

std::optional<Target> read_goal(const Node& node, const Calendar& calendar,
                                Diagnostics& diagnostics) {
  return TargetReader(calendar, false, diagnostics).goal(node);
}

}  // namespace partnersim
