#include "adic/procure/demand.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace adic::procure {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

void add(std::optional<Range>& sum, const std::optional<Range>& more) {
    if (more) {
        sum = Range{(sum ? sum->low : 0.0) + more->low, (sum ? sum->high : 0.0) + more->high};
    }
}

bool is_wanted_on(const PlannedDemand& demand, sys_days day) {
    return (demand.first || demand.last) && demand.first.value_or(day) <= day
           && day <= demand.last.value_or(day);
}

/// The days of the window on which somebody begins, or has just ended; its first day among them.
std::set<sys_days> turns_of(std::span<const PlannedDemand> demands, const BuyingWindow& within) {
    std::set<sys_days> turns{within.first};
    const auto add_turn = [&](sys_days day) {
        if (within.first < day && day <= within.last) {
            turns.insert(day);
        }
    };
    for (const PlannedDemand& demand : demands) {
        if (demand.first) {
            add_turn(*demand.first);
        }
        if (demand.last) {
            add_turn(*demand.last + days{1});
        }
    }
    return turns;
}

std::vector<PlannedDemand> wanted_on(std::span<const PlannedDemand> demands, sys_days day) {
    std::vector<PlannedDemand> wanted;
    std::ranges::copy_if(demands, std::back_inserter(wanted), [&](const PlannedDemand& one) {
        return is_wanted_on(one, day);
    });
    return wanted;
}

std::vector<std::string> states_of(std::span<const PlannedDemand> demands) {
    std::set<std::string> states;
    for (const PlannedDemand& demand : demands) {
        states.insert(demand.state);
    }
    return {states.begin(), states.end()};
}

std::optional<Range> wanted_at(const PlannedDemand& demand, double price) {
    if (demand.tiers.empty()) {
        return demand.quantity;
    }
    double most = 0.0;
    for (const PriceTier& tier : demand.tiers) {
        most = tier.price >= price ? std::max(most, tier.quantity) : most;
    }
    return Range{most, most};
}

bool has_signed(const Paper& paper, const std::string& state) {
    return std::ranges::find(paper.signatures, state, &Signature::state) != paper.signatures.end();
}

bool is_delivered(const Paper& paper, sys_days today) {
    return paper.delivered && *paper.delivered <= today;
}

/// How far a state has come with a paper that it signed.
FunnelStage reached_by(const Paper& paper, sys_days today) {
    switch (paper.kind) {
    case PaperKind::letter_of_intent:
    case PaperKind::technical_arrangement: return FunnelStage::signed_on;
    case PaperKind::frame_agreement: return FunnelStage::committed;
    case PaperKind::call_off: break;
    }
    return is_delivered(paper, today) ? FunnelStage::delivered : FunnelStage::ordered;
}

/// Stages that states have reached, and what counts for them.
class Funnel {
  public:
    explicit Funnel(sys_days today) : today_(today) {}

    void add_plans(std::span<const PlannedDemand> demands) {
        for (const PlannedDemand& demand : demands) {
            reach(demand.state, FunnelStage::planned);
        }
        at(FunnelStage::planned).quantity = quantity_of(demands);
    }

    void add(const Project& project) {
        for (const Participant& one : participants_of(project)) {
            const bool takes_part =
                one.standing != Standing::left && one.standing != Standing::awaited;
            FunnelStage furthest = FunnelStage::interested;
            for (const Paper& paper : project.papers) {
                furthest = has_signed(paper, one.state)
                               ? std::max(furthest, reached_by(paper, today_))
                               : furthest;
            }
            if (!takes_part && furthest == FunnelStage::interested) {
                continue;
            }
            reach(one.state, furthest);
            for (auto stage = FunnelStage::interested;
                 stage <= std::min(furthest, FunnelStage::committed);
                 stage = next(stage)) {
                procure::add(at(stage).quantity, one.quantity);
            }
        }
        add_call_offs(project);
    }

    std::vector<FunnelStep> take() {
        for (const auto& [state, furthest] : furthest_) {
            for (auto stage = FunnelStage::planned; stage <= furthest; stage = next(stage)) {
                const bool counts = stage != FunnelStage::planned || plans_.contains(state);
                if (counts) {
                    at(stage).states.push_back(state);
                }
            }
        }
        return {steps_.begin(), steps_.end()};
    }

  private:
    static FunnelStage next(FunnelStage stage) {
        return static_cast<FunnelStage>(static_cast<int>(stage) + 1);
    }

    FunnelStep& at(FunnelStage stage) { return steps_[static_cast<std::size_t>(stage)]; }

    void reach(const std::string& state, FunnelStage stage) {
        auto& furthest = furthest_.emplace(state, stage).first->second;
        furthest = std::max(furthest, stage);
        if (stage == FunnelStage::planned) {
            plans_.insert(state);
        }
    }

    void add_call_offs(const Project& project) {
        for (const Paper& paper : project.papers) {
            if (paper.kind != PaperKind::call_off || paper.signatures.empty()) {
                continue;
            }
            procure::add(at(FunnelStage::ordered).quantity, paper.quantity);
            if (is_delivered(paper, today_)) {
                procure::add(at(FunnelStage::delivered).quantity, paper.quantity);
            }
        }
    }

    sys_days today_;
    std::array<FunnelStep, 6> steps_{
        FunnelStep{FunnelStage::planned, {}, {}},
        FunnelStep{FunnelStage::interested, {}, {}},
        FunnelStep{FunnelStage::signed_on, {}, {}},
        FunnelStep{FunnelStage::committed, {}, {}},
        FunnelStep{FunnelStage::ordered, {}, {}},
        FunnelStep{FunnelStage::delivered, {}, {}}};
    std::map<std::string, FunnelStage> furthest_;
    std::set<std::string> plans_;
};

}  // namespace

BuyingWindow years_from(sys_days day, int years) {
    const std::chrono::year_month_day date{day};
    const auto then = date + std::chrono::years{years};
    // The day after 28 February, where the year has no 29th.
    const sys_days end =
        then.ok() ? sys_days{then} : sys_days{then.year() / std::chrono::March / 1};
    return {day, end - days{1}};
}

std::vector<BuyingPeriod>
buying_periods(std::span<const PlannedDemand> demands, const BuyingWindow& within) {
    std::vector<BuyingPeriod> periods;
    const std::set<sys_days> turns = turns_of(demands, within);
    for (auto turn = turns.begin(); turn != turns.end(); ++turn) {
        const auto following = std::next(turn);
        const sys_days last = following == turns.end() ? within.last : *following - days{1};
        const std::vector<PlannedDemand> wanted = wanted_on(demands, *turn);
        if (!wanted.empty()) {
            periods.push_back(
                {{*turn, last}, states_of(wanted), quantity_of(wanted), unknown_quantities(wanted)}
            );
        }
    }
    return periods;
}

std::optional<Range> quantity_of(std::span<const PlannedDemand> demands) {
    std::optional<Range> sum;
    for (const PlannedDemand& demand : demands) {
        add(sum, demand.quantity);
    }
    return sum;
}

std::size_t unknown_quantities(std::span<const PlannedDemand> demands) {
    return static_cast<std::size_t>(std::ranges::count_if(demands, [](const auto& demand) {
        return !demand.quantity;
    }));
}

std::vector<BreakReached>
breaks_reached(std::span<const PlannedDemand> demands, const PriceList& prices) {
    std::vector<BreakReached> reached;
    for (const PriceBreak& step : prices.breaks) {
        std::optional<Range> wanted;
        for (const PlannedDemand& demand : demands) {
            add(wanted, wanted_at(demand, step.price));
        }
        const Range sum = wanted.value_or(Range{});
        reached.push_back({step, sum, sum.low >= step.from, sum.high >= step.from});
    }
    return reached;
}

std::string_view name_of(FunnelStage stage) {
    switch (stage) {
    case FunnelStage::planned: return "planned";
    case FunnelStage::interested: return "interested";
    case FunnelStage::signed_on: return "signed";
    case FunnelStage::committed: return "committed";
    case FunnelStage::ordered: return "ordered";
    case FunnelStage::delivered: return "delivered";
    }
    std::abort();
}

std::vector<FunnelStep> funnel_of(
    std::span<const PlannedDemand> demands,
    std::span<const Project> projects,
    sys_days today
) {
    Funnel funnel(today);
    funnel.add_plans(demands);
    for (const Project& project : projects) {
        funnel.add(project);
    }
    return funnel.take();
}

}  // namespace adic::procure
