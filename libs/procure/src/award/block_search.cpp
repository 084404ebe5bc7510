#include "award/block_search.hpp"

#include "adic/solver/session.hpp"

#include "award/reduced_model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

namespace adic::procure {
namespace {

using Clock = std::chrono::steady_clock;
using solver::Constraint;
using solver::infinity;
using solver::LinearModel;
using solver::Term;
using solver::Variable;

constexpr double tolerance = 1e-7;

/// A block that is no more above its bound, as a part of it, is left as it is.
constexpr double small = 1e-3;

double seconds_until(Clock::time_point deadline) {
    return std::chrono::duration<double>(deadline - Clock::now()).count();
}

/// Positions by falling numbers; equal ones in their order.
std::vector<std::size_t> falling(const std::vector<double>& numbers) {
    std::vector<std::size_t> order(numbers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](auto a, auto b) { return numbers[a] > numbers[b]; });
    return order;
}

class BlockSearch {
  public:
    BlockSearch(const LinearModel& model, const Blocks& blocks, const BlockSearchOptions& options)
        : model_(model)
        , blocks_(blocks)
        , options_(options)
        , columns_(model.variables.size())
        , local_(model.variables.size(), none)
        , stamp_(model.constraints.size(), 0) {
        for (std::uint32_t r = 0; r < model.constraints.size(); ++r) {
            for (const Term& term : model.constraints[r].terms) {
                columns_[term.variable].push_back({r, term.coefficient});
            }
        }
        find_ties();
        split();
    }

    Result<BlockSearchResult> run();

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    struct Entry {
        std::uint32_t row;
        double coefficient;
    };

    void find_ties();
    void split();
    Result<bool> relax();
    void round_shared();
    void make_whole();
    void mend();
    void bound_blocks();
    void improve();
    void keep_best();

    /// How a part is solved.
    struct How {
        bool at_prices = false;   ///< ties have prices
        bool with_ties = true;    ///< ties hold, or cost a penalty
        std::int32_t nodes = 50;  ///< of the solver's tree, so that no clock decides
        double gap = 1e-3;
        bool near_relaxation = false;  ///< choices that are at 0 stay there
    };

    struct Solved {
        std::vector<double> values;  ///< empty: none in time
        double bound = 0.0;
    };

    Solved solve(const std::vector<std::uint32_t>& free, const How& how);
    void move(const std::vector<std::uint32_t>& free, const How& how);
    LinearModel part(const std::vector<std::uint32_t>& free, const How& how);
    void add_rows(const std::vector<std::uint32_t>& free, const How& how, LinearModel& made);
    std::vector<std::uint32_t> variables_of(const std::vector<std::size_t>& blocks) const;
    double priced(std::uint32_t variable) const;
    double cost_at_prices(std::size_t block) const;
    void set(std::uint32_t variable, double value);
    double broken() const;
    double excess(std::uint32_t row) const;
    std::vector<std::size_t> guilty() const;
    double penalised() const;
    std::vector<std::size_t> neighbours(std::size_t block, std::size_t many) const;
    bool is_whole(std::size_t block) const;

    /// Whether what is known is as close to the bound as was asked for.
    bool is_enough() const {
        const double best = std::min(result_.objective, options_.known_objective);
        return std::isfinite(best)
               && best - result_.bound <= options_.relative_gap * std::max(1.0, std::abs(best));
    }

    bool is_late() const { return seconds_until(options_.deadline) <= 0.0; }

    const LinearModel& model_;
    Blocks blocks_;
    BlockSearchOptions options_;
    std::vector<std::vector<Entry>> columns_;
    std::vector<std::vector<std::uint32_t>> members_ = {};
    std::vector<std::uint32_t> shared_ = {};
    std::vector<std::uint32_t> ties_ = {};  ///< constraints of several blocks
    std::vector<bool> is_tie_ = {};
    std::vector<std::uint32_t> local_;  ///< position in the part that is being made
    std::vector<std::uint64_t> stamp_;  ///< of the last part that a constraint was in
    std::uint64_t stamps_ = 0;
    std::vector<double> prices_ = {};
    std::vector<double> penalty_ = {};
    std::vector<double> values_ = {};
    std::vector<double> activity_ = {};
    std::vector<double> least_ = {};  ///< of each block at the prices
    BlockSearchResult result_ = {};
};

void BlockSearch::find_ties() {
    is_tie_.assign(model_.constraints.size(), false);
    for (std::uint32_t r = 0; r < model_.constraints.size(); ++r) {
        std::set<std::size_t> in;
        for (const Term& term : model_.constraints[r].terms) {
            in.insert(blocks_.of_variable[term.variable]);
            if (in.size() > 1 || in.contains(Blocks::shared)) {
                is_tie_[r] = true;
                ties_.push_back(r);
                break;
            }
        }
    }
}

/// Blocks into parts that nothing but ties holds together.
void BlockSearch::split() {
    std::vector<std::uint32_t> leader(model_.variables.size());
    std::iota(leader.begin(), leader.end(), 0U);
    const auto leader_of = [&](std::uint32_t v) {
        while (leader[v] != v) {
            leader[v] = leader[leader[v]];
            v = leader[v];
        }
        return v;
    };
    for (std::uint32_t r = 0; r < model_.constraints.size(); ++r) {
        const auto& terms = model_.constraints[r].terms;
        for (std::size_t i = 1; i < terms.size() && !is_tie_[r]; ++i) {
            const std::uint32_t a = leader_of(terms[0].variable);
            const std::uint32_t b = leader_of(terms[i].variable);
            leader[std::max(a, b)] = std::min(a, b);
        }
    }
    for (std::uint32_t v = 0; v < leader.size(); ++v) {
        std::size_t& block = blocks_.of_variable[v];
        if (block == Blocks::shared) {
            shared_.push_back(v);
            continue;
        }
        const std::uint32_t first = leader_of(v);
        if (first == v) {
            block = members_.size();
            members_.emplace_back();
        } else {
            block = blocks_.of_variable[first];
        }
        members_[block].push_back(v);
    }
    blocks_.count = members_.size();
}

/// False: the program has no point.
Result<bool> BlockSearch::relax() {
    LinearModel relaxed = model_;
    for (Variable& variable : relaxed.variables) {
        variable.integrality = solver::Integrality::continuous;
    }
    ADIC_TRY(const auto session, solver::open_clp_session(std::move(relaxed)));
    ADIC_TRY(const auto outcome, session->solve({std::max(1.0, seconds_until(options_.deadline))}));
    if (std::holds_alternative<solver::Infeasible>(outcome)) {
        return false;
    }
    const auto* optimum = std::get_if<solver::LinearOptimum>(&outcome);
    if (optimum == nullptr) {
        result_.is_out_of_time = true;
        return true;
    }
    result_.bound = optimum->bound;
    prices_ = optimum->prices;
    for (std::uint32_t r = 0; r < prices_.size(); ++r) {
        // A side that is open holds nothing: what is left there is rounding.
        const Constraint& row = model_.constraints[r];
        if (std::isinf(prices_[r] > 0.0 ? row.lower : row.upper)) {
            prices_[r] = 0.0;
        }
    }
    values_.assign(model_.variables.size(), 0.0);
    activity_.assign(model_.constraints.size(), 0.0);
    for (std::uint32_t v = 0; v < values_.size(); ++v) {
        set(v, optimum->values[v]);
    }
    penalty_.assign(model_.constraints.size(), 0.0);
    for (const std::uint32_t r : ties_) {
        // Dearer than anything that a unit of the constraint can save.
        double most = std::abs(prices_[r]);
        for (const Term& term : model_.constraints[r].terms) {
            const double cost = std::abs(model_.variables[term.variable].cost);
            most = std::max(most, cost / std::abs(term.coefficient));
        }
        penalty_[r] = 4.0 * most;
    }
    return true;
}

void BlockSearch::set(std::uint32_t variable, double value) {
    const double change = value - values_[variable];
    if (change != 0.0) {
        values_[variable] = value;
        for (const Entry& entry : columns_[variable]) {
            activity_[entry.row] += change * entry.coefficient;
        }
    }
}

/// Up where that never hurts, to the nearest number elsewhere.
void BlockSearch::round_shared() {
    for (const std::uint32_t v : shared_) {
        const bool may_rise = std::ranges::all_of(columns_[v], [&](const Entry& entry) {
            const Constraint& row = model_.constraints[entry.row];
            return entry.coefficient > 0.0 ? row.upper == infinity : row.lower == -infinity;
        });
        set(v, may_rise ? std::ceil(values_[v] - tolerance) : std::round(values_[v]));
    }
}

double BlockSearch::priced(std::uint32_t variable) const {
    double cost = model_.variables[variable].cost;
    for (const Entry& entry : columns_[variable]) {
        cost -= is_tie_[entry.row] ? prices_[entry.row] * entry.coefficient : 0.0;
    }
    return cost;
}

std::vector<std::uint32_t> BlockSearch::variables_of(const std::vector<std::size_t>& blocks) const {
    std::vector<std::uint32_t> all;
    for (const std::size_t block : blocks) {
        all.insert(all.end(), members_[block].begin(), members_[block].end());
    }
    return all;
}

/// The constraints that the free variables are in, less what the others use of them. Ties may be
/// broken for a penalty.
void BlockSearch::add_rows(
    const std::vector<std::uint32_t>& free,
    const How& how,
    LinearModel& made
) {
    ++stamps_;
    for (const std::uint32_t v : free) {
        for (const Entry& entry : columns_[v]) {
            const std::uint32_t r = entry.row;
            if (stamp_[r] == stamps_ || (!how.with_ties && is_tie_[r])) {
                continue;
            }
            stamp_[r] = stamps_;
            Constraint row;
            double others = activity_[r];
            for (const Term& term : model_.constraints[r].terms) {
                if (local_[term.variable] != none) {
                    row.terms.push_back({local_[term.variable], term.coefficient});
                    others -= term.coefficient * values_[term.variable];
                }
            }
            row.lower = model_.constraints[r].lower - others;
            row.upper = model_.constraints[r].upper - others;
            for (const double side : {1.0, -1.0}) {
                const bool is_open = side > 0.0 ? row.lower == -infinity : row.upper == infinity;
                if (is_tie_[r] && !is_open) {
                    const auto at = static_cast<std::uint32_t>(made.variables.size());
                    made.variables.push_back({0.0, infinity, penalty_[r]});
                    row.terms.push_back({at, side});
                }
            }
            made.constraints.push_back(std::move(row));
        }
    }
}

LinearModel BlockSearch::part(const std::vector<std::uint32_t>& free, const How& how) {
    LinearModel made;
    for (const std::uint32_t v : free) {
        local_[v] = static_cast<std::uint32_t>(made.variables.size());
        made.variables.push_back(model_.variables[v]);
        if (how.near_relaxation && model_.variables[v].upper <= 1.0 && values_[v] < tolerance) {
            made.variables.back().upper = 0.0;
        }
        made.variables.back().cost = how.at_prices ? priced(v) : model_.variables[v].cost;
    }
    add_rows(free, how, made);
    for (const std::uint32_t v : free) {
        local_[v] = none;
    }
    return made;
}

/// The best of the free variables while the others stay. Where the solver gives up, nothing is
/// known of them, and the search goes on elsewhere.
BlockSearch::Solved BlockSearch::solve(const std::vector<std::uint32_t>& free, const How& how) {
    const double limit = std::max(seconds_until(options_.deadline), 0.05);
    const auto outcome = solve_reduced(part(free, how), {limit, how.gap, how.nodes});
    if (!outcome) {
        return {{}, -infinity};
    }
    if (const auto* optimum = std::get_if<solver::Optimum>(&*outcome)) {
        return {optimum->values, optimum->bound};
    }
    if (const auto* late = std::get_if<solver::OutOfTime>(&*outcome)) {
        return {late->best, late->bound};
    }
    return {{}, -infinity};
}

/// Takes what `solve` finds; at true costs, if it is no worse.
void BlockSearch::move(const std::vector<std::uint32_t>& free, const How& how) {
    const Solved solved = solve(free, how);
    if (solved.values.empty()) {
        return;
    }
    const double before = penalised();
    std::vector<double> old;
    for (std::size_t i = 0; i < free.size(); ++i) {
        old.push_back(values_[free[i]]);
        const bool is_whole = model_.variables[free[i]].integrality == solver::Integrality::integer;
        set(free[i], is_whole ? std::round(solved.values[i]) : solved.values[i]);
    }
    const double after = penalised();
    if (!how.at_prices && after > before) {
        for (std::size_t i = 0; i < free.size(); ++i) {
            set(free[i], old[i]);
        }
    }
}

/// The sum of what ties are broken by, at their penalties.
double BlockSearch::broken() const {
    double sum = 0.0;
    for (const std::uint32_t r : ties_) {
        sum += excess(r) * penalty_[r];
    }
    return sum;
}

/// By how much a constraint is broken, beyond what is rounding.
double BlockSearch::excess(std::uint32_t row) const {
    const Constraint& range = model_.constraints[row];
    const double value = activity_[row];
    const double by = std::max({0.0, range.lower - value, value - range.upper});
    return by > tolerance * std::max(1.0, std::abs(value)) ? by : 0.0;
}

double BlockSearch::penalised() const {
    return solver::cost_of(model_, values_) + broken();
}

double BlockSearch::cost_at_prices(std::size_t block) const {
    double sum = 0.0;
    for (const std::uint32_t v : members_[block]) {
        sum += priced(v) * values_[v];
    }
    return sum;
}

bool BlockSearch::is_whole(std::size_t block) const {
    return std::ranges::all_of(members_[block], [&](std::uint32_t v) {
        return model_.variables[v].integrality != solver::Integrality::integer
               || values_[v] == std::round(values_[v]);
    });
}

/// Each block by itself, the dearest first, within what the relaxation lets it take.
void BlockSearch::make_whole() {
    std::vector<double> cost(blocks_.count, 0.0);
    for (std::size_t b = 0; b < blocks_.count; ++b) {
        for (const std::uint32_t v : members_[b]) {
            cost[b] += model_.variables[v].cost * values_[v];
        }
    }
    const How near_one{.at_prices = true, .gap = 1e-2, .near_relaxation = true};
    const How any_one{.at_prices = true, .nodes = 500, .gap = 5e-2};
    for (const std::size_t b : falling(cost)) {
        if (is_late()) {
            return;
        }
        move(members_[b], near_one);
        if (!is_whole(b)) {
            move(members_[b], any_one);
        }
    }
}

/// Blocks that share most ties that hold with one.
std::vector<std::size_t> BlockSearch::neighbours(std::size_t block, std::size_t many) const {
    std::vector<double> near(blocks_.count, 0.0);
    std::vector<bool> is_seen(model_.constraints.size(), false);
    for (const std::uint32_t v : members_[block]) {
        for (const Entry& entry : columns_[v]) {
            const std::uint32_t r = entry.row;
            if (!is_tie_[r] || is_seen[r]) {
                continue;
            }
            is_seen[r] = true;
            const double weight = 1.0 / static_cast<double>(model_.constraints[r].terms.size());
            for (const Term& term : model_.constraints[r].terms) {
                const std::size_t other = blocks_.of_variable[term.variable];
                if (other != Blocks::shared) {
                    near[other] += weight;
                }
            }
        }
    }
    near[block] = infinity;
    std::vector<std::size_t> order = falling(near);
    order.resize(std::min(many, order.size()));
    return order;
}

/// The blocks that take most of what is broken first.
std::vector<std::size_t> BlockSearch::guilty() const {
    std::vector<double> part(blocks_.count, 0.0);
    for (const std::uint32_t r : ties_) {
        const double by = excess(r);
        for (const Term& term : model_.constraints[r].terms) {
            const std::size_t block = blocks_.of_variable[term.variable];
            if (by > 0.0 && block != Blocks::shared) {
                part[block] +=
                    penalty_[r] * by * std::abs(term.coefficient * values_[term.variable]);
            }
        }
    }
    return falling(part);
}

/// Until no tie is broken: two of the blocks that take most of what is broken, together.
void BlockSearch::mend() {
    constexpr std::size_t most_rounds = 400;
    constexpr std::size_t together = 2;
    double left = broken();
    std::size_t in_vain = 0;
    for (std::size_t round = 0; round < most_rounds && left > 0.0; ++round) {
        if (is_late() || in_vain > blocks_.count) {
            return;
        }
        const std::vector<std::size_t> order = guilty();
        std::vector<std::size_t> chosen;
        for (std::size_t i = 0; i < std::min(together, order.size()); ++i) {
            chosen.push_back(order[(round + i) % order.size()]);
        }
        const How how{.gap = 1e-2};
        move(variables_of(chosen), how);
        in_vain = broken() < left ? 0 : in_vain + 1;
        left = broken();
    }
}

void BlockSearch::keep_best() {
    for (std::size_t b = 0; b < blocks_.count; ++b) {
        if (!is_whole(b)) {
            return;
        }
    }
    if (broken() > 0.0) {
        return;
    }
    const double cost = solver::cost_of(model_, values_);
    if (cost < result_.objective) {
        result_.objective = cost;
        result_.values = values_;
    }
}

/// The bound of Lagrangian relaxation at the prices of the linear one.
void BlockSearch::bound_blocks() {
    double bound = 0.0;
    for (const std::uint32_t r : ties_) {
        const double price = prices_[r];
        const Constraint& row = model_.constraints[r];
        bound += price > 0.0 ? price * row.lower : price < 0.0 ? price * row.upper : 0.0;
    }
    for (const std::uint32_t v : shared_) {
        const Variable& variable = model_.variables[v];
        const double cost = priced(v);
        bound += cost > 0.0 ? cost * variable.lower : cost < 0.0 ? cost * variable.upper : 0.0;
    }
    least_.assign(blocks_.count, 0.0);
    const How by_itself{.at_prices = true, .with_ties = false, .nodes = 200, .gap = 1e-4};
    for (std::size_t b = 0; b < blocks_.count && !is_late(); ++b) {
        const Solved solved = solve(members_[b], by_itself);
        least_[b] = solved.bound;
        bound += solved.bound;
    }
    if (!is_late() && std::isfinite(bound)) {
        result_.bound = std::max(result_.bound, bound);
    }
}

/// Some blocks together while the others stay, those that are furthest above their bounds first.
void BlockSearch::improve() {
    for (std::size_t many = 1; many <= options_.most_together; ++many) {
        std::vector<double> regret(blocks_.count);
        for (std::size_t b = 0; b < blocks_.count; ++b) {
            regret[b] = cost_at_prices(b) - least_[b];
        }
        for (const std::size_t b : falling(regret)) {
            if (is_late() || is_enough()) {
                return;
            }
            if (regret[b] <= small * std::abs(least_[b])) {
                continue;
            }
            std::vector<std::uint32_t> free = variables_of(neighbours(b, many));
            if (many > 1) {
                free.insert(free.end(), shared_.begin(), shared_.end());
            }
            move(free, {});
            keep_best();
        }
    }
}

Result<BlockSearchResult> BlockSearch::run() {
    ADIC_TRY(const bool may_have_point, relax());
    if (!may_have_point || result_.is_out_of_time || is_enough()) {
        result_.is_infeasible = !may_have_point;
        return std::move(result_);
    }
    round_shared();
    make_whole();
    mend();
    keep_best();
    if (!is_enough()) {
        bound_blocks();
        improve();
    }
    result_.is_out_of_time = is_late();
    return std::move(result_);
}

}  // namespace

double BlockSearchResult::gap() const {
    return values.empty() ? infinity : (objective - bound) / std::max(1.0, std::abs(objective));
}

Result<BlockSearchResult>
search_blocks(const LinearModel& model, const Blocks& blocks, const BlockSearchOptions& options) {
    return BlockSearch(model, blocks, options).run();
}

}  // namespace adic::procure
