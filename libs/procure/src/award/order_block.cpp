#include "award/order_block.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace adic::procure {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

/// By how much sums of this size may be wrong, in cents; what is between a bound and a plan that
/// are as close is not looked for.
double rounding_of(double cost) {
    return 1e-6 + 1e-12 * std::abs(cost);
}

enum class Half : std::uint8_t { lower, upper };

/// Of a span in two.
struct Cut {
    std::int64_t last = 0;     ///< of the lower half
    Half first = Half::lower;  ///< looked at first: that with the better plan
};

struct Point {
    std::int64_t pieces = 0;
    double cost = 0.0;
};

/// How an order is best placed.
struct Placed {
    double cost = infinite;
    std::int64_t pieces = 0;
    std::size_t bracket = none;
};

/// The whole lots of a bracket that are within a span.
Span within(const OrderBracket& bracket, const Span& span) {
    const std::int64_t least = std::max(bracket.least, span.least);
    const std::int64_t most = std::min(bracket.most, span.most);
    return {
        (least + bracket.lot - 1) / bracket.lot * bracket.lot,
        most / bracket.lot * bracket.lot};
}

double cost_in(const OrderBracket& bracket, const OrderTerms& terms, std::int64_t pieces) {
    return static_cast<double>(bracket.base + bracket.price * pieces) + terms.charge
           + terms.surcharge * static_cast<double>(pieces);
}

/// The cheapest order of at least so many pieces.
Placed place(const BlockOrder& order, const OrderTerms& terms, Span span, std::int64_t pieces) {
    if (pieces == 0 && span.least == 0) {
        return {0.0, 0, none};
    }
    span.least = std::max({span.least, pieces, std::int64_t{1}});
    Placed best;
    for (std::size_t b = 0; b < order.brackets.size(); ++b) {
        const Span open = within(order.brackets[b], span);
        if (open.least <= open.most) {
            const double cost = cost_in(order.brackets[b], terms, open.least);
            if (cost < best.cost) {
                best = {cost, open.least, b};
            }
        }
    }
    return best;
}

/// Takes away the points that are not below a line between others.
void add_to_hull(Point point, std::vector<Point>& hull) {
    if (!hull.empty() && hull.back().pieces == point.pieces) {
        if (hull.back().cost <= point.cost) {
            return;
        }
        hull.pop_back();
    }
    const auto slope = [](const Point& from, const Point& to) {
        return (to.cost - from.cost) / static_cast<double>(to.pieces - from.pieces);
    };
    while (hull.size() > 1 && slope(hull[hull.size() - 2], hull.back()) >= slope(hull.back(), point)
    ) {
        hull.pop_back();
    }
    hull.push_back(point);
}

class BlockAward {
  public:
    BlockAward(
        const OrderBlock& block,
        const std::vector<OrderTerms>& terms,
        const BlockOptions& options
    )
        : block_(block)
        , terms_(terms)
        , options_(options)
        , orders_(block.orders.size())
        , needs_(block.needs.size())
        , hulls_(orders_)
        , at_(orders_)
        , used_(orders_)
        , price_of_order_(orders_)
        , price_of_need_(needs_)
        , order_before_(needs_)
        , need_before_(orders_)
        , open_(needs_)
        , carried_(orders_ * needs_)
        , pieces_(orders_)
        , placed_(orders_) {}

    BlockPlan planned() {
        std::vector<Span> root;
        for (std::size_t o = 0; o < orders_; ++o) {
            root.push_back({terms_[o].least, std::min(terms_[o].most, block_.orders[o].most())});
        }
        push(root, -infinite);
        for (std::size_t nodes = 0; nodes < options_.most_nodes && !bounds_.empty(); ++nodes) {
            pop();
            visit();
        }
        const bool is_whole = bounds_.empty() && least_lost_ == infinite;
        for (const double left : bounds_) {
            least_lost_ = std::min(least_lost_, left);
        }
        const double bound = std::min(best_, least_lost_);
        plan_.bound = std::isfinite(bound) ? bound - rounding_of(bound) : bound;
        if (std::isfinite(best_)) {
            plan_.kind = BlockPlan::Kind::found;
        } else {
            plan_.kind = is_whole ? BlockPlan::Kind::impossible : BlockPlan::Kind::undecided;
        }
        return std::move(plan_);
    }

  private:
    void push(const std::vector<Span>& spans, double bound) {
        stack_.insert(stack_.end(), spans.begin(), spans.end());
        bounds_.push_back(bound);
    }

    void pop() {
        const auto from = stack_.end() - static_cast<std::ptrdiff_t>(orders_);
        spans_.assign(from, stack_.end());
        stack_.erase(from, stack_.end());
        parent_ = bounds_.back();
        bounds_.pop_back();
    }

    /// Whether what is left above a bound is not worth looking for; then the bound is kept.
    bool is_left(double bound) {
        const double gap = std::max(rounding_of(best_), options_.relative_gap * best_);
        const bool is_close = std::isfinite(best_) && bound >= best_ - gap;
        least_lost_ = is_close ? std::min(least_lost_, bound) : least_lost_;
        return is_close;
    }

    void visit() {
        if (is_left(parent_) || !make_hulls() || !has_suppliers()) {
            return;
        }
        const std::optional<double> found = flow();
        if (!found) {
            least_lost_ = std::min(least_lost_, parent_);
            return;
        }
        const double bound = *found;
        if (bound == infinite || is_left(bound)) {
            return;
        }
        const double cost = place_all();
        const std::size_t missing = missing_supplier();
        if (missing == none && cost < best_) {
            take(cost);
        }
        if (missing != none) {
            branch(missing, {0, Half::upper}, bound);
            return;
        }
        const std::size_t worst = furthest_below();
        if (worst != none && !is_left(bound)) {
            const std::int64_t last = split_of(worst);
            branch(worst, {last, placed_[worst].pieces <= last ? Half::lower : Half::upper}, bound);
        }
    }

    bool make_hulls() {
        for (std::size_t o = 0; o < orders_; ++o) {
            std::vector<Point>& hull = hulls_[o];
            hull.clear();
            const BlockOrder& order = block_.orders[o];
            const double nothing = place(order, terms_[o], spans_[o], 0).cost;
            if (spans_[o].least > spans_[o].most || nothing == infinite) {
                return false;
            }
            hull.push_back({0, nothing});
            for (const OrderBracket& bracket : order.brackets) {
                Span open = spans_[o];
                open.least = std::max<std::int64_t>(open.least, 1);
                open = within(bracket, open);
                if (open.least <= open.most) {
                    add_to_hull({open.least, cost_in(bracket, terms_[o], open.least)}, hull);
                    add_to_hull({open.most, cost_in(bracket, terms_[o], open.most)}, hull);
                }
            }
        }
        return true;
    }

    /// Whether enough suppliers could be ordered from.
    bool has_suppliers() {
        return std::ranges::all_of(block_.suppliers, [&](const BlockSuppliers& rule) {
            return count(rule, [&](std::size_t o) { return hulls_[o].size() > 1; }) >= rule.least;
        });
    }

    template <typename Counts>
    std::size_t count(const BlockSuppliers& rule, const Counts& counts) {
        counted_.clear();
        for (const std::size_t o : rule.orders) {
            const std::size_t supplier = block_.orders[o].supplier;
            if (counts(o) && std::ranges::count(counted_, supplier) == 0) {
                counted_.push_back(supplier);
            }
        }
        return counted_.size();
    }

    /// What the next piece of an order costs.
    double next_price(std::size_t o) const {
        const std::vector<Point>& hull = hulls_[o];
        if (at_[o] + 1 >= hull.size()) {
            return infinite;
        }
        const Point& from = hull[at_[o]];
        const Point& to = hull[at_[o] + 1];
        return (to.cost - from.cost) / static_cast<double>(to.pieces - from.pieces);
    }

    /// The flow of least cost by shortest paths; its cost, or infinity if there is none. Empty:
    /// rounding led a path in a circle.
    std::optional<double> flow() {
        std::ranges::fill(at_, 0U);
        std::ranges::fill(used_, 0);
        std::ranges::fill(carried_, 0);
        std::int64_t left = 0;
        for (std::size_t n = 0; n < needs_; ++n) {
            open_[n] = block_.needs[n].pieces;
            left += open_[n];
        }
        while (left > 0) {
            const std::size_t need = find_path();
            if (need == none) {
                return infinite;
            }
            const std::int64_t more = most_to(need);
            if (more == 0) {
                return std::nullopt;
            }
            carry_to(need, more);
            left -= more;
        }
        double cost = 0.0;
        for (std::size_t o = 0; o < orders_; ++o) {
            pieces_[o] = used_[o];
            cost += envelope(o);
            for (std::size_t n = 0; n < needs_; ++n) {
                const std::int64_t here = carried_[o * needs_ + n];
                cost += here > 0 ? static_cast<double>(here * *block_.way(o, n)) : 0.0;
            }
        }
        return cost;
    }

    double envelope(std::size_t o) const {
        const std::vector<Point>& hull = hulls_[o];
        const Point& from = hull[at_[o]];
        const std::int64_t more = pieces_[o] - from.pieces;
        return from.cost + (more > 0 ? next_price(o) * static_cast<double>(more) : 0.0);
    }

    /// The need that is open and cheapest to serve, with the way back in `order_before_` and
    /// `need_before_`.
    std::size_t find_path() {
        for (std::size_t o = 0; o < orders_; ++o) {
            price_of_order_[o] = next_price(o);
            need_before_[o] = none;
        }
        std::ranges::fill(price_of_need_, infinite);
        bool is_new = true;
        // A path visits each need once at most.
        for (std::size_t round = 0; is_new && round <= needs_; ++round) {
            is_new = reach_needs();
            is_new = is_new && needs_ > 1 && reach_orders();
        }
        std::size_t best = none;
        for (std::size_t n = 0; n < needs_; ++n) {
            const bool is_better = best == none || price_of_need_[n] < price_of_need_[best];
            best = open_[n] > 0 && price_of_need_[n] < infinite && is_better ? n : best;
        }
        return best;
    }

    static bool is_less(double one, double other) {
        return one < other && (other == infinite || one < other - 1e-12 * (1.0 + std::abs(other)));
    }

    bool reach_needs() {
        bool is_new = false;
        for (std::size_t o = 0; o < orders_; ++o) {
            for (std::size_t n = 0; n < needs_ && price_of_order_[o] < infinite; ++n) {
                const auto& way = block_.way(o, n);
                const double price =
                    way ? price_of_order_[o] + static_cast<double>(*way) : infinite;
                if (is_less(price, price_of_need_[n])) {
                    price_of_need_[n] = price;
                    order_before_[n] = o;
                    is_new = true;
                }
            }
        }
        return is_new;
    }

    /// Over pieces that could come from elsewhere.
    bool reach_orders() {
        bool is_new = false;
        for (std::size_t o = 0; o < orders_; ++o) {
            for (std::size_t n = 0; n < needs_; ++n) {
                if (carried_[o * needs_ + n] == 0 || price_of_need_[n] == infinite) {
                    continue;
                }
                const double price = price_of_need_[n] - static_cast<double>(*block_.way(o, n));
                if (is_less(price, price_of_order_[o])) {
                    price_of_order_[o] = price;
                    need_before_[o] = n;
                    is_new = true;
                }
            }
        }
        return is_new;
    }

    /// How many pieces the path to a need can take; 0: it is a circle.
    std::int64_t most_to(std::size_t last) const {
        std::int64_t most = open_[last];
        std::size_t first = none;
        std::size_t need = last;
        for (std::size_t steps = 0; need != none; ++steps) {
            if (steps == needs_) {
                return 0;
            }
            first = order_before_[need];
            need = need_before_[first];
            most = need == none ? most : std::min(most, carried_[first * needs_ + need]);
        }
        return next_price(first) == infinite
                   ? 0
                   : std::min(most, hulls_[first][at_[first] + 1].pieces - used_[first]);
    }

    /// Along the path, as many as it can take.
    void carry_to(std::size_t last, std::int64_t pieces) {
        std::size_t first = none;
        for (std::size_t need = last; need != none;) {
            first = order_before_[need];
            carried_[first * needs_ + need] += pieces;
            need = need_before_[first];
            if (need != none) {
                carried_[first * needs_ + need] -= pieces;
            }
        }
        open_[last] -= pieces;
        used_[first] += pieces;
        at_[first] += used_[first] == hulls_[first][at_[first] + 1].pieces ? 1U : 0U;
    }

    /// What the pieces of the flow cost in fact.
    double place_all() {
        double cost = 0.0;
        for (std::size_t o = 0; o < orders_; ++o) {
            placed_[o] = place(block_.orders[o], terms_[o], spans_[o], pieces_[o]);
            cost += placed_[o].cost;
            for (std::size_t n = 0; n < needs_; ++n) {
                const std::int64_t here = carried_[o * needs_ + n];
                cost += here > 0 ? static_cast<double>(here * *block_.way(o, n)) : 0.0;
            }
        }
        return cost;
    }

    /// The cheapest order of another supplier, where too few are ordered from.
    std::size_t missing_supplier() {
        std::size_t best = none;
        double least = infinite;
        for (const BlockSuppliers& rule : block_.suppliers) {
            if (count(rule, [&](std::size_t o) { return placed_[o].pieces > 0; }) >= rule.least) {
                continue;
            }
            for (const std::size_t o : rule.orders) {
                const Placed opened = place(block_.orders[o], terms_[o], {1, spans_[o].most}, 0);
                const bool is_new = std::ranges::count(counted_, block_.orders[o].supplier) == 0;
                if (is_new && opened.cost < least) {
                    least = opened.cost;
                    best = o;
                }
            }
        }
        return best;
    }

    std::size_t furthest_below() const {
        std::size_t worst = none;
        double most = 0.0;
        for (std::size_t o = 0; o < orders_; ++o) {
            const double below = placed_[o].cost - envelope(o);
            if (spans_[o].least < spans_[o].most && below > most) {
                most = below;
                worst = o;
            }
        }
        return worst;
    }

    /// The most pieces of the lower half.
    std::int64_t split_of(std::size_t o) const {
        const Span& span = spans_[o];
        if (span.least == 0 && hulls_[o][at_[o]].pieces == 0) {
            return 0;
        }
        const BlockOrder& order = block_.orders[o];
        const std::size_t b = placed_[o].bracket;
        if (order.brackets[b].least > span.least) {
            return order.brackets[b].least - 1;
        }
        if (b + 1 < order.brackets.size() && order.brackets[b + 1].least <= span.most) {
            return order.brackets[b + 1].least - 1;
        }
        return placed_[o].pieces > span.least ? placed_[o].pieces - 1 : span.least;
    }

    void branch(std::size_t o, const Cut& cut, double bound) {
        const Span before = spans_[o];
        const Half other = cut.first == Half::lower ? Half::upper : Half::lower;
        for (const Half half : {other, cut.first}) {
            spans_[o] = half == Half::lower ? Span{before.least, cut.last}
                                            : Span{cut.last + 1, before.most};
            push(spans_, bound);
        }
        spans_[o] = before;
    }

    void take(double cost) {
        best_ = cost;
        plan_.carried = carried_;
        plan_.ordered.assign(orders_, 0);
        plan_.cost = 0;
        for (std::size_t o = 0; o < orders_; ++o) {
            plan_.ordered[o] = placed_[o].pieces;
            if (placed_[o].pieces > 0) {
                const OrderBracket& bracket = block_.orders[o].brackets[placed_[o].bracket];
                plan_.cost += bracket.base + bracket.price * placed_[o].pieces;
            }
            for (std::size_t n = 0; n < needs_; ++n) {
                const std::int64_t here = carried_[o * needs_ + n];
                plan_.cost += here > 0 ? here * *block_.way(o, n) : 0;
            }
        }
    }

    const OrderBlock& block_;
    const std::vector<OrderTerms>& terms_;
    BlockOptions options_;
    std::size_t orders_;
    std::size_t needs_;
    std::vector<Span> stack_ = {};     ///< of the nodes that are left, one after another
    std::vector<double> bounds_ = {};  ///< of their parents
    std::vector<Span> spans_ = {};
    double parent_ = 0.0;
    std::vector<std::vector<Point>> hulls_;
    std::vector<std::size_t> at_;  ///< the point of the hull that the flow has passed
    std::vector<std::int64_t> used_;
    std::vector<double> price_of_order_;
    std::vector<double> price_of_need_;
    std::vector<std::size_t> order_before_;
    std::vector<std::size_t> need_before_;
    std::vector<std::int64_t> open_;
    std::vector<std::int64_t> carried_;
    std::vector<std::int64_t> pieces_;
    std::vector<Placed> placed_;
    std::vector<std::size_t> counted_ = {};
    double best_ = infinite;
    double least_lost_ = infinite;  ///< bound of what was given up
    BlockPlan plan_ = {};
};

}  // namespace

BlockPlan plan_block(
    const OrderBlock& block,
    const std::vector<OrderTerms>& terms,
    const BlockOptions& options
) {
    return BlockAward(block, terms, options).planned();
}

}  // namespace adic::procure
