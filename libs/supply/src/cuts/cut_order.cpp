#include "adic/base/random.hpp"

#include "cuts/solve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace adic::supply::cuts {

namespace {

/// Bounds the width of the diagram at each level. Given the events before it, what is left depends
/// on which of them are failed that share a cut with a later one; or, seen from the other side, on
/// which later events would now complete a cut.
class WidthEstimate {
  public:
    WidthEstimate(const CutFamily& cuts, std::size_t names)
        : cuts_(cuts)
        , rank_(names, 0)
        , last_partner_(names)
        , first_partner_(names) {}

    double operator()(const VariableOrder& order) {
        const auto count = static_cast<std::uint32_t>(order.size());
        for (std::uint32_t i = 0; i < count; ++i) {
            rank_[order[i]] = i;
            last_partner_[i] = first_partner_[i] = i;
        }
        for (const auto& cut : cuts_) {
            note(cut);
        }
        return sum(count);
    }

  private:
    void note(const std::vector<Ref>& cut) {
        std::uint32_t first = std::numeric_limits<std::uint32_t>::max();
        std::uint32_t last = 0;
        for (const Ref event : cut) {
            first = std::min(first, rank_[event]);
            last = std::max(last, rank_[event]);
        }
        for (const Ref event : cut) {
            const std::uint32_t rank = rank_[event];
            last_partner_[rank] = std::max(last_partner_[rank], last);
            first_partner_[rank] = std::min(first_partner_[rank], first);
        }
    }

    /// An event is open before level i from its own level to that of its last partner.
    double sum(std::uint32_t count) {
        before_.assign(count + 1, 0);
        after_.assign(count + 1, 0);
        for (std::uint32_t i = 0; i < count; ++i) {
            ++before_[i + 1 <= last_partner_[i] ? i + 1 : count];
            --before_[last_partner_[i] >= i + 1 ? last_partner_[i] + 1 : count];
            if (first_partner_[i] < i) {
                ++after_[first_partner_[i] + 1];
                --after_[i + 1];
            }
        }
        double total = 0.0;
        int open_before = 0;
        int open_after = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            open_before += before_[i];
            open_after += after_[i];
            total += std::exp2(0.7 * std::min(open_before, open_after));
        }
        return total;
    }

    const CutFamily& cuts_;
    std::vector<std::uint32_t> rank_;
    std::vector<std::uint32_t> last_partner_;
    std::vector<std::uint32_t> first_partner_;
    std::vector<int> before_;
    std::vector<int> after_;
};

/// Appends, again and again, the event that leaves the fewest events open.
class Greedy {
  public:
    Greedy(const CutFamily& cuts, std::size_t names) : cuts_(cuts), of_event_(names) {
        for (std::uint32_t i = 0; i < cuts.size(); ++i) {
            for (const Ref event : cuts[i]) {
                of_event_[event].push_back(i);
            }
        }
    }

    VariableOrder run(const VariableOrder& start, Ref first) {
        left_.clear();
        for (const auto& cut : cuts_) {
            left_.push_back(static_cast<std::uint32_t>(cut.size()));
        }
        open_cuts_.assign(of_event_.size(), 0);
        for (const Ref event : start) {
            open_cuts_[event] = static_cast<std::uint32_t>(of_event_[event].size());
        }
        placed_.assign(of_event_.size(), false);
        VariableOrder order;
        VariableOrder waiting = start;
        for (Ref next = first; !waiting.empty(); next = best_of(waiting)) {
            place(next);
            order.push_back(next);
            std::erase(waiting, next);
            if (waiting.empty()) {
                break;
            }
        }
        return order;
    }

  private:
    void place(Ref event) {
        placed_[event] = true;
        for (const std::uint32_t cut : of_event_[event]) {
            if (--left_[cut] == 0) {
                for (const Ref member : cuts_[cut]) {
                    --open_cuts_[member];
                }
            }
        }
    }

    /// Events closed by placing `event`, less the one that it opens.
    int gain(Ref event) const {
        int closed = 0;
        std::uint32_t completed = 0;
        for (const std::uint32_t cut : of_event_[event]) {
            if (left_[cut] == 1) {
                ++completed;
                for (const Ref member : cuts_[cut]) {
                    closed += placed_[member] && open_cuts_[member] == 1 ? 1 : 0;
                }
            }
        }
        return closed - (completed < of_event_[event].size() ? 1 : 0);
    }

    /// How many cuts with a member placed the event is in: it belongs near them.
    int ties(Ref event) const {
        int count = 0;
        for (const std::uint32_t cut : of_event_[event]) {
            count += left_[cut] > 0 && left_[cut] < cuts_[cut].size() ? 1 : 0;
        }
        return count;
    }

    Ref best_of(const VariableOrder& waiting) const {
        Ref best = waiting.front();
        std::pair<int, int> most{std::numeric_limits<int>::min(), 0};
        for (const Ref event : waiting) {
            const std::pair<int, int> now{gain(event), ties(event)};
            if (now > most) {
                most = now;
                best = event;
            }
        }
        return best;
    }

    const CutFamily& cuts_;
    std::vector<std::vector<std::uint32_t>> of_event_;
    std::vector<std::uint32_t> left_;
    std::vector<std::uint32_t> open_cuts_;
    std::vector<bool> placed_;
};

/// Moves single events to other places as long as that lowers the estimate.
void improve(VariableOrder& order, WidthEstimate& width, std::size_t tries) {
    RandomStream random(1, order.size());
    double least = width(order);
    for (std::size_t i = 0; i < tries; ++i) {
        VariableOrder moved = order;
        const auto from = static_cast<std::ptrdiff_t>(random.below(order.size()));
        const auto to = static_cast<std::ptrdiff_t>(random.below(order.size()));
        if (from < to) {
            std::rotate(moved.begin() + from, moved.begin() + from + 1, moved.begin() + to + 1);
        } else {
            std::rotate(moved.begin() + to, moved.begin() + from, moved.begin() + from + 1);
        }
        if (const double now = width(moved); now <= least) {
            least = now;
            order = std::move(moved);
        }
    }
}

}  // namespace

VariableOrder order_for_cuts(const CutFamily& cuts, const VariableOrder& start) {
    constexpr std::size_t starts = 12;
    constexpr std::size_t tries_for_an_event = 300;
    constexpr std::size_t effort = 20'000'000;  // steps of the local search, about 50 ms
    if (start.empty()) {
        return start;
    }
    std::size_t members = start.size();
    for (const auto& cut : cuts) {
        members += cut.size();
    }
    const std::size_t names = *std::ranges::max_element(start) + std::size_t{1};
    WidthEstimate width(cuts, names);
    Greedy greedy(cuts, names);
    VariableOrder best = start;
    double least = width(best);
    for (std::size_t i = 0; i < starts; ++i) {
        VariableOrder order = greedy.run(start, start[i * (start.size() - 1) / (starts - 1)]);
        if (const double now = width(order); now < least) {
            least = now;
            best = std::move(order);
        }
    }
    improve(best, width, std::min(effort / (members + 1), tries_for_an_event * start.size()));
    return best;
}

}  // namespace adic::supply::cuts
