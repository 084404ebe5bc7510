#include "adic/procure/game.hpp"

namespace adic::procure {

CostGame restricted(const CostGame& game, Coalition players) {
    CostGame part;
    std::vector<std::size_t> kept;
    for (std::size_t p = 0; p < game.size(); ++p) {
        if ((players >> p & 1U) != 0) {
            kept.push_back(p);
            part.players.push_back(game.players[p]);
        }
    }
    part.costs.resize(std::size_t{1} << kept.size());
    for (Coalition small = 0; small < part.costs.size(); ++small) {
        Coalition large = 0;
        for (std::size_t k = 0; k < kept.size(); ++k) {
            large |= (small >> k & 1U) << kept[k];
        }
        part.costs[small] = game.costs[large];
    }
    return part;
}

}  // namespace adic::procure
