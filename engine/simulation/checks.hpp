// What must hold in every month (balance, numbers) and what is checked on demand (writes, bounds).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "mechanisms/mechanism.hpp"

namespace partnersim {

/// Every posting of the ledger balances to the minor unit. Throws RunFault.
void check_balance(const World& world, const Cells& cells, int month);

/// No NaN and no infinity among what the month reports. Throws RunFault naming column and partner.
void check_numbers(const World& world, const Cells& cells, const State& state, int month);

/// Every value of every column within its bounds. Throws RunFault.
void check_columns(const World& world, const State& state, std::string_view after);

std::vector<std::uint64_t> fingerprints(const Columns& columns);

/// Columns that changed without being declared by the mechanism. Throws RunFault.
void check_writes(const Mechanism& mechanism, const Columns& columns,
                  const std::vector<std::uint64_t>& before, int month);

}  // namespace partnersim
