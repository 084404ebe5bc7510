#pragma once

#include "adic/access/permission.hpp"
#include "adic/base/result.hpp"
#include "adic/model/release.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace adic::server {

/// Who asks, and what of.
struct Caller {
    access::Principal principal;
    std::string reader_name;  ///< "MYS", "org:yard", "everyone"
    model::Reader reader;
    /// What another page of the browser cannot know, and a request by cookie that changes something
    /// must say; empty: the caller is known by a token, or not at all.
    std::string csrf = {};

    /// Whose jobs, drafts and keys are whose.
    const std::string& account() const { return principal.account; }

    bool may(access::Permission permission) const { return principal.permissions.has(permission); }
};

/// What is said to come in; what a door does not ask for is left empty.
struct Entry {
    std::string name = {};
    std::string password = {};
    std::string code = {};  ///< of the second factor
    std::string key = {};   ///< that `adic serve` printed
    std::string as = {};    ///< a reader of the sample
    std::string peer = {};
    std::string agent = {};  ///< the program that asks, by its own words
};

/// What the browser keeps in a cookie, and for how long.
struct Admission {
    std::string secret;
    std::chrono::seconds lasts{};
};

/// Why nobody was let in.
struct NoAdmission {
    enum class Reason { wrong, code_needed, new_password_needed };

    Reason reason = Reason::wrong;
    std::chrono::seconds wait{0};  ///< before the next try
};

/// How people come in. Called by several threads.
class Door {
  public:
    Door() = default;
    Door(const Door&) = delete;
    Door& operator=(const Door&) = delete;
    virtual ~Door() = default;

    /// "sample", "desk" or "accounts": what a sign-in page has to ask for.
    virtual std::string_view kind() const = 0;

    /// Whether an audience is widened by two people.
    virtual bool has_four_eyes() const { return false; }

    /// Errors: invalid_argument for a reader of the sample that there is not; unavailable.
    virtual Result<std::variant<Admission, NoAdmission>>
    enter(const Entry& entry, std::chrono::sys_seconds now) = 0;

    /// Whose secret it is; empty: nobody's, or it has expired.
    virtual std::optional<Caller>
    by_cookie(std::string_view secret, std::chrono::sys_seconds now) = 0;

    virtual std::optional<Caller>
    by_token(std::string_view token, std::chrono::sys_seconds now) = 0;

    /// Who has not come in. Empty: nobody is let in without.
    virtual std::optional<Caller> stranger(std::chrono::sys_seconds now) = 0;

    virtual void leave(std::string_view secret) = 0;
};

/// The reader of that name on a day.
using FindReader =
    std::function<Result<model::Reader>(std::string_view name, std::chrono::sys_days today)>;

/// Everybody is who they say they are: for the sample, which holds nothing that is not public.
std::unique_ptr<Door>
open_sample_door(FindReader find_reader, std::function<std::string()> new_secret);

/// One reader, for whoever has the key that was printed where the server was started.
std::unique_ptr<Door> open_desk_door(
    std::string reader_name,
    std::string key,
    FindReader find_reader,
    std::function<std::string()> new_secret
);

}  // namespace adic::server
