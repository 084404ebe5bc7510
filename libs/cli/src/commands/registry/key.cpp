#include "adic/audit/keys.hpp"

#include "frame/files.hpp"
#include "list_commands.hpp"
#include "registry/registry_parts.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 2> description{
    "Makes a pair of keys for bundles: with that of a sender a state signs what it gives; with "
    "that of a recipient it opens what is sealed for it. The secret key is readable by you alone; "
    "the public key, in the file with the ending .pub, goes to those whom you exchange with.",
    "Hand public keys over in person, or compare them by voice: whoever swaps one can speak for "
    "its state, or read what is sealed for it."};

constexpr std::array arguments{Argument{
    .name = "NAME",
    .help = "a name without spaces and '+', best a domain of yours: registry.example/sender"}};

constexpr std::array options{
    Option{
        .name = "--out",
        .value = "FILE",
        .help = "where the secret key goes; FILE.pub stands beside it; must be given",
        .completes = Completes::file},
    Option{
        .name = "--recipient",
        .value = "",
        .help = "a key that opens what is sealed, instead of one that signs"},
};

constexpr std::array examples{
    Example{"adic registry key mys.example/sender --out sender-key", "The key of a sender."},
    Example{
        "adic registry key mys.example/recipient --recipient --out recipient-key",
        "The key of a recipient."},
};

Result<Outcome> run(const Invocation& words, const Session& /*session*/) {
    const std::string& path = words.text("--out");
    if (path.empty()) {
        return Error{ErrorCode::invalid_argument, "--out says where the secret key goes", {}};
    }
    const bool opens = words.has("--recipient");
    const auto kind = opens ? audit::KeyKind::recipient : audit::KeyKind::sender;
    ADIC_TRY(const auto key, audit::SigningKey::create(words.text("NAME"), kind));
    if (auto problem = audit::write_key_file(path, key)) {
        return *std::move(problem);
    }
    if (auto problem = write_file(path + ".pub", audit::to_text(key.verifying()) + '\n')) {
        return *std::move(problem);
    }
    return Outcome{fmt::format(
        "The secret key is in {}, for you alone; the public key is in {}.pub, for {}.\n",
        path,
        path,
        opens ? "those who seal bundles for you" : "those who take your bundles"
    )};
}

}  // namespace

Command registry_key_command() {
    return {
        .name = "registry key",
        .summary = "make a pair of keys for bundles, to sign with or to open with",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
