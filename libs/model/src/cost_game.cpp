#include "adic/model/cost_game.hpp"

#include <algorithm>
#include <set>

namespace adic::model {

std::int64_t CostGame::saving(Coalition coalition) const {
    std::int64_t apart = 0;
    for (std::size_t p = 0; p < size(); ++p) {
        if ((coalition >> p & 1U) != 0) {
            apart += alone(p);
        }
    }
    return apart - costs[coalition];
}

Result<std::monostate> check_game(const CostGame& game) {
    const auto wrong = [](std::string what) {
        return Error{ErrorCode::invalid_argument, std::move(what), {}};
    };
    if (game.size() < 2 || game.size() > most_exact_players) {
        return wrong(
            "a game has 2 to " + std::to_string(most_exact_players) + " players, not "
            + std::to_string(game.size())
        );
    }
    const std::set<std::string> names(game.players.begin(), game.players.end());
    if (names.size() != game.size() || names.contains("")) {
        return wrong("each player of a game has a name of its own");
    }
    if (game.costs.size() != std::size_t{1} << game.size()) {
        return wrong(
            "a game of " + std::to_string(game.size()) + " players has "
            + std::to_string(std::size_t{1} << game.size()) + " costs, not "
            + std::to_string(game.costs.size())
        );
    }
    if (game.costs[0] != 0) {
        return wrong("what nobody buys costs nothing");
    }
    const auto is_small = [](std::int64_t cost) {
        return cost >= -largest_amount && cost <= largest_amount;
    };
    if (!std::ranges::all_of(game.costs, is_small)) {
        return wrong("a cost is at most a trillion");
    }
    return std::monostate{};
}

std::string name_of(const CostGame& game, Coalition coalition) {
    std::string name;
    for (std::size_t p = 0; p < game.size(); ++p) {
        if ((coalition >> p & 1U) != 0) {
            name += (name.empty() ? "" : "+") + game.players[p];
        }
    }
    return name;
}

}  // namespace adic::model
