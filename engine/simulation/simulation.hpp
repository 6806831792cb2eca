// One replication, month by month: start, advance, look, save, go on.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mechanisms/mechanism.hpp"
#include "mechanisms/start.hpp"
#include "model/cells.hpp"
#include "model/state.hpp"
#include "model/world.hpp"

namespace partnersim {

/// Called after each mechanism of each month; for traces and tests.
using Watcher = std::function<void(const Mechanism&, const State&)>;

/// Called after each mechanism of each month, before the next one runs; may write columns. Whoever
/// writes stages lists rows anew, whoever moves parameters derives what follows.
using Editor = std::function<void(const Mechanism&, State&, const Month&)>;

class Simulation {
 public:
  /// The world must outlive the simulation.
  explicit Simulation(const World& world);

  /// Begins a replication; memory is reused.
  void start(const Parameters& parameters, RunLuck luck);

  /// Runs one month. Throws RunFault when a value is no number or a balance is broken.
  void advance();

  int month() const { return state_.month; }  // the next month to run
  bool done() const { return state_.month >= world_->months; }
  const State& state() const { return state_; }
  const Cells& cells() const { return cells_; }  // of the last month run
  /// Profit of each partner with products of vendor 0 in the last month run, minor units.
  const std::vector<double>& partner_income() const { return scratch_.income; }

  /// Everything needed to go on later, bit by bit; `resume` needs the same world, parameters and
  /// luck.
  std::string save() const;
  void resume(const Parameters& parameters, RunLuck luck, const std::string& snapshot);

  /// In checked runs a mechanism that writes a column it does not declare, or a value outside a
  /// column's bounds, stops the run with a RunFault that names mechanism, column, month, partner.
  void check(bool on) { checked_ = on; }
  void watch(Watcher watcher) { watcher_ = std::move(watcher); }
  void edit(Editor editor) { editor_ = std::move(editor); }

 private:
  void run_checked(const Mechanism& mechanism, const Month& month);

  const World* world_;
  Parameters start_;
  State state_;
  Cells cells_;
  Scratch scratch_;
  RunLuck luck_;
  bool checked_ = false;
  Watcher watcher_;
  Editor editor_;
};

}  // namespace partnersim
