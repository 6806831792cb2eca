#include "experiments/explain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>

#include "base/check.hpp"
#include "ensemble/tasks.hpp"
#include "experiments/compare.hpp"
#include "experiments/levers.hpp"
#include "experiments/lockstep.hpp"

namespace partnersim {
namespace {

constexpr std::string_view kTerms = "terms";

/// What is looked at: each metric of the whole vendor, then of each segment.
std::vector<Metric> metrics_of(const World& world) {
  std::vector<Metric> metrics;
  const auto add = [&](const auto& what) {
    metrics.push_back(*metric_of(world, what, Scope{.vendor = 0, .offer = {}, .segment = {}}));
    for (std::size_t s = 0; s < world.segments.size(); ++s) {
      if (world.segments[s].supplier) continue;
      metrics.push_back(*metric_of(world, what, Scope{.vendor = 0, .offer = {}, .segment = s}));
    }
  };
  add(Figure::contribution);
  add(Line::net);
  return metrics;
}

using Amounts = std::vector<double>;  // minor units, by metric

/// Flows of money, summed over the months of one run.
class Sums {
 public:
  explicit Sums(const std::vector<Metric>& metrics) : metrics_(&metrics) { clear(); }
  void clear() { sums_.assign(metrics_->size(), 0); }
  void add(std::span<const std::int64_t> cells) {
    for (std::size_t m = 0; m < sums_.size(); ++m) {
      for (const Term& term : (*metrics_)[m].above) sums_[m] += term.sign * cells[term.cell];
    }
  }
  Amounts amounts() const { return {sums_.begin(), sums_.end()}; }

 private:
  const std::vector<Metric>* metrics_;
  std::vector<std::int64_t> sums_;
};

/// What one future says: the parts of each metric, and why it says nothing.
struct Future {
  std::vector<Amounts> parts;  // [metric][part], they add up to the difference
  std::string failure;
};

/// Splits the worths of all coalitions, [coalition][metric].
std::vector<Amounts> split(const std::vector<Amounts>& worth) {
  std::vector<Amounts> parts;
  Amounts one(worth.size());
  for (std::size_t m = 0; m < worth[0].size(); ++m) {
    for (std::size_t s = 0; s < worth.size(); ++s) one[s] = worth[s][m];
    parts.push_back(shapley_values(one));
  }
  return parts;
}

std::vector<bool> members(Coalition coalition, std::size_t players) {
  std::vector<bool> taken(players);
  for (std::size_t k = 0; k < players; ++k) taken[k] = (coalition >> k & 1u) != 0;
  return taken;
}

/// One thread that explains futures by levers.
class LeverWorker {
 public:
  LeverWorker(const Scenario& base, const Levers& levers, const ExplainBudget& budget,
              const Plan& plan, const std::vector<Metric>& metrics)
      : levers_(levers),
        budget_(budget),
        plan_(plan),
        scenario_(base),
        simulation_(scenario_.world),
        sums_(metrics) {}
  LeverWorker(const LeverWorker&) = delete;
  LeverWorker& operator=(const LeverWorker&) = delete;

  std::vector<Amounts> explain(Triple triple) {
    return budget_.exact ? split(all(triple)) : sampled(triple);
  }

 private:
  std::vector<Amounts> all(Triple triple) {
    std::vector<Amounts> worth;
    for (Coalition s = 0; s < Coalition{1} << levers_.size(); ++s) {
      worth.push_back(run(members(s, levers_.size()), triple));
    }
    return worth;
  }

  /// An order of joining and its reverse.
  std::vector<Amounts> sampled(Triple triple) {
    const std::size_t n = levers_.size();
    const Amounts nobody = run(std::vector<bool>(n, false), triple);
    const Amounts everybody = run(std::vector<bool>(n, true), triple);
    std::vector<std::size_t> order =
        random_order(n, run_luck(plan_.seed, triple).world, triple.luck);
    std::vector<Amounts> parts(nobody.size(), Amounts(n, 0.0));
    for (int turn = 0; turn < 2; ++turn) {
      std::vector<Amounts> worth{nobody};
      std::vector<bool> taken(n, false);
      for (std::size_t k = 0; k + 1 < n; ++k) {
        taken[order[k]] = true;
        worth.push_back(run(taken, triple));
      }
      worth.push_back(everybody);
      Amounts path(n + 1);
      for (std::size_t m = 0; m < parts.size(); ++m) {
        for (std::size_t k = 0; k <= n; ++k) path[k] = worth[k][m];
        const std::vector<double> added = added_by(order, path);
        for (std::size_t i = 0; i < n; ++i) parts[m][i] += added[i] / 2;
      }
      std::reverse(order.begin(), order.end());
    }
    return parts;
  }

  Amounts run(const std::vector<bool>& taken, Triple triple) {
    levers_.mix(taken, scenario_);
    ParameterDraws(scenario_).draw(draw_luck(plan_.seed, triple), drawn_);
    sums_.clear();
    simulation_.start(drawn_.parameters, run_luck(plan_.seed, triple));
    while (!simulation_.done()) {
      simulation_.advance();
      sums_.add(simulation_.cells().values());
    }
    return sums_.amounts();
  }

  const Levers& levers_;
  const ExplainBudget& budget_;
  const Plan& plan_;
  Scenario scenario_;
  Simulation simulation_;
  Drawn drawn_;
  Sums sums_;
};

/// Causes of which a mechanism is at work.
std::vector<std::size_t> causes_at_work(const Parameters& parameters) {
  std::vector<std::size_t> result;
  for (std::size_t k = 0; k < causes().size(); ++k) {
    const auto on = [&](const Mechanism* mechanism) {
      return std::ranges::find(causes()[k].mechanisms, mechanism->name) !=
                 causes()[k].mechanisms.end() &&
             !parameters.is_off(row_of_mechanism(*mechanism));
    };
    if (std::ranges::any_of(month_order(), on)) result.push_back(k);
  }
  return result;
}

/// Two scenarios whose states have columns of the same sizes.
struct Alike {
  Scenario base, alternative;
  Alike(const Scenario& a, const Scenario& b) : base(a), alternative(b) {
    make_alike(base.world, alternative.world);
  }
};

/// One thread that explains futures by mechanisms.
class MechanismWorker {
 public:
  MechanismWorker(const Alike& alike, const Plan& plan, const std::vector<Metric>& metrics)
      : alike_(alike),
        plan_(plan),
        lockstep_(alike.base.world, alike.alternative.world),
        base_(metrics) {
    const std::vector<std::size_t> players = causes_at_work(alike.base.parameters);
    for (Coalition s = 0; s < Coalition{1} << players.size(); ++s) {
      Coalition free = 0;
      for (std::size_t k = 0; k < players.size(); ++k) free |= (s >> k & 1u) << players[k];
      free_.push_back(free);
    }
    alternatives_.assign(free_.size(), base_);
  }
  MechanismWorker(const MechanismWorker&) = delete;
  MechanismWorker& operator=(const MechanismWorker&) = delete;

  /// The first part of each metric is that of the terms.
  std::vector<Amounts> explain(Triple triple) {
    const Luck luck = draw_luck(plan_.seed, triple);
    base_.clear();
    for (Sums& sums : alternatives_) sums.clear();
    lockstep_.run(ParameterDraws(alike_.base).draw(luck).parameters,
                  ParameterDraws(alike_.alternative).draw(luck).parameters,
                  run_luck(plan_.seed, triple), free_,
                  [&](std::optional<std::size_t> k, std::span<const std::int64_t> cells) {
                    (k ? alternatives_[*k] : base_).add(cells);
                  });
    std::vector<Amounts> worth;
    for (const Sums& sums : alternatives_) worth.push_back(sums.amounts());
    std::vector<Amounts> parts = split(worth);
    const Amounts base = base_.amounts();
    for (std::size_t m = 0; m < parts.size(); ++m) {
      parts[m].insert(parts[m].begin(), worth[0][m] - base[m]);
    }
    return parts;
  }

 private:
  const Alike& alike_;
  const Plan& plan_;
  LockStep lockstep_;
  std::vector<Coalition> free_;
  Sums base_;
  std::vector<Sums> alternatives_;
};

/// Means of the futures of each draw; the futures themselves where there is one draw.
std::vector<double> by_draw(const std::vector<double>& values,
                            const std::vector<std::uint64_t>& draws) {
  std::map<std::uint64_t, std::vector<double>> groups;
  for (std::size_t k = 0; k < values.size(); ++k) groups[draws[k]].push_back(values[k]);
  if (groups.size() < 2) return values;
  std::vector<double> means;
  for (const auto& group : groups) means.push_back(mean(group.second));
  return means;
}

Summary in_currency(std::vector<double> minor) {
  for (double& value : minor) value /= kMinorPerMajor;
  return summarize(minor);
}

/// The futures that count, put together.
class Answer {
 public:
  Answer(const std::vector<Future>& futures, const Plan& plan) {
    for (std::uint64_t r = 0; r < futures.size(); ++r) {
      if (!futures[r].failure.empty()) continue;
      done_.push_back(&futures[r]);
      draws_.push_back(plan.triple(r).draw);
    }
  }

  std::uint64_t futures() const { return done_.size(); }
  std::uint64_t draws() const {
    std::vector<std::uint64_t> all = draws_;
    std::sort(all.begin(), all.end());
    return static_cast<std::uint64_t>(std::unique(all.begin(), all.end()) - all.begin());
  }

  /// Part p of metric m in minor units, a value for each draw; all parts where there is no p.
  std::vector<double> values(std::size_t m, std::optional<std::size_t> p) const {
    std::vector<double> values;
    for (const Future* future : done_) {
      const Amounts& parts = future->parts[m];
      values.push_back(p ? parts[*p] : std::accumulate(parts.begin(), parts.end(), 0.0));
    }
    return by_draw(values, draws_);
  }

  /// The mean of the whole of metric m and of each part, which add up to it.
  std::pair<Money, std::vector<Money>> amounts(std::size_t m, std::size_t parts) const {
    const Money whole = std::llround(mean(values(m, std::nullopt)));
    std::vector<double> means;
    for (std::size_t p = 0; p < parts; ++p) means.push_back(mean(values(m, p)));
    return {whole, rounded_to(means, whole)};
  }

 private:
  std::vector<const Future*> done_;
  std::vector<std::uint64_t> draws_;
};

/// Metric `first` and those of the segments behind it.
ExplainedMetric explained(const Answer& answer, const Metric& metric, std::size_t first,
                          const std::vector<std::string>& names, std::size_t segments) {
  ExplainedMetric result{.metric = metric, .whole = {}, .parts = {}};
  const auto [whole, amounts] = answer.amounts(first, names.size());
  result.whole.effect = in_currency(answer.values(first, std::nullopt));
  result.whole.amount = whole;
  for (std::size_t p = 0; p < names.size(); ++p) {
    result.parts.push_back({.name = names[p],
                            .effect = in_currency(answer.values(first, p)),
                            .amount = amounts[p],
                            .by_segment = {}});
  }
  for (std::size_t s = 0; s < segments; ++s) {
    const auto of_segment = answer.amounts(first + 1 + s, names.size());
    result.whole.by_segment.push_back(of_segment.first);
    for (std::size_t p = 0; p < names.size(); ++p) {
      result.parts[p].by_segment.push_back(of_segment.second[p]);
    }
  }
  return result;
}

/// A worker that explains one future after the other; what goes wrong is told by the future.
template <class Worker>
Task task_of(std::shared_ptr<Worker> worker, const Plan& plan, std::vector<Future>& futures) {
  return [worker = std::move(worker), &plan, &futures](std::uint64_t r) {
    try {
      futures[r].parts = worker->explain(plan.triple(r));
    } catch (const RunFault& fault) {
      futures[r].failure = "future " + std::to_string(r) + ": " + fault.what();
    }
  };
}

}  // namespace

ExplainBudget explain_budget(const Scenario& base, const Scenario& alternative, By by) {
  ExplainBudget budget{.by = by, .players = {}, .exact = true, .runs = 0};
  if (by == By::levers) {
    budget.players = Levers(base, alternative).names();
  } else {
    check_same_world(base, alternative);
    if (base.parameters.off != alternative.parameters.off) {
      throw NotComparable(
          "the two have different mechanisms at work, which cannot be frozen one for the other; "
          "--by levers can tell them apart");
    }
    for (const std::size_t k : causes_at_work(base.parameters)) {
      budget.players.emplace_back(causes()[k].name);
    }
  }
  const std::size_t n = budget.players.size();
  budget.exact = n <= kMostExactPlayers;
  budget.runs = budget.exact ? (std::uint64_t{1} << n) + (by == By::mechanisms ? 1 : 0) : 2 * n;
  return budget;
}

Explanation explain(const Scenario& base, const Scenario& alternative, By by, const Plan& plan,
                    const EnsembleOptions& options) {
  if (plan.replications < 2) throw NotComparable("fewer than two futures were asked for");
  Explanation result;
  result.budget = explain_budget(base, alternative, by);
  const std::vector<Metric> metrics = metrics_of(base.world);
  std::vector<Future> futures(plan.replications);
  std::vector<std::string> names = result.budget.players;
  bool done = false;
  if (by == By::levers) {
    const Levers levers(base, alternative);
    done = run_tasks(plan.replications, options, [&] {
      return task_of(std::make_shared<LeverWorker>(base, levers, result.budget, plan, metrics),
                     plan, futures);
    });
  } else {
    names.insert(names.begin(), std::string(kTerms));
    const Alike alike(base, alternative);
    done = run_tasks(plan.replications, options, [&] {
      return task_of(std::make_shared<MechanismWorker>(alike, plan, metrics), plan, futures);
    });
  }
  result.interrupted = !done;
  if (result.interrupted) return result;
  for (const Future& future : futures) {
    if (!future.failure.empty()) result.failures.push_back(future.failure);
  }
  const Answer answer(futures, plan);
  if (answer.futures() < 2) {
    throw NotComparable("fewer than two futures did not fail: " + result.failures.front());
  }
  result.currency = base.world.currency;
  result.period = report_total(base.world);
  result.futures = answer.futures();
  result.draws = answer.draws();
  for (const SegmentInfo& segment : base.world.segments) {
    if (!segment.supplier) result.segments.push_back(segment.name);
  }
  const std::size_t segments = result.segments.size();
  for (std::size_t m = 0; m < metrics.size(); m += 1 + segments) {
    result.metrics.push_back(explained(answer, metrics[m], m, names, segments));
  }
  return result;
}

}  // namespace partnersim
