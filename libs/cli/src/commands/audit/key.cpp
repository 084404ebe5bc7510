#include "adic/audit/last_signed.hpp"

#include "frame/common_options.hpp"
#include "list_commands.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array file_columns{
    Column{"file", "file", "the file that was made"},
    Column{"what", "what it is", "what it is, and who may have it"},
};

constexpr std::array shapes{Shape{"files", file_columns}};

constexpr std::array<std::string_view, 2> description{
    "Makes a pair of Ed25519 keys for a log or for a witness: the secret key, readable by you "
    "alone; the public key, for the policies of all; and the memory of what the key has signed. "
    "The key signs only with that memory beside it, and nothing that takes back what it signed.",
    "A log's key has the name of its log. Never use copies of a key in two places: each would "
    "remember half."};

constexpr std::array arguments{Argument{
    .name = "NAME",
    .help = "a name without spaces and '+', best a domain of yours: registry.example/audit"}};

constexpr std::array options{
    Option{
        .name = "--out",
        .value = "FILE",
        .help = "where the secret key goes; FILE.pub and FILE.heads stand beside it",
        .completes = Completes::file},
    Option{
        .name = "--witness",
        .value = "",
        .help = "a key that co-signs heads of logs, instead of one that signs for a log"},
    format_option,
};

constexpr std::array examples{
    Example{
        "adic audit key registry.example/audit --out log-key",
        "The key of the log of that name."},
    Example{
        "adic audit key idn.example/witness --witness --out witness-key",
        "The key with which a member witnesses."},
};

Result<Outcome> run(const Invocation& words, const Session& /*session*/) {
    const std::string& path = words.text("--out");
    if (path.empty()) {
        return Error{ErrorCode::invalid_argument, "--out says where the secret key goes", {}};
    }
    const bool is_witness = words.has("--witness");
    ADIC_TRY(
        const audit::VerifyingKey key,
        audit::Signer::make(
            path,
            words.text("NAME"),
            is_witness ? audit::KeyKind::witness : audit::KeyKind::log
        )
    );
    Section files{"", &shapes[0], {}, "", {}};
    files.rows.push_back({path, std::string("the secret key: for you alone")});
    files.rows.push_back({path + ".pub", std::string("the public key: for the policies of all")});
    files.rows.push_back({path + ".heads", std::string("what it signed: keep it beside the key")});
    std::string line = is_witness ? "witness MEMBER <key>" : "log <key>";
    return Outcome{Report{
        {},
        {std::move(files)},
        {fmt::format("In a policy: '{}', with the key in {}.pub.", line, path)}}};
}

}  // namespace

Command audit_key_command() {
    return {
        .name = "audit key",
        .summary = "make a pair of keys for an audit log or for a witness",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
