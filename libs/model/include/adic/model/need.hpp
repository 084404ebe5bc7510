#pragma once

#include "adic/base/estimate.hpp"
#include "adic/model/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adic::model {

/// Whether an input goes into the item or is the equipment that makes it.
enum class Role { consumed, equipment };

/// Whether the item stops without the input, or only gets worse or dearer.
enum class Essential { yes, no };

std::string_view name_of(Role role);
std::optional<Role> parse_role(std::string_view text);
std::string_view name_of(Essential essential);
std::optional<Essential> parse_essential(std::string_view text);

/// One thing that an item takes. An item needs all its groups; a group is met by any `take` of its
/// alternatives (1: any one; as many as there are alternatives: all of them).
struct NeedGroup {
    ItemIndex item;
    std::string name;  ///< unique within the item
    std::uint32_t take;
    Role role;
    Essential essential;
};

/// One alternative of a group.
struct Need {
    GroupIndex group;
    ItemIndex input;
    std::optional<Estimate> quantity;  ///< units of input for one unit of the item
    std::optional<Estimate>
        value_share;  ///< part of the item's value, in [0, 1], that the input is
    ProvenanceIndex provenance;
};

}  // namespace adic::model
