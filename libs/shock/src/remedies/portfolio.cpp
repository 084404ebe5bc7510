#include "adic/shock/remedies/portfolio.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <queue>
#include <tuple>
#include <utility>

namespace adic::shock {
namespace {

/// Losses that were computed, in an order that does not depend on how long they took.
class Losses {
  public:
    Losses(const LossFunction& function, std::size_t most) : function_(function), left_(most) {}

    /// Computes those that are not known. False: too few are left, and none was computed.
    Result<bool> want(std::span<const Purchases> plans) {
        std::vector<Purchases> unknown;
        for (const Purchases& plan : plans) {
            if (!known_.contains(plan) && std::ranges::find(unknown, plan) == unknown.end()) {
                unknown.push_back(plan);
            }
        }
        if (unknown.size() > left_) {
            return false;
        }
        constexpr std::size_t together = 64;
        for (std::size_t first = 0; first < unknown.size(); first += together) {
            const std::size_t count = std::min(together, unknown.size() - first);
            const auto some = std::span<const Purchases>(unknown).subspan(first, count);
            ADIC_TRY(const std::vector<double> losses, function_(some));
            for (std::size_t i = 0; i < count; ++i) {
                known_.emplace(some[i], losses[i]);
            }
        }
        left_ -= unknown.size();
        return true;
    }

    double of(const Purchases& plan) const { return known_.at(plan); }

    std::size_t count() const { return known_.size(); }

  private:
    const LossFunction& function_;
    std::size_t left_;
    std::map<Purchases, double> known_;
};

/// Part of a tree of decisions: at least `bought`, at most `most`.
struct Node {
    Purchases bought;
    Purchases most;
};

class Search {
  public:
    Search(const Offers& offers, const LossFunction& function, const SearchLimits& limits)
        : offers_(offers)
        , losses_(function, limits.evaluations)
        , tolerance_(limits.close_enough) {}

    Result<Portfolio> run() && {
        const Purchases nothing(offers_.size(), 0);
        const Node root{nothing, within_budget({nothing, offers_.most})};
        ADIC_TRY(const bool can_start, losses_.want(std::vector{nothing, root.most}));
        if (!can_start) {
            return Error{ErrorCode::invalid_argument, "too few evaluations to look at all", {}};
        }
        best_ = nothing;
        without_ = losses_.of(nothing);
        least_ = without_;
        tolerance_ *= std::max(without_, 0.0);
        bound_ = losses_.of(root.most);
        note_pair(nothing, root.most);
        offer(root.most);
        ADIC_TRY(const bool is_done, look(root));
        ADIC_TRY(const bool is_trimmed, trim());
        static_cast<void>(is_done && is_trimmed);
        return result();
    }

  private:
    enum class Greed { per_cost, at_all };

    /// False: the limit came first.
    Result<bool> look(const Node& root) {
        ADIC_TRY(const bool was_ranked, rank(root));
        if (!was_ranked) {
            return false;
        }
        const Purchases nothing(offers_.size(), 0);
        ADIC_TRY(const bool was_grown, grow(nothing, Greed::per_cost));
        ADIC_TRY(const bool was_grown_large, grow(nothing, Greed::at_all));
        ADIC_TRY(const bool was_shrunk, shrink(useful_of(root.most)));
        ADIC_TRY(const bool was_exchanged, exchange());
        const bool is_time_left = was_grown && was_grown_large && was_shrunk && was_exchanged;
        return is_time_left ? prove(root) : Result(false);
    }

    bool can_add(const Purchases& plan, std::size_t r) const {
        return is_useful_[r] && plan[r] < offers_.most[r]
               && offers_.cost_of(plan) + offers_.cost[r] <= offers_.budget;
    }

    static Purchases changed(Purchases plan, std::size_t r, std::int32_t by) {
        plan[r] = static_cast<std::uint32_t>(static_cast<std::int64_t>(plan[r]) + by);
        return plan;
    }

    /// The most of each that can still be paid for, as if it were the only one.
    Purchases within_budget(const Node& node) const {
        const std::int64_t left = offers_.budget - offers_.cost_of(node.bought);
        Purchases most = node.bought;
        for (std::size_t r = 0; r < most.size(); ++r) {
            while (most[r] < node.most[r]
                   && offers_.cost[r] * (most[r] + 1 - node.bought[r]) <= left) {
                ++most[r];
            }
        }
        return most;
    }

    /// Takes the plan if it is better, or as good as the best and cheaper.
    void offer(const Purchases& plan) {
        if (offers_.cost_of(plan) > offers_.budget) {
            return;
        }
        const double loss = losses_.of(plan);
        least_ = std::min(least_, loss);
        const bool is_good = loss <= least_ + tolerance_;
        const bool is_best_good = losses_.of(best_) <= least_ + tolerance_;
        if (is_good && (!is_best_good || offers_.cost_of(plan) < offers_.cost_of(best_))) {
            best_ = plan;
        }
    }

    void note_pair(const Purchases& smaller, const Purchases& larger) {
        ++compared_;
        worst_rise_ = std::max(worst_rise_, losses_.of(larger) - losses_.of(smaller));
    }

    /// The order in which the tree decides: first what matters most to the bound.
    Result<bool> rank(const Node& root) {
        std::vector<Purchases> without;
        for (std::size_t r = 0; r < offers_.size(); ++r) {
            if (root.most[r] > 0) {
                without.push_back(root.most);
                without.back()[r] = 0;
                order_.push_back(r);
            }
        }
        ADIC_TRY(const bool is_known, losses_.want(without));
        if (!is_known) {
            return false;
        }
        std::vector<double> missed(offers_.size(), 0.0);
        for (std::size_t i = 0; i < order_.size(); ++i) {
            missed[order_[i]] = losses_.of(without[i]);
            note_pair(without[i], root.most);
        }
        ADIC_TRY(const bool is_ready, find_useful(root, missed));
        std::ranges::stable_sort(order_, [&](std::size_t a, std::size_t b) {
            return missed[a] > missed[b];
        });
        return is_ready;
    }

    /// What gains something alone, or is missed when everything else is there. The search for good
    /// purchases looks at nothing else; the bound does.
    Result<bool> find_useful(const Node& root, std::span<const double> missed) {
        std::vector<Purchases> alone;
        for (const std::size_t r : order_) {
            alone.push_back(changed(root.bought, r, 1));
        }
        ADIC_TRY(const bool is_known, losses_.want(alone));
        if (!is_known) {
            return false;
        }
        is_useful_.assign(offers_.size(), false);
        for (std::size_t i = 0; i < order_.size(); ++i) {
            const std::size_t r = order_[i];
            is_useful_[r] = losses_.of(alone[i]) < without_ - tolerance_
                            || missed[r] > losses_.of(root.most) + tolerance_;
        }
        return true;
    }

    /// Adds what gains most until nothing gains.
    Result<bool> grow(Purchases plan, Greed greed) {
        while (true) {
            std::vector<Purchases> larger;
            std::vector<std::size_t> added;
            for (const std::size_t r : order_) {
                if (can_add(plan, r)) {
                    larger.push_back(changed(plan, r, 1));
                    added.push_back(r);
                }
            }
            ADIC_TRY(const bool is_known, losses_.want(larger));
            if (!is_known) {
                return false;
            }
            double most = 0;
            std::optional<std::size_t> next;
            for (std::size_t i = 0; i < larger.size(); ++i) {
                const double gain = losses_.of(plan) - losses_.of(larger[i]);
                const auto cost =
                    static_cast<double>(std::max<std::int64_t>(1, offers_.cost[added[i]]));
                const double worth = greed == Greed::per_cost ? gain / cost : gain;
                note_pair(plan, larger[i]);
                if (gain > tolerance_ && worth > most) {
                    most = worth;
                    next = i;
                }
            }
            if (!next) {
                return true;
            }
            plan = larger[*next];
            offer(plan);
        }
    }

    Purchases useful_of(Purchases plan) const {
        for (std::size_t r = 0; r < plan.size(); ++r) {
            plan[r] = is_useful_[r] ? plan[r] : 0;
        }
        return plan;
    }

    /// Leaves out what is missed least until the budget is enough, then adds what still fits.
    Result<bool> shrink(Purchases plan) {
        while (offers_.cost_of(plan) > offers_.budget) {
            std::vector<Purchases> smaller{plan};
            std::vector<std::size_t> removed{0};
            for (const std::size_t r : order_) {
                if (plan[r] > 0) {
                    smaller.push_back(changed(plan, r, -1));
                    removed.push_back(r);
                }
            }
            ADIC_TRY(const bool is_known, losses_.want(smaller));
            if (!is_known) {
                return false;
            }
            std::vector<std::pair<double, std::size_t>> missed;
            for (std::size_t i = 1; i < smaller.size(); ++i) {
                const auto cost =
                    static_cast<double>(std::max<std::int64_t>(1, offers_.cost[removed[i]]));
                note_pair(smaller[i], plan);
                missed.emplace_back((losses_.of(smaller[i]) - losses_.of(plan)) / cost, i);
            }
            std::ranges::stable_sort(missed, {}, &std::pair<double, std::size_t>::first);
            // A quarter at once, so that long lists take few rounds.
            for (std::size_t i = 0; i <= missed.size() / 4; ++i) {
                if (offers_.cost_of(plan) > offers_.budget) {
                    --plan[removed[missed[i].second]];
                }
            }
        }
        ADIC_TRY(const bool is_known, losses_.want({&plan, 1}));
        if (!is_known) {
            return false;
        }
        offer(plan);
        return grow(plan, Greed::per_cost);
    }

    /// Leaves out of the best what it is as good without.
    Result<bool> trim() {
        while (true) {
            const Purchases from = best_;
            std::vector<Purchases> smaller;
            for (std::size_t r = 0; r < from.size(); ++r) {
                if (from[r] > 0 && offers_.cost[r] > 0) {
                    smaller.push_back(changed(from, r, -1));
                }
            }
            ADIC_TRY(const bool is_known, losses_.want(smaller));
            if (!is_known) {
                return false;
            }
            for (const Purchases& one : smaller) {
                offer(one);
            }
            if (best_ == from) {
                return true;
            }
        }
    }

    /// Gives up one purchase for others while that helps: for one, or for two that only help
    /// together, of those that the full list misses most.
    Result<bool> exchange() {
        constexpr int rounds = 8;
        for (int round = 0; round < rounds; ++round) {
            const Purchases from = best_;
            std::vector<Purchases> others;
            add_exchanges(from, others);
            ADIC_TRY(const bool is_known, losses_.want(others));
            if (!is_known) {
                return true;  // what is known stays good; the tree goes on with what is left
            }
            for (const Purchases& other : others) {
                offer(other);
            }
            if (best_ == from) {
                return true;
            }
        }
        return true;
    }

    void add_exchanges(const Purchases& from, std::vector<Purchases>& others) const {
        constexpr std::size_t pairs_among = 8;
        std::vector<Purchases> bases{from};
        for (const std::size_t r : order_) {
            if (from[r] > 0) {
                bases.push_back(changed(from, r, -1));
            }
        }
        for (const Purchases& base : bases) {
            for (const std::size_t r : order_) {
                if (can_add(base, r)) {
                    others.push_back(changed(base, r, 1));
                }
            }
        }
        const std::size_t few = std::min(pairs_among, order_.size());
        for (std::size_t a = 0; a < few; ++a) {
            for (std::size_t b = a + 1; b < few; ++b) {
                if (can_add(from, order_[a])) {
                    const Purchases one = changed(from, order_[a], 1);
                    if (can_add(one, order_[b])) {
                        others.push_back(changed(one, order_[b], 1));
                    }
                }
            }
        }
    }

    /// Branch and bound, the least bound first; ties in the order of making.
    struct Open {
        double bound;
        std::size_t number;
        Node node;

        bool operator<(const Open& other) const {
            return std::tuple(other.bound, other.number) < std::tuple(bound, number);
        }
    };

    std::optional<std::size_t> undecided(const Node& node) const {
        for (const std::size_t r : order_) {
            if (node.most[r] > node.bought[r]) {
                return r;
            }
        }
        return std::nullopt;
    }

    /// Both ways to decide about the next thing: no more of it, or one more at least.
    std::vector<Node> children(const Node& node) const {
        std::vector<Node> made;
        if (const auto r = undecided(node)) {
            Node none = node;
            none.most[*r] = node.bought[*r];
            Node one{changed(node.bought, *r, 1), node.most};
            for (Node* child : {&one, &none}) {
                child->most = within_budget(*child);
                made.push_back(std::move(*child));
            }
        }
        return made;
    }

    /// False: the limit came first; the bound is that of what is still open.
    Result<bool> prove(const Node& root) {
        constexpr std::size_t together = 4;
        std::priority_queue<Open> open;
        std::size_t number = 0;
        open.push({losses_.of(root.most), number++, root});
        while (!open.empty() && open.top().bound < least_ - tolerance_) {
            bound_ = open.top().bound;
            std::vector<Node> next;
            std::vector<Purchases> wanted;
            while (!open.empty() && next.size() < 2 * together
                   && open.top().bound < least_ - tolerance_) {
                for (Node& child : children(open.top().node)) {
                    wanted.push_back(child.most);
                    next.push_back(std::move(child));
                }
                open.pop();
            }
            ADIC_TRY(const bool is_known, losses_.want(wanted));
            if (!is_known) {
                return false;
            }
            for (Node& child : next) {
                const double bound = losses_.of(child.most);
                note_pair(child.most, root.most);
                if (offers_.cost_of(child.most) <= offers_.budget) {
                    offer(child.most);
                } else if (bound < least_ - tolerance_) {
                    open.push({bound, number++, std::move(child)});
                }
            }
        }
        bound_ = losses_.of(best_);  // to within the tolerance
        return true;
    }

    Portfolio result() {
        Portfolio made;
        made.bought = best_;
        made.cost = offers_.cost_of(best_);
        made.without = without_;
        made.loss = losses_.of(best_);
        made.bound = std::min(bound_, made.loss);
        made.evaluations = losses_.count();
        made.compared = compared_;
        made.worst_rise = worst_rise_ > tolerance_ ? worst_rise_ : 0.0;
        return made;
    }

    const Offers& offers_;
    Losses losses_;
    double tolerance_;
    Purchases best_;
    double without_ = 0;
    double least_ = 0;  ///< of what is within the budget and known
    double bound_ = 0;
    std::vector<std::size_t> order_;
    std::vector<bool> is_useful_;
    std::size_t compared_ = 0;
    double worst_rise_ = 0;
};

}  // namespace

std::int64_t Offers::cost_of(const Purchases& bought) const {
    std::int64_t sum = 0;
    for (std::size_t r = 0; r < bought.size(); ++r) {
        sum += cost[r] * bought[r];
    }
    return sum;
}

double Portfolio::gap() const {
    const double at_best = without - bound;
    return at_best > 0 ? std::max(0.0, (loss - bound) / at_best) : 0.0;
}

Result<Portfolio>
find_portfolio(const Offers& offers, const LossFunction& loss, const SearchLimits& limits) {
    constexpr std::int64_t dearest = 1'000'000'000'000'000;
    const auto is_cost = [](std::int64_t cost) { return cost >= 0 && cost <= dearest; };
    if (offers.most.size() != offers.size() || !is_cost(offers.budget)
        || !std::ranges::all_of(offers.cost, is_cost)) {
        return Error{ErrorCode::invalid_argument, "costs and the budget must be at least 0", {}};
    }
    return Search(offers, loss, limits).run();
}

}  // namespace adic::shock
