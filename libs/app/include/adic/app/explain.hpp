#pragma once

#include "adic/base/result.hpp"
#include "adic/supply/why.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adic::app {

struct WhyRequest {
    std::string item;
    std::string without;                  ///< what fails, as `parse_failures` reads it
    std::string inside;                   ///< one viewpoint
    supply::FailureOptions failure = {};  ///< its kinds of event follow from `without`
};

struct WhyAnswer {
    supply::Viewpoint viewpoint;
    model::ItemIndex item;
    std::vector<supply::FailureSubject> failed;
    std::vector<supply::WhyLink> links;        ///< empty: the failures do not stop the item
    std::optional<model::Confidence> weakest;  ///< of all facts that the chain rests on
    supply::FailureOptions failure;
};

/// Why the item cannot be had when something fails: the chain of needs down to the suppliers.
/// Errors: not_found for a name that the map does not have.
Result<WhyAnswer> explain(const supply::MapIndex& index, const WhyRequest& request);

/// The facts that one link rests on, in the order in which the link names them.
std::vector<model::ProvenanceIndex>
facts_of(const model::SupplyMap& map, const supply::WhyLink& link);

}  // namespace adic::app
