// Scenarios from text, for tests: written into a folder of their own and loaded.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "scenario/paths.hpp"
#include "scenario/scenario.hpp"
#include "scenario/settings.hpp"

namespace partnersim {

class LoadTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(PARTNERSIM_BINARY_DIR) / "load_tests" /
              (std::string(test->test_suite_name()) + "." + test->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  /// Writes and loads; the diagnostics are in `diagnostics_`.
  std::optional<Scenario> load(const std::string& text, const LoadOptions& options = {}) {
    write("scenario.yaml", text);
    diagnostics_ = {};
    return load_scenario(folder_ / "scenario.yaml", options, diagnostics_);
  }
  Scenario loaded(const std::string& text, const LoadOptions& options = {}) {
    auto scenario = load(text, options);
    EXPECT_TRUE(scenario.has_value()) << diagnostics_.render();
    return scenario ? std::move(*scenario) : Scenario{};
  }

  static const Setting& setting(const Scenario& scenario, const std::string& path) {
    Fault fault;
    const auto found = find_addresses(scenario.world, path, fault);
    EXPECT_TRUE(found.has_value()) << fault.message;
    return *find_setting(scenario, found->front());
  }
  static double value(const Scenario& scenario, const std::string& path) {
    return setting(scenario, path).value;
  }

  std::filesystem::path folder_;
  Diagnostics diagnostics_;
};

}  // namespace partnersim
