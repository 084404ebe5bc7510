#include "adic/procure/award_coalitions.hpp"

#include "adic/base/parallel.hpp"

#include "award/plan_members.hpp"
#include "award/words.hpp"

#include <algorithm>
#include <bit>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace adic::procure {
namespace {

using Kind = CoalitionPlan::Kind;

bool has(Coalition coalition, std::size_t player) {
    return (coalition >> player & 1U) != 0;
}

Coalition single(std::size_t player) {
    return Coalition{1} << player;
}

std::int32_t first_year_needed(const AwardProblem& problem) {
    std::int32_t first = problem.demands.front().year;
    for (const AwardDemand& demand : problem.demands) {
        first = std::min(first, demand.year);
    }
    return first;
}

/// Whether a rule says something of a purchase with these demands.
bool is_about(const AwardRule& rule, const std::vector<AwardDemand>& demands) {
    return rule.kind != AwardRuleKind::least_suppliers
           || std::ranges::any_of(demands, [&](const AwardDemand& demand) {
                  return demand.item == *rule.item && (!rule.year || *rule.year == demand.year);
              });
}

/// All sets of one number of states, in their order.
std::vector<Coalition> sets_of_size(std::size_t players, int size) {
    std::vector<Coalition> sets;
    for (Coalition set = 1; set < single(players); ++set) {
        if (std::popcount(set) == size) {
            sets.push_back(set);
        }
    }
    return sets;
}

/// Plans sets of states in waves: what a set needs of others is finished before.
class Waves {
  public:
    Waves(const AwardProblem& problem, const CoalitionRun& run)
        : problem_(problem)
        , run_(run)
        , players_(buying_states(problem))
        , plans_(std::size_t{1} << players_.size()) {
        plans_[0].kind = Kind::planned;
    }

    Result<std::vector<CoalitionPlan>> planned() {
        const auto most = static_cast<int>(players_.size());
        for (int size = 1; size <= most; ++size) {
            run_wave(size, [this](Coalition set) { return plan(set); });
        }
        for (int size = most - 1; size >= 1; --size) {
            run_wave(size, [this](Coalition set) { return hand_down(set); });
        }
        for (int size = 2; size <= most; ++size) {
            run_wave(size, [this](Coalition set) { return hand_up(set); });
        }
        if (error_) {
            return *std::move(error_);
        }
        return std::move(plans_);
    }

  private:
    template <typename PlanSet>
    void run_wave(int size, const PlanSet& plan_set) {
        const std::vector<Coalition> sets = sets_of_size(players_.size(), size);
        parallel_ranges(
            sets.size(),
            1,
            [&](std::size_t begin, std::size_t end) {
                for (std::size_t s = begin; s < end && !is_over(); ++s) {
                    auto made = plan_set(sets[s]);
                    if (made) {
                        plans_[sets[s]] = *std::move(made);
                    } else {
                        end_with(std::move(made).error());
                    }
                }
            },
            run_.threads
        );
    }

    bool is_over() {
        if (run_.stop.stop_requested()) {
            end_with({ErrorCode::interrupted, "interrupted before the end", {}});
        }
        const std::lock_guard lock{mutex_};
        return error_.has_value();
    }

    void end_with(Error error) {
        const std::lock_guard lock{mutex_};
        if (!error_) {
            error_ = std::move(error);
        }
    }

    Result<CoalitionPlan> plan(Coalition set) {
        if (run_.find) {
            const std::lock_guard lock{mutex_};
            if (auto kept = run_.find(set)) {
                return *std::move(kept);
            }
        }
        const AwardProblem problem = problem_of_members(problem_, set);
        CoalitionPlan known = best_of(problem, {}, from_smaller(set));
        ADIC_TRY(
            CoalitionPlan made,
            plan_members(problem, std::move(known), {run_.relative_gap, run_.stop})
        );
        if (run_.keep) {
            const std::lock_guard lock{mutex_};
            if (auto problem_of_keeping = run_.keep(set, made)) {
                return *std::move(problem_of_keeping);
            }
        }
        return made;
    }

    Result<CoalitionPlan> hand_up(Coalition set) {
        return best_of(problem_of_members(problem_, set), plans_[set], from_smaller(set));
    }

    Result<CoalitionPlan> hand_down(Coalition set) {
        std::vector<Deliveries> candidates;
        for (std::size_t p = 0; p < players_.size(); ++p) {
            const CoalitionPlan& larger = plans_[set | single(p)];
            if (!has(set, p) && larger.kind == Kind::planned) {
                for (const bool keeps_pieces : {false, true}) {
                    candidates.push_back(without_state(larger.deliveries, players_[p], keeps_pieces)
                    );
                }
            }
        }
        // What was impossible for the solver stays so: there a candidate can only be an error.
        return plans_[set].kind == Kind::impossible
                   ? plans_[set]
                   : best_of(problem_of_members(problem_, set), plans_[set], candidates);
    }

    /// The plans of one state and of the others together.
    std::vector<Deliveries> from_smaller(Coalition set) const {
        std::vector<Deliveries> candidates;
        for (std::size_t p = 0; p < players_.size() && std::popcount(set) > 1; ++p) {
            const CoalitionPlan& alone = plans_[single(p)];
            const CoalitionPlan& others = plans_[set & ~single(p)];
            if (has(set, p) && alone.kind == Kind::planned && others.kind == Kind::planned) {
                candidates.push_back(merged(others.deliveries, alone.deliveries));
            }
        }
        return candidates;
    }

    const AwardProblem& problem_;
    const CoalitionRun& run_;
    std::vector<std::size_t> players_;
    std::vector<CoalitionPlan> plans_;
    std::mutex mutex_ = {};
    std::optional<Error> error_ = {};
};

/// The Shapley value of a player if sets with it cost the one and sets without it the other.
double value_between(
    const CostGame& game,
    std::size_t player,
    const std::vector<Cents>& with,
    const std::vector<Cents>& without
) {
    CostGame mixed = game;
    for (Coalition set = 1; set < mixed.costs.size(); ++set) {
        mixed.costs[set] = has(set, player) ? with[set] : without[set];
    }
    return to_double(shapley_shares(mixed)[player]);
}

}  // namespace

std::vector<std::size_t> buying_states(const AwardProblem& problem) {
    std::vector<bool> needs(problem.states.size(), false);
    for (const AwardDemand& demand : problem.demands) {
        needs[demand.state] = true;
    }
    std::vector<std::size_t> buying;
    for (std::size_t s = 0; s < needs.size(); ++s) {
        if (needs[s]) {
            buying.push_back(s);
        }
    }
    return buying;
}

AwardProblem problem_of_members(const AwardProblem& problem, Coalition members) {
    const std::vector<std::size_t> players = buying_states(problem);
    std::vector<bool> is_member(problem.states.size(), false);
    for (std::size_t p = 0; p < players.size(); ++p) {
        is_member[players[p]] = has(members, p);
    }
    AwardProblem part = problem;
    std::erase_if(part.demands, [&](const AwardDemand& one) { return !is_member[one.state]; });
    std::erase_if(part.rules, [&](const AwardRule& rule) { return !is_about(rule, part.demands); });
    if (!part.awarded_in && !problem.demands.empty()) {
        part.awarded_in = first_year_needed(problem);
    }
    return part;
}

Result<std::vector<CoalitionPlan>>
plan_coalitions(const AwardProblem& problem, const CoalitionRun& run) {
    const std::size_t players = buying_states(problem).size();
    if (players < 2 || players > model::most_exact_players) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format(
                "a game has 2 to {} states that need something; here there are {}",
                model::most_exact_players,
                players
            ),
            {}};
    }
    return Waves(problem, run).planned();
}

AwardGame game_of(const AwardProblem& problem, const std::vector<CoalitionPlan>& plans) {
    AwardGame made;
    for (const std::size_t state : buying_states(problem)) {
        made.game.players.push_back(problem.states[state]);
    }
    const std::size_t sets = plans.size();
    made.game.costs.assign(sets, 0);
    made.at_least.assign(sets, 0);
    made.stands_for.assign(sets, 0);
    for (auto set = static_cast<Coalition>(sets - 1); set > 0; --set) {
        Coalition best = set;
        for (std::size_t p = 0; p < made.game.size() && plans[set].kind != Kind::planned; ++p) {
            if (!has(set, p)) {
                const Coalition larger = made.stands_for[set | single(p)];
                best = best == set || plans[larger].cost < plans[best].cost ? larger : best;
            }
        }
        made.stands_for[set] = best;
        made.game.costs[set] = plans[best].cost;
        made.at_least[set] = plans[best].bound;
    }
    made.shapley = shapley_shares(made.game);
    for (std::size_t p = 0; p < made.game.size(); ++p) {
        const std::vector<Cents>& most = made.game.costs;
        made.shapley_least.push_back(value_between(made.game, p, made.at_least, most));
        made.shapley_most.push_back(value_between(made.game, p, most, made.at_least));
    }
    return made;
}

}  // namespace adic::procure
