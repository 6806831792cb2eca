// Two programs month by month on the same luck, with some behaviour of the second held as it is in
// the first: what the frozen mechanisms write is overwritten with what they wrote in the base.
//
// What is seen is what each month posts. A mechanism posts with the terms of the alternative while
// it runs, before its columns are overwritten; settlement, record and the terms themselves are
// never frozen. So with everything frozen the difference is that of the terms on business as it
// was.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "experiments/shapley.hpp"
#include "simulation/simulation.hpp"

namespace partnersim {

/// Mechanisms that are frozen and freed together: a column belongs to the cause of its first
/// writer.
struct Cause {
  std::string_view name;
  std::string_view because;  // "partners put their attention elsewhere"
  std::span<const std::string_view> mechanisms;
};
std::span<const Cause> causes();

/// Index into causes(); nullopt for what is never frozen.
std::optional<std::size_t> cause_of(const ColumnRow<Shape>& column);

/// Adds to both worlds what gives their states columns of the same sizes, and changes no number.
void make_alike(World& a, World& b);

class LockStep {
 public:
  /// Worlds that are alike; they must outlive the runs. States of about `memory` bytes are held.
  LockStep(const World& base, const World& alternative, std::size_t memory = std::size_t{1} << 28);
  LockStep(const LockStep&) = delete;
  LockStep& operator=(const LockStep&) = delete;

  /// Called once with the cells of each month: of the base with nullopt, of the alternative in
  /// which the causes of free[k] are free with k.
  using Seen = std::function<void(std::optional<std::size_t> k, std::span<const std::int64_t>)>;

  /// Parameters with the same mechanisms at work. Throws RunFault.
  void run(const Parameters& base, const Parameters& alternative, RunLuck luck,
           std::span<const Coalition> free, const Seen& seen);

 private:
  void make_alternatives();
  void keep(const Mechanism& mechanism, const State& state, const Month& month);
  void overwrite_start(Coalition free, State& state, const Month& month);
  void overwrite(Coalition free, const Mechanism& mechanism, State& state, const Month& month);

  struct Written {
    std::size_t column, cause;
  };
  struct Kept {  // of a mechanism, as it left them in the base this month
    std::vector<Written> written;
    Columns columns;
    std::vector<double> effort_cost, mdf;  // of effort alone
  };

  const World* world_;  // of the alternative
  std::size_t memory_;
  const Mechanism* first_ = nullptr;  // of a month
  Columns start_;                     // of the base
  std::vector<Kept> kept_;            // by row of the month's order
  Simulation base_;
  std::vector<Simulation> alternatives_;
  std::vector<Coalition> free_;  // of these
};

}  // namespace partnersim
