#include "frame/chosen.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array shapes{issue_shape};

constexpr std::array<std::string_view, 4> description{
    "Adds the rows of a CSV table or a workbook to a registry, all or none. Columns are the fields "
    "of the type "
    "(docs/reference/records.md), and, where wanted, id, source, period, confidence, note, release "
    "and release.FIELD. A row with the identifier of a record that is there becomes its next "
    "version; nothing is overwritten.",
    "With --type procurement, a FILE that ends with .json is a release or record package of the "
    "Open Contracting Data Standard (docs/reference/ocds.md), and one that ends with .jsonl or "
    ".ndjson has such a document on each line: processes, items, awards and contracts become "
    "records; what has no field is kept for the owner alone. With --type project, it is the room "
    "of a project as 'adic project export' writes it, and what the owner says in it becomes "
    "records. With --type scenario, it is a scenario file (docs/reference/scenarios.md), which "
    "becomes a record of the same name.",
    "A record is its owner's alone until it is released: in the column release, with --release, "
    "or later by 'adic registry release'.",
    "No classified data belongs here."};

constexpr std::array arguments{Argument{
    .name = "FILE",
    .help = "a CSV table, an XLSX workbook, a scenario file, or procurements or projects as OCDS "
            "in JSON or JSON Lines; plain, gzip or zstd",
    .completes = Completes::file}};

constexpr std::array options{
    Option{.name = "--type", .value = "TYPE", .help = "of the records; must be given"},
    owner_option,
    Option{
        .name = "--release",
        .value = "TO",
        .help = "of rows that say nothing themselves: ASEAN:generalised;MYS; without it, the owner "
                "alone"},
    by_option,
    why_option,
    store_option,
    audit_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic registry add my-products.csv --type product --owner MYS --why 'catalogue 2026'",
        "The rows of a table as records of Malaysia, seen by nobody else."},
    Example{
        "adic registry add my-tenders.json --type procurement --owner MYS --release ASEAN",
        "Procurements from OCDS, for the officials of the region."},
};

Result<const model::RecordType*> type_of(const Invocation& words) {
    const std::string& key = words.text("--type");
    if (const model::RecordType* type = model::find_record_type(key)) {
        return type;
    }
    std::string types;
    for (const model::RecordType& type : model::record_types()) {
        if (type.written_by.empty()) {
            types += (types.empty() ? "" : ", ") + std::string(type.key);
        }
    }
    return Error{
        ErrorCode::invalid_argument,
        fmt::format("--type is one of {}, not '{}'", types, key),
        {}};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    app::AddRecordsRequest request;
    ADIC_TRY(request.type, type_of(words));
    ADIC_TRY(const app::Authorship authorship, chosen_authorship(words, session));
    ADIC_TRY(request.data, data_folder(session));
    request.file = words.text("FILE");
    request.release = words.text("--release");
    request.new_identifier = session.around.new_identifier;
    ADIC_TRY(const ChosenRegistry registry, open_chosen_store(words, session, true));
    ADIC_TRY(
        const app::AddRecordsAnswer answer,
        app::add_records(*registry.store, request, authorship)
    );
    if (!answer.report.may_commit()) {
        return refused_input("Nothing was added.", answer.report);
    }
    std::vector<Section> noticed;
    if (answer.report.warnings() > 0) {
        noticed.push_back(issues_section(answer.report, ""));
    }
    return Outcome{Report{
        {},
        std::move(noticed),
        {fmt::format(
            "{} records added, {} changed, {} as they were.",
            answer.added,
            answer.changed,
            answer.unchanged
        )}}};
}

}  // namespace

Command registry_add_command() {
    return {
        .name = "registry add",
        .summary = "add the rows of a table as records, all or none",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
