#include "results/report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>

#include "base/check.hpp"
#include "ensemble/statistics.hpp"
#include "experiments/compare.hpp"
#include "experiments/metrics.hpp"
#include "results/compare_table.hpp"
#include "results/forecast_table.hpp"
#include "results/json_text.hpp"

namespace partnersim {
namespace {

using Json = nlohmann::ordered_json;

/// Drawn month by month.
constexpr std::string_view kCharted[] = {"net_channel_revenue", "contribution",    "new_bookings",
                                         "program_cost",        "active_partners", "cloud_share",
                                         "months_behind"};
/// Added to a sum or taken from it.
struct SumLine {
  std::string_view name;
  int sign;
};
/// From net channel revenue down to contribution.
constexpr SumLine kStatement[] = {
    {"services_profit", 1}, {"direct_revenue", 1},   {"cost_of_goods", -1},
    {"direct_cost", -1},    {"relation_cost", -1},   {"onboarding_cost", -1},
    {"manager_cost", -1},   {"specialist_cost", -1}, {"training_subsidy", -1},
    {"lead_cost", -1},      {"openness_cost", -1},   {"entry_fees", 1}};
/// What program cost consists of.
constexpr SumLine kCostLines[] = {{"registration_uplift", 1},
                                  {"rebate", 1},
                                  {"mdf", 1},
                                  {"spiff", 1},
                                  {"referral", 1},
                                  {"relation_cost", 1},
                                  {"onboarding_cost", 1},
                                  {"manager_cost", 1},
                                  {"specialist_cost", 1},
                                  {"training_subsidy", 1},
                                  {"lead_cost", 1},
                                  {"openness_cost", 1},
                                  {"entry_fees", -1}};
constexpr std::string_view kShadowed[] = {"authority_gap",
                                          "services_lost",
                                          "mdf_unused",
                                          "orphan_base",
                                          "registered_share",
                                          "specialist_wait",
                                          "months_late",
                                          "potential_used",
                                          "trust",
                                          "partners_with_power",
                                          "top_20_share",
                                          "largest_portfolio",
                                          "joined",
                                          "exits",
                                          "migrated_value",
                                          "churned_value",
                                          "cost_per_revenue",
                                          "partner_sourced_bookings"};
constexpr std::string_view kBySegment[] = {"net_channel_revenue", "contribution", "active_partners",
                                           "cloud_share", "potential_used"};
/// Ranks, as shares, of the futures whose paths are drawn: by total net channel revenue.
constexpr double kPathRanks[] = {0.1, 0.3, 0.5, 0.7, 0.9};
constexpr std::size_t kMostBytes = std::size_t{256} << 20;  // of series in memory at once

struct Wanted {
  Metric metric;
  bool charted = false;
};

void add(const World& outline, std::string_view name, const Scope& scope, bool charted,
         std::vector<Wanted>& wanted) {
  if (auto metric = find_metric(outline, name, scope)) {
    wanted.push_back({std::move(*metric), charted});
  }
}

/// Net channel revenue first.
std::vector<Wanted> wanted_metrics(const World& outline) {
  std::vector<Wanted> wanted;
  for (const std::string_view name : kCharted) add(outline, name, {}, true, wanted);
  for (std::size_t m = 0; m < outline.markets.size(); ++m) {
    wanted.push_back({scene_metric(outline, Scene::cloud, m), true});
  }
  std::set<std::string_view> names(std::begin(kShadowed), std::end(kShadowed));
  for (const SumLine& line : kStatement) names.insert(line.name);
  for (const SumLine& line : kCostLines) names.insert(line.name);
  for (const std::string_view name : names) add(outline, name, {}, false, wanted);
  for (std::size_t s = 0; s < outline.segments.size(); ++s) {
    if (outline.segments[s].supplier) continue;
    const Scope scope{.vendor = 0, .offer = {}, .segment = s};
    for (const std::string_view name : kBySegment) add(outline, name, scope, false, wanted);
  }
  const std::size_t tiers = std::min(outline.vendors[0].tiers.size(), Cells::kTiersReported);
  for (std::size_t k = 0; k < tiers; ++k) wanted.push_back({tier_metric(outline, 0, k), false});
  for (std::size_t v = 0; v < outline.vendors.size(); ++v) {
    const Scope scope{.vendor = v, .offer = {}, .segment = {}};
    wanted.push_back({*metric_of(outline, Figure::revenue_share, scope), false});
  }
  return wanted;
}

/// Quarters, fiscal years, the total, the last twelve months.
std::vector<ReportPeriod> data_periods(const World& outline) {
  std::vector<ReportPeriod> periods = report_quarters(outline);
  for (ReportPeriod& period : headline_periods(outline)) periods.push_back(std::move(period));
  return periods;
}

Json periods_json(const World& outline) {
  Json list = Json::array();
  for (const ReportPeriod& period : data_periods(outline)) {
    list.push_back({{"label", period.label},
                    {"kind", name_of(period.kind)},
                    {"first", period.first},
                    {"months", period.months},
                    {"of", period.of}});
  }
  return list;
}

/// Rows [first, last) of the values as lists: mean and quantiles, and where wanted the interval of
/// the mean.
Json bands_json(const Matrix& values, std::size_t first, std::size_t last, bool interval) {
  struct Column {
    const char* name;
    double Quantiles::*value;
  };
  constexpr std::array<Column, 6> kColumns{{{"mean", &Quantiles::mean},
                                            {"q05", &Quantiles::q05},
                                            {"q25", &Quantiles::q25},
                                            {"q50", &Quantiles::q50},
                                            {"q75", &Quantiles::q75},
                                            {"q95", &Quantiles::q95}}};
  Json json;
  std::vector<double> scratch;
  for (std::size_t p = first; p < last; ++p) {
    const Quantiles q = quantiles(values.row(p), scratch);
    for (const auto& [name, value] : kColumns) json[name].push_back(q.*value);
    if (!interval) continue;
    const Summary summary = summarize(values.row(p));
    json["lo"].push_back(summary.ci_lo);
    json["hi"].push_back(summary.ci_hi);
  }
  return json;
}

/// Places among the done runs, at the ranks of kPathRanks by `total`; each once.
std::vector<std::size_t> path_places(std::span<const double> total) {
  std::vector<std::size_t> order(total.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return total[a] < total[b]; });
  std::vector<std::size_t> places;
  for (const double rank : kPathRanks) {
    const auto at =
        static_cast<std::size_t>(std::lround(rank * static_cast<double>(total.size() - 1)));
    if (std::find(places.begin(), places.end(), order[at]) == places.end()) {
      places.push_back(order[at]);
    }
  }
  return places;
}

Json metric_json(const Metric& metric) {
  return {{"name", metric.name},
          {"meaning", metric.meaning},
          {"quantity", name_of(metric.quantity)},
          {"over", metric.over == Over::flow ? "flow" : "stock"},
          {"vendor", metric.vendor},
          {"segment", metric.segment}};
}

/// What the journal says of one source.
class Gathered {
 public:
  explicit Gathered(const JournalReader& journal) : journal_(journal) {
    const World& outline = journal.header().outline;
    months_ = report_months(outline);
    periods_ = months_;
    for (ReportPeriod& period : data_periods(outline)) periods_.push_back(std::move(period));
    const std::vector<Wanted> wanted = wanted_metrics(outline);
    const std::size_t runs = journal.count(RecordStatus::done);
    const std::size_t at_once = std::max<std::size_t>(1, kMostBytes / (8 * runs * periods_.size()));
    for (std::size_t first = 0; first < wanted.size(); first += at_once) {
      const std::size_t count = std::min(at_once, wanted.size() - first);
      gather(std::span(wanted).subspan(first, count));
    }
  }

  Json take_metrics() { return std::move(metrics_); }
  Json path_numbers() const {
    const std::vector<std::uint64_t> numbers = journal_.with(RecordStatus::done);
    Json list = Json::array();
    for (const std::size_t place : places_) list.push_back(numbers[place]);
    return list;
  }

 private:
  void gather(std::span<const Wanted> wanted) {
    std::vector<Metric> metrics;
    for (const Wanted& one : wanted) metrics.push_back(one.metric);
    const std::vector<Matrix> values = series(journal_, metrics, periods_);
    for (std::size_t k = 0; k < wanted.size(); ++k) {
      const auto is_total = [](const ReportPeriod& p) {
        return p.kind == ReportPeriod::Kind::total;
      };
      if (places_.empty()) {
        const auto total = std::find_if(periods_.begin(), periods_.end(), is_total);
        places_ = path_places(values[k].row(static_cast<std::size_t>(total - periods_.begin())));
      }
      Json json = metric_json(wanted[k].metric);
      if (wanted[k].charted) add_months(values[k], json);
      json["periods"] = bands_json(values[k], months_.size(), periods_.size(), true);
      metrics_.push_back(std::move(json));
    }
  }
  void add_months(const Matrix& values, Json& json) const {
    json["months"] = bands_json(values, 0, months_.size(), false);
    for (const std::size_t place : places_) {
      Json path = Json::array();
      for (std::size_t m = 0; m < months_.size(); ++m) path.push_back(values.row(m)[place]);
      json["paths"].push_back(std::move(path));
    }
  }

  const JournalReader& journal_;
  std::vector<ReportPeriod> months_, periods_;
  std::vector<std::size_t> places_;
  Json metrics_ = Json::array();
};

Json source_json(const ReportSource& source) {
  const JournalReader& journal = source.journal;
  require(journal.count(RecordStatus::done) > 0, "a report of a result without runs");
  const JournalHeader& header = journal.header();
  Gathered gathered(journal);
  Json json;
  json["name"] = source.name;
  json["title"] = header.outline.title;
  json["finished"] = !source.summary.is_null();
  json["seed"] = header.plan.seed;
  json["replications"] = counts_json(journal);
  json["identity"] = identity_json(header.identity);
  json["command"] = source.command;
  json["warnings"] = warnings_json(forecast_of(journal).warnings);
  for (const char* key : {"band", "targets", "foundations"}) {
    const bool there = source.summary.is_object() && source.summary.contains(key);
    json[key] = there ? source.summary[key] : Json();
  }
  json["drawn"] = header.drawn.size();
  json["paths"] = gathered.path_numbers();
  json["metrics"] = gathered.take_metrics();
  return json;
}

Json comparisons_json(std::span<const ReportSource> sources) {
  std::vector<const JournalReader*> alternatives;
  for (const ReportSource& source : sources.subspan(1)) alternatives.push_back(&source.journal);
  Json list = Json::array();
  for (const Comparison& one : compare_all(sources[0].journal, alternatives)) {
    const std::string& name = sources[list.size() + 1].name;
    list.push_back(comparison_json(one, {sources[0].name, name}));
  }
  return list;
}

Json lines_json(std::span<const SumLine> lines) {
  Json list = Json::array();
  for (const SumLine& line : lines) list.push_back({{"name", line.name}, {"sign", line.sign}});
  return list;
}

Json names_json(const auto& infos) {
  Json list = Json::array();
  for (const auto& info : infos) list.push_back(info.name);
  return list;
}

Json months_json(const World& outline) {
  Json list = Json::array();
  for (const ReportPeriod& month : report_months(outline)) list.push_back(month.label);
  return list;
}

}  // namespace

nlohmann::ordered_json report_json(std::span<const ReportSource> sources, std::string_view language,
                                   const nlohmann::ordered_json& judged) {
  require(!sources.empty(), "a report of nothing");
  const World& outline = sources[0].journal.header().outline;
  Json json;
  json["schema"] = kReportSchema;
  json["program"] = "partnersim";
  json["version"] = PARTNERSIM_VERSION;
  json["language"] = language;
  json["vendor"] = outline.vendors[0].name;
  json["vendors"] = names_json(outline.vendors);
  json["tiers"] = outline.vendors[0].tiers;
  json["currency"] = outline.currency;
  json["months"] = months_json(outline);
  json["periods"] = periods_json(outline);
  json["statement"] = lines_json(kStatement);
  json["cost_lines"] = lines_json(kCostLines);
  json["comparisons"] =
      comparisons_json(sources);  // first: what cannot be compared is told at once
  json["judged"] = judged;
  json["results"] = Json::array();
  for (const ReportSource& source : sources) json["results"].push_back(source_json(source));
  return json;
}

std::string report_page(std::string_view page, const nlohmann::ordered_json& data) {
  constexpr std::string_view kMark = "{\"data\":\"here\"}";
  const std::size_t at = page.find(kMark);
  require(at != page.npos, "a page without a place for its data");
  std::string text(page.substr(0, at));
  // Inside a script element only `<` can end it or begin a comment.
  for (const char c : data.dump(-1, ' ', false, Json::error_handler_t::replace)) {
    if (c == '<') {
      text += "\\u003c";
    } else {
      text += c;
    }
  }
  return text.append(page.substr(at + kMark.size()));
}

}  // namespace partnersim
