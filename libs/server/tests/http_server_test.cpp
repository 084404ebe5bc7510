#include "adic/server/http_server.hpp"

#include "raw_client.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <ostream>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

namespace adic::server {
namespace {

using namespace std::chrono_literals;
using test::RawClient;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Answers with what it was asked, and remembers it.
class Echo : public testing::Test {
  protected:
    void start(HttpOptions options = {}) {
        auto server = HttpServer::listen(
            std::move(options),
            {[](const Request& head) {
                 return head.path == "/small" ? std::size_t{4} : std::size_t{100'000};
             },
             [this](const Request& request) { return answer(request); }}
        );
        ASSERT_TRUE(server);
        server_ = *std::move(server);
        server_->start();
    }

    Response answer(const Request& request) {
        const std::lock_guard lock(using_);
        requests_.push_back(request);
        if (request.path == "/throw") {
            throw std::runtime_error("a bug");
        }
        return {
            200,
            {{"Content-Type", "text/plain"}},
            request.method + ' ' + request.path + ' ' + request.body,
            {}};
    }

    std::size_t asked() {
        const std::lock_guard lock(using_);
        return requests_.size();
    }

    std::mutex using_;
    std::vector<Request> requests_;
    std::unique_ptr<HttpServer> server_;
};

TEST_F(Echo, AnswersAndKeepsTheConnection) {
    start();
    RawClient client(server_->port());
    client.say("GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.hear_until("GET /a "), StartsWith("HTTP/1.1 200 OK\r\n"));
    client.say("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
    EXPECT_THAT(client.hear_until("POST /b abc"), HasSubstr("Content-Length: 11"));
    ASSERT_EQ(asked(), 2U);
    EXPECT_EQ(requests_[0].query, "b=c");
    EXPECT_EQ(requests_[0].header("host"), "x");
    EXPECT_EQ(requests_[0].peer, "127.0.0.1");
}

TEST_F(Echo, AnswersRequestsThatComeTogetherInTheirOrder) {
    start();
    RawClient client(server_->port());
    client.say(
        "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    );
    const std::string all = client.hear_all();
    EXPECT_LT(all.find("GET /1"), all.find("GET /2"));
    EXPECT_THAT(all, HasSubstr("Connection: close"));
}

TEST_F(Echo, TakesBodiesInParts) {
    start();
    RawClient client(server_->port());
    client.say("POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    std::this_thread::sleep_for(20ms);
    client.say("2\r\nde\r\n0\r\n\r\n");
    EXPECT_THAT(client.hear_until("POST /c abcde"), HasSubstr("200"));
}

TEST_F(Echo, SaysThatABodyMayCome) {
    start();
    RawClient client(server_->port());
    client.say("POST /d HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_THAT(client.hear_until("\r\n\r\n"), StartsWith("HTTP/1.1 100 Continue"));
    client.say("ok");
    EXPECT_THAT(client.hear_until("POST /d ok"), HasSubstr("200 OK"));
}

TEST_F(Echo, GivesNoBodyToHead) {
    start();
    RawClient client(server_->port());
    client.say("HEAD /e HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string all = client.hear_all();
    EXPECT_THAT(all, HasSubstr("Content-Length: 8"));
    EXPECT_TRUE(all.ends_with("\r\n\r\n")) << all;
}

TEST_F(Echo, HidesWhatABugSays) {
    start();
    RawClient client(server_->port());
    client.say("GET /throw HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string all = client.hear_all();
    EXPECT_THAT(all, StartsWith("HTTP/1.1 500"));
    EXPECT_THAT(all, Not(HasSubstr("a bug")));
}

/// Requests that never reach the handler, and the status they are answered with.
struct Refused {
    std::string name;
    std::string bytes;
    std::string status;

    friend void PrintTo(const Refused& one, std::ostream* out) { *out << one.name; }
};

class Refusals : public Echo, public testing::WithParamInterface<Refused> {};

TEST_P(Refusals, NeverReachTheHandler) {
    start();
    RawClient client(server_->port());
    client.say(GetParam().bytes);
    client.end();
    EXPECT_THAT(client.hear_all(), StartsWith("HTTP/1.1 " + GetParam().status));
    EXPECT_EQ(asked(), 0U);
    RawClient other(server_->port());
    other.say("GET /still HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(other.hear_all(), HasSubstr("GET /still"));
}

const std::string head = "POST /x HTTP/1.1\r\nHost: x\r\n";

INSTANTIATE_TEST_SUITE_P(
    Http,
    Refusals,
    testing::Values(
        Refused{"NoHttp", "hello there\r\n\r\n", "400"},
        Refused{
            "LargeHead",
            "GET / HTTP/1.1\r\nX: " + std::string(40'000, 'a') + "\r\n\r\n",
            "431"},
        Refused{"LargeBody", head + "Content-Length: 100001\r\n\r\n", "413"},
        Refused{
            "LargeChunks",
            "POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
            "chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
            "413"},
        Refused{
            "HugeChunk",
            head + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
            "400"},
        Refused{"TwoLengths", head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400"},
        Refused{
            "LengthAndChunks",
            head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "400"},
        Refused{"NegativeLength", head + "Content-Length: -1\r\n\r\n", "400"},
        Refused{"BareLineFeed", "GET / HTTP/1.1\nHost: x\n\n", "400"},
        Refused{"FoldedHeader", "GET / HTTP/1.1\r\nHost: x\r\n\x01: y\r\n\r\n", "400"},
        Refused{"NulInTarget", std::string("GET /a\0b HTTP/1.1\r\n\r\n", 23), "400"}
    ),
    [](const auto& one) { return one.param.name; }
);

TEST_F(Echo, ClosesConnectionsThatAreTooSlow) {
    HttpOptions options;
    options.head_time = 200ms;
    options.idle_time = 200ms;
    options.body_time = 200ms;
    start(options);
    for (const std::string& begun :
         {std::string{}, std::string("GET / HT"), head + "Content-Length: 9\r\n\r\nab"}) {
        RawClient client(server_->port());
        client.say(begun);
        const auto before = std::chrono::steady_clock::now();
        client.hear_all();
        EXPECT_LT(std::chrono::steady_clock::now() - before, 5s) << begun;
    }
    EXPECT_EQ(asked(), 0U);
}

TEST_F(Echo, GivesNoPeerAllConnections) {
    HttpOptions options;
    options.most_connections_of_a_peer = 2;
    start(options);
    RawClient one(server_->port());
    RawClient two(server_->port());
    one.say("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
    two.say("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
    one.hear_until("GET /1");
    two.hear_until("GET /2");
    RawClient three(server_->port());
    three.say("GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(three.hear_all(), "");
    EXPECT_EQ(server_->connections(), 2U);
}

TEST_F(Echo, ServesManyWhoAreSlowWithFewThreads) {
    start();
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int c = 0; c < 200; ++c) {
        idle.push_back(std::make_unique<RawClient>(server_->port()));
        idle.back()->say("GET /idle HTTP/1.1\r\nHo");
    }
    RawClient client(server_->port());
    client.say("GET /now HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(client.hear_all(), HasSubstr("GET /now"));
}

TEST_F(Echo, StopsWhileConnectionsAreOpen) {
    start();
    RawClient idle(server_->port());
    idle.say("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
    idle.hear_until("GET /1");
    const auto before = std::chrono::steady_clock::now();
    server_->stop(5s);
    EXPECT_LT(std::chrono::steady_clock::now() - before, 4s)
        << "idle connections are not waited for";
    EXPECT_EQ(idle.hear_all().find("HTTP"), std::string::npos);
    EXPECT_FALSE(RawClient(server_->port()).is_open());
}

TEST(HttpServer, LetsWhatIsBeingAnsweredBeFinished) {
    std::atomic<bool> is_begun = false;
    auto server = HttpServer::listen(
        {},
        {[](const Request&) { return std::size_t{0}; },
         [&](const Request&) {
             is_begun = true;
             std::this_thread::sleep_for(300ms);
             return Response{200, {}, "done", {}};
         }}
    );
    ASSERT_TRUE(server);
    (*server)->start();
    RawClient client((*server)->port());
    client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    while (!is_begun) {
        std::this_thread::sleep_for(1ms);
    }
    (*server)->stop(5s);
    EXPECT_THAT(client.hear_all(), HasSubstr("done"));
}

TEST(HttpServer, SendsEventsAsTheyCome) {
    std::atomic<int> count = 0;
    auto server = HttpServer::listen(
        {},
        {[](const Request&) { return std::size_t{0}; },
         [&](const Request&) {
             Response response{200, {{"Content-Type", "text/event-stream"}}, {}, {}};
             response.next = [&]() -> std::optional<std::string> {
                 const int now = count++;
                 if (now == 4) {
                     return std::nullopt;
                 }
                 return now % 2 == 0 ? "data: " + std::to_string(now) + "\n\n" : std::string{};
             };
             return response;
         }}
    );
    ASSERT_TRUE(server);
    (*server)->start();
    RawClient client((*server)->port());
    client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string all = client.hear_all();
    EXPECT_THAT(all, HasSubstr("\r\n\r\ndata: 0\n\ndata: 2\n\n"));
    EXPECT_THAT(all, Not(HasSubstr("Content-Length")));
}

TEST(HttpServer, RefusesAddressesAndCertificatesThatAreNone) {
    HttpOptions options;
    options.address = "nowhere";
    EXPECT_EQ(HttpServer::listen(options, {}).error().code, ErrorCode::invalid_argument);
    options.address = "127.0.0.1";
    options.certificate = "/nowhere/chain.pem";
    options.key = "/nowhere/key.pem";
    EXPECT_EQ(HttpServer::listen(options, {}).error().code, ErrorCode::invalid_argument);
}

TEST(HttpServer, SaysThatAPortIsTaken) {
    const HttpHandler handler{
        [](const Request&) { return std::size_t{0}; },
        [](const Request&) { return Response{}; }};
    const auto first = HttpServer::listen({}, handler);
    ASSERT_TRUE(first);
    HttpOptions options;
    options.port = (*first)->port();
    const auto second = HttpServer::listen(options, handler);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace adic::server
