// The files of the browser application: the same for everybody, packed where the browser takes it,
// kept for ever where the name says what is in them, and under the headers of every answer.

#include "test_house.hpp"

#include <gmock/gmock.h>
#include <zlib.h>

namespace adic::server {
namespace {

using test::House;

std::string header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) {
            return value;
        }
    }
    return "none";
}

/// What gzip made these bytes of; empty if it did not.
std::string unpacked(std::string packed) {
    constexpr std::size_t most = std::size_t{8} << 20U;
    constexpr int with_gzip_head = 16;
    std::string text(most, '\0');
    z_stream stream{};
    stream.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const bool is_begun = inflateInit2(&stream, MAX_WBITS + with_gzip_head) == Z_OK;
    const bool is_done = is_begun && inflate(&stream, Z_FINISH) == Z_STREAM_END;
    text.resize(is_done ? stream.total_out : 0);
    inflateEnd(&stream);
    return text;
}

Response ask_packed(House& house, const std::string& target) {
    Request request = house.request("GET", target);
    request.headers.emplace_back("accept-encoding", "br;q=1, gzip;q=0.8");
    return house.ask(request);
}

TEST(Web, AnswersItsPageOnThePathsOfItsPages) {
    House house;
    for (const char* target : {"/", "/chain", "/chain/radio", "/chain/a/b?week=3"}) {
        const Response response = house.ask("GET", target);
        EXPECT_EQ(response.status, 200) << target;
        EXPECT_EQ(response.body, "<!doctype html>") << target;
        EXPECT_EQ(header(response, "Cache-Control"), "public, no-cache") << target;
    }
    for (const char* target : {"/chains", "/assets", "/index", "//", "/api/v1/none", "/../etc"}) {
        EXPECT_EQ(house.ask("GET", target).status, 404) << target;
    }
    EXPECT_EQ(house.ask("POST", "/chain").status, 404);
}

TEST(Web, TellsABrowserOnItsPageThatAnAddressIsNone) {
    const char* const browser =
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

    struct Case {
        const char* method;
        const char* target;
        const char* accept;
        bool is_page;
    };

    for (const Case& one : {
             Case{"GET", "/shocks", browser, true},
             Case{"GET", "/chart?week=3", browser, true},
             Case{"HEAD", "/chart", browser, true},
             Case{"GET", "/apis", browser, true},
             Case{"GET", "/shocks", "application/json;q=0.5, text/html", true},
             Case{"GET", "/shocks", "application/json, text/html", false},
             Case{"GET", "/shocks", "text/html;q=0, */*", false},
             Case{"GET", "/shocks", "text/html;q=high", false},
             Case{"GET", "/shocks", "*/*", false},
             Case{"GET", "/shocks", "", false},
             Case{"POST", "/shocks", browser, false},
             Case{"GET", "/api", browser, false},
             Case{"GET", "/api/v1/none", browser, false},
         }) {
        House house;
        Request request = house.request(one.method, one.target);
        request.headers.emplace_back("accept", one.accept);
        request.headers.emplace_back("if-none-match", "\"index\"");
        const Response response = house.ask(request);
        const std::string where = std::string(one.target) + ' ' + one.accept;
        EXPECT_EQ(response.status, 404) << where;
        EXPECT_EQ(response.body == "<!doctype html>", one.is_page) << where << response.body;
        EXPECT_EQ(header(response, "Cache-Control"), "no-store") << where;
        EXPECT_EQ(header(response, "X-Frame-Options"), "DENY") << where;
        EXPECT_EQ(header(response, "ETag"), "none") << where;
        const std::string policy = header(response, "Content-Security-Policy");
        EXPECT_THAT(policy, testing::HasSubstr("default-src 'none'")) << where;
        EXPECT_THAT(policy, testing::HasSubstr("frame-ancestors 'none'")) << where;
    }
}

TEST(Web, AnswersAPageWithItsOwnFileWhereItHasOne) {
    House house;
    for (const char* target : {"/shock", "/shock/strait?week=3"}) {
        const Response response = house.ask("GET", target);
        EXPECT_EQ(response.body, "<!doctype html><title>shock") << target;
        EXPECT_EQ(header(response, "Cache-Control"), "public, no-cache") << target;
        EXPECT_EQ(header(response, "ETag"), "\"shock\"") << target;
    }
}

TEST(Web, KeepsTheListOfAnalysesForBrowsersWithoutScripts) {
    House house;
    EXPECT_THAT(house.ask("GET", "/plain").body, testing::HasSubstr("/api/v1/analyses/echo"));
}

TEST(Web, LetsHashedNamesBeKeptForEver) {
    House house;
    const Response script = house.ask("GET", "/assets/page-1.js");
    EXPECT_EQ(script.body, "1;");
    EXPECT_EQ(header(script, "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(header(script, "Content-Type"), "text/javascript; charset=utf-8");
}

TEST(Web, SendsWhatIsPackedToWhoTakesIt) {
    House house;

    struct Case {
        const char* accepted;
        const char* body;
        const char* coding;
        const char* tag;
    };

    const std::vector<Case> cases{
        {"br;q=1, gzip;q=0.8", "page in brotli", "br", "\"page-br\""},
        {"gzip, deflate, br, zstd", "page in brotli", "br", "\"page-br\""},
        {"gzip, deflate", "page in gzip", "gzip", "\"page-gzip\""},
        {"gzip, br;q=0", "page in gzip", "gzip", "\"page-gzip\""},
        {"gzip;q=0", "<!doctype html>", "none", "\"page\""},
        {"brotli", "<!doctype html>", "none", "\"page\""},
    };
    for (const Case& row : cases) {
        Request request = house.request("GET", "/");
        request.headers.emplace_back("accept-encoding", row.accepted);
        const Response response = house.ask(request);
        EXPECT_EQ(response.body, row.body) << row.accepted;
        EXPECT_EQ(header(response, "Content-Encoding"), row.coding) << row.accepted;
        EXPECT_EQ(header(response, "ETag"), row.tag) << row.accepted;
        EXPECT_EQ(header(response, "Vary"), "Accept-Encoding") << row.accepted;
    }
    const Response script = ask_packed(house, "/assets/page-1.js");
    EXPECT_EQ(script.body, "1;") << "there is nothing packed of it";
    EXPECT_EQ(header(script, "Content-Encoding"), "none");
}

TEST(Web, SaysThatNothingHasChanged) {
    House house;
    Request again = house.request("GET", "/chain");
    again.headers.emplace_back("if-none-match", "\"page\"");
    const Response response = house.ask(again);
    EXPECT_EQ(response.status, 304);
    EXPECT_EQ(response.body, "");
}

TEST(Web, StandsUnderTheHeadersOfEveryAnswer) {
    House house;
    for (const char* target : {"/", "/chain", "/assets/page-1.js"}) {
        const Response response = house.ask("GET", target);
        const std::string policy = header(response, "Content-Security-Policy");
        EXPECT_THAT(policy, testing::HasSubstr("default-src 'none'; script-src 'self';")) << target;
        EXPECT_THAT(policy, testing::Not(testing::HasSubstr("unsafe"))) << target;
        EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff") << target;
        EXPECT_EQ(header(response, "X-Frame-Options"), "DENY") << target;
        EXPECT_EQ(header(response, "Set-Cookie"), "none") << target;
    }
}

TEST(Web, AnswersNobodyByAnotherName) {
    House house;
    Request elsewhere = house.request("GET", "/assets/page-1.js");
    elsewhere.headers[0].second = "evil.example";
    EXPECT_EQ(house.ask(elsewhere).status, 421);
}

TEST(Answers, ArePackedForWhoTakesThat) {
    House house;
    const std::string address = "/api/v1/openapi.json";
    const Response plain = house.ask("GET", address);
    EXPECT_EQ(header(plain, "Content-Encoding"), "none");
    EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding");
    const Response packed = ask_packed(house, address);
    EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
    EXPECT_EQ(header(packed, "ETag"), "W/" + header(plain, "ETag"));
    EXPECT_LT(packed.body.size(), plain.body.size() / 3);
    EXPECT_EQ(unpacked(packed.body), plain.body);
    Request again = house.request("GET", address);
    again.headers.emplace_back("accept-encoding", "gzip");
    again.headers.emplace_back("if-none-match", header(packed, "ETag"));
    EXPECT_EQ(house.ask(again).status, 304);
}

TEST(Answers, AreNotPackedWithSecretsOrWhenTheyAreShort) {
    House house;
    EXPECT_EQ(header(ask_packed(house, "/api/v1/session"), "Content-Encoding"), "none");
    EXPECT_EQ(header(ask_packed(house, "/healthz"), "Content-Encoding"), "none");
}

}  // namespace
}  // namespace adic::server
