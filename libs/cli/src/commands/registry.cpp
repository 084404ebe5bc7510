#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

namespace adic::cli {
namespace {

constexpr std::array columns{
    Column{"id", "record", "identifier of the record", Show::word},
    Column{"type", "type", "what it is about", Show::word},
    Column{"owner", "owner", "the state that decides about it", Show::word},
    Column{"name", "name", "or item; as far as the reader sees it"},
    Column{"fields", "fields", "that the reader sees something of", Show::count},
};

constexpr std::array shapes{Shape{"records", columns}};

constexpr std::array<std::string_view, 2> description{
    "The records of a registry, as a reader sees them: what is not released to the reader is not "
    "there, and leaves no trace in what is counted, found or shown.",
    "docs/explanation/release.md has the rules, docs/reference/records.md the types of records."};

constexpr std::array arguments{Argument{
    .name = "TEXT",
    .help = "only records with this text in a field that the reader sees in full",
    .is_required = false}};

constexpr std::array options{
    Option{.name = "--type", .value = "TYPE", .help = "only records of this type"},
    reader_option,
    store_option,
    audit_option,
    bundles_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic registry radio --as SGP --store my-registry.db",
        "What Singapore sees of radios."},
};

Section records_section(const std::vector<registry::SeenRecord>& records) {
    Section section{"", &shapes[0], {}, "There is nothing that this reader sees.", {}};
    for (const registry::SeenRecord& record : records) {
        std::uint64_t shown = 0;
        for (const registry::SeenField& field : record.fields) {
            shown += field.disclosure == model::Disclosure::none ? 0 : 1;
        }
        const registry::SeenField* name = find_seen(record, "name");
        name = name == nullptr ? find_seen(record, "item") : name;
        section.rows.push_back(
            {record.id,
             std::string(record.type->key),
             record.owner,
             name == nullptr ? std::string{} : seen_text(*name),
             shown}
        );
    }
    return section;
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    ADIC_TRY(const model::Reader reader, chosen_registry_reader(words, session));
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, false));
    ADIC_TRY(
        const auto records,
        app::list_records(
            *registry.store,
            reader,
            {words.text("--type"), words.text("TEXT")},
            registry.viewing
        )
    );
    return Outcome{Report{{}, {records_section(*records)}, {}}};
}

}  // namespace

Command registry_command() {
    return {
        .name = "registry",
        .summary = "list the records of a registry, as a reader sees them",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
