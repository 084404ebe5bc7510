#include "adic/supply/lookthrough.hpp"

#include "lookthrough/own_origins.hpp"

#include <algorithm>
#include <tuple>

namespace adic::supply {
namespace {

using model::ItemIndex;
using model::StateIndex;

constexpr double reached = 1e-15;  ///< value still on its way at which a circle is done
constexpr std::uint32_t most_sweeps = 4000;

/// Follows the value of one item down to the items whose own part it is.
class Descent {
  public:
    explicit Descent(const ValueNetwork& network)
        : network_(network)
        , arriving_(network.size(), 0.0)
        , value_(network.size(), 0.0) {}

    /// By item: the part of the value of `item` that passes through it.
    void follow(ItemIndex item) {
        arriving_[item.value()] = 1.0;
        const auto components = network_.components();
        for (auto component = components.rbegin(); component != components.rend(); ++component) {
            pass(*component);
        }
    }

    double value(std::uint32_t item) const { return value_[item]; }

    /// What was still in a circle when its sweeps ended.
    double left_over(std::uint32_t item) const { return arriving_[item]; }

  private:
    std::span<const std::uint32_t> members_of(const ValueNetwork::Component& component) const {
        return network_.order().subspan(component.first, component.last - component.first);
    }

    double arriving_at(const ValueNetwork::Component& component) const {
        double sum = 0.0;
        for (const std::uint32_t item : members_of(component)) {
            sum += network_.settlement(ItemIndex{item}) == Settlement::circular ? 0.0
                                                                                : arriving_[item];
        }
        return sum;
    }

    void pass(const ValueNetwork::Component& component) {
        if (!component.inverse.empty()) {
            pass_directly(component);
            return;
        }
        const double start = arriving_at(component);
        std::uint32_t sweep = 0;
        for (double left = start; left > reached * start && sweep < most_sweeps; ++sweep) {
            for (const std::uint32_t item : members_of(component)) {
                push(item);
            }
            left = component.sweeps == 0 ? 0.0 : arriving_at(component);
        }
    }

    /// Hands what has arrived at the item on to its inputs.
    void push(std::uint32_t item) {
        if (network_.settlement(ItemIndex{item}) == Settlement::circular) {
            return;
        }
        const double amount = arriving_[item];
        arriving_[item] = 0.0;
        value_[item] += amount;
        for (const ValueNetwork::Input& input : network_.inputs_of(item)) {
            arriving_[input.item] += amount * input.weight;
        }
    }

    /// Passing once through the circle is one multiplication with (I - A)^-1 from the left; what it
    /// sends back to its own members is in there already.
    void pass_directly(const ValueNetwork::Component& component) {
        const auto members = members_of(component);
        const std::size_t n = members.size();
        std::vector<double> total(n, 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j) {
                total[j] += arriving_[members[i]] * component.inverse[i * n + j];
            }
        }
        for (std::size_t j = 0; j < n; ++j) {
            if (network_.settlement(ItemIndex{members[j]}) != Settlement::circular) {
                arriving_[members[j]] = total[j];
                push(members[j]);
            }
        }
        for (std::size_t j = 0; j < n; ++j) {
            const bool stays = network_.settlement(ItemIndex{members[j]}) == Settlement::circular;
            arriving_[members[j]] = stays ? total[j] : 0.0;
        }
    }

    const ValueNetwork& network_;
    std::vector<double> arriving_;
    std::vector<double> value_;
};

void add_own(
    std::vector<Contribution>& list,
    ItemIndex item,
    const OwnOrigins& origins,
    double amount
) {
    for (const StatePart& state : origins.states) {
        if (state.likely > 0.0) {
            list.push_back({item, StateIndex{state.state}, amount * state.likely});
        }
    }
}

}  // namespace

std::vector<Contribution> list_contributions(
    const ValueNetwork& network,
    const MapIndex& index,
    const Viewpoint& viewpoint,
    model::ItemIndex item
) {
    Descent descent{network};
    descent.follow(item);
    std::vector<Contribution> list;
    for (std::uint32_t i = 0; i < network.size(); ++i) {
        const double own = descent.value(i) * network.own_part(ItemIndex{i});
        double unknown = descent.left_over(i);
        if (own > 0.0) {
            const OwnOrigins origins = own_origins(index, viewpoint, ItemIndex{i});
            add_own(list, ItemIndex{i}, origins, own);
            unknown += own * origins.unknown;
        }
        if (unknown > 0.0) {
            list.push_back({ItemIndex{i}, std::nullopt, unknown});
        }
    }
    std::ranges::sort(list, [](const Contribution& a, const Contribution& b) {
        return std::tuple{-a.amount, a.item, a.origin} < std::tuple{-b.amount, b.item, b.origin};
    });
    return list;
}

}  // namespace adic::supply
