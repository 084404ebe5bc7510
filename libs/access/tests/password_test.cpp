#include "adic/access/password.hpp"

#include "book_fixture.hpp"

#include <array>
#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

namespace adic::access {
namespace {

Account siti() {
    Account account;
    account.name = "siti.rahman";
    account.display_name = "Siti Rahman";
    account.state = "MYS";
    return account;
}

TEST(PasswordRules, TakeWhatIsHardToGuess) {
    const std::array<std::string_view, 8> good{
        "violet harbour tin 88",
        "correct horse battery",
        "7Yq!v0;Rz#pL",
        "gajah makan rumput hijau",
        "นกแก้วสีเขียวบินสูง",
        "mật mã dài và khó đoán",
        "83629174650283641975",
        "xkcd 936 but my own words"};
    for (const std::string_view password : good) {
        EXPECT_EQ(problem_of_password(password, siti()), std::nullopt) << password;
    }
}

TEST(PasswordRules, RefuseWhatIsTriedFirst) {
    const std::array<std::string_view, 18> bad{
        "Password123456",
        "P@ssw0rd2026!",
        "password password",
        "123456789012",
        "qwertyuiop12",
        "abcdefghijkl",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "zyxwvutsrqponm",
        "siti.rahman.2026",
        "Rahman-Siti-1990",
        "adic admin 2026",
        "Welcome2026!!!!",
        "iloveyou12345678",
        "asdfghjklzxcvbnm",
        "qwerty-azerty-2025",
        "correcthorsebatterystaple",
        "-------------a"};
    for (const std::string_view password : bad) {
        EXPECT_NE(problem_of_password(password, siti()), std::nullopt) << password;
    }
}

TEST(PasswordRules, CountCharactersAndNotBytes) {
    EXPECT_NE(problem_of_password("7Yq!v0;Rz#p", siti()), std::nullopt) << "11";
    EXPECT_NE(problem_of_password("นกแก้วสีเขี", siti()), std::nullopt) << "11 in 33 bytes";
    EXPECT_NE(problem_of_password("7Yq!v      Rz#pL", siti()), std::nullopt) << "spaces";
    std::string longest;
    for (int i = 0; longest.size() < 1024; ++i) {
        longest += std::to_string(mix(static_cast<std::uint64_t>(i)));
    }
    longest.resize(1024);
    EXPECT_EQ(problem_of_password(longest, siti()), std::nullopt);
    EXPECT_NE(problem_of_password(longest + "x", siti()), std::nullopt);
    EXPECT_NE(problem_of_password("7Yq!v0;Rz#pL\xFF", siti()), std::nullopt) << "no UTF-8";
}

TEST(PasswordRules, AskAListThatTheOperatorChose) {
    PasswordRules rules;
    rules.is_known = [](std::string_view password) { return password == good_password; };
    EXPECT_NE(problem_of_password(good_password, siti(), rules), std::nullopt);
    EXPECT_EQ(problem_of_password("another harbour 88", siti(), rules), std::nullopt);
}

class PasswordListTest : public testing::Test {
  protected:
    void SetUp() override {
        file_ = std::filesystem::path(testing::TempDir())
                / testing::UnitTest::GetInstance()->current_test_info()->name();
    }

    void TearDown() override { std::filesystem::remove(file_); }

    Result<PasswordList> read(std::string_view text) const {
        std::ofstream(file_, std::ios::binary) << text;
        return PasswordList::read(file_);
    }

    std::filesystem::path file_;
};

TEST_F(PasswordListTest, HasWhatIsLongEnoughToBeAPassword) {
    const auto list = read("short\nCorrect Horse Battery\r\n\nwatermelon sugar\nwatermelon sugar");
    ASSERT_TRUE(list);
    EXPECT_EQ(list->size(), 2U);
    EXPECT_TRUE(list->has("correct horse battery"));
    EXPECT_TRUE(list->has("WATERMELON SUGAR"));
    EXPECT_FALSE(list->has("watermelon sugar "));
    EXPECT_FALSE(list->has("short"));
    EXPECT_FALSE(list->has(""));
}

TEST_F(PasswordListTest, IsReadWhateverIsInIt) {
    EXPECT_EQ(read("")->size(), 0U);
    EXPECT_EQ(read(std::string(100000, 'x'))->size(), 0U) << "no password is that long";
    EXPECT_EQ(read(std::string(13, '\0') + "\xFF\n")->size(), 1U);
    EXPECT_EQ(PasswordList::read(file_.parent_path() / "none").error().code, ErrorCode::not_found);
    EXPECT_FALSE(PasswordList::read(file_.parent_path())) << "a folder";
}

TEST(PasswordHasher, StatesItsParameters) {
    const PasswordHasher hasher;
    const auto hash = hasher.hash(good_password);
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << *hash;
    EXPECT_TRUE(*hasher.verify(*hash, good_password));
    EXPECT_FALSE(*hasher.verify(*hash, "violet harbour tin 89"));
    EXPECT_FALSE(hasher.is_outdated(*hash));
    EXPECT_TRUE(PasswordHasher(cheap).is_outdated(*hash));
}

TEST(PasswordHasher, SaltsEachHash) {
    const PasswordHasher hasher(cheap);
    EXPECT_NE(*hasher.hash(good_password), *hasher.hash(good_password));
}

TEST(PasswordHasher, TreatsNobodyAsSomebody) {
    // The text that stands in for nobody's hash is one that libsodium takes the time to compute.
    const PasswordHasher hasher(cheap);
    EXPECT_FALSE(*hasher.verify("", good_password));
    EXPECT_FALSE(*hasher.verify("", ""));
    EXPECT_FALSE(*hasher.verify("no hash", good_password));
}

TEST(PasswordHasher, SendsAwayWhomItCannotServe) {
    const PasswordHasher closed(cheap, {.at_once = 0, .waiting = 0});
    EXPECT_EQ(closed.hash(good_password).error().code, ErrorCode::unavailable);
    const PasswordHasher narrow(cheap, {.at_once = 1, .waiting = 100});
    std::atomic<int> done{0};
    {
        std::vector<std::jthread> callers;
        for (int i = 0; i < 8; ++i) {
            callers.emplace_back([&] { done += narrow.hash(good_password) ? 1 : 0; });
        }
    }
    EXPECT_EQ(done, 8) << "all in their turn";
}

class PasswordsTest : public BookTest {
  protected:
    void SetUp() override {
        BookTest::SetUp();
        add("siti", "MYS", {Role::reader});
    }

    PasswordHasher hasher_{cheap};
};

TEST_F(PasswordsTest, AreRightForTheirAccountAlone) {
    Passwords passwords(book(), hasher_);
    EXPECT_FALSE(*passwords.is_right("siti", "")) << "none is set";
    ASSERT_FALSE(passwords.set("siti", good_password, false, owner(), morning));
    EXPECT_TRUE(*passwords.is_right("siti", good_password));
    EXPECT_FALSE(*passwords.is_right("siti", "violet harbour tin 8"));
    EXPECT_FALSE(*passwords.is_right("root", good_password));
    EXPECT_FALSE(*passwords.is_right("nobody", good_password));
    EXPECT_TRUE(found("siti").has_password);
    ASSERT_TRUE(book().change("siti", {.is_enabled = false}, owner(), morning));
    EXPECT_FALSE(*passwords.is_right("siti", good_password)) << "locked";
}

TEST_F(PasswordsTest, AreSetByWhoManagesTheAccount) {
    Passwords passwords(book(), hasher_);
    add("tan", "SGP", {Role::administrator});
    EXPECT_EQ(
        passwords.set("siti", good_password, true, actor("tan"), morning)->code,
        ErrorCode::not_found
    );
    EXPECT_EQ(
        passwords.set("siti", "short", true, owner(), morning)->code,
        ErrorCode::invalid_argument
    );
    ASSERT_FALSE(passwords.set("siti", good_password, true, actor("root"), morning));
    EXPECT_TRUE(found("siti").must_change_password);
    EXPECT_EQ((*book().history("siti", 1))[0].what, "a password was set, to be changed");
}

TEST_F(PasswordsTest, AreChangedByWhoKnowsTheOldOne) {
    Passwords passwords(book(), hasher_);
    ASSERT_FALSE(passwords.set("siti", good_password, true, owner(), morning));
    constexpr std::string_view other = "amber lantern road 12";
    EXPECT_TRUE(passwords.change("siti", "a wrong old one", other, morning));
    EXPECT_TRUE(passwords.change("nobody", good_password, other, morning));
    EXPECT_TRUE(passwords.change("siti", good_password, good_password, morning)) << "the same";
    EXPECT_TRUE(passwords.change("siti", good_password, "password1234", morning));
    EXPECT_TRUE(*passwords.is_right("siti", good_password));
    ASSERT_FALSE(passwords.change("siti", good_password, other, morning));
    EXPECT_FALSE(*passwords.is_right("siti", good_password));
    EXPECT_TRUE(*passwords.is_right("siti", other));
    EXPECT_FALSE(found("siti").must_change_password);
}

TEST_F(PasswordsTest, AreHashedAnewWhenTheParametersRise) {
    Passwords before(book(), hasher_);
    ASSERT_FALSE(before.set("siti", good_password, false, owner(), morning));
    const PasswordHasher dearer({2, 16384});
    Passwords after(book(), dearer);
    EXPECT_FALSE(*after.is_right("siti", "violet harbour tin 8"));
    EXPECT_TRUE(*after.is_right("siti", good_password));
    Passwords again(book(), hasher_);
    EXPECT_TRUE(*again.is_right("siti", good_password)) << "a hash states its own parameters";
    // The cheaper hasher has hashed it anew: what it wrote is not outdated to it.
    EXPECT_TRUE(*again.is_right("siti", good_password));
}

}  // namespace
}  // namespace adic::access
