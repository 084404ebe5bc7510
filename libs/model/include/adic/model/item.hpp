#pragma once

#include "adic/base/estimate.hpp"
#include "adic/model/ids.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace adic::model {

enum class ItemKind { system, component, material, mineral, tool, software, service };

inline constexpr std::array all_item_kinds{
    ItemKind::system,
    ItemKind::component,
    ItemKind::material,
    ItemKind::mineral,
    ItemKind::tool,
    ItemKind::software,
    ItemKind::service,
};

std::string_view name_of(ItemKind kind);
std::optional<ItemKind> parse_item_kind(std::string_view text);

/// Something that is made, mined, written or done, and that other items take.
struct Item {
    std::string id;
    std::string name;
    ItemKind kind;
    std::string unit;  ///< in which one of it is counted: "piece", "kg", "t", "m2", "hour"
    int sensitivity;   ///< 0 public .. 4 most sensitive
    std::optional<double> enough;  ///< share of its supply in (0, 1] below which it is short
    std::string description;
    ProvenanceIndex provenance;
};

/// A code of an item under a scheme: HS, FSC, NSN, UNSPSC, CPV, or a control list by its name.
struct ItemCode {
    ItemIndex item;
    std::string scheme;
    std::string code;
    ProvenanceIndex provenance;
};

}  // namespace adic::model
