#include "adic/access/account.hpp"

#include "adic/base/text.hpp"

#include <algorithm>

namespace adic::access {
namespace {

constexpr std::size_t longest_name = 64;

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// Those that a role gives only after a second factor: all roles that have them need it.
Permissions sensitive(const SecondFactorPolicy& policy) {
    Permissions all;
    for (const PermissionRow& row : list_permissions()) {
        if (policy.needed_for.has_all_of(row.roles)) {
            all.add(row.permission);
        }
    }
    return all.without({Permission::own_account});
}

}  // namespace

bool is_account_name(std::string_view name) {
    constexpr std::string_view marks = ".-_@";
    return !name.empty() && name.size() <= longest_name && is_letter_or_digit(name.front())
           && std::ranges::all_of(name, [marks](char c) {
                  return is_letter_or_digit(c) || marks.find(c) != std::string_view::npos;
              });
}

std::string account_name_of(std::string_view typed) {
    std::string name{trimmed(typed)};
    std::ranges::transform(name, name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return name;
}

Principal
principal_of(const Account& account, bool has_second_factor, const SecondFactorPolicy& policy) {
    Permissions all = permissions_of(account.roles);
    if (!account.organisation.empty()) {
        for (const PermissionRow& row : list_permissions()) {
            if (row.is_for_officials) {
                all = all.without({row.permission});
            }
        }
    }
    const Permissions held_back = has_second_factor ? Permissions{} : all & sensitive(policy);
    return {
        account.name,
        account.state,
        account.organisation,
        account.roles,
        all.without(held_back),
        held_back,
        account.widest,
        has_second_factor,
        {}};
}

Actor Actor::owner_of_file(std::string name) {
    Actor actor(std::move(name));
    actor.owns_file_ = true;
    return actor;
}

Actor Actor::signed_in(const Principal& principal) {
    Actor actor(principal.account);
    actor.principal_ = principal;
    return actor;
}

bool Actor::may_manage(std::string_view state) const {
    return owns_file_
           || may(principal_, Permission::manage_accounts, {.owner = std::string(state)});
}

bool Actor::may_act_for(std::string_view account) const {
    return owns_file_
           || (principal_.account == account && may(principal_, Permission::own_account));
}

}  // namespace adic::access
