#include "cuts/decompose.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace adic::supply::cuts {

namespace {

/// Branches are as deep as there are events; this keeps the thread's stack small.
constexpr std::size_t event_limit = 1'000;

/// Cuts one after the other, each as its length and its members, in a canonical order.
using Key = std::vector<std::uint32_t>;

struct KeyHash {
    std::size_t operator()(const Key& key) const {
        std::uint64_t h = key.size();
        for (const std::uint32_t part : key) {
            h = (h ^ part) * 0x9E3779B97F4A7C15U;
            h ^= h >> 32U;
        }
        return h;
    }
};

Key key_of(const CutFamily& cuts) {
    Key key;
    for (const auto& cut : cuts) {
        key.push_back(static_cast<std::uint32_t>(cut.size()));
        key.insert(key.end(), cut.begin(), cut.end());
    }
    return key;
}

bool is_smaller(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

class Decomposition {
  public:
    Decomposition(std::size_t events, const Nearness& nearness, std::size_t step_budget)
        : nearness_(nearness)
        , steps_left_(step_budget)
        , leader_(events, none)
        , count_(events, 0) {}

    std::optional<NearFunction> run(CutFamily cuts) {
        std::ranges::sort(cuts, is_smaller);
        result_.diagram.root = build(std::move(cuts), nearness_.gap);
        return result_.diagram.root == overflow ? std::nullopt : std::optional(std::move(result_));
    }

  private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    NodeRef add(const Node& node) {
        result_.diagram.nodes.push_back(node);
        return static_cast<NodeRef>(result_.diagram.nodes.size() - 1);
    }

    NodeRef add_independent(NodeRef f, NodeRef g) {
        return f == zero ? g : add({independent_level, f, g});
    }

    bool spend(const CutFamily& cuts) {
        std::size_t members = 1;
        for (const auto& cut : cuts) {
            members += cut.size();
        }
        const bool enough = members <= steps_left_;
        steps_left_ -= enough ? members : steps_left_;
        return enough;
    }

    /// Requires: minimal, sorted by `is_smaller`.
    NodeRef build(CutFamily cuts, double gap) {
        if (cuts.empty()) {
            return zero;
        }
        if (cuts.front().empty()) {
            return one;
        }
        if (!spend(cuts)) {
            return overflow;
        }
        NodeRef result = gap > 0.0 ? leave_out(cuts, gap) : zero;
        const auto all = static_cast<double>(cuts.size());
        for (CutFamily& part : split(std::move(cuts))) {
            const auto size = static_cast<double>(part.size());
            const NodeRef next = build_connected(std::move(part), gap * size / all);
            if (next == overflow) {
                return overflow;
            }
            result = add_independent(result, next);
        }
        return result;
    }

    /// Takes out the least probable cuts that together occur less often than half the gap, and that
    /// from the gap. Returns the event that stands for them, or `zero`.
    NodeRef leave_out(CutFamily& cuts, double& gap) {
        std::vector<double> products;
        for (const auto& cut : cuts) {
            products.push_back(expected(cut, high));
        }
        const double most = most_left_out(products, gap / 2.0);
        PassValues rest{};
        std::size_t kept = 0;
        for (std::size_t i = 0; i < cuts.size(); ++i) {
            if (products[i] > most) {
                if (kept != i) {
                    cuts[kept] = std::move(cuts[i]);
                }
                ++kept;
                continue;
            }
            for (std::size_t pass = 0; pass < passes; ++pass) {
                rest[pass] += expected(cuts[i], pass);
            }
        }
        cuts.resize(kept);
        if (rest[high] <= 0.0) {
            return zero;  // nothing, or what never occurs
        }
        gap -= rest[high];
        result_.rests.push_back(rest);
        const auto names = static_cast<std::uint32_t>(nearness_.events.size());
        return add({names + static_cast<std::uint32_t>(result_.rests.size() - 1), zero, one});
    }

    /// The largest value such that all up to it add up to no more than `room`; below 0 if none.
    static double most_left_out(std::vector<double> products, double room) {
        std::ranges::sort(products);
        double sum = 0.0;
        double most = -1.0;
        for (std::size_t i = 0; i < products.size(); ++i) {
            sum += products[i];
            if (sum > room) {
                break;
            }
            if (i + 1 == products.size() || products[i + 1] > products[i]) {
                most = products[i];
            }
        }
        return most;
    }

    double expected(const std::vector<std::uint32_t>& cut, std::size_t pass) const {
        double product = 1.0;
        for (const std::uint32_t event : cut) {
            product *= nearness_.events[event][pass];
        }
        return product;
    }

    /// Rounded down to a power of four, so that branches of nearly the same demands share parts.
    static double rounded(double gap) {
        int exponent = 0;
        std::frexp(gap, &exponent);
        return gap > 0.0 ? std::ldexp(1.0, 2 * ((exponent - 2) / 2)) : 0.0;
    }

    NodeRef build_connected(CutFamily cuts, double asked) {
        const double gap = rounded(asked);
        Key key = key_of(cuts);
        if (const auto known = known_.find(key); known != known_.end()) {
            if (known->second.gap <= gap) {
                return known->second.node;
            }
        }
        const std::uint32_t event = most_shared(cuts);
        // The gap of a branch counts as often as the branch is taken: the rare one gets more.
        const double p = gap > 0.0 ? nearness_.events[event][high] : 0.0;
        const double part = std::min(0.5, 3.0 * p);
        const double gap_failed = p > 0.0 ? gap * part / p : gap;
        const double gap_intact = p < 1.0 ? gap * (1.0 - part) / (1.0 - p) : gap;
        const NodeRef failed = build(with_failed(cuts, event), gap_failed);
        if (failed == overflow) {
            return overflow;
        }
        std::erase_if(cuts, [&](const auto& cut) {
            return std::ranges::binary_search(cut, event);
        });
        const NodeRef intact = build(std::move(cuts), gap_intact);
        if (intact == overflow) {
            return overflow;
        }
        const NodeRef result = add({event, intact, failed});
        known_[std::move(key)] = {result, gap};
        return result;
    }

    std::uint32_t find(std::uint32_t event) {
        while (leader_[event] != event) {
            event = leader_[event] = leader_[leader_[event]];
        }
        return event;
    }

    /// Parts that share no event, in the order of their first cuts.
    std::vector<CutFamily> split(CutFamily cuts) {
        for (const auto& cut : cuts) {
            for (const std::uint32_t event : cut) {
                leader_[event] = event;
            }
        }
        for (const auto& cut : cuts) {
            for (const std::uint32_t event : cut) {
                leader_[find(event)] = find(cut.front());
            }
        }
        std::vector<std::uint32_t> part_of;
        std::vector<CutFamily> parts;
        std::vector<std::uint32_t> leaders;
        for (auto& cut : cuts) {
            const std::uint32_t leader = find(cut.front());
            if (count_[leader] == 0) {
                parts.emplace_back();
                leaders.push_back(leader);
                count_[leader] = static_cast<std::uint32_t>(parts.size());
            }
            parts[count_[leader] - 1].push_back(std::move(cut));
        }
        for (const std::uint32_t leader : leaders) {
            count_[leader] = 0;
        }
        return parts;
    }

    /// The event in most cuts, small cuts counting more.
    std::uint32_t most_shared(const CutFamily& cuts) {
        std::uint32_t best = cuts.front().front();
        std::uint32_t most = 0;
        for (const auto& cut : cuts) {
            const std::uint32_t weight = cut.size() <= 2 ? 4 : cut.size() == 3 ? 2 : 1;
            for (const std::uint32_t event : cut) {
                count_[event] += weight;
                if (count_[event] > most || (count_[event] == most && event < best)) {
                    most = count_[event];
                    best = event;
                }
            }
        }
        for (const auto& cut : cuts) {
            for (const std::uint32_t event : cut) {
                count_[event] = 0;
            }
        }
        return best;
    }

    /// What is left to fail once `event` has: its cuts lose it, and cuts that contain one of those
    /// go.
    CutFamily with_failed(const CutFamily& cuts, std::uint32_t event) {
        CutFamily shorter;
        CutFamily others;
        for (const auto& cut : cuts) {
            const auto place = std::ranges::lower_bound(cut, event);
            if (place != cut.end() && *place == event) {
                shorter.push_back(cut);
                shorter.back().erase(shorter.back().begin() + (place - cut.begin()));
            } else {
                others.push_back(cut);
            }
        }
        erase_supersets(others, shorter);
        std::ranges::sort(shorter, is_smaller);
        CutFamily merged;
        std::ranges::merge(shorter, others, std::back_inserter(merged), is_smaller);
        return merged;
    }

    /// A part has a bit for each of its events; most cuts lack one of them, which one word tells.
    void erase_supersets(CutFamily& cuts, const CutFamily& parts) {
        std::vector<std::uint64_t> bits;
        for (const auto& part : parts) {
            bits.push_back(bits_of(part));
        }
        std::erase_if(cuts, [&](const auto& cut) {
            const std::uint64_t others = ~bits_of(cut);
            for (std::size_t i = 0; i < parts.size(); ++i) {
                if ((bits[i] & others) == 0 && parts[i].size() < cut.size()
                    && std::ranges::includes(cut, parts[i])) {
                    return true;
                }
            }
            return false;
        });
        steps_left_ -= std::min(steps_left_, cuts.size() * parts.size() / 16);
    }

    static std::uint64_t bits_of(const std::vector<std::uint32_t>& cut) {
        std::uint64_t bits = 0;
        for (const std::uint32_t event : cut) {
            bits |= std::uint64_t{1} << event % 64U;
        }
        return bits;
    }

    struct Known {
        NodeRef node;
        double gap;
    };

    Nearness nearness_;
    std::size_t steps_left_;
    NearFunction result_;
    std::unordered_map<Key, Known, KeyHash> known_;
    std::vector<std::uint32_t> leader_;
    std::vector<std::uint32_t> count_;
};

}  // namespace

std::optional<Diagram> decompose(const CutFamily& cuts, std::size_t step_budget) {
    auto exact = decompose_nearly(cuts, {{}, 0.0}, step_budget);
    return exact ? std::optional(std::move(exact->diagram)) : std::nullopt;
}

std::optional<NearFunction>
decompose_nearly(const CutFamily& cuts, const Nearness& nearness, std::size_t step_budget) {
    std::vector<std::uint32_t> events;
    for (const auto& cut : cuts) {
        events.insert(events.end(), cut.begin(), cut.end());
    }
    std::ranges::sort(events);
    events.erase(std::unique(events.begin(), events.end()), events.end());
    if (events.size() > event_limit) {
        return std::nullopt;
    }
    const std::size_t names = events.empty() ? 0 : events.back() + std::size_t{1};
    return Decomposition(names, nearness, step_budget).run(cuts);
}

}  // namespace adic::supply::cuts
