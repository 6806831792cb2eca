// runs.csv: one row a replication.
#include <array>

#include "experiments/metrics.hpp"
#include "results/csv_text.hpp"
#include "results/result_folder.hpp"

namespace partnersim {
namespace {

std::vector<ReportPeriod> output_periods(const World& outline) {
  std::vector<ReportPeriod> periods{report_total(outline)};
  for (const ReportPeriod& year : report_years(outline)) periods.push_back(year);
  return periods;
}

/// net_channel_revenue.total, net_channel_revenue.FY27
std::string output_name(const Metric& metric, const ReportPeriod& period) {
  const bool total = period.kind == ReportPeriod::Kind::total;
  return metric.name + "." + (total ? "total" : period.label);
}

std::string header_line(const JournalHeader& header, std::span<const Metric> metrics,
                        std::span<const ReportPeriod> periods) {
  std::string line = "run,draw,world,luck,status,failure";
  for (const std::string& path : header.drawn) line += ',' + csv_text(path);
  for (const Metric& metric : metrics) {
    for (const ReportPeriod& period : periods) line += ',' + csv_text(output_name(metric, period));
  }
  return line + '\n';
}

}  // namespace

std::string runs_csv(const JournalReader& journal) {
  constexpr std::array<std::string_view, 3> kStatus{"missing", "done", "failed"};
  const JournalHeader& header = journal.header();
  const std::vector<Metric> metrics = headline_metrics(header.outline);
  const std::vector<ReportPeriod> periods = output_periods(header.outline);
  const std::vector<Matrix> values = series(journal, metrics, periods);
  std::vector<double> drawn;
  journal.read_drawn(drawn);

  std::string csv = header_line(header, metrics, periods);
  const std::size_t inputs = header.drawn.size(), outputs = metrics.size() * periods.size();
  std::size_t j = 0;  // among the done
  for (std::uint64_t r = 0; r < journal.replications(); ++r) {
    const RecordStatus status = journal.status(r);
    const Triple triple = header.plan.triple(r);
    for (const std::uint64_t number : {r, triple.draw, triple.world, triple.luck}) {
      csv += std::to_string(number) + ',';
    }
    csv += std::string(kStatus[static_cast<std::size_t>(status)]) + ',';
    if (status == RecordStatus::done) {
      append_csv_numbers(csv, std::span(drawn).subspan(j * inputs, inputs));
      for (const Matrix& matrix : values) {
        for (std::size_t p = 0; p < periods.size(); ++p) {
          append_csv_numbers(csv, matrix.row(p).subspan(j, 1));
        }
      }
      ++j;
    } else if (status == RecordStatus::failed) {
      const Record record = journal.read(r);
      append_csv_text(csv, record.failure);
      append_csv_numbers(csv, record.drawn);
      csv += std::string(outputs, ',');
    } else {
      csv += std::string(inputs + outputs, ',');
    }
    csv += '\n';
  }
  return csv;
}

}  // namespace partnersim
