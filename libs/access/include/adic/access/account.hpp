#pragma once

#include "adic/access/permission.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adic::access {

/// Somebody who may sign in. What proves it (hashes, secrets) stays in the book.
struct Account {
    std::string name;  ///< what one types; never given to somebody else
    std::string display_name;
    std::string state;  ///< whose administrators manage it; empty: of an organisation of none
    std::string organisation;  ///< that it speaks for; empty: an official of the state
    Roles roles;
    model::Audience::Kind widest = model::Audience::Kind::organisation;
    bool is_enabled = true;
    bool has_password = false;
    bool must_change_password = false;  ///< another has chosen it
    bool has_second_factor = false;
    std::uint64_t rights = 0;  ///< grows with every change of rights: older sessions end
    std::chrono::sys_seconds created;
    std::string created_by;
    std::chrono::sys_seconds changed;
    std::string changed_by;

    friend bool operator==(const Account&, const Account&) = default;
};

/// Lower-case ASCII letters, digits, '.', '-', '_' and '@', 1 to 64 of them, a letter or digit
/// first: no two names look alike.
bool is_account_name(std::string_view name);

/// As an account is asked for: what one typed, in lower case and without spaces around it.
std::string account_name_of(std::string_view typed);

struct NewAccount {
    std::string name;
    std::string display_name;  ///< empty: the name
    std::string state;
    std::string organisation = {};
    Roles roles;
    std::optional<model::Audience::Kind> widest = {};  ///< empty: as usual for the roles
};

/// What is given changes, the rest stays.
struct AccountChange {
    std::optional<std::string> display_name = {};
    std::optional<Roles> roles = {};
    std::optional<model::Audience::Kind> widest = {};
    std::optional<bool> is_enabled = {};
};

/// Roles whose rights are withheld until a second factor has been given.
struct SecondFactorPolicy {
    Roles needed_for{Role::releaser, Role::auditor, Role::administrator};
};

/// What an account may do in a session.
Principal
principal_of(const Account& account, bool has_second_factor, const SecondFactorPolicy& policy = {});

/// Who changes accounts: an administrator, or whoever owns the file and the machine.
class Actor {
  public:
    static Actor owner_of_file(std::string name);
    static Actor signed_in(const Principal& principal);

    /// For the history.
    const std::string& name() const { return name_; }

    /// The account it signed in with; empty: none.
    const std::string& account() const { return principal_.account; }

    bool owns_file() const { return owns_file_; }

    /// Whether accounts of the state are theirs to manage.
    bool may_manage(std::string_view state) const;

    /// Whether they may do what is the account's own doing: its owner, signed in as a person and
    /// not with a token, or whoever owns the file.
    bool may_act_for(std::string_view account) const;

  private:
    explicit Actor(std::string name) : name_(std::move(name)) {}

    std::string name_;
    Principal principal_;
    bool owns_file_ = false;
};

}  // namespace adic::access
