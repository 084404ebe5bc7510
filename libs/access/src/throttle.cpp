#include "adic/access/throttle.hpp"

#include "encoding.hpp"

#include <algorithm>

#include <arpa/inet.h>
#include <sodium.h>

namespace adic::access {

using std::chrono::seconds;
using std::chrono::sys_seconds;

Throttle::Throttle(ThrottlePolicy policy, const RandomSource& random) : policy_(policy) {
    random(std::as_writable_bytes(std::span(secret_)));
}

std::string Throttle::hashed(std::string_view key) const {
    std::string hash(crypto_generichash_BYTES_MIN, '\0');
    crypto_generichash(
        bytes_of(hash),
        hash.size(),
        bytes_of(key),
        key.size(),
        secret_.data(),
        secret_.size()
    );
    return hash;
}

seconds Throttle::wait_for(std::string_view key, sys_seconds now) const {
    const std::scoped_lock alone(mutex_);
    const auto found = entries_.find(hashed(key));
    if (found == entries_.end()) {
        return seconds{0};
    }
    return std::max(found->second->free_at - now, seconds{0});
}

seconds Throttle::attempt(std::string_view key, sys_seconds now) {
    const std::scoped_lock alone(mutex_);
    forget_old(now);
    std::string hash = hashed(key);
    const auto found = entries_.find(hash);
    Entry entry{hash, 0, now, now};
    if (found != entries_.end()) {
        if (found->second->free_at > now) {
            return found->second->free_at - now;
        }
        entry = std::move(*found->second);
        by_age_.erase(found->second);
        entries_.erase(found);
    }
    ++entry.failures;
    entry.last = now;
    entry.free_at = now + delay_after(entry.failures);
    by_age_.push_back(std::move(entry));
    entries_.emplace(std::move(hash), std::prev(by_age_.end()));
    return seconds{0};
}

void Throttle::take_back(std::string_view key, sys_seconds now) {
    const std::scoped_lock alone(mutex_);
    const auto found = entries_.find(hashed(key));
    if (found == entries_.end()) {
        return;
    }
    Entry& entry = *found->second;
    --entry.failures;
    entry.free_at = std::min(entry.free_at, now);
    if (entry.failures == 0) {
        by_age_.erase(found->second);
        entries_.erase(found);
    }
}

seconds Throttle::delay_after(std::size_t failures) const {
    if (failures >= policy_.failures_to_lock) {
        return policy_.lock;
    }
    if (failures <= policy_.free_failures) {
        return seconds{0};
    }
    seconds delay = policy_.first_delay;
    for (std::size_t f = policy_.free_failures + 1; f < failures && delay < policy_.longest_delay;
         ++f) {
        delay *= 2;
    }
    return std::min(delay, policy_.longest_delay);
}

void Throttle::forget_old(sys_seconds now) {
    while (!by_age_.empty()
           && (by_age_.front().last + policy_.memory <= now || by_age_.size() >= policy_.most_keys)
    ) {
        entries_.erase(by_age_.front().key);
        by_age_.pop_front();
    }
}

void Throttle::succeed(std::string_view key) {
    const std::scoped_lock alone(mutex_);
    const auto found = entries_.find(hashed(key));
    if (found != entries_.end()) {
        by_age_.erase(found->second);
        entries_.erase(found);
    }
}

std::size_t Throttle::size() const {
    const std::scoped_lock alone(mutex_);
    return entries_.size();
}

std::string throttled_address(std::string_view address) {
    std::string text{address.substr(0, address.find('%'))};  // without the interface
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) {
        return text;
    }
    constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) {
        std::array<char, INET_ADDRSTRLEN> four{};
        inet_ntop(AF_INET, bytes.data() + mapped.size(), four.data(), four.size());
        return four.data();
    }
    std::fill(bytes.begin() + bytes.size() / 2, bytes.end(), static_cast<unsigned char>(0));
    std::array<char, INET6_ADDRSTRLEN> network{};
    inet_ntop(AF_INET6, bytes.data(), network.data(), network.size());
    return std::string(network.data()) + "/64";
}

}  // namespace adic::access
