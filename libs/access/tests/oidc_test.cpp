#include "adic/access/oidc.hpp"

#include "book_fixture.hpp"
#include "signing_keys.hpp"

#include <array>
#include <map>

#include <gmock/gmock.h>

namespace adic::access {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

OidcProvider ministry() {
    return {
        "https://id.example",
        "adic",
        "",
        "https://registry.example/login/back",
        "MYS",
        {"openid", "email"},
        {"otp", "hwk"},
        ""};
}

/// The claims of a good token as JSON, with some of them replaced; an empty text leaves one out.
std::string claims(std::map<std::string, std::string> replaced = {}) {
    const std::string now = std::to_string(morning.time_since_epoch().count());
    const std::string later = std::to_string((morning + minutes{5}).time_since_epoch().count());
    std::map<std::string, std::string> all{
        {"iss", "\"https://id.example\""},
        {"sub", "\"7\""},
        {"aud", "\"adic\""},
        {"nonce", "\"n\""},
        {"iat", now},
        {"exp", later},
        {"amr", R"(["pwd","otp"])"}};
    for (auto& [name, value] : replaced) {
        all[name] = value;
    }
    std::string json = "{";
    for (const auto& [name, value] : all) {
        if (!value.empty()) {
            json += (json.size() > 1 ? "," : "") + ("\"" + name + "\":" + value);
        }
    }
    return json + "}";
}

class IdTokenTest : public BookTest {
  protected:
    Result<IdToken> check(const std::string& payload, sys_seconds now = morning) const {
        const auto keys = VerificationKeys::parse(R"({"keys":[)" + key_.public_json() + "]}");
        EXPECT_TRUE(keys);
        return check_id_token(key_.sign(payload), *keys, ministry(), "n", now);
    }

    SigningKey key_{SignatureAlgorithm::es256, "k1"};
};

TEST_F(IdTokenTest, SaysWhoSomebodyIs) {
    const auto token = check(claims({{"email", "\"siti@example\""}, {"email_verified", "true"}}));
    ASSERT_TRUE(token) << token.error().message;
    EXPECT_EQ(token->identity, (ExternalIdentity{"https://id.example", "7"}));
    EXPECT_EQ(token->text("email"), "siti@example");
    EXPECT_EQ(token->text("name"), std::nullopt);
    EXPECT_TRUE(token->is_email_verified);
    EXPECT_TRUE(has_second_factor(ministry(), *token));
    EXPECT_FALSE(has_second_factor(ministry(), *check(claims({{"amr", R"(["pwd"])"}}))));
    EXPECT_FALSE(has_second_factor(ministry(), *check(claims({{"amr", ""}}))));
    EXPECT_FALSE(has_second_factor(ministry(), *check(claims({{"amr", R"("otp")"}}))));
}

TEST_F(IdTokenTest, IsRefusedWhereAnyClaimIsNotOurs) {
    struct Case {
        std::string name;
        std::string value;
    };

    const auto at = [](sys_seconds time) {
        return std::to_string(time.time_since_epoch().count());
    };
    const std::array cases{
        Case{"iss", "\"https://id.example/\""},
        Case{"iss", "\"https://evil.example\""},
        Case{"iss", ""},
        Case{"sub", ""},
        Case{"sub", "\"\""},
        Case{"sub", "7"},
        Case{"sub", "\"" + std::string(256, 'a') + "\""},
        Case{"aud", "\"other\""},
        Case{"aud", ""},
        Case{"aud", "[]"},
        Case{"aud", R"(["other"])"},
        Case{"aud", R"(["adic","other"])"},
        Case{"aud", R"({"adic":1})"},
        Case{"azp", "\"other\""},
        Case{"azp", "1"},
        Case{"nonce", ""},
        Case{"nonce", "\"m\""},
        Case{"nonce", "\"\""},
        Case{"exp", ""},
        Case{"exp", "\"1795597500\""},
        Case{"exp", "-1"},
        Case{"exp", "1e300"},
        Case{"exp", at(morning - seconds{60})},
        Case{"iat", ""},
        Case{"iat", at(morning + seconds{61})},
        Case{"iat", at(morning - minutes{12})},
        Case{"nbf", at(morning + seconds{61})},
        Case{"nbf", "null"},
    };
    for (const Case& c : cases) {
        EXPECT_FALSE(check(claims({{c.name, c.value}}))) << c.name << " " << c.value;
    }
    EXPECT_FALSE(check("[]"));
    EXPECT_FALSE(check("no JSON"));
    const std::string twice = claims();
    EXPECT_FALSE(check(twice.substr(0, twice.size() - 1) + R"(,"sub":"8"})"));
}

TEST_F(IdTokenTest, AllowsForClocksThatDiffer) {
    const auto at = [](sys_seconds time) {
        return std::to_string(time.time_since_epoch().count());
    };
    EXPECT_TRUE(check(claims({{"iat", at(morning + seconds{60})}})));
    EXPECT_TRUE(check(claims({{"nbf", at(morning + seconds{60})}})));
    EXPECT_TRUE(check(claims({{"exp", at(morning - seconds{59})}})));
    EXPECT_TRUE(check(claims({{"exp", at(morning + minutes{1}) + ".75"}})));
    EXPECT_TRUE(check(claims({{"aud", R"(["adic"])"}})));
    EXPECT_TRUE(check(claims({{"aud", R"(["other","adic"])"}, {"azp", "\"adic\""}})));
}

TEST_F(IdTokenTest, IsWhoseItWasLinkedTo) {
    const auto token = check(claims());
    ASSERT_TRUE(token);
    EXPECT_EQ(*account_of(book(), ministry(), *token), std::nullopt);
    add("siti", "MYS", {Role::reader});
    ASSERT_FALSE(book().link("siti", token->identity, owner(), morning));
    EXPECT_EQ((*account_of(book(), ministry(), *token))->name, "siti");
    OidcProvider other = ministry();
    other.state = "SGP";
    EXPECT_EQ(*account_of(book(), other, *token), std::nullopt)
        << "a state's service signs in its own accounts alone";
    ASSERT_TRUE(book().change("siti", {.is_enabled = false}, owner(), morning));
    EXPECT_EQ(*account_of(book(), ministry(), *token), std::nullopt);
}

TEST_F(IdTokenTest, IsWhoseTheChosenClaimSays) {
    add("siti@example", "MYS", {Role::reader});
    add("tan@example", "SGP", {Role::reader});
    OidcProvider provider = ministry();
    const auto verified =
        check(claims({{"email", "\"Siti@Example\""}, {"email_verified", "true"}}));
    EXPECT_EQ(*account_of(book(), provider, *verified), std::nullopt) << "no rule, no link";
    provider.account_claim = "email";
    EXPECT_EQ((*account_of(book(), provider, *verified))->name, "siti@example");
    EXPECT_EQ(
        *account_of(book(), provider, *check(claims({{"email", "\"siti@example\""}}))),
        std::nullopt
    ) << "anybody can say that";
    EXPECT_EQ(
        *account_of(
            book(),
            provider,
            *check(claims({{"email", "\"siti@example\""}, {"email_verified", "\"true\""}}))
        ),
        std::nullopt
    );
    EXPECT_EQ(
        *account_of(
            book(),
            provider,
            *check(claims({{"email", "\"tan@example\""}, {"email_verified", "true"}}))
        ),
        std::nullopt
    ) << "an account of another state";
}

TEST(OidcPkce, MatchesRfc7636AppendixB) {
    EXPECT_EQ(
        pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    );
}

TEST(OidcRequests, SayAllThatIsAsked) {
    OidcProvider provider = ministry();
    const OidcLogin login{"s", "n", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"};
    const OidcEndpoints where{"https://id.example/a?tenant=1", "", ""};
    EXPECT_EQ(
        authorization_url(provider, where, login),
        "https://id.example/"
        "a?tenant=1&response_type=code&client_id=adic&redirect_uri=https%3A%2F%2F"
        "registry.example%2Flogin%2Fback&scope=openid%20email&state=s&nonce=n&code_challenge="
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
    );
    EXPECT_EQ(
        token_request(provider, login, "c&d"),
        "grant_type=authorization_code&code=c%26d&redirect_uri=https%3A%2F%2Fregistry.example%"
        "2Flogin"
        "%2Fback&client_id=adic&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    );
    provider.client_secret = "x=y";
    EXPECT_TRUE(token_request(provider, login, "c").ends_with("&client_secret=x%3Dy"));
    EXPECT_EQ(
        discovery_url("https://id.example/t/"),
        "https://id.example/t/.well-known/openid-configuration"
    );
}

TEST(OidcDiscovery, IsOfTheIssuerThatWasAsked) {
    const auto document = [](std::string_view issuer, std::string_view token) {
        return R"({"issuer":")" + std::string(issuer)
               + R"(","authorization_endpoint":"https://id.example/a","token_endpoint":")"
               + std::string(token) + R"(","jwks_uri":"https://id.example/k"})";
    };
    const std::string good = document("https://id.example", "https://id.example/t");
    const auto read = parse_discovery(good, "https://id.example");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->token, "https://id.example/t");
    EXPECT_FALSE(parse_discovery(good, "https://id.example/"));
    for (const std::string_view url :
         {"http://id.example/t",
          "",
          "ftp://x",
          "https://a@b/",
          "https://a b",
          "https://",
          "http://localhost.evil.example/",
          "https://x/#a"}) {
        EXPECT_FALSE(parse_discovery(document("https://id.example", url), "https://id.example"))
            << url;
    }
    EXPECT_TRUE(parse_discovery(
        document("https://id.example", "http://127.0.0.1:8/t"),
        "https://id.example"
    ));
}

TEST(OidcTokenResponse, GivesTheIdToken) {
    EXPECT_EQ(*parse_token_response(R"({"id_token":"a.b.c","token_type":"Bearer"})"), "a.b.c");
    EXPECT_EQ(
        parse_token_response(R"({"error":"invalid_grant"})").error().code,
        ErrorCode::not_found
    );
    EXPECT_FALSE(parse_token_response(R"({"token_type":"Bearer"})"));
    EXPECT_FALSE(parse_token_response(R"({"id_token":"a.b.c"})"));
    EXPECT_FALSE(parse_token_response(R"({"id_token":7,"token_type":"Bearer"})"));
    EXPECT_FALSE(parse_token_response(""));
}

TEST(OidcProviderRules, TakeNothingThatIsNotEncrypted) {
    EXPECT_EQ(problem_of(ministry()), std::nullopt);
    OidcProvider plain = ministry();
    plain.issuer = "http://id.example";
    EXPECT_TRUE(problem_of(plain));
    OidcProvider stateless = ministry();
    stateless.state.clear();
    EXPECT_TRUE(problem_of(stateless));
    OidcProvider scopeless = ministry();
    scopeless.scopes = {"email"};
    EXPECT_TRUE(problem_of(scopeless));
}

TEST(LoginSealTest, KeepsALoginThatNobodyElseCanMake) {
    const LoginSeal seal(seeded_random(3));
    const OidcLogin login = make_login(seeded_random(4));
    EXPECT_EQ(login.verifier.size(), 43U);
    EXPECT_NE(login.state, login.nonce);
    const std::string sealed = seal.seal(login, morning);
    EXPECT_EQ(seal.open(sealed, morning + minutes{9}), login);
    EXPECT_EQ(seal.open(sealed, morning + minutes{10}), std::nullopt);
    EXPECT_EQ(seal.open(sealed, morning - seconds{1}), std::nullopt);
    EXPECT_EQ(sealed.find(login.verifier), std::string::npos);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_EQ(seal.open(changed, morning), std::nullopt) << i;
    }
    EXPECT_EQ(LoginSeal(seeded_random(5)).open(sealed, morning), std::nullopt);
    EXPECT_EQ(seal.open("", morning), std::nullopt);
    EXPECT_EQ(seal.open(std::string(5000, 'A'), morning), std::nullopt);
}

/// A login service in the test: what it was asked, and what it answers.
class Service {
  public:
    Fetch fetch() {
        return [this](const std::string& url, const std::string& body) -> Result<std::string> {
            asked.push_back(body.empty() ? url : url + " " + body);
            if (url == "https://id.example/.well-known/openid-configuration") {
                return std::string(
                    R"({"issuer":"https://id.example","authorization_endpoint":"https://id.example/a",)"
                    R"("token_endpoint":"https://id.example/t","jwks_uri":"https://id.example/k"})"
                );
            }
            if (url == "https://id.example/k") {
                return R"({"keys":[)" + key.public_json() + "]}";
            }
            return R"({"token_type":"Bearer","id_token":")" + key.sign(payload) + R"("})";
        };
    }

    SigningKey key{SignatureAlgorithm::eddsa, "k1"};
    std::string payload = claims();
    std::vector<std::string> asked;
};

TEST(OidcClientTest, GoesThereAndBack) {
    Service service;
    OidcClient client(ministry(), service.fetch());
    const OidcLogin login{"s", "n", "v"};
    const auto url = client.login_url(login, morning);
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->starts_with("https://id.example/a?response_type=code&"));
    const auto token = client.finish(login, {"s", "c"}, morning);
    ASSERT_TRUE(token) << token.error().message;
    EXPECT_EQ(token->identity.subject, "7");
    ASSERT_EQ(service.asked.size(), 3U) << "where it is was remembered";
    EXPECT_EQ(service.asked[1], "https://id.example/t " + token_request(ministry(), login, "c"));
    ASSERT_TRUE(client.finish(login, {"s", "c"}, morning));
    EXPECT_EQ(service.asked.size(), 4U) << "and its keys";
}

TEST(OidcClientTest, TakesNoAnswerToAnotherLogin) {
    Service service;
    OidcClient client(ministry(), service.fetch());
    const OidcLogin login{"s", "n", "v"};
    EXPECT_FALSE(client.finish(login, {"t", "c"}, morning)) << "another browser's";
    EXPECT_FALSE(client.finish({}, {"", "c"}, morning));
    EXPECT_FALSE(client.finish(login, {"s", ""}, morning));
    EXPECT_FALSE(client.finish(login, {"s", "c", "access_denied"}, morning));
    EXPECT_FALSE(client.finish(login, {"s", "c", "", "https://evil.example"}, morning));
    EXPECT_TRUE(service.asked.empty()) << "nothing was sent anywhere";
    EXPECT_TRUE(client.finish(login, {"s", "c", "", "https://id.example"}, morning));
    service.payload = claims({{"nonce", "\"other\""}});
    EXPECT_FALSE(client.finish(login, {"s", "c"}, morning)) << "a token that was replayed";
}

TEST(OidcClientTest, DoesNotAskAgainAtOnceWhereNobodyAnswers) {
    int asked = 0;
    OidcClient client(ministry(), [&](const std::string&, const std::string&) {
        ++asked;
        return Result<std::string>(Error{ErrorCode::unavailable, "no answer", {}});
    });
    EXPECT_FALSE(client.login_url({"s", "n", "v"}, morning));
    const auto soon = client.login_url({"s", "n", "v"}, morning + seconds{29});
    ASSERT_FALSE(soon);
    EXPECT_EQ(soon.error().code, ErrorCode::unavailable);
    EXPECT_EQ(asked, 1);
    EXPECT_FALSE(client.login_url({"s", "n", "v"}, morning + seconds{30}));
    EXPECT_EQ(asked, 2);
}

TEST(OidcClientTest, LetsOneAskAtATime) {
    Service service;
    OidcClient* asking = nullptr;
    std::size_t turned_away = 0;
    const Fetch answer = service.fetch();
    OidcClient client(ministry(), [&](const std::string& url, const std::string& body) {
        const auto meanwhile = asking->login_url({"s", "n", "v"}, morning);
        turned_away += meanwhile ? 0U : 1U;
        return answer(url, body);
    });
    asking = &client;
    EXPECT_TRUE(client.login_url({"s", "n", "v"}, morning));
    EXPECT_EQ(turned_away, 1U);
    EXPECT_EQ(service.asked.size(), 1U);
}

TEST(OidcClientTest, FetchesKeysAnewWhenTheyHaveChanged) {
    Service service;
    OidcClient client(ministry(), service.fetch());
    const OidcLogin login{"s", "n", "v"};
    ASSERT_TRUE(client.finish(login, {"s", "c"}, morning));
    service.key = SigningKey{SignatureAlgorithm::eddsa, "k2"};
    EXPECT_FALSE(client.finish(login, {"s", "c"}, morning + seconds{30}))
        << "no more than once a minute";
    EXPECT_TRUE(client.finish(login, {"s", "c"}, morning + seconds{61}));
    const auto keys = std::ranges::count(service.asked, "https://id.example/k");
    EXPECT_EQ(keys, 2);
}

}  // namespace
}  // namespace adic::access
