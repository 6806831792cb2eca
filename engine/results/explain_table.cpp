#include "results/explain_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/money.hpp"
#include "experiments/lockstep.hpp"
#include "results/json_text.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kShown = 5;  // causes with a sentence of their own

/// Whole numbers of the last digit that is printed.
struct Printed {
  AmountFormat format;
  std::int64_t whole = 0;
  std::vector<std::int64_t> parts;

  double step() const { return format.unit / std::pow(10.0, format.decimals); }
  std::string text(std::int64_t steps) const {
    return format.number(static_cast<double>(steps) * step());
  }
  std::string signed_text(std::int64_t steps) const { return (steps > 0 ? "+" : "") + text(steps); }
};

Printed printed(const ExplainedMetric& metric) {
  std::vector<double> amounts{metric.whole.effect.mean};
  double narrowest = metric.whole.effect.ci_hi - metric.whole.effect.ci_lo;
  for (const ExplainedPart& part : metric.parts) amounts.push_back(part.effect.mean);
  Printed result;
  result.format = amount_format(amounts, narrowest / 2);
  const double step = result.step() * kMinorPerMajor;
  result.whole = std::llround(static_cast<double>(metric.whole.amount) / step);
  std::vector<double> steps;
  for (const ExplainedPart& part : metric.parts) {
    steps.push_back(static_cast<double>(part.amount) / step);
  }
  result.parts = rounded_to(steps, result.whole);
  return result;
}

/// Positions of the parts, the largest first.
std::vector<std::size_t> by_size(const ExplainedMetric& metric) {
  std::vector<std::size_t> order(metric.parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(metric.parts[a].amount) > std::abs(metric.parts[b].amount);
  });
  return order;
}

bool tells(const Summary& effect) {
  return effect.ci_lo > 0 || effect.ci_hi < 0;
}

std::string interval_text(const Summary& effect, const Printed& print) {
  if (effect.mean == 0 && effect.sd == 0) return "in every future";
  return fmt::format("95 % interval {} to {}{}", print.format.number(effect.ci_lo),
                     print.format.number(effect.ci_hi),
                     tells(effect) ? "" : "; cannot be told from nothing");
}

/// With later lines below the first word after the amount.
std::string listed(const std::string& amount, const std::string& text, std::size_t width) {
  const std::string indent(amount.size() + 4, ' ');
  const std::string lines = wrapped(text, width > indent.size() + 20 ? width - indent.size() : 20);
  std::string result = "  " + amount + "  ";
  for (const char c : lines) {
    result += c;
    if (c == '\n') result += indent;
  }
  return result + '\n';
}

std::string counts_text(const Explanation& explanation) {
  const ExplainBudget& budget = explanation.budget;
  std::string text = fmt::format("{} futures, {} runs of each under the same luck",
                                 explanation.futures, budget.runs);
  if (explanation.draws > 1) {
    text += fmt::format("; intervals are over the means of their {} draws of the parameters",
                        explanation.draws);
  }
  const std::string_view what = budget.by == By::levers ? "lines" : "causes";
  text += budget.exact ? fmt::format(
                             ". Each part is a Shapley value: what it adds, on average over all "
                             "orders in which the {} could be taken.",
                             what)
                       : fmt::format(
                             ". Each part is a Shapley value estimated from two orders of taking "
                             "the {} in each future.",
                             what);
  return text;
}

Json part_json(const Explanation& explanation, const ExplainedPart& part) {
  Json json;
  if (!part.name.empty()) json["name"] = part.name;
  json["minor"] = part.amount;
  json["mean"] = part.effect.mean;
  json["ci95_lo"] = part.effect.ci_lo;
  json["ci95_hi"] = part.effect.ci_hi;
  json["tells"] = tells(part.effect);
  Json segments = Json::object();
  for (std::size_t s = 0; s < part.by_segment.size(); ++s) {
    segments[explanation.segments[s]] = part.by_segment[s];
  }
  json["minor_by_segment"] = std::move(segments);
  return json;
}

}  // namespace

std::string words_of_part(const ExplainBudget& budget, const std::string& name) {
  if (budget.by == By::levers) return name;
  for (const Cause& cause : causes()) {
    if (cause.name == name) return std::string(cause.because);
  }
  return "the new terms on business as it was";
}

std::string explained_text(const Explanation& explanation, const ExplainedMetric& metric,
                           const ComparedNames& names, std::size_t width) {
  const Printed print = printed(metric);
  const Summary& whole = metric.whole.effect;
  const std::string unit = print.format.suffix(explanation.currency);
  std::string text =
      wrapped(fmt::format("{} brings {}{} {} {} over {} than {} ({}). Of it:", names.b,
                          print.text(std::abs(print.whole)), unit,
                          print.whole < 0 ? "less" : "more", metric.metric.words(),
                          explanation.period.label, names.a, interval_text(whole, print)),
              width) +
      '\n';
  const std::vector<std::size_t> order = by_size(metric);
  const std::size_t shown = order.size() <= kShown + 1 ? order.size() : kShown;
  std::size_t wide = 0;
  for (const std::int64_t steps : print.parts)
    wide = std::max(wide, print.signed_text(steps).size());
  const auto amount = [&](std::int64_t steps) {
    return fmt::format("{:>{}}{}", print.signed_text(steps), wide, unit);
  };
  for (std::size_t k = 0; k < shown; ++k) {
    const ExplainedPart& part = metric.parts[order[k]];
    text += listed(amount(print.parts[order[k]]),
                   fmt::format("{} ({})", words_of_part(explanation.budget, part.name),
                               interval_text(part.effect, print)),
                   width);
  }
  if (shown == order.size()) return text;
  std::int64_t rest = 0;
  for (std::size_t k = shown; k < order.size(); ++k) rest += print.parts[order[k]];
  return text +
         listed(amount(rest), fmt::format("the other {} together", order.size() - shown), width);
}

ResultTable segments_table(const Explanation& explanation, const ExplainedMetric& metric) {
  ResultTable table{.currency = explanation.currency, .label = "part", .columns = {}, .rows = {}};
  for (const std::string& segment : explanation.segments) {
    table.columns.push_back(
        {segment, metric.metric.words() + " by segment", segment, Quantity::money});
  }
  const auto add = [&](const std::string& label, const ExplainedPart& part) {
    ResultRow row{.label = label, .incomplete = {}, .values = {}, .strong = false};
    for (const Money minor : part.by_segment) {
      row.values.push_back(static_cast<double>(minor) / kMinorPerMajor);
    }
    table.rows.push_back(std::move(row));
  };
  for (const std::size_t p : by_size(metric)) add(metric.parts[p].name, metric.parts[p]);
  table.rows.back().strong = true;
  add("in all", metric.whole);
  return table;
}

std::string explanation_text(const Explanation& explanation, const ComparedNames& names,
                             std::size_t width) {
  std::string text;
  for (const ExplainedMetric& metric : explanation.metrics) {
    text += explained_text(explanation, metric, names, width) + '\n';
  }
  if (explanation.segments.size() > 1) {
    ResultTable table = segments_table(explanation, explanation.metrics.front());
    if (explanation.budget.by == By::levers) {  // names of levers are sentences
      for (std::size_t k = 0; k + 1 < table.rows.size(); ++k) {
        const std::string& label = table.rows[k].label;
        table.rows[k].label = label.substr(0, label.find(' '));
      }
    }
    text += as_text(table, width) + '\n';
  }
  return text + wrapped(counts_text(explanation), width) + '\n';
}

nlohmann::ordered_json explanation_json(const Explanation& explanation,
                                        const ComparedNames& names) {
  Json json;
  json["a"] = names.a;
  json["b"] = names.b;
  json["by"] = explanation.budget.by == By::levers ? "levers" : "mechanisms";
  json["exact"] = explanation.budget.exact;
  json["currency"] = explanation.currency;
  json["period"] = explanation.period.label;
  json["futures"] = explanation.futures;
  json["failed"] = explanation.failures.size();
  json["draws"] = explanation.draws;
  json["runs_per_future"] = explanation.budget.runs;
  json["metrics"] = Json::array();
  for (const ExplainedMetric& metric : explanation.metrics) {
    Json one;
    one["name"] = metric.metric.name;
    one["difference"] = part_json(explanation, metric.whole);
    one["parts"] = Json::array();
    for (const ExplainedPart& part : metric.parts) {
      one["parts"].push_back(part_json(explanation, part));
    }
    json["metrics"].push_back(std::move(one));
  }
  return json;
}

}  // namespace partnersim
