#pragma once

#include "messages.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace adic::ranks {

/// What the program that started the ranks wants of them.
struct Order {
    std::string job;
    std::string fingerprint;  ///< of that program
    std::vector<std::uint64_t> blocks;
};

/// The line to the program that started the ranks. Lost, it ends them all: nobody waits for what
/// they compute.
class Line {
  public:
    explicit Line(const std::string& socket);
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line();

    /// Waits for it.
    Order read_order() const;

    void say(int kind, std::string_view bytes) const;

    /// Says why the ranks cannot go on, and waits to be ended.
    [[noreturn]] void give_up(const std::string& reason) const;

    /// Whether the program has hung up.
    bool is_lost() const;

  private:
    int socket_;
};

/// Checks that all ranks compute alike, as what they have introduced themselves with says: their
/// fingerprint, a space, the name of their host. Returns the hosts.
std::vector<std::string>
hosts_of(const Line& line, const Order& order, const std::vector<std::string>& introductions);

/// The first rank: hands out blocks to who asks, and hands on the answers. A rank that says nothing
/// for `silence` is lost.
void coordinate(
    const Ranks& ranks,
    const Line& line,
    const Order& order,
    const std::vector<std::string>& hosts,
    std::chrono::seconds silence
);

}  // namespace adic::ranks
