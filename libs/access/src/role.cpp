#include "adic/access/role.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <array>

namespace adic::access {
namespace {

using Kind = model::Audience::Kind;

constexpr std::array roles{
    RoleRow{
        Role::reader,
        "reader",
        "reads, and runs analyses on what is shown",
        Kind::organisation},
    RoleRow{
        Role::editor,
        "editor",
        "writes records of the own state, and proposes to whom they are shown",
        Kind::organisation},
    RoleRow{
        Role::releaser,
        "releaser",
        "decides to whom records of the own state are shown",
        Kind::bloc},
    RoleRow{
        Role::auditor,
        "auditor",
        "sees who was shown records of the own state",
        Kind::organisation},
    RoleRow{
        Role::administrator,
        "administrator",
        "manages accounts of the own state, and the server",
        Kind::organisation},
};

struct Cap {
    Kind widest;
    std::string_view name;
};

constexpr std::array caps{
    Cap{Kind::organisation, "organisations"},
    Cap{Kind::state, "states"},
    Cap{Kind::bloc, "blocs"},
    Cap{Kind::everyone, "everyone"},
};

const RoleRow* find_role(std::string_view name) {
    const auto* const found = std::ranges::find(roles, name, &RoleRow::name);
    return found == roles.end() ? nullptr : found;
}

}  // namespace

std::span<const RoleRow> list_roles() {
    return roles;
}

std::string_view name_of(Role role) {
    return roles[static_cast<std::size_t>(role)].name;
}

Result<Roles> parse_roles(std::string_view text) {
    Roles parsed;
    for (const std::string_view word : split(text, ',')) {
        const RoleRow* role = find_role(trimmed(word));
        if (role == nullptr) {
            std::string there_are;
            for (const RoleRow& row : roles) {
                there_are += (there_are.empty() ? "" : ", ") + std::string(row.name);
            }
            return Error{
                ErrorCode::invalid_argument,
                "'" + std::string(trimmed(word)) + "' is no role; there are " + there_are,
                {}};
        }
        parsed.add(role->role);
    }
    return parsed;
}

std::string to_text(Roles some) {
    std::string text;
    for (const RoleRow& row : roles) {
        if (some.has(row.role)) {
            text += (text.empty() ? "" : ",") + std::string(row.name);
        }
    }
    return text;
}

Kind usual_cap(Roles some) {
    Kind widest = Kind::organisation;
    for (const RoleRow& row : roles) {
        if (some.has(row.role)) {
            widest = std::max(widest, row.widest);
        }
    }
    return widest;
}

std::string_view name_of_cap(Kind widest) {
    return caps[static_cast<std::size_t>(widest)].name;
}

std::optional<Kind> parse_cap(std::string_view text) {
    const auto* const found = std::ranges::find(caps, text, &Cap::name);
    if (found == caps.end()) {
        return std::nullopt;
    }
    return found->widest;
}

}  // namespace adic::access
