#pragma once

#include "adic/base/result.hpp"
#include "adic/server/message.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace adic::server {

/// Where the server listens, and how much it bears.
struct HttpOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;                  ///< 0: any that is free
    std::filesystem::path certificate = {};  ///< chain in PEM; with `key`: TLS 1.2 and 1.3
    std::filesystem::path key = {};
    bool is_behind_tls = false;  ///< a proxy in front speaks it: requests count as secure
    std::size_t workers = 4;     ///< answers computed at the same time
    std::size_t most_connections = 1024;
    std::size_t most_connections_of_a_peer = 256;
    std::size_t largest_head = 16 * 1024;
    std::chrono::milliseconds head_time{10'000};   ///< from the first byte wanted to the last
    std::chrono::milliseconds body_time{60'000};   ///< of a request
    std::chrono::milliseconds write_time{30'000};  ///< without any progress
    std::chrono::milliseconds idle_time{30'000};   ///< between requests
};

/// What the server asks for each request. Both are called by several threads.
struct HttpHandler {
    /// How many bytes of body a request may bring, once its head is there. The head is whole; the
    /// body is not there yet.
    std::function<std::size_t(const Request& head)> largest_body;
    std::function<Response(const Request& request)> answer;
};

/// HTTP/1.1 over TCP or TLS. Connections wait in coroutines of one thread, so that slow ones cost
/// no thread; answers are computed by workers.
///
/// It knows nothing of what is asked. What is no HTTP, too large or too slow is answered with 400,
/// 408, 413 or 431, or just closed, and never reaches the handler.
class HttpServer {
  public:
    /// Takes the address; nobody is answered before `start`.
    /// Errors: invalid_argument for an address that is none, or a certificate or key that cannot be
    ///         used; unavailable if the port is taken.
    static Result<std::unique_ptr<HttpServer>> listen(HttpOptions options, HttpHandler handler);

    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    virtual ~HttpServer() = default;

    virtual void start() = 0;

    virtual std::uint16_t port() const = 0;

    virtual std::size_t connections() const = 0;

    /// Takes no new connections, lets what is being answered be finished for at most `patience`,
    /// and returns when all is closed. The second call does nothing.
    virtual void stop(std::chrono::milliseconds patience) = 0;

  protected:
    HttpServer() = default;
};

}  // namespace adic::server
