#include "award/split_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace adic::procure {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

enum class Delivers : std::uint8_t { open, yes, no };

struct Prices {
    std::vector<double> of_capacity;  ///< of all of it
    std::vector<double> of_order;     ///< its part of what its supplier costs
};

struct Node {
    std::vector<Span> spans;         ///< of each order
    std::vector<Delivers> delivers;  ///< of each supplier
    Prices prices;
    double bound = -infinite;
};

/// The cents below which no plan is: costs are whole, and not below 0.
Cents cents_of(double bound) {
    constexpr double rounding = 1e-3;
    return bound > 0.0 ? static_cast<Cents>(std::ceil(bound - rounding)) : 0;
}

/// What planning the blocks at some prices comes to.
enum class Valued : std::uint8_t { bounded, impossible, undecided };

/// A sum, and how far off rounding may be.
class RoundedDown {
  public:
    void add(double term) {
        sum_ += term;
        size_ += std::abs(term);
    }

    /// Not above the sum of the terms.
    double value() const { return sum_ - 1e-11 * size_; }

  private:
    double sum_ = 0.0;
    double size_ = 0.0;
};

class SplitSearch {
  public:
    SplitSearch(const SplitPurchase& purchase, const SplitSearchOptions& options)
        : purchase_(purchase)
        , options_(options)
        , suppliers_(purchase.supplier_costs.size())
        , capacities_of_(purchase.orders())
        , orders_of_(suppliers_)
        , own_capacities_(suppliers_)
        , plans_(purchase.blocks.size())
        , terms_(purchase.blocks.size())
        , mean_open_(purchase.orders(), 0.0)
        , mean_pieces_(purchase.orders(), 0.0)
        , usage_(purchase.capacities.size(), 0) {
        for (std::size_t o = 0; o < purchase.orders(); ++o) {
            orders_of_[purchase.order(o).supplier].push_back(o);
        }
        for (std::size_t c = 0; c < purchase.capacities.size(); ++c) {
            const SharedCapacity& capacity = purchase.capacities[c];
            const std::size_t supplier = purchase.order(capacity.uses.front().order).supplier;
            bool is_own = true;
            for (const SharedCapacity::Use& use : capacity.uses) {
                capacities_of_[use.order].push_back({c, use.load});
                is_own = is_own && purchase.order(use.order).supplier == supplier;
            }
            if (is_own) {
                own_capacities_[supplier].push_back(c);
            }
            owner_.push_back(is_own ? supplier : none);
        }
    }

    SplitSearchResult found();

  private:
    struct Load {
        std::size_t capacity;
        std::int64_t load;
    };

    Node root() const;
    Prices first_prices() const;
    void explore(Node node, std::size_t steps);
    void leave(const Node& node);

    bool is_enough(const Node& node) const { return cents_of(node.bound) >= enough(); }

    Valued ascend(Node& node, std::size_t steps);
    Valued plan_blocks(const Node& node, const Prices& prices);
    double value_at(const Node& node, const Prices& prices) const;
    OrderTerms terms_of(const Node& node, const Prices& prices, std::size_t order) const;
    double left_of_cost(std::size_t supplier, const Prices& prices) const;
    double part_delivering(const Node& node, const Prices& prices, std::size_t supplier) const;
    void step(const Node& node, double length, Prices& prices);
    void balance(const Node& node, Prices& prices) const;
    void remember_means(bool is_first);
    void branch(const Node& node);
    std::size_t contested_supplier(const Node& node) const;
    std::size_t contested_order(const Node& node) const;
    std::size_t open_supplier(const Node& node) const;
    std::size_t free_order(const Node& node) const;
    bool is_free(const Node& node, std::size_t order) const;
    void branch_on_supplier(const Node& node, std::size_t supplier);
    void branch_on_order(const Node& node, std::size_t order);
    void improve(std::vector<BlockPlan> plans);
    bool replan(std::size_t block, std::vector<BlockPlan>& plans);
    void try_without_suppliers();
    void take(const std::vector<BlockPlan>& plans);

    std::int64_t ordered(const std::vector<BlockPlan>& plans, std::size_t order) const {
        const std::size_t block = purchase_.block_of[order];
        return plans[block].ordered[order - purchase_.first_order[block]];
    }

    /// Close enough for the sum of all blocks to be it.
    BlockPlan planned(std::size_t block, const std::vector<OrderTerms>& terms) const {
        constexpr double part_of_gap = 0.1;
        return plan_block(
            purchase_.blocks[block],
            terms,
            {part_of_gap * options_.relative_gap, options_.most_block_nodes}
        );
    }

    bool has_plan() const { return !result_.plans.empty(); }

    /// The bound from which on nothing is to be found that is worth it.
    Cents enough() const {
        return has_plan() ? result_.cost
                                - static_cast<Cents>(
                                    options_.relative_gap * static_cast<double>(result_.cost)
                                )
                          : std::numeric_limits<Cents>::max();
    }

    bool is_stopped() {
        result_.is_stopped = result_.is_stopped || options_.stop.stop_requested();
        return result_.is_stopped;
    }

    const SplitPurchase& purchase_;
    SplitSearchOptions options_;
    std::size_t suppliers_;
    std::vector<std::vector<Load>> capacities_of_;          ///< by order
    std::vector<std::vector<std::size_t>> orders_of_;       ///< by supplier
    std::vector<std::vector<std::size_t>> own_capacities_;  ///< by supplier
    std::vector<std::size_t> owner_ = {};  ///< of a capacity that one supplier's orders use alone
    std::vector<BlockPlan> plans_;         ///< at the prices that were last looked at
    std::vector<std::vector<OrderTerms>> terms_;  ///< with which they were made
    std::vector<double> mean_open_;
    std::vector<double> mean_pieces_;
    std::vector<std::int64_t> usage_;
    std::size_t closed_ = none;  ///< a supplier that plans are made without
    std::vector<Node> nodes_ = {};
    Cents least_left_ = std::numeric_limits<Cents>::max();  ///< bound of what was left aside
    std::size_t looked_at_ = 0;
    SplitSearchResult result_ = {};
};

Node SplitSearch::root() const {
    Node node;
    for (std::size_t o = 0; o < purchase_.orders(); ++o) {
        std::int64_t most = purchase_.order(o).most();
        for (const Load& load : capacities_of_[o]) {
            most = std::min(most, purchase_.capacities[load.capacity].capacity / load.load);
        }
        node.spans.push_back({0, most});
    }
    for (std::size_t s = 0; s < suppliers_; ++s) {
        const bool is_free = purchase_.supplier_costs[s] == 0 || orders_of_[s].empty();
        node.delivers.push_back(is_free ? Delivers::yes : Delivers::open);
    }
    node.prices = first_prices();
    return node;
}

/// Capacities are free, and orders bear a supplier's cost in proportion to what they could cost.
Prices SplitSearch::first_prices() const {
    Prices prices;
    prices.of_capacity.assign(purchase_.capacities.size(), 0.0);
    prices.of_order.assign(purchase_.orders(), 0.0);
    for (std::size_t s = 0; s < suppliers_; ++s) {
        double all = 0.0;
        for (const std::size_t o : orders_of_[s]) {
            const BlockOrder& order = purchase_.order(o);
            const auto price = static_cast<double>(order.brackets.front().price);
            prices.of_order[o] = price * static_cast<double>(order.most()) + 1.0;
            all += prices.of_order[o];
        }
        for (const std::size_t o : orders_of_[s]) {
            prices.of_order[o] *= static_cast<double>(purchase_.supplier_costs[s]) / all;
        }
    }
    return prices;
}

OrderTerms SplitSearch::terms_of(const Node& node, const Prices& prices, std::size_t order) const {
    OrderTerms terms{node.spans[order].least, node.spans[order].most};
    const std::size_t supplier = purchase_.order(order).supplier;
    terms.most = node.delivers[supplier] == Delivers::no ? 0 : terms.most;
    terms.charge = node.delivers[supplier] == Delivers::open ? prices.of_order[order] : 0.0;
    for (const Load& load : capacities_of_[order]) {
        const auto all = static_cast<double>(purchase_.capacities[load.capacity].capacity);
        terms.surcharge +=
            all > 0.0 ? prices.of_capacity[load.capacity] / all * static_cast<double>(load.load)
                      : 0.0;
    }
    return terms;
}

Valued SplitSearch::plan_blocks(const Node& node, const Prices& prices) {
    for (std::size_t b = 0; b < plans_.size(); ++b) {
        if (is_stopped()) {
            return Valued::undecided;
        }
        std::vector<OrderTerms> terms;
        for (std::size_t o = purchase_.first_order[b]; o < purchase_.first_order[b + 1]; ++o) {
            terms.push_back(terms_of(node, prices, o));
        }
        if (terms != terms_[b]) {
            plans_[b] = planned(b, terms);
            terms_[b] = std::move(terms);
        }
        if (plans_[b].kind != BlockPlan::Kind::found) {
            const bool is_impossible = plans_[b].kind == BlockPlan::Kind::impossible;
            return is_impossible ? Valued::impossible : Valued::undecided;
        }
    }
    std::ranges::fill(usage_, 0);
    for (std::size_t o = 0; o < purchase_.orders(); ++o) {
        for (const Load& load : capacities_of_[o]) {
            usage_[load.capacity] += load.load * ordered(plans_, o);
        }
    }
    return Valued::bounded;
}

/// What is left of a supplier's cost after its orders and capacities bear their parts.
double SplitSearch::left_of_cost(std::size_t supplier, const Prices& prices) const {
    auto left = static_cast<double>(purchase_.supplier_costs[supplier]);
    for (const std::size_t o : orders_of_[supplier]) {
        left -= prices.of_order[o];
    }
    for (const std::size_t c : own_capacities_[supplier]) {
        left -= prices.of_capacity[c];
    }
    return left;
}

/// The bound that the blocks as they are planned make at these prices.
double SplitSearch::value_at(const Node& node, const Prices& prices) const {
    RoundedDown value;
    for (const BlockPlan& plan : plans_) {
        value.add(plan.bound);
    }
    for (std::size_t s = 0; s < suppliers_; ++s) {
        if (node.delivers[s] == Delivers::open) {
            value.add(std::min(0.0, left_of_cost(s, prices)));
        } else if (node.delivers[s] == Delivers::yes && !orders_of_[s].empty()) {
            value.add(static_cast<double>(purchase_.supplier_costs[s]));
            for (const std::size_t c : own_capacities_[s]) {
                value.add(-prices.of_capacity[c]);
            }
        }
    }
    for (std::size_t c = 0; c < owner_.size(); ++c) {
        value.add(owner_[c] == none ? -prices.of_capacity[c] : 0.0);
    }
    return value.value();
}

/// How much of a supplier's cost is borne, in [0, 1].
double SplitSearch::part_delivering(const Node& node, const Prices& prices, std::size_t supplier)
    const {
    if (node.delivers[supplier] != Delivers::open) {
        return node.delivers[supplier] == Delivers::yes ? 1.0 : 0.0;
    }
    const double left = left_of_cost(supplier, prices);
    const double all = static_cast<double>(purchase_.supplier_costs[supplier]);
    if (std::abs(left) > 1e-9 * all) {
        return left < 0.0 ? 1.0 : 0.0;
    }
    double borne = 0.0;
    double most = 0.0;
    for (const std::size_t o : orders_of_[supplier]) {
        most += prices.of_order[o];
        borne += ordered(plans_, o) > 0 ? prices.of_order[o] : 0.0;
    }
    return most > 0.0 ? borne / most : 1.0;
}

/// Along the subgradient by so many cents of the bound.
void SplitSearch::step(const Node& node, double length, Prices& prices) {
    std::vector<double> part;
    for (std::size_t s = 0; s < suppliers_; ++s) {
        part.push_back(part_delivering(node, prices, s));
    }
    std::vector<double> of_order(purchase_.orders(), 0.0);
    std::vector<double> of_capacity(usage_.size(), 0.0);
    double size = 0.0;
    for (std::size_t o = 0; o < of_order.size(); ++o) {
        const std::size_t s = purchase_.order(o).supplier;
        if (node.delivers[s] == Delivers::open) {
            of_order[o] = (ordered(plans_, o) > 0 ? 1.0 : 0.0) - part[s];
            of_order[o] = of_order[o] < 0.0 && prices.of_order[o] == 0.0 ? 0.0 : of_order[o];
            size += of_order[o] * of_order[o];
        }
    }
    for (std::size_t c = 0; c < of_capacity.size(); ++c) {
        const double most = owner_[c] == none ? 1.0 : part[owner_[c]];
        const auto all =
            static_cast<double>(std::max<std::int64_t>(1, purchase_.capacities[c].capacity));
        of_capacity[c] = static_cast<double>(usage_[c]) / all - most;
        const bool stays = of_capacity[c] < 0.0 && prices.of_capacity[c] == 0.0;
        of_capacity[c] = stays ? 0.0 : of_capacity[c];
        size += of_capacity[c] * of_capacity[c];
    }
    if (size == 0.0) {
        return;
    }
    for (std::size_t o = 0; o < of_order.size(); ++o) {
        prices.of_order[o] = std::max(0.0, prices.of_order[o] + length / size * of_order[o]);
    }
    for (std::size_t c = 0; c < of_capacity.size(); ++c) {
        const double moved = prices.of_capacity[c] + length / size * of_capacity[c];
        prices.of_capacity[c] = purchase_.capacities[c].capacity > 0 ? std::max(0.0, moved) : 0.0;
    }
    balance(node, prices);
}

/// The parts of a supplier's cost are made to add up to it.
void SplitSearch::balance(const Node& node, Prices& prices) const {
    for (std::size_t s = 0; s < suppliers_; ++s) {
        if (node.delivers[s] != Delivers::open) {
            continue;
        }
        double all = 0.0;
        for (const std::size_t o : orders_of_[s]) {
            all += prices.of_order[o];
        }
        const double wanted = std::max(0.0, left_of_cost(s, prices) + all);
        for (const std::size_t o : orders_of_[s]) {
            prices.of_order[o] = all > 0.0 ? prices.of_order[o] * wanted / all
                                           : wanted / static_cast<double>(orders_of_[s].size());
        }
    }
}

void SplitSearch::remember_means(bool is_first) {
    const double weight = is_first ? 1.0 : 0.2;
    for (std::size_t o = 0; o < mean_open_.size(); ++o) {
        const auto pieces = static_cast<double>(ordered(plans_, o));
        mean_open_[o] += weight * ((pieces > 0.0 ? 1.0 : 0.0) - mean_open_[o]);
        mean_pieces_[o] += weight * (pieces - mean_pieces_[o]);
    }
}

/// The best bound that some steps find, with its prices. Bounded: the blocks are planned.
Valued SplitSearch::ascend(Node& node, std::size_t steps) {
    constexpr std::size_t patience = 3;
    constexpr double least_part = 0.02;
    Prices prices = node.prices;
    double best = -infinite;
    double part = 1.0;
    std::size_t failed = 0;
    for (std::size_t i = 0; i < steps; ++i) {
        const Valued valued = plan_blocks(node, prices);
        if (valued != Valued::bounded) {
            return valued;
        }
        const double value = value_at(node, prices);
        remember_means(i == 0);
        take(plans_);
        const bool is_little = best > -infinite && value - best < 1e-5 * std::abs(best);
        failed = is_little ? failed + 1 : 0;
        if (value > best) {
            best = value;
            node.prices = prices;
            node.bound = std::max(node.bound, best);
        }
        if (i == 0 || i + 1 == steps || (steps > 20 && i % 10 == 0)) {
            improve(plans_);
        }
        if (is_enough(node)) {
            break;
        }
        if (failed >= patience) {
            part /= 2.0;
            failed = 0;
            prices = node.prices;
            if (part < least_part || plan_blocks(node, prices) != Valued::bounded) {
                break;
            }
        }
        const double target = has_plan() ? static_cast<double>(result_.cost) : 1.05 * value + 1.0;
        step(node, part * std::max(1e-4 * target, target - best), prices);
    }
    return is_stopped() ? Valued::undecided : Valued::bounded;
}

/// The supplier of whose cost the blocks bear a part, and not all: the dearest.
std::size_t SplitSearch::contested_supplier(const Node& node) const {
    std::size_t worst = none;
    double most = 0.0;
    for (std::size_t s = 0; s < suppliers_; ++s) {
        if (node.delivers[s] != Delivers::open) {
            continue;
        }
        double all = 0.0;
        double borne = 0.0;
        for (const std::size_t o : orders_of_[s]) {
            all += node.prices.of_order[o];
            borne += node.prices.of_order[o] * mean_open_[o];
        }
        const double part = all > 0.0 ? borne / all : 0.0;
        const double score =
            static_cast<double>(purchase_.supplier_costs[s]) * std::min(part, 1.0 - part);
        if (part > 0.01 && part < 0.99 && score > most) {
            most = score;
            worst = s;
        }
    }
    return worst;
}

/// Whether there is something to branch on.
bool SplitSearch::is_free(const Node& node, std::size_t order) const {
    return node.delivers[purchase_.order(order).supplier] != Delivers::no
           && node.spans[order].least < node.spans[order].most;
}

/// The order whose pieces waver most, by what they cost in capacity.
std::size_t SplitSearch::contested_order(const Node& node) const {
    std::size_t worst = none;
    double most = 0.0;
    for (std::size_t o = 0; o < purchase_.orders(); ++o) {
        if (!is_free(node, o)) {
            continue;
        }
        const double surcharge = terms_of(node, node.prices, o).surcharge;
        const auto now = static_cast<double>(ordered(plans_, o));
        double score = std::abs(now - mean_pieces_[o]) * (surcharge + 1e-6);
        for (const Load& load : capacities_of_[o]) {
            const bool is_broken =
                usage_[load.capacity] > purchase_.capacities[load.capacity].capacity;
            score += is_broken ? 1e-3 * now * static_cast<double>(load.load) : 0.0;
        }
        if (score > most) {
            most = score;
            worst = o;
        }
    }
    return worst;
}

void SplitSearch::branch_on_supplier(const Node& node, std::size_t supplier) {
    for (const Delivers delivers : {Delivers::yes, Delivers::no}) {
        Node child = node;
        child.delivers[supplier] = delivers;
        explore(std::move(child), 12);
    }
}

void SplitSearch::branch_on_order(const Node& node, std::size_t order) {
    const Span span = node.spans[order];
    const auto mean = static_cast<std::int64_t>(mean_pieces_[order]);
    const std::int64_t split = std::clamp(mean, span.least, span.most - 1);
    for (const bool low : {true, false}) {
        Node child = node;
        child.spans[order] = low ? Span{span.least, split} : Span{split + 1, span.most};
        if (!low) {
            child.delivers[purchase_.order(order).supplier] = Delivers::yes;
        }
        explore(std::move(child), 12);
    }
}

void SplitSearch::branch(const Node& node) {
    if (const std::size_t supplier = contested_supplier(node); supplier != none) {
        branch_on_supplier(node, supplier);
    } else if (const std::size_t contested = contested_order(node); contested != none) {
        branch_on_order(node, contested);
    } else if (const std::size_t open = open_supplier(node); open != none) {
        branch_on_supplier(node, open);
    } else if (const std::size_t free = free_order(node); free != none) {
        branch_on_order(node, free);
    } else {
        leave(node);
    }
}

std::size_t SplitSearch::open_supplier(const Node& node) const {
    const auto open = std::ranges::find(node.delivers, Delivers::open);
    return open == node.delivers.end() ? none
                                       : static_cast<std::size_t>(open - node.delivers.begin());
}

/// An order that uses a capacity, and of which it is not settled how much it uses.
std::size_t SplitSearch::free_order(const Node& node) const {
    for (std::size_t o = 0; o < purchase_.orders(); ++o) {
        if (is_free(node, o) && !capacities_of_[o].empty()) {
            return o;
        }
    }
    return none;
}

/// What is in the node stays in doubt: no plan of it costs less than its bound.
void SplitSearch::leave(const Node& node) {
    least_left_ = std::min(least_left_, cents_of(node.bound));
}

/// Bounds a node; what is left of it waits.
void SplitSearch::explore(Node node, std::size_t steps) {
    ++looked_at_;
    const Valued valued = ascend(node, steps);
    if (valued == Valued::impossible) {
        return;
    }
    if (valued == Valued::undecided || is_enough(node)) {
        leave(node);
    } else {
        nodes_.push_back(std::move(node));
    }
}

SplitSearchResult SplitSearch::found() {
    explore(root(), 100);
    if (!nodes_.empty()) {
        try_without_suppliers();
    }
    while (!nodes_.empty() && !is_stopped() && looked_at_ < options_.most_nodes) {
        const auto least = std::ranges::min_element(nodes_, {}, &Node::bound);
        if (is_enough(*least)) {
            break;
        }
        Node node = std::move(*least);
        nodes_.erase(least);
        // Once more: the means that it is branched on are those of the node that came last.
        const Valued valued = ascend(node, 6);
        if (valued == Valued::undecided || (valued == Valued::bounded && is_enough(node))) {
            leave(node);
        } else if (valued == Valued::bounded) {
            branch(node);
        }
    }
    std::ranges::for_each(nodes_, [this](const Node& node) { leave(node); });
    constexpr Cents nothing_left = std::numeric_limits<Cents>::max();
    result_.is_infeasible = !has_plan() && least_left_ == nothing_left;
    result_.bound = std::min(has_plan() ? result_.cost : nothing_left, least_left_);
    return std::move(result_);
}

/// Plans each block anew within what the others leave, until nothing changes, and takes what comes
/// of it if it keeps what they share.
void SplitSearch::improve(std::vector<BlockPlan> plans) {
    constexpr std::size_t passes = 4;
    for (std::size_t pass = 0; pass < passes; ++pass) {
        bool is_changed = false;
        for (std::size_t b = 0; b < plans.size() && !is_stopped(); ++b) {
            is_changed = replan(b, plans) || is_changed;
        }
        if (!is_changed) {
            break;
        }
    }
    take(plans);
}

bool SplitSearch::replan(std::size_t block, std::vector<BlockPlan>& plans) {
    std::vector<std::int64_t> usage(usage_.size(), 0);
    std::vector<bool> delivers(suppliers_, false);
    for (std::size_t o = 0; o < purchase_.orders(); ++o) {
        const std::int64_t pieces = ordered(plans, o);
        if (purchase_.block_of[o] != block && pieces > 0) {
            delivers[purchase_.order(o).supplier] = true;
            for (const Load& load : capacities_of_[o]) {
                usage[load.capacity] += load.load * pieces;
            }
        }
    }
    std::vector<OrderTerms> terms;
    for (std::size_t o = purchase_.first_order[block]; o < purchase_.first_order[block + 1]; ++o) {
        const std::size_t supplier = purchase_.order(o).supplier;
        OrderTerms one{0, purchase_.order(o).most()};
        one.charge =
            delivers[supplier] ? 0.0 : static_cast<double>(purchase_.supplier_costs[supplier]);
        one.most = supplier == closed_ ? 0 : one.most;
        for (const Load& load : capacities_of_[o]) {
            const std::int64_t left =
                purchase_.capacities[load.capacity].capacity - usage[load.capacity];
            one.most = std::max<std::int64_t>(0, std::min(one.most, left / load.load));
        }
        terms.push_back(one);
    }
    BlockPlan made = planned(block, terms);
    if (made.kind != BlockPlan::Kind::found || made.ordered == plans[block].ordered) {
        return false;
    }
    plans[block] = std::move(made);
    return true;
}

/// Whether a plan is cheaper that does without one of the suppliers.
void SplitSearch::try_without_suppliers() {
    for (std::size_t s = 0; s < suppliers_ && has_plan() && !is_stopped(); ++s) {
        if (purchase_.supplier_costs[s] > 0) {
            closed_ = s;
            improve(result_.plans);
            closed_ = none;
        }
    }
}

void SplitSearch::take(const std::vector<BlockPlan>& plans) {
    std::vector<std::int64_t> usage(usage_.size(), 0);
    std::vector<bool> delivers(suppliers_, false);
    Cents cost = 0;
    for (const BlockPlan& plan : plans) {
        cost += plan.cost;
    }
    for (std::size_t o = 0; o < purchase_.orders(); ++o) {
        const std::int64_t pieces = ordered(plans, o);
        const std::size_t supplier = purchase_.order(o).supplier;
        if (pieces > 0 && !delivers[supplier]) {
            delivers[supplier] = true;
            cost += purchase_.supplier_costs[supplier];
        }
        for (const Load& load : capacities_of_[o]) {
            usage[load.capacity] += load.load * pieces;
        }
    }
    for (std::size_t c = 0; c < usage.size(); ++c) {
        if (usage[c] > purchase_.capacities[c].capacity) {
            return;
        }
    }
    if (!has_plan() || cost < result_.cost) {
        result_.cost = cost;
        result_.plans = plans;
    }
}

}  // namespace

SplitSearchResult search_split(const SplitPurchase& purchase, const SplitSearchOptions& options) {
    if (purchase.is_impossible) {
        SplitSearchResult impossible;
        impossible.is_infeasible = true;
        return impossible;
    }
    return SplitSearch(purchase, options).found();
}

}  // namespace adic::procure
