// The first year shows what was measured.
#include "experiments/first_year.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "ensemble/tiny.hpp"

namespace partnersim::testing {
namespace {

Scenario scenario_of(std::string_view more) {
  const Folder folder;
  overwrite(
      folder / "s.yaml",
      "start: 2027-01\nmonths: 24\nsegments: [{name: VAR, partners: 150}]\n" + std::string(more));
  Diagnostics diagnostics;
  std::optional<Scenario> scenario = load_scenario(folder / "s.yaml", {}, diagnostics);
  if (!scenario) throw std::runtime_error(diagnostics.render());
  return *scenario;
}

TEST(FirstYear, ShowsWhatParametersBringAbout) {
  const FirstYear usual = first_year(scenario_of(""), 1, 20);
  EXPECT_GT(usual.win_rate, 0.1);
  EXPECT_LT(usual.win_rate, 0.6);
  const FirstYear better = first_year(scenario_of("closing: {win_rate: 60%}\n"), 1, 20);
  EXPECT_GT(better.win_rate, usual.win_rate + 0.2);
  const FirstYear bound = first_year(scenario_of("mechanisms: {lifecycle: off}\n"), 1, 2);
  EXPECT_EQ(bound.leaving, 0);
  // The changes of a scenario are not in the year that is fitted.
  const FirstYear changed =
      first_year(scenario_of("changes: [{from: 2027-02, set: {registration.base: 5}}]\n"), 1, 20);
  EXPECT_EQ(changed.registered, usual.registered);
}

TEST(FirstYear, FitsWhatWasMeasured) {
  Scenario scenario = scenario_of("");
  const Wanted wanted{.win_rate = 0.17, .leaving = 0.09, .registered = 0.7};
  const Offsets offsets = fit_first_year(scenario, wanted, 1);
  scenario.parameters.closing.win_rate = win_rate_parameter(0.17, offsets);
  scenario.parameters.lifecycle.leave_mean = leave_parameter(0.09, offsets);
  scenario.parameters.registration.base = registration_parameter(0.7, offsets);
  const FirstYear shown = first_year(scenario, 2, 200);  // another luck
  EXPECT_NEAR(shown.win_rate, 0.17, 0.005);
  EXPECT_NEAR(shown.leaving, 0.09, 0.007);
  EXPECT_NEAR(shown.registered, 0.7, 0.01);
  EXPECT_NE(win_rate_parameter(0.17, offsets), 0.17);
}

TEST(FirstYear, LeavesAloneWhatWasNotMeasured) {
  const Offsets offsets =
      fit_first_year(scenario_of(""), {.win_rate = 0.2, .leaving = {}, .registered = {}}, 1);
  EXPECT_NE(offsets.win_rate, 0);
  EXPECT_EQ(offsets.leaving, 0);
  EXPECT_EQ(offsets.registered, 0);
}

TEST(FirstYear, WhatCannotBeReachedStopsAtItsBounds) {
  const Offsets offsets = fit_first_year(scenario_of("mechanisms: {lifecycle: off}\n"),
                                         {.win_rate = {}, .leaving = 0.3, .registered = {}}, 1);
  EXPECT_TRUE(std::isfinite(offsets.leaving));
  EXPECT_LE(leave_parameter(0.3, offsets), 0.5);
}

}  // namespace
}  // namespace partnersim::testing
