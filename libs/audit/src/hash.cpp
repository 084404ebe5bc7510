#include "adic/audit/hash.hpp"

#include "base64.hpp"

#include <algorithm>

#include <sodium.h>

namespace adic::audit {
namespace {

static_assert(std::tuple_size_v<Hash> == crypto_hash_sha256_BYTES);

constexpr unsigned char leaf_prefix = 0x00;
constexpr unsigned char node_prefix = 0x01;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: bytes are what a text is
}

}  // namespace

Hash leaf_hash(std::string_view entry) {
    crypto_hash_sha256_state state;
    Hash hash{};
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &leaf_prefix, 1);
    crypto_hash_sha256_update(&state, bytes_of(entry), entry.size());
    crypto_hash_sha256_final(&state, hash.data());
    return hash;
}

Hash node_hash(const Hash& left, const Hash& right) {
    std::array<unsigned char, 1 + 2 * std::tuple_size_v<Hash>> node{};
    node[0] = node_prefix;
    auto* const after = std::copy(left.begin(), left.end(), node.begin() + 1);
    std::copy(right.begin(), right.end(), after);
    Hash hash{};
    crypto_hash_sha256(hash.data(), node.data(), node.size());
    return hash;
}

Hash empty_root() {
    Hash hash{};
    crypto_hash_sha256(hash.data(), bytes_of(""), 0);
    return hash;
}

std::string to_base64(const Hash& hash) {
    return base64_of(std::string(hash.begin(), hash.end()));
}

Result<Hash> parse_hash(std::string_view text) {
    const std::optional<std::string> bytes = bytes_of_base64(text);
    Hash hash{};
    if (!bytes || bytes->size() != hash.size()) {
        return Error{ErrorCode::invalid_argument, "this is not a hash of 32 bytes in base 64", {}};
    }
    std::transform(bytes->begin(), bytes->end(), hash.begin(), [](char byte) {
        return static_cast<unsigned char>(byte);
    });
    return hash;
}

}  // namespace adic::audit
