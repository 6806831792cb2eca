#include "progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "base/text.hpp"
#include "common.hpp"
#include "results/result_table.hpp"

namespace partnersim {
namespace {

constexpr double kEverySeconds = 10;
constexpr std::size_t kBar = 20;

std::string bar(double share) {
  const auto filled = static_cast<std::size_t>(share * static_cast<double>(kBar));
  std::string text(kBar, ' ');
  std::fill_n(text.begin(), filled, '=');
  if (filled < kBar) text[filled] = '>';
  return "[" + text + "]";
}

}  // namespace

std::string duration_text(double seconds) {
  if (seconds < 10) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02} min", whole / 60, whole % 60);
  return fmt::format("{}:{:02} h", whole / 3600, whole / 60 % 60);
}

ProgressMeter::ProgressMeter(std::string name, std::string currency, bool shown)
    : name_(std::move(name)), currency_(std::move(currency)), shown_(shown) {}

ProgressMeter::~ProgressMeter() {
  if (drawn_ > 0) say(fmt::format("\r{:{}}\r", "", drawn_));
}

std::string ProgressMeter::line(const Progress& progress) const {
  std::string text = fmt::format("{}/{} runs", progress.done, progress.planned);
  if (std::isfinite(progress.mean) && std::isfinite(progress.half_width)) {
    const double mean = progress.mean;
    const AmountFormat amount = amount_format(std::span(&mean, 1), progress.half_width);
    text += fmt::format("  net channel revenue {} +- {}{}", amount.number(mean),
                        amount.number(progress.half_width), amount.suffix(currency_));
  }
  const auto now = static_cast<double>(progress.done - before_);
  if (now > 0 && progress.done < progress.planned) {
    const auto left = static_cast<double>(progress.planned - progress.done);
    text += fmt::format("  {} left", duration_text(progress.seconds / now * left));
  }
  return text;
}

void ProgressMeter::show(const Progress& progress) {
  if (!shown_) return;
  if (first_) before_ = progress.done;
  first_ = false;
  if (terminal().err) {
    const double share = static_cast<double>(progress.done) /
                         static_cast<double>(std::max<std::uint64_t>(progress.planned, 1));
    std::string text = fmt::format("{} {}", bar(share), line(progress));
    const std::size_t room = terminal().width - 1;  // a full line would scroll
    if (text.size() > room) text.resize(room);
    say(fmt::format("\r{:<{}}", text, drawn_));
    drawn_ = std::max(drawn_, text.size());
  } else if (progress.seconds - told_ >= kEverySeconds) {
    told_ = progress.seconds;
    say_line(fmt::format("{}: {}", name_, line(progress)));
  }
}

}  // namespace partnersim
