#include "adic/app/bundles.hpp"
#include "adic/audit/event.hpp"

#include "frame/chosen.hpp"
#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>
#include <fstream>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array columns{
    Column{"record", "record", "identifier of the record", Show::word},
    Column{"type", "type", "what it is about", Show::word},
    Column{"change", "change", "new, changed, withdrawn; conflict: this registry keeps it itself"},
    Column{"fields", "fields", "those that say something else than before"},
    Column{"taken_back", "taken back", "fields of which less is shown than before"},
};

constexpr std::array shapes{Shape{"records", columns}};

constexpr std::array<std::string_view, 3> description{
    "Says what a bundle of another state would change here, and with --confirm takes it in, all or "
    "nothing. What comes in stays the sender's: it is kept apart from the records of this "
    "registry, cannot be changed here, is seen by its recipient alone, and is never passed on.",
    "A bundle is refused unless it is whole, signed by a trusted sender for its own state, for "
    "this recipient, and next in its series. One that was imported before changes nothing.",
    "docs/guides/exchange-by-usb-stick.md goes through it."};

constexpr std::array arguments{
    Argument{.name = "FILE", .help = "the bundle", .completes = Completes::file}};

constexpr std::array options{
    reader_option,
    Option{
        .name = "--from",
        .value = "SENDERS",
        .help = "a file that says whose keys speak for which states; must be given",
        .completes = Completes::file},
    Option{
        .name = "--open-with",
        .value = "KEY",
        .help = "the file of the recipient's secret key, for a bundle that is sealed",
        .completes = Completes::file},
    Option{
        .name = "--confirm",
        .value = "",
        .help = "do it; without it, only say what would change"},
    by_option,
    bundles_option,
    store_option,
    audit_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic registry receive from-mys --as IDN --from senders --store my-registry.db",
        "What would change, before it does."},
};

Result<std::string> read_bundle_file(const std::string& path) {
    // What is sealed is a little longer than what is in it.
    constexpr std::uintmax_t longest = registry::longest_bundle + registry::longest_bundle / 64;
    std::ifstream file(path, std::ios::binary);
    std::error_code failed;
    if (!file || !std::filesystem::is_regular_file(path, failed)) {
        return Error{ErrorCode::not_found, fmt::format("there is no file '{}'", path), {}};
    }
    const std::uintmax_t size = std::filesystem::file_size(path, failed);
    if (failed || size > longest) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("'{}' is longer than any bundle: 256 MiB", path),
            {}};
    }
    std::string text(size, '\0');
    file.read(text.data(), static_cast<std::streamsize>(size));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

Section records_section(const app::ImportBundleAnswer& answer) {
    Section section{"", &shapes[0], {}, "Nothing changes.", {}};
    for (const app::ImportedRecord& record : answer.records) {
        section.rows.push_back(
            {record.id,
             record.type,
             std::string(app::name_of(record.change)),
             Words(record.fields),
             Words(record.taken_back)}
        );
    }
    return section;
}

std::string last_line(const app::ImportBundleAnswer& answer) {
    if (answer.is_repeated) {
        return "This bundle was imported before: nothing changes.";
    }
    const std::string rest = fmt::format("{} records stay as they are.", answer.unchanged);
    return answer.is_saved ? "Saved. " + rest : "Nothing is saved yet; --confirm does it. " + rest;
}

Outcome answer_of(const app::ImportBundleAnswer& answer) {
    Report report;
    report.introduction = {fmt::format(
        "Bundle {} of {} for {}, made {}.",
        answer.number,
        answer.from,
        answer.to,
        audit::to_rfc3339(answer.at)
    )};
    if (!answer.is_repeated) {
        report.sections.push_back(records_section(answer));
    }
    if (answer.begins_anew) {
        report.notes.emplace_back(
            "It begins a new series, in the place of all that came before from this sender."
        );
    }
    report.notes.push_back(last_line(answer));
    return Outcome{std::move(report)};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    if (!words.has("--from")) {
        return Error{
            ErrorCode::invalid_argument,
            "--from names the file that says whose keys speak for which states: "
            "docs/reference/bundles.md",
            {}};
    }
    app::ImportBundleRequest request;
    ADIC_TRY(request.importer, chosen_registry_reader(words, session));
    ADIC_TRY(const std::string text, read_bundle_file(words.text("FILE")));
    ADIC_TRY(const auto senders, registry::read_senders_file(words.text("--from")));
    std::optional<audit::SigningKey> key;
    if (words.has("--open-with")) {
        ADIC_TRY(key, audit::read_key_file(words.text("--open-with")));
        request.opens = &*key;
    }
    request.text = text;
    request.senders = senders;
    request.is_confirmed = words.has("--confirm");
    ADIC_TRY(ChosenRegistry registry, open_registry_with_bundles(words, session, false));
    registry.viewing.actor = words.text("--by");
    ADIC_TRY(
        const auto answer,
        app::import_bundle(*registry.store, *registry.bundles, request, registry.viewing)
    );
    return answer_of(answer);
}

}  // namespace

Command registry_receive_command() {
    return {
        .name = "registry receive",
        .summary = "take in a bundle of another state, after saying what it would change",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
