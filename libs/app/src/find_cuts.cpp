#include "adic/app/find_cuts.hpp"

#include "adic/app/opened_map.hpp"

namespace adic::app {

Result<CutsAnswer> find_cuts(const supply::MapIndex& index, const CutsRequest& request) {
    ADIC_TRY(const model::ItemIndex item, find_item(index.map(), request.item));
    supply::FailureModel model =
        supply::failure_model(index, request.viewpoint, item, request.failure);
    ADIC_TRY(supply::CutAnalysis analysis, supply::analyse_cuts(model.tree, request.cuts));
    return CutsAnswer{item, std::move(model), std::move(analysis)};
}

}  // namespace adic::app
