#include "experiments/assertion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "experiments/targets.hpp"

namespace partnersim {
namespace {

class AssertionReader {
 public:
  AssertionReader(std::string_view text, const World& outline, Diagnostics& diagnostics)
      : text_(text),
        file_(diagnostics.add_source("--assert", std::string(text))),
        outline_(outline),
        diagnostics_(diagnostics) {}

  std::optional<Assertion> read() {
    const std::size_t errors = diagnostics_.error_count();
    const std::size_t sign = text_.find_first_of("<>");
    if (text_.find_first_of("\r\n") != text_.npos || sign == text_.npos) {
      refuse(0, text_.size(), "an assertion is one line with > or <", kAssertionForm);
      return std::nullopt;
    }
    if (text_.substr(sign + 1).starts_with('=')) {
      refuse(sign, 2, "a mean is never known to be equal", "write > or <");
      return std::nullopt;
    }
    Assertion result;
    result.text = trimmed(text_);
    result.above = text_[sign] == '>';
    const std::size_t at = std::min(text_.find('@', sign), text_.size());
    read_subject(sign, result);
    read_amount(sign + 1, at, result);
    if (at < text_.size()) read_level(at + 1, result);
    if (diagnostics_.error_count() > errors) return std::nullopt;
    return result;
  }

 private:
  void refuse(std::size_t offset, std::size_t bytes, std::string message, std::string_view hint,
              std::string code = "E-ASSERT") {
    diagnostics_.error(std::move(code), place_in_line(file_, text_, offset, bytes),
                       std::move(message), std::string(hint));
  }

  /// Without blanks at its ends, and where it begins.
  std::pair<std::string_view, std::size_t> cut(std::size_t begin, std::size_t end) const {
    const std::string_view piece = trimmed(text_.substr(begin, end - begin));
    const std::size_t at =
        piece.empty() ? begin : static_cast<std::size_t>(piece.data() - text_.data());
    return {piece, at};
  }

  /// Metric and period.
  void read_subject(std::size_t sign, Assertion& result) {
    const auto [subject, at] = cut(0, sign);
    const std::size_t length = std::min(subject.find(' '), subject.size());
    const std::string name(subject.substr(0, length));
    result.period = report_total(outline_);
    if (const auto metric = find_metric(outline_, name)) {
      result.metric = *metric;
    } else if (name.empty()) {
      refuse(at, 1, "there is no metric in front of the sign", kAssertionForm);
    } else {
      refuse(at, length, "there is no metric " + in_quotes(name), metric_hint(outline_, name),
             "E-METRIC");
    }
    const auto [period, begin] = cut(at + length, sign);
    if (!period.empty()) read_period_at(period, begin, result);
  }

  void read_period_at(std::string_view period, std::size_t at, Assertion& result) {
    for (const ReportPeriod& known : {report_last_12_months(outline_), report_run_rate(outline_)}) {
      if (period != known.label && known.label != "closing " + std::string(period)) continue;
      result.period = known;
      return;
    }
    Fault fault;
    const auto months = read_period(period, outline_.calendar, fault);
    if (!months) {
      return refuse(at, period.size(), fault.message,
                    fault.hint + "; also: last 12 months, run-rate", fault.code);
    }
    if (months->first < 0 || months->last >= outline_.months) {
      return refuse(at, period.size(), in_quotes(period) + " is not inside the run",
                    fmt::format("it runs from {} to {}", month_label(outline_.calendar, 0),
                                month_label(outline_.calendar, outline_.months - 1)),
                    "E-OUTSIDE-RUN");
    }
    const int count = months->last - months->first + 1;
    result.period = {ReportPeriod::Kind::total, months->first, count, count, std::string(period)};
  }

  void read_amount(std::size_t begin, std::size_t end, Assertion& result) {
    const auto [amount, at] = cut(begin, end);
    Fault fault;
    const auto move = read_move(amount, unit_of(result.metric), outline_.currency, fault);
    if (move) {
      result.amount = *move;
    } else {
      refuse(at, std::max<std::size_t>(amount.size(), 1), fault.message,
             fault.hint.empty() ? kAssertionForm : std::string_view(fault.hint), fault.code);
    }
  }

  void read_level(std::size_t begin, Assertion& result) {
    const auto [level, at] = cut(begin, text_.size());
    Fault fault;
    const auto share = read_number(level, Unit::share, "", fault);
    if (share && *share >= kLeastLevel && *share <= kMostLevel) {
      result.level = *share;
    } else {
      refuse(at, std::max<std::size_t>(level.size(), 1),
             in_quotes(level) + " is no level from 50% to 99.99%", "such as @ 95%");
    }
  }

  static constexpr double kLeastLevel = 0.5, kMostLevel = 0.9999;

  std::string_view text_;
  std::uint32_t file_;
  const World& outline_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::optional<Assertion> read_assertion(std::string_view text, const World& outline,
                                        Diagnostics& diagnostics) {
  return AssertionReader(text, outline, diagnostics).read();
}

AssertionResult assess(const JournalReader& a, const JournalReader& b, const Assertion& assertion) {
  const Pairs pairs(a, b);
  const std::vector<ReportPeriod> period{assertion.period};
  const double factor = annual_factor(assertion.metric, assertion.period);
  std::vector<double> of_a = pairs.of_a(series(a, assertion.metric, period).row(0));
  std::vector<double> limit, value = pairs.of_b(series(b, assertion.metric, period).row(0));
  for (std::size_t k = 0; k < value.size(); ++k) {
    value[k] *= factor;
    limit.push_back(assertion.amount.applied_to(factor * of_a[k]));
  }
  std::vector<double> low = pairs.units(std::move(limit)), high = pairs.units(std::move(value));
  if (!assertion.above) std::swap(low, high);
  const PairedDifference beyond = paired_difference(low, high, assertion.level);
  AssertionResult result{.assertion = assertion, .beyond = beyond.difference, .more_runs = {}};
  result.holds = beyond.difference.ci_lo > 0;
  result.broken = beyond.difference.ci_hi <= 0;
  if (!result.holds && !result.broken) {
    result.more_runs = more_runs_of(beyond, pairs.size());
  }
  return result;
}

}  // namespace partnersim
