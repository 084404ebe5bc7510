#include "adic/procure/reciprocity.hpp"
#include "adic/solver/session.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include <fmt/format.h>

namespace adic::procure {
namespace {

using solver::infinity;
using solver::LinearModel;
using solver::LinearOptimum;

constexpr double shown_value = 1e-6;  ///< less is the solver's tolerance

std::uint32_t narrow(std::size_t position) {
    return static_cast<std::uint32_t>(position);
}

/// The linear program, and where things stand in it.
class Program {
  public:
    Program(const ReciprocityPlan& plan, const ReciprocityRules& rules)
        : plan_(plan)
        , rules_(rules) {
        for (std::size_t i = 0; i < plan.states.size(); ++i) {
            position_.emplace(plan.states[i].id, i);
        }
    }

    std::optional<Error> check() const {
        for (const TradingPair& pair : plan_.pairs) {
            for (const std::string& id : {pair.buyer, pair.seller}) {
                if (!position_.contains(id)) {
                    return Error{
                        ErrorCode::invalid_argument,
                        fmt::format("'{}' is in a pair and not among the states", id),
                        {}};
                }
            }
        }
        return std::nullopt;
    }

    /// Variables: a value for each pair within the cap, then one bought outside for each state.
    LinearModel free_model() {
        LinearModel model;
        model.constraints.resize(2 * plan_.states.size());
        for (std::size_t p = 0; p < plan_.pairs.size(); ++p) {
            const TradingPair& pair = plan_.pairs[p];
            if (pair.premium > rules_.premium_cap || pair.buyer == pair.seller) {
                continue;
            }
            const std::uint32_t variable = narrow(model.variables.size());
            pairs_.push_back(p);
            model.variables.push_back({0.0, pair.most.value_or(infinity), pair.premium});
            model.constraints[position_.at(pair.buyer)].terms.push_back({variable, 1.0});
            model.constraints[plan_.states.size() + position_.at(pair.seller)].terms.push_back(
                {variable, 1.0}
            );
        }
        for (std::size_t i = 0; i < plan_.states.size(); ++i) {
            const TradingState& state = plan_.states[i];
            const std::uint32_t outside = narrow(model.variables.size());
            model.variables.push_back({0.0, infinity, state.outside_premium});
            model.constraints[i].terms.push_back({outside, 1.0});
            model.constraints[i].lower = model.constraints[i].upper = state.demand;
            model.constraints[plan_.states.size() + i].upper = state.capacity;
        }
        return model;
    }

    /// The same with the bands of each state. `excess` adds how far a band is exceeded, and makes
    /// that all that costs.
    LinearModel banded_model(const LinearModel& free, bool excess) {
        LinearModel model = free;
        if (excess) {
            for (solver::Variable& variable : model.variables) {
                variable.cost = 0.0;
            }
        }
        band_rows_.assign(plan_.states.size(), {});
        excess_.assign(plan_.states.size(), {});
        for (std::size_t i = 0; i < plan_.states.size(); ++i) {
            if (excess) {
                for (int side = 0; side < 2; ++side) {
                    excess_[i].push_back(narrow(model.variables.size()));
                    model.variables.push_back({0.0, infinity, 1.0});
                }
            }
            add_value_band(model, i);
            add_ratio_band(model, i);
        }
        return model;
    }

    std::optional<double> band_of(std::size_t state) const {
        const auto& own = plan_.states[state].band;
        return own ? own : rules_.band;
    }

    bool has_bands() const {
        return rules_.ratio_band || rules_.band
               || std::ranges::any_of(plan_.states, [](const TradingState& state) {
                      return state.band.has_value();
                  });
    }

    PlannedTrade trade_of(const LinearOptimum& optimum, double cost_without_band, bool is_banded)
        const {
        PlannedTrade trade;
        trade.cost = optimum.objective;
        trade.bound = optimum.bound;
        trade.cost_without_band = cost_without_band;
        for (std::size_t i = 0; i < plan_.states.size(); ++i) {
            PlannedState state{plan_.states[i].id};
            state.outside = shown(optimum.values[pairs_.size() + i]);
            state.band = is_banded ? band_of(i) : std::nullopt;
            trade.states.push_back(std::move(state));
        }
        for (std::size_t v = 0; v < pairs_.size(); ++v) {
            const TradingPair& pair = plan_.pairs[pairs_[v]];
            const double value = shown(optimum.values[v]);
            if (value > 0.0) {
                trade.purchases.push_back({pair.buyer, pair.seller, value, pair.premium});
                trade.states[position_.at(pair.buyer)].bought += value;
                trade.states[position_.at(pair.seller)].sold += value;
            }
        }
        for (std::size_t i = 0; i < plan_.states.size(); ++i) {
            finish(trade.states[i], i, optimum, is_banded);
        }
        for (const TradingPair& pair : plan_.pairs) {
            if (pair.premium > rules_.premium_cap) {
                trade.too_dear.push_back(pair);
            }
        }
        return trade;
    }

    BandsTooTight too_tight(const LinearOptimum& optimum) const {
        BandsTooTight tight;
        for (std::size_t i = 0; i < plan_.states.size(); ++i) {
            double value = 0.0;
            for (const std::uint32_t variable : excess_[i]) {
                value += optimum.values[variable];
            }
            if (value > shown_value) {
                tight.excess.push_back({plan_.states[i].id, value});
            }
        }
        return tight;
    }

  private:
    static double shown(double value) { return std::abs(value) < shown_value ? 0.0 : value; }

    std::vector<solver::Term> terms_of(std::size_t state, double of_bought, double of_sold) const {
        std::vector<solver::Term> terms;
        for (std::size_t v = 0; v < pairs_.size(); ++v) {
            const TradingPair& pair = plan_.pairs[pairs_[v]];
            if (position_.at(pair.buyer) == state) {
                terms.push_back({narrow(v), of_bought});
            } else if (position_.at(pair.seller) == state) {
                terms.push_back({narrow(v), of_sold});
            }
        }
        return terms;
    }

    void add_row(LinearModel& model, std::size_t state, solver::Constraint row) {
        if (!excess_[state].empty()) {
            row.terms.push_back({excess_[state][0], -1.0});
            row.terms.push_back({excess_[state][1], 1.0});
        }
        band_rows_[state].push_back(model.constraints.size());
        model.constraints.push_back(std::move(row));
    }

    /// (R3)
    void add_value_band(LinearModel& model, std::size_t state) {
        if (const auto band = band_of(state)) {
            const double carry = plan_.states[state].carry;
            add_row(model, state, {-*band - carry, *band - carry, terms_of(state, 1.0, -1.0)});
        }
    }

    /// (R4)
    void add_ratio_band(LinearModel& model, std::size_t state) {
        if (const auto ratio = rules_.ratio_band) {
            add_row(model, state, {0.0, infinity, terms_of(state, *ratio - 1.0, 1.0)});
            add_row(model, state, {-infinity, 0.0, terms_of(state, -1.0 - *ratio, 1.0)});
        }
    }

    void finish(
        PlannedState& state,
        std::size_t position,
        const LinearOptimum& optimum,
        bool is_banded
    ) const {
        state.carry = shown(plan_.states[position].carry + state.bought - state.sold);
        if (state.bought > 0.0) {
            state.ratio = state.sold / state.bought;
        }
        if (is_banded) {
            for (const std::size_t row : band_rows_[position]) {
                state.band_price += std::abs(optimum.prices[row]);
            }
            state.band_price = shown(state.band_price);
        }
    }

    const ReciprocityPlan& plan_;
    const ReciprocityRules& rules_;
    std::map<std::string, std::size_t, std::less<>> position_;
    std::vector<std::size_t> pairs_;  ///< of each variable
    std::vector<std::vector<std::size_t>> band_rows_;
    std::vector<std::vector<std::uint32_t>> excess_;
};

/// Empty where no point keeps the constraints.
Result<std::optional<LinearOptimum>> solve(LinearModel model) {
    ADIC_TRY(const auto session, solver::open_clp_session(std::move(model)));
    const auto outcome = session->solve({});
    if (!outcome) {
        return outcome.error();
    }
    if (const auto* optimum = std::get_if<LinearOptimum>(&*outcome)) {
        return std::optional{*optimum};
    }
    if (std::holds_alternative<solver::Infeasible>(*outcome)) {
        return std::optional<LinearOptimum>{};
    }
    return Error{ErrorCode::unavailable, "the plan was not found in the time that it may take", {}};
}

}  // namespace

Result<ReciprocityOutcome>
plan_reciprocity(const ReciprocityPlan& plan, const ReciprocityRules& rules) {
    Program program(plan, rules);
    if (auto problem = program.check()) {
        return *std::move(problem);
    }
    const LinearModel free = program.free_model();
    ADIC_TRY(const std::optional<LinearOptimum> unbound, solve(free));
    if (!unbound) {
        return Error{ErrorCode::internal, "to buy all elsewhere is always possible", {}};
    }
    if (!program.has_bands()) {
        return ReciprocityOutcome{program.trade_of(*unbound, unbound->objective, false)};
    }
    ADIC_TRY(const std::optional<LinearOptimum> banded, solve(program.banded_model(free, false)));
    if (banded) {
        return ReciprocityOutcome{program.trade_of(*banded, unbound->objective, true)};
    }
    ADIC_TRY(const std::optional<LinearOptimum> wider, solve(program.banded_model(free, true)));
    return ReciprocityOutcome{wider ? program.too_tight(*wider) : BandsTooTight{}};
}

}  // namespace adic::procure
