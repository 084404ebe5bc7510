// Several programs on one book: what one of them has acknowledged stays, whoever is killed, and
// what may happen once happens once.
#include "adic/access/proposal.hpp"
#include "adic/access/second_factor.hpp"
#include "adic/access/session.hpp"
#include "adic/access/totp.hpp"
#include "adic/sqlite/database.hpp"

#include "book_fixture.hpp"

#include <array>
#include <csignal>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace adic::access {
namespace {

/// A process that does `work`, and tells of it through a pipe.
class Child {
  public:
    explicit Child(const std::function<void(int tell)>& work) {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) {
            return;
        }
        process_ = ::fork();
        if (process_ == 0) {
            ::close(ends[0]);
            work(ends[1]);
            ::_exit(0);
        }
        ::close(ends[1]);
        pipe_ = ends[0];
    }

    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    Child(Child&&) = delete;
    Child& operator=(Child&&) = delete;

    ~Child() {
        ::close(pipe_);
        ::waitpid(process_, nullptr, 0);
    }

    /// Until one of them has told something, or for ten seconds.
    static void wait_for_a_word(const Child& one, const Child& two) {
        std::array<pollfd, 2> wanted{pollfd{one.pipe_, POLLIN, 0}, pollfd{two.pipe_, POLLIN, 0}};
        constexpr int patience_ms = 10'000;
        ::poll(wanted.data(), wanted.size(), patience_ms);
    }

    void kill() const { ::kill(process_, SIGKILL); }

    /// All that it told until it ended.
    std::string told() const {
        std::string all;
        std::array<char, 4096> buffer{};
        for (ssize_t size = 1; size > 0;) {
            size = ::read(pipe_, buffer.data(), buffer.size());
            all.append(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
        }
        return all;
    }

  private:
    pid_t process_ = -1;
    int pipe_ = -1;
};

void tell(int pipe, std::string_view line) {
    if (::write(pipe, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
        ::_exit(1);
    }
}

class BookProcesses : public BookTest {
  protected:
    AccountBook opened() const {
        auto book = AccountBook::open(file(), AccountBook::IfMissing::make);
        if (!book) {
            ::_exit(1);
        }
        return *std::move(book);
    }

    /// In how many of four processes at once `attempt` succeeds. SQLite does not go along into a
    /// process that is forked off, so the book is closed meanwhile.
    std::size_t successes(const std::function<bool(AccountBook&)>& attempt) {
        close_book();
        std::vector<std::unique_ptr<Child>> children;
        for (int i = 0; i < 4; ++i) {
            children.push_back(std::make_unique<Child>([&](int pipe) {
                AccountBook book = opened();
                tell(pipe, attempt(book) ? "y" : "n");
            }));
        }
        std::size_t count = 0;
        for (const auto& child : children) {
            const std::string told = child->told();
            EXPECT_EQ(told.size(), 1U);
            count += told == "y" ? 1U : 0U;
        }
        children.clear();
        open_book();
        return count;
    }
};

TEST_F(BookProcesses, GiveANameOnce) {
    for (int i = 0; i < 10; ++i) {
        const std::string name = "name" + std::to_string(i);
        EXPECT_EQ(
            successes([&](AccountBook& book) {
                const NewAccount account{name, {}, "MYS", {}, {Role::reader}, {}};
                return static_cast<bool>(book.add(account, owner(), morning));
            }),
            1U
        );
    }
    EXPECT_EQ(book().list()->size(), 11U);
}

TEST_F(BookProcesses, UseACodeOnce) {
    add("siti", "MYS", {Role::releaser});
    const auto key = parse_otpauth_uri(SecondFactors(book(), seeded_random(1)).begin("siti")->uri);
    const auto code = [&](std::chrono::sys_seconds at) {
        return hotp_code(key->secret, totp_step(at), totp_digits);
    };
    const auto codes =
        SecondFactors(book(), seeded_random(1)).confirm("siti", code(morning), morning);
    ASSERT_TRUE(codes);
    const auto later = morning + std::chrono::minutes{5};
    const auto use = [&](const std::string& typed) {
        return successes([&](AccountBook& book) {
            const auto used = SecondFactors(book, seeded_random(2)).use("siti", typed, later);
            return used && *used;
        });
    };
    EXPECT_EQ(use(code(later)), 1U);
    EXPECT_EQ(use((*codes)[0]), 1U);
    EXPECT_EQ(*SecondFactors(book(), seeded_random(1)).recovery_codes_left("siti"), 9U);
}

TEST_F(BookProcesses, DecideAProposalOnce) {
    add("first", "MYS", {Role::releaser});
    add("second", "MYS", {Role::releaser});
    const auto made = Proposals(book()).add(
        {"r", "MYS", "", "", "ASEAN", model::Audience::Kind::bloc},
        principal("first"),
        morning
    );
    ASSERT_TRUE(made);
    const Principal second = principal("second");
    EXPECT_EQ(
        successes([&](AccountBook& book) {
            return static_cast<bool>(Proposals(book).approve(made->number, "", second, morning));
        }),
        1U
    );
}

/// Two administrators who lock each other at the same time: one stays.
TEST_F(BookProcesses, KeepAnAdministrator) {
    for (int round = 0; round < 10; ++round) {
        add("other" + std::to_string(round), "MYS", {Role::administrator});
        const std::string other = "other" + std::to_string(round);
        const auto lock = [&](const std::string& name) {
            return std::make_unique<Child>([&, name](int pipe) {
                AccountBook book = opened();
                const auto locked = book.change(name, {.is_enabled = false}, owner(), morning);
                tell(pipe, locked ? "y" : "n");
            });
        };
        close_book();
        {
            const auto one = lock("root");
            const auto two = lock(other);
            EXPECT_EQ((one->told() == "y") + (two->told() == "y"), 1) << round;
        }
        open_book();
        ASSERT_TRUE(book().change("root", {.is_enabled = true}, owner(), morning));
        ASSERT_TRUE(book().change(other, {.is_enabled = false}, owner(), morning));
    }
}

TEST_F(BookProcesses, LoseNothingThatWasAcknowledged) {
    close_book();
    std::size_t acknowledged = 0;
    for (int round = 0; round < 40; ++round) {
        const auto work = [&](int part) {
            return [&, part](int pipe) {
                AccountBook book = opened();
                Sessions sessions(
                    book,
                    seeded_random(static_cast<std::uint64_t>(round * 2 + part))
                );
                for (int i = 0;; ++i) {
                    const std::string name = "r" + std::to_string(round) + "p"
                                             + std::to_string(part) + "i" + std::to_string(i);
                    const NewAccount wanted{name, {}, "MYS", {}, {Role::reader}, {}};
                    const auto session = book.add(wanted, owner(), morning)
                                             ? sessions.open(name, {}, morning)
                                             : Result<OpenedSession>(Error{});
                    if (!session) {
                        ::_exit(1);
                    }
                    tell(pipe, name + " " + session->secret + "\n");
                }
            };
        };
        std::string told;
        {
            const Child one(work(0));
            const Child two(work(1));
            Child::wait_for_a_word(one, two);
            ::usleep(static_cast<useconds_t>(mix(static_cast<std::uint64_t>(round)) % 20000));
            one.kill();
            two.kill();
            told = one.told() + two.told();
        }
        AccountBook after = opened();
        Sessions sessions(after, seeded_random(0));
        std::istringstream lines(told);
        for (std::string name, secret; lines >> name >> secret; ++acknowledged) {
            const auto found = sessions.find(secret, morning);
            ASSERT_TRUE(found && *found) << name;
            EXPECT_EQ((*found)->account.name, name);
        }
    }
    EXPECT_GE(acknowledged, 40U) << "one at least in each round";
    const auto database = sqlite::Database::open(file(), "book");
    sqlite::Statement check = *sqlite::Statement::prepare(*database, "PRAGMA integrity_check");
    ASSERT_TRUE(*check.step());
    EXPECT_EQ(check.text(0), "ok");
    sqlite::Statement events = *sqlite::Statement::prepare(
        *database,
        "SELECT count(*) FROM account WHERE name NOT IN (SELECT account FROM event)"
    );
    ASSERT_TRUE(*events.step());
    EXPECT_EQ(events.number(0), 0) << "an account and its history are written together";
}

}  // namespace
}  // namespace adic::access
