#include "adic/audit/head.hpp"

#include "adic/base/text.hpp"

#include "base64.hpp"
#include "files.hpp"
#include "lines.hpp"

#include <algorithm>

namespace adic::audit {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // U+2014 and a space, before each signature
constexpr std::size_t id_bytes = 4;
constexpr std::size_t time_bytes = 8;
constexpr std::size_t signature_bytes = 64;

Error no_head(std::string_view why) {
    return Error{
        ErrorCode::invalid_argument,
        "this is not a signed head of a log: " + std::string(why),
        {}};
}

template <std::size_t bytes>
std::string big_endian(std::uint64_t value) {
    std::string text;
    for (std::size_t i = bytes; i > 0; --i) {
        text += static_cast<char>((value >> (8 * (i - 1))) & 0xFFU);
    }
    return text;
}

std::uint64_t number_of(std::string_view big_endian_bytes) {
    std::uint64_t value = 0;
    for (const char byte : big_endian_bytes) {
        value = (value << 8U) | static_cast<unsigned char>(byte);
    }
    return value;
}

std::string cosigned_text(const Head& head, std::uint64_t time) {
    return "cosignature/v1\ntime " + std::to_string(time) + '\n' + note_text(head);
}

Result<Signature> parse_signature(std::string_view line) {
    if (!line.starts_with(dash)) {
        return no_head("below the empty line there are signatures alone, each after a dash");
    }
    line.remove_prefix(dash.size());
    const std::size_t space = line.find(' ');
    const std::string_view name = line.substr(0, space);
    const auto bytes = bytes_of_base64(
        space == std::string_view::npos ? std::string_view{"!"} : line.substr(space + 1)
    );
    if (!is_key_name(name) || !bytes || bytes->size() <= id_bytes) {
        return no_head("a signature is a key's name, a space, and base 64");
    }
    const std::string_view all{*bytes};
    return Signature{
        std::string(name),
        static_cast<std::uint32_t>(number_of(all.substr(0, id_bytes))),
        std::string(all.substr(id_bytes))};
}

Result<Head> parse_note_text(LineReader& lines) {
    Head head;
    head.origin = lines.next();
    const auto size = parse_whole(lines.next());
    const auto root = parse_hash(lines.next());
    if (!is_key_name(head.origin) || !size || !root) {
        return no_head("it begins with the log's name, its size and its root, a line each");
    }
    head.tree = {*size, *root};
    return head;
}

}  // namespace

std::string note_text(const Head& head) {
    return head.origin + '\n' + std::to_string(head.tree.size) + '\n' + to_base64(head.tree.root)
           + '\n';
}

std::string write_signed_head(const SignedHead& signed_head) {
    std::string text = note_text(signed_head.head) + '\n';
    for (const Signature& signature : signed_head.signatures) {
        text += dash;
        text += signature.name + ' ';
        text += base64_of(big_endian<id_bytes>(signature.id) + signature.bytes) + '\n';
    }
    return text;
}

Result<SignedHead> parse_signed_head(std::string_view text) {
    if (text.size() > longest_note) {
        return no_head("it is too long");
    }
    LineReader lines(text);
    ADIC_TRY(Head head, parse_note_text(lines));
    SignedHead result{std::move(head), {}};
    if (!lines.next().empty()) {
        return no_head("an empty line comes after the root");
    }
    while (!lines.is_done()) {
        ADIC_TRY(Signature signature, parse_signature(lines.next()));
        result.signatures.push_back(std::move(signature));
        if (result.signatures.size() > most_signatures) {
            return no_head("it has more than 100 signatures");
        }
    }
    if (result.signatures.empty()) {
        return no_head("nobody has signed it");
    }
    if (write_signed_head(result) != text) {
        return no_head("it is not written in the one way there is");
    }
    return result;
}

Signature sign_head(const Head& head, const SigningKey& key) {
    return {key.verifying().name, id_of(key.verifying()), key.sign(note_text(head))};
}

Signature cosign_head(const Head& head, const SigningKey& key, std::chrono::sys_seconds time) {
    const auto seconds = static_cast<std::uint64_t>(time.time_since_epoch().count());
    return {
        key.verifying().name,
        id_of(key.verifying()),
        big_endian<time_bytes>(seconds) + key.sign(cosigned_text(head, seconds))};
}

std::optional<std::chrono::sys_seconds> time_of(const Signature& signature) {
    if (signature.bytes.size() != time_bytes + signature_bytes) {
        return std::nullopt;
    }
    const std::uint64_t seconds =
        number_of(std::string_view{signature.bytes}.substr(0, time_bytes));
    constexpr std::uint64_t end_of_9999 = 253'402'300'800;
    if (seconds >= end_of_9999) {
        return std::nullopt;
    }
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

bool holds(const Signature& signature, const Head& head, const VerifyingKey& key) {
    if (signature.name != key.name || signature.id != id_of(key)) {
        return false;
    }
    const std::string_view bytes{signature.bytes};
    if (key.kind == KeyKind::log) {
        return key.name == head.origin && holds(bytes, note_text(head), key);
    }
    return time_of(signature)
           && holds(
               bytes.substr(time_bytes),
               cosigned_text(head, number_of(bytes.substr(0, time_bytes))),
               key
           );
}

void add_signature(SignedHead& signed_head, Signature signature) {
    const auto same = std::ranges::find_if(signed_head.signatures, [&](const Signature& other) {
        return other.name == signature.name && other.id == signature.id;
    });
    if (same != signed_head.signatures.end()) {
        *same = std::move(signature);
    } else {
        signed_head.signatures.push_back(std::move(signature));
    }
}

Result<SignedHead> read_head_file(const std::filesystem::path& path) {
    return parsed_file(path, longest_note, parse_signed_head);
}

}  // namespace adic::audit
