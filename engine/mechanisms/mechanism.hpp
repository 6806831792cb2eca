// The shape that every mechanism of the model has.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "model/cells.hpp"
#include "model/state.hpp"
#include "model/world.hpp"

namespace partnersim {

/// Room for a month's intermediate values, and lists of rows; nothing in it outlives a month.
struct Scratch {
  std::vector<std::vector<std::uint32_t>> active;   // by vendor: partners that sell, ascending
  std::vector<std::vector<std::uint32_t>> carried;  // by vendor: active, dormant or left
  std::vector<std::uint64_t> keys;                  // of a list of partners
  std::vector<double> u0, u1, u2, u3;               // four uniforms of each of them
  std::vector<double> a, b, c;                      // anything
};

struct Month {
  int t;        // months since the start
  int of_year;  // 0 January .. 11 December
  const Parameters& start;
  Luck world;     // luck of market and vendors
  Luck personal;  // luck of partners
  Scratch& scratch;
  Cells& cells;  // of this month, to add to
};

struct Mechanism {
  std::string_view name;
  std::string_view meaning;                  // one sentence for a partner manager
  std::span<const std::string_view> writes;  // names of columns
  std::span<const Purpose> purposes;         // what its draws are for
  bool can_be_off;
  void (*run)(const World&, State&, const Month&);
};

/// In the order in which a month runs; decided in mechanisms/order.cpp and nowhere else.
std::span<const Mechanism* const> month_order();

/// Draws for a list of partners into scratch.u0..u3.
void draw(const World& world, const Month& month, Luck luck,
          std::span<const std::uint32_t> partners, std::uint32_t purpose);

/// Rebuilds the lists of rows from the stages.
void list_rows(const World& world, const State& state, Scratch& scratch);

}  // namespace partnersim
