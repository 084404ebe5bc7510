#include "adic/postgres/connection.hpp"

#include "adic/base/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>
#include <utility>

#include <libpq-fe.h>
#include <poll.h>

namespace adic::postgres {
namespace {

using Clock = std::chrono::steady_clock;

/// What a connection is told unless its address says it: who asks, and when the other end is held
/// to be gone.
constexpr std::array<std::pair<const char*, const char*>, 6> habits{{
    {"client_encoding", "UTF8"},
    {"application_name", "adic"},
    {"keepalives_idle", "20"},
    {"keepalives_interval", "5"},
    {"keepalives_count", "3"},
    {"tcp_user_timeout", "30000"},
}};

constexpr const char* first_words =
    "SET search_path = pg_catalog;"
    "SET client_min_messages = error;"
    "SELECT set_config('lock_timeout', '10s', false)"
    " WHERE current_setting('lock_timeout') = '0';"
    "SET default_transaction_isolation = 'read committed'";

/// A state that is passing: the server starts, or recovers.
constexpr std::string_view state_cannot_connect_now = "57P03";

struct Refusal {
    std::string_view sign;  ///< in what libpq says, which is a state and no sentence
    ErrorCode code;
    std::string_view words;
};

constexpr std::array refusals{
    Refusal{
        "28P01",
        ErrorCode::invalid_argument,
        "the server does not take this user and password"},
    Refusal{"28000", ErrorCode::invalid_argument, "the server does not let this user in"},
    Refusal{"3D000", ErrorCode::invalid_argument, "the server has no such database"},
    Refusal{"42501", ErrorCode::invalid_argument, "this user may not connect to the database"},
    Refusal{"53300", ErrorCode::unavailable, "the server has no connection left"},
    Refusal{"57P03", ErrorCode::unavailable, "the server is starting or stopping"},
    Refusal{
        "certificate",
        ErrorCode::unavailable,
        "the server does not prove who it is: its certificate is not the one that is expected"},
    Refusal{"SSL", ErrorCode::unavailable, "the server does not speak TLS as the address asks for"},
};

Error refused(PGconn* handle, const Address& address) {
    const std::string_view said = PQerrorMessage(handle);
    const std::string where = address.shown() + ": ";
    if (PQconnectionNeedsPassword(handle) != 0) {
        return Error{
            ErrorCode::invalid_argument,
            where + "the server asks for a password; ~/.pgpass and PGPASSWORD keep one",
            {}};
    }
    for (const Refusal& refusal : refusals) {
        if (said.find(refusal.sign) != std::string_view::npos) {
            return Error{refusal.code, where + std::string(refusal.words), std::string(said)};
        }
    }
    return Error{ErrorCode::unavailable, where + "no server answers", std::string(said)};
}

PGconn* start(const Address& address) {
    std::vector<const char*> words;
    std::vector<const char*> values;
    for (const auto& [word, value] : address.words()) {
        words.push_back(word.c_str());
        values.push_back(value.c_str());
    }
    for (const auto& [word, value] : habits) {
        if (address.value_of(word).empty()) {
            words.push_back(word);
            values.push_back(value);
        }
    }
    words.push_back(nullptr);
    values.push_back(nullptr);
    return PQconnectStartParams(words.data(), values.data(), 0);
}

/// Waits until the server has said more, or room is there to say more to it.
bool is_ready(PGconn* handle, PostgresPollingStatusType wanted, Clock::time_point deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    const short events = wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    pollfd watched{PQsocket(handle), events, 0};
    return left.count() > 0 && ::poll(&watched, 1, static_cast<int>(left.count())) > 0;
}

bool connect(PGconn* handle, Clock::time_point deadline) {
    if (PQstatus(handle) == CONNECTION_BAD) {
        return false;
    }
    PQsetErrorVerbosity(handle, PQERRORS_SQLSTATE);
    auto wanted = PGRES_POLLING_WRITING;
    while (wanted != PGRES_POLLING_OK) {
        if (wanted == PGRES_POLLING_FAILED || !is_ready(handle, wanted, deadline)) {
            return false;
        }
        wanted = PQconnectPoll(handle);
    }
    return true;
}

std::chrono::seconds patience(const Address& address) {
    constexpr std::uint64_t usual_s = 10;
    constexpr std::uint64_t longest_s = 600;
    const std::uint64_t given = parse_whole(address.value_of("connect_timeout")).value_or(usual_s);
    return std::chrono::seconds{given == 0 ? usual_s : std::min(given, longest_s)};
}

/// What may be shown of an error that the server sent.
Error shown(std::string_view state, const std::string& what, std::string detail) {
    const auto is_of = [&](std::string_view kind) { return state.starts_with(kind); };
    if (state == state_unique_violation) {
        return {ErrorCode::conflict, "it is there already", std::move(detail)};
    }
    if (state == state_insufficient_privilege || state == "25006") {
        return {ErrorCode::unavailable, "this user may not do it here", std::move(detail)};
    }
    if (state == "55P03" || is_of("40") || state == "57014") {
        return {
            ErrorCode::unavailable,
            "somebody else has been writing for too long",
            std::move(detail)};
    }
    if (is_of("53")) {
        return {ErrorCode::unavailable, "there is no space left for it", std::move(detail)};
    }
    return {
        ErrorCode::unavailable,
        "the " + what + " cannot be read or written",
        std::move(detail)};
}

}  // namespace

void Rows::Clear::operator()(pg_result* result) const {
    PQclear(result);
}

std::size_t Rows::size() const {
    return static_cast<std::size_t>(PQntuples(result_.get()));
}

std::string_view Rows::text(std::size_t row, int column) const {
    const int r = static_cast<int>(row);
    return {
        PQgetvalue(result_.get(), r, column),
        static_cast<std::size_t>(PQgetlength(result_.get(), r, column))};
}

std::int64_t Rows::number(std::size_t row, int column) const {
    constexpr unsigned byte = 8;
    std::uint64_t number = 0;
    for (const char c : text(row, column)) {
        number = number << byte | static_cast<unsigned char>(c);
    }
    return static_cast<std::int64_t>(number);
}

bool Rows::is_null(std::size_t row, int column) const {
    return PQgetisnull(result_.get(), static_cast<int>(row), column) != 0;
}

std::string_view Rows::tag() const {
    return PQcmdStatus(result_.get());
}

void Connection::Finish::operator()(pg_conn* handle) const {
    PQfinish(handle);
}

Result<Connection> Connection::open(const Address& address, std::string_view what) {
    const auto deadline = Clock::now() + patience(address);
    while (true) {
        Connection connection{start(address), what};
        if (connection.get() == nullptr) {
            return Error{ErrorCode::unavailable, "out of memory", {}};
        }
        if (connect(connection.get(), deadline)) {
            PQsetNoticeProcessor(
                connection.get(),
                [](void*, const char*) {},
                nullptr
            );
            if (auto problem = connection.run_script(first_words)) {
                return *std::move(problem);
            }
            return connection;
        }
        const std::string_view said = PQerrorMessage(connection.get());
        const bool is_passing = said.find(state_cannot_connect_now) != std::string_view::npos;
        if (!is_passing || Clock::now() >= deadline) {
            return refused(connection.get(), address);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
}

Result<Rows> Connection::run(const std::string& sql, const Parameters& parameters) {
    constexpr int binary = 1;
    std::vector<Oid> types;
    std::vector<const char*> values;
    std::vector<int> lengths;
    for (const Parameters::Value& value : parameters.values()) {
        types.push_back(value.type);
        values.push_back(value.bytes.data());
        lengths.push_back(static_cast<int>(value.bytes.size()));
    }
    const std::vector<int> formats(types.size(), binary);
    PGresult* const result = PQexecParams(
        get(),
        sql.c_str(),
        static_cast<int>(types.size()),
        types.data(),
        values.data(),
        lengths.data(),
        formats.data(),
        binary
    );
    Rows rows{result};
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        return error_of(result);
    }
    return rows;
}

std::optional<Error> Connection::run_script(const std::string& sql) {
    PGresult* const result = PQexec(get(), sql.c_str());
    const Rows rows{result};
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        return error_of(result);
    }
    return std::nullopt;
}

bool Connection::is_lost() const {
    return PQstatus(get()) != CONNECTION_OK;
}

int Connection::server_version() const {
    return PQserverVersion(get());
}

Error Connection::error_of(const pg_result* result) {
    const auto field = [&](int code) {
        const char* const text = result == nullptr ? nullptr : PQresultErrorField(result, code);
        return std::string(text == nullptr ? "" : text);
    };
    state_ = field(PG_DIAG_SQLSTATE);
    std::string detail = state_ + ' ' + field(PG_DIAG_MESSAGE_PRIMARY);
    if (is_lost()) {
        return Error{
            ErrorCode::unavailable,
            "the connection to the " + what_ + " is lost",
            std::move(detail)};
    }
    return shown(state_, what_, std::move(detail));
}

Result<Transaction> Transaction::begin(Connection& connection, std::string_view how) {
    if (auto problem = connection.run_script("BEGIN " + std::string(how))) {
        return *std::move(problem);
    }
    return Transaction{connection};
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
    if (connection_ != nullptr && !connection_->is_lost()) {
        static_cast<void>(connection_->run_script("ROLLBACK"));
    }
}

std::optional<Error> Transaction::commit() {
    const auto done = std::exchange(connection_, nullptr)->run("COMMIT");
    if (!done) {
        return done.error();
    }
    if (done->tag() != "COMMIT") {  // the server takes back what has failed before
        return Error{ErrorCode::unavailable, "it was taken back", std::string(done->tag())};
    }
    return std::nullopt;
}

}  // namespace adic::postgres
