#include "adic/app/aggregates.hpp"
#include "adic/procure/day.hpp"

#include "frame/chosen.hpp"
#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 2> description{
    "Says what it would give away if the state agreed to be counted in an aggregate, and with "
    "--yes "
    "agrees. A consent is for the definition as it is worded; it holds from one day until another, "
    "and is shown to the audience of the result.",
    "--withdraw takes it back, as long as nothing has been published with it. What a state plans "
    "of one item for one year is counted in one result and in no other."};

constexpr std::array arguments{
    Argument{.name = "AGGREGATE", .help = "identifier of the aggregate"}};

constexpr std::array options{
    Option{
        .name = "--until",
        .value = "DAY",
        .help = "the first day on which the consent no longer holds, as in 2027-01-31"},
    Option{.name = "--from", .value = "DAY", .help = "the first day on which it does; today"},
    Option{.name = "--yes", .value = "", .help = "consent; without it, only say what it means"},
    Option{.name = "--withdraw", .value = "", .help = "take the consent back"},
    owner_option,
    by_option,
    why_option,
    store_option,
    audit_option,
};

constexpr std::array examples{
    Example{
        "adic registry consent VNM.radios-2027 --owner THA --until 2027-01-31 --store "
        "my-registry.db",
        "What Thailand would give away, before it does."},
};

Result<std::optional<std::chrono::sys_days>>
chosen_day(const Invocation& words, std::string_view option) {
    if (!words.has(option)) {
        return std::optional<std::chrono::sys_days>{};
    }
    const auto day = procure::parse_day(words.text(option));
    if (!day) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("{} is a day as in 2027-01-31, not '{}'", option, words.text(option)),
            {}};
    }
    return std::optional{*day};
}

Result<Outcome>
withdraw(const Invocation& words, const app::Authorship& authorship, registry::RecordStore& store) {
    const std::string& id = words.text("AGGREGATE");
    if (words.has("--yes") || words.has("--until") || words.has("--from")) {
        return Error{ErrorCode::invalid_argument, "--withdraw takes no days and no --yes", {}};
    }
    if (auto problem = app::withdraw_consent(store, id, authorship)) {
        return *std::move(problem);
    }
    return Outcome{fmt::format("The consent of {} to '{}' is withdrawn.\n", authorship.owner, id)};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const app::Authorship authorship, chosen_authorship(words, session));
    app::ConsentRequest request;
    ADIC_TRY(request.data, data_folder(session));
    request.id = words.text("AGGREGATE");
    ADIC_TRY(request.from, chosen_day(words, "--from"));
    ADIC_TRY(request.until, chosen_day(words, "--until"));
    request.is_confirmed = words.has("--yes");
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    if (words.has("--withdraw")) {
        return withdraw(words, authorship, *registry.store);
    }
    ADIC_TRY(
        const app::ConsentAnswer answer,
        app::consent_to_aggregate(*registry.store, request, authorship)
    );
    const auto effects = app::effects_of_consent(answer.standing);
    std::vector<Sentence> paragraphs(effects.begin(), effects.end());
    paragraphs.push_back(fmt::format(
        "{} {} of at least {} states have consented. The consent is shown to {}.",
        answer.is_saved ? "You have consented." : "Nothing is saved yet; --yes consents.",
        answer.standing.consents.size(),
        answer.standing.question.smallest_group,
        answer.release
    ));
    return Outcome{Report{std::move(paragraphs), {}, {}}};
}

}  // namespace

Command registry_consent_command() {
    return {
        .name = "registry consent",
        .summary = "agree to be counted in an aggregate, after it was said what that gives away",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
