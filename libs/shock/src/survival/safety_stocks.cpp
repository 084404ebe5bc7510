#include "adic/shock/survival/stockpile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace adic::shock {
namespace {

constexpr std::uint32_t most_periods = 2'000;
constexpr double most_work = 4e9;
constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);
constexpr double infinity = std::numeric_limits<double>::infinity();

Error wrong(const char* why) {
    return {ErrorCode::invalid_argument, why, {}};
}

/// A least value and where it lies.
struct Least {
    double cost = infinity;
    std::uint32_t at = 0;
};

/// The tree, taken apart from its leaves: each stage with its parent, the one neighbour that is
/// left when its turn comes.
struct Tree {
    std::vector<std::vector<std::uint32_t>> suppliers;
    std::vector<std::vector<std::uint32_t>> customers;
    std::vector<std::uint32_t> order;
    std::vector<std::uint32_t> parent;  ///< none for the last
    std::vector<bool> parent_is_customer;
    std::vector<std::uint32_t> longest;  ///< periods of the longest path that ends here
};

Result<Tree> tree_of(std::span<const ServiceStage> stages, std::span<const ServiceLink> links) {
    const std::size_t count = stages.size();
    if (count == 0 || links.size() + 1 != count) {
        return wrong("the stages are not one tree: there is one link less than stages");
    }
    Tree tree;
    tree.suppliers.resize(count);
    tree.customers.resize(count);
    for (const ServiceLink& link : links) {
        if (link.from >= count || link.to >= count || link.from == link.to) {
            return wrong("a link names a stage that is not there, or itself");
        }
        tree.suppliers[link.to].push_back(link.from);
        tree.customers[link.from].push_back(link.to);
    }
    tree.parent.assign(count, none);
    tree.parent_is_customer.assign(count, false);
    return tree;
}

/// Leaves first. False if it is no tree.
bool take_apart(Tree& tree) {
    const std::size_t count = tree.parent.size();
    std::vector<std::uint32_t> neighbours;
    std::vector<bool> is_taken(count, false);
    for (std::uint32_t stage = 0; stage < count; ++stage) {
        neighbours.push_back(
            static_cast<std::uint32_t>(tree.suppliers[stage].size() + tree.customers[stage].size())
        );
        if (neighbours.back() <= 1) {
            tree.order.push_back(stage);
        }
    }
    for (std::size_t next = 0; next < tree.order.size(); ++next) {
        const std::uint32_t stage = tree.order[next];
        is_taken[stage] = true;
        const auto visit = [&](std::uint32_t neighbour, bool is_customer) {
            if (is_taken[neighbour]) {
                return;
            }
            tree.parent[stage] = neighbour;
            tree.parent_is_customer[stage] = is_customer;
            if (--neighbours[neighbour] == 1) {
                tree.order.push_back(neighbour);
            }
        };
        std::ranges::for_each(tree.suppliers[stage], [&](auto s) { visit(s, false); });
        std::ranges::for_each(tree.customers[stage], [&](auto c) { visit(c, true); });
    }
    return tree.order.size() == count;
}

/// The longest paths, suppliers first. False if one is too long.
bool find_longest(std::span<const ServiceStage> stages, Tree& tree) {
    tree.longest.assign(stages.size(), 0);
    std::vector<std::uint32_t> queue;
    std::vector<std::size_t> left;
    for (std::uint32_t stage = 0; stage < stages.size(); ++stage) {
        left.push_back(tree.suppliers[stage].size());
        if (left.back() == 0) {
            queue.push_back(stage);
        }
    }
    for (std::size_t next = 0; next < queue.size(); ++next) {
        const std::uint32_t stage = queue[next];
        if (stages[stage].periods > most_periods
            || tree.longest[stage] + stages[stage].periods > most_periods) {
            return false;
        }
        tree.longest[stage] += stages[stage].periods;
        for (const std::uint32_t customer : tree.customers[stage]) {
            tree.longest[customer] = std::max(tree.longest[customer], tree.longest[stage]);
            if (--left[customer] == 0) {
                queue.push_back(customer);
            }
        }
    }
    return true;
}

/// The dynamic program of Graves and Willems over service times.
class Placement {
  public:
    Placement(std::span<const ServiceStage> stages, const Tree& tree, double safety)
        : stages_(stages)
        , tree_(&tree)
        , safety_(safety)
        , best_(stages.size())
        , other_(stages.size()) {}

    ServicePlan place() {
        for (const std::uint32_t stage : tree_->order) {
            solve(stage);
        }
        ServicePlan plan{std::vector<StagePlan>(stages_.size()), 0.0};
        std::vector<std::uint32_t> inbound(stages_.size(), 0);
        std::vector<std::uint32_t> service(stages_.size(), 0);
        for (std::size_t i = tree_->order.size(); i-- > 0;) {
            read(tree_->order[i], inbound, service);
        }
        for (std::uint32_t stage = 0; stage < stages_.size(); ++stage) {
            const std::uint32_t covered = inbound[stage] + stages_[stage].periods - service[stage];
            const double stock = stock_of(stage, covered);
            plan.stages[stage] = {service[stage], covered, stock};
            plan.cost += stages_[stage].holding_cost * stock;
        }
        return plan;
    }

  private:
    double stock_of(std::uint32_t stage, std::uint32_t covered) const {
        return safety_ * stages_[stage].use_sd * std::sqrt(static_cast<double>(covered));
    }

    std::uint32_t most_inbound(std::uint32_t stage) const {
        return tree_->longest[stage] - stages_[stage].periods;
    }

    std::uint32_t most_service(std::uint32_t stage) const {
        const bool is_last = tree_->customers[stage].empty();
        return is_last ? std::min(stages_[stage].promised, tree_->longest[stage])
                       : tree_->longest[stage];
    }

    bool is_child(std::uint32_t neighbour, std::uint32_t stage) const {
        return tree_->parent[neighbour] == stage;
    }

    /// Cost of the stage and all below it, if it is supplied within `in` and delivers within `out`.
    double cost(std::uint32_t stage, std::uint32_t in, std::uint32_t out) const {
        double sum =
            stages_[stage].holding_cost * stock_of(stage, in + stages_[stage].periods - out);
        for (const std::uint32_t supplier : tree_->suppliers[stage]) {
            if (is_child(supplier, stage)) {
                sum += best_[supplier][std::min<std::size_t>(in, best_[supplier].size() - 1)].cost;
            }
        }
        for (const std::uint32_t customer : tree_->customers[stage]) {
            if (is_child(customer, stage)) {
                sum += best_[customer][out].cost;
            }
        }
        return sum;
    }

    /// For a stage whose parent is its customer: the least cost for each service time up to it. For
    /// one whose parent supplies it: for each inbound time from it on. The last: for any.
    void solve(std::uint32_t stage) {
        const bool by_service = tree_->parent[stage] == none || tree_->parent_is_customer[stage];
        const std::uint32_t most_in = most_inbound(stage);
        const std::uint32_t most_out = most_service(stage);
        const std::uint32_t outer = by_service ? most_out : most_in;
        std::vector<Least>& table = best_[stage];
        std::vector<std::uint32_t>& others = other_[stage];
        table.assign(outer + 1, {});
        others.assign(outer + 1, 0);
        for (std::uint32_t in = 0; in <= most_in; ++in) {
            const std::uint32_t last = std::min(most_out, in + stages_[stage].periods);
            for (std::uint32_t out = 0; out <= last; ++out) {
                const double found = cost(stage, in, out);
                const std::uint32_t key = by_service ? out : in;
                if (found < table[key].cost) {
                    table[key] = {found, key};
                    others[key] = by_service ? in : out;
                }
            }
        }
        if (by_service) {
            for (std::uint32_t out = 1; out <= outer; ++out) {
                table[out] = table[out - 1].cost <= table[out].cost ? table[out - 1] : table[out];
            }
        } else {
            for (std::uint32_t in = outer; in-- > 0;) {
                table[in] = table[in + 1].cost < table[in].cost ? table[in + 1] : table[in];
            }
        }
    }

    /// The times of a stage, when those of its parent are known.
    void read(
        std::uint32_t stage,
        std::vector<std::uint32_t>& inbound,
        std::vector<std::uint32_t>& service
    ) const {
        const std::uint32_t parent = tree_->parent[stage];
        const auto last = static_cast<std::uint32_t>(best_[stage].size() - 1);
        if (parent == none || tree_->parent_is_customer[stage]) {
            const std::uint32_t within = parent == none ? last : std::min(last, inbound[parent]);
            service[stage] = best_[stage][within].at;
            inbound[stage] = other_[stage][service[stage]];
        } else {
            inbound[stage] = best_[stage][service[parent]].at;
            service[stage] = other_[stage][inbound[stage]];
        }
    }

    std::span<const ServiceStage> stages_;
    const Tree* tree_;
    double safety_;
    std::vector<std::vector<Least>> best_;
    std::vector<std::vector<std::uint32_t>> other_;
};

}  // namespace

Result<ServicePlan> place_safety_stocks(
    std::span<const ServiceStage> stages,
    std::span<const ServiceLink> links,
    double safety
) {
    const auto is_good = [](const ServiceStage& stage) {
        return stage.holding_cost >= 0.0 && stage.use_sd >= 0.0 && std::isfinite(stage.holding_cost)
               && std::isfinite(stage.use_sd);
    };
    if (!(safety >= 0.0 && std::isfinite(safety)) || !std::ranges::all_of(stages, is_good)) {
        return wrong("costs, standard deviations and safety must be 0 or more");
    }
    ADIC_TRY(Tree tree, tree_of(stages, links));
    if (!take_apart(tree)) {
        return wrong("the stages are not one tree");
    }
    if (!find_longest(stages, tree)) {
        return wrong("the longest path takes more than 2,000 periods");
    }
    const auto longest = static_cast<double>(std::ranges::max(tree.longest));
    if (static_cast<double>(stages.size()) * longest * longest > most_work) {
        return wrong("so many stages over so many periods would take hours; use longer periods");
    }
    return Placement(stages, tree, safety).place();
}

}  // namespace adic::shock
