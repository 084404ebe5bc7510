#pragma once

#include <filesystem>
#include <string>

#include <sys/types.h>

namespace adic::test {

/// A server of PostgreSQL of our own, in a folder of its own: it listens on a socket in that folder
/// and nowhere else, and is stopped and removed with this object, or with this process. As root it
/// runs as another user, for it refuses root.
///
/// It does not wait for the disk: a process that is killed loses nothing by that; a machine would.
/// The logins `owner` (which may make databases), `gateway`, `mys`, `sgp` and `stranger` need no
/// password; `guarded` has "s3cret/word".
class PostgresServer {
  public:
    PostgresServer();

    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;
    ~PostgresServer();

    void start();

    /// As if the power of the server failed: it closes nothing.
    void stop_at_once();

    const std::filesystem::path& folder() const { return folder_; }

  private:
    void write_settings() const;
    void make_logins() const;

    std::filesystem::path folder_;
    pid_t server_ = -1;
};

/// The server in `folder`, as libpq names it.
std::string
address_of(const std::filesystem::path& folder, const std::string& login, const std::string& base);

/// The folder of the server for tests: the one that ctest has started for all of them, or one that
/// lives as long as this process.
const std::filesystem::path& shared_server();

}  // namespace adic::test
