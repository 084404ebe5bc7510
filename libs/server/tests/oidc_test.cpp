// Signing in by a login service: the service listens on this machine, and is asked over HTTP.

#include "adic/server/oidc.hpp"

#include "adic/access/totp.hpp"
#include "adic/base/random.hpp"
#include "adic/base/sha256.hpp"
#include "adic/server/http_server.hpp"
#include "adic/server/https_fetch.hpp"

#include "raw_client.hpp"
#include "test_house.hpp"

#include <array>
#include <map>
#include <mutex>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sodium.h>

namespace adic::server {
namespace {

using nlohmann::json;
using test::House;
using test::noon;

std::string base64url_of(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
    sodium_bin2base64(
        text.data(),
        text.size(),
        reinterpret_cast<const unsigned char*>(bytes.data()),
        bytes.size(),
        variant
    );
    text.pop_back();
    return text;
}

/// A key of Ed25519 that is made in the test.
class Key {
  public:
    std::string sign(const json& claims) const {
        const std::string message =
            base64url_of(R"({"alg":"EdDSA","kid":"k"})") + '.' + base64url_of(claims.dump());
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{
            EVP_MD_CTX_new(),
            &EVP_MD_CTX_free};
        std::string signature(64, '\0');
        std::size_t size = signature.size();
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get());
        EVP_DigestSign(
            context.get(),
            reinterpret_cast<unsigned char*>(signature.data()),
            &size,
            reinterpret_cast<const unsigned char*>(message.data()),
            message.size()
        );
        return message + '.' + base64url_of(signature);
    }

    json public_key() const {
        std::string raw(32, '\0');
        std::size_t size = raw.size();
        EVP_PKEY_get_raw_public_key(
            key_.get(),
            reinterpret_cast<unsigned char*>(raw.data()),
            &size
        );
        return {{"kid", "k"}, {"kty", "OKP"}, {"crv", "Ed25519"}, {"x", base64url_of(raw)}};
    }

  private:
    std::shared_ptr<EVP_PKEY> key_{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free};
};

using Form = std::map<std::string, std::string>;

Form form_of(std::string_view text) {
    Form form;
    const auto pairs = parse_query(text);
    if (!pairs) {
        return form;
    }
    for (const auto& [name, value] : *pairs) {
        form[name] = value;
    }
    return form;
}

/// A ministry's login service. A code is good once, for whoever knows the verifier.
class LoginService {
  public:
    LoginService() {
        http_ = *HttpServer::listen(
            {},
            {[](const Request&) { return std::size_t{65536}; },
             [this](const Request& request) { return answer(request); }}
        );
        http_->start();
    }

    LoginService(const LoginService&) = delete;
    LoginService& operator=(const LoginService&) = delete;

    ~LoginService() { http_->stop(std::chrono::milliseconds{100}); }

    std::string issuer() const { return "http://127.0.0.1:" + std::to_string(http_->port()); }

    /// Somebody signs in at the service: the code that the browser brings back.
    std::string sign_in(const Form& asked, const json& changed, std::chrono::sys_seconds now) {
        const auto seconds = now.time_since_epoch().count();
        json claims{
            {"iss", issuer()},
            {"sub", "7"},
            {"aud", "adic"},
            {"nonce", asked.at("nonce")},
            {"iat", seconds},
            {"exp", seconds + 300},
            {"amr", json::array({"pwd", "otp"})}};
        claims.merge_patch(changed);
        const std::lock_guard lock(using_);
        const std::string code = "code-" + std::to_string(++codes_);
        logins_[code] = {asked.at("code_challenge"), claims};
        return code;
    }

    bool uses_other_key = false;

  private:
    struct Login {
        std::string challenge;
        json claims;
    };

    Response answer(const Request& request) {
        Response response;
        response.headers = {{"Content-Type", "application/json"}};
        if (request.path == "/.well-known/openid-configuration") {
            response.body = json{
                {"issuer", issuer()},
                {"authorization_endpoint", issuer() + "/authorize"},
                {"token_endpoint", issuer() + "/token"},
                {"jwks_uri",
                 issuer()
                     + "/keys"}}.dump();
        } else if (request.path == "/keys") {
            response.body = json{{"keys", json::array({key_.public_key()})}}.dump();
        } else {
            const auto token = request.path == "/token" ? trade(request.body) : std::nullopt;
            response.status = token ? 200 : 400;
            response.body = token ? json{{"token_type", "Bearer"}, {"id_token", *token}}.dump()
                                  : R"({"error":"invalid_grant"})";
        }
        return response;
    }

    std::optional<std::string> trade(const std::string& body) {
        const std::lock_guard lock(using_);
        const Form form = form_of(body);
        const auto found = logins_.find(form.at("code"));
        if (found == logins_.end() || form.at("client_secret") != "quiet"
            || base64url_of(sha256(form.at("code_verifier"))) != found->second.challenge) {
            return std::nullopt;
        }
        const std::string token = (uses_other_key ? other_ : key_).sign(found->second.claims);
        logins_.erase(found);
        return token;
    }

    Key key_;
    Key other_;
    std::mutex using_;
    int codes_ = 0;
    std::map<std::string, Login> logins_;
    std::unique_ptr<HttpServer> http_;
};

std::string header(const Response& response, std::string_view name, std::string_view start = "") {
    for (const auto& [key, value] : response.headers) {
        if (key == name && value.starts_with(start)) {
            return value;
        }
    }
    return {};
}

class OidcTest : public testing::Test {
  protected:
    struct Browser {
        Form asked;
        std::string cookie;
    };

    OidcTest() {
        const auto owner = access::Actor::owner_of_file("somebody");
        // The first account of a book manages the others.
        EXPECT_TRUE(book_.add(
            {"root", {}, "MYS", {}, *access::parse_roles("administrator"), {}},
            owner,
            noon
        ));
        for (const auto& [name, state] :
             {std::pair{"siti", "MYS"}, std::pair{"budi", "IDN"}, std::pair{"gone", "MYS"}}) {
            EXPECT_TRUE(
                book_.add({name, {}, state, {}, *access::parse_roles("reader"), {}}, owner, noon)
            );
        }
        EXPECT_FALSE(book_.link("siti", {service_.issuer(), "7"}, owner, noon));
        EXPECT_FALSE(book_.link("budi", {service_.issuer(), "8"}, owner, noon));
    }

    access::OidcProvider provider() const {
        return {
            service_.issuer(),
            "adic",
            "quiet",
            "http://localhost/api/v1/oidc/callback",
            "MYS",
            {"openid"},
            {"otp"},
            ""};
    }

    Browser start() {
        const Response sent = house_.ask("GET", "/api/v1/oidc/start");
        EXPECT_EQ(sent.status, 303) << sent.body;
        const std::string url = header(sent, "Location");
        const std::string cookie = header(sent, "Set-Cookie");
        EXPECT_THAT(cookie, testing::HasSubstr("; Path=/api/v1/oidc; Max-Age=600; HttpOnly"));
        EXPECT_THAT(cookie, testing::HasSubstr("SameSite=Lax"));
        EXPECT_TRUE(url.starts_with(service_.issuer() + "/authorize?")) << url;
        return {form_of(url.substr(url.find('?') + 1)), cookie.substr(0, cookie.find(';'))};
    }

    Response come_back(const std::string& cookie, const std::string& query) {
        Request request = house_.request("GET", "/api/v1/oidc/callback?" + query);
        // Whoever comes back has this cookie alone, whoever else is signed in.
        std::erase_if(request.headers, [](const auto& one) { return one.first == "cookie"; });
        request.headers.emplace_back("cookie", cookie);
        return house_.ask(request);
    }

    Response sign_in(const json& changed = json::object()) {
        const Browser browser = start();
        const std::string code = service_.sign_in(browser.asked, changed, house_.now());
        return come_back(browser.cookie, "code=" + code + "&state=" + browser.asked.at("state"));
    }

    /// Adds an administrator of a state, and comes in as them with a second factor.
    void enter_as_administrator(const std::string& name, const std::string& state) {
        const auto owner = access::Actor::owner_of_file("somebody");
        const std::string password = "violet harbour tin 88";
        ASSERT_TRUE(
            book_.add({name, {}, state, {}, *access::parse_roles("administrator"), {}}, owner, noon)
        );
        ASSERT_FALSE(accounts_.passwords.set(name, password, false, owner, noon));
        const auto begun = accounts_.second_factors.begin(name);
        ASSERT_TRUE(begun);
        const auto key = access::parse_otpauth_uri(begun->uri);
        ASSERT_TRUE(key);
        const auto now = house_.now();
        const auto codes = accounts_.second_factors.confirm(
            name,
            access::hotp_code(key->secret, access::totp_step(now), access::totp_digits),
            now
        );
        ASSERT_TRUE(codes);
        house_.enter_as(name, password, codes->front());
        ASSERT_FALSE(house_.cookie().empty());
    }

    static std::string links_of(const std::string& name) {
        return "/api/v1/accounts/" + name + "/links";
    }

    Response link(const std::string& name, const json& identity) {
        return house_.ask("POST", links_of(name), identity.dump());
    }

    Response unlink(const std::string& name, const std::string& subject) {
        const std::string asked = "?subject=" + subject + "&issuer=" + service_.issuer();
        return house_.ask("DELETE", links_of(name) + asked);
    }

    void expect_refused(const Response& response, const std::string& why) {
        EXPECT_EQ(response.status, 401) << why;
        EXPECT_EQ(header(response, "Set-Cookie", "adic_session"), "") << why;
        EXPECT_EQ(header(response, "Location"), "") << why;
        const std::string one =
            "{\"error\":{\"code\":\"wrong\",\"message\":\"nobody was signed in: begin again\"}}\n";
        EXPECT_EQ(response.body, one) << why;
    }

    LoginService service_;
    test::Scratch scratch_;
    access::AccountBook book_ = *access::AccountBook::open(
        scratch_.path() / "accounts.db",
        access::AccountBook::IfMissing::make
    );
    Accounts accounts_{book_, access::system_random()};
    Oidc oidc_{provider(), https_fetch(), access::system_random()};
    House house_{&accounts_, &oidc_};
};

TEST_F(OidcTest, SignsInWhoeverIsLinked) {
    const Response back = sign_in();
    ASSERT_EQ(back.status, 200) << back.body;
    EXPECT_EQ(header(back, "Location"), "") << "strict cookies do not come along from elsewhere";
    EXPECT_THAT(back.body, testing::HasSubstr("http-equiv=\"refresh\" content=\"0; url=/\""));
    EXPECT_THAT(header(back, "Set-Cookie", "adic_login"), testing::HasSubstr("Max-Age=0"));
    const std::string session = header(back, "Set-Cookie", "adic_session");
    Request who = house_.request("GET", "/api/v1/session");
    who.headers.emplace_back("cookie", session.substr(0, session.find(';')));
    const json said = json::parse(house_.ask(who).body);
    EXPECT_EQ(said["account"], "siti");
    EXPECT_EQ(said["reader"], "MYS");
    EXPECT_EQ(said["has_second_factor"], false) << "the account has none; the service used its own";
    const auto open = accounts_.sessions.list("siti", house_.now());
    ASSERT_TRUE(open);
    ASSERT_EQ(open->size(), 1U);
    EXPECT_TRUE(open->front().has_second_factor);
}

TEST_F(OidcTest, SaysOfOneselfWhetherTheAccountHasASecondFactor) {
    EXPECT_EQ(json::parse(house_.ask("GET", "/api/v1/session").body)["has_second_factor"], nullptr);
    enter_as_administrator("hoa", "VNM");
    EXPECT_EQ(json::parse(house_.ask("GET", "/api/v1/session").body)["has_second_factor"], true);
}

TEST_F(OidcTest, CountsASecondFactorOnlyWhereTheServiceUsedOne) {
    ASSERT_EQ(sign_in({{"amr", json::array({"pwd"})}}).status, 200);
    EXPECT_FALSE(accounts_.sessions.list("siti", house_.now())->front().has_second_factor);
}

TEST_F(OidcTest, RefusesTokensThatAreNotForIt) {
    const auto seconds = house_.now().time_since_epoch().count();
    const std::array<json, 8> changes{
        json{{"aud", "another"}},
        json{{"iss", "https://elsewhere.example"}},
        json{{"exp", seconds - 120}, {"iat", seconds - 300}},
        json{{"nonce", "another"}},
        json{{"sub", "unlinked"}},
        json{{"sub", "8"}},  // of a state that the service may not sign in
        json{{"sub", nullptr}},
        json{{"iat", seconds + 3600}, {"exp", seconds + 7200}}};
    for (const json& changed : changes) {
        expect_refused(sign_in(changed), changed.dump());
    }
    service_.uses_other_key = true;
    expect_refused(sign_in(), "a key that the service does not name");
    EXPECT_TRUE(accounts_.sessions.list("siti", house_.now())->empty());
}

TEST_F(OidcTest, RefusesWhatWasUsedBefore) {
    const Browser browser = start();
    const std::string& state = browser.asked.at("state");
    const std::string code = service_.sign_in(browser.asked, json::object(), house_.now());
    const std::string query = "code=" + code + "&state=" + state;
    ASSERT_EQ(come_back(browser.cookie, query).status, 200);
    expect_refused(come_back(browser.cookie, query), "all of it");
    // Cookie and state again, with a code that the service would take.
    const std::string fresh = service_.sign_in(browser.asked, json::object(), house_.now());
    expect_refused(come_back(browser.cookie, "code=" + fresh + "&state=" + state), "the cookie");
    // The code of another login: it was given for another verifier.
    const Browser second = start();
    expect_refused(
        come_back(second.cookie, "code=" + fresh + "&state=" + second.asked.at("state")),
        "the code"
    );
    EXPECT_EQ(accounts_.sessions.list("siti", house_.now())->size(), 1U);
}

TEST_F(OidcTest, RefusesAnswersThatAreNotOfThisBrowser) {
    const Browser browser = start();
    const Browser other = start();
    const std::string code = service_.sign_in(browser.asked, json::object(), house_.now());
    const std::string good = "code=" + code + "&state=" + browser.asked.at("state");
    expect_refused(come_back(other.cookie, good), "another browser's cookie");
    expect_refused(come_back("", good), "no cookie");
    expect_refused(come_back("adic_login=AAAA", good), "a cookie that was not sealed here");
    expect_refused(come_back(browser.cookie, "code=" + code), "no state");
    expect_refused(come_back(browser.cookie, "code=" + code + "&state=x"), "another state");
    // None of these used the login up.
    EXPECT_EQ(come_back(browser.cookie, good).status, 200);
}

TEST_F(OidcTest, RefusesErrorsAndLateAnswers) {
    const Browser refused = start();
    expect_refused(
        come_back(refused.cookie, "error=access_denied&state=" + refused.asked.at("state")),
        "an error"
    );
    const Browser late = start();
    house_.pass(std::chrono::minutes{11});
    const std::string code = service_.sign_in(late.asked, json::object(), house_.now());
    expect_refused(
        come_back(late.cookie, "code=" + code + "&state=" + late.asked.at("state")),
        "ten minutes have passed"
    );
}

TEST_F(OidcTest, SignsInWhomAnAdministratorHasLinkedUntilTheLinkIsTakenAway) {
    enter_as_administrator("admin", "MYS");
    const json none = json::parse(house_.ask("GET", links_of("gone")).body);
    EXPECT_EQ(none, (json{{"issuer", service_.issuer()}, {"links", json::array()}}));
    const json identity{{"issuer", service_.issuer()}, {"subject", "9"}};
    expect_refused(sign_in({{"sub", "9"}}), "before it is linked");
    ASSERT_EQ(link("gone", identity).status, 204);
    EXPECT_EQ(json::parse(house_.ask("GET", links_of("gone")).body)["links"], json{identity});
    EXPECT_EQ(link("gone", identity).status, 409) << "it is linked already";
    EXPECT_EQ(link("siti", identity).status, 409) << "it is another account's";
    EXPECT_EQ((*book_.history("gone", 1)).front().by, "admin");

    ASSERT_EQ(sign_in({{"sub", "9"}}).status, 200);
    EXPECT_EQ(accounts_.sessions.list("gone", house_.now())->size(), 1U);
    EXPECT_EQ(unlink("gone", "10").status, 404) << "there is no such link";
    EXPECT_EQ(unlink("siti", "9").status, 404) << "it is another account's";
    EXPECT_EQ(unlink("gone", "9").status, 204);
    EXPECT_TRUE(accounts_.sessions.list("gone", house_.now())->empty()) << "its sessions end";
    expect_refused(sign_in({{"sub", "9"}}), "after the link was taken away");
}

TEST_F(OidcTest, LinksToItsOwnServiceAlone) {
    enter_as_administrator("admin", "MYS");
    const std::string here = service_.issuer();
    for (const json& identity :
         {json{{"issuer", "https://elsewhere.example"}, {"subject", "9"}},
          json{{"issuer", here + "/"}, {"subject", "9"}},
          json{{"issuer", ""}, {"subject", "9"}},
          json{{"issuer", json::array({here})}, {"subject", "9"}},
          json{{"subject", "9"}},
          json{{"issuer", here}, {"subject", ""}},
          json{{"issuer", here}, {"subject", "a\nb"}},
          json{{"issuer", here}, {"subject", std::string(1025, 's')}},
          json{{"issuer", here}}}) {
        EXPECT_EQ(link("gone", identity).status, 400) << identity;
    }
    EXPECT_EQ(link("admin", {{"issuer", here}, {"subject", "9"}}).status, 409)
        << "whoever found the session open would come back as the account";
    EXPECT_EQ(json::parse(house_.ask("GET", links_of("gone")).body)["links"], json::array());
}

TEST_F(OidcTest, SaysNothingOfAccountsOfAnotherState) {
    enter_as_administrator("admin", "MYS");
    const std::string here = service_.issuer();
    const json identity{{"issuer", here}, {"subject", "9"}};
    // Budi is Indonesia's, and linked.
    const Response listed = house_.ask("GET", links_of("budi"));
    EXPECT_EQ(listed.status, 404);
    EXPECT_EQ(listed.body, house_.ask("GET", links_of("nobody")).body);
    EXPECT_EQ(link("budi", identity).status, 404);
    EXPECT_EQ(link("budi", identity).body, link("nobody", identity).body);
    EXPECT_EQ(unlink("budi", "8").status, 404);
    EXPECT_EQ(unlink("budi", "8").body, unlink("nobody", "8").body);
    EXPECT_EQ(book_.find_linked({here, "8"})->value().name, "budi");
}

TEST_F(OidcTest, LinksNobodyWhoseStateItDoesNotSignIn) {
    enter_as_administrator("ketua", "IDN");
    const json listed = json::parse(house_.ask("GET", links_of("budi")).body);
    EXPECT_EQ(listed["issuer"], nullptr) << "the service is Malaysia's";
    const Response refused = link("budi", {{"issuer", service_.issuer()}, {"subject", "9"}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.body, link("budi", {{"issuer", "https://x.example"}, {"subject", "9"}}).body)
        << "which service it is stays unsaid";
    EXPECT_EQ(unlink("budi", "8").status, 204) << "a link that counts for nothing may go";
}

TEST_F(OidcTest, IsNotThereWithoutALoginService) {
    House plain(&accounts_);
    EXPECT_EQ(plain.ask("GET", "/api/v1/oidc/start").status, 404);
    EXPECT_EQ(plain.ask("GET", "/api/v1/oidc/callback?code=a&state=b").status, 404);
}

TEST(HttpsFetch, TakesOnlyAddressesThatAreSafe) {
    const auto fetch = https_fetch({{}, std::chrono::milliseconds{2000}, 1000});
    for (const char* url :
         {"http://192.0.2.1/",
          "ftp://127.0.0.1/",
          "https://",
          "https://a@b/",
          "https://a:0/",
          "https://a:99999/",
          "https://a/\r\nb",
          "https://a/#b",
          "127.0.0.1"}) {
        const auto answer = fetch(url, {});
        ASSERT_FALSE(answer) << url;
        EXPECT_EQ(answer.error().code, ErrorCode::invalid_argument) << url;
    }
}

TEST(HttpsFetch, BoundsWhatItTakes) {
    const auto http = *HttpServer::listen(
        {},
        {[](const Request&) { return std::size_t{1000}; },
         [](const Request& request) {
             Response response;
             response.status = request.path == "/away" ? 302 : 200;
             response.headers = {{"Location", "/small"}};
             response.body.assign(request.path == "/large" ? 1001 : 1000, 'x');
             return response;
         }}
    );
    http->start();
    const std::string here = "127.0.0.1:" + std::to_string(http->port());
    const auto fetch = https_fetch({{}, std::chrono::milliseconds{5000}, 1000});
    EXPECT_EQ(fetch("http://" + here + "/small", {})->size(), 1000U);
    EXPECT_FALSE(fetch("http://" + here + "/large", {}));
    EXPECT_FALSE(fetch("http://" + here + "/away", {}));
    EXPECT_FALSE(fetch("https://" + here + "/small", {}));  // that is no TLS
    http->stop(std::chrono::milliseconds{100});
    EXPECT_FALSE(fetch("http://" + here + "/small", {}));
}

/// A certificate for a name that vouches for itself, with its key, in PEM.
void write_certificate(const std::filesystem::path& folder, const char* name) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{
        EVP_EC_gen("P-256"),
        &EVP_PKEY_free};
    const std::unique_ptr<X509, decltype(&X509_free)> made{X509_new(), &X509_free};
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
    X509_set_pubkey(made.get(), key.get());
    X509_NAME* subject = X509_get_subject_name(made.get());
    const auto* bytes = reinterpret_cast<const unsigned char*>(name);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, bytes, -1, -1, 0);
    X509_set_issuer_name(made.get(), subject);
    X509_sign(made.get(), key.get(), EVP_sha256());
    std::unique_ptr<BIO, decltype(&BIO_free)> file{
        BIO_new_file((folder / "chain.pem").c_str(), "w"),
        &BIO_free};
    PEM_write_bio_X509(file.get(), made.get());
    file.reset(BIO_new_file((folder / "key.pem").c_str(), "w"));
    PEM_write_bio_PrivateKey(file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
}

TEST(HttpsFetch, ChecksTheCertificateAndItsName) {
    const test::Scratch scratch;
    write_certificate(scratch.path(), "localhost");
    HttpOptions options;
    options.certificate = scratch.path() / "chain.pem";
    options.key = scratch.path() / "key.pem";
    auto listening = HttpServer::listen(
        options,
        {[](const Request&) { return std::size_t{1000}; },
         [](const Request& request) {
             return Response{200, {}, request.body + "!", {}};
         }}
    );
    ASSERT_TRUE(listening) << listening.error().message;
    (*listening)->start();
    const std::string port = std::to_string((*listening)->port());
    FetchOptions trusting;
    trusting.authorities = scratch.path() / "chain.pem";
    const auto answer = https_fetch(trusting)("https://localhost:" + port + "/", "a=b");
    ASSERT_TRUE(answer) << answer.error().message << answer.error().detail;
    EXPECT_EQ(*answer, "a=b!");
    EXPECT_FALSE(https_fetch(trusting)("https://127.0.0.1:" + port + "/", "a=b"));
    EXPECT_FALSE(https_fetch()("https://localhost:" + port + "/", "a=b"));
    (*listening)->stop(std::chrono::milliseconds{100});
}

}  // namespace
}  // namespace adic::server
