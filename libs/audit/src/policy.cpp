#include "adic/audit/policy.hpp"

#include "adic/base/text.hpp"

#include "files.hpp"
#include "lines.hpp"

#include <algorithm>
#include <optional>

namespace adic::audit {
namespace {

constexpr std::size_t most_keys = 1000;

Error wrong_line(std::uint64_t number, std::string_view why) {
    return Error{
        ErrorCode::invalid_argument,
        "line " + std::to_string(number) + " of the policy: " + std::string(why),
        {}};
}

std::vector<std::string_view> words_of(std::string_view line) {
    constexpr std::string_view blank = " \t";
    std::vector<std::string_view> words;
    while (!line.empty()) {
        const std::size_t length = std::min(line.find_first_of(blank), line.size());
        words.push_back(line.substr(0, length));
        line.remove_prefix(std::min(line.find_first_not_of(blank, length), line.size()));
    }
    return words;
}

bool has_member(const Policy& policy, std::string_view member) {
    return std::ranges::any_of(policy.witnesses, [&](const Witness& witness) {
        return witness.member == member;
    });
}

/// One key twice under two names or members would count twice: the name is not signed.
bool has_key(const Policy& policy, const VerifyingKey& key) {
    const auto is_same = [&](const VerifyingKey& other) { return other.bytes == key.bytes; };
    return std::ranges::any_of(policy.logs, is_same)
           || std::ranges::any_of(policy.witnesses, is_same, &Witness::key);
}

Result<VerifyingKey> new_key(const Policy& policy, std::string_view text, KeyKind kind) {
    ADIC_TRY(VerifyingKey key, parse_verifying_key(text));
    if (key.kind != kind) {
        return Error{
            ErrorCode::invalid_argument,
            "this is the key of a " + std::string(name_of(key.kind)) + ", not of a "
                + std::string(name_of(kind)),
            {}};
    }
    if (has_key(policy, key)) {
        return Error{ErrorCode::invalid_argument, "this key is there already", {}};
    }
    if (policy.logs.size() + policy.witnesses.size() >= most_keys) {
        return Error{ErrorCode::invalid_argument, "more than 1,000 keys", {}};
    }
    return key;
}

/// "need 2 of IDN MYS SGP"
Result<Need> parse_need(const Policy& policy, std::span<const std::string_view> words) {
    const auto wrong = [](std::string why) {
        return Error{ErrorCode::invalid_argument, std::move(why), {}};
    };
    const auto count = words.size() < 4 ? std::nullopt : parse_whole(words[1]);
    if (!count || words[2] != "of") {
        return wrong("a need is written as 'need 2 of IDN MYS SGP'");
    }
    Need need{*count, {}};
    for (const std::string_view word : words.subspan(3)) {
        std::string member{word};
        if (!has_member(policy, member)) {
            return wrong("no line above gives a key of a witness for '" + member + "'");
        }
        if (std::ranges::find(need.members, member) != need.members.end()) {
            return wrong("'" + member + "' is there twice");
        }
        need.members.push_back(std::move(member));
    }
    if (need.count == 0 || need.count > need.members.size()) {
        return wrong("a need is for one member at least, and for no more than it names");
    }
    return need;
}

/// Errors: what is wrong with the line, without its number.
std::optional<Error> take_line(Policy& policy, std::string_view line) {
    const std::vector<std::string_view> words = words_of(line);
    if (words.size() == 2 && words[0] == "log") {
        auto key = new_key(policy, words[1], KeyKind::log);
        if (!key) {
            return key.error();
        }
        policy.logs.push_back(*std::move(key));
        return std::nullopt;
    }
    if (words.size() == 3 && words[0] == "witness") {
        auto key = new_key(policy, words[2], KeyKind::witness);
        if (!key) {
            return key.error();
        }
        policy.witnesses.push_back({std::string(words[1]), *std::move(key)});
        return std::nullopt;
    }
    if (words[0] == "need") {
        auto need = parse_need(policy, words);
        if (!need) {
            return need.error();
        }
        policy.needs.push_back(*std::move(need));
        return std::nullopt;
    }
    return Error{
        ErrorCode::invalid_argument,
        "a line is 'log KEY', 'witness MEMBER KEY', or 'need N of MEMBER...'",
        {}};
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

void check_needs(HeadVerdict& verdict, const Policy& policy) {
    for (const Need& need : policy.needs) {
        const auto have = std::ranges::count_if(need.members, [&](const std::string& member) {
            return std::ranges::find(verdict.cosigned, member, &Cosigned::member)
                   != verdict.cosigned.end();
        });
        if (static_cast<std::uint64_t>(have) < need.count) {
            verdict.problems.push_back(
                "co-signed by " + std::to_string(have) + " of " + listed(need.members) + "; "
                + std::to_string(need.count) + " are needed"
            );
        }
    }
}

/// Whether it is the log's own signature.
bool take_signature(
    HeadVerdict& verdict,
    const Signature& signature,
    const SignedHead& signed_head,
    const Policy& policy
) {
    const auto is_same = [&](const VerifyingKey& key) {
        return key.name == signature.name && id_of(key) == signature.id;
    };
    const auto log = std::ranges::find_if(policy.logs, is_same);
    const auto witness = std::ranges::find_if(policy.witnesses, is_same, &Witness::key);
    if (log == policy.logs.end() && witness == policy.witnesses.end()) {
        verdict.problems.push_back(
            "a signature names the key '" + signature.name + "', which the policy does not have"
        );
        return false;
    }
    const VerifyingKey& key = log != policy.logs.end() ? *log : witness->key;
    if (!holds(signature, signed_head.head, key)) {
        verdict.problems.push_back(
            "the signature of '" + signature.name + "' is not over this head"
        );
        return false;
    }
    if (log == policy.logs.end()) {
        verdict.cosigned.push_back({witness->member, *time_of(signature)});
    }
    return log != policy.logs.end();
}

}  // namespace

Result<Policy> parse_policy(std::string_view text) {
    Policy policy;
    std::uint64_t number = 0;
    if (text.size() > longest_policy) {
        return Error{ErrorCode::invalid_argument, "the policy is longer than 1 MiB", {}};
    }
    LineReader lines(text);
    while (!lines.is_done()) {
        const std::string_view line = trimmed(lines.next());
        ++number;
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        if (const auto problem = take_line(policy, line)) {
            return wrong_line(number, problem->message);
        }
    }
    if (policy.logs.empty()) {
        return Error{ErrorCode::invalid_argument, "the policy names no key of a log", {}};
    }
    return policy;
}

bool is_signed_by_log(const SignedHead& signed_head, const Policy& policy) {
    return std::ranges::any_of(signed_head.signatures, [&](const Signature& signature) {
        return std::ranges::any_of(policy.logs, [&](const VerifyingKey& key) {
            return holds(signature, signed_head.head, key);
        });
    });
}

HeadVerdict judge(const SignedHead& signed_head, const Policy& policy) {
    HeadVerdict verdict;
    bool is_signed_by_log = false;
    std::vector<std::pair<std::string_view, std::uint32_t>> seen;
    for (const Signature& signature : signed_head.signatures) {
        const std::pair<std::string_view, std::uint32_t> who{signature.name, signature.id};
        if (std::ranges::find(seen, who) != seen.end()) {
            verdict.problems.push_back("'" + signature.name + "' has signed twice");
            continue;
        }
        seen.push_back(who);
        is_signed_by_log |= take_signature(verdict, signature, signed_head, policy);
    }
    if (!is_signed_by_log) {
        verdict.problems.push_back(
            "no key of the policy has signed for the log '" + signed_head.head.origin + "'"
        );
    }
    check_needs(verdict, policy);
    return verdict;
}

Result<Policy> read_policy_file(const std::filesystem::path& path) {
    return parsed_file(path, longest_policy, parse_policy);
}

}  // namespace adic::audit
