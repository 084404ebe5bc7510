#include "adic/registry/store/postgres_store.hpp"

#include "postgres_database.hpp"
#include "store/store_contract.hpp"

#include <atomic>
#include <cstdlib>
#include <thread>

namespace adic::test {
namespace {

using namespace std::chrono_literals;

std::unique_ptr<RecordStore> open(const PostgresDatabase& base) {
    auto store = registry::open_postgres_store(base.address("owner"));
    EXPECT_TRUE(store) << store.error().message << store.error().detail;
    return *std::move(store);
}

/// Cuts every connection of the owner to the database.
void cut(const PostgresDatabase& base) {
    base.run_as(
        "admin",
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND usename = 'owner'"
    );
}

std::uint64_t versions_in(const RecordStore& store) {
    std::uint64_t count = 0;
    EXPECT_TRUE(store.changes_since(0, [&](std::uint64_t, const model::RecordVersion&) {
        ++count;
        return true;
    }));
    return count;
}

std::vector<RecordWrite> many(int count) {
    std::vector<RecordWrite> writes;
    for (int i = 0; i < count; ++i) {
        writes.push_back(first(product("r" + std::to_string(10'000 + i), "x")));
    }
    return writes;
}

TEST(PostgresConnection, IsOpenedAgainAfterItWasCut) {
    const PostgresDatabase base;
    const auto store = open(base);
    RecordWrite write = first(product("a", "x"));
    cut(base);
    ASSERT_FALSE(store->write(std::span(&write, 1), noon));
    cut(base);
    EXPECT_EQ((*store->latest("a"))->number, 1U);
    cut(base);
    EXPECT_EQ(store->history("a")->size(), 1U);
    cut(base);
    EXPECT_EQ(versions_in(*store), 1U);
    cut(base);
    write.follows = 1;
    ASSERT_FALSE(store->write(std::span(&write, 1), noon));
    EXPECT_EQ(versions_in(*store), 2U);
}

/// What was handed over cannot be taken back, so it is not read again in silence.
TEST(PostgresConnection, ThatIsCutWhileRecordsAreHandedOverIsAnError) {
    const PostgresDatabase base;
    const auto store = open(base);
    ASSERT_FALSE(store->write(many(1'200), noon));
    std::size_t seen = 0;
    const auto problem = store->scan({}, [&](const model::RecordVersion&) {
        if (++seen == 1) {
            cut(base);
        }
        return true;
    });
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->code, ErrorCode::unavailable);
    EXPECT_THAT(problem->message, testing::HasSubstr("is lost"));
    EXPECT_LT(seen, 1'200U);
    EXPECT_EQ(versions_in(*store), 1'200U);
}

/// The server ends the connection instead of keeping what it was told to keep.
TEST(PostgresConnection, ThatIsCutBeforeACommitKeepsNothingAndSaysSo) {
    const PostgresDatabase base;
    const auto store = open(base);
    base.run_as(
        "admin",
        "CREATE FUNCTION public.fall() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS"
        " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5);"
        " RETURN NULL; END';"
        "CREATE CONSTRAINT TRIGGER falls AFTER INSERT ON adic.version DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION public.fall()"
    );
    const RecordWrite write = first(product("a", "x"));
    const auto problem = store->write(std::span(&write, 1), noon);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->code, ErrorCode::unavailable);
    EXPECT_EQ(versions_in(*store), 0U);
    base.run_as("admin", "DROP TRIGGER falls ON adic.version");
    EXPECT_FALSE(store->write(std::span(&write, 1), noon));
    EXPECT_EQ(versions_in(*store), 1U);
}

/// Cuts connections that wait for a replica; how many there were.
std::int64_t cut_waiting(postgres::Connection& watching) {
    return watching
        .run(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE wait_event = 'SyncRep'"
        )
        ->number(0, 0);
}

/// Writes a set while connections that wait for a replica are cut; how many were cut.
std::int64_t
write_and_cut(RecordStore& store, postgres::Connection& watching, std::vector<RecordWrite> writes) {
    const auto before = versions_in(store);
    std::optional<Error> problem;
    std::atomic<bool> is_done = false;
    std::jthread writer([&] {
        problem = store.write(writes, noon);
        is_done = true;
    });
    std::int64_t cuts = 0;
    while (!is_done) {
        cuts += cut_waiting(watching);
        std::this_thread::sleep_for(2ms);
    }
    writer.join();
    EXPECT_FALSE(problem) << problem->message << problem->detail;
    EXPECT_EQ(versions_in(store), before + writes.size());
    return cuts;
}

/// Writes sets until one of them was cut after the server had kept it, and before it could say so;
/// how many cuts that took. 0: the server waits for no replica.
std::int64_t cuts_after_commit(RecordStore& store, postgres::Connection& watching, int size) {
    std::int64_t cuts = 0;
    for (int set = 0; cuts == 0 && set < 1'000; ++set) {
        std::vector<RecordWrite> writes = many(size);
        for (RecordWrite& write : writes) {
            write.record.id += '-' + std::to_string(size) + '-' + std::to_string(set);
        }
        cuts = write_and_cut(store, watching, std::move(writes));
    }
    return cuts;
}

/// The server has kept it, waits for a replica that never answers, and is cut before it can say so.
TEST(PostgresConnection, ThatIsCutAfterACommitDoesNotHideThatItWasKept) {
    PostgresServer server;
    const PostgresDatabase base(server.folder());
    const auto store = open(base);
    auto watching = base.connect_as("admin");
    base.run_as("admin", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    base.run_as("admin", "SELECT pg_reload_conf()");
    EXPECT_GE(cuts_after_commit(*store, watching, 1), 1);
    EXPECT_GE(cuts_after_commit(*store, watching, 5'000), 1);
    base.run_as("admin", "ALTER SYSTEM RESET synchronous_standby_names");
    base.run_as("admin", "SELECT pg_reload_conf()");
}

TEST(PostgresConnection, ThatWaitsForAnotherWriterTooLongSaysSo) {
    const PostgresDatabase base;
    const auto store = open(base);
    base.run_as("owner", "ALTER ROLE owner IN DATABASE " + base.name() + " SET lock_timeout = 1");
    auto other = base.connect_as("owner");
    ASSERT_FALSE(other.run_script("BEGIN; SELECT adic.begin_write()"));
    const RecordWrite write = first(product("a", "x"));
    std::optional<Error> problem;
    std::jthread writer([&] { problem = store->write(std::span(&write, 1), noon); });
    writer.join();
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->code, ErrorCode::unavailable);
    EXPECT_THAT(problem->message, testing::HasSubstr("writing for too long"));
    ASSERT_FALSE(other.run_script("ROLLBACK"));
    EXPECT_FALSE(store->write(std::span(&write, 1), noon));
}

struct Refusal {
    std::string uri;
    ErrorCode code;
    const char* words;
};

TEST(PostgresConnection, ThatIsRefusedSaysWhyAndNeverRepeatsAPassword) {
    ::unsetenv("PGPASSWORD");
    const PostgresDatabase base;
    const std::string folder = "?host=" + shared_server().string();
    const std::vector<Refusal> cases{
        {"postgresql://guarded:wr0ng@/" + base.name() + folder,
         ErrorCode::invalid_argument,
         "does not take this user and password"},
        {"postgresql://guarded@/" + base.name() + folder + "&passfile=/nowhere",
         ErrorCode::invalid_argument,
         "asks for a password"},
        {"postgresql://nobody:wr0ng@/" + base.name() + folder,
         ErrorCode::invalid_argument,
         "does not let this user in"},
        {"postgresql://owner:wr0ng@/none" + folder,
         ErrorCode::invalid_argument,
         "has no such database"},
        {"postgresql://owner:wr0ng@/x?host=" + (shared_server() / "none").string(),
         ErrorCode::unavailable,
         "no server answers"},
        {"postgresql://owner:wr0ng@127.0.0.1:1/x", ErrorCode::unavailable, "no server answers"},
        {"postgresql://owner:wr0ng%zz@/x", ErrorCode::invalid_argument, "cannot be read"}};
    for (const Refusal& c : cases) {
        const auto store = registry::open_postgres_store(c.uri);
        ASSERT_FALSE(store) << c.uri;
        EXPECT_EQ(store.error().code, c.code) << c.uri;
        EXPECT_THAT(store.error().message, testing::HasSubstr(c.words)) << store.error().detail;
        EXPECT_THAT(store.error().message, testing::Not(testing::HasSubstr("wr0ng")));
        EXPECT_THAT(store.error().detail, testing::Not(testing::HasSubstr("wr0ng")));
    }
    base.run_as("owner", "GRANT CREATE ON DATABASE " + base.name() + " TO guarded");
    EXPECT_TRUE(
        registry::open_postgres_store("postgresql://guarded:s3cret%2Fword@/" + base.name() + folder)
    );
}

}  // namespace
}  // namespace adic::test
