#pragma once

#include "ocds/json_part.hpp"
#include "ocds/ocds_complaints.hpp"

#include <string>
#include <vector>

namespace adic::ingest {

/// What a list of the release says of one supplier.
struct Supplier {
    std::string id;
    std::string name;
};

/// Takes the suppliers out of an award. The identifier stands for a name that is missing, and the
/// name for the identifier. What is said of them beside both stays in the award.
std::vector<Supplier> take_suppliers(Part& award, OcdsComplaints& complaints);

/// Takes the parties out of the release, and puts what is known of a supplier into the first award
/// that names it, for whoever may see that; of others into the release. An entry that says no more
/// than the reference to it goes.
///
/// Cost: O(parties log parties).
void share_out_parties(
    Part& release,
    std::vector<Part>& awards,
    const std::string& owner,
    OcdsComplaints& complaints
);

}  // namespace adic::ingest
