#include "audit/audit_words.hpp"

#include "adic/audit/event.hpp"

namespace adic::cli {

Result<audit::Policy> chosen_policy(const Invocation& words) {
    if (!words.has("--keys")) {
        return Error{
            ErrorCode::invalid_argument,
            "--keys names the policy that says whose signatures count: "
            "docs/reference/audit-log.md",
            {}};
    }
    return audit::read_policy_file(words.text("--keys"));
}

std::vector<std::string> cosigned_words(const std::vector<audit::Cosigned>& cosigned) {
    std::vector<std::string> result;
    result.reserve(cosigned.size());
    for (const audit::Cosigned& one : cosigned) {
        result.push_back(one.member + ' ' + audit::to_rfc3339(one.at));
    }
    return result;
}

}  // namespace adic::cli
