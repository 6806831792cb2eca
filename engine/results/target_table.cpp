#include "results/target_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace partnersim {
namespace {

/// "82 of 100 simulated futures (95 % interval 76 to 87)"; of fewer than 100 futures their number.
std::string futures_text(const TargetResult& result) {
  const double of = static_cast<double>(std::min<std::size_t>(result.runs, 100));
  return fmt::format("{} of {} simulated futures (95 % interval {} to {})",
                     fixed_text(result.futures * of, 0), fixed_text(of, 0),
                     fixed_text(result.interval.lo * of, 0),
                     fixed_text(result.interval.hi * of, 0));
}

std::string amount_text(const TargetResult& result, const std::string& currency) {
  if (result.metric.quantity == Quantity::share) return fixed_text(100 * result.mean, 1) + " %";
  if (result.metric.quantity != Quantity::money) return fixed_text(result.mean, 1);
  const AmountFormat format = amount_format(std::array{result.mean, result.limit});
  return format.number(result.mean) + format.suffix(currency);
}

}  // namespace

ResultTable target_table(std::span<const TargetResult> results) {
  ResultTable table{.currency = {},
                    .label = "target",
                    .columns = {{"reached", "", "futures that\nreach it", Quantity::share},
                                {"lo", "95 % interval", "low", Quantity::share},
                                {"hi", "95 % interval", "high", Quantity::share}},
                    .rows = {}};
  for (const TargetResult& one : results) {
    table.rows.push_back({one.name, "", {one.futures, one.interval.lo, one.interval.hi}, false});
  }
  return table;
}

nlohmann::ordered_json targets_json(std::span<const TargetResult> results) {
  constexpr std::string_view kOver[] = {"run", "period", "each_fiscal_year"};  // Target::Over
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const TargetResult& one : results) {
    list.push_back({{"target", one.name},
                    {"metric", one.metric.name},
                    {"over", kOver[static_cast<std::size_t>(one.target.over)]},
                    {"months", {one.target.months.first, one.target.months.last}},
                    {"at_least", one.target.at_least},
                    {"limit", one.limit},
                    {"mean", one.mean},
                    {"mean_reaches", one.mean_keeps},
                    {"futures", one.futures},
                    {"ci95", {one.interval.lo, one.interval.hi}},
                    {"n", one.runs}});
  }
  return list;
}

std::string budget_sentence(const std::string& program, const TargetResult& result,
                            const std::string& currency) {
  return fmt::format("{}: {} in {}; its mean, {}, {} it.", program, result.name,
                     futures_text(result), amount_text(result, currency),
                     result.mean_keeps ? "keeps" : "breaks");
}

std::string goal_sentence(const std::string& program, const TargetResult& result, double asked) {
  // 48 of 60 is not less than 80 %, whatever the last bit of 0.8 says.
  const bool reached = result.futures >= asked - 1e-12;
  return fmt::format("{}: {} in {}; asked {} of 100: {}.", program, result.name,
                     futures_text(result), fixed_text(100 * asked, 0),
                     reached ? "reached" : "missed");
}

}  // namespace partnersim
