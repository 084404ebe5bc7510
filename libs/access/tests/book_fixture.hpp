#pragma once

#include "adic/access/account_book.hpp"
#include "adic/access/password.hpp"
#include "adic/access/random.hpp"
#include "adic/base/random.hpp"
#include "adic/sqlite/database.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace adic::access {

/// 2026-11-25 09:00:00 UTC.
inline constexpr std::chrono::sys_seconds morning{std::chrono::seconds{1795597200}};

/// The same bytes in every run. Not thread-safe, as it is used under the lock of a book.
inline RandomSource seeded_random(std::uint64_t seed) {
    return [stream = std::make_shared<RandomStream>(seed, 0)](std::span<std::byte> bytes) {
        for (std::byte& byte : bytes) {
            byte = static_cast<std::byte>(stream->below(256));
        }
    };
}

inline void run_in(const std::filesystem::path& book, const std::string& sql) {
    const auto database = *sqlite::Database::open(book, "book of accounts");
    EXPECT_FALSE(database.run(sql.c_str()));
}

/// As cheap as libsodium allows: what is tested is not the price.
inline constexpr PasswordCost cheap{1, 8192};

inline constexpr std::string_view good_password = "violet harbour tin 88";

/// A book in a folder of its own, with an administrator `root` of MYS.
class BookTest : public testing::Test {
  protected:
    void SetUp() override {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::path(testing::TempDir())
                  / (std::string(info->test_suite_name()) + "." + info->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        open_book();
        add("root", "MYS", {Role::administrator});
    }

    void TearDown() override {
        book_.reset();
        std::filesystem::remove_all(folder_);
    }

    std::filesystem::path file() const { return folder_ / "accounts.db"; }

    AccountBook& book() { return *book_; }

    void open_book() {
        auto opened = AccountBook::open(file(), AccountBook::IfMissing::make);
        ASSERT_TRUE(opened) << opened.error().message;
        book_ = std::make_unique<AccountBook>(*std::move(opened));
    }

    void close_book() { book_.reset(); }

    static Actor owner() { return Actor::owner_of_file("console"); }

    Account add(std::string name, std::string state, Roles roles, std::string organisation = {}) {
        auto made = book().add(
            {std::move(name), {}, std::move(state), std::move(organisation), roles, {}},
            owner(),
            morning
        );
        EXPECT_TRUE(made) << (made ? "" : made.error().message);
        return made ? *made : Account{};
    }

    Account found(std::string_view name) {
        auto account = book().find(name);
        EXPECT_TRUE(account && *account) << name;
        return account && *account ? **account : Account{};
    }

    /// With the second factor given.
    Principal principal(std::string_view name) { return principal_of(found(name), true); }

    Actor actor(std::string_view name) { return Actor::signed_in(principal(name)); }

  private:
    std::filesystem::path folder_;
    std::unique_ptr<AccountBook> book_;
};

}  // namespace adic::access
