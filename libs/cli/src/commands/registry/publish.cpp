#include "adic/app/aggregates.hpp"

#include "frame/chosen.hpp"
#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 2> description{
    "Says who would be counted, and with --yes computes the total of the states that consent today "
    "and publishes it: once, to the audience of the definition, as a record that is neither "
    "changed "
    "nor taken back.",
    "With fewer consents than the smallest group it is refused, whatever the states have. The "
    "result may be 'withheld', and never says why. Only who reads all records publishes: not the "
    "login of one state on a server."};

constexpr std::array arguments{
    Argument{.name = "AGGREGATE", .help = "identifier of an aggregate of the state"}};

constexpr std::array options{
    Option{.name = "--yes", .value = "", .help = "publish; without it, only say who is counted"},
    owner_option,
    by_option,
    why_option,
    store_option,
    audit_option,
};

constexpr std::array examples{
    Example{
        "adic registry publish VNM.radios-2027 --owner VNM --yes --store my-registry.db",
        "The total of all who have consented, for those whom the definition names."},
};

std::vector<std::string> states_of(const app::AggregateStanding& standing) {
    std::vector<std::string> states;
    for (const registry::Consent& consent : standing.consents) {
        states.push_back(consent.state);
    }
    return states;
}

std::string published_text(const app::AggregateStanding& standing) {
    const registry::SeenResult& result = *standing.result;
    const auto& total = result.total.total;
    return fmt::format(
        "Published as '{}', to {}: {}.\n",
        result.id,
        standing.question.audience,
        total ? fmt::format("{} in all", *total) : "the total is withheld"
    );
}

std::string waiting_text(const app::AggregateStanding& standing) {
    const auto states = states_of(standing);
    return fmt::format(
        "{} of at least {} states have consented{}{}. {}\n",
        states.size(),
        standing.question.smallest_group,
        states.empty() ? "" : ": ",
        fmt::join(states, ", "),
        standing.has_enough() ? "Nothing is published yet; --yes does it."
                              : "It cannot be published yet."
    );
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const app::Authorship authorship, chosen_authorship(words, session));
    app::PublishRequest request;
    ADIC_TRY(request.data, data_folder(session));
    request.id = words.text("AGGREGATE");
    request.is_confirmed = words.has("--yes");
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    ADIC_TRY(
        const app::PublishAnswer answer,
        app::publish_aggregate(*registry.store, request, authorship)
    );
    return Outcome{
        answer.is_published ? published_text(answer.standing) : waiting_text(answer.standing)};
}

}  // namespace

Command registry_publish_command() {
    return {
        .name = "registry publish",
        .summary = "compute the total of an aggregate over who consents, and publish it once",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
