#include "results/compare_words.hpp"

#include <fmt/format.h>

#include <array>

namespace partnersim {

std::string more_runs_text(std::size_t more_runs) {
  if (more_runs == kTooManyRuns) return "no number of further runs is likely to tell";
  std::size_t unit = 1;
  while (more_runs / unit >= 100) unit *= 10;
  return fmt::format("about {} more runs would tell", (more_runs + unit - 1) / unit * unit);
}

Words::Words(const std::string& currency, const Metric& metric, const Summary& difference) {
  if (metric.quantity == Quantity::share) {
    format_ = {.unit = 0.01, .prefix = {}, .decimals = 1};
    unit_ = " points";
  } else if (metric.quantity != Quantity::money) {
    format_ = {.unit = 1, .prefix = {}, .decimals = 1};
  } else {
    format_ = amount_format(std::array{difference.mean, difference.ci_lo, difference.ci_hi},
                            (difference.ci_hi - difference.ci_lo) / 2);
    unit_ = format_.suffix(currency);
  }
}

std::string Words::amount(double x) const {
  return format_.number(x) + unit_;
}

std::string Words::between(Between x) const {
  const std::string prefix = format_.prefix.empty() ? "" : " " + std::string(format_.prefix);
  return fmt::format("{} to {}{}", format_.number(x.low), format_.number(x.high), prefix);
}

}  // namespace partnersim
