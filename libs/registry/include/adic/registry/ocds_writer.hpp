#pragma once

#include "adic/registry/release/released.hpp"
#include "adic/registry/release/seen_record.hpp"

#include <chrono>
#include <span>
#include <string>
#include <vector>

namespace adic::registry {

struct OcdsPackage {
    std::string reader;           ///< for whom it is: "MYS", "everyone"
    std::chrono::sys_seconds at;  ///< when it is written
};

/// Procurements as a release package of OCDS 1.1.5 with our extension (docs/reference/ocds.md): one
/// release for each procurement, with those of its items, awards and contracts that are of the same
/// owner. Of a field that is shown in part the extension says what is shown; what is not shown is
/// not there, and nothing is null.
///
/// A process whose identifier is not shown in full is left out, and so is a part without its
/// number: the standard has no place for them. Records of other types are passed over. Two readers
/// who see the same get the same bytes, but for the reader's name.
///
/// Source: OCDS 1.1.5, release package reference.
/// Cost:   O(bytes * log bytes).
std::string
write_ocds(std::span<const Released<std::vector<SeenRecord>>> records, const OcdsPackage& package);

}  // namespace adic::registry
