#include "adic/registry/bundle/bundle.hpp"

#include "adic/audit/event.hpp"
#include "adic/base/sha256.hpp"
#include "adic/base/text.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace adic::registry {
namespace {

using Json = nlohmann::ordered_json;
using audit::VerifyingKey;

constexpr std::string_view first_line = "adic bundle 1";
constexpr std::string_view any_first_line = "adic bundle ";
constexpr std::string_view signature_word = "\nsignature ";
constexpr std::size_t signature_bytes = 64;
constexpr std::string_view no_digest =
    "0000000000000000000000000000000000000000000000000000000000000000";

Error refused(std::string_view why) {
    return Error{ErrorCode::invalid_argument, "the bundle is refused: " + std::string(why), {}};
}

bool is_hex(std::string_view text, std::size_t digits) {
    return text.size() == digits
           && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::optional<std::string> bytes_of_hex(std::string_view text) {
    if (!is_hex(text, signature_bytes * 2)) {
        return std::nullopt;
    }
    const auto value = [](char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; };
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        bytes += static_cast<char>(value(text[i]) * 16 + value(text[i + 1]));
    }
    return bytes;
}

/// The label that tells people how far it may go.
std::string_view label_for(std::string_view recipient) {
    model::ReleasePolicy policy;
    model::Grant grant;
    if (recipient.starts_with("org:")) {
        grant.audience = {model::Audience::Kind::organisation, std::string(recipient.substr(4))};
    } else if (recipient != "everyone") {
        grant.audience = {model::Audience::Kind::state, std::string(recipient)};
    }
    policy.record.push_back(std::move(grant));
    return model::traffic_light_of(policy);
}

std::string withdrawn_line(const WithdrawnRecord& record) {
    const Json json = {{"id", record.id}, {"type", record.type->key}};
    return "withdrawn " + json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

/// The lines of a text, one after the other. Where it ends every line is empty.
class Lines {
  public:
    explicit Lines(std::string_view text) : left_(text) {}

    bool is_done() const { return left_.empty(); }

    std::string_view next() {
        const std::size_t length = std::min(left_.find('\n'), left_.size());
        const std::string_view line = left_.substr(0, length);
        left_.remove_prefix(std::min(length + 1, left_.size()));
        return line;
    }

    /// What follows "word " on the next line; empty if it is another line.
    std::string_view after(std::string_view word) {
        const std::string_view line = next();
        const bool is_it =
            line.starts_with(word) && line.size() > word.size() && line[word.size()] == ' ';
        return is_it ? line.substr(word.size() + 1) : std::string_view{};
    }

    std::uint64_t number_after(std::string_view word) {
        return parse_whole(after(word)).value_or(0);
    }

  private:
    std::string_view left_;
};

/// "version 2026-11-25T12:00:00Z {...}"
Result<SeenVersion> parse_version(std::string_view line) {
    constexpr std::size_t time_at = 8;
    constexpr std::size_t record_at = 29;
    if (!line.starts_with("version ") || line.size() <= record_at) {
        return refused("there is a line that is none of it");
    }
    SeenVersion version;
    ADIC_TRY(version.at, audit::parse_rfc3339(line.substr(time_at, record_at - time_at - 1)));
    ADIC_TRY(version.record, parse_seen_record(line.substr(record_at)));
    return version;
}

Result<WithdrawnRecord> parse_withdrawn(std::string_view line) {
    const Json json = Json::parse(line, nullptr, false);
    const auto text = [&](const char* key) {
        return json.is_object() && json.contains(key) && json[key].is_string()
                   ? json[key].get<std::string>()
                   : std::string{};
    };
    const WithdrawnRecord record{text("id"), model::find_record_type(text("type"))};
    if (record.id.empty() || record.type == nullptr) {
        return refused("it withdraws what this version does not know");
    }
    return record;
}

/// Adds a version to the record that it is of.
void add_version(std::vector<SeenPast>& records, SeenVersion version) {
    if (records.empty() || records.back().front().record.id != version.record.id) {
        records.emplace_back();
    }
    version.number = records.back().size() + 1;
    records.back().push_back(std::move(version));
}

/// "2 DIGEST"
void read_follows(std::string_view text, Bundle& bundle) {
    const std::size_t space = std::min(text.find(' '), text.size());
    bundle.follows = parse_whole(text.substr(0, space)).value_or(0);
    const std::string_view digest = text.substr(std::min(space + 1, text.size()));
    bundle.previous = bundle.follows == 0 ? "" : std::string(digest);
}

std::optional<Error> read_records(Lines& lines, Bundle& bundle) {
    while (!lines.is_done()) {
        const std::string_view line = lines.next();
        if (line == "end") {
            return std::nullopt;
        }
        if (line.starts_with("withdrawn ")) {
            auto record = parse_withdrawn(line.substr(10));
            if (!record) {
                return record.error();
            }
            bundle.withdrawn.push_back(*std::move(record));
            continue;
        }
        auto version = parse_version(line);
        if (!version) {
            return version.error();
        }
        add_version(bundle.records, *std::move(version));
    }
    return refused("it ends too early");
}

/// What is wrong with a bundle that was read.
std::optional<Error> problem_with(const Bundle& bundle) {
    const bool is_chained = bundle.follows == 0 || is_hex(bundle.previous, no_digest.size());
    if (!is_hex(bundle.series, 32) || bundle.number <= bundle.follows || !is_chained) {
        return refused("its place in its series is none");
    }
    const std::string own = bundle.from + '.';
    const auto is_own = [&](const std::string& id) { return id.starts_with(own); };
    std::string_view before;
    for (const SeenPast& past : bundle.records) {
        const SeenRecord& first = past.front().record;
        for (const SeenVersion& version : past) {
            if (version.record.type != first.type || version.record.owner != bundle.from) {
                return refused("it speaks of records of another than its sender");
            }
        }
        if (!is_own(first.id) || first.id <= before) {
            return refused("its records are not the sender's, each once and in order");
        }
        before = first.id;
    }
    before = {};
    for (const WithdrawnRecord& record : bundle.withdrawn) {
        const auto is_given = [&](const SeenPast& past) {
            return past.front().record.id < record.id;
        };
        const auto given =
            std::partition_point(bundle.records.begin(), bundle.records.end(), is_given);
        const bool is_both = given != bundle.records.end() && given->front().record.id == record.id;
        if (!is_own(record.id) || record.id <= before || is_both) {
            return refused("what it withdraws is not the sender's, each once and in order");
        }
        before = record.id;
    }
    return std::nullopt;
}

/// A signed text in its parts.
struct SignedText {
    std::string_view content;  ///< with its last line end
    VerifyingKey key;
    std::string signature;
};

Result<SignedText> parts_of(std::string_view text) {
    if (text.size() > longest_bundle) {
        return refused("it is longer than any bundle");
    }
    if (!text.starts_with(any_first_line)) {
        return refused("it does not begin as a bundle does");
    }
    if (text.substr(0, text.find('\n')) != first_line) {
        return refused("it has another version of the format than 1");
    }
    const std::size_t end = text.rfind(signature_word);
    if (end == std::string_view::npos || !text.ends_with('\n')) {
        return refused("it has no signature: it was cut off, or never signed");
    }
    SignedText parts;
    parts.content = text.substr(0, end + 1);
    std::string_view line = text.substr(end + signature_word.size());
    line.remove_suffix(1);
    const std::size_t space = std::min(line.find(' '), line.size());
    const auto signature = bytes_of_hex(line.substr(std::min(space + 1, line.size())));
    auto key = audit::parse_verifying_key(line.substr(0, space));
    if (!signature || !key) {
        return refused("its signature is none");
    }
    parts.key = *std::move(key);
    parts.signature = *signature;
    return parts;
}

}  // namespace

std::string write_past(const SeenPast& past) {
    std::string lines;
    for (const SeenVersion& version : past) {
        lines += "version " + audit::to_rfc3339(version.at) + ' ' + to_json(version.record) + '\n';
    }
    return lines;
}

Result<SeenPast> parse_past(std::string_view lines) {
    Lines each(lines);
    std::vector<SeenPast> records;
    while (!each.is_done()) {
        ADIC_TRY(SeenVersion version, parse_version(each.next()));
        add_version(records, std::move(version));
    }
    if (records.size() != 1 || write_past(records.front()) != lines) {
        return refused("a record of it is not in its one spelling");
    }
    return std::move(records.front());
}

std::string write_bundle_content(const Bundle& bundle, const VerifyingKey& key) {
    std::string text(first_line);
    text += "\nfrom " + bundle.from + "\nto " + bundle.to + "\nkey " + audit::to_text(key);
    text += "\nseries " + bundle.series + "\nnumber " + std::to_string(bundle.number);
    text += "\nfollows " + std::to_string(bundle.follows) + ' '
            + (bundle.follows == 0 ? std::string(no_digest) : bundle.previous);
    text += "\nat " + audit::to_rfc3339(bundle.at);
    text += "\nlabel " + std::string(label_for(bundle.to)) + "\nonward none\n";
    for (const SeenPast& past : bundle.records) {
        text += write_past(past);
    }
    for (const WithdrawnRecord& record : bundle.withdrawn) {
        text += withdrawn_line(record);
    }
    return text + "end\n";
}

Result<Bundle> parse_bundle_content(std::string_view content) {
    Lines lines(content);
    if (lines.next() != first_line) {
        return refused("it does not begin as a bundle does");
    }
    Bundle bundle;
    bundle.from = lines.after("from");
    bundle.to = lines.after("to");
    ADIC_TRY(const VerifyingKey key, audit::parse_verifying_key(lines.after("key")));
    bundle.series = lines.after("series");
    bundle.number = lines.number_after("number");
    read_follows(lines.after("follows"), bundle);
    ADIC_TRY(bundle.at, audit::parse_rfc3339(lines.after("at")));
    lines.next();
    if (lines.next() != "onward none") {
        return refused("it has a permission to pass it on that this version does not know");
    }
    if (auto problem = read_records(lines, bundle)) {
        return *std::move(problem);
    }
    if (auto problem = problem_with(bundle)) {
        return *std::move(problem);
    }
    if (write_bundle_content(bundle, key) != content) {
        return refused("it is not in its one spelling");
    }
    return bundle;
}

std::string sign_bundle(const Bundle& bundle, const audit::SigningKey& key) {
    const std::string content = write_bundle_content(bundle, key.verifying());
    return content + "signature " + audit::to_text(key.verifying()) + ' '
           + to_hex(key.sign(content)) + '\n';
}

std::string digest_of_bundle(std::string_view signed_text) {
    return to_hex(sha256(signed_text));
}

Result<std::vector<TrustedSender>> parse_senders(std::string_view text) {
    std::vector<TrustedSender> senders;
    std::uint64_t number = 0;
    Lines lines(text);
    while (!lines.is_done()) {
        ++number;
        const std::string_view whole = lines.next();
        const std::string_view line = trimmed(whole.substr(0, whole.find('#')));
        if (line.empty()) {
            continue;
        }
        const std::vector<std::string_view> words = split(line, ' ');
        const auto key = audit::parse_verifying_key(words.back());
        if (words.size() != 3 || words[0] != "sender" || !key
            || key->kind != audit::KeyKind::sender) {
            return Error{
                ErrorCode::invalid_argument,
                "line " + std::to_string(number)
                    + ": trusted senders are written as 'sender STATE KEY', with the key of a "
                      "sender",
                {}};
        }
        senders.push_back({std::string(words[1]), *key});
    }
    return senders;
}

Result<std::vector<TrustedSender>> read_senders_file(const std::filesystem::path& path) {
    constexpr std::size_t longest = std::size_t{1} << 20U;
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return Error{ErrorCode::not_found, "'" + path.string() + "' is not there", {}};
    }
    std::string text(longest + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > longest) {
        return Error{ErrorCode::invalid_argument, "'" + path.string() + "' is too long", {}};
    }
    auto senders = parse_senders(text);
    if (!senders) {
        return Error{
            senders.error().code,
            "'" + path.string() + "', " + senders.error().message,
            {}};
    }
    return senders;
}

Result<Bundle> read_signed_bundle(std::string_view text, std::span<const TrustedSender> senders) {
    ADIC_TRY(const SignedText parts, parts_of(text));
    const auto sender = std::ranges::find(senders, parts.key, &TrustedSender::key);
    if (sender == senders.end()) {
        return refused("it is signed with a key that is not among the trusted senders");
    }
    if (!audit::holds(parts.signature, parts.content, parts.key)) {
        return refused("it is not as it was signed");
    }
    ADIC_TRY(Bundle bundle, parse_bundle_content(parts.content));
    const auto speaks = [&](const TrustedSender& one) {
        return one.key == parts.key && one.state == bundle.from;
    };
    if (std::ranges::none_of(senders, speaks)) {
        return refused("its sender speaks for a state whose key it is not");
    }
    // The signature and the content name the same key, and nothing stands behind.
    const std::string again = write_bundle_content(bundle, parts.key) + "signature "
                              + audit::to_text(parts.key) + ' ' + to_hex(parts.signature) + '\n';
    if (again != text) {
        return refused("it is not in its one spelling");
    }
    return bundle;
}

}  // namespace adic::registry
