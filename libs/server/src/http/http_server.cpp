#include "adic/server/http_server.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>  // Boost.Asio 1.74 needs std::exchange before its coroutines

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/ssl.h>

namespace adic::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using std::chrono::milliseconds;

/// A connection that bytes are read from and written to. One small interface, so that the long
/// coroutines are compiled once for TCP and TLS.
class Transport {
  public:
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport() = default;

    virtual awaitable<void> shake_hands() = 0;
    virtual awaitable<std::size_t> read(asio::mutable_buffer buffer) = 0;
    virtual awaitable<std::size_t> write(asio::const_buffer buffer) = 0;
    virtual awaitable<void> say_goodbye() = 0;
    virtual beast::tcp_stream& lowest() = 0;
};

class Plain : public Transport {
  public:
    explicit Plain(tcp::socket socket) : stream_(std::move(socket)) {}

    awaitable<void> shake_hands() override { co_return; }

    awaitable<std::size_t> read(asio::mutable_buffer buffer) override {
        return stream_.async_read_some(buffer, use_awaitable);
    }

    awaitable<std::size_t> write(asio::const_buffer buffer) override {
        return stream_.async_write_some(buffer, use_awaitable);
    }

    awaitable<void> say_goodbye() override { co_return; }

    beast::tcp_stream& lowest() override { return stream_; }

  private:
    beast::tcp_stream stream_;
};

class Secure : public Transport {
  public:
    Secure(tcp::socket socket, asio::ssl::context& context)
        : stream_(beast::tcp_stream(std::move(socket)), context) {}

    awaitable<void> shake_hands() override {
        return stream_.async_handshake(asio::ssl::stream_base::server, use_awaitable);
    }

    awaitable<std::size_t> read(asio::mutable_buffer buffer) override {
        return stream_.async_read_some(buffer, use_awaitable);
    }

    awaitable<std::size_t> write(asio::const_buffer buffer) override {
        return stream_.async_write_some(buffer, use_awaitable);
    }

    awaitable<void> say_goodbye() override { return stream_.async_shutdown(use_awaitable); }

    beast::tcp_stream& lowest() override { return stream_.next_layer(); }

  private:
    asio::ssl::stream<beast::tcp_stream> stream_;
};

/// What is wrong with a request that cannot be read: the status to answer with.
struct Refusal {
    int status;
};

using Parser = http::request_parser<http::string_body>;

std::string lower(beast::string_view text) {
    std::string word(text.data(), text.size());
    std::ranges::transform(word, word.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return word;
}

int status_of(const beast::error_code& problem) {
    constexpr int bad_request = 400;
    constexpr int too_large = 413;
    constexpr int head_too_large = 431;
    if (problem == http::error::header_limit) {
        return head_too_large;
    }
    return problem == http::error::body_limit ? too_large : bad_request;
}

/// The head as what the handler gets. Two lengths, or a length beside chunks, are how requests are
/// smuggled past a proxy: the parser refuses them.
Request request_of(const Parser::value_type& message, const std::string& peer, bool is_secure) {
    Request request;
    request.method = std::string(message.method_string());
    const std::string target(message.target());
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    request.query = mark == std::string::npos ? std::string{} : target.substr(mark + 1);
    for (const auto& field : message) {
        request.headers.emplace_back(lower(field.name_string()), std::string(field.value()));
    }
    request.peer = peer;
    request.is_secure = is_secure;
    return request;
}

std::string http_date() {
    return fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(std::time(nullptr)));
}

bool has_body(int status) {
    constexpr int no_content = 204;
    constexpr int not_modified = 304;
    return status != no_content && status != not_modified;
}

std::string head_of(const Response& response, bool stays) {
    std::string head = fmt::format(
        "HTTP/1.1 {} {}\r\nDate: {}\r\n",
        response.status,
        reason_of(response.status),
        http_date()
    );
    for (const auto& [name, value] : response.headers) {
        head += name + ": " + value + "\r\n";
    }
    if (!response.next && has_body(response.status)) {
        head += fmt::format("Content-Length: {}\r\n", response.body.size());
    }
    head += stays ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return head;
}

/// How many connections there are, of all and of each peer.
class Counter {
  public:
    Counter(std::size_t most, std::size_t most_of_a_peer)
        : most_(most)
        , most_of_a_peer_(most_of_a_peer) {}

    bool enter(const std::string& peer) {
        const std::lock_guard lock(using_);
        if (all_ >= most_ || of_peer_[peer] >= most_of_a_peer_) {
            return false;
        }
        ++all_;
        ++of_peer_[peer];
        return true;
    }

    void leave(const std::string& peer) {
        const std::lock_guard lock(using_);
        --all_;
        const auto found = of_peer_.find(peer);
        if (--found->second == 0) {
            of_peer_.erase(found);
        }
        changed_.notify_all();
    }

    std::size_t all() const {
        const std::lock_guard lock(using_);
        return all_;
    }

    bool wait_until_empty(milliseconds patience) {
        std::unique_lock lock(using_);
        return changed_.wait_for(lock, patience, [&] { return all_ == 0; });
    }

  private:
    std::size_t most_;
    std::size_t most_of_a_peer_;
    mutable std::mutex using_;
    std::condition_variable changed_;
    std::size_t all_ = 0;
    std::map<std::string, std::size_t> of_peer_;
};

/// One connection from its first byte to its last.
class Connection {
  public:
    struct House {
        const HttpOptions& options;
        const HttpHandler& handler;
        asio::thread_pool& workers;
        const std::atomic<bool>& is_closing;
    };

    Connection(House house, Transport& transport, std::string peer, bool is_secure)
        : house_(house)
        , transport_(transport)
        , peer_(std::move(peer))
        , is_secure_(is_secure) {}

    awaitable<void> serve() {
        allow(house_.options.head_time);
        co_await transport_.shake_hands();
        bool stays = true;
        while (stays && !house_.is_closing) {
            stays = co_await serve_one();
        }
        allow(house_.options.write_time);
        co_await transport_.say_goodbye();
    }

    /// Nothing has come of a next request: who closes this connection takes an answer from nobody.
    bool is_idle() const { return is_idle_; }

    void close() { transport_.lowest().close(); }

  private:
    void allow(milliseconds time) { transport_.lowest().expires_after(time); }

    /// Reads on until the parser has what it wants of the buffer.
    awaitable<void> read_more() {
        constexpr std::size_t step = 16 * 1024;
        const std::size_t count = co_await transport_.read(buffer_.prepare(step));
        if (count == 0) {
            throw boost::system::system_error(asio::error::eof);
        }
        buffer_.commit(count);
    }

    /// Gives the parser what the buffer has. Errors as a Refusal.
    void feed(Parser& parser) {
        beast::error_code problem;
        const std::size_t used = parser.put(buffer_.data(), problem);
        buffer_.consume(used);
        if (problem && problem != http::error::need_more) {
            throw Refusal{status_of(problem)};
        }
    }

    awaitable<void> read_head(Parser& parser) {
        allow(house_.options.idle_time);
        if (buffer_.size() == 0) {
            is_idle_ = true;
            co_await read_more();
            is_idle_ = false;
        }
        allow(house_.options.head_time);
        while (true) {
            feed(parser);
            if (parser.is_header_done()) {
                co_return;
            }
            co_await read_more();
        }
    }

    awaitable<void> read_body(Parser& parser) {
        allow(house_.options.body_time);
        if (lower(parser.get()[http::field::expect]) == "100-continue" && !parser.is_done()) {
            co_await write("HTTP/1.1 100 Continue\r\n\r\n");
            allow(house_.options.body_time);
        }
        parser.eager(true);
        while (!parser.is_done()) {
            if (buffer_.size() > 0) {
                feed(parser);
            }
            if (!parser.is_done()) {
                co_await read_more();
            }
        }
    }

    /// Whether the connection stays for another request.
    awaitable<bool> serve_one() {
        std::optional<Refusal> refusal;
        Request request;
        bool stays = false;
        try {
            stays = co_await read(request);
        } catch (const Refusal& found) {
            refusal = found;
        }
        if (refusal) {
            co_await write_refusal(*refusal);
            co_return false;
        }
        Response response = co_await compute(request);
        stays = stays && !house_.is_closing && !response.next;
        co_await write(response, stays, request.method == "HEAD");
        co_return stays;
    }

    awaitable<bool> read(Request& request) {
        Parser parser;
        parser.eager(false);
        parser.header_limit(static_cast<std::uint32_t>(house_.options.largest_head));
        parser.body_limit(UINT64_MAX);  // until the head says who asks
        co_await read_head(parser);
        request = request_of(parser.get(), peer_, is_secure_);
        constexpr int too_large = 413;
        const std::size_t largest = house_.handler.largest_body(request);
        if (parser.content_length() && *parser.content_length() > largest) {
            throw Refusal{too_large};
        }
        parser.body_limit(std::uint64_t{largest});
        co_await read_body(parser);
        const bool stays = parser.get().keep_alive();
        request.body = std::move(parser.get().body());
        co_return stays;
    }

    /// The answer, from a worker; this connection waits without a thread.
    awaitable<Response> compute(const Request& request) {
        transport_.lowest().expires_never();
        co_return co_await asio::async_initiate<decltype(use_awaitable), void(Response)>(
            [this, &request](auto finish) {
                asio::post(house_.workers, [this, &request, finish = std::move(finish)]() mutable {
                    Response response = answer(request);
                    const auto home = asio::get_associated_executor(finish);
                    asio::post(
                        home,
                        [finish = std::move(finish), response = std::move(response)]() mutable {
                            std::move(finish)(std::move(response));
                        }
                    );
                });
            },
            use_awaitable
        );
    }

    Response answer(const Request& request) const {
        constexpr int internal = 500;
        try {
            return house_.handler.answer(request);
        } catch (const std::exception&) {
            return Response{internal, {}, {}, {}};
        }
    }

    awaitable<void> write(std::string_view text) {
        while (!text.empty()) {
            allow(house_.options.write_time);
            text.remove_prefix(co_await transport_.write(asio::buffer(text.data(), text.size())));
        }
    }

    awaitable<void> write(const Response& response, bool stays, bool is_head) {
        std::string head = head_of(response, stays);
        if (is_head || !has_body(response.status)) {
            co_await write(head);
            co_return;
        }
        constexpr std::size_t small = 64 * 1024;
        if (response.body.size() < small) {
            head += response.body;
            co_await write(head);
        } else {
            co_await write(head);
            co_await write(response.body);
        }
        if (response.next) {
            co_await write_parts(response.next);
        }
    }

    /// A comment now and then shows whether somebody is still there.
    awaitable<void> write_parts(const NextPart& next) {
        constexpr milliseconds nap{100};
        constexpr int naps_until_comment = 100;
        asio::steady_timer timer{co_await asio::this_coro::executor};
        int silence = 0;
        while (!house_.is_closing) {
            const auto part = next();
            if (!part) {
                co_return;
            }
            if (!part->empty()) {
                silence = 0;
                co_await write(*part);
                continue;
            }
            if (++silence == naps_until_comment) {
                silence = 0;
                co_await write(": still there\n\n");
            }
            timer.expires_after(nap);
            co_await timer.async_wait(use_awaitable);
        }
    }

    awaitable<void> write_refusal(Refusal refusal) {
        const std::string body = fmt::format(
            R"({{"error":{{"code":"invalid_argument","message":"{}"}}}})",
            reason_of(refusal.status)
        );
        const Response response{refusal.status, {{"Content-Type", "application/json"}}, body, {}};
        co_await write(response, false, false);
    }

    House house_;
    Transport& transport_;
    std::string peer_;
    bool is_secure_;
    bool is_idle_ = false;
    beast::flat_buffer buffer_;
};

class AsioServer : public HttpServer {
  public:
    AsioServer(HttpOptions options, HttpHandler handler)
        : options_(std::move(options))
        , handler_(std::move(handler))
        , counter_(options_.most_connections, options_.most_connections_of_a_peer)
        , workers_(options_.workers)
        , acceptor_(context_)
        , tls_(asio::ssl::context::tls_server) {}

    ~AsioServer() override { stop(milliseconds{0}); }

    std::optional<Error> open() {
        boost::system::error_code problem;
        const auto address = asio::ip::make_address(options_.address, problem);
        if (problem) {
            return Error{
                ErrorCode::invalid_argument,
                "'" + options_.address + "' is no address: write 127.0.0.1, 0.0.0.0 or ::1",
                {}};
        }
        if (auto error = open_tls()) {
            return error;
        }
        try {
            const tcp::endpoint endpoint{address, options_.port};
            acceptor_.open(endpoint.protocol());
            acceptor_.set_option(tcp::acceptor::reuse_address(true));
            acceptor_.bind(endpoint);
            acceptor_.listen();
            port_ = acceptor_.local_endpoint().port();
        } catch (const boost::system::system_error& failed) {
            return Error{
                ErrorCode::unavailable,
                fmt::format(
                    "nobody can listen on {} port {}: {}",
                    options_.address,
                    options_.port,
                    failed.code().message()
                ),
                {}};
        }
        return std::nullopt;
    }

    void start() override {
        asio::co_spawn(context_, accept(), asio::detached);
        thread_ = std::thread([this] { context_.run(); });
    }

    std::uint16_t port() const override { return port_; }

    std::size_t connections() const override { return counter_.all(); }

    void stop(milliseconds patience) override {
        if (is_closing_.exchange(true) || !thread_.joinable()) {
            return;
        }
        asio::post(context_, [this] {
            boost::system::error_code ignored;
            acceptor_.close(ignored);
            for (Connection* connection : open_) {
                if (connection->is_idle()) {
                    connection->close();
                }
            }
        });
        counter_.wait_until_empty(patience);
        asio::post(context_, [this] {
            for (Connection* connection : open_) {
                connection->close();
            }
        });
        workers_.join();
        constexpr milliseconds last_wait{2000};
        counter_.wait_until_empty(last_wait);
        context_.stop();
        thread_.join();
    }

  private:
    std::optional<Error> open_tls() {
        if (options_.certificate.empty() && options_.key.empty()) {
            return std::nullopt;
        }
        try {
            tls_.set_options(
                asio::ssl::context::default_workarounds | asio::ssl::context::no_compression
            );
            SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_2_VERSION);
            SSL_CTX_set_cipher_list(tls_.native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20");
            SSL_CTX_set_options(
                tls_.native_handle(),
                SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE
            );
            tls_.use_certificate_chain_file(options_.certificate.string());
            tls_.use_private_key_file(options_.key.string(), asio::ssl::context::pem);
        } catch (const boost::system::system_error& failed) {
            return Error{
                ErrorCode::invalid_argument,
                "the certificate and the key cannot be used together: " + failed.code().message(),
                {}};
        }
        is_secure_ = true;
        return std::nullopt;
    }

    awaitable<void> accept() {
        while (!is_closing_) {
            boost::system::error_code problem;
            tcp::socket socket =
                co_await acceptor_.async_accept(asio::redirect_error(use_awaitable, problem));
            if (problem == asio::error::operation_aborted || is_closing_) {
                co_return;
            }
            if (problem) {  // out of descriptors: those that are open go on, and free some
                asio::steady_timer timer{context_, milliseconds{100}};
                co_await timer.async_wait(use_awaitable);
                continue;
            }
            const auto peer = socket.remote_endpoint(problem).address().to_string();
            if (problem || !counter_.enter(peer)) {
                continue;
            }
            asio::co_spawn(context_, serve(std::move(socket), peer), asio::detached);
        }
    }

    awaitable<void> serve(tcp::socket socket, std::string peer) {
        boost::system::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        std::unique_ptr<Transport> transport;
        if (is_secure_) {
            transport = std::make_unique<Secure>(std::move(socket), tls_);
        } else {
            transport = std::make_unique<Plain>(std::move(socket));
        }
        Connection connection{
            {options_, handler_, workers_, is_closing_},
            *transport,
            peer,
            is_secure_ || options_.is_behind_tls};
        open_.push_back(&connection);
        try {
            co_await connection.serve();
        } catch (const boost::system::system_error&) {
            // The peer has gone away or was too slow: there is nobody to tell.
        }
        std::erase(open_, &connection);
        connection.close();
        counter_.leave(peer);
    }

    HttpOptions options_;
    HttpHandler handler_;
    Counter counter_;
    std::atomic<bool> is_closing_ = false;
    asio::io_context context_{1};
    asio::thread_pool workers_;
    tcp::acceptor acceptor_;
    asio::ssl::context tls_;
    bool is_secure_ = false;
    std::uint16_t port_ = 0;
    std::thread thread_;
    /// Of the thread of `context_` alone.
    std::vector<Connection*> open_;
};

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::listen(HttpOptions options, HttpHandler handler) {
    auto server = std::make_unique<AsioServer>(std::move(options), std::move(handler));
    if (auto problem = server->open()) {
        return *std::move(problem);
    }
    return std::unique_ptr<HttpServer>(std::move(server));
}

}  // namespace adic::server
