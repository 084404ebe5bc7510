#include "adic/app/chart.hpp"
#include "adic/app/html_text.hpp"
#include "adic/app/words.hpp"

#include "brief_shock.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace adic::app {
namespace {

using model::SupplyMap;

constexpr std::size_t explained_items = 2;

/// "2023-07-03".
std::string day_text(std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    return fmt::format(
        "{:04}-{:02}-{:02}",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

/// A name without what it has in brackets at its end.
std::string label_of(const std::string& name) {
    return name.substr(0, name.ends_with(')') ? name.rfind(" (") : name.size());
}

/// Who stops first stands first, then who loses most.
std::vector<const ItemUnderShock*> by_harm(const ShockMapAnswer& answer) {
    std::vector<const ItemUnderShock*> items;
    for (const ItemUnderShock& item : answer.items) {
        items.push_back(&item);
    }
    std::ranges::stable_sort(items, {}, [](const ItemUnderShock* item) {
        constexpr std::uint32_t never = UINT32_MAX;
        return std::tuple(
            item->first_stopped.value_or(never),
            item->soonest_stop.value_or(never),
            -item->weeks_lost.likely()
        );
    });
    return items;
}

std::string week_text(const std::optional<std::uint32_t>& week) {
    return week ? std::to_string(*week + 1) : "-";
}

std::string tenths(double weeks) {
    return fmt::format("{:.1f}", weeks);
}

std::string range_text(const Estimate& weeks) {
    if (weeks.low() == weeks.high()) {
        return tenths(weeks.likely());
    }
    return fmt::format(
        "{} ({}\xE2\x80\x93{})",
        tenths(weeks.likely()),
        tenths(weeks.low()),
        tenths(weeks.high())
    );
}

/// When it stops, of one item or of the first to stop.
std::string stop_sentence(const SupplyMap& map, const ItemUnderShock& item, bool is_one) {
    const std::string name = label_of(map.items[item.item].name);
    if (item.first_stopped) {
        return fmt::format(
            "{}{} can no longer be made in sufficient numbers from week {}, and in the harsh "
            "course "
            "from week {}.",
            is_one ? "" : "First to stop: ",
            name,
            week_text(item.first_stopped),
            week_text(item.soonest_stop)
        );
    }
    if (item.soonest_stop && is_one) {
        return fmt::format(
            "{} is not likely to stop; in the harsh course it does, from week {}.",
            name,
            week_text(item.soonest_stop)
        );
    }
    if (item.soonest_stop) {
        return fmt::format(
            "None of them is likely to stop; in the harsh course the first to stop is {}, in week "
            "{}.",
            within_sentence(map.items[item.item].name),
            week_text(item.soonest_stop)
        );
    }
    return is_one ? name + " does not stop." : "None of them stops.";
}

/// How much is lost, of the item that loses most.
std::string loss_sentence(const SupplyMap& map, const ShockMapAnswer& answer) {
    const auto worst = std::ranges::max_element(answer.items, {}, [](const ItemUnderShock& item) {
        return std::pair(item.weeks_lost.likely(), item.weeks_lost.high());
    });
    const Estimate& lost = worst->weeks_lost;
    if (lost.high() <= 0) {
        return " Nothing is lost.";
    }
    const std::string of =
        answer.items.size() == 1
            ? std::string("Lost are")
            : fmt::format("Most is lost of {}:", within_sentence(map.items[worst->item].name));
    return fmt::format(
        " {} {} weeks of normal output, at least {}, at most {}.",
        of,
        tenths(lost.likely()),
        tenths(lost.low()),
        tenths(lost.high())
    );
}

std::string table_of(const SupplyMap& map, const ShockMapAnswer& answer) {
    std::string text =
        "<table>\n<thead><tr><th>Item</th><th class=\"figure\">short from week</th>"
        "<th class=\"figure\">stops in week</th><th class=\"figure\">at soonest</th>"
        "<th class=\"figure\">weeks lost</th><th class=\"figure\">least output</th></tr></thead>\n"
        "<tbody>\n";
    for (const ItemUnderShock* item : by_harm(answer)) {
        text += fmt::format("<tr><td>{}</td>", html(map.items[item->item].name));
        for (const std::string& figure :
             {week_text(item->first_reduced),
              week_text(item->first_stopped),
              week_text(item->soonest_stop),
              range_text(item->weeks_lost),
              percent(item->least_output)}) {
            text += fmt::format("<td class=\"figure\">{}</td>", figure);
        }
        text += "</tr>\n";
    }
    return text + "</tbody></table>\n";
}

/// The span of the event, if only one touches the map and ends within the horizon: labels of
/// several would cover each other.
std::vector<ChartSpan> spans_of(const BriefShock& shock) {
    std::vector<ChartSpan> spans;
    for (const shock::ResolvedEvent& resolved : shock.answer.resolved.events) {
        if (resolved.touched == 0) {
            continue;
        }
        constexpr double days_of_week = 7;
        const model::ShockEvent& event = resolved.event;
        const double begin = event.start_day / days_of_week;
        const double end = event.duration_days
                               ? begin + event.duration_days->value.likely() / days_of_week
                               : static_cast<double>(shock.answer.weeks);
        spans.push_back({begin + 1, end + 1, event.title.empty() ? event.id : event.title});
    }
    return spans.size() == 1 ? spans : std::vector<ChartSpan>{};
}

/// Below which the items stop, if it is the same of all.
std::optional<ChartLevel> level_of(const SupplyMap& map, const BriefShock& shock) {
    std::set<double> levels;
    for (const ItemUnderShock& item : shock.answer.items) {
        levels.insert(map.items[item.item].enough.value_or(shock.enough));
    }
    if (levels.size() != 1) {
        return std::nullopt;
    }
    return ChartLevel{*levels.begin(), "enough"};
}

std::string charts_html(const SupplyMap& map, const BriefShock& shock) {
    std::vector<std::string> labels;
    for (const ItemUnderShock& item : shock.answer.items) {
        labels.push_back(label_of(map.items[item.item].name));
    }
    std::string text;
    for (Chart& chart : charts_of(shock.answer, labels)) {
        chart.spans = spans_of(shock);
        chart.level = level_of(map, shock);
        if (!chart.title.empty()) {
            text += fmt::format("<h3>{}</h3>\n", html(chart.title));
        }
        text += to_svg(chart);
    }
    return text;
}

std::string reasons_of(const ShockMapAnswer& answer) {
    std::string text;
    std::size_t said = 0;
    for (const ItemUnderShock* item : by_harm(answer)) {
        if (!item->because.text.empty() && said < explained_items) {
            ++said;
            text += (said == 1 ? "<b>Why.</b> " : " ") + html(item->because.text);
        }
    }
    return text.empty() ? text : "<p>" + text + "</p>\n";
}

/// Things that go down by themselves: a doubt about the assumptions, to be read before the rest.
std::string doubt_of(const SupplyMap& map, const ShockMapAnswer& answer) {
    if (answer.collapses.empty()) {
        return {};
    }
    const std::string name = html(within_sentence(map.items[answer.collapses.front()].name));
    const std::size_t more = answer.collapses.size() - 1;
    const std::string all =
        more == 0 ? name : fmt::format("{} and {} more things in the chains", name, more);
    return fmt::format(
        "<p><b>A doubt.</b> With all supplies back after these weeks, {} would still go down "
        "further, as machines wear out that are made with each other: there the assumptions about "
        "spare capacity speak, and not the shock.</p>\n",
        all
    );
}

std::string basis_of(const BriefShock& shock) {
    std::string text = fmt::format(
        "<p><b>Basis.</b> {} Where the map records no stock, {:g} days of normal use of each input "
        "are taken to be there. <code>{}</code></p>\n",
        html(shock.basis),
        shock.stock_days,
        html(shock.command)
    );
    for (const Sentence& note : shock.answer.notes) {
        text += fmt::format("<p>{}</p>\n", html(note.text));
    }
    return text;
}

std::string sources_of(const model::Scenario& scenario) {
    std::string text;
    for (const model::ScenarioSource& source : scenario.sources) {
        text += fmt::format(
            "{}{}, {} ({})",
            text.empty() ? "" : "; ",
            html(source.title),
            html(source.publisher),
            source.year
        );
    }
    return text.empty() ? text : "<p><b>Sources of the episode.</b> " + text + ".</p>\n";
}

}  // namespace

std::string to_html(const SupplyMap& map, const BriefView& view, const BriefShock& shock) {
    const model::Scenario& scenario = shock.episode.scenario;
    const ShockMapAnswer& answer = shock.answer;
    std::string text = "<section class=\"shock\">\n<h2>" + html(scenario.title) + "</h2>\n";
    text += fmt::format(
        "<p class=\"about\">{} Followed for {} weeks from {}, with {} inside.</p>\n",
        html(scenario.description),
        answer.weeks,
        day_text(scenario.start),
        html(name_of(map, view.viewpoint))
    );
    text += fmt::format(
        "<p class=\"said\">{}{}</p>\n",
        html(stop_sentence(map, *by_harm(answer).front(), answer.items.size() == 1)),
        html(loss_sentence(map, answer))
    );
    text += charts_html(map, shock) + table_of(map, answer);
    text += "<div class=\"small\">\n" + reasons_of(answer) + doubt_of(map, answer);
    return text + basis_of(shock) + sources_of(scenario) + "</div>\n</section>\n";
}

}  // namespace adic::app
