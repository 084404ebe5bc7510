#pragma once

#include "adic/base/estimate.hpp"
#include "adic/base/result.hpp"
#include "adic/base/strong_id.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace adic::model {

using PartIndex = Index<struct PartTag>;
using SiteIndex = Index<struct SiteTag>;

/// Something that sites make.
struct Part {
    std::string id;
    std::string unit;  ///< in which it is counted; may be empty
    /// What all its sites make together, where that is known better than each of them is: shares of
    /// a market have a known sum. It is made the harsher or the milder of the two ways to add up.
    std::optional<Estimate> total_per_day = {};
};

/// Whether it is known whose site it is. What nobody knows may fail together with what fails.
enum class Ownership { known, unknown };

/// A place that makes one part, and what is stored of it there.
struct Site {
    std::string id;
    PartIndex part;
    std::string place;         ///< state or country
    std::string organisation;  ///< empty: not recorded
    Estimate capacity_per_day;
    Estimate stock;
    std::optional<Estimate> recovery_days = {};  ///< until it is back after it failed
    bool inside = false;                         ///< foreign events do not reach it
    Ownership ownership = Ownership::known;
};

/// One alternative of an input group.
struct InputChoice {
    PartIndex input;
    Estimate quantity;  ///< units of input for one unit of the part, > 0
};

/// One thing that a part takes; any `take` of the choices meet it.
struct InputGroup {
    PartIndex part;
    std::uint32_t take = 1;
    std::vector<InputChoice> choices;
};

/// What is to be delivered to whoever the network serves.
struct PartDemand {
    PartIndex part;
    Estimate per_day;
    Estimate margin;  ///< what a unit that is not delivered costs
};

enum class SubjectKind { site, place, organisation, part };

/// How long a place, organisation or part takes to be back after all of it failed.
struct SubjectRecovery {
    SubjectKind kind;
    std::string id;
    Estimate days;
};

/// Sites that make parts of parts, with stocks: what time to survive is asked of.
///
/// Every site of a part may supply every site that takes it.
struct SiteNetwork {
    std::vector<Part> parts;
    std::vector<Site> sites;
    std::vector<InputGroup> groups;
    std::vector<PartDemand> demands;  ///< at most one for each part
    std::vector<SubjectRecovery> recoveries;

    const Part& operator[](PartIndex index) const { return parts[index.value()]; }

    const Site& operator[](SiteIndex index) const { return sites[index.value()]; }
};

/// Checks that a network is one.
/// Errors: invalid_argument for a position out of range, a negative or (of a quantity) not positive
///         figure, a group that takes none or more than it has choices, a part demanded twice.
/// Cost:   O(size).
Result<std::monostate> check_site_network(const SiteNetwork& network);

}  // namespace adic::model
