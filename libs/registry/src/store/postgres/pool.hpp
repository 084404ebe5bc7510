#pragma once

#include "adic/postgres/connection.hpp"

#include <mutex>
#include <utility>
#include <vector>

namespace adic::registry {

/// Connections to one database that are opened when they are wanted, and a few kept for the next.
/// One for each thread that asks at once; calls may come from several threads.
class Pool {
  public:
    explicit Pool(postgres::Address address) : address_(std::move(address)) {}

    /// Errors: as `postgres::Connection::open`.
    Result<postgres::Connection> take() {
        {
            const std::lock_guard lock(using_);
            if (!idle_.empty()) {
                postgres::Connection connection = std::move(idle_.back());
                idle_.pop_back();
                return connection;
            }
        }
        return postgres::Connection::open(address_, "registry");
    }

    /// One that is lost says that the others are as well: a server that was started anew has
    /// forgotten them.
    void give(postgres::Connection connection) {
        constexpr std::size_t most = 8;
        const std::lock_guard lock(using_);
        if (connection.is_lost()) {
            idle_.clear();
        } else if (idle_.size() < most) {
            idle_.push_back(std::move(connection));
        }
    }

  private:
    postgres::Address address_;
    std::mutex using_;
    std::vector<postgres::Connection> idle_;
};

}  // namespace adic::registry
