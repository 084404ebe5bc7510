#include "adic/base/random.hpp"
#include "adic/registry/store/postgres_store.hpp"
#include "adic/registry/store/sqlite_store.hpp"

#include "postgres_database.hpp"
#include "store/store_contract.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <thread>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace adic::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Open = std::function<Result<std::unique_ptr<RecordStore>>()>;

/// A folder of its own, gone with it.
class Scratch {
  public:
    Scratch() {
        std::string name = fs::temp_directory_path() / "adic-crash-XXXXXX";
        folder_ = ::mkdtemp(name.data());
    }

    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

    fs::path operator/(const std::string& name) const { return folder_ / name; }

  private:
    fs::path folder_;
};

/// Ends of an editor that has found something that must not be.
constexpr int lost_a_write = 3;
constexpr int wrote_twice = 4;

/// Asks until there is an answer.
bool is_there(const RecordStore& store, const std::string& id) {
    while (true) {
        if (const auto found = store.latest(id)) {
            return found->has_value();
        }
        std::this_thread::sleep_for(5ms);
    }
}

/// Writes sets of three until it is killed: two records with a number, and the next version of one
/// record that all editors change. Each number is told to `acknowledged` when its set is kept.
[[noreturn]] void edit(const Open& open, const fs::path& acknowledged, std::uint64_t number) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int told = ::open(acknowledged.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    std::unique_ptr<RecordStore> store;
    while (true) {
        if (!store) {
            auto opened = open();
            if (!opened) {
                std::this_thread::sleep_for(5ms);
                continue;
            }
            store = *std::move(opened);
        }
        const std::string name = std::to_string(number);
        const auto shared = store->latest("shared");
        const auto own = store->latest("a" + name);
        if (!shared || !own) {
            std::this_thread::sleep_for(5ms);
            continue;
        }
        bool is_kept = own->has_value();  // an error before did not say that it is not
        if (!is_kept) {
            std::vector<RecordWrite> set{
                first(product("a" + name, name)),
                first(product("b" + name, name)),
                first(product("shared", name))};
            set[2].follows = *shared ? (*shared)->number : 0;
            const auto problem = store->write(set, noon);
            is_kept = !problem;
            if (problem && problem->message.find("record 'a") != std::string::npos) {
                ::_exit(wrote_twice);
            }
        }
        if (is_kept) {
            if (!is_there(*store, "b" + name)
                || ::write(told, &number, sizeof number) != ssize_t{sizeof number}) {
                ::_exit(lost_a_write);
            }
            ++number;
        }
    }
}

/// Editors that run beside this process.
class Editors {
  public:
    Editors(Open open, int count) : open_(std::move(open)) {
        for (int editor = 0; editor < count; ++editor) {
            files_.push_back(scratch_ / std::to_string(editor));
        }
    }

    void start() {
        ++generation_;
        for (std::size_t editor = 0; editor < files_.size(); ++editor) {
            constexpr std::uint64_t most_sets = 1'000'000;
            const std::uint64_t number = (generation_ * files_.size() + editor) * most_sets;
            const pid_t child = ::fork();
            if (child == 0) {
                edit(open_, files_[editor], number);
            }
            running_.push_back(child);
        }
    }

    /// Each of them at once, wherever it is. They must not have ended by themselves.
    void kill() {
        for (const pid_t child : running_) {
            ::kill(child, SIGKILL);
        }
        for (const pid_t child : running_) {
            int status = 0;
            ::waitpid(child, &status, 0);
            EXPECT_TRUE(WIFSIGNALED(status)) << "an editor ended with " << WEXITSTATUS(status);
        }
        running_.clear();
    }

    ~Editors() { kill(); }

    Editors(const Editors&) = delete;
    Editors& operator=(const Editors&) = delete;

    std::set<std::uint64_t> acknowledged() const {
        std::set<std::uint64_t> numbers;
        for (const fs::path& file : files_) {
            std::ifstream stream(file, std::ios::binary);
            for (std::uint64_t number = 0;
                 stream.read(reinterpret_cast<char*>(&number), sizeof number);) {  // NOLINT
                numbers.insert(number);
            }
        }
        return numbers;
    }

    /// Until as many sets are acknowledged; a machine that is busy takes longer.
    void wait_for(std::size_t sets) const {
        const auto end = std::chrono::steady_clock::now() + 60s;
        while (acknowledged().size() < sets && std::chrono::steady_clock::now() < end) {
            std::this_thread::sleep_for(1ms);
        }
        EXPECT_GE(acknowledged().size(), sets);
    }

  private:
    Scratch scratch_;
    Open open_;
    std::vector<fs::path> files_;
    std::vector<pid_t> running_;
    std::uint64_t generation_ = 0;
};

/// What a reader of the feed has met so far, who goes on from where it was.
class Follower {
  public:
    /// All that was acknowledged is there, once, and of no set a part alone.
    void check(const RecordStore& store, const std::set<std::uint64_t>& acknowledged) {
        const auto last =
            store.changes_since(sequence_, [&](std::uint64_t, const model::RecordVersion& version) {
                meet(version);
                return true;
            });
        ASSERT_TRUE(last) << last.error().message << last.error().detail;
        sequence_ = *last;
        ASSERT_EQ(halves_['a'], halves_['b']);
        ASSERT_EQ(halves_['a'], halves_['s']);
        for (const std::uint64_t number : acknowledged) {
            ASSERT_TRUE(halves_['a'].contains(std::to_string(number))) << number;
        }
    }

    std::size_t sets() { return halves_['a'].size(); }

  private:
    void meet(const model::RecordVersion& version) {
        const std::string& id = version.record.id;
        const auto name = std::get<std::string>(version.record.fields[0]);
        EXPECT_TRUE(halves_[id[0]].insert(name).second) << id << " is told twice";
        EXPECT_EQ(version.number, id == "shared" ? ++shared_ : 1U) << id;
    }

    std::map<char, std::set<std::string>> halves_;
    std::uint64_t shared_ = 0;
    std::uint64_t sequence_ = 0;
};

/// What is latest is what the feed told last.
void expect_whole(const RecordStore& store, std::size_t sets) {
    std::size_t records = 0;
    ASSERT_FALSE(store.scan({}, [&](const model::RecordVersion&) {
        ++records;
        return true;
    }));
    EXPECT_EQ(records, 2 * sets + 1);
    EXPECT_EQ((*store.latest("shared"))->number, sets);
}

/// Two editors at a time, killed after a random while, again and again: every other time not before
/// they have kept something. Gives how many sets were kept over all kills and acknowledged to them;
/// empty: something was lost, or the store could not be opened.
std::optional<std::size_t>
sets_that_survive_kills(const Open& open, int rounds, std::uint64_t longest_us) {
    constexpr int editors = 2;
    RandomStream random{7, 0};
    Follower follower;
    std::set<std::uint64_t> acknowledged;
    {
        Editors running(open, editors);
        for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
            running.start();
            if (round % 2 == 0) {
                running.wait_for(acknowledged.size() + 1);
            }
            std::this_thread::sleep_for(std::chrono::microseconds(random.below(longest_us)));
            running.kill();
            acknowledged = running.acknowledged();
            const auto store = open();
            if (!store) {
                ADD_FAILURE() << store.error().message;
                return std::nullopt;
            }
            follower.check(**store, acknowledged);
        }
    }
    expect_whole(**open(), follower.sets());
    return testing::Test::HasFailure() ? std::nullopt : std::optional{acknowledged.size()};
}

/// 500 kills.
TEST(SqliteCrash, LosesNothingWhenWritersAreKilledAtAnyMoment) {
    const Scratch scratch;
    const fs::path file = scratch / "registry.db";
    const auto kept =
        sets_that_survive_kills([&] { return registry::open_sqlite_store(file); }, 250, 12'000);
    ASSERT_TRUE(kept);
    EXPECT_GE(*kept, 125U) << "every other round waits until something more is kept";
}

/// 360 kills of programs.
TEST(PostgresCrash, LosesNothingWhenWritersAreKilledAtAnyMoment) {
    const PostgresDatabase base;
    const std::string address = base.address("owner");
    const auto kept = sets_that_survive_kills(
        [&] { return registry::open_postgres_store(address); },
        180,
        30'000
    );
    ASSERT_TRUE(kept);
    EXPECT_GE(*kept, 90U) << "every other round waits until something more is kept";
}

/// SQL that gives the process of somebody who writes.
constexpr const char* one_backend =
    " FROM pg_stat_activity WHERE datname = current_database() AND usename = 'owner'"
    " ORDER BY random() LIMIT 1";

/// Editors go on while their connections are cut 100 times.
TEST(PostgresCrash, LosesAndDoublesNothingWhenConnectionsAreCut) {
    constexpr int cuts = 100;
    const PostgresDatabase base;
    const std::string address = base.address("owner");
    const Open open = [&] { return registry::open_postgres_store(address); };
    RandomStream random{8, 0};
    Follower follower;
    Editors running(open, 3);
    running.start();
    auto admin = base.connect_as("admin");
    for (int done = 0; done < cuts;) {
        std::this_thread::sleep_for(std::chrono::microseconds(random.below(15'000)));
        const auto rows = admin.run(std::string("SELECT pg_terminate_backend(pid)") + one_backend);
        ASSERT_TRUE(rows);
        done += static_cast<int>(rows->size());
    }
    running.wait_for(cuts);
    running.kill();
    const auto store = open();
    ASSERT_TRUE(store);
    follower.check(**store, running.acknowledged());
    expect_whole(**store, follower.sets());
}

/// Takes all other processes of the server down with it; ends when they are gone.
void kill_a_backend(const PostgresDatabase& base) {
    auto admin = base.connect_as("admin");
    while (true) {
        const auto rows = admin.run(std::string("SELECT pid::bigint") + one_backend);
        ASSERT_TRUE(rows);
        if (rows->size() == 1) {
            ::kill(static_cast<pid_t>(rows->number(0, 0)), SIGKILL);
            break;
        }
        std::this_thread::sleep_for(1ms);
    }
    for (int trial = 0; trial < 2'000 && !admin.is_lost(); ++trial) {
        static_cast<void>(admin.run_script("SELECT pg_sleep(0.01)"));
    }
    EXPECT_TRUE(admin.is_lost());
}

/// The server itself fails 10 times without closing anything, and 15 times one of its processes
/// does, which takes all others down with it.
TEST(PostgresCrash, LosesAndDoublesNothingWhenTheServerFails) {
    PostgresServer server;
    const PostgresDatabase base(server.folder());
    const std::string address = base.address("owner");
    const Open open = [&] { return registry::open_postgres_store(address); };
    RandomStream random{9, 0};
    Follower follower;
    Editors running(open, 2);
    running.start();
    for (int failure = 0; failure < 25 && !HasFailure(); ++failure) {
        std::this_thread::sleep_for(std::chrono::microseconds(20'000 + random.below(60'000)));
        if (failure % 5 < 2) {
            server.stop_at_once();
            server.start();
            continue;
        }
        kill_a_backend(base);
    }
    running.wait_for(25);
    running.kill();
    const auto store = open();
    ASSERT_TRUE(store);
    follower.check(**store, running.acknowledged());
    expect_whole(**store, follower.sets());
}

/// Until a write fails; says with its end whether it failed as it should.
[[noreturn]] void fill_disk(const fs::path& file, const fs::path& acknowledged, rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    const int told = ::open(acknowledged.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const rlimit small{bytes, bytes};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto store = registry::open_sqlite_store(file);
    for (std::uint64_t number = bytes * 1'000; store; ++number) {
        const std::string name = std::to_string(number);
        std::vector<RecordWrite> set{
            first(product("a" + name, name)),
            first(product("b" + name, name)),
            first(product("shared", name))};
        const auto shared = (*store)->latest("shared");
        set[2].follows = shared && *shared ? (*shared)->number : 0;
        if (const auto problem = (*store)->write(set, noon)) {
            ::_exit(problem->code == ErrorCode::unavailable ? 0 : 1);
        }
        static_cast<void>(::write(told, &number, sizeof number));
    }
    ::_exit(store.error().code == ErrorCode::unavailable ? 0 : 2);
}

/// 40 disks that are full at any place of what is written.
TEST(SqliteCrash, LosesNothingOnAFullDisk) {
    const Scratch scratch;
    const fs::path file = scratch / "registry.db";
    ASSERT_TRUE(registry::open_sqlite_store(file));
    RandomStream random{10, 0};
    Follower follower;
    for (int disk = 0; disk < 40; ++disk) {
        const auto room = fs::file_size(file) + random.below(40'000);
        const fs::path acknowledged = scratch / std::to_string(disk);
        const pid_t child = ::fork();
        if (child == 0) {
            fill_disk(file, acknowledged, room);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_EQ(status, 0) << disk;
        std::set<std::uint64_t> numbers;
        std::ifstream stream(acknowledged, std::ios::binary);
        for (std::uint64_t number = 0;
             stream.read(reinterpret_cast<char*>(&number), sizeof number);) {  // NOLINT
            numbers.insert(number);
        }
        const auto store = registry::open_sqlite_store(file);
        ASSERT_TRUE(store) << store.error().message;
        follower.check(**store, numbers);
        const std::string name = "free" + std::to_string(disk);
        std::vector<RecordWrite> set{
            first(product("a" + name, name)),
            first(product("b" + name, name)),
            first(product("shared", name))};
        set[2].follows = follower.sets();
        ASSERT_FALSE((*store)->write(set, noon));
        follower.check(**store, {});
    }
    EXPECT_GT(follower.sets(), 60U);
    expect_whole(**registry::open_sqlite_store(file), follower.sets());
}

}  // namespace
}  // namespace adic::test
