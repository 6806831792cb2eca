// The band over time in characters; see the header.
#include "results/band_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "results/result_table.hpp"

namespace partnersim {
namespace {

constexpr std::size_t kLeastWidth = 30, kLeastHeight = 4;

struct Glyphs {
  std::string_view blank, band, median, side, tick, corner, floor, floor_tick;
};
constexpr Glyphs kUnicode{" ", "░", "━", "│", "┤", "└", "─", "┬"};
constexpr Glyphs kAscii{" ", ".", "*", "|", "+", "+", "-", "+"};

/// Round numbers that enclose the values.
struct Axis {
  double lo = 0, hi = 1, step = 1;
  int decimals = 0;
};

Axis axis_of(double lo, double hi, std::size_t height) {
  if (lo > 0 && lo < hi / 2) lo = 0;  // a band far from zero is not drawn from zero
  const double most = std::max(std::abs(lo), std::abs(hi));
  if (!(hi - lo > 1e-6 * most)) {  // all the same, but for rounding
    const double margin = most == 0 ? 1 : most / 2;
    lo -= margin;
    hi += margin;
  }
  const double ticks = static_cast<double>(std::min<std::size_t>(4, (height - 1) / 2));  // about
  const double rough = (hi - lo) / ticks;
  Axis axis;
  int exponent = 0;
  double power = 1;
  for (; power * 10 <= rough; power *= 10) ++exponent;
  for (; power > rough && exponent > -12; power /= 10) --exponent;
  axis.decimals = std::max(0, -exponent);
  const double leading = rough / power;  // 1 to 10
  axis.step = power * (leading < 1.5 ? 1 : leading < 3.5 ? 2 : leading < 7.5 ? 5 : 10);
  axis.lo = std::floor(lo / axis.step) * axis.step;
  axis.hi = std::ceil(hi / axis.step) * axis.step;
  return axis;
}

/// A picture of `height` rows; each place holds one character.
class Canvas {
 public:
  Canvas(std::size_t width, std::size_t height, const Axis& axis, const Glyphs& glyphs)
      : axis_(axis), rows_(height, std::vector<std::string_view>(width, glyphs.blank)) {}

  std::size_t row_of(double y) const {
    const double down = (axis_.hi - y) / (axis_.hi - axis_.lo);
    const auto last = static_cast<double>(rows_.size() - 1);
    return static_cast<std::size_t>(std::clamp(std::floor(down * last + 0.5), 0.0, last));
  }
  void fill(std::size_t x, double from, double to, std::string_view glyph) {
    for (std::size_t r = row_of(to); r <= row_of(from); ++r) rows_[r][x] = glyph;
  }
  const std::vector<std::string_view>& row(std::size_t r) const { return rows_[r]; }

 private:
  Axis axis_;
  std::vector<std::vector<std::string_view>> rows_;
};

/// Between neighbouring members; `at` counts from the first.
double between(std::span<const Quantiles> band, double Quantiles::*value, double at) {
  const auto k = std::min(static_cast<std::size_t>(at), band.size() - 1);
  const auto next = std::min(k + 1, band.size() - 1);
  const double part = at - static_cast<double>(k);
  return band[k].*value + part * (band[next].*value - band[k].*value);
}

std::size_t column_of(std::size_t period, std::size_t periods, std::size_t width) {
  return periods < 2 ? 0 : period * (width - 1) / (periods - 1);
}

void draw(std::span<const Quantiles> band, std::size_t width, const Glyphs& glyphs, double unit,
          Canvas& canvas) {
  for (std::size_t x = 0; x < width; ++x) {
    const double at = width < 2 ? 0
                                : static_cast<double>(x) * static_cast<double>(band.size() - 1) /
                                      static_cast<double>(width - 1);
    canvas.fill(x, between(band, &Quantiles::q05, at) / unit,
                between(band, &Quantiles::q95, at) / unit, glyphs.band);
    const double median = between(band, &Quantiles::q50, at) / unit;
    canvas.fill(x, median, median, glyphs.median);
  }
}

/// Of the rows nearest to the ticks.
std::vector<std::string> labels_of(const Axis& axis, std::size_t height, const Glyphs& glyphs) {
  std::vector<std::string> labels(height);
  const Canvas place(1, height, axis, glyphs);
  for (double y = axis.lo; y < axis.hi + axis.step / 2; y += axis.step) {
    labels[place.row_of(y)] = fixed_text(y, axis.decimals) + " ";
  }
  return labels;
}

/// The floor with a tick where a fiscal year begins, and its labels below.
std::string floor_of(std::span<const ReportPeriod> periods, const Calendar& calendar,
                     std::size_t margin, std::size_t width, const Glyphs& glyphs) {
  std::vector<std::string_view> line(width, glyphs.floor);
  std::string labels(margin + 1, ' ');
  for (std::size_t k = 0; k < periods.size(); ++k) {
    const std::string label = fiscal_year_label(calendar, periods[k].first);
    if (k > 0 && label == fiscal_year_label(calendar, periods[k - 1].first)) continue;
    const std::size_t x = column_of(k, periods.size(), width);
    line[x] = glyphs.floor_tick;
    const bool fits =
        margin + 1 + x >= labels.size() + (k > 0 ? 1 : 0) && x + label.size() <= width;
    if (!fits) continue;
    labels.resize(margin + 1 + x, ' ');
    labels += label;
  }
  std::string text(margin, ' ');
  text += glyphs.corner;
  for (const std::string_view glyph : line) text += glyph;
  return text + '\n' + labels + '\n';
}

}  // namespace

std::string band_chart(std::span<const Quantiles> band, std::span<const ReportPeriod> periods,
                       const Calendar& calendar, std::string_view title, std::string_view currency,
                       const ChartOptions& options) {
  if (band.empty() || band.size() != periods.size()) return {};
  std::vector<double> ends;
  for (const Quantiles& q : band) {
    if (std::isnan(q.q05) || std::isnan(q.q95)) return {};
    ends.insert(ends.end(), {q.q05, q.q95});
  }
  const Glyphs& glyphs = options.ascii ? kAscii : kUnicode;
  const AmountFormat format = amount_format(ends);
  const auto [least, most] = std::minmax_element(ends.begin(), ends.end());
  const std::size_t height = std::max(options.height, kLeastHeight);
  const Axis axis = axis_of(*least / format.unit, *most / format.unit, height);

  const std::vector<std::string> labels = labels_of(axis, height, glyphs);
  std::size_t margin = 0;
  for (const std::string& label : labels) margin = std::max(margin, label.size());
  const std::size_t width =
      std::max(options.width, kLeastWidth) - std::min(margin + 1, kLeastWidth - 1);
  Canvas canvas(width, height, axis, glyphs);
  draw(band, width, glyphs, format.unit, canvas);

  const std::string legend =
      fmt::format("({} median, {} 5 to 95 of 100 runs)", glyphs.median, glyphs.band);
  std::string text =
      wrapped(fmt::format("{},{} {}", title, format.suffix(currency), legend), options.width) +
      '\n';
  for (std::size_t r = 0; r < height; ++r) {
    std::string line = std::string(margin - labels[r].size(), ' ') + labels[r];
    line += labels[r].empty() ? glyphs.side : glyphs.tick;
    for (const std::string_view glyph : canvas.row(r)) line += glyph;
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text + floor_of(periods, calendar, margin, width, glyphs);
}

std::string band_chart(const JournalReader& journal, const ChartOptions& options,
                       std::size_t vendor) {
  constexpr std::size_t kMargin = 8;
  const World& outline = journal.header().outline;
  const std::optional<Metric> net =
      metric_of(outline, Line::net, {.vendor = vendor, .offer = {}, .segment = {}});
  if (!net || journal.count(RecordStatus::done) == 0) return {};
  std::vector<ReportPeriod> periods = report_months(outline);
  const bool months = periods.size() + kMargin <= std::max(options.width, kLeastWidth);
  if (!months) {
    periods = report_quarters(outline);
    std::erase_if(periods, [](const ReportPeriod& period) { return period.partial(); });
  }
  if (periods.empty()) return {};
  const Matrix values = series(journal, *net, periods);
  std::vector<Quantiles> band;
  std::vector<double> scratch;
  for (std::size_t p = 0; p < periods.size(); ++p) {
    band.push_back(quantiles(values.row(p), scratch));
  }
  return band_chart(band, periods, outline.calendar,
                    std::string("Net channel revenue by ") + (months ? "month" : "quarter"),
                    outline.currency, options);
}

}  // namespace partnersim
