#include "adic/access/signed_token.hpp"

#include "encoding.hpp"
#include "json_object.hpp"

#include <algorithm>
#include <array>

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace adic::access {
namespace {

using nlohmann::json;

constexpr std::size_t longest_token = std::size_t{16} << 10U;

struct AlgorithmRow {
    SignatureAlgorithm algorithm;
    std::string_view name;
};

constexpr std::array rows{
    AlgorithmRow{SignatureAlgorithm::rs256, "RS256"},
    AlgorithmRow{SignatureAlgorithm::ps256, "PS256"},
    AlgorithmRow{SignatureAlgorithm::es256, "ES256"},
    AlgorithmRow{SignatureAlgorithm::eddsa, "EdDSA"},
};

Error invalid(std::string_view what) {
    return {ErrorCode::invalid_argument, "the token " + std::string(what), {}};
}

/// "header.payload.signature", still encoded.
struct Parts {
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
    std::string_view message;  ///< that is signed
};

std::optional<Parts> parts_of(std::string_view token) {
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
        return std::nullopt;
    }
    return Parts{
        token.substr(0, first),
        token.substr(first + 1, second - first - 1),
        token.substr(second + 1),
        token.substr(0, second)};
}

/// The two numbers of RFC 7518, 3.4, as OpenSSL takes them. Empty: they are none.
std::string der_of_ecdsa(std::string_view signature) {
    constexpr std::size_t half = 32;
    if (signature.size() != 2 * half) {
        return {};
    }
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair{
        ECDSA_SIG_new(),
        &ECDSA_SIG_free};
    BIGNUM* r = BN_bin2bn(bytes_of(signature.substr(0, half)), half, nullptr);
    BIGNUM* s = BN_bin2bn(bytes_of(signature.substr(half)), half, nullptr);
    if (pair == nullptr || ECDSA_SIG_set0(pair.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return {};
    }
    unsigned char* bytes = nullptr;
    const int size = i2d_ECDSA_SIG(pair.get(), &bytes);
    if (size <= 0) {
        return {};
    }
    std::string der(static_cast<std::size_t>(size), '\0');
    std::copy_n(bytes, size, bytes_of(der));
    OPENSSL_free(bytes);
    return der;
}

bool is_pss_set(EVP_PKEY_CTX* context) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
           && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

bool holds(
    const Parts& token,
    std::string_view signature,
    const VerificationKey& key,
    SignatureAlgorithm algorithm
) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{
        EVP_MD_CTX_new(),
        &EVP_MD_CTX_free};
    const EVP_MD* digest = algorithm == SignatureAlgorithm::eddsa ? nullptr : EVP_sha256();
    EVP_PKEY_CTX* inner = nullptr;  // belongs to the context
    if (context == nullptr
        || EVP_DigestVerifyInit(context.get(), &inner, digest, nullptr, key.key.get()) != 1) {
        return false;
    }
    if (algorithm == SignatureAlgorithm::ps256 && !is_pss_set(inner)) {
        return false;
    }
    const std::string bytes =
        algorithm == SignatureAlgorithm::es256 ? der_of_ecdsa(signature) : std::string(signature);
    return !bytes.empty()
           && EVP_DigestVerify(
                  context.get(),
                  bytes_of(bytes),
                  bytes.size(),
                  bytes_of(token.message),
                  token.message.size()
              ) == 1;
}

struct Header {
    SignatureAlgorithm algorithm;
    std::string key;
};

/// Of the header only the algorithm and the key's id are used: a key that a token brings along, or
/// says where to fetch, proves nothing.
Result<Header> read_header(std::string_view encoded) {
    const auto text = bytes_of_base64url(encoded);
    if (!text) {
        return invalid("is not base64url");
    }
    ADIC_TRY(const json header, parse_json_object(*text, longest_token, "the token's header"));
    if (header.contains("crit")) {
        return invalid("has extensions that are not supported");
    }
    if (header.contains("kid") && !header["kid"].is_string()) {
        return invalid("names no key");
    }
    const auto algorithm = text_in(header, "alg");
    for (const AlgorithmRow& row : rows) {
        if (algorithm == row.name) {
            return Header{row.algorithm, text_in(header, "kid").value_or("")};
        }
    }
    return invalid("has a signature of a kind that is not taken: RS256, PS256, ES256 and EdDSA are"
    );
}

}  // namespace

std::string_view name_of(SignatureAlgorithm algorithm) {
    return rows[static_cast<std::size_t>(algorithm)].name;
}

Result<std::string> signed_payload(std::string_view token, const VerificationKeys& keys) {
    if (token.size() > longest_token) {
        return invalid("is longer than 16 KiB");
    }
    const auto parts = parts_of(token);
    if (!parts) {
        return invalid("has not three parts");
    }
    ADIC_TRY(const Header header, read_header(parts->header));
    auto payload = bytes_of_base64url(parts->payload);
    const auto signature = bytes_of_base64url(parts->signature);
    if (!payload || !signature) {
        return invalid("is not base64url");
    }
    const VerificationKey* key = keys.find(header.key, header.algorithm);
    if (key == nullptr) {
        return Error{ErrorCode::not_found, "none of the keys is that of the token", {}};
    }
    if (!holds(*parts, *signature, *key, header.algorithm)) {
        return invalid("has a signature that does not hold");
    }
    return *std::move(payload);
}

}  // namespace adic::access
