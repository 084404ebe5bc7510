#pragma once

#include <span>
#include <string_view>

namespace adic::model {

/// Where a field of a record stands in a release of the Open Contracting Data Standard.
struct OcdsPlace {
    std::string_view field;
    std::string_view path;     ///< members from the record's own object on, parted by '/'
    bool is_required = false;  ///< by the standard: `ocds_not_stated` stands there for no value
};

/// What a member says that the standard requires and the reader sees no value of, whether there is
/// one or not; read, it is no value.
inline constexpr std::string_view ocds_not_stated = "adic:not-stated";

/// Where the records of a type stand. Fields that are not in `places` are made of several members
/// there: stage, codes, suppliers, supplier_ids; and `more`, what the others leave of the object.
///
/// Source: Open Contracting Data Standard 1.1.5, release reference.
struct OcdsLayout {
    std::string_view type;
    std::string_view list;  ///< of the release, that has one object for each record; empty: itself
    std::span<const OcdsPlace> places;
};

/// The procurement first, then its items, awards and contracts.
std::span<const OcdsLayout> ocds_layouts();

/// Where the records of a project room stand in the release of the project: the project first, then
/// parts, papers by their kind, signatures in a paper, lines of the specification, and positions in
/// a line. Made otherwise are the item, references to what an object stands in, the kind of a
/// paper, and of one with items or milestones the quantity and the day of delivery.
std::span<const OcdsLayout> ocds_room_layouts();

}  // namespace adic::model
