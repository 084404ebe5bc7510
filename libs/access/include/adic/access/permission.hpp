#pragma once

#include "adic/access/role.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace adic::access {

/// Something that one may do.
enum class Permission {
    own_account,      ///< one's own password, second factor, sessions and tokens
    read,             ///< what the gate shows to the reader, and analyses of it
    edit,             ///< add, change and withdraw records of the own state
    propose_release,  ///< propose to whom a record is shown
    release,          ///< put a release into force, narrow or recall one
    approve_release,  ///< approve a wider audience that somebody else proposed
    read_audit,       ///< who was shown the own state's records
    manage_accounts,  ///< accounts of the own state
    manage_server     ///< backup, settings, metrics
};

using Permissions = SetOf<Permission>;

/// What an API token may be used for, within what its account may do.
enum class Scope { read, write, release, audit, admin };

using Scopes = SetOf<Scope>;

/// How far a permission reaches.
enum class Reach {
    everything,  ///< what one is shown is decided elsewhere
    own_state    ///< only what belongs to the state of the account
};

/// A permission and who has it: one row of docs/reference/access.md.
struct PermissionRow {
    Permission permission;
    std::string_view name;
    std::string_view says;
    Roles roles;
    std::optional<Scope> scope;  ///< of the tokens that have it; empty: no token has it
    Reach reach;
    bool is_for_officials;  ///< never given to an account that speaks for an organisation
};

/// The one list of permissions.
std::span<const PermissionRow> list_permissions();

std::string_view name_of(Permission permission);
std::string_view name_of(Scope scope);

/// "read,write". Errors: invalid_argument, with the scopes that there are.
Result<Scopes> parse_scopes(std::string_view text);
std::string to_text(Scopes some);

/// What roles allow.
Permissions permissions_of(Roles roles);

/// What a token of these scopes may be used for at most.
Permissions permissions_of(Scopes some);

/// Somebody who has proven who they are, and with what.
struct Principal {
    std::string account;
    std::string state;         ///< that the account belongs to
    std::string organisation;  ///< that it speaks for; empty: an official of the state
    Roles roles;
    Permissions permissions;  ///< that may be used now
    Permissions withheld;     ///< that would be there after a second factor
    model::Audience::Kind widest = model::Audience::Kind::organisation;
    bool has_second_factor = false;
    std::string token;  ///< identifier of the API token; empty: a session

    friend bool operator==(const Principal&, const Principal&) = default;
};

/// Who reads: "MYS", or "org:" and an identifier. The use cases make the reader of it that the gate
/// takes.
std::string reader_name(const Principal& principal);

/// What a permission is used on.
struct Target {
    std::string owner = {};         ///< state of the record or account
    std::string organisation = {};  ///< that the record is about or comes from; empty: none
    std::optional<model::Audience::Kind> widest = {};  ///< of a release: its widest audience
};

enum class Verdict { allowed, second_factor_needed, refused };

/// Whether somebody may. An account that speaks for an organisation edits only what is about it.
/// Pure: the same arguments give the same verdict.
Verdict verdict_on(const Principal& principal, Permission permission, const Target& target = {});

bool may(const Principal& principal, Permission permission, const Target& target = {});

enum class ReleaseStep {
    at_once,         ///< narrower, or the same for everybody
    needs_approval,  ///< by another account: see Proposals
    second_factor_needed,
    refused
};

/// What it takes to put a release into force that `widens` what somebody sees, or does not.
/// `target.widest` must be given.
ReleaseStep release_step(const Principal& principal, const Target& target, bool widens);

}  // namespace adic::access
