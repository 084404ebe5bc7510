// Knowing who somebody is: what a sign-in costs, and what it adds to each request.
//
//   access_bench            1,000 accounts with a session and a token each
//   access_bench ACCOUNTS
#include "adic/access/api_token.hpp"
#include "adic/access/password.hpp"
#include "adic/access/session.hpp"
#include "adic/access/throttle.hpp"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>
#include <unistd.h>

namespace {

using namespace adic;
using access::AccountBook;

constexpr std::chrono::sys_seconds now{std::chrono::seconds{1795597200}};

class Stopwatch {
  public:
    void print(std::string_view what, std::size_t count) const {
        const double cpu_s = static_cast<double>(std::clock() - cpu_) / CLOCKS_PER_SEC;
        fmt::print(
            "{:44} {:9} times: {:8.3f} s CPU, {:10.2f} us CPU each\n",
            what,
            count,
            cpu_s,
            1e6 * cpu_s / static_cast<double>(count)
        );
    }

  private:
    std::clock_t cpu_ = std::clock();
};

template <typename T>
T must(Result<T> result) {
    if (!result) {
        fmt::print(stderr, "{}\n", result.error().message);
        std::exit(1);
    }
    return *std::move(result);
}

struct Secrets {
    std::vector<std::string> sessions;
    std::vector<std::string> tokens;
};

/// The first account is the administrator that a book begins with.
Secrets fill(AccountBook& book, std::size_t accounts) {
    const auto owner = access::Actor::owner_of_file("bench");
    access::Sessions sessions(book, access::system_random());
    access::ApiTokens tokens(book, access::system_random());
    Secrets secrets;
    const Stopwatch watch;
    for (std::size_t i = 0; i < accounts; ++i) {
        const std::string name = fmt::format("account{}", i);
        access::Roles roles{access::Role::reader};
        if (i == 0) {
            roles.add(access::Role::administrator);
        }
        must(book.add({name, {}, "MYS", {}, roles, {}}, owner, now));
        secrets.sessions.push_back(must(sessions.open(name, {}, now)).secret);
        const access::NewToken wanted{"bench", {access::Scope::read}, std::chrono::days{30}};
        secrets.tokens.push_back(must(tokens.make(name, wanted, owner, now)).text);
    }
    watch.print("make an account, a session and a token", accounts);
    return secrets;
}

void find_all(AccountBook& book, const Secrets& secrets) {
    access::Sessions sessions(book, access::system_random());
    access::ApiTokens tokens(book, access::system_random());
    constexpr std::size_t rounds = 100;
    const Stopwatch by_session;
    for (std::size_t round = 0; round < rounds; ++round) {
        for (const std::string& secret : secrets.sessions) {
            if (!must(sessions.find(secret, now))) {
                std::exit(1);
            }
        }
    }
    by_session.print(
        "find a session, its account and its rights",
        rounds * secrets.sessions.size()
    );
    const Stopwatch by_token;
    for (std::size_t round = 0; round < rounds; ++round) {
        for (const std::string& text : secrets.tokens) {
            if (!must(tokens.find(text, now))) {
                std::exit(1);
            }
        }
    }
    by_token.print("find a token, its account and its rights", rounds * secrets.tokens.size());
}

void hash() {
    const access::PasswordHasher hasher;
    constexpr std::size_t rounds = 10;
    const std::string known = must(hasher.hash("violet harbour tin 88"));
    const Stopwatch watch;
    for (std::size_t round = 0; round < rounds; ++round) {
        if (must(hasher.verify(known, "a wrong one"))) {
            std::exit(1);
        }
    }
    watch.print("verify a password: argon2id, 64 MiB, 2 passes", rounds);
}

void flood() {
    access::Throttle throttle(access::ThrottlePolicy::for_addresses(), access::system_random());
    constexpr std::size_t addresses = 1'000'000;
    const Stopwatch watch;
    for (std::size_t i = 0; i < addresses; ++i) {
        throttle.attempt(fmt::format("2001:db8:{:x}:{:x}::/64", i >> 16U, i & 0xFFFFU), now);
    }
    watch.print("count a failure, each from another network", addresses);
    fmt::print("of these networks {} are remembered\n", throttle.size());
}

}  // namespace

int main(int count, char** words) {
    const std::size_t accounts = count > 1 ? std::strtoull(words[1], nullptr, 10) : 1000;
    const auto folder =
        std::filesystem::temp_directory_path() / fmt::format("adic-access-{}", ::getpid());
    std::filesystem::create_directory(folder);
    {
        AccountBook book =
            must(AccountBook::open(folder / "accounts.db", AccountBook::IfMissing::make));
        const Secrets secrets = fill(book, accounts);
        find_all(book, secrets);
    }
    std::filesystem::remove_all(folder);
    hash();
    flood();
    return 0;
}
