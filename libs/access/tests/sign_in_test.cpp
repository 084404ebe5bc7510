#include "adic/access/sign_in.hpp"

#include "adic/access/totp.hpp"
#include "adic/sqlite/database.hpp"

#include "book_fixture.hpp"
#include "encoding.hpp"
#include "factor_key.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <gmock/gmock.h>

namespace adic::access {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

std::string secret_in(const Enrolment& enrolment) {
    const auto key = parse_otpauth_uri(enrolment.uri);
    EXPECT_TRUE(key);
    return key->secret;
}

std::string code_at(const std::string& secret, sys_seconds at) {
    return hotp_code(secret, totp_step(at), totp_digits);
}

class SecondFactorTest : public BookTest {
  protected:
    void SetUp() override {
        BookTest::SetUp();
        add("siti", "MYS", {Role::releaser});
        factors_ = std::make_unique<SecondFactors>(book(), seeded_random(9), "adic MYS");
    }

    void TearDown() override {
        factors_.reset();
        BookTest::TearDown();
    }

    SecondFactors& factors() { return *factors_; }

    /// The secret, and the recovery codes.
    std::pair<std::string, std::vector<std::string>>
    enrol(std::string_view account, sys_seconds at) {
        const auto begun = factors().begin(account);
        EXPECT_TRUE(begun);
        std::string secret = secret_in(*begun);
        auto codes = factors().confirm(account, code_at(secret, at), at);
        EXPECT_TRUE(codes);
        return {std::move(secret), *std::move(codes)};
    }

  private:
    std::unique_ptr<SecondFactors> factors_;
};

TEST_F(SecondFactorTest, CountsFromItsFirstCodeOn) {
    const auto begun = factors().begin("siti");
    ASSERT_TRUE(begun);
    const std::string secret = secret_in(*begun);
    EXPECT_EQ(secret.size(), 20U);
    EXPECT_FALSE(found("siti").has_second_factor);
    EXPECT_FALSE(*factors().use("siti", code_at(secret, morning), morning)) << "not confirmed";
    EXPECT_FALSE(factors().confirm("siti", "000000", morning));
    EXPECT_FALSE(factors().confirm("root", code_at(secret, morning), morning)) << "another's";
    EXPECT_TRUE(factors().confirm("siti", code_at(secret, morning), morning));
    EXPECT_TRUE(found("siti").has_second_factor);
    EXPECT_FALSE(factors().confirm("siti", code_at(secret, morning), morning)) << "nothing begun";
    EXPECT_FALSE(factors().begin("nobody"));
}

TEST_F(SecondFactorTest, TakesEachCodeOnce) {
    const auto [secret, codes] = enrol("siti", morning);
    EXPECT_FALSE(*factors().use("siti", code_at(secret, morning), morning)) << "enrolled with it";
    const auto later = morning + seconds{30};
    EXPECT_TRUE(*factors().use("siti", code_at(secret, later), later));
    EXPECT_FALSE(*factors().use("siti", code_at(secret, later), later));
    EXPECT_EQ((*book().history("siti", 1))[0].what, "a code was given a second time");
    EXPECT_FALSE(*factors().use("siti", code_at(secret, morning), later)) << "an earlier one";
    EXPECT_FALSE(*factors().use("root", code_at(secret, later), later));
}

TEST_F(SecondFactorTest, RecoversTenTimes) {
    const auto [secret, codes] = enrol("siti", morning);
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 10U);
    EXPECT_THAT(codes, testing::Each(testing::MatchesRegex("([A-Z2-7]{4}-){5}[A-Z2-7]{4}")));
    std::string typed = codes[3];
    std::ranges::replace(typed, '-', ' ');
    typed[0] = typed[0] >= 'A' ? static_cast<char>(typed[0] - 'A' + 'a') : typed[0];
    EXPECT_TRUE(*factors().use("siti", typed, morning));
    EXPECT_FALSE(*factors().use("siti", codes[3], morning)) << "used";
    EXPECT_FALSE(*factors().use("root", codes[4], morning)) << "another's";
    EXPECT_EQ(*factors().recovery_codes_left("siti"), 9U);
    const auto [other_secret, others] = enrol("siti", morning + minutes{2});
    EXPECT_FALSE(*factors().use("siti", codes[4], morning)) << "new ones make old ones worthless";
    EXPECT_EQ(*factors().recovery_codes_left("siti"), 10U);
    EXPECT_NE(secret, other_secret);
}

TEST_F(SecondFactorTest, IsTakenAwayByAnAdministratorOfTheState) {
    enrol("siti", morning);
    add("tan", "SGP", {Role::administrator});
    EXPECT_EQ(factors().remove("siti", actor("tan"), morning)->code, ErrorCode::not_found);
    EXPECT_FALSE(factors().remove("siti", actor("root"), morning));
    EXPECT_FALSE(found("siti").has_second_factor);
    EXPECT_EQ(*factors().recovery_codes_left("siti"), 0U);
    EXPECT_EQ((*book().history("siti", 1))[0].what, "the second factor was taken away");
}

/// What a column of an account holds, as whoever has a copy of the file sees it.
std::string column_of(const std::filesystem::path& book, const std::string& sql) {
    const auto database = *sqlite::Database::open(book, "book of accounts");
    auto row = *sqlite::Statement::prepare(database, sql);
    EXPECT_TRUE(*row.step());
    return row.text(0);
}

TEST_F(SecondFactorTest, StandsSealedInTheBook) {
    const auto [secret, codes] = enrol("siti", morning);
    const std::string of_siti = "SELECT totp_secret FROM account WHERE name = 'siti'";
    const std::string kept = column_of(file(), of_siti);
    EXPECT_EQ(kept.find(base32_of(secret)), std::string::npos);
    const auto key = FactorKey::open(FactorKey::file_of(file()));
    EXPECT_EQ(key->unseal(kept, "siti"), secret);
    EXPECT_FALSE(key->unseal(kept, "root")) << "it is bound to its account";
    std::string changed = kept;
    changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(key->unseal(changed, "siti"));
    EXPECT_FALSE(key->unseal("", "siti"));
}

TEST_F(SecondFactorTest, OfAnotherAccountIsNobodysToUse) {
    const auto [secret, codes] = enrol("siti", morning);
    run_in(
        file(),
        "UPDATE account SET totp_secret = (SELECT totp_secret FROM account WHERE name = 'siti') "
        "WHERE name = 'root'"
    );
    const auto later = morning + seconds{30};
    EXPECT_FALSE(*factors().use("root", code_at(secret, later), later));
    EXPECT_TRUE(*factors().use("siti", code_at(secret, later), later));
}

TEST_F(SecondFactorTest, NeedsTheKeyBesideTheBook) {
    const auto [secret, codes] = enrol("siti", morning);
    const auto key = FactorKey::file_of(file());
    const auto away = file().parent_path() / "away";
    close_book();
    std::filesystem::rename(key, away);
    const auto refused = AccountBook::open(file(), AccountBook::IfMissing::refuse);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::not_found);
    EXPECT_THAT(refused.error().message, testing::HasSubstr("put it back"));
    EXPECT_FALSE(std::filesystem::exists(key)) << "no other is made in its place";

    std::filesystem::copy(away, key);
    open_book();
    SecondFactors again(book(), seeded_random(10), "adic MYS");
    const auto later = morning + seconds{30};
    EXPECT_TRUE(*again.use("siti", code_at(secret, later), later));
}

TEST_F(SecondFactorTest, WhoseKeyIsLostIsRecoveredAndEnrolledAnew) {
    const auto [secret, codes] = enrol("siti", morning);
    const auto key = FactorKey::file_of(file());
    close_book();
    std::filesystem::resize_file(key, 0);
    open_book();
    SecondFactors again(book(), seeded_random(10), "adic MYS");
    const auto later = morning + seconds{30};
    EXPECT_TRUE(found("siti").has_second_factor) << "it does not go away by losing the key";
    EXPECT_FALSE(*again.use("siti", code_at(secret, later), later));
    EXPECT_TRUE(*again.use("siti", codes[0], later));
    const auto begun = again.begin("siti");
    EXPECT_TRUE(again.confirm("siti", code_at(secret_in(*begun), later), later));
}

TEST_F(SecondFactorTest, OfABookOfTheFirstLayoutIsSealedWhenItIsOpened) {
    const std::string secret(20, 's');
    const std::string plain = base32_of(secret);
    run_in(
        file(),
        "UPDATE account SET totp_secret = '" + plain
            + "' WHERE name = 'siti'; PRAGMA user_version = 1"
    );
    close_book();
    std::filesystem::remove(FactorKey::file_of(file()));
    open_book();
    SecondFactors again(book(), seeded_random(10), "adic MYS");
    EXPECT_TRUE(*again.use("siti", code_at(secret, morning), morning));
    close_book();
    for (const auto& entry : std::filesystem::directory_iterator(file().parent_path())) {
        std::ifstream bytes(entry.path(), std::ios::binary);
        const std::string all((std::istreambuf_iterator<char>(bytes)), {});
        EXPECT_EQ(all.find(plain), std::string::npos) << entry.path();
    }
}

TEST_F(SecondFactorTest, HasAKeyThatIsItsOwnersAlone) {
    const auto key = FactorKey::file_of(file());
    close_book();
    std::filesystem::permissions(key, std::filesystem::perms{0640});
    EXPECT_EQ(
        AccountBook::open(file(), AccountBook::IfMissing::refuse).error().code,
        ErrorCode::conflict
    );
    std::filesystem::permissions(key, std::filesystem::perms{0600});
    std::ofstream(key) << "no key";
    EXPECT_EQ(
        AccountBook::open(file(), AccountBook::IfMissing::refuse).error().code,
        ErrorCode::invalid_argument
    );
}

class SignInTest : public SecondFactorTest {
  protected:
    void SetUp() override {
        SecondFactorTest::SetUp();
        passwords_ = std::make_unique<Passwords>(book(), hasher_);
        sessions_ = std::make_unique<Sessions>(book(), seeded_random(13));
        accounts_ = std::make_unique<Throttle>(ThrottlePolicy{}, seeded_random(14));
        addresses_ = std::make_unique<Throttle>(ThrottlePolicy::for_addresses(), seeded_random(15));
        sign_in_ = std::make_unique<SignIn>(
            book(),
            SignIn::Parts{*passwords_, factors(), *sessions_, *accounts_, *addresses_}
        );
        add("amin", "MYS", {Role::reader});
        ASSERT_FALSE(passwords_->set("siti", good_password, false, owner(), morning));
        ASSERT_FALSE(passwords_->set("amin", good_password, false, owner(), morning));
    }

    SignInOutcome attempt(SignInRequest request, sys_seconds now = morning) {
        if (request.address.empty()) {
            request.address = "192.0.2.7";
        }
        auto outcome = sign_in_->try_to(request, now);
        EXPECT_TRUE(outcome);
        return *std::move(outcome);
    }

    template <typename Outcome>
    bool gives(const SignInRequest& request, sys_seconds now = morning) {
        return std::holds_alternative<Outcome>(attempt(request, now));
    }

    seconds wait_after(const SignInRequest& request, sys_seconds now = morning) {
        const SignInOutcome outcome = attempt(request, now);
        const auto* refused = std::get_if<NotSignedIn>(&outcome);
        EXPECT_NE(refused, nullptr);
        return refused == nullptr ? seconds{-1} : refused->wait;
    }

    PasswordHasher hasher_{cheap};
    std::unique_ptr<Passwords> passwords_;
    std::unique_ptr<Sessions> sessions_;
    std::unique_ptr<Throttle> accounts_;
    std::unique_ptr<Throttle> addresses_;
    std::unique_ptr<SignIn> sign_in_;
};

TEST_F(SignInTest, OpensASessionForTheRightPassword) {
    const SignInOutcome outcome = attempt({"amin", std::string(good_password)});
    const auto* opened = std::get_if<OpenedSession>(&outcome);
    ASSERT_NE(opened, nullptr);
    EXPECT_TRUE(*sessions_->find(opened->secret, morning));
    EXPECT_FALSE(opened->session.has_second_factor);
    EXPECT_TRUE(gives<OpenedSession>({" AMIN ", std::string(good_password)})) << "as people type";
    EXPECT_TRUE(gives<NotSignedIn>({"amin", std::string(good_password) + " "}));
    EXPECT_TRUE(gives<NotSignedIn>({"amin", ""}));
}

TEST_F(SignInTest, AsksForTheCodeAfterTheRightPasswordAlone) {
    const auto [secret, codes] = enrol("siti", morning);
    const auto now = morning + minutes{1};
    const std::string password{good_password};
    EXPECT_TRUE(gives<CodeNeeded>({"siti", password}, now));
    EXPECT_TRUE(gives<NotSignedIn>({"siti", "wrong"}, now));
    EXPECT_TRUE(gives<NotSignedIn>({"siti", "wrong", code_at(secret, now)}, now));
    EXPECT_TRUE(gives<NotSignedIn>({"siti", password, "000000"}, now));
    const SignInOutcome outcome = attempt({"siti", password, code_at(secret, now)}, now);
    const auto* opened = std::get_if<OpenedSession>(&outcome);
    ASSERT_NE(opened, nullptr) << "a code with a wrong password was not used up";
    EXPECT_TRUE(opened->session.has_second_factor);
    EXPECT_TRUE(gives<NotSignedIn>({"siti", password, code_at(secret, now)}, now)) << "again";
    EXPECT_TRUE(gives<OpenedSession>({"siti", password, codes[0]}, now));
}

/// The same series of tries on an account and on none: the same answers, to the second.
TEST_F(SignInTest, DoesNotTellWhetherThereIsSuchAnAccount) {
    auto now = morning;
    for (int i = 0; i < 14; ++i) {
        SignInRequest known{"amin", "wrong"};
        SignInRequest unknown{"nobody", "wrong"};
        known.address = "192.0.2.1";
        unknown.address = "192.0.2.2";
        const seconds wait = wait_after(known, now);
        EXPECT_EQ(wait, wait_after(unknown, now)) << i;
        now += i < 12 ? wait : seconds{1};
    }
}

TEST_F(SignInTest, LocksEvenForTheRightPassword) {
    auto now = morning;
    for (int i = 0; i < 10; ++i) {
        now += wait_after({"amin", "wrong"}, now);
    }
    now -= minutes{15};  // the last wait was the lock
    SignInRequest right{"amin", std::string(good_password)};
    right.address = "198.51.100.1";
    EXPECT_TRUE(gives<NotSignedIn>(right, now + minutes{14}));
    EXPECT_TRUE(gives<OpenedSession>(right, now + minutes{15}));
    EXPECT_EQ(wait_after({"amin", "wrong"}, now + minutes{16}), seconds{0}) << "all is forgotten";
}

TEST_F(SignInTest, SlowsAnAddressThatTriesManyNames) {
    for (int i = 0; i < 20; ++i) {
        SignInRequest request{"name" + std::to_string(i), "wrong"};
        request.address = "2001:db8::" + std::to_string(i);  // of one network
        EXPECT_EQ(wait_after(request), seconds{0}) << i;
    }
    SignInRequest request{"name20", "wrong"};
    request.address = "2001:db8::9999";
    EXPECT_EQ(wait_after(request), seconds{1});
    EXPECT_TRUE(gives<OpenedSession>({"amin", std::string(good_password), "", "198.51.100.7", ""}));
}

TEST_F(SignInTest, DoesNotForgiveAnAddressForAnAccountOfItsOwn) {
    for (int i = 0; i < 20; ++i) {
        attempt({"name" + std::to_string(i), "wrong"});
        EXPECT_TRUE(gives<OpenedSession>({"amin", std::string(good_password)}));
    }
    EXPECT_EQ(wait_after({"name20", "wrong"}), seconds{1});
}

TEST_F(SignInTest, HasAPasswordOfAnothersChoiceChangedFirst) {
    ASSERT_FALSE(passwords_->set("amin", good_password, true, owner(), morning));
    const SignInRequest request{"amin", std::string(good_password)};
    EXPECT_TRUE(gives<NewPasswordNeeded>(request));
    EXPECT_FALSE(sign_in_->change_password(request, "password1234", morning));
    const auto changed = sign_in_->change_password(request, "amber lantern road 12", morning);
    ASSERT_TRUE(changed);
    EXPECT_TRUE(std::holds_alternative<OpenedSession>(*changed));
    EXPECT_TRUE(gives<NotSignedIn>(request));
    EXPECT_TRUE(gives<OpenedSession>({"amin", "amber lantern road 12"}));
}

TEST_F(SignInTest, HasAPasswordChangedThatHasBecomeKnown) {
    PasswordRules rules;
    rules.is_known = [](std::string_view password) { return password == good_password; };
    Passwords strict(book(), hasher_, rules);
    SignIn sign_in(book(), {strict, factors(), *sessions_, *accounts_, *addresses_});
    const SignInRequest request{"amin", std::string(good_password)};
    const auto outcome = sign_in.try_to(request, morning);
    EXPECT_TRUE(outcome && std::holds_alternative<NewPasswordNeeded>(*outcome));
    EXPECT_TRUE(sign_in.change_password(request, "amber lantern road 12", morning));
}

TEST_F(SignInTest, ChangesAPasswordForWhoProvesAllOfIt) {
    const auto [secret, codes] = enrol("siti", morning);
    const auto now = morning + minutes{1};
    SignInRequest request{"siti", std::string(good_password)};
    constexpr std::string_view other = "amber lantern road 12";
    const auto half = sign_in_->change_password(request, other, now);
    EXPECT_TRUE(std::holds_alternative<CodeNeeded>(*half));
    const auto before = sessions_->open("siti", {}, now);
    request.code = code_at(secret, now);
    const auto changed = sign_in_->change_password(request, other, now);
    ASSERT_TRUE(std::holds_alternative<OpenedSession>(*changed));
    EXPECT_FALSE(*sessions_->find(before->secret, now)) << "other sessions end";
    EXPECT_TRUE(*sessions_->find(std::get<OpenedSession>(*changed).secret, now));
}

TEST_F(SignInTest, RefusesALockedAccountAsAWrongPassword) {
    ASSERT_TRUE(book().change("amin", {.is_enabled = false}, owner(), morning));
    EXPECT_EQ(wait_after({"amin", std::string(good_password)}), seconds{0});
}

}  // namespace
}  // namespace adic::access
