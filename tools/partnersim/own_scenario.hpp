// The scenario that `new` writes from the user's exports: what is measured with its interval, what
// people know with the source of our default, and what they should ask.
#pragma once

#include <span>
#include <string>

#include "experiments/first_year.hpp"
#include "experiments/measure.hpp"

namespace partnersim {

/// Where the numbers come from, as the scenario names it.
struct OwnFiles {
  std::string title;
  std::string partners;               // relative to the scenario
  std::string deals;                  // file name; empty: there is none
  std::span<const MappedColumn> map;  // columns of the partners
  std::string currency;
  bool currency_is_named = false;  // by one of the files
};

std::string own_scenario(const OwnFiles& files, const History& history, const Measured& measured,
                         const Offsets& offsets);

/// What was measured and what was not, for the terminal.
std::string measured_text(const Measured& measured, const std::string& currency);

/// The inputs that are asked for, one question each.
std::string questions_text(std::string_view margin);

}  // namespace partnersim
