#include "adic/audit/verify.hpp"

#include "adic/audit/bridge.hpp"
#include "adic/audit/evidence.hpp"
#include "adic/audit/log.hpp"

#include "files.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace adic::audit {
namespace {

/// That a log had a root at a size, as a file says it.
struct Claim {
    std::string file;
    std::string origin;
    TreeHead tree;
};

/// That a bridge leads from one size to another.
struct Link {
    std::string origin;
    std::uint64_t earlier;
    std::uint64_t later;
};

struct Found {
    Verification verification;
    std::vector<Claim> claims;
    std::vector<Link> links;
};

void take_head(FileVerdict& verdict, const SignedHead& head, const HeadVerdict& signatures) {
    verdict.origin = head.head.origin;
    verdict.signed_tree = head.head.tree;
    verdict.cosigned = signatures.cosigned;
    verdict.problems
        .insert(verdict.problems.end(), signatures.problems.begin(), signatures.problems.end());
}

std::string entries_of(std::uint64_t count) {
    return std::to_string(count) + (count == 1 ? " entry" : " entries");
}

std::optional<Error> take_log(Found& found, FileVerdict verdict, const Policy& policy) {
    const Result<LogState> state = inspect_log(verdict.path);
    if (!state) {
        return state.error();
    }
    verdict.kind = ProofKind::log;
    verdict.origin = state->origin;
    verdict.entries = state->size;
    verdict.problems = state->problems;
    if (!state->torn.empty()) {
        verdict.problems.push_back(
            "behind entry " + std::to_string(state->size) + ", never acknowledged: " + state->torn
        );
    }
    if (state->head) {
        take_head(verdict, *state->head, judge(*state->head, policy));
        const std::uint64_t covered = state->head->head.tree.size;
        if (covered < state->size) {
            verdict.remark = entries_of(state->size - covered) + " not under a signed head";
        }
        found.claims.push_back({verdict.path.string(), state->origin, state->head->head.tree});
    } else {
        verdict.problems.emplace_back("no head is signed");
    }
    found.claims.push_back({verdict.path.string(), state->origin, {state->size, state->root}});
    found.verification.files.push_back(std::move(verdict));
    return std::nullopt;
}

std::optional<Error> take_evidence(Found& found, FileVerdict verdict, const Policy& policy) {
    Result<EvidenceVerdict> checked = check_evidence(verdict.path, policy);
    if (!checked) {
        return checked.error();
    }
    verdict.kind = ProofKind::evidence;
    verdict.entries = checked->entries;
    verdict.problems = checked->problems;
    take_head(verdict, checked->head, checked->signatures);
    verdict.remark = "of " + checked->owner
                     + (checked->entries == 0 ? ": none"
                                              : ", numbers 1 to " + std::to_string(checked->entries)
                                                    + " without a gap");
    if (!checked->problems.empty()) {
        verdict.remark = "of " + checked->owner;
    } else {
        found.claims.push_back({verdict.path.string(), verdict.origin, checked->head.head.tree});
    }
    found.verification.files.push_back(std::move(verdict));
    return std::nullopt;
}

void take_bridge(Found& found, FileVerdict verdict, const Bridge& bridge, const Policy& policy) {
    verdict.kind = ProofKind::bridge;
    // It is what witnesses get before they co-sign.
    Policy without_needs = policy;
    without_needs.needs.clear();
    take_head(verdict, bridge.later, judge(bridge.later, without_needs));
    verdict.remark = "from " + entries_of(bridge.earlier.size);
    if (bridge.holds()) {
        const std::string file = verdict.path.string();
        found.claims.push_back({file, verdict.origin, bridge.earlier});
        found.claims.push_back({file, verdict.origin, bridge.later.head.tree});
        found.links.push_back({verdict.origin, bridge.earlier.size, bridge.later.head.tree.size});
    } else {
        verdict.problems.emplace_back("the proof does not lead from the earlier root to the head");
    }
    found.verification.files.push_back(std::move(verdict));
}

std::optional<Error> take_bridge_file(Found& found, FileVerdict verdict, const Policy& policy) {
    const Result<Bridge> bridge = read_bridge_file(verdict.path);
    if (!bridge) {
        return bridge.error();
    }
    take_bridge(found, std::move(verdict), *bridge, policy);
    return std::nullopt;
}

std::optional<Error> take_head_file(Found& found, FileVerdict verdict, const Policy& policy) {
    const Result<SignedHead> head = read_head_file(verdict.path);
    if (!head) {
        return head.error();
    }
    take_head(verdict, *head, judge(*head, policy));
    found.claims.push_back({verdict.path.string(), verdict.origin, head->head.tree});
    found.verification.files.push_back(std::move(verdict));
    return std::nullopt;
}

std::optional<Error>
take_file(Found& found, const std::filesystem::path& path, const Policy& policy) {
    FileVerdict verdict;
    verdict.path = path;
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        return take_log(found, std::move(verdict), policy);
    }
    const Result<File> file = File::open(path, File::Mode::read);
    if (!file) {
        return file.error();
    }
    constexpr std::size_t telling_bytes = 20;
    const Result<std::string> begin = file->read(0, telling_bytes);
    if (!begin) {
        return begin.error();
    }
    if (begin->starts_with("adic audit evidence")) {
        return take_evidence(found, std::move(verdict), policy);
    }
    return begin->starts_with("adic audit bridge")
               ? take_bridge_file(found, std::move(verdict), policy)
               : take_head_file(found, std::move(verdict), policy);
}

/// Two roots at one size cannot both be of one log.
void find_forks(Found& found) {
    std::map<std::pair<std::string, std::uint64_t>, const Claim*> first;
    for (const Claim& claim : found.claims) {
        const auto [place, is_new] = first.try_emplace({claim.origin, claim.tree.size}, &claim);
        if (!is_new && place->second->tree.root != claim.tree.root) {
            found.verification.problems.push_back(
                "fork: of '" + claim.origin + "' with " + std::to_string(claim.tree.size)
                + " entries, '" + place->second->file + "' and '" + claim.file
                + "' have different roots"
            );
        }
    }
}

/// Holds each claim about a log that is there against it. The sizes at which they agree are linked.
std::optional<Error> compare_with_log(Found& found, const FileVerdict& file) {
    const Result<LogReader> log = LogReader::open(file.path);
    if (!log) {
        return file.problems.empty() ? std::optional{log.error()}
                                     : std::nullopt;  // what is wrong with it has been said
    }
    for (const Claim& claim : found.claims) {
        if (claim.origin != file.origin || claim.file == file.path.string()) {
            continue;
        }
        if (claim.tree.size > log->state().size) {
            found.verification.problems.push_back(
                "'" + claim.file + "' is about " + std::to_string(claim.tree.size)
                + " entries, and '" + file.path.string() + "' has "
                + std::to_string(log->state().size) + ": they were cut off, or are newer"
            );
            continue;
        }
        const Result<Hash> root = root_at(claim.tree.size, log->stored());
        if (!root) {
            return root.error();
        }
        if (*root != claim.tree.root) {
            found.verification.problems.push_back(
                "fork: the first " + std::to_string(claim.tree.size) + " entries of '"
                + file.path.string() + "' are not those of '" + claim.file + "'"
            );
        }
        found.links.push_back({claim.origin, claim.tree.size, log->state().size});
    }
    if (file.signed_tree) {
        found.links.push_back({file.origin, file.signed_tree->size, log->state().size});
    }
    return std::nullopt;
}

/// Where a link leads from a size, if it leads from it.
std::optional<std::uint64_t>
other_end(const Link& link, const std::string& origin, std::uint64_t size) {
    if (link.origin == origin && link.earlier == size) {
        return link.later;
    }
    return link.origin == origin && link.later == size ? std::optional{link.earlier} : std::nullopt;
}

/// Whether links lead from a size to another, over any number of them.
bool are_linked(const std::vector<Link>& links, const Link& ends) {
    std::vector<std::uint64_t> reached{ends.earlier};
    for (std::size_t next = 0; next < reached.size(); ++next) {
        for (const Link& link : links) {
            const auto other = other_end(link, ends.origin, reached[next]);
            const bool is_new = other && std::ranges::find(reached, *other) == reached.end();
            reached.insert(reached.end(), is_new ? 1 : 0, other.value_or(0));
        }
    }
    return std::ranges::find(reached, ends.later) != reached.end();
}

/// Heads of one log that nothing connects could be of a fork.
void find_gaps(Found& found) {
    std::map<std::string, const Claim*> first;
    for (const Claim& claim : found.claims) {
        const auto [place, is_new] = first.try_emplace(claim.origin, &claim);
        const std::uint64_t other = place->second->tree.size;
        if (!is_new && !are_linked(found.links, {claim.origin, other, claim.tree.size})) {
            found.verification.problems.push_back(
                "nothing shows that the " + std::to_string(other) + " entries of '"
                + place->second->file + "' and the " + std::to_string(claim.tree.size) + " of '"
                + claim.file + "' are of one history: give the log, or a bridge, too"
            );
        }
    }
}

}  // namespace

bool Verification::holds() const {
    return problems.empty() && std::ranges::all_of(files, [](const FileVerdict& file) {
               return file.problems.empty();
           });
}

Result<Verification>
verify_files(std::span<const std::filesystem::path> paths, const Policy& policy) {
    Found found;
    for (const std::filesystem::path& path : paths) {
        if (auto problem = take_file(found, path, policy)) {
            return *std::move(problem);
        }
    }
    find_forks(found);
    for (const FileVerdict& file : found.verification.files) {
        if (file.kind != ProofKind::log || paths.size() == 1) {
            continue;
        }
        if (auto problem = compare_with_log(found, file)) {
            return *std::move(problem);
        }
    }
    if (paths.size() > 1) {
        find_gaps(found);
    }
    return std::move(found.verification);
}

}  // namespace adic::audit
