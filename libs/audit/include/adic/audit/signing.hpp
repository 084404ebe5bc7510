#pragma once

#include "adic/audit/bridge.hpp"
#include "adic/audit/last_signed.hpp"
#include "adic/audit/log.hpp"
#include "adic/audit/policy.hpp"
#include "adic/base/result.hpp"

#include <chrono>
#include <optional>

namespace adic::audit {

/// Commits the log, signs a head over all of it with the log's key, and puts it into the folder. A
/// head that was signed before over the same entries keeps its co-signatures.
///
/// Errors: those of LogWriter::commit, Signer::sign and LogWriter::publish.
Result<SignedHead> sign_log(LogWriter& log, Signer& signer);

/// Co-signs the head in the folder of a log that the witness has as a whole.
///
/// Errors: not_found if there is no head; conflict if no log of the policy has signed it; those of
///         Signer::sign and LogWriter::publish.
Result<SignedHead>
cosign_log(LogWriter& log, Signer& signer, const Policy& policy, std::chrono::sys_seconds time);

/// Co-signs the head of a bridge that begins where the witness signed last.
///
/// Returns: the head with its signatures and the new one.
/// Errors:  conflict if the bridge begins elsewhere or does not hold, or no log of the policy has
///          signed its head; those of Signer::sign.
Result<SignedHead> cosign_bridge(
    const Bridge& bridge,
    Signer& signer,
    const Policy& policy,
    std::chrono::sys_seconds time
);

/// Adds the co-signatures that hold of `from`, a copy of the same head that came back from a
/// witness, to the head in the log's folder.
///
/// Errors: conflict if it is another head or a signature does not hold; those of publish.
Result<SignedHead>
collect_cosignatures(LogWriter& log, const SignedHead& from, const Policy& policy);

}  // namespace adic::audit
