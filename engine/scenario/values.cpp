// One number, a range, or a map that states a range, in the canonical unit.
#include "scenario/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/text.hpp"
#include "scenario/units.hpp"

namespace partnersim {
namespace {

constexpr std::array<std::string_view, 4> kDistributions{"normal", "lognormal", "logit-normal",
                                                         "triangular"};
constexpr std::size_t kLongestValue = 200;  // bytes

Fault missing(Unit unit) {
  return {"E-VALUE", fmt::format("a value is missing; expected {}", expected(unit)), ""};
}

// A side of a range, or the only number there is.
struct Side {
  std::string_view text;
  Amount amount;
  Suffix suffix;
};

std::optional<Side> read_side(std::string_view text, Unit unit, std::string_view currency,
                              Fault& fault) {
  Side side{text, {}, {}};
  const auto amount = take_apart(text);
  if (!amount) {
    fault = not_understood(text, "", unit);
    return std::nullopt;
  }
  side.amount = *amount;
  const std::string_view front = side.amount.before.empty() ? "" : side.amount.before.front();
  if (side.amount.sign == '+' || front == "x" || front == "×" || front == "=") {
    fault = {"E-RELATIVE",
             fmt::format("{} changes a value; here the value itself is needed", in_quotes(text)),
             fmt::format("expected {}", expected(unit))};
    return std::nullopt;
  }
  const auto suffix = read_suffix(side.amount, unit, currency, text, fault);
  if (!suffix) return std::nullopt;
  side.suffix = *suffix;
  return side;
}

std::optional<double> number(const Side& side, Unit unit, Fault& fault) {
  const auto value = evaluate(side.amount, side.suffix, unit, side.text, fault);
  if (!value) return std::nullopt;
  return side.amount.sign == '-' && *value != 0 ? -*value : *value;
}

// Where the text splits into the two sides of a range.
struct Split {
  std::string_view left, right;
};
std::optional<Split> split_range(std::string_view text) {
  const std::string lower = lower_ascii(text);
  for (const std::string_view word : {" to ", " bis ", "–"}) {
    const std::size_t at = lower.find(word);
    if (at == std::string::npos) continue;
    return Split{trimmed(text.substr(0, at)), trimmed(text.substr(at + word.size()))};
  }
  return std::nullopt;
}

std::optional<std::string_view> behind_about(std::string_view text) {
  const std::string lower = lower_ascii(text);
  for (const std::string_view word : {"about ", "around ", "approx. ", "circa ", "ca. ", "ca ",
                                      "etwa ", "rund ", "ungefähr ", "~"}) {
    if (lower.starts_with(word)) return trimmed(text.substr(word.size()));
  }
  return std::nullopt;
}

std::optional<Stated> between(const Split& split, Unit unit, std::string_view currency,
                              std::string_view whole, Fault& fault) {
  auto left = read_side(split.left, unit, currency, fault);
  if (!left) return std::nullopt;
  const auto right = read_side(split.right, unit, currency, fault);
  if (!right) return std::nullopt;
  if (right->suffix.bare && !left->suffix.bare) {
    fault = {"E-RANGE", fmt::format("in {} the unit is missing at the end", in_quotes(whole)),
             "a unit at the end holds for both: 3 to 5 months"};
    return std::nullopt;
  }
  if (left->suffix.bare) left->suffix = right->suffix;
  const auto lo = number(*left, unit, fault);
  const auto hi = lo ? number(*right, unit, fault) : std::nullopt;
  if (!hi) return std::nullopt;
  if (!(*lo < *hi)) {
    fault = {"E-RANGE", fmt::format("the range {} does not go up", in_quotes(whole)),
             "the smaller value comes first; a unit at the end holds for both"};
    return std::nullopt;
  }
  Stated stated;
  stated.form = Stated::Form::between;
  stated.lo = *lo;
  stated.hi = *hi;
  stated.value = *lo / 2 + *hi / 2;
  return stated;
}

void report(Fault fault, Location at, Diagnostics& diagnostics) {
  diagnostics.error(std::move(fault.code), at, std::move(fault.message), std::move(fault.hint));
}

// 0.1 for p10; p0 and p100 are no quantiles.
std::optional<double> probability(std::string_view key) {
  if (key.size() < 2 || key.size() > 8 || key[0] != 'p' || key[1] < '0' || key[1] > '9') {
    return std::nullopt;
  }
  double percent = 0;
  const auto [end, error] =
      std::from_chars(key.data() + 1, key.data() + key.size(), percent, std::chars_format::fixed);
  if (error != std::errc() || end != key.data() + key.size() || !(percent > 0 && percent < 100)) {
    return std::nullopt;
  }
  return percent / 100;
}

// The entries of a range map, read and sorted out.
class RangeMap {
 public:
  RangeMap(const Node& node, Unit unit, std::string_view currency, Diagnostics& diagnostics)
      : node_(node), unit_(unit), currency_(currency), diagnostics_(diagnostics) {}

  std::optional<Stated> read() {
    for (const Node::Entry& entry : node_.entries) read(entry);
    if (failed_) return std::nullopt;
    if (quantiles_.size() == 2 && !min_ && !mode_ && !max_) return quantiles();
    if (quantiles_.empty() && min_ && mode_ && max_) return triangle();
    return refuse("E-RANGE", node_.at, "this does not state a range",
                  "two quantiles, {p10: 3, p90: 9}, or {min: 0, mode: 3, max: 8}");
  }

 private:
  struct Quantile {
    double probability, value;
  };

  std::optional<Stated> refuse(std::string code, Location at, std::string message,
                               std::string hint) {
    diagnostics_.error(std::move(code), at, std::move(message), std::move(hint));
    failed_ = true;
    return std::nullopt;
  }

  void read(const Node::Entry& entry) {
    if (entry.key == "dist") return read_dist(entry.value);
    const auto p = probability(entry.key);
    std::optional<double>* const slot = entry.key == "min"    ? &min_
                                        : entry.key == "mode" ? &mode_
                                        : entry.key == "max"  ? &max_
                                                              : nullptr;
    if (!p && slot == nullptr) {
      const std::vector<std::string> known{"min", "mode", "max", "dist", "p10", "p50", "p90"};
      const std::string near = nearest(entry.key, known);
      refuse("E-UNKNOWN-KEY", entry.at,
             fmt::format("unknown key {} in a range", in_quotes(entry.key)),
             near.empty() ? fmt::format("expected {}, or a range", expected(unit_))
                          : fmt::format("did you mean '{}'?", near));
      return;
    }
    const auto value = read_fixed(entry.value, unit_, currency_, diagnostics_);
    failed_ = failed_ || !value;
    if (!value) return;
    if (p) quantiles_.push_back({*p, *value});
    if (slot != nullptr) *slot = *value;
  }

  void read_dist(const Node& node) {
    const auto found = std::find(kDistributions.begin(), kDistributions.end(), node.text);
    if (node.is_scalar() && found != kDistributions.end()) {
      dist_ = node.text;
      dist_at_ = node.at;
      return;
    }
    const std::vector<std::string> known(kDistributions.begin(), kDistributions.end());
    const std::string near = nearest(node.text, known);
    refuse("E-DIST", node.at, fmt::format("unknown distribution {}", in_quotes(node.text)),
           near.empty() ? "normal, lognormal, logit-normal or triangular"
                        : fmt::format("did you mean '{}'?", near));
  }

  std::optional<Stated> quantiles() {
    std::sort(quantiles_.begin(), quantiles_.end(),
              [](const Quantile& a, const Quantile& b) { return a.probability < b.probability; });
    const Quantile& low = quantiles_.front();
    const Quantile& high = quantiles_.back();
    if (!(low.probability < high.probability) || !(low.value < high.value)) {
      return refuse("E-RANGE", node_.at, "the quantiles do not go up",
                    "the higher percentile needs the larger value");
    }
    if (dist_ == "triangular") {
      return refuse("E-DIST", dist_at_, "a triangular distribution needs min, mode and max", "");
    }
    return Stated{Stated::Form::quantiles,
                  low.value / 2 + high.value / 2,
                  low.value,
                  high.value,
                  low.probability,
                  high.probability,
                  dist_};
  }

  std::optional<Stated> triangle() {
    if (!(*min_ <= *mode_ && *mode_ <= *max_ && *min_ < *max_)) {
      return refuse("E-RANGE", node_.at, "min, mode and max do not go up", "");
    }
    if (!dist_.empty() && dist_ != "triangular") {
      return refuse("E-DIST", dist_at_,
                    fmt::format("min, mode and max make a triangular distribution, not {}", dist_),
                    "a normal, lognormal or logit-normal one needs two quantiles");
    }
    return Stated{Stated::Form::triangle, *mode_, *min_, *max_, 0, 1, dist_};
  }

  const Node& node_;
  Unit unit_;
  std::string_view currency_;
  Diagnostics& diagnostics_;
  std::vector<Quantile> quantiles_;
  std::optional<double> min_, mode_, max_;
  std::string dist_;
  Location dist_at_;
  bool failed_ = false;
};

}  // namespace

std::optional<double> read_number(std::string_view text, Unit unit, std::string_view currency,
                                  Fault& fault) {
  fault = {};
  const std::string plain = plain_spaces(text);
  if (plain.empty()) {
    fault = missing(unit);
    return std::nullopt;
  }
  if (plain.size() > kLongestValue) {
    fault = not_understood(plain, "", unit);
    return std::nullopt;
  }
  const auto side = read_side(plain, unit, currency, fault);
  return side ? number(*side, unit, fault) : std::nullopt;
}

std::optional<Stated> read_stated(std::string_view text, Unit unit, std::string_view currency,
                                  Fault& fault) {
  fault = {};
  const std::string plain = plain_spaces(text);
  Stated stated;
  if (plain.size() <= kLongestValue) {
    if (const auto split = split_range(plain)) {
      return between(*split, unit, currency, plain, fault);
    }
    if (const auto rest = behind_about(plain)) {
      const auto value = read_number(*rest, unit, currency, fault);
      if (!value) return std::nullopt;
      stated.form = Stated::Form::about;
      stated.value = stated.lo = stated.hi = *value;
      return stated;
    }
  }
  const auto value = read_number(plain, unit, currency, fault);
  if (!value) return std::nullopt;
  stated.value = stated.lo = stated.hi = *value;
  return stated;
}

std::optional<Stated> read_value(const Node& node, Unit unit, std::string_view currency,
                                 Diagnostics& diagnostics) {
  if (node.is_map()) return RangeMap(node, unit, currency, diagnostics).read();
  if (node.is_list()) {
    diagnostics.error(
        "E-VALUE", node.at,
        fmt::format("one value is needed here, not a list; expected {}", expected(unit)),
        "a range is written '3 to 5'");
    return std::nullopt;
  }
  Fault fault;
  auto stated = read_stated(node.text, unit, currency, fault);
  if (!stated) report(std::move(fault), node.at, diagnostics);
  return stated;
}

std::optional<double> read_fixed(const Node& node, Unit unit, std::string_view currency,
                                 Diagnostics& diagnostics) {
  if (node.is_map()) {
    diagnostics.error("E-VALUE", node.at,
                      fmt::format("one value is needed here; expected {}", expected(unit)));
    return std::nullopt;
  }
  const auto stated = read_value(node, unit, currency, diagnostics);
  if (!stated) return std::nullopt;
  if (stated->is_range()) {
    diagnostics.error(
        "E-RANGE-HERE", node.at,
        fmt::format("one value is needed here, not the range {}", in_quotes(node.text)),
        fmt::format("expected {}", expected(unit)));
    return std::nullopt;
  }
  return stated->value;
}

bool is_range_map(const Node& node) {
  if (!node.is_map() || node.entries.empty()) return false;
  return std::all_of(node.entries.begin(), node.entries.end(), [](const Node::Entry& entry) {
    const std::string& key = entry.key;
    const bool known = key == "min" || key == "mode" || key == "max" || key == "dist";
    return entry.value.is_scalar() && (known || probability(key));
  });
}

}  // namespace partnersim
