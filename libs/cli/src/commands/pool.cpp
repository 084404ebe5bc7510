#include "adic/app/pool_demands.hpp"

#include "frame/chosen.hpp"
#include "frame/chosen_rates.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "procure/saving_sections.hpp"
#include "registry/project_words.hpp"
#include "registry/registry_parts.hpp"

#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

using app::PoolAnswer;

constexpr std::array group_columns{
    Column{"item", "item", "as most of them call it"},
    Column{"states", "states", "that mean to buy it within the years"},
    Column{"quantity", "pieces", "together; a band where one is not shown", Show::word},
    Column{"unknown", "not known", "plans whose quantity is not known", Show::count},
    Column{"from", "most at once from", "the first day on which most of them want it", Show::word},
    Column{"until", "until", "the last of those days", Show::word},
    Column{"at_once", "states then", "how many want it then", Show::count},
};

constexpr std::array match_columns{
    Column{"state", "state", "who plans to buy", Show::word},
    Column{"demand", "plan", "identifier of its record", Show::word},
    Column{"item", "item", "as the state calls it"},
    Column{"quantity", "pieces", "a band where the number is not shown", Show::word},
    Column{"from", "from", "the first day within the window", Show::word},
    Column{"until", "until", "the last", Show::word},
    Column{"because", "because", "why one product could meet both"},
    Column{"differs", "but", "what is not the same"},
    Column{"own", "", "of the reader's own state", Show::word, 0, In::data},
    Column{"standards", "", "that it has to meet", Show::text, 0, In::data},
    Column{"variant", "", "of the item", Show::text, 0, In::data},
};

constexpr std::array near_columns{
    Column{"state", "state", "who plans to buy", Show::word},
    Column{"demand", "plan", "identifier of its record", Show::word},
    Column{"item", "item", "as the state calls it"},
    Column{"quantity", "pieces", "a band where the number is not shown", Show::word},
    Column{"from", "from", "the first day on which it is wanted", Show::word},
    Column{"until", "until", "the last", Show::word},
    Column{"because", "alike", "what both have in common"},
    Column{"but", "why not", "what keeps it apart"},
};

constexpr std::array period_columns{
    Column{"from", "from", "the first day", Show::word},
    Column{"until", "until", "the last", Show::word},
    Column{"states", "states", "that want it then"},
    Column{
        "quantity",
        "pieces",
        "of those plans, whenever within them they are bought",
        Show::word},
    Column{"unknown", "not known", "plans whose quantity is not known", Show::count},
};

constexpr std::array break_columns{
    Column{"from", "from", "pieces", Show::significant, 9},
    Column{"price", "price", "of one", Show::number, 2},
    Column{"wanted", "wanted", "pieces that all together want at that price", Show::word},
    Column{"reached", "reached", "yes; perhaps: by the upper ends of bands; no", Show::word},
};

constexpr std::array funnel_columns{
    Column{
        "stage",
        "stage",
        "planned, interested, signed, committed, ordered, delivered",
        Show::word},
    Column{"count", "states", "that came so far", Show::count},
    Column{"states", "which", "each once"},
    Column{"quantity", "pieces", "of plans, of parts in projects, of call-offs", Show::word},
};

constexpr std::array shapes{
    Shape{"matches", match_columns},
    Shape{"near_misses", near_columns},
    Shape{"periods", period_columns},
    Shape{"breaks", break_columns},
    Shape{"funnel", funnel_columns},
    Shape{"groups", group_columns},
    saving_shape,
    split_shape,
    lot_shape,
    issue_shape};

constexpr std::array<std::string_view, 4> description{
    "Who else buys this in the next years? Plans to buy are records of the type demand; two of "
    "them match if one product could meet both: the same item, the same stock number, one that "
    "replaces the other, or the same class or code with a standard that both have to meet; and if "
    "they are wanted at the same time. Each match has its reason, and so has each near miss.",
    "ITEM is a plan or an item of the catalogue by its identifier, a stock number, or a name. "
    "Without it, every group of states that could buy one product together.",
    "With --price-breaks, which price all together reach: a plan may say how many are wanted at "
    "which price. The funnel shows how far the states have come, from the plan to what is "
    "delivered.",
    "All of it is what the reader may see, and nothing else: what a state has not released is not "
    "counted, and nothing says that it is there. docs/guides/buying-together.md goes through it."};

constexpr std::array arguments{Argument{
    .name = "ITEM",
    .help = "a plan or item by its identifier, a stock number, or a name",
    .is_required = false}};

constexpr std::array options{
    Option{
        .name = "--years",
        .value = "N",
        .help = "how many years from today are looked at",
        .standard = "3"},
    Option{
        .name = "--price-breaks",
        .value = "LIST",
        .help = "from how many pieces on one costs how much, as in 1:100,50:92,100:85"},
    terms_option,
    rates_option,
    exchange_day_option,
    terms_currency_option,
    reader_option,
    store_option,
    audit_option,
    bundles_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic pool --as MYS --store my-registry.db",
        "Every group that Malaysia could buy with, or see."},
    Example{
        "adic pool 'patrol craft 28 m' --as MYS --store my-registry.db",
        "Who else buys patrol craft in the next three years."},
    Example{
        "adic pool MYS.need-2 --years 5 --price-breaks 1:2100000,16:1800000 --as MYS "
        "--store my-registry.db",
        "Who could join a plan of its own, and which price they would reach."},
};

std::string list(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, "; "));
}

Section groups_section(const PoolAnswer& answer) {
    Section section{
        "",
        &shapes[5],
        {},
        "Nobody plans to buy anything in these years, as far as this reader may see.",
        {}};
    for (const app::PoolGroup& group : answer.groups) {
        const auto& busiest = group.busiest;
        section.rows.push_back(
            {group.item,
             Words{group.states},
             range_text(group.quantity),
             std::uint64_t{group.unknown},
             busiest ? day_text(busiest->window.first) : std::string{},
             busiest ? day_text(busiest->window.last) : std::string{},
             busiest ? Cell{std::uint64_t{busiest->states.size()}} : Cell{}}
        );
    }
    return section;
}

Section matches_section(const PoolAnswer& answer) {
    Section section{
        "",
        &shapes[0],
        {},
        "Nobody plans to buy it in these years, as far as this reader may see.",
        {}};
    for (const app::PoolMatch& match : answer.matches) {
        section.rows.push_back(
            {match.demand.state,
             match.demand.id,
             match.demand.item,
             range_text(match.demand.quantity),
             day_text(match.overlap.window->first),
             day_text(match.overlap.window->last),
             list(texts_of(match.overlap.because)),
             list(texts_of(match.overlap.but)),
             std::string(match.is_own ? "yes" : "no"),
             Words{match.demand.standards},
             match.demand.variant}
        );
    }
    return section;
}

Section near_misses_section(const PoolAnswer& answer) {
    Section section{"Near misses", &shapes[1], {}, "", {}};
    for (const app::PoolMatch& near : answer.near_misses) {
        section.rows.push_back(
            {near.demand.state,
             near.demand.id,
             near.demand.item,
             range_text(near.demand.quantity),
             day_text(near.demand.first),
             day_text(near.demand.last),
             list(texts_of(near.overlap.because)),
             list(texts_of(near.overlap.but))}
        );
    }
    return section;
}

Section periods_section(const PoolAnswer& answer) {
    Section section{"Who wants it when", &shapes[2], {}, "", {}};
    for (const procure::BuyingPeriod& period : answer.periods) {
        section.rows.push_back(
            {day_text(period.window.first),
             day_text(period.window.last),
             Words{period.states},
             range_text(period.quantity),
             std::uint64_t{period.unknown}}
        );
    }
    return section;
}

Section breaks_section(const PoolAnswer& answer) {
    Section section{"Which price they reach together", &shapes[3], {}, "", {}};
    for (const procure::BreakReached& step : answer.breaks) {
        section.rows.push_back(
            {step.step.from,
             step.step.price,
             range_text(step.wanted),
             std::string(
                 step.is_reached       ? "yes"
                 : step.may_be_reached ? "perhaps"
                                       : "no"
             )}
        );
    }
    return section;
}

Section funnel_section(const PoolAnswer& answer) {
    Section section{"How far they have come", &shapes[4], {}, "", {}};
    for (const procure::FunnelStep& step : answer.funnel) {
        section.rows.push_back(
            {std::string(procure::name_of(step.stage)),
             std::uint64_t{step.states.size()},
             Words{step.states},
             range_text(step.quantity)}
        );
    }
    if (!answer.projects.empty()) {
        section.notes.push_back(fmt::format("By the projects {}.", fmt::join(answer.projects, ", "))
        );
    }
    return section;
}

/// The question of the report, answered in a sentence.
std::string answer_text(const PoolAnswer& answer, const app::PoolRequest& request) {
    const std::string when =
        fmt::format("from {} to {}", day_text(request.within.first), day_text(request.within.last));
    if (answer.others.empty()) {
        return fmt::format("Nobody else is seen to buy it {}.", when);
    }
    const app::PoolGroup& all = answer.together;
    std::string text = fmt::format(
        "{} {} it {}: {} plans in all, {} pieces",
        fmt::join(answer.others, ", "),
        answer.others.size() == 1 ? "buys" : "buy",
        when,
        all.demands.size(),
        all.quantity ? range_text(all.quantity) : "an unknown number of"
    );
    if (all.unknown > 0 && all.quantity) {
        text += fmt::format(" and those of {} that do not say how many", all.unknown);
    }
    text += '.';
    if (all.busiest && all.busiest->states.size() > 1) {
        text += fmt::format(
            " Most at once, {} states, from {} to {}.",
            all.busiest->states.size(),
            day_text(all.busiest->window.first),
            day_text(all.busiest->window.last)
        );
    }
    return text;
}

/// The lowest price that is reached for certain.
std::vector<Sentence> notes_on(const PoolAnswer& answer) {
    std::vector<Sentence> notes;
    const procure::BreakReached* best = nullptr;
    for (const procure::BreakReached& step : answer.breaks) {
        if (step.is_reached && (best == nullptr || step.step.price < best->step.price)) {
            best = &step;
        }
    }
    if (best != nullptr) {
        notes.push_back(fmt::format(
            "Together they reach the price of {:.2f}, for {} pieces.",
            best->step.price,
            range_text(best->wanted)
        ));
    } else if (!answer.breaks.empty()) {
        notes.emplace_back("Together they reach no price of the list for certain.");
    }
    notes.emplace_back("A plan binds nobody: it says what a state means to buy.");
    return notes;
}

Result<app::PoolRequest>
chosen_request(const Invocation& words, const Session& session, ingest::ImportReport& report) {
    constexpr std::uint64_t most_years = 50;
    app::PoolRequest request;
    request.item = words.text("ITEM");
    request.today = std::chrono::floor<std::chrono::days>(session.around.now);
    ADIC_TRY(const std::uint64_t years, words.whole("--years", 1, most_years));
    request.within = procure::years_from(request.today, static_cast<int>(years));
    ADIC_TRY([[maybe_unused]] const auto fit, check_exchange_words(words));
    if (words.has("--price-breaks")) {
        ADIC_TRY(request.prices, chosen_price_list(words));
    }
    if (words.has("--terms")) {
        ADIC_TRY(request.offer, chosen_offer_terms(words, session, report));
    }
    if (request.offer && !request.prices && !request.offer->prices.empty()) {
        request.prices = procure::terms_at(*request.offer, Bound::likely).prices;
    }
    return request;
}

std::string saving_note(const PoolAnswer& answer) {
    if (!answer.saving) {
        return "No saving is estimated: the quantity of fewer than two states is known.";
    }
    return fmt::format(
        "The saving counts {}: {} of {} states, those whose quantity is known.",
        fmt::join(answer.counted, ", "),
        answer.counted.size(),
        answer.together.states.size()
    );
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const model::Reader reader, chosen_registry_reader(words, session));
    ingest::ImportReport problems;
    ADIC_TRY(const app::PoolRequest request, chosen_request(words, session, problems));
    if (!problems.may_commit()) {
        return refused_input("The terms or rates cannot be used.", problems);
    }
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    ADIC_TRY(
        const PoolAnswer answer,
        app::pool_demands(*registry.store, reader, request, registry.viewing)
    );
    if (request.item.empty()) {
        return Outcome{Report{{}, {groups_section(answer)}, {}}};
    }
    Report report{{answer_text(answer, request)}, {matches_section(answer)}, notes_on(answer)};
    const auto add = [&](Section section) {
        if (!section.rows.empty()) {
            report.sections.push_back(std::move(section));
        }
    };
    if (answer.saving) {
        add(saving_section(*answer.saving));
        add(splits_section(answer.splits));
        add(lots_section(answer.lots, answer.counted));
    }
    if (request.offer) {
        report.notes.push_back(saving_note(answer));
        for (Sentence& note : exchange_notes(*request.offer, source_of_rates(words))) {
            report.notes.push_back(std::move(note));
        }
        const auto more = supply_notes(*request.offer);
        report.notes.insert(report.notes.end(), more.begin(), more.end());
    }
    add(near_misses_section(answer));
    add(periods_section(answer));
    add(breaks_section(answer));
    add(funnel_section(answer));
    return Outcome{std::move(report)};
}

}  // namespace

Command pool_command() {
    return {
        .name = "pool",
        .summary = "who else plans to buy the same, when, and which price they reach together",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
