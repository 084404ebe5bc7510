#include "adic/registry/store/sqlite_store.hpp"

#include "store/store_contract.hpp"

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace adic::test {
namespace {

namespace fs = std::filesystem;

class SqliteMaker : public StoreMaker {
  public:
    SqliteMaker() {
        static std::atomic<int> count = 0;
        folder_ = fs::temp_directory_path()
                  / ("adic-store-" + std::to_string(::getpid()) + '-' + std::to_string(count++));
        fs::create_directories(folder_);
    }

    ~SqliteMaker() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

    std::unique_ptr<RecordStore> open() override {
        auto store = registry::open_sqlite_store(file());
        EXPECT_TRUE(store);
        return *std::move(store);
    }

    fs::path file() const { return folder_ / "registry.db"; }

  private:
    fs::path folder_;
};

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, testing::Values([] {
                             return std::make_unique<SqliteMaker>();
                         }));

TEST(SqliteStore, RefusesFilesThatAreSomethingElse) {
    const SqliteMaker maker;
    std::ofstream(maker.file()
    ) << "a text that is long enough to be no header of a database at all";
    const auto store = registry::open_sqlite_store(maker.file());
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, ErrorCode::invalid_argument);
    EXPECT_FALSE(registry::open_sqlite_store(maker.file().parent_path() / "none" / "registry.db"));
}

void run_sql(const fs::path& file, const char* sql) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(handle);
}

TEST(SqliteStore, IsBackedUpWhileOthersWrite) {
    SqliteMaker maker;
    const auto store = maker.open();
    const auto before = first(product("MYS.before", "radio"));
    ASSERT_FALSE(store->write(std::span(&before, 1), noon));
    std::atomic<bool> is_over = false;
    std::thread writer([&] {
        for (int r = 0; !is_over; ++r) {
            const auto write = first(product("MYS.r" + std::to_string(r), "radio"));
            EXPECT_FALSE(store->write(std::span(&write, 1), noon));
        }
    });
    const fs::path copy = maker.file().parent_path() / "copy.db";
    EXPECT_FALSE(registry::back_up_sqlite_store(maker.file(), copy));
    is_over = true;
    writer.join();
    const auto restored = registry::open_sqlite_store(copy);
    ASSERT_TRUE(restored);
    EXPECT_EQ((*(*restored)->latest("MYS.before"))->record, before.record);
    const auto next = first(product("MYS.after", "radio"));
    EXPECT_FALSE((*restored)->write(std::span(&next, 1), noon)) << "it goes on from there";
    EXPECT_FALSE(*store->latest("MYS.after"));
    std::uint64_t changes = 0;
    EXPECT_TRUE((*restored)->changes_since(0, [&](std::uint64_t, const model::RecordVersion&) {
        ++changes;
        return true;
    }));
    EXPECT_GE(changes, 2U) << "the feed is in it";
}

TEST(SqliteStore, IsNotBackedUpOverAnything) {
    SqliteMaker maker;
    maker.open();
    const fs::path taken = maker.file().parent_path() / "taken.db";
    std::ofstream(taken) << "precious";
    EXPECT_EQ(registry::back_up_sqlite_store(maker.file(), taken)->code, ErrorCode::conflict);
    EXPECT_EQ(fs::file_size(taken), 8U);
    EXPECT_EQ(
        registry::back_up_sqlite_store(maker.file().parent_path() / "none.db", "copy.db")->code,
        ErrorCode::not_found
    );
    const auto nowhere = maker.file().parent_path() / "no" / "copy.db";
    EXPECT_TRUE(registry::back_up_sqlite_store(maker.file(), nowhere));
}

TEST(SqliteStore, RefusesDatabasesOfOthersAndOfLaterVersions) {
    const SqliteMaker other;
    run_sql(other.file(), "CREATE TABLE theirs (x); PRAGMA user_version = 1");
    EXPECT_THAT(
        registry::open_sqlite_store(other.file()).error().message,
        testing::HasSubstr("another program")
    );
    SqliteMaker later;
    later.open();
    run_sql(later.file(), "PRAGMA user_version = 99");
    EXPECT_THAT(
        registry::open_sqlite_store(later.file()).error().message,
        testing::HasSubstr("later version")
    );
}

TEST(SqliteStore, LetsNobodyRewriteHistory) {
    SqliteMaker maker;
    const RecordWrite write = first(product("a", "one"));
    ASSERT_FALSE(maker.open()->write(std::span(&write, 1), noon));
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(maker.file().c_str(), &handle), SQLITE_OK);
    for (const char* sql :
         {"UPDATE version SET why = 'x'",
          "DELETE FROM version",
          "UPDATE change SET sequence = 9",
          "DELETE FROM change"}) {
        EXPECT_EQ(
            sqlite3_exec(handle, sql, nullptr, nullptr, nullptr),
            SQLITE_CONSTRAINT_TRIGGER & 0xFF
        );
    }
    sqlite3_close(handle);
}

/// The order in which the feed tells of versions, as "id.number".
std::vector<std::string> order_of_changes(const RecordStore& store) {
    std::vector<std::string> order;
    EXPECT_TRUE(store.changes_since(0, [&](std::uint64_t, const model::RecordVersion& version) {
        order.push_back(version.record.id + '.' + std::to_string(version.number));
        return true;
    }));
    return order;
}

/// Forward, back and forward again: no version is lost, and those of one record stay in order even
/// where a clock went back between them.
TEST(SqliteStore, ChangesItsLayoutForwardAndBackWithAllThatIsInIt) {
    SqliteMaker maker;
    RecordWrite later = first(product("a", "two"));
    later.follows = 1;
    const RecordWrite early = first(product("a", "one"));
    const RecordWrite other = first(product("b", "one"));
    {
        const auto store = maker.open();
        ASSERT_FALSE(store->write(std::span(&early, 1), noon));
        ASSERT_FALSE(store->write(std::span(&later, 1), noon - std::chrono::hours{2}));
        ASSERT_FALSE(store->write(std::span(&other, 1), noon - std::chrono::hours{1}));
    }
    ASSERT_FALSE(registry::migrate_sqlite_store(maker.file(), 1));
    ASSERT_FALSE(registry::migrate_sqlite_store(maker.file(), 1));
    run_sql(
        maker.file(),
        "INSERT INTO version SELECT id, 2, type, owner, at, author, why,"
        " is_withdrawn, body FROM version WHERE id = 'b';"
        "UPDATE latest SET number = 2 WHERE id = 'b'"
    );
    ASSERT_FALSE(registry::migrate_sqlite_store(maker.file(), registry::newest_sqlite_layout));
    const auto store = maker.open();
    EXPECT_THAT(order_of_changes(*store), testing::ElementsAre("b.1", "b.2", "a.1", "a.2"));
    EXPECT_EQ((*store->latest("a"))->record, later.record);
    RecordWrite next = other;
    next.follows = 2;
    ASSERT_FALSE(store->write(std::span(&next, 1), noon));
    EXPECT_EQ(order_of_changes(*store).back(), "b.3");
}

TEST(SqliteStore, BringsAFileOfAnOlderLayoutUpWhenItIsOpened) {
    SqliteMaker maker;
    const RecordWrite write = first(product("a", "one"));
    ASSERT_FALSE(maker.open()->write(std::span(&write, 1), noon));
    ASSERT_FALSE(registry::migrate_sqlite_store(maker.file(), 1));
    EXPECT_THAT(order_of_changes(*maker.open()), testing::ElementsAre("a.1"));
}

TEST(SqliteStore, RefusesLayoutsAndFilesThatThereAreNot) {
    SqliteMaker maker;
    EXPECT_EQ(registry::migrate_sqlite_store(maker.file(), 1)->code, ErrorCode::not_found);
    maker.open();
    for (const std::int64_t layout : {std::int64_t{0}, registry::newest_sqlite_layout + 1}) {
        const auto problem = registry::migrate_sqlite_store(maker.file(), layout);
        ASSERT_TRUE(problem) << layout;
        EXPECT_EQ(problem->code, ErrorCode::invalid_argument);
    }
}

/// A disk that is full is an error, and what was there before stays.
TEST(SqliteStore, SurvivesAFullDisk) {
    SqliteMaker maker;
    const RecordWrite write = first(product("before", "one"));
    ASSERT_FALSE(maker.open()->write(std::span(&write, 1), noon));
    const pid_t child = ::fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{256 * 1024, 256 * 1024};
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto store = registry::open_sqlite_store(maker.file());
        std::vector<RecordWrite> many;
        for (int i = 0; i < 2000; ++i) {
            many.push_back(first(product("n" + std::to_string(i), "name")));
        }
        const auto problem = (*store)->write(many, noon);
        ::_exit(problem && problem->code == ErrorCode::unavailable ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    const auto store = maker.open();
    EXPECT_TRUE(*store->latest("before"));
    EXPECT_FALSE(*store->latest("n0"));
    const RecordWrite after = first(product("after", "one"));
    EXPECT_FALSE(store->write(std::span(&after, 1), noon));
}

}  // namespace
}  // namespace adic::test
