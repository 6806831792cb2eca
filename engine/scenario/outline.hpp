// The outline of a scenario: which vendors, offers, tiers, segments and markets there are, and
// which node of the file speaks of each.
#pragma once

#include <string_view>
#include <vector>

#include "model/parameters.hpp"
#include "model/world.hpp"
#include "scenario/document.hpp"

namespace partnersim {

/// What a scenario is made of where its file does not say; line 0 marks what comes from here.
extern const std::string_view kStandardScenario;

/// Nodes by instance, in the order of World. They point into the root and into `copies`.
struct Outline {
  std::vector<const Node*> markets, segments, vendors;
  std::vector<std::vector<const Node*>> tiers, offers;  // by vendor
  std::vector<Node> copies;                             // vendors with what `like` copies
  Node standard;  // the standard scenario, in place of what cannot be read
};

/// Brings a document into one form: `rival` and `market` become lists of one, what is missing is
/// taken from the standard scenario. Doing it twice changes nothing.
void complete(Node& root, Diagnostics& diagnostics);

/// --set in that form: rival.rebate, market.growth and Helios.rebate are found.
std::string completed_path(const Node& root, std::string_view assignment);

/// Names, keys and sizes of World and Parameters, with defaults by table. What cannot be read is
/// reported and taken from the standard scenario, so that the rest can be checked too.
void outline(const Node& root, World& world, Parameters& parameters, Outline& result,
             Diagnostics& diagnostics);

}  // namespace partnersim
