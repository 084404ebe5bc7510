#include "adic/access/signed_token.hpp"

#include "encoding.hpp"
#include "json_object.hpp"

#include <algorithm>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace adic::access {
namespace {

using nlohmann::json;
using Key = std::shared_ptr<EVP_PKEY>;

constexpr std::size_t longest_set = std::size_t{256} << 10U;
constexpr std::size_t most_keys = 64;
constexpr std::size_t longest_number = 1024;  // bytes: RSA of 8192 bits
constexpr int fewest_rsa_bits = 2048;
constexpr int most_rsa_bits = 8192;
constexpr std::size_t coordinate_bytes = 32;

template <typename T, void (*Free)(T*)>
struct Freed {
    void operator()(T* object) const { Free(object); }
};

using Number = std::unique_ptr<BIGNUM, Freed<BIGNUM, BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM, OSSL_PARAM_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;

/// A member that is base64url.
std::optional<std::string> bytes_in(const json& object, const char* name) {
    const auto text = text_in(object, name);
    if (!text || text->size() > 2 * longest_number) {
        return std::nullopt;
    }
    return bytes_of_base64url(*text);
}

Number number_of(const std::string& bytes) {
    return Number{BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr)};
}

/// The key, if its parts make one: a point is on its curve.
Key built(const char* type, OSSL_PARAM_BLD* builder) {
    const Parameters parameters{OSSL_PARAM_BLD_to_param(builder)};
    const Context context{EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)};
    EVP_PKEY* made = nullptr;
    if (parameters == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        return nullptr;
    }
    Key key{made, EVP_PKEY_free};
    const Context check{EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr)};
    if (check == nullptr || EVP_PKEY_public_check(check.get()) != 1) {
        return nullptr;
    }
    return key;
}

Key rsa_key(const json& object) {
    const auto n = bytes_in(object, "n");
    const auto e = bytes_in(object, "e");
    constexpr std::size_t longest_exponent = 8;
    if (!n || !e || n->size() > longest_number || e->size() > longest_exponent) {
        return nullptr;
    }
    const Number modulus = number_of(*n);
    const Number exponent = number_of(*e);
    const int bits = modulus == nullptr ? 0 : BN_num_bits(modulus.get());
    if (bits < fewest_rsa_bits || bits > most_rsa_bits || exponent == nullptr
        || BN_is_odd(exponent.get()) == 0 || BN_is_one(exponent.get()) != 0) {
        return nullptr;
    }
    const Builder builder{OSSL_PARAM_BLD_new()};
    if (builder == nullptr
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
        return nullptr;
    }
    return built("RSA", builder.get());
}

Key p256_key(const json& object) {
    const auto x = bytes_in(object, "x");
    const auto y = bytes_in(object, "y");
    if (text_in(object, "crv") != "P-256" || !x || !y || x->size() != coordinate_bytes
        || y->size() != coordinate_bytes) {
        return nullptr;
    }
    const std::string point = '\x04' + *x + *y;
    constexpr std::string_view group = "prime256v1";
    const Builder builder{OSSL_PARAM_BLD_new()};
    if (builder == nullptr
        || OSSL_PARAM_BLD_push_utf8_string(
               builder.get(),
               OSSL_PKEY_PARAM_GROUP_NAME,
               group.data(),
               group.size()
           ) != 1
        || OSSL_PARAM_BLD_push_octet_string(
               builder.get(),
               OSSL_PKEY_PARAM_PUB_KEY,
               point.data(),
               point.size()
           ) != 1) {
        return nullptr;
    }
    return built("EC", builder.get());
}

Key ed25519_key(const json& object) {
    const auto x = bytes_in(object, "x");
    if (text_in(object, "crv") != "Ed25519" || !x || x->size() != coordinate_bytes) {
        return nullptr;
    }
    return Key{
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(*x), x->size()),
        EVP_PKEY_free};
}

/// Whether the set says that it is there to check signatures.
bool is_for_signatures(const json& object) {
    const auto use = text_in(object, "use");
    const json::array_t* operations = list_in(object, "key_ops");
    const bool checks = operations == nullptr
                        || std::ranges::find(*operations, json("verify")) != operations->end();
    return (!use || *use == "sig") && checks;
}

/// Without a key: one that cannot be used here.
VerificationKey key_in(const json& object) {
    VerificationKey key;
    if (!object.is_object() || !is_for_signatures(object)) {
        return key;
    }
    key.id = text_in(object, "kid").value_or("");
    const auto type = text_in(object, "kty");
    if (type == "RSA") {
        key.key = rsa_key(object);
        key.algorithms = {SignatureAlgorithm::rs256, SignatureAlgorithm::ps256};
    } else if (type == "EC") {
        key.key = p256_key(object);
        key.algorithms = {SignatureAlgorithm::es256};
    } else if (type == "OKP") {
        key.key = ed25519_key(object);
        key.algorithms = {SignatureAlgorithm::eddsa};
    }
    if (const auto only = text_in(object, "alg")) {
        std::erase_if(key.algorithms, [&](SignatureAlgorithm a) { return name_of(a) != *only; });
    }
    if (key.algorithms.empty()) {
        key.key = nullptr;
    }
    return key;
}

}  // namespace

Result<VerificationKeys> VerificationKeys::parse(std::string_view text) {
    ADIC_TRY(const json object, parse_json_object(text, longest_set, "the set of keys"));
    const json::array_t* list = list_in(object, "keys");
    if (list == nullptr || list->size() > most_keys) {
        return Error{
            ErrorCode::invalid_argument,
            "the set of keys has no list of 1 to 64 keys",
            {}};
    }
    VerificationKeys keys;
    for (const json& entry : *list) {
        VerificationKey key = key_in(entry);
        if (key.key != nullptr) {
            keys.keys_.push_back(std::move(key));
        }
    }
    if (keys.keys_.empty()) {
        return Error{
            ErrorCode::invalid_argument,
            "the set of keys has none that can be used: RSA of 2048 bits, P-256 or Ed25519",
            {}};
    }
    return keys;
}

const VerificationKey* VerificationKeys::find(std::string_view id, SignatureAlgorithm algorithm)
    const {
    const VerificationKey* found = nullptr;
    for (const VerificationKey& key : keys_) {
        const bool fits = std::ranges::find(key.algorithms, algorithm) != key.algorithms.end();
        if (!fits || (!id.empty() && key.id != id)) {
            continue;
        }
        if (found != nullptr) {
            return nullptr;  // which of them is nobody's guess
        }
        found = &key;
    }
    return found;
}

}  // namespace adic::access
