#pragma once

#include "adic/server/message.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

namespace adic::server {

/// Answers to requests that changed something, by the key that the client chose: asked again with
/// the same key, the same answer comes, and nothing is changed a second time. Kept for a day, in
/// memory.
class AnsweredKeys {
  public:
    enum class Claim {
        fresh,    ///< answer it, then call `keep` or `drop`
        running,  ///< the first request with this key has not been answered yet
        other     ///< the key stood before another request
    };

    /// What is known of the key of an account; the request is given by a digest.
    std::variant<Claim, Response> claim(
        const std::string& account,
        const std::string& key,
        const std::string& digest,
        std::chrono::sys_seconds now
    );

    void keep(const std::string& account, const std::string& key, const Response& response);

    /// Nothing was changed: the key is free again.
    void drop(const std::string& account, const std::string& key);

  private:
    using Name = std::pair<std::string, std::string>;

    struct Kept {
        std::string digest;
        std::chrono::sys_seconds at;
        std::optional<Response> response;
    };

    void make_room(std::chrono::sys_seconds now);

    std::mutex using_;
    std::map<Name, Kept> kept_;
    std::deque<Name> order_;  ///< the oldest first
};

}  // namespace adic::server
