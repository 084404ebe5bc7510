#include "frame/chosen.hpp"
#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array change_columns{
    Column{"reader", "reader", "officials of a state, or everyone", Show::word},
    Column{"field", "field", "'record': whether it is there at all", Show::word},
    Column{"before", "now", "what the reader sees of it", Show::word},
    Column{"after", "then", "what the reader would see of it", Show::word},
};

constexpr std::array shapes{Shape{"changes", change_columns}};

constexpr std::array<std::string_view, 3> description{
    "Says who would see what of a record that they do not see now, and with --yes makes it so. TO "
    "is who: public, ASEAN, MYS, org:NAME, several separated by ';', each with ':generalised' or "
    "':exists' if it is less than all, and '@2026-01-01/2027-01-01' if it is not for ever. "
    "'nobody' recalls it.",
    "With --field it is about one field. A reader sees of a field no more than both the record and "
    "the field allow. '--field owners_side' takes org:NAME: an organisation that speaks for itself "
    "in the record, and sees all of it.",
    "docs/reference/release-labels.md has the form, docs/explanation/release.md the rules."};

constexpr std::array arguments{
    Argument{.name = "RECORD", .help = "identifier of the record"},
    Argument{.name = "TO", .help = "who may see it; nobody recalls it"}};

constexpr std::array options{
    Option{.name = "--field", .value = "FIELD", .help = "only this field"},
    Option{.name = "--yes", .value = "", .help = "do it; without it, only say what would change"},
    owner_option,
    by_option,
    why_option,
    store_option,
    audit_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic registry release MYS.radio-7 'ASEAN:generalised;SGP' --owner MYS --store "
        "my-registry.db",
        "Who would see what, before anybody does."},
};

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const app::Authorship authorship, chosen_authorship(words, session));
    app::ReleaseRequest request;
    ADIC_TRY(request.data, data_folder(session));
    request.id = words.text("RECORD");
    request.field = words.text("--field");
    request.release = words.text("TO") == "nobody" ? "" : words.text("TO");
    request.is_confirmed = words.has("--yes");
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    ADIC_TRY(
        const app::ReleaseAnswer answer,
        app::release_record(*registry.store, request, authorship)
    );
    Section section{"", &shapes[0], {}, "Nobody would see anything else than now.", {}};
    for (const registry::DisclosureChange& change : answer.changes) {
        section.rows.push_back(
            {change.reader,
             change.field,
             std::string(model::name_of(change.before)),
             std::string(model::name_of(change.after))}
        );
    }
    for (const std::string& warning : answer.warnings) {
        section.notes.push_back("Look twice: " + warning + '.');
    }
    return Outcome{Report{
        {},
        {std::move(section)},
        {fmt::format(
            "{} The record is {}.",
            answer.is_saved ? "Saved." : "Nothing is saved yet; --yes does it.",
            answer.label
        )}}};
}

}  // namespace

Command registry_release_command() {
    return {
        .name = "registry release",
        .summary = "change who sees a record, after saying who would see what",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
