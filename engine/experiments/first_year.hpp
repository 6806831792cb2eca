// The first year of a scenario as a CRM would have counted it, and the parameters at which it shows
// what was measured.
//
// Win rate, leaving and registration are parameters at neutral skill, help, trust and value: what
// partners and customers then do differs from them. So a measured rate is not the parameter; the
// parameter is what gives that rate in the first year.
#pragma once

#include <cstdint>
#include <optional>

#include "scenario/scenario.hpp"

namespace partnersim {

/// Of the focal vendor; NaN where there is nothing to count.
struct FirstYear {
  double win_rate;    // share of decided opportunities
  double leaving;     // exits a partner and year
  double registered;  // share of deals, mean of active partners
};
/// At the base values of all parameters, mean of `replications`.
FirstYear first_year(const Scenario& scenario, std::uint64_t seed, std::size_t replications);

/// What a first year is to show; nullopt leaves a parameter as it is.
struct Wanted {
  std::optional<double> win_rate, leaving, registered;
};

/// How far parameters lie from the rates they bring about: on the scale of their logits, of
/// logarithms for leaving. closing.win_rate = logistic(logit(measured) + win_rate), leave_mean =
/// (1 - exp(-measured)) exp(leaving), registration.base = logit(measured) + registered.
struct Offsets {
  double win_rate = 0, leaving = 0, registered = 0;
};
/// Offsets at which the first year shows what is wanted, to within the luck of the runs.
Offsets fit_first_year(Scenario scenario, const Wanted& wanted, std::uint64_t seed);

double win_rate_parameter(double measured, const Offsets& offsets);
double leave_parameter(double measured, const Offsets& offsets);
double registration_parameter(double measured, const Offsets& offsets);

}  // namespace partnersim
