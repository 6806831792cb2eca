// summary.json: headline metrics by period, for scripts.
#include "ensemble/statistics.hpp"
#include "experiments/metrics.hpp"
#include "results/forecast_table.hpp"
#include "results/json_text.hpp"
#include "results/result_folder.hpp"
#include "results/target_table.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

std::vector<Metric> summary_metrics(const World& outline) {
  std::vector<Metric> metrics = headline_metrics(outline);
  for (const Figure figure :
       {Figure::cloud_share, Figure::revenue_share, Figure::cost_per_revenue}) {
    if (auto metric = metric_of(outline, figure, {})) metrics.push_back(std::move(*metric));
  }
  return metrics;
}

Json period_json(const World& outline, const ReportPeriod& period) {
  return {{"period", period.label},
          {"kind", name_of(period.kind)},
          {"first_month", month_label(outline.calendar, period.first)},
          {"months", period.months},
          {"partial", period.partial()}};
}

Json values_json(std::span<const double> values, std::vector<double>& scratch) {
  const Summary summary = summarize(values);
  const Quantiles q = quantiles(values, scratch);
  return {{"n", summary.n},   {"mean", summary.mean},
          {"sd", summary.sd}, {"ci95", {summary.ci_lo, summary.ci_hi}},
          {"q05", q.q05},     {"q25", q.q25},
          {"q50", q.q50},     {"q75", q.q75},
          {"q95", q.q95}};
}

Json metrics_json(const JournalReader& journal) {
  const World& outline = journal.header().outline;
  const std::vector<Metric> metrics = summary_metrics(outline);
  const std::vector<ReportPeriod> periods = headline_periods(outline);
  const std::vector<Matrix> values = series(journal, metrics, periods);
  Json list = Json::array();
  std::vector<double> scratch;
  for (std::size_t k = 0; k < metrics.size(); ++k) {
    Json json;
    json["name"] = metrics[k].name;
    json["meaning"] = metrics[k].meaning;
    json["quantity"] = name_of(metrics[k].quantity);
    json["periods"] = Json::array();
    for (std::size_t p = 0; p < periods.size(); ++p) {
      Json period = period_json(outline, periods[p]);
      period.update(values_json(values[k].row(p), scratch));
      json["periods"].push_back(std::move(period));
    }
    list.push_back(std::move(json));
  }
  return list;
}

Json component_json(const Component& component) {
  return {{"variance", component.variance},
          {"share", component.share},
          {"indistinguishable_from_zero", component.indistinguishable_from_zero()}};
}

/// Of total net channel revenue; null where it cannot be split.
Json band_json(const JournalReader& journal) {
  const World& outline = journal.header().outline;
  const ReportPeriod total = report_total(outline);
  const Matrix values = series(journal, *metric_of(outline, Line::net, {}), std::span(&total, 1));
  const std::optional<Band> band = band_of(journal, values.row(0));
  if (!band) return nullptr;
  return {{"runs", band->runs_used},
          {"draws", band->draws},
          {"variance", band->total},
          {"parameters", component_json(band->parameters)},
          {"market", component_json(band->market)},
          {"individuals", component_json(band->individuals)}};
}

}  // namespace

nlohmann::ordered_json summary_json(const JournalReader& journal, std::span<const Target> targets) {
  const World& outline = journal.header().outline;
  Json json;
  json["schema"] = kResultSchema;
  json["title"] = outline.title;
  json["vendor"] = outline.vendors.front().name;
  json["currency"] = outline.currency;
  json["first_month"] = month_label(outline.calendar, 0);
  json["months"] = outline.months;
  json["identity"] = identity_json(journal.header().identity);
  json["replications"] = counts_json(journal);
  json["metrics"] = metrics_json(journal);
  json["band"] = band_json(journal);
  if (!targets.empty()) json["targets"] = targets_json(assess_all(journal, targets));
  return json;
}

}  // namespace partnersim
