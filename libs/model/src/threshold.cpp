#include "adic/model/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace adic::model {

namespace {

using Sum = std::int64_t;

constexpr Sum unbounded = std::numeric_limits<Sum>::max() / 4;

/// A node, and the partial sums [least, most] from which it is the right one.
struct Span {
    std::uint32_t node;
    Sum least;
    Sum most;
};

/// Builds the diagram over inputs in `order`, depth first without recursion.
class Builder {
  public:
    Builder(std::vector<Sum> weights, std::vector<std::uint32_t> order, Sum limit, std::size_t most)
        : weights_(std::move(weights))
        , order_(std::move(order))
        , limit_(limit)
        , node_limit_(most)
        , left_(order_.size() + 1, 0)
        , known_(order_.size() + 1) {
        for (std::size_t i = order_.size(); i-- > 0;) {
            left_[i] = left_[i + 1] + weight(i);
        }
    }

    std::optional<ThresholdDiagram> build() {
        struct Frame {
            std::size_t position;
            Sum sum;
            bool asked = false;
        };

        std::vector<Frame> open{{0, 0}};
        while (!open.empty()) {
            const Frame frame = open.back();
            if (find(frame.position, frame.sum)) {
                open.pop_back();
            } else if (!frame.asked) {
                open.back().asked = true;
                open.push_back({frame.position + 1, frame.sum});
                open.push_back({frame.position + 1, frame.sum + weight(frame.position)});
            } else if (diagram_.nodes.size() >= node_limit_) {
                return std::nullopt;
            } else {
                join(frame.position, frame.sum);
                open.pop_back();
            }
        }
        diagram_.root = find(0, 0)->node;
        return std::move(diagram_);
    }

  private:
    Sum weight(std::size_t position) const { return weights_[order_[position]]; }

    std::optional<Span> find(std::size_t position, Sum sum) const {
        if (sum > limit_) {
            return Span{ThresholdDiagram::always, limit_ + 1, unbounded};
        }
        if (sum + left_[position] <= limit_) {
            return Span{ThresholdDiagram::never, -unbounded, limit_ - left_[position]};
        }
        const auto& spans = known_[position];
        auto after = spans.upper_bound(sum);
        if (after == spans.begin()) {
            return std::nullopt;
        }
        --after;
        return sum <= after->second.most ? std::optional<Span>(after->second) : std::nullopt;
    }

    void join(std::size_t position, Sum sum) {
        const Span failed = *find(position + 1, sum + weight(position));
        const Span intact = *find(position + 1, sum);
        Span joined{
            failed.node,
            std::max(failed.least - weight(position), intact.least),
            std::min(failed.most - weight(position), intact.most)};
        if (failed.node != intact.node) {
            joined.node =
                ThresholdDiagram::first_node + static_cast<std::uint32_t>(diagram_.nodes.size());
            diagram_.nodes.push_back({order_[position], failed.node, intact.node});
        }
        known_[position].emplace(joined.least, joined);
    }

    std::vector<Sum> weights_;
    std::vector<std::uint32_t> order_;
    Sum limit_;
    std::size_t node_limit_;
    std::vector<Sum> left_;  ///< weight of the inputs from a position on
    std::vector<std::map<Sum, Span>> known_;
    ThresholdDiagram diagram_;
};

std::vector<std::uint32_t> first_numbers(std::size_t count) {
    std::vector<std::uint32_t> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 0U);
    return numbers;
}

}  // namespace

std::optional<ThresholdDiagram>
vote_diagram(std::uint32_t inputs, std::uint32_t count, std::size_t node_limit) {
    const std::size_t most = std::size_t{count} * (std::size_t{inputs} - count + 1);
    if (count >= 1 && count <= inputs && most > node_limit) {
        return std::nullopt;
    }
    return Builder(std::vector<Sum>(inputs, 1), first_numbers(inputs), Sum{count} - 1, node_limit)
        .build();
}

WholeWeights whole_weights(std::span<const double> weights, double limit) {
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    WholeWeights whole;
    whole.weights.resize(weights.size());
    if (!(total > 0.0) || limit >= total) {
        return {std::move(whole.weights), 0};  // nothing is ever above the limit
    }
    constexpr double units = 0x1.0p50;
    const auto scaled = [&](double value) { return std::llround(value / total * units); };
    std::ranges::transform(weights, whole.weights.begin(), scaled);
    whole.limit = scaled(limit) + std::llround(share_tolerance * units);
    return whole;
}

std::optional<ThresholdDiagram>
weighted_diagram(std::span<const double> weights, double limit, std::size_t node_limit) {
    WholeWeights whole = whole_weights(weights, limit);
    auto order = first_numbers(weights.size());
    std::ranges::stable_sort(order, [&](auto a, auto b) {
        return whole.weights[a] > whole.weights[b];
    });
    return Builder(std::move(whole.weights), std::move(order), whole.limit, node_limit).build();
}

}  // namespace adic::model
