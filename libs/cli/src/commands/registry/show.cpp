#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array field_columns{
    Column{"field", "field", "key of the field", Show::word},
    Column{"disclosure", "shown", "full, generalised, or only that it exists", Show::word},
    Column{"value", "value", "as far as it is shown"},
};

constexpr std::array version_columns{
    Column{"version", "version", "of those that the reader sees", Show::count},
    Column{"at", "at", "day and time, UTC", Show::word},
    Column{"by", "by", "who wrote it; only the owner's side sees it"},
    Column{"why", "why", "only the owner's side sees it"},
};

constexpr std::array shapes{Shape{"fields", field_columns}, Shape{"versions", version_columns}};

constexpr std::array<std::string_view, 1> description{
    "One record as a reader sees it, and its versions in which something changed for that reader. "
    "A record that is not released to the reader and one that was never written have the same "
    "answer."};

constexpr std::array arguments{Argument{.name = "RECORD", .help = "identifier of the record"}};

constexpr std::array options{
    reader_option,
    store_option,
    audit_option,
    bundles_option,
    format_option};

constexpr std::array examples{
    Example{
        "adic registry show MYS.radio-7 --as SGP --store my-registry.db",
        "What Singapore sees of it."},
};

Section fields_section(const registry::SeenRecord& record) {
    Section section{"", &shapes[0], {}, "Nothing but that it exists.", {}};
    for (std::size_t f = 0; f < record.fields.size(); ++f) {
        const registry::SeenField& field = record.fields[f];
        if (field.disclosure != model::Disclosure::none) {
            section.rows.push_back(
                {std::string(registry::seen_field_key(*record.type, f)),
                 std::string(model::name_of(field.disclosure)),
                 seen_text(field)}
            );
        }
    }
    return section;
}

std::string time_text(std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    return fmt::format(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count()
    );
}

Section versions_section(const std::vector<registry::SeenVersion>& versions) {
    Section section{"Versions", &shapes[1], {}, "", {}};
    for (const registry::SeenVersion& version : versions) {
        section.rows.push_back({version.number, time_text(version.at), version.by, version.why});
    }
    return section;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const model::Reader reader, chosen_registry_reader(words, session));
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    ADIC_TRY(
        const auto versions,
        app::record_history(*registry.store, reader, words.text("RECORD"), registry.viewing)
    );
    if (versions->empty()) {
        return Error{
            ErrorCode::not_found,
            fmt::format("there is no record '{}'", words.text("RECORD")),
            {}};
    }
    const registry::SeenRecord& latest = versions->back().record;
    return Outcome{Report{
        {fmt::format("{} of {}.", latest.type->title, latest.owner)},
        {fields_section(latest), versions_section(*versions)},
        {}}};
}

}  // namespace

Command registry_show_command() {
    return {
        .name = "registry show",
        .summary = "show one record and its past, as a reader sees them",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
