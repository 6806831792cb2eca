#include "experiments/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "base/check.hpp"
#include "base/money.hpp"
#include "ensemble/tasks.hpp"
#include "experiments/compare.hpp"
#include "experiments/designs.hpp"
#include "experiments/levers.hpp"

namespace partnersim {
namespace {

constexpr double kLow = 0.1, kMiddle = 0.5, kHigh = 0.9;
constexpr int kLevels = 4, kHalvings = 8;
constexpr std::size_t kResamples = 1000;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// A place to look at: the probability at which each input stands, and the block of luck.
struct Point {
  std::vector<double> u;
  std::uint64_t luck = 0;
};

using Answers = std::vector<double>;  // one for each pair of luck, NaN where the run failed

/// One program, its inputs put where a point says.
class Player {
 public:
  Player(const Scenario& scenario, const std::vector<Input>& inputs)
      : scenario_(scenario), inputs_(inputs), simulation_(scenario.world) {
    metric_ = *metric_of(scenario.world, Figure::contribution, Scope{0, {}, {}});
  }

  /// Contribution over the run, currency units.
  double run(const Point& point, RunLuck luck) {
    Parameters parameters = scenario_.parameters;
    for (std::size_t k = 0; k < inputs_.size(); ++k) {
      const Setting& setting = scenario_.settings[inputs_[k].setting];
      at(parameters, setting.address) = setting.distribution.quantile(point.u[k]);
    }
    Int128 sum = 0;
    simulation_.start(parameters, luck);
    while (!simulation_.done()) {
      simulation_.advance();
      const auto cells = simulation_.cells().values();
      for (const Term& term : metric_.above) sum += Int128{term.sign} * cells[term.cell];
    }
    return static_cast<double>(sum) / kMinorPerMajor;
  }

 private:
  const Scenario& scenario_;
  const std::vector<Input>& inputs_;
  Simulation simulation_;
  Metric metric_;
};

class Analysis {
 public:
  Analysis(const Question& question, const SensitivityPlan& plan, const EnsembleOptions& options)
      : question_(question), plan_(plan), options_(options) {
    result_.inputs = inputs_of(question, plan.method);
    result_.currency = question.base->world.currency;
    result_.period = report_total(question.base->world).label;
  }

  SensitivityResult run() {
    const bool done = plan_.method == Method::morris ? morris() : tornado();
    result_.interrupted = !done;
    return std::move(result_);
  }

 private:
  Point middle() const {
    return {.u = std::vector<double>(result_.inputs.size(), kMiddle), .luck = 0};
  }
  Point moved(std::size_t input, double u) const {
    Point point = middle();
    point.u[input] = u;
    return point;
  }

  /// False where it was stopped.
  bool answer(const std::vector<Point>& points, std::vector<Answers>& answers) {
    answers.assign(points.size(), Answers(plan_.pairs, kNan));
    const bool done = run_tasks(points.size(), options_, [&]() -> Task {
      auto base = std::make_shared<Player>(*question_.base, result_.inputs);
      std::shared_ptr<Player> other;
      if (question_.alternative != nullptr) {
        other = std::make_shared<Player>(*question_.alternative, result_.inputs);
      }
      return [this, &points, &answers, base, other](std::uint64_t k) {
        for (std::uint64_t pair = 0; pair < plan_.pairs; ++pair) {
          const std::uint64_t number = points[k].luck * plan_.pairs + pair;
          const RunLuck luck = run_luck(plan_.seed, {0, number, number});
          try {
            const double of_base = base->run(points[k], luck);
            answers[k][pair] = other ? other->run(points[k], luck) - of_base : of_base;
          } catch (const RunFault&) {
          }
        }
      };
    });
    const std::uint64_t programs = question_.alternative != nullptr ? 2 : 1;
    result_.runs += points.size() * plan_.pairs * programs;
    for (const Answers& one : answers) {
      result_.failed += static_cast<std::uint64_t>(
          std::count_if(one.begin(), one.end(), [](double x) { return std::isnan(x); }));
    }
    return done;
  }

  bool tornado() {
    std::vector<Point> points{middle()};
    for (std::size_t k = 0; k < result_.inputs.size(); ++k) {
      points.push_back(moved(k, kLow));
      points.push_back(moved(k, kHigh));
    }
    std::vector<Answers> answers;
    if (!answer(points, answers)) return false;
    result_.middle = summarize(answers[0]);
    for (std::size_t k = 0; k < result_.inputs.size(); ++k) {
      result_.bars.push_back(bar(k, answers[0], answers[1 + 2 * k], answers[2 + 2 * k]));
    }
    if (question_.alternative != nullptr && !find_switches(answers)) return false;
    std::stable_sort(result_.bars.begin(), result_.bars.end(),
                     [](const Bar& a, const Bar& b) { return a.reach() > b.reach(); });
    return plan_.method != Method::sobol || sobol();
  }

  static Summary change(const Answers& from, const Answers& to) {
    std::vector<double> differences;
    for (std::size_t k = 0; k < from.size(); ++k) {
      if (!std::isnan(to[k] - from[k])) differences.push_back(to[k] - from[k]);
    }
    return summarize(differences);
  }

  static Bar bar(std::size_t input, const Answers& middle, const Answers& low,
                 const Answers& high) {
    Bar bar{.input = input, .low = change(middle, low), .high = change(middle, high)};
    const bool both_less = bar.low.ci_hi < 0 && bar.high.ci_hi < 0;
    const bool both_more = bar.low.ci_lo > 0 && bar.high.ci_lo > 0;
    bar.monotone = !both_less && !both_more;
    return bar;
  }

  /// Halves the way between the middle and the end at which the difference has the other sign, for
  /// all inputs at once.
  bool find_switches(const std::vector<Answers>& answers) {
    struct Search {
      std::size_t input;
      double same, other;  // probabilities at which the sign is that of the middle, and is not
    };
    std::vector<Search> searches;
    const auto sign = [](const Answers& one) { return mean(one) > 0; };
    for (std::size_t k = 0; k < result_.inputs.size(); ++k) {
      for (const bool high : {false, true}) {
        const Answers& end = answers[(high ? 2 : 1) + 2 * k];
        if (std::isnan(mean(end)) || sign(end) == sign(answers[0])) continue;
        searches.push_back({k, kMiddle, high ? kHigh : kLow});
      }
    }
    for (int turn = 0; turn < kHalvings; ++turn) {
      std::vector<Point> points;
      for (const Search& one : searches) {
        points.push_back(moved(one.input, (one.same + one.other) / 2));
      }
      std::vector<Answers> found;
      if (!answer(points, found)) return false;
      for (std::size_t k = 0; k < searches.size(); ++k) {
        const double half = points[k].u[searches[k].input];
        (sign(found[k]) == sign(answers[0]) ? searches[k].same : searches[k].other) = half;
      }
    }
    for (const Search& one : searches) {
      const double u = (one.same + one.other) / 2;
      result_.switches.push_back({one.input, distribution(one.input).quantile(u), u});
    }
    std::stable_sort(result_.switches.begin(), result_.switches.end(),
                     [](const Switch& a, const Switch& b) {
                       return std::abs(a.probability - kMiddle) < std::abs(b.probability - kMiddle);
                     });
    return true;
  }

  const Distribution& distribution(std::size_t input) const {
    const std::size_t k = result_.inputs[input].setting;
    const Distribution& of_base = question_.base->settings[k].distribution;
    return of_base.form != Distribution::Form::fixed
               ? of_base
               : question_.alternative->settings[k].distribution;
  }

  bool morris() {
    const std::size_t d = result_.inputs.size();
    std::vector<Trajectory> trajectories;
    std::vector<Point> points{middle()};
    for (std::uint64_t r = 0; r < plan_.samples; ++r) {
      trajectories.push_back(morris_trajectory(d, kLevels, design_luck(), r));
      for (std::size_t k = 0; k <= d; ++k) {
        Point point = middle();
        const auto row = trajectories.back().points.row(k);
        for (std::size_t i = 0; i < d; ++i) point.u[i] = kLow + (kHigh - kLow) * row[i];
        points.push_back(std::move(point));
      }
    }
    std::vector<Answers> answers;
    if (!answer(points, answers)) return false;
    result_.middle = summarize(answers[0]);
    std::vector<std::vector<double>> effects(d);
    for (std::size_t r = 0; r < trajectories.size(); ++r) {
      for (std::size_t k = 0; k < d; ++k) {
        const std::size_t at = 1 + r * (d + 1) + k;
        const double effect = (mean(answers[at + 1]) - mean(answers[at])) / trajectories[r].by[k];
        if (!std::isnan(effect)) effects[trajectories[r].moved[k]].push_back(effect);
      }
    }
    for (std::size_t k = 0; k < d; ++k) {
      result_.elementary.push_back({k, elementary_effects(effects[k])});
    }
    std::stable_sort(result_.elementary.begin(), result_.elementary.end(),
                     [](const Elementary& a, const Elementary& b) {
                       return a.effects.mean_absolute > b.effects.mean_absolute;
                     });
    return true;
  }

  Luck design_luck() const { return luck_of(plan_.seed, LuckKind::draw, 0); }

  /// The longest bars each, all other inputs together, and luck.
  bool sobol() {
    const std::size_t n = plan_.samples, d = result_.inputs.size();
    std::vector<std::vector<std::size_t>> factors;
    for (std::size_t k = 0; k < result_.bars.size(); ++k) {
      if (k <= kSobolInputs) factors.emplace_back();
      factors.back().push_back(result_.bars[k].input);
    }
    const Design design = shifted_sobol_design(n, 2 * d, design_luck());
    std::vector<Point> points;
    const auto point = [&](std::size_t row, std::size_t from_b, bool luck_of_b) {
      Point one{.u = std::vector<double>(d), .luck = 1 + 2 * row + (luck_of_b ? 1 : 0)};
      for (std::size_t k = 0; k < result_.bars.size(); ++k) {
        const std::size_t factor = std::min(k, kSobolInputs);
        const bool b = from_b == kEverything || from_b == factor;
        one.u[result_.bars[k].input] = design.row(row)[b ? d + k : k];
      }
      points.push_back(std::move(one));
    };
    for (std::size_t row = 0; row < n; ++row) {
      point(row, kNothing, false);
      point(row, kEverything, true);
      for (std::size_t f = 0; f < factors.size(); ++f) point(row, f, false);
      point(row, kNothing, true);
    }
    std::vector<Answers> found;
    if (!answer(points, found)) return false;
    const std::size_t each = factors.size() + 3;
    SobolAnswers answers{.a = {}, .b = {}, .ab = std::vector<std::vector<double>>(each - 2)};
    for (std::size_t row = 0; row < n; ++row) {
      answers.a.push_back(mean(found[row * each]));
      answers.b.push_back(mean(found[row * each + 1]));
      for (std::size_t f = 0; f + 2 < each; ++f) {
        answers.ab[f].push_back(mean(found[row * each + 2 + f]));
      }
    }
    result_.sobol = sobol_indices(answers, kResamples, design_luck());
    for (std::size_t f = 0; f < factors.size(); ++f) {
      const bool alone = f < kSobolInputs;
      result_.shares.push_back({alone ? result_.inputs[factors[f][0]].path : "all other inputs",
                                alone ? std::optional(factors[f][0]) : std::nullopt,
                                result_.sobol.factors[f]});
    }
    result_.shares.push_back({"luck", std::nullopt, result_.sobol.factors.back()});
    std::stable_sort(result_.shares.begin(), result_.shares.end(),
                     [](const Share& a, const Share& b) {
                       return a.indices.total.value > b.indices.total.value;
                     });
    return true;
  }

  static constexpr std::size_t kNothing = static_cast<std::size_t>(-1),
                               kEverything = static_cast<std::size_t>(-2);

  const Question& question_;
  const SensitivityPlan& plan_;
  const EnsembleOptions& options_;
  SensitivityResult result_;
};

}  // namespace

double Bar::reach() const {
  const double a = std::abs(low.mean), b = std::abs(high.mean);
  return std::isnan(a) ? (std::isnan(b) ? 0 : b) : std::isnan(b) ? a : std::max(a, b);
}

std::vector<Input> inputs_of(const Question& question, Method method) {
  if (question.alternative != nullptr) check_same_world(*question.base, *question.alternative);
  std::vector<Input> inputs;
  for (std::size_t k = 0; k < question.base->settings.size(); ++k) {
    const Setting* setting = &question.base->settings[k];
    const auto is_drawn = [](const Setting& one) {
      return one.distribution.form != Distribution::Form::fixed;
    };
    if (!is_drawn(*setting) && question.alternative != nullptr) {
      setting = &question.alternative->settings[k];
    }
    if (!is_drawn(*setting)) continue;
    const auto at = [&](double p) { return setting->distribution.quantile(p); };
    inputs.push_back({k, setting->path, at(kLow), at(kMiddle), at(kHigh)});
  }
  if (inputs.empty()) {
    throw NotComparable(
        "nothing in it is uncertain; give ranges such as 5% to 12%, or --uncertainty evidence");
  }
  const bool correlated =
      !question.base->correlations.empty() ||
      (question.alternative != nullptr && !question.alternative->correlations.empty());
  if (correlated && method != Method::tornado) {
    throw NotComparable(
        "some inputs are correlated and cannot be moved one without the other: shares of the "
        "variance lose their meaning; take --method tornado, or leave out 'correlate'");
  }
  return inputs;
}

std::uint64_t runs_of(const SensitivityPlan& plan, const Question& question, std::size_t inputs) {
  const std::uint64_t tornado = 1 + 2 * inputs;
  const std::uint64_t factors = std::min(inputs, kSobolInputs + 1) + 1;
  const std::uint64_t points = plan.method == Method::tornado ? tornado
                               : plan.method == Method::morris
                                   ? 1 + plan.samples * (inputs + 1)
                                   : tornado + plan.samples * (factors + 2);
  return points * plan.pairs * (question.alternative != nullptr ? 2 : 1);
}

SensitivityResult analyse(const Question& question, const SensitivityPlan& plan,
                          const EnsembleOptions& options) {
  return Analysis(question, plan, options).run();
}

}  // namespace partnersim
