// forecast.csv: every metric of every month, its mean and quantiles over the runs.
//
// A task is a month and some neighbouring metrics, few enough that the series they are made of fit
// a fixed memory however many runs there are. Tasks write into slots of their own, which are joined
// in order: threads decide nothing.
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <array>

#include "ensemble/statistics.hpp"
#include "experiments/metrics.hpp"
#include "results/csv_text.hpp"
#include "results/result_folder.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kTaskBytes = std::size_t{16} << 20;
constexpr std::string_view kHeader = "month,vendor,offer,segment,metric,mean,q05,q25,q50,q75,q95\n";

/// Neighbouring cells of a month.
struct Stretch {
  std::size_t first, count;
};

/// Metrics [first, last), and the cells they are made of.
struct Share {
  std::size_t first = 0, last = 0;
  std::vector<Stretch> cells;
};

std::vector<Stretch> stretches_of(const std::vector<bool>& needed) {
  std::vector<Stretch> stretches;
  for (std::size_t k = 0; k < needed.size(); ++k) {
    if (!needed[k]) continue;
    const bool goes_on = !stretches.empty() && stretches.back().first + stretches.back().count == k;
    if (!goes_on) stretches.push_back({k, 0});
    ++stretches.back().count;
  }
  return stretches;
}

/// Cuts the metrics so that no share needs more than `most` cells, unless a single metric does.
std::vector<Share> shares_of(std::span<const Metric> metrics, std::size_t cells, std::size_t most) {
  std::vector<Share> shares;
  std::vector<bool> needed(cells, false);
  std::size_t first = 0, count = 0;
  const auto close = [&](std::size_t last) {
    if (first < last) shares.push_back({first, last, stretches_of(needed)});
    needed.assign(cells, false);
    first = last;
    count = 0;
  };
  for (std::size_t k = 0; k < metrics.size(); ++k) {
    if (count + metrics[k].above.size() + metrics[k].below.size() > most) close(k);
    for (const auto* terms : {&metrics[k].above, &metrics[k].below}) {
      for (const Term& term : *terms) {
        count += needed[term.cell] ? 0 : 1;
        needed[term.cell] = true;
      }
    }
  }
  close(metrics.size());
  return shares;
}

/// What a thread keeps between tasks.
struct Workspace {
  std::vector<std::vector<std::int64_t>> blocks;
  std::vector<const std::int64_t*> rows;  // of each cell: its value in every run
  std::vector<std::int64_t> above, below;
  std::vector<double> values, scratch;
};

void read_rows(const JournalReader& journal, std::size_t month, const Share& share,
               std::size_t runs, Workspace& work) {
  work.blocks.resize(std::max(work.blocks.size(), share.cells.size()));
  work.rows.assign(journal.cells_per_month(), nullptr);
  for (std::size_t k = 0; k < share.cells.size(); ++k) {
    const auto [first, count] = share.cells[k];
    journal.read_series(month * journal.cells_per_month() + first, count, work.blocks[k]);
    for (std::size_t c = 0; c < count; ++c) {
      work.rows[first + c] = work.blocks[k].data() + c * runs;
    }
  }
}

void add_up(std::span<const Term> terms, const std::vector<const std::int64_t*>& rows,
            std::vector<std::int64_t>& sums) {
  std::fill(sums.begin(), sums.end(), 0);
  for (const Term& term : terms) {
    const std::int64_t* row = rows[term.cell];
    for (std::size_t j = 0; j < sums.size(); ++j) sums[j] += term.sign * row[j];
  }
}

Quantiles quantiles_of(const Metric& metric, std::size_t runs, Workspace& work) {
  work.above.resize(runs);
  work.below.resize(runs);
  work.values.resize(runs);
  add_up(metric.above, work.rows, work.above);
  add_up(metric.below, work.rows, work.below);
  for (std::size_t j = 0; j < runs; ++j) {
    work.values[j] =
        value_of(metric, static_cast<double>(work.above[j]), static_cast<double>(work.below[j]));
  }
  // Many cells are the same in all runs, mostly zero: nothing to sort.
  const double x = work.values.front();
  if (std::all_of(work.values.begin(), work.values.end(), [x](double y) { return y == x; })) {
    return {.mean = x, .q05 = x, .q25 = x, .q50 = x, .q75 = x, .q95 = x};
  }
  return quantiles(work.values, work.scratch);
}

/// ",us,Cloud,VAR,net_channel_revenue"
std::string names_of(const Metric& metric) {
  std::string csv;
  for (const std::string* name : {&metric.vendor, &metric.offer, &metric.segment, &metric.name}) {
    csv += ',';
    append_csv_text(csv, *name);
  }
  return csv;
}

void append_row(const std::string& month, const std::string& names, const Quantiles& q,
                std::string& csv) {
  csv += month;
  csv += names;
  append_csv_numbers(csv, std::array{q.mean, q.q05, q.q25, q.q50, q.q75, q.q95});
  csv += '\n';
}

}  // namespace

std::string forecast_csv(const JournalReader& journal) {
  const World& outline = journal.header().outline;
  const std::size_t runs = journal.count(RecordStatus::done);
  std::string csv(kHeader);
  if (runs == 0) return csv;
  const std::vector<Metric> metrics = all_metrics(outline);
  const std::vector<Share> shares =
      shares_of(metrics, journal.cells_per_month(), kTaskBytes / (8 * runs));
  std::vector<std::string> names;
  names.reserve(metrics.size());
  for (const Metric& metric : metrics) names.push_back(names_of(metric));

  std::vector<std::string> slots(journal.months() * shares.size());
  oneapi::tbb::enumerable_thread_specific<Workspace> workspaces;
  oneapi::tbb::parallel_for(std::size_t{0}, slots.size(), [&](std::size_t task) {
    Workspace& work = workspaces.local();
    const std::size_t month = task / shares.size();
    const Share& share = shares[task % shares.size()];
    const std::string label = month_label(outline.calendar, static_cast<int>(month));
    read_rows(journal, month, share, runs, work);
    for (std::size_t k = share.first; k < share.last; ++k) {
      append_row(label, names[k], quantiles_of(metrics[k], runs, work), slots[task]);
    }
  });
  for (const std::string& slot : slots) csv += slot;
  return csv;
}

}  // namespace partnersim
