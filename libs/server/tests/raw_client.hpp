#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace adic::test {

/// A connection that says and hears bytes, right or wrong.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        is_open_ =
            ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        const timeval patience{10, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }

    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    ~RawClient() { ::close(socket_); }

    bool is_open() const { return is_open_; }

    bool say(std::string_view text) const {
        while (!text.empty()) {
            const auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                return false;
            }
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    void end() const { ::shutdown(socket_, SHUT_WR); }

    /// What comes until the text stands in it, or the other side closes.
    std::string hear_until(std::string_view text) {
        while (heard_.find(text) == std::string::npos) {
            if (!hear_more()) {
                break;
            }
        }
        const auto found = heard_.find(text);
        const std::size_t size = found == std::string::npos ? heard_.size() : found + text.size();
        std::string said = heard_.substr(0, size);
        heard_.erase(0, size);
        return said;
    }

    /// All that comes until the other side closes.
    std::string hear_all() {
        while (hear_more()) {
        }
        return std::move(heard_);
    }

  private:
    bool hear_more() {
        char buffer[4096];
        const auto count = ::recv(socket_, buffer, sizeof buffer, 0);
        if (count <= 0) {
            return false;
        }
        heard_.append(buffer, static_cast<std::size_t>(count));
        return true;
    }

    int socket_;
    bool is_open_ = false;
    std::string heard_;
};

}  // namespace adic::test
