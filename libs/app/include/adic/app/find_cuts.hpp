#pragma once

#include "adic/base/result.hpp"
#include "adic/supply/cuts/analysis.hpp"
#include "adic/supply/failure.hpp"
#include "adic/supply/map_index.hpp"

#include <string>

namespace adic::app {

struct CutsRequest {
    std::string item;
    supply::Viewpoint viewpoint;
    supply::FailureOptions failure = {};
    supply::CutOptions cuts = {};
};

struct CutsAnswer {
    model::ItemIndex item;
    supply::FailureModel model;
    supply::CutAnalysis analysis;
};

/// The smallest sets of failures that stop an item, how likely that is, and what matters for it.
/// Errors: not_found for an item that the map does not have.
Result<CutsAnswer> find_cuts(const supply::MapIndex& index, const CutsRequest& request);

}  // namespace adic::app
