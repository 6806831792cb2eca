// The forecast by fiscal quarter and year, and its sentences.
#include "results/forecast_table.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>

#include "base/check.hpp"
#include "results/json_text.hpp"

namespace partnersim {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// What the table shows of a metric: the band, or its mean alone.
struct Shown {
  Metric metric;
  bool band;
  std::string_view heading;
};

std::vector<Shown> shown_metrics(const World& outline, std::size_t vendor) {
  const Scope scope{.vendor = vendor, .offer = {}, .segment = {}};
  return {{*metric_of(outline, Line::net, scope), true, "net channel revenue"},
          {*metric_of(outline, Line::bookings, scope), true, "new bookings"},
          {*metric_of(outline, Figure::cloud_share, scope), false, "cloud\nshare"},
          {*metric_of(outline, Head::active, scope), false, "active\npart-\nners"},
          {*metric_of(outline, Figure::program_cost, scope), false, "program\ncost"},
          {*metric_of(outline, Figure::contribution, scope), false, "contri-\nbution"}};
}

struct BandColumn {
  std::string_view key, name;
  double Quantiles::*value;
};
constexpr std::array<BandColumn, 4> kBandColumns{{{"_mean", "mean", &Quantiles::mean},
                                                  {"_p05", "P5", &Quantiles::q05},
                                                  {"_p50", "P50", &Quantiles::q50},
                                                  {"_p95", "P95", &Quantiles::q95}}};

/// Quarters, each year below its quarters, the whole run last.
std::vector<ReportPeriod> table_periods(const World& outline) {
  std::vector<ReportPeriod> periods;
  const std::vector<ReportPeriod> quarters = report_quarters(outline);
  const std::vector<ReportPeriod> years = report_years(outline);
  auto quarter = quarters.begin();
  for (const ReportPeriod& year : years) {
    for (; quarter != quarters.end() && quarter->first < year.first + year.months; ++quarter) {
      periods.push_back(*quarter);
    }
    periods.push_back(year);
  }
  if (years.size() > 1) periods.push_back(report_total(outline));
  return periods;
}

ResultTable table_of(const World& outline, std::span<const Shown> shown,
                     std::span<const ReportPeriod> periods, std::span<const Matrix> values) {
  ResultTable table{.currency = outline.currency, .label = "period", .columns = {}, .rows = {}};
  for (const ReportPeriod& period : periods) table.rows.push_back(row_of(period));
  std::vector<double> scratch;
  for (std::size_t k = 0; k < shown.size(); ++k) {
    const Metric& metric = shown[k].metric;
    const std::string heading(shown[k].heading);
    for (const BandColumn& column : kBandColumns) {
      const bool band = shown[k].band;
      if (!band && column.value != &Quantiles::mean) continue;
      table.columns.push_back({metric.name + std::string(column.key), band ? heading : "",
                               band ? std::string(column.name) : heading, metric.quantity});
    }
    for (std::size_t p = 0; p < periods.size(); ++p) {
      const Quantiles q = quantiles(values[k].row(p), scratch);
      for (const BandColumn& column : kBandColumns) {
        if (!shown[k].band && column.value != &Quantiles::mean) continue;
        table.rows[p].values.push_back(q.*column.value);
      }
    }
  }
  return table;
}

std::string total_sentence(const World& outline, const std::string& vendor,
                           std::span<const double> total) {
  std::vector<double> scratch;
  const Quantiles q = quantiles(total, scratch);
  const Summary summary = summarize(total);
  const std::array amounts{q.mean, q.q05, q.q95, summary.ci_lo, summary.ci_hi};
  const AmountFormat format = amount_format(amounts, (summary.ci_hi - summary.ci_lo) / 2);
  std::string text = fmt::format("Net channel revenue of {} over {}: {}{} on average", vendor,
                                 report_total(outline).label, format.number(q.mean),
                                 format.suffix(outline.currency));
  if (summary.n < 2) return text + ".";
  return text + fmt::format(
                    " (95 % interval of this mean {} to {}); in 90 of 100 simulated futures "
                    "between {} and {}{}.",
                    format.number(summary.ci_lo), format.number(summary.ci_hi),
                    format.number(q.q05), format.number(q.q95), format.suffix(outline.currency));
}

std::string signed_percent(double share) {
  return fmt::format("{:+.1f} %", 100 * share);
}

std::string runs(std::uint64_t n) {
  return std::to_string(n) + (n == 1 ? " run" : " runs");
}

std::string runs_sentence(const Forecast& forecast) {
  const std::uint64_t missing = forecast.planned - forecast.done - forecast.failed;
  std::string text = runs(forecast.done);
  if (missing > 0) text += " of " + std::to_string(forecast.planned) + " (the others are missing)";
  text += forecast.failed == 0 ? ", none failed."
                               : "; " + std::to_string(forecast.failed) + " more failed and " +
                                     (forecast.failed == 1 ? "is" : "are") + " left out.";
  return text;
}

void add_words(Forecast& forecast, const JournalReader& journal, std::span<const double> total) {
  if (forecast.done > 0) {
    forecast.sentences.push_back(total_sentence(journal.header().outline, forecast.vendor, total));
  }
  forecast.band = band_of(journal, total);
  if (forecast.band) forecast.sentences.push_back(band_sentence(*forecast.band));
  forecast.sentences.push_back(runs_sentence(forecast));

  const std::size_t enough = runs_for_quantile(0.05);
  if (forecast.done < enough) {
    forecast.warnings.push_back(
        {"W-FEW-RUNS", fmt::format("{}: P5 and P95 are not bounded by the runs below {} runs; the "
                                   "true band may be wider",
                                   runs(forecast.done), enough)});
  }
  if (forecast.failed > 0) {
    forecast.warnings.push_back(
        {"W-FAILED", runs(forecast.failed) + " failed; first " +
                         journal.failure(journal.with(RecordStatus::failed).front())});
  }
}

}  // namespace

Forecast forecast_of(const JournalReader& journal, std::size_t vendor) {
  const World& outline = journal.header().outline;
  require(vendor < outline.vendors.size(), "a forecast of a vendor that is not there");
  Forecast forecast;
  forecast.title = outline.title;
  forecast.vendor = outline.vendors[vendor].name;
  forecast.currency = outline.currency;
  forecast.planned = journal.replications();
  forecast.done = journal.count(RecordStatus::done);
  forecast.failed = journal.count(RecordStatus::failed);
  const std::vector<Shown> shown = shown_metrics(outline, vendor);
  std::vector<ReportPeriod> periods = table_periods(outline);
  std::vector<Metric> metrics;
  for (const Shown& one : shown) metrics.push_back(one.metric);
  const std::vector<Matrix> values = series(journal, metrics, periods);
  forecast.table = table_of(outline, shown, periods, values);
  // The last row is the whole run.
  add_words(forecast, journal, values.front().row(periods.size() - 1));
  return forecast;
}

std::string books_sentence(const StillYear& year, const std::string& currency) {
  if (year.books.empty()) return {};
  const Reconciled& all = year.books.front();
  const std::array amounts{all.books, all.model};
  const AmountFormat format = amount_format(amounts, all.books / 1000);
  std::string text = fmt::format(
      "books: partners billed {}{} in the last twelve months; in a year like that the model "
      "expects "
      "{} ({}, 95 % interval {} to {})",
      format.number(all.books), format.suffix(currency), format.number(all.model),
      signed_percent(all.off()), signed_percent(all.interval.lo), signed_percent(all.interval.hi));
  for (std::size_t k = 1; k < year.books.size(); ++k) {
    const Reconciled& one = year.books[k];
    text += fmt::format("{} {} {} / {}", k == 1 ? ";" : ",", one.segment, format.number(one.books),
                        format.number(one.model));
  }
  return text;
}

nlohmann::ordered_json drift_json(const Drift& drift) {  // a NaN is null
  return {{"share", drift.share},
          {"lo", drift.interval.lo},
          {"hi", drift.interval.hi},
          {"replications", drift.replications}};
}

nlohmann::ordered_json books_json(const StillYear& year) {
  nlohmann::ordered_json books = nlohmann::ordered_json::array();
  for (const Reconciled& one : year.books) {
    books.push_back({{"segment", one.segment},
                     {"books", one.books},
                     {"model", one.model},
                     {"off", one.off()},
                     {"lo", one.interval.lo},
                     {"hi", one.interval.hi}});
  }
  return books;
}

std::string forecast_text(const Forecast& forecast, std::size_t width) {
  std::string text = forecast.title.empty() ? "" : forecast.title + "\n\n";
  text += as_text(forecast.table, width) + '\n';
  for (const std::string& sentence : forecast.sentences) text += wrapped(sentence, width) + '\n';
  for (const Warning& warning : forecast.warnings) {
    text += wrapped("warning " + warning.code + ": " + warning.text, width) + '\n';
  }
  return text;
}

std::string forecast_table_csv(const Forecast& forecast) {
  return as_csv(forecast.table);
}

nlohmann::ordered_json forecast_json(const Forecast& forecast) {
  nlohmann::ordered_json json;
  json["title"] = forecast.title;
  json["vendor"] = forecast.vendor;
  json["currency"] = forecast.currency;
  json["runs"] = {
      {"planned", forecast.planned}, {"done", forecast.done}, {"failed", forecast.failed}};
  json["periods"] = as_json(forecast.table);
  json["sentences"] = forecast.sentences;
  json["warnings"] = warnings_json(forecast.warnings);
  return json;
}

std::optional<Band> band_of(const JournalReader& journal, std::span<const double> done) {
  if (!journal.header().plan.triples.empty()) return std::nullopt;
  std::vector<double> by_replication(journal.replications(), kNan);
  const std::vector<std::uint64_t> numbers = journal.with(RecordStatus::done);
  for (std::size_t j = 0; j < numbers.size(); ++j) by_replication[numbers[j]] = done[j];
  std::optional<Band> band = split_band(by_replication);
  if (band && journal.header().drawn.empty()) {
    // nothing was drawn: what the estimate finds between groups is noise
    band->total = band->market.variance + band->individuals.variance;
    band->parameters = {0, band->total > 0 ? 0 : kNan};
    for (Component* part : {&band->market, &band->individuals}) {
      part->share = band->total > 0 ? part->variance / band->total : kNan;
    }
  }
  return band;
}

std::string band_sentence(const Band& band) {
  if (!(band.total > 0)) return "Total net channel revenue does not vary from run to run.";
  struct Cause {
    std::string_view name;
    const Component& component;
  };
  const std::array<Cause, 3> causes{{{"parameters", band.parameters},
                                     {"the market", band.market},
                                     {"individual luck", band.individuals}}};
  std::vector<std::string> told, untold;
  for (const auto& [name, component] : causes) {
    const bool zero = component.indistinguishable_from_zero();
    const std::string share = fixed_text(100 * component.share, 0) + " %";
    if (zero) {
      untold.push_back(fmt::format("the part of {} ({}) cannot be told from zero", name, share));
    } else {
      told.push_back(share + (told.empty() ? " comes" : "") + " from " + std::string(name));
    }
  }
  std::string text = "Of the variance of total net channel revenue ";
  for (std::size_t k = 0; k < told.size(); ++k) {
    text += (k == 0 ? "" : k + 1 == told.size() ? " and " : ", ") + told[k];
  }
  for (const std::string& one : untold) text += "; " + one;
  return text + ".";
}

}  // namespace partnersim
