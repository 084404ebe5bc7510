#include "adic/audit/log.hpp"

#include "frame/common_options.hpp"
#include "list_commands.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

constexpr std::array<std::string_view, 2> description{
    "Begins an audit log without entries, in a folder that is empty or not there. A log beside a "
    "registry, in a folder with its name and the ending .audit, is kept by every 'adic registry' "
    "command from then on: what is written, and who is shown what.",
    "The log has the name of the key that signs it: adic audit key."};

constexpr std::array arguments{Argument{
    .name = "NAME",
    .help = "a name without spaces and '+', best a domain of yours: registry.example/audit"}};

constexpr std::array options{Option{
    .name = "--out",
    .value = "FOLDER",
    .help = "where the log goes; must be given",
    .completes = Completes::folder}};

constexpr std::array examples{
    Example{
        "adic audit start registry.example/audit --out my-registry.db.audit",
        "The log of the registry in the file my-registry.db."},
};

Result<Outcome> run(const Invocation& words, const Session& /*session*/) {
    const std::string& folder = words.text("--out");
    if (folder.empty()) {
        return Error{ErrorCode::invalid_argument, "--out says where the log goes", {}};
    }
    ADIC_TRY(const audit::LogWriter log, audit::LogWriter::create(folder, words.text("NAME")));
    return Outcome{fmt::format("The log {} begins in {}.\n", log.origin(), folder)};
}

}  // namespace

Command audit_start_command() {
    return {
        .name = "audit start",
        .summary = "begin an audit log, for a registry to write into",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = {},
        .run = run};
}

}  // namespace adic::cli
