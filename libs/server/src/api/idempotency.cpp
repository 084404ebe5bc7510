#include "api/idempotency.hpp"

namespace adic::server {
namespace {

constexpr std::chrono::hours kept_for{24};
constexpr std::size_t most_keys = 10'000;

}  // namespace

std::variant<AnsweredKeys::Claim, Response> AnsweredKeys::claim(
    const std::string& account,
    const std::string& key,
    const std::string& digest,
    std::chrono::sys_seconds now
) {
    const std::lock_guard lock(using_);
    make_room(now);
    const Name name{account, key};
    const auto found = kept_.find(name);
    if (found == kept_.end()) {
        kept_.emplace(name, Kept{digest, now, std::nullopt});
        order_.push_back(name);
        return Claim::fresh;
    }
    if (found->second.digest != digest) {
        return Claim::other;
    }
    if (!found->second.response) {
        return Claim::running;
    }
    return *found->second.response;
}

void AnsweredKeys::keep(
    const std::string& account,
    const std::string& key,
    const Response& response
) {
    const std::lock_guard lock(using_);
    const auto found = kept_.find({account, key});
    if (found != kept_.end()) {
        found->second.response = response;
    }
}

void AnsweredKeys::drop(const std::string& account, const std::string& key) {
    const std::lock_guard lock(using_);
    kept_.erase({account, key});
}

void AnsweredKeys::make_room(std::chrono::sys_seconds now) {
    while (!order_.empty()) {
        const auto oldest = kept_.find(order_.front());
        const bool is_gone = oldest == kept_.end();
        if (!is_gone && kept_.size() < most_keys && oldest->second.at + kept_for > now) {
            return;
        }
        if (!is_gone) {
            kept_.erase(oldest);
        }
        order_.pop_front();
    }
}

}  // namespace adic::server
