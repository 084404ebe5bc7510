#include "adic/supply/why.hpp"

#include "propagation.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace adic::supply {
namespace {

using model::FaultGate;
using model::FaultNode;
using model::GateKind;
using model::GroupIndex;
using model::ItemIndex;
using model::Supply;

/// An item whose chain is still to be told.
struct Pending {
    ItemIndex item;
    std::uint32_t gate;
    std::uint32_t depth;
};

FailureOptions with_kinds_of(std::span<const FailureSubject> failed, FailureOptions options) {
    for (const FailureSubject& subject : failed) {
        const bool is_state = std::holds_alternative<model::StateIndex>(subject);
        const bool is_item = std::holds_alternative<ItemIndex>(subject);
        options.events.states = options.events.states || is_state;
        options.events.items = options.events.items || is_item;
        options.events.suppliers = options.events.suppliers || (!is_state && !is_item);
    }
    return options;
}

/// Reads the argument off the rounds in which gates fail: what an item fails by has failed in an
/// earlier round, so following the earliest cause always ends at events.
class Teller {
  public:
    Teller(
        const MapIndex& index,
        const Viewpoint& viewpoint,
        const FailureOptions& options,
        std::span<const FailureSubject> failed
    )
        : index_(index)
        , viewpoint_(viewpoint)
        , options_(options)
        , failed_(failed) {}

    std::vector<WhyLink> tell(const FailureModel& model) {
        Propagation propagation{model.tree};
        std::vector<std::uint32_t> events;
        for (std::uint32_t e = 0; e < model.event_subjects.size(); ++e) {
            if (std::ranges::count(failed_, model.event_subjects[e]) != 0) {
                events.push_back(e);
            }
        }
        propagation.spread(events);
        if (propagation.round_of(model.tree.top) == 0) {
            return {};
        }
        const auto top = std::get<ItemGate>(model.gate_meanings[model.tree.top]).item;
        pending_.push_back({top, model.tree.top, 0});
        while (!pending_.empty()) {
            const Pending next = pending_.back();
            pending_.pop_back();
            tell_item(model, propagation, next);
        }
        return std::move(links_);
    }

  private:
    void
    tell_item(const FailureModel& model, const Propagation& propagation, const Pending& pending) {
        const FaultNode cause = earliest_cause(model, propagation, pending.gate);
        WhyLink link{pending.depth, pending.item, Assumed{}};
        link.told_above = !told_.insert(pending.item).second;
        if (cause.kind == FaultNode::Kind::event) {
            links_.push_back(std::move(link));
            return;
        }
        const GateMeaning& meaning = model.gate_meanings[cause.index];
        if (const auto* group = std::get_if<GroupGate>(&meaning)) {
            tell_group(model, propagation, cause.index, group->group, std::move(link));
        } else {
            link.because = shortage_of(pending.item);
            links_.push_back(std::move(link));
        }
    }

    /// The first of the children that fails earliest; events fail before every gate.
    FaultNode earliest_cause(
        const FailureModel& model,
        const Propagation& propagation,
        std::uint32_t gate
    ) const {
        const auto round_of = [&](FaultNode node) -> std::uint32_t {
            if (node.kind == FaultNode::Kind::event) {
                const bool happened =
                    std::ranges::count(failed_, model.event_subjects[node.index]) != 0;
                return happened ? 0 : UINT32_MAX;
            }
            const std::uint32_t round = propagation.round_of(node.index);
            return round == 0 ? UINT32_MAX : round;
        };
        return *std::ranges::min_element(model.tree.gates[gate].children, {}, round_of);
    }

    void tell_group(
        const FailureModel& model,
        const Propagation& propagation,
        std::uint32_t gate,
        GroupIndex group,
        WhyLink link
    ) {
        const FaultGate& failing = model.tree.gates[gate];
        const std::span<const std::uint32_t> needs = index_.needs_of(group);
        std::vector<std::size_t> causes;
        for (std::size_t c = 0; c < failing.children.size(); ++c) {
            const std::uint32_t round = propagation.round_of(failing.children[c].index);
            if (round != 0 && round < propagation.round_of(gate)) {
                causes.push_back(c);
            }
        }
        std::ranges::stable_sort(causes, {}, [&](std::size_t c) {
            return propagation.round_of(failing.children[c].index);
        });
        causes.resize(needs.size() - index_.map()[group].take + 1);

        NeedNotMet because{group, {}};
        const bool told = link.told_above;
        const std::uint32_t below = link.depth + 1;
        for (const std::size_t c : causes) {
            because.needs.push_back(needs[c]);
        }
        link.because = std::move(because);
        links_.push_back(std::move(link));
        for (auto c = causes.rbegin(); !told && c != causes.rend(); ++c) {
            const ItemIndex input = index_.map().needs[needs[*c]].input;
            pending_.push_back({input, failing.children[*c].index, below});
        }
    }

    bool is_lost(const Supply& row) const {
        if (!row.origin || viewpoint_.is_inside(*row.origin)) {
            return false;
        }
        const FailureSubject firm = row.organisation
                                        ? FailureSubject{*row.organisation}
                                        : FailureSubject{UnnamedSupplier{row.item, *row.origin}};
        return std::ranges::count(failed_, FailureSubject{*row.origin}) != 0
               || std::ranges::count(failed_, firm) != 0;
    }

    ShortOfSupply shortage_of(ItemIndex item) const {
        const double enough = index_.map().items[item].enough.value_or(options_.enough);
        ShortOfSupply shortage{{}, 0.0, enough};
        double surviving_low = 0.0;
        for (const std::uint32_t row : index_.supplies_seen(item, viewpoint_)) {
            const Supply& fact = index_.map().supplies[row];
            const Estimate share = fact.share.value_or(Estimate::exactly(0.0));
            if (is_lost(fact)) {
                shortage.supplies.push_back(row);
                shortage.lost +=
                    options_.completion == Completion::likely ? share.likely() : share.low();
            } else {
                surviving_low += fact.origin ? share.low() : 0.0;
            }
        }
        if (options_.completion == Completion::possible) {
            shortage.lost = 1.0 - surviving_low;
        }
        std::ranges::stable_sort(shortage.supplies, std::greater{}, [&](std::uint32_t row) {
            const auto& share = index_.map().supplies[row].share;
            return share ? share->likely() : 0.0;
        });
        return shortage;
    }

    const MapIndex& index_;
    const Viewpoint& viewpoint_;
    const FailureOptions& options_;
    std::span<const FailureSubject> failed_;
    std::vector<Pending> pending_;
    std::vector<WhyLink> links_;
    std::set<ItemIndex> told_;
};

}  // namespace

std::vector<WhyLink> why(
    const MapIndex& index,
    const Viewpoint& viewpoint,
    ItemIndex item,
    std::span<const FailureSubject> failed,
    const FailureOptions& options
) {
    const FailureOptions widened = with_kinds_of(failed, options);
    const FailureModel model = failure_model(index, viewpoint, item, widened);
    return Teller{index, viewpoint, widened, failed}.tell(model);
}

}  // namespace adic::supply
