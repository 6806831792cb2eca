// The engine and the plain reference of the month (reference/month.hpp) side by side: after every
// step of every month every column is the same. Whole numbers exactly, others to 1e-9 relative.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "reference/month.hpp"
#include "simulation/simulation.hpp"
#include "support/tiny_world.hpp"

namespace partnersim {
namespace {

constexpr double kRelative = 1e-9;

/// Columns that are not compared, with the reason.
const std::map<std::string_view, std::string_view> kNotCovered = {};

std::string whose(const World& world, Shape shape, std::size_t row) {
  std::string place = "row " + std::to_string(row);
  if (is_by_partner(shape)) place += " (partner " + world.partners.id[row % world.n] + ")";
  return place;
}

template <class T>
bool same(T engine, T reference) {
  if constexpr (std::is_floating_point_v<T>) {
    const double a = engine, b = reference;
    return a == b || std::abs(a - b) <= kRelative * std::max(std::abs(a), std::abs(b));
  } else {
    return engine == reference;
  }
}

/// The columns in which the two differ, and where first; empty if none.
std::string difference(const World& world, const Columns& engine, const Columns& reference) {
  std::string all;
  for (const auto& column : kColumns) {
    if (kNotCovered.contains(column.name)) continue;
    std::string found = visit_column(
        column.type, column.at(const_cast<Columns*>(&engine)), [&](const auto& theirs) {
          using Values = std::decay_t<decltype(theirs)>;
          const auto& ours =
              *static_cast<const Values*>(column.at(const_cast<Columns*>(&reference)));
          for (std::size_t row = 0; row < theirs.size(); ++row) {
            if (same(theirs[row], ours[row])) continue;
            char text[120];
            std::snprintf(text, sizeof text, ": engine %.17g, reference %.17g",
                          static_cast<double>(theirs[row]), static_cast<double>(ours[row]));
            return "column " + std::string(column.name) + ", " + whose(world, column.shape, row) +
                   text;
          }
          return std::string();
        });
    if (!found.empty()) all += "\n  " + found;
  }
  return all;
}

/// Runs both; reports the first step after which they differ.
void compare(const testing::TinyWorld& tiny) {
  const RunLuck luck = testing::luck(3);
  Simulation simulation(tiny.world);
  simulation.start(tiny.parameters, luck);
  reference::Month month(tiny.world, tiny.parameters, luck, simulation.state());
  ASSERT_EQ(difference(tiny.world, simulation.state().columns, month.columns()), "");
  std::string found;
  std::size_t step = 0;
  simulation.watch([&](const Mechanism& mechanism, const State& state) {
    if (!found.empty()) return;
    ASSERT_EQ(mechanism.name, reference::Month::kSteps[step]);
    step = (step + 1) % std::size(reference::Month::kSteps);
    month.run(mechanism.name);
    found = difference(tiny.world, state.columns, month.columns());
    if (found.empty()) return;
    found = "month " + std::to_string(state.month) + ", after " + std::string(mechanism.name) +
            ": " + found;
  });
  while (!simulation.done() && found.empty()) simulation.advance();
  EXPECT_EQ(found, "");
}

TEST(Reference, AgreesWithEverythingOn) {
  compare(testing::tiny_world());
}

}  // namespace
}  // namespace partnersim
