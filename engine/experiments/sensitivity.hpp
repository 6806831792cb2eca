// Which assumption matters: what an uncertain input does to the contribution of a program, or to
// the difference between two programs, while its value moves within what is believed of it.
//
// An answer at a point is the mean over some pairs of market and personal luck; the same pairs
// serve all points, except where luck is a factor itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ensemble/ensemble.hpp"
#include "experiments/indices.hpp"

namespace partnersim {

enum class Method { tornado, morris, sobol };

struct SensitivityPlan {
  Method method = Method::tornado;
  std::uint64_t seed = 1;
  std::uint64_t pairs = 8;    // of luck, at each point
  std::uint64_t samples = 0;  // trajectories (Morris), rows (Sobol: a power of two)
};

/// A question to one program, or to two.
struct Question {
  const Scenario* base;
  const Scenario* alternative = nullptr;  // null: the base alone
};

/// An uncertain input; what is drawn in either program, from its range of evidence where nobody
/// typed one.
struct Input {
  std::size_t setting;
  std::string path;
  double low = 0, middle = 0, high = 0;  // P10, median, P90 of what is believed of it
};

/// Both throw NotComparable: other worlds, nothing uncertain, correlations where inputs must be
/// moved one by one.
std::vector<Input> inputs_of(const Question& question, Method method);

/// An input at its P10 and P90, all others at their medians. Currency units.
struct Bar {
  std::size_t input;
  Summary low, high;     // change against all at their medians, over pairs
  bool monotone = true;  // false: both ends lie on one side, and both can be told from nothing
  double reach() const;  // the larger change
};

struct Elementary {
  std::size_t input;
  ElementaryEffects effects;  // of a move from P10 to P90
};

struct Share {
  std::string name;  // an input's path; "luck", "all other inputs"
  std::optional<std::size_t> input;
  FactorIndices indices;
};

/// An input at which the sign of the difference turns, all others at their medians.
struct Switch {
  std::size_t input;
  double value;        // where it turns
  double probability;  // how much of the belief lies below it
};

struct SensitivityResult {
  std::string currency, period;
  std::vector<Input> inputs;
  Summary middle;                      // the answer with all at their medians
  std::vector<Bar> bars;               // tornado and sobol, the longest first
  std::vector<Switch> switches;        // of two programs, the likeliest first
  std::vector<Elementary> elementary;  // morris, the largest mu* first
  std::vector<Share> shares;           // sobol, the largest total first
  SobolIndices sobol;                  // rows, mean and variance
  std::uint64_t runs = 0, failed = 0;
  bool interrupted = false;  // nothing else is filled
};

inline constexpr std::size_t kSobolInputs = 6;  // with indices of their own; the rest is one factor

/// Runs of one scenario that the plan takes.
std::uint64_t runs_of(const SensitivityPlan& plan, const Question& question, std::size_t inputs);

SensitivityResult analyse(const Question& question, const SensitivityPlan& plan,
                          const EnsembleOptions& options);

}  // namespace partnersim
