#include "adic/registry/store/postgres_store.hpp"

#include "adic/postgres/connection.hpp"

#include "store/postgres/given_versions.hpp"
#include "store/postgres/migrations.hpp"
#include "store/postgres/pool.hpp"
#include "store/stored_version.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <thread>
#include <utility>

namespace adic::registry {
namespace {

using model::RecordVersion;
using postgres::Address;
using postgres::Connection;
using postgres::Parameters;
using postgres::Rows;
using postgres::Transaction;

constexpr std::string_view version_columns =
    "v.id, v.number, v.type, v.owner, v.at, v.author, v.why, v.is_withdrawn, v.body";

constexpr std::string_view latest_versions =
    " FROM adic.latest l JOIN adic.version v ON v.id = l.id AND v.number = l.number";

using RowVisit = std::function<bool(const Rows& rows, std::size_t row, const RecordVersion&)>;

StoredVersion stored_in(const Rows& rows, std::size_t row) {
    const auto text = [&](int column) { return std::string(rows.text(row, column)); };
    return {
        text(0),
        rows.number(row, 1),
        text(2),
        text(3),
        rows.number(row, 4),
        text(5),
        text(6),
        rows.number(row, 7) != 0,
        text(8)};
}

/// What becomes of a version that cannot be read: a login may write with SQL of its own, and must
/// not stop all others with it.
using Mend = std::function<Result<RecordVersion>(StoredVersion stored, Error problem)>;

Result<RecordVersion> not_mended(StoredVersion, Error problem) {
    return problem;
}

/// Taken for a withdrawal: what nobody can read is shown to nobody.
Result<RecordVersion> taken_back(StoredVersion stored, Error problem) {
    stored.is_withdrawn = true;
    stored.body = R"({"fields":{},"confidence":"E"})";
    auto version = version_of(std::move(stored));
    return version ? std::move(version) : Result<RecordVersion>(std::move(problem));
}

/// False: no more is wanted.
Result<bool> visit_rows(const Rows& rows, const Mend& mend, const RowVisit& visit) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
        auto read = version_of(stored_in(rows, row));
        if (!read) {
            read = mend(stored_in(rows, row), read.error());
        }
        ADIC_TRY(const RecordVersion version, std::move(read));
        if (!visit(rows, row, version)) {
            return false;
        }
    }
    return true;
}

/// Hands over the rows of a statement as they were at its beginning, some hundreds at a time.
std::optional<Error> visit_all(
    Connection& connection,
    const std::string& sql,
    const Parameters& values,
    const Mend& mend,
    const RowVisit& visit
) {
    auto begun = Transaction::begin(connection, "READ ONLY");
    if (!begun) {
        return begun.error();
    }
    const Transaction transaction = *std::move(begun);
    if (auto made = connection.run("DECLARE found NO SCROLL CURSOR FOR " + sql, values); !made) {
        return made.error();
    }
    while (true) {
        const auto rows = connection.run("FETCH 500 FROM found");
        if (!rows) {
            return rows.error();
        }
        const auto goes_on = visit_rows(*rows, mend, visit);
        if (!goes_on) {
            return goes_on.error();
        }
        if (!*goes_on || rows->size() == 0) {
            return std::nullopt;
        }
    }
}

/// The first conflict of a part of a set, in the words that every adapter has for it.
/// Requires: the writer has its turn.
std::optional<Error> conflict_in(Connection& connection, const GivenVersions& given) {
    const auto rows = connection.run(
        std::string("SELECT g.position, coalesce(l.number, 0) FROM ") + GivenVersions::table
            + " LEFT JOIN adic.latest l ON l.id = g.id WHERE $9::bigint IS NOT NULL AND"
              " (coalesce(l.number, 0) <> g.follows OR l.type <> g.type OR l.owner <> g.owner)"
              " ORDER BY g.position LIMIT 1",
        given.parameters()
    );
    if (!rows) {
        return rows.error();
    }
    if (rows->size() == 0) {
        return std::nullopt;
    }
    const RecordWrite& write = given.writes()[static_cast<std::size_t>(rows->number(0, 0) - 1)];
    const auto latest = static_cast<std::uint64_t>(rows->number(0, 1));
    return latest == write.follows ? keeps_owner_and_type(write) : changed_since(write, latest);
}

std::optional<Error> add(Connection& connection, const GivenVersions& given) {
    if (auto problem = conflict_in(connection, given)) {
        return problem;
    }
    const auto added = connection.run(
        std::string("INSERT INTO adic.version"
                    " (id, number, type, owner, at, author, why, is_withdrawn, body)"
                    " SELECT g.id, g.follows + 1, g.type, g.owner, $9::bigint, g.author, g.why,"
                    " g.is_withdrawn <> 0, g.body FROM ")
            + GivenVersions::table + " ORDER BY g.position",
        given.parameters()
    );
    return added ? std::nullopt : std::optional{added.error()};
}

/// How many of the versions are there as they were given, and by the same author at the same time.
Result<std::int64_t> count_kept(Connection& connection, const GivenVersions& given) {
    ADIC_TRY(
        const Rows rows,
        connection.run(
            std::string("SELECT count(*) FROM ") + GivenVersions::table
                + " JOIN adic.version v ON v.id = g.id AND v.number = g.follows + 1"
                  " WHERE v.type = g.type AND v.owner = g.owner AND v.at = $9::bigint"
                  " AND v.author = g.author AND v.why = g.why"
                  " AND v.is_withdrawn = (g.is_withdrawn <> 0) AND v.body = g.body",
            given.parameters()
        )
    );
    return rows.number(0, 0);
}

/// The first record that a set was thought out from and that has changed.
/// Requires: the writer has its turn, and nothing of the set has been written yet.
std::optional<Error> changed_of(Connection& connection, std::span<const RecordWrite> writes) {
    for (const RecordWrite& write : writes) {
        for (const RecordStand& given : write.given) {
            if (!model::is_storable_text(given.id)) {
                return no_longer_given(given);
            }
            Parameters values;
            values.add(std::string_view{given.id});
            const auto rows = connection.run(
                "SELECT coalesce((SELECT number FROM adic.latest WHERE id = $1), 0)",
                values
            );
            if (!rows) {
                return rows.error();
            }
            if (static_cast<std::uint64_t>(rows->number(0, 0)) != given.number) {
                return no_longer_given(given);
            }
        }
    }
    return std::nullopt;
}

/// Waits for the writers before; with it a set of writes is one, and the feed is in order.
constexpr const char* take_turn = "SELECT adic.begin_write()";

/// What became of one try to write.
struct Trial {
    enum class End {
        kept,
        refused,  ///< nothing is there, and nothing will be
        cut,      ///< nothing is there, for the connection was lost before the end
        in_doubt  ///< the connection was lost while the server was told to keep it
    };

    End end;
    std::optional<Error> problem = {};
};

Trial failed(const Connection& connection, Error problem) {
    return {connection.is_lost() ? Trial::End::cut : Trial::End::refused, std::move(problem)};
}

Trial try_to_write(
    Connection& connection,
    std::span<const RecordWrite> writes,
    std::chrono::sys_seconds at
) {
    auto begun = Transaction::begin(connection);
    if (!begun) {
        return failed(connection, begun.error());
    }
    Transaction transaction = *std::move(begun);
    if (auto problem = connection.run_script(take_turn)) {
        return failed(connection, *std::move(problem));
    }
    if (auto problem = changed_of(connection, writes)) {
        return failed(connection, *std::move(problem));
    }
    for (const auto part : GivenVersions::parts_of(writes)) {
        if (auto problem = add(connection, GivenVersions(part, at))) {
            return failed(connection, *std::move(problem));
        }
    }
    auto problem = transaction.commit();
    if (!problem) {
        return {Trial::End::kept};
    }
    const auto end = connection.is_lost() ? Trial::End::in_doubt : Trial::End::refused;
    return {end, std::move(problem)};
}

/// Whether a set whose end nobody heard of is there. Who has the turn knows that the other
/// connection has ended: it held the turn until then.
Result<bool>
is_kept(Connection& connection, std::span<const RecordWrite> writes, std::chrono::sys_seconds at) {
    ADIC_TRY(const Transaction transaction, Transaction::begin(connection));
    if (auto problem = connection.run_script(take_turn)) {
        return *std::move(problem);
    }
    std::int64_t kept = 0;
    for (const auto part : GivenVersions::parts_of(writes)) {
        ADIC_TRY(const std::int64_t more, count_kept(connection, GivenVersions(part, at)));
        kept += more;
    }
    return kept == static_cast<std::int64_t>(writes.size());
}

/// A connection that was kept for later may be dead, and the next one cut as well.
constexpr int most_trials = 3;
constexpr std::size_t most_at_once = 4'000;  ///< records that are asked for in one statement

class PostgresStore : public RecordStore {
  public:
    /// `state`: for which the login acts; empty: for all.
    PostgresStore(Address address, std::string state)
        : pool_(std::move(address))
        , state_(std::move(state)) {}

    std::optional<Error> write(std::span<const RecordWrite> writes, std::chrono::sys_seconds at)
        override {
        if (auto problem = problem_of(writes)) {
            return problem;
        }
        if (auto problem = problem_of_owners(writes)) {
            return problem;
        }
        std::optional<Error> problem;
        for (int trial = 0; trial < most_trials; ++trial) {
            auto taken = pool_.take();
            if (!taken) {
                return taken.error();
            }
            Connection connection = *std::move(taken);
            Trial done = try_to_write(connection, writes, at);
            pool_.give(std::move(connection));
            if (done.end == Trial::End::in_doubt) {
                done = settle(writes, at, *std::move(done.problem));
            }
            if (done.end != Trial::End::cut) {
                return done.problem;
            }
            problem = std::move(done.problem);
        }
        return problem;
    }

    bool reads_all() const override { return state_.empty(); }

    Result<std::optional<RecordVersion>> latest(const std::string& id) const override {
        ADIC_TRY(
            std::vector<RecordVersion> versions,
            read(
                "SELECT " + std::string(version_columns) + std::string(latest_versions)
                    + " WHERE l.id = $1",
                id
            )
        );
        return versions.empty() ? std::nullopt : std::optional{std::move(versions.front())};
    }

    Result<std::vector<std::optional<RecordVersion>>> latest_of(std::span<const std::string> ids
    ) const override {
        std::vector<std::optional<RecordVersion>> versions;
        for (std::size_t begin = 0; begin < ids.size(); begin += most_at_once) {
            const auto part = ids.subspan(begin, std::min(most_at_once, ids.size() - begin));
            ADIC_TRY(auto found, found_of(part));
            for (const std::string& id : part) {
                const auto place = found.find(id);
                versions.push_back(
                    place == found.end() ? std::nullopt : std::optional{place->second}
                );
            }
        }
        return versions;
    }

    Result<std::vector<RecordVersion>> history(const std::string& id) const override {
        return read(
            "SELECT " + std::string(version_columns)
                + " FROM adic.version v WHERE v.id = $1 ORDER BY v.number",
            id
        );
    }

    std::optional<Error> scan(
        const RecordFilter& filter,
        const std::function<bool(const RecordVersion&)>& visit
    ) const override {
        std::string sql = "SELECT " + std::string(version_columns) + std::string(latest_versions)
                          + " WHERE NOT l.is_withdrawn";
        Parameters values;
        for (const auto& [column, word] :
             {std::pair{"type", filter.type}, std::pair{"owner", filter.owner}}) {
            if (!model::is_storable_text(word)) {
                return std::nullopt;  // no record has it
            }
            if (!word.empty()) {
                values.add(std::string_view{word});
                sql += std::string(" AND l.") + column + " = $"
                       + std::to_string(values.values().size());
            }
        }
        return visit_found(
            sql + " ORDER BY l.id",
            values,
            taken_back,
            [&](const Rows&, std::size_t, const RecordVersion& version) {
                return version.is_withdrawn || visit(version);
            }
        );
    }

    /// A writer has its turn from before its numbers are given out until it has committed, so that
    /// a number that is seen has no smaller one to come.
    Result<std::uint64_t> changes_since(
        std::uint64_t sequence,
        const std::function<bool(std::uint64_t sequence, const RecordVersion&)>& visit
    ) const override {
        if (!state_.empty()) {
            return Error{
                ErrorCode::invalid_argument,
                "the changes of a registry are told to logins that act for every state",
                {}};
        }
        constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
        std::uint64_t last = sequence;
        Parameters values;
        values.add(static_cast<std::int64_t>(std::min(sequence, largest)));
        auto problem = visit_found(
            "SELECT " + std::string(version_columns)
                + ", c.sequence FROM adic.change c"
                  " JOIN adic.version v ON v.id = c.id AND v.number = c.number"
                  " WHERE c.sequence > $1 ORDER BY c.sequence",
            values,
            taken_back,
            [&](const Rows& rows, std::size_t row, const RecordVersion& version) {
                constexpr int sequence_column = 9;
                last = static_cast<std::uint64_t>(rows.number(row, sequence_column));
                return visit(last, version);
            }
        );
        if (problem) {
            return *std::move(problem);
        }
        return last;
    }

  private:
    /// The server refuses them as well; here it is said of which record, and in words.
    std::optional<Error> problem_of_owners(std::span<const RecordWrite> writes) const {
        for (const RecordWrite& write : writes) {
            if (!state_.empty() && write.record.owner != state_) {
                return Error{
                    ErrorCode::invalid_argument,
                    "record '" + write.record.id + "': this login writes records of " + state_
                        + " alone",
                    {}};
            }
        }
        return std::nullopt;
    }

    /// What became of a set whose end nobody heard of.
    Trial settle(std::span<const RecordWrite> writes, std::chrono::sys_seconds at, Error problem)
        const {
        constexpr int most_looks = 50;  // 10 s: a server that starts anew is back by then
        constexpr std::chrono::milliseconds pause{200};
        for (int look = 0; look < most_looks; ++look) {
            auto taken = pool_.take();
            if (!taken) {
                std::this_thread::sleep_for(pause);
                continue;
            }
            Connection connection = *std::move(taken);
            const auto found = is_kept(connection, writes, at);
            pool_.give(std::move(connection));
            if (found) {
                return *found ? Trial{Trial::End::kept} : Trial{Trial::End::cut, problem};
            }
        }
        problem.message =
            "the connection to the registry was lost while it was writing, and does not"
            " come back: look whether the records are there before you write them again";
        return {Trial::End::refused, std::move(problem)};
    }

    /// A connection that is lost is opened again, unless a part has been handed over.
    std::optional<Error> visit_found(
        const std::string& sql,
        const Parameters& values,
        const Mend& mend,
        const RowVisit& visit
    ) const {
        bool has_begun = false;
        const RowVisit noted = [&](const Rows& rows, std::size_t row, const RecordVersion& version
                               ) {
            has_begun = true;
            return visit(rows, row, version);
        };
        std::optional<Error> problem;
        for (int trial = 0; trial < most_trials; ++trial) {
            auto taken = pool_.take();
            if (!taken) {
                return taken.error();
            }
            Connection connection = *std::move(taken);
            problem = visit_all(connection, sql, values, mend, noted);
            const bool is_lost = connection.is_lost();
            pool_.give(std::move(connection));
            if (!problem || !is_lost || has_begun) {
                return problem;
            }
        }
        return problem;
    }

    Result<std::map<std::string, RecordVersion>> found_of(std::span<const std::string> ids) const {
        std::vector<std::string_view> asked;
        for (const std::string& id : ids) {
            if (model::is_storable_text(id)) {
                asked.push_back(id);
            }
        }
        Parameters values;
        values.add(asked);
        std::map<std::string, RecordVersion> found;
        auto problem = visit_found(
            "SELECT " + std::string(version_columns) + std::string(latest_versions)
                + " WHERE l.id = ANY ($1)",
            values,
            not_mended,
            [&](const Rows&, std::size_t, const RecordVersion& version) {
                found.emplace(version.record.id, version);
                return true;
            }
        );
        if (problem) {
            return *std::move(problem);
        }
        return found;
    }

    Result<std::vector<RecordVersion>> read(const std::string& sql, const std::string& id) const {
        std::vector<RecordVersion> versions;
        if (!model::is_storable_text(id)) {
            return versions;  // no record has it
        }
        Parameters values;
        values.add(std::string_view{id});
        const RowVisit keep = [&](const Rows&, std::size_t, const RecordVersion& version) {
            versions.push_back(version);
            return true;
        };
        auto problem = visit_found(sql, values, not_mended, keep);
        if (problem) {
            return *std::move(problem);
        }
        return versions;
    }

    mutable Pool pool_;
    std::string state_;
};

Error refusal(std::string words) {
    return Error{ErrorCode::invalid_argument, std::move(words), {}};
}

/// Makes a registry where there is nothing, and says what stands against using the one that is.
std::optional<Error> prepare(Connection& connection, EmptyDatabase empty) {
    auto state = state_of(connection);
    if (state && state->is_empty) {
        if (empty == EmptyDatabase::is_refused) {
            return Error{
                ErrorCode::not_found,
                "there is no registry; 'adic registry add' makes one",
                {}};
        }
        if (auto problem = create_registry(connection)) {
            return problem;
        }
        state = state_of(connection);
    }
    if (!state) {
        return state.error();
    }
    if (!state->may_use_it) {
        return refusal(
            "this login has not been let in: the owner of the registry does it with "
            "adic.admit or adic.admit_gateway"
        );
    }
    if (state->layout < newest_postgres_layout) {
        return refusal(
            "the registry has layout " + std::to_string(state->layout) + ", and this adic uses "
            + std::to_string(newest_postgres_layout)
            + "; its owner brings it up with 'adic registry" + " migrate --to "
            + std::to_string(newest_postgres_layout) + "'"
        );
    }
    return std::nullopt;
}

/// The state for which the login acts; empty: all.
Result<std::string> state_of_login(Connection& connection) {
    ADIC_TRY(
        const Rows rows,
        connection.run("SELECT NOT row_security_active('adic.version') OR adic.acts_for_all(),"
                       " coalesce(adic.acts_for(), '')")
    );
    const std::string state(rows.text(0, 1));
    if (rows.number(0, 0) == 0 && state.empty()) {
        return refusal(
            "this login acts for no state: the owner of the registry lets it in with "
            "adic.admit or adic.admit_gateway"
        );
    }
    return rows.number(0, 0) != 0 ? std::string{} : state;
}

Error at(const Address& address, Error problem) {
    problem.message = address.shown() + ": " + problem.message;
    return problem;
}

}  // namespace

Result<std::unique_ptr<RecordStore>>
open_postgres_store(const std::string& uri, EmptyDatabase empty) {
    ADIC_TRY(const Address address, Address::parse(uri));
    ADIC_TRY(Connection connection, Connection::open(address, "registry"));
    if (auto problem = prepare(connection, empty)) {
        return at(address, *std::move(problem));
    }
    auto state = state_of_login(connection);
    if (!state) {
        return at(address, std::move(state).error());
    }
    return std::unique_ptr<RecordStore>(std::make_unique<PostgresStore>(address, *std::move(state))
    );
}

std::optional<Error> migrate_postgres_store(const std::string& uri, std::int64_t to_layout) {
    const auto address = Address::parse(uri);
    if (!address) {
        return address.error();
    }
    auto opened = Connection::open(*address, "registry");
    if (!opened) {
        return opened.error();
    }
    Connection connection = *std::move(opened);
    const auto state = state_of(connection);
    if (!state) {
        return at(*address, state.error());
    }
    if (!state->has_registry) {
        return at(*address, Error{ErrorCode::not_found, "there is no registry", {}});
    }
    auto problem = change_layout(connection, to_layout);
    return problem ? std::optional{at(*address, *std::move(problem))} : std::nullopt;
}

}  // namespace adic::registry
