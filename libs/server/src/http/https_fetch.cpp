#include "adic/server/https_fetch.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <optional>
#include <utility>  // Boost.Asio 1.74 needs std::exchange before its coroutines

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl.hpp>
#include <openssl/ssl.h>

namespace adic::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;

using Asked = http::request<http::string_body>;

/// Empty: there is none yet.
using Answer = std::optional<Result<std::string>>;

struct Address {
    bool is_secure = true;
    std::string host;
    std::string port;
    std::string authority;  ///< host and port as they stand in the address
    std::string target;
};

std::optional<Address> address_of(std::string_view url) {
    constexpr std::string_view secure = "https://";
    constexpr std::string_view open = "http://";
    Address address;
    address.is_secure = url.starts_with(secure);
    if (!address.is_secure && !url.starts_with(open)) {
        return std::nullopt;
    }
    url.remove_prefix(address.is_secure ? secure.size() : open.size());
    const bool is_clean = std::ranges::all_of(url, [](char c) { return c > ' ' && c < '\x7F'; });
    if (!is_clean || url.find_first_of("#@\\[]") != std::string_view::npos) {
        return std::nullopt;
    }
    const auto end = std::min(url.find_first_of("/?"), url.size());
    address.authority = url.substr(0, end);
    const std::string_view rest = url.substr(end);
    address.target = (rest.starts_with('/') ? "" : "/") + std::string(rest);
    const auto colon = address.authority.find(':');
    address.host = address.authority.substr(0, colon);
    address.port = colon == std::string::npos ? (address.is_secure ? "443" : "80")
                                              : address.authority.substr(colon + 1);
    const auto port = parse_whole(address.port);
    constexpr std::uint64_t last_port = 65535;
    if (address.host.empty() || !port || *port == 0 || *port > last_port) {
        return std::nullopt;
    }
    return address;
}

Asked request_of(const Address& address, const std::string& body) {
    constexpr unsigned version = 11;
    Asked request{body.empty() ? http::verb::get : http::verb::post, address.target, version};
    request.set(http::field::host, address.authority);
    request.set(http::field::accept, "application/json");
    request.set(http::field::connection, "close");
    if (!body.empty()) {
        request.set(http::field::content_type, "application/x-www-form-urlencoded");
        request.body() = body;
        request.prepare_payload();
    }
    return request;
}

Error unavailable(std::string detail) {
    return {ErrorCode::unavailable, "the login service does not answer", std::move(detail)};
}

template <typename Stream>
awaitable<Answer> exchange(Stream& stream, const Asked& request, std::size_t largest) {
    constexpr std::uint32_t largest_head = 16 * 1024;
    co_await http::async_write(stream, request, use_awaitable);
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.header_limit(largest_head);
    parser.body_limit(largest);
    co_await http::async_read_header(stream, buffer, parser, use_awaitable);
    // Before room is made for it.
    bool is_too_large = parser.content_length().value_or(0) > largest;
    while (!parser.is_done() && !is_too_large) {
        co_await http::async_read_some(stream, buffer, parser, use_awaitable);
        is_too_large = parser.get().body().size() > largest;
    }
    if (is_too_large) {
        co_return unavailable("too large");
    }
    if (parser.get().result() != http::status::ok) {
        co_return Error{
            ErrorCode::not_found,
            "the login service refused",
            "status " + std::to_string(parser.get().result_int())};
    }
    co_return std::move(parser.get().body());
}

asio::ssl::context trusting(const FetchOptions& options) {
    asio::ssl::context context(asio::ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    context.set_verify_mode(asio::ssl::verify_peer);
    if (options.authorities.empty()) {
        context.set_default_verify_paths();
    } else {
        context.load_verify_file(options.authorities.string());
    }
    return context;
}

awaitable<Answer>
fetch_from(const FetchOptions& options, const Address& address, const Asked& request) {
    const auto executor = co_await asio::this_coro::executor;
    tcp::resolver resolver(executor);
    const auto found = co_await resolver.async_resolve(address.host, address.port, use_awaitable);
    const bool is_own = std::ranges::all_of(found, [](const auto& one) {
        return one.endpoint().address().is_loopback();
    });
    if (!address.is_secure && !is_own) {
        co_return Error{ErrorCode::invalid_argument, "http:// is for this machine alone", {}};
    }
    if (!address.is_secure) {
        beast::tcp_stream stream(executor);
        stream.expires_after(options.patience);
        co_await stream.async_connect(found, use_awaitable);
        co_return co_await exchange(stream, request, options.largest_body);
    }
    asio::ssl::context context = trusting(options);
    beast::ssl_stream<beast::tcp_stream> stream(executor, context);
    std::string name = address.host;
    // What the macro SSL_set_tlsext_host_name does, without its cast.
    SSL_ctrl(
        stream.native_handle(),
        SSL_CTRL_SET_TLSEXT_HOSTNAME,
        TLSEXT_NAMETYPE_host_name,
        name.data()
    );
    stream.set_verify_callback(asio::ssl::host_name_verification(address.host));
    beast::get_lowest_layer(stream).expires_after(options.patience);
    co_await beast::get_lowest_layer(stream).async_connect(found, use_awaitable);
    co_await stream.async_handshake(asio::ssl::stream_base::client, use_awaitable);
    co_return co_await exchange(stream, request, options.largest_body);
}

Result<std::string>
fetch(const FetchOptions& options, const std::string& url, const std::string& body) {
    const auto address = address_of(url);
    if (!address) {
        return Error{ErrorCode::invalid_argument, "this is no address of a service", {}};
    }
    const Asked request = request_of(*address, body);
    Answer answer;
    asio::io_context loop;
    asio::co_spawn(
        loop,
        fetch_from(options, *address, request),
        [&](const std::exception_ptr& problem, Answer given) {
            if (!problem) {
                answer = std::move(given);
                return;
            }
            try {
                std::rethrow_exception(problem);
            } catch (const std::exception& thrown) {
                answer = unavailable(thrown.what());
            }
        }
    );
    loop.run_for(options.patience);
    return answer ? *std::move(answer) : Result<std::string>(unavailable("too slow"));
}

}  // namespace

access::Fetch https_fetch(FetchOptions options) {
    return [options = std::move(options)](const std::string& url, const std::string& body) {
        return fetch(options, url, body);
    };
}

}  // namespace adic::server
