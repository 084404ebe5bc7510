#include "adic/access/signed_token.hpp"

#include "encoding.hpp"
#include "signing_keys.hpp"

#include <array>

#include <gtest/gtest.h>

namespace adic::access {
namespace {

VerificationKeys keys_of(std::string_view json) {
    auto keys = VerificationKeys::parse(json);
    EXPECT_TRUE(keys) << (keys ? "" : keys.error().message);
    return *std::move(keys);
}

std::string set_of(std::string_view key) {
    return R"({"keys":[)" + std::string(key) + "]}";
}

constexpr std::string_view rfc_rsa =
    R"({"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"})";
constexpr std::string_view rfc_ec =
    R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";
constexpr std::string_view rfc_okp =
    R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";

constexpr std::string_view rfc_payload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnV"
    "lfQ";

std::string rfc_rs256() {
    return "eyJhbGciOiJSUzI1NiJ9." + std::string(rfc_payload)
           + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
             "O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARN"
             "PvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1p"
             "hCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
}

std::string rfc_es256() {
    return "eyJhbGciOiJFUzI1NiJ9." + std::string(rfc_payload)
           + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
}

/// RFC 7515, A.2 and A.3; RFC 8037, A.4.
TEST(SignedToken, MatchesThePublishedExamples) {
    constexpr std::string_view claims =
        "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
    const auto rs256 = signed_payload(rfc_rs256(), keys_of(set_of(rfc_rsa)));
    ASSERT_TRUE(rs256) << rs256.error().message;
    EXPECT_EQ(*rs256, claims);
    const auto es256 = signed_payload(rfc_es256(), keys_of(set_of(rfc_ec)));
    ASSERT_TRUE(es256) << es256.error().message;
    EXPECT_EQ(*es256, claims);
    const auto eddsa = signed_payload(
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-"
        "09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
        keys_of(set_of(rfc_okp))
    );
    ASSERT_TRUE(eddsa) << eddsa.error().message;
    EXPECT_EQ(*eddsa, "Example of Ed25519 signing");
}

TEST(SignedToken, HoldsForEachAlgorithm) {
    for (const SignatureAlgorithm algorithm :
         {SignatureAlgorithm::rs256,
          SignatureAlgorithm::ps256,
          SignatureAlgorithm::es256,
          SignatureAlgorithm::eddsa}) {
        const SigningKey key(algorithm, "k1");
        const auto read =
            signed_payload(key.sign(R"({"a":1})"), keys_of(set_of(key.public_json())));
        ASSERT_TRUE(read) << name_of(algorithm) << read.error().message;
        EXPECT_EQ(*read, R"({"a":1})");
    }
}

TEST(SignedToken, DoesNotHoldWhenAnyCharacterIsAnother) {
    for (const SignatureAlgorithm algorithm :
         {SignatureAlgorithm::es256, SignatureAlgorithm::eddsa}) {
        const SigningKey key(algorithm, "k1");
        const VerificationKeys keys = keys_of(set_of(key.public_json()));
        const std::string token = key.sign(R"({"sub":"siti"})");
        for (std::size_t i = 0; i < token.size(); ++i) {
            std::string changed = token;
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            EXPECT_FALSE(signed_payload(changed, keys)) << name_of(algorithm) << " " << i;
            EXPECT_FALSE(signed_payload(token.substr(0, i), keys)) << i;
        }
        EXPECT_FALSE(signed_payload(token + "A", keys));
        EXPECT_FALSE(signed_payload(token + ".", keys));
        EXPECT_FALSE(signed_payload(token + "=", keys));
    }
}

/// What RFC 8725 warns of: a token that chooses how it is checked.
TEST(SignedToken, CannotChooseAWeakerCheck) {
    const SigningKey rsa(SignatureAlgorithm::rs256, "k1");
    const VerificationKeys keys = keys_of(set_of(rsa.public_json()));
    const std::string payload = base64url_of(R"({"sub":"root"})");
    const auto with_header = [&](std::string_view header, std::string_view signature) {
        return base64url_of(header) + "." + payload + "." + std::string(signature);
    };
    const std::array<std::string, 12> tokens{
        with_header(R"({"alg":"none"})", ""),
        with_header(R"({"alg":"None","kid":"k1"})", ""),
        with_header(R"({"alg":"nOnE"})", "AA"),
        with_header(R"({"kid":"k1"})", "AA"),
        with_header(R"({"alg":1})", "AA"),
        with_header(R"({"alg":["RS256"]})", "AA"),
        with_header(R"({"alg":"RS256","alg":"none"})", ""),
        with_header(R"({"alg":"HS256","kid":"k1"})", rsa.hmac_with_public_key(payload)),
        with_header(R"({"alg":"RS384","kid":"k1"})", "AA"),
        with_header(R"({"alg":"ES256","kid":"k1"})", std::string(86, 'A')),
        with_header(R"({"alg":"EdDSA","kid":"k1"})", std::string(86, 'A')),
        with_header(R"({"alg":"RS256","kid":7})", "AA")};
    for (const std::string& token : tokens) {
        EXPECT_FALSE(signed_payload(token, keys)) << token;
    }
    EXPECT_FALSE(signed_payload(rsa.sign("{}", R"(,"crit":["exp"],"exp":1)"), keys));
    const SigningKey own(SignatureAlgorithm::rs256, "k1");
    EXPECT_FALSE(signed_payload(own.sign("{}", R"(,"jwk":)" + own.public_json()), keys))
        << "a key that the token brings along";
}

TEST(SignedToken, HasTwoNumbersThatAreNotZero) {
    const SigningKey key(SignatureAlgorithm::es256, "k1");
    const VerificationKeys keys = keys_of(set_of(key.public_json()));
    const std::string token = key.sign("{}");
    const std::string message = token.substr(0, token.rfind('.') + 1);
    EXPECT_FALSE(signed_payload(message + base64url_of(std::string(64, '\0')), keys));
    EXPECT_FALSE(signed_payload(message + base64url_of(std::string(64, '\xFF')), keys));
    EXPECT_FALSE(signed_payload(message, keys));
}

TEST(SignedToken, IsOfTheKeyThatItNames) {
    const SigningKey first(SignatureAlgorithm::es256, "first");
    const SigningKey second(SignatureAlgorithm::es256, "second");
    const SigningKey nameless(SignatureAlgorithm::es256, "");
    const VerificationKeys both =
        keys_of(R"({"keys":[)" + first.public_json() + "," + second.public_json() + "]}");
    EXPECT_TRUE(signed_payload(first.sign("{}"), both));
    EXPECT_TRUE(signed_payload(second.sign("{}"), both));
    const SigningKey other(SignatureAlgorithm::es256, "third");
    EXPECT_EQ(signed_payload(other.sign("{}"), both).error().code, ErrorCode::not_found);
    EXPECT_EQ(signed_payload(nameless.sign("{}"), both).error().code, ErrorCode::not_found)
        << "which of two";
    EXPECT_TRUE(signed_payload(nameless.sign("{}"), keys_of(set_of(nameless.public_json()))));
}

TEST(VerificationKeys, PassOverWhatTheyCannotUse) {
    const SigningKey good(SignatureAlgorithm::es256, "good");
    const SigningKey weak(SignatureAlgorithm::rs256, "weak", 1024);
    const std::string off_curve =
        R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"})";
    const std::array<std::string, 12> others{
        R"({"kty":"oct","k":"AAAA","kid":"good"})",
        R"({"kty":"RSA","n":"AQAB","e":"AQAB"})",
        R"({"kty":"EC","crv":"P-521","x":"AAAA","y":"AAAA"})",
        R"({"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})",
        R"({"kty":"EC","crv":"P-256"})",
        R"({"kty":5})",
        R"(7)",
        R"([])",
        weak.public_json(),
        off_curve,
        std::string(rfc_ec.substr(0, rfc_ec.size() - 1)) + R"(,"use":"enc"})",
        std::string(rfc_ec.substr(0, rfc_ec.size() - 1)) + R"(,"key_ops":["sign"]})"};
    for (const std::string& other : others) {
        EXPECT_FALSE(VerificationKeys::parse(set_of(other))) << other;
        EXPECT_EQ(keys_of(set_of(other + "," + good.public_json())).size(), 1U) << other;
    }
    const std::string even = std::string(rfc_rsa.substr(0, rfc_rsa.size() - 7)) + R"("BA"})";
    EXPECT_FALSE(VerificationKeys::parse(set_of(even))) << "an exponent of 4";
}

TEST(VerificationKeys, CheckOnlyWhatTheyAreFor) {
    const std::string rs_only =
        std::string(rfc_rsa.substr(0, rfc_rsa.size() - 1)) + R"(,"alg":"PS256"})";
    EXPECT_FALSE(signed_payload(rfc_rs256(), keys_of(set_of(rs_only))));
    EXPECT_FALSE(VerificationKeys::parse(
        set_of(std::string(rfc_ec.substr(0, rfc_ec.size() - 1)) + R"(,"alg":"ES512"})")
    ));
}

TEST(VerificationKeys, AreABoundedObject) {
    EXPECT_FALSE(VerificationKeys::parse(""));
    EXPECT_FALSE(VerificationKeys::parse("[]"));
    EXPECT_FALSE(VerificationKeys::parse("{}"));
    EXPECT_FALSE(VerificationKeys::parse(R"({"keys":{}})"));
    EXPECT_FALSE(VerificationKeys::parse(R"({"keys":[],"keys":[]})"));
    EXPECT_FALSE(VerificationKeys::parse(std::string(300000, ' ') + set_of(rfc_ec)));
    std::string many;
    for (int i = 0; i < 65; ++i) {
        many += (i == 0 ? "" : ",") + std::string(rfc_ec);
    }
    EXPECT_FALSE(VerificationKeys::parse(set_of(many)));
    EXPECT_FALSE(VerificationKeys::parse(std::string(100000, '[')));
}

}  // namespace
}  // namespace adic::access
