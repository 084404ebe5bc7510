#include "adic/app/share_costs.hpp"

#include "adic/ingest/game_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

namespace adic::app {
namespace {

using procure::Coalition;
using procure::CostGame;
using procure::NucleolusKind;
using procure::Shares;

/// A rule by name, for a game and the quantities of its players; empty: it does not say anything
/// about this game.
struct Rule {
    std::string_view name;
    std::optional<Shares> (*share)(const CostGame& game, const std::vector<double>& quantities);
};

std::optional<Shares> by_quantity(const CostGame& game, const std::vector<double>& quantities) {
    if (quantities.empty()) {
        return std::nullopt;
    }
    // Quantities are pieces, at times in parts: to the thousandth.
    constexpr double parts = 1'000.0;
    std::vector<std::int64_t> weights;
    for (const double quantity : quantities) {
        weights.push_back(std::max<std::int64_t>(1, std::llround(quantity * parts)));
    }
    return procure::proportional_shares(game, weights);
}

std::optional<Shares> by_cost_alone(const CostGame& game, const std::vector<double>& /*unused*/) {
    return procure::stand_alone_shares(game);
}

std::optional<Shares> by_benefits(const CostGame& game, const std::vector<double>& /*unused*/) {
    return procure::separable_cost_shares(game);
}

std::optional<Shares> by_shapley(const CostGame& game, const std::vector<double>& /*unused*/) {
    return procure::shapley_shares(game);
}

template <NucleolusKind kind>
std::optional<Shares> by_nucleolus(const CostGame& game, const std::vector<double>& /*unused*/) {
    const auto found = procure::nucleolus(game, kind);
    return found ? std::optional{found->shares} : std::nullopt;
}

constexpr std::array<Rule, 6> rules{
    Rule{"equal price", by_quantity},
    Rule{"proportional", by_cost_alone},
    Rule{"separable costs", by_benefits},
    Rule{"Shapley", by_shapley},
    Rule{"nucleolus", by_nucleolus<NucleolusKind::nucleolus>},
    Rule{"prenucleolus", by_nucleolus<NucleolusKind::prenucleolus>}};

/// Without a position.
template <typename T>
std::vector<T> without(std::vector<T> values, std::size_t position) {
    if (position < values.size()) {
        values.erase(values.begin() + static_cast<std::ptrdiff_t>(position));
    }
    return values;
}

/// By how much the others pay more, at most, because a state comes last.
/// Source: population monotonicity: Thomson (1983), Sprumont (1990).
void add_rise_if_last(
    const CostGame& game,
    const std::vector<double>& quantities,
    const Rule& rule,
    SharedByRule& shared
) {
    for (std::size_t last = 0; last < game.size() && game.size() > 2; ++last) {
        const CostGame before =
            procure::restricted(game, game.everybody() & ~(Coalition{1} << last));
        const auto paid = rule.share(before, without(quantities, last));
        const Shares after = without(shared.exact, last);
        double most = 0.0;
        std::size_t whose = 0;
        for (std::size_t p = 0; paid && p < after.size(); ++p) {
            const double rise = procure::to_double(after[p] - (*paid)[p]);
            if (p == 0 || rise > most) {
                most = rise;
                whose = p;
            }
        }
        shared.rise_if_last.push_back(most);
        shared.raised_if_last.push_back(before.players[whose]);
    }
}

SharedByRule judged(
    const CostGame& game,
    const std::vector<double>& quantities,
    const Rule& rule,
    Shares shares
) {
    SharedByRule shared;
    shared.rule = rule.name;
    shared.cents = procure::rounded(shares);
    shared.is_in_core = procure::is_in_core(game, shares);
    shared.objections = procure::worst_objections(game, shares);
    shared.exact = std::move(shares);
    add_rise_if_last(game, quantities, rule, shared);
    return shared;
}

Result<CostGame> read_input(const ShareCostsRequest& request, ShareCostsAnswer& answer) {
    if (!request.game.empty()) {
        ADIC_TRY(CostGame game, ingest::read_game(request.game, answer.report));
        if (request.is_savings) {
            std::ranges::transform(game.costs, game.costs.begin(), std::negate<>{});
        }
        return game;
    }
    ADIC_TRY(const auto wanted, ingest::read_quantities(request.quantities, answer.report));
    if (!answer.report.may_commit()) {
        return CostGame{};
    }
    for (const ingest::StateQuantity& one : wanted) {
        answer.states.push_back(one.state);
        answer.quantities.push_back(one.quantity);
    }
    const procure::PurchaseTerms terms =
        request.offer ? procure::terms_at(*request.offer, Bound::likely) : request.terms;
    if (answer.states.size() > model::most_exact_players) {
        ADIC_TRY(
            answer.many,
            procure::share_among_many(answer.quantities, terms, request.sampling)
        );
        return CostGame{};
    }
    return procure::game_of(answer.states, answer.quantities, terms);
}

/// The lots of a learning curve, and of an offer the range of the saving and what splits of the
/// work would cost.
Result<std::monostate> add_ranges(const ShareCostsRequest& request, ShareCostsAnswer& answer) {
    std::vector<procure::WantedPieces> wanted;
    for (const double quantity : answer.quantities) {
        wanted.push_back(Estimate::exactly(quantity));
    }
    if (!request.offer) {
        if (request.terms.curve) {
            ADIC_TRY(answer.lots, procure::lots_on_line(procure::offer_of(request.terms), wanted));
        }
        return std::monostate{};
    }
    const procure::OfferTerms& offer = *request.offer;
    ADIC_TRY(answer.saving, procure::range_of(offer, wanted));
    ADIC_TRY(answer.lots, procure::lots_on_line(offer, wanted));
    ADIC_TRY(
        answer.splits,
        procure::split_cost(offer, wanted, std::min(wanted.size(), most_split_lines))
    );
    return std::monostate{};
}

void find_large_buyers(ShareCostsAnswer& answer) {
    const double all = std::accumulate(answer.quantities.begin(), answer.quantities.end(), 0.0);
    for (std::size_t p = 0; p < answer.quantities.size(); ++p) {
        if (answer.quantities[p] > procure::equal_price_limit * all) {
            answer.above_equal_price_limit.push_back(answer.states[p]);
        }
    }
}

}  // namespace

std::optional<Shares>
shares_by_rule(std::string_view rule, const CostGame& game, const std::vector<double>& quantities) {
    const auto found = std::ranges::find(rules, rule, &Rule::name);
    return found == rules.end() ? std::nullopt : found->share(game, quantities);
}

Result<ShareCostsAnswer> share_costs(const ShareCostsRequest& request) {
    ShareCostsAnswer answer;
    ADIC_TRY(answer.game, read_input(request, answer));
    if (!answer.report.may_commit()) {
        return answer;
    }
    if (!answer.quantities.empty()) {
        ADIC_TRY([[maybe_unused]] const auto added, add_ranges(request, answer));
    }
    if (answer.many) {
        find_large_buyers(answer);
        return answer;
    }
    for (const Rule& rule : rules) {
        auto shares = rule.share(answer.game, answer.quantities);
        const bool is_said = shares && !answer.rules.empty() && rule.name == rules.back().name
                             && answer.rules.back().exact == *shares;
        if (shares && !is_said) {
            answer.rules.push_back(judged(answer.game, answer.quantities, rule, *std::move(shares))
            );
        }
    }
    answer.nucleolus = procure::nucleolus(answer.game, NucleolusKind::nucleolus);
    answer.is_nucleolus_proven =
        answer.nucleolus
        && procure::is_proven(answer.game, *answer.nucleolus, NucleolusKind::nucleolus);
    answer.least_core_excess =
        procure::least_core_excess(*procure::nucleolus(answer.game, NucleolusKind::prenucleolus));
    find_large_buyers(answer);
    return answer;
}

}  // namespace adic::app
