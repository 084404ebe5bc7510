#include "cuts/likely_cuts.hpp"

#include "cuts/decompose.hpp"
#include "cuts/measure.hpp"

#include <algorithm>
#include <numeric>
#include <queue>

namespace adic::supply::cuts {

namespace {

/// Looks for the most probable cuts, best first: what is open is ordered by the most probable cut
/// that it can still become.
class BestFirst {
  public:
    BestFirst(const OrderedDiagram& cuts, std::span<const double> events)
        : nodes_(cuts.diagram.nodes)
        , cuts_(cuts)
        , events_(events)
        , best_(per_node(nodes_.size(), 0.0, 1.0)) {
        for (NodeRef i = first_node; i < nodes_.size(); ++i) {
            best_[i] = std::max(best_[nodes_[i].low], probability(i) * best_[nodes_[i].high]);
        }
    }

    LikelyCuts run(std::size_t most) {
        LikelyCuts found;
        steps_left_ = 200 * most + nodes_.size();
        push(cuts_.diagram.root, 1.0, none);
        while (!open_.empty() && found.cuts.size() < most && steps_left_ > 0) {
            const Open next = open_.top();
            open_.pop();
            found.cuts.push_back(cut_of(follow(next)));
        }
        found.is_all = open_.empty();
        return found;
    }

  private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    struct Open {
        double bound;
        std::uint32_t number;  ///< earlier ones first among equals
        NodeRef node;
        double chosen;  ///< probability of the events chosen so far
        std::uint32_t last;

        bool operator<(const Open& other) const {
            return bound != other.bound ? bound < other.bound : number > other.number;
        }
    };

    struct Choice {
        std::uint32_t event;
        std::uint32_t before;
    };

    double probability(NodeRef node) const { return events_[cuts_.order[nodes_[node].level]]; }

    void push(NodeRef node, double chosen, std::uint32_t last) {
        if (chosen * best_[node] > 0.0) {
            open_.push({chosen * best_[node], number_++, node, chosen, last});
        }
    }

    std::uint32_t choose(NodeRef node, std::uint32_t last) {
        choices_.push_back({cuts_.order[nodes_[node].level], last});
        return static_cast<std::uint32_t>(choices_.size() - 1);
    }

    /// Goes on to the best cut from here; the other way waits at every node.
    std::uint32_t follow(Open at) {
        while (at.node != one) {
            steps_left_ -= steps_left_ > 0 ? 1 : 0;
            const Node& node = nodes_[at.node];
            const double with = at.chosen * probability(at.node);
            if (with * best_[node.high] > at.chosen * best_[node.low]) {
                push(node.low, at.chosen, at.last);
                at.last = choose(at.node, at.last);
                at.chosen = with;
                at.node = node.high;
                continue;
            }
            if (with * best_[node.high] > 0.0) {
                push(node.high, with, choose(at.node, at.last));
            }
            at.node = node.low;
        }
        return at.last;
    }

    std::vector<std::uint32_t> cut_of(std::uint32_t last) const {
        std::vector<std::uint32_t> cut;
        for (; last != none; last = choices_[last].before) {
            cut.push_back(choices_[last].event);
        }
        std::ranges::sort(cut);
        return cut;
    }

    const std::vector<Node>& nodes_;
    const OrderedDiagram& cuts_;
    std::span<const double> events_;
    std::vector<double> best_;  ///< of each node: probability of its most probable cut
    std::priority_queue<Open> open_;
    std::vector<Choice> choices_;
    std::uint32_t number_ = 0;
    std::size_t steps_left_ = 0;
};

std::vector<double> in_pass(std::span<const PassValues> events, std::size_t pass) {
    std::vector<double> values;
    values.reserve(events.size());
    for (const PassValues& event : events) {
        values.push_back(event[pass]);
    }
    return values;
}

double expected(const CutFamily& cuts, std::span<const double> events) {
    double sum = 0.0;
    for (const auto& cut : cuts) {
        double product = 1.0;
        for (const std::uint32_t event : cut) {
            product *= events[event];
        }
        sum += product;
    }
    return sum;
}

/// How many cuts beside `listed` occur on average, if `all` do.
PassValues
others(const PassValues& all, const CutFamily& listed, std::span<const PassValues> events) {
    PassValues sums{};
    for (std::size_t pass = 0; pass < passes; ++pass) {
        // The difference of two sums is off by their last digits: that much more is possible.
        constexpr double rounding = 1e-13;
        const double left = all[pass] - expected(listed, in_pass(events, pass));
        sums[pass] = std::max(0.0, left) + rounding * all[pass];
    }
    return sums;
}

/// Adds an event for cuts that are not in the function at all.
void leave_out(NearFunction& function, std::size_t names, const PassValues& rest) {
    auto& nodes = function.diagram.nodes;
    nodes.push_back({static_cast<std::uint32_t>(names + function.rests.size()), zero, one});
    const auto leaf = static_cast<NodeRef>(nodes.size() - 1);
    nodes.push_back({independent_level, function.diagram.root, leaf});
    function.diagram.root = leaf + 1;
    function.rests.push_back(rest);
}

}  // namespace

LikelyCuts
most_probable(const OrderedDiagram& cuts, std::span<const double> events, std::size_t most) {
    return BestFirst(cuts, events).run(most);
}

double expected_cuts(const OrderedDiagram& cuts, std::span<const double> events) {
    const auto& nodes = cuts.diagram.nodes;
    auto sum = per_node(nodes.size(), 0.0, 1.0);
    for (NodeRef i = first_node; i < nodes.size(); ++i) {
        sum[i] = sum[nodes[i].low] + events[cuts.order[nodes[i].level]] * sum[nodes[i].high];
    }
    return sum[cuts.diagram.root];
}

Bracket::Bounds Bracket::bounds(std::span<const PassValues> events, Pass pass) const {
    std::vector<double> values = in_pass(events, pass);
    values.resize(events.size() + rests.size(), 0.0);
    const double least = std::max(likeliest[pass], probability_of(function, values));
    for (std::size_t i = 0; i < rests.size(); ++i) {
        values[events.size() + i] = std::min(1.0, rests[i][pass]);
    }
    const double most = std::min(expected[pass], probability_of(function, values));
    return {std::clamp(least, 0.0, 1.0), std::clamp(most, std::min(least, 1.0), 1.0)};
}

std::vector<double> Bracket::derivatives(std::span<const PassValues> events) const {
    std::vector<double> values = in_pass(events, likely);
    values.resize(events.size() + rests.size(), 0.0);
    std::vector<double> derivatives = derivatives_of(function, values);
    derivatives.resize(events.size());
    return derivatives;
}

Bracket
bracket(const OrderedDiagram& cuts, std::span<const PassValues> events, std::size_t step_budget) {
    constexpr std::size_t most = 8'192;
    constexpr double widest = 1e-3;
    constexpr double narrowest = 1e-9;
    Bracket result;
    for (std::size_t pass = 0; pass < passes; ++pass) {
        const std::vector<double> values = in_pass(events, pass);
        const LikelyCuts first = most_probable(cuts, values, 1);
        result.likeliest[pass] = expected(first.cuts, values);
        result.expected[pass] = expected_cuts(cuts, values);
    }
    const LikelyCuts listed = most_probable(cuts, in_pass(events, high), most);
    NearFunction best;
    for (double gap = widest; gap >= narrowest; gap /= 8.0) {
        auto nearer = decompose_nearly(listed.cuts, {events, gap}, step_budget);
        if (!nearer) {
            break;
        }
        best = std::move(*nearer);
        result.cuts = listed.cuts.size();
    }
    if (result.cuts == 0) {
        leave_out(best, events.size(), result.expected);
    } else if (!listed.is_all) {
        leave_out(best, events.size(), others(result.expected, listed.cuts, events));
    }
    VariableOrder names(events.size() + best.rests.size());
    std::iota(names.begin(), names.end(), 0U);
    result.function = {std::move(best.diagram), std::move(names)};
    result.rests = std::move(best.rests);
    return result;
}

std::optional<std::vector<double>> shares_of_likely_cuts(
    const OrderedDiagram& cuts,
    std::span<const PassValues> events,
    std::size_t step_budget
) {
    constexpr std::size_t most = 2'048;
    constexpr double gap = 1e-6;
    std::vector<double> values = in_pass(events, likely);
    const CutFamily listed = most_probable(cuts, values, most).cuts;
    std::vector<PassValues> likely_only;
    for (const double value : values) {
        likely_only.push_back({value, value, value, value, value});
    }
    std::vector<double> shares(events.size(), 0.0);
    for (std::uint32_t event = 0; event < events.size(); ++event) {
        auto near = decompose_nearly(partners_of(listed, event), {likely_only, gap}, step_budget);
        if (!near) {
            return std::nullopt;
        }
        values.resize(events.size());
        values.resize(events.size() + near->rests.size(), 0.0);
        VariableOrder names(values.size());
        std::iota(names.begin(), names.end(), 0U);
        shares[event] = probability_of({std::move(near->diagram), std::move(names)}, values);
    }
    return shares;
}

}  // namespace adic::supply::cuts
