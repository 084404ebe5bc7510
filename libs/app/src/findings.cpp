#include "findings.hpp"

#include "adic/app/explain.hpp"
#include "adic/app/words.hpp"
#include "adic/supply/why.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::ItemIndex;
using supply::MapIndex;

model::Confidence confidence_of(const MapIndex& index, model::ProvenanceIndex fact) {
    return index.map()[fact].confidence;
}

}  // namespace

void add_needs(const MapIndex& index, const std::set<ItemIndex>& items, Basis& basis) {
    const model::SupplyMap& map = index.map();
    for (const model::Need& need : map.needs) {
        if (items.contains(map[need.group].item)) {
            weaken(basis.needs, confidence_of(index, need.provenance));
        }
    }
}

bool add_shares(const MapIndex& index, ItemIndex item, Basis& basis) {
    bool is_known = false;
    for (const std::uint32_t s : index.supplies_of(item)) {
        const model::Supply& supply = index.map().supplies[s];
        if (supply.origin && supply.share) {
            is_known = true;
            weaken(basis.shares, confidence_of(index, supply.provenance));
        }
    }
    return is_known;
}

namespace {

std::string count_of(std::size_t part, std::size_t whole) {
    return part == whole ? fmt::format("all {}", whole) : fmt::format("{} of the {}", part, whole);
}

std::string items_text(const Brief& brief, std::size_t count) {
    const std::size_t all = brief.views.front().targets.size();
    return all == 1 ? "the item" : count_of(count, all) + " items";
}

Finding finding_of(std::string sentence, std::string command, const Basis& basis) {
    return {std::move(sentence), to_sentence(basis), std::move(command), weakest_of(basis)};
}

void add_link(const MapIndex& index, const supply::WhyLink& link, Basis& basis) {
    const bool is_supply = std::holds_alternative<supply::ShortOfSupply>(link.because);
    for (const model::ProvenanceIndex fact : facts_of(index.map(), link)) {
        weaken(is_supply ? basis.shares : basis.needs, confidence_of(index, fact));
    }
}

/// What the chains rest on by which the failure of a state stops the targets.
Basis basis_of_stops(
    const MapIndex& index,
    const supply::Viewpoint& viewpoint,
    const supply::Bottleneck& found,
    const supply::FailureOptions& options
) {
    Basis basis;
    const std::vector<supply::FailureSubject> failed{found.largest->state};
    for (const ItemIndex target : found.stops) {
        for (const supply::WhyLink& link : supply::why(index, viewpoint, target, failed, options)) {
            add_link(index, link, basis);
        }
    }
    for (const std::uint32_t row : index.supplies_seen(found.item, viewpoint)) {
        weaken(basis.shares, confidence_of(index, index.map().supplies[row].provenance));
    }
    return basis;
}

/// What the order of the bottlenecks rests on: the hazards of those who supply this one.
void add_odds(
    const MapIndex& index,
    const supply::Viewpoint& viewpoint,
    const supply::Bottleneck& found,
    Basis& basis
) {
    if (!found.expected_stops) {
        return;
    }
    std::set<model::StateIndex> origins;
    for (const std::uint32_t row : index.supplies_seen(found.item, viewpoint)) {
        if (const auto origin = index.map().supplies[row].origin) {
            origins.insert(*origin);
        }
    }
    for (const model::Hazard& hazard : index.map().hazards) {
        const auto* const state = std::get_if<model::StateIndex>(&hazard.subject);
        if (state != nullptr && origins.contains(*state)) {
            weaken(basis.odds, confidence_of(index, hazard.provenance));
        }
    }
}

/// The worst bottleneck: who holds it, and what it stops.
std::optional<Finding>
worst_finding(const MapIndex& index, const BriefRequest& request, const Brief& brief) {
    const BriefView& view = brief.views.front();
    const auto& ranked = view.ranking.bottlenecks;
    const auto found = std::ranges::find_if(ranked, [](const supply::Bottleneck& b) {
        return b.largest && b.states_to_stop == std::uint32_t{1} && !b.stops.empty();
    });
    if (found == ranked.end()) {
        return std::nullopt;
    }
    const model::SupplyMap& map = index.map();
    const model::State& state = map.states[found->largest->state];
    Basis basis = basis_of_stops(index, view.viewpoint, *found, request.options.failure);
    add_odds(index, view.viewpoint, *found, basis);
    return finding_of(
        fmt::format(
            "One state ({}) supplies {} of {}; if it stopped, what is left would not be enough, "
            "and {}, or the machines that make {}, could no longer be made.",
            state.name,
            percent(found->largest->share.likely()),
            within_sentence(map.items[found->item].name),
            items_text(brief, found->stops.size()),
            view.targets.size() == 1 ? "it" : "them"
        ),
        fmt::format(
            "adic why {} --without {} --inside {}",
            map.items[found->stops.front()].id,
            state.id,
            view.viewpoint.label
        ),
        basis
    );
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

/// What it rests on how many places one state alone can close: all bottlenecks, closed or not.
Basis basis_of_places(const MapIndex& index, const Brief& brief, const std::set<ItemIndex>& items) {
    Basis basis;
    for (const BriefView& view : brief.views) {
        for (const supply::Bottleneck& found : view.ranking.bottlenecks) {
            weaken(basis.shares, found.confidence);
        }
    }
    add_needs(index, items, basis);
    return basis;
}

/// The same chains from two seats, counted in bottlenecks that one state alone can close.
std::optional<Finding>
two_seats_finding(const MapIndex& index, const Brief& brief, const std::set<ItemIndex>& items) {
    if (brief.views.size() < 2) {
        return std::nullopt;
    }
    const model::SupplyMap& map = index.map();
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
    return finding_of(
        std::move(sentence),
        fmt::format("adic bottlenecks --inside {} --top 0", labels),
        basis_of_places(index, brief, items)
    );
}

/// What nobody knows, and what to find out first.
Finding
unknown_finding(const MapIndex& index, const Brief& brief, const std::set<ItemIndex>& items) {
    if (items.empty()) {
        return {"The map has no items yet.", {}, "adic items", {}};
    }
    Basis basis;
    add_needs(index, items, basis);
    std::size_t known = 0;
    for (const ItemIndex item : items) {
        known += add_shares(index, item, basis) ? 1U : 0U;
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
    return finding_of(
        sentence + '.',
        fmt::format("adic bottlenecks --inside {} --top 0", view.viewpoint.label),
        basis
    );
}

}  // namespace

std::vector<Finding> findings_of(
    const MapIndex& index,
    const BriefRequest& request,
    const Brief& brief,
    const std::set<ItemIndex>& items
) {
    std::vector<Finding> findings;
    if (auto finding = worst_finding(index, request, brief)) {
        findings.push_back(*std::move(finding));
    }
    if (auto finding = two_seats_finding(index, brief, items)) {
        findings.push_back(*std::move(finding));
    }
    findings.push_back(unknown_finding(index, brief, items));
    return findings;
}

}  // namespace adic::app
