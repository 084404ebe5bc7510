#include "adic/access/password.hpp"

#include "encoding.hpp"

#include <cerrno>

#include <sodium.h>

namespace adic::access {

/// The right to compute a hash; given back when it goes.
class PasswordHasher::Place {
  public:
    explicit Place(const PasswordHasher& hasher) : hasher_(&hasher) {}

    Place(Place&& other) noexcept : hasher_(std::exchange(other.hasher_, nullptr)) {}

    Place& operator=(Place&&) = delete;
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    ~Place() {
        if (hasher_ != nullptr) {
            const std::scoped_lock alone(hasher_->mutex_);
            --hasher_->working_;
            hasher_->left_.notify_one();
        }
    }

  private:
    const PasswordHasher* hasher_;
};

namespace {

Error no_memory() {
    return {ErrorCode::unavailable, "there is no memory to look at a password now", {}};
}

/// As libsodium writes a hash, of an answer that no password is known to give.
std::string hash_of_nobody(const PasswordCost& cost) {
    const std::string salt(16, 's');
    const std::string answer(32, 'a');
    const auto plain = [](std::string_view bytes) {
        std::string text(
            sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING),
            '\0'
        );
        sodium_bin2base64(
            text.data(),
            text.size(),
            bytes_of(bytes),
            bytes.size(),
            sodium_base64_VARIANT_ORIGINAL_NO_PADDING
        );
        text.pop_back();
        return text;
    };
    constexpr std::size_t kibi = 1024;
    return "$argon2id$v=19$m=" + std::to_string(cost.memory_bytes / kibi)
           + ",t=" + std::to_string(cost.passes) + ",p=1$" + plain(salt) + "$" + plain(answer);
}

}  // namespace

PasswordHasher::PasswordHasher(PasswordCost cost, HashingLimits limits)
    : cost_(cost)
    , limits_(limits)
    , nobody_(hash_of_nobody(cost)) {}

Result<PasswordHasher::Place> PasswordHasher::take_place() const {
    static const bool is_ready = sodium_init() >= 0;
    std::unique_lock alone(mutex_);
    if (!is_ready || (working_ >= limits_.at_once && waiting_ >= limits_.waiting)) {
        return Error{
            ErrorCode::unavailable,
            "too many are signing in at this moment: try again shortly",
            {}};
    }
    ++waiting_;
    left_.wait(alone, [this] { return working_ < limits_.at_once; });
    --waiting_;
    ++working_;
    return Place(*this);
}

Result<std::string> PasswordHasher::hash(std::string_view password) const {
    ADIC_TRY(const Place place, take_place());
    std::string text(crypto_pwhash_STRBYTES, '\0');
    const int failed = crypto_pwhash_str_alg(
        text.data(),
        password.data(),
        password.size(),
        cost_.passes,
        cost_.memory_bytes,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (failed != 0) {
        return no_memory();
    }
    text.resize(text.find('\0'));
    return text;
}

Result<bool> PasswordHasher::verify(std::string_view hash, std::string_view password) const {
    const std::string known{hash.empty() ? nobody_ : hash};
    ADIC_TRY(const Place place, take_place());
    errno = 0;
    const bool is_right =
        crypto_pwhash_str_verify(known.c_str(), password.data(), password.size()) == 0;
    if (!is_right && errno == ENOMEM) {
        return no_memory();
    }
    return is_right && !hash.empty();
}

bool PasswordHasher::is_outdated(std::string_view hash) const {
    const std::string known{hash};
    return crypto_pwhash_str_needs_rehash(known.c_str(), cost_.passes, cost_.memory_bytes) != 0;
}

}  // namespace adic::access
