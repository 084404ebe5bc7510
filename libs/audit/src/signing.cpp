#include "adic/audit/signing.hpp"

#include <algorithm>

namespace adic::audit {
namespace {

Error refused(std::string why) {
    return Error{ErrorCode::conflict, std::move(why), {}};
}

/// From what was signed last to `head`. None if there cannot be one: Signer::sign says why.
Result<Proof> proof_from_last(const LogWriter& log, const Signer& signer, const Head& head) {
    const Head last = signer.last_of(head.origin);
    if (last.tree.size > head.tree.size) {
        return Proof{};
    }
    return consistency_proof(last.tree.size, head.tree.size, log.stored());
}

Result<SignedHead> published(LogWriter& log, SignedHead head, Signature signature) {
    add_signature(head, std::move(signature));
    if (auto problem = log.publish(head)) {
        return *std::move(problem);
    }
    return head;
}

std::optional<Error> unsigned_by_log(const SignedHead& head, const Policy& policy) {
    if (is_signed_by_log(head, policy)) {
        return std::nullopt;
    }
    return refused(
        "no key of the policy has signed this head for the log '" + head.head.origin + "'"
    );
}

}  // namespace

Result<SignedHead> sign_log(LogWriter& log, Signer& signer) {
    if (auto problem = log.commit()) {
        return *std::move(problem);
    }
    const Head head{log.origin(), {log.size(), log.root()}};
    ADIC_TRY(const Proof proof, proof_from_last(log, signer, head));
    ADIC_TRY(Signature signature, signer.sign(head, proof, {}));
    const bool is_same = log.head() && log.head()->head == head;
    return published(log, is_same ? *log.head() : SignedHead{head, {}}, std::move(signature));
}

Result<SignedHead>
cosign_log(LogWriter& log, Signer& signer, const Policy& policy, std::chrono::sys_seconds time) {
    if (!log.head()) {
        return Error{ErrorCode::not_found, "the log has no signed head to co-sign", {}};
    }
    const SignedHead head = *log.head();
    if (auto problem = unsigned_by_log(head, policy)) {
        return *std::move(problem);
    }
    ADIC_TRY(const Proof proof, proof_from_last(log, signer, head.head));
    ADIC_TRY(Signature signature, signer.sign(head.head, proof, time));
    return published(log, head, std::move(signature));
}

Result<SignedHead> cosign_bridge(
    const Bridge& bridge,
    Signer& signer,
    const Policy& policy,
    std::chrono::sys_seconds time
) {
    SignedHead head = bridge.later;
    if (auto problem = unsigned_by_log(head, policy)) {
        return *std::move(problem);
    }
    const Head last = signer.last_of(head.head.origin);
    if (bridge.earlier.size != last.tree.size) {
        return refused(
            "the bridge begins at " + std::to_string(bridge.earlier.size)
            + " entries, and this key signed a head of " + std::to_string(last.tree.size)
            + " last: ask for a bridge from there"
        );
    }
    ADIC_TRY(Signature signature, signer.sign(head.head, bridge.proof, time));
    add_signature(head, std::move(signature));
    return head;
}

Result<SignedHead>
collect_cosignatures(LogWriter& log, const SignedHead& from, const Policy& policy) {
    if (!log.head() || log.head()->head != from.head) {
        return refused("these are signatures of another head than the one of the log");
    }
    SignedHead head = *log.head();
    for (const Signature& signature : from.signatures) {
        const bool is_held = std::ranges::any_of(policy.witnesses, [&](const Witness& witness) {
            return holds(signature, from.head, witness.key);
        });
        const bool is_there =
            std::ranges::find(head.signatures, signature) != head.signatures.end();
        if (!is_held && !is_there) {
            return refused(
                "the signature of '" + signature.name + "' is not that of a witness over this head"
            );
        }
        add_signature(head, signature);
    }
    if (auto problem = log.publish(head)) {
        return *std::move(problem);
    }
    return head;
}

}  // namespace adic::audit
