// Parameters by the names people write: us.offers.Cloud.price, rivals.Ares.rebate, choice.beta.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/parameters.hpp"
#include "model/world.hpp"
#include "scenario/values.hpp"

namespace partnersim {

/// The path of one parameter. Items of a list count from 1: market.season.12. One rival is `rival`,
/// one market is `market`.
std::string path_of(const World& world, Address address);

/// The same without its last part, the owner's own: us.offers.Cloud.
std::string owner_path(const World& world, Address address);

/// What a path means: one parameter, or several where it has a `*` or names a list. A vendor's own
/// name serves as well as `us` and `rival`. nullopt sets `fault`.
std::optional<std::vector<Address>> find_addresses(const World& world, std::string_view path,
                                                   Fault& fault);

/// The index of an owner in owners() by its path in the table.
std::uint16_t owner_index(std::string_view path);

/// Paths people use for owners whose table has another name: us for vendor, us.tiers, us.offers.
std::string shown_owner(std::string_view path);

}  // namespace partnersim
