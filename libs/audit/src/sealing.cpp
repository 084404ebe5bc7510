#include "adic/audit/sealing.hpp"

#include "base64.hpp"
#include "lines.hpp"
#include "secret.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <sodium.h>

namespace adic::audit {
namespace {

using PublicKey = std::array<unsigned char, crypto_box_PUBLICKEYBYTES>;
using State = crypto_secretstream_xchacha20poly1305_state;

constexpr std::size_t chunk_bytes = std::size_t{1} << 16U;
constexpr std::size_t more_bytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t stream_header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t content_key_bytes = crypto_secretstream_xchacha20poly1305_KEYBYTES;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: bytes are what a text is
}

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());  // NOLINT: bytes are what a text is
}

/// Bytes that are overwritten when they go.
template <std::size_t size>
struct SecretBytes {
    SecretBytes() = default;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;

    ~SecretBytes() { sodium_memzero(bytes.data(), size); }

    std::array<unsigned char, size> bytes{};
};

Error no_sealed_text(std::string_view why) {
    return Error{ErrorCode::invalid_argument, "it cannot be opened: " + std::string(why), {}};
}

Error not_as_sealed() {
    return no_sealed_text("it is not as it was sealed, or not sealed with these keys");
}

/// The Montgomery form of an Ed25519 key, RFC 7748, 4.1.
std::optional<PublicKey> box_key(const VerifyingKey& key) {
    PublicKey point{};
    const bool is_point = crypto_sign_ed25519_pk_to_curve25519(point.data(), key.bytes.data()) == 0;
    return is_point ? std::optional{point} : std::nullopt;
}

/// What stands before the stream.
struct Beginning {
    VerifyingKey from;
    VerifyingKey to;
    std::string box;  ///< a nonce, and the key of the stream in a box
};

std::string beginning_text(const Beginning& beginning) {
    return std::string(sealed_first_line) + "\nfrom " + to_text(beginning.from) + "\nto "
           + to_text(beginning.to) + "\nkey " + base64_of(beginning.box) + '\n';
}

std::optional<std::string_view> after(std::string_view word, std::string_view line) {
    return line.starts_with(word) ? std::optional{line.substr(word.size())} : std::nullopt;
}

/// Takes the beginning off `text`.
Result<Beginning> take_beginning(std::string_view& text) {
    constexpr std::size_t longest = 4096;
    LineReader lines(text.substr(0, longest));
    const bool is_one = lines.next() == sealed_first_line;
    const auto from = after("from ", lines.next());
    const auto to = after("to ", lines.next());
    const auto box = after("key ", lines.next());
    if (!is_one || !from || !to || !box) {
        return no_sealed_text("it does not begin as a sealed text of this version does");
    }
    Beginning beginning;
    ADIC_TRY(beginning.from, parse_verifying_key(*from));
    ADIC_TRY(beginning.to, parse_verifying_key(*to));
    const auto bytes = bytes_of_base64(*box);
    constexpr std::size_t box_bytes =
        crypto_box_NONCEBYTES + crypto_box_MACBYTES + content_key_bytes;
    if (!bytes || bytes->size() != box_bytes) {
        return not_as_sealed();
    }
    beginning.box = *bytes;
    const std::string again = beginning_text(beginning);
    if (!text.starts_with(again)) {
        return not_as_sealed();
    }
    text.remove_prefix(again.size());
    return beginning;
}

/// The stream around `text`, in chunks, the last of them marked. `beginning` is bound to the first.
std::string stream_around(
    std::string_view text,
    std::string_view beginning,
    const SecretBytes<content_key_bytes>& key
) {
    State state;
    std::string sealed(stream_header_bytes, '\0');
    crypto_secretstream_xchacha20poly1305_init_push(&state, bytes_of(sealed), key.bytes.data());
    bool is_last = false;
    while (!is_last) {
        const std::string_view chunk = text.substr(0, chunk_bytes);
        text.remove_prefix(chunk.size());
        is_last = text.empty();
        std::string out(chunk.size() + more_bytes, '\0');
        crypto_secretstream_xchacha20poly1305_push(
            &state,
            bytes_of(out),
            nullptr,
            bytes_of(chunk),
            chunk.size(),
            bytes_of(beginning),
            beginning.size(),
            is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                    : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
        );
        sealed += out;
        beginning = {};
    }
    sodium_memzero(&state, sizeof state);
    return sealed;
}

Result<std::string> stream_opened(
    std::string_view sealed,
    std::string_view beginning,
    const SecretBytes<content_key_bytes>& key
) {
    State state;
    const std::string_view header = sealed.substr(0, stream_header_bytes);
    sealed.remove_prefix(header.size());
    if (header.size() != stream_header_bytes
        || crypto_secretstream_xchacha20poly1305_init_pull(
               &state,
               bytes_of(header),
               key.bytes.data()
           ) != 0) {
        return not_as_sealed();
    }
    std::string text;
    unsigned char tag = 0;
    while (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
        const std::string_view chunk = sealed.substr(0, chunk_bytes + more_bytes);
        sealed.remove_prefix(chunk.size());
        std::string out(chunk_bytes, '\0');
        unsigned long long size = 0;
        if (chunk.size() < more_bytes
            || crypto_secretstream_xchacha20poly1305_pull(
                   &state,
                   bytes_of(out),
                   &size,
                   &tag,
                   bytes_of(chunk),
                   chunk.size(),
                   bytes_of(beginning),
                   beginning.size()
               ) != 0) {
            return not_as_sealed();
        }
        text.append(out, 0, size);
        beginning = {};
    }
    return sealed.empty() ? Result(std::move(text)) : not_as_sealed();
}

}  // namespace

/// The one place besides signing that reaches a secret.
class Sealer {
  public:
    /// The box secret of a key.
    static bool box_secret(const SigningKey& key, SecretBytes<crypto_box_SECRETKEYBYTES>& secret) {
        return crypto_sign_ed25519_sk_to_curve25519(secret.bytes.data(), key.secret_->bytes) == 0;
    }
};

Result<std::string> seal(std::string_view text, const SigningKey& from, const VerifyingKey& to) {
    const auto point = box_key(to);
    SecretBytes<crypto_box_SECRETKEYBYTES> secret;
    if (sodium_init() < 0 || !point || !Sealer::box_secret(from, secret)) {
        return Error{ErrorCode::invalid_argument, "nothing can be sealed for this key", {}};
    }
    SecretBytes<content_key_bytes> key;
    crypto_secretstream_xchacha20poly1305_keygen(key.bytes.data());
    std::string nonce(crypto_box_NONCEBYTES, '\0');
    randombytes_buf(nonce.data(), nonce.size());
    std::string box(crypto_box_MACBYTES + content_key_bytes, '\0');
    const int failed = crypto_box_easy(
        bytes_of(box),
        key.bytes.data(),
        key.bytes.size(),
        bytes_of(std::string_view(nonce)),
        point->data(),
        secret.bytes.data()
    );
    if (failed != 0) {
        return Error{ErrorCode::invalid_argument, "nothing can be sealed for this key", {}};
    }
    const std::string beginning = beginning_text({from.verifying(), to, nonce + box});
    return beginning + stream_around(text, beginning, key);
}

bool is_sealed(std::string_view text) {
    return text.starts_with(sealed_first_line);
}

Result<VerifyingKey> claimed_sender(std::string_view sealed) {
    ADIC_TRY(Beginning beginning, take_beginning(sealed));
    return std::move(beginning.from);
}

Result<std::string>
unseal(std::string_view sealed, const SigningKey& to, const VerifyingKey& from) {
    const std::string_view whole = sealed;
    ADIC_TRY(const Beginning beginning, take_beginning(sealed));
    if (beginning.to != to.verifying()) {
        return no_sealed_text("it is sealed for another key");
    }
    if (beginning.from != from) {
        return no_sealed_text("it is sealed with another sender's key");
    }
    const auto point = box_key(from);
    SecretBytes<crypto_box_SECRETKEYBYTES> secret;
    if (sodium_init() < 0 || !point || !Sealer::box_secret(to, secret)) {
        return not_as_sealed();
    }
    const std::string_view box = beginning.box;
    SecretBytes<content_key_bytes> key;
    const int failed = crypto_box_open_easy(
        key.bytes.data(),
        bytes_of(box.substr(crypto_box_NONCEBYTES)),
        box.size() - crypto_box_NONCEBYTES,
        bytes_of(box),
        point->data(),
        secret.bytes.data()
    );
    if (failed != 0) {
        return not_as_sealed();
    }
    return stream_opened(sealed, whole.substr(0, whole.size() - sealed.size()), key);
}

}  // namespace adic::audit
