#include "hosts/process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

extern char** environ;  // NOLINT: POSIX has it declared by the program

namespace adic::app {
namespace {

/// The attributes and file actions of a start, freed when it is over.
class StartUp {
  public:
    explicit StartUp(int printed) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions_, printed, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, printed, STDERR_FILENO);
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
    }

    StartUp(const StartUp&) = delete;
    StartUp& operator=(const StartUp&) = delete;

    ~StartUp() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }

    int start(pid_t& id, char** words) const {
        return posix_spawnp(&id, words[0], &actions_, &attributes_, words, environ);
    }

  private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

}  // namespace

Result<Process> Process::start(const std::vector<std::string>& words) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return Error{ErrorCode::unavailable, "no pipe to read from could be had", {}};
    }
    Descriptor printed{ends[0]};
    const Descriptor written{ends[1]};
    ::fcntl(printed.number(), F_SETFL, O_NONBLOCK);  // NOLINT(*-vararg): POSIX
    std::vector<std::string> copies = words;
    std::vector<char*> pointers;
    for (std::string& word : copies) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    pid_t id = 0;
    const int problem = StartUp{written.number()}.start(id, pointers.data());
    if (problem == ENOENT) {
        return Error{ErrorCode::not_found, fmt::format("there is no program '{}'", words[0]), {}};
    }
    if (problem != 0) {
        return Error{
            ErrorCode::unavailable,
            fmt::format("the program '{}' cannot be started", words[0]),
            {}};
    }
    return Process{id, std::move(printed)};
}

Process::Process(Process&& other) noexcept
    : id_(std::exchange(other.id_, 0))
    , printed_(std::move(other.printed_)) {}

Process::~Process() {
    end(std::chrono::milliseconds{0});
}

bool Process::has_ended() {
    if (id_ != 0 && ::waitpid(id_, nullptr, WNOHANG) == id_) {
        id_ = 0;
    }
    return id_ == 0;
}

void Process::end(std::chrono::milliseconds patience) {
    constexpr std::chrono::milliseconds nap{20};
    if (has_ended()) {
        return;
    }
    ::kill(id_, SIGTERM);
    for (auto waited = nap; waited < patience; waited += nap) {
        std::this_thread::sleep_for(nap);
        if (has_ended()) {
            return;
        }
    }
    ::kill(-id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
    id_ = 0;
}

}  // namespace adic::app
