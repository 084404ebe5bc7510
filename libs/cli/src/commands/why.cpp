#include "adic/app/explain.hpp"
#include "adic/app/failures.hpp"
#include "adic/app/words.hpp"

#include "frame/chosen.hpp"
#include "frame/common_options.hpp"
#include "list_commands.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using model::SupplyMap;
using supply::WhyLink;

constexpr std::array columns{
    Column{
        "depth",
        "",
        "0: the item asked about; each step is one need further down",
        Show::count,
        0,
        In::data},
    Column{"item", "", "identifier of the item that cannot be had", Show::word, 0, In::data},
    Column{
        "because",
        "",
        "needs: a group of its needs is not met; suppliers: too little of its supply survives; "
        "assumed: it is one of the failures asked about; above: its own chain stands above",
        Show::word,
        0,
        In::data},
    Column{"group", "", "the group of needs that is not met", Show::word, 0, In::data},
    Column{
        "of",
        "",
        "what cannot be had: inputs of the group, or states whose supply fails",
        Show::text,
        0,
        In::data},
    Column{"lost", "", "part of the supply that is gone", Show::share, 0, In::data},
    Column{"enough", "", "part of the supply that has to survive", Show::share, 0, In::data},
    Column{"link", "chain of needs", "", Show::text, 0, In::table},
    Column{"sources", "sources", "the sources of the link's facts"},
    Column{"confidence", "sure", "A to E: the weakest of the link's facts", Show::word},
};

constexpr std::array shapes{Shape{"links", columns}};

constexpr std::array<std::string_view, 2> description{
    "The shortest chain of needs from the item down to the suppliers whose failure stops it, with "
    "the source and the confidence of every link. A chain is as sure as its weakest link.",
    "What fails is named by identifiers joined with '+': a state (CHN), a bloc, an organisation, "
    "an "
    "item, or one state's supply of one item (gallium@CHN). Take them from 'adic bottlenecks' or "
    "'adic cuts'."};

constexpr std::array arguments{
    Argument{.name = "ITEM", .help = "identifier or name of the item that stops"}};

constexpr std::array options{
    Option{
        .name = "--without",
        .value = "WHAT",
        .help = "what fails, joined with '+' (must be given)"},
    one_inside_option,
    enough_option,
    shares_option,
    equipment_option,
    map_option,
    as_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic why coastal-patrol-boat --without CHN",
        "The chain that ends at a supplier in China."},
    Example{
        "adic why relief-drone --without CHN+TWN --inside IDN",
        "The same for two states that fail together, with Indonesia alone inside."},
};

/// States or organisations that supply, each with its likely share: "CHN 69 %, MMR 12 %".
std::string suppliers_text(const SupplyMap& map, const supply::ShortOfSupply& shortage) {
    std::string text;
    for (const std::uint32_t s : shortage.supplies) {
        const model::Supply& supply = map.supplies[s];
        std::string name = supply.origin ? map.states[*supply.origin].id : "origin unknown";
        if (supply.organisation) {
            name = map.organisations[*supply.organisation].name + " (" + name + ')';
        }
        const std::string share =
            supply.share ? app::percent(supply.share->likely()) : "unknown share";
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, share);
    }
    return text;
}

std::string inputs_text(const SupplyMap& map, const supply::NeedNotMet& unmet) {
    std::string text;
    for (const std::uint32_t need : unmet.needs) {
        text += (text.empty() ? "" : ", ") + map.items[map.needs[need].input].name;
    }
    return text;
}

/// "needs any one of 'magnet': none of Magnets, Ferrite can be had"
std::string unmet_text(const SupplyMap& map, const supply::NeedNotMet& unmet) {
    const model::NeedGroup& group = map[unmet.group];
    const std::string inputs = inputs_text(map, unmet);
    if (unmet.needs.size() == 1) {
        return fmt::format("needs {}", inputs);
    }
    return fmt::format("needs {} of '{}', and cannot have {}", group.take, group.name, inputs);
}

std::string reason_text(const SupplyMap& map, const WhyLink& link) {
    if (link.told_above) {
        return "see above";
    }
    if (const auto* unmet = std::get_if<supply::NeedNotMet>(&link.because)) {
        return unmet_text(map, *unmet);
    }
    if (const auto* shortage = std::get_if<supply::ShortOfSupply>(&link.because)) {
        return fmt::format(
            "loses {} of its supply ({}); {} must survive",
            app::percent(shortage->lost),
            suppliers_text(map, *shortage),
            app::percent(shortage->enough)
        );
    }
    return "fails by assumption";
}

std::string kind_of(const WhyLink& link) {
    if (link.told_above) {
        return "above";
    }
    if (std::holds_alternative<supply::NeedNotMet>(link.because)) {
        return "needs";
    }
    return std::holds_alternative<supply::ShortOfSupply>(link.because) ? "suppliers" : "assumed";
}

std::string tree_text(const SupplyMap& map, const WhyLink& link) {
    constexpr std::uint32_t deepest_indent = 12;
    std::string text;
    for (std::uint32_t d = 0; d < std::min(link.depth, deepest_indent); ++d) {
        text += "\xC2\xA0\xC2\xA0";
    }
    return text + fmt::format("{} {}", map.items[link.item].name, reason_text(map, link));
}

Row row_of(const SupplyMap& map, const WhyLink& link) {
    const auto* unmet = std::get_if<supply::NeedNotMet>(&link.because);
    const auto* shortage = std::get_if<supply::ShortOfSupply>(&link.because);
    const auto facts =
        link.told_above ? std::vector<model::ProvenanceIndex>{} : app::facts_of(map, link);
    std::string of;
    if (unmet != nullptr) {
        of = inputs_text(map, *unmet);
    } else if (shortage != nullptr) {
        of = suppliers_text(map, *shortage);
    }
    return {
        std::uint64_t{link.depth},
        map.items[link.item].id,
        kind_of(link),
        unmet != nullptr ? Cell{map[unmet->group].name} : Cell{},
        of,
        shortage != nullptr ? Cell{shortage->lost} : Cell{},
        shortage != nullptr ? Cell{shortage->enough} : Cell{},
        tree_text(map, link),
        sources_of(map, facts),
        confidence_of(map, facts)};
}

std::string names_of(const SupplyMap& map, const std::vector<supply::FailureSubject>& subjects) {
    std::string text;
    for (const supply::FailureSubject& subject : subjects) {
        text += (text.empty() ? "" : " + ") + app::name_of(map, subject);
    }
    return text;
}

Report report_of(const SupplyMap& map, const app::WhyAnswer& answer) {
    const std::string item = map.items[answer.item].name;
    const std::string failed = names_of(map, answer.failed);
    Section section{
        fmt::format("Why {} stops without {}, {}", item, failed, seen_from(answer.viewpoint)),
        &shapes[0],
        {},
        fmt::format(
            "It does not: {} can be had without {}, {}.",
            item,
            failed,
            seen_from(answer.viewpoint)
        ),
        {}};
    for (const WhyLink& link : answer.links) {
        section.rows.push_back(row_of(map, link));
    }
    if (answer.weakest) {
        section.notes.push_back(
            fmt::format("The weakest link has confidence {}.", model::letter(*answer.weakest))
        );
    }
    if (answer.links.empty()) {
        section.heading.clear();
    }
    return {{}, {std::move(section)}, {}};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    if (!words.has("--without")) {
        return Error{
            ErrorCode::invalid_argument,
            "--without is missing: say what fails, as in --without CHN",
            {}};
    }
    ADIC_TRY(const auto opened, open_chosen_map(words, session));
    ADIC_TRY(const supply::FailureOptions failure, chosen_failure_options(words));
    ADIC_TRY(const supply::Viewpoint viewpoint, chosen_viewpoint(words, session, opened->map()));
    const app::WhyRequest request{
        .item = words.text("ITEM"),
        .without = words.text("--without"),
        .inside = viewpoint.label,
        .failure = failure};
    ADIC_TRY(const app::WhyAnswer answer, app::explain(opened->index(), request));
    return Outcome{report_of(opened->map(), answer)};
}

}  // namespace

Command why_command() {
    return {
        .name = "why",
        .summary = "show the chain of needs by which a failure stops an item",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
