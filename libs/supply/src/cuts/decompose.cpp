#include "cuts/decompose.hpp"

#include <algorithm>
#include <numeric>
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
    Decomposition(std::size_t events, std::size_t step_budget)
        : steps_left_(step_budget)
        , leader_(events, none)
        , count_(events, 0) {}

    std::optional<Diagram> run(CutFamily cuts) {
        std::ranges::sort(cuts, is_smaller);
        diagram_.root = build(std::move(cuts));
        return diagram_.root == overflow ? std::nullopt : std::optional(std::move(diagram_));
    }

  private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    NodeRef add(const Node& node) {
        diagram_.nodes.push_back(node);
        return static_cast<NodeRef>(diagram_.nodes.size() - 1);
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
    NodeRef build(CutFamily cuts) {
        if (cuts.empty()) {
            return zero;
        }
        if (cuts.front().empty()) {
            return one;
        }
        if (!spend(cuts)) {
            return overflow;
        }
        NodeRef result = zero;
        for (CutFamily& part : split(std::move(cuts))) {
            const NodeRef next = build_connected(std::move(part));
            if (next == overflow) {
                return overflow;
            }
            result = result == zero ? next : add({independent_level, result, next});
        }
        return result;
    }

    NodeRef build_connected(CutFamily cuts) {
        Key key = key_of(cuts);
        if (const auto known = known_.find(key); known != known_.end()) {
            return known->second;
        }
        const std::uint32_t event = most_shared(cuts);
        const NodeRef high = build(with_failed(cuts, event));
        if (high == overflow) {
            return overflow;
        }
        std::erase_if(cuts, [&](const auto& cut) {
            return std::ranges::binary_search(cut, event);
        });
        const NodeRef low = build(std::move(cuts));
        if (low == overflow) {
            return overflow;
        }
        const NodeRef result = add({event, low, high});
        known_.emplace(std::move(key), result);
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
        std::size_t steps = 0;
        std::erase_if(others, [&](const auto& cut) {
            return std::ranges::any_of(shorter, [&](const auto& part) {
                ++steps;
                return part.size() < cut.size() && std::ranges::includes(cut, part);
            });
        });
        steps_left_ -= std::min(steps, steps_left_);
        std::ranges::sort(shorter, is_smaller);
        CutFamily merged;
        std::ranges::merge(shorter, others, std::back_inserter(merged), is_smaller);
        return merged;
    }

    std::size_t steps_left_;
    Diagram diagram_;
    std::unordered_map<Key, NodeRef, KeyHash> known_;
    std::vector<std::uint32_t> leader_;
    std::vector<std::uint32_t> count_;
};

}  // namespace

std::optional<Diagram> decompose(const CutFamily& cuts, std::size_t step_budget) {
    std::vector<std::uint32_t> events;
    for (const auto& cut : cuts) {
        events.insert(events.end(), cut.begin(), cut.end());
    }
    std::ranges::sort(events);
    events.erase(std::unique(events.begin(), events.end()), events.end());
    if (events.size() > event_limit) {
        return std::nullopt;
    }
    return Decomposition(events.empty() ? 0 : events.back() + std::size_t{1}, step_budget)
        .run(cuts);
}

}  // namespace adic::supply::cuts
