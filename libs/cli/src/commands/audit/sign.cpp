#include "adic/audit/event.hpp"
#include "adic/audit/signing.hpp"

#include "audit/audit_words.hpp"
#include "frame/common_options.hpp"
#include "frame/files.hpp"
#include "list_commands.hpp"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using audit::LogWriter;
using audit::SignedHead;
using audit::Signer;

constexpr std::array signature_columns{
    Column{"key", "signed by", "name of the key", Show::word},
    Column{"at", "at", "the time that a witness states", Show::word},
};

constexpr std::array shapes{Shape{"signatures", signature_columns}};

constexpr std::array<std::string_view, 4> description{
    "With the key of a log: signs a head over all entries of the log, and puts it into its folder.",
    "With the key of a witness: co-signs the head of a log, or of a bridge if the witness does not "
    "have the log, once it is signed by a log of the policy. The head with its signatures goes "
    "back to whoever runs the log, who adds it with --collect.",
    "A key signs no head that takes back entries of one that it signed before: an older copy of "
    "the log, or a fork of it. What it signed is kept beside it, in a file with the ending .heads.",
    "The head is printed unless it is written into a folder or with --out."};

constexpr std::array arguments{Argument{
    .name = "LOG",
    .help = "the folder of a log; for a witness, also a bridge",
    .completes = Completes::file}};

constexpr std::array options{
    Option{
        .name = "--key",
        .value = "FILE",
        .help = "the secret key to sign with",
        .completes = Completes::file},
    keys_option,
    Option{
        .name = "--collect",
        .value = "HEAD",
        .help = "sign nothing: add the co-signatures of this copy of the head to the log",
        .completes = Completes::file},
    Option{
        .name = "--out",
        .value = "FILE",
        .help = "where to write the head of a bridge with its signatures",
        .completes = Completes::file},
    Option{
        .name = "--time",
        .value = "TIME",
        .help =
            "the time that a witness states, as 2026-11-25T09:30:00Z; when it is not given, now"},
    replace_option,
    format_option,
};

constexpr std::array examples{
    Example{"adic audit sign my-log --key log-key", "A head over all entries of the log."},
    Example{
        "adic audit sign my-log/bridge --key witness-key --keys policy --out my-log/cosigned",
        "A witness without the log co-signs what continues the last head that it signed."},
    Example{
        "adic audit sign my-log --collect my-log/cosigned --keys policy",
        "The co-signature that came back goes into the log."},
};

Result<std::chrono::sys_seconds> chosen_time(const Invocation& words) {
    if (words.has("--time")) {
        return audit::parse_rfc3339(words.text("--time"));
    }
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Outcome answer(const SignedHead& head, std::string_view where) {
    Section section{"", &shapes[0], {}, "Nobody has signed.", {}};
    for (const audit::Signature& signature : head.signatures) {
        const auto at = audit::time_of(signature);
        section.rows.push_back({signature.name, at ? Cell{audit::to_rfc3339(*at)} : Cell{}});
    }
    std::string what = fmt::format(
        "The head of {} over {} {} is in {}.",
        head.head.origin,
        head.head.tree.size,
        head.head.tree.size == 1 ? "entry" : "entries",
        where
    );
    return Outcome{Report{{std::move(what)}, {std::move(section)}, {}}};
}

Result<Outcome> sign_folder(const Invocation& words, const std::string& folder) {
    ADIC_TRY(Signer signer, Signer::open(words.text("--key")));
    ADIC_TRY(LogWriter log, LogWriter::open(folder));
    if (signer.verifying().kind == audit::KeyKind::log) {
        ADIC_TRY(const SignedHead head, audit::sign_log(log, signer));
        return answer(head, folder + "/head");
    }
    ADIC_TRY(const audit::Policy policy, chosen_policy(words));
    ADIC_TRY(const std::chrono::sys_seconds time, chosen_time(words));
    ADIC_TRY(const SignedHead head, audit::cosign_log(log, signer, policy, time));
    return answer(head, folder + "/head");
}

Result<Outcome> sign_bridge(const Invocation& words, const std::string& path) {
    ADIC_TRY(const audit::Bridge bridge, audit::read_bridge_file(path));
    ADIC_TRY(const audit::Policy policy, chosen_policy(words));
    ADIC_TRY(const std::chrono::sys_seconds time, chosen_time(words));
    const std::string& out = words.text("--out");
    if (!out.empty()) {
        if (auto problem = stands_in_the_way(out, words)) {
            return *std::move(problem);
        }
    }
    ADIC_TRY(Signer signer, Signer::open(words.text("--key")));
    if (signer.verifying().kind == audit::KeyKind::log) {
        return Error{
            ErrorCode::invalid_argument,
            "the key of a log signs the folder of its log; a bridge is for witnesses",
            {}};
    }
    ADIC_TRY(const SignedHead head, audit::cosign_bridge(bridge, signer, policy, time));
    if (out.empty()) {
        return Outcome{audit::write_signed_head(head)};
    }
    if (auto problem = write_file(out, audit::write_signed_head(head))) {
        return *std::move(problem);
    }
    return answer(head, out);
}

Result<Outcome> collect(const Invocation& words, const std::string& folder) {
    ADIC_TRY(const audit::Policy policy, chosen_policy(words));
    ADIC_TRY(const SignedHead from, audit::read_head_file(words.text("--collect")));
    ADIC_TRY(LogWriter log, LogWriter::open(folder));
    ADIC_TRY(const SignedHead head, audit::collect_cosignatures(log, from, policy));
    return answer(head, folder + "/head");
}

Result<Outcome> run(const Invocation& words, const Session& /*session*/) {
    if (words.has("--key") == words.has("--collect")) {
        return Error{
            ErrorCode::invalid_argument,
            "either --key FILE, to sign, or --collect HEAD, to add what others have signed",
            {}};
    }
    const std::string& what = words.text("LOG");
    if (words.has("--collect")) {
        return collect(words, what);
    }
    std::error_code ignored;
    return std::filesystem::is_directory(what, ignored) ? sign_folder(words, what)
                                                        : sign_bridge(words, what);
}

}  // namespace

Command audit_sign_command() {
    return {
        .name = "audit sign",
        .summary = "sign the head of an audit log, or co-sign it as a witness",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
