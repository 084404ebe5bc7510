#pragma once

#include "adic/registry/ocds_writer.hpp"
#include "adic/registry/release/released.hpp"
#include "adic/registry/release/seen_record.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adic::registry {

/// The room of a project as a release package of OCDS 1.1.5 with our extension
/// (docs/reference/ocds.md): the states as parties, what each takes under `adic_buyerQuantities`,
/// letters of intent and technical arrangements as documents, frame agreements as awards, and the
/// call-offs under them as contracts with their delivery as a milestone.
///
/// As in the room, a part, signature or position counts for the owner of its record, the first of
/// each state alone, and a line of the specification if the lead owns it. What an object cannot be
/// placed by, as the project of a part, has to be shown in full. Empty: among the records is no
/// such project, or not its name and item. Two readers who see the same get the same bytes, but for
/// the reader's name.
///
/// Source: OCDS 1.1.5, release package reference; requirements extension.
/// Cost:   O(bytes * log bytes).
std::optional<std::string> write_ocds_room(
    std::span<const Released<std::vector<SeenRecord>>> records,
    const std::string& project,
    const OcdsPackage& package
);

}  // namespace adic::registry
