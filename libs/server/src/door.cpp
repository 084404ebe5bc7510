#include "adic/server/door.hpp"

#include "adic/base/text.hpp"

#include <map>
#include <mutex>
#include <utility>

#include <sodium.h>

namespace adic::server {
namespace {

using std::chrono::sys_seconds;
using Entered = std::variant<Admission, NoAdmission>;

constexpr std::chrono::hours session_lasts{12};
constexpr std::size_t most_sessions = 10'000;

/// Sessions in memory: whom a secret was given to, and until when it is good.
class Sessions {
  public:
    struct Session {
        std::string reader_name;
        std::string csrf;
        sys_seconds until;
    };

    explicit Sessions(std::function<std::string()> new_secret)
        : new_secret_(std::move(new_secret)) {}

    Admission open(const std::string& reader_name, sys_seconds now) {
        const std::lock_guard lock(using_);
        std::erase_if(sessions_, [&](const auto& one) { return one.second.until <= now; });
        if (sessions_.size() >= most_sessions) {
            sessions_.erase(sessions_.begin());
        }
        const std::string secret = new_secret_();
        sessions_[secret] = {reader_name, new_secret_(), now + session_lasts};
        return {secret, session_lasts};
    }

    std::optional<Session> find(std::string_view secret, sys_seconds now) const {
        const std::lock_guard lock(using_);
        const auto found = sessions_.find(secret);
        const bool is_good = found != sessions_.end() && found->second.until > now;
        return is_good ? std::optional{found->second} : std::nullopt;
    }

    void close(std::string_view secret) {
        const std::lock_guard lock(using_);
        const auto found = sessions_.find(secret);
        if (found != sessions_.end()) {
            sessions_.erase(found);
        }
    }

  private:
    std::function<std::string()> new_secret_;
    mutable std::mutex using_;
    std::map<std::string, Session, std::less<>> sessions_;
};

/// Whoever is known by no account of their own has all that officials may have.
access::Principal principal_of(const model::Reader& reader, const std::string& reader_name) {
    access::Principal principal;
    principal.account = reader_name;
    principal.state = reader.state;
    principal.organisation = reader.organisation;
    principal.widest = model::Audience::Kind::everyone;
    principal.permissions = {access::Permission::read};
    if (reader.is_official) {
        for (const access::PermissionRow& row : access::list_permissions()) {
            if (row.permission != access::Permission::own_account) {
                principal.permissions.add(row.permission);
            }
        }
    }
    return principal;
}

/// Who has that secret, as the reader that the session was opened for.
std::optional<Caller> caller_of(
    const Sessions& sessions,
    const FindReader& find_reader,
    std::string_view secret,
    sys_seconds now
) {
    const auto session = sessions.find(secret, now);
    if (!session) {
        return std::nullopt;
    }
    const auto today = std::chrono::floor<std::chrono::days>(now);
    auto reader = find_reader(session->reader_name, today);
    if (!reader) {
        return std::nullopt;
    }
    Caller caller;
    caller.principal = principal_of(*reader, session->reader_name);
    caller.reader_name = session->reader_name;
    caller.reader = *std::move(reader);
    caller.csrf = session->csrf;
    return caller;
}

class SampleDoor : public Door {
  public:
    SampleDoor(FindReader find_reader, std::function<std::string()> new_secret)
        : find_reader_(std::move(find_reader))
        , sessions_(std::move(new_secret)) {}

    std::string_view kind() const override { return "sample"; }

    Result<Entered> enter(const Entry& entry, sys_seconds now) override {
        const auto today = std::chrono::floor<std::chrono::days>(now);
        ADIC_TRY(const model::Reader reader, find_reader_(entry.as, today));
        return Entered{sessions_.open(reader.is_official ? reader.state : entry.as, now)};
    }

    std::optional<Caller> by_cookie(std::string_view secret, sys_seconds now) override {
        return caller_of(sessions_, find_reader_, secret, now);
    }

    std::optional<Caller> by_token(std::string_view, sys_seconds) override { return std::nullopt; }

    std::optional<Caller> stranger(sys_seconds now) override {
        Caller caller;
        caller.reader_name = "everyone";
        caller.reader.on = std::chrono::floor<std::chrono::days>(now);
        caller.principal = principal_of(caller.reader, caller.reader_name);
        return caller;
    }

    void leave(std::string_view secret) override { sessions_.close(secret); }

  private:
    FindReader find_reader_;
    Sessions sessions_;
};

class DeskDoor : public Door {
  public:
    DeskDoor(
        std::string reader_name,
        std::string key,
        FindReader find_reader,
        std::function<std::string()> new_secret
    )
        : reader_name_(std::move(reader_name))
        , key_(std::move(key))
        , find_reader_(std::move(find_reader))
        , sessions_(std::move(new_secret)) {}

    std::string_view kind() const override { return "desk"; }

    Result<Entered> enter(const Entry& entry, sys_seconds now) override {
        if (!is_key(entry.key)) {
            return Entered{NoAdmission{}};
        }
        return Entered{sessions_.open(reader_name_, now)};
    }

    std::optional<Caller> by_cookie(std::string_view secret, sys_seconds now) override {
        return caller_of(sessions_, find_reader_, secret, now);
    }

    /// The key itself serves scripts at the same desk.
    std::optional<Caller> by_token(std::string_view token, sys_seconds now) override {
        if (!is_key(token)) {
            return std::nullopt;
        }
        const Admission admission = sessions_.open(reader_name_, now);
        auto caller = caller_of(sessions_, find_reader_, admission.secret, now);
        sessions_.close(admission.secret);
        if (caller) {
            caller->csrf.clear();
        }
        return caller;
    }

    std::optional<Caller> stranger(sys_seconds) override { return std::nullopt; }

    void leave(std::string_view secret) override { sessions_.close(secret); }

  private:
    /// Takes as long whatever part of the key is right.
    bool is_key(std::string_view given) const {
        return given.size() == key_.size()
               && sodium_memcmp(given.data(), key_.data(), key_.size()) == 0;
    }

    std::string reader_name_;
    std::string key_;
    FindReader find_reader_;
    Sessions sessions_;
};

}  // namespace

std::unique_ptr<Door>
open_sample_door(FindReader find_reader, std::function<std::string()> new_secret) {
    return std::make_unique<SampleDoor>(std::move(find_reader), std::move(new_secret));
}

std::unique_ptr<Door> open_desk_door(
    std::string reader_name,
    std::string key,
    FindReader find_reader,
    std::function<std::string()> new_secret
) {
    return std::make_unique<DeskDoor>(
        std::move(reader_name),
        std::move(key),
        std::move(find_reader),
        std::move(new_secret)
    );
}

}  // namespace adic::server
