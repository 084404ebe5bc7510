#include "adic/app/brief.hpp"

#include "adic/supply/cuts/analysis.hpp"

#include "brief_shock.hpp"
#include "findings.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace adic::app {
namespace {

using model::ItemIndex;
using supply::MapIndex;

Result<BriefTarget> target_of(
    const MapIndex& index,
    const supply::Viewpoint& viewpoint,
    ItemIndex item,
    const supply::FailureOptions& options
) {
    const supply::FailureModel model = supply::failure_model(index, viewpoint, item, options);
    supply::CutOptions cuts;
    cuts.list_order = 1;
    ADIC_TRY(const supply::CutAnalysis analysis, supply::analyse_cuts(model.tree, cuts));
    BriefTarget target{item, model.items, model.items_with_shares, {}, {}, {}};
    for (const std::uint32_t event : analysis.single_points_of_failure) {
        if (const auto* state = std::get_if<model::StateIndex>(&model.event_subjects[event])) {
            target.stopped_by.push_back(*state);
        }
    }
    if (analysis.probability.value) {
        target.stop_probability = analysis.probability.value->likely();
    }
    if (analysis.probability.range) {
        target.at_most = analysis.probability.range->high;
    }
    return target;
}

Result<BriefView> view_of(
    const MapIndex& index,
    const supply::Viewpoint& viewpoint,
    const BriefRequest& request,
    const Progress& progress
) {
    BriefView view{viewpoint, {}, {}, 0};
    for (const ItemIndex item : request.targets) {
        ADIC_TRY(BriefTarget target, target_of(index, viewpoint, item, request.options.failure));
        view.targets.push_back(std::move(target));
    }
    view.ranking =
        supply::rank_bottlenecks(index, viewpoint, request.targets, request.options, progress);
    for (const supply::Bottleneck& found : view.ranking.bottlenecks) {
        view.stopped_by_one += found.states_to_stop == std::uint32_t{1} ? 1U : 0U;
    }
    return view;
}

/// Every item that the targets cannot do without, directly or not, and they themselves.
std::set<ItemIndex> items_below(const MapIndex& index, const std::vector<ItemIndex>& targets) {
    std::set<ItemIndex> below;
    std::vector<ItemIndex> open = targets;
    while (!open.empty()) {
        const ItemIndex item = open.back();
        open.pop_back();
        if (!below.insert(item).second) {
            continue;
        }
        for (const std::uint32_t group : index.groups_of(item)) {
            if (index.map().groups[group].essential == model::Essential::no) {
                continue;
            }
            for (const std::uint32_t need : index.needs_of(model::GroupIndex{group})) {
                open.push_back(index.map().needs[need].input);
            }
        }
    }
    return below;
}

void add_sources(const MapIndex& index, const std::set<ItemIndex>& items, Brief& brief) {
    std::map<model::SourceIndex, std::size_t> uses;
    for (const ItemIndex item : items) {
        for (const std::uint32_t s : index.supplies_of(item)) {
            const model::Provenance& fact = index.map()[index.map().supplies[s].provenance];
            ++uses[fact.source];
            model::Period period = brief.period.value_or(fact.period);
            period.first = std::min(period.first, fact.period.first);
            period.last = std::max(period.last, fact.period.last);
            brief.period = period;
        }
        for (const std::uint32_t group : index.groups_of(item)) {
            for (const std::uint32_t need : index.needs_of(model::GroupIndex{group})) {
                ++uses[index.map()[index.map().needs[need].provenance].source];
            }
        }
    }
    for (const model::Hazard& hazard : index.map().hazards) {
        ++uses[index.map()[hazard.provenance].source];
    }
    std::vector<std::pair<model::SourceIndex, std::size_t>> order(uses.begin(), uses.end());
    std::ranges::stable_sort(order, std::ranges::greater{}, [](const auto& use) {
        return use.second;
    });
    for (const auto& [source, count] : order) {
        brief.sources.push_back(source);
    }
}

}  // namespace

Result<Brief>
make_brief(const MapIndex& index, const BriefRequest& request, const Progress& progress) {
    Brief brief{index.map().title, {}, {}, {}, {}, {}};
    for (const supply::Viewpoint& viewpoint : request.viewpoints) {
        ADIC_TRY(BriefView view, view_of(index, viewpoint, request, progress));
        brief.views.push_back(std::move(view));
    }
    const std::set<ItemIndex> items = items_below(index, request.targets);
    brief.chain = draw_chain(index, brief.views.front());
    add_sources(index, items, brief);
    brief.findings = findings_of(index, request, brief, items);
    for (const Episode& episode : request.shocks) {
        ADIC_TRY(BriefShock shock, shock_of(index, request, episode, items));
        brief.shocks.push_back(std::move(shock));
    }
    return brief;
}

}  // namespace adic::app
