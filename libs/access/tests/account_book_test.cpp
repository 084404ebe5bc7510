#include "adic/access/account_book.hpp"

#include "book_fixture.hpp"

#include <array>
#include <fstream>

#include <gmock/gmock.h>
#include <sys/stat.h>

namespace adic::access {
namespace {

class AccountBookTest : public BookTest {};

TEST_F(AccountBookTest, KeepsAnAccountAsItWasMade) {
    const Account made = add("siti", "MYS", {Role::reader, Role::releaser});
    EXPECT_EQ(made, found("siti"));
    EXPECT_EQ(made.display_name, "siti");
    EXPECT_EQ(made.widest, model::Audience::Kind::bloc);
    EXPECT_EQ(made.created, morning);
    EXPECT_EQ(made.created_by, "console");
    EXPECT_FALSE(made.has_password || made.has_second_factor || made.must_change_password);
    EXPECT_EQ(*book().find("nobody"), std::nullopt);
    const auto again = AccountBook::open(file(), AccountBook::IfMissing::refuse);
    ASSERT_TRUE(again);
    EXPECT_EQ(**again->find("siti"), made);
}

TEST_F(AccountBookTest, RefusesWhatIsNoAccount) {
    struct Case {
        std::string_view name;
        NewAccount account;
        ErrorCode code;
    };

    const NewAccount good{"tan", {}, "SGP", {}, {Role::reader}, {}};
    const auto but = [&](const auto& edit) {
        NewAccount account = good;
        edit(account);
        return account;
    };
    const std::array cases{
        Case{"taken", but([](NewAccount& a) { a.name = "root"; }), ErrorCode::conflict},
        Case{"capital", but([](NewAccount& a) { a.name = "Tan"; }), ErrorCode::invalid_argument},
        Case{"empty", but([](NewAccount& a) { a.name = ""; }), ErrorCode::invalid_argument},
        Case{"mark", but([](NewAccount& a) { a.name = "-tan"; }), ErrorCode::invalid_argument},
        Case{
            "long",
            but([](NewAccount& a) { a.name = std::string(65, 'a'); }),
            ErrorCode::invalid_argument},
        Case{
            "looks alike",
            but([](NewAccount& a) { a.name = "rооt"; }),
            ErrorCode::invalid_argument},
        Case{"no role", but([](NewAccount& a) { a.roles = {}; }), ErrorCode::invalid_argument},
        Case{"no state", but([](NewAccount& a) { a.state = ""; }), ErrorCode::invalid_argument},
        Case{
            "two lines",
            but([](NewAccount& a) { a.display_name = "a\nb"; }),
            ErrorCode::invalid_argument},
    };
    for (const Case& c : cases) {
        const auto made = book().add(c.account, owner(), morning);
        ASSERT_FALSE(made) << c.name;
        EXPECT_EQ(made.error().code, c.code) << c.name;
    }
    EXPECT_TRUE(book().add(good, owner(), morning));
    EXPECT_EQ(book().list()->size(), 2U);
}

TEST_F(AccountBookTest, BeginsWithAnAdministrator) {
    auto opened = AccountBook::open(file().parent_path() / "new.db", AccountBook::IfMissing::make);
    ASSERT_TRUE(opened);
    AccountBook fresh = *std::move(opened);
    NewAccount first{"siti", {}, "MYS", {}, {Role::reader}, {}};
    EXPECT_EQ(fresh.add(first, owner(), morning).error().code, ErrorCode::invalid_argument);
    first.roles = {Role::administrator};
    first.organisation = "PTX";
    EXPECT_FALSE(fresh.add(first, owner(), morning)) << "a firm manages nobody";
    first.organisation.clear();
    EXPECT_TRUE(fresh.add(first, owner(), morning));
}

TEST_F(AccountBookTest, LetsAnAdministratorManageTheOwnStateAlone) {
    add("tan", "SGP", {Role::reader});
    const Actor mys = actor("root");
    const NewAccount theirs{"lee", {}, "SGP", {}, {Role::reader}, {}};
    EXPECT_EQ(book().add(theirs, mys, morning).error().code, ErrorCode::not_found);
    const AccountChange lock{.is_enabled = false};
    EXPECT_EQ(book().change("tan", lock, mys, morning).error().code, ErrorCode::not_found);
    EXPECT_EQ(
        book().change("tan", lock, mys, morning).error().message,
        book().change("nobody", lock, mys, morning).error().message
    ) << "whether another state has such an account is nobody's business";
    EXPECT_EQ(
        book().link("tan", {"https://id.example", "7"}, mys, morning)->code,
        ErrorCode::not_found
    );
    EXPECT_TRUE(book().add({"aminah", {}, "MYS", {}, {Role::editor}, {}}, mys, morning));
    EXPECT_EQ(found("aminah").created_by, "root");
    const Actor reader = actor("aminah");
    EXPECT_FALSE(book().add({"x", {}, "MYS", {}, {Role::reader}, {}}, reader, morning));
    const Actor half = Actor::signed_in(principal_of(found("root"), false));
    EXPECT_FALSE(book().change("aminah", lock, half, morning)) << "no second factor";
}

TEST_F(AccountBookTest, LeavesTheNameOfAnOrganisationToOneState) {
    add("idn", "IDN", {Role::administrator});
    add("ptx", "MYS", {Role::reader}, "PTX");
    const auto made = [&](std::string name, std::string organisation, const Actor& by) {
        return book().add(
            {std::move(name), {}, "IDN", std::move(organisation), {Role::reader}, {}},
            by,
            morning
        );
    };
    const Actor administrator = actor("idn");
    for (const std::string name : {"PTX", "secretariat"}) {
        const auto refused = made("spy", name, administrator);
        ASSERT_FALSE(refused) << name;
        EXPECT_EQ(refused.error().code, ErrorCode::conflict);
        EXPECT_EQ(refused.error().message, "org:" + name + " cannot be used for accounts of IDN");
    }
    EXPECT_EQ(made("spy", "PTX", owner()).error().message, "org:PTX belongs to MYS");
    EXPECT_TRUE(made("own", "PAL", administrator));
    EXPECT_EQ(
        book()
            .add({"pal", {}, "MYS", "PAL", {Role::reader}, {}}, actor("root"), morning)
            .error()
            .code,
        ErrorCode::conflict
    );
    EXPECT_TRUE(made("again", "PAL", administrator));
}

TEST_F(AccountBookTest, HasAccountsOfNoStateFromTheOwnerOfTheFileAlone) {
    const NewAccount desk{"desk", {}, "", "secretariat", {Role::reader}, {}};
    EXPECT_EQ(book().add(desk, actor("root"), morning).error().code, ErrorCode::not_found);
    EXPECT_TRUE(book().add(desk, owner(), morning));
    const AccountChange lock{.is_enabled = false};
    EXPECT_EQ(
        book().change("desk", lock, actor("root"), morning).error().code,
        ErrorCode::not_found
    );
    EXPECT_TRUE(book().change("desk", lock, owner(), morning));
    EXPECT_FALSE(book().add({"x", {}, "", "", {Role::reader}, {}}, owner(), morning));
    for (const std::string name : {"nobody", "PTX@IDN", "org:PTX", "a;b"}) {
        EXPECT_FALSE(book().add({"x", {}, "MYS", name, {Role::reader}, {}}, owner(), morning));
    }
}

/// Two states had accounts for one name: it is that of the first, and the other is locked for good.
TEST_F(AccountBookTest, OfTheSecondLayoutGivesEachNameToTheFirstState) {
    add("idn", "IDN", {Role::administrator});
    add("first", "MYS", {Role::reader}, "PTX");
    add("spy", "IDN", {Role::reader}, "other");
    run_in(
        file(),
        "UPDATE account SET organisation = 'PTX', created = created + 1 WHERE name = 'spy'; "
        "DROP TABLE organisation; PRAGMA user_version = 2"
    );
    close_book();
    open_book();
    EXPECT_TRUE(found("first").is_enabled);
    EXPECT_FALSE(found("spy").is_enabled);
    EXPECT_EQ(
        book().history("spy", 1)->front().what,
        "locked: the name of its organisation belongs to another state"
    );
    EXPECT_EQ(
        book().change("spy", {.is_enabled = true}, actor("idn"), morning).error().code,
        ErrorCode::conflict
    );
}

TEST_F(AccountBookTest, LetsNobodyRaiseThemselves) {
    add("second", "MYS", {Role::administrator});
    const Actor self = actor("root");
    const AccountChange more{.roles = Roles{Role::administrator, Role::releaser}};
    EXPECT_EQ(book().change("root", more, self, morning).error().code, ErrorCode::conflict);
    const AccountChange wider{.widest = model::Audience::Kind::everyone};
    EXPECT_EQ(book().change("root", wider, self, morning).error().code, ErrorCode::conflict);
    EXPECT_TRUE(book().change("root", {.display_name = "The Root"}, self, morning));
    EXPECT_TRUE(book().change("root", more, actor("second"), morning));
}

TEST_F(AccountBookTest, KeepsTheLastAdministrator) {
    const AccountChange lock{.is_enabled = false};
    const AccountChange lower{.roles = Roles{Role::reader}};
    EXPECT_EQ(book().change("root", lock, owner(), morning).error().code, ErrorCode::conflict);
    EXPECT_EQ(book().change("root", lower, owner(), morning).error().code, ErrorCode::conflict);
    add("second", "SGP", {Role::administrator});
    EXPECT_TRUE(book().change("root", lock, owner(), morning));
    EXPECT_FALSE(book().change("second", lower, owner(), morning));
    EXPECT_TRUE(book().change("root", {.is_enabled = true}, owner(), morning));
}

TEST_F(AccountBookTest, TellsWhoChangedWhat) {
    add("siti", "MYS", {Role::reader});
    const auto later = morning + std::chrono::hours{1};
    const AccountChange change{
        .display_name = "Siti",
        .roles = Roles{Role::editor},
        .is_enabled = false};
    const auto changed = book().change("siti", change, actor("root"), later);
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->changed_by, "root");
    EXPECT_EQ(changed->changed, later);
    EXPECT_EQ(changed->rights, 1U);
    const auto history = book().history("siti", 10);
    ASSERT_EQ(history->size(), 2U);
    EXPECT_EQ((*history)[0].by, "root");
    EXPECT_EQ((*history)[0].at, later);
    EXPECT_EQ((*history)[0].what, "another display name; roles reader -> editor; locked");
    EXPECT_EQ((*history)[1].what, "made for MYS, roles reader, releases to organisations");
    EXPECT_TRUE(book().change("siti", change, owner(), later));
    EXPECT_EQ(book().history("siti", 10)->size(), 2U) << "nothing changed";
    EXPECT_EQ(book().history("", 1)->size(), 1U);
}

TEST_F(AccountBookTest, KnowsAnIdentityThatWasLinkedBefore) {
    add("siti", "MYS", {Role::reader});
    const ExternalIdentity identity{"https://id.example", "7"};
    EXPECT_EQ(*book().find_linked(identity), std::nullopt);
    ASSERT_FALSE(book().link("siti", identity, owner(), morning));
    EXPECT_EQ((*book().find_linked(identity))->name, "siti");
    EXPECT_EQ(*book().find_linked({"https://id.example", "8"}), std::nullopt);
    EXPECT_EQ(*book().find_linked({"https://other.example", "7"}), std::nullopt)
        << "a subject means nothing without its issuer";
    EXPECT_EQ(book().link("root", identity, owner(), morning)->code, ErrorCode::conflict);
    EXPECT_THAT(*book().list_links("siti", owner()), testing::ElementsAre(identity));
    EXPECT_EQ(book().list_links("nobody", owner()).error().code, ErrorCode::not_found);
    ASSERT_TRUE(book().change("siti", {.is_enabled = false}, owner(), morning));
    EXPECT_EQ(*book().find_linked(identity), std::nullopt) << "locked";
    ASSERT_TRUE(book().change("siti", {.is_enabled = true}, owner(), morning));
    EXPECT_FALSE(book().unlink("siti", identity, owner(), morning));
    EXPECT_EQ(*book().find_linked(identity), std::nullopt);
    EXPECT_EQ(book().unlink("siti", identity, owner(), morning)->code, ErrorCode::not_found);
}

TEST_F(AccountBookTest, IsForItsOwnerAlone) {
    struct stat found_file {};

    ASSERT_EQ(::stat(file().c_str(), &found_file), 0);
    EXPECT_EQ(found_file.st_mode & 0777U, 0600U);
    ASSERT_EQ(::stat((file().string() + "-wal").c_str(), &found_file), 0);
    EXPECT_EQ(found_file.st_mode & 0777U, 0600U) << "what is written first goes there";
    ASSERT_EQ(::chmod(file().c_str(), 0640), 0);
    const auto opened = AccountBook::open(file(), AccountBook::IfMissing::refuse);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::conflict);
    ASSERT_EQ(::chmod(file().c_str(), 0600), 0);
    EXPECT_TRUE(AccountBook::open(file(), AccountBook::IfMissing::refuse));
}

TEST_F(AccountBookTest, OpensNothingElse) {
    const auto folder = file().parent_path();
    EXPECT_EQ(
        AccountBook::open(folder / "none.db", AccountBook::IfMissing::refuse).error().code,
        ErrorCode::not_found
    );
    std::ofstream(folder / "text") << std::string(5000, 'x');
    std::filesystem::permissions(folder / "text", std::filesystem::perms{0600});
    EXPECT_EQ(
        AccountBook::open(folder / "text", AccountBook::IfMissing::make).error().message,
        "the file is no book of accounts, or is damaged"
    );
    std::filesystem::create_symlink(file(), folder / "link");
    EXPECT_FALSE(AccountBook::open(folder / "link", AccountBook::IfMissing::make));
}

}  // namespace
}  // namespace adic::access
