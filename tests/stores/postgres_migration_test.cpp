#include "adic/registry/store/postgres_store.hpp"

#include "postgres_database.hpp"
#include "store/store_contract.hpp"

#include <thread>

namespace adic::test {
namespace {

using registry::newest_postgres_layout;

std::unique_ptr<RecordStore>
open(const PostgresDatabase& base, const std::string& login = "owner") {
    auto store = registry::open_postgres_store(base.address(login));
    EXPECT_TRUE(store) << store.error().message << store.error().detail;
    return *std::move(store);
}

Error refusal(const PostgresDatabase& base, const std::string& login = "owner") {
    const auto store = registry::open_postgres_store(base.address(login));
    EXPECT_FALSE(store);
    return store ? Error{ErrorCode::internal, {}, {}} : store.error();
}

/// All that the feed tells, as "id.number", and each version's body.
std::vector<std::string> all_of(const RecordStore& store) {
    std::vector<std::string> all;
    EXPECT_TRUE(store.changes_since(0, [&](std::uint64_t, const model::RecordVersion& version) {
        all.push_back(
            version.record.id + '.' + std::to_string(version.number)
            + (version.is_withdrawn ? "-" : "+") + std::get<std::string>(version.record.fields[0])
            + version.by + version.why + std::to_string(version.at.time_since_epoch().count())
        );
        return true;
    }));
    return all;
}

void fill(RecordStore& store) {
    std::vector<RecordWrite> writes{first(product("b", "one")), first(product("a", "it's"))};
    ASSERT_FALSE(store.write(writes, noon));
    writes.erase(writes.begin());
    writes[0].follows = 1;
    writes[0].is_withdrawal = true;
    ASSERT_FALSE(store.write(writes, noon - std::chrono::hours{1}));
    const RecordWrite late = first(product("c", "three"));
    ASSERT_FALSE(store.write(std::span(&late, 1), noon + std::chrono::hours{1}));
}

TEST(PostgresLayout, GoesForwardAndBackAndForwardAgainWithAllThatIsInIt) {
    const PostgresDatabase base;
    fill(*open(base));
    auto before = all_of(*open(base));
    ASSERT_EQ(before.size(), 4U);
    for (const std::int64_t back : {2, 1}) {
        ASSERT_FALSE(registry::migrate_postgres_store(base.address("owner"), back));
        ASSERT_FALSE(registry::migrate_postgres_store(base.address("owner"), newest_postgres_layout)
        );
        auto after = all_of(*open(base));
        // Without the feed, versions of one time are in the order of their names.
        std::ranges::sort(before);
        std::ranges::sort(after);
        EXPECT_EQ(after, before) << back;
    }
    const auto store = open(base);
    EXPECT_TRUE((*store->latest("a"))->is_withdrawn);
    RecordWrite next = first(product("a", "again"));
    next.follows = 2;
    EXPECT_FALSE(store->write(std::span(&next, 1), noon));
    EXPECT_EQ(all_of(*store).back().substr(0, 3), "a.3");
}

/// Every older layout, too, adds versions one after the other and never rewrites one.
TEST(PostgresLayout, IsWholeAtEveryStep) {
    const PostgresDatabase base;
    fill(*open(base));
    const std::string next =
        "INSERT INTO adic.version (id, number, type, owner, at, author, why, is_withdrawn, body)"
        " SELECT id, number + 1, type, owner, at, author, why, false, body FROM adic.version"
        " WHERE id = 'b' ORDER BY number DESC LIMIT 1";
    for (const std::int64_t layout : {2, 1, 2, 3}) {
        ASSERT_FALSE(registry::migrate_postgres_store(base.address("owner"), layout)) << layout;
        EXPECT_EQ(base.refusal_of("owner", next), "") << layout;
        EXPECT_EQ(base.refusal_of("owner", "DELETE FROM adic.version"), "42501") << layout;
        EXPECT_EQ(base.refusal_of("owner", "UPDATE adic.version SET why = ''"), "42501") << layout;
    }
    EXPECT_EQ(open(base)->history("b")->size(), 5U);
    EXPECT_EQ((*open(base)->latest("b"))->number, 5U);
    EXPECT_EQ(all_of(*open(base)).size(), 8U);
}

/// Without policies a login of one state would read everything.
TEST(PostgresLayout, ShutsLoginsOutOnTheWayBackFromRowSecurity) {
    const PostgresDatabase base;
    fill(*open(base));
    base.run_as("owner", "SELECT adic.admit('mys', 'MYS', '{}')");
    EXPECT_EQ(base.refusal_of("mys", "SELECT * FROM adic.version"), "");
    ASSERT_FALSE(registry::migrate_postgres_store(base.address("owner"), 2));
    EXPECT_EQ(base.refusal_of("mys", "SELECT * FROM adic.version"), "42501");
    ASSERT_FALSE(registry::migrate_postgres_store(base.address("owner"), 3));
    EXPECT_EQ(base.refusal_of("mys", "SELECT * FROM adic.version"), "42501");
    base.run_as("owner", "SELECT adic.admit('mys', 'MYS', '{}')");
    EXPECT_TRUE(*open(base, "mys")->latest("b"));
}

TEST(PostgresLayout, ThatIsOlderIsNotChangedBeforeSomebodySaysSo) {
    const PostgresDatabase base;
    fill(*open(base));
    ASSERT_FALSE(registry::migrate_postgres_store(base.address("owner"), 1));
    const Error problem = refusal(base);
    EXPECT_EQ(problem.code, ErrorCode::invalid_argument);
    EXPECT_THAT(problem.message, testing::HasSubstr("has layout 1"));
    EXPECT_THAT(problem.message, testing::HasSubstr("adic registry migrate --to 3"));
}

TEST(PostgresLayout, IsChangedAsAWholeOrNotAtAll) {
    const PostgresDatabase base;
    fill(*open(base));
    base.run_as("owner", "SELECT adic.admit_gateway('gateway')");
    EXPECT_TRUE(registry::migrate_postgres_store(base.address("gateway"), 1));
    base.run_as("owner", "CREATE VIEW public.in_the_way AS SELECT * FROM adic.change");
    EXPECT_TRUE(registry::migrate_postgres_store(base.address("owner"), 1));
    EXPECT_EQ(all_of(*open(base, "gateway")).size(), 4U);
    for (const std::int64_t layout : {std::int64_t{0}, newest_postgres_layout + 1}) {
        const auto problem = registry::migrate_postgres_store(base.address("owner"), layout);
        ASSERT_TRUE(problem);
        EXPECT_EQ(problem->code, ErrorCode::invalid_argument);
    }
}

TEST(PostgresLayout, IsNotMadeInWhatBelongsToSomebodyElse) {
    const PostgresDatabase theirs;
    theirs.run_as("owner", "CREATE SCHEMA shop; CREATE TABLE shop.customer (name text)");
    EXPECT_THAT(refusal(theirs).message, testing::HasSubstr("another program"));
    const PostgresDatabase namesake;
    namesake.run_as("owner", "CREATE SCHEMA adic; CREATE TABLE adic.band (member text)");
    EXPECT_THAT(refusal(namesake).message, testing::HasSubstr("another program"));
    EXPECT_EQ(
        registry::migrate_postgres_store(namesake.address("owner"), 1)->code,
        ErrorCode::invalid_argument
    );
    const PostgresDatabase later;
    open(later);
    later.run_as("owner", "INSERT INTO adic.migration VALUES (99, 'of the future')");
    EXPECT_THAT(refusal(later).message, testing::HasSubstr("later version"));
    const PostgresDatabase empty;
    EXPECT_EQ(
        registry::migrate_postgres_store(empty.address("owner"), 1)->code,
        ErrorCode::not_found
    );
    EXPECT_EQ(
        registry::open_postgres_store(empty.address("owner"), registry::EmptyDatabase::is_refused)
            .error()
            .code,
        ErrorCode::not_found
    );
    EXPECT_EQ(refusal(empty, "stranger").code, ErrorCode::unavailable);
    const PostgresDatabase latin(
        shared_server(),
        "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
    );
    EXPECT_THAT(refusal(latin).message, testing::HasSubstr("UTF-8"));
}

TEST(PostgresLayout, IsMadeOnceByProgramsThatComeToANewDatabaseAtOnce) {
    const PostgresDatabase base;
    std::vector<std::jthread> threads;
    for (int program = 0; program < 5; ++program) {
        threads.emplace_back([&base, program] {
            const auto store = open(base);
            const RecordWrite write = first(product(std::to_string(program), "x"));
            EXPECT_FALSE(store->write(std::span(&write, 1), noon));
        });
    }
    threads.clear();
    EXPECT_EQ(all_of(*open(base)).size(), 5U);
}

}  // namespace
}  // namespace adic::test
