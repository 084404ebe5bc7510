#pragma once

#include "adic/access/signed_token.hpp"

#include "encoding.hpp"

#include <memory>
#include <string>
#include <vector>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

namespace adic::access {

/// A login service's key, made in the test.
class SigningKey {
  public:
    SigningKey(SignatureAlgorithm algorithm, std::string id, unsigned bits = 2048)
        : algorithm_(algorithm)
        , id_(std::move(id)) {
        switch (algorithm) {
        case SignatureAlgorithm::rs256:
        case SignatureAlgorithm::ps256: key_.reset(EVP_RSA_gen(bits), EVP_PKEY_free); break;
        case SignatureAlgorithm::es256: key_.reset(EVP_EC_gen("P-256"), EVP_PKEY_free); break;
        case SignatureAlgorithm::eddsa:
            key_.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free);
            break;
        }
    }

    std::string public_json() const {
        const std::string id = id_.empty() ? "" : R"("kid":")" + id_ + R"(",)";
        switch (algorithm_) {
        case SignatureAlgorithm::rs256:
        case SignatureAlgorithm::ps256:
            return "{" + id + R"("kty":"RSA","n":")" + number(OSSL_PKEY_PARAM_RSA_N) + R"(","e":")"
                   + number(OSSL_PKEY_PARAM_RSA_E) + R"("})";
        case SignatureAlgorithm::es256:
            return "{" + id + R"("kty":"EC","crv":"P-256","x":")"
                   + number(OSSL_PKEY_PARAM_EC_PUB_X, 32) + R"(","y":")"
                   + number(OSSL_PKEY_PARAM_EC_PUB_Y, 32) + R"("})";
        case SignatureAlgorithm::eddsa: break;
        }
        std::string raw(32, '\0');
        std::size_t size = raw.size();
        EVP_PKEY_get_raw_public_key(key_.get(), bytes_of(raw), &size);
        return "{" + id + R"("kty":"OKP","crv":"Ed25519","x":")" + base64url_of(raw) + R"("})";
    }

    /// `more`: further members of the header, with their comma.
    std::string sign(std::string_view payload, std::string_view more = "") const {
        const std::string id = id_.empty() ? "" : R"(,"kid":")" + id_ + '"';
        const std::string header =
            R"({"alg":")" + std::string(name_of(algorithm_)) + '"' + id + std::string(more) + "}";
        const std::string message = base64url_of(header) + "." + base64url_of(payload);
        return message + "." + base64url_of(signature_of(message));
    }

    /// The classic confusion: the public key as the secret of an HMAC.
    std::string hmac_with_public_key(std::string_view message) const {
        const std::string secret = public_json();
        std::string code(32, '\0');
        unsigned size = 0;
        HMAC(
            EVP_sha256(),
            secret.data(),
            static_cast<int>(secret.size()),
            bytes_of(message),
            message.size(),
            bytes_of(code),
            &size
        );
        return base64url_of(code);
    }

  private:
    std::string number(const char* name, int bytes = 0) const {
        BIGNUM* value = nullptr;
        EVP_PKEY_get_bn_param(key_.get(), name, &value);
        const int size = bytes == 0 ? BN_num_bytes(value) : bytes;
        std::string text(static_cast<std::size_t>(size), '\0');
        BN_bn2binpad(value, bytes_of(text), size);
        BN_free(value);
        return base64url_of(text);
    }

    std::string signature_of(const std::string& message) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{
            EVP_MD_CTX_new(),
            &EVP_MD_CTX_free};
        EVP_PKEY_CTX* inner = nullptr;
        const EVP_MD* digest = algorithm_ == SignatureAlgorithm::eddsa ? nullptr : EVP_sha256();
        EVP_DigestSignInit(context.get(), &inner, digest, nullptr, key_.get());
        if (algorithm_ == SignatureAlgorithm::ps256) {
            EVP_PKEY_CTX_set_rsa_padding(inner, RSA_PKCS1_PSS_PADDING);
            EVP_PKEY_CTX_set_rsa_pss_saltlen(inner, RSA_PSS_SALTLEN_DIGEST);
        }
        std::string signature(1024, '\0');
        std::size_t size = signature.size();
        EVP_DigestSign(
            context.get(),
            bytes_of(signature),
            &size,
            bytes_of(message),
            message.size()
        );
        signature.resize(size);
        return algorithm_ == SignatureAlgorithm::es256 ? two_numbers(signature) : signature;
    }

    static std::string two_numbers(const std::string& der) {
        const unsigned char* begin = bytes_of(std::string_view(der));
        ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size()));
        std::string text(64, '\0');
        BN_bn2binpad(ECDSA_SIG_get0_r(pair), bytes_of(text), 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(pair), bytes_of(text) + 32, 32);
        ECDSA_SIG_free(pair);
        return text;
    }

    SignatureAlgorithm algorithm_;
    std::string id_;
    std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace adic::access
