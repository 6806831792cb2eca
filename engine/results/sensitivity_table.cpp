#include "results/sensitivity_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "results/json_text.hpp"
#include "scenario/footing.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kSentences = 5, kRows = 15, kSwitches = 3;

const Setting& setting_of(const Question& question, const Input& input) {
  const Setting& setting = question.base->settings[input.setting];
  const bool drawn = setting.distribution.form != Distribution::Form::fixed;
  return drawn || question.alternative == nullptr ? setting
                                                  : question.alternative->settings[input.setting];
}

/// Three digits: a belief is not sharper.
std::string value_of(const Question& question, const Input& input, double value) {
  const double size = value == 0 ? 1 : std::pow(10.0, std::floor(std::log10(std::abs(value))) - 2);
  return value_text(std::round(value / size) * size,
                    row_of(setting_of(question, input).address).unit,
                    question.base->world.currency);
}

std::string what_of(const Question& question) {
  if (question.alternative == nullptr) return "the contribution of " + question.base->name;
  return fmt::format("what {} brings more contribution than {}", question.alternative->name,
                     question.base->name);
}

bool tells(const Summary& change) {
  return change.ci_lo > 0 || change.ci_hi < 0;
}

std::string change_text(const Summary& change, const std::string& currency) {
  if (!tells(change) && !(change.sd == 0 && change.mean != 0))
    return "cannot be told from the same";
  const AmountFormat format = amount_format(std::span(&change.mean, 1));
  return format.number(std::abs(change.mean)) + format.suffix(currency) +
         (change.mean < 0 ? " less" : " more");
}

std::string head_text(const SensitivityResult& result, const Question& question) {
  const std::array numbers{result.middle.mean, result.middle.ci_lo, result.middle.ci_hi};
  const AmountFormat format =
      amount_format(numbers, (result.middle.ci_hi - result.middle.ci_lo) / 2);
  return fmt::format("With every input at its median, {} over {} is {}{} (95 % interval {} to {}).",
                     what_of(question), result.period, format.number(result.middle.mean),
                     format.suffix(result.currency), format.number(result.middle.ci_lo),
                     format.number(result.middle.ci_hi));
}

std::string bar_sentence(const SensitivityResult& result, const Question& question,
                         const Bar& bar) {
  const Input& input = result.inputs[bar.input];
  return fmt::format("{}{} at {}: {}; at {}: {}. Founded on: {}.", input.path,
                     bar.monotone ? "" : " *", value_of(question, input, input.low),
                     change_text(bar.low, result.currency), value_of(question, input, input.high),
                     change_text(bar.high, result.currency), founding(question, input));
}

std::string bars_text(const SensitivityResult& result, const Question& question,
                      std::size_t width) {
  std::string text =
      wrapped(
          "It depends most on these, each at the ends between which it lies with 80 %, the "
          "others at their medians:",
          width) +
      '\n';
  ResultTable table{.currency = result.currency, .label = "input", .columns = {}, .rows = {}};
  for (const std::string_view end : {"low", "high"}) {
    table.columns.push_back({std::string(end), "change of contribution",
                             "at its\n" + std::string(end), Quantity::money});
  }
  const std::size_t rows = std::min(kRows, result.bars.size());
  for (std::size_t k = 0; k < rows; ++k) {
    const Bar& bar = result.bars[k];
    const Input& input = result.inputs[bar.input];
    if (k < kSentences) text += wrapped(bar_sentence(result, question, bar), width) + '\n';
    table.rows.push_back(
        {.label = fmt::format("{} {} to {}{}", input.path, value_of(question, input, input.low),
                              value_of(question, input, input.high), bar.monotone ? "" : " *"),
         .incomplete = {},
         .values = {bar.low.mean, bar.high.mean},
         .strong = false});
  }
  text += '\n' + as_text(table, width);
  const bool starred = std::any_of(result.bars.begin(), result.bars.end(),
                                   [](const Bar& bar) { return !bar.monotone; });
  if (starred) text += "* both ends lie on one side: look at the values between\n";
  if (rows == result.bars.size()) return text;
  const double most = result.bars[rows].reach();
  const AmountFormat format = amount_format(std::span(&most, 1));
  return text +
         wrapped(
             fmt::format("The other {} move it by at most {}{} each.", result.bars.size() - rows,
                         format.number(most), format.suffix(result.currency)),
             width) +
         '\n';
}

std::string switches_text(const SensitivityResult& result, const Question& question,
                          std::size_t width) {
  if (question.alternative == nullptr) return {};
  if (result.switches.empty()) {
    return '\n' +
           wrapped("No single input turns the decision while it lies between its two ends.",
                   width) +
           '\n';
  }
  std::string text = "\nWhat would have to be true to turn the decision:\n";
  for (std::size_t k = 0; k < std::min(kSwitches, result.switches.size()); ++k) {
    const Switch& one = result.switches[k];
    const Input& input = result.inputs[one.input];
    const bool above = one.probability > 0.5;
    text += wrapped(fmt::format("{} {} {}: we believe {}, and this with {:.0f} %. Founded on: {}.",
                                input.path, above ? "above" : "below",
                                value_of(question, input, one.value),
                                value_of(question, input, input.middle),
                                100 * (above ? 1 - one.probability : one.probability),
                                founding(question, input)),
                    width) +
            '\n';
  }
  return text;
}

std::string elementary_text(const SensitivityResult& result, const SensitivityPlan& plan,
                            std::size_t width) {
  ResultTable table{.currency = result.currency, .label = "input", .columns = {}, .rows = {}};
  for (const auto& [key, name] : {std::pair{"mu_star", "mu*"}, {"mu", "mu"}, {"sigma", "sigma"}}) {
    table.columns.push_back({key, "effect of the whole range", name, Quantity::money});
  }
  const std::size_t rows = std::min(kRows, result.elementary.size());
  for (std::size_t k = 0; k < rows; ++k) {
    const Elementary& one = result.elementary[k];
    table.rows.push_back({.label = result.inputs[one.input].path,
                          .incomplete = {},
                          .values = {one.effects.mean_absolute, one.effects.mean, one.effects.sd},
                          .strong = false});
  }
  return as_text(table, width) + '\n' +
         wrapped(fmt::format("Elementary effects along {} trajectories: mu* how much the input "
                             "matters, mu in which direction, sigma how much that depends on the "
                             "place and on other inputs.",
                             plan.samples),
                 width) +
         '\n';
}

std::string share_name(const Share& share, const SensitivityPlan& plan) {
  return share.name == "luck" ? fmt::format("luck of {} futures", plan.pairs) : share.name;
}

std::string shares_text(const SensitivityResult& result, const SensitivityPlan& plan,
                        std::size_t width) {
  ResultTable table{.currency = result.currency, .label = "factor", .columns = {}, .rows = {}};
  for (const auto& [key, group] : {std::pair{"first", "alone"}, {"total", "with others"}}) {
    for (const std::string_view part : {"", "low", "high"}) {
      table.columns.push_back({fmt::format("{}{}{}", key, part.empty() ? "" : "_", part), group,
                               part.empty() ? "share" : std::string(part), Quantity::share});
    }
  }
  bool nothing = false;
  for (const Share& share : result.shares) {
    const auto& [first, saltelli, total] = share.indices;
    const bool untold = first.interval.lo <= 0;
    nothing = nothing || untold;
    table.rows.push_back({.label = share_name(share, plan) + (untold ? " *" : ""),
                          .incomplete = {},
                          .values = {first.value, first.interval.lo, first.interval.hi, total.value,
                                     total.interval.lo, total.interval.hi},
                          .strong = false});
  }
  std::string text = '\n' + as_text(table, width);
  if (nothing) text += "* alone it cannot be told from nothing\n";
  return text +
         wrapped(fmt::format("Shares of the variance (Sobol indices, {} rows, 95 % intervals): "
                             "alone, and with all it acts together with. Estimates are not "
                             "clipped: a negative one says that it cannot be told from 0.",
                             result.sobol.rows),
                 width) +
         '\n';
}

Json summary_json(const Summary& change) {
  return {{"mean", change.mean}, {"ci95_lo", change.ci_lo}, {"ci95_hi", change.ci_hi}};
}

Json estimate_json(const SobolIndex& estimate) {
  return {{"value", estimate.value},
          {"ci95_lo", estimate.interval.lo},
          {"ci95_hi", estimate.interval.hi}};
}

Json input_json(const SensitivityResult& result, const Question& question, std::size_t k) {
  const Input& input = result.inputs[k];
  return {{"input", input.path},
          {"p10", input.low},
          {"p50", input.middle},
          {"p90", input.high},
          {"founded_on", founding(question, input)}};
}

}  // namespace

std::string founding(const Question& question, const Input& input) {
  const Setting& setting = setting_of(question, input);
  if (setting.origin == Origin::file || setting.origin == Origin::command_line) {
    return "stated in " + setting.source;
  }
  const Evidence& evidence = row_of(setting.address).evidence;
  std::string text(footing_of(evidence.tag));
  if (!evidence.source.empty()) text += fmt::format(" ({})", evidence.source);
  return text;
}

std::string sensitivity_text(const SensitivityResult& result, const Question& question,
                             const SensitivityPlan& plan, std::size_t width) {
  std::string text = wrapped(head_text(result, question), width) + '\n';
  if (!result.bars.empty()) text += bars_text(result, question, width);
  text += switches_text(result, question, width);
  if (!result.elementary.empty()) text += '\n' + elementary_text(result, plan, width);
  if (!result.shares.empty()) text += shares_text(result, plan, width);
  return text + fmt::format("\n{} runs, {} futures at each point.\n", result.runs, plan.pairs);
}

nlohmann::ordered_json sensitivity_json(const SensitivityResult& result, const Question& question,
                                        const SensitivityPlan& plan) {
  Json json;
  json["base"] = question.base->name;
  if (question.alternative != nullptr) json["alternative"] = question.alternative->name;
  json["metric"] = "contribution";
  json["currency"] = result.currency;
  json["period"] = result.period;
  json["futures_per_point"] = plan.pairs;
  json["samples"] = plan.samples;
  json["runs"] = result.runs;
  json["failed"] = result.failed;
  json["at_medians"] = summary_json(result.middle);
  json["tornado"] = Json::array();
  for (const Bar& bar : result.bars) {
    Json one = input_json(result, question, bar.input);
    one["at_p10"] = summary_json(bar.low);
    one["at_p90"] = summary_json(bar.high);
    one["monotone"] = bar.monotone;
    json["tornado"].push_back(std::move(one));
  }
  if (question.alternative != nullptr) {
    json["switches"] = Json::array();
    for (const Switch& turn : result.switches) {
      Json one = input_json(result, question, turn.input);
      one["turns_at"] = turn.value;
      one["probability_below"] = turn.probability;
      json["switches"].push_back(std::move(one));
    }
  }
  json["morris"] = Json::array();
  for (const Elementary& effect : result.elementary) {
    Json one = input_json(result, question, effect.input);
    one["mu_star"] = effect.effects.mean_absolute;
    one["mu"] = effect.effects.mean;
    one["sigma"] = effect.effects.sd;
    one["n"] = effect.effects.n;
    json["morris"].push_back(std::move(one));
  }
  json["sobol"] = Json::array();
  for (const Share& share : result.shares) {
    json["sobol"].push_back({{"factor", share.name},
                             {"first", estimate_json(share.indices.first)},
                             {"first_saltelli", estimate_json(share.indices.first_saltelli)},
                             {"total", estimate_json(share.indices.total)}});
  }
  return json;
}

}  // namespace partnersim
