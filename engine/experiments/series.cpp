// Values of metrics by period and replication, one record of the journal after the other.
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>

#include <utility>

#include "base/check.hpp"
#include "base/money.hpp"
#include "experiments/metrics.hpp"

namespace partnersim {
namespace {

/// A record, and sums of one metric over its first months.
struct Workspace {
  Record record;
  std::vector<Int128> above, below;
};

/// sums[m]: over the months before m.
void add_up(std::span<const std::int64_t> cells, std::size_t per_month, std::span<const Term> terms,
            std::vector<Int128>& sums) {
  const std::size_t months = cells.size() / per_month;
  sums.assign(months + 1, 0);
  if (terms.empty()) return;
  for (std::size_t m = 0; m < months; ++m) {
    Int128 sum = 0;
    for (const Term& term : terms) sum += Int128{term.sign} * cells[m * per_month + term.cell];
    sums[m + 1] = sums[m] + sum;
  }
}

double over(const std::vector<Int128>& sums, Over over, const ReportPeriod& period) {
  const auto begin = static_cast<std::size_t>(period.first);
  const std::size_t end = begin + static_cast<std::size_t>(period.months);
  const std::size_t first = over == Over::flow ? begin : end - 1;
  return static_cast<double>(sums[end] - sums[first]);
}

}  // namespace

std::vector<Matrix> series(const JournalReader& journal, std::span<const Metric> metrics,
                           std::span<const ReportPeriod> periods) {
  for (const ReportPeriod& period : periods) {
    require(period.first >= 0 && period.months > 0 &&
                std::cmp_less_equal(period.first + period.months, journal.months()),
            "a period outside the run");
  }
  const std::vector<std::uint64_t> done = journal.with(RecordStatus::done);
  std::vector<Matrix> values(metrics.size(), Matrix(periods.size(), done.size()));
  oneapi::tbb::enumerable_thread_specific<Workspace> workspaces;
  oneapi::tbb::parallel_for(std::size_t{0}, done.size(), [&](std::size_t j) {
    Workspace& work = workspaces.local();
    journal.read(done[j], work.record);
    for (std::size_t k = 0; k < metrics.size(); ++k) {
      const Metric& metric = metrics[k];
      add_up(work.record.cells, journal.cells_per_month(), metric.above, work.above);
      add_up(work.record.cells, journal.cells_per_month(), metric.below, work.below);
      for (std::size_t p = 0; p < periods.size(); ++p) {
        values[k].row(p)[j] = value_of(metric, over(work.above, metric.over, periods[p]),
                                       over(work.below, metric.over, periods[p]));
      }
    }
  });
  return values;
}

Matrix series(const JournalReader& journal, const Metric& metric,
              std::span<const ReportPeriod> periods) {
  return series(journal, std::span(&metric, 1), periods).front();
}

}  // namespace partnersim
