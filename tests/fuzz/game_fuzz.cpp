// Any bytes as a game, and as the quantities of states: read without a crash; a game without a
// complaint is one, and the shares of a small one add up.
#include "adic/ingest/game_reader.hpp"
#include "adic/procure/nucleolus.hpp"

#include "fuzz.hpp"

#include <cstdint>
#include <numeric>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using adic::fuzz::require;
    using namespace adic::procure;
    const std::string text{adic::fuzz::text_of(data, size)};
    adic::ingest::ImportReport report;
    const CostGame game = adic::ingest::parse_game("game.csv", text, report);
    if (report.may_commit()) {
        require(static_cast<bool>(adic::model::check_game(game)));
        const Shares shares = shapley_shares(game);
        require(
            std::accumulate(shares.begin(), shares.end(), Fraction{0})
            == Fraction{game.costs[game.everybody()]}
        );
        constexpr std::size_t small = 6;
        const auto found =
            game.size() <= small ? nucleolus(game, NucleolusKind::nucleolus) : std::nullopt;
        require(!found || is_proven(game, *found, NucleolusKind::nucleolus));
    } else {
        require(game.players.empty());
    }
    adic::ingest::ImportReport other;
    const auto quantities = adic::ingest::parse_quantities("states.csv", text, other);
    require(other.may_commit() == !quantities.empty());
    return 0;
}
