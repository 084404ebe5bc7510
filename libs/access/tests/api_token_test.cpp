#include "adic/access/api_token.hpp"

#include "book_fixture.hpp"

#include <array>

namespace adic::access {
namespace {

using std::chrono::days;
using std::chrono::hours;

class ApiTokenTest : public BookTest {
  protected:
    void SetUp() override {
        BookTest::SetUp();
        add("siti", "MYS", {Role::reader, Role::editor, Role::auditor});
        tokens_ = std::make_unique<ApiTokens>(book(), seeded_random(11));
    }

    void TearDown() override {
        tokens_.reset();
        BookTest::TearDown();
    }

    ApiTokens& tokens() { return *tokens_; }

    MadeToken make(Scopes scopes, days life = days{90}) {
        auto made = tokens().make("siti", {"nightly import", scopes, life}, owner(), morning);
        EXPECT_TRUE(made) << (made ? "" : made.error().message);
        return *std::move(made);
    }

  private:
    std::unique_ptr<ApiTokens> tokens_;
};

/// Checksum by Python 3.11: the first 4 bytes of sha256(b"adic_" + b"A"*43) in base64url.
TEST(TokenText, CarriesAChecksum) {
    const std::string text = make_token_text([](std::span<std::byte> bytes) {
        std::fill(bytes.begin(), bytes.end(), std::byte{0});
    });
    EXPECT_EQ(text, "adic_" + std::string(43, 'A') + "uvMIxA");
    EXPECT_TRUE(is_token_text(text));
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(is_token_text(changed)) << i;
    }
    EXPECT_FALSE(is_token_text(text + "A"));
    EXPECT_FALSE(is_token_text(text.substr(1)));
    EXPECT_FALSE(is_token_text(""));
}

TEST_F(ApiTokenTest, GivesWhatScopeAndRolesBothAllow) {
    const MadeToken made = make({Scope::read, Scope::write});
    const auto found = tokens().find(made.text, morning + hours{1});
    ASSERT_TRUE(found && *found);
    EXPECT_EQ(
        (*found)->principal.permissions,
        (Permissions{Permission::read, Permission::edit, Permission::propose_release})
    );
    EXPECT_EQ((*found)->principal.token, made.token.id);
    ASSERT_TRUE(book().change("siti", {.roles = Roles{Role::reader}}, owner(), morning));
    const auto lowered = tokens().find(made.text, morning + hours{1});
    EXPECT_EQ((*lowered)->principal.permissions, (Permissions{Permission::read}))
        << "a role that was taken away";
}

TEST_F(ApiTokenTest, EndsWithItsTimeItsAccountAndItsRevocation) {
    const MadeToken made = make({Scope::read}, days{1});
    EXPECT_TRUE(tokens().find(made.text, morning + hours{23})->has_value());
    EXPECT_FALSE(tokens().find(made.text, morning + hours{24})->has_value());
    ASSERT_TRUE(book().change("siti", {.is_enabled = false}, owner(), morning));
    EXPECT_FALSE(tokens().find(made.text, morning)->has_value());
    ASSERT_TRUE(book().change("siti", {.is_enabled = true}, owner(), morning));
    EXPECT_EQ(tokens().revoke("root", made.token.id, owner(), morning)->code, ErrorCode::not_found)
        << "it is another account's";
    EXPECT_FALSE(tokens().revoke("siti", made.token.id, actor("siti"), morning));
    EXPECT_FALSE(tokens().find(made.text, morning)->has_value());
    EXPECT_EQ(tokens().revoke("siti", made.token.id, owner(), morning)->code, ErrorCode::not_found);
}

TEST_F(ApiTokenTest, IsRefusedBeyondWhatTheAccountMay) {
    struct Case {
        std::string_view name;
        NewToken wanted;
        std::string_view problem;
    };

    const std::array cases{
        Case{
            "role",
            {"", {Scope::admin}, days{1}},
            "the roles of the account do not give the scope admin"},
        Case{
            "factor",
            {"", {Scope::audit}, days{1}},
            "the scope audit takes a second factor: enrol one first"},
        Case{"none", {"", {}, days{1}}, "a token has at least one scope"},
        Case{"short", {"", {Scope::read}, days{0}}, "a token lives for 1 to 365 days"},
        Case{"long", {"", {Scope::read}, days{366}}, "a token lives for 1 to 365 days"},
    };
    for (const Case& c : cases) {
        const auto made = tokens().make("siti", c.wanted, owner(), morning);
        ASSERT_FALSE(made) << c.name;
        EXPECT_EQ(made.error().message, c.problem) << c.name;
    }
    EXPECT_TRUE(tokens().make("siti", {"", {Scope::read}, days{365}}, owner(), morning));
}

TEST_F(ApiTokenTest, IsMadeByItsAccountAndNotByAnAdministrator) {
    const NewToken wanted{"", {Scope::read}, days{30}};
    EXPECT_EQ(
        tokens().make("siti", wanted, actor("root"), morning).error().code,
        ErrorCode::not_found
    ) << "who manages accounts does not act in their name";
    const auto made = tokens().make("siti", wanted, actor("siti"), morning);
    ASSERT_TRUE(made);
    EXPECT_FALSE(tokens().revoke("siti", made->token.id, actor("root"), morning));
}

TEST_F(ApiTokenTest, MakesNoOtherToken) {
    const MadeToken made = make({Scope::read, Scope::write});
    const auto found = tokens().find(made.text, morning);
    const Actor program = Actor::signed_in((*found)->principal);
    const NewToken wanted{"", {Scope::read}, days{30}};
    EXPECT_EQ(tokens().make("siti", wanted, program, morning).error().code, ErrorCode::not_found);
    EXPECT_EQ(tokens().revoke("siti", made.token.id, program, morning)->code, ErrorCode::not_found);
}

TEST_F(ApiTokenTest, RemembersTheDayOfItsLastUse) {
    const MadeToken made = make({Scope::read});
    EXPECT_EQ((*tokens().list("siti"))[0], made.token);
    EXPECT_EQ(made.token.last_used, std::nullopt);
    ASSERT_TRUE(*tokens().find(made.text, morning + hours{30}));
    EXPECT_EQ((*tokens().list("siti"))[0].last_used, std::chrono::floor<days>(morning + hours{30}));
}

TEST_F(ApiTokenTest, IsOneOfFifty) {
    for (int i = 0; i < 50; ++i) {
        make({Scope::read}, days{1});
    }
    const NewToken wanted{"", {Scope::read}, days{1}};
    EXPECT_EQ(tokens().make("siti", wanted, owner(), morning).error().code, ErrorCode::conflict);
    EXPECT_TRUE(tokens().make("siti", wanted, owner(), morning + days{2})) << "those have expired";
}

}  // namespace
}  // namespace adic::access
