#include "adic/base/random.hpp"
#include "adic/registry/release/gate.hpp"
#include "adic/registry/store/postgres_store.hpp"

#include "postgres_database.hpp"
#include "store/store_contract.hpp"

#include <array>
#include <map>
#include <set>

namespace adic::test {
namespace {

using model::Audience;
using model::Disclosure;
using model::Grant;
using model::Reader;

constexpr std::string_view refused = postgres::state_insufficient_privilege;
constexpr std::chrono::sys_days today = std::chrono::year{2026} / 11 / 25;

Reader official(const std::string& state) {
    return {state, {"ASEAN"}, "", true, today};
}

/// A registry that the logins `mys` and `sgp` use for their states, and `gateway` for all.
class PostgresWalls : public testing::Test {
  protected:
    PostgresWalls() : owner_(open_as("owner")) {
        base_.run_as(
            "owner",
            "SELECT adic.admit_gateway('gateway'), adic.admit('mys', 'MYS', '{ASEAN}'),"
            " adic.admit('sgp', 'SGP', '{ASEAN}')"
        );
    }

    std::unique_ptr<RecordStore> open_as(const std::string& login) {
        auto store = registry::open_postgres_store(base_.address(login));
        EXPECT_TRUE(store) << store.error().message << store.error().detail;
        return *std::move(store);
    }

    void write(const model::Record& record, std::uint64_t follows = 0, bool withdraws = false) {
        RecordWrite one = first(record);
        one.follows = follows;
        one.is_withdrawal = withdraws;
        ASSERT_FALSE(owner_->write(std::span(&one, 1), noon));
    }

    PostgresDatabase base_;
    std::unique_ptr<RecordStore> owner_;
};

model::Record released(const std::string& id, const std::string& owner, const std::string& to) {
    model::Record record = product(id, "name", owner);
    record.policy.record = *model::parse_grants(to, {"ASEAN"});
    return record;
}

std::vector<std::string> names_in(const RecordStore& store) {
    std::vector<std::string> names;
    EXPECT_FALSE(store.scan({}, [&](const model::RecordVersion& version) {
        names.push_back(version.record.id);
        return true;
    }));
    return names;
}

TEST_F(PostgresWalls, ShowALoginWhatIsItsOwnAndWhatWasEverGrantedToIt) {
    write(released("own", "MYS", ""));
    write(released("hidden", "SGP", ""));
    write(released("to-all", "SGP", "public"));
    write(released("to-bloc", "SGP", "ASEAN:exists"));
    write(released("to-state", "SGP", "MYS@2040-01-01/"));
    write(released("to-another", "SGP", "IDN"));
    write(released("to-a-firm", "SGP", "org:PTX"));
    write(released("to-nobody", "SGP", "MYS:none"));
    EXPECT_THAT(
        names_in(*open_as("mys")),
        testing::ElementsAre("own", "to-all", "to-bloc", "to-state")
    );
    EXPECT_EQ(names_in(*open_as("gateway")).size(), 8U);
    EXPECT_EQ(names_in(*open_as("sgp")).size(), 7U);
}

TEST_F(PostgresWalls, TakeThePastOfARecordAlongWhenItIsRecalled) {
    write(released("a", "SGP", ""));
    write(released("a", "SGP", "MYS"), 1);
    const auto mys = open_as("mys");
    ASSERT_EQ(mys->history("a")->size(), 1U);
    EXPECT_EQ(mys->history("a")->front().number, 2U);
    write(released("a", "SGP", "IDN"), 2);
    EXPECT_TRUE(mys->history("a")->empty());
    write(released("a", "SGP", "MYS"), 3);
    EXPECT_EQ(mys->history("a")->size(), 2U);
    write(released("a", "SGP", "MYS"), 4, true);
    EXPECT_TRUE(mys->history("a")->empty());
    EXPECT_FALSE(*mys->latest("a"));
    EXPECT_EQ(open_as("sgp")->history("a")->size(), 5U);
}

TEST_F(PostgresWalls, KeepALoginFromWritingForAnotherState) {
    const auto mys = open_as("mys");
    const RecordWrite own = first(product("own", "x", "MYS"));
    EXPECT_FALSE(mys->write(std::span(&own, 1), noon));
    const RecordWrite foreign = first(product("foreign", "x", "SGP"));
    const auto problem = mys->write(std::span(&foreign, 1), noon);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->code, ErrorCode::invalid_argument);
    EXPECT_THAT(problem->message, testing::HasSubstr("writes records of MYS alone"));
    write(released("taken", "SGP", ""));
    const RecordWrite taken = first(product("taken", "x", "MYS"));
    EXPECT_EQ(mys->write(std::span(&taken, 1), noon)->code, ErrorCode::conflict);
    EXPECT_THAT(names_in(*owner_), testing::ElementsAre("own", "taken"));
}

/// A recall would be a version that is not there, and gaps would tell how much others write.
/// A total of what a login reads would leave out what it may not read; and no login agrees for
/// another state.
TEST_F(PostgresWalls, LetThoseAloneAddUpWhoReadAll) {
    EXPECT_TRUE(owner_->reads_all());
    EXPECT_TRUE(open_as("gateway")->reads_all());
    const auto mys = open_as("mys");
    EXPECT_FALSE(mys->reads_all());
    model::Record consent;
    consent.id = "SGP.consent.VNM.radios";
    consent.owner = "SGP";
    consent.type = model::find_record_type("consent");
    consent.fields = {std::string("VNM.radios"), std::string("digest"), today, today};
    RecordWrite forged = first(consent);
    EXPECT_EQ(mys->write(std::span(&forged, 1), noon)->code, ErrorCode::invalid_argument);
    EXPECT_FALSE(open_as("gateway")->write(std::span(&forged, 1), noon));
    forged.record.policy.record = {Grant{}};
    forged.follows = 1;
    EXPECT_TRUE(mys->write(std::span(&forged, 1), noon)) << "nor releases one of theirs";
    EXPECT_FALSE(*mys->latest(consent.id)) << "nor sees one that is not shown to it";
}

TEST_F(PostgresWalls, TellTheChangesToThoseAloneWhoActForAll) {
    write(released("a", "MYS", "public"));
    const auto none = [](std::uint64_t, const model::RecordVersion&) { return true; };
    EXPECT_TRUE(open_as("gateway")->changes_since(0, none));
    const auto told = open_as("mys")->changes_since(0, none);
    ASSERT_FALSE(told);
    EXPECT_EQ(told.error().code, ErrorCode::invalid_argument);
}

/// SQL that anybody with the password of a login can type.
constexpr std::array of_every_login{
    "UPDATE adic.version SET body = '{}'",
    "UPDATE adic.version SET owner = 'MYS' WHERE owner = 'SGP'",
    "DELETE FROM adic.version",
    "TRUNCATE adic.version",
    "TRUNCATE adic.latest CASCADE",
    "UPDATE adic.latest SET number = 1",
    "UPDATE adic.latest SET audiences = '{everyone}'",
    "DELETE FROM adic.latest",
    "INSERT INTO adic.latest VALUES ('x', 1, 'product', 'MYS', false, '{everyone}')",
    "INSERT INTO adic.change (id, number) VALUES ('x', 1)",
    "UPDATE adic.change SET number = 9",
    "DELETE FROM adic.change",
    "SELECT * FROM adic.login",
    "INSERT INTO adic.login VALUES ('mallory', NULL, '{}')",
    "UPDATE adic.login SET state = NULL",
    "SELECT adic.admit(session_user, 'SGP', '{}')",
    "SELECT adic.admit_gateway(session_user)",
    "SELECT adic.dismiss('sgp')",
    "SELECT adic.let_in('stranger')",
    "INSERT INTO adic.migration VALUES (99, 'x')",
    "DELETE FROM adic.migration",
    "ALTER TABLE adic.version DISABLE TRIGGER ALL",
    "ALTER TABLE adic.version DISABLE ROW LEVEL SECURITY",
    "DROP POLICY version_is_read ON adic.version",
    "CREATE POLICY mine ON adic.version USING (true)",
    "DROP TABLE adic.version",
    "CREATE TABLE adic.mine (x int)",
    "CREATE OR REPLACE FUNCTION adic.acts_for_all() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "SET session_replication_role = replica",
    "SET ROLE owner",
    "SET SESSION AUTHORIZATION sgp",
    "SET SESSION AUTHORIZATION owner"};

TEST_F(PostgresWalls, HoldAgainstSqlThatIsTypedByHand) {
    write(released("a", "MYS", "public"));
    write(released("b", "SGP", ""));
    for (const char* const login : {"mys", "gateway", "stranger"}) {
        for (const char* const sql : of_every_login) {
            EXPECT_EQ(base_.refusal_of(login, sql), refused) << login << ": " << sql;
        }
    }
    EXPECT_EQ(base_.refusal_of("mys", "SELECT * FROM adic.change"), refused);
    base_.run_as("mys", "GRANT SELECT ON adic.version TO stranger");  // no more than a warning
    for (const char* const table : {"version", "latest", "change", "migration", "login"}) {
        const std::string sql = std::string("SELECT * FROM adic.") + table;
        EXPECT_EQ(base_.refusal_of("stranger", sql), refused) << sql;
    }
    EXPECT_EQ(open_as("sgp")->history("b")->size(), 1U);
}

/// The owner of the tables, too, has to take a trigger away first.
TEST_F(PostgresWalls, LetNobodyRewriteWhatIsThere) {
    write(released("a", "MYS", ""));
    for (const char* const sql :
         {"UPDATE adic.version SET why = 'x'",
          "DELETE FROM adic.version",
          "TRUNCATE adic.version",
          "UPDATE adic.change SET number = 2",
          "DELETE FROM adic.change",
          "TRUNCATE adic.change"}) {
        EXPECT_EQ(base_.refusal_of("owner", sql), refused) << sql;
    }
}

std::string insertion(const std::string& id, int number, const std::string& owner) {
    return "INSERT INTO adic.version (id, number, type, owner, at, author, why, is_withdrawn, body)"
           " VALUES ('"
           + id + "', " + std::to_string(number) + ", 'product', '" + owner
           + "', 0, 'x', 'x', false, '{\"fields\": {}, \"confidence\": \"A\"}')";
}

TEST_F(PostgresWalls, LetALoginAddVersionsOfItsOwnStateAloneAndEachAfterTheLatest) {
    write(released("b", "SGP", ""));
    EXPECT_EQ(base_.refusal_of("mys", insertion("a", 1, "MYS")), "");
    EXPECT_EQ(base_.refusal_of("mys", insertion("a", 2, "MYS")), "");
    EXPECT_EQ(base_.refusal_of("mys", insertion("c", 1, "SGP")), refused);
    EXPECT_EQ(base_.refusal_of("mys", insertion("c", 1, "")), refused);
    EXPECT_EQ(
        base_.refusal_of("mys", "BEGIN; SET LOCAL ROLE none; " + insertion("c", 1, "SGP")),
        refused
    );
    for (const auto& [id, number] :
         {std::pair{"a", 2},
          std::pair{"a", 4},
          std::pair{"a", 1},
          std::pair{"c", 2},
          std::pair{"b", 1},
          std::pair{"b", 2}}) {
        EXPECT_EQ(
            base_.refusal_of("mys", insertion(id, number, "MYS")),
            postgres::state_unique_violation
        ) << id
          << number;
    }
    EXPECT_NE(
        base_.refusal_of(
            "mys",
            "INSERT INTO adic.version (id, audiences) VALUES ('x', '{everyone}')"
        ),
        ""
    );
    EXPECT_EQ(names_in(*owner_).size(), 2U);
}

TEST_F(PostgresWalls, KeepALoginFromStoppingOthersWithWhatNobodyCanRead) {
    write(released("a", "MYS", "public"));
    write(released("b", "SGP", "public"));
    std::string broken = insertion("a", 2, "MYS");
    broken.replace(broken.find("\"fields\": {}"), 12, "\"fields\": {\"name\": 7}");
    ASSERT_EQ(base_.refusal_of("mys", broken), "");
    const auto gateway = open_as("gateway");
    EXPECT_EQ(names_in(*gateway), std::vector<std::string>{"b"});
    EXPECT_EQ(names_in(*open_as("mys")), std::vector<std::string>{"b"});
    std::vector<std::pair<std::string, bool>> told;
    ASSERT_TRUE(gateway->changes_since(0, [&](std::uint64_t, const model::RecordVersion& version) {
        told.emplace_back(version.record.id, version.is_withdrawn);
        return true;
    }));
    const std::vector<std::pair<std::string, bool>> expected{
        {"a", false},
        {"b", false},
        {"a", true}};
    EXPECT_EQ(told, expected) << "what stood there before is shown no longer";
    const auto own = gateway->latest("a");
    ASSERT_FALSE(own) << "whoever asks for it is told";
    EXPECT_EQ(own.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(own.error().detail, "a version 2");
}

TEST_F(PostgresWalls, DoNotFallWhenRowSecurityIsSwitchedOffByHand) {
    write(released("b", "SGP", ""));
    EXPECT_EQ(
        base_.refusal_of("mys", "SET row_security = off; SELECT * FROM adic.version"),
        refused
    );
    auto connection = base_.connect_as("mys");
    for (const char* const sql :
         {"SELECT count(*) FROM adic.version",
          "SELECT count(*) FROM adic.latest",
          "SELECT count(*) FROM adic.version v WHERE v.body LIKE '%name%'"}) {
        EXPECT_EQ(connection.run(sql)->number(0, 0), 0) << sql;
    }
}

TEST_F(PostgresWalls, ShutOutALoginThatIsDismissed) {
    write(released("a", "MYS", ""));
    base_.run_as("owner", "SELECT adic.dismiss('mys')");
    EXPECT_EQ(base_.refusal_of("mys", "SELECT * FROM adic.version"), refused);
    const auto store = registry::open_postgres_store(base_.address("mys"));
    ASSERT_FALSE(store);
    EXPECT_THAT(store.error().message, testing::HasSubstr("not been let in"));
    base_.run_as("owner", "SELECT adic.admit('mys', 'SGP', NULL)");
    EXPECT_TRUE(names_in(*open_as("mys")).empty());
    EXPECT_NE(base_.refusal_of("owner", "SELECT adic.admit('mys', NULL, NULL)"), "");
    EXPECT_NE(base_.refusal_of("owner", "SELECT adic.admit('mys', '', '{}')"), "");
}

Grant random_grant(RandomStream& random) {
    constexpr std::array<const char*, 3> states{"MYS", "SGP", "IDN"};
    Grant grant;
    grant.audience.kind = static_cast<Audience::Kind>(random.below(4));
    switch (grant.audience.kind) {
    case Audience::Kind::organisation: grant.audience.id = "MYS"; break;
    case Audience::Kind::state: grant.audience.id = states[random.below(states.size())]; break;
    case Audience::Kind::bloc: grant.audience.id = random.below(2) == 0 ? "ASEAN" : "EU"; break;
    case Audience::Kind::everyone: break;
    }
    grant.disclosure = static_cast<Disclosure>(random.below(4));
    if (random.below(4) == 0) {
        grant.from = today + std::chrono::days{static_cast<int>(random.below(3)) - 1};
    }
    return grant;
}

model::Record random_record(RandomStream& random, const std::string& id) {
    model::Record record = product(id, id, random.below(2) == 0 ? "MYS" : "SGP");
    record.policy = {};
    for (std::uint64_t grants = random.below(3); grants > 0; --grants) {
        record.policy.record.push_back(random_grant(random));
    }
    if (random.below(3) == 0) {
        record.organisation = "yard";
    }
    if (random.below(3) == 0) {
        record.policy.fields.push_back({"price", {random_grant(random)}});
    }
    return record;
}

/// Whether a policy names the reader anywhere, whatever the day.
bool was_ever_granted(const Reader& reader, const model::Record& record) {
    return std::ranges::any_of(record.policy.record, [&](const Grant& grant) {
        return grant.disclosure != Disclosure::none && belongs_to(reader, grant.audience);
    });
}

/// What the gate shows of a store to a reader, each record with its past.
std::vector<std::vector<registry::SeenVersion>>
seen_in(const RecordStore& store, const Reader& reader) {
    const registry::ReleaseGate gate(reader, [](std::string_view) { return nullptr; });
    std::vector<std::vector<registry::SeenVersion>> seen;
    for (const std::string& name : names_in(store)) {
        auto past = *gate.see_history(*store.history(name));
        if (!past.empty()) {
            seen.push_back(std::move(past));
        }
    }
    return seen;
}

/// The wall is coarser than the gate: what the gate shows passes it, and what was never granted
/// does not, over random policies and pasts.
TEST_F(PostgresWalls, LetThroughAllThatTheGateShowsAndNothingThatWasNeverGranted) {
    RandomStream random{4, 12};
    std::map<std::string, model::Record> latest;
    std::set<std::string> withdrawn;
    for (int i = 0; i < 150; ++i) {
        const std::string id = "r" + std::to_string(1000 + i);
        model::Record record = random_record(random, id);
        write(record);
        for (std::uint64_t more = random.below(3), number = 1; more > 0; --more, ++number) {
            model::Record next = random_record(random, id);
            next.owner = record.owner;
            const bool withdraws = random.below(5) == 0;
            write(next, number, withdraws);
            record = next;
            withdrawn.erase(id);
            if (withdraws) {
                withdrawn.insert(id);
            }
        }
        latest.insert({id, record});
    }
    for (const auto& [login, state] : {std::pair{"mys", "MYS"}, std::pair{"sgp", "SGP"}}) {
        const auto walled = open_as(login);
        const Reader reader = official(state);
        const auto behind = seen_in(*walled, reader);
        EXPECT_EQ(behind, seen_in(*owner_, reader)) << login;
        EXPECT_GT(behind.size(), 20U);
        for (const auto& [id, record] : latest) {
            const bool passes = record.owner == state
                                || (!withdrawn.contains(id) && was_ever_granted(reader, record));
            EXPECT_EQ((*walled->latest(id)).has_value(), passes) << login << ' ' << id;
        }
    }
}

}  // namespace
}  // namespace adic::test
