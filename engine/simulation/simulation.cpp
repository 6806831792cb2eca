#include "simulation/simulation.hpp"

#include <algorithm>
#include <string>

#include "base/check.hpp"
#include "simulation/checks.hpp"

namespace partnersim {

Simulation::Simulation(const World& world) : world_(&world), cells_(world) {}

namespace {

void check_parameters(const Parameters& parameters) {
  for (const Address& address : all_addresses(parameters)) {
    const double value = at(parameters, address);
    if (value - value == 0) continue;
    throw RunFault("parameter " + std::string(owners()[address.owner].path) + "." +
                   std::string(row_of(address).key) + " is not a number");
  }
}

}  // namespace

void Simulation::start(const Parameters& parameters, RunLuck luck) {
  check_parameters(parameters);
  start_ = parameters;
  luck_ = luck;
  make_start(*world_, start_, luck_, scratch_, state_);
  cells_.clear();
  check_columns(*world_, state_, "start");
}

void Simulation::advance() {
  const int t = state_.month;
  cells_.clear();
  const Month month{t,
                    (world_->calendar.start_month - 1 + t) % 12,
                    start_,
                    luck_.world,
                    luck_.personal,
                    scratch_,
                    cells_};
  for (const Mechanism* mechanism : month_order()) {
    if (start_.is_off(row_of_mechanism(*mechanism))) continue;
    if (checked_) {
      run_checked(*mechanism, month);
    } else {
      mechanism->run(*world_, state_, month);
    }
    if (editor_) editor_(*mechanism, state_, month);
    if (watcher_) watcher_(*mechanism, state_);
  }
  check_balance(*world_, cells_, t);
  check_numbers(*world_, cells_, state_, t);
  state_.month = t + 1;
}

void Simulation::run_checked(const Mechanism& mechanism, const Month& month) {
  const std::vector<std::uint64_t> before = fingerprints(state_.columns);
  mechanism.run(*world_, state_, month);
  check_writes(mechanism, state_.columns, before, month.t);
  check_columns(*world_, state_, mechanism.name);
}

std::string Simulation::save() const {
  return partnersim::save(state_);
}

void Simulation::resume(const Parameters& parameters, RunLuck luck, const std::string& snapshot) {
  start_ = parameters;
  luck_ = luck;
  state_.now = parameters;
  restore(*world_, snapshot, state_);
  derive_now(*world_, start_, state_);
  make_scratch(*world_, scratch_);
  list_rows(*world_, state_, scratch_);
  cells_.clear();
}

}  // namespace partnersim
