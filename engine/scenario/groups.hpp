// The partners a change is for, read from `for`.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "scenario/document.hpp"
#include "scenario/roster.hpp"

namespace partnersim {

class Groups {
 public:
  Groups(const World& world, Roster& roster, Diagnostics& diagnostics)
      : world_(world), roster_(roster), diagnostics_(diagnostics) {}

  /// `for: {segment: VAR, tier: [Silver, Gold]}`, an id, a list of ids or a CSV file. Nothing
  /// where faults are reported, or where the partners themselves could not be read. `vendors`:
  /// whose terms the change moves.
  std::optional<PartnerGroup> read(const Node& node, std::span<const std::uint32_t> vendors);

 private:
  std::optional<PartnerGroup> by_columns(const Node& node, std::span<const std::uint32_t> vendors);
  std::optional<PartnerGroup> by_name(const Node& node);
  std::optional<std::vector<std::string>> values_of(const Node& node, std::string_view column);
  bool known(const PartnerGroup::Condition& condition, Location at);
  bool held(std::span<const std::string> tiers, Location at,
            std::span<const std::uint32_t> vendors);

  const World& world_;
  Roster& roster_;
  Diagnostics& diagnostics_;
  std::size_t count_ = 0;
};

}  // namespace partnersim
