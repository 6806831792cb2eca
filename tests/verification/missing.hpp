// The text of docs/verification.md around the cases.
#pragma once

namespace partnersim::verification {

inline constexpr const char* kOpening = R"(# Verification

Each number below comes out of the real month (`engine/mechanisms/order.cpp`) with the other
mechanisms switched off, and is compared with an answer that is known without it: a formula, a
published table, an exact chain. Beside it stands what a plausible mistake would give; the same check
has to refuse it. `ctest -L verification` runs all of it; `tests/verification/update` rewrites this
page, and a test compares it with what the suite finds.

Tolerances: *1e-9* relative; *n x 2^-32* steps of the grid on which shared numbers lie; *n decimals*
as many as the source prints; *4 s.e.* four standard errors of a Monte Carlo mean, which are at most
1 % of what is expected; a percentage is the known error of an approximation. Rates are a year unless
said otherwise.

## Cases
)";

inline constexpr const char* kMissing = R"(
## What is not here, and why
)";

}  // namespace partnersim::verification
