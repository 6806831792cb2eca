#include "results/assertion_table.hpp"

#include <fmt/format.h>

#include <cmath>

#include "results/compare_words.hpp"

namespace partnersim {

std::string assertion_sentence(const Comparison& comparison, const AssertionResult& result,
                               const ComparedNames& names) {
  const Summary& d = result.beyond;
  const std::string asserted = "assert " + result.assertion.text;
  if (std::isnan(d.mean)) return asserted + ": does not hold; there is nothing to measure it by.";
  const Words words(comparison.currency, result.assertion.metric, d);
  const Between interval{d.ci_lo, d.ci_hi};
  const bool short_of = d.mean < 0;
  const std::string measured = fmt::format(
      "{} is {} {} it ({} % interval of the mean {})", names.b, words.amount(std::abs(d.mean)),
      short_of ? "short of" : "beyond", fmt::format("{:.4g}", 100 * result.assertion.level),
      words.between(result.broken ? interval.turned() : interval));
  if (result.holds) return fmt::format("{}: holds; {}.", asserted, measured);
  if (result.broken) return fmt::format("{}: does not hold; {}.", asserted, measured);
  return fmt::format("{}: cannot be told yet; {} (so far {}).", asserted,
                     more_runs_text(*result.more_runs), measured);
}

nlohmann::ordered_json assertions_json(std::span<const AssertionResult> results) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const AssertionResult& one : results) {
    const bool known = one.more_runs && *one.more_runs != kTooManyRuns;
    list.push_back(
        {{"assert", one.assertion.text},
         {"holds", one.holds},
         {"level", one.assertion.level},
         {"beyond", one.beyond.mean},
         {"beyond_lo", one.beyond.ci_lo},
         {"beyond_hi", one.beyond.ci_hi},
         {"n", one.beyond.n},
         {"more_runs", known ? nlohmann::ordered_json(*one.more_runs) : nlohmann::ordered_json()}});
  }
  return list;
}

}  // namespace partnersim
