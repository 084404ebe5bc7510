#include "adic/app/run_scenario.hpp"
#include "adic/app/shock_map.hpp"
#include "adic/app/words.hpp"
#include "adic/base/say.hpp"
#include "adic/base/text.hpp"

#include "frame/chosen.hpp"
#include "shock/item_options.hpp"
#include "shock/run_parts.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

using app::ItemUnderShock;
using app::ShockMapAnswer;
using model::SupplyMap;

std::string_view word_of(shock::Binding::Kind kind) {
    switch (kind) {
    case shock::Binding::Kind::nothing: return "";
    case shock::Binding::Kind::supply: return "supply";
    case shock::Binding::Kind::input: return "input";
    case shock::Binding::Kind::equipment: break;
    }
    return "equipment";
}

/// Weeks are counted from 1 where people read them.
Cell week_cell(const std::optional<std::uint32_t>& week) {
    return week ? Cell{std::uint64_t{*week} + 1} : Cell{};
}

Result<app::ShockMapRequest>
request_of(const Invocation& words, const Session& session, const app::OpenedMap& opened) {
    app::ShockMapRequest request;
    ADIC_TRY(request.data, data_folder(session));
    ADIC_TRY(request.scenario, app::find_scenario(request.data, words.text("WHAT")));
    ADIC_TRY(request.viewpoint, chosen_viewpoint(words, session, opened.map()));
    ADIC_TRY(request.targets, app::find_targets(opened.index(), words.texts("ITEM")));
    ADIC_TRY(request.weeks, chosen_weeks(words));
    ADIC_TRY(request.price_rise, zero_or_more(words, "--price-rise"));
    ADIC_TRY(request.options, chosen_item_options(words));
    return request;
}

Section weeks_section(const SupplyMap& map, const ShockMapAnswer& answer) {
    Section section{"", &item_week_shape, {}, "Nothing is asked about.", {}};
    for (const ItemUnderShock& item : answer.items) {
        for (std::size_t week = 0; week < item.weeks.size(); ++week) {
            const app::ItemWeek& at = item.weeks[week];
            section.rows.push_back(
                {map.items[item.item].id,
                 std::uint64_t{week + 1},
                 at.output,
                 at.price,
                 std::string(word_of(at.held_by)),
                 at.missing ? map.items[*at.missing].id : std::string{}}
            );
        }
    }
    std::vector<std::string> labels;
    for (const ItemUnderShock& item : answer.items) {
        labels.push_back(map.items[item.item].id);
    }
    section.charts = app::charts_of(answer, labels);
    section.shown = In::data;
    return section;
}

/// Who stops first stands first.
std::vector<const ItemUnderShock*> by_harm(const ShockMapAnswer& answer) {
    std::vector<const ItemUnderShock*> items;
    for (const ItemUnderShock& item : answer.items) {
        items.push_back(&item);
    }
    std::ranges::stable_sort(items, [](const ItemUnderShock* a, const ItemUnderShock* b) {
        const auto harm = [](const ItemUnderShock* item) {
            return std::pair(item->first_stopped.value_or(UINT32_MAX), -item->weeks_lost.likely());
        };
        return harm(a) < harm(b);
    });
    return items;
}

Section items_section(const SupplyMap& map, const ShockMapAnswer& answer) {
    Section section{"When it stops, and why", &item_shape, {}, "Nothing is asked about.", {}};
    for (const ItemUnderShock* item : by_harm(answer)) {
        section.rows.push_back(
            {map.items[item->item].id,
             map.items[item->item].name,
             week_cell(item->first_reduced),
             week_cell(item->first_stopped),
             week_cell(item->soonest_stop),
             item->weeks_lost,
             item->least_output,
             item->because}
        );
        if (!item->because.text.empty()) {
            section.notes.push_back(item->because);
        }
    }
    return section;
}

std::vector<Sentence> remarks(const SupplyMap& map, const ShockMapAnswer& answer) {
    std::vector<Sentence> notes = answer.notes;
    if (!answer.collapses.empty()) {
        notes.push_back(say("shock-collapse", {{"items", ids_of(map, answer.collapses)}}));
    }
    return notes;
}

}  // namespace

Result<Outcome> run_map(const Invocation& words, const Session& session) {
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const app::ShockMapRequest request, request_of(words, session, *opened));
    ADIC_TRY(const ShockMapAnswer answer, app::shock_map(opened->index(), request));
    const SupplyMap& map = opened->map();
    return Outcome{Report{
        {shock_asked(request.scenario, request.viewpoint, answer.weeks)},
        {weeks_section(map, answer), items_section(map, answer)},
        remarks(map, answer)}};
}

}  // namespace adic::cli
