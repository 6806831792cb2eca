// What a comparison says in words: the total, the end, and what happens until it has paid back.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "results/compare_table.hpp"
#include "results/compare_words.hpp"

namespace partnersim {
namespace {

bool is(const Metric& metric, Figure figure) {
  return metric.name == kFigureRows[static_cast<std::size_t>(figure)].name;
}

std::string_view verb_of(const Metric& metric) {
  if (metric.quantity != Quantity::money) return "has";
  return is(metric, Figure::program_cost) ? "needs" : "brings";
}

/// "over FY27-FY30", or "at the end of FY30" for what a period takes from its last month.
std::string when(const Metric& metric, const ReportPeriod& period) {
  return (metric.over == Over::flow ? "over " : "at the end of ") + period.label;
}

/// "83 of 100"; of fewer than 100 futures their number.
std::string futures_text(double share, std::uint64_t pairs) {
  const double of = static_cast<double>(std::min<std::uint64_t>(pairs, 100));
  return fixed_text(share * of, 0) + " of " + fixed_text(of, 0) + " simulated futures";
}

/// "1.2 M EUR less (95 % interval of the mean 0.9 to 1.5 M)": what is said to be less has no sign.
/// Where it cannot be told from none, the interval keeps its signs.
std::string phrase(const Comparison& comparison, const ComparedMetric& metric,
                   const Difference& one) {
  const Summary& d = one.paired.difference;
  if (d.mean == 0 && d.sd == 0) return "the same";
  const Words words(comparison.currency, metric.metric, d);
  const Between interval{d.ci_lo, d.ci_hi};
  const std::string amount = words.amount(std::abs(d.mean)) + (d.mean > 0 ? " more" : " less");
  if (one.tells()) {
    return fmt::format("{} (95 % interval of the mean {})", amount,
                       words.between(d.mean > 0 ? interval : interval.turned()));
  }
  return fmt::format("so far {}, which cannot be told from none (95 % interval of the mean {})",
                     amount, words.between(interval));
}

/// "2028-03": the month after so many months, in which the cumulated difference is made up for.
std::string month_text(const Comparison& comparison, int months) {
  return month_label(comparison.calendar, months);
}

std::string paid_between(const Comparison& comparison, PaybackMonths first, PaybackMonths last) {
  const auto text = [&](PaybackMonths months) {
    return months ? month_text(comparison, *months) : std::string("after the run");
  };
  return text(first) + " to " + text(last);
}

}  // namespace

std::string comparison_sentence(const Comparison& comparison, const ComparedMetric& metric,
                                const ComparedNames& names) {
  const Difference& total = metric.total();
  const Summary& d = total.paired.difference;
  const std::string name = metric.metric.words(), time = when(metric.metric, total.period);
  if (d.mean == 0 && d.sd == 0) {
    return fmt::format(
        "{} and {} do not differ in {} {}: it is the same in every simulated future.", names.b,
        names.a, name, time);
  }
  const bool more = d.mean > 0, turned = total.tells() && !more;
  const Words words(comparison.currency, metric.metric, d);
  const Between interval{d.ci_lo, d.ci_hi}, spread{total.outcome.q05, total.outcome.q95};
  const std::string amount = words.amount(std::abs(d.mean)), direction = more ? "more" : "less";
  const std::string futures =
      futures_text(more ? total.futures_higher : 1 - total.futures_higher, comparison.pairs);
  const std::string intervals = fmt::format("95 % interval of the mean {}; in 90 of 100 futures {}",
                                            words.between(turned ? interval.turned() : interval),
                                            words.between(turned ? spread.turned() : spread));
  if (total.tells()) {
    return fmt::format("{} {} {} {} {} {} than {}, in {} ({}).", names.b, verb_of(metric.metric),
                       amount, direction, name, time, names.a, futures, intervals);
  }
  const std::string runs = more_runs_text(*total.more_runs);
  return fmt::format(
      "Whether {} {} more {} {} than {} cannot be told yet; {} (so far {} {}, in {}; {}).", names.b,
      verb_of(metric.metric), name, time, names.a, runs, amount, direction, futures, intervals);
}

std::string end_sentence(const Comparison& comparison, const ComparedMetric& metric) {
  if (metric.metric.over != Over::flow) return {};
  return fmt::format("In the last 12 months it is {}, a year at the closing run-rate {}.",
                     phrase(comparison, metric, metric.last_12_months()),
                     phrase(comparison, metric, metric.run_rate()));
}

std::string payback_sentence(const Comparison& comparison, const ComparedMetric& metric,
                             const ComparedNames& names) {
  if (!metric.payback || metric.total().paired.difference.sd == 0) return {};
  const Payback& payback = *metric.payback;
  const std::string name = metric.metric.words();
  const std::string futures = futures_text(payback.paid_back, comparison.pairs);
  if (!payback.dip) {
    const std::string sure =
        payback.latest
            ? (*payback.latest == 0
                   ? std::string("beyond luck in every month")
                   : "beyond luck from " + month_text(comparison, *payback.latest) + " on")
            : std::string("but that cannot be told from luck by the end of the run");
    return fmt::format(
        "Added up from the start, {} is on average never behind in {}, {}; in {} it is not behind "
        "when the run ends.",
        names.b, name, sure, futures);
  }
  const Summary& d = payback.dip->difference;
  const Words words(comparison.currency, metric.metric, d);
  const std::string dip = fmt::format(
      "Added up from the start, {} is at most {} behind in {} ({}; 95 % interval of the mean {}; "
      "in 90 of 100 futures at most {})",
      names.b, words.amount(-d.mean), name, month_label(comparison.calendar, payback.dip->month),
      words.between(Between{d.ci_lo, d.ci_hi}.turned()),
      words.between(Between{payback.dip_outcome.q05, payback.dip_outcome.q95}.turned()));
  if (!payback.months) {
    const std::string sure = payback.earliest
                                 ? fmt::format(
                                       "it may have from {} on, within the 95 % interval of the "
                                       "mean",
                                       month_text(comparison, *payback.earliest))
                                 : std::string("which is beyond luck");
    return fmt::format("{} and has not paid back when the run ends, {}; in {} it has.", dip, sure,
                       futures);
  }
  return fmt::format(
      "{} and has paid back in {} (95 % interval of the mean {}; in 90 of 100 futures {}), by the "
      "end of the run in {}.",
      dip, month_text(comparison, *payback.months),
      paid_between(comparison, payback.earliest, payback.latest),
      paid_between(comparison, payback.p05, payback.p95), futures);
}

std::string horizon_sentences(const Comparison& comparison) {
  std::string text;
  for (const Warning& warning : comparison.warnings) {
    if (warning.code != kHorizonCode) continue;
    text += (text.empty() ? "" : " ") + warning.text + ".";
  }
  return text;
}

}  // namespace partnersim
