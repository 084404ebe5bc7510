#pragma once

#include "adic/access/set_of.hpp"
#include "adic/base/result.hpp"
#include "adic/model/release.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace adic::access {

/// What an account is for. One may have several; none includes another.
enum class Role { reader, editor, releaser, auditor, administrator };

using Roles = SetOf<Role>;

struct RoleRow {
    Role role;
    std::string_view name;
    std::string_view says;
    /// The widest audience it may release to, unless the account says otherwise.
    model::Audience::Kind widest;
};

/// All roles, in their order.
std::span<const RoleRow> list_roles();

std::string_view name_of(Role role);

/// "reader,editor", in any order. Errors: invalid_argument, with the roles that there are.
Result<Roles> parse_roles(std::string_view text);

/// "reader,editor", in the order of `list_roles`.
std::string to_text(Roles some);

/// The widest audience that roles give by themselves: the widest of theirs.
model::Audience::Kind usual_cap(Roles some);

/// "organisations", "states", "blocs", "everyone".
std::string_view name_of_cap(model::Audience::Kind widest);
std::optional<model::Audience::Kind> parse_cap(std::string_view text);

}  // namespace adic::access
