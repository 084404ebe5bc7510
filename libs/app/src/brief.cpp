#include "adic/app/brief.hpp"

#include "adic/app/words.hpp"
#include "adic/supply/cuts/analysis.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

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

std::string count_of(std::size_t part, std::size_t whole) {
    return part == whole ? fmt::format("all {}", whole) : fmt::format("{} of the {}", part, whole);
}

std::string percent(double share) {
    return fmt::format("{:.0f} %", share * 100);
}

std::string items_text(const Brief& brief, std::size_t count) {
    const std::size_t all = brief.views.front().targets.size();
    return all == 1 ? "the item" : count_of(count, all) + " items";
}

/// The worst bottleneck: who holds it, and what it stops.
std::optional<Finding> worst_finding(const model::SupplyMap& map, const Brief& brief) {
    const auto& ranked = brief.views.front().ranking.bottlenecks;
    const auto found = std::ranges::find_if(ranked, [](const supply::Bottleneck& b) {
        return b.largest && b.states_to_stop == std::uint32_t{1} && !b.stops.empty();
    });
    if (found == ranked.end()) {
        return std::nullopt;
    }
    const model::State& state = map.states[found->largest->state];
    return Finding{
        fmt::format(
            "One state ({}) supplies {} of {}; if it stopped, what is left would not be enough, "
            "and "
            "{}, or the machines that make {}, could no longer be made.",
            state.name,
            percent(found->largest->share.likely()),
            within_sentence(map.items[found->item].name),
            items_text(brief, found->stops.size()),
            brief.views.front().targets.size() == 1 ? "it" : "them"
        ),
        fmt::format(
            "adic why {} --without {} --inside {}",
            map.items[found->stops.front()].id,
            state.id,
            brief.views.front().viewpoint.label
        )};
}

/// Whether all that is inside `part` is inside `whole`, and more.
bool is_within(const supply::Viewpoint& part, const supply::Viewpoint& whole) {
    bool is_more = false;
    for (std::size_t state = 0; state < part.inside.size(); ++state) {
        if (part.inside[state] && !whole.inside[state]) {
            return false;
        }
        is_more = is_more || (whole.inside[state] && !part.inside[state]);
    }
    return is_more;
}

std::string places(std::uint32_t count) {
    return count == 1 ? "one place" : fmt::format("{} places", count);
}

/// What the members of a coalition gain by standing as one.
std::string
gain_text(const model::SupplyMap& map, const BriefView& alone, const BriefView& together) {
    const std::string one = name_of(map, alone.viewpoint);
    const std::string group = name_of(map, together.viewpoint);
    if (alone.stopped_by_one == 0 && together.stopped_by_one == 0) {
        return fmt::format(
            "No foreign state alone can close a place in these chains, neither for {} by itself "
            "nor "
            "for {} as one.",
            one,
            group
        );
    }
    if (together.stopped_by_one == alone.stopped_by_one) {
        return fmt::format(
            "One foreign state alone can close {} in these chains, for {} by itself as for {} as "
            "one: "
            "here the neighbours cannot fill the gap.",
            places(alone.stopped_by_one),
            one,
            group
        );
    }
    return fmt::format(
        "One foreign state alone can close {} in these chains if {} stands by itself, and {} if {} "
        "stands as one.",
        places(alone.stopped_by_one),
        one,
        places(together.stopped_by_one),
        group
    );
}

/// The same chains from two seats, counted in bottlenecks that one state alone can close.
std::optional<Finding> two_seats_finding(const model::SupplyMap& map, const Brief& brief) {
    if (brief.views.size() < 2) {
        return std::nullopt;
    }
    const BriefView& first = brief.views[0];
    const BriefView& second = brief.views[1];
    std::string sentence;
    if (is_within(second.viewpoint, first.viewpoint)) {
        sentence = gain_text(map, second, first);
    } else if (is_within(first.viewpoint, second.viewpoint)) {
        sentence = gain_text(map, first, second);
    } else {
        sentence = fmt::format(
            "One foreign state alone can close {} in these chains for {}, and {} for {}.",
            places(first.stopped_by_one),
            name_of(map, first.viewpoint),
            places(second.stopped_by_one),
            name_of(map, second.viewpoint)
        );
    }
    std::string labels;
    for (const BriefView& view : brief.views) {
        labels += (labels.empty() ? "" : ",") + view.viewpoint.label;
    }
    return Finding{sentence, fmt::format("adic bottlenecks --inside {} --top 0", labels)};
}

/// What nobody knows, and what to find out first.
Finding
unknown_finding(const MapIndex& index, const Brief& brief, const std::set<ItemIndex>& items) {
    std::size_t known = 0;
    for (const ItemIndex item : items) {
        const auto supplies = index.supplies_of(item);
        known += std::ranges::any_of(supplies, [&](std::uint32_t s) {
            const model::Supply& supply = index.map().supplies[s];
            return supply.origin && supply.share;
        });
    }
    if (items.empty()) {
        return {"The map has no items yet.", "adic items"};
    }
    std::string sentence = fmt::format(
        "Of the {} things that these chains cannot do without, figures say for only {} where they "
        "come from",
        items.size(),
        known
    );
    const auto& view = brief.views.front();
    const auto is_no_target = [&](const supply::BlindSpot& spot) {
        return std::ranges::find(view.targets, spot.item, &BriefTarget::item) == view.targets.end();
    };
    const auto spot = std::ranges::find_if(view.ranking.blind_spots, is_no_target);
    if (spot != view.ranking.blind_spots.end()) {
        sentence += fmt::format(
            "; the first to ask industry about is {}, on which {} {}",
            within_sentence(index.map().items[spot->item].name),
            items_text(brief, spot->stops.size()),
            spot->stops.size() == 1 ? "depends" : "depend"
        );
    }
    return {
        sentence + '.',
        fmt::format("adic bottlenecks --inside {} --top 0", view.viewpoint.label)};
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
    if (auto finding = worst_finding(index.map(), brief)) {
        brief.findings.push_back(*std::move(finding));
    }
    if (auto finding = two_seats_finding(index.map(), brief)) {
        brief.findings.push_back(*std::move(finding));
    }
    brief.findings.push_back(unknown_finding(index, brief, items));
    return brief;
}

}  // namespace adic::app
