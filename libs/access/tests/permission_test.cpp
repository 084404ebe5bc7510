#include "adic/access/permission.hpp"

#include "adic/access/account.hpp"

#include <array>
#include <set>

#include <gtest/gtest.h>

namespace adic::access {
namespace {

using Kind = model::Audience::Kind;

constexpr std::array every_role{
    Role::reader,
    Role::editor,
    Role::releaser,
    Role::auditor,
    Role::administrator};

constexpr std::array every_permission{
    Permission::own_account,
    Permission::read,
    Permission::edit,
    Permission::propose_release,
    Permission::release,
    Permission::approve_release,
    Permission::read_audit,
    Permission::manage_accounts,
    Permission::manage_server};

Account account_with(Roles roles, std::string organisation = {}) {
    Account account;
    account.name = "siti";
    account.state = "MYS";
    account.organisation = std::move(organisation);
    account.roles = roles;
    account.widest = usual_cap(roles);
    return account;
}

Principal with(Roles roles) {
    return principal_of(account_with(roles), true);
}

TEST(Permissions, AreListedInTheirOrder) {
    ASSERT_EQ(list_permissions().size(), every_permission.size());
    for (std::size_t p = 0; p < every_permission.size(); ++p) {
        EXPECT_EQ(list_permissions()[p].permission, every_permission[p]);
    }
    for (std::size_t r = 0; r < every_role.size(); ++r) {
        EXPECT_EQ(list_roles()[r].role, every_role[r]);
    }
}

/// Written out a second time, by hand: a slip in the list gives somebody too much.
TEST(Permissions, AreThoseOfTheRole) {
    struct Case {
        Role role;
        Permissions expected;
    };

    const std::array cases{
        Case{Role::reader, {Permission::own_account, Permission::read}},
        Case{
            Role::editor,
            {Permission::own_account,
             Permission::read,
             Permission::edit,
             Permission::propose_release}},
        Case{
            Role::releaser,
            {Permission::own_account,
             Permission::read,
             Permission::propose_release,
             Permission::release,
             Permission::approve_release}},
        Case{Role::auditor, {Permission::own_account, Permission::read, Permission::read_audit}},
        Case{
            Role::administrator,
            {Permission::own_account, Permission::manage_accounts, Permission::manage_server}},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(permissions_of(Roles{c.role}), c.expected) << name_of(c.role);
        for (const Permission permission : every_permission) {
            const Target own{.owner = "MYS", .organisation = {}, .widest = Kind::organisation};
            EXPECT_EQ(may(with({c.role}), permission, own), c.expected.has(permission))
                << name_of(c.role) << ": " << name_of(permission);
        }
    }
}

TEST(Permissions, OfRolesTogetherAreThoseOfEach) {
    for (std::uint32_t bits = 1; bits < 32; ++bits) {
        Permissions expected;
        for (const Role role : every_role) {
            if (Roles::from_bits(bits).has(role)) {
                expected = expected | permissions_of(Roles{role});
            }
        }
        EXPECT_EQ(permissions_of(Roles::from_bits(bits)), expected) << bits;
    }
}

TEST(Permissions, EndAtTheBorder) {
    const Principal all = with(Roles::from_bits(31));
    for (const PermissionRow& row : list_permissions()) {
        const bool stays = row.reach == Reach::own_state;
        EXPECT_EQ(may(all, row.permission, {.owner = "SGP"}), !stays) << row.name;
        EXPECT_EQ(may(all, row.permission, {.owner = ""}), !stays) << row.name;
    }
    Principal stateless = all;
    stateless.state.clear();
    EXPECT_FALSE(may(stateless, Permission::edit, {.owner = ""}))
        << "nobody's records are not those of somebody without a state";
}

TEST(Permissions, OfASpeakerForAnOrganisationStayWithIt) {
    const Principal speaker = principal_of(account_with(Roles::from_bits(31), "PTX"), true);
    EXPECT_TRUE(may(speaker, Permission::edit, {.owner = "MYS", .organisation = "PTX"}));
    EXPECT_FALSE(may(speaker, Permission::edit, {.owner = "MYS", .organisation = "SME"}));
    EXPECT_FALSE(may(speaker, Permission::edit, {.owner = "MYS"}));
    EXPECT_FALSE(may(speaker, Permission::edit, {.owner = "SGP", .organisation = "PTX"}));
    for (const PermissionRow& row : list_permissions()) {
        if (row.is_for_officials) {
            EXPECT_FALSE(may(speaker, row.permission, {.owner = "MYS", .organisation = "PTX"}))
                << row.name;
        }
    }
    EXPECT_EQ(reader_name(speaker), "org:PTX");
    EXPECT_EQ(reader_name(with({Role::reader})), "MYS");
}

TEST(Permissions, AreWithheldUntilTheSecondFactor) {
    const Principal half = principal_of(account_with(Roles::from_bits(31)), false);
    const Permissions sensitive{
        Permission::release,
        Permission::approve_release,
        Permission::read_audit,
        Permission::manage_accounts,
        Permission::manage_server};
    EXPECT_EQ(half.withheld, sensitive);
    EXPECT_EQ(
        verdict_on(half, Permission::release, {.owner = "MYS"}),
        Verdict::second_factor_needed
    );
    EXPECT_EQ(verdict_on(half, Permission::release, {.owner = "SGP"}), Verdict::refused)
        << "a second factor would not help";
    EXPECT_TRUE(may(half, Permission::edit, {.owner = "MYS"}));
    const Principal lax =
        principal_of(account_with(Roles::from_bits(31)), false, {.needed_for = {}});
    EXPECT_EQ(lax.permissions, permissions_of(Roles::from_bits(31)));
}

TEST(Permissions, ReleaseNoFurtherThanTheCap) {
    Principal releaser = with({Role::releaser});
    EXPECT_EQ(releaser.widest, Kind::bloc);
    EXPECT_TRUE(may(releaser, Permission::release, {.owner = "MYS", .widest = Kind::bloc}));
    EXPECT_FALSE(may(releaser, Permission::release, {.owner = "MYS", .widest = Kind::everyone}));
    EXPECT_FALSE(
        may(releaser, Permission::approve_release, {.owner = "MYS", .widest = Kind::everyone})
    );
    releaser.widest = Kind::everyone;
    EXPECT_TRUE(may(releaser, Permission::release, {.owner = "MYS", .widest = Kind::everyone}));
}

TEST(Permissions, OfATokenAreNeverThoseOfAPerson) {
    const Permissions all = permissions_of(Scopes::from_bits(31));
    EXPECT_FALSE(all.has(Permission::own_account)) << "a token makes no tokens";
    EXPECT_FALSE(all.has(Permission::approve_release)) << "four eyes are those of people";
    EXPECT_EQ(permissions_of(Scopes{Scope::read}), (Permissions{Permission::read}));
}

TEST(ReleaseStep, TakesFourEyesToWiden) {
    struct Case {
        std::string_view name;
        Principal who;
        std::string owner;
        Kind widest;
        bool widens;
        ReleaseStep expected;
    };

    const Principal half = principal_of(account_with({Role::releaser}), false);
    const std::array cases{
        Case{"narrows", with({Role::releaser}), "MYS", Kind::bloc, false, ReleaseStep::at_once},
        Case{
            "narrows what is wider than the cap",
            with({Role::releaser}),
            "MYS",
            Kind::everyone,
            false,
            ReleaseStep::at_once},
        Case{
            "widens",
            with({Role::releaser}),
            "MYS",
            Kind::bloc,
            true,
            ReleaseStep::needs_approval},
        Case{
            "an editor narrows",
            with({Role::editor}),
            "MYS",
            Kind::bloc,
            false,
            ReleaseStep::needs_approval},
        Case{"of others", with({Role::releaser}), "SGP", Kind::bloc, false, ReleaseStep::refused},
        Case{"a reader", with({Role::reader}), "MYS", Kind::bloc, true, ReleaseStep::refused},
        Case{
            "no second factor yet",
            half,
            "MYS",
            Kind::bloc,
            false,
            ReleaseStep::second_factor_needed},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(release_step(c.who, {.owner = c.owner, .widest = c.widest}, c.widens), c.expected)
            << c.name;
    }
}

TEST(Roles, AreReadAsTheyAreWritten) {
    for (std::uint32_t bits = 1; bits < 32; ++bits) {
        const auto read = parse_roles(to_text(Roles::from_bits(bits)));
        ASSERT_TRUE(read);
        EXPECT_EQ(read->bits(), bits);
        const auto scopes = parse_scopes(to_text(Scopes::from_bits(bits)));
        ASSERT_TRUE(scopes);
        EXPECT_EQ(scopes->bits(), bits);
    }
    EXPECT_EQ(
        parse_roles("reader, chief").error().message,
        "'chief' is no role; there are reader, editor, releaser, auditor, administrator"
    );
    EXPECT_FALSE(parse_roles(""));
    EXPECT_FALSE(parse_scopes("everything"));
    for (const Kind kind : {Kind::organisation, Kind::state, Kind::bloc, Kind::everyone}) {
        EXPECT_EQ(parse_cap(name_of_cap(kind)), kind);
    }
    EXPECT_FALSE(parse_cap("world"));
}

}  // namespace
}  // namespace adic::access
