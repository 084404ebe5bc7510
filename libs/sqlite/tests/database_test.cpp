#include "adic/sqlite/database.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace adic {
namespace {

class SqliteDatabase : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::path(testing::TempDir())
                  / testing::UnitTest::GetInstance()->current_test_info()->name();
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }

    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path file() const { return folder_ / "a.db"; }

  private:
    std::filesystem::path folder_;
};

std::int64_t rows_of(const sqlite::Database& database) {
    sqlite::Statement row = *sqlite::Statement::prepare(database, "SELECT count(*) FROM t");
    EXPECT_TRUE(*row.step());
    return row.number(0);
}

TEST_F(SqliteDatabase, TakesBackWhatIsNotCommitted) {
    const auto database = sqlite::Database::open(file(), "book");
    ASSERT_TRUE(database);
    ASSERT_FALSE(database->run("CREATE TABLE t (a TEXT NOT NULL)"));
    {
        const auto begun = sqlite::Transaction::begin(*database);
        ASSERT_TRUE(begun);
        ASSERT_FALSE(database->run("INSERT INTO t VALUES ('lost')"));
        EXPECT_EQ(database->changed_rows(), 1);
    }
    EXPECT_EQ(rows_of(*database), 0);
    auto begun = sqlite::Transaction::begin(*database);
    sqlite::Transaction kept = *std::move(begun);
    ASSERT_FALSE(database->run("INSERT INTO t VALUES ('kept')"));
    ASSERT_FALSE(kept.commit());
    EXPECT_EQ(rows_of(*database), 1);
}

TEST_F(SqliteDatabase, KeepsEveryByteOfAText) {
    const auto database = sqlite::Database::open(file(), "book");
    ASSERT_FALSE(database->run("CREATE TABLE t (a TEXT NOT NULL)"));
    const std::string text{"a'b\0c;--", 8};
    sqlite::Statement insert =
        *sqlite::Statement::prepare(*database, "INSERT INTO t VALUES (?), (?)");
    insert.bind(text).bind(std::string_view{});
    ASSERT_TRUE(insert.step());
    sqlite::Statement row =
        *sqlite::Statement::prepare(*database, "SELECT a FROM t ORDER BY rowid");
    ASSERT_TRUE(*row.step());
    EXPECT_EQ(row.text(0), text);
    ASSERT_TRUE(*row.step());
    EXPECT_EQ(row.text(0), "");
    EXPECT_FALSE(*row.step());
}

TEST_F(SqliteDatabase, SaysWhatAFileIsNot) {
    std::ofstream(file()) << std::string(4096, 'x');
    const auto database = sqlite::Database::open(file(), "book");
    ASSERT_TRUE(database) << "SQLite looks at a file when it is first used";
    const auto problem = database->run("CREATE TABLE t (a TEXT)");
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->code, ErrorCode::invalid_argument);
    EXPECT_EQ(problem->message, "the file is no book, or is damaged");
}

}  // namespace
}  // namespace adic
