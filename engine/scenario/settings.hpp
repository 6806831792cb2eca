// From nodes to values: every parameter gets a base value, an origin and what is believed of it.
#pragma once

#include "scenario/document.hpp"
#include "scenario/outline.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

/// Fills settings, parameters and drawn. World and the sizes of Parameters must stand, and
/// `uncertainty` and the currency.
void resolve_settings(const Node& root, const Outline& outline, const LoadOptions& options,
                      Scenario& scenario, Diagnostics& diagnostics);

/// `correlate: [[choice.beta, choice.habit, 0.3]]`.
void resolve_correlations(const Node& list, Scenario& scenario, Diagnostics& diagnostics);

/// What rows alone cannot see: margins that add up to everything, thresholds that fall, partners
/// that lock each other.
void check_across(const Scenario& scenario, Diagnostics& diagnostics);

/// The place of a parameter's value in a file; line 0 where nobody typed it.
const Setting* find_setting(const Scenario& scenario, Address address);

/// The text behind a value that says: drawn from the range of its evidence around it.
inline constexpr std::string_view kFromEvidence = " from evidence";

}  // namespace partnersim
