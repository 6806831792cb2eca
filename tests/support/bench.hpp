// Single mechanisms of the real month, run on a state that a test has set by hand.
#pragma once

#include <algorithm>
#include <string_view>

#include "support/drive.hpp"

namespace partnersim::testing {

/// A state taken out of a simulation, with what it takes to run single mechanisms on it.
struct Bench {
  TinyWorld& t;
  State state;
  Columns& c = state.columns;
  std::size_t n;
  Scratch scratch;
  Cells cells;

  explicit Bench(TinyWorld& world) : t(world), n(world.world.n), cells(world.world) {
    Simulation s(t.world);
    s.start(t.parameters, luck(0));
    state = s.state();
    make_scratch(t.world, scratch);
    relist();
  }
  Bench(const Bench&) = delete;

  /// After stages or programs were set.
  void relist() { list_rows(t.world, state, scratch); }
  /// After the parameters in force were set.
  void derive() { derive_now(t.world, t.parameters, state); }

  void run(std::string_view name, int month = 0) {
    const Month m{month, month % 12, t.parameters, luck(0).world, luck(0).personal, scratch, cells};
    const auto found = std::ranges::find(month_order(), name, [](auto* one) { return one->name; });
    (*found)->run(t.world, state, m);
  }

  Vendor& terms(std::size_t v = 0) { return state.now.programs[v].terms; }
  void stage_all(Stage stage) {
    std::ranges::fill(c.stage, static_cast<std::uint8_t>(stage));
    relist();
  }
  bool is(std::size_t relation, Stage stage) const {
    return state.columns.stage[relation] == static_cast<std::uint8_t>(stage);
  }

  std::int64_t sum(Line line, std::uint32_t o) const {
    std::int64_t all = 0;
    for (std::size_t s = 0; s < t.world.segments.size(); ++s) all += cells[cells.at(line, o, s)];
    return all;
  }
  std::int64_t sum(Head head, std::uint32_t v = 0) const {
    std::int64_t all = 0;
    for (std::size_t s = 0; s < t.world.segments.size(); ++s) all += cells[cells.at(head, v, s)];
    return all;
  }
};

}  // namespace partnersim::testing
