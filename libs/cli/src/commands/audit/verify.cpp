#include "adic/audit/verify.hpp"

#include "audit/audit_words.hpp"
#include "frame/common_options.hpp"
#include "frame/report_issues.hpp"
#include "list_commands.hpp"

#include <array>

#include <fmt/format.h>

namespace adic::cli {
namespace {

using audit::FileVerdict;
using audit::ProofKind;
using audit::Verification;

constexpr std::array file_columns{
    Column{"file", "file", "the file, or the folder of a log"},
    Column{"what", "what", "log, evidence, head or bridge", Show::word},
    Column{"holds", "holds", "nothing is wrong with it"},
    Column{"log", "log", "name of the log that it is about", Show::text, 0, In::data},
    Column{"entries", "entries", "of a log, all; of evidence, those that are proven", Show::count},
    Column{"head_size", "head", "how many entries its signed head is over", Show::count},
    Column{"root", "root", "of its signed head, in base 64", Show::word, 0, In::data},
    Column{"members", "co-signed by", "members that have co-signed", Show::text, 0, In::table},
    Column{"cosigned", "", "members that have co-signed, and when", Show::text, 0, In::data},
    Column{"remark", "remark", "what is worth to know although nothing is wrong"},
};

constexpr std::array problem_columns{
    Column{"file", "file", "the file; empty: files that contradict each other"},
    Column{"problem", "what is wrong", ""},
};

constexpr std::array shapes{Shape{"files", file_columns}, Shape{"problems", problem_columns}};

constexpr std::array<std::string_view, 3> description{
    "Checks logs, evidence, signed heads and bridges without a network or a server: every entry "
    "against its hash, every hash against the root, the root against the signatures, the "
    "signatures against the policy. A byte that was changed, cut off or moved is found.",
    "Several files are held against each other too: heads of one log that contradict each other "
    "are a fork; heads that nothing connects are reported, and the log or a bridge connects them.",
    "docs/explanation/audit.md says what is proven and what is not, docs/reference/audit-log.md "
    "how the files are made. Ends with exit code 2 if anything does not hold."};

constexpr std::array arguments{Argument{
    .name = "FILE",
    .help = "the folder of a log, or a file: evidence, a signed head, or a bridge",
    .is_repeated = true,
    .completes = Completes::file}};

constexpr std::array options{keys_option, format_option};

constexpr std::array examples{
    Example{
        "adic audit verify my-log --keys policy",
        "A whole log: its entries, its hashes, its head, and who has co-signed."},
    Example{
        "adic audit verify my-log/evidence --keys policy",
        "What an owner was given, without the log."},
    Example{
        "adic audit verify my-log my-log/old-head --keys policy",
        "Whether a log still has everything that an older head was over."},
};

std::string_view word_of(ProofKind kind) {
    switch (kind) {
    case ProofKind::log: return "log";
    case ProofKind::evidence: return "evidence";
    case ProofKind::head: return "head";
    case ProofKind::bridge: break;
    }
    return "bridge";
}

Words members_of(const std::vector<audit::Cosigned>& cosigned) {
    Words members;
    for (const audit::Cosigned& one : cosigned) {
        members.push_back(one.member);
    }
    return members;
}

Row row_of(const FileVerdict& file) {
    const bool counts = file.kind == ProofKind::log || file.kind == ProofKind::evidence;
    return {
        file.path.string(),
        std::string(word_of(file.kind)),
        file.problems.empty(),
        file.origin,
        counts ? Cell{file.entries} : Cell{},
        file.signed_tree ? Cell{file.signed_tree->size} : Cell{},
        file.signed_tree ? Cell{audit::to_base64(file.signed_tree->root)} : Cell{},
        members_of(file.cosigned),
        cosigned_words(file.cosigned),
        file.remark};
}

Section problems_section(const Verification& found) {
    Section section{"", &shapes[1], {}, "Everything holds.", {}};
    for (const FileVerdict& file : found.files) {
        for (const std::string& problem : file.problems) {
            section.rows.push_back({file.path.string(), problem});
        }
    }
    for (const std::string& problem : found.problems) {
        section.rows.push_back({std::string(), problem});
    }
    return section;
}

Result<Outcome> run(const Invocation& words, const Session& /*session*/) {
    ADIC_TRY(const audit::Policy policy, chosen_policy(words));
    const std::vector<std::string>& names = words.texts("FILE");
    const std::vector<std::filesystem::path> paths(names.begin(), names.end());
    ADIC_TRY(const Verification found, audit::verify_files(paths, policy));
    Section files{"", &shapes[0], {}, "There are no files.", {}};
    for (const FileVerdict& file : found.files) {
        files.rows.push_back(row_of(file));
    }
    const int code = found.holds() ? 0 : traits(ErrorCode::invalid_argument).exit_code;
    return Outcome{Report{{}, {std::move(files), problems_section(found)}, {}}, code};
}

}  // namespace

Command audit_verify_command() {
    return {
        .name = "audit verify",
        .summary = "check an audit log, evidence from one, or its signed heads",
        .description = description,
        .arguments = arguments,
        .options = options,
        .examples = examples,
        .answers = shapes,
        .run = run};
}

}  // namespace adic::cli
