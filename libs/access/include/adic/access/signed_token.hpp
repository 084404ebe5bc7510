#pragma once

#include "adic/base/result.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct evp_pkey_st;

namespace adic::access {

/// The signatures that are taken: all with a public key. `none` and those with a shared secret are
/// none of them, so no token can ask to be checked by less.
///
/// Source: RFC 7518 (2015), "JSON Web Algorithms", 3.1; RFC 8037 (2017) for EdDSA.
enum class SignatureAlgorithm { rs256, ps256, es256, eddsa };

std::string_view name_of(SignatureAlgorithm algorithm);

/// A public key of a login service, and what it may check.
struct VerificationKey {
    std::string id;  ///< "kid"; empty: it has none
    std::vector<SignatureAlgorithm> algorithms;
    std::shared_ptr<evp_pkey_st> key;
};

/// The keys that a login service publishes. Source: RFC 7517 (2015), "JSON Web Key", section 5.
class VerificationKeys {
  public:
    /// Keys of other kinds, for other uses or too weak (RSA below 2048 bits) are passed over.
    /// Errors: invalid_argument: no JSON object of that form, more than 256 KiB or 64 keys, or no
    ///         key that can be used.
    static Result<VerificationKeys> parse(std::string_view text);

    /// By its id; a token without one is checked by the only key that its algorithm fits.
    /// Null: there is no such key.
    const VerificationKey* find(std::string_view id, SignatureAlgorithm algorithm) const;

    std::size_t size() const { return keys_.size(); }

  private:
    std::vector<VerificationKey> keys_;
};

/// What a token says, after its signature was checked.
///
/// Source:   RFC 7515 (2015), "JSON Web Signature", 5.2, compact form; RFC 8725 (2020), "JSON Web
///           Token Best Current Practices", 3.1 and 3.2.
/// Errors:   not_found if none of the keys has the id (fetch them anew); invalid_argument
///           otherwise: not of that form, more than 16 KiB, an algorithm that is not taken or not
///           the key's, critical extensions, or a signature that does not hold.
Result<std::string> signed_payload(std::string_view token, const VerificationKeys& keys);

}  // namespace adic::access
