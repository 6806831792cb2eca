#include "mechanisms/books.hpp"

#include <algorithm>
#include <cmath>

#include "base/math.hpp"

namespace partnersim {
namespace {

constexpr double kDealsOfHalf = 3;  // behind a year of which half is believed
constexpr int kMostRounds = 50;     // until segments and tiers are both met
constexpr double kMet = 1e-9;       // share by which a tier may still be off
constexpr std::size_t kTiers = 256;

/// Of the vendors whose billing the file knows.
struct Billing12m {
  double known = 0, expected = 0;
};

Billing12m billing_of(const World& world, const Columns& c, std::uint32_t i) {
  const std::size_t relations = world.vendors.size() * world.n;
  Billing12m sum;
  for (std::size_t v = 0; v < world.vendors.size(); ++v) {
    const Money known = world.partners.start_billed[v * world.partners.count + i];
    if (known <= 0) continue;
    sum.known += static_cast<double>(known);
    for (std::size_t q = 1; q < 5; ++q) {
      sum.expected += static_cast<double>(c.billed[q * relations + v * world.n + i]);
    }
  }
  return sum;
}

/// Sums of known billing and of something to be scaled to it, by segment or by tier.
class Totals {
 public:
  explicit Totals(std::size_t groups) : known_(groups), other_(groups) {}
  void add(std::size_t group, double known, double other) {
    known_[group] += known;
    other_[group] += other;
  }
  double factor(std::size_t group) const {
    return known_[group] > 0 && other_[group] > 0 ? known_[group] / other_[group] : 1;
  }

 private:
  std::vector<double> known_, other_;
};

}  // namespace

std::vector<double> book_targets(const World& world, std::span<const double> deals,
                                 const Columns& columns) {
  std::vector<double> target(world.n, 0);
  std::vector<Billing12m> billing(world.n);
  Totals segments(world.segments.size());
  const auto segment = [&](std::uint32_t i) { return world.partners.segment[i]; };
  const auto tier = [&](std::uint32_t i) { return columns.tier[i]; };
  for (std::uint32_t i = 0; i < world.n; ++i) {
    billing[i] = billing_of(world, columns, i);
    segments.add(segment(i), billing[i].known, billing[i].expected);
  }
  for (std::uint32_t i = 0; i < world.n; ++i) {
    if (billing[i].known <= 0) continue;
    const double usual = segments.factor(segment(i)) * billing[i].expected;
    const double n = segments.factor(segment(i)) * deals[i];
    target[i] = usual + n / (n + kDealsOfHalf) * (billing[i].known - usual);
  }
  // Scales targets to the books of each group; how far the farthest was off.
  const auto meet = [&](auto group, std::size_t groups) {
    Totals totals(groups);
    double farthest = 0;
    for (std::uint32_t i = 0; i < world.n; ++i) totals.add(group(i), billing[i].known, target[i]);
    for (std::uint32_t i = 0; i < world.n; ++i) {
      const double factor = totals.factor(group(i));
      target[i] *= factor;
      farthest = std::max(farthest, std::abs(factor - 1));
    }
    return farthest;
  };
  double off = 1;
  for (int round = 0; round < kMostRounds && off > kMet; ++round) {
    off = meet(tier, kTiers);
    meet(segment, world.segments.size());
  }
  return target;
}

void scale_to(const World& world, std::span<const double> targets, double deal_size_elasticity,
              Columns& columns) {
  Totals segments(world.segments.size());
  for (std::uint32_t i = 0; i < world.n; ++i) {
    segments.add(world.partners.segment[i], targets[i], billing_of(world, columns, i).expected);
  }
  for (std::uint32_t i = 0; i < world.n; ++i) {
    const double of_segment = segments.factor(world.partners.segment[i]);
    columns.opportunity_scale[i] *= of_segment;
    const double expected = of_segment * billing_of(world, columns, i).expected;
    if (targets[i] <= 0 || expected <= 0) continue;
    const double size = log(targets[i] / expected);
    columns.opportunity_scale[i] *= exp((1 - deal_size_elasticity) * size);
    columns.price_scale[i] *= exp(deal_size_elasticity * size);
  }
}

}  // namespace partnersim
