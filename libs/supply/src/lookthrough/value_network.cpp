#include "adic/supply/graph/strong_components.hpp"
#include "adic/supply/lookthrough.hpp"

#include "lookthrough/dense_inverse.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace adic::supply {
namespace {

using model::GroupIndex;
using model::ItemIndex;

constexpr double rounding = 1e-12;  ///< what adding up decimal shares may be off by
constexpr double reached = 1e-13;   ///< value not yet followed at which a circle counts as done
constexpr std::uint32_t most_sweeps = 1000;  ///< a circle that keeps 3 % of its value needs as many
constexpr std::size_t largest_dense = 256;   ///< items; 0.5 MB for each circle solved directly

/// A need with the bounds that an answer allows it.
struct Alternative {
    std::uint32_t input;
    double likely;
    double low;
    double high;
    bool recorded;
};

/// Sum of the `count` smallest values. Requires: count <= values.size().
double sum_of_smallest(std::vector<double> values, std::size_t count) {
    std::ranges::sort(values);
    const auto end = values.begin() + static_cast<std::ptrdiff_t>(count);
    return std::accumulate(values.begin(), end, 0.0);
}

double sum_of_largest(std::vector<double> values, std::size_t count) {
    std::ranges::sort(values, std::greater<>{});
    const auto end = values.begin() + static_cast<std::ptrdiff_t>(count);
    return std::accumulate(values.begin(), end, 0.0);
}

template <typename Member>
std::vector<double> each(const std::vector<Alternative>& alternatives, Member member) {
    std::vector<double> values;
    for (const Alternative& alternative : alternatives) {
        values.push_back(alternative.*member);
    }
    return values;
}

}  // namespace

/// Fills a ValueNetwork item by item, then finds the circles and settles them.
class ValueNetworkBuilder {
  public:
    ValueNetworkBuilder(const MapIndex& index, LookthroughOptions options, ValueNetwork& network)
        : index_(index)
        , options_(options)
        , network_(network) {}

    void build() {
        const std::size_t items = index_.map().items.size();
        network_.part_start_.push_back(0);
        network_.input_start_.push_back(0);
        for (std::uint32_t item = 0; item < items; ++item) {
            add_item(item);
        }
        network_.settlement_.assign(items, Settlement::settled);
        network_.assumed_.assign(items, 0.0);
        component_of_.assign(items, 0);
        find_components();
        reach_.assign(items, 0.0);
        for (std::uint32_t c = 0; c < network_.components_.size(); ++c) {
            settle(c);
        }
        sum_assumed();
    }

  private:
    void add_item(std::uint32_t item) {
        const std::size_t first_part = network_.parts_.size();
        const std::size_t first_input = network_.inputs_.size();
        for (const std::uint32_t group : index_.groups_of(ItemIndex{item})) {
            if (is_counted(index_.map().groups[group])) {
                add_group(GroupIndex{group});
            }
        }
        network_.own_.push_back(divide_rest(item, first_part, first_input));
        network_.part_start_.push_back(static_cast<std::uint32_t>(network_.parts_.size()));
        network_.input_start_.push_back(static_cast<std::uint32_t>(network_.inputs_.size()));
    }

    bool is_counted(const model::NeedGroup& group) const {
        return group.role == model::Role::consumed
               || options_.inputs == CountedInputs::consumed_and_equipment;
    }

    void add_group(GroupIndex group) {
        std::vector<Alternative> alternatives;
        for (const std::uint32_t row : index_.needs_of(group)) {
            alternatives.push_back(alternative_of(index_.map().needs[row]));
        }
        const std::size_t take = index_.map()[group].take;
        if (take < alternatives.size()) {
            add_part(std::move(alternatives), take);
            return;
        }
        for (const Alternative& alternative : alternatives) {  // all are taken: each is a part
            add_part({alternative}, 1);
        }
    }

    static Alternative alternative_of(const model::Need& need) {
        const std::uint32_t input = need.input.value();
        if (!need.value_share) {
            return {input, 0.0, 0.0, 1.0, false};
        }
        const Estimate share = *need.value_share;
        return {input, share.likely(), share.low(), share.high(), true};
    }

    void add_part(std::vector<Alternative> alternatives, std::size_t take) {
        const auto recorded = std::ranges::count(alternatives, true, &Alternative::recorded);
        if (recorded > 0) {
            fill_gaps(alternatives, static_cast<double>(recorded));
        }
        const double weight = static_cast<double>(take) / static_cast<double>(alternatives.size());
        const auto first = static_cast<std::uint32_t>(network_.inputs_.size());
        for (const Alternative& alternative : alternatives) {
            network_.inputs_.push_back(
                {alternative.input, weight * alternative.likely, !alternative.recorded}
            );
        }
        network_.parts_.push_back(
            {first,
             static_cast<std::uint32_t>(network_.inputs_.size()),
             sum_of_smallest(each(alternatives, &Alternative::low), take),
             std::min(1.0, sum_of_largest(each(alternatives, &Alternative::high), take)),
             recorded == 0}
        );
    }

    /// Gives the alternatives without a value share the mean of those that have one.
    void fill_gaps(std::vector<Alternative>& alternatives, double recorded) const {
        const std::vector<double> likely = each(alternatives, &Alternative::likely);
        const double mean = std::accumulate(likely.begin(), likely.end(), 0.0) / recorded;
        for (Alternative& alternative : alternatives) {
            if (!alternative.recorded) {
                alternative.likely = mean;
                if (options_.unrecorded == UnrecordedShares::as_assumed) {
                    alternative.low = alternative.high = mean;
                }
            }
        }
    }

    /// Divides what the recorded parts leave of 1 equally among the item's own part and the parts
    /// that are not recorded, and returns the own part.
    double divide_rest(std::uint32_t item, std::size_t first_part, std::size_t first_input) {
        double recorded = 0.0;
        for (std::size_t i = first_input; i < network_.inputs_.size(); ++i) {
            recorded += network_.inputs_[i].weight;
        }
        double rest = 1.0 - recorded;
        if (rest < rounding) {
            rest = 0.0;
            scale(item, first_part, first_input, 1.0 / recorded);
        }
        const std::span parts = std::span{network_.parts_}.subspan(first_part);
        const auto shares = 1 + std::ranges::count(parts, true, &ValueNetwork::Part::free);
        const double share = rest / static_cast<double>(shares);
        for (ValueNetwork::Part& part : parts) {
            if (part.free) {
                assume(part, share);
            }
        }
        return share;
    }

    void scale(std::uint32_t item, std::size_t first_part, std::size_t first_input, double factor) {
        for (std::size_t i = first_input; i < network_.inputs_.size(); ++i) {
            network_.inputs_[i].weight *= factor;
        }
        for (std::size_t p = first_part; p < network_.parts_.size(); ++p) {
            network_.parts_[p].low *= std::min(1.0, factor);
        }
        if (factor < 1.0 - 1e-6) {
            network_.scaled_.push_back(ItemIndex{item});
        }
    }

    void assume(ValueNetwork::Part& part, double share) const {
        const double weight = share / static_cast<double>(part.last_input - part.first_input);
        for (std::uint32_t i = part.first_input; i < part.last_input; ++i) {
            network_.inputs_[i].weight = weight;
        }
        if (options_.unrecorded == UnrecordedShares::as_assumed) {
            part.low = part.high = share;
            part.free = false;
        }
    }

    void find_components() {
        std::vector<graph::Arc> arcs;
        for (std::uint32_t item = 0; item < network_.size(); ++item) {
            for (const ValueNetwork::Input& input : network_.inputs_of(item)) {
                arcs.push_back({item, input.item});
            }
        }
        const graph::CsrGraph takes{network_.size(), arcs};
        graph::StrongComponents found = graph::strong_components(takes);
        for (std::size_t c = 0; c < found.size(); ++c) {
            network_.components_.push_back({found.start[c], found.start[c + 1], 0, {}});
        }
        network_.order_ = std::move(found.order);
        component_of_ = std::move(found.component_of);
    }

    std::span<const std::uint32_t> members_of(const ValueNetwork::Component& component) const {
        return std::span{network_.order_}.subspan(
            component.first,
            component.last - component.first
        );
    }

    bool is_circle(const ValueNetwork::Component& component) const {
        const std::uint32_t item = network_.order_[component.first];
        return component.last - component.first > 1
               || std::ranges::count(network_.inputs_of(item), item, &ValueNetwork::Input::item)
                      > 0;
    }

    void settle(std::uint32_t c) {
        ValueNetwork::Component& component = network_.components_[c];
        if (!is_circle(component)) {
            reach_[network_.order_[component.first]] = 1.0;
            return;
        }
        mark_circular(c);
        component.sweeps = count_sweeps(component);
        if (component.sweeps < most_sweeps) {
            return;
        }
        if (component.last - component.first <= largest_dense) {
            component.inverse = inverse_of(component);
            component.sweeps = 1;
            return;
        }
        for (const std::uint32_t item : members_of(component)) {
            if (network_.settlement_[item] == Settlement::settled && reach_[item] < 1.0 - 1e-9) {
                network_.settlement_[item] = Settlement::slow;
            }
        }
    }

    /// Marks the members from which no likely value ever leaves the circle.
    void mark_circular(std::uint32_t c) {
        const auto members = members_of(network_.components_[c]);
        std::vector<std::uint32_t> leaking;
        std::vector<graph::Arc> taken_by;
        position_of_.resize(network_.size());
        for (std::uint32_t m = 0; m < members.size(); ++m) {
            position_of_[members[m]] = m;
        }
        std::vector<bool> leaks(members.size(), false);
        for (std::uint32_t m = 0; m < members.size(); ++m) {
            leaks[m] = network_.own_[members[m]] > 0.0;
            for (const ValueNetwork::Input& input : network_.inputs_of(members[m])) {
                if (input.weight > 0.0 && component_of_[input.item] == c) {
                    taken_by.push_back({position_of_[input.item], m});
                } else if (input.weight > 0.0) {
                    leaks[m] = true;
                }
            }
            if (leaks[m]) {
                leaking.push_back(m);
            }
        }
        spread(graph::CsrGraph{members.size(), taken_by}, leaking, leaks);
        for (std::uint32_t m = 0; m < members.size(); ++m) {
            if (!leaks[m]) {
                network_.settlement_[members[m]] = Settlement::circular;
                reach_[members[m]] = 1.0;
            }
        }
    }

    static void spread(
        const graph::CsrGraph& taken_by,
        std::vector<std::uint32_t> leaking,
        std::vector<bool>& leaks
    ) {
        while (!leaking.empty()) {
            const std::uint32_t node = leaking.back();
            leaking.pop_back();
            for (const std::uint32_t taker : taken_by.targets(node)) {
                if (!leaks[taker]) {
                    leaks[taker] = true;
                    leaking.push_back(taker);
                }
            }
        }
    }

    /// Sweeps until all value is followed to where it originates, up to `most_sweeps`.
    std::uint32_t count_sweeps(const ValueNetwork::Component& component) {
        std::uint32_t sweeps = 0;
        double missing = 1.0;
        while (missing > reached && sweeps < most_sweeps) {
            missing = 0.0;
            for (const std::uint32_t item : members_of(component)) {
                missing = std::max(missing, sweep_reach(item));
            }
            ++sweeps;
        }
        return sweeps;
    }

    /// The part of the item's value that is still not followed, beyond rounding.
    double sweep_reach(std::uint32_t item) {
        if (network_.settlement_[item] == Settlement::circular) {
            return 0.0;
        }
        double sum = network_.own_[item];
        for (const ValueNetwork::Input& input : network_.inputs_of(item)) {
            sum += input.weight * reach_[input.item];
        }
        reach_[item] = sum;
        return 1.0 - sum - 1e-15 * static_cast<double>(network_.inputs_of(item).size());
    }

    std::vector<double> inverse_of(const ValueNetwork::Component& component) const {
        const auto members = members_of(component);
        const std::size_t n = members.size();
        std::vector<double> matrix(n * n, 0.0);
        for (std::size_t row = 0; row < n; ++row) {
            matrix[row * n + row] = 1.0;
            if (network_.settlement_[members[row]] == Settlement::circular) {
                continue;
            }
            for (const ValueNetwork::Input& input : network_.inputs_of(members[row])) {
                if (component_of_[input.item] == component_of_[members[row]]) {
                    matrix[row * n + position_of_[input.item]] -= input.weight;
                }
            }
        }
        invert(matrix, n);
        return matrix;
    }

    /// assumed = what is assumed here + what is assumed in the recorded inputs. Circles from zero.
    void sum_assumed() {
        for (const ValueNetwork::Component& component : network_.components_) {
            const std::uint32_t sweeps = component.inverse.empty() ? component.sweeps : most_sweeps;
            for (std::uint32_t sweep = 0; sweep < std::max(1U, sweeps); ++sweep) {
                for (const std::uint32_t item : members_of(component)) {
                    network_.assumed_[item] = assumed_in(item);
                }
            }
        }
    }

    double assumed_in(std::uint32_t item) const {
        double sum = is_own_assumed(item) ? network_.own_[item] : 0.0;
        for (const ValueNetwork::Input& input : network_.inputs_of(item)) {
            sum += input.weight * (input.assumed ? 1.0 : network_.assumed_[input.item]);
        }
        return std::min(sum, 1.0);
    }

    /// Whether a part without any recorded share competes with the own part for the rest.
    bool is_own_assumed(std::uint32_t item) const {
        return std::ranges::any_of(network_.parts_of(item), [&](const ValueNetwork::Part& part) {
            const std::span inputs = std::span{network_.inputs_}.subspan(
                part.first_input,
                part.last_input - part.first_input
            );
            return std::ranges::all_of(inputs, &ValueNetwork::Input::assumed);
        });
    }

    const MapIndex& index_;
    LookthroughOptions options_;
    ValueNetwork& network_;
    std::vector<std::uint32_t> component_of_;
    std::vector<std::uint32_t> position_of_;  ///< within the circle looked at
    std::vector<double> reach_;               ///< part of the value followed to an origin
};

ValueNetwork::ValueNetwork(const MapIndex& index, LookthroughOptions options) {
    ValueNetworkBuilder{index, options, *this}.build();
}

std::span<const ValueNetwork::Part> ValueNetwork::parts_of(std::uint32_t item) const {
    return std::span{parts_}.subspan(part_start_[item], part_start_[item + 1] - part_start_[item]);
}

std::span<const ValueNetwork::Input> ValueNetwork::inputs_of(std::uint32_t item) const {
    return std::span{inputs_}.subspan(
        input_start_[item],
        input_start_[item + 1] - input_start_[item]
    );
}

}  // namespace adic::supply
