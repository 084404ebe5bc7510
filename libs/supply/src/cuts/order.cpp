#include "cuts/build.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace adic::supply::cuts {

namespace {

/// Above this, moving everything about takes longer than the diagrams.
constexpr std::size_t largest_for_force = 50'000;

/// Size of what is below each gate if it were a tree; grows too fast for a whole number.
std::vector<double> weights_of(const Circuit& circuit) {
    std::vector<double> weight(circuit.names(), 1.0);
    const Components components = components_of(circuit);
    for (const auto& members : components.members) {
        for (const Ref member : members) {
            double sum = 0.0;
            for (const Ref child : circuit.gate(member).children) {
                sum += weight[child];
            }
            weight[member] = std::min(sum, 1e300);
        }
    }
    return weight;
}

enum class Children { as_given, lighter_first, heavier_first };

VariableOrder depth_first(const Circuit& circuit, Children children) {
    const std::vector<double> weight = weights_of(circuit);
    std::vector<bool> seen(circuit.names(), false);
    VariableOrder order;
    std::vector<Ref> open{circuit.top};
    while (!open.empty()) {
        const Ref ref = open.back();
        open.pop_back();
        if (seen[ref]) {
            continue;
        }
        seen[ref] = true;
        if (circuit.is_event(ref)) {
            order.push_back(ref);
            continue;
        }
        auto below = circuit.gate(ref).children;
        if (children != Children::as_given) {
            std::ranges::stable_sort(below, [&](Ref a, Ref b) {
                return children == Children::lighter_first ? weight[a] < weight[b]
                                                           : weight[a] > weight[b];
            });
        }
        open.insert(open.end(), below.rbegin(), below.rend());
    }
    return order;
}

/// Moves each event and gate to the middle of the gates that it takes part in, again and again, and
/// keeps the order in which the gates span the least.
class Force {
  public:
    Force(const Circuit& circuit, const VariableOrder& start)
        : circuit_(circuit)
        , place_(circuit.names(), 0.0) {
        for (std::size_t i = 0; i < start.size(); ++i) {
            place_[start[i]] = static_cast<double>(i);
        }
        events_ = start;
        const Components components = components_of(circuit);
        for (const auto& members : components.members) {
            for (const Ref member : members) {
                place_[member] = middle_of_children(member);
            }
        }
    }

    VariableOrder run() {
        const int rounds = 10 + 2 * static_cast<int>(std::log2(1.0 + double(circuit_.names())));
        VariableOrder best = events_;
        double least = span();
        for (int round = 0; round < rounds; ++round) {
            move();
            if (const double now = span(); now < least) {
                least = now;
                best = events_;
            }
        }
        return best;
    }

  private:
    double middle_of_children(Ref gate) const {
        double sum = 0.0;
        for (const Ref child : circuit_.gate(gate).children) {
            sum += place_[child];
        }
        return sum
               / static_cast<double>(std::max<std::size_t>(1, circuit_.gate(gate).children.size()));
    }

    void move() {
        std::vector<double> sum(circuit_.names(), 0.0);
        std::vector<double> count(circuit_.names(), 0.0);
        for (std::size_t i = 0; i < circuit_.gates.size(); ++i) {
            const Ref gate = circuit_.events + static_cast<Ref>(i);
            const auto size = static_cast<double>(circuit_.gates[i].children.size());
            const double middle = (middle_of_children(gate) * size + place_[gate]) / (size + 1.0);
            for (const Ref child : circuit_.gates[i].children) {
                sum[child] += middle;
                count[child] += 1.0;
            }
            sum[gate] += middle;
            count[gate] += 1.0;
        }
        std::vector<Ref> all(circuit_.names());
        std::iota(all.begin(), all.end(), 0U);
        std::ranges::stable_sort(all, {}, [&](Ref ref) {
            return count[ref] > 0.0 ? sum[ref] / count[ref] : place_[ref];
        });
        for (std::size_t i = 0; i < all.size(); ++i) {
            place_[all[i]] = static_cast<double>(i);
        }
        std::ranges::stable_sort(events_, {}, [&](Ref event) { return place_[event]; });
    }

    /// Sum over the gates of the distance between their first and their last child.
    double span() const {
        double total = 0.0;
        for (std::size_t i = 0; i < circuit_.gates.size(); ++i) {
            double least = 1e300;
            double most = -1e300;
            for (const Ref child : circuit_.gates[i].children) {
                least = std::min(least, place_[child]);
                most = std::max(most, place_[child]);
            }
            total += std::max(0.0, most - least);
        }
        return total;
    }

    const Circuit& circuit_;
    VariableOrder events_;
    std::vector<double> place_;
};

/// Events that many gates name come first: fixing them cuts the rest loose.
VariableOrder shared_first(const Circuit& circuit, VariableOrder order) {
    std::vector<std::uint32_t> parents(circuit.names(), 0);
    for (const Gate& gate : circuit.gates) {
        for (const Ref child : gate.children) {
            ++parents[child];
        }
    }
    std::ranges::stable_sort(order, std::greater<>{}, [&](Ref event) {
        return parents[event] > 2 ? parents[event] : 0U;
    });
    return order;
}

}  // namespace

std::vector<VariableOrder> candidate_orders(const Circuit& circuit) {
    const VariableOrder given = depth_first(circuit, Children::as_given);
    const VariableOrder light = depth_first(circuit, Children::lighter_first);
    std::vector<VariableOrder> orders;
    // The same order twice would fail twice.
    const auto add = [&](VariableOrder order) {
        if (std::ranges::find(orders, order) == orders.end()) {
            orders.push_back(std::move(order));
        }
    };
    if (circuit.names() <= largest_for_force) {
        add(Force(circuit, given).run());
        add(Force(circuit, light).run());
    }
    add(given);
    add(light);
    add(depth_first(circuit, Children::heavier_first));
    add(shared_first(circuit, given));
    return orders;
}

}  // namespace adic::supply::cuts
