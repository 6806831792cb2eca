#include "simulation/checks.hpp"

#include <algorithm>
#include <string>

#include "base/check.hpp"

namespace partnersim {
namespace {

std::string in_month(int month) {
  return " in month " + std::to_string(month);
}

/// Which partner a row of a column belongs to.
std::string whose(const World& world, Shape shape, std::size_t row) {
  if (!is_by_partner(shape)) return ", row " + std::to_string(row);
  return ", partner " + world.partners.id[row % world.n];
}

template <class T>
void check_column(const World& world, const ColumnRow<Shape>& column, const std::vector<T>& values,
                  std::string_view after, int month) {
  const auto outside = std::ranges::find_if(values, [&](T x) {
    const auto value = static_cast<double>(x);
    return !(value >= column.bounds.lo && value <= column.bounds.hi);
  });
  if (outside == values.end()) return;
  throw RunFault("column " + std::string(column.name) + " is " +
                 std::to_string(static_cast<double>(*outside)) + ", outside its bounds, after " +
                 std::string(after) + in_month(month) +
                 whose(world, column.shape, static_cast<std::size_t>(outside - values.begin())));
}

}  // namespace

void check_columns(const World& world, const State& state, std::string_view after) {
  for (const auto& column : kColumns) {
    visit_column(
        column.type, column.at(const_cast<Columns*>(&state.columns)),
        [&](const auto& values) { check_column(world, column, values, after, state.month); });
  }
}

void check_balance(const World& world, const Cells& cells, int month) {
  for (std::size_t o = 0; o < world.offers.size(); ++o) {
    for (std::size_t s = 0; s < world.segments.size(); ++s) {
      const auto cell = [&](Line line) { return cells[cells.at(line, o, s)]; };
      const Money legs = cell(Line::net) + cell(Line::margin) + cell(Line::uplift) +
                         cell(Line::rebate) + cell(Line::mdf) + cell(Line::spiff) +
                         cell(Line::referral) + cell(Line::distributor);
      if (cell(Line::list) - cell(Line::street_discount) == cell(Line::customer) &&
          cell(Line::customer) == legs) {
        continue;
      }
      throw RunFault("the ledger of offer " + world.offers[o].name + ", segment " +
                     world.segments[s].name + " does not balance" + in_month(month));
    }
  }
}

void check_numbers(const World& world, const Cells& cells, const State& state, int month) {
  // A NaN in any column a sum is made of turns into the most negative whole number.
  constexpr std::int64_t kNotANumber = INT64_MIN;
  constexpr std::int64_t kTooLarge = std::int64_t{1} << 60;
  const auto values = cells.values();
  const bool broken = std::ranges::any_of(
      values, [](std::int64_t x) { return x == kNotANumber || x > kTooLarge || x < -kTooLarge; });
  if (!broken) return;
  check_columns(world, state, "record");
  throw RunFault("a sum is too large to count" + in_month(month));
}

std::vector<std::uint64_t> fingerprints(const Columns& columns) {
  std::vector<std::uint64_t> all;
  for (const auto& column : kColumns) all.push_back(fingerprint(columns, column));
  return all;
}

void check_writes(const Mechanism& mechanism, const Columns& columns,
                  const std::vector<std::uint64_t>& before, int month) {
  for (std::size_t k = 0; k < std::size(kColumns); ++k) {
    if (std::ranges::find(mechanism.writes, kColumns[k].name) != mechanism.writes.end()) continue;
    if (fingerprint(columns, kColumns[k]) == before[k]) continue;
    throw RunFault(std::string(mechanism.name) + " changed column " +
                   std::string(kColumns[k].name) + " without declaring it" + in_month(month));
  }
}

}  // namespace partnersim
