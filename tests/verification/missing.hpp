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
1 % of what is expected; *none* whole numbers are equal; a percentage is the known error of an
approximation. Rates are a year unless said otherwise. Cases V have an answer that comes from outside
the model, cases M check its own equations.

## Cases
)";

inline constexpr const char* kMissing = R"(
## What is not here, and why

Cannot be met exactly, and what is checked instead:

| case | why |
|---|---|
| V01-V03 in continuous time | A month is a step: customers lag continuous time by 2 % after five years, partners by 6 %, since who joins is visible two months later. The steps' own exact answers are checked, and the limit of small steps for V01 and V02. |
| V03 as published | Its recursion takes p + qN as a probability; here it is 1 - exp(-r/12), which cannot exceed 1. |
| V22 as an urn | Shares move towards a softmax, no ball is drawn: the urn's uniform limit is its wrong variant. |
| V23 Wright's cost curve | Nothing gets cheaper by repetition; learning against forgetting is checked. |
| V24 Erlang C for several specialists | The engine uses Sakasegawa's formula: equal to it, and within 10 % of Erlang. |
| V25 with partners that fall quiet | Nobody falls quiet and leaves in the same month: at leave 0.3 and quiet 0.5 a year 1 % fewer have left after two years than in continuous time (M09). Without falling quiet V25 holds at every anniversary. |
| M06 mean vacancy | A seat is filled with 1 - exp(-1/vacancy) a month: 3 months are 3.5 in whole months. Onboarding and sales cycles are rounded up alike. The start draws vacancies in continuous time (13 % for 15 %). |

Not in the engine today:

| case | why |
|---|---|
| V19 bunching | The window within which a partner stretches to a tier is checked with the mechanisms; a bunch of partners just above a threshold is not. |
| V17 optimal share; V17b | The vendor does not choose its margin; partners are not averse to risk. |
| V19b optimum | The same; the share registered is checked (M02), and that protection doubles what partners find (V19b). |
| V13-V16 pricing and coordination | Partners do not set prices. |
| V18 multitasking | One effort per relation. |
| V20 prospect theory | Gains and losses are linear, without weighting of probabilities; only loss aversion. |
| V11 nested logit, V12 quantal response | Choice is a plain logit of one decider. |
| V07, V08 thresholds | Joining is an intensity in the share of linked partners, without a threshold. |
| V09 Gompertz | No such growth. |
| V14 chains of firms | Distributors take a fixed margin. |
| V26 customer value | Values use continuous annuities; V31 checks them. |
| V27 Markov tiers | Tiers follow bookings and certificates, not a chain. |
| V04, V05 recovery of p and q | Nothing is estimated. |
| V06 epidemics with recovery | Partners do not recover; the giant component is checked. |
| V34 adopter categories | No report of them. |
| V35 signs | No numbers; not part of this suite. |
| leads, power, policy, composite scores | No answer from outside; their rules are checked with the mechanisms. |
)";

}  // namespace partnersim::verification
