#include "experiments/pairs.hpp"

#include <algorithm>
#include <map>

#include "ensemble/statistics.hpp"

namespace partnersim {
namespace {

std::vector<double> picked(std::span<const double> values, std::span<const std::size_t> at) {
  std::vector<double> result;
  result.reserve(at.size());
  for (const std::size_t k : at) result.push_back(values[k]);
  return result;
}

template <class Infos>
std::vector<std::string> names_of(const Infos& infos) {
  std::vector<std::string> names;
  for (const auto& info : infos) names.push_back(info.name);
  return names;
}

bool same_offers(const World& a, const World& b) {
  return std::equal(a.offers.begin(), a.offers.end(), b.offers.begin(), b.offers.end(),
                    [](const OfferInfo& x, const OfferInfo& y) {
                      return x.name == y.name && x.vendor == y.vendor &&
                             x.deployment == y.deployment && x.billing == y.billing;
                    });
}

bool same_segments(const World& a, const World& b) {
  return std::equal(a.segments.begin(), a.segments.end(), b.segments.begin(), b.segments.end(),
                    [](const SegmentInfo& x, const SegmentInfo& y) {
                      return x.name == y.name && x.supplier == y.supplier;
                    });
}

}  // namespace

std::optional<std::string> why_not_comparable(const JournalHeader& a, const JournalHeader& b) {
  const auto differ = [](const char* what, const std::string& x, const std::string& y) {
    return std::string("the two runs have different ") + what + ": " + x + " and " + y;
  };
  const World &one = a.outline, &two = b.outline;
  if (a.identity.engine != b.identity.engine) {
    return differ("versions of the simulation", a.identity.engine, b.identity.engine);
  }
  if (a.plan.months != b.plan.months) {
    return differ("lengths in months", std::to_string(a.plan.months),
                  std::to_string(b.plan.months));
  }
  if (a.plan.seed != b.plan.seed) {
    return differ("seeds", std::to_string(a.plan.seed), std::to_string(b.plan.seed));
  }
  if (month_label(one.calendar, 0) != month_label(two.calendar, 0)) {
    return differ("first months", month_label(one.calendar, 0), month_label(two.calendar, 0));
  }
  if (one.calendar.fiscal_start_month != two.calendar.fiscal_start_month) {
    return differ("first months of the fiscal year",
                  std::to_string(one.calendar.fiscal_start_month),
                  std::to_string(two.calendar.fiscal_start_month));
  }
  if (one.currency != two.currency) return differ("currencies", one.currency, two.currency);
  const std::string other = "the two runs are about other ";
  if (names_of(one.vendors) != names_of(two.vendors)) return other + "vendors";
  if (!same_offers(one, two)) return other + "offers";
  if (!same_segments(one, two)) return other + "segments";
  if (names_of(one.markets) != names_of(two.markets)) return other + "markets";
  return std::nullopt;
}

Pairs::Pairs(const JournalReader& a, const JournalReader& b) {
  if (const auto why = why_not_comparable(a.header(), b.header())) throw NotComparable(*why);
  std::map<std::uint64_t, std::size_t> seen;
  std::size_t at_a = 0, at_b = 0;
  const std::uint64_t common = std::min(a.replications(), b.replications());
  for (std::uint64_t r = 0; r < common; ++r) {
    const bool in_a = a.status(r) == RecordStatus::done, in_b = b.status(r) == RecordStatus::done;
    const Triple triple = a.header().plan.triple(r);
    if (in_a && in_b && triple == b.header().plan.triple(r)) {
      at_a_.push_back(at_a);
      at_b_.push_back(at_b);
      triples_.push_back(triple);
      draw_.push_back(seen.try_emplace(triple.draw, seen.size()).first->second);
    }
    at_a += in_a ? 1 : 0;
    at_b += in_b ? 1 : 0;
  }
  draws_ = seen.size();
  dropped_ = std::max(a.replications(), b.replications()) - size();
  if (size() < 2) {
    throw NotComparable("fewer than two replications are done in both, with the same luck");
  }
}

std::vector<double> Pairs::of_a(std::span<const double> values) const {
  return picked(values, at_a_);
}

std::vector<double> Pairs::of_b(std::span<const double> values) const {
  return picked(values, at_b_);
}

std::vector<double> Pairs::units(std::vector<double> values) const {
  if (draws_ < 2) return values;
  std::vector<std::vector<double>> groups(draws_);
  for (std::size_t k = 0; k < values.size(); ++k) groups[draw_[k]].push_back(values[k]);
  std::vector<double> means;
  means.reserve(groups.size());
  for (const std::vector<double>& group : groups) means.push_back(mean(group));
  return means;
}

}  // namespace partnersim
