#include "postgres_server.hpp"

#include "adic/postgres/connection.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace adic::test {
namespace {

namespace fs = std::filesystem;

/// The newest that is installed.
fs::path program(const std::string& name) {
    std::vector<fs::path> found;
    for (const char* const pattern :
         {"/usr/lib/postgresql/*/bin/",
          "/usr/pgsql-*/bin/",
          "/usr/local/pgsql/bin/",
          "/usr/bin/"}) {
        glob_t matches{};
        if (::glob((pattern + name).c_str(), 0, nullptr, &matches) == 0) {
            found.assign(matches.gl_pathv, matches.gl_pathv + matches.gl_pathc);
        }
        ::globfree(&matches);
        if (!found.empty()) {
            return *std::ranges::max_element(found, {}, [](const fs::path& path) {
                return std::atoi(path.parent_path().parent_path().filename().c_str());
            });
        }
    }
    throw std::runtime_error(
        "PostgreSQL's '" + name
        + "' is not installed, and these tests run on a real server: tools/setup installs it "
          "(Debian package postgresql)"
    );
}

/// The server refuses to be root.
std::optional<passwd> other_user() {
    if (::geteuid() != 0) {
        return std::nullopt;
    }
    for (const char* const name : {"postgres", "nobody"}) {
        if (const passwd* const user = ::getpwnam(name)) {
            return *user;
        }
    }
    throw std::runtime_error("there is no user 'postgres' and no user 'nobody' to run a server as");
}

[[noreturn]] void become(const std::vector<std::string>& words, const fs::path& log) {
    if (const auto user = other_user()) {
        if (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0
            || ::setuid(user->pw_uid) != 0) {
            ::_exit(126);
        }
    }
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    ::setenv("LC_ALL", "C", 1);
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    ::dup2(::open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    std::vector<char*> arguments;
    for (const std::string& word : words) {
        arguments.push_back(const_cast<char*>(word.c_str()));  // NOLINT: execv does not write
    }
    arguments.push_back(nullptr);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

pid_t launch(const std::vector<std::string>& words, const fs::path& log) {
    const pid_t child = ::fork();
    if (child == 0) {
        become(words, log);
    }
    return child;
}

std::string text_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

void run(const std::vector<std::string>& words, const fs::path& log) {
    int status = 0;
    ::waitpid(launch(words, log), &status, 0);
    if (status != 0) {
        throw std::runtime_error(words[0] + " failed:\n" + text_of(log));
    }
}

fs::path make_folder() {
    std::string name = fs::temp_directory_path() / "adic-postgres-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no folder can be made for a server");
    }
    if (const auto user = other_user(); user && ::chown(name.c_str(), user->pw_uid, user->pw_gid)) {
        throw std::runtime_error("the folder of a server cannot be given to its user");
    }
    return name;
}

}  // namespace

std::string address_of(const fs::path& folder, const std::string& login, const std::string& base) {
    return "postgresql:///" + base + "?host=" + folder.string() + "&user=" + login;
}

PostgresServer::PostgresServer() : folder_(make_folder()) {
    try {
        // A language of its own shows where an order of bytes is meant and was not asked for.
        run({program("initdb"),
             "--pgdata=" + (folder_ / "data").string(),
             "--username=admin",
             "--auth=trust",
             "--encoding=UTF8",
             "--locale=C",
             "--locale-provider=icu",
             "--icu-locale=en",
             "--no-sync"},
            folder_ / "initdb.log");
        write_settings();
        start();
        make_logins();
    } catch (...) {
        stop_at_once();
        fs::remove_all(folder_);
        throw;
    }
}

PostgresServer::~PostgresServer() {
    stop_at_once();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void PostgresServer::write_settings() const {
    std::ofstream(folder_ / "data/postgresql.conf", std::ios::app)
        << "listen_addresses = ''\n"
        << "unix_socket_directories = '" << folder_.string() << "'\n"
        << "fsync = off\n"
           "full_page_writes = off\n"
           "max_connections = 60\n"
           "max_wal_size = 256MB\n"
           "restart_after_crash = on\n";
    std::ofstream(folder_ / "data/pg_hba.conf") << "local all +with_password scram-sha-256\n"
                                                   "local all all trust\n";
}

void PostgresServer::make_logins() const {
    const auto address = postgres::Address::parse(address_of(folder_, "admin", "postgres"));
    auto connection = postgres::Connection::open(*address, "server");
    if (!connection) {
        throw std::runtime_error(connection.error().message + connection.error().detail);
    }
    const auto problem = (*std::move(connection))
                             .run_script(
                                 "CREATE ROLE owner LOGIN CREATEDB;"
                                 "CREATE ROLE gateway LOGIN;"
                                 "CREATE ROLE mys LOGIN;"
                                 "CREATE ROLE sgp LOGIN;"
                                 "CREATE ROLE stranger LOGIN;"
                                 "CREATE ROLE with_password;"
                                 "CREATE ROLE guarded LOGIN PASSWORD 's3cret/word'"
                                 " IN ROLE with_password"
                             );
    if (problem) {
        throw std::runtime_error(problem->detail);
    }
}

void PostgresServer::start() {
    using namespace std::chrono_literals;
    server_ = launch({program("postgres"), "-D", (folder_ / "data").string()}, folder_ / "log");
    const std::string address = address_of(folder_, "admin", "postgres");
    constexpr int patience = 1'500;
    for (int trial = 0; trial < patience; ++trial) {
        if (PQping(address.c_str()) == PQPING_OK) {
            return;
        }
        if (::waitpid(server_, nullptr, WNOHANG) != 0) {
            server_ = -1;
            break;
        }
        std::this_thread::sleep_for(20ms);
    }
    throw std::runtime_error("the server does not start:\n" + text_of(folder_ / "log"));
}

void PostgresServer::stop_at_once() {
    if (server_ > 0) {
        ::kill(server_, SIGQUIT);
        ::waitpid(server_, nullptr, 0);
        server_ = -1;
    }
}

const fs::path& shared_server() {
    static const std::string started_by_ctest = [] {
        const char* const file = std::getenv("ADIC_TEST_POSTGRES");
        return file == nullptr ? std::string{} : text_of(file);
    }();
    static const std::optional<fs::path> given =
        started_by_ctest.empty() ? std::nullopt : std::optional<fs::path>{started_by_ctest};
    if (given) {
        return *given;
    }
    static const PostgresServer own;
    return own.folder();
}

}  // namespace adic::test
