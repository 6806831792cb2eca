#include "experiments/incomes.hpp"

#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/money.hpp"
#include "ensemble/draws.hpp"
#include "simulation/simulation.hpp"

namespace partnersim {
namespace {

constexpr int kYear = 12;
constexpr std::size_t kAtOnce = 64;  // pairs whose incomes are kept before they are added up

/// Of one program, on one thread.
class Incomes {
 public:
  explicit Incomes(const Scenario& scenario)
      : world_(scenario.world), draws_(scenario), simulation_(scenario.world) {}

  /// By partner.
  std::vector<double> run(std::uint64_t seed, Triple triple) {
    draws_.draw(draw_luck(seed, triple), drawn_);
    simulation_.start(drawn_.parameters, run_luck(seed, triple));
    std::vector<double> incomes(world_.n, 0.0);
    while (!simulation_.done()) {
      simulation_.advance();
      if (simulation_.month() + kYear <= world_.months) continue;
      const std::vector<double>& month = simulation_.partner_income();
      for (std::size_t i = 0; i < incomes.size(); ++i) incomes[i] += month[i] / kMinorPerMajor;
    }
    return incomes;
  }

 private:
  const World& world_;
  const ParameterDraws draws_;
  Simulation simulation_;
  Drawn drawn_;
};

/// A partner of A and the same of B; none: npos.
struct Match {
  static constexpr std::size_t kNone = ~std::size_t{0};
  std::size_t a = kNone, b = kNone;
};

std::vector<Match> matches(const World& a, const World& b) {
  std::map<std::string_view, std::size_t> left;
  for (std::size_t i = 0; i < b.n; ++i) left[b.partners.id[i]] = i;
  std::vector<Match> result;
  for (std::size_t i = 0; i < a.n; ++i) {
    Match match{.a = i, .b = Match::kNone};
    if (const auto found = left.find(a.partners.id[i]); found != left.end()) {
      match.b = found->second;
      left.erase(found);
    }
    result.push_back(match);
  }
  for (std::size_t i = 0; i < b.n; ++i) {
    if (left.contains(b.partners.id[i])) result.push_back({Match::kNone, i});
  }
  return result;
}

double income(const std::vector<double>& incomes, std::size_t i) {
  return i == Match::kNone ? 0 : incomes[i];
}

/// Mean and squares of one partner's differences, unit by unit; a unit is a draw, or a run where
/// there is one draw.
struct Sums {
  double a = 0, b = 0;           // over runs
  double unit = 0;               // of the running draw
  double mean = 0, squares = 0;  // Welford's, over finished units
  std::size_t units = 0;

  void finish(std::size_t runs) {
    const double x = unit / static_cast<double>(runs), before = mean;
    ++units;
    mean += (x - mean) / static_cast<double>(units);
    squares += (x - before) * (x - mean);
    unit = 0;
  }

  Summary summary() const {
    Summary result{.n = units, .mean = mean};
    if (units < 2) return result;
    const double n = static_cast<double>(units);
    result.sd = std::sqrt(squares / (n - 1));
    const double half = t_quantile((1 + kDefaultLevel) / 2, n - 1) * result.sd / std::sqrt(n);
    result.ci_lo = mean - half;
    result.ci_hi = mean + half;
    return result;
  }
};

Fate fate_of(const IncomeChange& one) {
  const Summary& d = one.difference;
  if (!(std::abs(d.mean) > kMuchIncome * std::abs(one.income_a))) return Fate::keeps;
  return d.ci_hi < 0 ? Fate::loses : d.ci_lo > 0 ? Fate::wins : Fate::keeps;
}

void name_partner(const World& world, std::size_t i, IncomeChange& one) {
  const PartnerTable& partners = world.partners;
  one.id = partners.id[i];
  one.name = partners.name[i];
  one.segment = world.segments[partners.segment[i]].name;
  const Stage stage = partners.start_stage[i];  // of vendor 0
  if (stage == Stage::prospect || stage == Stage::left) return;
  one.tier = world.vendors[0].tiers[partners.start_tier[i]];
}

}  // namespace

std::vector<IncomeChange> income_changes(const Scenario& a, const Scenario& b, std::uint64_t seed,
                                         std::span<const Triple> triples, int threads) {
  const std::vector<Match> partners = matches(a.world, b.world);
  std::vector<Sums> sums(partners.size());
  const bool one_draw = std::all_of(triples.begin(), triples.end(), [&](const Triple& triple) {
    return triple.draw == triples.front().draw;
  });
  oneapi::tbb::task_arena arena(threads > 0 ? threads : oneapi::tbb::task_arena::automatic);
  oneapi::tbb::enumerable_thread_specific<Incomes> of_a([&] { return Incomes(a); });
  oneapi::tbb::enumerable_thread_specific<Incomes> of_b([&] { return Incomes(b); });
  std::vector<std::vector<double>> left(kAtOnce), right(kAtOnce);
  std::size_t runs = 0;  // of the running unit
  for (std::size_t first = 0; first < triples.size(); first += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, triples.size() - first);
    arena.execute([&] {
      oneapi::tbb::parallel_for(std::size_t{0}, count, [&](std::size_t k) {
        left[k] = of_a.local().run(seed, triples[first + k]);
        right[k] = of_b.local().run(seed, triples[first + k]);
      });
    });
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t r = first + k;
      ++runs;
      const bool ends =
          one_draw || r + 1 == triples.size() || triples[r + 1].draw != triples[r].draw;
      for (std::size_t p = 0; p < partners.size(); ++p) {
        const double of_one = income(left[k], partners[p].a);
        const double of_two = income(right[k], partners[p].b);
        sums[p].a += of_one;
        sums[p].b += of_two;
        sums[p].unit += of_two - of_one;
        if (ends) sums[p].finish(runs);
      }
      if (ends) runs = 0;
    }
  }
  const double n = static_cast<double>(triples.size());
  std::vector<IncomeChange> changes;
  for (std::size_t p = 0; p < partners.size(); ++p) {
    if (sums[p].a == 0 && sums[p].b == 0) continue;
    IncomeChange one;
    const bool in_a = partners[p].a != Match::kNone;
    name_partner(in_a ? a.world : b.world, in_a ? partners[p].a : partners[p].b, one);
    one.income_a = sums[p].a / n;
    one.income_b = sums[p].b / n;
    one.difference = sums[p].summary();
    one.fate = fate_of(one);
    changes.push_back(std::move(one));
  }
  return changes;
}

}  // namespace partnersim
