// What a result is a result of: four hashes. Equal hashes, equal bytes of every file of a result.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "ensemble/plan.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

/// Each 16 hexadecimal digits; `engine` is "unhashed" in builds that do not know their sources.
struct Identity {
  std::string world;       // names, partners, graph, offers, calendar, changes, events
  std::string parameters;  // base values, distributions, correlations, mechanisms off, targets
  std::string plan;        // months, seed, replications, precision, triples
  std::string engine;      // sources that decide the numbers
  bool operator==(const Identity&) const = default;
};

Identity identity_of(const Scenario& scenario, const Plan& plan);
std::string engine_hash();

enum class Part { world, parameters, plan, engine };

/// The first of `parts` that differs, in words: "another engine (0123456789abcdef there,
/// fedcba9876543210 here)"; `here` is ours.
std::optional<std::string> first_difference(const Identity& there, const Identity& here,
                                            std::initializer_list<Part> parts = {
                                                Part::world, Part::parameters, Part::plan,
                                                Part::engine});

/// All four in one.
std::uint64_t combined_hash(const Identity& identity);

/// Default name of a result folder: <scenario>-<8 digits of the combined hash>.
std::string folder_name(const Scenario& scenario, const Identity& identity);

}  // namespace partnersim
