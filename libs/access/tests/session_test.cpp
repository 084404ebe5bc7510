#include "adic/access/session.hpp"

#include "book_fixture.hpp"

#include <fstream>
#include <iterator>
#include <set>

#include <gmock/gmock.h>

namespace adic::access {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SessionTest : public BookTest {
  protected:
    void SetUp() override {
        BookTest::SetUp();
        add("siti", "MYS", {Role::editor, Role::releaser});
        sessions_ = std::make_unique<Sessions>(book(), seeded_random(7));
    }

    void TearDown() override {
        sessions_.reset();
        BookTest::TearDown();
    }

    Sessions& sessions() { return *sessions_; }

    OpenedSession open(std::string_view account, std::chrono::sys_seconds at = morning) {
        auto opened = sessions().open(account, {true, "192.0.2.7", "browser"}, at);
        EXPECT_TRUE(opened);
        return *std::move(opened);
    }

    bool is_open(std::string_view secret, std::chrono::sys_seconds at) {
        const auto found = sessions().find(secret, at);
        EXPECT_TRUE(found);
        return found->has_value();
    }

  private:
    std::unique_ptr<Sessions> sessions_;
};

TEST_F(SessionTest, IsFoundByItsSecretAlone) {
    const OpenedSession opened = open("siti");
    EXPECT_EQ(opened.secret.size(), 43U);
    const auto found = sessions().find(opened.secret, morning + seconds{5});
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->session, opened.session);
    EXPECT_EQ((*found)->account.name, "siti");
    EXPECT_EQ((*found)->principal, principal("siti"));
    std::string other = opened.secret;
    other[10] = other[10] == 'a' ? 'b' : 'a';
    EXPECT_FALSE(is_open(other, morning));
    EXPECT_FALSE(is_open("", morning));
    EXPECT_FALSE(is_open(opened.session.id, morning));
    EXPECT_FALSE(is_open(opened.secret + "a", morning));
    EXPECT_FALSE(sessions().open("nobody", {}, morning));
}

TEST_F(SessionTest, StoresNoSecret) {
    const OpenedSession opened = open("siti");
    for (const std::string end : {"", "-wal"}) {
        std::ifstream in(file().string() + end, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        ASSERT_FALSE(bytes.empty());
        EXPECT_EQ(bytes.find(opened.secret), std::string::npos) << end;
        EXPECT_EQ(bytes.find(opened.csrf_token), std::string::npos) << end;
    }
}

TEST_F(SessionTest, EndsWhenNobodyUsesIt) {
    const OpenedSession opened = open("siti");
    EXPECT_TRUE(is_open(opened.secret, morning + minutes{29}));
    EXPECT_TRUE(is_open(opened.secret, morning + minutes{58}));
    EXPECT_FALSE(is_open(opened.secret, morning + minutes{89}));
    EXPECT_FALSE(is_open(opened.secret, morning + minutes{60})) << "it is gone for good";
}

TEST_F(SessionTest, EndsAfterAWorkingDay) {
    const OpenedSession opened = open("siti");
    for (minutes after{20}; after < hours{12}; after += minutes{20}) {
        ASSERT_TRUE(is_open(opened.secret, morning + after)) << after.count();
    }
    EXPECT_FALSE(is_open(opened.secret, morning + hours{12}));
}

TEST_F(SessionTest, EndsWithEveryChangeOfRights) {
    const OpenedSession role = open("siti");
    ASSERT_TRUE(book().change("siti", {.roles = Roles{Role::reader}}, owner(), morning));
    EXPECT_FALSE(is_open(role.secret, morning));
    const OpenedSession lock = open("siti");
    ASSERT_TRUE(book().change("siti", {.is_enabled = false}, owner(), morning));
    EXPECT_FALSE(is_open(lock.secret, morning));
    EXPECT_FALSE(sessions().open("siti", {}, morning)) << "locked";
    ASSERT_TRUE(book().change("siti", {.is_enabled = true}, owner(), morning));
    EXPECT_FALSE(is_open(lock.secret, morning)) << "it does not come back";
    const OpenedSession password = open("siti");
    const PasswordHasher hasher(cheap);
    ASSERT_FALSE(Passwords(book(), hasher).set("siti", good_password, false, owner(), morning));
    EXPECT_FALSE(is_open(password.secret, morning));
    const OpenedSession name = open("siti");
    ASSERT_TRUE(book().change("siti", {.display_name = "Siti"}, owner(), morning));
    EXPECT_TRUE(is_open(name.secret, morning)) << "a name is no right";
}

TEST_F(SessionTest, GetsAnotherSecretWhenItsRightsGrow) {
    const auto half = sessions().open("siti", {}, morning);
    ASSERT_TRUE(half);
    const auto before = sessions().find(half->secret, morning);
    EXPECT_FALSE((*before)->principal.permissions.has(Permission::release));
    const auto full = sessions().renew(half->secret, true, morning + minutes{1});
    ASSERT_TRUE(full);
    EXPECT_NE(full->secret, half->secret);
    EXPECT_NE(full->session.id, half->session.id);
    EXPECT_EQ(full->session.ends, half->session.ends);
    EXPECT_FALSE(is_open(half->secret, morning + minutes{1})) << "who fixed it has nothing";
    const auto after = sessions().find(full->secret, morning + minutes{1});
    EXPECT_TRUE((*after)->principal.permissions.has(Permission::release));
    EXPECT_EQ(sessions().renew(half->secret, true, morning).error().code, ErrorCode::not_found);
}

TEST_F(SessionTest, IsListedForItsAccountAndClosedByIt) {
    const OpenedSession first = open("siti");
    const OpenedSession second = open("siti", morning + minutes{2});
    const OpenedSession other = open("root");
    const auto now = morning + minutes{3};
    const auto listed = sessions().list("siti", now);
    ASSERT_TRUE(listed);
    EXPECT_THAT(*listed, testing::ElementsAre(second.session, first.session));
    EXPECT_EQ(sessions().close_one("siti", other.session.id)->code, ErrorCode::not_found);
    EXPECT_TRUE(is_open(other.secret, now));
    EXPECT_FALSE(sessions().close_one("siti", first.session.id));
    EXPECT_FALSE(is_open(first.secret, now));
    EXPECT_FALSE(sessions().close_all("siti"));
    EXPECT_FALSE(is_open(second.secret, now));
    EXPECT_TRUE(is_open(other.secret, now));
    EXPECT_FALSE(sessions().close(other.secret));
    EXPECT_FALSE(is_open(other.secret, now));
    EXPECT_TRUE(sessions().list("siti", now)->empty());
}

TEST_F(SessionTest, AreNotHeapedUp) {
    std::vector<OpenedSession> opened;
    for (int i = 0; i < 25; ++i) {
        opened.push_back(open("siti", morning + seconds{i}));
    }
    const auto now = morning + minutes{1};
    EXPECT_EQ(sessions().list("siti", now)->size(), 20U);
    EXPECT_FALSE(is_open(opened[4].secret, now));
    EXPECT_TRUE(is_open(opened[5].secret, now));
    EXPECT_TRUE(is_open(opened[24].secret, now));
}

TEST_F(SessionTest, NeverHasTheSecretOfAnother) {
    std::set<std::string> secrets;
    for (int i = 0; i < 30; ++i) {
        secrets.insert(open("siti").secret);
    }
    EXPECT_EQ(secrets.size(), 30U);
}

TEST_F(SessionTest, TellsStrangersTextAsText) {
    const auto opened =
        sessions().open("siti", {false, "1", "\x1b[31mred\n" + std::string(500, 'x')}, morning);
    EXPECT_EQ(opened->session.agent.substr(0, 9), "?[31mred?");
    EXPECT_EQ(opened->session.agent.size(), 128U);
}

/// Computed with Python 3.11: hmac.new(b"A"*43, b"adic csrf token 1", "sha256"), base64url.
TEST(CsrfToken, IsAnHmacOfTheSecret) {
    const std::string secret(43, 'A');
    EXPECT_EQ(csrf_token_of(secret), "HzF_5nt34_PfHAPnwXN53FDK81YNAITs3m17Rj1oGi8");
    EXPECT_TRUE(is_csrf_token_of(secret, csrf_token_of(secret)));
    EXPECT_FALSE(is_csrf_token_of(secret, csrf_token_of(std::string(43, 'B'))));
    EXPECT_FALSE(is_csrf_token_of(secret, ""));
    EXPECT_FALSE(is_csrf_token_of(secret, secret));
}

}  // namespace
}  // namespace adic::access
