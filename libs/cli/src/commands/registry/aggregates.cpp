#include "adic/app/aggregates.hpp"

#include "frame/chosen.hpp"
#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array aggregate_columns{
    Column{"id", "aggregate", "identifier of its record", Show::word},
    Column{"owner", "owner", "the state that asks", Show::word},
    Column{"item", "item", "what is summed: its planned quantities"},
    Column{"first_year", "from", "the first year", Show::word},
    Column{"last_year", "to", "the last year", Show::word},
    Column{"audience", "audience", "who is shown the result"},
    Column{"smallest_group", "needed", "states that have to consent", Show::count},
    Column{"consents", "consented", "states whose consent holds today, as far as they are seen"},
    Column{"outcome", "outcome", "published, withheld, or not yet", Show::word},
    Column{"total", "total", "of all who consented, rounded", Show::number},
    Column{"rounding", "rounded to", "the total is a multiple of it", Show::count},
    Column{"own", "own part", "what the reader's state would add today", Show::number},
};

constexpr std::array shapes{Shape{"aggregates", aggregate_columns}};

constexpr std::array<std::string_view, 3> description{
    "Questions about what states hide, and their totals: how many of an item all who consent plan "
    "to "
    "buy. A total is computed once, by 'adic registry publish', if enough states have consented "
    "with 'adic registry consent'; nothing is added up by looking.",
    "A question is a record of type aggregate, written by 'adic registry add' and released to "
    "those "
    "who are asked.",
    "docs/explanation/release.md has what a total tells, and what it does not."};

constexpr std::array arguments{Argument{
    .name = "AGGREGATE",
    .help = "identifier of the only one that is looked at",
    .is_required = false}};

constexpr std::array options{reader_option, store_option, audit_option, format_option};

constexpr std::array examples{
    Example{
        "adic registry aggregates --as THA --store my-registry.db",
        "What Thailand is asked, who has consented, and what was published."},
};

Cell outcome_cell(const app::AggregateStanding& standing) {
    if (!standing.result) {
        return std::string("not yet");
    }
    return std::string(standing.result->total.total ? "published" : "withheld");
}

Cell total_cell(const app::AggregateStanding& standing) {
    return standing.result && standing.result->total.total ? Cell{*standing.result->total.total}
                                                           : Cell{};
}

Words states_of(const app::AggregateStanding& standing) {
    Words states;
    for (const registry::Consent& consent : standing.consents) {
        states.push_back(consent.state);
    }
    return standing.result ? standing.result->states : states;
}

Row row_of(const app::AggregateStanding& standing) {
    const model::Aggregate& question = standing.question;
    return {
        question.id,
        question.owner,
        question.item,
        std::to_string(question.first_year),
        std::to_string(question.last_year),
        question.audience,
        static_cast<std::uint64_t>(question.smallest_group),
        states_of(standing),
        outcome_cell(standing),
        total_cell(standing),
        static_cast<std::uint64_t>(question.rounding),
        standing.own ? Cell{standing.own->quantity} : Cell{}};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const model::Reader reader, chosen_registry_reader(words, session));
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    const std::string& id = words.text("AGGREGATE");
    std::vector<app::AggregateStanding> standings;
    if (id.empty()) {
        ADIC_TRY(standings, app::list_aggregates(*registry.store, reader, data, registry.viewing));
    } else {
        ADIC_TRY(
            app::AggregateStanding one,
            app::open_aggregate(*registry.store, reader, data, id, registry.viewing)
        );
        standings.push_back(std::move(one));
    }
    Section section{"", &shapes[0], {}, "There is no aggregate that this reader sees.", {}};
    for (const app::AggregateStanding& standing : standings) {
        section.rows.push_back(row_of(standing));
    }
    return Outcome{Report{{}, {std::move(section)}, {}}};
}

}  // namespace

Command registry_aggregates_command() {
    return {
        .name = "registry aggregates",
        .summary = "list the totals that states consent to, and what was published",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
