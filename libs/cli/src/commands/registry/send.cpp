#include "adic/app/bundles.hpp"
#include "adic/audit/sealing.hpp"
#include "adic/base/text.hpp"

#include "frame/chosen.hpp"
#include "frame/files.hpp"
#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>
#include <fstream>
#include <limits>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array columns{
    Column{"record", "record", "identifier of the record", Show::word},
    Column{"type", "type", "what it is about", Show::word},
    Column{"what", "what", "given, or withdrawn", Show::word},
};

constexpr std::array shapes{Shape{"records", columns}};

constexpr std::array<std::string_view, 4> description{
    "Writes what one recipient may see of the records of a state into a file, to be carried to "
    "another registry: signed, and with --encrypt-to sealed for the recipient alone. 'adic "
    "registry --as READER' shows beforehand what will be in it.",
    "Bundles for one recipient are a series. Each has what is new or changed since the one before, "
    "and what the recipient had and is to have no longer. One that was lost is made up for with "
    "--since, which goes on from an earlier one; --anew begins a new series with all.",
    "What came in bundles of others is never passed on.",
    "docs/reference/bundles.md has the form of the file."};

constexpr std::array options{
    owner_option,
    Option{
        .name = "--for",
        .value = "READER",
        .help =
            "the recipient: a state (MYS), an organisation (org:NAME), or everyone; must be given"},
    Option{
        .name = "--out",
        .value = "FILE",
        .help = "where the bundle goes; must be given",
        .completes = Completes::file},
    Option{
        .name = "--sign-with",
        .value = "KEY",
        .help = "the file of the sender's secret key; must be given",
        .completes = Completes::file},
    Option{
        .name = "--encrypt-to",
        .value = "KEY",
        .help = "the file of the recipient's public key",
        .completes = Completes::file},
    Option{
        .name = "--since",
        .value = "NUMBER",
        .help = "the bundle that the recipient imported last; when it is not given, the last one"},
    Option{.name = "--anew", .value = "", .help = "begin a new series, with all records"},
    bundles_option,
    store_option,
    audit_option,
    replace_option,
    format_option,
};

constexpr std::array examples{
    Example{
        "adic registry send --owner MYS --for IDN --sign-with my-registry.key --out to-idn "
        "--store my-registry.db",
        "What Indonesia may see, and did not get before."},
};

/// The public key in a file of one line.
Result<audit::VerifyingKey> read_public_key(const std::string& path) {
    constexpr std::size_t longest = 1024;
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return Error{ErrorCode::not_found, fmt::format("'{}' is not there", path), {}};
    }
    std::string text(longest, '\0');
    file.read(text.data(), longest);
    text.resize(static_cast<std::size_t>(file.gcount()));
    ADIC_TRY(
        audit::VerifyingKey key,
        audit::parse_verifying_key(std::string_view(text).substr(0, text.find('\n')))
    );
    if (key.kind != audit::KeyKind::recipient) {
        return Error{
            ErrorCode::invalid_argument,
            fmt::format("'{}' is the key of a {}, not of a recipient", path, name_of(key.kind)),
            {}};
    }
    return key;
}

Result<app::ExportBundleRequest>
chosen_request(const Invocation& words, const Session& session, std::string owner) {
    ADIC_TRY(const std::filesystem::path data, data_folder(session));
    const auto today = std::chrono::floor<std::chrono::days>(session.around.now);
    app::ExportBundleRequest request;
    request.owner = std::move(owner);
    ADIC_TRY(const model::Reader sender, app::find_reader(data, request.owner, today));
    request.blocs = sender.blocs;
    ADIC_TRY(request.recipient, app::find_reader(data, words.text("--for"), today));
    request.begins_anew = words.has("--anew");
    if (words.has("--since")) {
        constexpr auto most = std::uint64_t{std::numeric_limits<std::int32_t>::max()};
        ADIC_TRY(request.since, words.whole("--since", 1, most));
    }
    return request;
}

std::optional<Error> missing_word(const Invocation& words) {
    for (const std::string_view option : {"--owner", "--for", "--sign-with", "--out"}) {
        if (!words.has(option)) {
            return Error{ErrorCode::invalid_argument, fmt::format("{} must be given", option), {}};
        }
    }
    if (words.has("--anew") && words.has("--since")) {
        return Error{ErrorCode::invalid_argument, "either --anew or --since", {}};
    }
    return stands_in_the_way(words.text("--out"), words);
}

Outcome answer(const app::ExportBundleAnswer& sent, const std::string& path) {
    Section section{"", &shapes[0], {}, "Nothing is new for the recipient.", {}};
    for (const registry::SeenPast& past : sent.bundle.records) {
        const registry::SeenRecord& record = past.back().record;
        section.rows.push_back({record.id, std::string(record.type->key), std::string("given")});
    }
    for (const registry::WithdrawnRecord& record : sent.bundle.withdrawn) {
        section.rows.push_back({record.id, std::string(record.type->key), std::string("withdrawn")}
        );
    }
    return Outcome{Report{
        {},
        {std::move(section)},
        {fmt::format(
            "Bundle {} of {} for {} is in {}.",
            sent.bundle.number,
            sent.bundle.from,
            sent.bundle.to,
            path
        )}}};
}

Result<Outcome> run(const Invocation& words, const Session& session) {
    if (auto problem = missing_word(words)) {
        return *std::move(problem);
    }
    ADIC_TRY(const app::Authorship authorship, chosen_authorship(words, session));
    ADIC_TRY(const auto request, chosen_request(words, session, authorship.owner));
    ADIC_TRY(const audit::SigningKey key, audit::read_key_file(words.text("--sign-with")));
    std::optional<audit::VerifyingKey> seal_for;
    if (words.has("--encrypt-to")) {
        ADIC_TRY(seal_for, read_public_key(words.text("--encrypt-to")));
    }
    ADIC_TRY(const ChosenRegistry registry, open_registry_with_bundles(words, session, false));
    ADIC_TRY(
        const auto sent,
        app::export_bundle(*registry.store, *registry.bundles, request, key, registry.viewing)
    );
    std::string text = sent.text;
    if (seal_for) {
        ADIC_TRY(text, audit::seal(text, key, *seal_for));
    }
    if (auto problem = write_file(words.text("--out"), text)) {
        problem->message += fmt::format(
            " Bundle {} is counted as sent: --since {} makes up for it.",
            sent.bundle.number,
            sent.bundle.follows
        );
        return *std::move(problem);
    }
    return answer(sent, words.text("--out"));
}

}  // namespace

Command registry_send_command() {
    return {
        .name = "registry send",
        .summary = "write what a recipient may see as a signed bundle, for another registry",
        .description = description,
        .arguments = {},
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
