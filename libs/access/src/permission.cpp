#include "adic/access/permission.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <array>

namespace adic::access {
namespace {

constexpr Roles everybody{
    Role::reader,
    Role::editor,
    Role::releaser,
    Role::auditor,
    Role::administrator};

constexpr std::array permissions{
    PermissionRow{
        Permission::own_account,
        "own account",
        "one's own password, second factor, sessions and tokens",
        everybody,
        std::nullopt,
        Reach::everything,
        false},
    PermissionRow{
        Permission::read,
        "read",
        "what the gate shows to the reader, and analyses of it",
        {Role::reader, Role::editor, Role::releaser, Role::auditor},
        Scope::read,
        Reach::everything,
        false},
    PermissionRow{
        Permission::edit,
        "edit",
        "add, change and withdraw records",
        {Role::editor},
        Scope::write,
        Reach::own_state,
        false},
    PermissionRow{
        Permission::propose_release,
        "propose a release",
        "propose to whom a record is shown",
        {Role::editor, Role::releaser},
        Scope::write,
        Reach::own_state,
        true},
    PermissionRow{
        Permission::release,
        "release",
        "put a release into force, narrow it, recall it",
        {Role::releaser},
        Scope::release,
        Reach::own_state,
        true},
    PermissionRow{
        Permission::approve_release,
        "approve a release",
        "approve a wider audience that somebody else proposed",
        {Role::releaser},
        std::nullopt,  // the second pair of eyes is a person's
        Reach::own_state,
        true},
    PermissionRow{
        Permission::read_audit,
        "read the audit log",
        "who was shown records",
        {Role::auditor},
        Scope::audit,
        Reach::own_state,
        true},
    PermissionRow{
        Permission::manage_accounts,
        "manage accounts",
        "add, change, enable and disable accounts",
        {Role::administrator},
        Scope::admin,
        Reach::own_state,
        true},
    PermissionRow{
        Permission::manage_server,
        "manage the server",
        "backup, settings, metrics",
        {Role::administrator},
        Scope::admin,
        Reach::everything,
        true},
};

constexpr std::array<std::string_view, 5> scopes{"read", "write", "release", "audit", "admin"};

const PermissionRow& row_of(Permission permission) {
    return permissions[static_cast<std::size_t>(permission)];
}

bool reaches(const Principal& principal, const PermissionRow& row, const Target& target) {
    if (row.reach == Reach::everything) {
        return true;
    }
    if (principal.state.empty() || target.owner != principal.state) {
        return false;
    }
    return principal.organisation.empty() || principal.organisation == target.organisation;
}

bool is_within_cap(const Principal& principal, const PermissionRow& row, const Target& target) {
    const bool is_capped =
        row.permission == Permission::release || row.permission == Permission::approve_release;
    return !is_capped || !target.widest || *target.widest <= principal.widest;
}

}  // namespace

std::span<const PermissionRow> list_permissions() {
    return permissions;
}

std::string_view name_of(Permission permission) {
    return row_of(permission).name;
}

std::string_view name_of(Scope scope) {
    return scopes[static_cast<std::size_t>(scope)];
}

Result<Scopes> parse_scopes(std::string_view text) {
    Scopes parsed;
    for (const std::string_view part : split(text, ',')) {
        const std::string_view word = trimmed(part);
        const auto* const found = std::ranges::find(scopes, word);
        if (found == scopes.end()) {
            return Error{
                ErrorCode::invalid_argument,
                "'" + std::string(word)
                    + "' is no scope; there are read, write, release, audit and admin",
                {}};
        }
        parsed.add(static_cast<Scope>(found - scopes.begin()));
    }
    return parsed;
}

std::string to_text(Scopes some) {
    std::string text;
    for (std::size_t s = 0; s < scopes.size(); ++s) {
        if (some.has(static_cast<Scope>(s))) {
            text += (text.empty() ? "" : ",") + std::string(scopes[s]);
        }
    }
    return text;
}

Permissions permissions_of(Roles roles) {
    Permissions all;
    for (const PermissionRow& row : permissions) {
        if (row.roles.has_any_of(roles)) {
            all.add(row.permission);
        }
    }
    return all;
}

Permissions permissions_of(Scopes some) {
    Permissions all;
    for (const PermissionRow& row : permissions) {
        if (row.scope && some.has(*row.scope)) {
            all.add(row.permission);
        }
    }
    return all;
}

std::string reader_name(const Principal& principal) {
    return principal.organisation.empty() ? principal.state : "org:" + principal.organisation;
}

Verdict verdict_on(const Principal& principal, Permission permission, const Target& target) {
    const PermissionRow& row = row_of(permission);
    if (!reaches(principal, row, target) || !is_within_cap(principal, row, target)) {
        return Verdict::refused;
    }
    if (principal.permissions.has(permission)) {
        return Verdict::allowed;
    }
    return principal.withheld.has(permission) ? Verdict::second_factor_needed : Verdict::refused;
}

bool may(const Principal& principal, Permission permission, const Target& target) {
    return verdict_on(principal, permission, target) == Verdict::allowed;
}

ReleaseStep release_step(const Principal& principal, const Target& target, bool widens) {
    if (!widens) {
        // Narrowing is never held up: what is still shown may be wider than the cap.
        switch (verdict_on(principal, Permission::release, {target.owner, target.organisation, {}})
        ) {
        case Verdict::allowed: return ReleaseStep::at_once;
        case Verdict::second_factor_needed: return ReleaseStep::second_factor_needed;
        case Verdict::refused: break;
        }
    }
    const Verdict verdict = verdict_on(principal, Permission::propose_release, target);
    return verdict == Verdict::allowed ? ReleaseStep::needs_approval : ReleaseStep::refused;
}

}  // namespace adic::access
